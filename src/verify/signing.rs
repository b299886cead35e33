//! Who signed a statement: the key that it names, where it names a new one that too, and nobody else.
//! Implements docs/formats/14-entries.md, step 8, and 13-signature.md, which key.

use super::entry::Own;
use super::explain::{Cause, Failed};
use super::place::failed;
use crate::base::rule::{KEY_NOT_IN_FORCE, SIGNATURE_DOES_NOT_HOLD};
use crate::registry::note::Note;
use crate::signature::container::{Failure, Means, Signature};
use crate::signature::key::PublicKey;

impl Own<'_> {
    /// Step 8: how it was signed, where every signature that it must have holds.
    pub(super) fn judge_signatures(
        &self,
        explain: &mut usize,
        notes: &mut Vec<Note>,
    ) -> Option<Means> {
        let stored = self
            .place
            .record
            .signatory
            .statements
            .get(self.place.index)?;
        let signature = self.place.entry.signature.as_ref();
        let means = self.judge_signature("signature", signature, self.key, explain, notes);
        match (self.act.new_key(), &stored.countersignature) {
            // A signature too many was told of when it was read.
            (None, _) => {}
            (Some(new_key), Some(_)) => {
                let signature = self.place.entry.countersignature.as_ref();
                self.judge_signature("countersignature", signature, new_key, explain, notes)?;
            }
            (Some(_), None) => {
                let message = "the new key did not sign: `countersignature` is missing";
                let note = self
                    .place
                    .note("new-key", &SIGNATURE_DOES_NOT_HOLD, message);
                notes.push(note.with_help(
                    "Sign the same text with the new key too, and add it as `countersignature`.",
                ));
            }
        }
        means
    }

    fn judge_signature(
        &self,
        place: &str,
        signature: Option<&Signature>,
        key: &PublicKey,
        explain: &mut usize,
        notes: &mut Vec<Note>,
    ) -> Option<Means> {
        // What could not be decoded was told of when it was read.
        let signature = signature?;
        let failure = match self.place.ask(signature, key) {
            Ok(means) => return Some(means),
            Err(failure) => failure,
        };
        if failure == Failure::NotTouched {
            let (rule, message) = failed(failure, key);
            notes.push(Note::new(rule, self.place.route(place), message));
            return None;
        }
        // A weak key has a finding of its own, and what holds by it means nothing.
        let mut cause = None;
        if key.weakness().is_none() && *explain > 0 {
            *explain -= 1;
            cause = Failed::of(self, signature, key).explain();
        }
        self.tell_failure(place, key, cause, notes);
        None
    }

    fn tell_failure(
        &self,
        place: &str,
        key: &PublicKey,
        cause: Option<Cause>,
        notes: &mut Vec<Note>,
    ) {
        let (rule, message) = failed(Failure::DoesNotHold, key);
        let Some(cause) = cause else {
            let note = Note::new(rule, self.place.route(place), message);
            return notes.push(note);
        };
        let message = format!("{message}: {}", cause.what);
        let note = Note::new(&SIGNATURE_DOES_NOT_HOLD, self.place.route(place), message);
        notes.push(note.with_help(cause.help));
        // A rotation that the new key alone signed is no rotation.
        let new_key = self.act.new_key().map(PublicKey::point);
        let maker = cause.by.as_ref().map(PublicKey::point);
        if place == "signature" && maker.is_some() && maker == new_key {
            let message = "the rotation is signed by the new key, and not by the key in force";
            notes.push(self.place.note("key", &KEY_NOT_IN_FORCE, message));
        }
    }
}
