//! A statement that holds. Only the fold makes one, after its last step.

use super::entry::Own;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::signature::container::Means;
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
use crate::statement::deed::Act;

/// A statement of an organization that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    index: usize,
    digest: Digest,
    action: Action,
    letter: Option<Id>,
    version: Option<u64>,
    languages: Vec<Language>,
    key: PublicKey,
    new_key: Option<PublicKey>,
    means: Means,
    date: Date,
    authority: Option<String>,
    reason: Option<String>,
    counts: bool,
    open: bool,
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
            index: own.index,
            digest: own.entry.digest,
            action: act.action(),
            letter: act.letter().cloned(),
            version,
            languages,
            key: own.key.clone(),
            new_key: act.new_key().cloned(),
            means,
            date: own.statement.date.clone(),
            authority: act.authority().map(ToString::to_string),
            reason: act.reason().map(ToString::to_string),
            counts: true,
            open,
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
        let key = std::iter::once(("key", &self.key));
        key.chain(self.new_key.iter().map(|key| ("new-key", key)))
    }

    /// The fingerprint of the key that it names.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    /// The fingerprint of the key that speaks from it on, where it changes that.
    pub fn new_fingerprint(&self) -> Option<String> {
        self.new_key.as_ref().map(PublicKey::fingerprint)
    }

    /// How its signature was made.
    pub fn means(&self) -> Means {
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
