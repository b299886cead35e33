//! What `ssh-keygen` runs where it would ask for a passphrase: this program, which hands on what it was given.
//!
//! The passphrase comes through a pipe, so that no list of processes shows it and no disk holds it.

use super::answer::Colour;
use super::door;
use crate::base::error::Error;
use crate::registry::worktree::read_input;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use zeroize::Zeroizing;

/// By this variable the program knows that `ssh-keygen` asks it, and that no person started it.
pub const ASKED_BY: &str = "UNDERSIGNED_ASKPASS";

/// The passphrase comes through standard input.
pub const GIVEN: &str = "given";

/// There is none, and what comes through standard input is something else.
pub const NOBODY: &str = "nobody";

/// How `ssh-keygen` asks for a passphrase.
const QUESTION: &str = "enter passphrase";

/// A passphrase is no longer than this.
const LONGEST: u64 = 4096;

/// This program, as `ssh-keygen` is to run it.
pub fn program() -> Result<PathBuf, Error> {
    env::current_exe().map_err(|error| {
        Error::new(format!("this program cannot be found: {error}"))
            .with_help("Add the key to an agent with `ssh-add`, and name it with --agent.")
    })
}

/// What `ssh-keygen` is answered, where this run is its question; it takes a failure for nobody being there.
///
/// Only a passphrase is handed on: a PIN is another secret, and a wrong one costs the device a try.
pub fn asked(arguments: &[OsString]) -> Option<ExitCode> {
    let given = env::var_os(ASKED_BY)? == GIVEN;
    let question = arguments.get(1).map(|question| question.to_string_lossy());
    let asks = question.is_some_and(|question| question.to_lowercase().starts_with(QUESTION));
    let told = || -> Result<bool, Error> {
        let line = Zeroizing::new(read_input(LONGEST)?);
        // Every byte of it counts, whatever it would do to a terminal.
        door::answer(&line, Colour::Always)?;
        Ok(!line.is_empty())
    };
    Some(match given && asks && told().unwrap_or(false) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
