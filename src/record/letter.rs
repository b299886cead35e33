//! letter.yaml as our writer writes it, whole or a part of it.
//! Implements docs/formats/4-yaml.md, canonical layout, in the order of docs/formats/6-letter.md.

use super::canonical::{plain, quoted};
use crate::letter::Letter;
use crate::letter::version::{Text, Version};

/// What editors read of the schema of letter.yaml, from where it lies.
const MODELINE: &str = "# yaml-language-server: $schema=../../../schemas/letter.schema.json\n";

/// A whole letter.yaml.
pub fn letter(letter: &Letter) -> String {
    let mut lines = vec![
        format!("id: {}", plain(letter.id.as_str())),
        format!("title: {}", quoted(letter.title.as_str())),
        format!("addressee: {}", quoted(letter.addressee.as_str())),
        format!("authentic: {}", quoted(letter.authentic.as_str())),
        "versions:".to_owned(),
    ];
    for one in &letter.versions {
        lines.extend(version(one).iter().map(|line| indented("  ", line)));
    }
    format!("{MODELINE}{}\n", lines.join("\n"))
}

/// The lines of one version, without the indentation of its list.
pub fn version(version: &Version) -> Vec<String> {
    let mut lines = vec![
        format!("- number: {}", version.number),
        format!("  date: {}", quoted(version.date.as_str())),
        format!("  relation: {}", version.relation.name()),
        format!("  provenance: {}", version.provenance.name()),
    ];
    if let Some(source) = &version.source {
        lines.extend(prose("  ", "source", source.as_str()));
    }
    lines.push("  texts:".to_owned());
    for one in &version.texts {
        lines.extend(text(one).iter().map(|line| indented("    ", line)));
    }
    if let Some(claims) = version.claims {
        lines.push("  claims:".to_owned());
        lines.push(format!("    signatories: {}", claims.signatories));
    }
    lines
}

/// The lines of one text, without the indentation of its list.
pub fn text(text: &Text) -> Vec<String> {
    vec![
        format!("- language: {}", quoted(text.language.as_str())),
        format!("  file: {}", plain(text.file.as_str())),
        format!("  digest: {}", text.digest),
    ]
}

/// Prose: quoted on one line, or a literal block.
fn prose(indent: &str, key: &str, value: &str) -> Vec<String> {
    if !value.contains('\n') {
        return vec![format!("{indent}{key}: {}", quoted(value))];
    }
    let deeper = format!("{indent}  ");
    let lines = value.lines().map(|line| indented(&deeper, line));
    std::iter::once(format!("{indent}{key}: |"))
        .chain(lines)
        .collect()
}

/// A line behind some blanks; an empty one stays empty.
fn indented(blanks: &str, line: &str) -> String {
    match line.is_empty() {
        true => String::new(),
        false => format!("{blanks}{line}"),
    }
}
