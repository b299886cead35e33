//! The statement that a standing rests on, the same in every JSON.

use crate::verify::held::Held;
use crate::verify::verdict::Verdict;
use serde::Serialize;

/// What a standing rests on; nothing but nulls where nothing was signed.
#[derive(Serialize)]
pub struct BasisJson<'a> {
    key: Option<String>,
    claimed_date: Option<&'a str>,
    claimed_authority: Option<&'a str>,
    claimed_reason: Option<&'a str>,
    endorsed_texts: Vec<&'a str>,
}

impl<'a> BasisJson<'a> {
    /// The statement behind a verdict.
    pub fn of(verdict: Option<&'a Verdict>) -> Self {
        let held = verdict.and_then(Verdict::basis);
        Self {
            key: held.map(|held| held.fingerprint()),
            claimed_date: held.map(|held| held.date().as_str()),
            claimed_authority: held.and_then(|held| held.authority()),
            claimed_reason: held.and_then(|held| held.reason()),
            endorsed_texts: held.map(Held::tags).unwrap_or_default(),
        }
    }
}

/// The digest of the text of the statement behind a verdict.
pub fn statement(verdict: Option<&Verdict>) -> Option<String> {
    let held = verdict.and_then(Verdict::basis)?;
    Some(held.digest().to_string())
}
