//! The judge of one step: what it brings, what of it is not lawful, what happens in it.
//! The steps are those of docs/formats/16-history.md.

use super::bench::{Bench, Part};
use super::charter;
use super::company::Company;
use super::dates::late;
use super::event::{Event, Happening};
use super::letters;
use super::lineage::{Lineage, record};
use super::lists::Order;
use super::record::Change;
use super::telling::{Sides, letter_events};
use super::touch::Touch;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::document::Document;
use crate::registry::commit::Commit;
use crate::registry::git::difference::{Difference, Leaf};
use crate::registry::layout::{self, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// A step to be judged.
#[derive(Debug)]
pub struct Step<'a> {
    /// The commit that it goes from; nothing before the first.
    pub from: Option<ObjectId>,
    /// The state before.
    pub before: State<'a>,
    /// The state after.
    pub after: State<'a>,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// The commit that it goes to, whose day is compared with what statements claim.
    pub commit: Option<&'a Commit>,
    /// Whether all that are listed are compared with a new listing.
    pub thorough: bool,
}

/// What was lawful before something was lost: the record, letter or charter as it then was.
#[derive(Debug, Default)]
pub struct Owed {
    /// Records as they were.
    pub records: BTreeMap<Id, Document>,
    /// The trees in which letters were as they were.
    pub letters: BTreeMap<Id, Option<ObjectId>>,
    /// The tree in which the charter was as it was.
    pub charter: Option<Option<ObjectId>>,
}

/// What can be owed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A signatory's record.
    Record(Id),
    /// A letter.
    Letter(Id),
    /// The charter.
    Charter,
}

/// What a step comes to.
#[derive(Debug, Default)]
pub struct Judged {
    /// What it may not do, by what it does it to.
    pub unlawful: Vec<(Subject, Finding)>,
    /// What is wrong with what it brings.
    pub brought: Vec<Finding>,
    /// What was wrong before with the files that it touches, or with others that were read, and still is.
    pub apart: Vec<Finding>,
    /// What happens.
    pub events: Vec<Event>,
    /// What it touches in each record.
    pub touches: BTreeMap<Id, Touch>,
    /// What was owed and is there again.
    pub mended: Vec<Subject>,
    /// How many records were judged, and how many others they were compared with.
    pub judged: (usize, usize),
    /// Every finding of the files that it touches, after it.
    pub standing: Vec<Finding>,
}

impl Judged {
    /// All findings that count against the step, in order.
    pub fn findings(&self) -> Vec<Finding> {
        let unlawful = self.unlawful.iter().map(|(_, finding)| finding);
        let mut findings: Vec<Finding> = Vec::new();
        for finding in unlawful.chain(&self.brought) {
            if !findings.contains(finding) {
                findings.push(finding.clone());
            }
        }
        Finding::sort(&mut findings);
        findings
    }
}

impl<'a> Step<'a> {
    /// The step from a commit, or from nothing, to another.
    pub fn between(
        bench: &Bench<'a>,
        from: Option<&Commit>,
        to: &'a Commit,
    ) -> Result<Self, Error> {
        let before = from.map(|commit| commit.tree);
        Ok(Self {
            from: from.map(|commit| commit.id),
            before: State::of(bench.repository, before),
            after: State::of(bench.repository, Some(to.tree)),
            differences: bench.repository.differences(before, Some(to.tree))?,
            commit: Some(to),
            thorough: false,
        })
    }

    /// The same, with every listing compared with all others of its version.
    #[must_use]
    pub fn thorough(mut self) -> Self {
        self.thorough = true;
        self
    }

    /// Judges the step; the company goes from its beginning to its end.
    pub fn judge(
        mut self,
        bench: &Bench<'_>,
        company: &mut Company,
        owed: &Owed,
    ) -> Result<Judged, Error> {
        let mut judged = Judged::default();
        let touched = ids(&self.differences);
        let letters = touched_letters(&self.differences);
        let earlier = company.around(&touched, self.thorough);
        self.know(company, &touched);
        let ids = company.advance(&self.differences, &self.after)?;
        let mut group = company.around(&ids, self.thorough);
        group.extend(earlier);
        group.extend(ids.iter().cloned());
        let whole = self.thorough && (!letters.is_empty() || self.lists(&ids)?);
        if whole {
            group.extend(company.listed());
        }
        self.know(company, &group.difference(&ids).cloned().collect());
        judged.judged = (ids.len(), company.len());
        let after = bench.part(&self.after, &group, whole)?;
        self.compare_findings(bench, &group, whole, &after, &mut judged)?;
        for id in &ids {
            self.judge_record(bench, id, owed, &after, &mut judged)?;
        }
        for id in &letters {
            self.judge_letter(id, owed, &mut judged)?;
        }
        self.judge_charter(owed, &mut judged)?;
        Ok(judged)
    }

    /// Tells both states where records lie, so that no folder of thousands is read for it.
    fn know(&mut self, company: &Company, ids: &BTreeSet<Id>) {
        for id in ids {
            let known: BTreeMap<&String, &Leaf> = company.paths(id).collect();
            for sharded in [false, true] {
                let path = layout::record_path(id, sharded);
                let leaf = known.get(&path).map(|leaf| **leaf);
                self.before.know(&path, leaf);
                self.after.know(&path, leaf);
            }
        }
        for difference in &self.differences {
            self.before.know(&difference.path, difference.before);
            self.after.know(&difference.path, difference.after);
        }
    }

    /// Whether listings of some record differ.
    fn lists(&self, ids: &BTreeSet<Id>) -> Result<bool, Error> {
        for id in ids {
            let (before, after) = (record(&self.before, id)?, record(&self.after, id)?);
            let touch = Touch::of(before.as_ref(), after.as_ref());
            if touch.lost || !touch.listings.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Steps 4 to 6: what is found after and was not before.
    fn compare_findings(
        &self,
        bench: &Bench<'_>,
        group: &BTreeSet<Id>,
        whole: bool,
        after: &Part,
        judged: &mut Judged,
    ) -> Result<(), Error> {
        let paths: BTreeSet<String> = self
            .differences
            .iter()
            .filter(|difference| difference.after.is_some())
            .map(|difference| difference.path.clone())
            .collect();
        let mut found = after.findings.clone();
        found.extend(bench.others(&self.after, &paths)?);
        if !found.is_empty() {
            let mut known = bench.part(&self.before, group, whole)?.findings;
            known.extend(bench.others(&self.before, &paths)?);
            for finding in &found {
                // One that stood there accounts for one: a second signature that fails says the same as the first.
                match known.iter().position(|known| known.is_same(finding)) {
                    Some(at) => {
                        known.swap_remove(at);
                        judged.apart.push(finding.clone());
                    }
                    None => judged.brought.push(finding.clone()),
                }
            }
        }
        judged.standing = found;
        Ok(())
    }

    fn judge_record(
        &self,
        bench: &Bench<'_>,
        id: &Id,
        owed: &Owed,
        part: &Part,
        judged: &mut Judged,
    ) -> Result<(), Error> {
        let lineage = self.from.map(|from| Lineage {
            repository: bench.repository,
            schemas: &bench.schemas,
            from,
        });
        let mut before = record(&self.before, id)?;
        if let (None, Some(lineage)) = (&before, &lineage)
            && !self.before.record_paths(id)?.is_empty()
        {
            before = lineage.last_readable(id)?;
        }
        let after = record(&self.after, id)?;
        let there = self.after.record_paths(id)?;
        let change = |before| Change {
            id,
            before,
            after: after.as_ref(),
            unreadable: there.first().map(String::as_str),
        };
        let mut findings = None;
        if let Some(was) = owed.records.get(id) {
            let from_owed = change(Some(was)).judge(Order::Kept, lineage.as_ref())?;
            if !from_owed.iter().any(Finding::is_error) {
                judged.mended.push(Subject::Record(id.clone()));
                findings = Some(from_owed);
            }
        }
        let findings = match findings {
            Some(findings) => findings,
            None => change(before.as_ref()).judge(Order::Kept, lineage.as_ref())?,
        };
        let subject = Subject::Record(id.clone());
        let told = findings
            .into_iter()
            .map(|finding| (subject.clone(), finding));
        judged.unlawful.extend(told);
        let mut records = part.registry.records.iter().zip(&part.folds);
        let read = records.find(|(record, _)| record.signatory.id == *id);
        let events = Sides {
            id,
            before: before.as_ref(),
            after: after.as_ref(),
            record: read.map(|(record, _)| record),
            fold: read.map(|(_, fold)| fold),
        }
        .events();
        if let (Some((record, _)), Some(commit)) = (read, self.commit) {
            judged.brought.extend(late(record, &events, commit));
        }
        judged.events.extend(events);
        let touch = Touch::of(before.as_ref(), after.as_ref());
        judged.touches.insert(id.clone(), touch);
        Ok(())
    }

    fn judge_letter(&self, id: &Id, owed: &Owed, judged: &mut Judged) -> Result<(), Error> {
        let mut findings = None;
        if let Some(tree) = owed.letters.get(id) {
            let was = self.before.at(*tree);
            let from_owed = letters::judge(id, &was, &self.after)?;
            if from_owed.is_empty() {
                judged.mended.push(Subject::Letter(id.clone()));
                findings = Some(from_owed);
            }
        }
        let findings = match findings {
            Some(findings) => findings,
            None => letters::judge(id, &self.before, &self.after)?,
        };
        let subject = Subject::Letter(id.clone());
        let told = findings
            .into_iter()
            .map(|finding| (subject.clone(), finding));
        judged.unlawful.extend(told);
        judged
            .events
            .extend(letter_events(id, &self.before, &self.after)?);
        Ok(())
    }

    fn judge_charter(&self, owed: &Owed, judged: &mut Judged) -> Result<(), Error> {
        let subject = Subject::Charter;
        let gone = charter::superseded(&self.differences).into_iter();
        judged
            .unlawful
            .extend(gone.map(|finding| (subject.clone(), finding)));
        let path = layout::CHARTER;
        if !self
            .differences
            .iter()
            .any(|difference| difference.path == path)
        {
            return Ok(());
        }
        let mut finding = charter::judge(&self.before, &self.after)?;
        if let (Some(tree), Some(_)) = (owed.charter, &finding) {
            let from_owed = charter::judge(&self.before.at(tree), &self.after)?;
            if from_owed.is_none() {
                judged.mended.push(Subject::Charter);
                finding = None;
            }
        }
        judged
            .unlawful
            .extend(finding.map(|finding| (subject, finding)));
        if self.before.leaf(path)?.is_some() {
            judged
                .events
                .push(Event::new(Happening::CharterChanged, path));
        }
        Ok(())
    }
}

/// The ids whose records differ.
pub fn ids(differences: &[Difference]) -> BTreeSet<Id> {
    let slots = differences
        .iter()
        .map(|difference| layout::slot(&difference.path));
    slots
        .filter_map(|slot| match slot {
            Some(Slot::Record(id)) => Some(id),
            _ => None,
        })
        .collect()
}

/// The letters of which a file differs.
pub fn touched_letters(differences: &[Difference]) -> BTreeSet<Id> {
    let slots = differences
        .iter()
        .map(|difference| layout::slot(&difference.path));
    slots
        .filter_map(|slot| match slot {
            Some(Slot::Letter(id) | Slot::Text(id, ..)) => Some(id),
            _ => None,
        })
        .collect()
}
