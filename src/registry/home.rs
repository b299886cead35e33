//! Where a registry is at home: a Git repository, or a plain folder such as an unpacked archive.

use super::git::committed::Committed;
use super::git::repository::Repository;
use super::layout;
use super::snapshot::{Reach, Snapshot};
use super::worktree::{WorkTree, unreadable};
use crate::base::error::Error;
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A place that holds a registry.
pub enum Home {
    /// A Git repository, bare or with a work tree.
    Repository(Repository),
    /// A folder without Git.
    Folder(PathBuf),
}

impl Home {
    /// The repository or folder that `start` lies in.
    pub fn find(start: &Path) -> Result<Self, Error> {
        let start = std::path::absolute(start)
            .and_then(|path| path.canonicalize())
            .map_err(|error| unreadable(start, &error))?;
        for folder in start.ancestors() {
            let marked = folder.join(".git").symlink_metadata().is_ok();
            // A bare repository counts only where it is named: one that lies inside a clone is content.
            if marked || folder == start {
                match Repository::open(folder)? {
                    Some(repository) => return Ok(Self::Repository(repository)),
                    None if marked => {
                        let what = format!("{} has a .git that is no repository", folder.display());
                        return Err(Error::new(what).with_help("Clone the registry again."));
                    }
                    None => {}
                }
            }
            if folder.join(layout::CHARTER).is_file() {
                return Ok(Self::Folder(folder.to_owned()));
            }
        }
        let what = format!(
            "{} is not in a Git repository, and holds no registry",
            start.display()
        );
        Err(Error::new(what).with_help("Run this in a clone of a registry, or name one with -C."))
    }

    /// The registry at a revision; nothing but the object database is read.
    pub fn at(self, revision: &str, reach: Reach) -> Result<Snapshot, Error> {
        match self {
            Self::Repository(repository) => repository.snapshot(revision, reach),
            Self::Folder(folder) => Err(Error::new(format!(
                "{} is not a Git repository, so that it has no revision",
                folder.display()
            ))
            .with_help("Clone the registry with git to read its revisions.")),
        }
    }

    /// The registry as it lies on disk; in a bare repository, the one at HEAD.
    pub fn as_it_lies(self, reach: Reach) -> Result<Snapshot, Error> {
        match self {
            Self::Folder(folder) => WorkTree::new(folder, None).snapshot(reach),
            Self::Repository(repository) => match repository.work_tree() {
                Some(folder) => WorkTree::new(folder, Some(repository)).snapshot(reach),
                None => repository.snapshot("HEAD", reach),
            },
        }
    }

    /// The repository, where there is one: a plain folder has no history.
    pub fn history(self) -> Result<Repository, Error> {
        match self {
            Self::Repository(repository) => Ok(repository),
            Self::Folder(folder) => Err(Error::new(format!(
                "{} is not a Git repository, so that it has no history",
                folder.display()
            ))
            .with_help("Clone the registry with git to judge its history.")),
        }
    }

    /// The folder on disk that holds the registry; none in a bare repository.
    pub fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Repository(repository) => repository.work_tree(),
            Self::Folder(folder) => Some(folder.clone()),
        }
    }

    /// The folder on disk that holds the registry; an error in a bare repository.
    pub fn writable(&self) -> Result<PathBuf, Error> {
        self.folder().ok_or_else(|| {
            Error::new("the repository is bare: there is no work tree to write into")
                .with_help("Run this in a clone of it.")
        })
    }

    /// Where Git keeps what is its own of this work tree; nothing without Git.
    pub fn git_folder(&self) -> Option<PathBuf> {
        match self {
            Self::Repository(repository) => Some(repository.folder()),
            Self::Folder(_) => None,
        }
    }

    /// Whether a path, which need not be there yet, leads into the repository or folder of some registry.
    pub fn of_registry(path: &Path) -> bool {
        leads_to(path).iter().any(|real| {
            let mut folders = real.ancestors();
            folders.any(|folder| folder.join(layout::CHARTER).is_file() || is_bare_home(folder))
        })
    }

    /// Whether a path, which need not be there yet, leads into the folder registry/ itself.
    pub fn is_inside(&self, path: &Path) -> bool {
        let root = self
            .folder()
            .and_then(|folder| folder.join(layout::ROOT).canonicalize().ok());
        root.is_some_and(|root| leads_to(path).iter().any(|real| real.starts_with(&root)))
    }

    /// Whether a path, which need not be there yet, leads into registry/ of the registry it lies in, or into Git's own folder.
    pub fn keeps(path: &Path) -> bool {
        let Ok(path) = std::path::absolute(path) else {
            return false;
        };
        let mut folders = path.ancestors();
        let real = folders.find_map(|folder| folder.canonicalize().ok());
        let of_git = |path: &Path| path.components().any(|part| part.as_os_str() == ".git");
        of_git(&path)
            || real.is_some_and(|real| {
                of_git(&real) || Self::find(&real).is_ok_and(|home| home.is_inside(&path))
            })
    }

    /// What HEAD holds, to compare a work tree with; nothing where there is no HEAD to read.
    pub fn committed(&self) -> Option<Committed> {
        match self {
            Self::Repository(repository) if repository.work_tree().is_some() => {
                repository.committed()
            }
            _ => None,
        }
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Home").field(&self.folder()).finish()
    }
}

/// Whether a folder is a bare repository, or Git's own folder, whose newest commit holds a registry.
fn is_bare_home(folder: &Path) -> bool {
    folder.join("HEAD").is_file()
        && Repository::open(folder).is_ok_and(|found| {
            let newest = found.and_then(|one| one.snapshot("HEAD", Reach::Registry).ok());
            newest
                .is_some_and(|newest| newest.files.iter().any(|file| file.path == layout::CHARTER))
        })
}

/// The nearest folders, or the file, that are there already on the way to a path: as it is spelled, and
/// with each `..` taken for a step back, since a folder that is not there yet may be made on the way.
fn leads_to(path: &Path) -> Vec<PathBuf> {
    let Ok(path) = std::path::absolute(path) else {
        return Vec::new();
    };
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    let real = |path: &PathBuf| {
        let mut folders = path.ancestors();
        folders.find_map(|folder| folder.canonicalize().ok())
    };
    [path, plain].iter().filter_map(real).collect()
}
