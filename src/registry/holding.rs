//! A registry in memory: what its files say, and what is wrong with each by itself.

use super::letters::HeldLetter;
use super::relied::Relied;
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::source::Source;
use crate::record::charter::Charter;
use crate::record::document::Document;
use crate::record::entry::Entry;
use crate::record::signatory::Signatory;
use crate::signature::key::PublicKey;
use crate::statement::deed::Deed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A registry in memory.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The commit, or nothing for the work tree.
    pub revision: Option<String>,
    /// The charter, where it could be read.
    pub charter: Option<HeldCharter>,
    /// The superseded charters that could be read, by the number in their file's name.
    pub superseded: BTreeMap<u64, HeldCharter>,
    /// The letters that could be read, by id.
    pub letters: BTreeMap<Id, HeldLetter>,
    /// The letters whose letter.yaml is there and could not be read.
    pub broken_letters: BTreeSet<Id>,
    /// The records that could be read, in order of id.
    pub records: Vec<Record>,
    /// The records that could not, in order of id.
    pub broken_records: Vec<BrokenRecord>,
    /// What is wrong with each file by itself.
    pub findings: Vec<Finding>,
    /// Records for whose signatures a merge relies on partial reports; else none.
    pub relied: Relied,
}

impl Registry {
    /// Whether its records lie in shards: a new one goes where the others are.
    pub fn is_sharded(&self) -> bool {
        let mut paths = self.records.iter().map(|record| record.source.path());
        paths
            .next()
            .is_some_and(|path| path.matches('/').count() > 2)
    }
}

/// The charter as it was read.
#[derive(Debug, Clone)]
pub struct HeldCharter {
    /// What it says.
    pub charter: Charter,
    /// The digest of its bytes before the line `statements:`.
    pub digest: Digest,
    /// Its `govern` statements as they were read, one for each under `statements`.
    pub entries: Vec<Entry>,
    /// The file as a tree, for findings that need a place in it.
    pub document: Document,
}

/// A signatory's record as it was read.
#[derive(Debug, Clone)]
pub struct Record {
    /// The file's text with its path.
    pub source: Source,
    /// What it says.
    pub signatory: Arc<Signatory>,
    /// Its statements as they were read, one for each under `statements`.
    pub entries: Vec<Entry>,
    /// Its attestations as they were read, one for each under `attestations`.
    pub attestations: Vec<Entry>,
    /// Every letter that it names: in a listing, and in a line of a statement, whatever is wrong with that.
    pub letters: BTreeSet<Id>,
}

impl Record {
    /// The keys that its own statements name, whether they hold or not: the place of each, its key, and the new one.
    pub fn named_keys(&self) -> impl Iterator<Item = (usize, &PublicKey, Option<&PublicKey>)> {
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(index, entry)| match &entry.statement.as_ref()?.deed {
            Deed::Own { key, act, .. } => Some((index, key, act.new_key())),
            _ => None,
        })
    }
}

/// A record that could not be read, and the letters that it seems to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRecord {
    /// The id, from the file's name.
    pub id: Id,
    /// Where it lies.
    pub path: String,
    /// Every letter that it seems to name.
    pub letters: BTreeSet<Id>,
}
