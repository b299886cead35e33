//! Data that scripts load: files of one call each, since a page that is opened from disk can fetch nothing else.

use super::frame::Frame;
use crate::base::error::Error;
use crate::base::escape::seen;
use crate::record::signed::{Signed, Statement};
use crate::registry::holding::Record;
use crate::verify::verdict::Verdict;
use serde::Serialize;

/// How many rows a shard of the index holds.
pub const INDEX: usize = 2000;

/// A shard: its place from the root of the site, and what it gives.
pub fn shard(place: &str, value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let failed =
        |error: serde_json::Error| Error::new(format!("{place} cannot be written: {error}"));
    let name = serde_json::to_string(place).map_err(failed)?;
    let value = serde_json::to_string(value).map_err(failed)?;
    Ok(format!("undersigned.shard({name}, {value});\n").into_bytes())
}

/// What the check of one page of a letter's list reads.
#[derive(Debug, Serialize)]
pub struct EvidenceShard<'a> {
    /// The frame of the check.
    pub frame: &'a Frame<'a>,
    /// The letter.
    pub letter: &'a str,
    /// Those on the page, in its order.
    pub signatories: Vec<Exhibit<'a>>,
}

/// A signatory with its record as it lies.
#[derive(Debug, Serialize)]
pub struct Exhibit<'a> {
    id: &'a str,
    name: &'a str,
    /// Its other names, in order of language, and its country: of those who signed nothing, no statement says them.
    names: Vec<&'a str>,
    country: Option<&'a str>,
    standing: &'static str,
    version: Option<u64>,
    listing: Option<ListingExhibit<'a>>,
    path: &'a str,
    record: &'a str,
    statements: Vec<StatementExhibit<'a>>,
    attestations: Vec<AttestationExhibit<'a>>,
}

/// The publisher's claim that a letter names it.
#[derive(Debug, Serialize)]
struct ListingExhibit<'a> {
    letter: &'a str,
    version: u64,
    /// How the text names it, where that is not its name.
    named_as: Option<String>,
}

#[derive(Debug, Serialize)]
struct StatementExhibit<'a> {
    text: &'a str,
    signature: Option<&'a str>,
    countersignature: Option<&'a str>,
    signatures: Option<Vec<MaintainerExhibit<'a>>>,
}

#[derive(Debug, Serialize)]
struct MaintainerExhibit<'a> {
    maintainer: &'a str,
    signature: &'a str,
}

#[derive(Debug, Serialize)]
struct AttestationExhibit<'a> {
    text: &'a str,
    signature: &'a str,
    body: Option<&'a str>,
}

impl<'a> Exhibit<'a> {
    /// What is shown of a verdict about a letter and its record.
    pub fn of(letter: &'a str, verdict: &'a Verdict, record: &'a Record) -> Self {
        let signatory = &record.signatory;
        let names = signatory.names.iter();
        let listing = verdict.listing.as_ref();
        Self {
            id: verdict.id.as_str(),
            name: verdict.name(),
            names: names.map(|(_, name)| name.as_str()).collect(),
            country: signatory.country.as_ref().map(|country| country.as_str()),
            standing: verdict.standing.word(),
            version: verdict.version,
            listing: listing.map(|listing| ListingExhibit {
                letter,
                version: listing.version,
                named_as: verdict.named_as().map(seen),
            }),
            path: record.source.path(),
            record: record.source.text(),
            statements: signatory.statements.iter().map(statement).collect(),
            attestations: signatory
                .attestations
                .iter()
                .map(|stored| AttestationExhibit {
                    text: stored.text.as_str(),
                    signature: stored.signature.as_str(),
                    body: stored.body.as_ref().map(|body| body.as_str()),
                })
                .collect(),
        }
    }
}

fn statement(stored: &Statement) -> StatementExhibit<'_> {
    let (signature, signatures) = match &stored.signed {
        Signed::ByKey(one) => (Some(one.as_str()), None),
        Signed::ByMaintainers(all) => {
            let each = all.iter().map(|one| MaintainerExhibit {
                maintainer: one.maintainer.as_str(),
                signature: one.signature.as_str(),
            });
            (None, Some(each.collect()))
        }
    };
    StatementExhibit {
        text: stored.text.as_str(),
        signature,
        countersignature: stored.countersignature.as_ref().map(|one| one.as_str()),
        signatures,
    }
}

/// A row of the index: id, name, other names, country, standing, version, page of the list.
pub type IndexRow<'a> = (
    &'a str,
    &'a str,
    Vec<&'a str>,
    &'a str,
    &'static str,
    u64,
    usize,
);

/// What the search reads.
#[derive(Debug, Serialize)]
pub struct IndexShard<'a> {
    /// The rows, in the order of the list.
    pub rows: Vec<IndexRow<'a>>,
}

/// The row of a verdict that stands on this page of the list.
pub fn index_row(verdict: &Verdict, page: usize) -> IndexRow<'_> {
    let record = verdict.signatory.as_ref();
    let names = record.into_iter().flat_map(|record| &record.names);
    let country = record.and_then(|record| record.country.as_ref());
    (
        verdict.id.as_str(),
        verdict.name(),
        names.map(|(_, name)| name.as_str()).collect(),
        country.map_or("", |country| country.as_str()),
        verdict.standing.word(),
        verdict.version.unwrap_or_default(),
        page,
    )
}
