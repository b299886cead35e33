//! `recover`: the maintainers put a new key in the place of one that an organization lost.

use super::answer::{Answer, Globals};
use super::jointly::{Beginning, jointly, named, reason};
use super::several::Several;
use super::signer::public_key;
use crate::base::error::Error;
use crate::statement::action::Action;
use clap::Args;

/// Put a new key in the place of one that an organization lost, together with other maintainers
///
/// Takes as many maintainers as the threshold says, and never one alone where there are two. The new key
/// signs too. Each signs the same file one after another; it enters the registry once it is complete. What
/// the lost key signed stays, shown as "recovered on … by …". Make sure of the organization first.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned recover example-hill-forum --new-key new.pub \\
    --reason 'the laptop was stolen; told at a visit'
  undersigned recover --add-signature example-hill-forum-recover.yaml
  undersigned recover --add-signature example-hill-forum-recover.yaml \\
    --print")]
pub struct Recover {
    /// The organization
    #[arg(
        required_unless_present = "add_signature",
        conflicts_with = "add_signature"
    )]
    id: Option<String>,

    /// The organization's new public key: a .pub file, or the line in it
    #[arg(
        long,
        value_name = "PUBLIC",
        required_unless_present = "add_signature",
        conflicts_with = "add_signature"
    )]
    new_key: Option<String>,

    /// Why, on one line; shown for ever
    #[arg(
        long,
        value_name = "WORDS",
        required_unless_present = "add_signature",
        conflicts_with = "add_signature"
    )]
    reason: Option<String>,

    #[command(flatten)]
    several: Several,
}

impl Recover {
    /// Recovers.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        jointly(globals, &self.several, Action::Recover, || {
            let named_key = self.new_key.as_deref().unwrap_or_default();
            Ok(Beginning {
                id: named(self.id.as_ref())?,
                reason: reason(self.reason.as_ref())?,
                new_key: Some(public_key(globals, named_key)?),
            })
        })
    }
}
