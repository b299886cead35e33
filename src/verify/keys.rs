//! Keys that sign for more than one: two organizations, or an organization and a maintainer.
//! Implements docs/formats/11-clashes.md, keys.

use super::fold::Fold;
use super::held::Held;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{CHARTER_INCONSISTENT, KEY_REUSED};
use crate::record::charter::in_file_order;
use crate::record::entry::List;
use crate::registry::holding::Registry;
use crate::registry::note::Note;
use crate::signature::key::PublicKey;
use crate::statement::lines::find;
use std::collections::BTreeMap;

/// Where a key signs: a record, the first of its statements that hold by it, and the line that names it.
type Use = (usize, usize, &'static str);

/// Refuses every record in which a key holds a statement that holds one in another record too.
pub fn refuse_reused(registry: &Registry, folds: &mut [Fold]) -> Vec<Finding> {
    let uses = uses(folds);
    for users in uses.values().filter(|users| users.len() > 1) {
        let ids: Vec<&Id> = users
            .iter()
            .filter_map(|(record, ..)| Some(&registry.records.get(*record)?.signatory.id))
            .collect();
        for ((at, index, line), id) in users.iter().zip(&ids) {
            let other = ids.iter().find(|other| *other != id).unwrap_or(id);
            let message = format!("this key signs for `{other}` too");
            let Some((record, fold)) = registry.records.get(*at).zip(folds.get_mut(*at)) else {
                continue;
            };
            let text = record.signatory.statements.get(*index);
            let text = text.map_or("", |entry| entry.text.as_str());
            let route = List::Statements.route(*index).key("text");
            let note = Note::new(&KEY_REUSED, route, message).at(find(text, line));
            fold.notes.push(note);
            fold.refused = true;
        }
    }
    shared_with_keepers(registry, &uses)
}

/// The points of the keys that a record's statements hold by.
pub fn points(fold: &Fold) -> impl Iterator<Item = &[u8; 32]> {
    signing(fold).map(|(_, _, key)| key.point())
}

/// The keys that a record's statements hold by, each with its statement and the line that names it.
fn signing(fold: &Fold) -> impl Iterator<Item = (&Held, &'static str, &PublicKey)> {
    // Who is removed refuses nobody, so that of two records of one organization one can go.
    let held = fold.held.iter().filter(|_| fold.removal().is_none());
    held.flat_map(|held| held.keys().map(move |(line, key)| (held, line, key)))
}

/// Each key that a statement holds by, as its point, with the records that use it.
fn uses(folds: &[Fold]) -> BTreeMap<[u8; 32], Vec<Use>> {
    let mut uses: BTreeMap<[u8; 32], Vec<Use>> = BTreeMap::new();
    for (record, fold) in folds.iter().enumerate() {
        for (held, line, key) in signing(fold) {
            let users = uses.entry(*key.point()).or_default();
            if users.last().is_none_or(|(last, ..)| *last != record) {
                users.push((record, held.index(), line));
            }
        }
    }
    uses
}

/// Nobody keeps the registry with the key of a signatory.
fn shared_with_keepers(registry: &Registry, uses: &BTreeMap<[u8; 32], Vec<Use>>) -> Vec<Finding> {
    let Some(held) = &registry.charter else {
        return Vec::new();
    };
    let document = &held.document;
    let mut findings = Vec::new();
    for (route, person) in in_file_order(&held.charter, document) {
        let user = uses.get(person.key.point()).and_then(|users| users.first());
        if let Some(record) = user.and_then(|(record, ..)| registry.records.get(*record)) {
            let message = format!(
                "the key of `{}` is also that of the signatory `{}`",
                person.id, record.signatory.id
            );
            let span = document.span(&route.key("key"));
            let source = document.source();
            findings.push(Finding::at(&CHARTER_INCONSISTENT, source, span, message));
        }
    }
    findings
}
