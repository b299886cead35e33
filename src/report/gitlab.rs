//! Findings as GitLab's Code Quality report.

use super::sentence::{fingerprints, sentences};
use crate::base::error::Error;
use crate::base::escape::seen;
use crate::base::finding::{Finding, Severity};
use crate::base::json::to_bytes;
use serde::Serialize;

#[derive(Serialize)]
struct Entry {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// An entry a finding. GitLab drops all but one of those that share a fingerprint; no two do.
pub fn write(findings: &[Finding]) -> Result<Vec<u8>, Error> {
    let entries = findings.iter().zip(fingerprints(findings));
    to_bytes(
        &entries
            .map(|(finding, fingerprint)| entry(finding, fingerprint))
            .collect::<Vec<_>>(),
    )
}

fn entry(finding: &Finding, fingerprint: String) -> Entry {
    Entry {
        description: sentences(finding),
        check_name: finding.rule.name,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location {
            // A path and a line are not optional there.
            path: match finding.path.is_empty() {
                true => ".".to_owned(),
                false => seen(&finding.path),
            },
            lines: Lines {
                begin: finding.place.as_ref().map_or(1, |place| place.line),
            },
        },
    }
}
