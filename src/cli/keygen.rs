//! `keygen`: a new key for an organization.

use super::answer::{Answer, Globals};
use super::ask::Passphrases;
use super::door;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::registry::home::Home;
use crate::signature::secret::Secret;
use clap::Args;
use std::path::PathBuf;

/// Make a new key to sign with
///
/// Writes an Ed25519 key as a PKCS#8 file that this program, OpenSSL and browsers read, encrypted with
/// a passphrase, and never over another file. Prints where it is, the public line and the fingerprint.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned keygen
  undersigned keygen forum.pem --passphrase-file passphrase.txt
  undersigned keygen forum.pem --no-passphrase")]
pub struct Keygen {
    /// The file to write; else key.pem in the folder undersigned/ of $XDG_CONFIG_HOME
    file: Option<PathBuf>,

    /// Write the key without a passphrase: whoever has the file can sign
    #[arg(long, conflicts_with = "passphrase_file")]
    no_passphrase: bool,

    /// Write it even inside the repository of a registry
    #[arg(long)]
    force: bool,
}

impl Keygen {
    /// Makes the key, and says what to do with it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let file = match &self.file {
            Some(file) => globals.path(file),
            None => door::key_file()?,
        };
        if door::is_there(&file) {
            return Err(door::never_over(&file));
        }
        if !self.force && Home::of_registry(&file) {
            let what = format!("{} lies in the repository of a registry", file.display());
            return Err(Error::new(what).with_help(
                "Name a file outside of it, so that the key is never committed; --force writes it all the same.",
            ));
        }
        let passphrase = match self.no_passphrase {
            true => None,
            false => Some(Passphrases::of(globals).ask("Passphrase for the new key", true)?),
        };
        if passphrase.as_ref().is_some_and(|one| one.is_empty()) {
            return Err(Error::new("the passphrase is empty")
                .with_help("Give one, or say --no-passphrase."));
        }
        let secret = Secret::generate()?;
        let passphrase = passphrase.as_ref().map(|one| one.as_str());
        let pem = secret.pem(passphrase)?;
        door::secret(&file, pem.as_bytes())?;
        let public = secret.public();
        let care = match passphrase {
            Some(_) => {
                "Keep the file and its passphrase where more than one person of the organization finds them, and a copy\n\
                 elsewhere."
            }
            None => {
                "The file has no passphrase: whoever reads it can sign for the organization. Keep it where nobody else can,\n\
                 and a copy elsewhere."
            }
        };
        let text = format!(
            "key      {}\npublic   {public}\nprint    {}\n\n\
             {care} If the key is lost, nobody can withdraw or sign for the organization with it; tell the\n\
             maintainers of the registry. If it is stolen, sign `undersigned rotate` at once with a new one.\n\n\
             At https://<your domain>/.well-known/undersigned.txt, or as a TXT record of _undersigned.<your domain>, this line\n\
             lets others tie the key to your domain. Publish it, give the domain with --domain when you sign, and leave it there:\n\
             \x20 <your signatory id> <the registry's origin> {public}\n",
            visible(&file.display().to_string()),
            public.fingerprint()
        );
        let done = format!("the key was written to {}", file.display());
        Ok(Answer::new(text.into_bytes(), false).and_did(done))
    }
}
