//! Files of a registry as they would be, and what would be found in it then that is not found now.

use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::record::schema::Schemas;
use crate::registry::load::load;
use crate::registry::snapshot::Snapshot;
use crate::verify::engine;

/// One file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its bytes now; nothing where there is no such file.
    pub before: Option<Vec<u8>>,
    /// Its bytes then.
    pub after: Vec<u8>,
}

/// What would be found in a registry with these files in it that is not found now.
pub fn against(
    edits: &[Edit],
    now: &[Finding],
    mut snapshot: Snapshot,
    schemas: &Schemas,
) -> Result<Vec<Finding>, Error> {
    for edit in edits {
        snapshot = snapshot.with(&edit.path, &edit.after);
    }
    let mut found = engine::verify(&load(&snapshot, schemas)?)?.findings;
    found.retain(|finding| !now.iter().any(|known| known.is_same(finding)));
    Ok(found)
}
