//! `audit`: every commit from the first to HEAD, and everything at the end.

use super::answer::{Answer, Globals, Strictness};
use super::{ask, door, programs};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::history::bench::Bench;
use crate::history::walk::Walk;
use crate::record::schema::Schemas;
use crate::registry::git::repository::Repository;
use crate::registry::home::Home;
use crate::registry::layout;
use crate::registry::load::load;
use crate::registry::snapshot::Reach;
use crate::report::audit;
use crate::report::page::Medium;
use crate::verify::engine;
use clap::Args;
use std::path::Path;

/// Judge the whole history: every commit from the first, and everything at the end
///
/// Walks every step of the branch, and what merges brought. Whatever was lost or changed against the
/// rules is told with its commit, its author as recorded, the organization and the rule, also where a
/// later commit mended it. At the end everything is verified. REPOSITORY may be a folder, or a URL, which
/// is cloned with git.
///
/// With --since, a commit id that you kept is compared: if it is not in the history, that was rewritten.
///
/// Exit code 0: nothing wrong; 1: findings; 2: no answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned audit
  undersigned audit --since HEAD~1
  undersigned audit . --format json")]
pub struct Audit {
    /// A folder, or a URL that git clones by https, ssh or from a file; without it, this repository
    repository: Option<String>,

    /// Judge only what came after this commit, and whether it is still in the history
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Audit the history of this revision
    #[arg(
        long,
        value_name = "REV",
        default_value = "HEAD",
        hide_default_value = true
    )]
    at: String,

    #[command(flatten)]
    strictness: Strictness,
}

impl Audit {
    /// Judges, and tells all of it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let Some(place) = &self.repository else {
            return self.judge(globals, Home::find(&globals.directory)?.history()?);
        };
        if !is_url(place) {
            return self.judge(
                globals,
                Home::find(&globals.path(Path::new(place)))?.history()?,
            );
        }
        allowed(place)?;
        let folder = door::passing_place()?;
        programs::clone(place, folder.path(), ask::can_ask(globals))?;
        self.judge(globals, Home::find(folder.path())?.history()?)
    }

    fn judge(&self, globals: &Globals, repository: Repository) -> Result<Answer, Error> {
        let head = repository.named(&self.at)?;
        let since = self.since.as_deref().map(|since| repository.named(since));
        let since = since.transpose().map_err(|error| self.unknown(&error))?;
        let bench = Bench::new(&repository)?;
        let walk = Walk::of(&bench, &head, since.as_ref())?;
        let there = repository.leaf(head.tree, layout::CHARTER)?.is_some();
        if !there && walk.events.is_empty() && walk.deviations.is_empty() {
            return Err(Error::new("there is no registry in this history").with_help(
                "A registry is the folder registry/ with registry.yaml at the root of a repository.",
            ));
        }
        drop(bench);
        let report = match there {
            true => {
                let snapshot = repository.snapshot(&head.id.to_string(), Reach::Repository)?;
                Some(engine::verify(&load(&snapshot, &Schemas::load()?)?))
            }
            false => None,
        };
        let told = audit::Audit {
            walk: &walk,
            head: &head,
            since: since.as_ref(),
            report: report.as_ref(),
        };
        let findings = told.findings();
        globals.tell_page(
            &findings,
            self.strictness.is_wrong(&findings),
            || told.json(),
            || Ok(told.page(Medium::Terminal)),
            || told.page(Medium::Markdown),
        )
    }

    /// A commit that somebody kept and that is not here at all.
    fn unknown(&self, error: &Error) -> Error {
        let since = self.since.as_deref().unwrap_or_default();
        let what = format!("{}: {}", quote(since), error.what());
        Error::new(what).with_help("If you noted this id from an earlier copy, its history was replaced: fetch that copy into this one (`git fetch OLD-COPY`), and run it again to see what is missing.")
    }
}

/// Whether somebody means a place on a network rather than a folder.
fn is_url(place: &str) -> bool {
    if place.starts_with(['.', '/']) {
        return false;
    }
    let colon = place.find(':');
    let slash = place.find('/');
    match (colon, slash) {
        // `host:path`, `git@host:path`, `https://…`, `ext::…`
        (Some(colon), Some(slash)) => colon < slash,
        (Some(_), None) => true,
        _ => false,
    }
}

/// Only https, ssh and files: other transports of git run commands or trust everybody on the way.
fn allowed(url: &str) -> Result<(), Error> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    let fine = match scheme {
        Some(scheme) => matches!(scheme, "https" | "ssh" | "file"),
        // As ssh has it: no helper (`ext::`), and no option.
        None => !url.contains("::"),
    };
    match fine && !url.starts_with('-') {
        true => Ok(()),
        false => Err(
            Error::new(format!("{} is no address that is cloned from", quote(url)))
                .with_help("Use one that begins with https://, ssh:// or file://, or a folder."),
        ),
    }
}
