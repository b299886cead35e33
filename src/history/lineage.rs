//! Back along first parents: when an entry came into a record, and what a record last said.
//! Implements docs/formats/16-history.md, steps 13, 16, 18 and 20.

use super::bench::Bench;
use super::charter::can_be_read;
use super::forms::{Found, charter_of};
use super::letters::{letter, path};
use super::lists::List;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::record::document::{Document, Node};
use crate::record::yaml;
use crate::registry::commit::Commit;
use crate::registry::object::ObjectId;
use crate::registry::state::State;

/// The way back from a commit.
#[derive(Clone, Copy)]
pub struct Lineage<'a> {
    /// Where the commits are, and what was judged of them.
    pub bench: &'a Bench<'a>,
    /// The commit to begin at.
    pub from: ObjectId,
}

impl Lineage<'_> {
    /// Whether an entry of a record was bad at every moment at which it stood there, at whatever place.
    ///
    /// What several maintainers signed counts only at moments at which the charter that they name is in force, or was
    /// before the commit: those who have left could name the one that still knew them (step 35).
    pub fn never_held(&self, id: &Id, list: List, entry: &Node) -> Result<bool, Error> {
        let (stood, held) = self.stood(id, list, entry)?;
        Ok(stood && !held)
    }

    /// Whether it held at some moment.
    pub fn ever_held(&self, id: &Id, list: List, entry: &Node) -> Result<bool, Error> {
        Ok(self.stood(id, list, entry)?.1)
    }

    fn stood(&self, id: &Id, list: List, entry: &Node) -> Result<(bool, bool), Error> {
        let bench = self.bench;
        let (mut stood, mut held) = (false, false);
        let mut known = None;
        self.back(|commit, _| {
            let moment = bench.forms.moment(bench, commit.tree, id)?;
            if known.as_ref() == Some(&moment) {
                return Ok(!held);
            }
            let form = bench.forms.form(bench, (commit.tree, id), &moment)?;
            let found = form.find(list, entry);
            stood |= found.stood;
            held |= found.held && self.is_in_force(commit, found)?;
            known = Some(moment);
            Ok(!held)
        })?;
        Ok((stood, held))
    }

    fn is_in_force(&self, commit: &Commit, found: Found) -> Result<bool, Error> {
        let Some(named) = found.charter else {
            return Ok(true);
        };
        let bench = self.bench;
        let mut trees = vec![commit.tree];
        if let Some(parent) = commit.parents.first() {
            trees.push(bench.repository.read_commit(*parent)?.tree);
        }
        for tree in trees {
            if charter_of(bench, tree)? == Some(named) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The record of an id as it last could be read, at the commit to begin at or before it.
    pub fn last_readable(&self, id: &Id) -> Result<Option<Document>, Error> {
        let mut found = None;
        self.back(|_, state| {
            found = record(state, id)?;
            Ok(found.is_none() && !state.record_paths(id)?.is_empty())
        })?;
        Ok(found)
    }

    /// The tree in which a letter could last be read, at the commit to begin at or before it.
    pub fn last_readable_letter(&self, id: &Id) -> Result<Option<ObjectId>, Error> {
        let mut found = None;
        self.back(|commit, state| {
            found = letter(state, id)?.map(|_| commit.tree);
            Ok(found.is_none() && state.leaf(&path(id))?.is_some())
        })?;
        Ok(found)
    }

    /// The tree in which the charter last was there and could be read.
    pub fn last_charter(&self) -> Result<Option<ObjectId>, Error> {
        let mut found = None;
        self.back(|commit, state| {
            found = can_be_read(state)?.then_some(commit.tree);
            Ok(found.is_none())
        })?;
        Ok(found)
    }

    /// Walks back while the visitor wants to.
    fn back(
        &self,
        mut visit: impl FnMut(&Commit, &State<'_>) -> Result<bool, Error>,
    ) -> Result<(), Error> {
        let mut next = Some(self.from);
        while let Some(id) = next {
            let commit = self.bench.repository.read_commit(id)?;
            let state = State::of(self.bench.repository, Some(commit.tree));
            if !visit(&commit, &state)? {
                return Ok(());
            }
            next = commit.parents.first().copied();
        }
        Ok(())
    }
}

/// A record of a state as a tree, wherever it lies; nothing where it cannot be read.
pub fn record(state: &State<'_>, id: &Id) -> Result<Option<Document>, Error> {
    for path in state.record_paths(id)? {
        if let Some(bytes) = state.plain(&path)?
            && let Some(document) = yaml::parse(&path, &bytes).document
        {
            return Ok(Some(document));
        }
    }
    Ok(None)
}

impl std::fmt::Debug for Lineage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Lineage").field(&self.from).finish()
    }
}
