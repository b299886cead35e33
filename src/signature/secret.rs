//! Private keys in PKCS#8 (RFC 5958, RFC 8410), plain or encrypted with a passphrase (RFC 8018): made, read, and signed with.
//! Implements docs/formats/15-keys.md, key files.
//!
//! What this file holds of a secret is wiped from memory when it is dropped; what the libraries derive
//! on the way from a passphrase to a key is theirs, and not all of it is.

use super::key::PublicKey;
use super::sshsig::SshSignature;
use crate::base::encoding::{decode_base64_into, encode_base64};
use crate::base::error::Error;
use ed25519::pkcs8::KeypairBytes;
use ed25519_dalek::{Signer as _, SigningKey};
use pkcs8::pkcs5::pbes2::{Kdf, Parameters};
use pkcs8::{
    DecodePrivateKey as _, EncodePrivateKey as _, EncryptedPrivateKeyInfoRef, LineEnding,
    PrivateKeyInfoRef, SecretDocument,
};
use zeroize::Zeroizing;

/// How often PBKDF2 hashes a passphrase: what browsers and OpenSSL read, and slow to guess.
const ITERATIONS: u32 = 600_000;

/// What opening a key may cost at most, so that a file from elsewhere neither hangs nor ends the program:
/// rounds of PBKDF2, bytes of scrypt's memory, and how often scrypt fills it.
const MOST_ROUNDS: u32 = 10_000_000;
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
const MOST_LANES: u16 = 16;

/// Whether bytes are a private key in PKCS#8 without PEM around it, encrypted or not, of any kind.
pub fn is_der(bytes: &[u8]) -> bool {
    PrivateKeyInfoRef::try_from(bytes).is_ok()
        || EncryptedPrivateKeyInfoRef::try_from(bytes).is_ok()
}

/// A private Ed25519 key.
pub struct Secret(SigningKey);

/// What a file of a private key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// PKCS#8 without a passphrase.
    Plain,
    /// PKCS#8 with a passphrase.
    Encrypted,
    /// OpenSSH's own form, also of FIDO keys: `ssh-keygen` signs with it.
    OpenSsh,
}

impl Form {
    /// Tells by the label; nothing where it is no private key that can sign here.
    pub fn of(pem: &str) -> Option<Self> {
        let label = pem.trim_start().strip_prefix("-----BEGIN ")?;
        match label.split_once("-----")?.0 {
            "PRIVATE KEY" => Some(Self::Plain),
            "ENCRYPTED PRIVATE KEY" => Some(Self::Encrypted),
            "OPENSSH PRIVATE KEY" => Some(Self::OpenSsh),
            _ => None,
        }
    }
}

impl Secret {
    /// A new key from the system's randomness.
    pub fn generate() -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        fill(&mut *seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads PKCS#8 in PEM without a passphrase; `named` is what an error calls the file.
    pub fn open(pem: &str, named: &str) -> Result<Self, Error> {
        SigningKey::from_pkcs8_pem(pem.trim_start())
            .map(Self)
            .map_err(|error| {
                let what = format!("{named} holds no Ed25519 key in PKCS#8: {error}");
                Error::new(what).with_help(
                    "Make one with `undersigned keygen` or `openssl genpkey -algorithm ed25519`.",
                )
            })
    }

    /// Reads PKCS#8 in PEM that a passphrase encrypts, if what that costs is within the limits.
    pub fn unlock(pem: &str, passphrase: &str, named: &str) -> Result<Self, Error> {
        let strange = |error: &dyn std::fmt::Display| {
            let what = format!("{named} is encrypted in a way that is not read here: {error}");
            Error::new(what).with_help(
                "Encrypt it anew: `openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in FILE -out NEW`.",
            )
        };
        let (_, document) =
            SecretDocument::from_pem(pem.trim_start()).map_err(|error| strange(&error))?;
        let locked = EncryptedPrivateKeyInfoRef::try_from(document.as_bytes())
            .map_err(|error| strange(&error))?;
        let scheme = locked.encryption_algorithm.pbes2();
        let scheme = scheme.ok_or_else(|| strange(&"it is not PBES2"))?;
        within_limits(&scheme.kdf, named)?;
        let opened = match locked.decrypt(passphrase) {
            Err(
                error @ pkcs8::Error::EncryptedPrivateKey(
                    pkcs8::pkcs5::Error::UnsupportedAlgorithm { .. }
                    | pkcs8::pkcs5::Error::AlgorithmParametersInvalid { .. },
                ),
            ) => return Err(strange(&error)),
            opened => opened.ok(),
        };
        // One passphrase in 256 seems to open it, and what comes out then is no key of any kind.
        let info = opened
            .as_ref()
            .and_then(|opened| PrivateKeyInfoRef::try_from(opened.as_bytes()).ok());
        let info = info.ok_or_else(|| {
            Error::new(format!("the passphrase does not open {named}"))
                .with_help("Give the passphrase that the key was made with.")
        })?;
        SigningKey::try_from(info).map(Self).map_err(|error| {
            Error::new(format!("{named} holds no Ed25519 key: {error}"))
                .with_help("Make one with `undersigned keygen FILE`.")
        })
    }

    /// The key as a file, encrypted where there is a passphrase: PBES2, PBKDF2-SHA-256, AES-256-CBC.
    pub fn pem(&self, passphrase: Option<&str>) -> Result<Zeroizing<String>, Error> {
        let failed =
            |error: pkcs8::Error| Error::new(format!("the key cannot be written: {error}"));
        // Without the public key: OpenSSL reads no PKCS#8 that has it inside.
        let bare = KeypairBytes {
            secret_key: self.0.to_bytes(),
            public_key: None,
        };
        let Some(passphrase) = passphrase else {
            return bare.to_pkcs8_pem(LineEnding::LF).map_err(failed);
        };
        let (mut salt, mut iv) = ([0; 16], [0; 16]);
        fill(&mut salt)?;
        fill(&mut iv)?;
        let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(ITERATIONS, &salt, iv)
            .map_err(|error| failed(error.into()))?;
        let plain = bare.to_pkcs8_der().map_err(failed)?;
        let info = PrivateKeyInfoRef::try_from(plain.as_bytes()).map_err(failed)?;
        let encrypted = info
            .encrypt_with_params(parameters, passphrase)
            .map_err(failed)?;
        encrypted
            .to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF)
            .map_err(|error| failed(error.into()))
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        PublicKey::plain(self.0.verifying_key().to_bytes())
    }

    /// A signature over a text in SSH's armor, for the namespace `undersigned`.
    pub fn sign_ssh(&self, text: &[u8]) -> String {
        let mut signature = SshSignature::unsigned(self.public());
        signature.bytes = self.0.sign(&signature.message(text)).to_bytes();
        signature.armor()
    }

    /// A raw signature over a text.
    pub fn sign_raw(&self, text: &[u8]) -> String {
        let bytes = self.0.sign(text).to_bytes();
        format!("{}{}", super::container::RAW, encode_base64(&bytes))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// Refuses what would cost more than opening a key may.
fn within_limits(kdf: &Kdf, named: &str) -> Result<(), Error> {
    let dear = |what: String| {
        Err(Error::new(format!("{named} asks for {what}")).with_help(
            "Where it is yours, encrypt it anew: `openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -in FILE -out NEW`.",
        ))
    };
    match kdf {
        Kdf::Pbkdf2(asked) if asked.iteration_count > MOST_ROUNDS => dear(format!(
            "{} rounds of PBKDF2, and at most {MOST_ROUNDS} are done",
            asked.iteration_count
        )),
        Kdf::Scrypt(asked) => {
            let (blocks, lanes) = (u64::from(asked.block_size), asked.parallelization);
            let memory = asked.cost_parameter.saturating_mul(blocks * 128);
            if memory > MOST_MEMORY || lanes > MOST_LANES {
                return dear(format!(
                    "scrypt with {memory} bytes of memory, filled {lanes} times, and at most {MOST_MEMORY} bytes and {MOST_LANES} times are done"
                ));
            }
            Ok(())
        }
        Kdf::Pbkdf2(_) => Ok(()),
        _ => dear("a derivation that is not known here".to_owned()),
    }
}

/// What a file of OpenSSH's own form says without its passphrase (PROTOCOL.key).
#[derive(Debug)]
pub struct OpenSshKey {
    /// The public key.
    pub public: PublicKey,
    /// Whether the private one is encrypted.
    pub encrypted: bool,
}

impl OpenSshKey {
    /// Reads a file; nothing where it is damaged, or the key is of another kind.
    pub fn read(pem: &str) -> Option<Self> {
        use super::wire::take;
        // Neither grows: what is moved to a larger place leaves itself behind.
        let mut body = Zeroizing::new(String::with_capacity(pem.len()));
        let lines = pem.lines().filter(|line| !line.starts_with("-----"));
        lines.for_each(|line| body.push_str(line.trim()));
        let mut bytes = Zeroizing::new(vec![0; pem.len()]);
        let blob = decode_base64_into(&body, &mut bytes)?;
        let rest = blob.strip_prefix(b"openssh-key-v1\0")?;
        let (cipher, rest) = take(rest)?;
        let (_kdf, rest) = take(rest)?;
        let (_options, rest) = take(rest)?;
        let (_count, rest) = rest.split_first_chunk::<4>()?;
        let (key, _) = take(rest)?;
        Some(Self {
            public: PublicKey::from_blob(key)?,
            encrypted: cipher != b"none",
        })
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes)
        .map_err(|error| Error::new(format!("the system gives no randomness: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::container::Signature;

    #[test]
    fn what_is_signed_holds_and_what_is_written_opens() {
        let secret = Secret::generate().unwrap();
        for signature in [secret.sign_ssh(b"text"), secret.sign_raw(b"text")] {
            let read = Signature::parse(&signature).unwrap();
            assert!(read.judge(&secret.public(), b"text").is_ok());
            assert!(read.judge(&secret.public(), b"texts").is_err());
        }
        let plain = secret.pem(None).unwrap();
        assert_eq!(Form::of(&plain), Some(Form::Plain));
        let again = Secret::open(&plain, "it").unwrap();
        assert_eq!(again.public(), secret.public());
        assert!(Secret::open("-----BEGIN PRIVATE KEY-----\n", "it").is_err());
    }
}
