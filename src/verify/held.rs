//! A statement that holds. Only the fold makes one, after its last step.

use super::entry::Own;
use super::joint::Joint;
use super::place::Place;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::signature::container::Means;
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
use crate::statement::deed::Act;

/// A statement that holds, by the organization or the maintainers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    index: usize,
    digest: Digest,
    action: Action,
    letter: Option<Id>,
    version: Option<u64>,
    languages: Vec<Language>,
    key: Option<PublicKey>,
    signers: Vec<Id>,
    new_key: Option<PublicKey>,
    means: Option<Means>,
    date: Date,
    authority: Option<String>,
    reason: Option<String>,
    counts: bool,
    open: bool,
    replaced: bool,
}

impl Held {
    /// A statement after the last step of docs/formats/14-entries.md.
    pub(super) fn new(own: &Own<'_>, means: Means, version: Option<u64>, open: bool) -> Self {
        let act = own.act;
        let languages = match act {
            Act::Endorse { texts, .. } => texts.keys().cloned().collect(),
            _ => Vec::new(),
        };
        Self {
            letter: act.letter().cloned(),
            version,
            languages,
            key: Some(own.key.clone()),
            means: Some(means),
            authority: act.authority().map(ToString::to_string),
            reason: act.reason().map(ToString::to_string),
            open,
            ..Self::at(&own.place)
        }
    }

    /// A joint statement after the last step of docs/formats/18-maintainers.md.
    pub(super) fn joint(joint: &Joint<'_>, signers: Vec<Id>) -> Self {
        Self {
            signers,
            open: joint.place.registry.charter.is_none(),
            reason: Some(joint.reason.to_string()),
            ..Self::at(&joint.place)
        }
    }

    /// What every statement has.
    fn at(place: &Place<'_>) -> Self {
        let statement = place.statement;
        Self {
            index: place.index,
            digest: place.entry.digest,
            action: statement.action(),
            letter: None,
            version: None,
            languages: Vec::new(),
            key: None,
            signers: Vec::new(),
            new_key: statement.deed.new_key().cloned(),
            means: None,
            date: statement.date.clone(),
            authority: None,
            reason: None,
            counts: true,
            open: false,
            replaced: false,
        }
    }

    /// Its place in the record's list, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The digest of its text.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// What it does.
    pub fn action(&self) -> Action {
        self.action
    }

    /// The letter that it is about.
    pub fn letter(&self) -> Option<&Id> {
        self.letter.as_ref()
    }

    /// The version whose texts it endorses.
    pub fn version(&self) -> Option<u64> {
        self.version
    }

    /// The tags of those languages.
    pub fn tags(&self) -> Vec<&str> {
        self.languages.iter().map(Language::as_str).collect()
    }

    /// The languages of the texts that it names.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The keys that signed it, with the lines that name them.
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &PublicKey)> {
        let key = self.key.iter().map(|key| ("key", key));
        key.chain(self.new_key.iter().map(|key| ("new-key", key)))
    }

    /// The key that it names; none where the maintainers sign.
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// The fingerprint of the key that it names.
    pub fn fingerprint(&self) -> Option<String> {
        self.key().map(PublicKey::fingerprint)
    }

    /// The maintainers who signed it; nobody where the organization did.
    pub fn signers(&self) -> &[Id] {
        &self.signers
    }

    /// Who signed it, in words: by its key the organization, by their ids the maintainers.
    pub fn by(&self) -> String {
        match self.fingerprint() {
            Some(key) => format!("key {key}"),
            None => {
                let ids: Vec<&str> = self.signers.iter().map(Id::as_str).collect();
                let noun = if ids.len() == 1 {
                    "maintainer"
                } else {
                    "maintainers"
                };
                format!("{noun} {}", ids.join(", "))
            }
        }
    }

    /// Whether the maintainers have put another key in the place of the one that signed it.
    pub fn is_replaced(&self) -> bool {
        self.replaced
    }

    pub(super) fn replace(&mut self) {
        self.replaced = true;
    }

    /// The fingerprint of the key that speaks from it on, where it changes that.
    pub fn new_fingerprint(&self) -> Option<String> {
        self.new_key.as_ref().map(PublicKey::fingerprint)
    }

    /// How its signature was made; nothing where several signed.
    pub fn means(&self) -> Option<Means> {
        self.means
    }

    /// The day that it claims.
    pub fn date(&self) -> &Date {
        &self.date
    }

    /// Who decided it, as it claims.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// Why, as it says.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Whether the charter or its letter cannot be read, so that nobody knows whether it holds.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether it changes a standing.
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// Lets a withdrawal change nothing; says whether it was one.
    pub(super) fn discount(&mut self) -> bool {
        let withdrawal = self.action == Action::Withdraw;
        self.counts &= !withdrawal;
        withdrawal
    }
}
