//! Which version of a letter an endorsement is of: its texts are of one version, the authentic one among them.
//! Implements docs/formats/14-entries.md, steps 9 and 10.

use crate::base::digest::Digest;
use crate::base::language::Language;
use crate::base::rule::{Rule, TEXT_DIGEST_MISMATCH, VERSION_UNKNOWN};
use crate::letter::version::Version;
use crate::registry::holding::Registry;
use crate::registry::letters::HeldLetter;
use std::collections::BTreeMap;

/// Why an endorsement is of no version.
#[derive(Debug)]
pub struct Breach {
    /// The rule.
    pub rule: &'static Rule,
    /// The line of the statement.
    pub line: String,
    /// What is so.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The version whose texts these are.
pub fn version_of(
    registry: &Registry,
    held: &HeldLetter,
    texts: &BTreeMap<Language, Digest>,
) -> Result<u64, Breach> {
    let letter = &held.letter;
    let mut numbers = Vec::new();
    for (language, digest) in texts {
        let of = letter
            .versions
            .iter()
            .filter(|version| has(version, language, *digest));
        let of: Vec<u64> = of.map(|version| version.number).collect();
        if of.is_empty() {
            return Err(Breach {
                rule: &TEXT_DIGEST_MISMATCH,
                line: format!("text-{language}"),
                message: format!(
                    "the letter `{}` has no text in `{language}` with this digest",
                    letter.id
                ),
                help: elsewhere(registry, *digest),
            });
        }
        numbers.push((language, of));
    }
    let Some(authentic) = numbers
        .iter()
        .find(|(language, _)| **language == letter.authentic)
    else {
        return Err(Breach {
            rule: &VERSION_UNKNOWN,
            line: "letter".to_owned(),
            message: format!(
                "the statement names no text in the authentic language `{}`, so that it is of no version",
                letter.authentic
            ),
            help: "Sign a statement that names the authentic text too.".to_owned(),
        });
    };
    // An authentic digest occurs once in the registry, unless that is a finding by itself: then nobody is moved up.
    let version = authentic.1.iter().copied().min().unwrap_or_default();
    match numbers.iter().find(|(_, of)| !of.contains(&version)) {
        None => Ok(version),
        Some((language, of)) => Err(Breach {
            rule: &VERSION_UNKNOWN,
            line: format!("text-{language}"),
            message: format!(
                "this is the text of version {}, and the authentic text is that of version {version}",
                of.first().copied().unwrap_or_default()
            ),
            help: "Sign a statement for the texts of one version.".to_owned(),
        }),
    }
}

fn has(version: &Version, language: &Language, digest: Digest) -> bool {
    let mut texts = version.texts.iter();
    texts.any(|text| text.language == *language && text.digest == digest)
}

/// Where the digest belongs instead.
fn elsewhere(registry: &Registry, digest: Digest) -> String {
    for held in registry.letters.values() {
        for version in &held.letter.versions {
            if let Some(text) = version.texts.iter().find(|text| text.digest == digest) {
                return format!(
                    "It is that of `{}`, version {}, in `{}`.",
                    held.letter.id, version.number, text.language
                );
            }
        }
    }
    "No text of this registry has it: the text was changed after it was signed, or another text was signed.".to_owned()
}
