//! What is published of a commit: the list in the formats that are asked for, and the site.

use super::answer::Globals;
use super::press::Press;
use super::registry::Judged;
use crate::base::error::Error;
use crate::compile::artifact::{Artifact, Format, artifacts};
use crate::compile::list::List;
use crate::compile::site::story::Story;
use crate::compile::site::templates::Templates;
use crate::compile::site::writer::Site;
use crate::history::bench::Bench;
use crate::history::walk::Walk;
use crate::registry::home::Home;
use crate::registry::loose;
use std::path::Path;

/// What is published of a commit.
#[derive(Debug)]
pub struct Publication<'a> {
    globals: &'a Globals,
    at: &'a str,
    judged: &'a Judged,
    list: &'a List<'a>,
    templates: Templates,
}

impl<'a> Publication<'a> {
    /// Of a commit that was judged, with a maintainer's own templates where there are any.
    pub fn of(
        globals: &'a Globals,
        at: &'a str,
        judged: &'a Judged,
        list: &'a List<'a>,
        templates: Option<&Path>,
    ) -> Result<Self, Error> {
        let own = templates.map(|folder| loose::texts(&globals.path(folder)));
        Ok(Self {
            globals,
            at,
            judged,
            list,
            templates: Templates::with(own.transpose()?.unwrap_or_default())?,
        })
    }

    /// Writes it; the site brings the other formats.
    pub fn print(&self, formats: &[Format], press: &mut Press) -> Result<(), Error> {
        let mut put = |artifact: Artifact| press.write(&artifact);
        artifacts(self.list, formats)?
            .into_iter()
            .try_for_each(&mut put)?;
        if !formats.contains(&Format::Site) {
            return Ok(());
        }
        let repository = Home::find(&self.globals.directory)?.history()?;
        let head = repository.named(self.at)?;
        let bench = Bench::new(&repository)?;
        let walk = Walk::of(&bench, &head, None)?;
        let events = walk.events.iter().filter_map(|dated| {
            let commit = walk.commits.get(dated.commit)?;
            Some((&dated.event, commit))
        });
        let site = Site {
            list: self.list,
            registry: &self.judged.registry,
            folds: &self.judged.folds,
            story: &Story::of(events),
            templates: &self.templates,
        };
        site.write(&mut put)
    }
}
