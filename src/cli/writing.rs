//! Files on their way into the registry in the work tree: judged before anybody agrees, and again under the lock.

use super::answer::Globals;
use super::cabinet::Cabinet;
use super::door;
use super::registry::Judged;
use crate::author::edit::Edit;
use crate::author::prospect::Prospect;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::record::schema::Schemas;
use crate::registry::home::Home;
use crate::registry::snapshot::{Reach, Snapshot};

/// Files as they would be, and what keeps them out.
pub struct Writing<'a> {
    /// What every command takes.
    pub globals: &'a Globals,
    /// The registry as it was read.
    pub judged: &'a Judged,
    /// The files.
    pub edits: &'a [Edit],
    /// Which findings keep them out.
    pub forbids: &'a dyn Fn(&Finding) -> bool,
}

/// What enters the registry with the files.
#[derive(Debug, Clone, Copy)]
pub enum Entering<'a> {
    /// Statements of a record, behind the first so many.
    Statements(&'a Id, usize),
    /// Attestations of a record, behind the first so many.
    Attestations(&'a Id, usize),
    /// Files alone.
    Files,
}

/// What is said while another run has the lock.
pub const WAITS: &str =
    "another run of undersigned writes into this registry; waiting until it ends";

/// Nothing, or the findings that keep files out of the registry.
pub type Admission = Result<(), Vec<Finding>>;

impl Writing<'_> {
    /// What keeps the files out of the registry as it was read.
    ///
    /// An error where nothing is found and they would not be read all the same.
    pub fn look(&self) -> Result<Vec<Finding>, Error> {
        let snapshot = &self.judged.snapshot;
        let prospect = Prospect::of(self.edits, snapshot, &Schemas::load()?)?;
        let found = self.against(&prospect, &self.judged.report.findings);
        if found.is_empty() {
            prospect.reads(self.edits)?;
        }
        Ok(found)
    }

    /// Judges the files in the registry as it lies now, and writes them where nothing keeps them out.
    ///
    /// No other run of this program writes meanwhile; an editor may have. Of a record, everything that enters must hold,
    /// and the letters that it names must be those that were shown.
    pub fn write(&self, entering: Entering<'_>) -> Result<Admission, Error> {
        let waits = || door::remark(WAITS, self.globals.color);
        let cabinet = Cabinet::open(&self.home()?, waits)?;
        let schemas = Schemas::load()?;
        let snapshot = self.home()?.as_it_lies(Reach::Registry)?;
        let prospect = Prospect::of(self.edits, &snapshot, &schemas)?;
        let mut found = self.against(&prospect, &self.judged.report.findings);
        if !found.is_empty() {
            // What somebody else brought meanwhile keeps nobody out.
            found = self.against(&prospect, &findings(&snapshot, &schemas)?);
        }
        if !found.is_empty() {
            return Ok(Err(found));
        }
        prospect.reads(self.edits)?;
        match entering {
            Entering::Statements(id, known) => {
                prospect.counts(id, known)?;
                prospect.shown(id, known, &self.judged.registry)?;
            }
            Entering::Attestations(id, known) => prospect.attests(id, known)?,
            Entering::Files => {}
        }
        cabinet.put(self.edits)?;
        Ok(Ok(()))
    }

    /// An error where these files could not be written, as far as that shows before they are final.
    pub fn place(&self) -> Result<(), Error> {
        Cabinet::try_out(&self.home()?, self.edits)
    }

    fn against(&self, prospect: &Prospect, now: &[Finding]) -> Vec<Finding> {
        let mut found = prospect.against(self.edits, now);
        found.retain(|finding| (self.forbids)(finding));
        found
    }

    fn home(&self) -> Result<Home, Error> {
        Home::find(&self.globals.directory)
    }
}

/// What is found in a registry as it is.
fn findings(snapshot: &Snapshot, schemas: &Schemas) -> Result<Vec<Finding>, Error> {
    Ok(Prospect::of(&[], snapshot, schemas)?.against(&[], &[]))
}
