//! A merge against its other parents: nothing that one of them has may be lost in it.
//! Implements docs/formats/16-history.md, steps 22, 23, 27 and 28.

use super::bench::Bench;
use super::charter::superseded;
use super::letters;
use super::lineage::{Lineage, record};
use super::lists::Order;
use super::owed::Subject;
use super::record::Change;
use super::step::{ids, touched_letters};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::rule::POLICY_CHANGED_WITHOUT_THRESHOLD;
use crate::registry::commit::Commit;
use crate::registry::layout::{self, CHARTER, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::{BTreeSet, HashSet, VecDeque};

/// What a commit has and another lacks: records, statements, attestations, listings, letters, texts, superseded charters.
pub fn lost(
    bench: &Bench<'_>,
    from: &Commit,
    to: &Commit,
) -> Result<Vec<(Subject, Finding)>, Error> {
    lost_of(bench, from, to, |_| true)
}

/// The same of some paths alone.
fn lost_of(
    bench: &Bench<'_>,
    from: &Commit,
    to: &Commit,
    asked: impl Fn(&str) -> bool,
) -> Result<Vec<(Subject, Finding)>, Error> {
    let before = State::of(bench.repository, Some(from.tree));
    let after = State::of(bench.repository, Some(to.tree));
    let mut differences = bench
        .repository
        .differences(Some(from.tree), Some(to.tree))?;
    // Of what was not there nothing can be lost.
    differences.retain(|one| one.before.is_some() && asked(&one.path));
    let lineage = Lineage {
        bench,
        from: from.id,
    };
    let mut found = Vec::new();
    for id in &ids(&differences) {
        let (old, new) = (record(&before, id)?, record(&after, id)?);
        let there = after.record_paths(id)?;
        let change = Change {
            id,
            before: old.as_ref(),
            after: new.as_ref(),
            unreadable: there.first().map(String::as_str),
        };
        let lost = change.judge(Order::Free, Some(&lineage))?;
        let lost = lost.into_iter().filter(Finding::is_error);
        found.extend(lost.map(|finding| (Subject::Record(id.clone()), finding)));
    }
    for id in touched_letters(&differences) {
        let lost = letters::judge(&id, &before, &after)?;
        found.extend(
            lost.into_iter()
                .map(|finding| (Subject::Letter(id.clone()), finding)),
        );
    }
    let gone = superseded(&differences).into_iter();
    found.extend(gone.map(|finding| (Subject::Superseded(finding.path.clone()), finding)));
    Ok(found)
}

/// Whether two findings say the same of the same.
pub fn says_the_same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule && one.message == other.message && one.signatory == other.signatory
}

/// Step 22: what commits on the way to another parent of a merge had, and the merge lacks; each with the commit that had it.
///
/// What such a commit has and the parent lacks was lost by one of the steps between the two. So only what that step
/// touched is compared with the merge.
pub fn lost_on_the_way(
    bench: &Bench<'_>,
    (first, side, merge): (&Commit, &Commit, &Commit),
    reached: &HashSet<ObjectId>,
) -> Result<Vec<(Subject, Finding, Commit)>, Error> {
    let mut found: Vec<(Subject, Finding, Commit)> = Vec::new();
    if reached.contains(&side.id) {
        return Ok(found);
    }
    let mut seen = HashSet::from([side.id]);
    let mut waiting = VecDeque::from([side.clone()]);
    while let Some(child) = waiting.pop_front() {
        for id in child.parents.iter().filter(|id| !reached.contains(id)) {
            let earlier = bench.repository.read_commit(*id)?;
            let step = bench
                .repository
                .differences(Some(earlier.tree), Some(child.tree))?;
            let touched = step.iter().filter(|one| one.before.is_some());
            let touched: BTreeSet<&str> = touched.map(|one| one.path.as_str()).collect();
            let mut inside = touched.iter().filter(|path| path.starts_with("registry/"));
            if inside.next().is_some() {
                let mut lost = lost_of(bench, &earlier, merge, |path| is_touched(path, &touched))?;
                let sides = (first, &earlier, merge);
                not_inherited(bench, sides, &mut lost, |(subject, finding)| {
                    (subject, finding)
                })?;
                for (subject, finding) in lost {
                    if !found
                        .iter()
                        .any(|(_, known, _)| says_the_same(known, &finding))
                    {
                        found.push((subject, finding, earlier.clone()));
                    }
                }
            }
            if seen.insert(*id) {
                waiting.push_back(earlier);
            }
        }
    }
    Ok(found)
}

/// Leaves out what a commit has only from where both sides of the merge began: that the first parent's side lost or
/// changed that was judged on its way, and the merge itself is judged against its first parent.
fn not_inherited<T>(
    bench: &Bench<'_>,
    (first, other, merge): (&Commit, &Commit, &Commit),
    found: &mut Vec<T>,
    told: impl Fn(&T) -> (&Subject, &Finding),
) -> Result<(), Error> {
    if found.is_empty() {
        return Ok(());
    }
    let mut inherited = Vec::new();
    for base in bench.repository.merge_bases(first.id, other.id)? {
        inherited.push(lost(bench, &bench.repository.read_commit(base)?, merge)?);
    }
    // Of several beginnings each must have it.
    found.retain(|one| {
        let (subject, finding) = told(one);
        let has = |lost: &Vec<(Subject, Finding)>| {
            let mut lost = lost.iter();
            lost.any(|(of, known)| of == subject && says_the_same(known, finding))
        };
        inherited.is_empty() || !inherited.iter().all(has)
    });
    Ok(())
}

/// Whether a step touched the file, or another of the same letter.
fn is_touched(path: &str, touched: &BTreeSet<&str>) -> bool {
    match layout::slot(path) {
        Some(Slot::Letter(id) | Slot::Text(id, ..)) => {
            let folder = format!("{}/", layout::letter_folder(&id));
            touched.iter().any(|one| one.starts_with(&folder))
        }
        Some(Slot::Record(id)) => {
            let mut ways = [false, true]
                .into_iter()
                .map(|sharded| layout::record_path(&id, sharded));
            touched.contains(path) || ways.any(|way| touched.contains(way.as_str()))
        }
        _ => touched.contains(path),
    }
}

/// What a merge lost of a parent that is not its first.
pub fn lost_in_merge(
    bench: &Bench<'_>,
    first: &Commit,
    other: &Commit,
    merge: &Commit,
) -> Result<Vec<(Subject, Finding)>, Error> {
    let mut found = lost(bench, other, merge)?;
    not_inherited(
        bench,
        (first, other, merge),
        &mut found,
        |(subject, finding)| (subject, finding),
    )?;
    let charter = |commit: &Commit| bench.repository.leaf(commit.tree, CHARTER);
    let (of_other, of_merge) = (charter(other)?, charter(merge)?);
    if of_other != of_merge && of_other.is_some() {
        // The other side lags behind, or changed it and is not heard.
        let mut lags = false;
        for base in bench.repository.merge_bases(first.id, other.id)? {
            lags |= charter(&bench.repository.read_commit(base)?)? == of_other;
        }
        if !lags {
            let message = "the merge drops the charter of the branch that it takes in";
            let finding = Finding::about(&POLICY_CHANGED_WITHOUT_THRESHOLD, CHARTER, message);
            found.push((Subject::Charter, finding));
        }
    }
    Ok(found)
}
