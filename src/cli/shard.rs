//! `verify --shard`: one of several runs, each of which computes the signatures of a part of the records.
//! Implements docs/formats/21-partial.md.

use super::answer::{Answer, Form, Globals, Strictness, parsed};
use super::door;
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::finding::Finding;
use crate::base::shell::quoted;
use crate::compile::artifact::Artifact;
use crate::record::schema::Schemas;
use crate::registry::home::Home;
use crate::registry::load::load;
use crate::registry::shard::Shard;
use crate::registry::snapshot::Reach;
use crate::report::{json, partial as report, terminal};
use crate::verify::partial::{self, Partial};
use clap::Args;
use std::path::{Path, PathBuf};

/// Sharing the work with other runs.
#[derive(Debug, Args)]
pub struct Sharing {
    /// Judge shard K of N alone, at HEAD unless --at names a commit
    #[arg(long, value_name = "K/N", conflicts_with = "letter")]
    shard: Option<String>,

    /// Write the shard's partial report to FILE; else --format json prints it
    #[arg(short, long, value_name = "FILE", requires = "shard")]
    output: Option<PathBuf>,
}

impl Sharing {
    /// What one shard's run answers; nothing where all is judged.
    pub fn part(
        &self,
        globals: &Globals,
        revision: Option<&str>,
        strictness: Strictness,
    ) -> Result<Option<Answer>, Error> {
        let Some(shard) = &self.shard else {
            return Ok(None);
        };
        let shard = parsed("--shard", shard, Shard::parse)?;
        let place = self.output.as_ref().map(|output| globals.path(output));
        let file = place.as_deref().map(split).transpose()?;
        if let Some((folder, _)) = &file {
            door::is_open(folder)?;
        }
        // What several runs judge does not move between them, as a work tree would.
        let revision = revision.unwrap_or("HEAD");
        let mut snapshot = Home::find(&globals.directory)?.at(revision, Reach::Registry)?;
        shard.narrow(&mut snapshot);
        let registry = load(&snapshot, &Schemas::load()?)?;
        let (partial, findings) = partial::judge(shard, &snapshot, &registry);
        let Some((folder, name)) = file else {
            return Ok(Some(unwritten(globals, strictness, &partial, &findings)?));
        };
        let bytes = report::write(&partial)?;
        door::files(&folder, &[Artifact { name, bytes }])?;
        let told = || json::validation(&findings);
        let answer = tell(globals, strictness, &partial, &findings, told)?;
        let place = place.unwrap_or_default();
        Ok(Some(
            answer.and_did(format!("{} was written", quoted(&place))),
        ))
    }
}

/// The answer where no file is written: as JSON it is the partial report itself.
fn unwritten(
    globals: &Globals,
    strictness: Strictness,
    partial: &Partial,
    findings: &[Finding],
) -> Result<Answer, Error> {
    let answer = tell(globals, strictness, partial, findings, || {
        report::write(partial)
    })?;
    if globals.format != Form::Json || findings.is_empty() {
        return Ok(answer);
    }
    Ok(answer.with_remark(format!(
        "{} about these records: not in a partial report, but told by the merge, or here with --output FILE",
        count(findings.len(), "finding")
    )))
}

/// The findings about the shard's records, and in words what it came to.
fn tell(
    globals: &Globals,
    strictness: Strictness,
    partial: &Partial,
    findings: &[Finding],
    json: impl FnOnce() -> Result<Vec<u8>, Error>,
) -> Result<Answer, Error> {
    globals.tell(findings, strictness.is_wrong(findings), json, || {
        let told = match globals.quiet {
            true => String::new(),
            false => report::text(partial),
        };
        Ok(told + &terminal::findings(findings))
    })
}

/// The folder and the name of a file to be written.
fn split(place: &Path) -> Result<(PathBuf, String), Error> {
    let name = place.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        let shown = quote(&place.display().to_string());
        Error::new(format!("{shown} is no name of a file"))
    })?;
    let folder = place
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    Ok((folder.to_owned(), name.to_owned()))
}
