//! The judge of one step: what it brings, what of it is not lawful, what happens in it.
//! The steps are those of docs/formats/16-history.md.

use super::bench::{Bench, Part};
use super::bygone::{bygone, late};
use super::company::Company;
use super::event::Event;
use super::growth::Growth;
use super::known::{Known, extend};
use super::letters;
use super::lineage::{Lineage, record};
use super::lists::Order;
use super::mending::{gone, grown, is_about, taken_out};
use super::owed::{Owed, Subject};
use super::record::Change;
use super::telling::Sides;
use super::touch::Touch;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::document::Document;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
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
    /// What of that says nothing else than what is owed and what it said before.
    pub restored: BTreeSet<Subject>,
    /// How many records were judged, and how many others they were compared with.
    pub judged: (usize, usize),
    /// Every finding of the files that were judged, after it.
    pub standing: Vec<Finding>,
    /// The records that were judged: those that differ, and those that they were compared with.
    pub group: BTreeSet<Id>,
    /// The letters of which a file differs.
    pub letters: BTreeSet<Id>,
    /// What becomes owed by it, of records of which something is lost.
    pub grown: BTreeMap<Id, Growth>,
    /// The same of letters.
    pub grown_letters: BTreeMap<Id, letters::Growth>,
}

impl Judged {
    /// All findings that count against the step, in order.
    pub fn findings(&self) -> Vec<Finding> {
        let unlawful = self.unlawful.iter().map(|(_, finding)| finding);
        let mut findings = Vec::new();
        extend(
            &mut findings,
            unlawful.chain(&self.brought).cloned().collect(),
        );
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
        let earlier = company.around(bench, &touched)?;
        self.know(bench, company, &touched)?;
        let ids = company.advance(bench, &self.differences, &self.after)?;
        let mut group = company.around(bench, &ids)?;
        group.extend(earlier);
        group.extend(ids.iter().cloned());
        let whole = self.thorough && (!letters.is_empty() || self.lists(&ids)?);
        let listed = whole.then(|| company.listed(bench)).transpose()?;
        let others = listed.iter().flatten().chain(&group);
        let others = others.filter(|id| !ids.contains(id)).cloned().collect();
        self.know(bench, company, &others)?;
        judged.judged = (ids.len(), company.len());
        let after = bench.part(&self.after, &group, listed.as_ref())?;
        self.compare_findings(bench, &group, listed.as_ref(), &after, &mut judged)?;
        judged.group = group;
        for id in &ids {
            self.judge_record(bench, id, owed, &after, &mut judged)?;
        }
        for id in &letters {
            self.judge_letter(bench, id, owed, &mut judged)?;
        }
        judged.letters = letters;
        self.judge_charter(bench, owed, &after, &mut judged)?;
        Ok(judged)
    }

    /// Tells both states where records lie, so that no folder of thousands is read for it.
    pub fn know(
        &mut self,
        bench: &Bench<'_>,
        company: &Company,
        ids: &BTreeSet<Id>,
    ) -> Result<(), Error> {
        let places = company.places(bench, ids)?;
        for id in ids {
            let known = places.get(id);
            for sharded in [false, true] {
                let path = layout::record_path(id, sharded);
                let leaf = known.and_then(|known| known.get(&path)).copied();
                self.before.know(&path, leaf);
                self.after.know(&path, leaf);
            }
        }
        for difference in &self.differences {
            self.before.know(&difference.path, difference.before);
            self.after.know(&difference.path, difference.after);
        }
        Ok(())
    }

    /// The way back from where it begins.
    pub fn lineage<'b>(&self, bench: &'b Bench<'_>) -> Option<Lineage<'b>> {
        self.from.map(|from| Lineage { bench, from })
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
        listed: Option<&BTreeSet<Id>>,
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
        extend(&mut found, bench.others(&self.after, &paths)?);
        if !found.is_empty() {
            let mut known = bench.part(&self.before, group, listed)?.findings;
            extend(&mut known, bench.others(&self.before, &paths)?);
            let mut known = Known::of(&known);
            for finding in &found {
                // One that stood there accounts for one: a second signature that fails says the same as the first.
                match known.take(finding) {
                    true => judged.apart.push(finding.clone()),
                    false => judged.brought.push(finding.clone()),
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
        let lineage = self.lineage(bench);
        let mut before = record(&self.before, id)?;
        if let (None, Some(lineage)) = (&before, &lineage)
            && !self.before.record_paths(id)?.is_empty()
        {
            before = lineage.last_readable(id)?;
        }
        let after = record(&self.after, id)?;
        let there = self.after.record_paths(id)?;
        let due = |was: &Document, order| {
            let change = Change {
                id,
                before: Some(was),
                after: after.as_ref(),
                unreadable: there.first().map(String::as_str),
            };
            change.judge(order, lineage.as_ref())
        };
        let sides = (before.as_ref(), after.as_ref());
        let mut mending = owed.mend_record(id, sides, due)?;
        let read = part.read(id);
        let taken = gone(id, owed, sides);
        if let Some(known) = &mending {
            let mut kept = true;
            for (list, entry) in &taken {
                let never = lineage
                    .as_ref()
                    .map(|lineage| lineage.never_held(id, *list, entry));
                kept &= never.transpose()?.unwrap_or_default();
            }
            // What those signed who had left by then puts nothing right.
            if let Some((record, _)) = read {
                let owed = |text: &str| Ok(known.texts.contains(text));
                kept &= bygone(record, owed, &self.before, &part.registry)?.is_empty();
            }
            mending = mending.filter(|_| kept);
        }
        if let (Some(mending), Some(after), false) = (&mut mending, &after, taken.is_empty()) {
            mending.pure = false;
            mending.findings.push(taken_out(id, after, taken.len()));
        }
        let (mut gone_by, mut places, mut strangers) = (Vec::new(), Vec::new(), Vec::new());
        if let Some((record, _)) = read {
            let known = mending.as_ref();
            gone_by = self.bygone(bench, (id, record), (known, true), part)?;
            let ever = self.bygone(bench, (id, record), (known, false), part)?;
            places.extend(ever.into_iter().map(|(index, _)| index));
        }
        if let (Some(read), Some(after)) = (read, &after) {
            gone_by.extend(self.departed(bench, (id, owed), (read, before.as_ref(), after))?);
            let ever = self.departed(bench, (id, owed), (read, None, after))?;
            strangers.extend(ever.into_iter().map(|(index, _)| index));
        }
        let findings = match &mending {
            Some(mending) => {
                let subject = Subject::Record(id.clone());
                if mending.pure {
                    judged.restored.insert(subject.clone());
                }
                judged.mended.push(subject);
                mending.findings.clone()
            }
            None => Change {
                id,
                before: before.as_ref(),
                after: after.as_ref(),
                unreadable: there.first().map(String::as_str),
            }
            .judge(Order::Kept, lineage.as_ref())?,
        };
        let subject = Subject::Record(id.clone());
        let unlawful = findings.iter().any(Finding::is_error) || !gone_by.is_empty();
        if let (true, Some(after)) = (unlawful || owed.is_due(&subject), &after) {
            let wrong = findings.iter().chain(&judged.standing);
            let wrong: Vec<&Finding> = wrong.filter(|one| is_about(one, id)).collect();
            let bad = (places.as_slice(), strangers.as_slice());
            let grown = grown(owed.forms(id), before.as_ref(), after, read, (&wrong, bad));
            judged.grown.insert(id.clone(), grown);
        }
        let told = findings
            .into_iter()
            .map(|finding| (subject.clone(), finding));
        judged.unlawful.extend(told);
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
        let told = gone_by.into_iter();
        let subject = Subject::Record(id.clone());
        judged
            .unlawful
            .extend(told.map(|(_, finding)| (subject.clone(), finding)));
        judged.events.extend(events);
        let touch = Touch::of(before.as_ref(), after.as_ref());
        judged.touches.insert(id.clone(), touch);
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
