//! An index as it is written: ids, then entries in order of hash, block by block.
//! Implements docs/formats/20-index.md, steps 1 to 7 and 14.

use super::index::{BLOCK, ENTRY, Flaw, Index, MAGIC, NAME, ROOM, maker, seal, wide};
use crate::base::digest::sha256;
use crate::base::id::Id;
use crate::registry::object::ObjectId;
use std::collections::{BTreeMap, BTreeSet};

/// The ids of an index with all that each is found by, before they are in order.
#[derive(Debug, Default)]
pub struct Imprint {
    ids: Vec<Id>,
    entries: Vec<(u64, u32)>,
}

impl Imprint {
    /// Adds marks of the next id; one that was the last already gets them besides.
    pub fn add(&mut self, id: &Id, marks: impl IntoIterator<Item = u64>) {
        if self.ids.last() != Some(id) {
            self.ids.push(id.clone());
        }
        let number = u32::try_from(self.ids.len() - 1).unwrap_or(u32::MAX);
        self.entries
            .extend(marks.into_iter().map(|mark| (mark, number)));
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Step 14: an index without some ids, and with others instead.
    pub fn advanced(
        index: &Index,
        gone: &BTreeSet<Id>,
        new: &BTreeMap<Id, BTreeSet<u64>>,
    ) -> Result<Self, Flaw> {
        let mut old = Vec::new();
        for number in 0..index.ids() {
            old.push(index.id(number)?);
        }
        let mut ids: Vec<&Id> = old.iter().filter(|id| !gone.contains(*id)).collect();
        ids.extend(new.keys());
        ids.sort_unstable();
        ids.dedup();
        let place = |id: &Id| {
            let found = ids.binary_search(&id).ok();
            found.and_then(|found| u32::try_from(found).ok())
        };
        let kept = |id: &Id| match gone.contains(id) {
            true => None,
            false => place(id),
        };
        let numbers: Vec<Option<u32>> = old.iter().map(kept).collect();
        let mut entries = Vec::new();
        for at in 0..index.blocks() {
            for (hash, number) in index.entries_of(at)? {
                let number = usize::try_from(number).ok();
                let number = number.and_then(|number| numbers.get(number));
                let number = number.ok_or(Flaw::Damaged)?;
                entries.extend(number.map(|number| (hash, number)));
            }
        }
        for (id, marks) in new {
            let number = place(id).ok_or(Flaw::Damaged)?;
            entries.extend(marks.iter().map(|mark| (*mark, number)));
        }
        let ids = ids.into_iter().cloned().collect();
        Ok(Self { ids, entries })
    }

    /// The bytes of the index of a folder of records.
    pub fn bytes(mut self, tree: ObjectId) -> Vec<u8> {
        self.entries.sort_unstable();
        self.entries.dedup();
        let mut head = MAGIC.to_vec();
        head.extend(maker());
        head.extend(tree.0);
        head.extend(wide(self.ids.len()).to_le_bytes());
        head.extend(wide(self.entries.len()).to_le_bytes());
        head.resize(ROOM, 0);
        let key = sha256(&head);
        let blocks =
            self.ids.len().div_ceil(ROOM / NAME) + self.entries.len().div_ceil(ROOM / ENTRY);
        let mut bytes = Vec::with_capacity((1 + blocks) * BLOCK);
        put(&mut bytes, &[0; 32], &mut head);
        let mut content = Vec::with_capacity(ROOM);
        for ids in self.ids.chunks(ROOM / NAME) {
            for id in ids {
                let name = id.as_str().as_bytes();
                let end = content.len() + NAME;
                content.push(u8::try_from(name.len()).unwrap_or_default());
                content.extend(name);
                content.resize(end, 0);
            }
            put(&mut bytes, &key, &mut content);
        }
        for entries in self.entries.chunks(ROOM / ENTRY) {
            for (hash, number) in entries {
                content.extend(hash.to_le_bytes());
                content.extend(number.to_le_bytes());
            }
            put(&mut bytes, &key, &mut content);
        }
        bytes
    }
}

/// Adds a block with its seal, and empties its content.
fn put(bytes: &mut Vec<u8>, key: &[u8; 32], content: &mut Vec<u8>) {
    content.resize(ROOM, 0);
    let at = wide(bytes.len() / BLOCK);
    bytes.extend(content.iter());
    bytes.extend(seal(key, at, content));
    content.clear();
}
