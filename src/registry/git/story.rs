//! A history made of whole cloth: commits on branches, their trees built without a work tree.

use super::repository::{create, failed};
use crate::base::error::Error;
use git2::build::TreeUpdateBuilder;
use git2::{FileMode, Repository, Signature, Time};
use std::path::Path;

/// A repository on its way.
pub struct Pages {
    repository: Repository,
}

/// Each file of a commit with its new bytes, or nothing where it goes.
pub type Changes<'a> = &'a [(String, Option<Vec<u8>>)];

impl Pages {
    /// A new repository in this folder; no template of the machine is copied into it.
    pub fn begin(folder: &Path) -> Result<Self, Error> {
        create(folder)
            .map(|repository| Self { repository })
            .map_err(|error| failed("the repository cannot be made", &error))
    }

    /// A commit on a branch, which begins at main where it is new; `seconds` since 1970 are its time.
    pub fn commit(
        &self,
        branch: &str,
        message: &str,
        (name, address): (&str, &str),
        seconds: i64,
        changes: Changes<'_>,
    ) -> Result<(), Error> {
        let made = || -> Result<(), git2::Error> {
            let tip = |branch: &str| {
                let reference = self
                    .repository
                    .find_reference(&format!("refs/heads/{branch}"));
                reference
                    .and_then(|reference| reference.peel_to_commit())
                    .ok()
            };
            let parent = tip(branch).or_else(|| tip("main"));
            let mut update = TreeUpdateBuilder::new();
            for (path, content) in changes {
                match content {
                    Some(bytes) => {
                        update.upsert(path.as_str(), self.repository.blob(bytes)?, FileMode::Blob)
                    }
                    None => update.remove(path.as_str()),
                };
            }
            let base = match &parent {
                Some(parent) => parent.tree()?,
                None => {
                    let empty = self.repository.treebuilder(None)?.write()?;
                    self.repository.find_tree(empty)?
                }
            };
            let tree = update.create_updated(&self.repository, &base)?;
            let tree = self.repository.find_tree(tree)?;
            let who = Signature::new(name, address, &Time::new(seconds, 0))?;
            let parents: Vec<_> = parent.iter().collect();
            let reference = format!("refs/heads/{branch}");
            self.repository
                .commit(None, &who, &who, message, &tree, &parents)
                .and_then(|id| self.repository.reference(&reference, id, true, message))
                .map(drop)
        };
        made().map_err(|error| failed("a commit cannot be made", &error))
    }

    /// Makes the index that of main, so that a work tree with its files has no difference.
    pub fn finish(self) -> Result<(), Error> {
        let made = || -> Result<(), git2::Error> {
            let tree = self.repository.head()?.peel_to_tree()?;
            let mut index = self.repository.index()?;
            index.read_tree(&tree)?;
            index.write()
        };
        made().map_err(|error| failed("the index cannot be written", &error))
    }
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pages")
    }
}
