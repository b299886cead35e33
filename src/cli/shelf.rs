//! The door by which the index of a repository's records comes in and is kept: a file in the folder for caches of whoever
//! runs this. Implements docs/formats/20-index.md, steps 11 and 15.

use super::door::{cache_folder, sync, written};
use super::leftover::Claim;
use crate::base::digest::Digest;
use crate::history::census::Shelf;
use crate::history::index::Pages;
use crate::registry::git::repository::Repository;
use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// How the file is named.
const NAME: &str = "signatories.index";

/// How an unfinished one is named.
const PREFIX: &str = ".undersigned-index-";

/// The place of one repository.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A file that is read here and there.
struct Kept {
    file: RefCell<File>,
    length: u64,
}

impl Cache {
    /// The place of a repository; nothing where nobody has a folder for caches.
    pub fn of(repository: &Repository) -> Option<Self> {
        let shared = repository.shared_folder();
        let name = Digest::of(shared.as_os_str().as_encoded_bytes()).hex();
        let folder = cache_folder()?.join(name);
        Some(Self { folder })
    }

    fn file(&self) -> PathBuf {
        self.folder.join(NAME)
    }
}

impl Shelf for Cache {
    fn open(&self) -> Option<Box<dyn Pages>> {
        let path = self.file();
        let about = fs::symlink_metadata(&path).ok()?;
        if !about.is_file() {
            return None;
        }
        let file = File::open(&path).ok()?;
        let length = file.metadata().ok()?.len();
        let file = RefCell::new(file);
        Some(Box::new(Kept { file, length }))
    }

    fn keep(&self, bytes: &[u8]) {
        // Nobody waits for it, and the next run makes it again.
        let _ = keep(&self.folder, &self.file(), bytes);
    }
}

fn keep(folder: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    make(folder)?;
    let _claim = Claim::of(folder, PREFIX);
    let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder);
    written(file, bytes)?.persist(place)?;
    sync(folder)
}

/// Makes a folder for its owner alone, as the XDG Base Directory Specification has it.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.recursive(true).create(folder)
}

impl Pages for Kept {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, at: u64, count: usize) -> Option<Vec<u8>> {
        let mut file = self.file.borrow_mut();
        let mut bytes = vec![0; count];
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}
