//! The place of statements and attestations in a file: their text and signatures as they lie.
//! Implements docs/formats/8-record.md, statements.
//!
//! Their form alone is read here; `entry.rs` reads what they say.

use crate::base::bound;
use crate::base::encoding::decode_base64;
use crate::base::id::Id;
use crate::base::spelling::spelled;
use crate::signature::container::RAW;
use crate::statement::lines::LARGEST;
use crate::statement::write::FIRST;
use serde::Deserialize;

spelled! {
    /// The exact text that was signed: it begins as every statement does, and ends in a line feed.
    StatementText, check_text
}

spelled! {
    /// A signature in either container: SSHSIG armor, or `ed25519:` and base64.
    SignatureText, check_signature
}

spelled! {
    /// What an observer saw, one line of base64.
    Body, check_body
}

/// One entry of a record's `statements`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "StatementKeys")]
pub struct Statement {
    /// The exact text that was signed.
    pub text: StatementText,
    /// Who signed it.
    pub signed: Signed,
    /// The new key's signature over the same text.
    pub countersignature: Option<SignatureText>,
}

/// The signature of one key, or those of several maintainers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// By the key that the statement names.
    ByKey(SignatureText),
    /// By maintainers' keys.
    ByMaintainers(Vec<MaintainerSignature>),
}

/// One entry of a record's `attestations`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The exact text that was signed.
    pub text: StatementText,
    /// The attester's signature.
    pub signature: SignatureText,
    /// What an observer saw.
    pub body: Option<Body>,
}

/// One entry of the charter's `statements`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Governance {
    /// The exact text that was signed.
    pub text: StatementText,
    /// The maintainers' signatures.
    #[serde(deserialize_with = "bound::some")]
    pub signatures: Vec<MaintainerSignature>,
}

/// One maintainer's signature under a statement of several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaintainerSignature {
    /// The maintainer.
    pub maintainer: Id,
    /// The signature.
    pub signature: SignatureText,
}

/// The keys of a statement before it is known which of them go together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementKeys {
    text: StatementText,
    signature: Option<SignatureText>,
    signatures: Option<Vec<MaintainerSignature>>,
    countersignature: Option<SignatureText>,
}

impl TryFrom<StatementKeys> for Statement {
    type Error = &'static str;

    fn try_from(keys: StatementKeys) -> Result<Self, Self::Error> {
        let signed = match (keys.signature, keys.signatures) {
            (Some(one), None) => Signed::ByKey(one),
            (None, Some(several)) if !several.is_empty() => Signed::ByMaintainers(several),
            (None, _) => return Err("the statement has neither `signature` nor `signatures`"),
            (Some(_), Some(_)) => {
                return Err("the statement has both `signature` and `signatures`");
            }
        };
        Ok(Self {
            text: keys.text,
            signed,
            countersignature: keys.countersignature,
        })
    }
}

fn check_text(text: &str) -> Result<(), &'static str> {
    let rest = text.strip_prefix(FIRST);
    if text.len() > LARGEST {
        Err("the text is longer than 4096 bytes")
    } else if !rest.is_some_and(|rest| rest.starts_with('\n')) || !text.ends_with('\n') {
        Err(
            "the text does not begin with the line `undersigned statement v1` or does not end with a line end",
        )
    } else {
        Ok(())
    }
}

fn check_signature(text: &str) -> Result<(), &'static str> {
    const SPELLING: &str = "the signature is neither an SSH signature from its BEGIN line to its END line nor `ed25519:` and 88 characters of base64";
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    if text.len() > 1024 {
        return Err("the signature is longer than 1024 characters");
    }
    if let Some(raw) = text.strip_prefix(RAW) {
        let bytes = decode_base64(raw).ok_or(SPELLING)?;
        return if bytes.len() == 64 {
            Ok(())
        } else {
            Err(SPELLING)
        };
    }
    let lines = text
        .strip_prefix("-----BEGIN SSH SIGNATURE-----\n")
        .and_then(|rest| {
            rest.strip_suffix('\n')
                .unwrap_or(rest)
                .strip_suffix("\n-----END SSH SIGNATURE-----")
        })
        .ok_or(SPELLING)?;
    let armored = |line: &str| {
        (1..=76).contains(&line.len()) && line.bytes().all(|byte| base64(byte) || byte == b'=')
    };
    if lines.split('\n').all(armored) {
        Ok(())
    } else {
        Err(SPELLING)
    }
}

fn check_body(text: &str) -> Result<(), &'static str> {
    match decode_base64(text) {
        Some(bytes) if (1..=2048).contains(&bytes.len()) => Ok(()),
        _ => Err("the body is not one line of base64 of 1 to 2048 bytes"),
    }
}
