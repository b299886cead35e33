//! The key that a person signs with: a file of ours, a file of OpenSSH, or one that an agent holds.

use super::answer::Globals;
use super::{ask, door, programs};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::registry::worktree::{open_to_others, read_at_most};
use crate::signature::key::PublicKey;
use crate::signature::secret::{Form, Secret, public_of_openssh};
use clap::Args;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// No key file is larger.
const LARGEST: u64 = 64 * 1024;

/// Which key signs.
#[derive(Debug, Args)]
pub struct KeyChoice {
    /// Private key of `keygen`, OpenSSL or `ssh-keygen`; else keygen's own
    #[arg(long, value_name = "FILE", conflicts_with = "agent")]
    pub key: Option<PathBuf>,

    /// Key in an SSH agent: its .pub file, fingerprint or comment
    #[arg(long, value_name = "KEY")]
    pub agent: Option<String>,

    /// Sign the text itself, as OpenSSL does, not in SSH's form
    #[arg(long, conflicts_with = "agent", hide_short_help = true)]
    pub raw: bool,
}

/// A key that can sign.
#[derive(Debug)]
pub enum Signer {
    /// Opened by us.
    Secret(Secret),
    /// Held by OpenSSH: the file that `ssh-keygen` is given.
    Program(PathBuf, PublicKey),
    /// Held by an agent.
    Agent(PublicKey),
}

impl KeyChoice {
    /// Opens the key that was chosen.
    pub fn open(&self, globals: &Globals) -> Result<Signer, Error> {
        if let Some(named) = &self.agent {
            return held_by_agent(globals, named);
        }
        match &self.key {
            Some(file) => open_file(globals, &globals.path(file)),
            None => {
                let file = door::key_file()?;
                if !door::is_there(&file) {
                    let what = format!("no key is named, and there is none at {}", file.display());
                    return Err(Error::new(what).with_help(
                        "Name one with --key FILE or --agent KEY, or make one with `undersigned keygen`.",
                    ));
                }
                open_file(globals, &file)
            }
        }
    }
}

/// Opens a private key's file.
pub fn open_file(globals: &Globals, file: &Path) -> Result<Signer, Error> {
    let pem = Zeroizing::new(read_at_most(file, LARGEST)?);
    let shown = file.display();
    let none = || {
        Error::new(format!("{shown} holds no private key that can sign here")).with_help(
            "Name a file of `undersigned keygen`, `openssl genpkey -algorithm ed25519` or `ssh-keygen -t ed25519`; a public key is for --agent.",
        )
    };
    let pem = std::str::from_utf8(&pem).map_err(|_| none())?;
    let form = Form::of(pem).ok_or_else(none)?;
    if open_to_others(file)? {
        return Err(
            Error::new(format!("others can read the private key {shown}")).with_help(format!(
                "Run `chmod 600 {shown}`, and think of who may have read it."
            )),
        );
    }
    match form {
        Form::Plain => Secret::open(pem, None).map(Signer::Secret),
        Form::Encrypted => {
            let question = format!("Passphrase of {shown}");
            let passphrase = ask::passphrase(globals, &question, false)?;
            Secret::open(pem, Some(&passphrase)).map(Signer::Secret)
        }
        Form::OpenSsh => {
            let public = public_of_openssh(pem).ok_or_else(|| {
                Error::new(format!("{shown} holds a key that is not Ed25519")).with_help(
                    "Make one with `ssh-keygen -t ed25519`, or -t ed25519-sk for a FIDO key.",
                )
            })?;
            Ok(Signer::Program(file.to_owned(), public))
        }
    }
}

/// A public key: from a .pub file, or as it was typed.
pub fn public_key(globals: &Globals, named: &str) -> Result<PublicKey, Error> {
    let file = globals.path(Path::new(named));
    let line = match door::is_there(&file) {
        true => String::from_utf8_lossy(&read_at_most(&file, LARGEST)?).into_owned(),
        false => named.to_owned(),
    };
    let line: Vec<&str> = line.split_whitespace().take(2).collect();
    PublicKey::parse(&line.join(" ")).map_err(|what| {
        Error::new(format!("{} is no public key: {what}", quote(named)))
            .with_help("Name a .pub file of `ssh-keygen -t ed25519`, or the line in it.")
    })
}

fn held_by_agent(globals: &Globals, named: &str) -> Result<Signer, Error> {
    let wanted = public_key(globals, named).ok();
    let keys = programs::agent_keys()?;
    let found = keys.into_iter().find(|(key, comment)| match &wanted {
        Some(wanted) => key == wanted,
        None => key.fingerprint() == named || comment == named,
    });
    found.map(|(key, _)| Signer::Agent(key)).ok_or_else(|| {
        Error::new(format!("the agent holds no Ed25519 key {}", quote(named)))
            .with_help("`ssh-add -l` lists what it holds; `ssh-add FILE` adds a key.")
    })
}

impl Signer {
    /// The public key.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Secret(secret) => secret.public(),
            Self::Program(_, public) | Self::Agent(public) => public.clone(),
        }
    }

    /// A signature over a text.
    pub fn sign(&self, globals: &Globals, text: &str, raw: bool) -> Result<String, Error> {
        let signature = match self {
            Self::Secret(secret) if raw => secret.sign_raw(text.as_bytes()),
            Self::Secret(secret) => secret.sign_ssh(text.as_bytes()),
            Self::Program(..) | Self::Agent(_) if raw => {
                return Err(Error::new("keys of OpenSSH make no raw signatures")
                    .with_help("Leave out --raw, or sign with a key in PKCS#8."));
            }
            Self::Program(file, _) => programs::ssh_sign(file, text.as_bytes(), !globals.no_input)?,
            Self::Agent(public) => {
                let file = door::passing_file(&format!("{public}\n"))?;
                programs::ssh_sign(file.path(), text.as_bytes(), !globals.no_input)?
            }
        };
        Ok(signature.trim_end_matches('\n').to_owned())
    }
}
