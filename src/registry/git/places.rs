//! Where the records of some ids lie below one folder of records: each tree on the way is read once.
//! Implements docs/formats/20-index.md, step 12.

use super::commits::oid;
use super::difference::{Difference, Leaf, leaf};
use super::repository::Repository;
use super::tree::FOLDER;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::registry::layout;
use crate::registry::object::ObjectId;
use git2::{ObjectType, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The files of each id, by path.
pub type Places = BTreeMap<Id, BTreeMap<String, Leaf>>;

/// A folder of records that was read once: its files and shards by name.
#[derive(Debug)]
pub struct Folder {
    entries: Vec<(Vec<u8>, i32, Leaf)>,
}

impl Repository {
    /// Whether the clone has this tree.
    pub fn has_tree(&self, id: ObjectId) -> bool {
        let header = self.inner().odb().and_then(|odb| odb.read_header(oid(id)));
        header.is_ok_and(|(_, kind)| kind == ObjectType::Tree)
    }

    /// A folder of records, to look up what lies in it.
    pub fn records_below(&self, id: ObjectId) -> Result<Folder, Error> {
        let mut entries: Vec<(Vec<u8>, i32, Leaf)> = self
            .tree(oid(id), layout::SIGNATORIES)?
            .iter()
            .map(|entry| {
                (
                    entry.name_bytes().to_vec(),
                    entry.filemode_raw(),
                    leaf(&entry),
                )
            })
            .collect();
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        Ok(Folder { entries })
    }

    /// Where the records of some ids lie, flat, in their shards or both, below the folder of records.
    pub fn places(&self, folder: &Folder, ids: &BTreeSet<Id>) -> Result<Places, Error> {
        let mut found = Places::new();
        let mut shard: Option<(&str, Option<Tree<'_>>)> = None;
        // In order of id, so that each shard is opened once.
        for id in ids {
            let mut files = BTreeMap::new();
            let file = format!("{id}.yaml");
            if let Some((mode, there)) = folder.find(&file)
                && mode != FOLDER
            {
                files.insert(layout::record_path(id, false), there);
            }
            if shard.as_ref().is_none_or(|(name, _)| *name != id.shard()) {
                let below = folder.find(id.shard());
                let below = below.filter(|(mode, _)| *mode == FOLDER);
                let below = below.map(|(_, at)| self.tree(oid(at.object), layout::SIGNATORIES));
                shard = Some((id.shard(), below.transpose()?));
            }
            if let Some((_, Some(below))) = &shard
                && let Some(entry) = below.get_name(&file)
                && entry.filemode_raw() != FOLDER
            {
                files.insert(layout::record_path(id, true), leaf(&entry));
            }
            if !files.is_empty() {
                found.insert(id.clone(), files);
            }
        }
        Ok(found)
    }

    /// Where two folders of records differ, as paths from the root.
    pub fn differing_records(
        &self,
        before: ObjectId,
        after: ObjectId,
    ) -> Result<Vec<Difference>, Error> {
        if before == after {
            return Ok(Vec::new());
        }
        let folder = format!("{}/", layout::SIGNATORIES);
        self.differences_below(folder, Some(before), Some(after))
    }

    /// A folder of records in a tree of the repository.
    pub fn signatories(&self, tree: ObjectId) -> Result<Option<ObjectId>, Error> {
        self.subtree(tree, layout::SIGNATORIES)
    }
}

impl Folder {
    fn find(&self, name: &str) -> Option<(i32, Leaf)> {
        let entries = &self.entries;
        let at = entries.binary_search_by(|(known, ..)| known.as_slice().cmp(name.as_bytes()));
        let (_, mode, leaf) = entries.get(at.ok()?)?;
        Some((*mode, *leaf))
    }
}
