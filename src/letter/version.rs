//! A version of a letter: one text a language, a date as claimed, and what it corrects.
//! Implements docs/formats/6-letter.md.

use crate::base::bound;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::language::Language;
use crate::base::prose::Prose;
use crate::base::spelling::spelled;
use serde::Deserialize;

spelled! {
    /// A text's file from the letter's folder: `v1/en.txt`.
    TextFile, check_file
}

/// One version of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// 1, 2, 3 …
    #[serde(deserialize_with = "bound::ordinal")]
    pub number: u64,
    /// The day it was published, as its publisher claims.
    pub date: Date,
    /// What it is to the version before.
    pub relation: Relation,
    /// Whether it was written here or published elsewhere before.
    pub provenance: Provenance,
    /// What was published, where, and how the text was taken from it.
    pub source: Option<Prose>,
    /// One text a language.
    #[serde(deserialize_with = "bound::some")]
    pub texts: Vec<Text>,
    /// What the text says of itself.
    pub claims: Option<Claims>,
}

/// One language's text of a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Its language.
    pub language: Language,
    /// Its file, from the letter's folder.
    pub file: TextFile,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// What a version is to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// There is none before.
    First,
    /// It corrects a mistake without changing what is said.
    Erratum,
    /// It says something else.
    Substantive,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// It was published here first.
    Native,
    /// It was published elsewhere before it came here.
    Imported,
}

/// What a text says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// How many organizations it says stand behind it.
    #[serde(deserialize_with = "bound::amount")]
    pub signatories: u64,
}

impl Version {
    /// The text in this language.
    pub fn text(&self, language: &Language) -> Option<&Text> {
        self.texts.iter().find(|text| text.language == *language)
    }
}

impl Relation {
    /// The word in letter.yaml.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Erratum => "erratum",
            Self::Substantive => "substantive",
        }
    }
}

impl Provenance {
    /// The word in letter.yaml.
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Imported => "imported",
        }
    }
}

fn check_file(text: &str) -> Result<(), &'static str> {
    const SPELLING: &str = "the file is not named like v1/en.txt or v1/en.md";
    let (folder, file) = text.split_once('/').ok_or(SPELLING)?;
    let number = folder.strip_prefix('v').ok_or(SPELLING)?;
    let counts = !number.is_empty()
        && !number.starts_with('0')
        && number.bytes().all(|byte| byte.is_ascii_digit());
    let stem = file
        .strip_suffix(".txt")
        .or_else(|| file.strip_suffix(".md"));
    match stem.map(Language::parse) {
        Some(Ok(_)) if counts => Ok(()),
        _ => Err(SPELLING),
    }
}
