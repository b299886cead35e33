//! One record's statements, judged one after another: which hold, and which key spoke when.
//! The steps are those of docs/formats/14-entries.md.

use super::entry::{Own, at_line};
use super::held::Held;
use crate::base::excerpt::quote;
use crate::base::finding::Severity;
use crate::base::rule::{RECORD_DISAGREES_WITH_STATEMENT, UNBOUND_WITHDRAWAL};
use crate::letter::place::fold_blanks;
use crate::record::entry::Entry;
use crate::record::route::Route;
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Note;
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::profile::Profile;
use std::collections::BTreeSet;

/// How many failing signatures of one record are explained.
const EXPLAINED: usize = 2;

/// What a record's statements come to.
#[derive(Debug, Default)]
pub struct Fold {
    /// The entries that hold, in their order.
    pub held: Vec<Held>,
    /// Whether something does not hold, so that the record is refused for every letter.
    pub refused: bool,
    /// What is to be told.
    pub notes: Vec<Note>,
    /// The key that speaks for the organization after all of them.
    key: Option<PublicKey>,
}

impl Fold {
    /// The key that speaks for the organization; none where it signed nothing.
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// Judges the statements of a record.
    pub fn of(registry: &Registry, record: &Record) -> Self {
        let mut folding = Folding {
            registry,
            record,
            key: None,
            profile: None,
            explain: EXPLAINED,
            fold: Self::default(),
        };
        for (index, entry) in record.entries.iter().enumerate() {
            folding.judge(index, entry);
        }
        folding.judge_record();
        folding.judge_listings();
        folding.judge_withdrawals();
        folding.fold.key = folding.key;
        folding.fold
    }
}

/// A fold on its way through the entries.
struct Folding<'a> {
    registry: &'a Registry,
    record: &'a Record,
    /// The key that speaks for the organization; none before the first statement.
    key: Option<PublicKey>,
    /// The details that hold; none before the first statement.
    profile: Option<&'a Profile>,
    /// How many more failing signatures are explained.
    explain: usize,
    fold: Fold,
}

impl<'a> Folding<'a> {
    fn judge(&mut self, index: usize, entry: &'a Entry) {
        // Step 1: what is malformed was told of when it was read.
        self.fold.refused |= !entry.sound;
        let Some(statement) = &entry.statement else {
            // Nobody knows what it would have changed: what was in force before stays so.
            return;
        };
        let Deed::Own { profile, .. } = &statement.deed else {
            // The maintainers' statements end the run before any verdict (engine.rs).
            self.fold.refused = true;
            return;
        };
        let Some(own) = Own::of(self.registry, self.record, index, entry) else {
            return;
        };
        let judged = own.judge(self.key.as_ref(), self.profile, &mut self.explain);
        self.profile = Some(profile);
        match judged.means {
            Some(means) if entry.sound && judged.notes.is_empty() => {
                self.key = Some(own.key_after().clone());
                let held = Held::new(&own, means, judged.version, judged.open);
                self.fold.held.push(held);
            }
            _ => {
                self.fold.refused = true;
                // A key that did not come into force in due form never speaks.
                self.key.get_or_insert_with(|| own.key().clone());
            }
        }
        self.fold.notes.extend(judged.notes);
    }

    /// Step 11: the record is what the newest statement says, no more and no less.
    fn judge_record(&mut self) {
        let newest = self.record.entries.last();
        let newest = newest.and_then(|entry| entry.statement.as_ref());
        let Some(Deed::Own { profile, .. }) = newest.map(|statement| &statement.deed) else {
            return;
        };
        let stated = self.record.signatory.profile();
        for key in profile.differences(&stated) {
            let message = format!("`{key}` is not what the newest statement says");
            let route = Route::root().key(key);
            let note = Note::new(&RECORD_DISAGREES_WITH_STATEMENT, route, message);
            self.fold.notes.push(note);
            self.fold.refused = true;
        }
    }

    /// Step 13: a listing on a record with statements is of a name that the organization gave itself.
    fn judge_listings(&mut self) {
        let mut own = BTreeSet::new();
        let entries = &self.record.entries;
        for entry in entries.first().into_iter().chain(entries.last()) {
            if let Some(Deed::Own { profile, .. }) =
                entry.statement.as_ref().map(|statement| &statement.deed)
            {
                own.extend(profile.all_names().map(|name| fold_blanks(name.as_str())));
            }
        }
        if own.is_empty() {
            return;
        }
        for (index, listing) in self.record.signatory.listings.iter().enumerate() {
            let mut spellings = listing.spellings.iter();
            if spellings.any(|spelling| own.contains(&fold_blanks(spelling.as_str()))) {
                continue;
            }
            let first = listing.spellings.first().map_or("", |name| name.as_str());
            let message = format!(
                "the publisher named {}, and no statement of this record gives that name",
                quote(first)
            );
            let route = Route::root().key("listings").item(index).key("as");
            let help =
                "Find out whether the organization that signed is the one that the letter names.";
            let note = Note::new(&RECORD_DISAGREES_WITH_STATEMENT, route, message);
            let warning = note.with_severity(Severity::Warning);
            self.fold.notes.push(warning.with_help(help));
        }
    }

    /// Step 14: on a record with a listing, nobody withdraws who never endorsed.
    fn judge_withdrawals(&mut self) {
        let mut held = self.fold.held.iter();
        let endorsed = held.any(|held| held.action() == Action::Endorse);
        if self.record.signatory.listings.is_empty() || endorsed {
            return;
        }
        let mut notes = Vec::new();
        for held in &mut self.fold.held {
            if !held.discount() {
                continue;
            }
            let message =
                "a key that nobody has tied to the organization withdraws what it never endorsed";
            notes.push(at_line(
                self.record,
                held.index(),
                "action",
                &UNBOUND_WITHDRAWAL,
                message,
            ));
        }
        self.fold.notes.extend(notes);
    }
}
