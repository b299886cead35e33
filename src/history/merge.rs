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
use crate::registry::layout::CHARTER;
use crate::registry::state::State;

/// What a commit has and another lacks: records, statements, attestations, listings, letters, texts, superseded charters.
pub fn lost(
    bench: &Bench<'_>,
    from: &Commit,
    to: &Commit,
) -> Result<Vec<(Subject, Finding)>, Error> {
    let before = State::of(bench.repository, Some(from.tree));
    let after = State::of(bench.repository, Some(to.tree));
    let differences = bench
        .repository
        .differences(Some(from.tree), Some(to.tree))?;
    let lineage = Lineage {
        repository: bench.repository,
        schemas: &bench.schemas,
        from: from.id,
    };
    let mut found = Vec::new();
    for id in ids(&differences) {
        let (old, new) = (record(&before, &id)?, record(&after, &id)?);
        let there = after.record_paths(&id)?;
        let change = Change {
            id: &id,
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

/// What a merge lost of a parent that is not its first.
pub fn lost_in_merge(
    bench: &Bench<'_>,
    first: &Commit,
    other: &Commit,
    merge: &Commit,
) -> Result<Vec<(Subject, Finding)>, Error> {
    let mut found = lost(bench, other, merge)?;
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
