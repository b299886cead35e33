//! The forms that a record had, each with the charter and letters of its moment: what stood in them, and what of it held.
//! Implements docs/formats/16-history.md, step 13.

use super::bench::Bench;
use super::lists::List;
use super::sketch::items;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::record::charter::signed_part;
use crate::record::document::Node;
use crate::record::yaml;
use crate::registry::git::difference::Leaf;
use crate::registry::layout::{self, CHARTER, SIGNATORIES};
use crate::registry::object::ObjectId;
use crate::registry::state::State;
use crate::statement::deed::Deed;
use crate::verify::attestation::Effect;
use crate::verify::governance::Governance;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// How often records of a tree are looked for before where they all lie is read at once.
const OFTEN: usize = 8;

/// How many forms, and how many trees, are remembered.
const KEPT: usize = 4096;
const KEPT_TREES: usize = 4;

/// What a form is known by: where the record lies, and the files that it is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Moment {
    files: Vec<(String, Leaf)>,
    charter: Option<Leaf>,
    letters: Option<ObjectId>,
    charters: Option<ObjectId>,
}

/// What stood in a record, and whether it held.
#[derive(Debug, Default)]
pub struct Form {
    entries: Vec<Stood>,
}

#[derive(Debug)]
struct Stood {
    list: List,
    node: Node,
    held: bool,
    /// The charter that a joint statement names.
    charter: Option<Digest>,
}

/// What was found of an entry in a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Whether it stood there.
    pub stood: bool,
    /// Whether it held.
    pub held: bool,
    /// The charter that it names, where several signed it.
    pub charter: Option<Digest>,
}

/// Forms that were judged already.
#[derive(Debug, Default)]
pub struct Forms {
    known: RefCell<HashMap<(Id, Moment), Rc<Form>>>,
    trees: RefCell<Vec<(ObjectId, Places)>>,
}

#[derive(Debug)]
enum Places {
    /// How often somebody asked.
    Asked(usize),
    /// Where every file lies.
    Read(Rc<BTreeMap<String, Leaf>>),
}

impl Form {
    /// An entry, wherever it stood.
    pub fn find(&self, list: List, entry: &Node) -> Found {
        let same = self.entries.iter().filter(|one| one.list == list);
        let same = same.filter(|one| super::lists::same(&one.node, entry));
        same.fold(Found::default(), |found, one| Found {
            stood: true,
            held: found.held || one.held,
            charter: one.charter.or(found.charter),
        })
    }
}

impl Forms {
    /// What a record is judged by in a tree.
    pub fn moment(&self, bench: &Bench<'_>, tree: ObjectId, id: &Id) -> Result<Moment, Error> {
        let state = State::of(bench.repository, Some(tree));
        let mut files = Vec::new();
        let known = self.places(bench, tree)?;
        for sharded in [false, true] {
            let path = layout::record_path(id, sharded);
            let leaf = match &known {
                Some(places) => places.get(&path).copied(),
                None => state.leaf(&path)?,
            };
            files.extend(leaf.map(|leaf| (path, leaf)));
        }
        Ok(Moment {
            files,
            charter: state.leaf(CHARTER)?,
            letters: state.letters()?,
            charters: state.charters()?,
        })
    }

    /// Where every record of a tree lies, once it was asked for often.
    fn places(
        &self,
        bench: &Bench<'_>,
        tree: ObjectId,
    ) -> Result<Option<Rc<BTreeMap<String, Leaf>>>, Error> {
        let mut trees = self.trees.borrow_mut();
        let at = trees.iter().position(|(known, _)| *known == tree);
        let mut entry = match at {
            Some(at) => trees.remove(at),
            None => (tree, Places::Asked(0)),
        };
        let found = match &mut entry.1 {
            Places::Read(places) => Some(Rc::clone(places)),
            Places::Asked(times) if *times < OFTEN => {
                *times += 1;
                None
            }
            Places::Asked(_) => {
                let all = bench.repository.leaves(tree, SIGNATORIES, 1)?;
                let all: Rc<BTreeMap<String, Leaf>> = Rc::new(all.into_iter().collect());
                entry.1 = Places::Read(Rc::clone(&all));
                Some(all)
            }
        };
        trees.insert(0, entry);
        trees.truncate(KEPT_TREES);
        Ok(found)
    }

    /// What stood in a record at a moment of its history, and what of it held.
    pub fn form(
        &self,
        bench: &Bench<'_>,
        (tree, id): (ObjectId, &Id),
        moment: &Moment,
    ) -> Result<Rc<Form>, Error> {
        let key = (id.clone(), moment.clone());
        if let Some(form) = self.known.borrow().get(&key) {
            return Ok(Rc::clone(form));
        }
        let form = Rc::new(judged(bench, tree, id, moment)?);
        let mut known = self.known.borrow_mut();
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(key, Rc::clone(&form));
        Ok(form)
    }
}

fn judged(bench: &Bench<'_>, tree: ObjectId, id: &Id, moment: &Moment) -> Result<Form, Error> {
    let mut state = State::of(bench.repository, Some(tree));
    for sharded in [false, true] {
        let path = layout::record_path(id, sharded);
        let leaf = moment.files.iter().find(|(known, _)| *known == path);
        state.know(&path, leaf.map(|(_, leaf)| *leaf));
    }
    let mut document = None;
    for (path, leaf) in &moment.files {
        if document.is_none()
            && let Some(bytes) = state.plain_leaf(*leaf, path)?
        {
            document = yaml::parse(path, &bytes).document;
        }
    }
    let Some(document) = document else {
        return Ok(Form::default());
    };
    let part = bench.part(&state, &BTreeSet::from([id.clone()]), None)?;
    let nobody_can_tell = Governance::of(&part.registry).current().is_none();
    // A record that could not be read at all held nothing.
    let read = part.registry.records.iter().zip(&part.folds).next();
    let mut form = Form::default();
    for list in [List::Statements, List::Attestations] {
        for (index, node) in items(document.root(), list.key()).iter().enumerate() {
            let held = read.is_some_and(|(_, fold)| match list {
                List::Attestations => {
                    let mut attested = fold.attested.iter().filter(|one| one.index == index);
                    nobody_can_tell || attested.any(|one| one.effect != Effect::Retired)
                }
                _ => fold.open || fold.held.iter().any(|held| held.index() == index),
            });
            let entry = read.and_then(|(record, _)| record.entries.get(index));
            let deed = entry
                .and_then(|entry| entry.statement.as_ref())
                .map(|one| &one.deed);
            let charter = match (list, deed) {
                (List::Statements, Some(Deed::Joint { charter, .. })) => Some(*charter),
                _ => None,
            };
            form.entries.push(Stood {
                list,
                node: node.clone(),
                held,
                charter,
            });
        }
    }
    Ok(form)
}

/// The digest of the charter in a tree, where it can be read.
pub fn charter_of(bench: &Bench<'_>, tree: ObjectId) -> Result<Option<Digest>, Error> {
    let bytes = State::of(bench.repository, Some(tree)).plain(CHARTER)?;
    Ok(bytes.map(|bytes| Digest::of(signed_part(&bytes))))
}
