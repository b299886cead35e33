//! A pull request: what it does to the registry, whether it may, and what a maintainer should look at.
//! Implements docs/formats/16-history.md, steps 28 to 34 and 37.

use super::bench::Bench;
use super::class::{classes, foreign, mixed};
use super::company::Company;
use super::event::Event;
use super::known::{Known, extend};
use super::look::look;
use super::merge::{lost, lost_in_merge, lost_on_the_way, says_the_same};
use super::owed::Subject;
use super::past::{Past, restored};
use super::result::result;
use super::step::{Judged, Step, ids};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::rule::{BINDING_ONE_WAY, HISTORY_REWRITTEN};
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
use crate::registry::layout;
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::cell::OnceCell;
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
    /// The files that it changes and of which nothing is concluded: outside `registry/`, and those reserved for the ledger.
    pub outside: Vec<String>,
    /// How many commits it has beyond the merge base, along first parents.
    pub commits: usize,
    /// How many records were judged, and how many there are.
    pub judged: (usize, usize),
    /// The commit that both sides come from.
    pub merge_base: Option<Commit>,
    /// Whether whom it was compared with was looked up in an index that an earlier run made.
    pub from_index: bool,
    /// Whether it does what only a mending may do.
    doubtful: bool,
}

impl PullRequest {
    /// Judges what a commit would bring to another; without that, to an empty repository.
    ///
    /// Where it would be refused for what it changes, it may be that it puts right what the history of the base lost.
    pub fn of(bench: &Bench<'_>, base: Option<&Commit>, head: &Commit) -> Result<Self, Error> {
        let request = Self::judge(bench, base, head);
        // Where the index of an earlier run turned out to be damaged, nothing that rests on it counts.
        match bench.indices.give_up() {
            true => Self::judge(bench, base, head),
            false => request,
        }
    }

    fn judge(bench: &Bench<'_>, base: Option<&Commit>, head: &Commit) -> Result<Self, Error> {
        let mut request = Self::against(bench, base, head, &Past::default())?;
        let Some(base) = base.filter(|_| request.doubtful) else {
            return Ok(request);
        };
        match Past::of(bench, base) {
            Ok(past) if past.is_empty() => Ok(request),
            Ok(past) => Self::against(bench, Some(base), head, &past),
            // What was found stands, such as in a partial clone.
            Err(error) => {
                let what = visible(error.what());
                request.look.push(format!("the history of the base cannot be walked, so that it is not known whether this puts something right: {what}"));
                Ok(request)
            }
        }
    }

    fn against(
        bench: &Bench<'_>,
        base: Option<&Commit>,
        head: &Commit,
        past: &Past,
    ) -> Result<Self, Error> {
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
        if let Some(base) = base.filter(|base| meet.as_ref().is_some_and(|meet| meet.id == base.id))
        {
            company.keep(bench, base.tree)?;
        }
        let known = company.clone();
        let step = Step::between(bench, from, head)?.thorough();
        let differences = step.differences.clone();
        let mut judged = step.judge(bench, &mut company, &past.owed)?;
        request.add(judged.findings());
        let (crossed, others) = (meets.len() > 1, meets.get(1..).unwrap_or_default());
        let mut beginnings = Vec::new();
        if let Some(meet) = &meet {
            beginnings.push((meet, differences.clone()));
        }
        for other in others {
            let step = Step::between(bench, Some(other), head)?.thorough();
            beginnings.push((other, step.differences.clone()));
            let mut company = self::company(bench, Some(other))?;
            request.add(step.judge(bench, &mut company, &past.owed)?.findings());
        }
        let mut changes = differences.clone();
        if !crossed {
            request.judge_classes(bench, from, &differences, &judged)?;
        }
        request.apart = judged.apart.clone();
        if let (Some(meet), Some(base)) = (&meet, base)
            && (crossed || meet.id != base.id)
        {
            company = self::company(bench, Some(base))?;
            company.keep(bench, base.tree)?;
            let result = result(bench, &beginnings, base, head)?;
            let brought = result.differences.clone();
            let of_result = result.judge(bench, &mut company, &past.owed)?;
            request.add(of_result.findings());
            request.judge_classes(bench, Some(base), &brought, &of_result)?;
            request.apart = of_result.apart.clone();
            if crossed {
                // Seen from one beginning alone the pull request has what the other side brought, too.
                judged = of_result;
                changes = brought;
            }
        }
        request.outside = changes
            .iter()
            .filter(|one| {
                let reserved = layout::slot(&one.path) == Some(layout::Slot::Ledger);
                reserved || !one.path.starts_with("registry/")
            })
            .map(|one| one.path.clone())
            .collect();
        request.judged = judged.judged;
        request.look = past.told(&judged.mended);
        if request.doubtful {
            request.look.extend(past.missing(&judged.mended, &changes));
        }
        request.look.extend(look(bench, &judged, &company)?);
        request.judge_commits(bench, (from, head), known, past)?;
        request.add_unsound(bench, base.or(from), &company, &ids(&changes))?;
        request.events = judged.events;
        request.from_index = bench.indices.used();
        request.merge_base = meet;
        Finding::sort(&mut request.findings);
        Finding::sort(&mut request.apart);
        Ok(request)
    }

    fn add(&mut self, findings: Vec<Finding>) {
        // Step 30: what is a warning in a state, since the list of public suffixes changes, does not enter anew.
        let findings = findings.into_iter().map(|finding| match finding.rule {
            rule if rule == &BINDING_ONE_WAY => finding.with_severity(Severity::Error),
            _ => finding,
        });
        extend(&mut self.findings, findings.collect());
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
            let restored = restored(&judged.restored, differences);
            let touches = &judged.touches;
            let classes = classes(differences, touches, &judged.events, &unlawful, &restored);
            let mut found = foreign(differences, touches, &restored);
            found.extend(mixed(&classes));
            self.doubtful |= !found.is_empty();
            self.add(found);
        }
        let mut unlawful = judged.unlawful.iter();
        self.doubtful |= unlawful.any(|(_, finding)| finding.is_error());
        Ok(())
    }

    /// Step 33: what single commits break, as warnings.
    fn judge_commits(
        &mut self,
        bench: &Bench<'_>,
        (from, head): (Option<&Commit>, &Commit),
        mut company: Company,
        past: &Past,
    ) -> Result<(), Error> {
        let (line, mut before) = line(bench, from, head)?;
        let known: OnceCell<HashSet<ObjectId>> = OnceCell::new();
        self.commits = line.len();
        // Of a history that has nothing in common with the base the whole is told.
        if before.is_some() != from.is_some() {
            return Ok(());
        }
        let alone = line.len() < 2;
        if before.as_ref().map(|commit| commit.id) != from.map(|commit| commit.id) {
            company = self::company(bench, before.as_ref())?;
        }
        let mut owed = past.owed.clone();
        for commit in line.into_iter().rev() {
            let step = Step::between(bench, before.as_ref(), &commit)?;
            let found = match alone {
                // What the one commit breaks was told.
                true => Vec::new(),
                false => {
                    let judged = step.judge(bench, &mut company, &owed)?;
                    for subject in &judged.mended {
                        owed.settle(subject);
                    }
                    judged.findings()
                }
            };
            for parent in commit.parents.iter().skip(1) {
                let other = bench.repository.read_commit(*parent)?;
                if let Some(first) = &before {
                    // Where a merge comes in as it is, nothing puts this right any more.
                    let mut lost = lost_in_merge(bench, first, &other, &commit)?;
                    let known = match (known.get(), from) {
                        (Some(known), _) => known,
                        (None, Some(from)) => {
                            let found = bench.repository.ancestors(from.id)?;
                            known.get_or_init(|| found)
                        }
                        (None, None) => known.get_or_init(HashSet::new),
                    };
                    for (subject, finding, _) in
                        lost_on_the_way(bench, (first, &other, &commit), known)?
                    {
                        if !lost.iter().any(|(_, one)| says_the_same(one, &finding)) {
                            lost.push((subject, finding));
                        }
                    }
                    let id = commit.id.to_string();
                    let lost = lost.into_iter();
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
        let others = company.unsound(bench)?;
        let others: BTreeSet<Id> = others.difference(touched).cloned().collect();
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

/// The commits of a pull request along first parents, the newest first, and the one before them, which it did not bring.
fn line(
    bench: &Bench<'_>,
    from: Option<&Commit>,
    head: &Commit,
) -> Result<(Vec<Commit>, Option<Commit>), Error> {
    let mut line = bench
        .repository
        .first_parents(head, from.map(|from| from.id))?;
    let Some(from) = from else {
        return Ok((line, None));
    };
    if line.pop_if(|last| last.id == from.id).is_some() {
        return Ok((line, Some(from.clone())));
    }
    // It came in by a merge, so that the line leads past it.
    let known = bench.repository.ancestors(from.id)?;
    let at = line.iter().position(|commit| known.contains(&commit.id));
    let rest = at.map(|at| line.split_off(at)).unwrap_or_default();
    Ok((line, rest.into_iter().next()))
}

fn company(bench: &Bench<'_>, commit: Option<&Commit>) -> Result<Company, Error> {
    match commit {
        Some(commit) => Company::of(bench, commit.tree),
        None => Ok(Company::default()),
    }
}
