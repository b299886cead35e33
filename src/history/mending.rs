//! What a step leaves owed of a record, and what it takes out while it puts something right.
//! Implements docs/formats/16-history.md, step 26.

use super::growth::Growth;
use super::lists::{List, same};
use super::owed::Owed;
use super::sketch::{Sketch, items};
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{
    BAD_ENTRY_REMOVED, LISTING_NOT_IN_TEXT, LISTING_REPEATED, RECORD_DISAGREES_WITH_STATEMENT, Rule,
};
use crate::record::document::{Document, Node};
use crate::record::entry::Entry;
use crate::registry::holding::Record;
use crate::registry::layout::{self, Slot};
use crate::statement::deed::Deed;
use crate::verify::fold::Fold;
use std::collections::BTreeSet;

/// What is wrong with a listing by itself: one that never was right is nobody's due.
const OF_LISTINGS: [&Rule; 3] = [
    &LISTING_NOT_IN_TEXT,
    &LISTING_REPEATED,
    &RECORD_DISAGREES_WITH_STATEMENT,
];

/// Whether a finding counts against the record of an id.
pub fn is_about(finding: &Finding, id: &Id) -> bool {
    let of_record = matches!(layout::slot(&finding.path), Some(Slot::Record(of)) if of == *id);
    finding.is_error() && of_record
}

/// What a record has beyond what was owed first, and is owed from then on: all of it where nothing is wrong with it;
/// else what organizations and maintainers did sign, and the listings unless one of them is wrong.
///
/// It is asked after each step, so that what was wrong once is owed once it is right.
pub fn grown<'a>(
    owed: impl Iterator<Item = &'a Document>,
    before: Option<&'a Document>,
    after: &Document,
    read: Option<(&Record, &Fold)>,
    (wrong, (bygone, strangers)): (&[&Finding], (&[usize], &[usize])),
) -> Growth {
    let mut forms: Vec<&Document> = owed.collect();
    forms.extend(before);
    let mut growth = Growth::between(forms.first().copied(), after);
    if wrong.is_empty() && bygone.is_empty() && strangers.is_empty() {
        return growth;
    }
    let keys: BTreeSet<[u8; 32]> = forms
        .into_iter()
        .flat_map(|document| Sketch::of(document).keys)
        .collect();
    let listings = !wrong.iter().any(|one| OF_LISTINGS.contains(&one.rule));
    let signed = |list: List, entry: &Node| {
        let mut places = items(after.root(), list.key()).iter();
        let (Some(index), Some((record, fold))) = (places.position(|one| same(one, entry)), read)
        else {
            return false;
        };
        match list {
            List::Attestations => {
                let held = fold.attested.iter().any(|one| one.index == index);
                held && !strangers.contains(&index)
            }
            _ => {
                let held = fold.held.iter().any(|held| held.index() == index);
                let held = held && !bygone.contains(&index);
                held || record
                    .entries
                    .get(index)
                    .is_some_and(|one| is_own(one, record, index, &keys))
            }
        }
    };
    growth.retain(signed, listings && read.is_some());
    growth
}

/// Whether a key of the organization signed a statement about it, whatever stands around that.
fn is_own(entry: &Entry, record: &Record, index: usize, keys: &BTreeSet<[u8; 32]>) -> bool {
    let Some(Deed::Own { signatory, key, .. }) = entry.statement.as_ref().map(|one| &one.deed)
    else {
        return false;
    };
    let text = record.signatory.statements.get(index);
    let text = text.map_or("", |stored| stored.text.as_str());
    let signature = entry.signature.as_ref();
    *signatory == record.signatory.id
        && keys.contains(key.point())
        && signature.is_some_and(|one| one.judge(key, text.as_bytes()).is_ok())
}

/// Entries behind those that are owed which are gone after a step.
pub fn gone(
    id: &Id,
    owed: &Owed,
    (before, after): (Option<&Document>, Option<&Document>),
) -> Vec<(List, Node)> {
    let (Some(before), Some(after)) = (before, after) else {
        return Vec::new();
    };
    let mut gone = Vec::new();
    for list in [List::Statements, List::Attestations] {
        let known = owed
            .forms(id)
            .map(|form| items(form.root(), list.key()).len());
        let known = known.max().unwrap_or_default();
        let now = items(after.root(), list.key());
        let entries = items(before.root(), list.key()).iter().skip(known);
        let entries = entries.filter(|entry| !now.iter().any(|other| same(entry, other)));
        gone.extend(entries.map(|entry| (list, entry.clone())));
    }
    gone
}

/// The warning that entries which never held are taken out by a step that puts something right.
pub fn taken_out(id: &Id, after: &Document, number: usize) -> Finding {
    let what = count(number, "entry");
    let message = format!("{what} of `{id}` that never held: taken out");
    Finding::about(&BAD_ENTRY_REMOVED, after.source().path(), message).of(id)
}
