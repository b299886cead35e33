//! `remove`: the maintainers take an organization off the list, in sight of everybody.

use super::answer::{Answer, Globals};
use super::jointly::{Beginning, jointly, named, reason};
use super::several::Several;
use crate::base::error::Error;
use crate::statement::action::Action;
use clap::Args;

/// Take an organization off the list for fraud or by law, together with other maintainers
///
/// Takes as many maintainers as the threshold says. Nothing is deleted: the organization stands as removed,
/// with the reason and who signed, for ever. An organization that wants to leave withdraws instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned remove example-hill-forum --reason 'nobody by that name exists'
  undersigned remove --add-signature example-hill-forum-remove.yaml
  undersigned remove --add-signature example-hill-forum-remove.yaml \\
    --signature bob.sig")]
pub struct Remove {
    /// The organization
    #[arg(
        required_unless_present = "add_signature",
        conflicts_with = "add_signature"
    )]
    id: Option<String>,

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

impl Remove {
    /// Removes.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        jointly(globals, &self.several, Action::Remove, || {
            Ok(Beginning {
                id: named(self.id.as_ref())?,
                reason: reason(self.reason.as_ref())?,
                new_key: None,
            })
        })
    }
}
