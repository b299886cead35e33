//! Which letter, version and language a file is, or what it nearly is.

use super::verdict::Report;
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::letter::difference::{Difference, compare};
use crate::registry::holding::Registry;

/// What a file is to the texts of a registry.
#[derive(Debug, Clone)]
pub struct Identification {
    /// The digest of the file.
    pub digest: Digest,
    /// The nearest text, if any is near.
    pub nearest: Option<Nearest>,
}

/// The text that a file is, or nearly is.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// The letter.
    pub letter: Id,
    /// Its version.
    pub version: u64,
    /// Whether that is the letter's current version.
    pub current: bool,
    /// The text's language.
    pub language: Language,
    /// Whether that is the authentic language.
    pub authentic: bool,
    /// Where the text lies.
    pub path: String,
    /// Its digest.
    pub digest: Digest,
    /// How the file differs from it.
    pub difference: Difference,
}

impl Identification {
    /// Compares a file with every text of the registry.
    pub fn of(registry: &Registry, file: &[u8]) -> Self {
        if let Some(nearest) = Self::exact(registry, Digest::of(file)) {
            return Self {
                digest: nearest.digest,
                nearest: Some(nearest),
            };
        }
        let mut nearest: Option<Nearest> = None;
        for held in registry.letters.values() {
            let current = held.letter.current().map(|version| version.number);
            for ((version, language), text) in &held.texts {
                let difference = compare(file, &text.bytes);
                let found = Nearest {
                    letter: held.letter.id.clone(),
                    version: *version,
                    current: current == Some(*version),
                    language: language.clone(),
                    authentic: *language == held.letter.authentic,
                    path: text.path.clone(),
                    digest: Digest::of(&text.bytes),
                    difference,
                };
                let better = nearest
                    .as_ref()
                    .is_none_or(|other| found.rank() < other.rank());
                if better && found.difference != Difference::Other {
                    nearest = Some(found);
                }
            }
        }
        Self {
            digest: Digest::of(file),
            nearest,
        }
    }

    /// The text whose digest letter.yaml states, be its file there or not.
    fn exact(registry: &Registry, digest: Digest) -> Option<Nearest> {
        registry.letters.values().find_map(|held| {
            let letter = &held.letter;
            let current = letter.current().map(|version| version.number);
            letter.versions.iter().find_map(|version| {
                let text = version.texts.iter().find(|text| text.digest == digest)?;
                let folder = held.path.trim_end_matches("letter.yaml");
                Some(Nearest {
                    letter: letter.id.clone(),
                    version: version.number,
                    current: current == Some(version.number),
                    language: text.language.clone(),
                    authentic: text.language == letter.authentic,
                    path: format!("{folder}{}", text.file),
                    digest,
                    difference: Difference::None,
                })
            })
        })
    }

    /// What the file could not be compared with: letters that cannot be read, texts that are not what they are said to be.
    pub fn uncompared(registry: &Registry) -> Vec<String> {
        let broken = registry.broken_letters.iter();
        let mut missing: Vec<String> = broken.map(|id| format!("the letter `{id}`")).collect();
        for held in registry.letters.values() {
            for version in &held.letter.versions {
                for text in &version.texts {
                    if !held
                        .texts
                        .contains_key(&(version.number, text.language.clone()))
                    {
                        missing.push(format!("{} of `{}`", text.file, held.letter.id));
                    }
                }
            }
        }
        missing
    }

    /// Whether the file is a text of the registry, byte for byte.
    pub fn is_exact(&self) -> bool {
        self.nearest
            .as_ref()
            .is_some_and(|nearest| nearest.difference == Difference::None)
    }
}

impl Nearest {
    /// The same bytes come before another form, and that before other words, the later the first of them the better.
    fn rank(&self) -> (u8, std::cmp::Reverse<usize>) {
        match &self.difference {
            Difference::None => (0, std::cmp::Reverse(0)),
            Difference::Form(_) => (1, std::cmp::Reverse(0)),
            Difference::Words(pair, _) => (2, std::cmp::Reverse(pair.line)),
            Difference::Other => (3, std::cmp::Reverse(0)),
        }
    }

    /// Those whose verdict is about exactly this version: id, name, standing.
    pub fn signatories<'a>(&self, report: &'a Report) -> Vec<(&'a Id, &'a str, &'static str)> {
        report
            .letters
            .iter()
            .filter(|letter| letter.id == self.letter)
            .flat_map(|letter| &letter.verdicts)
            .filter(|verdict| verdict.is_in(self.version))
            .map(|verdict| (&verdict.id, verdict.name(), verdict.standing.word()))
            .collect()
    }
}
