//! A story of commits while it is told: who signs what, with which key, on which branch.

use super::draft::Desk;
use super::edit::Edit;
use super::proposal::propose;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::host::Domain;
use crate::base::prose::Name;
use crate::record::canonical::NewEntry;
use crate::record::schema::Schemas;
use crate::registry::holding::Registry;
use crate::registry::load::load;
use crate::registry::snapshot::Snapshot;
use crate::signature::secret::Secret;
use crate::statement::deed::Act;
use crate::statement::profile::Profile;
use crate::statement::write::render;
use std::collections::BTreeMap;

/// One commit of the story.
#[derive(Debug)]
pub struct Step {
    /// `main`, or the branch of a pull request, which begins at main's last commit.
    pub branch: &'static str,
    /// What the commit says.
    pub message: String,
    /// The day of the commit.
    pub date: &'static str,
    /// Each file with its new bytes, or nothing where it goes.
    pub changes: Vec<(String, Option<Vec<u8>>)>,
}

/// The story, the files that main ends with, and the keys that it was signed with.
#[derive(Debug)]
pub struct Story {
    /// The commits in their order.
    pub steps: Vec<Step>,
    /// What lies in main at the end.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Each key with the name of its file.
    pub keys: Vec<(&'static str, Secret)>,
}

/// A story while it is told.
pub(super) struct Stage {
    /// What was told so far.
    pub(super) story: Story,
    schemas: Schemas,
}

impl Stage {
    /// Before the first commit.
    pub(super) fn begin() -> Result<Self, Error> {
        Ok(Self {
            story: Story {
                steps: Vec::new(),
                files: BTreeMap::new(),
                keys: Vec::new(),
            },
            schemas: Schemas::load()?,
        })
    }

    pub(super) fn endorse(
        &mut self,
        id: &str,
        name: &str,
        key: &str,
        date: &'static str,
    ) -> Result<(), Error> {
        let proposal = self.act(id, Some(name), key, None, date, Action::Endorse)?;
        self.take_in(id, "endorse", proposal, date);
        Ok(())
    }

    pub(super) fn withdraw(
        &mut self,
        id: &str,
        key: &str,
        date: &'static str,
    ) -> Result<(), Error> {
        let proposal = self.act(id, None, key, None, date, Action::Withdraw)?;
        self.take_in(id, "withdraw", proposal, date);
        Ok(())
    }

    pub(super) fn rotate(
        &mut self,
        id: &str,
        key: &str,
        new: &str,
        date: &'static str,
    ) -> Result<(), Error> {
        let proposal = self.act(id, None, key, Some(new), date, Action::Rotate)?;
        self.take_in(id, "rotate", proposal, date);
        Ok(())
    }

    /// A record with one more statement, signed with whatever key.
    pub(super) fn act(
        &self,
        id: &str,
        name: Option<&str>,
        key: &str,
        new: Option<&str>,
        date: &str,
        action: Action,
    ) -> Result<Edit, Error> {
        self.act_of((id, name, None), key, new, date, action)
    }

    /// The same of an organization that may give a domain.
    pub(super) fn act_of(
        &self,
        (id, name, domain): (&str, Option<&str>, Option<String>),
        key: &str,
        new: Option<&str>,
        date: &str,
        action: Action,
    ) -> Result<Edit, Error> {
        let registry = self.registry()?;
        let desk = Desk::of(&registry, id)?;
        let secret = self.key(key)?;
        let new = new.map(|new| self.key(new)).transpose()?;
        let held = registry.letters.values().next();
        let held = held.ok_or_else(|| Error::new("the demo has no letter"))?;
        let version = held.letter.current().into_iter();
        let act = match (action, new) {
            (Action::Rotate, Some(new)) => Act::Rotate {
                new_key: new.public(),
            },
            (Action::Endorse, _) => Act::Endorse {
                letter: held.letter.id.clone(),
                texts: version
                    .flat_map(|version| &version.texts)
                    .map(|text| (text.language.clone(), text.digest))
                    .collect(),
                authority: None,
            },
            _ => Act::Withdraw {
                letter: held.letter.id.clone(),
                reason: None,
                authority: None,
            },
        };
        let profile = match (desk.profile(), name) {
            (Some(profile), _) => profile,
            (None, name) => Profile {
                name: Name::parse(name.unwrap_or(id)).map_err(Error::new)?,
                names: BTreeMap::new(),
                country: None,
                website: None,
                domain: match domain {
                    Some(domain) => Some(Domain::parse(&domain).map_err(Error::new)?),
                    None => None,
                },
            },
        };
        let date = Date::parse(date).map_err(Error::new)?;
        let statement = desk.draft(profile.clone(), act, secret.public(), date)?;
        let text = render(&statement);
        let sign = |secret: &Secret| secret.sign_ssh(text.as_bytes()).trim_end().to_owned();
        let signature = match key {
            // One signs as OpenSSL does.
            "lake" => secret.sign_raw(text.as_bytes()),
            _ => sign(secret),
        };
        let entry = NewEntry::by_key(&text, signature).countersigned(new.map(sign));
        propose(&desk, &profile, &entry)
    }

    pub(super) fn take_in(&mut self, id: &str, word: &str, edit: Edit, date: &'static str) {
        self.commit("main", &format!("{id}: {word}"), date, vec![edit]);
    }

    pub(super) fn commit(
        &mut self,
        branch: &'static str,
        message: &str,
        date: &'static str,
        edits: Vec<Edit>,
    ) {
        let changes: BTreeMap<String, Vec<u8>> = edits
            .into_iter()
            .map(|edit| (edit.path, edit.after))
            .collect();
        self.story.files.extend(changes.clone());
        self.story.steps.push(Step {
            branch,
            message: message.to_owned(),
            date,
            changes: changes
                .into_iter()
                .map(|(path, bytes)| (path, Some(bytes)))
                .collect(),
        });
    }

    pub(super) fn key(&self, name: &str) -> Result<&Secret, Error> {
        let mut keys = self.story.keys.iter();
        let found = keys.find(|(known, _)| *known == name);
        found
            .map(|(_, secret)| secret)
            .ok_or_else(|| Error::new(format!("the demo has no key `{name}`")))
    }

    pub(super) fn registry(&self) -> Result<Registry, Error> {
        let mut snapshot = Snapshot::empty();
        for (path, bytes) in &self.story.files {
            snapshot = snapshot.with(path, bytes);
        }
        load(&snapshot, &self.schemas)
    }
}

/// What somebody does in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Endorse,
    Withdraw,
    Rotate,
}
