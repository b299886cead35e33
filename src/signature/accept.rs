//! The one predicate that accepts a signature, whatever its container; nothing else in the program does, and only a merge
//! relies on others who asked it (docs/formats/21-partial.md).
//! Implements docs/formats/13-signature.md, accepting (Ed25519, RFC 8032).

use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};

/// L, the order of the base point (RFC 8032, section 5.1), the lowest byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// 2^255 - 19, the field's prime, the lowest byte first.
const PRIME: [u8; 32] = [
    0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
];

/// The y of the eight points whose order divides 8, the lowest byte first: 0, 1, -1 and two of order 8.
const SMALL: [[u8; 32]; 5] = [
    [0; 32],
    [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x7f,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
];

/// Whether the key whose point is `point` made `signature` over `message`.
///
/// The 64 bytes are R and S. Every step can only refuse. The library's `verify_strict` says the same and takes
/// longer, since it looks for the point of R; the tests hold the two together.
pub fn accepts(point: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    // Step 10: S is below L, so that there is one S and not eight.
    let (r, s) = signature.split_at(32);
    if s.iter().rev().ge(ORDER.iter().rev()) {
        return false;
    }
    // Step 11: the key is canonical and no blank cheque.
    let Ok(key) = sound(point) else {
        return false;
    };
    // Step 12: R is not of small order, and the equation holds without its cofactor. The library compares R
    // with the canonical encoding of what it must be, so that no other encoding of a small point passes.
    r.try_into().is_ok_and(|r| !is_small(r))
        && key
            .verify(message, &Signature::from_bytes(signature))
            .is_ok()
}

/// Why no signature by this key would prove anything, if that is so.
///
/// A key of small order is a blank cheque: it verifies over texts that nobody signed.
pub fn weakness(point: &[u8; 32]) -> Option<&'static str> {
    sound(point).err()
}

/// The key, where signatures by it prove something.
fn sound(point: &[u8; 32]) -> Result<VerifyingKey, &'static str> {
    let key = VerifyingKey::from_bytes(point).map_err(|_| "the key is no point of the curve")?;
    if key.is_weak() {
        return Err("the key is of small order: it would verify over any text");
    }
    // Of a point that is not of small order x is not 0, so that its sign has one spelling.
    if unsigned(point).iter().rev().ge(PRIME.iter().rev()) {
        return Err("the key is not in its canonical encoding");
    }
    Ok(key)
}

/// Whether an encoding is one of a point of small order, in its canonical form.
fn is_small(encoding: &[u8; 32]) -> bool {
    SMALL.contains(&unsigned(encoding))
}

/// An encoded point's y, without the sign of its x.
fn unsigned(encoding: &[u8; 32]) -> [u8; 32] {
    let mut y = *encoding;
    if let Some(highest) = y.last_mut() {
        *highest &= 0x7f;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    use curve25519_dalek::edwards::CompressedEdwardsY;
    use curve25519_dalek::scalar::Scalar;
    use sha2::{Digest as _, Sha512};

    /// What the library's strict verification says, with the two refusals that the steps have besides.
    fn strict(point: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(point).is_ok_and(|key| {
            key.to_edwards().compress().to_bytes() == *point
                && key
                    .verify_strict(message, &Signature::from_bytes(signature))
                    .is_ok()
        })
    }

    /// Encodings of small points: canonical, with y + p, and with the sign of an x that is 0.
    fn small_encodings() -> Vec<[u8; 32]> {
        let mut found: Vec<[u8; 32]> = EIGHT_TORSION.map(|one| one.compress().to_bytes()).into();
        let others = [0xed, 0xee].map(|low| {
            let mut one = PRIME;
            one[0] = low;
            one
        });
        found.extend(others);
        let signed: Vec<[u8; 32]> = found
            .iter()
            .map(|one| {
                let mut other = *one;
                other[31] ^= 0x80;
                other
            })
            .collect();
        found.extend(signed);
        found
    }

    #[test]
    fn the_points_of_small_order_are_these() {
        for torsion in EIGHT_TORSION {
            assert!(is_small(&torsion.compress().to_bytes()));
        }
        assert!(!is_small(&ED25519_BASEPOINT_POINT.compress().to_bytes()));
    }

    /// Every combination of a key and an R, with and without a small point added, whose equation holds or nearly.
    #[test]
    fn it_says_what_strict_verification_says() {
        let mut secret = Scalar::from(7u8);
        let (mut accepted, mut refused) = (0, 0);
        for round in 0..64u8 {
            secret = secret * secret + Scalar::from(round);
            let nonce = secret * Scalar::from(3u8) + Scalar::ONE;
            let (a, r) = (
                ED25519_BASEPOINT_POINT * secret,
                ED25519_BASEPOINT_POINT * nonce,
            );
            let mut keys = small_encodings();
            let mut rs = small_encodings();
            for torsion in EIGHT_TORSION {
                keys.push((a + torsion).compress().to_bytes());
                rs.push((r + torsion).compress().to_bytes());
            }
            for key in &keys {
                for r in &rs {
                    let message = [round; 5];
                    let hash = Sha512::new()
                        .chain_update(r)
                        .chain_update(key)
                        .chain_update(message);
                    let challenge = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
                    // The S that fits the parts which are not small.
                    let plain = |bytes: &[u8; 32], own: Scalar| {
                        let point = CompressedEdwardsY(*bytes).decompress();
                        match point.is_some_and(|point| !point.is_small_order()) {
                            true => own,
                            false => Scalar::ZERO,
                        }
                    };
                    let s = plain(r, nonce) + challenge * plain(key, secret);
                    let mut signature = [0; 64];
                    signature[..32].copy_from_slice(r);
                    signature[32..].copy_from_slice(s.as_bytes());
                    let said = accepts(key, &message, &signature);
                    assert_eq!(said, strict(key, &message, &signature), "{key:?} {r:?}");
                    if said { accepted += 1 } else { refused += 1 }
                }
            }
        }
        assert!(accepted > 500 && refused > 10_000, "{accepted} {refused}");
    }
}
