//! Opening a Git repository without trusting its surroundings. Implements docs/formats/1-tree.md, reading a revision.

use crate::base::error::Error;
use crate::base::shell::quoted;
use crate::registry::survey::shown;
use git2::ErrorCode;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A Git repository, bare or with a work tree.
pub struct Repository {
    inner: git2::Repository,
}

/// The paths that the index of a work tree holds.
#[derive(Debug, Default)]
pub struct Tracked {
    paths: BTreeSet<String>,
}

impl Tracked {
    /// Whether it holds this path, or one below it.
    pub fn leads_to(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let mut from = self.paths.range(below.clone()..);
        self.paths.contains(path) || from.next().is_some_and(|next| next.starts_with(&below))
    }
}

/// A new repository in this folder, on a branch main; no template of the machine is copied into it.
pub(super) fn create(folder: &Path) -> Result<git2::Repository, git2::Error> {
    let mut options = git2::RepositoryInitOptions::new();
    options.external_template(false).initial_head("main");
    git2::Repository::init_opts(folder, &options)
}

impl Repository {
    /// Opens the repository at this folder itself, or says that there is none.
    ///
    /// Nothing is taken from the environment: no GIT_DIR, no alternates from a variable.
    pub fn open(folder: &Path) -> Result<Option<Self>, Error> {
        match git2::Repository::open(folder) {
            Ok(inner) => Ok(Some(Self { inner })),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) if error.code() == ErrorCode::Owner => {
                let shown = folder.display();
                Err(
                    Error::new(format!("the repository at {shown} belongs to another user"))
                        .with_help(format!(
                            "If you trust it, run `git config --global --add safe.directory {}`.",
                            quoted(folder)
                        )),
                )
            }
            Err(error) => Err(failed("the repository cannot be opened", &error)),
        }
    }

    /// The folder of the work tree; none where the repository is bare.
    pub fn work_tree(&self) -> Option<PathBuf> {
        self.inner.workdir().map(Path::to_owned)
    }

    /// Git's own folder: `.git`, or in a linked work tree the one below it.
    pub fn folder(&self) -> PathBuf {
        self.inner.path().to_owned()
    }

    /// Git's own folder that all work trees of the repository share.
    pub fn shared_folder(&self) -> PathBuf {
        self.inner.commondir().to_owned()
    }

    /// Whether Git would leave a path of the work tree alone.
    pub fn ignores(&self, path: &str) -> bool {
        self.inner.is_path_ignored(path).unwrap_or(false)
    }

    /// What the index holds: what is committed next, whatever is ignored.
    pub fn tracked(&self) -> Tracked {
        let mut paths = BTreeSet::new();
        // An index that cannot be read holds nothing that is committed next.
        if let Ok(index) = self.inner.index() {
            paths.extend(index.iter().map(|entry| shown(&entry.path)));
        }
        Tracked { paths }
    }

    /// Whether the executable bit of files in the work tree means anything (core.fileMode).
    pub fn trusts_modes(&self) -> bool {
        self.inner
            .config()
            .and_then(|config| config.get_bool("core.filemode"))
            .unwrap_or(true)
    }

    /// Whether objects or history may be missing by intent.
    pub fn is_partial(&self) -> bool {
        self.inner.is_shallow()
            || self.inner.config().is_ok_and(|config| {
                config.get_string("extensions.partialclone").is_ok()
                    || config
                        .entries(Some("remote\\..*\\.promisor"))
                        .is_ok_and(|mut found| found.next().is_some())
            })
    }

    pub(super) fn inner(&self) -> &git2::Repository {
        &self.inner
    }

    /// The error for an object that is not in the repository, or cannot be read.
    pub(super) fn lacks(&self, object: git2::Oid, what: &str, error: &git2::Error) -> Error {
        if error.code() != ErrorCode::NotFound {
            return failed(
                &format!("the object {object} ({what}) cannot be read"),
                error,
            )
            .with_help("Run `git fsck` to see what is damaged, and clone again.");
        }
        let help = if self.is_partial() {
            "This clone is shallow or partial: run `git fetch --unshallow` or `git fetch --refetch --no-filter`, or clone again in full."
        } else {
            "Clone the repository again in full, or fetch from a copy that has the object."
        };
        Error::new(format!(
            "the object {object} ({what}) is missing from this clone"
        ))
        .with_help(help)
    }
}

/// An error of libgit2 in our words, with its own behind.
pub(super) fn failed(what: &str, error: &git2::Error) -> Error {
    let unsupported = error.message().contains("object format");
    let told = Error::new(format!("{what}: {}", error.message()));
    if unsupported {
        told.with_help("Repositories with SHA-256 object names are not supported yet; use one with SHA-1 names.")
    } else {
        told
    }
}
