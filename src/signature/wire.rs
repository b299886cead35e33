//! Strings as SSH writes them: a 32-bit big-endian length and that many bytes (RFC 4251, section 5).
//! Implements docs/formats/2-identifiers.md, key, and 13-signature.md, armor.

/// The first string of `bytes`, and what follows it.
pub fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// Appends `bytes` as a string. Nothing that is signed here comes near 2^32 bytes.
pub fn put(blob: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    blob.extend_from_slice(&length.to_be_bytes());
    blob.extend_from_slice(bytes);
}
