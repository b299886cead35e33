//! Whether the policy calls a key the organization's own, and by what means, in words.
//! Implements docs/formats/17-binding.md, steps 16 to 22.

use super::attestation::{Attested, Effect};
use super::standing::Proof;
use crate::base::excerpt::count;
use crate::identity::policy::Policy;
use crate::signature::key::PublicKey;
use crate::statement::method::Method;
use std::collections::BTreeSet;

/// What ties the key in force to its organization; empty unless the policy is satisfied.
#[derive(Debug, Clone, Default)]
pub struct Binding {
    attested: Vec<Attested>,
}

impl Binding {
    /// The attestations that count, where they are as many as the policy asks for.
    pub(super) fn of(attested: &[Attested], policy: Policy) -> Self {
        let counting = attested.iter().filter(|one| one.effect == Effect::Counts);
        let counting: Vec<Attested> = counting.cloned().collect();
        match suffices(counting.iter(), policy) {
            true => Self { attested: counting },
            false => Self::default(),
        }
    }

    /// Shows that there is one.
    pub(super) fn proof(&self) -> Option<Proof> {
        (!self.attested.is_empty()).then(Proof::by_the_judge)
    }

    /// Each attestation that counts, in the order of the record.
    pub fn attested(&self) -> &[Attested] {
        &self.attested
    }

    /// By what means, a part for each; not escaped. Observations and vouches stand apart.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let seen: Vec<&Attested> = self.attested.iter().filter(|one| one.observes).collect();
        if let Some(domain) = seen.iter().find_map(|one| one.domain.as_ref()) {
            let observers = count(seen.len(), "observer");
            words.push(format!("domain {domain}, seen by {observers}"));
        }
        let vouched = self.attested.iter().filter(|one| !one.observes);
        words.extend(vouched.map(|one| format!("vouched for {} by {}", by(one.method), one.name)));
        words
    }
}

/// Whether a key was ever tied to its organization by those who might do so, taken back or not.
///
/// That somebody has left since makes nothing unsaid: a withdrawal that counted goes on to count.
pub(super) fn was_ever(attested: &[Attested], key: &PublicKey, policy: Policy) -> bool {
    let about = attested
        .iter()
        .filter(|one| one.subject.point() == key.point() && one.method != Method::Retracted);
    suffices(about, policy)
}

/// Whether so many different attesters are enough; 0 means that this means never suffices.
fn suffices<'a>(attested: impl Iterator<Item = &'a Attested>, policy: Policy) -> bool {
    let (mut observers, mut vouchers) = (BTreeSet::new(), BTreeSet::new());
    for one in attested {
        match one.observes {
            true => observers.insert(&one.by),
            false => vouchers.insert(&one.by),
        };
    }
    let enough =
        |people: usize, asked: u64| asked > 0 && u64::try_from(people).unwrap_or(u64::MAX) >= asked;
    enough(observers.len(), policy.observations) || enough(vouchers.len(), policy.vouches)
}

/// How somebody came to know, in words.
pub fn by(method: Method) -> &'static str {
    match method {
        Method::Phone => "by telephone",
        Method::InPerson => "in person",
        Method::Letterhead => "by letter",
        Method::Video => "in a video call",
        Method::PriorContact => "through a contact known before",
        Method::Https => "over HTTPS",
        Method::Dns => "in the DNS",
        Method::Retracted => "no longer",
    }
}
