//! `serve`: the site as it would be published, on this machine alone.

use super::answer::{Answer, Globals};
use super::compile::site;
use super::press::Press;
use super::server::{Shown, serve};
use super::{door, registry};
use crate::base::error::Error;
use crate::compile::artifact::{Artifact, Format, Sums, artifacts};
use crate::compile::list::List;
use crate::compile::site::templates::Templates;
use crate::registry::loose;
use clap::Args;
use std::collections::BTreeSet;
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
        let list = List::of(&judged.report)?;
        let templates = self.templates.as_deref();
        let templates = templates.map(|place| loose::texts(&globals.path(place)));
        let templates = Templates::with(templates.transpose()?.unwrap_or_default())?;
        let folder = door::passing_place()?;
        let mut press = Press::begin(folder.path())?;
        let mut sums = Sums::default();
        let mut names = BTreeSet::new();
        let mut put = |artifact: Artifact| {
            sums.add(&artifact);
            press.write(&artifact)?;
            names.insert(artifact.name);
            Ok(())
        };
        artifacts(&list, &[Format::Site])?
            .into_iter()
            .try_for_each(&mut put)?;
        site(globals, &self.at, &judged, &list, &templates, &mut put)?;
        let sums = sums.artifact();
        press.write(&sums)?;
        names.insert(sums.name);
        press.finish()?;
        let shown = Shown {
            folder: folder.path().to_owned(),
            names,
        };
        let revision = list.revision;
        serve(shown, self.port, |address| {
            let told = format!("http://{address}/ shows commit {revision}; end it with Ctrl-C\n");
            door::answer(told.as_bytes(), globals.color)
        })?;
        Ok(Answer::default())
    }
}
