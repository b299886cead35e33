//! Back along first parents: when an entry came into a record, and what a record last said.
//! Implements docs/formats/16-history.md, steps 13, 16, 18 and 20.

use super::charter::can_be_read;
use super::letters::{letter, path};
use super::lists::{List, same};
use super::sketch::items;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::record::document::{Document, Node};
use crate::record::schema::Schemas;
use crate::record::yaml;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Leaf;
use crate::registry::git::repository::Repository;
use crate::registry::load::frame;
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use crate::verify::fold::Fold;
use crate::verify::governance::Governance;
use std::collections::{BTreeMap, BTreeSet};

/// The way back from a commit.
#[derive(Clone, Copy)]
pub struct Lineage<'a> {
    /// Where the commits are.
    pub repository: &'a Repository,
    /// The schemas of this program.
    pub schemas: &'a Schemas,
    /// The commit to begin at.
    pub from: ObjectId,
}

impl Lineage<'_> {
    /// Whether an entry at this place of a list of a record was bad in every form of the record in which it stood.
    pub fn never_held(
        &self,
        id: &Id,
        list: List,
        index: usize,
        entry: &Node,
    ) -> Result<bool, Error> {
        let mut stood = false;
        let mut held = false;
        let mut known: Option<BTreeMap<String, Leaf>> = None;
        self.back(|commit, state| {
            let mut lies = BTreeMap::new();
            for path in state.record_paths(id)? {
                if let Some(leaf) = state.leaf(&path)? {
                    lies.insert(path, leaf);
                }
            }
            let same_as_later = known.as_ref() == Some(&lies);
            known = Some(lies);
            // It may have stood there before it was gone for a while.
            if !same_as_later {
                let document = record(state, id)?;
                let there = document.is_some_and(|document| {
                    let found = items(document.root(), list.key()).get(index);
                    found.is_some_and(|found| same(entry, found))
                });
                stood |= there;
                held |= there && self.holds(commit, id, list, index)?;
            }
            Ok(!held)
        })?;
        Ok(stood && !held)
    }

    /// Whether an entry of a record holds at a commit, or nobody can tell.
    fn holds(&self, commit: &Commit, id: &Id, list: List, index: usize) -> Result<bool, Error> {
        let state = State::of(self.repository, Some(commit.tree));
        let mut registry = frame(&state.frame()?, self.schemas)?;
        let records = state.records(&BTreeSet::from([id.clone()]))?;
        registry.load_records(&records, self.schemas)?;
        // A record that could not be read at all held nothing.
        let Some(record) = registry.records.first() else {
            return Ok(false);
        };
        let governance = Governance::of(&registry);
        let fold = Fold::of(&registry, &governance, record);
        Ok(match list {
            List::Attestations => {
                let held = fold.attested.iter().any(|one| one.index == index);
                held || governance.current().is_none()
            }
            _ => fold.open || fold.held.iter().any(|held| held.index() == index),
        })
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
            let commit = self.repository.read_commit(id)?;
            let state = State::of(self.repository, Some(commit.tree));
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
