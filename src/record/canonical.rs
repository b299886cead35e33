//! How our writer spells a value in YAML, and the canonical layout of a new record.
//! Implements docs/formats/4-yaml.md, canonical layout.

use super::plain::misread;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::prose::Name;
use crate::statement::profile::Profile;

/// One entry of `statements` before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The exact text.
    pub text: String,
    /// The signature by the key that it names.
    pub signature: String,
    /// The signature by the new key.
    pub countersignature: Option<String>,
}

/// Text in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value that is plain wherever every reader takes it for a string.
pub fn plain(text: &str) -> String {
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    match number || misread(text).is_some() {
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

/// The lines of one entry, without indentation.
pub fn entry(entry: &NewEntry) -> Vec<String> {
    let mut lines = vec!["- text: |".to_owned()];
    lines.extend(entry.text.lines().map(|line| format!("    {line}")));
    lines.extend(signature("signature", &entry.signature));
    if let Some(counter) = &entry.countersignature {
        lines.extend(signature("countersignature", counter));
    }
    lines
}

fn signature(key: &str, signature: &str) -> Vec<String> {
    if !signature.contains('\n') {
        return vec![format!("  {key}: {signature}")];
    }
    let lines = signature.lines().map(|line| format!("    {line}"));
    std::iter::once(format!("  {key}: |"))
        .chain(lines)
        .collect()
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
