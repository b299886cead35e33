//! Which letter, version and language a file is, or what it nearly is.

use super::verdict::{Report, Verdict};
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::letter::difference::{Difference, compare};
use crate::letter::version::{Text, Version};
use crate::registry::holding::Registry;
use crate::registry::letters::HeldLetter;

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
    /// Every version of the letter that has this text: a translation may stay as it was.
    pub versions: Vec<u64>,
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
            for version in &held.letter.versions {
                for text in &version.texts {
                    let Some(lies) = held.text(version, text) else {
                        continue;
                    };
                    let difference = compare(file, &lies.bytes);
                    let found = Nearest::of(held, version, text, difference);
                    let better = nearest
                        .as_ref()
                        .is_none_or(|other| found.rank() < other.rank());
                    if better && found.difference != Difference::Other {
                        nearest = Some(found);
                    }
                }
            }
        }
        Self {
            digest: Digest::of(file),
            nearest,
        }
    }

    /// The text whose digest letter.yaml states, be its file there or not: the newest where versions share it.
    fn exact(registry: &Registry, digest: Digest) -> Option<Nearest> {
        registry.letters.values().find_map(|held| {
            held.letter.versions.iter().rev().find_map(|version| {
                let text = version.texts.iter().find(|text| text.digest == digest)?;
                Some(Nearest::of(held, version, text, Difference::None))
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
                    if held.text(version, text).is_none() {
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
    /// A text of a letter, and how the file differs from it.
    fn of(held: &HeldLetter, version: &Version, text: &Text, difference: Difference) -> Self {
        let letter = &held.letter;
        let current = letter.current().map(|version| version.number);
        Self {
            letter: letter.id.clone(),
            version: version.number,
            current: current == Some(version.number),
            language: text.language.clone(),
            authentic: text.language == letter.authentic,
            path: held.path_of(text),
            digest: text.digest,
            difference,
            versions: letter
                .versions
                .iter()
                .filter(|other| other.texts.iter().any(|one| one.digest == text.digest))
                .map(|other| other.number)
                .collect(),
        }
    }

    /// The same bytes come before another form, and that before other words, the later the first of them the better.
    fn rank(&self) -> (u8, std::cmp::Reverse<usize>) {
        match &self.difference {
            Difference::None => (0, std::cmp::Reverse(0)),
            Difference::Form(_) => (1, std::cmp::Reverse(0)),
            Difference::Words(pair, _) => (2, std::cmp::Reverse(pair.line)),
            Difference::Other => (3, std::cmp::Reverse(0)),
        }
    }

    /// Everybody who has to do with exactly this text, in order of id; the refused are left out.
    pub fn signatories<'a>(&self, report: &'a Report) -> Vec<(&'a Verdict, Relation)> {
        let mut letters = report.letters.iter();
        let letter = letters.find(|letter| letter.id == self.letter);
        let verdicts = letter.into_iter().flat_map(|letter| &letter.verdicts);
        verdicts
            .filter_map(|verdict| Some((verdict, self.relation(verdict)?)))
            .collect()
    }

    /// What a signatory is to this text. What it endorsed comes before what it withdrew or the publisher says.
    fn relation(&self, verdict: &Verdict) -> Option<Relation> {
        if !verdict.standing.is_published() {
            return None;
        }
        let mut endorsed = verdict.endorsements.iter();
        let of_text = endorsed.any(|held| {
            let version = held
                .version()
                .is_some_and(|one| self.versions.contains(&one));
            version && held.languages().contains(&self.language)
        });
        if of_text {
            return Some(Relation::EndorsedText);
        }
        let mut endorsed = verdict.endorsements.iter();
        if endorsed.any(|held| held.version() == Some(self.version)) {
            return Some(Relation::EndorsedVersion);
        }
        let last = verdict.endorsements.last();
        if let Some(version) = last.and_then(|held| held.version()) {
            return Some(match version < self.version {
                true => Relation::EndorsedEarlier,
                false => Relation::EndorsedLater,
            });
        }
        if verdict.withdrawal.is_some() {
            return Some(Relation::Withdrew);
        }
        verdict
            .is_listed_in(self.version)
            .then_some(Relation::Listed)
    }
}

/// What a signatory is to one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It endorsed exactly this text.
    EndorsedText,
    /// It endorsed this version by other texts, the authentic one among them.
    EndorsedVersion,
    /// It endorsed an earlier version, and not this one.
    EndorsedEarlier,
    /// It endorsed a later version, and not this one.
    EndorsedLater,
    /// The publisher named it in this version.
    Listed,
    /// It withdrew from the letter.
    Withdrew,
}

/// Every relation with its word for programs and its meaning for people, in the order in which they are told.
pub const RELATIONS: [(Relation, &str, &str); 6] = [
    (
        Relation::EndorsedText,
        "endorsed-text",
        "endorsed exactly this text with a key",
    ),
    (
        Relation::EndorsedVersion,
        "endorsed-version",
        "endorsed this version in other languages, the authentic one among them",
    ),
    (
        Relation::EndorsedEarlier,
        "endorsed-earlier",
        "endorsed an earlier version, not this one",
    ),
    (
        Relation::EndorsedLater,
        "endorsed-later",
        "endorsed a later version, not this one",
    ),
    (
        Relation::Listed,
        "listed",
        "named by the publisher; signed nothing",
    ),
    (
        Relation::Withdrew,
        "withdrew",
        "withdrew from the letter, in all versions",
    ),
];

impl Relation {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        RELATIONS
            .iter()
            .find(|(relation, ..)| *relation == self)
            .map_or("", |(_, word, _)| *word)
    }
}
