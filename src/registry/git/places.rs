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

impl Repository {
    /// Whether the clone has this tree.
    pub fn has_tree(&self, id: ObjectId) -> bool {
        let header = self.inner().odb().and_then(|odb| odb.read_header(oid(id)));
        header.is_ok_and(|(_, kind)| kind == ObjectType::Tree)
    }

    /// Where the records of some ids lie, flat, in their shards or both, in a tree that is the folder of records.
    pub fn places(&self, folder: ObjectId, ids: &BTreeSet<Id>) -> Result<Places, Error> {
        let mut found = Places::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let top = self.tree(oid(folder), layout::SIGNATORIES)?;
        let mut shard: Option<(&str, Option<Tree<'_>>)> = None;
        // In order of id, so that each shard is opened once.
        for id in ids {
            let mut files = BTreeMap::new();
            let file = format!("{id}.yaml");
            if let Some(there) = leaf_of(&top, &file) {
                files.insert(layout::record_path(id, false), there);
            }
            if shard.as_ref().is_none_or(|(name, _)| *name != id.shard()) {
                let below = top.get_name(id.shard());
                let below = below.filter(|entry| entry.filemode_raw() == FOLDER);
                let below = below.map(|entry| self.tree(entry.id(), layout::SIGNATORIES));
                shard = Some((id.shard(), below.transpose()?));
            }
            if let Some((_, Some(below))) = &shard
                && let Some(there) = leaf_of(below, &file)
            {
                files.insert(layout::record_path(id, true), there);
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
        let folder = format!("{}/", layout::SIGNATORIES);
        self.differences_below(folder, Some(before), Some(after))
    }

    /// A folder of records in a tree of the repository.
    pub fn signatories(&self, tree: ObjectId) -> Result<Option<ObjectId>, Error> {
        self.subtree(tree, layout::SIGNATORIES)
    }
}

fn leaf_of(tree: &Tree<'_>, name: &str) -> Option<Leaf> {
    let entry = tree.get_name(name)?;
    (entry.filemode_raw() != FOLDER).then(|| leaf(&entry))
}
