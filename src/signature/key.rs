//! Public keys as OpenSSH writes them, in one spelling (RFC 8709, PROTOCOL.u2f).
//! Implements docs/formats/2-identifiers.md, key.

use crate::base::encoding::{decode_base64, encode_base64};
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;

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
        let blob = decode_base64(base64).ok_or(SPELLING)?;
        let (inner, rest) = take(&blob).ok_or(SPELLING)?;
        let (point, rest) = take(rest).ok_or(SPELLING)?;
        let point: [u8; 32] = point.try_into().map_err(|_| SPELLING)?;
        if inner != kind.as_bytes() {
            return Err(SPELLING);
        }
        let application = match kind {
            PLAIN if rest.is_empty() => None,
            FIDO => Some(application(rest).ok_or(SPELLING)?),
            _ => return Err(SPELLING),
        };
        Ok(Self { point, application })
    }

    /// The 32 bytes by which keys are compared.
    pub fn point(&self) -> &[u8; 32] {
        &self.point
    }

    /// Why no signature by this key would prove anything, if that is so.
    ///
    /// A key of small order is a blank cheque: it verifies over texts that nobody signed.
    pub fn weakness(&self) -> Option<&'static str> {
        match VerifyingKey::from_bytes(&self.point) {
            Err(_) => Some("the key is no point of the curve"),
            Ok(key) if key.is_weak() => {
                Some("the key is of small order: it would verify over any text")
            }
            Ok(key) if key.to_edwards().compress().to_bytes() != self.point => {
                Some("the key is not in its canonical encoding")
            }
            Ok(_) => None,
        }
    }

    /// The key as one line, the spelling that `parse` reads.
    pub fn line(&self) -> String {
        let kind = match self.application {
            Some(_) => FIDO,
            None => PLAIN,
        };
        let mut blob = Vec::new();
        put(&mut blob, kind.as_bytes());
        put(&mut blob, &self.point);
        if let Some(application) = &self.application {
            put(&mut blob, application.as_bytes());
        }
        format!("{kind} {}", encode_base64(&blob))
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;

    fn try_from(line: String) -> Result<Self, Self::Error> {
        Self::parse(&line)
    }
}

/// A 32-bit big-endian length and that many bytes (RFC 4251, `string`), and what follows.
fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

fn put(blob: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    blob.extend_from_slice(&length.to_be_bytes());
    blob.extend_from_slice(bytes);
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
        PublicKey {
            point,
            application: None,
        }
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
