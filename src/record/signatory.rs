//! A signatory's record: who the organization is, who listed it, and what it signed.
//! Implements docs/formats/8-record.md.

use super::signed::{Attestation, Statement};
use crate::base::bound;
use crate::base::country::Country;
use crate::base::host::Domain;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::prose::{Line, Name};
use crate::base::website::Website;
use crate::statement::profile::Profile;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// The id, which is also the file's name.
    pub id: Id,
    /// The name.
    pub name: Name,
    /// The name in other languages and scripts.
    #[serde(default, deserialize_with = "bound::some_keys")]
    pub names: BTreeMap<Language, Name>,
    /// Where the organization sits.
    pub country: Option<Country>,
    /// Its web page.
    pub website: Option<Website>,
    /// The domain on which it may publish its key.
    pub domain: Option<Domain>,
    /// What others say about its status.
    #[serde(default)]
    pub accreditations: Vec<Accreditation>,
    /// Where publishers of letters named it.
    #[serde(default)]
    pub listings: Vec<Listing>,
    /// What it signed, in order.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// What maintainers and observers signed about its key.
    #[serde(default)]
    pub attestations: Vec<Attestation>,
}

/// A claim by others about the organization, and where it is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accreditation {
    /// Who accredits, such as ECOSOC.
    pub body: Line,
    /// As what, such as consultative.
    pub status: Line,
    /// Where it is said.
    pub source: Line,
}

/// The publisher of a letter named this organization; nobody signed anything.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// The letter.
    pub letter: Id,
    /// Its version.
    #[serde(deserialize_with = "bound::ordinal")]
    pub version: u64,
    /// The name as the text prints it, in each spelling.
    #[serde(rename = "as", deserialize_with = "bound::some_different")]
    pub spellings: Vec<Name>,
    /// Why the publisher took it back, if so.
    pub retracted: Option<Line>,
}

impl Signatory {
    /// The name and the names in other languages.
    pub fn all_names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(self.names.values())
    }

    /// Who the record says that the organization is.
    pub fn profile(&self) -> Profile {
        Profile {
            name: self.name.clone(),
            names: self.names.clone(),
            country: self.country.clone(),
            website: self.website.clone(),
            domain: self.domain.clone(),
        }
    }

    /// A record needs a listing or a statement: otherwise nobody said anything.
    pub fn has_content(&self) -> Result<(), &'static str> {
        if self.listings.is_empty() && self.statements.is_empty() {
            return Err("the record has neither a listing nor a statement");
        }
        Ok(())
    }
}
