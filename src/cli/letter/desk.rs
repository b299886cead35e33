//! The registry in the work tree with what is to be written into it.

use crate::author::edit::{Edit, against};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::cli::answer::{Answer, Globals, refused};
use crate::cli::door;
use crate::record::schema::Schemas;
use crate::registry::holding::Registry;
use crate::registry::home::Home;
use crate::registry::layout::letter_folder;
use crate::registry::letters::HeldLetter;
use crate::registry::load::load;
use crate::verify::engine;
use crate::verify::verdict::Report;
use std::path::PathBuf;

/// A registry on disk, read and judged.
#[derive(Debug)]
pub struct Desk {
    root: PathBuf,
    schemas: Schemas,
    registry: Registry,
    /// What is concluded of it as it is.
    pub report: Report,
}

impl Desk {
    /// The registry of the work tree; it may hold no letter yet.
    pub fn find(globals: &Globals) -> Result<Self, Error> {
        let home = Home::find(&globals.directory)?;
        let root = home.folder().ok_or_else(|| {
            Error::new("the repository is bare: there is no work tree to write into")
                .with_help("Run this in a clone of it.")
        })?;
        let schemas = Schemas::load()?;
        let registry = load(&home.as_it_lies()?, &schemas)?;
        let report = engine::verify(&registry)?;
        Ok(Self {
            root,
            schemas,
            registry,
            report,
        })
    }

    /// A letter that is there.
    pub fn letter(&self, id: &str) -> Result<&HeldLetter, Error> {
        let found = self
            .registry
            .letters
            .iter()
            .find(|(known, _)| known.as_str() == id);
        if let Some((_, held)) = found {
            return Ok(held);
        }
        let broken = self
            .registry
            .broken_letters
            .iter()
            .any(|one| one.as_str() == id);
        if broken {
            let what = format!("the letter {} cannot be read", quote(id));
            return Err(Error::new(what).with_help("`undersigned validate` says why."));
        }
        let what = format!("there is no letter {} in this registry", quote(id));
        let known: Vec<&str> = self.registry.letters.keys().map(Id::as_str).collect();
        Err(match known.is_empty() {
            true => Error::new(what).with_help("`undersigned letter add` adds one."),
            false => {
                Error::new(what).with_help(format!("The registry holds {}.", known.join(", ")))
            }
        })
    }

    /// An error where a letter of this id is there, readable or not.
    pub fn is_free(&self, id: &Id) -> Result<(), Error> {
        let taken = self.registry.letters.contains_key(id);
        let begun = self.registry.broken_letters.contains(id);
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

    /// Writes the files where the registry would have no error that it does not have now; else says which.
    pub fn write(
        &self,
        globals: &Globals,
        edits: &[Edit],
    ) -> Result<Result<String, Answer>, Error> {
        let snapshot = Home::find(&globals.directory)?.as_it_lies()?;
        let now = &self.report.findings;
        let mut found = against(edits, now, snapshot, &self.schemas)?;
        found.retain(Finding::is_error);
        if !found.is_empty() {
            return Ok(Err(refused(globals, &found, "nothing was written")?));
        }
        let mut told = String::new();
        for edit in edits {
            door::replace(&self.root, &edit.path, edit.before.as_deref(), &edit.after)?;
            told.push_str(&format!("wrote {}\n", edit.path));
        }
        Ok(Ok(told))
    }
}
