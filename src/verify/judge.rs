//! The judge: one signatory, one letter, one conclusion. The steps are those of docs/formats/10-standing.md.

use super::attestation::{Attested, Effect};
use super::binding::Binding;
use super::fold::Fold;
use super::held::Held;
use super::listing::Listings;
use super::standing::Standing;
use super::verdict::{Evidence, Verdict};
use crate::base::id::Id;
use crate::base::language::Language;
use crate::letter::Letter;
use crate::registry::holding::{BrokenRecord, Record};
use crate::statement::action::Action;

/// Concludes about a record and a letter; nothing where the record says nothing about it.
pub fn judge(
    letter: &Letter,
    at: usize,
    record: &Record,
    listings: &Listings,
    fold: &Fold,
) -> Option<Verdict> {
    // Step 1: what the record says of this letter.
    let listed = listed(&letter.id, at, record, listings);
    let said = fold.held.iter();
    let said: Vec<&Held> = said
        .filter(|held| held.letter() == Some(&letter.id) && held.counts())
        .collect();
    let conclude = |standing: Standing, version| Verdict {
        domain_withdrawals: match standing {
            // By then the key, or the maintainers, have said more than the domain.
            Standing::Withdrawn | Standing::Removed | Standing::Refused => Vec::new(),
            _ => domain_withdrawals(&letter.id, fold),
        },
        id: record.signatory.id.clone(),
        signatory: Some(record.signatory.clone()),
        standing,
        version,
        listing: listed.evidence.cloned(),
        also_listed_in: listed.also.clone(),
        endorsements: Vec::new(),
        withdrawal: None,
        removal: None,
        recovery: fold.recovery().cloned().map(Box::new),
        binding: fold.binding.clone(),
        endorsed_texts: None,
    };
    // Without a charter nobody knows which registry a statement is for: nothing is concluded.
    if fold.open {
        return None;
    }
    // Step 2: whatever does not hold refuses the record.
    if (listed.refused && (said.is_empty() || !listed.contested))
        || (fold.refused && record.letters.contains(&letter.id))
    {
        return Some(conclude(Standing::Refused, None));
    }
    // Step 3: who is removed is so for every letter that the record names.
    if let Some(removal) = fold.removal()
        && record.letters.contains(&letter.id)
    {
        return Some(Verdict {
            removal: Some(Box::new(removal.clone())),
            ..conclude(Standing::Removed, None)
        });
    }
    // Step 4: of endorsements and withdrawals the last decides; what was endorsed before a withdrawal is withdrawn.
    let withdrawn = said
        .iter()
        .rposition(|held| held.action() == Action::Withdraw);
    let since = withdrawn.map_or(0, |at| at + 1);
    let endorsements: Vec<Held> = said
        .iter()
        .skip(since)
        .map(|held| (*held).clone())
        .collect();
    if let Some(last) = endorsements.last() {
        let version = last.version();
        // Step 5: an earlier version's endorsement is none of the current one.
        let current = letter.current().map(|version| version.number);
        let bound = fold.binding.proof().filter(|_| !last.is_replaced());
        let standing = match (version == current, bound) {
            (true, Some(proof)) => Standing::Verified(proof),
            (true, None) => Standing::Signed,
            (false, _) => Standing::Superseded,
        };
        return Some(Verdict {
            endorsed_texts: some_texts(letter, last),
            endorsements,
            ..conclude(standing, version)
        });
    }
    if let Some(withdrawal) = withdrawn.and_then(|at| said.get(at)) {
        return Some(Verdict {
            withdrawal: Some(Box::new((*withdrawal).clone())),
            ..conclude(Standing::Withdrawn, None)
        });
    }
    // Step 6: who signed nothing is listed, in the highest version that names it.
    let evidence = listed.evidence?;
    Some(conclude(Standing::Listed, Some(evidence.version)))
}

/// The observations that count in which the domain says that it withdraws from a letter (docs/formats/19-observing.md, step 20).
fn domain_withdrawals(letter: &Id, fold: &Fold) -> Vec<Attested> {
    let counting = fold
        .attested
        .iter()
        .filter(|one| one.effect == Effect::Counts);
    let said = counting.filter(|one| one.observes && one.withdraws.contains(letter));
    said.cloned().collect()
}

/// The languages that an endorsement names, where its version has texts in others too.
fn some_texts(letter: &Letter, held: &Held) -> Option<Vec<Language>> {
    let version = letter.version(held.version()?)?;
    let all = version.texts.iter().map(|text| &text.language);
    let others = all.filter(|language| !held.languages().contains(language));
    (others.count() > 0).then(|| held.languages().to_vec())
}

/// What the listings of a record come to for one letter.
struct Listed<'a> {
    /// Whether one does not hold.
    refused: bool,
    /// Whether those that do not hold only lost their places to others.
    contested: bool,
    /// The one that counts.
    evidence: Option<&'a Evidence>,
    /// The other versions.
    also: Vec<u64>,
}

/// Steps 1, 2 and 6 for listings: one that does not hold refuses, one that was taken back counts for nothing.
fn listed<'a>(letter: &Id, at: usize, record: &Record, listings: &'a Listings) -> Listed<'a> {
    let mut listed = Listed {
        refused: false,
        contested: true,
        evidence: None,
        also: Vec::new(),
    };
    for (index, listing) in record.signatory.listings.iter().enumerate() {
        if listing.letter != *letter {
            continue;
        }
        let Some(evidence) = listings.evidence(at, index) else {
            listed.refused = true;
            listed.contested &= listings.is_contested(at, index);
            continue;
        };
        if listing.retracted.is_some() {
            continue;
        }
        listed.also.push(evidence.version);
        if listed
            .evidence
            .is_none_or(|other| other.version < evidence.version)
        {
            listed.evidence = Some(evidence);
        }
    }
    let highest = listed.evidence.map(|evidence| evidence.version);
    listed.also.retain(|other| Some(*other) != highest);
    listed
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
        endorsements: Vec::new(),
        withdrawal: None,
        removal: None,
        recovery: None,
        binding: Binding::default(),
        domain_withdrawals: Vec::new(),
        endorsed_texts: None,
    })
}
