//! What a command answers: text for standard output, and whether something is wrong.

use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::{Finding, Severity};
use crate::report::{json, terminal};
use clap::{ArgAction, Args, ValueEnum};
use std::path::PathBuf;

/// A command's answer.
#[derive(Debug, Default)]
pub struct Answer {
    /// What goes to standard output.
    pub output: Vec<u8>,
    /// Whether something is wrong with the registry: exit code 1.
    pub wrong: bool,
    /// What a person should know besides, on standard error.
    pub remark: Option<String>,
}

impl Answer {
    /// An answer, and whether something is wrong with the registry.
    pub fn new(output: Vec<u8>, wrong: bool) -> Self {
        Self {
            output,
            wrong,
            remark: None,
        }
    }

    /// The same with a remark beside it.
    #[must_use]
    pub fn with_remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = Some(remark.into());
        self
    }
}

/// The answer that findings keep something from being done: they, and that nothing happened.
pub fn refused(globals: &Globals, findings: &[Finding], remark: &str) -> Result<Answer, Error> {
    Ok(Answer::new(globals.told(findings)?, true).with_remark(remark))
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Run as if started in DIR
    #[arg(
        short = 'C',
        value_name = "DIR",
        global = true,
        default_value = ".",
        hide_default_value = true
    )]
    pub directory: PathBuf,

    /// How to answer: text (usual) or json
    #[arg(
        long,
        value_name = "FORMAT",
        global = true,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Form,

    /// Colour: auto (usual), always or never; NO_COLOR counts
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Colour,

    /// Say less: counts and findings, no tables
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more: where each name stands in the text
    #[arg(short, long, global = true)]
    pub verbose: bool,

    /// Never ask; what is missing is an error
    #[arg(long, global = true)]
    pub no_input: bool,

    /// A key's passphrase is the first line of FILE; - for standard input
    #[arg(long, value_name = "FILE", global = true)]
    pub passphrase_file: Option<PathBuf>,

    /// Print help on one screen; `undersigned help COMMAND` says more
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people
    Text,
    /// For programs; schemas/ has the schemas
    Json,
}

/// When to write in colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much it takes to be wrong.
#[derive(Debug, Clone, Copy, Args)]
pub struct Strictness {
    /// Let warnings count as errors: exit code 1
    #[arg(long)]
    pub strict: bool,
}

impl Strictness {
    /// Whether these findings make the registry wrong.
    pub fn is_wrong<'a>(self, findings: impl IntoIterator<Item = &'a Finding>) -> bool {
        findings
            .into_iter()
            .any(|finding| self.strict || finding.severity == Severity::Error)
    }
}

impl Globals {
    /// Findings as they are to be answered.
    pub fn told(&self, findings: &[Finding]) -> Result<Vec<u8>, Error> {
        match self.format {
            Form::Json => json::validation(findings),
            Form::Text => Ok(terminal::findings(findings).into_bytes()),
        }
    }

    /// A path as the command's directory has it.
    pub fn path(&self, path: &std::path::Path) -> PathBuf {
        match self.directory == std::path::Path::new(".") {
            true => path.to_owned(),
            false => self.directory.join(path),
        }
    }
}

/// A value of an argument in its one spelling.
pub fn parsed<T>(
    flag: &str,
    value: &str,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<T, Error> {
    parse(value).map_err(|what| Error::new(format!("{flag} {}: {what}", quote(value))))
}
