//! A whole history: every step judged, what was lost and whether it was mended.
//! Implements docs/formats/16-history.md, steps 25 to 27.

use super::bench::Bench;
use super::company::Company;
use super::event::Event;
use super::lineage::record;
use super::merge::{lost, lost_in_merge};
use super::step::{Owed, Step, Subject};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::rule::HISTORY_REWRITTEN;
use crate::registry::commit::Commit;
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::BTreeMap;

/// Something that a commit did and may not do.
#[derive(Debug, Clone)]
pub struct Deviation {
    /// What is not lawful; its commit is filled.
    pub finding: Finding,
    /// The commit, by its place in the walk; nothing where the whole history is meant.
    pub commit: Option<usize>,
    /// The commit that put it right, by its place in the walk.
    pub mended: Option<usize>,
    subject: Option<Subject>,
}

/// Something that happened in a commit.
#[derive(Debug, Clone)]
pub struct Dated {
    /// What happened.
    pub event: Event,
    /// The commit, by its place in the walk.
    pub commit: usize,
}

/// What a history comes to.
#[derive(Debug, Default)]
pub struct Walk {
    /// The commits that were judged, the oldest first.
    pub commits: Vec<Commit>,
    /// What was not lawful, in the order in which it happened.
    pub deviations: Vec<Deviation>,
    /// What happened, in order.
    pub events: Vec<Dated>,
    /// Whether the commit that somebody kept is not in the history.
    pub rewritten: bool,
}

impl Walk {
    /// Judges the history of a commit, from the first commit or after one that somebody kept.
    pub fn of(bench: &Bench<'_>, head: &Commit, since: Option<&Commit>) -> Result<Self, Error> {
        let mut walk = Self::default();
        let mut line = bench.repository.first_parents(head)?;
        let mut before = None;
        if let Some(since) = since {
            let known = bench.repository.ancestors(head.id)?;
            let shared = match known.contains(&since.id) {
                true => Some(since.id),
                false => {
                    walk.rewritten = true;
                    walk.tell_rewritten(bench, since, head)?;
                    bench.repository.merge_base(since.id, head.id)?
                }
            };
            if let Some(shared) = shared {
                let seen = bench.repository.ancestors(shared)?;
                before = line
                    .iter()
                    .find(|commit| seen.contains(&commit.id))
                    .cloned();
                line.retain(|commit| !seen.contains(&commit.id));
                if !walk.rewritten && before.as_ref().map(|commit| commit.id) != Some(since.id) {
                    // It came in by a merge: its own line of commits is not walked.
                    walk.add(None, lost(bench, since, head)?);
                }
            }
        }
        line.reverse();
        walk.commits = line;
        walk.judge(bench, before)?;
        Ok(walk)
    }

    /// The findings, each with its commit.
    pub fn findings(&self) -> Vec<Finding> {
        self.deviations
            .iter()
            .map(|one| one.finding.clone())
            .collect()
    }

    fn judge(&mut self, bench: &Bench<'_>, mut before: Option<Commit>) -> Result<(), Error> {
        let mut company = match &before {
            Some(commit) => Company::of(&State::of(bench.repository, Some(commit.tree)))?,
            None => Company::default(),
        };
        let mut owed = Owed::default();
        for (at, commit) in self.commits.clone().into_iter().enumerate() {
            let step = Step::between(bench, before.as_ref(), &commit)?;
            let paths: Vec<String> = step
                .differences
                .iter()
                .map(|one| one.path.clone())
                .collect();
            let judged = step.judge(bench, &mut company, &owed)?;
            self.mend(at, &judged.mended, &mut owed);
            self.mend_findings(at, &paths, &judged.standing);
            let mut unlawful = judged.unlawful;
            for parent in commit.parents.iter().skip(1) {
                let other = bench.repository.read_commit(*parent)?;
                if let Some(first) = &before {
                    for (subject, finding) in lost_in_merge(bench, first, &other, &commit)? {
                        if !unlawful.iter().any(|(_, known)| known.is_same(&finding)) {
                            unlawful.push((subject, finding));
                        }
                    }
                }
            }
            for (subject, finding) in &unlawful {
                if finding.is_error() {
                    owe(bench, subject, before.as_ref(), &mut owed)?;
                }
            }
            self.add(Some(at), unlawful);
            for finding in judged.brought {
                let finding = finding.in_commit(commit.id.to_string());
                self.deviations.push(Deviation {
                    finding,
                    commit: Some(at),
                    mended: None,
                    subject: None,
                });
            }
            let events = judged.events.into_iter();
            self.events
                .extend(events.map(|event| Dated { event, commit: at }));
            before = Some(commit);
        }
        Ok(())
    }

    fn add(&mut self, at: Option<usize>, found: Vec<(Subject, Finding)>) {
        for (subject, finding) in found {
            let id = at
                .and_then(|at| self.commits.get(at))
                .map(|commit| commit.id);
            let finding = match id {
                Some(id) => finding.in_commit(id.to_string()),
                None => finding,
            };
            self.deviations.push(Deviation {
                finding,
                commit: at,
                mended: None,
                subject: Some(subject),
            });
        }
    }

    /// Step 26: what was owed is there again.
    fn mend(&mut self, at: usize, subjects: &[Subject], owed: &mut Owed) {
        for subject in subjects {
            for deviation in &mut self.deviations {
                let open = deviation.mended.is_none() && deviation.finding.is_error();
                if open && deviation.commit.is_some() && deviation.subject.as_ref() == Some(subject)
                {
                    deviation.mended = Some(at);
                }
            }
            match subject {
                Subject::Record(id) => drop(owed.records.remove(id)),
                Subject::Letter(id) => drop(owed.letters.remove(id)),
                Subject::Charter => owed.charter = None,
            }
        }
    }

    /// What a commit brought and a later one took away: files that it touches no longer have the finding.
    fn mend_findings(&mut self, at: usize, paths: &[String], standing: &[Finding]) {
        for deviation in &mut self.deviations {
            let open = deviation.mended.is_none() && deviation.subject.is_none();
            if open
                && paths.contains(&deviation.finding.path)
                && !standing
                    .iter()
                    .any(|finding| finding.is_same(&deviation.finding))
            {
                deviation.mended = Some(at);
            }
        }
    }

    /// Step 27: the kept commit is not in the history; what it has and the history lacks.
    fn tell_rewritten(
        &mut self,
        bench: &Bench<'_>,
        since: &Commit,
        head: &Commit,
    ) -> Result<(), Error> {
        let message = format!(
            "the commit {} of {} is not in the history of {}",
            since.id.short(),
            since.day(),
            head.id.short()
        );
        let finding = Finding::about(&HISTORY_REWRITTEN, "registry", message);
        self.deviations.push(Deviation {
            finding,
            commit: None,
            mended: None,
            subject: None,
        });
        let lost = lost(bench, since, head)?;
        self.add(None, lost);
        Ok(())
    }

    /// How many of the commits did something unlawful that no later one mended.
    pub fn open(&self) -> usize {
        let errors = self.deviations.iter().filter(|one| one.finding.is_error());
        errors.filter(|one| one.mended.is_none()).count()
    }

    /// The deviations of each commit, by its place in the walk.
    pub fn by_commit(&self) -> BTreeMap<Option<usize>, Vec<&Deviation>> {
        let mut sorted: BTreeMap<Option<usize>, Vec<&Deviation>> = BTreeMap::new();
        for deviation in &self.deviations {
            sorted.entry(deviation.commit).or_default().push(deviation);
        }
        sorted
    }
}

/// What is owed from here on: what was there before the step that lost it.
fn owe(
    bench: &Bench<'_>,
    subject: &Subject,
    before: Option<&Commit>,
    owed: &mut Owed,
) -> Result<(), Error> {
    let tree: Option<ObjectId> = before.map(|commit| commit.tree);
    match subject {
        Subject::Record(id) if !owed.records.contains_key(id) => {
            let was = record(&State::of(bench.repository, tree), id)?;
            owed.records.extend(was.map(|was| (id.clone(), was)));
        }
        Subject::Record(_) => {}
        Subject::Letter(id) => drop(owed.letters.entry(id.clone()).or_insert(tree)),
        Subject::Charter => drop(owed.charter.get_or_insert(tree)),
    }
    Ok(())
}
