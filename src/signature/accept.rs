//! The one predicate that accepts a signature, whatever its container; nothing else in the program does.
//! Implements docs/formats/13-signature.md, accepting (Ed25519, RFC 8032).

use ed25519_dalek::{Signature, VerifyingKey};

/// L, the order of the base point (RFC 8032, section 5.1), the lowest byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Whether the key whose point is `point` made `signature` over `message`.
///
/// The 64 bytes are R and S. Every step can only refuse.
pub fn accepts(point: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    // Step 10: S is below L, so that there is one S and not eight.
    let (_, s) = signature.split_at(32);
    if s.iter().rev().ge(ORDER.iter().rev()) {
        return false;
    }
    // Step 11: the key is canonical and no blank cheque.
    if weakness(point).is_some() {
        return false;
    }
    // Step 12: the equation holds without its cofactor, and R is not of small order either.
    VerifyingKey::from_bytes(point).is_ok_and(|key| {
        let signature = Signature::from_bytes(signature);
        key.verify_strict(message, &signature).is_ok()
    })
}

/// Why no signature by this key would prove anything, if that is so.
///
/// A key of small order is a blank cheque: it verifies over texts that nobody signed.
pub fn weakness(point: &[u8; 32]) -> Option<&'static str> {
    match VerifyingKey::from_bytes(point) {
        Err(_) => Some("the key is no point of the curve"),
        Ok(key) if key.is_weak() => {
            Some("the key is of small order: it would verify over any text")
        }
        Ok(key) if key.to_edwards().compress().to_bytes() != *point => {
            Some("the key is not in its canonical encoding")
        }
        Ok(_) => None,
    }
}
