//! Where states are judged in part: the charter and letters of a state with some of its records.
//! Implements docs/formats/16-history.md, steps 4 to 6.

use super::forms::Forms;
use super::indices::Indices;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::CLAIMED_COUNT_MISMATCH;
use crate::record::schema::Schemas;
use crate::registry::git::difference::Leaf;
use crate::registry::git::repository::Repository;
use crate::registry::holding::{Record, Registry};
use crate::registry::layout::{self, CHARTER, Slot};
use crate::registry::leak;
use crate::registry::load::frame;
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use crate::registry::survey::{Kind, Survey};
use crate::verify::engine;
use crate::verify::fold::Fold;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What a frame is known by: the charter's file, and the folders of the letters and of superseded charters.
type Key = (Option<Leaf>, Option<ObjectId>, Option<ObjectId>);

/// How many frames are kept: a step has two, and a pull request four.
const KEPT: usize = 4;

/// The tools of the judge.
pub struct Bench<'r> {
    /// Where the commits are.
    pub repository: &'r Repository,
    /// The schemas of this program.
    pub schemas: Schemas,
    frames: RefCell<Vec<(Key, Registry)>>,
    /// Records as they were.
    pub forms: Forms,
    /// By what records are found.
    pub indices: Indices,
}

/// Some records of a state, judged with its charter and letters.
#[derive(Debug)]
pub struct Part {
    /// What was read.
    pub registry: Registry,
    /// What the statements of each record come to.
    pub folds: Vec<Fold>,
    /// What is found.
    pub findings: Vec<Finding>,
}

impl Part {
    /// The record of an id with what its statements come to, where it could be read.
    pub fn read(&self, id: &Id) -> Option<(&Record, &Fold)> {
        // A registry has its records in order of id.
        let records = &self.registry.records;
        let at = records.binary_search_by(|record| record.signatory.id.cmp(id));
        let at = at.ok()?;
        records.get(at).zip(self.folds.get(at))
    }
}

impl<'r> Bench<'r> {
    /// A bench for a repository.
    pub fn new(repository: &'r Repository) -> Result<Self, Error> {
        Ok(Self {
            repository,
            schemas: Schemas::load()?,
            frames: RefCell::default(),
            forms: Forms::default(),
            indices: Indices::default(),
        })
    }

    /// The same, where an index is kept from run to run.
    #[must_use]
    pub fn with(self, indices: Indices) -> Self {
        Self { indices, ..self }
    }

    /// Judges some records of a state. Where all that are `listed` anywhere are named, the listings are compared with
    /// theirs, and nothing that those others signed is looked at.
    pub fn part(
        &self,
        state: &State<'_>,
        ids: &BTreeSet<Id>,
        listed: Option<&BTreeSet<Id>>,
    ) -> Result<Part, Error> {
        let mut registry = self.frame(state)?;
        let all = listed.into_iter().flatten().chain(ids).cloned().collect();
        let records = state.records(&all)?;
        // What is no plain file, or too large, says nothing, and is told of here.
        registry.findings.extend(records.findings.iter().cloned());
        registry.load_records(&records, &self.schemas)?;
        for record in &mut registry.records {
            if !ids.contains(&record.signatory.id) {
                record.entries.clear();
                record.attestations.clear();
            }
        }
        let (report, folds) = engine::verify_each(&registry);
        let mut findings = report.findings;
        if listed.is_none() {
            findings.retain(|finding| finding.rule != &CLAIMED_COUNT_MISMATCH);
        }
        Ok(Part {
            registry,
            folds,
            findings,
        })
    }

    /// The charter and the letters of a state.
    fn frame(&self, state: &State<'_>) -> Result<Registry, Error> {
        let load = || frame(&state.frame()?, &self.schemas);
        if state.is_changed() {
            return load();
        }
        let key = (state.leaf(CHARTER)?, state.letters()?, state.charters()?);
        if let Some((_, known)) = self.frames.borrow().iter().find(|(known, _)| *known == key) {
            return Ok(known.clone());
        }
        let loaded = load()?;
        let mut frames = self.frames.borrow_mut();
        frames.insert(0, (key, loaded.clone()));
        frames.truncate(KEPT);
        Ok(loaded)
    }

    /// What is found of files that are neither records, letters nor the charter, by their paths and what is in them.
    pub fn others(
        &self,
        state: &State<'_>,
        paths: &BTreeSet<String>,
    ) -> Result<Vec<Finding>, Error> {
        let (mut inside, mut copies) = (BTreeSet::new(), BTreeSet::new());
        let mut findings = Vec::new();
        for path in paths {
            match layout::slot(path) {
                Some(Slot::SchemaCopy(_)) => {
                    copies.insert(path.clone());
                }
                None if path.starts_with("registry/") || path == layout::ROOT => {
                    inside.insert(path.clone());
                }
                Some(Slot::Ledger) => {
                    inside.insert(path.clone());
                }
                _ => {}
            }
            if leak::asks(path)
                && let Some(leaf) = state.leaf(path)?
                && matches!(leaf.kind, Kind::Regular | Kind::Executable)
                && state.size(leaf, path)? <= leak::LARGEST
            {
                findings.extend(leak::private_key(path, &state.read(leaf, path)?));
            }
        }
        findings.extend(twins(state, paths)?);
        let (_, surveyed) = state.survey(&inside)?;
        findings.extend(surveyed);
        let mut registry = Registry::default();
        let (files, _) = state.survey(&copies)?;
        let mut snapshot = state.files(&copies)?;
        snapshot.files = files;
        registry.compare_schemas(&snapshot)?;
        findings.extend(registry.findings);
        Ok(findings)
    }
}

/// Names at the root that are `registry` where case and Unicode forms are folded.
fn twins(state: &State<'_>, paths: &BTreeSet<String>) -> Result<Vec<Finding>, Error> {
    if state.leaf(CHARTER)?.is_none() {
        return Ok(Vec::new());
    }
    let mut roots = BTreeSet::new();
    for path in paths {
        let root = path.split('/').next().unwrap_or_default();
        if root != layout::ROOT && state.leaf(path)?.is_some() {
            roots.insert(root);
        }
    }
    let mut survey = Survey::default();
    survey.see_root(layout::ROOT);
    for root in roots {
        survey.see_root(root);
    }
    Ok(survey.finish().1)
}

impl std::fmt::Debug for Bench<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bench")
    }
}
