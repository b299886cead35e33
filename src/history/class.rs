//! What a pull request is about, and whether it is about one thing.
//! Implements docs/formats/16-history.md, steps 31 and 32.

use super::event::{Event, Happening};
use super::touch::Touch;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{FOREIGN_RECORD_TOUCHED, MIXED_PULL_REQUEST};
use crate::registry::git::difference::Difference;
use crate::registry::layout::{self, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that a pull request can be about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Statements of organizations.
    Statements,
    /// Listings, attestations, accreditations, unsigned details, and where records lie.
    Listings,
    /// A letter.
    Letter(Id),
    /// A translation of a letter's text.
    Translation(Id),
    /// The charter.
    Charter,
    /// What was lost, as it was.
    Restored,
    /// Entries taken out that never held.
    TakenOut,
    /// What is reserved for the ledger.
    Ledger,
    /// Everything else.
    Rest,
}

impl Class {
    /// What it is, in words.
    fn words(&self) -> String {
        match self {
            Self::Statements => "statements of organizations".to_owned(),
            Self::Listings => "listings, attestations or unsigned details".to_owned(),
            Self::Letter(id) => format!("the letter `{id}`"),
            Self::Translation(id) => format!("a translation of `{id}`"),
            Self::Charter => "the charter".to_owned(),
            Self::Restored => "what was lost before".to_owned(),
            Self::TakenOut => "entries taken out".to_owned(),
            Self::Ledger => "registry/ledger/".to_owned(),
            Self::Rest => "other files of the repository".to_owned(),
        }
    }
}

/// Sorts what a pull request touches; each class with the first path of it.
pub fn classes(
    differences: &[Difference],
    touches: &BTreeMap<Id, Touch>,
    events: &[Event],
    unlawful: &BTreeSet<&Id>,
    restored: &BTreeSet<String>,
) -> BTreeMap<Class, String> {
    let mut found = BTreeMap::new();
    let mut put = |class: Class, path: &str| {
        found.entry(class).or_insert_with(|| path.to_owned());
    };
    if let Some(path) = restored.first() {
        put(Class::Restored, path);
    }
    let letters: BTreeSet<&Id> = events
        .iter()
        .filter(|event| {
            matches!(
                event.happening,
                Happening::LetterAdded
                    | Happening::VersionAdded
                    | Happening::LetterChanged
                    | Happening::LetterRemoved
            )
        })
        .filter_map(|event| event.letter.as_ref())
        .collect();
    let translated: BTreeSet<&Id> = events
        .iter()
        .filter(|event| event.happening == Happening::TranslationAdded)
        .filter_map(|event| event.letter.as_ref())
        .collect();
    let mut of_letters = BTreeSet::new();
    for difference in differences {
        let path = difference.path.as_str();
        if restored.contains(path) {
            continue;
        }
        match layout::slot(path) {
            Some(Slot::Letter(id) | Slot::Text(id, ..)) => {
                if translated.contains(&id) {
                    put(Class::Translation(id.clone()), path);
                }
                if letters.contains(&id) || !translated.contains(&id) {
                    of_letters.insert(id.clone());
                    put(Class::Letter(id), path);
                }
            }
            Some(Slot::Charter | Slot::SupersededCharter(_)) => put(Class::Charter, path),
            Some(Slot::Record(_)) => {}
            Some(Slot::Ledger) => put(Class::Ledger, path),
            Some(Slot::SchemaCopy(_)) | None => put(Class::Rest, path),
        }
    }
    let paths = record_paths(differences);
    for (id, touch) in touches {
        let path = paths.get(id).copied().unwrap_or_default();
        if restored.contains(path) {
            continue;
        }
        // An edited statement is no new one.
        if touch.statements > 0 && !(touch.fewer && unlawful.contains(id)) {
            put(Class::Statements, path);
        }
        if touch.fewer || touch.lost {
            put(Class::TakenOut, path);
        }
        // A letter comes with its listings, and with no others.
        let with_letter = |letter: &Id| of_letters.contains(letter);
        if touch.unsigned || touch.listings.iter().any(|letter| !with_letter(letter)) {
            put(Class::Listings, path);
        }
        let nothing_else = touch.statements == 0 && !touch.fewer && touch.listings.is_empty();
        if touch.moved || (touch.layout && nothing_else && !touch.unsigned) {
            put(Class::Listings, path);
        }
    }
    found
}

/// Step 31: more than one class.
pub fn mixed(classes: &BTreeMap<Class, String>) -> Option<Finding> {
    if classes.len() < 2 {
        return None;
    }
    let words: Vec<String> = classes
        .iter()
        .map(|(class, path)| format!("{} ({path})", class.words()))
        .collect();
    let path = classes.values().next_back().map_or("", String::as_str);
    let message = format!(
        "the pull request is about several things: {}",
        words.join("; ")
    );
    Some(Finding::about(&MIXED_PULL_REQUEST, path, message))
}

/// Step 32: records of others beside those to which statements are added.
pub fn foreign(
    differences: &[Difference],
    touches: &BTreeMap<Id, Touch>,
    restored: &BTreeSet<String>,
) -> Vec<Finding> {
    let paths = record_paths(differences);
    let path_of = |id: &Id| paths.get(id).copied().unwrap_or_default();
    let judged = |id: &Id| !restored.contains(path_of(id));
    let speakers: Vec<&Id> = touches
        .iter()
        .filter(|(id, touch)| touch.statements > 0 && judged(id))
        .map(|(id, _)| id)
        .collect();
    let Some(speaker) = speakers.first() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (id, touch) in touches {
        if touch.statements > 0 || !judged(id) {
            continue;
        }
        let path = path_of(id);
        let message = format!("the record of `{id}` is touched beside a statement of `{speaker}`");
        findings.push(Finding::about(&FOREIGN_RECORD_TOUCHED, path, message).of(id));
    }
    findings
}

/// The first path of each record that differs.
fn record_paths(differences: &[Difference]) -> BTreeMap<Id, &str> {
    let mut paths = BTreeMap::new();
    for difference in differences {
        if let Some(Slot::Record(id)) = layout::slot(&difference.path) {
            paths.entry(id).or_insert(difference.path.as_str());
        }
    }
    paths
}
