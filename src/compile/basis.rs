//! The statement that a standing rests on, the same in every JSON.

use crate::verify::attestation::Attested;
use crate::verify::held::Held;
use crate::verify::verdict::Verdict;
use serde::Serialize;

/// What a standing rests on; nothing but nulls where nothing was signed.
#[derive(Serialize)]
pub struct BasisJson<'a> {
    key: Option<String>,
    claimed_date: Option<&'a str>,
    claimed_authority: Option<&'a str>,
    claimed_reason: Option<&'a str>,
    endorsed_texts: Vec<&'a str>,
}

impl<'a> BasisJson<'a> {
    /// The statement behind a verdict.
    pub fn of(verdict: Option<&'a Verdict>) -> Self {
        let held = verdict.and_then(Verdict::basis);
        Self {
            key: held.and_then(Held::fingerprint),
            claimed_date: held.map(|held| held.date().as_str()),
            claimed_authority: held.and_then(|held| held.authority()),
            claimed_reason: held.and_then(|held| held.reason()),
            endorsed_texts: held.map(Held::tags).unwrap_or_default(),
        }
    }
}

/// One attestation that ties the key of a standing to its organization.
#[derive(Serialize)]
pub struct BindingJson<'a> {
    means: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    method: &'static str,
    by: &'a str,
    claimed_date: &'a str,
    statement: String,
}

/// How the maintainers put a key in the place of a lost one.
#[derive(Serialize)]
pub struct RecoveryJson<'a> {
    by: Vec<&'a str>,
    claimed_date: &'a str,
    claimed_reason: Option<&'a str>,
    statement: String,
    replaced: bool,
}

/// What ties the key of the statement behind a verdict to the organization; nothing where nobody did.
pub fn binding(verdict: Option<&Verdict>) -> Vec<BindingJson<'_>> {
    let found = verdict.and_then(|verdict| verdict.binding_of(verdict.basis()?));
    let attested = found.into_iter().flat_map(|binding| binding.attested());
    attested.map(bond).collect()
}

/// Each observation in which the domain says that it withdraws from the letter, while the key has not said so.
pub fn domain_withdrawals(verdict: Option<&Verdict>) -> Vec<BindingJson<'_>> {
    let said = verdict
        .into_iter()
        .flat_map(|verdict| &verdict.domain_withdrawals);
    said.map(bond).collect()
}

fn bond(attested: &Attested) -> BindingJson<'_> {
    let domain = attested.domain.as_ref().filter(|_| attested.observes);
    BindingJson {
        means: if attested.observes { "domain" } else { "vouch" },
        domain: domain.map(|domain| domain.as_str()),
        method: attested.method.name(),
        by: attested.by.as_str(),
        claimed_date: attested.date.as_str(),
        statement: attested.digest.to_string(),
    }
}

/// The newest recovery of a record whose statement is behind a verdict, and whether it replaced that one's key.
pub fn recovery(verdict: Option<&Verdict>) -> Option<RecoveryJson<'_>> {
    let verdict = verdict?;
    let held = verdict.basis()?;
    let recovery = verdict.recovery.as_ref().filter(|_| held.key().is_some())?;
    Some(RecoveryJson {
        by: recovery.signers().iter().map(|id| id.as_str()).collect(),
        claimed_date: recovery.date().as_str(),
        claimed_reason: recovery.reason(),
        statement: recovery.digest().to_string(),
        replaced: held.is_replaced(),
    })
}

/// The digest of the text of the statement behind a verdict.
pub fn statement(verdict: Option<&Verdict>) -> Option<String> {
    let held = verdict.and_then(Verdict::basis)?;
    Some(held.digest().to_string())
}
