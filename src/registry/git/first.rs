//! A new repository with its first commit; the door through which Git's identity and its clock come in.

use super::repository::{create, failed};
use crate::base::error::Error;
use git2::{IndexEntry, IndexTime, Oid, Signature};
use std::path::Path;

/// How Git names a plain file.
const REGULAR: u32 = 0o100_644;

/// Who made a first commit, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// The commit.
    pub commit: String,
    /// Whether Git knew who makes it, from its configuration or environment.
    pub known: bool,
    /// The author, as `name <address>`.
    pub author: String,
}

/// Makes a repository in this folder and commits these files, whose bytes are taken as they are.
///
/// Where Git does not know who makes the commit, `stand_in` (a name and an address) does. No template
/// of the machine is copied into the repository, and no filter touches a file.
pub fn commit<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    message: &str,
    stand_in: (&str, &str),
) -> Result<First, Error> {
    let made = make(folder, files, message, stand_in);
    made.map_err(|error| failed("the first commit cannot be made", &error))
}

fn make<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    message: &str,
    (name, address): (&str, &str),
) -> Result<First, git2::Error> {
    let repository = create(folder)?;
    let mut index = repository.index()?;
    for (path, bytes) in files {
        index.add_frombuffer(&entry(path), bytes)?;
    }
    index.write()?;
    let tree = repository.find_tree(index.write_tree()?)?;
    let identity = repository.author_from_env();
    let known = identity.is_ok();
    let author = match identity {
        Ok(author) => author,
        Err(_) => Signature::now(name, address)?,
    };
    let committer = match repository.committer_from_env() {
        Ok(committer) => committer,
        Err(_) => Signature::now(name, address)?,
    };
    let commit = repository.commit(Some("HEAD"), &author, &committer, message, &tree, &[])?;
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(First {
        commit: commit.to_string(),
        known,
        author: format!(
            "{} <{}>",
            shown(author.name_bytes()),
            shown(author.email_bytes())
        ),
    })
}

fn entry(path: &str) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: REGULAR,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: Oid::ZERO_SHA1,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
