//! `letter`: a text comes into the registry, as a new letter, a translation or a new version.

pub mod about;

mod add;

pub mod desk;

pub mod new_text;

mod revise;

use super::answer::{Answer, Globals};
use crate::base::error::Error;
use clap::{Args, Subcommand};

/// Add a letter, a translation or a new version
#[derive(Debug, Args)]
pub struct Letter {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Add),
    Revise(revise::Revise),
}

impl Letter {
    /// Runs the command below it.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        match &self.command {
            Command::Add(command) => command.run(globals),
            Command::Revise(command) => command.run(globals),
        }
    }
}
