//! A registry at one moment: which files lie in it, and their bytes on demand. No Git type shows here.

use super::layout::{self, Slot};
use super::owners::Owners;
use super::survey::{twin, unfit};
use crate::base::error::Error;
use crate::base::finding::Finding;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// One file of the registry.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path from the root of the repository.
    pub path: String,
    /// What it is for.
    pub slot: Slot,
    /// Whether it is a plain file of allowed size, so that its bytes may be asked for.
    pub readable: bool,
    /// The Git object that holds it, where it comes from a revision.
    pub object: Option<[u8; 20]>,
}

/// How far a look at a repository goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The registry, with the copies of the schemas: enough to conclude who signed.
    Registry,
    /// The files outside of it too, which must hold no private key.
    Repository,
}

/// Where the bytes of files come from.
pub trait Contents {
    /// The bytes of a file, exactly as they lie.
    fn read(&self, file: &File) -> Result<Vec<u8>, Error>;
}

/// The files of a registry at a revision, or in the work tree as it lies.
pub struct Snapshot {
    /// The commit, or nothing for the work tree.
    pub revision: Option<String>,
    /// The files, in order of path.
    pub files: Vec<File>,
    /// What is wrong with paths, modes and sizes.
    pub findings: Vec<Finding>,
    /// The files of code owners that the program made, with their bytes.
    pub owners: Vec<(Owners, Vec<u8>)>,
    contents: Rc<dyn Contents>,
}

impl Snapshot {
    /// A snapshot of these files.
    pub fn new(
        revision: Option<String>,
        files: Vec<File>,
        findings: Vec<Finding>,
        contents: Rc<dyn Contents>,
    ) -> Self {
        Self {
            revision,
            files,
            findings,
            owners: Vec::new(),
            contents,
        }
    }

    /// The same files with one of them as it would be, surveyed like all the others.
    #[must_use]
    pub fn with(&self, path: &str, bytes: &[u8]) -> Self {
        let mut files = self.files.clone();
        let mut findings = self.findings.clone();
        if let Some(slot) = layout::slot(path) {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let unfit = unfit(path, &slot, size);
            files.retain(|file| file.path != path);
            let surveyed = findings.iter().map(|finding| finding.path.as_str());
            let others = files.iter().map(|file| file.path.as_str()).chain(surveyed);
            let twin = twin(path, others);
            files.push(File {
                path: path.to_owned(),
                slot,
                readable: unfit.is_none(),
                object: None,
            });
            files.sort_by(|a, b| a.path.cmp(&b.path));
            findings.extend(unfit.into_iter().chain(twin));
        }
        let contents = Overlay {
            path: path.to_owned(),
            bytes: bytes.to_owned(),
            below: Rc::clone(&self.contents),
        };
        Self::new(self.revision.clone(), files, findings, Rc::new(contents))
    }

    /// Files whose bytes are at hand.
    pub fn of(
        revision: Option<String>,
        files: Vec<File>,
        bytes: BTreeMap<String, Vec<u8>>,
    ) -> Self {
        Self::new(revision, files, Vec::new(), Rc::new(AtHand(bytes)))
    }

    /// A registry without a file, to be filled.
    pub fn empty() -> Self {
        Self::new(None, Vec::new(), Vec::new(), Rc::new(Nothing))
    }

    /// The bytes of a file.
    pub fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        self.contents.read(file)
    }
}

/// One file as it would be, over all the others as they are.
struct Overlay {
    path: String,
    bytes: Vec<u8>,
    below: Rc<dyn Contents>,
}

impl Contents for Overlay {
    fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        match file.path == self.path {
            true => Ok(self.bytes.clone()),
            false => self.below.read(file),
        }
    }
}

/// The bytes of files by their paths.
struct AtHand(BTreeMap<String, Vec<u8>>);

impl Contents for AtHand {
    fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        let absent = || Error::new(format!("there is no file {}", file.path));
        self.0.get(&file.path).cloned().ok_or_else(absent)
    }
}

/// No file at all.
struct Nothing;

impl Contents for Nothing {
    fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        Err(Error::new(format!("there is no file {}", file.path)))
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("revision", &self.revision)
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}
