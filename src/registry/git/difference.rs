//! Two trees compared, and single files of a tree looked up: only folders that differ are read.
//! Implements docs/formats/16-history.md, step 2.

use super::commits::oid;
use super::repository::{Repository, failed};
use super::tree::{FOLDER, bytes, kind, name, written};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::registry::object::ObjectId;
use crate::registry::survey::Kind;
use git2::{Oid, Tree, TreeEntry};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

/// What a tree has at a path that is no folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leaf {
    /// What it is.
    pub kind: Kind,
    /// The object that holds it.
    pub object: ObjectId,
}

/// A path at which two trees differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path from the root of the repository.
    pub path: String,
    /// What is there before.
    pub before: Option<Leaf>,
    /// What is there after.
    pub after: Option<Leaf>,
}

/// A name in a folder, on both sides; folders and leaves may share a name where one became the other.
#[derive(Default)]
struct Pair {
    leaves: [Option<(i32, Leaf)>; 2],
    folders: [Option<Oid>; 2],
}

impl Repository {
    /// The paths at which two trees differ, in order; without a tree there is nothing on that side.
    pub fn differences(
        &self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
    ) -> Result<Vec<Difference>, Error> {
        self.differences_below(String::new(), before, after)
    }

    /// The same of two trees that are a folder of the repository, whose path ends in a slash.
    pub(super) fn differences_below(
        &self,
        folder: String,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
    ) -> Result<Vec<Difference>, Error> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut waiting = vec![(folder, before.map(oid), after.map(oid))];
        // Folders wait in a list of our own: a tree can be deeper than a stack.
        while let Some((folder, before, after)) = waiting.pop() {
            // A folder outside the registry that lies in many places is looked into once: nested copies
            // would be more files than there are.
            let inside = folder.starts_with("registry/");
            if !inside && !seen.insert((before, after)) {
                continue;
            }
            for (name, pair) in self.pairs(&folder, before, after)? {
                let path = format!("{folder}{}", written(&name));
                let [old, new] = pair.leaves;
                if old != new {
                    found.push(Difference {
                        path: path.clone(),
                        before: old.map(|(_, leaf)| leaf),
                        after: new.map(|(_, leaf)| leaf),
                    });
                }
                let [old, new] = pair.folders;
                if old != new {
                    waiting.push((format!("{path}/"), old, new));
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The names whose entries differ. Trees are sorted, so that two of them are walked side by side. One that is not,
    /// or that has a name twice, no Git writes: what lies there depends on who looks, so that nothing is said of it.
    fn pairs(
        &self,
        folder: &str,
        before: Option<Oid>,
        after: Option<Oid>,
    ) -> Result<BTreeMap<Vec<u8>, Pair>, Error> {
        let read = |tree: Option<Oid>| tree.map(|tree| self.tree(tree, folder)).transpose();
        let (old, new) = (read(before)?, read(after)?);
        let mut olds = old.iter().flat_map(|tree| tree.iter()).peekable();
        let mut news = new.iter().flat_map(|tree| tree.iter()).peekable();
        let mut pairs: BTreeMap<Vec<u8>, Pair> = BTreeMap::new();
        for tree in [&old, &new].into_iter().flatten() {
            check(tree, folder)?;
        }
        loop {
            let order = match (olds.peek(), news.peek()) {
                (Some(old), Some(new)) => order(old, new),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return Ok(pairs),
            };
            let old = olds.next_if(|_| order != Ordering::Greater);
            let new = news.next_if(|_| order != Ordering::Less);
            if let (Some(old), Some(new)) = (&old, &new)
                && old.id() == new.id()
                && old.filemode_raw() == new.filemode_raw()
            {
                continue;
            }
            for (side, entry) in [(0, old), (1, new)] {
                let Some(entry) = entry else { continue };
                let pair = pairs.entry(entry.name_bytes().to_vec()).or_default();
                let fresh = match entry.filemode_raw() {
                    FOLDER => set(&mut pair.folders, side, entry.id()),
                    mode => set(&mut pair.leaves, side, (mode, leaf(&entry))),
                };
                if !fresh {
                    return Err(doubled(folder));
                }
            }
        }
    }

    /// What a tree has at a path; nothing where that is a folder or not there.
    pub fn leaf(&self, tree: ObjectId, path: &str) -> Result<Option<Leaf>, Error> {
        let (folder, last) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(folder) = self.subtree(tree, folder)? else {
            return Ok(None);
        };
        let found = self.tree(oid(folder), path)?;
        let found = found.get_name(last);
        Ok(found
            .filter(|entry| entry.filemode_raw() != FOLDER)
            .map(|entry| leaf(&entry)))
    }

    /// The folder at a path of a tree; an empty path is the root.
    pub fn subtree(&self, tree: ObjectId, path: &str) -> Result<Option<ObjectId>, Error> {
        let mut at = oid(tree);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let folder = self.tree(at, path)?;
            let entry = folder.get_name(part);
            match entry.filter(|entry| entry.filemode_raw() == FOLDER) {
                Some(entry) => at = entry.id(),
                None => return Ok(None),
            }
        }
        Ok(Some(ObjectId(bytes(at))))
    }

    /// What a folder of a tree has in it and in its folders, at most so deep, by its path.
    pub fn leaves(
        &self,
        tree: ObjectId,
        path: &str,
        depth: usize,
    ) -> Result<Vec<(String, Leaf)>, Error> {
        match self.subtree(tree, path)? {
            Some(folder) => self.leaves_below(folder, path, depth),
            None => Ok(Vec::new()),
        }
    }

    /// The same of a tree that is the folder at this path.
    pub fn leaves_below(
        &self,
        folder: ObjectId,
        path: &str,
        depth: usize,
    ) -> Result<Vec<(String, Leaf)>, Error> {
        let mut found = Vec::new();
        let mut waiting = vec![(path.to_owned(), oid(folder), depth)];
        while let Some((path, folder, depth)) = waiting.pop() {
            for entry in &self.tree(folder, &path)? {
                let below = format!("{path}/{}", name(&entry));
                match entry.filemode_raw() {
                    FOLDER if depth > 0 => waiting.push((below, entry.id(), depth - 1)),
                    FOLDER => {}
                    _ => found.push((below, leaf(&entry))),
                }
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(found)
    }

    /// How many bytes a blob has, from its header alone.
    pub fn blob_size(&self, object: ObjectId, path: &str) -> Result<u64, Error> {
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        self.size(&odb, oid(object), path)
    }

    /// The bytes of a blob.
    pub fn blob(&self, object: ObjectId, path: &str) -> Result<Vec<u8>, Error> {
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let id = oid(object);
        let object = odb.read(id).map_err(|error| self.lacks(id, path, &error))?;
        Ok(object.data().to_vec())
    }
}

/// Git sorts a folder as if its name ended in a slash.
fn order(one: &TreeEntry<'_>, other: &TreeEntry<'_>) -> Ordering {
    let (a, b) = (one.name_bytes(), other.name_bytes());
    let common = a.len().min(b.len());
    let next = |entry: &TreeEntry<'_>| {
        let slash = (entry.filemode_raw() == FOLDER).then_some(b'/');
        let next = entry.name_bytes().get(common).copied();
        next.or(slash).unwrap_or(0)
    };
    let heads = a.get(..common).cmp(&b.get(..common));
    heads
        .then_with(|| next(one).cmp(&next(other)))
        .then_with(|| a.len().cmp(&b.len()))
}

/// Puts a value on its side; says whether there was none.
fn set<T>(sides: &mut [Option<T>; 2], side: usize, value: T) -> bool {
    let slot = sides.get_mut(side);
    slot.is_some_and(|slot| slot.replace(value).is_none())
}

/// Whether the names of a folder stand in Git's order, each once.
fn check(tree: &Tree<'_>, folder: &str) -> Result<(), Error> {
    let mut last: Option<TreeEntry<'_>> = None;
    for entry in tree {
        if last.is_some_and(|last| order(&last, &entry) != Ordering::Less) {
            return Err(doubled(folder));
        }
        last = Some(entry);
    }
    Ok(())
}

fn doubled(folder: &str) -> Error {
    let at = match folder {
        "" => "the root",
        folder => folder,
    };
    Error::new(format!(
        "a tree of the history has names twice or out of order, at {}",
        quote(at)
    ))
    .with_help("No Git writes such a tree: run `git fsck`, and ask where the commit comes from.")
}

pub(super) fn leaf(entry: &TreeEntry<'_>) -> Leaf {
    Leaf {
        kind: kind(entry.filemode_raw()),
        object: ObjectId(bytes(entry.id())),
    }
}
