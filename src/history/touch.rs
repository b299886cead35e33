//! What a step touches in one record, sorted by who may do it. Implements docs/formats/16-history.md, steps 31 and 32.

use super::lists::same;
use super::sketch::items;
use super::telling::differs;
use crate::base::id::Id;
use crate::record::document::{Document, Node};
use std::collections::BTreeSet;

/// What is touched in a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touch {
    /// How many statements enter.
    pub statements: usize,
    /// Whether entries of `statements` or `attestations` go.
    pub fewer: bool,
    /// The letters whose listings enter, grow or are taken back.
    pub listings: BTreeSet<Id>,
    /// Whether something that nobody signs changes: accreditations, attestations, details without a statement.
    pub unsigned: bool,
    /// Whether comments or layout change.
    pub layout: bool,
    /// Whether the file moves.
    pub moved: bool,
    /// Whether the record is gone, or cannot be compared.
    pub lost: bool,
}

impl Touch {
    /// Compares a record before and after.
    pub fn of(before: Option<&Document>, after: Option<&Document>) -> Self {
        let mut touch = Self::default();
        let Some(after) = after else {
            touch.lost = true;
            return touch;
        };
        let (old, new) = (list(before, "statements"), list(Some(after), "statements"));
        let added = new
            .iter()
            .filter(|entry| !old.iter().any(|other| same(entry, other)));
        touch.statements = added.count();
        touch.fewer = ["statements", "attestations"].into_iter().any(|key| {
            let (old, new) = (list(before, key), list(Some(after), key));
            let kept = |entry| new.iter().any(|other| same(entry, other));
            !old.iter().all(kept)
        });
        for listing in changed(list(before, "listings"), list(Some(after), "listings")) {
            let letter = listing.get("letter").and_then(Node::text);
            match letter.and_then(|letter| Id::parse(letter).ok()) {
                Some(letter) => drop(touch.listings.insert(letter)),
                None => touch.unsigned = true,
            }
        }
        let signed = !new.is_empty();
        let details = ["name", "names", "country", "website", "domain"];
        let lists = ["attestations", "accreditations"];
        // Attestations that go are told of by themselves.
        let attests = list(Some(after), "attestations");
        let attested = list(before, "attestations");
        let more = attests
            .iter()
            .any(|one| !attested.iter().any(|other| same(one, other)));
        touch.unsigned |= more;
        touch.unsigned |= match before {
            Some(before) => {
                differs(before, after, "accreditations")
                    || (!signed && details.iter().any(|key| differs(before, after, key)))
            }
            None => lists.iter().any(|key| !list(Some(after), key).is_empty()),
        };
        touch.layout = before.is_some_and(|before| before.source().text() != after.source().text());
        touch.moved = before.is_some_and(|before| before.source().path() != after.source().path());
        touch
    }
}

fn list<'a>(document: Option<&'a Document>, key: &str) -> &'a [Node] {
    document
        .map(|document| items(document.root(), key))
        .unwrap_or_default()
}

/// The items that are on one side alone.
fn changed<'a>(old: &'a [Node], new: &'a [Node]) -> impl Iterator<Item = &'a Node> {
    let only = |one: &'a [Node], other: &'a [Node]| {
        one.iter()
            .filter(move |item| !other.iter().any(|known| same(item, known)))
    };
    only(old, new).chain(only(new, old))
}
