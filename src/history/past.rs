//! What the history of a commit lost and never got back. Implements docs/formats/16-history.md, step 37.

use super::bench::Bench;
use super::owed::{Owed, Subject};
use super::walk::Walk;
use crate::base::error::Error;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
use crate::registry::layout::{self, Slot};
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// What is owed at a commit, and which commits lost it.
#[derive(Debug, Default)]
pub struct Past {
    /// What is owed.
    pub owed: Owed,
    /// The commit that lost each, for who is told of it.
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

    /// What of these differences puts files back, byte for byte as they lie in what is owed and given back.
    pub fn restores(
        &self,
        mended: &[Subject],
        differences: &[Difference],
        state: &State<'_>,
    ) -> Result<BTreeSet<String>, Error> {
        let mut restored = BTreeSet::new();
        for difference in differences {
            let Some(subject) = subject(&difference.path).filter(|one| mended.contains(one)) else {
                continue;
            };
            for tree in self.owed.trees(&subject) {
                if state.at(tree).leaf(&difference.path)? == difference.after {
                    restored.insert(difference.path.clone());
                }
            }
        }
        Ok(restored)
    }

    /// What a pull request gives back, in words.
    pub fn told(&self, mended: &[Subject]) -> Vec<String> {
        let told = mended.iter().filter_map(|subject| {
            let what = match subject {
                Subject::Record(id) => format!("the record of `{id}`"),
                Subject::Letter(id) => format!("the letter `{id}`"),
                Subject::Charter => "the charter".to_owned(),
                Subject::Superseded(path) => path.clone(),
            };
            let commit = self.lost.get(subject)?;
            Some(format!(
                "{what} has again all that the commit {} of {} lost",
                commit.id.short(),
                commit.day()
            ))
        });
        told.collect()
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
