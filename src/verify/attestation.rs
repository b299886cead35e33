//! A record's attestations, judged one after another: which of them hold, and which tie a key to the organization.
//! Implements docs/formats/17-binding.md, steps 1 to 15.

use super::governance::Governance;
use super::place::Place;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::encoding::decode_base64;
use crate::base::finding::Severity;
use crate::base::host::Domain;
use crate::base::id::Id;
use crate::base::prose::Remark;
use crate::base::rule::{
    ATTESTATION_UNKNOWN_MAINTAINER, BINDING_ONE_WAY, KEY_WEAK, STATEMENT_OUT_OF_SEQUENCE,
};
use crate::identity::published::{Link, withdraws};
use crate::identity::suffix;
use crate::record::charter::{Charter, Person};
use crate::record::entry::List;
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Note;
use crate::signature::key::PublicKey;
use crate::statement::deed::Deed;
use crate::statement::method::Method;
use crate::statement::profile::Profile;
use std::collections::BTreeMap;

/// What an attestation that holds does for the organization's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It ties the key in force to the organization.
    Counts,
    /// It takes its attester's earlier one back.
    TakesBack,
    /// Its attester has said something newer.
    Overtaken,
    /// Its attester's id and key are not in the charter in force.
    Retired,
    /// It gives other details than the newest statement.
    OtherDetails,
    /// It is about another key than the one in force.
    OtherKey,
    /// It is about a key that was lost once, and that the maintainers replaced.
    LostKey,
}

/// An attestation that holds.
#[derive(Debug, Clone)]
pub struct Attested {
    /// Its place in the record's list, from 0.
    pub index: usize,
    /// The digest of its text.
    pub digest: Digest,
    /// The attester's id.
    pub by: Id,
    /// The attester's name, as the charter says.
    pub name: String,
    /// Whether it is an observation; otherwise a vouch.
    pub observes: bool,
    /// How the attester knows.
    pub method: Method,
    /// What it rests on, in the attester's words; of an observation the digest of what was seen.
    pub evidence: String,
    /// The domain that it gives.
    pub domain: Option<Domain>,
    /// The key that it is about.
    pub subject: PublicKey,
    /// The letters from which the domain says that the organization withdraws.
    pub withdraws: Vec<Id>,
    /// The day that it claims.
    pub date: Date,
    /// What it does.
    pub effect: Effect,
}

/// The organization as its statements leave it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The key in force.
    pub key: Option<&'a PublicKey>,
    /// The details of the newest statement.
    pub profile: Option<&'a Profile>,
    /// The keys that a `recover` replaced.
    pub lost: &'a [PublicKey],
}

/// Of each attester, how many attestations of a record are in their place, and the digest of the last one.
type Counts<'a> = BTreeMap<&'a Id, (u64, Option<Digest>)>;

/// Judges the attestations of a record: those that hold, in their order, and what does not.
pub fn attested(
    registry: &Registry,
    governance: &Governance<'_>,
    record: &Record,
    subject: Subject<'_>,
) -> (Vec<Attested>, Vec<Note>) {
    let (held, notes, _) = counted(registry, governance, record, subject);
    (held, notes)
}

/// The number that an attester's next attestation about a record has, and the digest of the one before it.
pub fn next(
    registry: &Registry,
    governance: &Governance<'_>,
    record: &Record,
    attester: &Id,
) -> (u64, Option<Digest>) {
    let subject = Subject {
        key: None,
        profile: None,
        lost: &[],
    };
    let (.., counts) = counted(registry, governance, record, subject);
    let (number, last) = counts.get(attester).copied().unwrap_or_default();
    (number + 1, last)
}

fn counted<'a>(
    registry: &'a Registry,
    governance: &Governance<'_>,
    record: &'a Record,
    subject: Subject<'_>,
) -> (Vec<Attested>, Vec<Note>, Counts<'a>) {
    let mut notes = Vec::new();
    let mut held: Vec<Attested> = Vec::new();
    let mut counts = Counts::new();
    for (index, entry) in record.attestations.iter().enumerate() {
        let place = Place::of(registry, record, List::Attestations, index, entry);
        let Some(one) = place.and_then(One::of) else {
            continue;
        };
        let before = notes.len();
        place_and_name(&one, governance, &mut notes);
        if notes.len() > before {
            continue;
        }
        // A copy of an earlier one must not take the place of what its attester says next.
        let count = counts.entry(one.attester).or_default();
        one.judge_count(*count, &mut notes);
        if notes.len() > before {
            continue;
        }
        *count = (count.0 + 1, Some(entry.digest));
        let errors = |notes: &[Note]| notes.iter().skip(before).any(Note::is_error);
        one.judge_sight(&mut notes);
        if errors(&notes) || !entry.sound {
            continue;
        }
        held.push(one.attested(governance, subject));
    }
    overtake(&mut held);
    (held, notes, counts)
}

fn place_and_name(one: &One<'_>, governance: &Governance<'_>, notes: &mut Vec<Note>) {
    one.place.judge_address(notes);
    one.judge_attester(governance, notes);
    one.judge_signature(notes);
}

/// Of each attester and action only the newest says something today.
fn overtake(held: &mut [Attested]) {
    let mut newest: BTreeMap<(Id, bool), usize> = BTreeMap::new();
    // Who has left says nothing any more, and takes back nothing: their key may be in other hands by now.
    for one in held.iter().filter(|one| one.effect != Effect::Retired) {
        newest.insert((one.by.clone(), one.observes), one.index);
    }
    for one in held {
        let last = newest.get(&(one.by.clone(), one.observes)).copied();
        if last != Some(one.index) && one.effect != Effect::Retired {
            one.effect = Effect::Overtaken;
        }
    }
}

/// The person who may sign such an attestation under a charter.
fn eligible<'a>(
    charter: &'a Charter,
    id: &Id,
    key: &PublicKey,
    observes: bool,
) -> Option<&'a Person> {
    let observer = charter.observer(id).filter(|_| observes);
    let person = charter.maintainer(id).or(observer)?;
    (person.key == *key).then_some(person)
}

/// An attestation in its place.
struct One<'a> {
    place: Place<'a>,
    observes: bool,
    method: Method,
    evidence: &'a Remark,
    attester: &'a Id,
    key: &'a PublicKey,
    subject: &'a PublicKey,
}

impl<'a> One<'a> {
    fn of(place: Place<'a>) -> Option<Self> {
        match &place.statement.deed {
            Deed::Attest {
                observes,
                method,
                evidence,
                attester,
                key,
                subject,
                ..
            } => Some(Self {
                place,
                observes: *observes,
                method: *method,
                evidence,
                attester,
                key,
                subject,
            }),
            _ => None,
        }
    }

    /// Step 3: the attester stands in a charter of this registry with this key, and may sign this.
    fn judge_attester(&self, governance: &Governance<'_>, notes: &mut Vec<Note>) {
        let mut known = governance.known();
        if known.any(|charter| eligible(charter, self.attester, self.key, self.observes).is_some())
        {
            return;
        }
        let id = self.attester;
        let mut known = governance.known();
        let observer = known.any(|charter| eligible(charter, id, self.key, true).is_some());
        let mut known = governance.known();
        let other =
            known.any(|charter| charter.maintainer(id).is_some() || charter.observer(id).is_some());
        let (line, message) = match (observer, other) {
            (true, _) => (
                "maintainer",
                format!("`{id}` is an observer, and only maintainers vouch"),
            ),
            (false, true) => ("key", format!("`{id}` never had this key in a charter")),
            (false, false) => (
                "maintainer",
                format!("`{id}` stands in no charter of this registry"),
            ),
        };
        let rule = &ATTESTATION_UNKNOWN_MAINTAINER;
        notes.push(self.place.note(line, rule, message));
    }

    /// Step 4: it is signed by the key that it names.
    fn judge_signature(&self, notes: &mut Vec<Note>) {
        if let Some(weakness) = self.key.weakness() {
            notes.push(self.place.note("key", &KEY_WEAK, weakness));
        }
        if let Some(signature) = &self.place.entry.signature {
            let route = self.place.route("signature");
            self.place.holds_by(route, signature, self.key, notes);
        }
    }

    /// Step 5: it follows from the same attester's one before it.
    fn judge_count(&self, (before, digest): (u64, Option<Digest>), notes: &mut Vec<Note>) {
        let statement = self.place.statement;
        let id = self.attester;
        if statement.sequence != before + 1 {
            let message = format!(
                "the statement's sequence is {}, and it is number {} of `{id}` here",
                statement.sequence,
                before + 1
            );
            let rule = &STATEMENT_OUT_OF_SEQUENCE;
            notes.push(self.place.note("sequence", rule, message));
        }
        if statement.previous != digest {
            let message = match digest {
                None => format!("the first statement of `{id}` here has none before it"),
                Some(digest) => {
                    format!("the digest of the statement of `{id}` before it is {digest}")
                }
            };
            let rule = &STATEMENT_OUT_OF_SEQUENCE;
            notes.push(self.place.note("previous", rule, message));
        }
    }

    /// Steps 6 to 11: an observation shows that the domain names the key for this signatory and registry.
    fn judge_sight(&self, notes: &mut Vec<Note>) {
        if !self.observes || self.method == Method::Retracted {
            return;
        }
        let note = |line: &str, message: &str| self.place.note(line, &BINDING_ONE_WAY, message);
        let Some(domain) = &self.place.profile.domain else {
            let message = "a key was seen on a domain, and the organization names none";
            return notes.push(note("signatory", message));
        };
        let Some(body) = self.body() else {
            let message = "what was seen is not kept: `body` is missing";
            return notes.push(note("evidence", message));
        };
        if self.evidence.as_str() != Digest::of(&body).to_string() {
            let message = "`evidence` is not the digest of the body that is kept";
            return notes.push(note("evidence", message));
        }
        let Some(charter) = &self.place.registry.charter else {
            // Without registry.yaml nothing is concluded (judge.rs).
            return;
        };
        let link = Link {
            signatory: self.place.signatory,
            origin: &charter.charter.origin,
            key: self.subject,
        };
        if !link.is_in(&body) {
            let message = link.missing_in(&body);
            let message = format!("what was seen does not show it: {message}");
            let route = self.place.route("body");
            return notes.push(Note::new(&BINDING_ONE_WAY, route, message));
        }
        if suffix::is_public(domain) {
            let message = "anybody can have a name under this domain: it is a public suffix";
            let warning = note("domain", message).with_severity(Severity::Warning);
            notes.push(warning.with_help("Find out who speaks for the domain as a whole."));
        }
    }

    /// What was seen, as it is kept.
    fn body(&self) -> Option<Vec<u8>> {
        let stored = &self.place.record.signatory.attestations;
        let body = stored.get(self.place.index)?.body.as_ref()?;
        decode_base64(body.as_str())
    }

    /// docs/formats/19-observing.md, steps 19 to 21: letters of the registry from which the domain says that it withdraws.
    fn withdraws(&self) -> Vec<Id> {
        let registry = self.place.registry;
        let (Some(body), Some(charter)) = (self.body(), &registry.charter) else {
            return Vec::new();
        };
        let origin = &charter.charter.origin;
        let letters = registry.letters.keys();
        let said = letters.filter(|id| withdraws(&body, self.place.signatory, origin, id));
        said.cloned().collect()
    }

    /// Steps 12 to 15: what it does, as far as it is its attester's newest.
    fn attested(&self, governance: &Governance<'_>, subject: Subject<'_>) -> Attested {
        let person = |charter| eligible(charter, self.attester, self.key, self.observes);
        let today = governance.current().and_then(person);
        let name = today.or_else(|| governance.known().find_map(person));
        let same_key = subject.key.map(PublicKey::point) == Some(self.subject.point());
        let effect = if today.is_none() {
            Effect::Retired
        } else if self.method == Method::Retracted {
            Effect::TakesBack
        } else if subject.profile != Some(self.place.profile) {
            Effect::OtherDetails
        } else if !same_key {
            Effect::OtherKey
        } else if subject
            .lost
            .iter()
            .any(|key| key.point() == self.subject.point())
        {
            Effect::LostKey
        } else {
            Effect::Counts
        };
        Attested {
            index: self.place.index,
            digest: self.place.entry.digest,
            by: self.attester.clone(),
            name: name.map_or_else(String::new, |person| person.name.to_string()),
            observes: self.observes,
            method: self.method,
            evidence: self.evidence.to_string(),
            domain: self.place.profile.domain.clone(),
            subject: self.subject.clone(),
            withdraws: self.withdraws(),
            date: self.place.statement.date.clone(),
            effect,
        }
    }
}
