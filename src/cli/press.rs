//! A folder into which many files are published at once: every one old or new, never half of one.

use super::door::sync;
use super::leftover::Claim;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::compile::artifact::{Artifact, Sums};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How unfinished folders are named that are published.
const PREFIX: &str = ".undersigned-page-";

/// The digests of all files, which come last and show whether the others belong together.
const SUMS: &str = "SHA256SUMS";

/// The folders that the site alone writes into.
const SITE: [&str; 4] = ["assets/", "ko/", "letters/", "signatories/"];

/// What one run publishes of all that can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything: what the site has no more is taken away.
    Whole,
    /// Some of it: what lies beside it stays, and stays in SHA256SUMS.
    Part,
    /// Files that are no part of it, and have no SHA256SUMS.
    Apart,
}

/// Files on their way into a folder.
///
/// They are written into a folder of ours inside it, brought to the disk together, and renamed in the order in which
/// they came. A run that is killed leaves old files or new ones, and the next takes away what was not finished.
#[derive(Debug)]
pub struct Press {
    folder: PathBuf,
    unfinished: TempDir,
    names: Vec<String>,
    sums: Sums,
    known: BTreeSet<PathBuf>,
    _claim: Claim,
}

impl Press {
    /// Makes the folder where it is missing.
    pub fn begin(folder: &Path) -> Result<Self, Error> {
        let failed = |error: io::Error| unwritten(folder, &error);
        fs::create_dir_all(folder).map_err(failed)?;
        let claim = Claim::of(folder, PREFIX);
        Ok(Self {
            unfinished: tempfile::Builder::new()
                .prefix(PREFIX)
                .tempdir_in(folder)
                .map_err(failed)?,
            folder: folder.to_owned(),
            names: Vec::new(),
            sums: Sums::default(),
            known: BTreeSet::new(),
            _claim: claim,
        })
    }

    /// Writes one file, not yet in its place.
    pub fn write(&mut self, artifact: &Artifact) -> Result<(), Error> {
        let failed = |error: io::Error| unwritten(&self.folder, &error);
        let place = self.unfinished.path().join(&artifact.name);
        if let Some(above) = place.parent()
            && !self.known.contains(above)
        {
            fs::create_dir_all(above).map_err(failed)?;
            self.known.insert(above.to_owned());
        }
        fs::write(&place, &artifact.bytes).map_err(failed)?;
        self.sums.add(artifact);
        self.names.push(artifact.name.clone());
        Ok(())
    }

    /// Puts all of them in their places, SHA256SUMS last, and gives their names.
    ///
    /// What cannot take its place is found before anything is moved.
    pub fn finish(mut self, scope: Scope) -> Result<Vec<String>, Error> {
        let failed = |error: io::Error| unwritten(&self.folder, &error);
        let before = match scope {
            Scope::Whole | Scope::Part => fs::read_to_string(self.folder.join(SUMS)),
            Scope::Apart => Ok(String::new()),
        };
        let before = before.unwrap_or_default();
        let others = self.others(&before);
        if scope == Scope::Part {
            for (digest, name) in &others {
                self.sums.keep(digest, name);
            }
        }
        if scope != Scope::Apart {
            let sums = std::mem::take(&mut self.sums).artifact();
            fs::write(self.unfinished.path().join(SUMS), &sums.bytes).map_err(failed)?;
            self.names.push(sums.name);
        }
        self.bring_to_disk().map_err(failed)?;
        let folders = self.make_room()?;
        for name in &self.names {
            let place = self.folder.join(name);
            fs::rename(self.unfinished.path().join(name), &place)
                .map_err(|error| unwritten(&place, &error))?;
        }
        if scope == Scope::Whole {
            self.take_away(&others)?;
        }
        folders
            .iter()
            .filter(|folder| folder.is_dir())
            .try_for_each(|folder| sync(folder))
            .map_err(failed)?;
        Ok(self.names)
    }

    /// What an earlier run published, that is as it was then, and is not written now: by its SHA256SUMS, digest and name.
    fn others<'a>(&self, before: &'a str) -> Vec<(&'a str, &'a str)> {
        let now: BTreeSet<&str> = self.names.iter().map(String::as_str).collect();
        let listed = before.lines().filter_map(|line| line.split_once("  "));
        let others = listed.filter(|(digest, name)| {
            let mut parts = name.split('/');
            let same = |bytes: Vec<u8>| Digest::of(&bytes).hex() == *digest;
            !now.contains(name)
                && parts.all(|part| !part.is_empty() && part != "." && part != "..")
                && self.link_above(name).is_none()
                && fs::read(self.folder.join(name)).is_ok_and(same)
        });
        others.collect()
    }

    /// Makes the folders that the files come into; nothing may stand where a file is to be.
    fn make_room(&self) -> Result<BTreeSet<PathBuf>, Error> {
        let mut folders = BTreeSet::from([self.folder.clone()]);
        for name in &self.names {
            let place = self.folder.join(name);
            if place.is_dir() && !place.is_symlink() {
                let what = format!("{} is a folder, and a file is to be there", place.display());
                let help = "Move it away, or name another folder with --output.";
                return Err(Error::new(what).with_help(help));
            }
            if let Some(above) = place.parent()
                && !folders.contains(above)
            {
                if let Some(link) = self.link_above(name) {
                    let what = format!(
                        "{} is a link, and nothing is published through it",
                        link.display()
                    );
                    let help = "Take it away, or name another folder with --output.";
                    return Err(Error::new(what).with_help(help));
                }
                fs::create_dir_all(above).map_err(|error| unwritten(above, &error))?;
                folders.insert(above.to_owned());
            }
        }
        Ok(folders)
    }

    /// The link below the folder that a file of this name would go through, where there is one.
    fn link_above(&self, name: &str) -> Option<PathBuf> {
        let ends = name.match_indices('/').map(|(at, _)| at);
        let mut above = ends.filter_map(|at| Some(self.folder.join(name.get(..at)?)));
        above.find(|place| place.is_symlink())
    }

    /// Takes away what the site has no more.
    fn take_away(&self, others: &[(&str, &str)]) -> Result<(), Error> {
        for (_, name) in others {
            if SITE.iter().any(|folder| name.starts_with(folder)) {
                let place = self.folder.join(name);
                fs::remove_file(&place).map_err(|error| unwritten(&place, &error))?;
                // Only a folder that is empty goes with it.
                let _ = place.parent().map(fs::remove_dir);
            }
        }
        Ok(())
    }

    /// All files at once, where the system can do that.
    #[cfg(target_os = "linux")]
    fn bring_to_disk(&self) -> io::Result<()> {
        let folder = fs::File::open(self.unfinished.path())?;
        Ok(rustix::fs::syncfs(&folder)?)
    }

    /// One after another.
    #[cfg(not(target_os = "linux"))]
    fn bring_to_disk(&self) -> io::Result<()> {
        let mut names = self
            .names
            .iter()
            .map(|name| self.unfinished.path().join(name));
        names.try_for_each(|place| fs::File::open(place)?.sync_all())
    }
}

fn unwritten(place: &Path, error: &io::Error) -> Error {
    Error::new(format!("{} cannot be written: {error}", place.display()))
        .with_help("Name a folder that can be written, with --output.")
}
