//! Findings as SARIF 2.1.0 (OASIS), with the rule table, for code scanning and editors.

use super::sentence::{fingerprints, sentences};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::json::to_bytes;
use crate::base::rule::{RULES, Rule};
use serde::Serialize;
use serde_json::{Value, json};

/// Where a path begins: the root of what is checked out, which the reader knows.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Value>,
    partial_fingerprints: Value,
    properties: Properties,
}

#[derive(Serialize)]
struct Properties {
    #[serde(skip_serializing_if = "Option::is_none")]
    signatory: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
}

/// One run with a result a finding.
pub fn write(findings: &[Finding]) -> Result<Vec<u8>, Error> {
    let results: Vec<Found> = findings
        .iter()
        .zip(fingerprints(findings))
        .map(|(finding, fingerprint)| result(finding, &fingerprint))
        .collect();
    let rules: Vec<Value> = RULES.iter().map(|rule| descriptor(rule)).collect();
    to_bytes(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "undersigned",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The root of the registry's repository." } },
            },
            "results": results,
        }],
    }))
}

fn descriptor(rule: &Rule) -> Value {
    let first = rule.meaning.split_inclusive(". ").next();
    json!({
        "id": rule.name,
        "shortDescription": { "text": plain(first.unwrap_or_default().trim_end()) },
        "fullDescription": { "text": plain(rule.meaning) },
        "help": { "text": plain(rule.remedy) },
        "defaultConfiguration": { "level": rule.severity.name() },
    })
}

fn result(finding: &Finding, fingerprint: &str) -> Found {
    Found {
        rule_id: finding.rule.name,
        rule_index: RULES.iter().position(|rule| *rule == finding.rule),
        level: finding.severity.name(),
        message: json!({ "text": plain(&sentences(finding)) }),
        locations: location(finding).into_iter().collect(),
        partial_fingerprints: json!({ "undersigned/v1": fingerprint }),
        properties: Properties {
            signatory: finding.signatory.as_ref().map(ToString::to_string),
            commit: finding.commit.clone(),
        },
    }
}

fn location(finding: &Finding) -> Option<Value> {
    if finding.path.is_empty() {
        return None;
    }
    let mut physical = json!({ "artifactLocation": artifact(&finding.path) });
    if let Some(place) = &finding.place {
        let region = json!({ "startLine": place.line, "startColumn": place.column });
        physical
            .as_object_mut()?
            .insert("region".to_owned(), region);
    }
    Some(json!({ "physicalLocation": physical }))
}

/// A file as a URI (RFC 3986): from the root of the repository, or a `file:` where its path is whole.
///
/// A path that leads out of where it begins says nothing of the repository's root.
fn artifact(path: &str) -> Value {
    let encoded = encoded(path);
    if path.starts_with('/') {
        json!({ "uri": format!("file://{encoded}") })
    } else if path.split('/').any(|part| part == "..") {
        json!({ "uri": encoded })
    } else {
        json!({ "uri": encoded, "uriBaseId": ROOT })
    }
}

/// A path with `%XX` for each byte that is neither unreserved nor the slash.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Text in which nothing is a placeholder (3.11.5: braces are doubled) or a link (3.11.6).
///
/// `[a](b)` would be a link, and there is no escape for it outside one: its parenthesis is made visible.
fn plain(text: &str) -> String {
    text.replace("](", "]\\u{28}")
        .replace('{', "{{")
        .replace('}', "}}")
}
