//! `review`: one pull request, judged before it is merged.

use super::answer::{Answer, Globals, Strictness};
use super::shelf::Cache;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::history::bench::Bench;
use crate::history::indices::{Indices, LEAST};
use crate::history::pull_request::PullRequest;
use crate::registry::commit::Commit;
use crate::registry::git::repository::Repository;
use crate::registry::home::Home;
use crate::registry::layout;
use crate::report::review;
use clap::Args;
use std::rc::Rc;

/// Judge a pull request: what it changes, whether each change is lawful, what to look at
///
/// Compares HEAD with the commit from which both sides began, and judges what a merge into BASE would
/// give: nothing that stood there may disappear or change, and everything new must hold. It judges with
/// the charter, letters and records of BASE. HEAD is read from the object database and never checked out.
///
/// Of a registry of thousands an index is kept in $XDG_CACHE_HOME/undersigned, so that whoever has a name, a
/// domain or a key in common is found without reading all. Where an answer rests on one, it says "from index".
///
/// Exit code 0: it may be merged; 1: findings; 2: no answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned review main..HEAD
  undersigned review main..notes --strict
  undersigned review main..HEAD --format json")]
pub struct Review {
    /// The two revisions, as in main..HEAD; 40 zeros for BASE mean an empty repository
    #[arg(value_name = "BASE..HEAD")]
    range: String,

    /// Read every record of BASE, and neither use nor keep an index of them, as in a CI job
    #[arg(long)]
    no_index: bool,

    #[command(flatten)]
    strictness: Strictness,
}

/// How Git names what is not there, in a hook.
const NOTHING: &str = "0000000000000000000000000000000000000000";

impl Review {
    /// Judges, and tells what a maintainer needs.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let (base, head) = self.sides()?;
        let repository = Home::find(&globals.directory)?.history()?;
        let base = match base {
            NOTHING => None,
            base => Some(repository.named(base)?),
        };
        let head = repository.named(head)?;
        let charter = |commit: &Commit| repository.leaf(commit.tree, layout::CHARTER);
        if base.as_ref().map(charter).transpose()?.flatten().is_none() && charter(&head)?.is_none()
        {
            return Err(Error::new("there is no registry on either side").with_help(
                "A registry is the folder registry/ with registry.yaml at the root of a repository.",
            ));
        }
        let bench = Bench::new(&repository)?.with(self.indices(&repository));
        let request = PullRequest::of(&bench, base.as_ref(), &head)?;
        let told = review::Review {
            request: &request,
            base: base.as_ref(),
            head: &head,
        };
        let mut answer = globals.tell_page(
            &request.findings,
            self.strictness.is_wrong(&request.findings),
            || told.json(),
            || Ok(told.text(globals.quiet)),
            || told.markdown(),
        )?;
        answer.remark = bench.indices.remark().map(str::to_owned);
        Ok(answer)
    }

    fn indices(&self, repository: &Repository) -> Indices {
        match Cache::of(repository).filter(|_| !self.no_index) {
            Some(cache) => Indices::on(Rc::new(cache), LEAST),
            None => Indices::default(),
        }
    }

    /// What stands on both sides of the dots; three dots mean the same here.
    fn sides(&self) -> Result<(&str, &str), Error> {
        let sides = self.range.split_once("..");
        let sides = sides.map(|(base, head)| (base, head.strip_prefix('.').unwrap_or(head)));
        sides
            .filter(|(base, head)| !base.is_empty() && !head.is_empty())
            .ok_or_else(|| {
                Error::new(format!(
                    "{} is not of the form BASE..HEAD",
                    quote(&self.range)
                ))
                .with_help(
                    "Name the branch it is for and the branch it comes from, as in main..HEAD.",
                )
            })
    }
}
