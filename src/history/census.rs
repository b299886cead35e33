//! Every record of a tree, found through an index of it; whoever is found is read, so that a wrong hit only costs time.
//! Implements docs/formats/20-index.md, steps 10 to 13.

use super::imprint::Imprint;
use super::index::{Flaw, Index, Mark, Pages, marks};
use super::sketch::Sketch;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::registry::git::places::{Folder, Places};
use crate::registry::git::repository::Repository;
use crate::registry::layout::{self, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Where an index is kept from run to run.
pub trait Shelf {
    /// What was kept last.
    fn open(&self) -> Option<Box<dyn Pages>>;

    /// Keeps an index instead; where that cannot be, nothing is kept.
    fn keep(&self, bytes: &[u8]);
}

/// The records of a tree.
#[derive(Debug)]
pub struct Census {
    index: Index,
    /// The folder itself, once somebody was looked for in it.
    folder: OnceCell<Folder>,
    /// Whether an earlier run made the index.
    pub kept: bool,
}

impl Census {
    fn of(index: Index, kept: bool) -> Self {
        Self {
            index,
            folder: OnceCell::new(),
            kept,
        }
    }

    /// Step 13: of an index that an earlier run made, where it is one of this program and of a tree of this repository.
    pub fn kept(repository: &Repository, shelf: &dyn Shelf) -> Result<Option<Self>, Flaw> {
        let Some(pages) = shelf.open() else {
            return Ok(None);
        };
        let index = match Index::open(pages) {
            Err(Flaw::OtherProgram) => return Ok(None),
            opened => opened?,
        };
        if !repository.has_tree(index.tree()) {
            return Err(Flaw::Foreign);
        }
        Ok(Some(Self::of(index, true)))
    }

    /// Step 10: of every record of a folder of records, each of them read; with the bytes of the index.
    pub fn taken(repository: &Repository, tree: ObjectId) -> Result<(Self, Rc<Vec<u8>>), Error> {
        let found = repository.leaves_below(tree, layout::SIGNATORIES, 1)?;
        let mut records = Vec::with_capacity(found.len());
        for (path, leaf) in found {
            if let Some(Slot::Record(id)) = layout::slot(&path) {
                records.push((id, path, leaf));
            }
        }
        records.sort_unstable_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
        let state = State::of(repository, None);
        let mut imprint = Imprint::default();
        let marked = |sketch| marks(&sketch);
        Sketch::read_each(&state, &records, marked, |id, marks| imprint.add(id, marks))?;
        let bytes = Rc::new(imprint.bytes(tree));
        match Index::open(Box::new(Rc::clone(&bytes))) {
            Ok(index) => Ok((Self::of(index, false), bytes)),
            Err(_) => Err(Error::new("the index cannot be read that was just made")),
        }
    }

    /// Step 14: the bytes of the index of another folder, in which some ids have other records or none.
    pub fn advanced(
        &self,
        gone: &BTreeSet<Id>,
        new: &BTreeMap<Id, BTreeSet<u64>>,
        tree: ObjectId,
    ) -> Result<Vec<u8>, Flaw> {
        Ok(Imprint::advanced(&self.index, gone, new)?.bytes(tree))
    }

    /// The folder that it is of.
    pub fn tree(&self) -> ObjectId {
        self.index.tree()
    }

    /// How many signatories have a record.
    pub fn count(&self) -> usize {
        usize::try_from(self.index.ids()).unwrap_or(usize::MAX)
    }

    /// Where the records of some ids lie.
    pub fn places(&self, repository: &Repository, ids: &BTreeSet<Id>) -> Result<Places, Error> {
        if ids.is_empty() {
            return Ok(Places::new());
        }
        let folder = match self.folder.get() {
            Some(folder) => folder,
            None => {
                let read = repository.records_below(self.tree())?;
                self.folder.get_or_init(|| read)
            }
        };
        repository.places(folder, ids)
    }

    /// Step 12: the sketches of some ids, each record read.
    pub fn sketches(
        &self,
        repository: &Repository,
        ids: &BTreeSet<Id>,
    ) -> Result<BTreeMap<Id, Sketch>, Error> {
        let state = State::of(repository, None);
        let mut found = BTreeMap::new();
        for (id, files) in self.places(repository, ids)? {
            let mut sketch = Sketch::default();
            for (path, leaf) in files {
                let content = state.plain_leaf(leaf, &path)?;
                sketch = sketch.join(Sketch::read(&id, &path, content.as_deref()));
            }
            found.insert(id, sketch);
        }
        Ok(found)
    }

    /// Whoever may have one of some marks.
    pub fn find(&self, marks: &[Mark<'_>]) -> Result<BTreeSet<Id>, Flaw> {
        let mut found = BTreeSet::new();
        for mark in marks {
            found.extend(self.index.find(*mark)?);
        }
        Ok(found)
    }
}
