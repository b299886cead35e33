//! A signatory as the list of a letter shows it, and what its standing rests on.

use super::countries;
use super::language::{self, Speech, of_script};
use crate::base::escape::seen;
use crate::verify::attestation::Attested;
use crate::verify::held::Held;
use crate::verify::verdict::Verdict;
use serde::Serialize;

/// A name with the language that it is in, where that is known.
#[derive(Debug, Serialize)]
pub struct NameRow {
    language: Option<String>,
    name: String,
}

impl NameRow {
    /// A name with its language.
    pub fn of(language: Option<&str>, name: &str) -> Self {
        let language = language.or_else(|| of_script(name)).map(str::to_owned);
        Self {
            language,
            name: seen(name),
        }
    }
}

/// One attestation in words for a page.
#[derive(Debug, Serialize)]
pub struct BondRow {
    means: &'static str,
    domain: Option<String>,
    method: &'static str,
    by: String,
    name: String,
    date: String,
    evidence: String,
}

/// What the maintainers did, with their reason.
#[derive(Debug, Serialize)]
pub struct DeedRow {
    by: Vec<String>,
    date: String,
    reason: String,
}

/// What a standing rests on.
#[derive(Debug, Serialize)]
pub struct GroundRow {
    standing: &'static str,
    version: Option<u64>,
    /// Whether that is not the current version.
    earlier: bool,
    /// The languages of the texts endorsed, where the version has others too.
    endorsed: Vec<String>,
    /// How the letter's text names it, where that is not its name.
    named_as: Option<String>,
    bonds: Vec<BondRow>,
    domain_withdrawals: Vec<BondRow>,
    recovery: Option<DeedRow>,
    /// Whether the key of the statement was replaced after it.
    replaced: bool,
    removal: Option<DeedRow>,
    /// Why it withdrew, in its words.
    reason: Option<String>,
    /// Who decided, in its words.
    authority: Option<String>,
    claimed_date: Option<String>,
    key: Option<String>,
    /// The number of the statement that it rests on.
    statement: Option<usize>,
}

/// One row of the list.
#[derive(Debug, Serialize)]
pub struct Row {
    id: String,
    name: NameRow,
    names: Vec<NameRow>,
    country: Option<String>,
    country_name: Option<String>,
    #[serde(flatten)]
    ground: GroundRow,
}

impl Row {
    /// The row of a verdict.
    pub fn of(verdict: &Verdict, current: u64, speech: Speech) -> Self {
        let record = verdict.signatory.as_ref();
        let names = record.into_iter().flat_map(|record| &record.names);
        let country = record.and_then(|record| record.country.as_ref());
        Self {
            id: verdict.id.to_string(),
            name: NameRow::of(None, verdict.name()),
            names: names
                .map(|(language, name)| NameRow::of(Some(language.as_str()), name.as_str()))
                .collect(),
            country: country.map(ToString::to_string),
            country_name: country.map(|code| countries::name(code.as_str(), speech).to_owned()),
            ground: GroundRow::of(verdict, current, speech),
        }
    }
}

impl GroundRow {
    /// What a verdict rests on.
    pub fn of(verdict: &Verdict, current: u64, speech: Speech) -> Self {
        let held = verdict.basis();
        let binding = held.and_then(|held| verdict.binding_of(held));
        let attested = binding.into_iter().flat_map(|binding| binding.attested());
        let own = held.filter(|held| held.key().is_some());
        let languages = verdict.endorsed_texts.iter().flatten();
        Self {
            standing: verdict.standing.word(),
            version: verdict.version,
            earlier: verdict.version.is_some_and(|version| version != current),
            endorsed: languages
                .map(|tag| language::name(tag.as_str(), speech))
                .collect(),
            named_as: verdict.named_as().map(seen),
            bonds: attested.map(bond).collect(),
            domain_withdrawals: verdict.domain_withdrawals.iter().map(bond).collect(),
            recovery: own.and(verdict.recovery.as_deref()).map(deed),
            replaced: own.is_some_and(Held::is_replaced),
            removal: verdict.removal.as_deref().map(deed),
            reason: verdict
                .withdrawal
                .as_ref()
                .and_then(|held| held.reason())
                .map(seen),
            authority: held.and_then(|held| held.authority()).map(seen),
            claimed_date: held.map(|held| held.date().to_string()),
            key: held.and_then(Held::fingerprint),
            statement: held.map(|held| held.index() + 1),
        }
    }
}

fn bond(attested: &Attested) -> BondRow {
    let domain = attested.domain.as_ref().filter(|_| attested.observes);
    BondRow {
        means: if attested.observes { "domain" } else { "vouch" },
        domain: domain.map(ToString::to_string),
        method: attested.method.name(),
        by: attested.by.to_string(),
        name: seen(&attested.name),
        date: attested.date.to_string(),
        evidence: seen(&attested.evidence),
    }
}

fn deed(held: &Held) -> DeedRow {
    DeedRow {
        by: held.signers().iter().map(ToString::to_string).collect(),
        date: held.date().to_string(),
        reason: seen(held.reason().unwrap_or_default()),
    }
}
