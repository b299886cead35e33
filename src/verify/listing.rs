//! Listings against the text: each spelling gets its places, the longest first, none to two signatories.
//! Implements docs/formats/9-listing.md.

use super::verdict::Evidence;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::base::rule::{
    LETTER_UNKNOWN, LISTING_NOT_BOUNDED, LISTING_NOT_IN_TEXT, LISTING_REPEATED, LOOK_ALIKE_NAME,
    VERSION_UNKNOWN,
};
use crate::base::source::Source;
use crate::letter::place::{Place, fold_blanks, places};
use crate::record::route::Route;
use crate::record::signatory::Listing;
use crate::registry::holding::Registry;
use crate::registry::letters::HeldText;
use crate::registry::note::{Note, Notes};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The listings of a registry after comparison with the texts.
#[derive(Debug, Default)]
pub struct Listings {
    /// The evidence of each listing that holds, by record and listing.
    held: BTreeMap<(usize, usize), Evidence>,
    /// Those that do not hold because others have their places.
    contested: BTreeSet<(usize, usize)>,
    /// What does not hold.
    pub notes: Notes,
}

/// One spelling of one listing, on its way to its places.
struct Claim<'a> {
    record: usize,
    listing: usize,
    spelling: usize,
    text: &'a str,
    /// The same with its runs of blanks folded, which is what is looked for and measured.
    folded: String,
    retracted: bool,
}

/// A place that is given away: where it ends, and to which record.
type Taken = BTreeMap<usize, (usize, usize)>;

impl Listings {
    /// Compares every listing with the authentic text of its version.
    pub fn compare(registry: &Registry) -> Self {
        let mut listings = Self::default();
        let mut wanted: BTreeMap<(&Id, u64), Vec<(usize, usize)>> = BTreeMap::new();
        for (at, record) in registry.records.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for (index, listing) in record.signatory.listings.iter().enumerate() {
                let key = (&listing.letter, listing.version);
                if !seen.insert(key) {
                    listings.notes.add(at, repeated(index));
                } else if let Some(note) = unknown(registry, listing, index) {
                    listings.notes.add(at, note);
                } else {
                    wanted.entry(key).or_default().push((at, index));
                }
            }
        }
        for ((letter, version), claimed) in wanted {
            // Of a letter that cannot be read nothing is concluded.
            let Some(held) = registry.letters.get(letter) else {
                continue;
            };
            match held.authentic(version) {
                Some(text) => listings.give_places(registry, version, text, &claimed),
                None => {
                    for (record, listing) in claimed {
                        let note = without_text(letter, version, listing);
                        listings.notes.add(record, note);
                    }
                }
            }
        }
        listings
    }

    /// The evidence of a listing; nothing where it does not hold.
    pub fn evidence(&self, record: usize, listing: usize) -> Option<&Evidence> {
        self.held.get(&(record, listing))
    }

    /// Whether a listing that does not hold only lost its place to another signatory's.
    pub fn is_contested(&self, record: usize, listing: usize) -> bool {
        self.contested.contains(&(record, listing))
    }

    /// docs/formats/9-listing.md, giving places.
    fn give_places(
        &mut self,
        registry: &Registry,
        version: u64,
        text: &HeldText,
        claimed: &[(usize, usize)],
    ) {
        let body = String::from_utf8_lossy(&text.bytes);
        let source = Source::new(text.path.as_str(), body.as_ref());
        let claims = in_order(registry, claimed);
        let spellings: Vec<&str> = claims.iter().map(|claim| claim.folded.as_str()).collect();
        let found = places(&body, &spellings);
        let mut taken = Taken::new();
        for (record, listing) in claimed {
            let evidence = Evidence {
                version,
                path: text.path.clone(),
                spellings: Vec::new(),
            };
            self.held.insert((*record, *listing), evidence);
        }
        let mut given: Vec<(&Claim<'_>, Option<Place>)> = Vec::new();
        for (claim, places) in claims.iter().zip(&found) {
            let free: Vec<&Place> = places
                .iter()
                .filter(|place| held_by_other(&taken, place, claim.record).is_none())
                .collect();
            if let Some((owner, note)) = contested(registry, &taken, claim, places, &free) {
                self.notes.add(owner, note);
            }
            if let Some(note) = judge(registry, &taken, claim, places, &free) {
                if note.is_error() {
                    if !places.is_empty() {
                        self.contested.insert((claim.record, claim.listing));
                    }
                    self.held.remove(&(claim.record, claim.listing));
                }
                self.notes.add(claim.record, note);
            }
            let best = free.iter().find(|place| place.bounded).or(free.first());
            given.push((claim, best.map(|place| **place)));
            for place in free {
                // A spelling's own places may overlap; the first of them stands.
                if !is_covered(&taken, place) {
                    taken.insert(place.span.start, (place.span.end, claim.record));
                }
            }
        }
        self.keep(&source, given);
    }

    /// Writes down where each spelling stands, in the order of the record.
    fn keep(&mut self, source: &Source, mut given: Vec<(&Claim<'_>, Option<Place>)>) {
        given.sort_by_key(|(claim, _)| (claim.record, claim.listing, claim.spelling));
        let starts = given
            .iter()
            .filter_map(|(_, place)| place.map(|place| place.span.start));
        let columns = source.columns(starts.collect());
        for (claim, place) in given {
            if let Some(evidence) = self.held.get_mut(&(claim.record, claim.listing)) {
                let place = place.and_then(|place| columns.get(&place.span.start).copied());
                evidence.spellings.push((claim.text.to_owned(), place));
            }
        }
    }
}

/// Longest first; then by bytes; then what is not retracted; then by id, which is the order of records.
fn in_order<'a>(registry: &'a Registry, claimed: &[(usize, usize)]) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for (record, listing) in claimed {
        let Some(entry) = registry
            .records
            .get(*record)
            .and_then(|found| found.signatory.listings.get(*listing))
        else {
            continue;
        };
        for (spelling, text) in entry.spellings.iter().enumerate() {
            claims.push(Claim {
                record: *record,
                listing: *listing,
                spelling,
                text: text.as_str(),
                folded: fold_blanks(text.as_str()),
                retracted: entry.retracted.is_some(),
            });
        }
    }
    claims.sort_by_cached_key(|claim| {
        let length = claim.folded.chars().count();
        let text = claim.folded.clone();
        (Reverse(length), text, claim.retracted, claim.record)
    });
    claims
}

/// Another record that has a place overlapping this one; one's own places may lie inside each other.
fn held_by_other(taken: &Taken, place: &Place, record: usize) -> Option<usize> {
    taken
        .range(..place.span.end)
        .rev()
        .take_while(|(_, (end, _))| *end > place.span.start)
        .map(|(_, (_, owner))| *owner)
        .find(|owner| *owner != record)
}

/// Whether a place that overlaps this one is given away.
fn is_covered(taken: &Taken, place: &Place) -> bool {
    let before = taken.range(..place.span.end).next_back();
    before.is_some_and(|(_, (end, _))| *end > place.span.start)
}

/// The way to a spelling in its record.
fn route_of(listing: usize, spelling: usize) -> Route {
    let listing = Route::root().key("listings").item(listing);
    listing.key("as").item(spelling)
}

fn judge(
    registry: &Registry,
    taken: &Taken,
    claim: &Claim<'_>,
    places: &[Place],
    free: &[&Place],
) -> Option<Note> {
    let route = route_of(claim.listing, claim.spelling);
    let spelling = quote(claim.text);
    // A listing that was taken back may have lost its places to one that was not; it had some.
    if claim.retracted && !places.is_empty() {
        return None;
    }
    if free.is_empty() {
        let owner = places
            .first()
            .and_then(|place| held_by_other(taken, place, claim.record))
            .and_then(|owner| registry.records.get(owner));
        let message = match owner {
            None => format!("{spelling} does not stand in the letter's text"),
            Some(owner) => format!(
                "{spelling} stands in the letter's text only where `{}` is named",
                owner.signatory.id
            ),
        };
        return Some(Note::new(&LISTING_NOT_IN_TEXT, route, message));
    }
    if free.iter().any(|place| place.bounded) {
        return None;
    }
    let message = format!("{spelling} stands in the letter's text only in the middle of a line");
    Some(Note::new(&LISTING_NOT_BOUNDED, route, message))
}

/// Two list one spelling: only the first can have its places, and both are to be looked at.
fn contested(
    registry: &Registry,
    taken: &Taken,
    claim: &Claim<'_>,
    places: &[Place],
    free: &[&Place],
) -> Option<(usize, Note)> {
    if claim.retracted || !free.is_empty() {
        return None;
    }
    let owner = held_by_other(taken, places.first()?, claim.record)?;
    let record = registry.records.get(owner)?;
    let loser = registry.records.get(claim.record)?;
    let mut listings = record.signatory.listings.iter().enumerate();
    let own = loser.signatory.listings.get(claim.listing)?;
    let (index, spelling) = listings.find_map(|(index, listing)| {
        let of_this = listing.letter == own.letter && listing.version == own.version;
        let mut spellings = listing.spellings.iter();
        let same = spellings.position(|text| fold_blanks(text.as_str()) == claim.folded)?;
        (of_this && listing.retracted.is_none()).then_some((index, same))
    })?;
    let route = route_of(index, spelling);
    let message = format!(
        "{} is also listed by `{}`",
        quote(claim.text),
        loser.signatory.id
    );
    Some((owner, Note::new(&LOOK_ALIKE_NAME, route, message)))
}

/// Nothing can be compared with a text that is not what it should be, so that the listing does not hold.
fn without_text(letter: &Id, version: u64, index: usize) -> Note {
    let route = Route::root().key("listings").item(index);
    let message = format!(
        "the text of version {version} of `{letter}` is not there as letter.yaml states it, so that nobody is found in it"
    );
    let help = "Restore the exact text; the finding at letter.yaml says what is wrong with it.";
    Note::new(&LISTING_NOT_IN_TEXT, route, message).with_help(help)
}

fn repeated(index: usize) -> Note {
    let route = Route::root().key("listings").item(index);
    let message = "this version of the letter is listed in the record already";
    Note::new(&LISTING_REPEATED, route, message)
}

/// A listing of a letter or version that the registry does not hold.
fn unknown(registry: &Registry, listing: &Listing, index: usize) -> Option<Note> {
    let route = Route::root().key("listings").item(index);
    match registry.letters.get(&listing.letter) {
        Some(held) if held.letter.version(listing.version).is_some() => None,
        Some(held) => {
            let newest = held.letter.current().map_or(0, |version| version.number);
            let message = format!(
                "the letter `{}` has no version {}",
                listing.letter, listing.version
            );
            let note = Note::new(&VERSION_UNKNOWN, route.key("version"), message);
            Some(note.with_help(format!("Its newest version is {newest}.")))
        }
        None if registry.broken_letters.contains(&listing.letter) => None,
        None => {
            let message = format!("there is no letter `{}`", listing.letter);
            let known: Vec<&str> = registry
                .letters
                .keys()
                .map(|id| id.as_str())
                .take(5)
                .collect();
            let note = Note::new(&LETTER_UNKNOWN, route.key("letter"), message);
            Some(match known[..] {
                [] => note,
                _ => note.with_help(format!("The registry holds {}.", known.join(", "))),
            })
        }
    }
}
