//! One joint statement of the maintainers about an organization in its place: `recover` or `remove`.
//! Implements docs/formats/18-maintainers.md, steps 1 to 12.

use super::governance::Governance;
use super::place::Place;
use super::threshold::Signers;
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::prose::Remark;
use crate::base::rule::{
    ATTESTATION_UNKNOWN_MAINTAINER, KEY_WEAK, SIGNATURE_DOES_NOT_HOLD, STATEMENT_OUT_OF_SEQUENCE,
    THRESHOLD_NOT_REACHED,
};
use crate::registry::note::Note;
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::statement::deed::Deed;
use crate::statement::profile::Profile;

/// A joint statement in the place where it stands.
pub struct Joint<'a> {
    pub(super) place: Place<'a>,
    pub(super) reason: &'a Remark,
    pub(super) new_key: Option<&'a PublicKey>,
    charter: Digest,
}

impl<'a> Joint<'a> {
    /// The entry in its place, where it is the maintainers' statement.
    pub fn of(place: Place<'a>) -> Option<Self> {
        match &place.statement.deed {
            Deed::Joint {
                reason,
                charter,
                new_key,
                ..
            } => Some(Self {
                place,
                reason,
                new_key: new_key.as_ref(),
                charter: *charter,
            }),
            _ => None,
        }
    }

    /// Who signed it, and what does not hold.
    pub fn judge(
        &self,
        governance: &Governance<'_>,
        profile: Option<&Profile>,
    ) -> (Vec<Id>, Vec<Note>) {
        let mut notes = Vec::new();
        self.place.judge_address(&mut notes);
        self.place.judge_count(&mut notes);
        self.place.judge_profile(profile, &mut notes);
        if self.place.index == 0 {
            let message = "the maintainers speak about an organization that has said nothing";
            let note = self
                .place
                .note("action", &STATEMENT_OUT_OF_SEQUENCE, message);
            notes.push(note.with_help("The first statement is the organization's own."));
        }
        if let Some(weakness) = self.new_key.and_then(PublicKey::weakness) {
            notes.push(self.place.note("new-key", &KEY_WEAK, weakness));
        }
        self.judge_countersignature(&mut notes);
        let ids = self.judge_signers(governance, &mut notes);
        (ids, notes)
    }

    /// The new key signs too, so that nobody is given one that they do not have.
    fn judge_countersignature(&self, notes: &mut Vec<Note>) {
        let Some(key) = self.new_key else { return };
        let stored = &self.place.record.signatory.statements;
        let stored = stored.get(self.place.index);
        if stored.is_some_and(|stored| stored.countersignature.is_none()) {
            let message = "the new key did not sign: `countersignature` is missing";
            let note = self
                .place
                .note("new-key", &SIGNATURE_DOES_NOT_HOLD, message);
            notes.push(note.with_help(
                "Let the organization sign the same text with the new key, and add it as `countersignature`.",
            ));
        }
        // What could not be decoded was told of when it was read.
        if let Some(signature) = &self.place.entry.countersignature {
            let route = self.place.route("countersignature");
            self.place.holds_by(route, signature, key, notes);
        }
    }

    fn judge_signers(&self, governance: &Governance<'_>, notes: &mut Vec<Note>) -> Vec<Id> {
        let Some(charter) = governance.named(self.charter) else {
            // Without registry.yaml nothing is concluded (judge.rs).
            if self.place.registry.charter.is_some() {
                let message =
                    "no charter of this registry that was lawfully adopted has this digest";
                let rule = &ATTESTATION_UNKNOWN_MAINTAINER;
                notes.push(self.place.note("charter", rule, message));
            }
            return Vec::new();
        };
        let place = &self.place;
        let ask = |signature: &Signature, key: &PublicKey| place.ask(signature, key);
        let signers = Signers::of(charter, place.list, place.index, place.entry, ask);
        if let Some(message) = signers.too_few(charter, place.statement.action()) {
            notes.push(place.note("action", &THRESHOLD_NOT_REACHED, message));
        }
        let breaches = signers.breaches.into_iter();
        notes.extend(breaches.map(|(rule, route, message)| Note::new(rule, route, message)));
        signers.ids
    }
}
