//! `verify`: everything at one revision.

use super::answer::{Answer, Form, Globals, Strictness};
use super::door;
use super::registry::{self, Judged};
use super::shard::Sharing;
use crate::base::error::Error;
use crate::report::table::Detail;
use crate::report::{json, table, terminal};
use crate::verify::stream::Wanted;
use clap::Args;

/// Judge the registry: who stands behind which letter, and how that is known
///
/// Reads every record, letter and the charter, compares listings with the letters' texts, looks
/// for clashes between records, and concludes for each signatory and each letter. Without --at it
/// judges the work tree as it lies and says where that differs from HEAD.
///
/// Several runs can share the signatures of a commit: with --shard each judges a part of the records
/// and says in a partial report which of them hold; `undersigned merge` then answers for all. Without
/// --at a shard is of HEAD: a work tree cannot be shared, since other machines do not have it.
///
/// Exit code 0: nothing wrong; 1: findings; 2: no answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned verify
  undersigned verify example-letter --at HEAD
  undersigned verify --strict --format json
  undersigned verify --shard 1/2 --format json > shard-1.json
  undersigned verify --at HEAD --shard 2/2 --output shard-2.json")]
pub struct Verify {
    /// Show this letter alone
    letter: Option<String>,

    /// Judge this revision from the object database, such as HEAD or a tag
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    #[command(flatten)]
    strictness: Strictness,

    #[command(flatten)]
    sharing: Sharing,
}

impl Verify {
    /// Judges, and tells all of it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let at = self.at.as_deref();
        if let Some(answer) = self.sharing.part(globals, at, self.strictness)? {
            return Ok(answer);
        }
        let judged = registry::judge_in_parts(globals, at, wanted(globals))?;
        tell(globals, judged, self.letter.as_deref(), self.strictness)
    }
}

/// What has to be known of each signatory for the answer that is asked.
pub fn wanted(globals: &Globals) -> Wanted {
    match (globals.format, globals.quiet) {
        (Form::Json, _) | (Form::Text, false) => Wanted::Verdicts,
        _ => Wanted::Counts,
    }
}

/// Tells what was judged: all of it, or one letter.
pub fn tell(
    globals: &Globals,
    mut judged: Judged,
    letter: Option<&str>,
    strictness: Strictness,
) -> Result<Answer, Error> {
    judged.only(letter)?;
    let uncommitted = judged.uncommitted(globals)?;
    let report = &judged.report;
    let detail = match (globals.quiet, globals.verbose) {
        (true, _) => Detail::Counts,
        (_, true) => Detail::Evidence,
        _ => Detail::Table,
    };
    globals.tell(
        &report.findings,
        strictness.is_wrong(&report.findings),
        || json::verification(report, uncommitted),
        || {
            let text = table::report(report, uncommitted, detail, door::width())?;
            Ok(text + &terminal::findings(&report.findings))
        },
    )
}
