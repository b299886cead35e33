//! How our writer spells a value in YAML.
//! Implements docs/formats/4-yaml.md, canonical layout.

use super::plain::misread;

/// Text in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A value that is plain wherever every reader takes it for a string.
pub fn plain(text: &str) -> String {
    let number = text.bytes().all(|byte| byte.is_ascii_digit());
    match number || misread(text).is_some() {
        true => quoted(text),
        false => text.to_owned(),
    }
}
