//! SSH signatures in their armor, decoded strictly (OpenSSH's PROTOCOL.sshsig, PROTOCOL.u2f).
//! Implements docs/formats/13-signature.md, armor.

use super::key::PublicKey;
use super::wire::{put, take};
use crate::base::digest::{sha256, sha512};
use crate::base::encoding::{decode_base64, encode_base64};

/// The purpose that every signature here is made for; a signature for another one never counts.
pub const NAMESPACE: &[u8] = b"undersigned";

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----\n";
const END: &str = "\n-----END SSH SIGNATURE-----";
const MAGIC: &[u8] = b"SSHSIG";
const VERSION: [u8; 4] = [0, 0, 0, 1];

/// How wide our armor is, as that of `ssh-keygen`.
const WIDTH: usize = 70;

/// The hash that stands between the text and Ed25519.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256; read only to say of a signature why it does not count.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// The name in the blob.
    fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }
}

/// What a FIDO device adds to a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Bit 0: somebody touched the device. Bit 2: the device asked for a PIN or a finger.
    pub flags: u8,
    /// How often the device has signed, as it claims.
    pub counter: u32,
}

/// An SSH signature: what it says of itself, and the 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshSignature {
    /// The key that it says made it.
    pub key: PublicKey,
    /// The purpose that it was made for.
    pub namespace: Vec<u8>,
    /// The hash over the text.
    pub hash: Hash,
    /// What a FIDO device adds; of a plain key nothing.
    pub touch: Option<Touch>,
    /// R and S.
    pub bytes: [u8; 64],
}

impl SshSignature {
    /// Reads the armor: the BEGIN line, lines of 1 to 76 characters of base64, the END line, at most one LF.
    pub fn parse(armor: &str) -> Result<Self, &'static str> {
        let lines = armor
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix('\n').unwrap_or(rest).strip_suffix(END))
            .ok_or("the signature does not go from its BEGIN line to its END line")?;
        if !lines.split('\n').all(|line| (1..=76).contains(&line.len())) {
            return Err("the armor has a line that is not 1 to 76 characters long");
        }
        let blob = decode_base64(&lines.replace('\n', ""))
            .ok_or("the armor holds something other than base64 in its one spelling")?;
        Self::from_blob(&blob)
    }

    /// Reads the blob inside the armor, with no byte left over.
    fn from_blob(blob: &[u8]) -> Result<Self, &'static str> {
        const SHORT: &str = "the SSH signature ends before it is complete";
        let rest = blob
            .strip_prefix(MAGIC)
            .ok_or("the armor does not hold an SSH signature")?;
        let rest = rest
            .strip_prefix(&VERSION)
            .ok_or("the SSH signature is not of version 1")?;
        let (key, rest) = take(rest).ok_or(SHORT)?;
        let (namespace, rest) = take(rest).ok_or(SHORT)?;
        let (reserved, rest) = take(rest).ok_or(SHORT)?;
        let (hash, rest) = take(rest).ok_or(SHORT)?;
        let (signature, rest) = take(rest).ok_or(SHORT)?;
        if !reserved.is_empty() || !rest.is_empty() {
            return Err("the SSH signature holds bytes that have no meaning");
        }
        let key = PublicKey::from_blob(key)
            .ok_or("the SSH signature is by a key that is not Ed25519, or not of this form")?;
        let hash = match hash {
            b"sha256" => Hash::Sha256,
            b"sha512" => Hash::Sha512,
            _ => return Err("the SSH signature names a hash that it cannot be made with"),
        };
        let (kind, rest) = take(signature).ok_or(SHORT)?;
        if kind != key.kind().as_bytes() {
            return Err("the SSH signature and its key are of two kinds");
        }
        let (bytes, rest) = take(rest).ok_or(SHORT)?;
        let bytes: [u8; 64] = bytes
            .try_into()
            .map_err(|_| "the signature is not 64 bytes long")?;
        let touch = match (key.application(), rest) {
            (None, []) => None,
            (Some(_), [flags, a, b, c, d]) => Some(Touch {
                flags: *flags,
                counter: u32::from_be_bytes([*a, *b, *c, *d]),
            }),
            _ => return Err("the SSH signature has too few or too many bytes after its 64"),
        };
        Ok(Self {
            key,
            namespace: namespace.to_owned(),
            hash,
            touch,
            bytes,
        })
    }

    /// A signature by a plain key for this purpose, before it is made.
    pub fn unsigned(key: PublicKey) -> Self {
        Self {
            key,
            namespace: NAMESPACE.to_owned(),
            hash: Hash::Sha512,
            touch: None,
            bytes: [0; 64],
        }
    }

    /// The one spelling in which signatures by plain keys are written.
    pub fn armor(&self) -> String {
        let mut inner = Vec::new();
        put(&mut inner, self.key.kind().as_bytes());
        put(&mut inner, &self.bytes);
        let mut blob = [MAGIC, &VERSION].concat();
        put(&mut blob, &self.key.blob());
        put(&mut blob, &self.namespace);
        put(&mut blob, b"");
        put(&mut blob, self.hash.name().as_bytes());
        put(&mut blob, &inner);
        let base64 = encode_base64(&blob);
        let lines: Vec<String> = base64
            .as_bytes()
            .chunks(WIDTH)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        format!("{BEGIN}{}{END}\n", lines.join("\n"))
    }

    /// The bytes that Ed25519 signs where this signature is over `text`.
    pub fn message(&self, text: &[u8]) -> Vec<u8> {
        let digest = match self.hash {
            Hash::Sha256 => sha256(text).to_vec(),
            Hash::Sha512 => sha512(text).to_vec(),
        };
        let mut message = MAGIC.to_vec();
        put(&mut message, &self.namespace);
        put(&mut message, b"");
        put(&mut message, self.hash.name().as_bytes());
        put(&mut message, &digest);
        let (Some(application), Some(touch)) = (self.key.application(), self.touch) else {
            return message;
        };
        // PROTOCOL.u2f: the device signs the application, its flags and counter, and a hash of the rest.
        let mut signed = sha256(application.as_bytes()).to_vec();
        signed.push(touch.flags);
        signed.extend_from_slice(&touch.counter.to_be_bytes());
        signed.extend_from_slice(&sha256(&message));
        signed
    }
}
