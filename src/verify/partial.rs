//! A shard's records judged alone, and what its partial report says to whoever merges it.
//! The steps are those of docs/formats/21-partial.md.

use super::fold::Fold;
use super::governance::Governance;
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::base::rule::{Rule, SIGNATURE_DOES_NOT_HOLD, USER_PRESENCE_MISSING};
use crate::registry::holding::{Record, Registry};
use crate::registry::note::Notes;
use crate::registry::object::ObjectId;
use crate::registry::relied::Relied;
use crate::registry::shard::Shard;
use crate::registry::snapshot::{File, Snapshot};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Under these rules falls every signature that does not hold, or that is missing.
const FAILED: [&Rule; 2] = [&SIGNATURE_DOES_NOT_HOLD, &USER_PRESENCE_MISSING];

/// What to do about a partial report that does not fit.
const ANEW: &str = "Make it anew, from this commit and with this program.";

/// What a shard's run found of signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The registry's origin, where the charter could be read.
    pub origin: Option<String>,
    /// The commit that was judged.
    pub commit: String,
    /// Which shard it is.
    pub shard: Shard,
    /// How many record files fall into it.
    pub records: usize,
    /// Those whose every signature holds, as the blobs that they are.
    pub hold: BTreeSet<ObjectId>,
}

/// A partial report with the name of the file that it lies in.
pub type Named = (String, Partial);

/// Steps 5 to 8: judges the records of a shard, each by itself, with the charter and the letters of its commit.
///
/// The snapshot and the registry are those of the shard alone ([`Shard::narrow`]).
pub fn judge(shard: Shard, snapshot: &Snapshot, registry: &Registry) -> (Partial, Vec<Finding>) {
    // The narrowed snapshot has no other record.
    let files: Vec<&File> = Shard::WHOLE.files(snapshot).collect();
    let objects: BTreeMap<&str, Option<ObjectId>> = files
        .iter()
        .map(|file| (file.path.as_str(), file.object.map(ObjectId)))
        .collect();
    let governance = Governance::of(registry);
    let records = registry.records.par_iter();
    let folds: Vec<Fold> = records
        .map(|record| Fold::of(registry, &governance, record))
        .collect();
    let mut hold = BTreeSet::new();
    let mut notes = Notes::default();
    for (at, (record, fold)) in registry.records.iter().zip(folds).enumerate() {
        let failed = fold.notes.iter().any(|note| note.is_of(&FAILED));
        if is_signed(record) && !failed {
            let object = objects.get(record.source.path()).copied();
            hold.extend(object.flatten());
        }
        fold.notes.into_iter().for_each(|note| notes.add(at, note));
    }
    let own = registry.findings.iter();
    let own = own.filter(|finding| objects.contains_key(finding.path.as_str()));
    let mut findings: Vec<Finding> = own.cloned().collect();
    findings.extend(notes.findings(registry));
    Finding::sort(&mut findings);
    let partial = Partial {
        origin: origin(registry),
        commit: registry.revision.clone().unwrap_or_default(),
        shard,
        records: files.len(),
        hold,
    };
    (partial, findings)
}

/// Whether there is a signature in a record to be asked for.
fn is_signed(record: &Record) -> bool {
    !record.entries.is_empty() || !record.attestations.is_empty()
}

/// Steps 12 to 16: the records whose signatures need not be computed again, where the reports fit each other and the commit.
pub fn merge(partials: &[Named], snapshot: &Snapshot) -> Result<Relied, Error> {
    let Some((first, one)) = partials.first() else {
        return Ok(Relied::default());
    };
    let mut by_number: BTreeMap<usize, &Named> = BTreeMap::new();
    for named in partials {
        let (file, partial) = named;
        is_of_this(file, partial, snapshot)?;
        let (here, there) = (partial.shard.of(), one.shard.of());
        if here != there {
            let what = format!(
                "{file} is of a run in {}, and {first} of one in {}",
                count(here, "shard"),
                count(there, "shard")
            );
            return Err(Error::new(what).with_help("Give the partial reports of one run."));
        }
        if let Some((other, _)) = by_number.insert(partial.shard.number(), named) {
            let what = format!("{other} and {file} are both of shard {}", partial.shard);
            return Err(Error::new(what).with_help("Give the partial report of each shard once."));
        }
    }
    let of = one.shard.of();
    let missing: Vec<String> = (1..=of)
        .filter(|number| !by_number.contains_key(number))
        .map(|number| format!("{number}/{of}"))
        .collect();
    if !missing.is_empty() {
        let noun = if missing.len() == 1 {
            "shard"
        } else {
            "shards"
        };
        let what = format!("no partial report is of {noun} {}", missing.join(", "));
        return Err(Error::new(what).with_help(
            "Give the partial reports of all shards; one that ended with exit code 2 has none.",
        ));
    }
    let mut relied = Vec::new();
    for (file, partial) in by_number.into_values() {
        relied.extend(covered(file, partial, snapshot)?);
    }
    Ok(Relied::of(relied))
}

/// Step 12: the commit that all of them name, where it is one.
pub fn commit(partials: &[Named]) -> Result<&str, Error> {
    let Some((first, one)) = partials.first() else {
        return Err(Error::new("no partial report names a commit").with_help(ANEW));
    };
    match partials
        .iter()
        .find(|(_, other)| other.commit != one.commit)
    {
        None => Ok(&one.commit),
        Some((file, other)) => {
            let what = format!(
                "{file} is of the commit {}, and {first} of {}",
                other.commit, one.commit
            );
            Err(Error::new(what).with_help("Give the partial reports of one run."))
        }
    }
}

/// Step 12: it is of the commit that is judged.
fn is_of_this(file: &str, partial: &Partial, snapshot: &Snapshot) -> Result<(), Error> {
    let judged = snapshot.revision.as_deref().unwrap_or_default();
    if partial.commit == judged {
        return Ok(());
    }
    let what = format!(
        "{file} is of the commit {}, and {judged} is judged",
        partial.commit
    );
    Err(Error::new(what).with_help("Let all shards and the merge name one commit."))
}

/// Step 12: each is of the registry's origin, once that is read.
pub fn are_of(partials: &[Named], registry: &Registry) -> Result<(), Error> {
    let origin = origin(registry);
    match partials.iter().find(|(_, one)| one.origin != origin) {
        None => Ok(()),
        Some((file, _)) => {
            let what = format!("{file} is of a registry with another origin");
            Err(Error::new(what).with_help(ANEW))
        }
    }
}

fn origin(registry: &Registry) -> Option<String> {
    let charter = registry.charter.as_ref();
    charter.map(|held| held.charter.origin.to_string())
}

/// Steps 14 and 15: the paths of the records whose signatures it says hold; it is about the records of its shard alone.
fn covered(file: &str, partial: &Partial, snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    let records: Vec<_> = partial.shard.files(snapshot).collect();
    if records.len() != partial.records {
        let what = format!(
            "{file} is of {}, and {} of this commit fall into shard {}",
            count(partial.records, "record"),
            records.len(),
            partial.shard
        );
        return Err(Error::new(what).with_help(ANEW));
    }
    let mut met = BTreeSet::new();
    let mut paths = Vec::new();
    for record in records {
        let object = record.object.map(ObjectId);
        if let Some(object) = object.filter(|object| partial.hold.contains(object)) {
            met.insert(object);
            paths.push(record.path.clone());
        }
    }
    if let Some(stray) = partial.hold.difference(&met).next() {
        let what = format!("{file} names {stray}, which is no record of its shard");
        return Err(Error::new(what).with_help(ANEW));
    }
    Ok(paths)
}
