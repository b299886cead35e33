//! `letter add`: a letter that is new, or a translation of one that is there.

use super::about::About;
use super::desk::Desk;
use super::new_text::{Coming, text};
use crate::author::letters::{NewText, add, translate};
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::cli::answer::{Answer, Globals};
use crate::cli::ask;
use crate::letter::Letter;
use clap::Args;
use std::path::PathBuf;

/// Add a letter, or with --to a translation of a version that is there
///
/// The text of a letter is born clean: visible characters in Unicode Form C, LF at the end of each
/// line, no blanks before it. A FILE that is not is refused with every place; --fix puts its form
/// right, says where, and never touches a word. FILE itself stays as it is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned letter add letter.txt --id example-letter --language en \\
    --title 'An open letter' --addressee 'The council'
  undersigned letter add printed.txt --id older-letter --language en --fix \\
    --title 'An older letter' --addressee 'The council' \\
    --provenance imported --date 2019-03-21
  undersigned letter add korean.txt --to example-letter --language ko")]
pub struct Add {
    /// The file with the text; - for standard input
    file: PathBuf,

    /// The new letter's id, such as peace-2026
    #[arg(long, conflicts_with = "to")]
    id: Option<String>,

    /// Its title
    #[arg(long, conflicts_with = "to")]
    title: Option<String>,

    /// To whom it is written
    #[arg(long, value_name = "WHOM", conflicts_with = "to")]
    addressee: Option<String>,

    /// The language of the text, such as en; of a new letter the authentic one
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// The letter that the text translates
    #[arg(long, value_name = "LETTER")]
    to: Option<String>,

    /// The version that it translates; else the current one
    #[arg(long, value_name = "N", requires = "to")]
    version: Option<u64>,

    #[command(flatten)]
    coming: Coming,
}

impl Add {
    /// Judges the file and the registry with it, and writes.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let desk = Desk::find(globals)?;
        // A translation is as its version is, which is known before its file is read.
        let mut coming = self.coming.clone();
        let translated = match &self.to {
            None => None,
            Some(letter) => {
                if coming.date.is_some() || coming.source.is_some() {
                    let what = "a translation has no date and no source of its own";
                    return Err(Error::new(what).with_help("Leave --date and --source out."));
                }
                let held = desk.letter(letter)?;
                let current = held.letter.current().map_or(1, |version| version.number);
                let number = self.version.unwrap_or(current);
                if let Some(version) = held.letter.version(number) {
                    coming.provenance = version.provenance.into();
                }
                Some((held, number))
            }
        };
        let (bytes, mended) = match coming.read(globals, &self.file)? {
            Ok(clean) => clean,
            Err(answer) => return Ok(answer),
        };
        let text = text(globals, &self.file, bytes, self.language.as_deref())?;
        let edits = match translated {
            Some((held, number)) => translate(held, number, &text)?,
            None => add(&self.letter(globals, &desk, &text)?, &text),
        };
        let written = match desk.write(globals, &edits)? {
            Ok(written) => written,
            Err(answer) => return Ok(answer),
        };
        let digest = Digest::of(&text.bytes);
        let output = format!("{mended}{written}text {} {digest}\n", text.language);
        Ok(Answer::new(output.into_bytes(), false).and_did("the letter was written"))
    }

    fn letter(&self, globals: &Globals, desk: &Desk, text: &NewText) -> Result<Letter, Error> {
        let id = ask::spelled(
            globals,
            self.id.as_deref(),
            "Id of the letter (such as peace-2026)",
            "--id",
            Id::parse,
        )?;
        desk.is_free(&id)?;
        let about = About {
            id,
            title: self.title.as_deref(),
            addressee: self.addressee.as_deref(),
        };
        about.letter(globals, text, &self.coming)
    }
}
