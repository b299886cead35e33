//! The arguments about a text that comes in: its file, its language, and where it comes from.

use crate::author::birth::{Birth, Mend};
use crate::author::letters::{Circumstances, ENDINGS, NewText};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::language::Language;
use crate::base::prose::Prose;
use crate::cli::answer::{Answer, Globals, parsed, refused};
use crate::cli::{ask, clock, door};
use crate::letter::version::Provenance;
use crate::registry::layout::TEXT_LIMIT;
use crate::registry::worktree::{read_at_most, read_input};
use crate::report::{mending, terminal};
use clap::{Args, ValueEnum};
use std::path::Path;

/// Where a text comes from, and whether its form is put right.
#[derive(Debug, Clone, Args)]
pub struct Coming {
    /// The day the text was published, as its publisher says; a native one is published today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,

    /// native: published here first (usual); imported: elsewhere before
    #[arg(
        long,
        value_name = "WORD",
        default_value = "native",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub provenance: Origin,

    /// What was published, where, and how the text was taken from it
    #[arg(long, value_name = "PROSE")]
    pub source: Option<String>,

    /// Put line ends, blanks, invisible characters and Unicode Form C right, and say where
    #[arg(long)]
    pub fix: bool,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// It is published here first
    Native,
    /// It was published elsewhere before
    Imported,
}

impl From<Origin> for Provenance {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Native => Self::Native,
            Origin::Imported => Self::Imported,
        }
    }
}

impl From<Provenance> for Origin {
    fn from(provenance: Provenance) -> Self {
        match provenance {
            Provenance::Native => Self::Native,
            Provenance::Imported => Self::Imported,
        }
    }
}

/// A file that is clean, or the answer that says why it is not.
pub type Read = Result<(Vec<u8>, String), Answer>;

impl Coming {
    /// What is said of the version, asked for where it is missing.
    pub fn circumstances(&self, globals: &Globals) -> Result<Circumstances, Error> {
        let provenance = self.provenance.into();
        let date = match (&self.date, provenance) {
            (None, Provenance::Native) => clock::today()?,
            (given, _) => ask::spelled(
                globals,
                given.as_deref(),
                "Day it was published (YYYY-MM-DD)",
                "--date",
                Date::parse,
            )?,
        };
        if provenance == Provenance::Native
            && let Some(far) = clock::far_from_today(&date)
        {
            let what = format!("the text is said to be published on {date}, {far}");
            door::remark(&what, globals.color);
        }
        let source = match &self.source {
            None => None,
            Some(source) => Some(parsed("--source", source, Prose::parse)?),
        };
        Ok(Circumstances {
            date,
            provenance,
            source,
        })
    }

    /// The bytes of a file, clean, and what was put right in words; on a terminal it is offered.
    pub fn read(&self, globals: &Globals, file: &Path) -> Result<Read, Error> {
        let bytes = match file.to_str() {
            Some("-") => read_input(TEXT_LIMIT)?,
            _ => read_at_most(&globals.path(file), TEXT_LIMIT)?,
        };
        let shown = match file.to_str() {
            Some("-") => "standard input".to_owned(),
            _ => file.display().to_string(),
        };
        let birth = |fix| Birth::of(&shown, &bytes, self.provenance.into(), fix);
        let told = |mends: &[Mend]| mending::text(&shown, mends);
        match birth(self.fix) {
            Birth::Clean(bytes) => {
                let kept = mending::kept(&bytes);
                Ok(Ok((bytes, kept)))
            }
            Birth::Mended(bytes, mends) => {
                let told = told(&mends) + &mending::kept(&bytes);
                Ok(Ok((bytes, told)))
            }
            Birth::Refused(findings) => {
                // What --fix would do is the same for whoever cannot be asked.
                let Birth::Mended(bytes, mends) = birth(true) else {
                    let help =
                        "nothing was written; only the author of the text can put this right";
                    return Ok(Err(refused(globals, &findings, help)?));
                };
                if self.fix || !ask::can_ask(globals) {
                    let help = "nothing was written; --fix puts this right and says where";
                    return Ok(Err(refused(globals, &findings, help)?));
                }
                door::tell(&terminal::findings(&findings), globals.color);
                door::tell(&told(&mends), globals.color);
                match ask::confirm(globals, "Put this right?", "--fix")? {
                    // Where it was put right has just been shown.
                    true => {
                        let kept = mending::kept(&bytes);
                        Ok(Ok((bytes, kept)))
                    }
                    false => Err(Error::new("stopped; nothing was written")),
                }
            }
        }
    }
}

/// A clean file's bytes as a text in a language; the file's name says whether it is Markdown.
pub fn text(
    globals: &Globals,
    file: &Path,
    bytes: Vec<u8>,
    language: Option<&str>,
) -> Result<NewText, Error> {
    let language = ask::spelled(
        globals,
        language,
        "Language of the text (such as en, ko, zh-Hant)",
        "--language",
        Language::parse,
    )?;
    let ending = file.extension().and_then(|ending| ending.to_str());
    let known = ENDINGS.iter().find(|known| Some(**known) == ending);
    Ok(NewText {
        language,
        ending: known.unwrap_or(&"txt"),
        bytes,
    })
}
