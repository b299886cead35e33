//! Three states of one file merged line by line, in memory: no attribute and no merge driver is asked.
//! Implements docs/formats/16-history.md, step 29.

use super::repository::failed;
use crate::base::error::Error;
use git2::{MergeFileInput, MergeFileOptions, ObjectType, Oid};

use super::tree::bytes;
use crate::registry::object::ObjectId;

/// The bytes that two states make of a third; nothing where they contradict each other.
pub fn lines(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let input = |content| {
        let mut input = MergeFileInput::new();
        input.content(content);
        input
    };
    let (mut base, mut ours, mut theirs) = (input(base), input(ours), input(theirs));
    let mut options = MergeFileOptions::new();
    options.style_standard(true);
    let merged = git2::merge_file(
        base.path("file"),
        ours.path("file"),
        theirs.path("file"),
        Some(&mut options),
    )
    .map_err(|error| failed("a file cannot be merged", &error))?;
    Ok(merged.is_automergeable().then(|| merged.content().to_vec()))
}

/// The name that Git gives to these bytes.
pub fn name(content: &[u8]) -> Result<ObjectId, Error> {
    Oid::hash_object(ObjectType::Blob, content)
        .map(|oid| ObjectId(bytes(oid)))
        .map_err(|error| failed("a file cannot be named", &error))
}
