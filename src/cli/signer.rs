//! The key that a person signs with: a file of ours, a file of OpenSSH, or one that an agent holds.

use super::answer::Globals;
use super::ask::Passphrases;
use super::programs::Passphrase;
use super::{door, programs};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::shell::quoted;
use crate::registry::worktree::{open_to_others, read_at_most};
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::signature::secret::{Form, OpenSshKey, Secret};
use clap::Args;
use std::fmt;
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
pub enum Signer {
    /// Opened by us.
    Secret(Secret),
    /// Held by OpenSSH.
    Program(ProgramKey),
    /// Held by an agent.
    Agent(PublicKey),
}

/// A key in a file that `ssh-keygen` is given.
pub struct ProgramKey {
    file: PathBuf,
    public: PublicKey,
    /// What opens it, where that was given.
    passphrase: Option<Zeroizing<String>>,
    /// Whether somebody can type it, or else the flag that gives it.
    nobody: Option<&'static str>,
}

impl KeyChoice {
    /// Opens the key that was chosen.
    pub fn open(&self, globals: &Globals) -> Result<Signer, Error> {
        if let Some(named) = &self.agent {
            Passphrases::of(globals).unneeded();
            return held_by_agent(globals, named);
        }
        let passphrases = Passphrases::of(globals);
        match &self.key {
            Some(file) => open_file(&globals.path(file), passphrases),
            None => {
                let file = door::key_file()?;
                if !door::is_there(&file) {
                    let what = format!("no key is named, and there is none at {}", file.display());
                    return Err(Error::new(what).with_help(
                        "Name one with --key FILE or --agent KEY, or make one with `undersigned keygen`.",
                    ));
                }
                open_file(&file, passphrases)
            }
        }
    }
}

/// Opens a private key's file.
pub fn open_file(file: &Path, passphrases: Passphrases<'_>) -> Result<Signer, Error> {
    const NAME: &str = "Name a file of `undersigned keygen`, `openssl genpkey -algorithm ed25519` or `ssh-keygen -t ed25519`; a public key is for --agent.";
    let shown = file.display().to_string();
    let read = read_at_most(file, LARGEST).map_err(|error| error.with_help(NAME))?;
    let pem = Zeroizing::new(read);
    let none =
        || Error::new(format!("{shown} holds no private key that can sign here")).with_help(NAME);
    let pem = std::str::from_utf8(&pem).map_err(|_| none())?;
    let form = Form::of(pem).ok_or_else(none)?;
    if open_to_others(file)? {
        return Err(
            Error::new(format!("others can read the private key {shown}")).with_help(format!(
                "Run `chmod 600 {}`, and think of who may have read it.",
                quoted(file)
            )),
        );
    }
    match form {
        Form::Plain => {
            passphrases.unneeded();
            Secret::open(pem, &shown).map(Signer::Secret)
        }
        Form::Encrypted => {
            let passphrase = passphrases.ask(&format!("Passphrase of {shown}"), false)?;
            Secret::unlock(pem, &passphrase, &shown).map(Signer::Secret)
        }
        Form::OpenSsh => {
            let key = OpenSshKey::read(pem).ok_or_else(|| {
                Error::new(format!("{shown} holds a key that is not Ed25519")).with_help(
                    "Make one with `ssh-keygen -t ed25519`, or -t ed25519-sk for a FIDO key.",
                )
            })?;
            let passphrase = match key.encrypted {
                true => passphrases.given()?,
                false => None,
            };
            Ok(Signer::Program(ProgramKey {
                file: file.to_owned(),
                public: key.public,
                passphrase,
                nobody: (!passphrases.can_ask()).then_some(passphrases.flag()),
            }))
        }
    }
}

/// A public key: from a .pub file, or as it was typed.
pub fn public_key(globals: &Globals, named: &str) -> Result<PublicKey, Error> {
    let file = globals.path(Path::new(named));
    // Somebody may name the private key by mistake.
    let line = Zeroizing::new(match door::is_there(&file) {
        true => {
            let read = Zeroizing::new(read_at_most(&file, LARGEST)?);
            String::from_utf8_lossy(&read).into_owned()
        }
        false => named.to_owned(),
    });
    let line: Vec<&str> = line.split_whitespace().take(2).collect();
    PublicKey::parse(&line.join(" ")).map_err(|what| {
        Error::new(format!("{} is no public key: {what}", quote(named)))
            .with_help("Name a .pub file of `ssh-keygen -t ed25519`, or the line in it.")
    })
}

/// A key that the SSH agent holds.
pub fn held_by_agent(globals: &Globals, named: &str) -> Result<Signer, Error> {
    let wanted = public_key(globals, named).ok();
    let mut found = programs::agent_keys()?;
    found.retain(|(key, comment)| match &wanted {
        Some(wanted) => key == wanted,
        None => key.fingerprint() == named || comment == named,
    });
    let mut keys = found.into_iter().map(|(key, _)| key);
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(Signer::Agent(key)),
        (None, _) => Err(
            Error::new(format!("the agent holds no Ed25519 key {}", quote(named)))
                .with_help("`ssh-add -l` lists what it holds; `ssh-add FILE` adds a key."),
        ),
        (Some(one), Some(other)) => {
            let all = [one, other].into_iter().chain(keys);
            let all: Vec<String> = all.map(|key| key.fingerprint()).collect();
            let what = format!("the agent holds {} keys {}", all.len(), quote(named));
            let help = format!("Name one by its fingerprint: {}.", all.join(", "));
            Err(Error::new(what).with_help(help))
        }
    }
}

impl Signer {
    /// The public key.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Secret(secret) => secret.public(),
            Self::Program(key) => key.public.clone(),
            Self::Agent(public) => public.clone(),
        }
    }

    /// A signature over a text.
    pub fn sign(&self, globals: &Globals, text: &str, raw: bool) -> Result<String, Error> {
        let signature = match self {
            Self::Secret(secret) if raw => secret.sign_raw(text.as_bytes()),
            Self::Secret(secret) => secret.sign_ssh(text.as_bytes()),
            Self::Program(_) | Self::Agent(_) if raw => {
                return Err(Error::new("keys of OpenSSH make no raw signatures")
                    .with_help("Leave out --raw, or sign with a key in PKCS#8."));
            }
            Self::Program(key) => {
                let passphrase = match (&key.passphrase, key.nobody) {
                    (Some(given), _) => Passphrase::Given(given),
                    (None, Some(flag)) => Passphrase::Nobody(flag),
                    (None, None) => Passphrase::Typed,
                };
                blinking(&key.public, globals);
                programs::ssh_sign(&key.file, &key.public, text.as_bytes(), passphrase)?
            }
            Self::Agent(public) => {
                let file = door::passing_file(&format!("{public}\n"))?;
                let nobody = Passphrase::Nobody(Passphrases::of(globals).flag());
                blinking(public, globals);
                programs::ssh_sign(file.path(), public, text.as_bytes(), nobody)?
            }
        };
        let signature = signature.trim_end_matches('\n');
        // Another program's word is a signature once it reads as one; whether it holds is judged in the record.
        Signature::parse(signature)
            .map_err(|what| Error::new(format!("what was signed is no signature: {what}")))?;
        Ok(signature.to_owned())
    }
}

/// Says that a FIDO key waits for a finger: whoever runs it sees nothing of what `ssh-keygen` prints.
fn blinking(key: &PublicKey, globals: &Globals) {
    if key.application().is_some() {
        let what = format!("touch the FIDO key when it blinks: {}", key.fingerprint());
        door::remark(&what, globals.color);
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signer").field(&self.public()).finish()
    }
}
