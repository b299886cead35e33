//! Who else is in the registry: records found by look, domain, key or listing, without judging any of them.
//! Implements docs/formats/16-history.md, step 5.

use super::sketch::Sketch;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::record::reading::typed;
use crate::record::signatory::Signatory;
use crate::record::yaml;
use crate::registry::git::difference::{Difference, Leaf};
use crate::registry::layout::{self, Slot};
use crate::registry::state::State;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many records are in memory as bytes at once.
const CHUNK: usize = 4096;

/// Every record of a state, by what others could clash with.
#[derive(Debug, Clone, Default)]
pub struct Company {
    paths: BTreeMap<Id, BTreeMap<String, Leaf>>,
    sketches: BTreeMap<Id, Sketch>,
    looks: BTreeMap<String, BTreeSet<Id>>,
    near: BTreeMap<String, BTreeSet<Id>>,
    domains: BTreeMap<String, BTreeSet<Id>>,
    keys: BTreeMap<[u8; 32], BTreeSet<Id>>,
    listed: BTreeMap<(Id, u64), BTreeSet<Id>>,
    unsound: BTreeSet<Id>,
}

impl Company {
    /// The company of a whole state.
    pub fn of(state: &State<'_>) -> Result<Self, Error> {
        let found = state.leaves(SIGNATORIES, 1)?;
        let records: Vec<(String, Leaf, Id)> = found
            .into_iter()
            .filter_map(|(path, leaf)| match layout::slot(&path)? {
                Slot::Record(id) => Some((path, leaf, id)),
                _ => None,
            })
            .collect();
        let mut company = Self::default();
        for chunk in records.chunks(CHUNK) {
            let mut bytes = Vec::with_capacity(chunk.len());
            for (path, leaf, id) in chunk {
                bytes.push((path, leaf, id, state.plain_leaf(*leaf, path)?));
            }
            let sketched: Vec<_> = bytes
                .into_par_iter()
                .map(|(path, leaf, id, content)| {
                    (path, leaf, id, sketch(id, path, content.as_deref()))
                })
                .collect();
            for (path, leaf, id, sketch) in sketched {
                let paths = company.paths.entry(id.clone()).or_default();
                paths.insert(path.clone(), *leaf);
                company.add(id, sketch);
            }
        }
        Ok(company)
    }

    /// Goes from a state to the next; says which ids have a record that differs.
    pub fn advance(
        &mut self,
        differences: &[Difference],
        after: &State<'_>,
    ) -> Result<BTreeSet<Id>, Error> {
        let mut changed = BTreeSet::new();
        for difference in differences {
            let Some(Slot::Record(id)) = layout::slot(&difference.path) else {
                continue;
            };
            let paths = self.paths.entry(id.clone()).or_default();
            match difference.after {
                Some(leaf) => paths.insert(difference.path.clone(), leaf),
                None => paths.remove(&difference.path),
            };
            changed.insert(id);
        }
        for id in &changed {
            self.remove(id);
            let paths: Vec<String> = self.paths(id).map(|(path, _)| path.clone()).collect();
            for path in &paths {
                let content = after.plain(path)?;
                self.add(id, sketch(id, path, content.as_deref()));
            }
            if paths.is_empty() {
                self.paths.remove(id);
            }
        }
        Ok(changed)
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

    /// Others with a name that is near one of this record's: the same letters and digits, whatever stands between.
    pub fn near(&self, id: &Id) -> BTreeSet<Id> {
        let looks = self
            .sketches
            .get(id)
            .into_iter()
            .flat_map(|sketch| &sketch.near);
        let groups = looks.filter_map(|look| self.near.get(look));
        groups
            .flatten()
            .filter(|other| *other != id)
            .cloned()
            .collect()
    }

    /// All that a publisher listed anywhere.
    pub fn listed(&self) -> BTreeSet<Id> {
        self.listed.values().flatten().cloned().collect()
    }

    /// All that have a look, a domain or a key in common with one of these.
    pub fn around(&self, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut found = BTreeSet::new();
        for sketch in ids.iter().filter_map(|id| self.sketches.get(id)) {
            let looks = sketch.looks.iter().filter_map(|look| self.looks.get(look));
            let keys = sketch.keys.iter().filter_map(|key| self.keys.get(key));
            let domain = sketch.domain.as_ref();
            let domain = domain.and_then(|domain| self.domains.get(domain));
            for group in looks.chain(keys).chain(domain) {
                found.extend(group.iter().cloned());
            }
        }
        found
    }

    fn add(&mut self, id: &Id, (sketch, sound): (Sketch, bool)) {
        if !sound {
            self.unsound.insert(id.clone());
        }
        let known = self.sketches.remove(id).unwrap_or_default();
        let sketch = join(known, sketch);
        for look in &sketch.looks {
            group(&mut self.looks, look, id);
        }
        for look in &sketch.near {
            group(&mut self.near, look, id);
        }
        if let Some(domain) = &sketch.domain {
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
        if let Some(domain) = &sketch.domain {
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

/// The folder of the records.
/// The folder of the records.
pub const SIGNATORIES: &str = "registry/signatories";

/// The sketch of a record; nothing where its form alone already refuses it, with what can be seen of it all the same.
fn sketch(id: &Id, path: &str, content: Option<&[u8]>) -> (Sketch, bool) {
    let Some(content) = content else {
        return (Sketch::default(), false);
    };
    let parsed = yaml::parse(path, content);
    let Some(document) = &parsed.document else {
        return (Sketch::default(), false);
    };
    let typed = typed::<Signatory>(document, &document.to_json());
    let sound = parsed.findings.is_empty() && typed.is_ok_and(|signatory| signatory.id == *id);
    (Sketch::of(document), sound)
}

/// Both sketches of an id that lies in two places.
fn join(mut one: Sketch, other: Sketch) -> Sketch {
    one.looks.extend(other.looks);
    one.near.extend(other.near);
    one.keys.extend(other.keys);
    one.listed.extend(other.listed);
    one.domain = other.domain.or(one.domain);
    one
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
