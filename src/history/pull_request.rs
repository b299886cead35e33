//! A pull request: what it does to the registry, whether it may, and what a maintainer should look at.
//! Implements docs/formats/16-history.md, steps 28 to 34.

use super::bench::Bench;
use super::class::{classes, foreign, mixed};
use super::company::Company;
use super::event::{Event, Happening};
use super::known::{Known, extend};
use super::merge::{lost, lost_in_merge};
use super::owed::{Owed, Subject};
use super::step::{Judged, Step, ids};
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::rule::HISTORY_REWRITTEN;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
use crate::registry::git::merge::lines;
use crate::registry::layout;
use crate::registry::state::State;
use std::collections::{BTreeSet, HashSet};

/// A pull request that was judged.
#[derive(Debug, Default)]
pub struct PullRequest {
    /// What counts against it.
    pub findings: Vec<Finding>,
    /// What is wrong elsewhere, and was before.
    pub apart: Vec<Finding>,
    /// What it does.
    pub events: Vec<Event>,
    /// What a maintainer should look at.
    pub look: Vec<String>,
    /// The files outside `registry/` that it changes.
    pub outside: Vec<String>,
    /// How many commits it has beyond the merge base, along first parents.
    pub commits: usize,
    /// How many records were judged, and how many there are.
    pub judged: (usize, usize),
    /// The commit that both sides come from.
    pub merge_base: Option<Commit>,
}

impl PullRequest {
    /// Judges what a commit would bring to another; without that, to an empty repository.
    pub fn of(bench: &Bench<'_>, base: Option<&Commit>, head: &Commit) -> Result<Self, Error> {
        let mut request = Self::default();
        let mut meets = Vec::new();
        if let Some(base) = base {
            for id in bench.repository.merge_bases(base.id, head.id)? {
                meets.push(bench.repository.read_commit(id)?);
            }
        }
        let meet = meets.first().cloned();
        let from = match (&meet, base) {
            (None, Some(base)) => {
                request.tell_rewritten(bench, base, head)?;
                Some(base)
            }
            (meet, _) => meet.as_ref(),
        };
        let mut company = company(bench, from)?;
        let known = company.clone();
        let step = Step::between(bench, from, head)?.thorough();
        let differences = step.differences.clone();
        let judged = step.judge(bench, &mut company, &Owed::default())?;
        request.add(judged.findings());
        request.judge_classes(bench, from, &differences, &judged)?;
        request.outside = differences
            .iter()
            .filter(|one| !one.path.starts_with("registry/"))
            .map(|one| one.path.clone())
            .collect();
        if let (Some(meet), Some(base)) = (&meet, base)
            && meet.id != base.id
        {
            company = self::company(bench, Some(base))?;
            let result = result(bench, meet, base, head, &differences)?;
            let changes = result.differences.clone();
            let judged = result.judge(bench, &mut company, &Owed::default())?;
            request.add(judged.findings());
            request.judge_classes(bench, Some(base), &changes, &judged)?;
            request.apart = judged.apart;
        } else {
            request.apart = judged.apart.clone();
        }
        if let Some(base) = base {
            for meet in meets.iter().skip(1) {
                request.judge_from(bench, meet, base, head)?;
            }
        }
        request.judged = judged.judged;
        request.look = look(&judged, &company);
        request.judge_commits(bench, from, head, known)?;
        request.add_unsound(bench, base.or(from), &company, &ids(&differences))?;
        request.events = judged.events;
        request.merge_base = meet;
        Finding::sort(&mut request.findings);
        Finding::sort(&mut request.apart);
        Ok(request)
    }

    fn add(&mut self, findings: Vec<Finding>) {
        extend(&mut self.findings, findings);
    }

    /// Steps 31 and 32; the change that founds a registry is exempt.
    fn judge_classes(
        &mut self,
        bench: &Bench<'_>,
        from: Option<&Commit>,
        differences: &[Difference],
        judged: &Judged,
    ) -> Result<(), Error> {
        let founded = match from {
            Some(from) => bench.repository.subtree(from.tree, layout::ROOT)?.is_some(),
            None => false,
        };
        if founded {
            let unlawful = judged
                .unlawful
                .iter()
                .filter_map(|(subject, finding)| match subject {
                    Subject::Record(id) if finding.is_error() => Some(id),
                    _ => None,
                });
            let unlawful: BTreeSet<&Id> = unlawful.collect();
            let classes = classes(differences, &judged.touches, &judged.events, &unlawful);
            self.add(mixed(&classes).into_iter().collect());
            self.add(foreign(differences, &judged.touches));
        }
        Ok(())
    }

    /// Step 28: both sides begin at several commits, so that a merge could go from any of them.
    fn judge_from(
        &mut self,
        bench: &Bench<'_>,
        meet: &Commit,
        base: &Commit,
        head: &Commit,
    ) -> Result<(), Error> {
        let step = Step::between(bench, Some(meet), head)?.thorough();
        let result = result(bench, meet, base, head, &step.differences)?;
        let changes = result.differences.clone();
        let mut beginning = company(bench, Some(meet))?;
        let judged = step.judge(bench, &mut beginning, &Owed::default())?;
        self.add(judged.findings());
        let mut beginning = company(bench, Some(base))?;
        let judged = result.judge(bench, &mut beginning, &Owed::default())?;
        self.add(judged.findings());
        // Seen from here the pull request has what the other side brought, too: only what BASE gets has a class.
        self.judge_classes(bench, Some(base), &changes, &judged)
    }

    /// Step 33: what single commits break, as warnings.
    fn judge_commits(
        &mut self,
        bench: &Bench<'_>,
        from: Option<&Commit>,
        head: &Commit,
        mut company: Company,
    ) -> Result<(), Error> {
        let known = match from {
            Some(from) => bench.repository.ancestors(from.id)?,
            None => HashSet::new(),
        };
        let mut line = Vec::new();
        let mut next = Some(head.clone());
        let mut before = None;
        while let Some(commit) = next {
            if known.contains(&commit.id) {
                before = Some(commit);
                break;
            }
            let parent = commit.parents.first();
            next = parent
                .map(|parent| bench.repository.read_commit(*parent))
                .transpose()?;
            line.push(commit);
        }
        self.commits = line.len();
        // Of a history that has nothing in common with the base the whole is told.
        if before.is_some() != from.is_some() {
            return Ok(());
        }
        let alone = line.len() < 2;
        if before.as_ref().map(|commit| commit.id) != from.map(|commit| commit.id) {
            company = self::company(bench, before.as_ref())?;
        }
        for commit in line.into_iter().rev() {
            let step = Step::between(bench, before.as_ref(), &commit)?;
            let found = match alone {
                // What the one commit breaks was told.
                true => Vec::new(),
                false => {
                    let judged = step.judge(bench, &mut company, &Owed::default())?;
                    judged.findings()
                }
            };
            for parent in commit.parents.iter().skip(1) {
                let other = bench.repository.read_commit(*parent)?;
                if let Some(first) = &before {
                    // Where a merge comes in as it is, nothing puts this right any more.
                    let lost = lost_in_merge(bench, first, &other, &commit)?.into_iter();
                    let id = commit.id.to_string();
                    self.add(lost.map(|(_, finding)| finding.in_commit(&id)).collect());
                }
            }
            let told = self.findings.clone();
            let told = Known::of(&told);
            for finding in found {
                if !finding.is_error() || told.holds(&finding) {
                    continue;
                }
                let message = format!(
                    "in the commit {} alone: {}",
                    commit.id.short(),
                    finding.message
                );
                let help = "Squash the commits of the pull request into one before it is merged.";
                let finding = Finding { message, ..finding };
                let warning = finding.with_severity(Severity::Warning).with_help(help);
                self.add(vec![warning.in_commit(commit.id.to_string())]);
            }
            before = Some(commit);
        }
        Ok(())
    }

    /// Step 34: records of others whose form alone refuses them.
    fn add_unsound(
        &mut self,
        bench: &Bench<'_>,
        base: Option<&Commit>,
        company: &Company,
        touched: &BTreeSet<Id>,
    ) -> Result<(), Error> {
        let others: BTreeSet<Id> = company.unsound().difference(touched).cloned().collect();
        if let (Some(base), false) = (base, others.is_empty()) {
            let state = State::of(bench.repository, Some(base.tree));
            let found = bench.part(&state, &others, None)?.findings;
            extend(&mut self.apart, found);
        }
        Ok(())
    }

    /// Step 28: no common ancestor; what would be gone if this replaced the base.
    fn tell_rewritten(
        &mut self,
        bench: &Bench<'_>,
        base: &Commit,
        head: &Commit,
    ) -> Result<(), Error> {
        let message = format!(
            "{} and {} have no commit in common: one history would replace the other",
            base.id.short(),
            head.id.short()
        );
        self.add(vec![Finding::about(
            &HISTORY_REWRITTEN,
            "registry",
            message,
        )]);
        let lost = lost(bench, base, head)?;
        self.add(lost.into_iter().map(|(_, finding)| finding).collect());
        Ok(())
    }
}

fn company(bench: &Bench<'_>, commit: Option<&Commit>) -> Result<Company, Error> {
    match commit {
        Some(commit) => Company::of(&State::of(bench.repository, Some(commit.tree))),
        None => Ok(Company::default()),
    }
}

/// Step 29: the base with what the pull request changes.
fn result<'a>(
    bench: &Bench<'a>,
    meet: &Commit,
    base: &Commit,
    head: &'a Commit,
    changes: &[Difference],
) -> Result<Step<'a>, Error> {
    let before = State::of(bench.repository, Some(base.tree));
    let old = State::of(bench.repository, Some(meet.tree));
    let new = State::of(bench.repository, Some(head.tree));
    let mut after = before.clone();
    let mut differences = Vec::new();
    let inside = |path: &str| path.starts_with("registry/") || path == layout::ROOT;
    for change in changes {
        let path = change.path.as_str();
        let there = before.leaf(path)?;
        let leaf = if there == change.before {
            change.after
        } else if there == change.after || !inside(path) {
            continue;
        } else {
            let merged = match (old.plain(path)?, before.plain(path)?, new.plain(path)?) {
                (Some(old), Some(ours), Some(theirs)) => lines(&old, &ours, &theirs)?,
                _ => None,
            };
            let Some(bytes) = merged else {
                return Err(Error::new(format!(
                    "{} was changed on both sides, so that what a merge gives cannot be judged",
                    quote(path)
                ))
                .with_help("Bring the branch up to date with the one that it is for (`git merge` or `git rebase`), and review it again."));
            };
            Some(after.put_bytes(path, bytes)?)
        };
        after.put(path, leaf);
        differences.push(Difference {
            path: path.to_owned(),
            before: there,
            after: leaf,
        });
    }
    Ok(Step {
        from: Some(base.id),
        before,
        after,
        differences,
        commit: Some(head),
        thorough: true,
    })
}

/// What the program cannot know and a maintainer can find out.
fn look(judged: &Judged, company: &Company) -> Vec<String> {
    let mut look = Vec::new();
    let mut seen = BTreeSet::new();
    for event in &judged.events {
        let who = event.who();
        if let (Happening::Stated(_), true) = (event.happening, event.first) {
            let key = event.key.as_deref().unwrap_or("unknown");
            look.push(format!("{who} signs here for the first time, with the key {key}: nobody has tied it to the organization"));
        }
        if let Some(new) = &event.new_key {
            look.push(format!("{who} speaks with another key from now on, {new}"));
        }
        if let Some(domain) = event.domain.as_ref().filter(|_| {
            event.first
                || event
                    .detail
                    .as_deref()
                    .is_some_and(|detail| detail.contains("domain"))
        }) {
            look.push(format!(
                "{who} claims the domain {domain}: nobody has seen its key there"
            ));
        }
        if let Some(authority) = &event.authority {
            look.push(format!(
                "{who} says that this was decided by {} (claimed, not checked)",
                quote(authority)
            ));
        }
        let Some(id) = event
            .signatory
            .as_ref()
            .filter(|id| seen.insert((*id).clone()))
        else {
            continue;
        };
        for other in company.near(id) {
            let path = company
                .paths(&other)
                .next()
                .map_or("", |(path, _)| path.as_str());
            look.push(format!("{who} has a name like that of `{other}` ({path})"));
        }
    }
    let letters = judged.events.iter();
    for event in letters.filter(|event| event.happening == Happening::VersionAdded) {
        let letter = event.letter.as_ref().map(Id::as_str).unwrap_or_default();
        look.push(format!("whoever endorsed an earlier version of `{letter}` is shown as superseded until it signs this one"));
    }
    let removed = judged
        .events
        .iter()
        .filter(|event| event.happening == Happening::RecordRemoved)
        .count();
    if removed > 1 {
        look.push(format!("{} are removed at once", count(removed, "record")));
    }
    look
}
