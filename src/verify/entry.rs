//! One statement of an organization in its place: by which key, and about what.
//! The steps are those of docs/formats/14-entries.md.

use super::endorsement::version_of;
use super::place::Place;
use crate::base::rule::{KEY_NOT_IN_FORCE, KEY_WEAK, LETTER_UNKNOWN};
use crate::registry::note::Note;
use crate::signature::container::Means;
use crate::signature::key::PublicKey;
use crate::statement::deed::{Act, Deed};
use crate::statement::profile::Profile;

/// An organization's statement in the place where it stands.
pub struct Own<'a> {
    pub(super) place: Place<'a>,
    pub(super) key: &'a PublicKey,
    pub(super) act: &'a Act,
}

/// What the steps come to.
pub struct Judged {
    /// What does not hold.
    pub notes: Vec<Note>,
    /// How it was signed, where the signatures hold.
    pub means: Option<Means>,
    /// The version that it endorses.
    pub version: Option<u64>,
    /// Whether the charter, or its letter that is there, cannot be read, so that it is judged in part.
    pub open: bool,
}

impl<'a> Own<'a> {
    /// The entry in its place, where it is an organization's statement.
    pub fn of(place: Place<'a>) -> Option<Self> {
        match &place.statement.deed {
            Deed::Own { key, act, .. } => Some(Self { place, key, act }),
            _ => None,
        }
    }

    /// Steps 2 to 10, after what was in force before it.
    pub fn judge(
        &self,
        key: Option<&PublicKey>,
        profile: Option<&Profile>,
        explain: &mut usize,
    ) -> Judged {
        let mut notes = Vec::new();
        self.place.judge_address(&mut notes);
        self.place.judge_count(&mut notes);
        self.place.judge_profile(profile, &mut notes);
        self.judge_key(key, &mut notes);
        let means = self.judge_signatures(explain, &mut notes);
        self.judge_weakness(means.is_some(), &mut notes);
        let version = self.judge_letter(&mut notes);
        let letter = self.act.letter();
        Judged {
            notes,
            means,
            version,
            open: self.place.registry.charter.is_none()
                || letter.is_some_and(|letter| self.place.registry.broken_letters.contains(letter)),
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

    /// Step 6: the key is the one in force.
    fn judge_key(&self, in_force: Option<&PublicKey>, notes: &mut Vec<Note>) {
        if let Some(in_force) = in_force.filter(|key| key.point() != self.key.point()) {
            let message = format!(
                "the statement is by the key {}, and the key in force is {}",
                self.key.fingerprint(),
                in_force.fingerprint()
            );
            notes.push(self.place.note("key", &KEY_NOT_IN_FORCE, message));
        }
    }

    /// Step 7: no key is a blank cheque. By one that is no signature holds, so that a key that signed is none.
    fn judge_weakness(&self, has_signed: bool, notes: &mut Vec<Note>) {
        let keys = [
            ("key", Some(self.key).filter(|_| !has_signed)),
            ("new-key", self.act.new_key()),
        ];
        for (line, key) in keys {
            if let Some(weakness) = key.and_then(PublicKey::weakness) {
                notes.push(self.place.note(line, &KEY_WEAK, weakness));
            }
        }
    }

    /// Steps 9 and 10: the letter is there, and the texts are those of one of its versions.
    fn judge_letter(&self, notes: &mut Vec<Note>) -> Option<u64> {
        let letter = self.act.letter()?;
        let Some(held) = self.place.registry.letters.get(letter) else {
            // Of a letter that cannot be read nothing is concluded.
            if !self.place.registry.broken_letters.contains(letter) {
                let message = format!("there is no letter `{letter}`");
                notes.push(self.place.note("letter", &LETTER_UNKNOWN, message));
            }
            return None;
        };
        let Act::Endorse { texts, .. } = self.act else {
            return None;
        };
        match version_of(self.place.registry, held, texts) {
            Ok(version) => Some(version),
            Err(breach) => {
                let note = self.place.note(&breach.line, breach.rule, breach.message);
                notes.push(note.with_help(breach.help));
                None
            }
        }
    }
}
