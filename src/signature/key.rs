//! Public keys as OpenSSH writes them, in one spelling (RFC 8709, PROTOCOL.u2f).
//! Implements docs/formats/2-identifiers.md, key.

use super::accept;
use super::wire::{put, take};
use crate::base::digest::sha256;
use crate::base::encoding::{decode_base64, encode_base64};
use serde::Deserialize;
use std::fmt;

/// An Ed25519 public key: a plain one, or one that a FIDO device holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicKey {
    point: [u8; 32],
    /// The application of a FIDO key, such as `ssh:`.
    application: Option<String>,
}

const PLAIN: &str = "ssh-ed25519";
const FIDO: &str = "sk-ssh-ed25519@openssh.com";
const SPELLING: &str = "the key is not `ssh-ed25519` or `sk-ssh-ed25519@openssh.com`, one space, and the base64 of such a key, without a comment";

impl PublicKey {
    /// Reads the one spelling: the kind, one space, base64, no comment.
    pub fn parse(line: &str) -> Result<Self, &'static str> {
        let (kind, base64) = line.split_once(' ').ok_or(SPELLING)?;
        let key = decode_base64(base64).and_then(|blob| Self::from_blob(&blob));
        key.filter(|key| key.kind() == kind).ok_or(SPELLING)
    }

    /// A key that no FIDO device holds.
    pub fn plain(point: [u8; 32]) -> Self {
        Self {
            point,
            application: None,
        }
    }

    /// Reads a key as SSH carries it, with no byte left over.
    pub fn from_blob(blob: &[u8]) -> Option<Self> {
        let (kind, rest) = take(blob)?;
        let (point, rest) = take(rest)?;
        let application = match kind {
            kind if kind == PLAIN.as_bytes() && rest.is_empty() => None,
            kind if kind == FIDO.as_bytes() => Some(application(rest)?),
            _ => return None,
        };
        Some(Self {
            point: point.try_into().ok()?,
            application,
        })
    }

    /// The 32 bytes by which keys are compared.
    pub fn point(&self) -> &[u8; 32] {
        &self.point
    }

    /// The application of a FIDO key; none for a plain one.
    pub fn application(&self) -> Option<&str> {
        self.application.as_deref()
    }

    /// Why no signature by this key would prove anything, if that is so.
    pub fn weakness(&self) -> Option<&'static str> {
        accept::weakness(&self.point)
    }

    /// `ssh-ed25519` or `sk-ssh-ed25519@openssh.com`.
    pub fn kind(&self) -> &'static str {
        match self.application {
            Some(_) => FIDO,
            None => PLAIN,
        }
    }

    /// The key as SSH carries it.
    pub fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::new();
        put(&mut blob, self.kind().as_bytes());
        put(&mut blob, &self.point);
        if let Some(application) = &self.application {
            put(&mut blob, application.as_bytes());
        }
        blob
    }

    /// The key as one line, the spelling that `parse` reads.
    pub fn line(&self) -> String {
        format!("{} {}", self.kind(), encode_base64(&self.blob()))
    }

    /// The fingerprint as `ssh-keygen -lf` prints it: `SHA256:` and base64 without padding.
    pub fn fingerprint(&self) -> String {
        let base64 = encode_base64(&sha256(&self.blob()));
        format!("SHA256:{}", base64.trim_end_matches('='))
    }

    /// The key for programs that know no SSH: SubjectPublicKeyInfo in PEM (RFC 8410, RFC 7468).
    pub fn pem(&self) -> String {
        const HEADER: [u8; 12] = [
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0,
        ];
        let der = [&HEADER[..], &self.point[..]].concat();
        let base64 = encode_base64(&der);
        format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;

    fn try_from(line: String) -> Result<Self, Self::Error> {
        Self::parse(&line)
    }
}

/// `ssh:` and 0 to 60 printable ASCII characters, and nothing after it.
fn application(bytes: &[u8]) -> Option<String> {
    let (name, rest) = take(bytes)?;
    let fits = rest.is_empty()
        && name.starts_with(b"ssh:")
        && name.len() <= 64
        && name.iter().all(|byte| matches!(byte, 0x20..=0x7e));
    fits.then(|| String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(point: [u8; 32]) -> PublicKey {
        PublicKey::plain(point)
    }

    #[test]
    fn a_key_has_one_spelling() {
        let mut point = [0x66; 32];
        point[0] = 0x58;
        for key in [
            plain(point),
            PublicKey {
                point,
                application: Some("ssh:press".into()),
            },
        ] {
            let line = key.line();
            assert_eq!(PublicKey::parse(&line), Ok(key));
            for other in [
                format!("{line} comment"),
                format!(" {line}"),
                format!("{line}\n"),
                line.replace(' ', "  "),
            ] {
                assert!(PublicKey::parse(&other).is_err(), "{other}");
            }
        }
        assert_eq!(plain(point).weakness(), None);
    }

    #[test]
    fn blank_cheques_are_weak() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert!(
            plain(identity)
                .weakness()
                .is_some_and(|why| why.contains("small order"))
        );
        assert!(plain([0; 32]).weakness().is_some());
        // y = p + 3 is another encoding of y = 3.
        let mut other = [0xff; 32];
        other[0] = 0xf0;
        other[31] = 0x7f;
        assert!(
            plain(other).weakness().is_some(),
            "{:?}",
            plain(other).weakness()
        );
        // y = 2 is no point of the curve.
        let mut none = [0; 32];
        none[0] = 2;
        assert!(
            plain(none)
                .weakness()
                .is_some_and(|why| why.contains("no point"))
        );
    }
}
