//! The judge: one signatory, one letter, one conclusion. The steps are those of docs/formats/10-standing.md.

use super::listing::Listings;
use super::standing::Standing;
use super::verdict::{Evidence, Verdict};
use crate::base::id::Id;
use crate::registry::holding::{BrokenRecord, Record};

/// Concludes about a record and a letter; nothing where the record says nothing about it.
pub fn judge(letter: &Id, at: usize, record: &Record, listings: &Listings) -> Option<Verdict> {
    // Step 1: what the record says of this letter.
    let mut listed: Option<&Evidence> = None;
    let mut refused = false;
    let mut versions = Vec::new();
    for (index, listing) in record.signatory.listings.iter().enumerate() {
        if listing.letter != *letter {
            continue;
        }
        // Step 2: a listing that does not hold refuses the record for this letter.
        let Some(evidence) = listings.evidence(at, index) else {
            refused = true;
            continue;
        };
        // Step 3: a listing that was taken back gives no standing.
        if listing.retracted.is_some() {
            continue;
        }
        // Step 4: of those that hold, the highest version counts.
        versions.push(evidence.version);
        if listed.is_none_or(|other| other.version < evidence.version) {
            listed = Some(evidence);
        }
    }
    let (standing, version) = match (refused, !versions.is_empty()) {
        (true, _) => (Standing::Refused, None),
        (false, true) => (Standing::Listed, listed.map(|evidence| evidence.version)),
        (false, false) => return None,
    };
    versions.retain(|other| Some(*other) != version);
    Some(Verdict {
        id: record.signatory.id.clone(),
        signatory: Some(record.signatory.clone()),
        standing,
        version,
        listing: listed.cloned(),
        also_listed_in: versions,
    })
}

/// A record that could not be read is refused for every letter that it seems to name.
pub fn judge_broken(letter: &Id, record: &BrokenRecord) -> Option<Verdict> {
    record.letters.contains(letter).then(|| Verdict {
        id: record.id.clone(),
        signatory: None,
        standing: Standing::Refused,
        version: None,
        listing: None,
        also_listed_in: Vec::new(),
    })
}
