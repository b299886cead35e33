//! Letters on their way into a registry: a new one, a translation, a new version.
//! Implements docs/formats/6-letter.md, writing.

use super::edit::Edit;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::language::Language;
use crate::base::prose::Prose;
use crate::letter::Letter;
use crate::letter::version::{Provenance, Relation, Text, TextFile, Version};
use crate::record::insert::insert;
use crate::record::letter as layout;
use crate::record::reading::typed;
use crate::record::route::Route;
use crate::record::yaml;
use crate::registry::layout::letter_folder;
use crate::registry::letters::HeldLetter;

/// How a text's file ends: `txt` or `md`.
pub const ENDINGS: [&str; 2] = ["txt", "md"];

/// A text that is clean, before it has a version.
#[derive(Debug, Clone)]
pub struct NewText {
    /// Its language.
    pub language: Language,
    /// How its file ends, one of [`ENDINGS`].
    pub ending: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is said of a version beside its text.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The day it was published, as its publisher claims.
    pub date: Date,
    /// Whether it was published elsewhere before.
    pub provenance: Provenance,
    /// What was published, where, and how the text was taken from it.
    pub source: Option<Prose>,
}

impl NewText {
    /// The text as the version of this number names it.
    fn named(&self, version: u64) -> Result<Text, Error> {
        let file = format!("v{version}/{}.{}", self.language, self.ending);
        Ok(Text {
            language: self.language.clone(),
            file: TextFile::parse(&file).map_err(Error::new)?,
            digest: Digest::of(&self.bytes),
        })
    }

    /// The text as a version of this number.
    pub fn version(
        &self,
        number: u64,
        relation: Relation,
        circumstances: Circumstances,
    ) -> Result<Version, Error> {
        Ok(Version {
            number,
            date: circumstances.date,
            relation,
            provenance: circumstances.provenance,
            source: circumstances.source,
            texts: vec![self.named(number)?],
            claims: None,
        })
    }

    fn edit(&self, folder: &str, named: &Text) -> Edit {
        Edit {
            path: format!("{folder}/{}", named.file),
            before: None,
            after: self.bytes.clone(),
        }
    }
}

/// The files of a letter that is new: its text first, so that letter.yaml never names what is not there.
pub fn add(letter: &Letter, text: &NewText) -> Vec<Edit> {
    let folder = letter_folder(&letter.id);
    let texts = letter.versions.iter().flat_map(|version| &version.texts);
    let mut edits: Vec<Edit> = texts.map(|named| text.edit(&folder, named)).collect();
    edits.push(Edit {
        path: format!("{folder}/letter.yaml"),
        before: None,
        after: layout::letter(letter).into_bytes(),
    });
    edits
}

/// A translation of a version that is there.
pub fn translate(held: &HeldLetter, number: u64, text: &NewText) -> Result<Vec<Edit>, Error> {
    let versions = &held.letter.versions;
    let index = versions.iter().position(|version| version.number == number);
    let (Some(index), Some(version)) = (index, held.letter.version(number)) else {
        let what = format!("`{}` has no version {number}", held.letter.id);
        let help = format!("It has {} so far.", versions.len());
        return Err(Error::new(what).with_help(help));
    };
    if version.text(&text.language).is_some() {
        let what = format!(
            "version {number} of `{}` has a text in {} already",
            held.letter.id,
            quote(text.language.as_str())
        );
        return Err(Error::new(what).with_help(
            "A text never changes; `undersigned letter revise` makes a corrected one a new version.",
        ));
    }
    let named = text.named(number)?;
    let mut wanted = held.letter.clone();
    if let Some(version) = wanted.versions.get_mut(index) {
        version.texts.push(named.clone());
    }
    let route = Route::root().key("versions").item(index).key("texts");
    extend(held, &route, &layout::text(&named), &wanted, text, &named)
}

/// The letter with its next version, which has this text as its authentic one, and the files of that.
pub fn revise(
    held: &HeldLetter,
    relation: Relation,
    circumstances: Circumstances,
    text: &NewText,
) -> Result<(Letter, Vec<Edit>), Error> {
    let number = held
        .letter
        .current()
        .map_or(1, |current| current.number + 1);
    let version = text.version(number, relation, circumstances)?;
    let mut wanted = held.letter.clone();
    let lines = layout::version(&version);
    let named = text.named(number)?;
    wanted.versions.push(version);
    let route = Route::root().key("versions");
    let edits = extend(held, &route, &lines, &wanted, text, &named)?;
    Ok((wanted, edits))
}

/// letter.yaml with these lines at the end of a list, where it then says what is wanted and nothing else.
fn extend(
    held: &HeldLetter,
    list: &Route,
    lines: &[String],
    wanted: &Letter,
    text: &NewText,
    named: &Text,
) -> Result<Vec<Edit>, Error> {
    let before = held.document.source().text();
    let after = insert(&held.document, list, lines)
        .filter(|after| reads_as(after, &held.path, wanted))
        .ok_or_else(|| {
            let what = format!(
                "{} has a layout to which nothing can be added safely",
                held.path
            );
            Error::new(what).with_help("Add the text by hand, as docs/formats/6-letter.md says.")
        })?;
    let folder = held.path.trim_end_matches("/letter.yaml");
    Ok(vec![
        text.edit(folder, named),
        Edit {
            path: held.path.clone(),
            before: Some(before.as_bytes().to_vec()),
            after: after.into_bytes(),
        },
    ])
}

fn reads_as(text: &str, path: &str, wanted: &Letter) -> bool {
    let parsed = yaml::parse(path, text.as_bytes());
    let document = parsed.document.filter(|_| parsed.findings.is_empty());
    document.is_some_and(|document| {
        typed::<Letter>(&document, &document.to_json()).is_ok_and(|read| read == *wanted)
    })
}
