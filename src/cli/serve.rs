//! `serve`: the site as it would be published, on this machine alone.

use super::answer::{Answer, Globals};
use super::press::{Press, Scope};
use super::publication::Publication;
use super::server::{Shown, serve};
use super::{door, registry};
use crate::base::error::Error;
use crate::compile::artifact::Format;
use crate::compile::list::List;
use crate::report::terminal;
use clap::Args;
use std::path::PathBuf;

/// Preview the site on this machine
///
/// Compiles a commit into a temporary folder and shows it on 127.0.0.1 until it is ended with Ctrl-C. Nobody
/// else reaches it, and nothing is published. Where there are errors it shows what
/// `compile --despite-findings` would publish, which says so on every page.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned serve
  undersigned serve --port 0
  undersigned serve --templates templates")]
pub struct Serve {
    /// The revision to show
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// The port; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    port: u16,

    /// Files of this folder in the place of the site's templates, style and scripts of the same names
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

impl Serve {
    /// Compiles, and shows it until the program is ended.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge_all(globals, Some(&self.at))?;
        let list = match List::of(&judged.report) {
            Ok(list) => list,
            // Why there is none stands in the findings.
            Err(error) => {
                let found = terminal::findings(&judged.report.findings);
                door::answer(found.as_bytes(), globals.color)?;
                return Err(error);
            }
        };
        let templates = self.templates.as_deref();
        let publication = Publication::of(globals, &self.at, &judged, &list, templates)?;
        let folder = door::passing_place()?;
        let mut press = Press::begin(folder.path())?;
        publication.print(&[Format::Site], &mut press)?;
        let shown = Shown {
            names: press.finish(Scope::Whole)?.into_iter().collect(),
            folder: folder.path().to_owned(),
        };
        serve(shown, self.port, |address| {
            let revision = list.revision;
            let told = format!("http://{address}/ shows commit {revision}; end it with Ctrl-C\n");
            door::answer(told.as_bytes(), globals.color)
        })?;
        Ok(Answer::default())
    }
}
