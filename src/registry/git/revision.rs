//! From a revision's name to a commit, without grafts and replacements. Implements docs/formats/1-tree.md, naming a revision.

use super::commits::oid;
use super::repository::{Repository, failed};
use super::tree::bytes;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::registry::object::ObjectId;
use git2::{ErrorCode, ObjectType, Oid};
use std::collections::BTreeSet;

/// A step from a commit to one of its parents.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// `^n`: the n-th parent.
    Parent(usize),
    /// `~n`: n times the first parent.
    Back(usize),
}

impl Repository {
    /// The commit that a name such as `HEAD`, `v1~2`, `main^2` or a commit id means.
    ///
    /// The steps after the name read parents from the commit's own bytes, so that neither
    /// `info/grafts` nor replace refs lead elsewhere.
    pub(super) fn commit(&self, name: &str) -> Result<Oid, Error> {
        let unknown = || {
            Error::new(format!(
                "the revision {} is not in this repository",
                quote(name)
            ))
            .with_help(
                "Name a commit, branch or tag, perhaps with ~ or ^ behind it, such as HEAD~1.",
            )
        };
        let (base, steps) = split(name).ok_or_else(unknown)?;
        if base == "HEAD" && self.is_unborn()? {
            return Err(Error::new("the repository has no commit yet")
                .with_help("Commit first: `git add . && git commit`."));
        }
        if self.readings(base).len() > 1 {
            return Err(Error::new(format!(
                "the revision {} means more than one commit",
                quote(name)
            ))
            .with_help("Write the commit's whole id, or the whole name such as refs/heads/main."));
        }
        let object = self.inner().revparse_single(base).map_err(|_| unknown())?;
        let mut commit = object
            .peel(ObjectType::Commit)
            .map_err(|error| match error.code() {
                ErrorCode::NotFound => self.lacks(object.id(), "a commit", &error),
                _ => Error::new(format!("the revision {} leads to no commit", quote(name)))
                    .with_help("Name a commit, a branch, or a tag of a commit."),
            })?
            .id();
        for step in steps {
            commit = self.follow(commit, &step)?.ok_or_else(unknown)?;
        }
        Ok(commit)
    }

    /// Whether HEAD names a branch that has no commit; that it cannot be read is an error.
    pub(super) fn is_unborn(&self) -> Result<bool, Error> {
        match self.inner().head() {
            Ok(_) => Ok(false),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(true),
            Err(error) => Err(failed("HEAD cannot be read", &error)),
        }
    }

    /// The commits that a short name means as a tag, a branch and a remote branch.
    ///
    /// Any of these comes before a commit whose id begins so, as it does for Git.
    fn readings(&self, base: &str) -> BTreeSet<Oid> {
        ["refs/tags/", "refs/heads/", "refs/remotes/"]
            .iter()
            .filter_map(|kind| {
                let found = self.inner().find_reference(&format!("{kind}{base}"));
                found.ok()?.peel_to_commit().ok()
            })
            .map(|commit| commit.id())
            .collect()
    }

    fn follow(&self, commit: Oid, step: &Step) -> Result<Option<Oid>, Error> {
        match step {
            Step::Parent(0) => Ok(Some(commit)),
            Step::Parent(number) => Ok(self.parents(commit)?.get(number - 1).copied()),
            Step::Back(count) => {
                let mut commit = commit;
                for _ in 0..*count {
                    match self.parents(commit)?.first() {
                        Some(parent) => commit = *parent,
                        None => return Ok(None),
                    }
                }
                Ok(Some(commit))
            }
        }
    }

    /// The parents that the commit itself names.
    fn parents(&self, commit: Oid) -> Result<Vec<Oid>, Error> {
        let commit = self.read_commit(ObjectId(bytes(commit)))?;
        Ok(commit.parents.into_iter().map(oid).collect())
    }
}

/// A name and the steps behind it; nothing where it searches history (`@{…}`, `:/…`, `^{…}`).
fn split(name: &str) -> Option<(&str, Vec<Step>)> {
    if name.contains(['{', ':', '\0']) || name.starts_with('-') {
        return None;
    }
    let end = name.find(['~', '^']).unwrap_or(name.len());
    let (base, mut rest) = name.split_at_checked(end)?;
    let mut steps = Vec::new();
    while let Some(mark) = rest.chars().next() {
        let tail = rest.get(1..)?;
        let digits = tail.len()
            - tail
                .trim_start_matches(|digit: char| digit.is_ascii_digit())
                .len();
        let (number, after) = tail.split_at_checked(digits)?;
        let number = if number.is_empty() {
            1
        } else {
            number.parse().ok()?
        };
        steps.push(match mark {
            '~' => Step::Back(number),
            '^' => Step::Parent(number),
            _ => return None,
        });
        rest = after;
    }
    Some((if base.is_empty() { return None } else { base }, steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_from_the_name() {
        assert_eq!(split("HEAD"), Some(("HEAD", vec![])));
        assert_eq!(
            split("v1~2^"),
            Some(("v1", vec![Step::Back(2), Step::Parent(1)]))
        );
        assert_eq!(
            split("a^^2~"),
            Some(("a", vec![Step::Parent(1), Step::Parent(2), Step::Back(1)]))
        );
        for bad in [
            "",
            "~1",
            "HEAD^{tree}",
            "HEAD@{1}",
            ":/fix",
            "HEAD~x",
            "-x",
            "a:b",
        ] {
            assert_eq!(split(bad), None, "{bad}");
        }
    }
}
