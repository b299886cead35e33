//! Private keys in PKCS#8 (RFC 5958, RFC 8410), plain or encrypted with a passphrase (RFC 8018): made, read, and signed with.
//! Implements docs/formats/15-keys.md, key files.
//!
//! What is secret here is wiped from memory when it is dropped.

use super::key::PublicKey;
use super::sshsig::SshSignature;
use crate::base::encoding::encode_base64;
use crate::base::error::Error;
use ed25519::pkcs8::KeypairBytes;
use ed25519_dalek::{Signer as _, SigningKey};
use pkcs8::pkcs5::pbes2::Parameters;
use pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding, PrivateKeyInfoRef};
use zeroize::Zeroizing;

/// How often PBKDF2 hashes a passphrase: what browsers and OpenSSL read, and slow to guess.
const ITERATIONS: u32 = 600_000;

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

    /// Reads PKCS#8 in PEM, with its passphrase where it has one.
    pub fn open(pem: &str, passphrase: Option<&str>) -> Result<Self, Error> {
        let pem = pem.trim_start();
        let read = match passphrase {
            None => SigningKey::from_pkcs8_pem(pem),
            Some(passphrase) => SigningKey::from_pkcs8_encrypted_pem(pem, passphrase),
        };
        read.map(Self).map_err(|error| match passphrase {
            None => Error::new(format!("the key file holds no Ed25519 key in PKCS#8: {error}"))
                .with_help("Make one with `undersigned keygen` or `openssl genpkey -algorithm ed25519`."),
            Some(_) => Error::new("the passphrase does not open the key, or the key is not Ed25519")
                .with_help("Type the passphrase again; `openssl pkey -in FILE -text -noout` says what the file holds."),
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

/// The public key inside a file of OpenSSH's own form, which is never encrypted there (PROTOCOL.key).
pub fn public_of_openssh(pem: &str) -> Option<PublicKey> {
    use super::wire::take;
    let body: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .map(str::trim)
        .collect();
    let blob = crate::base::encoding::decode_base64(&body)?;
    let rest = blob.strip_prefix(b"openssh-key-v1\0")?;
    let (_cipher, rest) = take(rest)?;
    let (_kdf, rest) = take(rest)?;
    let (_options, rest) = take(rest)?;
    let (_count, rest) = rest.split_first_chunk::<4>()?;
    let (key, _) = take(rest)?;
    PublicKey::from_blob(key)
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
        let again = Secret::open(&plain, None).unwrap();
        assert_eq!(again.public(), secret.public());
        assert!(Secret::open("-----BEGIN PRIVATE KEY-----\n", None).is_err());
    }
}
