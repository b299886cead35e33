//! A verdict is a standing with its evidence; a report is all of them with the findings.

use super::attestation::Attested;
use super::binding::Binding;
use super::held::Held;
use super::standing::{Standing, WORDS};
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::letter::place::fold_blanks;
use crate::record::signatory::Signatory;
use crate::record::signed::Signed;
use std::sync::Arc;

/// What is concluded about one signatory and one letter.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The signatory.
    pub id: Id,
    /// Its record; absent where it could not be read.
    pub signatory: Option<Arc<Signatory>>,
    /// The conclusion.
    pub standing: Standing,
    /// The version that the conclusion is about; absent where it is refused.
    pub version: Option<u64>,
    /// Where the publisher named it.
    pub listing: Option<Evidence>,
    /// The other versions in which the publisher named it.
    pub also_listed_in: Vec<u64>,
    /// What it endorsed and did not withdraw after that, in its order.
    pub endorsements: Vec<Held>,
    /// The withdrawal, where that is the last that it said.
    pub withdrawal: Option<Box<Held>>,
    /// The removal by the maintainers, where there is one.
    pub removal: Option<Box<Held>>,
    /// The newest statement by which the maintainers put a key in the place of a lost one.
    pub recovery: Option<Box<Held>>,
    /// What ties the key in force to the organization.
    pub binding: Binding,
    /// The observations that count in which its domain says that it withdraws from this letter.
    pub domain_withdrawals: Vec<Attested>,
    /// The languages of the texts that its last endorsement names, where that version has others too.
    pub endorsed_texts: Option<Vec<Language>>,
}

/// A listing that holds: what the publisher printed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The version of the letter.
    pub version: u64,
    /// The file of the authentic text.
    pub path: String,
    /// Each spelling with the line and column of its first place in the text.
    pub spellings: Vec<(String, Option<(usize, usize)>)>,
}

/// A listing that the publisher took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retraction {
    /// The signatory.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The version that listed it.
    pub version: u64,
    /// Why it was taken back, in the publisher's words.
    pub reason: String,
}

/// What is concluded about one letter.
#[derive(Debug, Clone)]
pub struct LetterReport {
    /// The letter's id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// To whom it is written.
    pub addressee: String,
    /// The number of its current version.
    pub version: u64,
    /// The day that version was published, as claimed.
    pub date: Date,
    /// How many versions there are.
    pub versions: usize,
    /// The authentic language.
    pub authentic: Language,
    /// The texts of the current version, in order of language.
    pub texts: Vec<TextReport>,
    /// How many organizations the text says stand behind it.
    pub claimed: Option<u64>,
    /// The verdicts, in order of id.
    pub verdicts: Vec<Verdict>,
    /// How many more there are of each standing, where they were counted and not kept.
    pub others: [usize; 7],
    /// The listings that were taken back, in order of id.
    pub retracted: Vec<Retraction>,
}

/// A text of the current version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextReport {
    /// Its language.
    pub language: Language,
    /// Its digest, as letter.yaml states it.
    pub digest: Digest,
    /// Its file.
    pub path: String,
}

/// Everything that is concluded about a registry.
#[derive(Debug, Clone)]
pub struct Report {
    /// The registry's origin and title, where the charter could be read.
    pub charter: Option<CharterReport>,
    /// The commit, or nothing for the work tree.
    pub revision: Option<String>,
    /// The letters, in order of id.
    pub letters: Vec<LetterReport>,
    /// The letters whose letter.yaml could not be read: nothing is concluded about them.
    pub broken_letters: Vec<Id>,
    /// The records that could not be read and name no letter: nothing is concluded about them.
    pub broken_records: Vec<Id>,
    /// The findings, in order of path and place.
    pub findings: Vec<Finding>,
}

/// What a report repeats of the charter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterReport {
    /// The name of the registry in every statement.
    pub origin: String,
    /// The title.
    pub title: String,
    /// The digest of the charter before its line `statements:`.
    pub digest: Digest,
}

impl LetterReport {
    /// How many signatories have each standing, in the order of [`WORDS`]; never added up.
    pub fn counts(&self) -> [(&'static str, usize); 7] {
        let mut others = self.others.into_iter();
        WORDS.map(|(word, _)| {
            let of = |verdict: &&Verdict| verdict.standing.word() == word;
            let more = others.next().unwrap_or_default();
            (word, self.verdicts.iter().filter(of).count() + more)
        })
    }
}

impl Verdict {
    /// The statement that the standing rests on; a listing rests on none.
    pub fn basis(&self) -> Option<&Held> {
        match self.standing {
            Standing::Refused | Standing::Listed => None,
            Standing::Removed => self.removal.as_deref(),
            _ => self.withdrawal.as_deref().or(self.endorsements.last()),
        }
    }

    /// What ties the key of a statement to the organization; nothing where nobody did, or the key was replaced.
    pub fn binding_of(&self, held: &Held) -> Option<&Binding> {
        let own = held.key().is_some() && !held.is_replaced();
        own.then_some(&self.binding)
            .filter(|binding| !binding.attested().is_empty())
    }

    /// By what means the key of the statement that the standing rests on is the organization's; not escaped.
    pub fn means(&self) -> Vec<String> {
        self.basis()
            .map_or_else(Vec::new, |held| self.means_of(held))
    }

    /// The same of any of its statements, with how the maintainers put a key in the place of a lost one.
    pub fn means_of(&self, held: &Held) -> Vec<String> {
        let binding = self.binding_of(held);
        let mut words = binding.map(Binding::words).unwrap_or_default();
        if let Some(recovery) = self.recovery.as_ref().filter(|_| held.key().is_some()) {
            let recovered = format!("recovered on {} by {}", recovery.date(), recovery.by());
            if held.is_replaced() {
                words.push("by a key since replaced".to_owned());
            }
            words.push(recovered);
        }
        words.extend(self.domain_says());
        words
    }

    /// That its domain says that it withdraws, which its key has not said; not escaped.
    fn domain_says(&self) -> Option<String> {
        let first = self.domain_withdrawals.first()?;
        let seen = self.domain_withdrawals.iter();
        let seen: Vec<String> = seen
            .map(|one| format!("by {} on {}", one.by, one.date))
            .collect();
        let domain = first.domain.as_ref()?;
        Some(format!(
            "its domain {domain} says that it withdraws, seen {}; only its key can change the standing",
            seen.join(", ")
        ))
    }

    /// The exact text and signature of the statement that the standing rests on.
    pub fn signed(&self) -> Option<(&str, &str)> {
        let index = self.basis()?.index();
        let entry = self.signatory.as_ref()?.statements.get(index)?;
        match &entry.signed {
            Signed::ByKey(signature) => Some((entry.text.as_str(), signature.as_str())),
            Signed::ByMaintainers(_) => None,
        }
    }

    /// How the text names it, where that is not its name.
    pub fn named_as(&self) -> Option<&str> {
        let record = self.signatory.as_ref()?;
        let spellings = &self.listing.as_ref()?.spellings;
        let name = fold_blanks(record.name.as_str());
        let mut all = spellings.iter();
        let same = all.any(|(spelling, _)| fold_blanks(spelling) == name);
        let first = spellings.first().map(|(spelling, _)| spelling.as_str());
        first.filter(|_| !same)
    }

    /// Whether the publisher named it in this version.
    pub fn is_listed_in(&self, version: u64) -> bool {
        let listed = self.listing.as_ref().map(|listing| listing.version);
        listed == Some(version) || self.also_listed_in.contains(&version)
    }

    /// What follows a name so that nobody takes an endorsement for one of every translation; empty where it is of all.
    pub fn partly(&self) -> String {
        let Some(languages) = &self.endorsed_texts else {
            return String::new();
        };
        let tags: Vec<&str> = languages.iter().map(Language::as_str).collect();
        format!(" (endorsed: {})", tags.join(", "))
    }

    /// The name, or the id where the record could not be read.
    pub fn name(&self) -> &str {
        match &self.signatory {
            Some(signatory) => signatory.name.as_str(),
            None => self.id.as_str(),
        }
    }
}

impl Report {
    /// The findings about one signatory.
    pub fn findings_of<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.signatory.as_ref() == Some(id))
    }
}
