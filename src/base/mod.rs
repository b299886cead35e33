//! The words all rooms speak: identifiers, digests, dates, places in a file, rules, findings, errors.

pub mod bound;
pub mod characters;
pub mod country;
pub mod date;
pub mod digest;
pub mod encoding;
pub mod error;
pub mod escape;
pub mod excerpt;
pub mod finding;
pub mod host;
pub mod id;
pub mod json;
pub mod language;
pub mod markdown;
pub mod origin;
pub mod prose;
pub mod rule;
pub mod shell;
pub mod source;
pub mod spelling;
pub mod website;
