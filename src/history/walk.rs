//! A whole history: every step judged, what was lost and whether it was mended.
//! Implements docs/formats/16-history.md, steps 25 to 27.

use super::bench::Bench;
use super::company::Company;
use super::event::Event;
use super::known::Known;
use super::lists::Order;
use super::merge::{lost, lost_in_merge, lost_on_the_way, says_the_same};
use super::owed::{Owed, Subject};
use super::step::{Judged, Step, ids};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::rule::{DATED_AFTER_COMMIT, HISTORY_REWRITTEN};
use crate::registry::commit::Commit;
use crate::registry::layout::{self, CHARTER, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// Something that a commit did and may not do.
#[derive(Debug, Clone)]
pub struct Deviation {
    /// What is not lawful; its commit is filled.
    pub finding: Finding,
    /// The commit, by its place in the walk; nothing where the whole history is meant.
    pub commit: Option<usize>,
    /// The commit that put it right, by its place in the walk.
    pub mended: Option<usize>,
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
    /// What is owed at the end.
    pub owed: Owed,
    /// Where the errors of commits are that nothing has mended yet, by what they lost.
    open: BTreeMap<Subject, Vec<usize>>,
    /// Where the findings of files are that commits brought and nothing has mended yet, by the commit's place.
    brought: BTreeMap<usize, Brought>,
}

/// What a commit brought, by places among the deviations.
#[derive(Debug)]
struct Brought {
    /// The paths that it touched.
    touched: Rc<BTreeSet<String>>,
    /// Findings of these paths.
    inside: Vec<usize>,
    /// Findings of other paths.
    outside: Vec<usize>,
}

impl Walk {
    /// Judges the history of a commit, from the first commit or after one that somebody kept.
    pub fn of(bench: &Bench<'_>, head: &Commit, since: Option<&Commit>) -> Result<Self, Error> {
        let mut walk = Self::default();
        let mut line = bench.repository.first_parents(head, None)?;
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
        let told = walk.deviations.len();
        walk.judge(bench, before.clone(), Owed::default())?;
        if let (Some(before), true) = (before, walk.open() > 0) {
            // Whoever puts right what was lost before the commit that was kept does nothing wrong.
            let past = Self::of(bench, &before, None)?.owed;
            walk.deviations.truncate(told);
            walk.events.clear();
            walk.open.clear();
            walk.brought.clear();
            walk.judge(bench, Some(before), past)?;
        }
        Ok(walk)
    }

    /// The findings, each with its commit.
    pub fn findings(&self) -> Vec<Finding> {
        self.deviations
            .iter()
            .map(|one| one.finding.clone())
            .collect()
    }

    fn judge(
        &mut self,
        bench: &Bench<'_>,
        mut before: Option<Commit>,
        mut owed: Owed,
    ) -> Result<(), Error> {
        let mut company = match &before {
            Some(commit) => Company::of(bench, commit.tree)?,
            None => Company::default(),
        };
        let mut reached = HashSet::new();
        if let Some(before) = &before {
            reach(bench, before.id, &mut reached)?;
        }
        for (at, commit) in self.commits.clone().into_iter().enumerate() {
            let mut step = Step::between(bench, before.as_ref(), &commit)?;
            step.know(bench, &company, &ids(&step.differences))?;
            let paths = step.differences.iter().map(|one| one.path.clone());
            let paths: Rc<BTreeSet<String>> = Rc::new(paths.collect());
            let (was, is) = (step.before.clone(), step.after.clone());
            let lineage = step.lineage(bench);
            let judged = step.judge(bench, &mut company, &owed)?;
            for subject in &judged.mended {
                self.mend(at, subject);
                owed.settle(subject);
            }
            self.mend_findings(bench, at, &paths, &judged, &company, &is)?;
            let mut unlawful = judged.unlawful;
            for (subject, finding) in &unlawful {
                if finding.is_error() {
                    owed.owe(subject, &was, Order::Kept, lineage.as_ref())?;
                }
            }
            for (id, grown) in judged.grown {
                owed.grow(&id, grown);
            }
            for (id, grown) in judged.grown_letters {
                owed.grow_letter(&id, grown);
            }
            let of_first: Vec<Finding> = unlawful.iter().map(|(_, one)| one.clone()).collect();
            let told = Known::of(&of_first);
            for parent in commit.parents.iter().skip(1) {
                let other = bench.repository.read_commit(*parent)?;
                let Some(first) = &before else { continue };
                let mut lost_here: Vec<(Subject, Finding, Commit)> =
                    lost_in_merge(bench, first, &other, &commit)?
                        .into_iter()
                        .map(|(subject, finding)| (subject, finding, other.clone()))
                        .collect();
                // Step 22: what the other side had on its way and lost before the merge.
                let sides = (first, &other, &commit);
                for (subject, finding, had) in lost_on_the_way(bench, sides, &reached)? {
                    let known =
                        |(_, one, _): &(Subject, Finding, Commit)| says_the_same(one, &finding);
                    if !lost_here.iter().any(known) {
                        lost_here.push((subject, finding, had));
                    }
                }
                for (subject, finding, had) in lost_here {
                    // What is owed already was told where it was lost.
                    let known = self.told(&subject, &finding);
                    let had = State::of(bench.repository, Some(had.tree));
                    owed.owe_other(&subject, &had, &is)?;
                    if !known && !told.holds(&finding) {
                        unlawful.push((subject, finding));
                    }
                }
                reach(bench, *parent, &mut reached)?;
            }
            self.add(Some(at), unlawful);
            for finding in judged.brought {
                let finding = finding.in_commit(commit.id.to_string());
                self.note(at, &finding, &paths);
                self.deviations.push(Deviation {
                    finding,
                    commit: Some(at),
                    mended: None,
                });
            }
            let events = judged.events.into_iter();
            self.events
                .extend(events.map(|event| Dated { event, commit: at }));
            reached.insert(commit.id);
            before = Some(commit);
        }
        self.owed = owed;
        Ok(())
    }

    /// What was lost and is not there again, each with the first commit that lost something of it.
    pub fn open_losses(&self) -> impl Iterator<Item = (&Subject, &Commit)> {
        self.open.iter().filter_map(|(subject, places)| {
            let deviation = self.deviations.get(*places.first()?)?;
            Some((subject, self.commits.get(deviation.commit?)?))
        })
    }

    /// Whether a loss that nothing has mended says the same.
    fn told(&self, subject: &Subject, finding: &Finding) -> bool {
        let places = self.open.get(subject).into_iter().flatten();
        let mut known = places.filter_map(|place| self.deviations.get(*place));
        known.any(|one| says_the_same(&one.finding, finding))
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
            if at.is_some() && finding.is_error() {
                let places = self.open.entry(subject.clone()).or_default();
                places.push(self.deviations.len());
            }
            self.deviations.push(Deviation {
                finding,
                commit: at,
                mended: None,
            });
        }
    }

    /// Step 26: what was owed is there again.
    fn mend(&mut self, at: usize, subject: &Subject) {
        for place in self.open.remove(subject).unwrap_or_default() {
            if let Some(deviation) = self.deviations.get_mut(place) {
                deviation.mended = Some(at);
            }
        }
    }

    /// What a commit brought and a later one took away, by touching its file or another that the first one touched.
    fn mend_findings(
        &mut self,
        bench: &Bench<'_>,
        at: usize,
        paths: &BTreeSet<String>,
        judged: &Judged,
        company: &Company,
        after: &State<'_>,
    ) -> Result<(), Error> {
        let standing = Known::of(&judged.standing);
        for place in self.perhaps_mended(paths) {
            let Some(deviation) = self.deviations.get_mut(place) else {
                continue;
            };
            let finding = &deviation.finding;
            let path = &finding.path;
            let touched = paths.contains(path);
            let gone = |found: &[Finding]| !Known::of(found).holds(finding);
            let mended = match layout::slot(path) {
                _ if touched => !standing.holds(finding),
                Some(Slot::Record(id)) if judged.group.contains(&id) => {
                    let mut ids = BTreeSet::from([id]);
                    ids.extend(company.around(bench, &ids)?);
                    !standing.holds(finding) && gone(&bench.part(after, &ids, None)?.findings)
                }
                Some(Slot::Letter(_)) => !standing.holds(finding),
                _ => path == CHARTER && !standing.holds(finding),
            };
            if mended {
                deviation.mended = Some(at);
            }
        }
        Ok(())
    }

    /// Remembers a finding of a file that a commit brought, where a later one can mend it: a date stays claimed.
    fn note(&mut self, at: usize, finding: &Finding, touched: &Rc<BTreeSet<String>>) {
        if finding.rule == &DATED_AFTER_COMMIT {
            return;
        }
        let brought = self.brought.entry(at).or_insert_with(|| Brought {
            touched: Rc::clone(touched),
            inside: Vec::new(),
            outside: Vec::new(),
        });
        let place = self.deviations.len();
        match touched.contains(&finding.path) {
            true => brought.inside.push(place),
            false => brought.outside.push(place),
        }
    }

    /// Which of these a commit could have mended: it touches the file, or another that the earlier one touched.
    fn perhaps_mended(&mut self, paths: &BTreeSet<String>) -> BTreeSet<usize> {
        let deviations = &self.deviations;
        let open = |place: &usize| {
            deviations
                .get(*place)
                .is_some_and(|one| one.mended.is_none())
        };
        let mut found = BTreeSet::new();
        for brought in self.brought.values_mut() {
            if !brought.touched.is_disjoint(paths) {
                brought.inside.retain(open);
                brought.outside.retain(open);
                found.extend(brought.inside.iter().chain(&brought.outside));
                continue;
            }
            let here = |place: &&usize| {
                let one = deviations.get(**place);
                one.is_some_and(|one| open(place) && paths.contains(&one.finding.path))
            };
            found.extend(brought.outside.iter().filter(here));
        }
        found
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

/// Adds a commit and all that it descends from to those that the walk has reached.
fn reach(bench: &Bench<'_>, id: ObjectId, reached: &mut HashSet<ObjectId>) -> Result<(), Error> {
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(bench.repository.read_commit(id)?.parents);
        }
    }
    Ok(())
}
