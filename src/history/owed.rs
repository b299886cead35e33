//! What is owed after a loss, and whether a later step gives it back. Implements docs/formats/16-history.md, step 26.

use super::charter;
use super::growth::Growth;
use super::letters::{self, letter};
use super::lineage::{Lineage, record};
use super::lists::Order;
use super::sketch::items;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::document::{Document, Node};
use crate::registry::git::difference::{Difference, Leaf};
use crate::registry::holding::Registry;
use crate::registry::layout::{self, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Debug, Clone, Default)]
pub struct Owed {
    records: BTreeMap<Id, RecordDue>,
    letters: BTreeMap<Id, LetterDue>,
    charter: Option<Option<ObjectId>>,
    superseded: BTreeMap<String, Option<ObjectId>>,
}

#[derive(Debug, Clone, Default)]
struct RecordDue {
    /// The record before the first loss, and as other parents of merges had it.
    was: Vec<(Document, Order)>,
    /// What lawful steps added since.
    since: Growth,
}

#[derive(Debug, Clone, Default)]
struct LetterDue {
    was: Vec<Option<ObjectId>>,
    /// What lawful steps added since.
    since: letters::Growth,
}

/// What mends a record.
#[derive(Debug)]
pub struct Mending {
    /// What is to be told all the same: warnings.
    pub findings: Vec<Finding>,
    /// Whether the record says nothing but what is owed and what it says already.
    pub pure: bool,
    /// The texts of the statements that are owed.
    pub texts: BTreeSet<String>,
}

impl Owed {
    /// What a step lost is owed from now on, as it was before it; `order` is free for a parent that is not the first.
    ///
    /// Of the first parent only the first loss counts: what came after it unlawfully is nobody's due. What cannot be read
    /// there is owed as it last could be.
    pub fn owe(
        &mut self,
        subject: &Subject,
        from: &State<'_>,
        order: Order,
        lineage: Option<&Lineage<'_>>,
    ) -> Result<(), Error> {
        let tree = from.tree();
        match subject {
            Subject::Record(id) => {
                let due = self.records.entry(id.clone()).or_default();
                if !due.was.is_empty() && order != Order::Free {
                    return Ok(());
                }
                let was = match (record(from, id)?, lineage) {
                    (None, Some(lineage)) => lineage.last_readable(id)?,
                    (was, _) => was,
                };
                due.was.extend(was.map(|was| (was, order)));
            }
            Subject::Letter(id) => {
                let due = self.letters.entry(id.clone()).or_default();
                if !due.was.is_empty() && order != Order::Free {
                    return Ok(());
                }
                let last = match (letter(from, id)?, lineage) {
                    (None, Some(lineage)) => lineage.last_readable_letter(id)?,
                    _ => None,
                };
                due.was.push(last.or(tree));
            }
            Subject::Charter => {
                let last = match (charter::can_be_read(from)?, lineage) {
                    (false, Some(lineage)) => lineage.last_charter()?,
                    _ => None,
                };
                self.charter.get_or_insert(last.or(tree));
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
            Subject::Record(_) | Subject::Letter(_) => {
                self.owe(subject, merge, Order::Kept, None)?
            }
            Subject::Superseded(_) => {}
        }
        self.owe(subject, other, Order::Free, None)
    }

    /// What a step adds to a record while something of it is owed belongs to what is owed.
    pub fn grow(&mut self, id: &Id, grown: Growth) {
        if let Some(due) = self.records.get_mut(id) {
            due.since.extend(grown);
        }
    }

    /// The same of a letter.
    pub fn grow_letter(&mut self, id: &Id, grown: letters::Growth) {
        if let Some(due) = self.letters.get_mut(id) {
            due.since.extend(grown);
        }
    }

    /// The forms of a record that are owed.
    pub fn forms(&self, id: &Id) -> impl Iterator<Item = &Document> {
        let due = self.records.get(id).into_iter();
        due.flat_map(|due| due.was.iter().map(|(was, _)| was))
    }

    /// Where a letter lies as it is owed first.
    pub fn letter_form(&self, id: &Id) -> Option<Option<ObjectId>> {
        self.letters.get(id)?.was.first().copied()
    }

    /// Whether anything is owed of it.
    pub fn is_due(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Record(id) => self.records.contains_key(id),
            Subject::Letter(id) => self.letters.contains_key(id),
            Subject::Charter => self.charter.is_some(),
            Subject::Superseded(path) => self.superseded.contains_key(path),
        }
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

    /// Whether a record follows lawfully from all that is owed; nothing where it does not, or nothing is.
    pub fn mend_record(
        &self,
        id: &Id,
        (before, after): (Option<&Document>, Option<&Document>),
        judge: impl Fn(&Document, Order) -> Result<Vec<Finding>, Error>,
    ) -> Result<Option<Mending>, Error> {
        let Some(due) = self.records.get(id).filter(|due| !due.was.is_empty()) else {
            return Ok(None);
        };
        let mut mending = Mending {
            findings: Vec::new(),
            pure: false,
            texts: BTreeSet::new(),
        };
        for (was, order) in &due.was {
            let findings = judge(was, *order)?;
            if findings.iter().any(Finding::is_error) {
                return Ok(None);
            }
            mending.findings.extend(findings);
            let texts = items(was.root(), "statements").iter();
            let texts = texts.filter_map(|entry| entry.get("text").and_then(Node::text));
            mending.texts.extend(texts.map(str::to_owned));
        }
        let was: Vec<&Document> = due.was.iter().map(|(was, _)| was).collect();
        let Some(after) = after else {
            return Ok(due.since.is_empty().then_some(mending));
        };
        mending.texts.extend(due.since.texts().map(str::to_owned));
        mending.pure = due.since.covers(after, before, &was);
        Ok(due.since.is_in(after, &was).then_some(mending))
    }

    /// Whether a letter follows from all that is owed; and whether it says nothing but that and what it says already.
    pub fn mend_letter(
        &self,
        id: &Id,
        before: &State<'_>,
        after: &State<'_>,
    ) -> Result<Option<bool>, Error> {
        let Some(due) = self.letters.get(id) else {
            return Ok(None);
        };
        let mut known = Vec::new();
        for tree in &due.was {
            let was = after.at(*tree);
            if !letters::judge(id, &was, after)?.is_empty() {
                return Ok(None);
            }
            known.extend(letter(&was, id)?);
        }
        let Some(now) = letter(after, id)? else {
            return Ok(due.since.is_empty().then_some(false));
        };
        known.extend(letter(before, id)?);
        let kept = due.since.is_in(&now);
        Ok(kept.then(|| letters::says_nothing_new(&now, &due.since, &known)))
    }

    /// Whether a file lies as it is owed.
    pub fn is_as_it_was(
        &self,
        path: &str,
        leaf: Option<Leaf>,
        state: &State<'_>,
    ) -> Result<bool, Error> {
        let trees: Vec<Option<ObjectId>> = match layout::slot(path) {
            Some(Slot::Letter(id) | Slot::Text(id, ..)) => {
                let due = self.letters.get(&id);
                due.map(|due| due.was.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        for tree in trees {
            if state.at(tree).leaf(path)? == leaf {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the charter is there, and is the one that is owed.
    pub fn mends_charter(&self, after: &State<'_>, registry: &Registry) -> Result<bool, Error> {
        match self.charter {
            Some(tree) => Ok(charter::judge(&after.at(tree), after, registry)?.is_none()),
            None => Ok(false),
        }
    }

    /// Whether the charter is the one that is owed, byte for byte.
    pub fn is_charter(&self, after: &State<'_>) -> Result<bool, Error> {
        match self.charter {
            Some(tree) => Ok(after.at(tree).leaf(layout::CHARTER)? == after.leaf(layout::CHARTER)?),
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
