//! A record's attestations one after another, for people and as part of `schemas/evidence.schema.json`.

use super::paint::{BAD, FAINT, GOOD, WARNING, paint};
use super::sightings::{Judged, age};
use crate::base::escape::visible;
use crate::registry::holding::Record;
use crate::statement::action::Action;
use crate::statement::method::Method;
use crate::verify::attestation::{Attested, Effect};
use crate::verify::binding::by;
use serde::Serialize;

/// A record's attestations with those of them that hold.
#[derive(Debug)]
pub struct Attestations<'a> {
    /// The record.
    pub record: &'a Record,
    /// The attestations that hold, in their order.
    pub attested: Vec<Attested>,
    /// The commit at which their age is told, where there is one.
    pub judged: Judged,
}

/// One attestation.
#[derive(Serialize)]
pub struct AttestationJson<'a> {
    number: usize,
    action: Option<&'static str>,
    statement: String,
    holds: bool,
    counts: bool,
    method: Option<&'static str>,
    by: Option<&'a str>,
    subject_key: Option<String>,
    claimed_date: Option<&'a str>,
    claimed_evidence: Option<&'a str>,
    age_in_days: Option<i64>,
}

impl Attestations<'_> {
    /// Every attestation, whether it holds or not.
    pub fn json(&self) -> Vec<AttestationJson<'_>> {
        self.each()
            .map(|(index, text, held)| AttestationJson {
                number: index + 1,
                action: Action::claimed(text).map(Action::name),
                statement: self.digest(index),
                holds: held.is_some(),
                counts: held.is_some_and(|held| held.effect == Effect::Counts),
                method: held.map(|held| held.method.name()),
                by: held.map(|held| held.by.as_str()),
                subject_key: held.map(|held| held.subject.fingerprint()),
                claimed_date: held.map(|held| held.date.as_str()),
                claimed_evidence: held.map(|held| held.evidence.as_str()),
                age_in_days: held
                    .zip(self.judged.as_ref())
                    .map(|(held, (_, day))| day.number() - held.date.number()),
            })
            .collect()
    }

    /// The same for a person; nothing where there is none.
    pub fn text(&self) -> String {
        self.each()
            .map(|(index, text, held)| one(index, text, held, (&self.digest(index), &self.judged)))
            .collect()
    }

    /// Whether somebody has seen the key on the domain of the organization, and that counts today.
    pub fn are_seen(&self) -> bool {
        let mut attested = self.attested.iter();
        attested.any(|one| one.observes && one.effect == Effect::Counts)
    }

    /// Whether somebody has seen a key on a domain, whatever that counts for.
    pub fn were_seen(&self) -> bool {
        self.attested
            .iter()
            .any(|one| one.observes && one.method != Method::Retracted)
    }

    fn each(&self) -> impl Iterator<Item = (usize, &str, Option<&Attested>)> {
        let all = self.record.signatory.attestations.iter().enumerate();
        all.map(|(index, entry)| {
            let held = self.attested.iter().find(|held| held.index == index);
            (index, entry.text.as_str(), held)
        })
    }

    fn digest(&self, index: usize) -> String {
        let entry = self.record.attestations.get(index);
        entry.map_or_else(String::new, |entry| entry.digest.to_string())
    }
}

fn one(
    index: usize,
    text: &str,
    held: Option<&Attested>,
    (digest, judged): (&str, &Judged),
) -> String {
    let action = Action::claimed(text).map_or("?", Action::name);
    let number = index + 1;
    let Some(held) = held else {
        let holds = paint(BAD, "does not hold");
        let digest = paint(FAINT, digest);
        return format!("attestation {number}: {action}: {holds}\n         {digest}\n");
    };
    let does = match held.effect {
        Effect::Counts => paint(GOOD, "counts"),
        Effect::TakesBack => paint(WARNING, "takes an earlier one back"),
        Effect::Overtaken => uncounted("its attester has said something newer"),
        Effect::Retired => uncounted("its attester may not attest this by the charter in force"),
        Effect::LostKey => uncounted("it is about a key that was lost once"),
        Effect::OtherDetails => uncounted("the organization gives other details now"),
        Effect::OtherKey => uncounted("it is about another key than the one in force"),
    };
    let how = match held.method {
        Method::Retracted => String::new(),
        method => format!(" {}", by(method)),
    };
    format!(
        "attestation {number}: {action}{how} by {} ({}): {does}\n         about key {}, claimed {}{}\n         evidence given: {}\n         {}\n",
        visible(&held.name),
        held.by,
        held.subject.fingerprint(),
        held.date,
        age(&held.date, judged),
        visible(&held.evidence),
        paint(FAINT, digest)
    )
}

fn uncounted(why: &str) -> String {
    format!("{}: {why}", paint(WARNING, "holds, and does not count"))
}
