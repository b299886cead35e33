//! What a record says of its organization, the same in every JSON.

use crate::record::signatory::{Accreditation, Signatory};
use serde::Serialize;
use std::collections::BTreeMap;

/// The organization's own details, and what others say of its status.
#[derive(Serialize)]
pub struct ProfileJson<'a> {
    name: Option<&'a str>,
    names: BTreeMap<&'a str, &'a str>,
    country: Option<&'a str>,
    website: Option<&'a str>,
    domain: Option<&'a str>,
    accreditations: Vec<AccreditationJson<'a>>,
}

#[derive(Serialize)]
struct AccreditationJson<'a> {
    body: &'a str,
    status: &'a str,
    source: &'a str,
}

impl<'a> ProfileJson<'a> {
    /// The details in a record; nothing but nulls where it could not be read.
    pub fn of(record: Option<&'a Signatory>) -> Self {
        let names = record.into_iter().flat_map(|record| &record.names);
        let accreditations = record.into_iter().flat_map(|record| &record.accreditations);
        Self {
            name: record.map(|record| record.name.as_str()),
            names: names
                .map(|(language, name)| (language.as_str(), name.as_str()))
                .collect(),
            country: record
                .and_then(|record| record.country.as_ref())
                .map(|country| country.as_str()),
            website: record
                .and_then(|record| record.website.as_ref())
                .map(|website| website.as_str()),
            domain: record
                .and_then(|record| record.domain.as_ref())
                .map(|domain| domain.as_str()),
            accreditations: accreditations.map(accreditation).collect(),
        }
    }
}

fn accreditation(claim: &Accreditation) -> AccreditationJson<'_> {
    AccreditationJson {
        body: claim.body.as_str(),
        status: claim.status.as_str(),
        source: claim.source.as_str(),
    }
}
