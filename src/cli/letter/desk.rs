//! The registry in the work tree with what is to be written into it.

use crate::author::edit::Edit;
use crate::author::repository::{README, Renewal, renewed};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::cli::answer::{Answer, Globals, refused};
use crate::cli::door;
use crate::cli::registry::{Judged, judge_new};
use crate::cli::writing::{Entering, Writing};
use crate::letter::Letter;
use crate::registry::home::Home;
use crate::registry::layout::letter_folder;
use crate::registry::letters::HeldLetter;
use crate::registry::worktree::read_plain;
use std::path::PathBuf;

/// No page for readers that is looked into is larger.
const LARGEST: u64 = 256 * 1024;

/// A registry on disk, read and judged.
#[derive(Debug)]
pub struct Desk {
    root: PathBuf,
    /// The registry as it is, and what is concluded of it.
    pub judged: Judged,
}

impl Desk {
    /// The registry of the work tree; it may hold no letter yet.
    pub fn find(globals: &Globals) -> Result<Self, Error> {
        let root = Home::find(&globals.directory)?.writable()?;
        let judged = judge_new(globals)?;
        Ok(Self { root, judged })
    }

    /// A letter that is there.
    pub fn letter(&self, id: &str) -> Result<&HeldLetter, Error> {
        self.judged.letter(Some(id))
    }

    /// An error where a letter of this id is there, readable or not.
    pub fn is_free(&self, id: &Id) -> Result<(), Error> {
        let registry = &self.judged.registry;
        let taken = registry.letters.contains_key(id);
        let begun = registry.broken_letters.contains(id);
        let holds_yaml = || self.root.join(letter_folder(id)).join("letter.yaml");
        // Texts alone are what a run left that was killed: the next one finishes it.
        let kept = taken || (begun && door::is_there(&holds_yaml()));
        if !kept {
            return Ok(());
        }
        Err(
            Error::new(format!("there is a letter `{id}` already")).with_help(
                "Choose another --id; `undersigned letter revise` makes a new version of a letter.",
            ),
        )
    }

    /// Adds README.md as it is to be when a letter has a new version; what a person has to change in it where it is their own.
    pub fn renew(
        &self,
        old: &Letter,
        new: &Letter,
        edits: &mut Vec<Edit>,
    ) -> Result<Option<String>, Error> {
        let page = read_plain(&self.root.join(README), LARGEST)?;
        let charter = self.judged.registry.charter.as_ref();
        let (Some(page), Some(charter)) = (page, charter) else {
            return Ok(None);
        };
        Ok(match renewed(&page, &charter.charter, old, new) {
            Renewal::Made(edit) => {
                edits.push(edit);
                None
            }
            Renewal::Left(lines) if lines.is_empty() => None,
            Renewal::Left(lines) => {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                let lines = lines.join(", ");
                Some(format!(
                    "{README} speaks of the text before, on the lines {lines}: put the new text's path and digest there"
                ))
            }
        })
    }

    /// Writes the files where the registry would have no error that it does not have now; else says which.
    pub fn write(
        &self,
        globals: &Globals,
        edits: &[Edit],
    ) -> Result<Result<String, Answer>, Error> {
        let writing = Writing {
            globals,
            judged: &self.judged,
            edits,
            forbids: &Finding::is_error,
        };
        if let Err(found) = writing.write(Entering::Files)? {
            return Ok(Err(refused(globals, &found, "nothing was written")?));
        }
        let told = edits.iter().map(|edit| format!("wrote {}\n", edit.path));
        Ok(Ok(told.collect()))
    }
}
