//! Records in memory, by what others could clash with.
//! Implements docs/formats/16-history.md, step 5.

use super::sketch::Sketch;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::registry::git::difference::Leaf;
use crate::registry::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// Records by look, domain, key and listing, without judging any of them.
#[derive(Debug, Clone, Default)]
pub struct Crowd {
    paths: BTreeMap<Id, BTreeMap<String, Leaf>>,
    sketches: BTreeMap<Id, Sketch>,
    looks: BTreeMap<String, BTreeSet<Id>>,
    near: BTreeMap<String, BTreeSet<Id>>,
    domains: BTreeMap<String, BTreeSet<Id>>,
    keys: BTreeMap<[u8; 32], BTreeSet<Id>>,
    listed: BTreeMap<(Id, u64), BTreeSet<Id>>,
    unsound: BTreeSet<Id>,
}

impl Crowd {
    /// Takes in where the records of an id lie.
    pub fn place(&mut self, id: &Id, path: &str, leaf: Option<Leaf>) {
        let paths = self.paths.entry(id.clone()).or_default();
        match leaf {
            Some(leaf) => paths.insert(path.to_owned(), leaf),
            None => paths.remove(path),
        };
    }

    /// Reads some records of a state again, from where they lie.
    pub fn refresh(&mut self, ids: &BTreeSet<Id>, state: &State<'_>) -> Result<(), Error> {
        let mut places = Vec::new();
        for id in ids {
            self.remove(id);
            let paths = self.paths(id);
            places.extend(paths.map(|(path, leaf)| (id.clone(), path.clone(), *leaf)));
            if self.paths.get(id).is_some_and(BTreeMap::is_empty) {
                self.paths.remove(id);
            }
        }
        Sketch::read_each(
            state,
            &places,
            |sketch| sketch,
            |id, sketch| self.add(id, sketch),
        )
    }

    /// Where the records of an id lie, as far as is known.
    pub fn paths(&self, id: &Id) -> impl Iterator<Item = (&String, &Leaf)> {
        self.paths.get(id).into_iter().flatten()
    }

    /// How many signatories there are.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Those whose form alone already refuses them.
    pub fn unsound(&self) -> &BTreeSet<Id> {
        &self.unsound
    }

    /// What is known of an id.
    pub fn sketch(&self, id: &Id) -> Option<&Sketch> {
        self.sketches.get(id)
    }

    /// All records, each with its sketch.
    pub fn sketches(&self) -> impl Iterator<Item = (&Id, &Sketch)> {
        self.sketches.iter()
    }

    /// All with a name that is near one of this record's: the same letters and digits, whatever stands between.
    pub fn near(&self, sketch: &Sketch) -> BTreeSet<Id> {
        let groups = sketch.near.iter().filter_map(|look| self.near.get(look));
        groups.flatten().cloned().collect()
    }

    /// All that a publisher listed anywhere.
    pub fn listed(&self) -> BTreeSet<Id> {
        self.listed.values().flatten().cloned().collect()
    }

    /// All that have a look, a domain or a key in common with this record.
    pub fn around(&self, sketch: &Sketch) -> BTreeSet<Id> {
        let looks = sketch.looks.iter().filter_map(|look| self.looks.get(look));
        let keys = sketch.keys.iter().filter_map(|key| self.keys.get(key));
        let domains = sketch.domains.iter();
        let domains = domains.filter_map(|one| self.domains.get(one));
        looks
            .chain(keys)
            .chain(domains)
            .flatten()
            .cloned()
            .collect()
    }

    fn add(&mut self, id: &Id, sketch: Sketch) {
        let known = self.sketches.remove(id).unwrap_or_default();
        let sketch = known.join(sketch);
        if sketch.unsound {
            self.unsound.insert(id.clone());
        }
        for look in &sketch.looks {
            group(&mut self.looks, look, id);
        }
        for look in &sketch.near {
            group(&mut self.near, look, id);
        }
        for domain in &sketch.domains {
            group(&mut self.domains, domain, id);
        }
        for key in &sketch.keys {
            group(&mut self.keys, key, id);
        }
        for one in &sketch.listed {
            group(&mut self.listed, one, id);
        }
        self.sketches.insert(id.clone(), sketch);
    }

    fn remove(&mut self, id: &Id) {
        self.unsound.remove(id);
        let Some(sketch) = self.sketches.remove(id) else {
            return;
        };
        for look in &sketch.looks {
            ungroup(&mut self.looks, look, id);
        }
        for look in &sketch.near {
            ungroup(&mut self.near, look, id);
        }
        for domain in &sketch.domains {
            ungroup(&mut self.domains, domain, id);
        }
        for key in &sketch.keys {
            ungroup(&mut self.keys, key, id);
        }
        for one in &sketch.listed {
            ungroup(&mut self.listed, one, id);
        }
    }
}

fn group<K: Ord + Clone>(groups: &mut BTreeMap<K, BTreeSet<Id>>, key: &K, id: &Id) {
    groups.entry(key.clone()).or_default().insert(id.clone());
}

fn ungroup<K: Ord>(groups: &mut BTreeMap<K, BTreeSet<Id>>, key: &K, id: &Id) {
    if let Some(group) = groups.get_mut(key) {
        group.remove(id);
        if group.is_empty() {
            groups.remove(key);
        }
    }
}
