//! Base64 with one spelling: padded, zero trailing bits (RFC 4648, section 4).
//! Implements docs/formats/2-identifiers.md, base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The bytes that `text` spells, or nothing where another spelling would mean the same.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    (encode_base64(&bytes) == text).then_some(bytes)
}

/// The bytes that `text` spells, in a place that the caller made, and wipes if they are secret.
pub fn decode_base64_into<'a>(text: &str, place: &'a mut [u8]) -> Option<&'a [u8]> {
    let length = STANDARD.decode_slice(text, place).ok()?;
    place.get(..length)
}

/// The one spelling of `bytes`.
pub fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_one_spelling() {
        assert_eq!(decode_base64("AQ=="), Some(vec![1]));
        for other in ["AQ", "AQ=", "AR==", "AQ==\n", " AQ==", "A-_=", "AQ==AQ=="] {
            assert_eq!(decode_base64(other), None, "{other}");
        }
    }
}
