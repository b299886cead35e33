//! The door by which files come into a registry: one run at a time, all of them or none, through real folders alone.
//! Implements docs/formats/15-keys.md, writing.

use super::door::{ordinary, sync, written};
use crate::author::edit::Edit;
use crate::base::error::Error;
use crate::registry::home::Home;
use crate::registry::layout::{self, Slot};
use crate::registry::worktree::{line_feeds, list};
use std::fs::{self, File};
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
    /// Waits until no other run writes into this registry.
    pub fn open(home: &Home) -> Result<Self, Error> {
        let root = home.writable()?;
        let (workshop, lock) = match home.git_folder() {
            Some(folder) => {
                let lock = folder.join(LOCK);
                (folder, lock)
            }
            None => (root.clone(), root.join(layout::ROOT)),
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
        handle.lock().map_err(|error| failed(&error))?;
        let cabinet = Self {
            root,
            workshop,
            _lock: handle,
        };
        cabinet.clear();
        Ok(cabinet)
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
        let Some(permissions) = there else {
            if edit.before.is_some() {
                return Err(changed(&edit.path));
            }
            let new = self.unfinished(&edit.after, None);
            return Ok(Some(Ready {
                path: edit.path.clone(),
                new: new.map_err(|error| failed(&error))?,
                place,
                over: false,
                old: None,
            }));
        };
        let now = fs::read(&place).map_err(|error| failed(&error))?;
        let Some(before) = &edit.before else {
            // A run that was killed may have written this very file.
            return match now == edit.after {
                true => Ok(None),
                false => Err(in_the_way(&edit.path)),
            };
        };
        let after = after(edit, before, &now)?;
        let kept = || self.unfinished(&now, Some(&permissions));
        let old = (!is_last).then(kept).transpose();
        let new = self.unfinished(&after, Some(&permissions));
        Ok(Some(Ready {
            path: edit.path.clone(),
            new: new.map_err(|error| failed(&error))?,
            old: old.map_err(|error| failed(&error))?,
            place,
            over: true,
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

    /// An unfinished file; what replaces another has its permissions.
    fn unfinished(
        &self,
        bytes: &[u8],
        permissions: Option<&fs::Permissions>,
    ) -> io::Result<NamedTempFile> {
        unfinished(&self.workshop, bytes, permissions)
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

/// The new bytes with the line ends that the file has on disk.
fn after(edit: &Edit, before: &[u8], now: &[u8]) -> Result<Vec<u8>, Error> {
    let folds = layout::slot(&edit.path).is_some_and(|slot| slot.folds_line_ends());
    let read = match folds {
        true => line_feeds(now.to_vec()),
        false => now.to_vec(),
    };
    if read != before {
        return Err(changed(&edit.path));
    }
    let returns = now.len() - read.len();
    if returns == 0 {
        return Ok(edit.after.clone());
    }
    let feeds = now.iter().filter(|byte| **byte == b'\n').count();
    if returns != feeds {
        let what = format!("some lines of {} end in CR LF, and others in LF", edit.path);
        return Err(Error::new(what).with_help(
            "Nothing was written. Give all of them the same end, as an editor does, and run this again.",
        ));
    }
    let mut after = Vec::with_capacity(edit.after.len() + feeds);
    for byte in &edit.after {
        if *byte == b'\n' {
            after.push(b'\r');
        }
        after.push(*byte);
    }
    Ok(after)
}

fn unwritten(place: &Path, error: &io::Error) -> Error {
    Error::new(format!("{} cannot be written: {error}", place.display()))
        .with_help("Nothing was changed. Look at the permissions and the free space of the disk.")
}

fn changed(path: &str) -> Error {
    Error::new(format!("{path} was changed meanwhile"))
        .with_help("Nothing was written. Run it again and look at what is there now.")
}

fn in_the_way(path: &str) -> Error {
    let help = match layout::slot(path) {
        Some(Slot::Text(..)) => {
            "Nothing was written. No letter.yaml names that file, so that an earlier run may have left it: look at it, take it out, and run this again."
        }
        _ => "Nothing was written. Run it again and look at what is there now.",
    };
    Error::new(format!("{path} is there already, with other bytes")).with_help(help)
}

fn no_folder(path: &str, what: &str) -> Error {
    Error::new(format!(
        "{path} is {what}, and nothing is written through it"
    ))
    .with_help("Nothing was written. Put a real folder or file in its place.")
}
