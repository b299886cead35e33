//! The registry at a commit: trees walked and blobs read from the object database alone.
//! Implements docs/formats/1-tree.md, reading a revision.

use super::repository::{Repository, failed};
use crate::base::error::Error;
use crate::registry::layout;
use crate::registry::leak;
use crate::registry::snapshot::{Contents, File, Reach, Snapshot};
use crate::registry::survey::{Kind, Survey, shown};
use git2::{ObjectType, Odb, Oid, Tree, TreeEntry};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Modes of tree entries as Git writes them.
const REGULAR: i32 = 0o100_644;
const EXECUTABLE: i32 = 0o100_755;
const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;
pub(super) const FOLDER: i32 = 0o040_000;

impl Repository {
    /// The registry as the commit of this name has it.
    pub fn snapshot(self, revision: &str, reach: Reach) -> Result<Snapshot, Error> {
        self.surveyed(revision, reach, Survey::default())
    }

    /// The same without the records.
    pub fn snapshot_without_records(self, revision: &str, reach: Reach) -> Result<Snapshot, Error> {
        self.surveyed(revision, reach, Survey::without_records())
    }

    fn surveyed(self, revision: &str, reach: Reach, mut survey: Survey) -> Result<Snapshot, Error> {
        let commit = self.commit(revision)?;
        self.survey(commit, &mut survey, reach)?;
        let owners = survey.take_owners();
        let (files, findings) = survey.finish();
        let revision = Some(commit.to_string());
        let mut snapshot = Snapshot::new(revision, files, findings, Rc::new(self));
        snapshot.owners = owners;
        Ok(snapshot)
    }

    pub(super) fn survey(
        &self,
        commit: Oid,
        survey: &mut Survey,
        reach: Reach,
    ) -> Result<(), Error> {
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let commit = self
            .inner()
            .find_commit(commit)
            .map_err(|error| self.lacks(commit, "a commit", &error))?;
        let root = self.tree(commit.tree_id(), "the root of the tree")?;
        for entry in &root {
            survey.see_root(&name(&entry));
        }
        let found = root.get_name(layout::ROOT);
        let Some(entry) = found.filter(|entry| entry.filemode_raw() == FOLDER) else {
            return Err(no_registry(found_kind(&root)));
        };
        if survey.see_folder(layout::ROOT) {
            self.walk(&odb, entry.id(), layout::ROOT, survey)?;
        }
        if let Some(schemas) = root
            .get_name("schemas")
            .filter(|entry| entry.filemode_raw() == FOLDER)
        {
            for entry in &self.tree(schemas.id(), "schemas")? {
                let path = format!("schemas/{}", name(&entry));
                let kind = kind(entry.filemode_raw());
                let size = match kind {
                    Kind::Regular => self.size(&odb, entry.id(), &path)?,
                    _ => 0,
                };
                survey.see_schema(&path, kind, size, Some(bytes(entry.id())));
            }
        }
        match reach {
            Reach::Registry => Ok(()),
            Reach::Repository => self.look_for_keys(&odb, &root, survey),
        }
    }

    /// docs/formats/1-tree.md, private keys: every small file.
    fn look_for_keys(
        &self,
        odb: &Odb<'_>,
        root: &Tree<'_>,
        survey: &mut Survey,
    ) -> Result<(), Error> {
        // A folder that lies in many places is looked into once: a few objects can be a million files.
        let mut known = BTreeSet::from([root.id()]);
        let mut waiting = vec![(root.id(), String::new())];
        while let Some((tree, folder)) = waiting.pop() {
            for entry in &self.tree(tree, &folder)? {
                let path = format!("{folder}{}", name(&entry));
                if !leak::asks(&path) {
                    continue;
                }
                if entry.filemode_raw() == FOLDER {
                    if known.insert(entry.id()) {
                        waiting.push((entry.id(), format!("{path}/")));
                    }
                } else if matches!(kind(entry.filemode_raw()), Kind::Regular | Kind::Executable)
                    && self.size(odb, entry.id(), &path)? <= leak::LARGEST
                {
                    let object = odb
                        .read(entry.id())
                        .map_err(|error| self.lacks(entry.id(), &path, &error))?;
                    survey.see_other(&path, object.data());
                }
            }
        }
        Ok(())
    }

    /// Goes down only into folders that the layout knows, so that the depth is bounded by it.
    fn walk(
        &self,
        odb: &Odb<'_>,
        tree: Oid,
        folder: &str,
        survey: &mut Survey,
    ) -> Result<(), Error> {
        for entry in &self.tree(tree, folder)? {
            let path = format!("{folder}/{}", name(&entry));
            let mode = entry.filemode_raw();
            if mode == FOLDER {
                if survey.see_folder(&path) {
                    self.walk(odb, entry.id(), &path, survey)?;
                }
                continue;
            }
            let kind = kind(mode);
            // The size is known from the object's header; the content is not read here.
            let size = match kind {
                Kind::Regular => self.size(odb, entry.id(), &path)?,
                _ => 0,
            };
            survey.see_file(&path, kind, size, Some(bytes(entry.id())));
        }
        Ok(())
    }

    pub(super) fn tree(&self, id: Oid, path: &str) -> Result<Tree<'_>, Error> {
        self.inner()
            .find_tree(id)
            .map_err(|error| self.lacks(id, path, &error))
    }

    pub(super) fn size(&self, odb: &Odb<'_>, id: Oid, path: &str) -> Result<u64, Error> {
        let (size, kind) = odb
            .read_header(id)
            .map_err(|error| self.lacks(id, path, &error))?;
        if kind != ObjectType::Blob {
            return Err(Error::new(format!(
                "the object {id} ({path}) is not a blob, as its tree says"
            )));
        }
        Ok(u64::try_from(size).unwrap_or(u64::MAX))
    }
}

impl Contents for Repository {
    fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        let id = file
            .object
            .and_then(|object| Oid::from_bytes(&object).ok())
            .ok_or_else(|| Error::new(format!("{} has no object", file.path)))?;
        let odb = self
            .inner()
            .odb()
            .map_err(|error| failed("the object database cannot be opened", &error))?;
        let object = odb
            .read(id)
            .map_err(|error| self.lacks(id, &file.path, &error))?;
        Ok(object.data().to_vec())
    }
}

/// An entry's name; a slash inside it, which no Git writes, does not pass for a folder.
pub(super) fn name(entry: &TreeEntry<'_>) -> String {
    written(entry.name_bytes())
}

/// A name's bytes as text.
pub(super) fn written(name: &[u8]) -> String {
    shown(name).replace('/', "\\x2f")
}

pub(super) fn kind(mode: i32) -> Kind {
    match mode {
        REGULAR => Kind::Regular,
        EXECUTABLE => Kind::Executable,
        LINK => Kind::Link,
        SUBMODULE => Kind::Submodule,
        _ => Kind::Other,
    }
}

pub(super) fn bytes(id: Oid) -> [u8; 20] {
    let mut bytes = [0; 20];
    for (to, from) in bytes.iter_mut().zip(id.as_bytes()) {
        *to = *from;
    }
    bytes
}

fn found_kind(root: &Tree<'_>) -> Option<Kind> {
    root.get_name(layout::ROOT)
        .map(|entry| kind(entry.filemode_raw()))
}

/// There is nothing to judge: the run has no answer.
fn no_registry(found: Option<Kind>) -> Error {
    let what = match found {
        None => "there is no folder registry/ in this revision",
        Some(Kind::Link) => "registry is a symbolic link, and links are not followed",
        Some(Kind::Submodule) => "registry is a submodule, and submodules are not read",
        Some(_) => "registry is not a folder",
    };
    Error::new(what).with_help(
        "A registry is the folder registry/ with registry.yaml at the root of a repository.",
    )
}
