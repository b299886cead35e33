//! `verify`: everything at one revision.

use super::answer::{Answer, Form, Globals, Strictness};
use super::{door, registry};
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
/// Exit code 0: nothing wrong; 1: findings; 2: no answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned verify
  undersigned verify example-letter --at HEAD
  undersigned verify --strict --format json")]
pub struct Verify {
    /// Show this letter alone
    letter: Option<String>,

    /// Judge this revision from the object database, such as HEAD or a tag
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    #[command(flatten)]
    strictness: Strictness,
}

impl Verify {
    /// Judges, and tells all of it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let wanted = match (globals.format, globals.quiet) {
            (Form::Json, _) | (Form::Text, false) => Wanted::Verdicts,
            _ => Wanted::Counts,
        };
        let mut judged = registry::judge_in_parts(globals, self.at.as_deref(), wanted)?;
        judged.only(self.letter.as_deref())?;
        let uncommitted = judged.uncommitted(globals)?;
        let report = &judged.report;
        let detail = match (globals.quiet, globals.verbose) {
            (true, _) => Detail::Counts,
            (_, true) => Detail::Evidence,
            _ => Detail::Table,
        };
        globals.tell(
            &report.findings,
            self.strictness.is_wrong(&report.findings),
            || json::verification(report, uncommitted),
            || {
                let text = table::report(report, uncommitted, detail, door::width())?;
                Ok(text + &terminal::findings(&report.findings))
            },
        )
    }
}
