//! `compile`: the list and all that is published.

use super::answer::{Answer, Globals, Strictness};
use super::press::{Press, Scope};
use super::publication::Publication;
use super::registry;
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::base::json::to_bytes;
use crate::compile::artifact;
use crate::compile::list::List;
use crate::registry::home::Home;
use crate::report::{json, terminal};
use crate::verify::stream::Wanted;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;

/// Write the list of signatories in every format, and a site that people look at
///
/// The registry is read at a commit: the same commit gives the same bytes, by the same version of
/// this program. Where there are findings of severity error nothing is written. The site is read and
/// checked on any host, and opened from disk as well.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned compile --output out
  undersigned compile --output out --at HEAD --only csv,text
  undersigned compile --output public --only site
  undersigned compile --output out --strict")]
pub struct Compile {
    /// The folder to write into; made where it is missing
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// The revision to publish
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// Write some of json, csv, markdown, text and site alone, such as csv,text; the site brings the others
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    only: Vec<Format>,

    /// Files of this folder in the place of the site's templates, style and scripts of the same names
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,

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
    /// index.html and all that belongs to it
    Site,
}

impl From<Format> for artifact::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Markdown => Self::Markdown,
            Format::Text => Self::Text,
            Format::Site => Self::Site,
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
        let formats: Vec<artifact::Format> = match self.only.is_empty() {
            true => Vec::from([artifact::Format::Site]),
            false => self.only.iter().map(|format| (*format).into()).collect(),
        };
        let judged = match formats.contains(&artifact::Format::Site) {
            true => registry::judge_all(globals, Some(&self.at))?,
            false => registry::judge_in_parts(globals, Some(&self.at), Wanted::Verdicts)?,
        };
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
        let list = List::of(&judged.report)?;
        let templates = self.templates.as_deref();
        let publication = Publication::of(globals, &self.at, &judged, &list, templates)?;
        let mut press = Press::begin(&folder)?;
        publication.print(&formats, &mut press)?;
        let is_whole = formats.contains(&artifact::Format::Site);
        let names = press.finish(match is_whole {
            true => Scope::Whole,
            false => Scope::Part,
        })?;
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

fn told(list: &List<'_>, names: &[String], errors: usize) -> String {
    let mut text = format!("commit {}\n", list.revision);
    for letter in &list.letters {
        let counts = letter.counts().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        let counts = match counts.is_empty() {
            true => "nobody yet".to_owned(),
            false => counts.join(", "),
        };
        text.push_str(&format!("{}: {counts}\n", letter.report.id));
        if let Some(warning) = letter.warning() {
            text.push_str(&format!("{warning}\n"));
        }
    }
    text.push_str(&format!("wrote {}\n", shown(names).join(", ")));
    if errors > 0 {
        text.push_str(&format!("despite {}\n", count(errors, "error")));
    }
    text
}

/// The names in a line: of the site's many files there is one.
fn shown(names: &[String]) -> Vec<&str> {
    let has_site = names.iter().any(|name| name == "index.html");
    let names = names.iter().map(String::as_str);
    match has_site {
        false => names.collect(),
        true => names
            .filter(|name| name.starts_with("signatories.") || *name == "index.html")
            .map(|name| match name {
                "index.html" => "index.html and the site",
                other => other,
            })
            .chain(["SHA256SUMS"])
            .collect(),
    }
}
