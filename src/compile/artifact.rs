//! Files to publish: which formats there are, and the digests of what was made.

use super::list::List;
use super::{csv, json, markdown, text};
use crate::base::digest::Digest;
use crate::base::error::Error;

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its name in the output folder, with `/` between folders.
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
    /// index.html and all that belongs to it, for people; it links the other formats and brings them.
    Site,
}

/// The formats of one file, in the order of the files' names.
pub const FILES: [Format; 4] = [Format::Csv, Format::Json, Format::Markdown, Format::Text];

impl Format {
    /// The name of its file; of the site its first page.
    pub fn file(self) -> &'static str {
        match self {
            Self::Json => "signatories.json",
            Self::Csv => "signatories.csv",
            Self::Markdown => "signatories.md",
            Self::Text => "signatories.txt",
            Self::Site => "index.html",
        }
    }
}

/// The files of these formats, each of one file; the site is made apart.
pub fn artifacts(list: &List<'_>, formats: &[Format]) -> Result<Vec<Artifact>, Error> {
    let all = formats.contains(&Format::Site);
    let mut made = Vec::new();
    for format in FILES
        .into_iter()
        .filter(|format| all || formats.contains(format))
    {
        let bytes = match format {
            Format::Json => json::write(list)?,
            Format::Csv => csv::write(list)?,
            Format::Markdown => markdown::write(list).into_bytes(),
            Format::Text => text::write(list).into_bytes(),
            Format::Site => continue,
        };
        made.push(Artifact {
            name: format.file().to_owned(),
            bytes,
        });
    }
    Ok(made)
}

/// The digests of what was published, in its order: what `sha256sum --check` reads.
#[derive(Debug, Default)]
pub struct Sums(String);

impl Sums {
    /// Adds a file.
    pub fn add(&mut self, artifact: &Artifact) {
        self.keep(&Digest::of(&artifact.bytes).hex(), &artifact.name);
    }

    /// Keeps what is known of a file that lies there already.
    pub fn keep(&mut self, digest: &str, name: &str) {
        self.0.push_str(&format!("{digest}  {name}\n"));
    }

    /// SHA256SUMS.
    pub fn artifact(self) -> Artifact {
        Artifact {
            name: "SHA256SUMS".to_owned(),
            bytes: self.0.into_bytes(),
        }
    }
}
