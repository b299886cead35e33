//! The index: which records have a look, a domain or a key, found by hash, a few blocks at a time.
//! Implements docs/formats/20-index.md, steps 1 to 9.

use super::sketch::Sketch;
use crate::base::digest::sha256;
use crate::base::id::Id;
use crate::record::schema::FILES;
use crate::registry::object::ObjectId;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How many bytes a block has, with its seal.
pub const BLOCK: usize = 4096;
/// How many bytes a seal has.
pub const SEAL: usize = 16;
/// How many bytes of a block are content.
pub const ROOM: usize = BLOCK - SEAL;
/// How many bytes an entry has: its hash and the number of an id.
pub const ENTRY: usize = 12;
/// How many bytes an id has: its length and itself.
pub const NAME: usize = 64;
/// How many blocks are remembered.
const KEPT: usize = 1024;

/// What an index begins with.
pub const MAGIC: &[u8; 24] = b"undersigned index 1\n\0\0\0\0";

/// Where the bytes of an index are.
pub trait Pages {
    /// How many there are.
    fn length(&self) -> u64;

    /// Some of them; nothing where they cannot be read.
    fn read(&self, at: u64, count: usize) -> Option<Vec<u8>>;
}

impl Pages for Rc<Vec<u8>> {
    fn length(&self) -> u64 {
        wide(self.len())
    }

    fn read(&self, at: u64, count: usize) -> Option<Vec<u8>> {
        let from = usize::try_from(at).ok()?;
        Some(self.get(from..from.checked_add(count)?)?.to_vec())
    }
}

/// Why an index cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Another version of the program made it.
    OtherProgram,
    /// It is not as it was written.
    Damaged,
    /// It is of a tree that the repository does not have.
    Foreign,
}

/// What a record is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// How a name looks.
    Look(&'a str),
    /// The same with letters and digits alone.
    Near(&'a str),
    /// A domain.
    Domain(&'a str),
    /// The point of a key.
    Key(&'a [u8; 32]),
    /// That it is listed in some version of a letter.
    Listed,
    /// That its form alone refuses it.
    Unsound,
}

impl Mark<'_> {
    /// Step 6: the first eight bytes of SHA-256 over a letter for the kind and the bytes themselves.
    pub fn hash(&self) -> u64 {
        let (kind, bytes): (u8, &[u8]) = match self {
            Self::Look(look) => (b'l', look.as_bytes()),
            Self::Near(look) => (b'n', look.as_bytes()),
            Self::Domain(domain) => (b'd', domain.as_bytes()),
            Self::Key(point) => (b'k', *point),
            Self::Listed => (b's', b""),
            Self::Unsound => (b'u', b""),
        };
        let digest = sha256(&[&[kind], bytes].concat());
        number(digest.get(..8).unwrap_or_default())
    }
}

/// Step 5: all that a record is found by.
pub fn marks(sketch: &Sketch) -> BTreeSet<u64> {
    let mut found: BTreeSet<u64> = around(sketch).map(|mark| mark.hash()).collect();
    found.extend(sketch.near.iter().map(|look| Mark::Near(look).hash()));
    found.extend((!sketch.listed.is_empty()).then(|| Mark::Listed.hash()));
    found.extend(sketch.unsound.then(|| Mark::Unsound.hash()));
    found
}

/// What two records cannot have in common without a word.
pub fn around(sketch: &Sketch) -> impl Iterator<Item = Mark<'_>> {
    let looks = sketch.looks.iter().map(|look| Mark::Look(look));
    let keys = sketch.keys.iter().map(Mark::Key);
    let domains = sketch.domains.iter().map(|domain| Mark::Domain(domain));
    looks.chain(keys).chain(domains)
}

/// Step 4: what of the program an index depends on.
pub fn maker() -> [u8; 32] {
    let schema = FILES
        .iter()
        .find(|(name, _)| *name == "signatory.schema.json");
    let schema = schema.map_or("", |(_, schema)| *schema);
    sha256(format!("{}\n{schema}", env!("CARGO_PKG_VERSION")).as_bytes())
}

/// An index that was opened; its blocks are read as they are needed.
pub struct Index {
    pages: Box<dyn Pages>,
    /// SHA-256 over the content of the first block: every other seal depends on it.
    key: [u8; 32],
    tree: ObjectId,
    ids: u64,
    entries: u64,
    blocks: RefCell<BTreeMap<u64, Rc<Vec<u8>>>>,
}

impl Index {
    /// Steps 2 to 4: reads the first block, and nothing else.
    pub fn open(pages: Box<dyn Pages>) -> Result<Self, Flaw> {
        let block = pages.read(0, BLOCK).ok_or(Flaw::Damaged)?;
        let (head, sealed) = block.split_at_checked(ROOM).ok_or(Flaw::Damaged)?;
        if sealed != seal(&[0; 32], 0, head) || !head.starts_with(MAGIC) {
            return Err(Flaw::Damaged);
        }
        let part = |from: usize, count: usize| head.get(from..from + count).unwrap_or_default();
        if part(24, 32) != maker() {
            return Err(Flaw::OtherProgram);
        }
        let tree = part(56, 20).try_into().map_err(|_| Flaw::Damaged)?;
        let (ids, entries) = (number(part(76, 8)), number(part(84, 8)));
        let index = Self {
            key: sha256(head),
            tree: ObjectId(tree),
            ids,
            entries,
            pages,
            blocks: RefCell::default(),
        };
        let blocks = index.first_entry().saturating_add(index.blocks());
        match blocks.checked_mul(wide(BLOCK)) == Some(index.pages.length()) {
            true => Ok(index),
            false => Err(Flaw::Damaged),
        }
    }

    /// The folder of records that it is of.
    pub fn tree(&self) -> ObjectId {
        self.tree
    }

    /// How many ids have a record there.
    pub fn ids(&self) -> u64 {
        self.ids
    }

    /// Step 8: the ids that have a mark, and perhaps others.
    pub fn find(&self, mark: Mark<'_>) -> Result<BTreeSet<Id>, Flaw> {
        let hash = mark.hash();
        let last = self.blocks();
        let (mut low, mut high) = (0, last);
        // The first block whose last entry is not below the hash.
        while low < high {
            let middle = low + (high - low) / 2;
            let ends = self.entries_of(middle)?.last().map(|(hash, _)| *hash);
            match ends.ok_or(Flaw::Damaged)? < hash {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let mut found = BTreeSet::new();
        for at in low..last {
            for (of, number) in self.entries_of(at)? {
                if of > hash {
                    return Ok(found);
                }
                if of == hash {
                    found.insert(self.id(u64::from(number))?);
                }
            }
        }
        Ok(found)
    }

    /// Step 7: the entries of one of their blocks, in order.
    pub fn entries_of(&self, at: u64) -> Result<Vec<(u64, u32)>, Flaw> {
        let each = wide(ROOM / ENTRY);
        let left = self
            .entries
            .saturating_sub(at.saturating_mul(each))
            .min(each);
        let block = self.block(self.first_entry() + at)?;
        let entries = block.chunks_exact(ENTRY).take(narrow(left));
        let entries = entries.filter_map(|entry| entry.split_at_checked(8));
        let read = entries.map(|(hash, of)| (number(hash), u32::try_from(number(of))));
        read.map(|(hash, of)| Ok((hash, of.map_err(|_| Flaw::Damaged)?)))
            .collect()
    }

    /// How many blocks of entries there are.
    pub fn blocks(&self) -> u64 {
        self.entries.div_ceil(wide(ROOM / ENTRY))
    }

    /// Step 3: an id by its number.
    pub fn id(&self, number: u64) -> Result<Id, Flaw> {
        let each = wide(ROOM / NAME);
        if number >= self.ids {
            return Err(Flaw::Damaged);
        }
        let block = self.block(1 + number / each)?;
        let name = block.chunks_exact(NAME).nth(narrow(number % each));
        let (length, name) = name
            .and_then(|name| name.split_first())
            .ok_or(Flaw::Damaged)?;
        let name = name.get(..usize::from(*length)).ok_or(Flaw::Damaged)?;
        let name = std::str::from_utf8(name).map_err(|_| Flaw::Damaged)?;
        Id::parse(name).map_err(|_| Flaw::Damaged)
    }

    /// The number of the first block of entries.
    fn first_entry(&self) -> u64 {
        1 + self.ids.div_ceil(wide(ROOM / NAME))
    }

    /// Step 9: the content of a block whose seal is right.
    fn block(&self, at: u64) -> Result<Rc<Vec<u8>>, Flaw> {
        if let Some(known) = self.blocks.borrow().get(&at) {
            return Ok(Rc::clone(known));
        }
        let from = at.checked_mul(wide(BLOCK)).ok_or(Flaw::Damaged)?;
        let mut block = self.pages.read(from, BLOCK).ok_or(Flaw::Damaged)?;
        let sealed = block.split_off(ROOM.min(block.len()));
        if sealed != seal(&self.key, at, &block) {
            return Err(Flaw::Damaged);
        }
        let block = Rc::new(block);
        let mut blocks = self.blocks.borrow_mut();
        if blocks.len() >= KEPT {
            blocks.clear();
        }
        blocks.insert(at, Rc::clone(&block));
        Ok(block)
    }
}

/// Step 2: what a block of this number is sealed with.
pub fn seal(key: &[u8; 32], at: u64, content: &[u8]) -> [u8; SEAL] {
    let digest = sha256(&[key, at.to_le_bytes().as_slice(), content].concat());
    digest.first_chunk().copied().unwrap_or_default()
}

/// Bytes as a number, the least first.
fn number(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// A count that fits into 64 bits on every machine.
pub fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn narrow(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("tree", &self.tree)
            .field("ids", &self.ids)
            .field("entries", &self.entries)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where this fails because a record is found by something else from now on, the number in `MAGIC` grows.
    #[test]
    fn the_marks_of_this_number_stay_what_they_are() {
        let key =
            "key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcX";
        let yaml = format!(
            "id: example-forum\nname: 'Examp1e Forum'\nnames:\n  ko: '예시 모임'\ndomain: 'forum.example'\nlistings:\n  \
             - letter: example-letter\n    version: 1\nstatements:\n  - text: |\n      {key}\n"
        );
        let id = Id::parse("example-forum").unwrap();
        let sketch = Sketch::read(&id, "example-forum.yaml", Some(yaml.as_bytes()));
        let all: Vec<u8> = marks(&sketch)
            .iter()
            .flat_map(|mark| mark.to_le_bytes())
            .collect();
        let counts = (
            (sketch.looks.len(), sketch.near.len(), sketch.domains.len()),
            (sketch.keys.len(), sketch.listed.len(), sketch.unsound),
        );
        assert_eq!(counts, ((3, 3, 1), (1, 1, true)));
        let known = "22d62b05c014ec307a263a08623aca4d113dfdc5fca27ff0ef8b97071929e3a3";
        let digest = crate::base::digest::Digest::of(&all).hex();
        let number = MAGIC.strip_prefix(b"undersigned index 1\n");
        assert!(digest == known && number.is_some(), "{digest}");
    }
}
