//! What a reader's browser needs to check signatures by itself: the registry's name, the letters' digests, the charters.

use crate::base::error::Error;
use crate::base::escape::seen;
use crate::record::charter::{Charter, Person};
use crate::registry::holding::{HeldCharter, Registry};
use serde::Serialize;
use std::collections::BTreeMap;

/// The frame of every check.
#[derive(Debug, Clone, Serialize)]
pub struct Frame<'a> {
    registry: &'a str,
    letters: BTreeMap<&'a str, LetterFrame<'a>>,
    charters: Vec<CharterFrame<'a>>,
    /// What pages call those who attest, by their keys.
    names: BTreeMap<String, String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    signing: Option<Signing>,
}

#[derive(Debug, Clone, Serialize)]
struct LetterFrame<'a> {
    current: u64,
    title: &'a str,
    authentic: &'a str,
    versions: BTreeMap<u64, BTreeMap<&'a str, String>>,
    list_pages: usize,
    index_shards: usize,
}

#[derive(Debug, Clone, Serialize)]
struct CharterFrame<'a> {
    digest: String,
    current: bool,
    maintainers: BTreeMap<&'a str, String>,
    observers: BTreeMap<&'a str, String>,
    policy: PolicyFrame,
}

#[derive(Debug, Clone, Serialize)]
struct PolicyFrame {
    threshold: u64,
    observations: u64,
    vouches: u64,
}

/// What the signing page needs besides.
#[derive(Debug, Clone, Copy, Serialize)]
struct Signing {
    sharded: bool,
}

/// Where records are proposed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RepositoryFrame<'a> {
    url: &'a str,
    forge: &'a str,
    branch: &'a str,
}

/// How many pages and shards the list of a letter has.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// The pages of its list.
    pub pages: usize,
    /// The shards of its index.
    pub shards: usize,
}

impl<'a> Frame<'a> {
    /// The frame of a registry; letters without an extent have no list.
    pub fn of(registry: &'a Registry, extents: &BTreeMap<&str, Extent>) -> Result<Self, Error> {
        let current = registry.charter.as_ref();
        let current = current.ok_or_else(|| Error::new("a site needs a charter"))?;
        let letters = registry.letters.values().map(|held| {
            let letter = &held.letter;
            let texts = letter.versions.iter().map(|version| {
                let texts = version.texts.iter();
                let texts = texts.map(|text| (text.language.as_str(), text.digest.to_string()));
                (version.number, texts.collect())
            });
            let extent = extents.get(letter.id.as_str());
            let frame = LetterFrame {
                current: letter.current().map_or(0, |version| version.number),
                title: letter.title.as_str(),
                authentic: letter.authentic.as_str(),
                versions: texts.collect(),
                list_pages: extent.map_or(0, |extent| extent.pages),
                index_shards: extent.map_or(0, |extent| extent.shards),
            };
            (letter.id.as_str(), frame)
        });
        let mut charters: Vec<CharterFrame<'_>> = registry
            .superseded
            .values()
            .map(|held| charter(held, false))
            .collect();
        charters.push(charter(current, true));
        Ok(Self {
            registry: current.charter.origin.as_str(),
            letters: letters.collect(),
            charters,
            names: names(registry.superseded.values().chain([current])),
            signing: None,
        })
    }

    /// The same with what the signing page needs.
    #[must_use]
    pub fn for_signing(mut self, registry: &Registry) -> Self {
        self.signing = Some(Signing {
            sharded: registry.is_sharded(),
        });
        self
    }

    /// As JSON on one line.
    pub fn json(&self) -> Result<String, Error> {
        serde_json::to_string(self)
            .map_err(|error| Error::new(format!("the frame of a page cannot be written: {error}")))
    }
}

/// Where records are proposed, as the charter says.
pub fn repository(charter: &Charter) -> Option<RepositoryFrame<'_>> {
    let repository = charter.repository.as_ref()?;
    Some(RepositoryFrame {
        url: repository.url.as_str(),
        forge: repository.forge.as_str(),
        branch: repository.branch.as_str(),
    })
}

fn charter(held: &HeldCharter, current: bool) -> CharterFrame<'_> {
    let policy = held.charter.policy;
    CharterFrame {
        digest: held.digest.to_string(),
        current,
        maintainers: people(&held.charter.maintainers),
        observers: people(&held.charter.observers),
        policy: PolicyFrame {
            threshold: policy.threshold,
            observations: policy.observations,
            vouches: policy.vouches,
        },
    }
}

fn people(people: &[Person]) -> BTreeMap<&str, String> {
    let each = people.iter();
    each.map(|person| (person.id.as_str(), person.key.to_string()))
        .collect()
}

/// The name of each person by the key; where a person has several, the one of the charter in force, or else the newest.
fn names<'a>(charters: impl Iterator<Item = &'a HeldCharter>) -> BTreeMap<String, String> {
    let people = charters.flat_map(|held| {
        held.charter
            .observers
            .iter()
            .chain(&held.charter.maintainers)
    });
    people
        .map(|person| (person.key.to_string(), seen(person.name.as_str())))
        .collect()
}
