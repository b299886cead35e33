//! A finding in words on one line, and what it is known by from run to run.

use crate::base::digest::Digest;
use crate::base::escape::seen;
use crate::base::excerpt::count;
use crate::base::finding::{Finding, Severity};
use std::collections::BTreeMap;

/// What is so, and in which commit where history was judged; no full stop.
pub fn message(finding: &Finding) -> String {
    let message = seen(&finding.message);
    match &finding.commit {
        None => message,
        Some(commit) => format!("{message} (in commit {})", seen(commit)),
    }
}

/// What is so and what to do, as sentences.
pub fn sentences(finding: &Finding) -> String {
    format!("{}. {}", message(finding), seen(&finding.help))
}

/// "1 error, 2 warnings", or "no findings".
pub fn counts(findings: &[Finding]) -> String {
    let of = |severity: Severity| {
        let all = findings.iter().filter(|one| one.severity == severity);
        match all.count() {
            0 => None,
            number => Some(count(number, severity.name())),
        }
    };
    let both: Vec<String> = [of(Severity::Error), of(Severity::Warning)]
        .into_iter()
        .flatten()
        .collect();
    match both.is_empty() {
        true => "no findings".to_owned(),
        false => both.join(", "),
    }
}

/// For each finding, how many before it say the same of the same file.
///
/// What readers show is compared, so that two that differ only in how a character is written are told apart.
pub fn repeats(findings: &[Finding]) -> Vec<usize> {
    let mut met: BTreeMap<(&str, String, String), usize> = BTreeMap::new();
    let before = |finding: &Finding| {
        let key = (finding.rule.name, seen(&finding.path), message(finding));
        let number = met.entry(key).or_default();
        *number += 1;
        *number - 1
    };
    findings.iter().map(before).collect()
}

/// For each finding 64 hex digits that no other of them has, and that stay where lines are added above it.
///
/// They are SHA-256 over the rule, the path, the message with its commit, and how many before it say the
/// same, each behind its length in bytes and a colon.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let numbered = findings.iter().zip(repeats(findings));
    numbered
        .map(|(finding, number)| {
            let parts = [
                finding.rule.name.to_owned(),
                seen(&finding.path),
                message(finding),
                number.to_string(),
            ];
            let whole: String = parts
                .iter()
                .map(|part| format!("{}:{part}", part.len()))
                .collect();
            Digest::of(whole.as_bytes()).hex()
        })
        .collect()
}
