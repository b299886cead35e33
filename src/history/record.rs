//! One record before and after a step: what may become of it. Implements docs/formats/16-history.md, steps 7 to 17.

use super::lineage::Lineage;
use super::lists::{Fate, List, Loss, Order, losses};
use super::sketch::{items, values};
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{
    ATTESTATION_VANISHED, BAD_ENTRY_REMOVED, LISTING_CHANGED, LISTING_VANISHED,
    RECORD_DISAGREES_WITH_STATEMENT, RECORD_VANISHED, Rule, STATEMENT_CHANGED, STATEMENT_VANISHED,
};
use crate::base::source::Span;
use crate::letter::place::fold_blanks;
use crate::record::document::{Document, Node};
use crate::record::route::Route;
use std::collections::BTreeSet;

/// A record on both sides of a step.
#[derive(Debug)]
pub struct Change<'a> {
    /// Its id.
    pub id: &'a Id,
    /// It before, where there was anything that can be read.
    pub before: Option<&'a Document>,
    /// It after, where it can be read.
    pub after: Option<&'a Document>,
    /// What lies at its place after, where it cannot be read.
    pub unreadable: Option<&'a str>,
}

impl Change<'_> {
    /// What is not lawful in it, and what is taken out lawfully, as a warning.
    pub fn judge(
        &self,
        order: Order,
        lineage: Option<&Lineage<'_>>,
    ) -> Result<Vec<Finding>, Error> {
        let Some(before) = self.before else {
            return Ok(Vec::new());
        };
        let Some(after) = self.after else {
            return self
                .judge_absence(before, lineage)
                .map(|finding| vec![finding]);
        };
        let mut lost = losses(before, after, order);
        let mut findings = Vec::new();
        for list in [List::Statements, List::Attestations] {
            if let Some(first) = self.taken_out(list, before, &mut lost, lineage)? {
                findings.push(self.taken(list, before, after, first));
            }
        }
        findings.extend(lost.iter().map(|loss| self.tell(loss, before, after)));
        if order == Order::Kept {
            findings.extend(self.judge_first_name(before, after));
            findings.extend(self.judge_new_listings(before, after));
        }
        Ok(Finding::bound(findings))
    }

    /// Step 8, and step 13 for a record that never held anything.
    fn judge_absence(
        &self,
        before: &Document,
        lineage: Option<&Lineage<'_>>,
    ) -> Result<Finding, Error> {
        let path = self.unreadable.unwrap_or(before.source().path());
        let who = self.who(before);
        let statements = items(before.root(), "statements");
        let listed = !items(before.root(), "listings").is_empty();
        let attested = !items(before.root(), "attestations").is_empty();
        if let (None, Some(lineage), false) = (
            self.unreadable,
            lineage,
            statements.is_empty() || listed || attested,
        ) {
            let mut bad = true;
            for entry in statements {
                bad = bad && lineage.never_held(self.id, List::Statements, entry)?;
            }
            if bad {
                let message = format!("the record of {who} is taken out; nothing in it ever held");
                return Ok(Finding::about(&BAD_ENTRY_REMOVED, path, message).of(self.id));
            }
        }
        let held = match (statements.len(), listed) {
            (0, _) => "named by a publisher".to_owned(),
            (number, _) => format!("with {}", count(number, "statement")),
        };
        let message = match self.unreadable {
            Some(_) => format!("the record of {who}, {held}, can no longer be read"),
            None => format!("the record of {who}, {held}, is gone"),
        };
        Ok(Finding::about(&RECORD_VANISHED, path, message).of(self.id))
    }

    /// Step 13: takes from the losses those at the end of a list that never held; gives the first of them.
    fn taken_out(
        &self,
        list: List,
        before: &Document,
        lost: &mut Vec<Loss>,
        lineage: Option<&Lineage<'_>>,
    ) -> Result<Option<usize>, Error> {
        let Some(lineage) = lineage else {
            return Ok(None);
        };
        let entries = items(before.root(), list.key());
        let is_lost = |index: usize| {
            lost.iter().any(|loss| {
                loss.list == list
                    && loss.index == index
                    && matches!(loss.fate, Fate::Gone | Fate::Edited)
            })
        };
        let kept = (0..entries.len()).rev().find(|index| !is_lost(*index));
        let first = kept.map_or(0, |index| index + 1);
        let tail = entries.iter().enumerate().skip(first);
        for (_, entry) in tail.clone() {
            if !lineage.never_held(self.id, list, entry)? {
                return Ok(None);
            }
        }
        if tail.count() == 0 {
            return Ok(None);
        }
        lost.retain(|loss| loss.list != list || loss.index < first);
        Ok(Some(first))
    }

    fn taken(&self, list: List, before: &Document, after: &Document, first: usize) -> Finding {
        let number = items(before.root(), list.key()).len() - first;
        let who = self.who(before);
        let what = match list {
            List::Attestations => "attestation",
            _ => "statement",
        };
        let message = match number {
            1 => format!(
                "{what} {} of {who}, which never held, is taken out",
                first + 1
            ),
            _ => format!(
                "the last {} of {who}, which never held, are taken out",
                count(number, what)
            ),
        };
        Finding::about(&BAD_ENTRY_REMOVED, after.source().path(), message).of(self.id)
    }

    fn tell(&self, loss: &Loss, before: &Document, after: &Document) -> Finding {
        let who = self.who(before);
        let number = loss.index + 1;
        let (rule, message): (&'static Rule, String) = match (loss.list, &loss.fate) {
            (List::Statements, Fate::Gone) => {
                let what = items(before.root(), "statements").get(loss.index);
                let what = what.map(described).unwrap_or_default();
                (
                    &STATEMENT_VANISHED,
                    format!("statement {number} of {who}{what} is gone"),
                )
            }
            (List::Statements, Fate::Moved(to)) => (
                &STATEMENT_CHANGED,
                format!("statement {number} of {who} now stands at place {}", to + 1),
            ),
            (List::Statements, _) => (
                &STATEMENT_CHANGED,
                format!("statement {number} of {who} was edited"),
            ),
            (List::Attestations, fate) => {
                let fate = match fate {
                    Fate::Gone => "is gone".to_owned(),
                    Fate::Moved(to) => format!("now stands at place {}", to + 1),
                    _ => "was edited".to_owned(),
                };
                (
                    &ATTESTATION_VANISHED,
                    format!("attestation {number} about {who} {fate}"),
                )
            }
            (List::Listings, Fate::Gone | Fate::Edited) => (
                &LISTING_VANISHED,
                format!("listing {number} of {who} is gone"),
            ),
            (List::Listings, Fate::SpellingGone(spelling)) => (
                &LISTING_VANISHED,
                format!(
                    "the spelling {} of {who} is gone from listing {number}",
                    quote(spelling)
                ),
            ),
            (List::Listings, Fate::Moved(to)) => (
                &LISTING_CHANGED,
                format!("listing {number} of {who} now stands at place {}", to + 1),
            ),
            (List::Listings, Fate::RetractionChanged) => (
                &LISTING_CHANGED,
                format!("the retraction of listing {number} of {who} was edited or is gone"),
            ),
        };
        let at = Route::root().key(loss.list.key()).item(loss.index);
        let span = match (&loss.fate, after.find(&at)) {
            (Fate::Edited | Fate::SpellingGone(_) | Fate::RetractionChanged, Some(_)) => {
                after.span(&at)
            }
            _ => after.key_span(&Route::root(), loss.list.key()),
        };
        Finding::at(rule, after.source(), span, message).of(self.id)
    }

    /// Step 14: whose name the first statement on a listed record gives.
    fn judge_first_name(&self, before: &Document, after: &Document) -> Option<Finding> {
        let listings = items(before.root(), "listings");
        let first = items(after.root(), "statements").first()?;
        if listings.is_empty() || !items(before.root(), "statements").is_empty() {
            return None;
        }
        let text = first.get("text").and_then(Node::text)?;
        let name = text.lines().find_map(|line| line.strip_prefix("name: "))?;
        let spellings = listings.iter().flat_map(|listing| items(listing, "as"));
        let known: BTreeSet<String> = spellings
            .chain(before.root().get("name"))
            .filter_map(Node::text)
            .map(fold_blanks)
            .map(|name| name.to_string())
            .collect();
        if known.contains(&fold_blanks(name).to_string()) {
            return None;
        }
        let message = format!(
            "the first statement gives the name {}, and the publisher named {}",
            quote(name),
            known
                .iter()
                .map(|name| quote(name))
                .collect::<Vec<_>>()
                .join(" or ")
        );
        let route = Route::root().key("statements").item(0).key("text");
        let help = "Find out whether the organization that signed is the one that the letter names; if not, it needs a record of its own.";
        Some(
            self.find(
                &RECORD_DISAGREES_WITH_STATEMENT,
                after,
                after.span(&route),
                message,
            )
            .with_help(help),
        )
    }

    /// Step 15: a listing that is hung on an organization that has spoken is of a name that it gives itself.
    fn judge_new_listings(&self, before: &Document, after: &Document) -> Vec<Finding> {
        if items(before.root(), "statements").is_empty() {
            return Vec::new();
        }
        let root = after.root();
        let translated = root.get("names").map(values).unwrap_or_default();
        let own: BTreeSet<String> = root
            .get("name")
            .into_iter()
            .chain(translated)
            .filter_map(Node::text)
            .map(|name| fold_blanks(name).to_string())
            .collect();
        let known = items(before.root(), "listings").len();
        let listings = items(root, "listings").iter().enumerate().skip(known);
        listings
            .filter(|(_, listing)| {
                let mut spellings = items(listing, "as").iter().filter_map(Node::text);
                !spellings.any(|spelling| own.contains(&fold_blanks(spelling).to_string()))
            })
            .map(|(index, _)| {
                let message = format!(
                    "listing {} gives {} a name that it does not give itself",
                    index + 1,
                    self.who(before)
                );
                let route = Route::root().key("listings").item(index);
                self.find(
                    &RECORD_DISAGREES_WITH_STATEMENT,
                    after,
                    after.span(&route),
                    message,
                )
                .with_help("List the organization that the publisher named in a record of its own.")
            })
            .collect()
    }

    fn find(
        &self,
        rule: &'static Rule,
        document: &Document,
        span: Span,
        message: String,
    ) -> Finding {
        Finding::at(rule, document.source(), span, message).of(self.id)
    }

    /// The organization by name and id.
    fn who(&self, document: &Document) -> String {
        let name = document.root().get("name").and_then(Node::text);
        match name {
            Some(name) => format!("{} (`{}`)", quote(name), self.id),
            None => format!("`{}`", self.id),
        }
    }
}

/// What a statement does, as its text says: ", an endorsement of `letter`".
fn described(entry: &Node) -> String {
    let text = entry.get("text").and_then(Node::text).unwrap_or_default();
    let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    match (line("action: "), line("letter: ")) {
        (Some(action), Some(letter)) => format!(", {} {}", quote(action), quote(letter)),
        (Some(action), None) => format!(", {}", quote(action)),
        _ => String::new(),
    }
}
