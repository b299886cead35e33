//! The next attestation of a maintainer or observer: whose key it is, and how they know.
//! Implements docs/formats/15-keys.md, drafting.

use super::draft::Desk;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::prose::Remark;
use crate::record::charter::Person;
use crate::registry::holding::Registry;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::deed::Deed;
use crate::statement::method::Method;
use crate::verify::attestation::next;
use crate::verify::governance::Governance;

/// What somebody says of an organization's key.
#[derive(Debug, Clone)]
pub struct Testimony {
    /// Whether they saw it on its domain; otherwise they vouch.
    pub observes: bool,
    /// How they know.
    pub method: Method,
    /// What it rests on: of what was seen the digest.
    pub evidence: Remark,
}

/// Who in the charter has a key, and may say such a thing with it.
pub fn attester<'a>(
    registry: &'a Registry,
    key: &PublicKey,
    observes: bool,
) -> Result<&'a Person, Error> {
    let charter = registry.charter.as_ref().ok_or_else(unread)?;
    let charter = &charter.charter;
    let has = |person: &&Person| person.key.point() == key.point();
    if let Some(person) = charter.maintainers.iter().find(has) {
        return Ok(person);
    }
    let observer = charter.observers.iter().find(has);
    match (observer, observes) {
        (Some(person), true) => Ok(person),
        (Some(person), false) => Err(Error::new(format!(
            "`{}` is an observer, and only maintainers do this",
            person.id
        ))
        .with_help("An observer says what a domain shows: `undersigned observe`.")),
        (None, _) => Err(Error::new(format!(
            "the key {} is that of no maintainer{}",
            key.fingerprint(),
            if observes { " or observer" } else { "" }
        ))
        .with_help("registry/registry.yaml names them with their keys; name the right one with --key or --agent.")),
    }
}

impl Testimony {
    /// The key in force that it is about; an error where the organization has signed nothing.
    pub fn subject<'a>(desk: &'a Desk<'_>) -> Result<&'a PublicKey, Error> {
        if desk.record.is_none() {
            return Err(Error::new(format!("there is no record of `{}`", desk.id))
                .with_help("`undersigned verify` lists every signatory with its id."));
        }
        desk.key_in_force().ok_or_else(|| {
            Error::new(format!(
                "`{}` has signed nothing, so that there is no key to speak about",
                desk.id
            ))
            .with_help(
                "It signs first: `undersigned sign`. Whom a publisher named alone stays listed.",
            )
        })
    }

    /// The next statement of this attester about an organization.
    pub fn draft(&self, desk: &Desk<'_>, person: &Person, date: Date) -> Result<Statement, Error> {
        let charter = desk.registry.charter.as_ref().ok_or_else(unread)?;
        let subject = Self::subject(desk)?.clone();
        let (Some(record), Some(profile)) = (desk.record, desk.profile()) else {
            return Err(Error::new(format!("there is no record of `{}`", desk.id)));
        };
        let governance = Governance::of(desk.registry);
        if governance.current().is_none() {
            return Err(Error::new(
                "the charter was not lawfully adopted, so that nobody counts as a maintainer",
            )
            .with_help("`undersigned verify` says why; mend that first."));
        }
        let (sequence, previous) = next(desk.registry, &governance, record, &person.id);
        if self.method == Method::Retracted && !self.has_earlier(desk, person) {
            return Err(Error::new(format!(
                "`{}` has said nothing of this kind about `{}` that could be taken back",
                person.id, desk.id
            )));
        }
        Ok(Statement {
            registry: charter.charter.origin.clone(),
            deed: Deed::Attest {
                signatory: desk.id.clone(),
                profile,
                observes: self.observes,
                method: self.method,
                evidence: self.evidence.clone(),
                attester: person.id.clone(),
                key: person.key.clone(),
                subject,
            },
            sequence,
            previous,
            after: None,
            date,
        })
    }

    fn has_earlier(&self, desk: &Desk<'_>, person: &Person) -> bool {
        let mut attested = desk.fold.attested.iter().rev();
        let newest = attested.find(|one| one.by == person.id && one.observes == self.observes);
        newest.is_some_and(|one| one.method != Method::Retracted)
    }
}

fn unread() -> Error {
    Error::new("registry/registry.yaml cannot be read")
        .with_help("`undersigned validate` says what is wrong with it.")
}
