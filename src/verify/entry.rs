//! One statement of an organization in its place: who it is for, where it stands, by which key, about what.
//! The steps are those of docs/formats/14-entries.md.

use super::endorsement::version_of;
use crate::base::id::Id;
use crate::base::rule::{
    KEY_NOT_IN_FORCE, KEY_WEAK, LETTER_UNKNOWN, RECORD_DISAGREES_WITH_STATEMENT, Rule,
    STATEMENT_FOR_OTHER_REGISTRY, STATEMENT_FOR_OTHER_SIGNATORY, STATEMENT_OUT_OF_SEQUENCE,
};
use crate::record::entry::{Entry, List};
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Note;
use crate::signature::container::Means;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::deed::{Act, Deed};
use crate::statement::lines::find;
use crate::statement::profile::Profile;

/// An organization's statement in the place where it stands.
pub struct Own<'a> {
    pub(super) registry: &'a Registry,
    pub(super) record: &'a Record,
    pub(super) index: usize,
    pub(super) entry: &'a Entry,
    pub(super) key: &'a PublicKey,
    pub(super) act: &'a Act,
    pub(super) statement: &'a Statement,
    signatory: &'a Id,
    profile: &'a Profile,
}

/// What the steps come to.
pub struct Judged {
    /// What does not hold.
    pub notes: Vec<Note>,
    /// How it was signed, where the signatures hold.
    pub means: Option<Means>,
    /// The version that it endorses.
    pub version: Option<u64>,
    /// Whether its letter is there and cannot be read, so that the statement is judged in part.
    pub open: bool,
}

impl<'a> Own<'a> {
    /// The entry at this place of a record, where it is an organization's statement.
    pub fn of(
        registry: &'a Registry,
        record: &'a Record,
        index: usize,
        entry: &'a Entry,
    ) -> Option<Self> {
        let statement = entry.statement.as_ref()?;
        let Deed::Own {
            signatory,
            profile,
            key,
            act,
        } = &statement.deed
        else {
            return None;
        };
        Some(Self {
            registry,
            record,
            index,
            entry,
            key,
            act,
            statement,
            signatory,
            profile,
        })
    }

    /// Steps 2 to 10, after what was in force before it.
    pub fn judge(
        &self,
        key: Option<&PublicKey>,
        profile: Option<&Profile>,
        explain: &mut usize,
    ) -> Judged {
        let mut notes = Vec::new();
        self.judge_address(&mut notes);
        self.judge_count(&mut notes);
        self.judge_profile(profile, &mut notes);
        self.judge_key(key, &mut notes);
        let means = self.judge_signatures(explain, &mut notes);
        let version = self.judge_letter(&mut notes);
        let letter = self.act.letter();
        Judged {
            notes,
            means,
            version,
            open: letter.is_some_and(|letter| self.registry.broken_letters.contains(letter)),
        }
    }

    /// The key that signs it.
    pub fn key(&self) -> &'a PublicKey {
        self.key
    }

    /// The key that speaks for the organization after it.
    pub fn key_after(&self) -> &'a PublicKey {
        self.act.new_key().unwrap_or(self.key)
    }

    /// Its exact text.
    pub(super) fn text(&self) -> &'a str {
        let stored = self.record.signatory.statements.get(self.index);
        stored.map_or("", |stored| stored.text.as_str())
    }

    /// A note at a line of its text.
    pub(super) fn note(&self, line: &str, rule: &'static Rule, message: impl Into<String>) -> Note {
        at_line(self.record, self.index, line, rule, message)
    }

    /// Steps 2 and 3: it is for this registry, and for this signatory.
    fn judge_address(&self, notes: &mut Vec<Note>) {
        // Without a charter there is no verdict at all (engine.rs).
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
            let message = format!(
                "the statement is by `{}`, and the record is that of `{id}`",
                self.signatory
            );
            notes.push(self.note("signatory", &STATEMENT_FOR_OTHER_SIGNATORY, message));
        }
    }

    /// Step 4: its number and the digest before it follow from its place in the list.
    fn judge_count(&self, notes: &mut Vec<Note>) {
        let number = self.index as u64 + 1;
        let stated = self.statement.sequence;
        if stated != number {
            let message =
                format!("the statement counts itself as {stated}, and stands at place {number}");
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
    fn judge_profile(&self, before: Option<&Profile>, notes: &mut Vec<Note>) {
        let before = before.filter(|_| !matches!(self.act, Act::Amend { .. }));
        let Some(key) = before.and_then(|before| self.profile.differences(before).next()) else {
            return;
        };
        let message = format!(
            "the statement gives other `{key}` than the statement before, and `{}` changes nothing of it",
            self.act.action().name()
        );
        let line = if key == "names" { "name" } else { key };
        let note = self.note(line, &RECORD_DISAGREES_WITH_STATEMENT, message);
        notes.push(note.with_help("Sign an `amend` with the new details first."));
    }

    /// Steps 6 and 7: the key is the one in force, and no key is a blank cheque.
    fn judge_key(&self, in_force: Option<&PublicKey>, notes: &mut Vec<Note>) {
        if let Some(in_force) = in_force.filter(|key| key.point() != self.key.point()) {
            let message = format!(
                "the statement is by the key {}, and the key in force is {}",
                self.key.fingerprint(),
                in_force.fingerprint()
            );
            notes.push(self.note("key", &KEY_NOT_IN_FORCE, message));
        }
        let keys = [("key", Some(self.key)), ("new-key", self.act.new_key())];
        for (line, key) in keys {
            if let Some(weakness) = key.and_then(PublicKey::weakness) {
                notes.push(self.note(line, &KEY_WEAK, weakness));
            }
        }
    }

    /// Steps 9 and 10: the letter is there, and the texts are those of one of its versions.
    fn judge_letter(&self, notes: &mut Vec<Note>) -> Option<u64> {
        let letter = self.act.letter()?;
        let Some(held) = self.registry.letters.get(letter) else {
            // Of a letter that cannot be read nothing is concluded.
            if !self.registry.broken_letters.contains(letter) {
                let message = format!("there is no letter `{letter}`");
                notes.push(self.note("letter", &LETTER_UNKNOWN, message));
            }
            return None;
        };
        let Act::Endorse { texts, .. } = self.act else {
            return None;
        };
        match version_of(self.registry, held, texts) {
            Ok(version) => Some(version),
            Err(breach) => {
                let note = self.note(&breach.line, breach.rule, breach.message);
                notes.push(note.with_help(breach.help));
                None
            }
        }
    }
}

/// A note at a line of a statement.
pub(super) fn at_line(
    record: &Record,
    index: usize,
    line: &str,
    rule: &'static Rule,
    message: impl Into<String>,
) -> Note {
    let stored = record.signatory.statements.get(index);
    let text = stored.map_or("", |stored| stored.text.as_str());
    let route = List::Statements.route(index).key("text");
    Note::new(rule, route, message).at(find(text, line))
}
