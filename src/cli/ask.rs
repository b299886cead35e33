//! The only file that asks: a question has a flag that answers it, and nobody is asked where nobody sits.

use super::answer::{Globals, parsed};
use super::door;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::registry::worktree::{read_at_most, read_input};
use inquire::{Confirm, InquireError, Password, PasswordDisplayMode, Select, Text};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use zeroize::Zeroizing;

/// A passphrase is no longer than this.
const LONGEST: u64 = 4096;

/// Whether somebody can be asked.
pub fn can_ask(globals: &Globals) -> bool {
    !globals.no_input && io::stdin().is_terminal()
}

/// The error for a question that cannot be asked: the flag that answers it.
fn unasked(question: &str, flag: &str) -> Error {
    Error::new(format!("{question} cannot be asked here"))
        .with_help(format!("Answer it with {flag}."))
}

/// A yes or no; `flag` is the one that means yes.
pub fn confirm(globals: &Globals, question: &str, flag: &str) -> Result<bool, Error> {
    if !can_ask(globals) {
        return Err(unasked("the confirmation", flag));
    }
    answered(Confirm::new(question).with_default(false).prompt())
}

/// A line of text.
pub fn line(globals: &Globals, question: &str, flag: &str) -> Result<String, Error> {
    if !can_ask(globals) {
        return Err(unasked(&format!("\"{question}\""), flag));
    }
    answered(Text::new(question).prompt())
}

/// One of a few words.
pub fn choice<'a>(
    globals: &Globals,
    question: &str,
    flag: &str,
    words: &[&'a str],
) -> Result<&'a str, Error> {
    if !can_ask(globals) {
        return Err(unasked(&format!("\"{question}\""), flag));
    }
    answered(Select::new(question, words.to_vec()).prompt())
}

/// What an argument says, or what somebody answers, in its one spelling.
pub fn spelled<T>(
    globals: &Globals,
    given: Option<&str>,
    question: &str,
    flag: &str,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<T, Error> {
    let value = match given {
        Some(given) => given.to_owned(),
        None => line(globals, question, flag)?,
    };
    parsed(flag, &value, parse)
}

/// Where a passphrase comes from: a file that was named, or somebody who types it.
#[derive(Debug, Clone, Copy)]
pub struct Passphrases<'a> {
    globals: &'a Globals,
    file: Option<&'a Path>,
    /// The flag that names the file.
    flag: &'static str,
}

impl<'a> Passphrases<'a> {
    /// Those that every command takes.
    pub fn of(globals: &'a Globals) -> Self {
        Self {
            globals,
            file: globals.passphrase_file.as_deref(),
            flag: "--passphrase-file",
        }
    }

    /// Those of a second key: from a file of its own, else from the same; standard input is read once.
    pub fn of_another(globals: &'a Globals, file: Option<&'a Path>) -> Result<Self, Error> {
        let first = globals.passphrase_file.as_deref();
        if file == Some(Path::new("-")) && first == file {
            return Err(Error::new("standard input cannot give two passphrases")
                .with_help("Name a file with --passphrase-file or with --new-passphrase-file."));
        }
        Ok(Self {
            globals,
            file: file.or(first.filter(|first| *first != Path::new("-"))),
            flag: "--new-passphrase-file",
        })
    }

    /// The passphrase from the file, if one was named: its first line.
    pub fn given(&self) -> Result<Option<Zeroizing<String>>, Error> {
        let Some(file) = self.file else {
            return Ok(None);
        };
        let read = match file.to_str() {
            Some("-") => read_input(LONGEST),
            _ => read_at_most(&self.globals.path(file), LONGEST),
        };
        let bytes = Zeroizing::new(read.map_err(|error| {
            error.with_help(format!(
                "{} takes a plain file of at most {LONGEST} bytes, or - for standard input.",
                self.flag
            ))
        })?);
        let text =
            std::str::from_utf8(&bytes).map_err(|_| Error::new("the passphrase is not UTF-8"))?;
        let first = text.lines().next().unwrap_or_default();
        Ok(Some(Zeroizing::new(first.to_owned())))
    }

    /// Says that a passphrase was given for a key that has none, where one was.
    pub fn unneeded(&self) {
        if self.file.is_some() {
            let what = format!("the key needs no passphrase; {} was not read", self.flag);
            door::remark(&what, self.globals.color);
        }
    }

    /// The passphrase from the file, or typed without being shown.
    pub fn ask(&self, question: &str, twice: bool) -> Result<Zeroizing<String>, Error> {
        if let Some(given) = self.given()? {
            return Ok(given);
        }
        if !can_ask(self.globals) {
            return Err(unasked("the passphrase", &format!("{} FILE", self.flag)));
        }
        let prompt = Password::new(question).with_display_mode(PasswordDisplayMode::Hidden);
        let prompt = match twice {
            true => prompt.with_custom_confirmation_message("The same again"),
            false => prompt.without_confirmation(),
        };
        answered(prompt.prompt()).map(Zeroizing::new)
    }

    /// Whether somebody can type it.
    pub fn can_ask(&self) -> bool {
        can_ask(self.globals)
    }

    /// The flag that names the file.
    pub fn flag(&self) -> &'static str {
        self.flag
    }
}

fn answered<T>(answer: Result<T, InquireError>) -> Result<T, Error> {
    answer.map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Error::new("stopped; nothing was written")
        }
        other => Error::new(format!(
            "nothing could be asked: {}",
            visible(&other.to_string())
        )),
    })
}
