//! Statements: what organizations and maintainers sign, with one writer and one strict reader.
//! Implements docs/formats/12-statement.md.

pub mod action;
pub mod checkpoint;
pub mod deed;
pub mod lines;
pub mod method;
pub mod profile;
pub mod read;
pub mod write;

use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::origin::Origin;
use action::Action;
use checkpoint::Checkpoint;
use deed::Deed;
use method::Method;

/// What somebody signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The registry that it is for.
    pub registry: Origin,
    /// What it does, and who does it.
    pub deed: Deed,
    /// 1, 2, 3 … in its list.
    pub sequence: u64,
    /// The digest of the text before it in that count; none where it is the first.
    pub previous: Option<Digest>,
    /// The newest state of the ledger that the signer saw.
    pub after: Option<Checkpoint>,
    /// The day, as the signer claims; it decides nothing.
    pub date: Date,
}

impl Statement {
    /// What it does, in a word.
    pub fn action(&self) -> Action {
        match &self.deed {
            Deed::Own { act, .. } => act.action(),
            Deed::Attest { observes: true, .. } => Action::Observe,
            Deed::Attest { .. } => Action::Vouch,
            Deed::Joint {
                new_key: Some(_), ..
            } => Action::Recover,
            Deed::Joint { .. } => Action::Remove,
            Deed::Govern { .. } => Action::Govern,
        }
    }

    /// The sentence that says what the signer means.
    pub fn declaration(&self) -> &'static str {
        let retracted = matches!(
            self.deed,
            Deed::Attest {
                method: Method::Retracted,
                ..
            }
        );
        self.action().declaration(retracted)
    }
}
