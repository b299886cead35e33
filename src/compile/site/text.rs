//! The versions of a letter for its pages: exact texts, and what changes from one to the next.

use super::language::{self, Speech};
use crate::letter::wording::{Stretch, compare};
use crate::registry::letters::HeldLetter;
use serde::Serialize;

/// A version of a letter.
#[derive(Debug, Serialize)]
pub struct VersionPage<'a> {
    number: u64,
    date: &'a str,
    relation: &'static str,
    provenance: &'static str,
    source: Option<&'a str>,
    current: bool,
    claimed: Option<u64>,
    texts: Vec<TextPage<'a>>,
    /// What changes in the authentic text from the version before.
    changes: Vec<Change>,
}

/// A text as it lies.
#[derive(Debug, Serialize)]
pub struct TextPage<'a> {
    language: &'a str,
    /// The language as readers know it.
    language_name: String,
    authentic: bool,
    digest: String,
    /// Its file from the folder of the letter.
    file: &'a str,
    /// Its name there.
    name: &'a str,
    size: usize,
    /// The exact text.
    text: &'a str,
}

/// A stretch of two texts.
#[derive(Debug, Serialize)]
pub struct Change {
    kind: &'static str,
    text: String,
}

/// All versions of a letter, the newest first.
pub fn versions(held: &HeldLetter, speech: Speech) -> Vec<VersionPage<'_>> {
    let mut numbers: Vec<u64> = held.letter.versions.iter().map(|one| one.number).collect();
    numbers.sort_unstable();
    let mut before = None;
    let mut pages = Vec::new();
    for number in numbers {
        pages.extend(version(held, speech, number, before));
        before = Some(number);
    }
    pages.reverse();
    pages
}

fn version<'a>(
    held: &'a HeldLetter,
    speech: Speech,
    number: u64,
    before: Option<u64>,
) -> Option<VersionPage<'a>> {
    let letter = &held.letter;
    let version = letter.version(number)?;
    let texts = version.texts.iter().filter_map(|text| {
        let kept = held.texts.get(&(number, text.language.clone()))?;
        let file = text.file.as_str();
        Some(TextPage {
            language: text.language.as_str(),
            language_name: language::name(text.language.as_str(), speech),
            authentic: text.language == letter.authentic,
            digest: text.digest.to_string(),
            file,
            name: file.rsplit('/').next().unwrap_or(file),
            size: kept.bytes.len(),
            text: std::str::from_utf8(&kept.bytes).ok()?,
        })
    });
    let mut texts: Vec<TextPage<'_>> = texts.collect();
    texts.sort_by_key(|text| !text.authentic);
    Some(VersionPage {
        number,
        date: version.date.as_str(),
        relation: version.relation.name(),
        provenance: version.provenance.name(),
        source: version.source.as_ref().map(|source| source.as_str()),
        current: letter.current().map(|current| current.number) == Some(number),
        claimed: version.claims.map(|claims| claims.signatories),
        texts,
        changes: before
            .map(|before| changes(held, before, number))
            .unwrap_or_default(),
    })
}

/// What changes in the authentic text between two versions, word by word.
fn changes(held: &HeldLetter, before: u64, after: u64) -> Vec<Change> {
    let text = |version| {
        let kept = held.authentic(version)?;
        std::str::from_utf8(&kept.bytes).ok()
    };
    let Some((before, after)) = text(before).zip(text(after)) else {
        return Vec::new();
    };
    let told = |stretch| match stretch {
        Stretch::Kept(text) => ("kept", text),
        Stretch::Taken(text) => ("taken", text),
        Stretch::Added(text) => ("added", text),
    };
    let stretches = compare(before, after).into_iter().map(told);
    stretches
        .map(|(kind, text)| Change { kind, text })
        .collect()
}
