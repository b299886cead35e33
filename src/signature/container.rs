//! A signature in either container, and whether it holds over a text. Implements docs/formats/13-signature.md.

use super::accept::accepts;
use super::key::PublicKey;
use super::sshsig::{Hash, NAMESPACE, SshSignature};
use crate::base::encoding::decode_base64;

/// How a raw signature begins.
pub const RAW: &str = "ed25519:";

/// A signature as it was read; nothing is said of it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// An SSH signature: by `ssh-keygen`, an agent, a FIDO key.
    Ssh(SshSignature),
    /// 64 bytes over the text itself: by OpenSSL, a browser, an HSM.
    Raw([u8; 64]),
}

/// How a signature that holds was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// As an SSH signature by a plain key.
    Ssh,
    /// By a FIDO device that somebody touched, and whether it asked for a PIN.
    Fido {
        /// Whether the device says that it asked for a PIN or a finger.
        pin: bool,
    },
    /// Over the text itself.
    Raw,
}

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It does not hold over these bytes, for this key and purpose.
    DoesNotHold,
    /// It holds, and nobody touched the FIDO device.
    NotTouched,
}

impl Signature {
    /// Tells the containers apart by how they begin, and reads strictly.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let Some(base64) = text.strip_prefix(RAW) else {
            return SshSignature::parse(text).map(Self::Ssh);
        };
        let bytes = decode_base64(base64).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self::Raw).ok_or(
            "the raw signature is not `ed25519:` and 88 characters of base64 in its one spelling",
        )
    }

    /// Whether it is a signature over exactly these bytes by exactly this key, for this purpose.
    pub fn judge(&self, key: &PublicKey, text: &[u8]) -> Result<Means, Failure> {
        self.judge_where(key, || match self {
            Self::Raw(bytes) => accepts(key.point(), text, bytes),
            Self::Ssh(ssh) => accepts(key.point(), &ssh.message(text), &ssh.bytes),
        })
    }

    /// The same in a merge that relies on a partial report: the arithmetic alone is left out (docs/formats/21-partial.md, step 17).
    pub fn judge_relied(&self, key: &PublicKey) -> Result<Means, Failure> {
        self.judge_where(key, || true)
    }

    fn judge_where(&self, key: &PublicKey, holds: impl FnOnce() -> bool) -> Result<Means, Failure> {
        let meant = match self {
            // A FIDO device signs in its own form alone.
            Self::Raw(_) => key.application().is_none(),
            Self::Ssh(ssh) => {
                ssh.namespace == NAMESPACE && ssh.hash == Hash::Sha512 && ssh.key == *key
            }
        };
        if !meant || !holds() {
            return Err(Failure::DoesNotHold);
        }
        let touch = match self {
            Self::Raw(_) => return Ok(Means::Raw),
            Self::Ssh(ssh) => ssh.touch,
        };
        match touch {
            None => Ok(Means::Ssh),
            Some(touch) if touch.flags & 1 == 0 => Err(Failure::NotTouched),
            Some(touch) => Ok(Means::Fido {
                pin: touch.flags & 4 != 0,
            }),
        }
    }

    /// Which key made it over these bytes, for whatever purpose: only to explain why it does not count.
    pub fn maker<'a>(&'a self, known: &[&'a PublicKey], text: &[u8]) -> Option<&'a PublicKey> {
        match self {
            Self::Ssh(ssh) => {
                let made = accepts(ssh.key.point(), &ssh.message(text), &ssh.bytes);
                made.then_some(&ssh.key)
            }
            Self::Raw(bytes) => known
                .iter()
                .find(|key| accepts(key.point(), text, bytes))
                .copied(),
        }
    }
}

impl Means {
    /// How it was made, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ssh => "SSH signature",
            Self::Fido { pin: false } => "FIDO key, touched",
            Self::Fido { pin: true } => "FIDO key, touched, with PIN",
            Self::Raw => "raw signature",
        }
    }
}
