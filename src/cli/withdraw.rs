//! `withdraw`: an organization takes its name off a letter.

use super::answer::{Answer, Globals};
use super::details::Details;
use super::registry;
use super::sign::signed_before;
use super::signing::{Hand, Intent};
use super::statement::remark;
use crate::author::draft::Desk;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::statement::deed::Act;
use clap::Args;

/// Withdraw from a letter, in all its versions
///
/// As easy as signing: shows the exact statement, asks once, and writes it into the record. The
/// earlier endorsement stays there for ever; the organization stands as withdrawn.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned withdraw example-letter --signatory example-hill-forum
  undersigned withdraw example-letter --signatory example-hill-forum \\
    --reason 'the text changed'
  undersigned withdraw example-letter --signatory example-hill-forum \\
    --key old.pem --yes")]
pub struct Withdraw {
    /// The letter
    letter: String,

    /// Why, in the organization's words
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,

    /// Who decided it, in its words; shown as claimed
    #[arg(long, value_name = "WORDS")]
    authority: Option<String>,

    #[command(flatten)]
    details: Details,

    #[command(flatten)]
    hand: Hand,
}

impl Withdraw {
    /// Withdraws.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let held = judged.letter(Some(&self.letter))?;
        let desk = Desk::of(&judged.registry, &self.hand.signatory)?;
        let act = Act::Withdraw {
            letter: held.letter.id.clone(),
            reason: remark("--reason", self.reason.as_ref())?,
            authority: remark("--authority", self.authority.as_ref())?,
        };
        let profile = match desk.has_signed() && !self.details.is_empty() {
            false => self.details.over(globals, desk.profile())?,
            true => return Err(signed_before(&desk, "a withdrawal")),
        };
        let signer = self.hand.open(globals, &desk)?;
        let title = visible(held.letter.title.as_str());
        let intent = Intent {
            about: format!("{title}\nletter   {}, all versions\n\n", held.letter.id),
            profile,
            act,
            look_alike: self.details.look_alike,
        };
        let keys = (&signer, None);
        self.hand.sign(globals, &judged, &desk, keys, intent)
    }
}
