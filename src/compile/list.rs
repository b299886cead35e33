//! The list: verdicts in the groups and the order in which every format publishes them.

use super::order::NameOrder;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::escape::seen;
use crate::base::excerpt::count;
use crate::base::id::Id;
use crate::letter::place::fold_blanks;
use crate::verify::standing::WORDS;
use crate::verify::verdict::{LetterReport, Report, Retraction, Verdict};
use std::collections::BTreeSet;

/// What is published of a registry.
#[derive(Debug)]
pub struct List<'a> {
    /// The registry's origin and title.
    pub origin: &'a str,
    /// The registry's title.
    pub title: &'a str,
    /// The digest of its charter.
    pub charter: Digest,
    /// The commit that was judged.
    pub revision: &'a str,
    /// How many findings of severity error the registry has.
    pub errors: usize,
    /// The letters that could not be read, of which nothing is published.
    pub broken_letters: &'a [Id],
    /// The records that could not be read, of which nothing is published.
    pub broken_records: &'a [Id],
    /// The letters, in order of id.
    pub letters: Vec<LetterList<'a>>,
}

/// What is published of a letter.
#[derive(Debug)]
pub struct LetterList<'a> {
    /// Everything known of the letter.
    pub report: &'a LetterReport,
    /// Those with a standing, in groups.
    pub groups: Vec<Group<'a>>,
    /// The listings that were taken back, of those who are not refused.
    pub retracted: Vec<&'a Retraction>,
    /// How many are left out because what is said of them does not hold.
    pub left_out: usize,
}

/// Those with one standing, in order of name.
#[derive(Debug)]
pub struct Group<'a> {
    /// The standing.
    pub word: &'static str,
    /// What it means to a reader.
    pub meaning: &'static str,
    /// Who has it; never empty.
    pub verdicts: Vec<&'a Verdict>,
}

impl<'a> List<'a> {
    /// The list of a report about a commit.
    pub fn of(report: &'a Report) -> Result<Self, Error> {
        let (Some(charter), Some(revision)) = (&report.charter, &report.revision) else {
            let what = "a list is published only of a registry with a charter, at a commit";
            return Err(Error::new(what).with_help("`undersigned verify` says what is wrong."));
        };
        let order = NameOrder::root()?;
        Ok(Self {
            origin: &charter.origin,
            title: &charter.title,
            charter: charter.digest,
            revision,
            errors: report
                .findings
                .iter()
                .filter(|finding| finding.is_error())
                .count(),
            broken_letters: &report.broken_letters,
            broken_records: &report.broken_records,
            letters: report
                .letters
                .iter()
                .map(|letter| letter_list(letter, &order))
                .collect(),
        })
    }
}

impl List<'_> {
    /// What a reader must know of a list that was published despite errors, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.errors > 0 {
            let errors = count(self.errors, "error");
            warnings.push(format!("Published although the registry has {errors}."));
        }
        let unread = [
            ("letter", self.broken_letters),
            ("record", self.broken_records),
        ];
        for (noun, ids) in unread.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
            let counted = count(ids.len(), noun);
            warnings.push(format!(
                "{counted} could not be read and is left out: {}.",
                ids.join(", ")
            ));
        }
        warnings
    }
}

fn letter_list<'a>(report: &'a LetterReport, order: &NameOrder) -> LetterList<'a> {
    let groups = WORDS
        .iter()
        .map(|(word, meaning)| Group {
            word,
            meaning,
            verdicts: group(report, word, order),
        })
        .filter(|group| !group.verdicts.is_empty())
        .collect();
    let refused: BTreeSet<&Id> = report
        .verdicts
        .iter()
        .filter(|verdict| !verdict.standing.is_published())
        .map(|verdict| &verdict.id)
        .collect();
    LetterList {
        report,
        groups,
        left_out: refused.len(),
        retracted: report
            .retracted
            .iter()
            .filter(|retraction| !refused.contains(&retraction.id))
            .collect(),
    }
}

fn group<'a>(report: &'a LetterReport, word: &str, order: &NameOrder) -> Vec<&'a Verdict> {
    let mut verdicts: Vec<&Verdict> = report
        .verdicts
        .iter()
        .filter(|verdict| verdict.standing.is_published() && verdict.standing.word() == word)
        .collect();
    verdicts.sort_by(|a, b| order.compare((a.name(), a.id.as_str()), (b.name(), b.id.as_str())));
    verdicts
}

impl LetterList<'_> {
    /// How many have each published standing, `refused` left out; never added up.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.report
            .counts()
            .into_iter()
            .filter(|(word, _)| *word != "refused")
    }

    /// A name on one line, with what keeps it from being read wrongly: how the text names it, and in which version.
    pub fn shown(&self, verdict: &Verdict) -> String {
        let mut shown = fold_blanks(&seen(verdict.name()));
        if let Some(spelling) = verdict.named_as() {
            shown.push_str(&format!(" (named as {})", seen(spelling)));
        }
        let mut shown = shown + &verdict.partly() + &self.earlier(verdict);
        let means = verdict.means();
        if !means.is_empty() {
            shown.push_str(&format!(" ({})", seen(&means.join("; "))));
        }
        if let Some(held) = &verdict.removal {
            let reason = held.reason().unwrap_or_default();
            let by = seen(&held.by());
            shown.push_str(&format!(" (by {by}; reason given: {})", seen(reason)));
        }
        shown
    }

    /// What follows a name whose standing is about an earlier version, so that nobody is read into the current one.
    pub fn earlier(&self, verdict: &Verdict) -> String {
        match verdict.version {
            Some(version) if version != self.report.version => format!(" (in version {version})"),
            _ => String::new(),
        }
    }

    /// The sentence that says that somebody is left out, where that is so.
    pub fn warning(&self) -> Option<String> {
        match self.left_out {
            0 => None,
            1 => Some(
                "1 signatory is left out: what the registry says of it does not hold.".to_owned(),
            ),
            some => Some(format!(
                "{some} signatories are left out: what the registry says of them does not hold."
            )),
        }
    }
}
