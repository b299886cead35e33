//! Who an organization says that it is: the lines from `name` to `domain`.
//! Implements docs/formats/12-statement.md, lines.

use crate::base::country::Country;
use crate::base::host::Domain;
use crate::base::language::Language;
use crate::base::prose::Name;
use crate::base::website::Website;
use std::collections::BTreeMap;

/// The details under which an organization asks to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name.
    pub name: Name,
    /// The name in other languages and scripts.
    pub names: BTreeMap<Language, Name>,
    /// Where the organization sits.
    pub country: Option<Country>,
    /// Its web page.
    pub website: Option<Website>,
    /// The domain on which it may publish its key.
    pub domain: Option<Domain>,
}

impl Profile {
    /// The details in which two differ, by the names that they have in a record.
    pub fn differences(&self, other: &Self) -> impl Iterator<Item = &'static str> {
        let same = [
            ("name", self.name == other.name),
            ("names", self.names == other.names),
            ("country", self.country == other.country),
            ("website", self.website == other.website),
            ("domain", self.domain == other.domain),
        ];
        same.into_iter()
            .filter(|(_, same)| !same)
            .map(|(key, _)| key)
    }

    /// The name and the names in other languages.
    pub fn all_names(&self) -> impl Iterator<Item = &Name> {
        std::iter::once(&self.name).chain(self.names.values())
    }
}
