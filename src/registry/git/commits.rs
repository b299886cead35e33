//! Commits and how they descend from each other, read from their own bytes: grafts and replace refs do not count.
//! Implements docs/formats/16-history.md, steps 1, 27 and 28.

use super::repository::{Repository, failed};
use super::tree::bytes;
use crate::base::error::Error;
use crate::registry::commit::Commit;
use crate::registry::object::ObjectId;
use git2::Oid;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

impl Repository {
    /// The commit that a revision's name means.
    pub fn named(&self, name: &str) -> Result<Commit, Error> {
        let id = self.commit(name)?;
        self.read_commit(ObjectId(bytes(id)))
    }

    /// A commit by its name.
    pub fn read_commit(&self, id: ObjectId) -> Result<Commit, Error> {
        let oid = oid(id);
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let object = odb
            .read(oid)
            .map_err(|error| self.lacks(oid, "a commit", &error))?;
        let parse = |hex: &str| Oid::from_str(hex).ok().map(|oid| ObjectId(bytes(oid)));
        Commit::read(id, object.data(), parse).ok_or_else(|| {
            Error::new(format!("the object {id} is not a commit that can be read"))
                .with_help("Run `git fsck` to see what is damaged, and clone again.")
        })
    }

    /// A commit and its first parents, back to one of them or else to the first commit; the newest first.
    pub fn first_parents(
        &self,
        newest: &Commit,
        until: Option<ObjectId>,
    ) -> Result<Vec<Commit>, Error> {
        let mut line = vec![newest.clone()];
        while let Some(last) = line.last().filter(|last| Some(last.id) != until)
            && let Some(parent) = last.parents.first()
        {
            line.push(self.read_commit(*parent)?);
        }
        Ok(line)
    }

    /// A commit and all that it descends from.
    pub fn ancestors(&self, newest: ObjectId) -> Result<HashSet<ObjectId>, Error> {
        let mut seen = HashSet::from([newest]);
        let mut waiting = vec![newest];
        while let Some(id) = waiting.pop() {
            for parent in self.read_commit(id)?.parents {
                if seen.insert(parent) {
                    waiting.push(parent);
                }
            }
        }
        Ok(seen)
    }

    /// The best common ancestor of two commits; of several, the first by name.
    pub fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, Error> {
        Ok(self.merge_bases(one, other)?.into_iter().next())
    }

    /// The best common ancestors of two commits: those that are no ancestor of another.
    ///
    /// The newest commit is looked at first, so that seldom more is read than what lies between the two. What is found
    /// does not depend on dates: with wrong ones only more is read, and what is an ancestor of another is taken out.
    pub fn merge_bases(&self, one: ObjectId, other: ObjectId) -> Result<BTreeSet<ObjectId>, Error> {
        let mut meets = meets(one, other, |id| self.read_commit(id))?;
        if meets.len() > 1 {
            for id in meets.clone() {
                let mut older = self.ancestors(id)?;
                older.remove(&id);
                meets.retain(|meet| !older.contains(meet));
            }
        }
        Ok(meets)
    }
}

/// From which of two commits another was reached, and whether it lies below one that both lead to.
type Side = u8;
const ONE: Side = 1;
const OTHER: Side = 2;
const BOTH: Side = ONE | OTHER;
const BELOW: Side = 4;

/// The common ancestors of two commits that do not turn out to be ancestors of another on the way; all that are best, and
/// seldom one that is not.
fn meets(
    one: ObjectId,
    other: ObjectId,
    read: impl Fn(ObjectId) -> Result<Commit, Error>,
) -> Result<BTreeSet<ObjectId>, Error> {
    let mut sides = Sides::default();
    sides.reach(read(one)?, ONE);
    sides.reach(read(other)?, OTHER);
    while let Some((commit, side)) = sides.next() {
        let side = match side {
            BOTH if sides.are_done() => break,
            BOTH => BOTH | BELOW,
            side => side,
        };
        for parent in commit.parents {
            if !sides.knows(parent, side) {
                sides.reach(read(parent)?, side);
            }
        }
    }
    Ok(sides.meets())
}

/// Commits on the way back from two, until what both lead to is known.
#[derive(Default)]
struct Sides {
    known: HashMap<ObjectId, Side>,
    /// Those to be looked at, by time: what lies below a common ancestor apart.
    fresh: BTreeMap<(i64, ObjectId), Commit>,
    below: BTreeMap<(i64, ObjectId), Commit>,
}

impl Sides {
    fn knows(&self, id: ObjectId, side: Side) -> bool {
        self.known
            .get(&id)
            .is_some_and(|known| known & side == side)
    }

    fn reach(&mut self, commit: Commit, side: Side) {
        let known = self.known.entry(commit.id).or_default();
        *known |= side;
        let place = (commit.seconds, commit.id);
        if *known & BELOW == 0 {
            self.fresh.insert(place, commit);
        } else {
            self.fresh.remove(&place);
            self.below.insert(place, commit);
        }
    }

    /// The newest commit to be looked at; nothing where every one lies below a common ancestor.
    fn next(&mut self) -> Option<(Commit, Side)> {
        let fresh = self.fresh.last_key_value().map(|(place, _)| *place)?;
        let below = self.below.last_key_value().map(|(place, _)| *place);
        let (_, commit) = match below > Some(fresh) {
            true => self.below.pop_last(),
            false => self.fresh.pop_last(),
        }?;
        let side = self.known.get(&commit.id).copied().unwrap_or_default();
        Some((commit, side))
    }

    fn are_done(&self) -> bool {
        self.fresh.is_empty()
    }

    fn meets(&self) -> BTreeSet<ObjectId> {
        let meets = self.known.iter().filter(|(_, side)| **side == BOTH);
        meets.map(|(id, _)| *id).collect()
    }
}

pub(super) fn oid(id: ObjectId) -> Oid {
    // Twenty bytes are always a name.
    Oid::from_bytes(&id.0).unwrap_or(Oid::ZERO_SHA1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number that looks like chance and is the same in every run.
    fn next(state: &mut u64, below: usize) -> usize {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(*state >> 33).unwrap() % below
    }

    fn id(number: usize) -> ObjectId {
        ObjectId([u8::try_from(number).unwrap(); 20])
    }

    /// Commits that each descend from one or two earlier ones, dated at random.
    fn history(state: &mut u64) -> Vec<Commit> {
        let commit = |number: usize| {
            let parents = match number {
                0 => BTreeSet::new(),
                _ => [next(state, number), next(state, number)].map(id).into(),
            };
            Commit {
                id: id(number),
                tree: id(0),
                parents: parents.into_iter().collect(),
                author: String::new(),
                seconds: i64::try_from(next(state, 5)).unwrap(),
                subject: String::new(),
            }
        };
        (0..14).map(commit).collect()
    }

    fn ancestors(history: &[Commit], of: ObjectId) -> BTreeSet<ObjectId> {
        let commit = history.iter().find(|commit| commit.id == of).unwrap();
        let above = commit
            .parents
            .iter()
            .flat_map(|parent| ancestors(history, *parent));
        above.chain([of]).collect()
    }

    #[test]
    fn no_best_ancestor_is_missed_whatever_the_dates_say() {
        let mut state = 7;
        let (mut several, mut exact) = (0, 0);
        for _ in 0..300 {
            let history = history(&mut state);
            let (one, other) = (id(next(&mut state, 14)), id(next(&mut state, 14)));
            let read = |id| {
                Ok(history
                    .iter()
                    .find(|commit| commit.id == id)
                    .unwrap()
                    .clone())
            };
            let found = meets(one, other, read).unwrap();
            let (ones, others) = (ancestors(&history, one), ancestors(&history, other));
            let common: BTreeSet<ObjectId> = ones.intersection(&others).copied().collect();
            let covered = |id: &ObjectId| {
                let mut above = common.iter().filter(|above| *above != id);
                above.any(|above| ancestors(&history, *above).contains(id))
            };
            let best: BTreeSet<ObjectId> =
                common.iter().filter(|id| !covered(id)).copied().collect();
            assert!(
                best.is_subset(&found) && found.is_subset(&common),
                "{one} {other}"
            );
            several += usize::from(best.len() > 1);
            exact += usize::from(best == found);
        }
        assert!(several > 10 && exact > 200, "{several} {exact}");
    }
}
