//! A folder into which many files are published at once: every one old or new, never half of one.

use super::door::sync;
use super::leftover::Claim;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::compile::artifact::Artifact;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How unfinished folders are named that are published.
const PREFIX: &str = ".undersigned-page-";

/// Files on their way into a folder.
///
/// They are written into a folder of ours inside it, brought to the disk together, and renamed in the order in which
/// they came. A run that is killed leaves old files or new ones, and the next takes away what was not finished.
/// Where the last is SHA256SUMS, it shows whether all the others belong together.
#[derive(Debug)]
pub struct Press {
    folder: PathBuf,
    unfinished: TempDir,
    names: Vec<String>,
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
        self.names.push(artifact.name.clone());
        Ok(())
    }

    /// Puts all of them in their places.
    pub fn finish(self) -> Result<(), Error> {
        let failed = |error: io::Error| unwritten(&self.folder, &error);
        self.bring_to_disk().map_err(failed)?;
        let mut made = BTreeSet::from([self.folder.clone()]);
        for name in &self.names {
            let place = self.folder.join(name);
            if let Some(above) = place.parent()
                && !made.contains(above)
            {
                fs::create_dir_all(above).map_err(failed)?;
                made.insert(above.to_owned());
            }
            fs::rename(self.unfinished.path().join(name), &place).map_err(failed)?;
        }
        made.iter()
            .try_for_each(|folder| sync(folder))
            .map_err(failed)
    }

    /// Takes away what an earlier run published under these folders, that is as it was then and is not published any more.
    ///
    /// `before` is the SHA256SUMS of that run.
    pub fn clear(&self, before: &str, under: &[&str]) -> Result<(), Error> {
        let now: BTreeSet<&str> = self.names.iter().map(String::as_str).collect();
        let listed = before.lines().filter_map(|line| line.split_once("  "));
        for (digest, name) in listed {
            let ours = under.iter().any(|folder| name.starts_with(folder));
            let plain = name
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..");
            if now.contains(name) || !ours || !plain {
                continue;
            }
            let place = self.folder.join(name);
            let same = |bytes: Vec<u8>| Digest::of(&bytes).hex() == digest;
            if fs::read(&place).is_ok_and(same) {
                fs::remove_file(&place).map_err(|error| unwritten(&place, &error))?;
                // Only a folder that is empty goes with it.
                let _ = place.parent().map(fs::remove_dir);
            }
        }
        Ok(())
    }

    /// What an earlier run published, in its words; nothing where there was none.
    pub fn sums(folder: &Path) -> String {
        fs::read_to_string(folder.join("SHA256SUMS")).unwrap_or_default()
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
