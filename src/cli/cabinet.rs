//! The door by which files come into a registry: one run at a time, all of them or none, through real folders alone.
//! Implements docs/formats/15-keys.md, writing.

use super::door::{ordinary, sync, written};
use crate::author::edit::Edit;
use crate::base::error::Error;
use crate::registry::home::Home;
use crate::registry::layout;
use crate::registry::worktree::list;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How unfinished files of a registry are named; whoever has the lock takes away what a killed run left of them.
const PREFIX: &str = ".undersigned-edit-";

/// The file in Git's folder that is locked while a registry is judged and written.
const LOCK: &str = "undersigned.lock";

/// A registry that nobody else writes into as long as this is held.
#[derive(Debug)]
pub struct Cabinet {
    root: PathBuf,
    workshop: PathBuf,
    _lock: File,
}

/// A file that is ready to be renamed into its place.
struct Ready {
    path: String,
    place: PathBuf,
    new: NamedTempFile,
    /// Whether there is a file in its place.
    over: bool,
    /// The bytes of that file, to be put back where a later one cannot be written.
    old: Option<NamedTempFile>,
}

/// A file in its place, with what it takes to undo that.
struct Done {
    path: String,
    place: PathBuf,
    over: bool,
    old: Option<NamedTempFile>,
}

impl Cabinet {
    /// Waits until no other run writes into this registry, and says so where it has to.
    pub fn open(home: &Home, waits: impl FnOnce()) -> Result<Self, Error> {
        let (root, workshop) = folders(home)?;
        let lock = match home.git_folder() {
            Some(folder) => folder.join(LOCK),
            None => root.join(layout::ROOT),
        };
        let failed = |error: &io::Error| {
            Error::new(format!("{} cannot be locked: {error}", lock.display()))
                .with_help("Nothing was written. Look at the permissions of that folder.")
        };
        let handle = match home.git_folder() {
            Some(_) => File::options().append(true).create(true).open(&lock),
            None => File::open(&lock),
        };
        let handle = handle.map_err(|error| failed(&error))?;
        if let Err(TryLockError::WouldBlock) = handle.try_lock() {
            waits();
        }
        handle.lock().map_err(|error| failed(&error))?;
        let cabinet = Self {
            root,
            workshop,
            _lock: handle,
        };
        cabinet.clear();
        Ok(cabinet)
    }

    /// An error where files could not be put in their places, as far as that shows without writing any.
    ///
    /// Who is to sign hears of it before the question, and not after the signature.
    pub fn try_out(home: &Home, edits: &[Edit]) -> Result<(), Error> {
        let (root, workshop) = folders(home)?;
        for edit in edits {
            let place = root.join(&edit.path);
            let now = match fs::read(&place) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(unwritten(&place, &error)),
            };
            edit.over(now.as_deref())?;
            let mut above = place.ancestors().skip(1);
            let folder = above.find(|folder| folder.is_dir()).unwrap_or(&root);
            for folder in [folder, &workshop] {
                // It has no name, and is gone at once.
                tempfile::tempfile_in(folder).map_err(|error| unwritten(folder, &error))?;
            }
        }
        Ok(())
    }

    /// Puts files in the places of those that were read, or of none: all of them, or none where one cannot be.
    ///
    /// Each is written outside registry/ and synced first, then renamed, so that a run that is killed leaves
    /// every file as it was or as it is to be.
    pub fn put(&self, edits: &[Edit]) -> Result<(), Error> {
        let mut made = Vec::new();
        let mut done = Vec::new();
        let put = self.put_all(edits, &mut made, &mut done);
        let Err(error) = put else {
            return Ok(());
        };
        let stays: Vec<String> = done
            .into_iter()
            .rev()
            .filter_map(|done| self.undo(done))
            .collect();
        for folder in made.iter().rev() {
            // What is not empty is not ours to take away.
            let _ = fs::remove_dir(folder);
        }
        Err(match stays.is_empty() {
            true => error,
            false => Error::new(error.what().to_owned()).with_help(format!(
                "Written all the same, and not to be taken back: {}. Look at it before you run this again.",
                stays.join(", ")
            )),
        })
    }

    fn put_all(
        &self,
        edits: &[Edit],
        made: &mut Vec<PathBuf>,
        done: &mut Vec<Done>,
    ) -> Result<(), Error> {
        let mut ready = Vec::new();
        for (index, edit) in edits.iter().enumerate() {
            let is_last = index + 1 == edits.len();
            ready.extend(self.ready(edit, is_last, made)?);
        }
        for one in ready {
            let folder = one.place.parent().unwrap_or(&self.root).to_owned();
            done.push(self.renamed(one)?);
            sync(&folder).map_err(|error| unwritten(&folder, &error))?;
        }
        Ok(())
    }

    /// The file with its new bytes, written and synced beside all folders of the registry; nothing where it is there already.
    fn ready(
        &self,
        edit: &Edit,
        is_last: bool,
        made: &mut Vec<PathBuf>,
    ) -> Result<Option<Ready>, Error> {
        let place = self.place(&edit.path, made)?;
        let failed = |error: &io::Error| unwritten(&place, error);
        let there = match fs::symlink_metadata(&place) {
            Ok(about) if about.is_symlink() => {
                return Err(no_folder(&edit.path, "a symbolic link"));
            }
            Ok(about) if !about.is_file() => return Err(no_folder(&edit.path, "no plain file")),
            Ok(about) => Some(about.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&error)),
        };
        let now = match there {
            Some(_) => Some(fs::read(&place).map_err(|error| failed(&error))?),
            None => None,
        };
        let Some(after) = edit.over(now.as_deref())? else {
            return Ok(None);
        };
        let unfinished = |bytes: &[u8]| {
            let file = unfinished(&self.workshop, bytes, there.as_ref());
            file.map_err(|error| failed(&error))
        };
        let old = now.as_deref().filter(|_| !is_last);
        Ok(Some(Ready {
            path: edit.path.clone(),
            new: unfinished(&after)?,
            over: now.is_some(),
            old: old.map(unfinished).transpose()?,
            place: place.clone(),
        }))
    }

    /// The place of a path: each folder on the way is a real one, or is made now.
    fn place(&self, path: &str, made: &mut Vec<PathBuf>) -> Result<PathBuf, Error> {
        let mut place = self.root.clone();
        let Some((folders, name)) = path.rsplit_once('/') else {
            return Ok(place.join(path));
        };
        for folder in folders.split('/') {
            place.push(folder);
            match fs::symlink_metadata(&place) {
                Ok(about) if about.is_dir() => {}
                Ok(about) => {
                    let what = match about.is_symlink() {
                        true => "a symbolic link",
                        false => "no folder",
                    };
                    let shown = place.strip_prefix(&self.root).unwrap_or(&place);
                    return Err(no_folder(&shown.display().to_string(), what));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    fs::create_dir(&place).map_err(|error| unwritten(&place, &error))?;
                    made.push(place.clone());
                    sync(place.parent().unwrap_or(&self.root))
                        .map_err(|error| unwritten(&place, &error))?;
                }
                Err(error) => return Err(unwritten(&place, &error)),
            }
        }
        Ok(place.join(name))
    }

    fn renamed(&self, one: Ready) -> Result<Done, Error> {
        let Ready {
            path,
            place,
            new,
            over,
            old,
        } = one;
        rename(&self.root, new, &place).map_err(|error| unwritten(&place, &error))?;
        Ok(Done {
            path,
            place,
            over,
            old,
        })
    }

    /// Takes a file out again, or puts back what was there; its path where that cannot be.
    fn undo(&self, done: Done) -> Option<String> {
        let undone = match (done.over, done.old) {
            (false, _) => fs::remove_file(&done.place).is_ok(),
            (true, Some(old)) => rename(&self.root, old, &done.place).is_ok(),
            (true, None) => false,
        };
        (!undone).then_some(done.path)
    }

    /// Takes away what a killed run left: nobody else is at work here.
    fn clear(&self) {
        for folder in [&self.workshop, &self.root] {
            let found = list(folder).unwrap_or_default();
            let left = found.iter().filter(|(name, _)| name.starts_with(PREFIX));
            for (_, file) in left {
                // Where it cannot be taken away it is in nobody's way either.
                let _ = fs::remove_file(file);
            }
        }
    }
}

/// The root of a registry, and where its unfinished files lie.
fn folders(home: &Home) -> Result<(PathBuf, PathBuf), Error> {
    let root = home.writable()?;
    let workshop = home.git_folder().unwrap_or_else(|| root.clone());
    Ok((root, workshop))
}

/// An unfinished file; what replaces another has its permissions.
fn unfinished(
    folder: &Path,
    bytes: &[u8],
    permissions: Option<&fs::Permissions>,
) -> io::Result<NamedTempFile> {
    let file = ordinary(PREFIX).tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions.clone())?;
    }
    written(Ok(file), bytes)
}

/// Renames a file into its place; where Git's folder is on another disk, by way of the root.
fn rename(root: &Path, file: NamedTempFile, place: &Path) -> io::Result<()> {
    let Err(failed) = file.persist(place) else {
        return Ok(());
    };
    if failed.error.kind() != io::ErrorKind::CrossesDevices {
        return Err(failed.error);
    }
    let bytes = fs::read(failed.file.path())?;
    let permissions = failed.file.as_file().metadata()?.permissions();
    let file = unfinished(root, &bytes, Some(&permissions))?;
    file.persist(place).map(drop).map_err(|failed| failed.error)
}

fn unwritten(place: &Path, error: &io::Error) -> Error {
    Error::new(format!("{} cannot be written: {error}", place.display()))
        .with_help("Nothing was changed. Look at the permissions and the free space of the disk.")
}

fn no_folder(path: &str, what: &str) -> Error {
    Error::new(format!(
        "{path} is {what}, and nothing is written through it"
    ))
    .with_help("Nothing was written. Put a real folder or file in its place.")
}
