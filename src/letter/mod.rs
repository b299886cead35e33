//! A letter: its versions, the exact texts of each, and where names stand in them.

pub mod difference;
pub mod place;
pub mod text;
pub mod tidy;
pub mod version;
pub mod wording;

use crate::base::bound;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::prose::Line;
use serde::Deserialize;
use version::Version;

/// What letter.yaml says. Implements docs/formats/6-letter.md.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// The id, which is also the folder's name.
    pub id: Id,
    /// The title, as published.
    pub title: Line,
    /// To whom it is written.
    pub addressee: Line,
    /// The language whose text is the authentic one.
    pub authentic: Language,
    /// The versions, in order of their numbers.
    #[serde(deserialize_with = "bound::some")]
    pub versions: Vec<Version>,
}

impl Letter {
    /// The version of the highest number.
    pub fn current(&self) -> Option<&Version> {
        self.versions.iter().max_by_key(|version| version.number)
    }

    /// The version of this number.
    pub fn version(&self, number: u64) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.number == number)
    }
}
