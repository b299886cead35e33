//! A text before it comes into a registry: born clean, put right on request, or refused with its stains.
//! Implements docs/formats/5-text.md, what is put right.

use crate::base::finding::Finding;
use crate::base::rule::TEXT_NOT_CLEAN;
use crate::base::source::{Source, Span};
use crate::letter::text::stains;
use crate::letter::tidy::tidy;
use crate::letter::version::Provenance;

/// What comes of a file that is to be a text.
#[derive(Debug, Clone)]
pub enum Birth {
    /// It is clean as it lies.
    Clean(Vec<u8>),
    /// It is clean once this is put right.
    Mended(Vec<u8>, Vec<Mend>),
    /// It holds what nobody but its author can put right, or nothing was to be put right.
    Refused(Vec<Finding>),
}

/// Something that was put right, told at its first place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How often.
    pub times: usize,
    /// What was done.
    pub what: &'static str,
}

impl Birth {
    /// Judges a file; with `fix`, what can be put right is.
    pub fn of(path: &str, bytes: &[u8], provenance: Provenance, fix: bool) -> Self {
        let found = findings(path, bytes, provenance);
        if found.is_empty() {
            return Self::Clean(bytes.to_vec());
        }
        let Some(tidied) = tidy(bytes, provenance).filter(|_| fix) else {
            return Self::Refused(found);
        };
        let left = findings(path, tidied.text.as_bytes(), provenance);
        if !left.is_empty() {
            return Self::Refused(left);
        }
        let source = Source::new(path, String::from_utf8_lossy(bytes));
        let mends = tidied.changes.iter().map(|change| {
            let place = source.place(Span::new(change.at, change.at));
            Mend {
                line: place.line,
                column: place.column,
                times: change.times,
                what: change.what,
            }
        });
        Self::Mended(tidied.text.into_bytes(), mends.collect())
    }
}

/// What is not clean in a file.
fn findings(path: &str, bytes: &[u8], provenance: Provenance) -> Vec<Finding> {
    let source = Source::new(path, String::from_utf8_lossy(bytes));
    let stains = stains(bytes, provenance);
    stains
        .into_iter()
        .map(|stain| Finding::at(&TEXT_NOT_CLEAN, &source, stain.span, stain.what))
        .collect()
}
