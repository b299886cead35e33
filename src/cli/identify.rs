//! `identify`: which text a file is.

use super::answer::{Answer, Form, Globals};
use super::registry;
use crate::base::error::Error;
use crate::registry::worktree::{read_at_most, read_input};
use crate::report::identification;
use crate::verify::identify::Identification;
use clap::Args;
use std::path::PathBuf;

/// No text of a letter is larger than 1 MiB; four times that may be the same in another encoding.
const LIMIT: u64 = 4 * 1024 * 1024;

/// Say which letter, version and language a file is, and who stands behind exactly it
///
/// For a near miss it says what differs: line ends, a byte order mark, the end, or the first
/// differing line. Exit code 0 where the file is a text of the registry byte for byte, else 1.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned identify letter.txt
  undersigned identify - < letter.txt
  undersigned identify letter.txt --format json")]
pub struct Identify {
    /// The file; - for standard input
    file: PathBuf,

    /// Compare with the registry at this revision
    #[arg(long, value_name = "REV")]
    at: Option<String>,
}

impl Identify {
    /// Compares the file with every text.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let bytes = match self.file.to_str() {
            Some("-") => read_input(LIMIT)?,
            _ => read_at_most(&globals.path(&self.file), LIMIT)?,
        };
        let judged = registry::judge(globals, self.at.as_deref())?;
        let found = Identification::of(&judged.registry, &bytes);
        let uncompared = Identification::uncompared(&judged.registry);
        if !found.is_exact() && !uncompared.is_empty() {
            let what = uncompared.join(", ");
            return Err(
                Error::new(format!("the file could not be compared with {what}"))
                    .with_help("`undersigned verify` says what is wrong with it."),
            );
        }
        let output = match globals.format {
            Form::Json => {
                identification::json(&found, &judged.report, judged.uncommitted(globals)?)?
            }
            _ => identification::text(&found, &judged.report).into_bytes(),
        };
        Ok(Answer::new(output, !found.is_exact()))
    }
}
