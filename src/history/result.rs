//! What a merge of a pull request would give: its base with every file that it changes.
//! Implements docs/formats/16-history.md, step 29.

use super::bench::Bench;
use super::step::Step;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::registry::commit::Commit;
use crate::registry::git::difference::Difference;
use crate::registry::git::merge::lines;
use crate::registry::layout;
use crate::registry::state::State;
use std::collections::BTreeSet;

/// Step 29: the base with what the pull request changes since each commit that both sides come from.
pub fn result<'a>(
    bench: &Bench<'a>,
    beginnings: &[(&Commit, Vec<Difference>)],
    base: &Commit,
    head: &'a Commit,
) -> Result<Step<'a>, Error> {
    let before = State::of(bench.repository, Some(base.tree));
    let new = State::of(bench.repository, Some(head.tree));
    let mut after = before.clone();
    let mut differences = Vec::new();
    let mut seen = BTreeSet::new();
    let inside = |path: &str| path.starts_with("registry/") || path == layout::ROOT;
    let mut each = Vec::new();
    for (meet, changes) in beginnings {
        for change in changes {
            each.push((meet, change, before.leaf(&change.path)?));
        }
    }
    // Where one of the beginnings has what BASE has, HEAD alone changed it.
    each.sort_by_key(|(_, change, there)| *there != change.before);
    for (meet, change, there) in each {
        let path = change.path.as_str();
        let leaf = if there == change.before {
            change.after
        } else if there == change.after || !inside(path) || seen.contains(path) {
            continue;
        } else {
            let old = State::of(bench.repository, Some(meet.tree));
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
        if !seen.insert(path) {
            continue;
        }
        after.put(path, leaf);
        differences.push(Difference {
            path: path.to_owned(),
            before: there,
            after: leaf,
        });
    }
    differences.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Step {
        from: Some(base.id),
        before,
        after,
        differences,
        commit: Some(head),
        thorough: true,
    })
}
