//! `man`: the manual, made from the same words as the help.

use super::answer::{Answer, Globals};
use super::door;
use crate::base::error::Error;
use crate::compile::artifact::Artifact;
use clap::{Args, Command};
use std::path::PathBuf;

/// Print the manual page, or write a page for each command
///
/// Without --output the page of the program itself is printed, in the language of man pages:
/// `man -l FILE` shows it. The pages are made from the same words as the help.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned man > undersigned.1
  undersigned man --output man1
  undersigned man -o ~/.local/share/man/man1

To read a page: man -l man1/undersigned-sign.1")]
pub struct Man {
    /// Write undersigned.1 and a page for each command into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Man {
    /// Makes the pages.
    pub fn run(&self, globals: &Globals, mut command: Command) -> Result<Answer, Error> {
        command.build();
        let Some(folder) = &self.output else {
            return Ok(Answer::new(page(&command)?.bytes, false));
        };
        let mut pages = Vec::new();
        collect(&command, &mut pages)?;
        let folder = globals.path(folder);
        door::is_open(&folder)?;
        door::files(&folder, &pages)?;
        let told = pages.iter().map(|page| format!("wrote {}\n", page.name));
        Ok(Answer::new(told.collect::<String>().into_bytes(), false))
    }
}

/// The page of a command and those below it; `help` has none.
fn collect(command: &Command, pages: &mut Vec<Artifact>) -> Result<(), Error> {
    pages.push(page(command)?);
    let below = command
        .get_subcommands()
        .filter(|below| below.get_name() != "help" && !below.is_hide_set());
    for below in below {
        collect(below, pages)?;
    }
    Ok(())
}

fn page(command: &Command) -> Result<Artifact, Error> {
    // A built command knows its whole name, such as `undersigned-letter-add`.
    let name = command.get_display_name().unwrap_or(command.get_name());
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command.clone())
        .manual("undersigned")
        .render(&mut bytes)
        .map_err(|error| Error::new(format!("the page {name} cannot be written: {error}")))?;
    Ok(Artifact {
        name: format!("{name}.1"),
        bytes,
    })
}
