//! The registry at one moment of its history: a commit's tree, or one with some files as they would be.
//! Only what is asked for is read. Implements docs/formats/16-history.md, steps 2 and 4.

use super::git::difference::Leaf;
use super::git::merge;
use super::git::repository::Repository;
use super::layout;
use super::object::ObjectId;
use super::snapshot::{File, Snapshot};
use super::survey::{Kind, Survey};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// A tree, with some files as they would be over it.
#[derive(Clone)]
pub struct State<'r> {
    repository: &'r Repository,
    tree: Option<ObjectId>,
    over: BTreeMap<String, Option<Leaf>>,
    merged: BTreeMap<ObjectId, Vec<u8>>,
    changed: bool,
}

impl<'r> State<'r> {
    /// The state of a tree; without one there is nothing.
    pub fn of(repository: &'r Repository, tree: Option<ObjectId>) -> Self {
        Self {
            repository,
            tree,
            over: BTreeMap::new(),
            merged: BTreeMap::new(),
            changed: false,
        }
    }

    /// The tree, whatever lies over it.
    pub fn tree(&self) -> Option<ObjectId> {
        self.tree
    }

    /// The state of another tree of the same repository.
    #[must_use]
    pub fn at(&self, tree: Option<ObjectId>) -> Self {
        Self::of(self.repository, tree)
    }

    /// Puts what another state has at a path in the place of what is here.
    pub fn put(&mut self, path: &str, leaf: Option<Leaf>) {
        self.know(path, leaf);
        self.changed = true;
    }

    /// Remembers what is at a path, so that no tree is read for it.
    pub fn know(&mut self, path: &str, leaf: Option<Leaf>) {
        self.over.insert(path.to_owned(), leaf);
    }

    /// Puts bytes that no object holds at a path; gives what is there then.
    pub fn put_bytes(&mut self, path: &str, bytes: Vec<u8>) -> Result<Leaf, Error> {
        let object = merge::name(&bytes)?;
        let leaf = Leaf {
            kind: Kind::Regular,
            object,
        };
        self.merged.insert(object, bytes);
        self.put(path, Some(leaf));
        Ok(leaf)
    }

    /// What is at a path.
    pub fn leaf(&self, path: &str) -> Result<Option<Leaf>, Error> {
        match (self.over.get(path), self.tree) {
            (Some(leaf), _) => Ok(*leaf),
            (None, Some(tree)) => self.repository.leaf(tree, path),
            (None, None) => Ok(None),
        }
    }

    /// Everything below a folder, at most so many folders deep, by path.
    pub fn leaves(&self, folder: &str, depth: usize) -> Result<BTreeMap<String, Leaf>, Error> {
        let mut found: BTreeMap<String, Leaf> = match self.tree {
            Some(tree) => self
                .repository
                .leaves(tree, folder, depth)?
                .into_iter()
                .collect(),
            None => BTreeMap::new(),
        };
        let below = format!("{folder}/");
        for (path, leaf) in self.over.range(below.clone()..) {
            if !path.starts_with(&below) {
                break;
            }
            match leaf {
                Some(leaf) => found.insert(path.clone(), *leaf),
                None => found.remove(path),
            };
        }
        Ok(found)
    }

    /// The folder of the letters as a tree, where no file of it is other than there.
    pub fn letters(&self) -> Result<Option<ObjectId>, Error> {
        match self.tree {
            Some(tree) => self.repository.subtree(tree, LETTERS),
            None => Ok(None),
        }
    }

    /// The folder of the superseded charters as a tree, where no file of it is other than there.
    pub fn charters(&self) -> Result<Option<ObjectId>, Error> {
        match self.tree {
            Some(tree) => self.repository.subtree(tree, CHARTERS),
            None => Ok(None),
        }
    }

    /// Whether some file is other than in the tree.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// How many bytes a file has.
    pub fn size(&self, leaf: Leaf, path: &str) -> Result<u64, Error> {
        match self.merged.get(&leaf.object) {
            Some(bytes) => Ok(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            None => self.repository.blob_size(leaf.object, path),
        }
    }

    /// The bytes of a file.
    pub fn read(&self, leaf: Leaf, path: &str) -> Result<Vec<u8>, Error> {
        match self.merged.get(&leaf.object) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.repository.blob(leaf.object, path),
        }
    }

    /// The bytes of a file, where it is a plain one of a size that its place allows.
    pub fn plain(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.leaf(path)? {
            Some(leaf) => self.plain_leaf(leaf, path),
            None => Ok(None),
        }
    }

    /// The bytes of what is known to be at a path, where it is a plain file of a size that its place allows.
    pub fn plain_leaf(&self, leaf: Leaf, path: &str) -> Result<Option<Vec<u8>>, Error> {
        if leaf.kind != Kind::Regular {
            return Ok(None);
        }
        let limit = layout::slot(path).map_or(0, |slot| slot.limit());
        match self.size(leaf, path)? <= limit {
            true => self.read(leaf, path).map(Some),
            false => Ok(None),
        }
    }

    /// Where the record of an id lies: flat, in its shard, or both.
    pub fn record_paths(&self, id: &Id) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for sharded in [false, true] {
            let path = layout::record_path(id, sharded);
            if self.leaf(&path)?.is_some() {
                found.push(path);
            }
        }
        Ok(found)
    }

    /// The charter with all letters, as files.
    pub fn frame(&self) -> Result<Snapshot, Error> {
        let mut paths: Vec<String> = self.leaves(LETTERS, 2)?.into_keys().collect();
        paths.extend(self.leaves(CHARTERS, 0)?.into_keys());
        paths.push(layout::CHARTER.to_owned());
        self.files(&paths.into_iter().collect())
    }

    /// The records of some ids, as files.
    pub fn records(&self, ids: &BTreeSet<Id>) -> Result<Snapshot, Error> {
        let mut paths = BTreeSet::new();
        for id in ids {
            paths.extend(self.record_paths(id)?);
        }
        self.files(&paths)
    }

    /// Some files, surveyed; those that are there.
    pub fn files(&self, paths: &BTreeSet<String>) -> Result<Snapshot, Error> {
        let (files, findings) = self.survey(paths)?;
        let mut bytes = BTreeMap::new();
        for file in files.iter().filter(|file| file.readable) {
            if let Some(leaf) = self.leaf(&file.path)? {
                bytes.insert(file.path.clone(), self.read(leaf, &file.path)?);
            }
        }
        let mut snapshot = Snapshot::of(None, files, bytes);
        snapshot.findings = findings;
        Ok(snapshot)
    }

    /// What a survey says of some paths, and nothing of what is in them.
    pub fn survey(&self, paths: &BTreeSet<String>) -> Result<(Vec<File>, Vec<Finding>), Error> {
        let mut survey = Survey::default();
        for path in paths {
            let Some(leaf) = self.leaf(path)? else {
                continue;
            };
            let size = match leaf.kind {
                Kind::Regular => self.size(leaf, path)?,
                _ => 0,
            };
            survey.see_file(path, leaf.kind, size, Some(leaf.object.0));
        }
        Ok(survey.finish())
    }
}

/// The folder of the letters.
const LETTERS: &str = "registry/letters";
/// The folder of superseded charters.
const CHARTERS: &str = "registry/charters";

impl std::fmt::Debug for State<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("tree", &self.tree)
            .field("over", &self.over.len())
            .finish_non_exhaustive()
    }
}
