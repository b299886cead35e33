//! `statement`: the exact text that an organization signed, and what others need to check it.

use super::answer::{Answer, Globals};
use super::{door, registry};
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::compile::artifact::Artifact;
use crate::registry::holding::Record;
use crate::report::signed::{Signed, commands, files};
use crate::verify::fold::Fold;
use clap::Args;
use std::path::PathBuf;

/// Print a stored statement exactly as it was signed
///
/// With --output it writes the text, its signature, and what `ssh-keygen -Y verify` or OpenSSL needs
/// to check it without this program, and prints the commands that do so. Exit code 1 where the
/// statement does not hold.
#[derive(Debug, Args)]
pub struct Statement {
    /// The signatory whose statement it is
    #[arg(long = "of", value_name = "ID")]
    id: String,

    /// Which statement, counted from 1; the newest where left out
    number: Option<usize>,

    /// Write text, signature and keys into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Take it from this revision
    #[arg(long, value_name = "REV")]
    at: Option<String>,
}

impl Statement {
    /// Finds the statement, and hands out its bytes.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let registry = registry::read(globals, self.at.as_deref())?;
        let mut records = registry.records.iter();
        let record = records
            .find(|record| record.signatory.id.as_str() == self.id)
            .ok_or_else(|| {
                self.unknown(
                    registry
                        .broken_records
                        .iter()
                        .any(|one| one.id.as_str() == self.id),
                )
            })?;
        let index = self.index(record)?;
        let held = Fold::of(&registry, record).held;
        let wrong = !held.iter().any(|held| held.index() == index);
        let output = match &self.output {
            None => {
                let entry = record.signatory.statements.get(index);
                entry.map_or_else(Vec::new, |entry| entry.text.as_str().as_bytes().to_vec())
            }
            Some(folder) => {
                let signed = Signed::of(record, index)?;
                let folder = globals.path(folder);
                let made: Vec<Artifact> = files(&signed);
                door::files(&folder, &made)?;
                commands(&signed, &folder).into_bytes()
            }
        };
        let answer = Answer::new(output, wrong);
        Ok(match wrong {
            true => answer.with_remark(format!(
                "the statement does not hold in this registry; `undersigned show {}` says why",
                self.id
            )),
            false => answer,
        })
    }

    fn index(&self, record: &Record) -> Result<usize, Error> {
        let all = record.entries.len();
        if all == 0 {
            let what = format!("{} signed nothing", quote(&self.id));
            return Err(Error::new(what).with_help("It is listed: the publisher named it."));
        }
        let number = self.number.unwrap_or(all);
        if (1..=all).contains(&number) {
            return Ok(number - 1);
        }
        let statements = count(all, "statement");
        Err(Error::new(format!(
            "{} has {statements}, and no statement {number}",
            quote(&self.id)
        )))
    }

    fn unknown(&self, broken: bool) -> Error {
        let shown = quote(&self.id);
        match broken {
            true => Error::new(format!("the record of {shown} cannot be read"))
                .with_help("`undersigned validate` says why."),
            false => Error::new(format!("there is no signatory {shown} in this registry"))
                .with_help("`undersigned verify` lists every signatory with its id."),
        }
    }
}
