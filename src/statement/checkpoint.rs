//! The newest state of the ledger that a signer saw: syntax alone, until there is a ledger.
//! Implements docs/formats/12-statement.md, lines.

use crate::base::encoding::decode_base64;
use crate::base::spelling::spelled;

spelled! {
    /// A size in decimal, one space, and the 44 characters of a root's base64 (C2SP tlog-checkpoint).
    Checkpoint, check
}

fn check(text: &str) -> Result<(), &'static str> {
    const SPELLING: &str =
        "the checkpoint is not a size in decimal, one space, and 44 characters of base64";
    let (size, root) = text.split_once(' ').ok_or(SPELLING)?;
    let counts = !size.is_empty()
        && size.bytes().all(|byte| byte.is_ascii_digit())
        && (size == "0" || !size.starts_with('0'))
        && size.parse::<u64>().is_ok();
    match decode_base64(root) {
        Some(bytes) if counts && bytes.len() == 32 => Ok(()),
        _ => Err(SPELLING),
    }
}
