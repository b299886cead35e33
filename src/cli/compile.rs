//! `compile`: the list and all that is published.

use super::answer::{Answer, Globals, Strictness};
use super::{door, registry};
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::base::json::to_bytes;
use crate::compile::artifact::{self, artifacts};
use crate::compile::list::List;
use crate::registry::home::Home;
use crate::report::{json, terminal};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;

/// Write the list of signatories in every format
///
/// The registry is read at a commit, so that the same commit gives the same bytes for ever. Where
/// there are findings of severity error nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned compile --output out
  undersigned compile --output out --at HEAD --only csv,text
  undersigned compile --output out --strict")]
pub struct Compile {
    /// The folder to write into; made where it is missing
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// The revision to publish
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// Write some of json, csv, markdown and text alone, such as csv,text
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    only: Vec<Format>,

    /// Publish although there are errors; the refused are left out, and the files say so
    #[arg(long)]
    despite_findings: bool,

    #[command(flatten)]
    strictness: Strictness,
}

/// A format of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// signatories.json
    Json,
    /// signatories.csv
    Csv,
    /// signatories.md
    Markdown,
    /// signatories.txt
    Text,
}

impl From<Format> for artifact::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Markdown => Self::Markdown,
            Format::Text => Self::Text,
        }
    }
}

impl Compile {
    /// Judges the commit, and writes the files where nothing is wrong.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let folder = globals.path(&self.output);
        if Home::find(&globals.directory)?.is_inside(&folder) {
            let what = format!("{} lies in the registry itself", folder.display());
            return Err(Error::new(what).with_help("Name a folder outside registry/."));
        }
        let judged = registry::judge_all(globals, Some(&self.at))?;
        let findings = &judged.report.findings;
        let errors = findings.iter().filter(|finding| finding.is_error()).count();
        if self.strictness.is_wrong(findings) && !self.despite_findings {
            let text = || {
                let found = terminal::findings(findings);
                Ok(format!(
                    "{found}nothing was written; --despite-findings would leave the refused out\n"
                ))
            };
            return globals.tell(findings, true, || json::validation(findings), text);
        }
        let formats: Vec<artifact::Format> = match self.only.is_empty() {
            true => artifact::FORMATS.to_vec(),
            false => self.only.iter().map(|format| (*format).into()).collect(),
        };
        let list = List::of(&judged.report)?;
        let made = artifacts(&list, &formats)?;
        door::files(&folder, &made)?;
        let names: Vec<&str> = made.iter().map(|artifact| artifact.name.as_str()).collect();
        let written = json!({
            "schema": "undersigned/compilation/v1",
            "revision": list.revision,
            "files": names,
            "errors": errors,
        });
        let text = || Ok(told(&list, &names, errors));
        globals.tell(findings, false, || to_bytes(&written), text)
    }
}

fn told(list: &List<'_>, names: &[&str], errors: usize) -> String {
    let mut text = format!("commit {}\n", list.revision);
    for letter in &list.letters {
        let counts = letter.counts().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        text.push_str(&format!("{}: {}\n", letter.report.id, counts.join(", ")));
        if let Some(warning) = letter.warning() {
            text.push_str(&format!("{warning}\n"));
        }
    }
    text.push_str(&format!("wrote {}\n", names.join(", ")));
    if errors > 0 {
        text.push_str(&format!("despite {}\n", count(errors, "error")));
    }
    text
}
