//! Who else is in the registry: records found by look, domain, key or listing, without judging any of them.
//! Those of one tree are found through its index, those that differ from it are in memory.
//! Implements docs/formats/16-history.md, step 5.

use super::bench::Bench;
use super::census::Census;
use super::crowd::Crowd;
use super::index::{Mark, around, marks};
use super::indices::Indices;
use super::sketch::Sketch;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::registry::git::difference::Difference;
use crate::registry::git::places::Places;
use crate::registry::layout::{self, Slot};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Every record of a state, by what others could clash with.
#[derive(Debug, Clone, Default)]
pub struct Company {
    census: Option<Rc<Census>>,
    /// The records that differ from the tree of the census.
    crowd: Crowd,
    /// The ids of which the census says nothing any more.
    covered: BTreeSet<Id>,
    /// How many of these have a record there.
    counted: usize,
}

impl Company {
    /// The company of a whole tree.
    pub fn of(bench: &Bench<'_>, tree: ObjectId) -> Result<Self, Error> {
        let Some(folder) = bench.repository.signatories(tree)? else {
            return Ok(Self::default());
        };
        let (census, differences) = bench.indices.census(bench.repository, folder)?;
        let mut company = Self {
            census: Some(census),
            ..Self::default()
        };
        let state = State::of(bench.repository, Some(tree));
        company.advance(bench, &differences, &state)?;
        Ok(company)
    }

    /// Goes from a state to the next; says which ids have a record that differs.
    pub fn advance(
        &mut self,
        bench: &Bench<'_>,
        differences: &[Difference],
        after: &State<'_>,
    ) -> Result<BTreeSet<Id>, Error> {
        let mut changed = BTreeSet::new();
        for difference in differences {
            if let Some(Slot::Record(id)) = layout::slot(&difference.path) {
                changed.insert(id);
            }
        }
        if let Some(census) = &self.census {
            let new = changed.difference(&self.covered).cloned().collect();
            let places = census.places(bench.repository, &new)?;
            self.counted += places.len();
            for (id, files) in places {
                for (path, leaf) in files {
                    self.crowd.place(&id, &path, Some(leaf));
                }
            }
            self.covered.extend(new);
        }
        for difference in differences {
            if let Some(Slot::Record(id)) = layout::slot(&difference.path) {
                self.crowd.place(&id, &difference.path, difference.after);
            }
        }
        self.crowd.refresh(&changed, after)?;
        Ok(changed)
    }

    /// Where the records of some ids lie.
    pub fn places(&self, bench: &Bench<'_>, ids: &BTreeSet<Id>) -> Result<Places, Error> {
        let mut places = match &self.census {
            Some(census) => {
                let there = ids.difference(&self.covered).cloned().collect();
                census.places(bench.repository, &there)?
            }
            None => Places::new(),
        };
        for id in ids {
            let paths = self.crowd.paths(id);
            let paths = paths.map(|(path, leaf)| (path.clone(), *leaf));
            let paths: BTreeMap<_, _> = paths.collect();
            if !paths.is_empty() {
                places.insert(id.clone(), paths);
            }
        }
        Ok(places)
    }

    /// How many signatories there are.
    pub fn len(&self) -> usize {
        let there = self.census.as_ref().map_or(0, |census| census.count());
        there.saturating_sub(self.counted) + self.crowd.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those whose form alone already refuses them.
    pub fn unsound(&self, bench: &Bench<'_>) -> Result<BTreeSet<Id>, Error> {
        let mut found = self.confirmed(bench, &[Mark::Unsound], |sketch| sketch.unsound)?;
        found.extend(self.crowd.unsound().iter().cloned());
        Ok(found)
    }

    /// All that a publisher listed anywhere.
    pub fn listed(&self, bench: &Bench<'_>) -> Result<BTreeSet<Id>, Error> {
        let listed = |sketch: &Sketch| !sketch.listed.is_empty();
        let mut found = self.confirmed(bench, &[Mark::Listed], listed)?;
        found.extend(self.crowd.listed());
        Ok(found)
    }

    /// Others with a name that is near one of this record's: the same letters and digits, whatever stands between.
    pub fn near(&self, bench: &Bench<'_>, id: &Id) -> Result<BTreeSet<Id>, Error> {
        let mut found = BTreeSet::new();
        for sketch in self
            .sketches(bench, &BTreeSet::from([id.clone()]))?
            .values()
        {
            let marks: Vec<Mark<'_>> = sketch.near.iter().map(|look| Mark::Near(look)).collect();
            let near = |other: &Sketch| !other.near.is_disjoint(&sketch.near);
            found.extend(self.confirmed(bench, &marks, near)?);
            found.extend(self.crowd.near(sketch));
        }
        found.remove(id);
        Ok(found)
    }

    /// All that have a look, a domain or a key in common with one of these.
    pub fn around(&self, bench: &Bench<'_>, ids: &BTreeSet<Id>) -> Result<BTreeSet<Id>, Error> {
        let mut found = BTreeSet::new();
        let sketches = self.sketches(bench, ids)?;
        let marks: Vec<Mark<'_>> = sketches.values().flat_map(around).collect();
        let meets = |other: &Sketch| sketches.values().any(|sketch| sketch.meets(other));
        found.extend(self.confirmed(bench, &marks, meets)?);
        for sketch in sketches.values() {
            found.extend(self.crowd.around(sketch));
        }
        Ok(found)
    }

    /// Whoever the index finds by some marks, and whose record has what was asked for.
    fn confirmed(
        &self,
        bench: &Bench<'_>,
        marks: &[Mark<'_>],
        has: impl Fn(&Sketch) -> bool,
    ) -> Result<BTreeSet<Id>, Error> {
        let Some(census) = &self.census else {
            return Ok(BTreeSet::new());
        };
        let hits = census.find(marks);
        let mut hits = hits.map_err(|flaw| bench.indices.doubt(flaw))?;
        hits.retain(|id| !self.covered.contains(id));
        let mut sketches = census.sketches(bench.repository, &hits)?;
        sketches.retain(|_, sketch| has(sketch));
        Ok(sketches.into_keys().collect())
    }

    /// Keeps an index of a tree whose company this is, where the one that is kept is far from it.
    pub fn keep(&self, bench: &Bench<'_>, tree: ObjectId) -> Result<(), Error> {
        let folder = bench.repository.signatories(tree)?;
        let (Some(census), Some(folder)) = (&self.census, folder) else {
            return Ok(());
        };
        if !Indices::are_many(self.covered.len()) {
            return Ok(());
        }
        let new = self.crowd.sketches();
        let new = new
            .map(|(id, sketch)| (id.clone(), marks(sketch)))
            .collect();
        bench.indices.keep(census, &self.covered, &new, folder)
    }

    /// What others could clash with, of some ids; in memory, or read where the index says nothing else.
    fn sketches(
        &self,
        bench: &Bench<'_>,
        ids: &BTreeSet<Id>,
    ) -> Result<BTreeMap<Id, Sketch>, Error> {
        let mut found = BTreeMap::new();
        if let Some(census) = &self.census {
            let there = ids.difference(&self.covered).cloned().collect();
            found = census.sketches(bench.repository, &there)?;
        }
        for id in ids {
            if let Some(sketch) = self.crowd.sketch(id) {
                found.insert(id.clone(), sketch.clone());
            }
        }
        Ok(found)
    }
}
