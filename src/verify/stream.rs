//! All verdicts of a commit, its records read a part at a time and let go: kept are those that have a finding, a
//! listing, or something in common with another record. It concludes what `engine` does with all of them in memory.
//! Implements docs/formats/1-tree.md, reading a part at a time.

use super::clash::{looks, mixes_scripts};
use super::engine::conclude;
use super::fold::Fold;
use super::governance::Governance;
use super::judge::judge;
use super::keys::points;
use super::listing::Listings;
use super::standing::WORDS;
use super::verdict::{Report, Verdict};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::charter::in_file_order;
use crate::record::schema::Schemas;
use crate::registry::git::roll::{Roll, Sheet};
use crate::registry::holding::{BrokenRecord, Record, Registry};
use crate::registry::records::{ReadRecord, read_record};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What of the verdicts is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Each of them.
    Verdicts,
    /// How many there are of each standing, and those that have something to be told.
    Counts,
}

/// What all records come to.
#[derive(Debug)]
pub struct Concluded {
    /// The registry with the records that were kept, and no others.
    pub registry: Registry,
    /// What is concluded of all.
    pub report: Report,
    /// What the statements of those that were kept come to.
    pub folds: Vec<Fold>,
}

/// How many records can be told apart by the lower bits of a mark.
const MOST: usize = 1 << 24;

/// Judges every signatory on every letter; nothing where there are more records than can be told apart.
pub fn verify(
    frame: Registry,
    roll: &Roll,
    schemas: &Schemas,
    wanted: Wanted,
    mut told: impl FnMut(usize),
) -> Result<Option<Concluded>, Error> {
    let mut gathered = Gathered::default();
    let mut registry = frame;
    let governed = {
        let judge = Bench::of(&registry, schemas, wanted);
        roll.each(
            None,
            |sheet| judge.read(sheet),
            |place, read| {
                gathered.add(place, read);
                told(place + 1);
                Ok(())
            },
        )?;
        if gathered.places > MOST {
            return Ok(None);
        }
        let common = gathered.in_common();
        let again = Bench {
            keeps_all: true,
            ..judge
        };
        let mut kept = Vec::new();
        roll.each(
            Some(&common),
            |sheet| again.read(sheet),
            |_, read| {
                kept.push(read);
                Ok(())
            },
        )?;
        gathered.replace(kept);
        again.governance.findings
    };
    registry.findings.append(&mut gathered.findings);
    for read in gathered.broken {
        registry.broken_records.push(read);
    }
    registry.broken_records.sort_by(|a, b| a.id.cmp(&b.id));
    gathered
        .kept
        .sort_by(|(a, _), (b, _)| a.signatory.id.cmp(&b.signatory.id));
    let (records, folds): (Vec<Record>, Vec<Fold>) = gathered.kept.into_iter().unzip();
    registry.records = records;
    let (mut report, folds) = conclude(&registry, folds, governed);
    for letter in &mut report.letters {
        if let Some(verdicts) = gathered.verdicts.remove(&letter.id) {
            letter.verdicts.extend(verdicts);
            letter.verdicts.par_sort_by(|a, b| a.id.cmp(&b.id));
        }
        if let Some(counts) = gathered.counts.get(&letter.id) {
            letter.others = *counts;
        }
    }
    Ok(Some(Concluded {
        registry,
        report,
        folds,
    }))
}

/// What judges single records.
struct Bench<'a> {
    registry: &'a Registry,
    schemas: &'a Schemas,
    governance: Governance<'a>,
    listings: Listings,
    wanted: Wanted,
    /// The ids and keys of those who keep the registry.
    keepers: (BTreeSet<&'a Id>, BTreeSet<&'a [u8; 32]>),
    keeps_all: bool,
}

/// What one record gave.
#[derive(Default)]
struct Read {
    /// The record as it was read, where more is to be asked of it.
    kept: Option<(ReadRecord, Fold)>,
    /// What others could have in common with it.
    marks: Vec<u64>,
    /// What is concluded of it, by letter, where it has nothing to do with others.
    verdicts: Vec<(Id, usize, Option<Verdict>)>,
}

impl<'a> Bench<'a> {
    fn of(registry: &'a Registry, schemas: &'a Schemas, wanted: Wanted) -> Self {
        let mut keepers = (BTreeSet::new(), BTreeSet::new());
        if let Some(held) = &registry.charter {
            for (_, person) in in_file_order(&held.charter, &held.document) {
                keepers.0.insert(&person.id);
                keepers.1.insert(person.key.point());
            }
        }
        Self {
            registry,
            schemas,
            governance: Governance::of(registry),
            listings: Listings::default(),
            wanted,
            keepers,
            keeps_all: false,
        }
    }

    fn read(&self, sheet: Sheet) -> Read {
        let content = sheet.bytes.as_deref();
        let mut read = read_record(self.schemas, &sheet.path, &sheet.id, content);
        read.findings.extend(sheet.finding);
        let Ok(record) = &read.outcome else {
            return Read {
                kept: Some((read, Fold::default())),
                ..Read::default()
            };
        };
        let fold = Fold::of(self.registry, &self.governance, record);
        let marks = marks(record, &fold);
        let letters = self.registry.letters.values();
        let judged = letters.filter_map(|held| {
            let verdict = judge(&held.letter, 0, record, &self.listings, &fold)?;
            let standing = verdict.standing.word();
            let standing = WORDS.iter().position(|(word, _)| *word == standing)?;
            let verdict = (self.wanted == Wanted::Verdicts).then_some(verdict);
            Some((held.letter.id.clone(), standing, verdict))
        });
        let keeps = self.keeps(record, &read, &fold);
        let verdicts = match keeps && !self.keeps_all {
            true => Vec::new(),
            false => judged.collect(),
        };
        Read {
            kept: (keeps || self.keeps_all).then_some((read, fold)),
            marks,
            verdicts,
        }
    }

    /// Whether more is to be asked of a record than can be known of it alone.
    fn keeps(&self, record: &Record, read: &ReadRecord, fold: &Fold) -> bool {
        let signatory = &record.signatory;
        !read.findings.is_empty()
            || !fold.notes.is_empty()
            || fold.refused
            || !signatory.listings.is_empty()
            || self.keepers.0.contains(&signatory.id)
            || points(fold).any(|point| self.keepers.1.contains(point))
            || mixes_scripts(signatory)
    }
}

/// What two records cannot both have (docs/formats/11-clashes.md), each as a number that is the same for the same.
fn marks(record: &Record, fold: &Fold) -> Vec<u64> {
    let signatory = &record.signatory;
    let mut marks = Vec::new();
    for name in signatory.all_names() {
        marks.extend(
            looks(name.as_str())
                .iter()
                .map(|look| mark(b'n', look.as_bytes())),
        );
    }
    let domain = signatory.domain.iter();
    marks.extend(domain.map(|domain| mark(b'd', domain.as_str().as_bytes())));
    marks.extend(points(fold).map(|point| mark(b'k', point)));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Equal for what is equal; where it is equal for others, two records more are read again.
fn mark(kind: u8, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    bytes.hash(&mut hasher);
    hasher.finish() & !(MOST as u64 - 1)
}

/// What all records gave.
#[derive(Default)]
struct Gathered {
    places: usize,
    /// A mark in the upper bits, and the place of the record in the lower.
    marks: Vec<u64>,
    kept: Vec<(Record, Fold)>,
    kept_places: BTreeSet<usize>,
    broken: Vec<BrokenRecord>,
    findings: Vec<Finding>,
    verdicts: BTreeMap<Id, Vec<Verdict>>,
    counts: BTreeMap<Id, [usize; 7]>,
}

impl Gathered {
    fn add(&mut self, place: usize, read: Read) {
        self.places = place + 1;
        let place_bits = place as u64 & (MOST as u64 - 1);
        self.marks
            .extend(read.marks.iter().map(|mark| mark | place_bits));
        if let Some((read, fold)) = read.kept {
            self.kept_places.insert(place);
            self.keep(read, fold);
        }
        for (letter, standing, verdict) in read.verdicts {
            match verdict {
                Some(verdict) => self.verdicts.entry(letter).or_default().push(verdict),
                None => {
                    let counts = self.counts.entry(letter).or_default();
                    if let Some(count) = counts.get_mut(standing) {
                        *count += 1;
                    }
                }
            }
        }
    }

    fn keep(&mut self, read: ReadRecord, fold: Fold) {
        self.findings.extend(read.findings);
        match read.outcome {
            Ok(record) => self.kept.push((record, fold)),
            Err(broken) => self.broken.push(broken),
        }
    }

    /// The places of the records that may have something in common with another and were let go.
    fn in_common(&mut self) -> Vec<usize> {
        self.marks.par_sort_unstable();
        let place = |mark: u64| mark & (MOST as u64 - 1);
        let same = |one: &u64, other: &u64| one & !(MOST as u64 - 1) == other & !(MOST as u64 - 1);
        let mut places = BTreeSet::new();
        for group in self.marks.chunk_by(same).filter(|group| group.len() > 1) {
            places.extend(
                group
                    .iter()
                    .filter_map(|mark| usize::try_from(place(*mark)).ok()),
            );
        }
        self.marks = Vec::new();
        places.difference(&self.kept_places).copied().collect()
    }

    /// Takes in again what was let go, and takes back what was concluded of it.
    fn replace(&mut self, again: Vec<Read>) {
        let mut ids = BTreeSet::new();
        for read in again {
            for (letter, standing, verdict) in read.verdicts {
                match verdict {
                    Some(verdict) => drop(ids.insert(verdict.id)),
                    None => {
                        let counts = self.counts.entry(letter).or_default();
                        if let Some(count) = counts.get_mut(standing) {
                            *count = count.saturating_sub(1);
                        }
                    }
                }
            }
            if let Some((read, fold)) = read.kept {
                self.keep(read, fold);
            }
        }
        for verdicts in self.verdicts.values_mut().filter(|_| !ids.is_empty()) {
            verdicts.retain(|verdict| !ids.contains(&verdict.id));
        }
    }
}
