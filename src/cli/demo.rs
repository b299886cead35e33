//! `demo`: a small registry that shows every standing.

use super::answer::{Answer, Globals};
use super::door;
use super::scaffold::Scaffold;
use crate::author::demo::{KEYS, story};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::shell::quoted;
use crate::registry::git::story::Pages;
use clap::Args;
use std::path::PathBuf;

/// Who makes the commits of the demo.
const MAINTAINER: (&str, &str) = ("Example Maintainer", "maintainer@letters.example");

/// Make a small registry with fictional organizations that shows every standing
///
/// A real Git repository with a short history, an erratum, a rotation, a withdrawal, and branches that
/// must be refused. Its keys are made on the spot. Its README walks through it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned demo lake
  undersigned -C lake verify
  undersigned -C lake show example-hill-forum")]
pub struct Demo {
    /// The new folder
    #[arg(value_name = "DIR")]
    place: PathBuf,
}

impl Demo {
    /// Builds it beside its place, and puts it there whole.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let place = globals.path(&self.place);
        let scaffold = Scaffold::begin(&place)?;
        let story = story()?;
        let pages = Pages::begin(scaffold.folder())?;
        for step in &story.steps {
            let message = format!("{}\n", step.message);
            pages.commit(
                step.branch,
                &message,
                MAINTAINER,
                seconds(step.date),
                &step.changes,
            )?;
        }
        for (path, bytes) in &story.files {
            scaffold.write(path, bytes)?;
        }
        let mut told =
            String::from("Keys of a demonstration, made on the spot. They are worth nothing.\n\n");
        for (name, secret) in &story.keys {
            let file = scaffold.folder().join("keys").join(format!("{name}.pem"));
            door::secret(&file, secret.pem(None)?.as_bytes())?;
            let whose = KEYS.iter().find(|(known, _)| known == name);
            told.push_str(&format!(
                "{name}.pem: {}\n",
                whose.map_or("", |(_, whose)| whose)
            ));
        }
        scaffold.write("keys/README", told.as_bytes())?;
        pages.finish()?;
        scaffold.finish()?;
        let next = format!(
            "made {}; its README.md walks through it\n\n  cd {} && undersigned verify\n",
            visible(&self.place.display().to_string()),
            quoted(&self.place)
        );
        Ok(Answer::new(next.into_bytes(), false).and_did("the demonstration was made"))
    }
}

/// Noon of a day of 2026 in seconds since 1970.
fn seconds(date: &str) -> i64 {
    const NEW_YEAR: i64 = 1_767_225_600;
    const DAYS: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let mut parts = date
        .split('-')
        .filter_map(|part| part.parse::<usize>().ok());
    let (_, month, day) = (
        parts.next(),
        parts.next().unwrap_or(1),
        parts.next().unwrap_or(1),
    );
    let before = DAYS
        .get(month.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let day = i64::try_from(day).unwrap_or(1) - 1;
    NEW_YEAR + (before + day) * 86_400 + 43_200
}
