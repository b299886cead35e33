//! `statement --of`: the exact text that an organization signed, and what others need to check it.

use super::answer::{Answer, Globals};
use super::{door, registry};
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::compile::signed::{Signed, commands, files};
use crate::registry::holding::Record;
use crate::registry::worktree::read_at_most;
use crate::verify::engine;
use crate::verify::governance::Governance;
use clap::Args;
use std::path::{Path, PathBuf};

/// No `allowed_signers` that is added to is larger.
const SIGNERS: u64 = 1024 * 1024;

/// A stored statement.
#[derive(Debug, Args)]
pub struct Stored {
    /// The signatory whose statement it is
    #[arg(long = "of", value_name = "ID", required = true)]
    id: Option<String>,

    /// Which statement, counted from 1; the newest where left out
    number: Option<usize>,

    /// An attestation in its place: what maintainers and observers signed of its key
    #[arg(long, requires = "id")]
    attestation: bool,

    /// Write text, signature and keys into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Take it from this revision
    #[arg(long, value_name = "REV")]
    at: Option<String>,
}

impl Stored {
    /// Finds the statement, and hands out its bytes.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let id = self.id.as_deref().unwrap_or_default();
        let registry = registry::read(globals, self.at.as_deref())?;
        let mut records = registry.records.iter().enumerate();
        let (at, record) = records
            .find(|(_, record)| record.signatory.id.as_str() == id)
            .ok_or_else(|| {
                let mut broken = registry.broken_records.iter();
                unknown(id, broken.any(|one| one.id.as_str() == id))
            })?;
        let index = self.index(id, record)?;
        let (folds, _) = engine::folds(&registry);
        let fold = folds.get(at).ok_or_else(|| unknown(id, false))?;
        let output = match &self.output {
            None => self.text(record, index),
            Some(folder) => {
                let governance = Governance::of(&registry);
                let signed = match self.attestation {
                    true => Signed::attested(record, index)?,
                    false => Signed::of(&governance, record, index)?,
                };
                let folder = globals.path(folder);
                door::is_open(&folder)?;
                let known = known_signers(&folder)?;
                door::files(&folder, &files(&signed, &known))?;
                commands(&signed, &folder).into_bytes()
            }
        };
        let held = fold.held.iter().find(|held| held.index() == index);
        let attested = fold.attested.iter().any(|one| one.index == index);
        let why = match (self.attestation, held, fold.refused) {
            (true, ..) if attested => return Ok(Answer::new(output, false)),
            (true, ..) => "the attestation does not hold in this registry",
            (false, None, _) => "the statement does not hold in this registry",
            (false, Some(held), _) if held.is_open() => {
                "the charter or the letter of the statement cannot be read, so that it is not judged"
            }
            (false, Some(_), true) => "the statement holds by itself, and its record is refused",
            (false, Some(_), _) => return Ok(Answer::new(output, false)),
        };
        let remark = format!("{why}; `undersigned show {id}` says more");
        Ok(Answer::new(output, true).with_remark(remark))
    }

    /// The exact text.
    fn text(&self, record: &Record, index: usize) -> Vec<u8> {
        let signatory = &record.signatory;
        let text = match self.attestation {
            true => signatory.attestations.get(index).map(|one| &one.text),
            false => signatory.statements.get(index).map(|one| &one.text),
        };
        text.map_or_else(Vec::new, |text| text.as_str().as_bytes().to_vec())
    }

    fn index(&self, id: &str, record: &Record) -> Result<usize, Error> {
        let (all, what) = match self.attestation {
            true => (record.attestations.len(), "attestation"),
            false => (record.entries.len(), "statement"),
        };
        if all == 0 && self.attestation {
            return Err(
                Error::new(format!("nobody attested anything of {}", quote(id)))
                    .with_help("Maintainers do, by `undersigned vouch` and `undersigned observe`."),
            );
        }
        if all == 0 {
            let what = format!("{} signed nothing", quote(id));
            return Err(Error::new(what)
                .with_help("The publisher named it; `undersigned show` says where."));
        }
        let number = self.number.unwrap_or(all);
        if (1..=all).contains(&number) {
            return Ok(number - 1);
        }
        let whole = count(all, what);
        Err(Error::new(format!(
            "{} has {whole}, and no {what} {number}",
            quote(id)
        )))
    }
}

/// The keys that a folder's `allowed_signers` has already: those of other statements, or a person's own.
fn known_signers(folder: &Path) -> Result<String, Error> {
    let file = folder.join("allowed_signers");
    if !door::is_there(&file) {
        return Ok(String::new());
    }
    let bytes = read_at_most(&file, SIGNERS)?;
    String::from_utf8(bytes).map_err(|_| {
        Error::new(format!("{} is no text, and is not touched", file.display()))
            .with_help("Name another folder.")
    })
}

fn unknown(id: &str, broken: bool) -> Error {
    let shown = quote(id);
    match broken {
        true => Error::new(format!("the record of {shown} cannot be read"))
            .with_help("`undersigned validate` says why."),
        false => Error::new(format!("there is no signatory {shown} in this registry"))
            .with_help("`undersigned verify` lists every signatory with its id."),
    }
}
