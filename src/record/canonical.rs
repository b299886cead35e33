//! How our writer spells a value in YAML, and the canonical layout of a new record.
//! Implements docs/formats/4-yaml.md, canonical layout.

use super::plain::misread;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::prose::Name;
use crate::statement::profile::Profile;
use std::collections::BTreeMap;

/// One entry of `statements` or `attestations` before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The exact text.
    pub text: String,
    /// Who signed it.
    pub signed: NewSigned,
    /// The signature by the new key.
    pub countersignature: Option<String>,
    /// What an observer saw, in base64.
    pub body: Option<String>,
}

/// The signature of one key, or those of several maintainers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewSigned {
    /// By the key that the statement names.
    ByKey(String),
    /// By maintainers' keys, in order of their ids.
    ByMaintainers(BTreeMap<Id, String>),
}

impl NewEntry {
    /// A text with the signature of one key.
    pub fn by_key(text: impl Into<String>, signature: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            signed: NewSigned::ByKey(signature.into()),
            countersignature: None,
            body: None,
        }
    }

    /// A text with the signatures of maintainers.
    pub fn by_maintainers(text: impl Into<String>, signatures: BTreeMap<Id, String>) -> Self {
        Self {
            text: text.into(),
            signed: NewSigned::ByMaintainers(signatures),
            countersignature: None,
            body: None,
        }
    }

    /// The same with what an observer saw.
    #[must_use]
    pub fn with_body(mut self, body: Option<String>) -> Self {
        self.body = body;
        self
    }

    /// The same with the new key's signature.
    #[must_use]
    pub fn countersigned(mut self, countersignature: Option<String>) -> Self {
        self.countersignature = countersignature;
        self
    }
}

/// Text in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value that is plain wherever every reader takes it for a string.
pub fn plain(text: &str) -> String {
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    // A colon at the end would make it a key.
    match number || text.ends_with(':') || misread(text).is_some() {
        true => quoted(text),
        false => text.to_owned(),
    }
}

/// One detail of a profile as it is written, where it is one value; nothing where the profile lacks it.
pub fn value(profile: &Profile, key: &str) -> Option<String> {
    match key {
        "name" => Some(quoted(profile.name.as_str())),
        "country" => profile.country.as_ref().map(|one| quoted(one.as_str())),
        "website" => profile.website.as_ref().map(|one| plain(one.as_str())),
        "domain" => profile.domain.as_ref().map(|one| plain(one.as_str())),
        _ => None,
    }
}

/// A name in another language as it is written: its key and its value.
pub fn named(language: &Language, name: &Name) -> (String, String) {
    (plain(language.as_str()), quoted(name.as_str()))
}

/// The lines of one detail of a profile, without indentation; none where the profile lacks it.
pub fn detail(profile: &Profile, key: &str) -> Vec<String> {
    if key != "names" {
        let value = value(profile, key);
        return value
            .map(|value| format!("{key}: {value}"))
            .into_iter()
            .collect();
    }
    if profile.names.is_empty() {
        return Vec::new();
    }
    let names = profile.names.iter().map(|(language, name)| {
        let (key, value) = named(language, name);
        format!("  {key}: {value}")
    });
    std::iter::once("names:".to_owned()).chain(names).collect()
}

/// The details of a profile in their canonical order.
pub const DETAILS: [&str; 5] = ["name", "names", "country", "website", "domain"];

/// The lines of one entry as an item of a list, without indentation.
pub fn entry(entry: &NewEntry) -> Vec<String> {
    item(mapping(entry))
}

/// The lines of one entry as a mapping of its own, without indentation.
pub fn mapping(entry: &NewEntry) -> Vec<String> {
    let mut lines = block("text", &entry.text);
    match &entry.signed {
        NewSigned::ByKey(signature) => lines.extend(written("signature", signature)),
        NewSigned::ByMaintainers(all) => {
            lines.push("signatures:".to_owned());
            for (id, signature) in all {
                let mut one = vec![format!("maintainer: {}", plain(id.as_str()))];
                one.extend(written("signature", signature));
                lines.extend(item(one).into_iter().map(|line| format!("  {line}")));
            }
        }
    }
    if let Some(counter) = &entry.countersignature {
        lines.extend(written("countersignature", counter));
    }
    if let Some(body) = &entry.body {
        lines.push(format!("body: {}", plain(body)));
    }
    lines
}

/// A mapping's lines as an item of a list.
fn item(lines: Vec<String>) -> Vec<String> {
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(number, line)| match number {
            0 => format!("- {line}"),
            _ => format!("  {line}"),
        })
        .collect()
}

/// A signature: on one line, or as a block where it has several.
fn written(key: &str, signature: &str) -> Vec<String> {
    match signature.contains('\n') {
        true => block(key, signature),
        false => vec![format!("{key}: {signature}")],
    }
}

/// Text of several lines.
fn block(key: &str, text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| format!("  {line}"));
    std::iter::once(format!("{key}: |")).chain(lines).collect()
}

/// A whole new record.
pub fn record(id: &Id, profile: &Profile, first: &NewEntry, sharded: bool) -> String {
    // What editors read of a record's schema, from where it lies.
    let up = if sharded { "../../.." } else { "../.." };
    let modeline = format!("# yaml-language-server: $schema={up}/schemas/signatory.schema.json\n");
    let mut lines = vec![format!("id: {}", plain(id.as_str()))];
    for key in DETAILS {
        lines.extend(detail(profile, key));
    }
    lines.push("statements:".to_owned());
    lines.extend(entry(first).into_iter().map(|line| format!("  {line}")));
    format!("{modeline}{}\n", lines.join("\n"))
}
