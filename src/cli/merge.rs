//! `merge`: everything at one commit, where partial reports say which signatures hold.
//! Implements docs/formats/21-partial.md, merging.

use super::answer::{Answer, Globals, Strictness};
use super::registry::judge_merged;
use super::verify;
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::registry::home::Home;
use crate::registry::worktree::read_at_most;
use crate::report::partial as report;
use crate::verify::partial::{self, Named};
use clap::Args;
use std::path::PathBuf;

/// Judge a commit that several runs of `verify --shard` shared, and answer what one run would
///
/// Each REPORT is the partial report of one shard, and all shards are needed. Everything is read and judged
/// as by `verify`, and the REPORTs say which signatures hold: these alone are not computed again. The
/// answer is that of `verify --at REV`, byte for byte. The commit is the one that the REPORTs name.
///
/// A REPORT proves nothing: whoever merges trusts the machines that wrote the REPORTs, and all who could
/// change them on the way. `verify` alone trusts nobody.
///
/// Exit code 0: nothing wrong; 1: findings; 2: no answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned merge shard-1.json shard-2.json
  undersigned merge shard-*.json --at HEAD --format json
  undersigned merge shard-*.json --letter example-letter")]
pub struct Merge {
    /// The partial reports of all shards, in any order
    #[arg(value_name = "REPORT", required = true)]
    reports: Vec<PathBuf>,

    /// Refuse reports of another commit than REV
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// Show this letter alone
    #[arg(long, value_name = "LETTER")]
    letter: Option<String>,

    #[command(flatten)]
    strictness: Strictness,
}

impl Merge {
    /// Judges with the shards' word on signatures, and says how much rests on it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let read = |file: &PathBuf| -> Result<Named, Error> {
            let name = file.display().to_string();
            let bytes = read_at_most(&globals.path(file), report::LARGEST)?;
            let partial = report::read(&name, &bytes)?;
            Ok((name, partial))
        };
        let partials: Vec<Named> = self.reports.iter().map(read).collect::<Result<_, _>>()?;
        let revision = match &self.at {
            Some(revision) => revision,
            None => their_commit(globals, &partials)?,
        };
        let judged = judge_merged(globals, revision, verify::wanted(globals), &partials)?;
        let remark = format!(
            "the signatures of {} were not computed here: {} said that they hold",
            count(judged.registry.relied.count(), "record"),
            count(partials.len(), "partial report")
        );
        let answer = verify::tell(globals, judged, self.letter.as_deref(), self.strictness)?;
        Ok(answer.with_remark(remark))
    }
}

/// The commit that the reports name, which is in this repository.
fn their_commit<'a>(globals: &Globals, partials: &'a [Named]) -> Result<&'a str, Error> {
    let commit = partial::commit(partials)?;
    let repository = Home::find(&globals.directory)?.history()?;
    match repository.named(commit) {
        Ok(_) => Ok(commit),
        Err(error) => Err(error.with_help(
            "The partial reports are of it. Fetch it first, or name its repository with -C.",
        )),
    }
}
