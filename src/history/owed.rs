//! What is owed after a loss, and whether a later step gives it back. Implements docs/formats/16-history.md, step 26.

use super::charter;
use super::letters::{self, letter};
use super::lineage::record;
use super::lists::{List, Order, added, holds};
use super::sketch::items;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::document::{Document, Node};
use crate::registry::git::difference::Difference;
use crate::registry::holding::Registry;
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::BTreeMap;

/// What can be owed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A signatory's record.
    Record(Id),
    /// A letter.
    Letter(Id),
    /// The charter.
    Charter,
    /// A superseded charter, by its path.
    Superseded(String),
}

/// What was there before something was lost, and what was added lawfully since.
#[derive(Debug, Default)]
pub struct Owed {
    records: BTreeMap<Id, RecordDue>,
    letters: BTreeMap<Id, LetterDue>,
    charter: Option<Option<ObjectId>>,
    superseded: BTreeMap<String, Option<ObjectId>>,
}

#[derive(Debug, Default)]
struct RecordDue {
    /// The record before the first loss, and as other parents of merges had it.
    was: Vec<(Document, Order)>,
    /// Where those lie.
    trees: Vec<Option<ObjectId>>,
    /// What lawful steps added since.
    since: Vec<(List, Node)>,
}

#[derive(Debug, Default)]
struct LetterDue {
    was: Vec<Option<ObjectId>>,
    /// The texts that lawful steps added since, by the place of their version.
    since: Vec<(usize, Node)>,
}

impl Owed {
    /// What a step lost is owed from now on, as it was before it; `order` is free for a parent that is not the first.
    ///
    /// Of the first parent only the first loss counts: what came after it unlawfully is nobody's due.
    pub fn owe(&mut self, subject: &Subject, from: &State<'_>, order: Order) -> Result<(), Error> {
        let tree = from.tree();
        match subject {
            Subject::Record(id) => {
                let due = self.records.entry(id.clone()).or_default();
                if (due.was.is_empty() || order == Order::Free)
                    && let Some(was) = record(from, id)?
                {
                    due.was.push((was, order));
                    due.trees.push(tree);
                }
            }
            Subject::Letter(id) => {
                let due = self.letters.entry(id.clone()).or_default();
                if due.was.is_empty() || order == Order::Free {
                    due.was.push(tree);
                }
            }
            Subject::Charter => {
                self.charter.get_or_insert(tree);
            }
            Subject::Superseded(path) => {
                self.superseded.entry(path.clone()).or_insert(tree);
            }
        }
        Ok(())
    }

    /// The same for what a merge lost of another parent: what the merge itself has stays too.
    ///
    /// Of two charters only one can stand, so that nothing is owed of the other one.
    pub fn owe_other(
        &mut self,
        subject: &Subject,
        other: &State<'_>,
        merge: &State<'_>,
    ) -> Result<(), Error> {
        match subject {
            Subject::Charter => return Ok(()),
            Subject::Record(_) | Subject::Letter(_) => self.owe(subject, merge, Order::Kept)?,
            Subject::Superseded(_) => {}
        }
        self.owe(subject, other, Order::Free)
    }

    /// What a lawful step adds while something is owed belongs to what is owed.
    pub fn add(
        &mut self,
        subject: &Subject,
        before: &State<'_>,
        after: &State<'_>,
    ) -> Result<(), Error> {
        match subject {
            Subject::Record(id) => {
                let Some(due) = self.records.get_mut(id) else {
                    return Ok(());
                };
                if let (Some(old), Some(new)) = (record(before, id)?, record(after, id)?) {
                    due.since.extend(added(&old, &new));
                }
            }
            Subject::Letter(id) => {
                let Some(due) = self.letters.get_mut(id) else {
                    return Ok(());
                };
                if let (Some(old), Some(new)) = (letter(before, id)?, letter(after, id)?) {
                    let known = texts(&old);
                    let more = texts(&new).into_iter();
                    due.since.extend(more.filter(|text| !has(&known, text)));
                }
            }
            Subject::Charter | Subject::Superseded(_) => {}
        }
        Ok(())
    }

    /// The trees in which a subject lies as it is owed.
    pub fn trees(&self, subject: &Subject) -> Vec<Option<ObjectId>> {
        let trees = match subject {
            Subject::Record(id) => self.records.get(id).map(|due| due.trees.clone()),
            Subject::Letter(id) => self.letters.get(id).map(|due| due.was.clone()),
            Subject::Charter => self.charter.map(|tree| vec![tree]),
            Subject::Superseded(path) => self.superseded.get(path).map(|tree| vec![*tree]),
        };
        trees.unwrap_or_default()
    }

    /// It is there again.
    pub fn settle(&mut self, subject: &Subject) {
        match subject {
            Subject::Record(id) => drop(self.records.remove(id)),
            Subject::Letter(id) => drop(self.letters.remove(id)),
            Subject::Charter => self.charter = None,
            Subject::Superseded(path) => drop(self.superseded.remove(path)),
        }
    }

    /// The warnings of a record that follows lawfully from all that is owed; nothing where it does not, or nothing is.
    pub fn mend_record(
        &self,
        id: &Id,
        after: Option<&Document>,
        judge: impl Fn(&Document, Order) -> Result<Vec<Finding>, Error>,
    ) -> Result<Option<Vec<Finding>>, Error> {
        let Some(due) = self.records.get(id).filter(|due| !due.was.is_empty()) else {
            return Ok(None);
        };
        let mut found = Vec::new();
        for (was, order) in &due.was {
            let findings = judge(was, *order)?;
            if findings.iter().any(Finding::is_error) {
                return Ok(None);
            }
            found.extend(findings);
        }
        let kept = after.is_none_or(|after| {
            let mut since = due.since.iter();
            since.all(|(list, entry)| holds(after, *list, entry))
        });
        Ok(kept.then_some(found))
    }

    /// Whether a letter follows from all that is owed.
    pub fn mends_letter(&self, id: &Id, after: &State<'_>) -> Result<bool, Error> {
        let Some(due) = self.letters.get(id) else {
            return Ok(false);
        };
        for tree in &due.was {
            if !letters::judge(id, &after.at(*tree), after)?.is_empty() {
                return Ok(false);
            }
        }
        let now = letter(after, id)?
            .map(|now| texts(&now))
            .unwrap_or_default();
        Ok(due.since.iter().all(|text| has(&now, text)))
    }

    /// Whether the charter is there, and is the one that is owed.
    pub fn mends_charter(&self, after: &State<'_>, registry: &Registry) -> Result<bool, Error> {
        match self.charter {
            Some(tree) => Ok(charter::judge(&after.at(tree), after, registry)?.is_none()),
            None => Ok(false),
        }
    }

    /// Whether a superseded charter is what it was.
    pub fn mends_superseded(&self, step: &Difference, state: &State<'_>) -> Result<bool, Error> {
        match self.superseded.get(&step.path) {
            Some(tree) => Ok(state.at(*tree).leaf(&step.path)? == step.after),
            None => Ok(false),
        }
    }
}

/// The texts of a letter, each with the place of its version.
fn texts(letter: &Document) -> Vec<(usize, Node)> {
    let versions = items(letter.root(), "versions").iter().enumerate();
    let texts = versions.flat_map(|(at, version)| {
        let texts = items(version, "texts").iter();
        texts.map(move |text| (at, text.clone()))
    });
    texts.collect()
}

fn has(known: &[(usize, Node)], (at, text): &(usize, Node)) -> bool {
    let mut known = known.iter();
    known.any(|(place, other)| place == at && super::lists::same(text, other))
}
