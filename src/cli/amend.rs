//! `amend`: an organization changes the name or details under which it stands.

use super::answer::{Answer, Globals};
use super::details::Details;
use super::registry;
use super::signing::{Hand, Intent};
use super::statement::remark;
use crate::author::detail::changes_told;
use crate::author::draft::Desk;
use crate::base::error::Error;
use crate::statement::deed::Act;
use clap::Args;

/// Change the name, names, country, website or domain of an organization that signed
///
/// An empty value takes a detail out: --website ''. Whatever tied the key to the organization before
/// does not carry over to another name or domain.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned amend --signatory example-hill-forum --name 'Example Hills Forum'
  undersigned amend --signatory example-hill-forum --country KR \\
    --name-for ko='예시 포럼'
  undersigned amend --signatory example-hill-forum --domain forum.example \\
    --website https://forum.example/")]
pub struct Amend {
    /// Who decided it, in its words; shown as claimed
    #[arg(long, value_name = "WORDS")]
    authority: Option<String>,

    #[command(flatten)]
    details: Details,

    #[command(flatten)]
    hand: Hand,
}

impl Amend {
    /// Amends.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let desk = Desk::of(&judged.registry, &self.hand.signatory)?;
        let Some(before) = desk.profile().filter(|_| desk.has_signed()) else {
            return Err(Error::new(format!(
                "`{}` has signed nothing that could be amended",
                desk.id
            ))
            .with_help("The first statement gives the details: `undersigned sign`."));
        };
        let profile = self.details.over(globals, Some(before.clone()))?;
        let changes = changes_told(&before, &profile);
        if changes.is_empty() {
            return Err(Error::new("nothing would change")
                .with_help("Say what: --name, --name-for, --country, --website or --domain."));
        }
        let authority = remark("--authority", self.authority.as_ref())?;
        let signer = self.hand.open(globals, &desk)?;
        let intent = Intent {
            about: format!("{changes}\n"),
            profile,
            act: Act::Amend { authority },
            look_alike: self.details.look_alike,
        };
        let keys = (&signer, None);
        self.hand.sign(globals, &judged, &desk, keys, intent)
    }
}
