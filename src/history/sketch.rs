//! What of a record others could clash with, read from its tree alone: no schema, no signature.
//! Implements docs/formats/16-history.md, step 5.

use crate::base::error::Error;
use crate::base::id::Id;
use crate::record::document::{Content, Document, Node};
use crate::record::reading::typed;
use crate::record::signatory::Signatory;
use crate::record::yaml;
use crate::registry::git::difference::Leaf;
use crate::registry::state::State;
use crate::signature::key::PublicKey;
use crate::verify::clash::looks;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The names, domain, keys and listings of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// How its names look.
    pub looks: BTreeSet<String>,
    /// The same with letters and digits alone.
    pub near: BTreeSet<String>,
    /// Its domain; two where it lies in two places.
    pub domains: BTreeSet<String>,
    /// The points of the keys that its statements name.
    pub keys: BTreeSet<[u8; 32]>,
    /// The letters and versions that it is listed in.
    pub listed: BTreeSet<(Id, u64)>,
    /// Whether its form alone refuses it; what can be seen of it is here all the same.
    pub unsound: bool,
}

/// How many records are in memory as bytes at once.
const CHUNK: usize = 4096;

impl Sketch {
    /// Reads many records of a state, several at once: what is made of each sketch is taken in their order.
    pub fn read_each<T: Send>(
        state: &State<'_>,
        places: &[(Id, String, Leaf)],
        make: impl Fn(Self) -> T + Sync,
        mut take: impl FnMut(&Id, T),
    ) -> Result<(), Error> {
        for chunk in places.chunks(CHUNK) {
            let mut bytes = Vec::with_capacity(chunk.len());
            for (id, path, leaf) in chunk {
                bytes.push((id, path, state.plain_leaf(*leaf, path)?));
            }
            let made: Vec<(&Id, T)> = bytes
                .into_par_iter()
                .map(|(id, path, content)| (id, make(Self::read(id, path, content.as_deref()))))
                .collect();
            made.into_iter().for_each(|(id, made)| take(id, made));
        }
        Ok(())
    }

    /// The sketch of a file; without content it is no plain one of a lawful size.
    pub fn read(id: &Id, path: &str, content: Option<&[u8]>) -> Self {
        let unsound = Self {
            unsound: true,
            ..Self::default()
        };
        let Some(content) = content else {
            return unsound;
        };
        let parsed = yaml::parse(path, content);
        let Some(document) = &parsed.document else {
            return unsound;
        };
        let typed = typed::<Signatory>(document, &document.to_json());
        let sound = parsed.findings.is_empty() && typed.is_ok_and(|signatory| signatory.id == *id);
        Self {
            unsound: !sound,
            ..Self::of(document)
        }
    }

    /// Both sketches of an id that lies in two places.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self.looks.extend(other.looks);
        self.near.extend(other.near);
        self.domains.extend(other.domains);
        self.keys.extend(other.keys);
        self.listed.extend(other.listed);
        self.unsound |= other.unsound;
        self
    }

    /// Whether another has a look, a domain or a key in common with it.
    pub fn meets(&self, other: &Self) -> bool {
        !self.looks.is_disjoint(&other.looks)
            || !self.domains.is_disjoint(&other.domains)
            || !self.keys.is_disjoint(&other.keys)
    }

    /// The sketch of a record.
    pub fn of(document: &Document) -> Self {
        let root = document.root();
        let mut sketch = Self::default();
        let names = root.get("names").into_iter().flat_map(values);
        for name in root.get("name").into_iter().chain(names) {
            sketch.looks.extend(name.text().into_iter().flat_map(looks));
        }
        let bare = |look: &String| look.chars().filter(|one| one.is_alphanumeric()).collect();
        sketch.near = sketch.looks.iter().map(bare).collect();
        sketch.near.remove("");
        let domain = root.get("domain").and_then(Node::text);
        sketch.domains.extend(domain.map(str::to_owned));
        for entry in items(root, "statements") {
            let text = entry.get("text").and_then(Node::text).unwrap_or_default();
            sketch.keys.extend(keys(text));
        }
        for listing in items(root, "listings") {
            let letter = listing.get("letter").and_then(Node::text);
            let letter = letter.and_then(|letter| Id::parse(letter).ok());
            if let (Some(letter), Some(Content::Number(version))) =
                (letter, listing.get("version").map(|node| &node.content))
            {
                sketch.listed.insert((letter, *version));
            }
        }
        sketch
    }
}

/// The points of the keys that a statement's text names as its own.
fn keys(text: &str) -> impl Iterator<Item = [u8; 32]> {
    text.lines().filter_map(|line| {
        let line = line.strip_prefix("new-").unwrap_or(line);
        let key = PublicKey::parse(line.strip_prefix("key: ")?).ok()?;
        Some(*key.point())
    })
}

/// The items of a list of a record.
pub(super) fn items<'a>(root: &'a Node, key: &str) -> &'a [Node] {
    root.get(key).map(Node::items).unwrap_or_default()
}

pub(super) fn values(node: &Node) -> Vec<&Node> {
    match &node.content {
        Content::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
        _ => Vec::new(),
    }
}
