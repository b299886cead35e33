//! One record's statements, judged one after another: which hold, and which key spoke when.
//! The steps are those of docs/formats/14-entries.md.

use super::attestation::{Attested, Subject, attested};
use super::binding::{Binding, was_ever};
use super::entry::Own;
use super::governance::Governance;
use super::held::Held;
use super::joint::Joint;
use super::place::{Place, at_line};
use crate::base::excerpt::quote;
use crate::base::finding::Severity;
use crate::base::rule::{
    RECORD_DISAGREES_WITH_STATEMENT, STATEMENT_OUT_OF_SEQUENCE, UNBOUND_WITHDRAWAL,
};
use crate::letter::place::fold_blanks;
use crate::record::entry::{Entry, List};
use crate::record::route::Route;
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Note;
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
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
    /// Whether there are statements and no charter to judge them by.
    pub open: bool,
    /// What is to be told.
    pub notes: Vec<Note>,
    /// The attestations that hold, in their order.
    pub attested: Vec<Attested>,
    /// What ties the key in force to the organization.
    pub binding: Binding,
    /// The key that speaks for the organization after all of them.
    key: Option<PublicKey>,
    /// The keys that a `recover` replaced.
    lost: Vec<PublicKey>,
}

impl Fold {
    /// The key that speaks for the organization; none where it signed nothing.
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// Whether a `recover` replaced this key: what was lost once may be in other hands.
    pub fn was_lost(&self, key: &PublicKey) -> bool {
        self.lost.iter().any(|lost| lost.point() == key.point())
    }

    /// The newest statement by which the maintainers put a key in the place of a lost one.
    pub fn recovery(&self) -> Option<&Held> {
        let mut held = self.held.iter().rev();
        held.find(|held| held.action() == Action::Recover)
    }

    /// The statement by which the maintainers removed the organization.
    pub fn removal(&self) -> Option<&Held> {
        let mut held = self.held.iter();
        held.find(|held| held.action() == Action::Remove)
    }

    /// Judges what is signed in a record.
    pub fn of(registry: &Registry, governance: &Governance<'_>, record: &Record) -> Self {
        let mut folding = Folding {
            registry,
            governance,
            record,
            key: None,
            profile: None,
            explain: EXPLAINED,
            // Of thousands of records none has room for entries that it does not have.
            fold: Self {
                held: Vec::with_capacity(record.entries.len()),
                ..Self::default()
            },
        };
        folding.fold.open = registry.charter.is_none() && !record.entries.is_empty();
        for (index, entry) in record.entries.iter().enumerate() {
            folding.judge(index, entry);
        }
        folding.judge_record();
        folding.judge_listings();
        folding.judge_attestations();
        folding.judge_withdrawals();
        folding.fold.key = folding.key;
        folding.fold
    }
}

/// A fold on its way through the entries.
struct Folding<'a> {
    registry: &'a Registry,
    governance: &'a Governance<'a>,
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
        let place = Place::of(self.registry, self.record, List::Statements, index, entry);
        let Some(place) = place else {
            // Nobody knows what it would have changed: what was in force before stays so.
            return;
        };
        let mut notes = Vec::new();
        if self.fold.removal().is_some() {
            let message = "nothing follows the removal of the organization";
            notes.push(place.note("action", &STATEMENT_OUT_OF_SEQUENCE, message));
        }
        let before = self.profile;
        let held = if let Some(own) = Own::of(place) {
            self.profile = Some(place.profile);
            self.judge_own(&own, before, &mut notes)
        } else {
            let joint = Joint::of(place);
            joint.and_then(|joint| self.judge_joint(&joint, before, &mut notes))
        };
        match held {
            Some(held) if entry.sound && notes.is_empty() => {
                if held.action() == Action::Recover {
                    self.fold.lost.extend(self.key.clone());
                }
                let key = held.keys().last().map(|(_, key)| key.clone());
                self.key = key.or_else(|| self.key.take());
                self.fold.held.push(held);
            }
            _ => self.fold.refused = true,
        }
        self.fold.notes.extend(notes);
        // A key that did not come into force in due form never speaks.
        if let Some(own) = Own::of(place) {
            self.key.get_or_insert_with(|| own.key().clone());
        }
    }

    fn judge_own(
        &mut self,
        own: &Own<'a>,
        before: Option<&Profile>,
        notes: &mut Vec<Note>,
    ) -> Option<Held> {
        let judged = own.judge(self.key.as_ref(), before, &mut self.explain);
        notes.extend(judged.notes);
        let means = judged.means?;
        Some(Held::new(own, means, judged.version, judged.open))
    }

    /// Step 15: what the maintainers do together.
    fn judge_joint(
        &mut self,
        joint: &Joint<'a>,
        before: Option<&Profile>,
        notes: &mut Vec<Note>,
    ) -> Option<Held> {
        let (signers, found) = joint.judge(self.governance, before);
        notes.extend(found);
        // What the lost key signed stays, and is the new key's word no more.
        if notes.is_empty() && joint.place.entry.sound && joint.new_key.is_some() {
            self.fold.held.iter_mut().for_each(Held::replace);
        }
        Some(Held::joint(joint, signers))
    }

    /// Step 16: whose key it is, as maintainers and observers say.
    fn judge_attestations(&mut self) {
        let Some(held) = &self.registry.charter else {
            return;
        };
        let subject = Subject {
            key: self.key.as_ref(),
            profile: self.profile,
            lost: &self.fold.lost,
        };
        let (attested, notes) = attested(self.registry, self.governance, self.record, subject);
        self.fold.binding = Binding::of(&attested, held.charter.policy);
        self.fold.attested = attested;
        self.fold.notes.extend(notes);
    }

    /// Step 11: the record is what the newest statement says, no more and no less.
    fn judge_record(&mut self) {
        let newest = self.record.entries.last();
        let newest = newest.and_then(|entry| entry.statement.as_ref());
        let Some(profile) = newest.and_then(|statement| statement.deed.profile()) else {
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
            let statement = entry.statement.as_ref();
            if let Some(profile) = statement.and_then(|statement| statement.deed.profile()) {
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
        let Some(policy) = self
            .registry
            .charter
            .as_ref()
            .map(|held| held.charter.policy)
        else {
            return;
        };
        let mut notes = Vec::new();
        let Fold {
            held,
            attested,
            binding,
            ..
        } = &mut self.fold;
        for held in held {
            // A key that was tied to the organization is no stranger's, nor is one that it was rotated from.
            let today = !held.is_replaced() && binding.proof().is_some();
            let ever = held
                .key()
                .is_some_and(|key| was_ever(attested, key, policy));
            if today || ever || !held.discount() {
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
