//! One signatory with all evidence: `show`, for people and as `schemas/evidence.schema.json`.

use super::attestations::{AttestationJson, Attestations};
use super::json::{self, FindingJson, RegistryJson, RetractedJson};
use super::paint::{FAINT, HEADING, paint, standing};
use super::statements::{StatementJson, Statements};
use super::terminal;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::json::to_bytes;
use crate::compile::basis::{self, BasisJson, BindingJson, RecoveryJson};
use crate::compile::profile::ProfileJson;
use crate::record::signatory::{Accreditation, Signatory};
use crate::statement::lines::claimed_letters;
use crate::verify::binding::Binding;
use crate::verify::standing::WORDS;
use crate::verify::verdict::{LetterReport, Report, Retraction, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that is known of one signatory.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// The whole report.
    pub report: &'a Report,
    /// How many files of the work tree differ from HEAD.
    pub uncommitted: Option<usize>,
    /// The signatory's id.
    pub id: &'a Id,
    /// Where its record lies.
    pub path: Option<&'a str>,
    /// Its record, where it could be read.
    pub signatory: Option<&'a Signatory>,
    /// What it signed.
    pub statements: Option<&'a Statements<'a>>,
    /// What maintainers and observers signed about its key.
    pub attestations: Option<&'a Attestations<'a>>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    schema: &'static str,
    registry: RegistryJson<'a>,
    id: &'a str,
    path: Option<&'a str>,
    #[serde(flatten)]
    profile: ProfileJson<'a>,
    statements: Vec<StatementJson<'a>>,
    attestations: Vec<AttestationJson<'a>>,
    letters: Vec<LetterJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct LetterJson<'a> {
    id: &'a str,
    title: &'a str,
    current_version: u64,
    standing: Option<&'static str>,
    version: Option<u64>,
    #[serde(flatten)]
    basis: BasisJson<'a>,
    statement: Option<String>,
    binding: Vec<BindingJson<'a>>,
    domain_withdrawals: Vec<BindingJson<'a>>,
    recovery: Option<RecoveryJson<'a>>,
    listed_as: Vec<SpellingJson<'a>>,
    retracted: Vec<RetractedJson<'a>>,
}

#[derive(Serialize)]
struct SpellingJson<'a> {
    spelling: &'a str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> Evidence<'a> {
    /// The evidence as JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        to_bytes(&EvidenceJson {
            schema: "undersigned/evidence/v1",
            registry: json::registry(self.report, self.uncommitted),
            id: self.id.as_str(),
            path: self.path,
            profile: ProfileJson::of(self.signatory),
            statements: self.statements.map(Statements::json).unwrap_or_default(),
            attestations: self
                .attestations
                .map(Attestations::json)
                .unwrap_or_default(),
            letters: self
                .about()
                .map(|(letter, verdict, retracted)| letter_json(letter, verdict, &retracted))
                .collect(),
            findings: self
                .report
                .findings_of(self.id)
                .map(json::finding)
                .collect(),
        })
    }

    /// The evidence for a person.
    pub fn text(&self) -> String {
        let mut text = self.heading();
        for (letter, verdict, retracted) in self.about() {
            text.push('\n');
            text.push_str(&letter_text(letter, verdict, &retracted));
        }
        let statements = self.statements.map(Statements::text).unwrap_or_default();
        if !statements.is_empty() {
            text.push_str(&format!("\n{statements}"));
        }
        let attested = self.attestations.map(Attestations::text);
        let attested = attested.unwrap_or_default();
        if !attested.is_empty() {
            text.push_str(&format!("\n{attested}"));
        }
        for letter in self.unjudged() {
            text.push_str(&format!(
                "\nletter   {letter}: not judged, its letter.yaml cannot be read\n"
            ));
        }
        let findings: Vec<Finding> = self.report.findings_of(self.id).cloned().collect();
        text.push('\n');
        text.push_str(&terminal::findings(&findings));
        text
    }

    /// The letters it names that could not be read.
    pub fn unjudged(&self) -> BTreeSet<Id> {
        let record = self.signatory.into_iter();
        let listed = record.clone().flat_map(|record| &record.listings);
        let signed = record.flat_map(|record| &record.statements);
        let signed = signed.flat_map(|entry| claimed_letters(entry.text.as_str()));
        listed
            .map(|listing| listing.letter.clone())
            .chain(signed)
            .filter(|letter| self.report.broken_letters.contains(letter))
            .collect()
    }

    fn heading(&self) -> String {
        let name = self
            .signatory
            .map_or(self.id.as_str(), |record| record.name.as_str());
        let mut text = format!("{}\n", paint(HEADING, &visible(name)));
        let mut line = |label: &str, value: &str| text.push_str(&format!("{label:<8} {value}\n"));
        for (language, name) in self.signatory.iter().flat_map(|record| &record.names) {
            line("name", &format!("{} ({language})", visible(name.as_str())));
        }
        line("id", self.id.as_str());
        if let Some(country) = self.signatory.and_then(|record| record.country.as_ref()) {
            line("country", country.as_str());
        }
        if let Some(website) = self.signatory.and_then(|record| record.website.as_ref()) {
            line("website", website.as_str());
        }
        if let Some(domain) = self.signatory.and_then(|record| record.domain.as_ref()) {
            let seen = self.attestations.is_some_and(Attestations::are_seen);
            let ever = self.attestations.is_some_and(Attestations::were_seen);
            let remark = match (seen, ever) {
                (true, _) => "(claimed; the key in force was seen there)",
                (false, true) => "(claimed; what was seen there does not count today)",
                (false, false) => "(claimed; nobody has seen a key there)",
            };
            line("domain", &format!("{domain} {}", paint(FAINT, remark)));
        }
        for claim in self.accreditations() {
            let source = format!("({})", visible(claim.source.as_str()));
            let status = format!(
                "{}, {} {}",
                visible(claim.body.as_str()),
                visible(claim.status.as_str()),
                paint(FAINT, &source)
            );
            line("status", &status);
        }
        if let Some(path) = self.path {
            line("record", &visible(path));
        }
        text
    }

    fn accreditations(&self) -> impl Iterator<Item = &'a Accreditation> {
        self.signatory
            .into_iter()
            .flat_map(|record| &record.accreditations)
    }

    /// The letters that it has a standing on, or a listing that was taken back.
    fn about(
        &self,
    ) -> impl Iterator<Item = (&'a LetterReport, Option<&'a Verdict>, Vec<&'a Retraction>)> {
        self.report.letters.iter().filter_map(|letter| {
            let verdict = letter
                .verdicts
                .iter()
                .find(|verdict| verdict.id == *self.id);
            let retracted: Vec<_> = letter
                .retracted
                .iter()
                .filter(|one| one.id == *self.id)
                .collect();
            (verdict.is_some() || !retracted.is_empty()).then_some((letter, verdict, retracted))
        })
    }
}

fn letter_json<'a>(
    letter: &'a LetterReport,
    verdict: Option<&'a Verdict>,
    retracted: &[&'a Retraction],
) -> LetterJson<'a> {
    let listing = verdict.and_then(|verdict| verdict.listing.as_ref());
    let spellings = listing.into_iter().flat_map(|listing| {
        listing
            .spellings
            .iter()
            .map(|(spelling, place)| SpellingJson {
                spelling,
                path: &listing.path,
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
            })
    });
    LetterJson {
        id: letter.id.as_str(),
        title: &letter.title,
        current_version: letter.version,
        standing: verdict.map(|verdict| verdict.standing.word()),
        version: verdict.and_then(|verdict| verdict.version),
        basis: BasisJson::of(verdict),
        statement: basis::statement(verdict),
        binding: basis::binding(verdict),
        domain_withdrawals: basis::domain_withdrawals(verdict),
        recovery: basis::recovery(verdict),
        listed_as: spellings.collect(),
        retracted: retracted.iter().map(|one| json::retracted(one)).collect(),
    }
}

fn letter_text(
    letter: &LetterReport,
    verdict: Option<&Verdict>,
    retracted: &[&Retraction],
) -> String {
    let mut text = format!("{}\n", paint(HEADING, &visible(&letter.title)));
    text.push_str(&format!(
        "letter   {}, current version {}\n",
        letter.id, letter.version
    ));
    if let Some(verdict) = verdict {
        let word = verdict.standing.word();
        let meaning = WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map_or("", |(_, meaning)| meaning);
        let version = verdict
            .version
            .map(|version| format!(", version {version}"))
            .unwrap_or_default();
        text.push_str(&format!(
            "standing {}{version}{}: {meaning}\n",
            standing(word),
            verdict.partly()
        ));
        if let Some(held) = verdict.basis() {
            text.push_str(&format!(
                "by       statement {}, {}, claimed {}\n",
                held.index() + 1,
                held.by(),
                held.date()
            ));
            let bound = verdict
                .binding_of(held)
                .map(Binding::words)
                .unwrap_or_default();
            for means in verdict.means() {
                let label = if bound.contains(&means) {
                    "bound"
                } else {
                    "note"
                };
                text.push_str(&format!("{label:<8} {}\n", visible(&means)));
            }
        }
        if let Some(listing) = &verdict.listing {
            for (spelling, place) in &listing.spellings {
                let at = place.map(|(line, column)| format!("{}:{line}:{column}", listing.path));
                let at = at.unwrap_or_default();
                text.push_str(&format!(
                    "named as {} {}\n",
                    visible(spelling),
                    paint(FAINT, &at)
                ));
            }
        }
    }
    for one in retracted {
        let reason = visible(&one.reason);
        text.push_str(&format!(
            "listing of version {} taken back by the publisher: {reason}\n",
            one.version
        ));
    }
    text
}
