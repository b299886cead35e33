//! What a statement does: every action, and nothing that its action does not take.
//! Implements docs/formats/12-statement.md, lines.

use super::action::Action;
use super::method::Method;
use super::profile::Profile;
use crate::base::digest::Digest;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::prose::Remark;
use crate::signature::key::PublicKey;
use std::collections::BTreeMap;

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The organization speaks for itself.
    Own {
        /// The signatory.
        signatory: Id,
        /// Who it says that it is.
        profile: Profile,
        /// The key that signs.
        key: PublicKey,
        /// What it does.
        act: Act,
    },
    /// A maintainer or observer says whose a key is.
    Attest {
        /// The signatory.
        signatory: Id,
        /// Who the attester says that it is.
        profile: Profile,
        /// Whether it is an observation; otherwise a vouch.
        observes: bool,
        /// How the attester knows.
        method: Method,
        /// What it rests on: of an observation the digest of what was seen.
        evidence: Remark,
        /// The attester's id in the charter.
        attester: Id,
        /// The attester's key, which signs.
        key: PublicKey,
        /// The signatory's key that it is about.
        subject: PublicKey,
    },
    /// The maintainers' threshold acts on a signatory.
    Joint {
        /// The signatory.
        signatory: Id,
        /// Who it is.
        profile: Profile,
        /// Why.
        reason: Remark,
        /// The charter whose maintainers sign.
        charter: Digest,
        /// The key from now on, where it recovers; none where it removes.
        new_key: Option<PublicKey>,
    },
    /// The maintainers' threshold adopts a charter.
    Govern {
        /// The new charter.
        charter: Digest,
    },
}

/// What an organization does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It endorses texts of one version of a letter.
    Endorse {
        /// The letter.
        letter: Id,
        /// The digest of each text, by language.
        texts: BTreeMap<Language, Digest>,
        /// Who decided it, as claimed.
        authority: Option<Remark>,
    },
    /// It withdraws from a letter, in all its versions.
    Withdraw {
        /// The letter.
        letter: Id,
        /// Why.
        reason: Option<Remark>,
        /// Who decided it, as claimed.
        authority: Option<Remark>,
    },
    /// It gives other details.
    Amend {
        /// Who decided it, as claimed.
        authority: Option<Remark>,
    },
    /// It speaks with another key from now on.
    Rotate {
        /// That key, which signs too.
        new_key: PublicKey,
    },
}

impl Deed {
    /// Who it says that the organization is; nothing where it is about none.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Self::Own { profile, .. }
            | Self::Attest { profile, .. }
            | Self::Joint { profile, .. } => Some(profile),
            Self::Govern { .. } => None,
        }
    }

    /// The letter that an organization's statement is about.
    pub fn letter(&self) -> Option<&Id> {
        match self {
            Self::Own { act, .. } => act.letter(),
            Self::Attest { .. } | Self::Joint { .. } | Self::Govern { .. } => None,
        }
    }

    /// The key that must sign too, and speaks from then on.
    pub fn new_key(&self) -> Option<&PublicKey> {
        match self {
            Self::Own { act, .. } => act.new_key(),
            Self::Joint { new_key, .. } => new_key.as_ref(),
            Self::Attest { .. } | Self::Govern { .. } => None,
        }
    }
}

impl Act {
    /// What it does, in a word.
    pub fn action(&self) -> Action {
        match self {
            Self::Endorse { .. } => Action::Endorse,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Amend { .. } => Action::Amend,
            Self::Rotate { .. } => Action::Rotate,
        }
    }

    /// The letter that it is about.
    pub fn letter(&self) -> Option<&Id> {
        match self {
            Self::Endorse { letter, .. } | Self::Withdraw { letter, .. } => Some(letter),
            Self::Amend { .. } | Self::Rotate { .. } => None,
        }
    }

    /// Who decided it, as claimed.
    pub fn authority(&self) -> Option<&Remark> {
        match self {
            Self::Endorse { authority, .. }
            | Self::Withdraw { authority, .. }
            | Self::Amend { authority } => authority.as_ref(),
            Self::Rotate { .. } => None,
        }
    }

    /// Why, where it gives a reason.
    pub fn reason(&self) -> Option<&Remark> {
        match self {
            Self::Withdraw { reason, .. } => reason.as_ref(),
            _ => None,
        }
    }

    /// The key that must sign too.
    pub fn new_key(&self) -> Option<&PublicKey> {
        match self {
            Self::Rotate { new_key } => Some(new_key),
            _ => None,
        }
    }
}
