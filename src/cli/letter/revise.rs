//! `letter revise`: the next version of a letter.

use super::desk::Desk;
use super::new_text::{Coming, text};
use crate::author::letters::revise;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::cli::answer::{Answer, Globals};
use crate::cli::{ask, door};
use crate::letter::version::Relation;
use crate::registry::letters::HeldLetter;
use crate::report::wording;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Make a corrected or changed text the next version of a letter
///
/// Shows word by word what changes against the current version, and says how many organizations
/// endorsed that one: no endorsement moves to the new text. What stands in letter.yaml stays, byte
/// for byte; the new version is added behind it. README.md follows where it is as `init` made it;
/// else the lines that speak of the old text are told.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned letter revise example-letter corrected.txt --relation erratum
  undersigned letter revise example-letter changed.txt \\
    --relation substantive --date 2026-12-01
  undersigned letter revise example-letter pasted.txt --relation erratum --fix")]
pub struct Revise {
    /// The letter
    letter: String,

    /// The file with the new text in the authentic language; - for standard input
    file: PathBuf,

    /// erratum: a slip is corrected; substantive: something else is said; asked where left out
    #[arg(long, value_name = "WORD", hide_possible_values = true)]
    relation: Option<Change>,

    #[command(flatten)]
    coming: Coming,
}

/// What a version is to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Change {
    /// A slip is corrected
    Erratum,
    /// Something else is said
    Substantive,
}

impl From<Change> for Relation {
    fn from(change: Change) -> Self {
        match change {
            Change::Erratum => Self::Erratum,
            Change::Substantive => Self::Substantive,
        }
    }
}

impl Revise {
    /// Compares, asks what the change is, and writes.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let desk = Desk::find(globals)?;
        let held = desk.letter(&self.letter)?;
        let (bytes, mended) = match self.coming.read(globals, &self.file)? {
            Ok(clean) => clean,
            Err(answer) => return Ok(answer),
        };
        let language = held.letter.authentic.as_str().to_owned();
        let text = text(globals, &self.file, bytes, Some(&language))?;
        let difference = format!(
            "{}{}",
            difference(held, &text.bytes)?,
            self.behind(&desk, held)
        );
        let (relation, shown) = match self.relation {
            Some(change) => (change.into(), difference),
            None => {
                if ask::can_ask(globals) {
                    door::tell(&difference, globals.color);
                }
                (self.asked(globals)?, String::new())
            }
        };
        let circumstances = self.coming.circumstances(globals)?;
        let (letter, mut edits) = revise(held, relation, circumstances, &text)?;
        let stale = desk.renew(&held.letter, &letter, &mut edits)?;
        let written = match desk.write(globals, &edits)? {
            Ok(written) => written,
            Err(answer) => return Ok(answer),
        };
        let digest = Digest::of(&text.bytes);
        let output = format!("{mended}{shown}{written}text {language} {digest}\n");
        let answer = Answer::new(output.into_bytes(), false).and_did("the new version was written");
        Ok(match stale {
            None => answer,
            Some(stale) => answer.with_remark(stale),
        })
    }

    fn asked(&self, globals: &Globals) -> Result<Relation, Error> {
        const WORDS: [&str; 2] = [
            "erratum: a slip is corrected",
            "substantive: something else is said",
        ];
        let question = "Relation to the version before";
        let flag = "--relation erratum or --relation substantive";
        let chosen = ask::choice(globals, question, flag, &WORDS)?;
        Ok(match chosen.starts_with("erratum") {
            true => Relation::Erratum,
            false => Relation::Substantive,
        })
    }

    /// How many stand behind the current text.
    fn behind(&self, desk: &Desk, held: &HeldLetter) -> String {
        let letters = &desk.judged.report.letters;
        let report = letters.iter().find(|report| report.id == held.letter.id);
        report.map_or_else(String::new, wording::behind)
    }
}

/// The way from the current authentic text to a new one.
fn difference(held: &HeldLetter, new: &[u8]) -> Result<String, Error> {
    let current = held.letter.current().map_or(1, |version| version.number);
    let old = held.authentic(current).ok_or_else(|| {
        let what = format!("the text of version {current} cannot be read");
        Error::new(what).with_help("`undersigned validate` says why.")
    })?;
    if old.bytes == new {
        let what = format!("the file is the text of version {current} already");
        return Err(Error::new(what).with_help("Name the file with the new text."));
    }
    Ok(wording::between(&old.bytes, new))
}
