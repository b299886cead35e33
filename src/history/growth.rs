//! What steps added to a record since something of it was lost: it belongs to what is owed.
//! Implements docs/formats/16-history.md, step 26.

use super::lists::{Fate, List, changes, holds, is, same, same_listing};
use super::sketch::items;
use crate::record::document::{Document, Node};

const LISTS: [List; 3] = [List::Statements, List::Attestations, List::Listings];

/// What steps added to the lists of a record, in their order.
#[derive(Debug, Clone, Default)]
pub struct Growth {
    entries: Vec<(List, Node)>,
    /// Spellings and retractions of listings that were there, each with its listing.
    changes: Vec<(Node, Node)>,
}

impl Growth {
    /// What one state of a record has and an earlier one, or none, has not.
    ///
    /// A retraction that was edited adds nothing.
    pub fn between(before: Option<&Document>, after: &Document) -> Self {
        let old = |list: List| before.map_or(&[][..], |before| items(before.root(), list.key()));
        let mut growth = Self::default();
        for list in [List::Statements, List::Attestations] {
            let new = items(after.root(), list.key()).iter();
            let new = new.filter(|entry| !old(list).iter().any(|other| same(entry, other)));
            growth
                .entries
                .extend(new.map(|entry| (list, entry.clone())));
        }
        for listing in items(after.root(), List::Listings.key()) {
            let mut known = old(List::Listings).iter();
            let Some(known) = known.find(|other| same_listing(listing, other)) else {
                growth.entries.push((List::Listings, listing.clone()));
                continue;
            };
            let more = changes(listing, known).into_iter();
            let more = more.filter_map(|fate| match fate {
                Fate::SpellingGone(spelling) => {
                    let mut spellings = items(listing, "as").iter();
                    spellings.find(|one| one.text() == Some(&spelling)).cloned()
                }
                Fate::RetractionChanged if known.get("retracted").is_none() => {
                    listing.get("retracted").cloned()
                }
                _ => None,
            });
            growth
                .changes
                .extend(more.map(|value| (listing.clone(), value)));
        }
        growth
    }

    /// Keeps the signed entries that a test passes, and all else only if that is asked for.
    pub fn retain(&mut self, signed: impl Fn(List, &Node) -> bool, listings: bool) {
        self.entries.retain(|(list, entry)| match list {
            List::Listings => listings,
            List::Statements | List::Attestations => signed(*list, entry),
        });
        if !listings {
            self.changes.clear();
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.changes.is_empty()
    }

    /// The texts of the statements that were added.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let statements = self
            .entries
            .iter()
            .filter(|(list, _)| *list == List::Statements);
        statements.filter_map(|(_, entry)| entry.get("text").and_then(Node::text))
    }

    /// What was added later still; what was there once is owed once.
    pub fn extend(&mut self, later: Self) {
        for (list, entry) in later.entries {
            let same_place = |one: &Node| match list {
                List::Listings => same_listing(one, &entry),
                List::Statements | List::Attestations => same(one, &entry),
            };
            let mut known = self.entries.iter_mut().filter(|(of, _)| *of == list);
            match known.find(|(_, one)| same_place(one)) {
                None => self.entries.push((list, entry)),
                // A listing grew: the later form has all of the earlier one.
                Some((_, one)) if is(list, one, &entry) => *one = entry,
                Some((_, one)) => {
                    let has = |value: &&Node| values(one).any(|had| same(had, value));
                    let more = values(&entry).filter(|value| !has(value));
                    let more: Vec<Node> = more.cloned().collect();
                    let more = more.into_iter().map(|value| (entry.clone(), value));
                    self.changes.extend(more);
                }
            }
        }
        self.changes.extend(later.changes);
    }

    /// Whether a record has all of it that none of the others has, in its order.
    pub fn is_in(&self, record: &Document, but: &[&Document]) -> bool {
        let known = |list: List, entry: &Node| but.iter().any(|one| holds(one, list, entry));
        let entries = LISTS.into_iter().all(|list| {
            let mut there = items(record.root(), list.key()).iter();
            let wanted = self
                .entries
                .iter()
                .filter(|(of, entry)| *of == list && !known(list, entry));
            wanted
                .map(|(_, entry)| entry)
                .all(|entry| there.any(|one| is(list, entry, one)))
        });
        let listings = items(record.root(), List::Listings.key());
        entries
            && self.changes.iter().all(|(listing, value)| {
                let mut all = listings.iter().filter(|other| same_listing(listing, other));
                all.any(|listing| values(listing).any(|one| same(one, value)))
            })
    }

    /// Whether a record says nothing that is neither here nor in one of the others.
    ///
    /// Details that nobody signed are those of the record as it is now, where it is.
    pub fn covers(&self, record: &Document, now: Option<&Document>, others: &[&Document]) -> bool {
        let all = || others.iter().copied().chain(now);
        let entries = |list: List| {
            let docs = all().flat_map(move |one| items(one.root(), list.key()));
            let own = self.entries.iter().filter(move |(of, _)| *of == list);
            docs.chain(own.map(|(_, entry)| entry))
                .collect::<Vec<&Node>>()
        };
        let signed = [List::Statements, List::Attestations]
            .into_iter()
            .all(|list| {
                let known = entries(list);
                let mut there = items(record.root(), list.key()).iter();
                there.all(|entry| known.iter().any(|other| same(entry, other)))
            });
        let listings = entries(List::Listings);
        let listed = items(record.root(), List::Listings.key())
            .iter()
            .all(|listing| {
                let of = || listings.iter().filter(|other| same_listing(listing, other));
                let has = |value: &Node| {
                    let mut grown = self.changes.iter();
                    of().any(|other| values(other).any(|one| same(one, value)))
                        || grown
                            .any(|(known, one)| same_listing(listing, known) && same(one, value))
                };
                of().next().is_some() && values(listing).all(has)
            });
        signed && listed && Self::details(record, now, others)
    }

    fn details(record: &Document, now: Option<&Document>, others: &[&Document]) -> bool {
        let speaks = !items(record.root(), List::Statements.key()).is_empty();
        let keys = [
            "name",
            "names",
            "country",
            "website",
            "domain",
            "accreditations",
        ];
        let field = |document: &Document, key: &str| document.root().get(key).cloned();
        keys.into_iter().all(|key| {
            let is = field(record, key);
            let agrees = |other: &Document| match (&is, field(other, key)) {
                (Some(one), Some(other)) => same(one, &other),
                (one, other) => one.is_none() && other.is_none(),
            };
            // What statements give is judged with them.
            let signed = speaks && key != "accreditations";
            match now {
                Some(now) if !signed => agrees(now),
                _ => now.into_iter().chain(others.iter().copied()).any(agrees),
            }
        })
    }
}

/// The spellings and the retraction of a listing.
fn values(listing: &Node) -> impl Iterator<Item = &Node> {
    items(listing, "as").iter().chain(listing.get("retracted"))
}
