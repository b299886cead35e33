//! The records of a commit a part at a time, in order of id, read by several at once: no more of them is in memory
//! than a part. Implements docs/formats/1-tree.md, reading a part at a time.

use super::repository::{Repository, failed};
use super::tree::{FOLDER, kind, name};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::registry::layout::{self, SIGNATORIES, Slot};
use crate::registry::survey::{Kind, unfit};
use git2::{Oid, TreeEntry};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// How many records are read before those who read them begin anew.
const PART: usize = 4096;

/// The records of a commit, folder by folder.
#[derive(Debug)]
pub struct Roll {
    repository: PathBuf,
    /// Each folder with records, in order.
    folders: Vec<(String, Oid)>,
}

/// What is handed out of a record.
#[derive(Debug)]
pub struct Sheet {
    /// The path of its file.
    pub path: String,
    /// Its id, which the file is named by.
    pub id: Id,
    /// Its bytes; none where it is too large.
    pub bytes: Option<Vec<u8>>,
    /// What is wrong with its size.
    pub finding: Option<Finding>,
}

impl Repository {
    /// The records of a commit, where nothing but records lies in their folder, all flat or all in shards.
    ///
    /// Of any other folder it says nothing: there is something to find in it, and a survey finds it.
    pub fn roll(&self, revision: &str) -> Result<Option<Roll>, Error> {
        let commit = self.commit(revision)?;
        let root = self
            .inner()
            .find_commit(commit)
            .and_then(|commit| commit.tree())
            .map_err(|error| self.lacks(commit, "a commit", &error))?;
        let repository = self.folder();
        let mut folders = Vec::new();
        let tree = |tree: Oid, path: &str, within: &str| {
            let tree = self.tree(tree, path)?;
            let found = tree
                .get_name(within)
                .map(|entry| (entry.id(), entry.filemode_raw()));
            Ok::<_, Error>(found.filter(|(_, mode)| *mode == FOLDER).map(|(id, _)| id))
        };
        let Some(registry) = tree(root.id(), "the root of the tree", layout::ROOT)? else {
            return Ok(None);
        };
        // No Git writes a name twice into one folder; whoever does is for the survey.
        let named = self.tree(registry, layout::ROOT)?;
        let named = named
            .iter()
            .filter(|entry| entry.name_bytes() == b"signatories");
        if named.count() > 1 {
            return Ok(None);
        }
        let Some(signatories) = tree(registry, layout::ROOT, "signatories")? else {
            return Ok(Some(Roll {
                repository,
                folders,
            }));
        };
        let all = self.tree(signatories, SIGNATORIES)?;
        let shards = all.iter().all(|entry| entry.filemode_raw() == FOLDER);
        if !shards {
            folders.push((SIGNATORIES.to_owned(), signatories));
        }
        for entry in all.iter().filter(|_| shards) {
            let path = format!("{SIGNATORIES}/{}", name(&entry));
            let twice = folders.last().is_some_and(|(before, _)| *before >= path);
            if twice || !layout::may_hold(&path) {
                return Ok(None);
            }
            folders.push((path, entry.id()));
        }
        for (path, folder) in &folders {
            let folder = self.tree(*folder, path)?;
            let mut last = Vec::new();
            for entry in &folder {
                let written = entry.name_bytes();
                let fits = last.as_slice() < written
                    && kind(entry.filemode_raw()) == Kind::Regular
                    && record(path, &entry).is_some();
                if !fits {
                    return Ok(None);
                }
                last.clear();
                last.extend_from_slice(written);
            }
        }
        Ok(Some(Roll {
            repository,
            folders,
        }))
    }
}

/// A record's file as its folder names it.
type Named = (String, Id, Oid);

/// The record that an entry of a folder is; nothing where the layout has none at its path.
fn record(folder: &str, entry: &TreeEntry<'_>) -> Option<Named> {
    let path = format!("{folder}/{}", name(entry));
    match layout::slot(&path)? {
        Slot::Record(id) => Some((path, id, entry.id())),
        _ => None,
    }
}

impl Roll {
    /// Reads all records, or those at some places: what is made of each by `read`, several at once, goes to `take` in
    /// order of id, with its place.
    ///
    /// What reads is opened anew for each part, so that what was looked at of packs can leave memory.
    pub fn each<T: Send>(
        &self,
        only: Option<&[usize]>,
        read: impl Fn(Sheet) -> T + Sync,
        mut take: impl FnMut(usize, T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut place = 0;
        let mut part = Vec::new();
        for (path, folder) in &self.folders {
            let mut files = self.files(path, *folder)?;
            // A name with its ending stands elsewhere than the id: `a-b.yaml` before `a.yaml`.
            files.sort_by(|(_, one, _), (_, other, _)| one.cmp(other));
            for file in files {
                let wanted = only.is_none_or(|only| only.binary_search(&place).is_ok());
                if wanted {
                    part.push((place, file));
                }
                place += 1;
                if part.len() == PART {
                    self.part(std::mem::take(&mut part), &read, &mut take)?;
                }
            }
        }
        self.part(part, &read, &mut take)
    }

    fn files(&self, path: &str, folder: Oid) -> Result<Vec<Named>, Error> {
        let repository = self.open()?;
        let tree = repository.tree(folder, path)?;
        Ok(tree
            .iter()
            .filter_map(|entry| record(path, &entry))
            .collect())
    }

    fn part<T: Send>(
        &self,
        part: Vec<(usize, Named)>,
        read: &(impl Fn(Sheet) -> T + Sync),
        take: &mut impl FnMut(usize, T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let idle: Mutex<Vec<Repository>> = Mutex::default();
        let made: Vec<Result<(usize, T), Error>> = part
            .into_par_iter()
            .map_init(
                || Reader {
                    roll: self,
                    idle: &idle,
                    repository: None,
                },
                |reader, (place, named)| Ok((place, read(reader.sheet(named)?))),
            )
            .collect();
        for made in made {
            let (place, made) = made?;
            take(place, made)?;
        }
        Ok(())
    }

    fn open(&self) -> Result<Repository, Error> {
        let absent = || Error::new("the repository is not there any more");
        Repository::open(&self.repository)?.ok_or_else(absent)
    }
}

/// Reads objects by a handle of its own, which the next one takes over.
struct Reader<'a> {
    roll: &'a Roll,
    idle: &'a Mutex<Vec<Repository>>,
    repository: Option<Repository>,
}

impl Reader<'_> {
    fn sheet(&mut self, (path, id, object): Named) -> Result<Sheet, Error> {
        let repository = match &self.repository {
            Some(repository) => repository,
            None => {
                let idle = self
                    .idle
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pop();
                let repository = idle.map_or_else(|| self.roll.open(), Ok)?;
                self.repository.insert(repository)
            }
        };
        let odb = repository
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let size = repository.size(&odb, object, &path)?;
        let finding = unfit(&path, &Slot::Record(id.clone()), size);
        let mut content = None;
        if finding.is_none() {
            let read = odb
                .read(object)
                .map_err(|error| repository.lacks(object, &path, &error))?;
            content = Some(read.data().to_vec());
        }
        Ok(Sheet {
            path,
            id,
            bytes: content,
            finding,
        })
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.extend(self.repository.take());
    }
}
