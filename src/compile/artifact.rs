//! Files to publish: which formats there are, and the digests of what was made.

use super::list::List;
use super::{csv, json, markdown, text};
use crate::base::digest::Digest;
use crate::base::error::Error;

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its name in the output folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A format of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// signatories.json, for programs.
    Json,
    /// signatories.csv, for spreadsheets.
    Csv,
    /// signatories.md, for pages.
    Markdown,
    /// signatories.txt, for print.
    Text,
}

/// Every format, in the order of the files' names.
pub const FORMATS: [Format; 4] = [Format::Csv, Format::Json, Format::Markdown, Format::Text];

impl Format {
    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Json => "signatories.json",
            Self::Csv => "signatories.csv",
            Self::Markdown => "signatories.md",
            Self::Text => "signatories.txt",
        }
    }
}

/// The files of these formats, and last SHA256SUMS over them.
pub fn artifacts(list: &List<'_>, formats: &[Format]) -> Result<Vec<Artifact>, Error> {
    let mut made = Vec::new();
    for format in FORMATS
        .into_iter()
        .filter(|format| formats.contains(format))
    {
        let bytes = match format {
            Format::Json => json::write(list)?,
            Format::Csv => csv::write(list)?,
            Format::Markdown => markdown::write(list).into_bytes(),
            Format::Text => text::write(list).into_bytes(),
        };
        made.push(Artifact {
            name: format.file().to_owned(),
            bytes,
        });
    }
    made.push(Artifact {
        name: "SHA256SUMS".to_owned(),
        bytes: sums(&made).into_bytes(),
    });
    Ok(made)
}

/// What `sha256sum --check` reads.
fn sums(artifacts: &[Artifact]) -> String {
    artifacts
        .iter()
        .map(|artifact| format!("{}  {}\n", Digest::of(&artifact.bytes).hex(), artifact.name))
        .collect()
}
