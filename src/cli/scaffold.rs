//! The door by which a whole folder leaves: built beside its place, and put there by one rename.

use super::door::sync;
use super::leftover::Claim;
use crate::base::error::Error;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How unfinished folders are named.
const PREFIX: &str = ".undersigned-new-";

/// A new folder on its way: built beside its place, and put there whole by one rename.
///
/// Where it is let go before that, nothing of it is left; what a killed run left, the next takes away.
#[derive(Debug)]
pub struct Scaffold {
    built: TempDir,
    place: PathBuf,
    _claim: Claim,
}

impl Scaffold {
    /// The place as it is from the root, where it is free: nothing lies there, or an empty folder that nobody stands in.
    pub fn free(place: &Path) -> Result<PathBuf, Error> {
        let taken = |why: &str| {
            let what = format!("{} {why}", place.display());
            Err(Error::new(what).with_help("Name a folder that is not there yet."))
        };
        let failed = |error: &io::Error| unmade(place, error);
        let whole = std::path::absolute(place).map_err(|error| failed(&error))?;
        match std::fs::symlink_metadata(&whole) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(whole),
            Err(error) => return Err(failed(&error)),
            Ok(about) if !about.is_dir() => return taken("is there already"),
            Ok(_) => {}
        }
        let mut inside = std::fs::read_dir(&whole).map_err(|error| failed(&error))?;
        if inside.next().is_some() {
            return taken("is there already, and not empty");
        }
        // A rename would leave whoever stands in the old folder in one that is gone.
        let here = std::fs::canonicalize(".").ok();
        if here.is_some() && here == std::fs::canonicalize(&whole).ok() {
            return taken("is the folder that this runs in");
        }
        Ok(whole)
    }

    /// Begins a folder whose place is free.
    pub fn begin(place: &Path) -> Result<Self, Error> {
        let place = Self::free(place)?;
        let beside = place.parent().unwrap_or(&place);
        let claim = Claim::of(beside, PREFIX);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        let built = open_folder(&mut builder).tempdir_in(beside);
        match built {
            Ok(built) => Ok(Self {
                built,
                place,
                _claim: claim,
            }),
            Err(error) => Err(unmade(&place, &error)),
        }
    }

    /// Where it is built.
    pub fn folder(&self) -> &Path {
        self.built.path()
    }

    /// Puts a file into it.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let file = self.folder().join(path);
        let written = || -> io::Result<()> {
            std::fs::create_dir_all(file.parent().unwrap_or(self.folder()))?;
            let mut file = std::fs::File::create_new(&file)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        written().map_err(|error| {
            Error::new(format!("{} cannot be written: {error}", file.display()))
                .with_help("Nothing was made. Look at the free space of the disk.")
        })
    }

    /// Puts the folder in its place.
    pub fn finish(self) -> Result<(), Error> {
        let failed = |error: &io::Error| {
            Error::new(format!("{} cannot be made: {error}", self.place.display()))
                .with_help("Nothing was made. Name a folder that is not there yet.")
        };
        // Where it fails, what was built is taken away with `self`.
        std::fs::rename(self.built.path(), &self.place).map_err(|error| failed(&error))?;
        sync(self.place.parent().unwrap_or(&self.place)).map_err(|error| failed(&error))
    }
}

fn unmade(place: &Path, error: &io::Error) -> Error {
    // What tempfile adds about its own name is nobody's business.
    let why = error.kind();
    Error::new(format!("{} cannot be made: {why}", place.display()))
        .with_help("Name a place in a folder that is there and can be written.")
}

/// A folder that others may look into, as far as the system's mask has it.
#[cfg(unix)]
fn open_folder<'a, 'b, 'c>(
    builder: &'a mut tempfile::Builder<'b, 'c>,
) -> &'a mut tempfile::Builder<'b, 'c> {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o777))
}

#[cfg(not(unix))]
fn open_folder<'a, 'b, 'c>(
    builder: &'a mut tempfile::Builder<'b, 'c>,
) -> &'a mut tempfile::Builder<'b, 'c> {
    builder
}
