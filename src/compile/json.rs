//! signatories.json, for programs: the schema is `schemas/signatories.schema.json`.

use super::basis::{self, BasisJson, BindingJson, RecoveryJson};
use super::list::{LetterList, List};
use super::profile::ProfileJson;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::json::{Counts, to_bytes};
use crate::verify::verdict::{Evidence, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    registry: RegistryJson<'a>,
    errors: usize,
    not_read: NotReadJson<'a>,
    letters: Vec<LetterJson<'a>>,
}

#[derive(Serialize)]
struct NotReadJson<'a> {
    letters: &'a [Id],
    records: &'a [Id],
}

#[derive(Serialize)]
struct RegistryJson<'a> {
    origin: &'a str,
    title: &'a str,
    revision: &'a str,
    charter: String,
}

#[derive(Serialize)]
struct LetterJson<'a> {
    id: &'a str,
    title: &'a str,
    addressee: &'a str,
    version: u64,
    date: &'a str,
    authentic: &'a str,
    texts: BTreeMap<&'a str, String>,
    claimed_signatories: Option<u64>,
    counts: Counts,
    left_out: usize,
    signatories: Vec<SignatoryJson<'a>>,
    retracted: Vec<RetractedJson<'a>>,
}

#[derive(Serialize)]
struct SignatoryJson<'a> {
    id: &'a str,
    #[serde(flatten)]
    profile: ProfileJson<'a>,
    standing: &'static str,
    version: Option<u64>,
    listing: Option<ListingJson<'a>>,
    #[serde(flatten)]
    basis: BasisJson<'a>,
    statement: Option<&'a str>,
    signature: Option<&'a str>,
    binding: Vec<BindingJson<'a>>,
    domain_withdrawals: Vec<BindingJson<'a>>,
    recovery: Option<RecoveryJson<'a>>,
}

#[derive(Serialize)]
struct ListingJson<'a> {
    version: u64,
    text: &'a str,
    #[serde(rename = "as")]
    spellings: Vec<&'a str>,
}

#[derive(Serialize)]
struct RetractedJson<'a> {
    id: &'a str,
    name: &'a str,
    version: u64,
    reason: &'a str,
}

/// The list as JSON.
pub fn write(list: &List<'_>) -> Result<Vec<u8>, Error> {
    to_bytes(&Document {
        schema: "undersigned/signatories/v1",
        registry: RegistryJson {
            origin: list.origin,
            title: list.title,
            revision: list.revision,
            charter: list.charter.to_string(),
        },
        errors: list.errors,
        not_read: NotReadJson {
            letters: list.broken_letters,
            records: list.broken_records,
        },
        letters: list.letters.iter().map(letter).collect(),
    })
}

fn letter<'a>(list: &'a LetterList<'a>) -> LetterJson<'a> {
    let report = list.report;
    let texts = report.texts.iter();
    LetterJson {
        id: report.id.as_str(),
        title: &report.title,
        addressee: &report.addressee,
        version: report.version,
        date: report.date.as_str(),
        authentic: report.authentic.as_str(),
        texts: texts
            .map(|text| (text.language.as_str(), text.digest.to_string()))
            .collect(),
        claimed_signatories: report.claimed,
        counts: Counts(list.counts().collect()),
        left_out: list.left_out,
        signatories: list
            .groups
            .iter()
            .flat_map(|group| &group.verdicts)
            .filter_map(|verdict| signatory(verdict))
            .collect(),
        retracted: list
            .retracted
            .iter()
            .map(|retraction| RetractedJson {
                id: retraction.id.as_str(),
                name: &retraction.name,
                version: retraction.version,
                reason: &retraction.reason,
            })
            .collect(),
    }
}

fn signatory(verdict: &Verdict) -> Option<SignatoryJson<'_>> {
    let record = verdict.signatory.as_ref()?;
    let signed = verdict.signed();
    Some(SignatoryJson {
        id: verdict.id.as_str(),
        profile: ProfileJson::of(Some(record)),
        standing: verdict.standing.word(),
        version: verdict.version,
        listing: verdict.listing.as_ref().map(listing),
        basis: BasisJson::of(Some(verdict)),
        statement: signed.map(|(text, _)| text),
        signature: signed.map(|(_, signature)| signature),
        binding: basis::binding(Some(verdict)),
        domain_withdrawals: basis::domain_withdrawals(Some(verdict)),
        recovery: basis::recovery(Some(verdict)),
    })
}

fn listing(evidence: &Evidence) -> ListingJson<'_> {
    ListingJson {
        version: evidence.version,
        text: &evidence.path,
        spellings: evidence
            .spellings
            .iter()
            .map(|(spelling, _)| spelling.as_str())
            .collect(),
    }
}
