//! Which index a run may rest on: one of an earlier run that is near enough, or one that is made of every record.
//! Implements docs/formats/20-index.md, steps 10, 13 and 14.

use super::census::{Census, Shelf};
use super::index::Flaw;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::registry::git::difference::Difference;
use crate::registry::git::repository::Repository;
use crate::registry::object::ObjectId;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many records may differ from those of an index before it is written anew.
const FEW: usize = 256;

/// How many records a registry has at least of which an index is kept: fewer are read as fast.
pub const LEAST: usize = 1024;

/// The indices of a run.
#[derive(Default)]
pub struct Indices {
    shelf: Option<Rc<dyn Shelf>>,
    least: usize,
    known: RefCell<Vec<Rc<Census>>>,
    asked: Cell<bool>,
    used: Cell<bool>,
    flaw: Cell<Option<Flaw>>,
}

impl Indices {
    /// The same with a place where an index is kept from run to run, of registries that have at least so many records.
    pub fn on(shelf: Rc<dyn Shelf>, least: usize) -> Self {
        Self {
            shelf: Some(shelf),
            least,
            ..Self::default()
        }
    }

    /// A census that is of a folder of records, or near it, and how the folder differs from it.
    pub fn census(
        &self,
        repository: &Repository,
        folder: ObjectId,
    ) -> Result<(Rc<Census>, Vec<Difference>), Error> {
        if let (Some(shelf), false) = (&self.shelf, self.asked.replace(true)) {
            match Census::kept(repository, shelf.as_ref()) {
                Ok(found) => self.known.borrow_mut().extend(found.map(Rc::new)),
                Err(flaw) => self.flaw.set(Some(flaw)),
            }
        }
        let mut nearest: Option<(Rc<Census>, Vec<Difference>)> = None;
        for census in self.known.borrow().iter() {
            // A tree that cannot be compared is no help: the folder itself is read then.
            let Ok(differences) = repository.differing_records(census.tree(), folder) else {
                continue;
            };
            let least = nearest
                .as_ref()
                .map_or(usize::MAX, |(_, known)| known.len());
            let near = differences.len() <= FEW.max(census.count() / 2);
            if near && differences.len() < least {
                nearest = Some((Rc::clone(census), differences));
            }
        }
        if let Some((census, differences)) = nearest {
            self.used.set(self.used.get() || census.kept);
            return Ok((census, differences));
        }
        let (census, bytes) = Census::taken(repository, folder)?;
        if let Some(shelf) = self.shelf.as_ref().filter(|_| census.count() >= self.least) {
            shelf.keep(&bytes);
        }
        let census = Rc::new(census);
        self.known.borrow_mut().push(Rc::clone(&census));
        Ok((census, Vec::new()))
    }

    /// Step 14: keeps an index of what differs too much from a census by now.
    pub fn keep(
        &self,
        census: &Census,
        gone: &BTreeSet<Id>,
        new: &BTreeMap<Id, BTreeSet<u64>>,
        folder: ObjectId,
    ) -> Result<(), Error> {
        if let Some(shelf) = self.shelf.as_ref().filter(|_| census.count() >= self.least) {
            let bytes = census.advanced(gone, new, folder);
            shelf.keep(&bytes.map_err(|flaw| self.doubt(flaw))?);
        }
        Ok(())
    }

    /// Whether so many are too many to be looked at one by one in every run.
    pub fn are_many(count: usize) -> bool {
        count > FEW
    }

    /// Step 13: an index that turns out to be damaged ends what rests on it.
    pub fn doubt(&self, flaw: Flaw) -> Error {
        self.flaw.set(Some(flaw));
        Error::new("the index is damaged")
    }

    /// Whether an index of an earlier run turned out to be damaged while it was used; it is not used any more.
    pub fn give_up(&self) -> bool {
        let doubtful = self.used.get() && self.flaw.get().is_some();
        if doubtful {
            self.known.borrow_mut().retain(|census| !census.kept);
            self.used.set(false);
        }
        doubtful
    }

    /// Whether something rests on an index that an earlier run made.
    pub fn used(&self) -> bool {
        self.used.get()
    }

    /// What a person should know of an index that was there and was not used.
    pub fn remark(&self) -> Option<&'static str> {
        match self.flaw.get()? {
            Flaw::OtherProgram => None,
            Flaw::Damaged => Some(
                "the index that an earlier run kept is damaged: every record was read instead, and a new one is kept",
            ),
            Flaw::Foreign => Some(
                "the index that an earlier run kept is of records that this repository does not have: every record was read instead, and a new one is kept",
            ),
        }
    }
}

impl std::fmt::Debug for Indices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known = self.known.borrow();
        f.debug_list().entries(known.iter()).finish()
    }
}
