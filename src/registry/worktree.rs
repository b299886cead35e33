//! The work tree as it lies: the only file that walks folders. Implements docs/formats/1-tree.md, reading the work tree.

use super::git::repository::Repository;
use super::layout::{self, Slot};
use super::leak;
use super::snapshot::{Contents, File, Reach, Snapshot};
use super::survey::{Kind, Survey, shown};
use crate::base::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files under a folder on disk.
pub struct WorkTree {
    root: PathBuf,
    /// The repository, where there is one: it says what it ignores, and whether modes mean anything.
    repository: Option<Repository>,
}

impl WorkTree {
    /// The work tree whose root is this folder.
    pub fn new(root: PathBuf, repository: Option<Repository>) -> Self {
        Self { root, repository }
    }

    /// The registry as it lies on disk.
    pub fn snapshot(self, reach: Reach) -> Result<Snapshot, Error> {
        let mut survey = Survey::default();
        for (name, _) in list(&self.root)? {
            survey.see_root(&name);
        }
        let top = self.root.join(layout::ROOT);
        let kind = fs::symlink_metadata(&top);
        match kind {
            Ok(kind) if kind.is_dir() => {}
            Ok(kind) if kind.is_symlink() => {
                return Err(no_registry(
                    "registry is a symbolic link, and links are not followed",
                ));
            }
            _ => {
                return Err(no_registry(&format!(
                    "there is no folder registry/ in {}",
                    self.root.display()
                )));
            }
        }
        if survey.see_folder(layout::ROOT) {
            self.walk(layout::ROOT, &mut survey)?;
        }
        self.schemas(&mut survey)?;
        if reach == Reach::Repository {
            self.look_for_keys(&mut survey);
        }
        let owners = survey.take_owners();
        let (files, findings) = survey.finish();
        let mut snapshot = Snapshot::new(None, files, findings, Rc::new(self));
        snapshot.owners = owners;
        Ok(snapshot)
    }

    fn walk(&self, folder: &str, survey: &mut Survey) -> Result<(), Error> {
        for (name, found) in list(&self.root.join(folder))? {
            let path = format!("{folder}/{name}");
            let about = fs::symlink_metadata(&found).map_err(|error| unreadable(&found, &error))?;
            if about.is_dir() {
                // A folder without files is nothing to Git, and nothing to us.
                if holds_a_file(&found) && survey.see_folder(&path) {
                    self.walk(&path, survey)?;
                }
            } else {
                let kind = self.kind(&about);
                survey.see_file(&path, kind, size(&path, &found, kind, &about)?, None);
            }
        }
        Ok(())
    }

    fn schemas(&self, survey: &mut Survey) -> Result<(), Error> {
        let folder = self.root.join("schemas");
        if !fs::symlink_metadata(&folder).is_ok_and(|about| about.is_dir()) {
            return Ok(());
        }
        for (name, found) in list(&folder)? {
            let about = fs::symlink_metadata(&found).map_err(|error| unreadable(&found, &error))?;
            let path = format!("schemas/{name}");
            let kind = self.kind(&about);
            survey.see_schema(&path, kind, size(&path, &found, kind, &about)?, None);
        }
        Ok(())
    }

    /// docs/formats/1-tree.md, private keys: every small file that Git takes in, or has already.
    fn look_for_keys(&self, survey: &mut Survey) {
        let repository = self.repository.as_ref();
        let tracked = repository.map(Repository::tracked).unwrap_or_default();
        let left_alone = |path: &str| {
            repository.is_some_and(|repository| repository.ignores(path)) && !tracked.leads_to(path)
        };
        let mut waiting = vec![String::new()];
        while let Some(folder) = waiting.pop() {
            // What cannot be read is nobody's concern here: in registry/ it was told of already.
            let found = list(&self.root.join(&folder)).unwrap_or_default();
            for (name, place) in found {
                let path = format!("{folder}{name}");
                if name == ".git" || !leak::asks(&path) || left_alone(&path) {
                    continue;
                }
                match fs::symlink_metadata(&place) {
                    Ok(about) if about.is_dir() => waiting.push(format!("{path}/")),
                    Ok(about) if about.is_file() && about.len() <= leak::LARGEST => {
                        if let Ok(bytes) = read_at_most(&place, leak::LARGEST) {
                            survey.see_other(&path, &bytes);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn trusts_modes(&self) -> bool {
        self.repository
            .as_ref()
            .is_none_or(Repository::trusts_modes)
    }

    fn kind(&self, about: &fs::Metadata) -> Kind {
        if about.is_symlink() {
            Kind::Link
        } else if !about.is_file() {
            Kind::Other
        } else if self.trusts_modes() && is_executable(about) {
            Kind::Executable
        } else {
            Kind::Regular
        }
    }
}

impl std::fmt::Debug for WorkTree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("WorkTree").field(&self.root).finish()
    }
}

impl Contents for WorkTree {
    /// The bytes on disk; in YAML files CR LF reads as LF, as a checkout may have written it.
    fn read(&self, file: &File) -> Result<Vec<u8>, Error> {
        let path = self.root.join(&file.path);
        if fs::symlink_metadata(&path).is_ok_and(|about| about.is_symlink()) {
            let what = format!("{} became a link while it was read", file.path);
            return Err(
                Error::new(what).with_help("Run it again when nobody changes the work tree.")
            );
        }
        if !file.slot.folds_line_ends() {
            return read_at_most(&path, file.slot.limit());
        }
        Ok(line_feeds(read_at_most(&path, on_disk(&file.slot))?))
    }
}

/// How many bytes a file may have on disk: where CR LF reads as LF, every second byte may go.
fn on_disk(slot: &Slot) -> u64 {
    match slot.folds_line_ends() {
        true => 2 * slot.limit(),
        false => slot.limit(),
    }
}

/// A file's size as it is read: only where its CRs could make it too large is it looked into.
fn size(path: &str, found: &Path, kind: Kind, about: &fs::Metadata) -> Result<u64, Error> {
    let size = about.len();
    let Some(slot) = layout::slot(path).filter(|_| kind == Kind::Regular) else {
        return Ok(size);
    };
    if size <= slot.limit() || size > on_disk(&slot) {
        return Ok(size);
    }
    let read = line_feeds(read_at_most(found, on_disk(&slot))?);
    Ok(u64::try_from(read.len()).unwrap_or(u64::MAX))
}

/// Whether anything but folders lies in a folder; what cannot be listed counts as something.
fn holds_a_file(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return true;
    };
    entries.into_iter().any(
        |entry| match entry.map(|entry| (entry.file_type(), entry.path())) {
            Ok((Ok(kind), path)) if kind.is_dir() => holds_a_file(&path),
            _ => true,
        },
    )
}

/// A file's bytes, or an error where there are more than `limit` of them.
pub fn read_at_most(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    // What became a pipe or a link since it was surveyed is not opened.
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        return Err(Error::new(format!(
            "{} is not a plain file",
            path.display()
        )));
    }
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    take(path, file, about.len(), limit)
}

/// The bytes of a file that may be absent; nothing too where it is a link, no file, or too large.
pub fn read_plain(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Error> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_file() && about.len() <= limit => read_at_most(path, limit).map(Some),
        _ => Ok(None),
    }
}

/// What standard input holds, or an error where that is more than `limit` bytes.
pub fn read_input(limit: u64) -> Result<Vec<u8>, Error> {
    let path = Path::new("standard input");
    let input = input().map_err(|error| unreadable(path, &error))?;
    take(path, input, limit.min(BUFFER), limit)
}

/// How much room is made for what comes through standard input, before anybody knows how much that is.
const BUFFER: u64 = 64 * 1024;

/// Standard input without the buffer of the standard library, in which a passphrase would stay behind.
#[cfg(unix)]
fn input() -> std::io::Result<fs::File> {
    use std::os::fd::AsFd as _;
    Ok(std::io::stdin().as_fd().try_clone_to_owned()?.into())
}

/// Standard input.
#[cfg(not(unix))]
fn input() -> std::io::Result<impl Read> {
    Ok(std::io::stdin().lock())
}

/// Reads into one place that is large enough for what is `expected`: what grows leaves its bytes behind.
fn take(path: &Path, from: impl Read, expected: u64, limit: u64) -> Result<Vec<u8>, Error> {
    let room = usize::try_from(expected.min(limit)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(room.saturating_add(1));
    from.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        let what = format!(
            "{} is larger than the {limit} bytes that are read",
            path.display()
        );
        return Err(Error::new(what));
    }
    Ok(bytes)
}

/// Whether others than its owner may read or write a file.
#[cfg(unix)]
pub fn open_to_others(path: &Path) -> Result<bool, Error> {
    use std::os::unix::fs::PermissionsExt as _;
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    Ok(about.permissions().mode() & 0o077 != 0)
}

/// Whether others than its owner may read or write a file; here the system does not say.
#[cfg(not(unix))]
pub fn open_to_others(_: &Path) -> Result<bool, Error> {
    Ok(false)
}

/// CR LF as LF; a lone CR stays and becomes a finding.
pub fn line_feeds(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.contains(&b'\r') {
        return bytes;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().peekable();
    while let Some(byte) = rest.next() {
        if !(*byte == b'\r' && rest.peek() == Some(&&b'\n')) {
            kept.push(*byte);
        }
    }
    kept
}

/// Where a path really leads; a link is the link that it is, in the folder it lies in.
pub fn real(path: &Path) -> Result<PathBuf, Error> {
    let about = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    let real = match (about.is_symlink(), path.parent(), path.file_name()) {
        (true, Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            fs::canonicalize(parent).map(|parent| parent.join(name))
        }
        _ => fs::canonicalize(path),
    };
    real.map_err(|error| unreadable(path, &error))
}

/// The entries of a folder by name, in order of their bytes.
pub fn list(folder: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        found.push((shown(entry.file_name().as_encoded_bytes()), entry.path()));
    }
    found.sort();
    Ok(found)
}

/// The error for a file or folder that the system does not let us read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("{} cannot be read: {error}", path.display())).with_help(
        "Look at whether it is there, and at its permissions; nothing is concluded without it.",
    )
}

fn no_registry(what: &str) -> Error {
    Error::new(what).with_help("Run this in a clone of a registry, or name one with -C.")
}

#[cfg(unix)]
fn is_executable(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}
