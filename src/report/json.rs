//! Verdicts and findings for programs: `schemas/verification.schema.json` and `schemas/validation.schema.json`.

use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::json::{Counts, to_bytes};
use crate::compile::basis::{self, BasisJson, BindingJson, RecoveryJson, statement};
use crate::verify::verdict::{LetterReport, Report, Retraction, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Verification<'a> {
    schema: &'static str,
    registry: RegistryJson<'a>,
    letters: Vec<LetterJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct Validation<'a> {
    schema: &'static str,
    findings: Vec<FindingJson<'a>>,
}

/// The findings about each signatory.
type About<'a> = BTreeMap<&'a Id, Vec<&'a Finding>>;

/// Which registry was judged, and which state of it.
#[derive(Serialize)]
pub struct RegistryJson<'a> {
    origin: Option<&'a str>,
    revision: Option<&'a str>,
    uncommitted: Option<usize>,
    charter: Option<String>,
}

#[derive(Serialize)]
struct LetterJson<'a> {
    id: &'a str,
    version: u64,
    texts: BTreeMap<&'a str, String>,
    claimed_signatories: Option<u64>,
    counts: Counts,
    signatories: Vec<VerdictJson<'a>>,
    retracted: Vec<RetractedJson<'a>>,
}

/// A verdict with the findings about its signatory.
#[derive(Serialize)]
struct VerdictJson<'a> {
    id: &'a str,
    name: Option<&'a str>,
    standing: &'static str,
    version: Option<u64>,
    #[serde(flatten)]
    basis: BasisJson<'a>,
    statement: Option<String>,
    binding: Vec<BindingJson<'a>>,
    domain_withdrawals: Vec<BindingJson<'a>>,
    recovery: Option<RecoveryJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

/// A listing that was taken back.
#[derive(Serialize)]
pub struct RetractedJson<'a> {
    id: &'a str,
    name: &'a str,
    version: u64,
    reason: &'a str,
}

/// A finding as every command prints it.
#[derive(Serialize)]
pub struct FindingJson<'a> {
    rule: &'static str,
    severity: &'static str,
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: &'a str,
    signatory: Option<&'a str>,
    commit: Option<&'a str>,
}

/// What `verify` prints.
pub fn verification(report: &Report, uncommitted: Option<usize>) -> Result<Vec<u8>, Error> {
    let mut about = About::new();
    for finding in &report.findings {
        if let Some(id) = &finding.signatory {
            about.entry(id).or_default().push(finding);
        }
    }
    to_bytes(&Verification {
        schema: "undersigned/verification/v1",
        registry: registry(report, uncommitted),
        letters: report
            .letters
            .iter()
            .map(|one| letter(&about, one))
            .collect(),
        findings: findings(&report.findings),
    })
}

/// What `validate` prints.
pub fn validation(found: &[Finding]) -> Result<Vec<u8>, Error> {
    to_bytes(&Validation {
        schema: "undersigned/validation/v1",
        findings: findings(found),
    })
}

/// Which registry was judged.
pub fn registry(report: &Report, uncommitted: Option<usize>) -> RegistryJson<'_> {
    RegistryJson {
        origin: report
            .charter
            .as_ref()
            .map(|charter| charter.origin.as_str()),
        revision: report.revision.as_deref(),
        uncommitted,
        charter: report
            .charter
            .as_ref()
            .map(|charter| charter.digest.to_string()),
    }
}

/// Findings in the order in which they are given.
pub fn findings(findings: &[Finding]) -> Vec<FindingJson<'_>> {
    findings.iter().map(finding).collect()
}

/// One finding.
pub fn finding(finding: &Finding) -> FindingJson<'_> {
    FindingJson {
        rule: finding.rule.name,
        severity: finding.severity.name(),
        path: &finding.path,
        line: finding.place.as_ref().map(|place| place.line),
        column: finding.place.as_ref().map(|place| place.column),
        message: &finding.message,
        help: &finding.help,
        signatory: finding.signatory.as_ref().map(|id| id.as_str()),
        commit: finding.commit.as_deref(),
    }
}

/// A listing that was taken back.
pub fn retracted(retraction: &Retraction) -> RetractedJson<'_> {
    RetractedJson {
        id: retraction.id.as_str(),
        name: &retraction.name,
        version: retraction.version,
        reason: &retraction.reason,
    }
}

fn letter<'a>(about: &About<'a>, letter: &'a LetterReport) -> LetterJson<'a> {
    let texts = letter.texts.iter();
    let counts = letter.counts().into_iter();
    LetterJson {
        id: letter.id.as_str(),
        version: letter.version,
        texts: texts
            .map(|text| (text.language.as_str(), text.digest.to_string()))
            .collect(),
        claimed_signatories: letter.claimed,
        counts: Counts(counts.collect()),
        signatories: letter
            .verdicts
            .iter()
            .map(|one| verdict(about, one))
            .collect(),
        retracted: letter.retracted.iter().map(retracted).collect(),
    }
}

/// One verdict with the findings about its signatory.
fn verdict<'a>(about: &About<'a>, verdict: &'a Verdict) -> VerdictJson<'a> {
    let record = verdict.signatory.as_ref();
    let findings = about.get(&verdict.id).into_iter().flatten();
    VerdictJson {
        id: verdict.id.as_str(),
        name: record.map(|record| record.name.as_str()),
        standing: verdict.standing.word(),
        version: verdict.version,
        basis: BasisJson::of(Some(verdict)),
        statement: statement(Some(verdict)),
        binding: basis::binding(Some(verdict)),
        domain_withdrawals: basis::domain_withdrawals(Some(verdict)),
        recovery: basis::recovery(Some(verdict)),
        findings: findings.map(|found| finding(found)).collect(),
    }
}
