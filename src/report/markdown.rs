//! Findings as a section of a page: `--format markdown`, and what `--summary` adds to a job's page.

use super::sentence::counts;
use crate::base::finding::Finding;
use crate::base::markdown::plain;

/// A heading that counts them, and an item a finding.
pub fn write(findings: &[Finding]) -> String {
    let mut page = format!("## undersigned: {}\n", counts(findings));
    if !findings.is_empty() {
        page.push('\n');
    }
    page + &items(findings)
}

/// An item a finding.
pub fn items(findings: &[Finding]) -> String {
    findings.iter().map(item).collect()
}

fn item(finding: &Finding) -> String {
    let mut place = String::new();
    if !finding.path.is_empty() {
        place.push_str(&format!(" in {}", plain(&finding.path)));
    }
    if let Some(at) = &finding.place {
        place.push_str(&format!(", line {}, column {}", at.line, at.column));
    }
    if let Some(commit) = &finding.commit {
        place.push_str(&format!(", commit {}", plain(commit)));
    }
    format!(
        "- **{}** `{}`{place}: {}. {}\n",
        finding.severity.name(),
        finding.rule.name,
        plain(&finding.message),
        plain(&finding.help)
    )
}
