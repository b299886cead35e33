//! The next statement of an organization: what it says, from what its record says so far.
//! Implements docs/formats/15-keys.md, drafting.

use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::registry::holding::{Record, Registry};
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::deed::{Act, Deed};
use crate::statement::profile::Profile;
use crate::verify::fold::Fold;
use crate::verify::governance::Governance;

/// Where an organization stands before it says more.
#[derive(Debug)]
pub struct Desk<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The organization's id.
    pub id: Id,
    /// Its record, where it has one.
    pub record: Option<&'a Record>,
    /// What that record's statements come to.
    pub fold: Fold,
}

impl<'a> Desk<'a> {
    /// The desk of an organization; an error where its record does not hold, so that nothing can be added.
    pub fn of(registry: &'a Registry, id: &str) -> Result<Self, Error> {
        let id = Id::parse(id).map_err(|what| {
            Error::new(format!("{} is no id: {what}", quote(id))).with_help(
                "An id is 2 to 63 of a-z, 0-9 and single hyphens, such as example-peace-forum.",
            )
        })?;
        if registry.broken_records.iter().any(|record| record.id == id) {
            return Err(Error::new(format!("the record of `{id}` cannot be read"))
                .with_help("`undersigned validate` says what is wrong with it; mend that first."));
        }
        let mut records = registry.records.iter();
        let record = records.find(|record| record.signatory.id == id);
        let fold = record.map_or_else(Fold::default, |record| {
            Fold::of(registry, &Governance::of(registry), record)
        });
        if fold.refused {
            return Err(
                Error::new(format!("the record of `{id}` does not hold as it is")).with_help(
                    format!(
                        "`undersigned show {id}` says why; nothing can follow until that is mended."
                    ),
                ),
            );
        }
        if fold.removal().is_some() {
            return Err(Error::new(format!(
                "the maintainers removed `{id}`, and nothing follows that"
            ))
            .with_help(format!(
                "`undersigned show {id}` gives the reason; ask them."
            )));
        }
        Ok(Self {
            registry,
            id,
            record,
            fold,
        })
    }

    /// Who the record says that the organization is; nothing where it has none.
    pub fn profile(&self) -> Option<Profile> {
        self.record.map(|record| record.signatory.profile())
    }

    /// Whether the organization has signed something.
    pub fn has_signed(&self) -> bool {
        self.record.is_some_and(|record| !record.entries.is_empty())
    }

    /// The number of the next statement.
    pub fn number(&self) -> usize {
        self.record.map_or(0, |record| record.entries.len()) + 1
    }

    /// The key in force, where it has signed.
    pub fn key_in_force(&self) -> Option<&PublicKey> {
        self.fold.key()
    }

    /// The number of the statement that replaced this key, where one did.
    pub fn replaced(&self, key: &PublicKey) -> Option<usize> {
        let mut held = self.fold.held.iter().rev();
        let by = held.find(|held| {
            let mut keys = held.keys();
            let old = keys.next().map(|(_, key)| key.point());
            keys.next().is_some() && old == Some(key.point())
        })?;
        Some(by.index() + 1)
    }

    /// An error where the maintainers replaced this key because it was lost.
    pub fn was_not_lost(&self, key: &PublicKey) -> Result<(), Error> {
        match self.fold.was_lost(key) {
            false => Ok(()),
            true => Err(Error::new("the maintainers replaced this key, because it was lost")
                .with_help("What was lost once may be in other hands. Make a new key with `undersigned keygen`.")),
        }
    }

    /// An error where this key cannot sign the next statement.
    pub fn admits(&self, key: &PublicKey) -> Result<(), Error> {
        if let Some(weakness) = key.weakness() {
            return Err(Error::new(weakness).with_help(
                "Make a new key with `undersigned keygen` or `ssh-keygen -t ed25519`.",
            ));
        }
        let Some(in_force) = self.key_in_force() else {
            return self.is_free(key);
        };
        if in_force.point() == key.point() {
            return Ok(());
        }
        Err(Error::new(format!(
            "the key {} is not the one in force for `{}`, which is {}",
            key.fingerprint(),
            self.id,
            in_force.fingerprint()
        ))
        .with_help(
            "Sign with the key in force; `undersigned rotate` changes it while you have both.",
        ))
    }

    /// An error where another organization or a maintainer signs with this key.
    pub fn is_free(&self, key: &PublicKey) -> Result<(), Error> {
        let governance = Governance::of(self.registry);
        for record in &self.registry.records {
            // What a record does not name it cannot hold by: its signatures need no look.
            let mut named = record.named_keys();
            let names_it = named.any(|(_, own, new)| {
                own.point() == key.point() || new.is_some_and(|new| new.point() == key.point())
            });
            if record.signatory.id == self.id || !names_it {
                continue;
            }
            let held = Fold::of(self.registry, &governance, record).held;
            let mut keys = held.iter().flat_map(|held| held.keys());
            if keys.any(|(_, other)| other.point() == key.point()) {
                let other = &record.signatory.id;
                return Err(
                    Error::new(format!("the key signs for `{other}` already")).with_help(
                        "Make a key of its own for each organization: `undersigned keygen`.",
                    ),
                );
            }
        }
        let charter = self.registry.charter.as_ref().map(|held| &held.charter);
        let mut people = charter
            .into_iter()
            .flat_map(|charter| charter.maintainers.iter().chain(&charter.observers));
        match people.find(|person| person.key.point() == key.point()) {
            None => Ok(()),
            Some(person) => Err(Error::new(format!(
                "the key is that of `{}`, who keeps the registry",
                person.id
            ))
            .with_help("An organization needs a key of its own.")),
        }
    }

    /// An error where the organization's newest word on the letter is this very endorsement.
    ///
    /// Who decided it is news only where it is said, and is something else than before.
    pub fn is_news(&self, profile: &Profile, act: &Act, key: &PublicKey) -> Result<(), Error> {
        let Act::Endorse {
            letter,
            texts,
            authority,
        } = act
        else {
            return Ok(());
        };
        let mut held = self.fold.held.iter().rev();
        let newest = held.find(|held| held.letter() == Some(letter));
        let Some((newest, record)) = newest.zip(self.record) else {
            return Ok(());
        };
        let entry = record.entries.get(newest.index());
        let said = entry.and_then(|entry| entry.statement.as_ref());
        let Some(Deed::Own {
            profile: known,
            key: signer,
            act:
                Act::Endorse {
                    texts: endorsed,
                    authority: decided,
                    ..
                },
            ..
        }) = said.map(|statement| &statement.deed)
        else {
            return Ok(());
        };
        let same = known == profile
            && signer.point() == key.point()
            && endorsed == texts
            && (authority.is_none() || authority == decided);
        if !same {
            return Ok(());
        }
        let what = format!(
            "`{}` endorses exactly these texts of {letter} already, by statement {}",
            self.id,
            newest.index() + 1
        );
        Err(Error::new(what).with_help(
            "There is nothing to sign. Say what is new: --texts for further languages, --authority for who decided it.",
        ))
    }

    /// The next statement.
    pub fn draft(
        &self,
        profile: Profile,
        act: Act,
        key: PublicKey,
        date: Date,
    ) -> Result<Statement, Error> {
        let charter = self.registry.charter.as_ref().ok_or_else(|| {
            Error::new("registry/registry.yaml cannot be read")
                .with_help("`undersigned validate` says what is wrong with it.")
        })?;
        let before = self.record.and_then(|record| record.entries.last());
        Ok(Statement {
            registry: charter.charter.origin.clone(),
            deed: Deed::Own {
                signatory: self.id.clone(),
                profile,
                key,
                act,
            },
            sequence: self.number() as u64,
            previous: before.map(|entry| entry.digest),
            after: None,
            date,
        })
    }
}
