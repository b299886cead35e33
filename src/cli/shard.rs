//! `verify --shard` and `verify --merge`: signatures computed by several runs, each for a part of the records.
//! Implements docs/formats/21-partial.md.

use super::answer::{Answer, Globals, Strictness, parsed};
use super::door;
use super::registry::{Judged, judge_merged};
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::shell::quoted;
use crate::compile::artifact::Artifact;
use crate::record::schema::Schemas;
use crate::registry::home::Home;
use crate::registry::load::load;
use crate::registry::shard::Shard;
use crate::registry::snapshot::Reach;
use crate::registry::worktree::read_at_most;
use crate::report::{json, partial as report, terminal};
use crate::verify::partial::{self, Named};
use crate::verify::stream::Wanted;
use clap::Args;
use std::path::{Path, PathBuf};

/// Sharing the work with other runs.
#[derive(Debug, Args)]
pub struct Sharing {
    /// Judge shard K of N alone, each of its records by itself
    #[arg(
        long,
        value_name = "K/N",
        requires = "output",
        conflicts_with_all = ["letter", "merge"]
    )]
    shard: Option<String>,

    /// Write what the shard found of signatures to FILE
    #[arg(short, long, value_name = "FILE", requires = "shard")]
    output: Option<PathBuf>,

    /// Take from the FILEs of all shards which signatures hold
    #[arg(long, value_name = "FILE", num_args = 1..)]
    merge: Vec<PathBuf>,
}

impl Sharing {
    /// What one shard's run answers; nothing where all is judged.
    pub fn part(
        &self,
        globals: &Globals,
        revision: Option<&str>,
        strictness: Strictness,
    ) -> Result<Option<Answer>, Error> {
        let (Some(shard), Some(output)) = (&self.shard, &self.output) else {
            return Ok(None);
        };
        let shard = parsed("--shard", shard, Shard::parse)?;
        let revision = committed("a shard is", revision)?;
        let place = globals.path(output);
        let (folder, name) = split(&place)?;
        door::is_open(&folder)?;
        let mut snapshot = Home::find(&globals.directory)?.at(revision, Reach::Registry)?;
        shard.narrow(&mut snapshot);
        let registry = load(&snapshot, &Schemas::load()?)?;
        let (partial, findings) = partial::judge(shard, &snapshot, &registry);
        let bytes = report::write(&partial)?;
        door::files(&folder, &[Artifact { name, bytes }])?;
        let answer = globals.tell(
            &findings,
            strictness.is_wrong(&findings),
            || json::validation(&findings),
            || {
                let told = match globals.quiet {
                    true => String::new(),
                    false => report::text(&partial),
                };
                Ok(told + &terminal::findings(&findings))
            },
        )?;
        Ok(Some(
            answer.and_did(format!("{} was written", quoted(&place))),
        ))
    }

    /// The registry judged whole with the shards' word on signatures, and how much rests on it; nothing where none is given.
    pub fn merged(
        &self,
        globals: &Globals,
        revision: Option<&str>,
        wanted: Wanted,
    ) -> Result<Option<(Judged, String)>, Error> {
        if self.merge.is_empty() {
            return Ok(None);
        }
        let revision = committed("shards are", revision)?;
        let read = |file: &PathBuf| -> Result<Named, Error> {
            let name = file.display().to_string();
            let bytes = read_at_most(&globals.path(file), report::LARGEST)?;
            let partial = report::read(&name, &bytes)?;
            Ok((name, partial))
        };
        let partials: Vec<Named> = self.merge.iter().map(read).collect::<Result<_, _>>()?;
        let judged = judge_merged(globals, revision, wanted, &partials)?;
        let remark = format!(
            "the signatures of {} were not computed here: {} said that they hold",
            count(judged.registry.relied.count(), "record"),
            count(partials.len(), "partial report")
        );
        Ok(Some((judged, remark)))
    }
}

/// The revision that is named: what several runs judge does not move between them.
fn committed<'a>(what: &str, revision: Option<&'a str>) -> Result<&'a str, Error> {
    revision.ok_or_else(|| {
        Error::new(format!("{what} of a commit, and the work tree is none"))
            .with_help("Name the commit with --at, such as --at HEAD.")
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
