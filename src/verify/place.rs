//! A signed entry of a record in the place where it stands: whom it is for, and what stands before it.
//! Implements docs/formats/14-entries.md, steps 2 to 5.

use crate::base::id::Id;
use crate::base::rule::{
    RECORD_DISAGREES_WITH_STATEMENT, Rule, SIGNATURE_DOES_NOT_HOLD, STATEMENT_FOR_OTHER_REGISTRY,
    STATEMENT_FOR_OTHER_SIGNATORY, STATEMENT_OUT_OF_SEQUENCE, USER_PRESENCE_MISSING,
};
use crate::record::entry::{Entry, List};
use crate::record::route::Route;
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Note;
use crate::signature::container::{Failure, Means, Signature};
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::lines::find;
use crate::statement::profile::Profile;

/// An entry that can be read, in its place.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub(super) registry: &'a Registry,
    pub(super) record: &'a Record,
    pub(super) list: List,
    pub(super) index: usize,
    pub(super) entry: &'a Entry,
    pub(super) statement: &'a Statement,
    pub(super) signatory: &'a Id,
    pub(super) profile: &'a Profile,
}

impl<'a> Place<'a> {
    /// The entry at this place of a list of a record; nothing where it is about no signatory.
    pub fn of(
        registry: &'a Registry,
        record: &'a Record,
        list: List,
        index: usize,
        entry: &'a Entry,
    ) -> Option<Self> {
        let statement = entry.statement.as_ref()?;
        let (signatory, profile) = match &statement.deed {
            Deed::Own {
                signatory, profile, ..
            }
            | Deed::Attest {
                signatory, profile, ..
            }
            | Deed::Joint {
                signatory, profile, ..
            } => (signatory, profile),
            Deed::Govern { .. } => return None,
        };
        Some(Self {
            registry,
            record,
            list,
            index,
            entry,
            statement,
            signatory,
            profile,
        })
    }

    /// Its exact text.
    pub(super) fn text(&self) -> &'a str {
        text_of(self.record, self.list, self.index)
    }

    /// The way to a key of it.
    pub(super) fn route(&self, key: &str) -> Route {
        self.list.route(self.index).key(key)
    }

    /// A note at a line of its text.
    pub(super) fn note(&self, line: &str, rule: &'static Rule, message: impl Into<String>) -> Note {
        Note::new(rule, self.route("text"), message).at(find(self.text(), line))
    }

    /// Steps 2 and 3: it is for this registry, and for this signatory.
    pub(super) fn judge_address(&self, notes: &mut Vec<Note>) {
        // Without a charter nothing is concluded (judge.rs).
        let charter = self.registry.charter.as_ref();
        let origin = charter.map(|held| &held.charter.origin);
        let named = &self.statement.registry;
        if let Some(origin) = origin.filter(|origin| *origin != named) {
            let message =
                format!("the statement is for the registry `{named}`, and this one is `{origin}`");
            notes.push(self.note("registry", &STATEMENT_FOR_OTHER_REGISTRY, message));
        }
        let id = &self.record.signatory.id;
        if self.signatory != id {
            let whose = match self.list {
                List::Attestations => "about",
                _ => "by",
            };
            let message = format!(
                "the statement is {whose} `{}`, and the record is that of `{id}`",
                self.signatory
            );
            notes.push(self.note("signatory", &STATEMENT_FOR_OTHER_SIGNATORY, message));
        }
    }

    /// Step 4: its number and the digest before it follow from its place in the list.
    pub(super) fn judge_count(&self, notes: &mut Vec<Note>) {
        let number = self.index as u64 + 1;
        let stated = self.statement.sequence;
        if stated != number {
            let message =
                format!("the statement's sequence is {stated}, and it stands at place {number}");
            notes.push(self.note("sequence", &STATEMENT_OUT_OF_SEQUENCE, message));
        }
        let before = self.index.checked_sub(1);
        let before = before.and_then(|index| self.record.entries.get(index));
        if self.statement.previous != before.map(|entry| entry.digest) {
            let message = match before {
                None => "the first statement has none before it".to_owned(),
                Some(entry) => format!("the digest of the statement before is {}", entry.digest),
            };
            notes.push(self.note("previous", &STATEMENT_OUT_OF_SEQUENCE, message));
        }
    }

    /// Step 5: only the first statement and `amend` set the details.
    pub(super) fn judge_profile(&self, before: Option<&Profile>, notes: &mut Vec<Note>) {
        let action = self.statement.action();
        let before = before.filter(|_| action != Action::Amend);
        let Some(key) = before.and_then(|before| self.profile.differences(before).next()) else {
            return;
        };
        let message = format!(
            "the statement gives other `{key}` than the statement before, and `{}` changes nothing of it",
            action.name()
        );
        let line = if key == "names" { "name" } else { key };
        let note = self.note(line, &RECORD_DISAGREES_WITH_STATEMENT, message);
        notes.push(note.with_help("Sign an `amend` with the new details first."));
    }

    /// Whether a signature holds over its text by this key: computed, or relied on in a merge.
    pub(super) fn ask(&self, signature: &Signature, key: &PublicKey) -> Result<Means, Failure> {
        match self.registry.relied.holds(self.record.source.path()) {
            true => signature.judge_relied(key),
            false => signature.judge(key, self.text().as_bytes()),
        }
    }

    /// Whether a signature holds over its text by this key; else why not, at the place of the signature.
    pub(super) fn holds_by(
        &self,
        route: Route,
        signature: &Signature,
        key: &PublicKey,
        notes: &mut Vec<Note>,
    ) -> bool {
        let (rule, message) = match self.ask(signature, key) {
            Ok(_) => return true,
            Err(failure) => failed(failure, key),
        };
        notes.push(Note::new(rule, route, message));
        false
    }
}

/// Why a signature does not count, as a rule and a sentence.
pub(super) fn failed(failure: Failure, key: &PublicKey) -> (&'static Rule, String) {
    match failure {
        Failure::NotTouched => (
            &USER_PRESENCE_MISSING,
            "the FIDO device says that nobody touched it".to_owned(),
        ),
        Failure::DoesNotHold => (
            &SIGNATURE_DOES_NOT_HOLD,
            format!(
                "the signature does not hold over this text by the key {}",
                key.fingerprint()
            ),
        ),
    }
}

/// A note at a line of one of the record's statements.
pub(super) fn at_line(
    record: &Record,
    index: usize,
    line: &str,
    rule: &'static Rule,
    message: impl Into<String>,
) -> Note {
    let list = List::Statements;
    let text = text_of(record, list, index);
    Note::new(rule, list.route(index).key("text"), message).at(find(text, line))
}

fn text_of(record: &Record, list: List, index: usize) -> &str {
    let text = match list {
        List::Attestations => {
            let stored = record.signatory.attestations.get(index);
            stored.map(|stored| stored.text.as_str())
        }
        _ => {
            let stored = record.signatory.statements.get(index);
            stored.map(|stored| stored.text.as_str())
        }
    };
    text.unwrap_or_default()
}
