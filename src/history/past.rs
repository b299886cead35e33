//! What the history of a commit lost and never got back. Implements docs/formats/16-history.md, step 37.

use super::bench::Bench;
use super::owed::{Owed, Subject};
use super::walk::Walk;
use crate::base::error::Error;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
use crate::registry::layout::{self, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// What is owed at a commit, and which commits lost it.
#[derive(Debug, Default)]
pub struct Past {
    /// What is owed.
    pub owed: Owed,
    /// The first commit that lost something of each.
    lost: BTreeMap<Subject, Commit>,
}

impl Past {
    /// Walks the whole history of a commit.
    pub fn of(bench: &Bench<'_>, commit: &Commit) -> Result<Self, Error> {
        let walk = Walk::of(bench, commit, None)?;
        let lost = walk.open_losses();
        let lost = lost.map(|(subject, commit)| (subject.clone(), commit.clone()));
        Ok(Self {
            lost: lost.collect(),
            owed: walk.owed,
        })
    }

    /// Whether nothing is owed.
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty()
    }

    /// What a pull request touches of what is owed and does not give back, in words.
    pub fn missing(&self, mended: &[Subject], differences: &[Difference]) -> Vec<String> {
        let touched = differences.iter().filter_map(|one| subject(&one.path));
        let touched: BTreeSet<Subject> = touched.filter(|one| !mended.contains(one)).collect();
        let told = touched.iter().filter_map(|subject| {
            let commit = self.lost.get(subject)?;
            Some(format!(
                "the commit {} of {} lost something of {}: what puts that right has all of it, and all that was added since",
                commit.id.short(),
                commit.day(),
                words(subject)
            ))
        });
        told.collect()
    }

    /// What a pull request gives back, in words.
    pub fn told(&self, mended: &[Subject]) -> Vec<String> {
        let told = mended.iter().filter_map(|subject| {
            let what = words(subject);
            let commit = self.lost.get(subject)?;
            Some(format!(
                "what the commit {} of {} did to {what} is put right",
                commit.id.short(),
                commit.day()
            ))
        });
        told.collect()
    }
}

/// The paths of what is there again and says nothing else.
pub fn restored(subjects: &BTreeSet<Subject>, differences: &[Difference]) -> BTreeSet<String> {
    let paths = differences.iter().map(|difference| &difference.path);
    let paths = paths.filter(|path| subject(path).is_some_and(|one| subjects.contains(&one)));
    paths.cloned().collect()
}

fn words(subject: &Subject) -> String {
    match subject {
        Subject::Record(id) => format!("the record of `{id}`"),
        Subject::Letter(id) => format!("the letter `{id}`"),
        Subject::Charter => "the charter".to_owned(),
        Subject::Superseded(path) => path.clone(),
    }
}

/// What a file belongs to, as it can be owed.
fn subject(path: &str) -> Option<Subject> {
    match layout::slot(path)? {
        Slot::Record(id) => Some(Subject::Record(id)),
        Slot::Letter(id) | Slot::Text(id, ..) => Some(Subject::Letter(id)),
        Slot::Charter => Some(Subject::Charter),
        Slot::SupersededCharter(_) => Some(Subject::Superseded(path.to_owned())),
        Slot::Ledger | Slot::SchemaCopy(_) => None,
    }
}
