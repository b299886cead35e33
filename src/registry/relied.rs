//! The records for whose signatures a merge relies on partial reports, instead of computing them.
//! Implements docs/formats/21-partial.md, merging.

use std::collections::HashSet;
use std::sync::Arc;

/// The records, by their paths; none unless reports are merged.
///
/// Only `verify/partial.rs` makes one that holds anything, and only `cli/registry.rs` gives it to a registry, for
/// the command `merge`: nothing that is published rests on it. `tests/house.rs` keeps it so.
#[derive(Debug, Clone, Default)]
pub struct Relied(Arc<HashSet<String>>);

impl Relied {
    /// The records at these paths.
    pub fn of(paths: impl IntoIterator<Item = String>) -> Self {
        Self(Arc::new(paths.into_iter().collect()))
    }

    /// Whether the signatures of the record at this path are relied on.
    pub fn holds(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// How many records these are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}
