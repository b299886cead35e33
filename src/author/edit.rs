//! A file of a registry as it would be.

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
