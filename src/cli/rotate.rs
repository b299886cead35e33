//! `rotate`: an organization changes its key while it has both.

use super::answer::{Answer, Globals};
use super::ask::Passphrases;
use super::registry;
use super::signer::{held_by_agent, open_file};
use super::signing::{Hand, Intent, LookAlike};
use crate::author::draft::Desk;
use crate::base::error::Error;
use crate::signature::key::PublicKey;
use crate::statement::deed::Act;
use clap::{ArgGroup, Args};
use std::path::{Path, PathBuf};

/// Speak with another key from now on
///
/// Both keys sign the same statement: the one in force, and the new one. Later statements are signed
/// with the new key. What was endorsed before stays endorsed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned rotate --signatory example-hill-forum --new-key new.pem
  undersigned rotate --signatory example-hill-forum --key old.pem \\
    --new-key ~/.ssh/id_ed25519
  undersigned rotate --signatory example-hill-forum \\
    --new-key new.pem --new-passphrase-file new.txt")]
#[command(group(ArgGroup::new("new").required(true).args(["new_key", "new_agent"])))]
pub struct Rotate {
    /// The private key from now on
    #[arg(long, value_name = "FILE")]
    new_key: Option<PathBuf>,

    /// The key from now on, if an SSH agent holds it: its .pub file, fingerprint or comment
    #[arg(long, value_name = "KEY")]
    new_agent: Option<String>,

    /// Read the new key's passphrase from the first line of FILE; else it is that of --passphrase-file
    #[arg(long, value_name = "FILE", conflicts_with = "new_agent")]
    new_passphrase_file: Option<PathBuf>,

    #[command(flatten)]
    hand: Hand,
}

impl Rotate {
    /// Rotates.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let desk = Desk::of(&judged.registry, &self.hand.signatory)?;
        let Some(profile) = desk.profile().filter(|_| desk.has_signed()) else {
            return Err(
                Error::new(format!("`{}` has no key that could be changed", desk.id))
                    .with_help("The first statement brings the key: `undersigned sign`."),
            );
        };
        let passphrases = Passphrases::of_another(globals, self.new_passphrase_file.as_deref())?;
        let signer = self.hand.open(globals, &desk)?;
        let new_signer = match &self.new_agent {
            Some(named) => held_by_agent(globals, named)?,
            None => {
                let file = self.new_key.as_deref().unwrap_or(Path::new(""));
                open_file(&globals.path(file), passphrases)?
            }
        };
        let new_key = new_signer.public();
        if new_key.point() == signer.public().point() {
            return Err(Error::new("the new key is the one in force")
                .with_help("Make another with `undersigned keygen FILE`."));
        }
        desk.is_free(&new_key)?;
        desk.was_not_lost(&new_key)?;
        let back = taken_back(&desk, &new_key);
        let intent = Intent {
            about: format!(
                "from     {}\nto       {}\n{}\n",
                signer.public().fingerprint(),
                new_key.fingerprint(),
                back.map_or_else(String::new, |back| format!("before   {back}\n"))
            ),
            profile,
            act: Act::Rotate { new_key },
            look_alike: LookAlike::default(),
        };
        let keys = (&signer, Some(&new_signer));
        self.hand.sign(globals, &judged, &desk, keys, intent)
    }
}

/// What a person should know where a key comes back that was replaced before.
pub fn taken_back(desk: &Desk<'_>, key: &PublicKey) -> Option<String> {
    let number = desk.replaced(key)?;
    Some(format!(
        "statement {number} replaced this key: take it back only if nobody else ever had it"
    ))
}
