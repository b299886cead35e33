//! Commits and how they descend from each other, read from their own bytes: grafts and replace refs do not count.
//! Implements docs/formats/16-history.md, steps 1, 27 and 28.

use super::repository::{Repository, failed};
use super::tree::bytes;
use crate::base::error::Error;
use crate::registry::commit::Commit;
use crate::registry::object::ObjectId;
use git2::Oid;
use std::collections::{BTreeSet, HashSet};

impl Repository {
    /// The commit that a revision's name means.
    pub fn named(&self, name: &str) -> Result<Commit, Error> {
        let id = self.commit(name)?;
        self.read_commit(ObjectId(bytes(id)))
    }

    /// A commit by its name.
    pub fn read_commit(&self, id: ObjectId) -> Result<Commit, Error> {
        let oid = oid(id);
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let object = odb
            .read(oid)
            .map_err(|error| self.lacks(oid, "a commit", &error))?;
        let parse = |hex: &str| Oid::from_str(hex).ok().map(|oid| ObjectId(bytes(oid)));
        Commit::read(id, object.data(), parse).ok_or_else(|| {
            Error::new(format!("the object {id} is not a commit that can be read"))
                .with_help("Run `git fsck` to see what is damaged, and clone again.")
        })
    }

    /// A commit and its first parents, back to the first commit; the newest first.
    pub fn first_parents(&self, newest: &Commit) -> Result<Vec<Commit>, Error> {
        let mut line = vec![newest.clone()];
        while let Some(parent) = line.last().and_then(|commit| commit.parents.first()) {
            line.push(self.read_commit(*parent)?);
        }
        Ok(line)
    }

    /// A commit and all that it descends from.
    pub fn ancestors(&self, newest: ObjectId) -> Result<HashSet<ObjectId>, Error> {
        let mut seen = HashSet::from([newest]);
        let mut waiting = vec![newest];
        while let Some(id) = waiting.pop() {
            for parent in self.read_commit(id)?.parents {
                if seen.insert(parent) {
                    waiting.push(parent);
                }
            }
        }
        Ok(seen)
    }

    /// The best common ancestor of two commits; of several, the first by name.
    pub fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, Error> {
        Ok(self.merge_bases(one, other)?.into_iter().next())
    }

    /// The best common ancestors of two commits: those that are no ancestor of another.
    pub fn merge_bases(&self, one: ObjectId, other: ObjectId) -> Result<BTreeSet<ObjectId>, Error> {
        let known = self.ancestors(one)?;
        let mut meets = BTreeSet::new();
        let mut seen = HashSet::from([other]);
        let mut waiting = vec![other];
        while let Some(id) = waiting.pop() {
            if known.contains(&id) {
                meets.insert(id);
                continue;
            }
            for parent in self.read_commit(id)?.parents {
                if seen.insert(parent) {
                    waiting.push(parent);
                }
            }
        }
        if meets.len() > 1 {
            for id in meets.clone() {
                let mut older = self.ancestors(id)?;
                older.remove(&id);
                meets.retain(|meet| !older.contains(meet));
            }
        }
        Ok(meets)
    }
}

pub(super) fn oid(id: ObjectId) -> Oid {
    // Twenty bytes are always a name.
    Oid::from_bytes(&id.0).unwrap_or(Oid::ZERO_SHA1)
}
