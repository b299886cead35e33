//! What a command answers: text for standard output, and whether something is wrong.

use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::{Finding, Severity};
use crate::registry::home::Home;
use crate::report::findings::{self, Form as Alone};
use crate::report::{json, markdown, terminal};
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
    /// What was done by then, in words: it is so whether or not the answer can be written.
    pub done: Option<String>,
    /// What is added to the file of `--summary`.
    pub summary: Option<String>,
}

impl Answer {
    /// An answer, and whether something is wrong with the registry.
    pub fn new(output: Vec<u8>, wrong: bool) -> Self {
        Self {
            output,
            wrong,
            remark: None,
            done: None,
            summary: None,
        }
    }

    /// The same of a command that has done something, in words.
    #[must_use]
    pub fn and_did(mut self, done: impl Into<String>) -> Self {
        self.done = Some(done.into());
        self
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
    Ok(globals.found(findings, true)?.with_remark(remark))
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

    /// Answer as text (usual), json, github, gitlab, sarif, junit or markdown
    #[arg(
        long,
        value_name = "FORMAT",
        global = true,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Form,

    /// Also add the findings to FILE as Markdown
    #[arg(long, value_name = "FILE", global = true)]
    pub summary: Option<PathBuf>,

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

    /// Say less, where a command can: counts and findings, no tables
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more, where a command can: where each name stands in the text
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
    /// Findings as annotations of GitHub Actions
    Github,
    /// Findings as a Code Quality report of GitLab
    Gitlab,
    /// Findings as SARIF 2.1.0, for code scanning
    Sarif,
    /// Findings as JUnit's XML, for test reports
    Junit,
    /// Findings as a section of a page
    Markdown,
}

impl Form {
    /// The form in which findings stand alone; nothing where the whole answer is told.
    pub fn alone(self) -> Option<Alone> {
        match self {
            Self::Text | Self::Json => None,
            Self::Github => Some(Alone::Github),
            Self::Gitlab => Some(Alone::Gitlab),
            Self::Sarif => Some(Alone::Sarif),
            Self::Junit => Some(Alone::Junit),
            Self::Markdown => Some(Alone::Markdown),
        }
    }
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
    /// The answer of a command that finds: whole as JSON or text, or else the findings alone.
    ///
    /// Every command with findings answers through here, so that each has every form.
    pub fn tell(
        &self,
        found: &[Finding],
        wrong: bool,
        json: impl FnOnce() -> Result<Vec<u8>, Error>,
        text: impl FnOnce() -> Result<String, Error>,
    ) -> Result<Answer, Error> {
        self.tell_page(found, wrong, json, text, || markdown::write(found))
    }

    /// The same of a command that writes a whole page where others write a section.
    pub fn tell_page(
        &self,
        found: &[Finding],
        wrong: bool,
        json: impl FnOnce() -> Result<Vec<u8>, Error>,
        text: impl FnOnce() -> Result<String, Error>,
        page: impl Fn() -> String,
    ) -> Result<Answer, Error> {
        let output = match (self.format.alone(), self.format) {
            (Some(Alone::Markdown), _) => page().into_bytes(),
            (Some(form), _) => findings::write(form, found)?,
            (None, Form::Json) => json()?,
            (None, _) => text()?.into_bytes(),
        };
        let mut answer = Answer::new(output, wrong);
        answer.summary = self.summary.as_ref().map(|_| page());
        Ok(answer)
    }

    /// The same where there is nothing beside the findings.
    pub fn found(&self, found: &[Finding], wrong: bool) -> Result<Answer, Error> {
        let text = || Ok(terminal::findings(found));
        self.tell(found, wrong, || json::validation(found), text)
    }

    /// Before anything is done: whether a form and a summary are asked of a command that finds, and the
    /// summary is no file of a registry.
    pub fn may_tell(&self, finds: bool) -> Result<(), Error> {
        let refused = |flag: &str, purpose: &str| {
            let what = format!("this command has no list of findings to {purpose}");
            Err(Error::new(what).with_help(format!(
                "Leave out {flag}: validate, verify, merge, review, audit, log, compile and show take it."
            )))
        };
        if !finds && self.format.alone().is_some() {
            return refused("--format", "write in that form");
        }
        let Some(file) = &self.summary else {
            return Ok(());
        };
        if !finds {
            return refused("--summary", "add to a summary");
        }
        let file = self.path(file);
        if Home::find(&self.directory).is_ok_and(|home| home.is_inside(&file)) {
            let what = format!("{} lies in the registry itself", file.display());
            return Err(Error::new(what).with_help("Name a file outside registry/."));
        }
        Ok(())
    }

    /// An error where the passphrase of a key is given to a command that opens none.
    pub fn may_open(&self, opens: bool) -> Result<(), Error> {
        match &self.passphrase_file {
            Some(_) if !opens => Err(Error::new("this command opens no private key").with_help(
                "Leave out --passphrase-file: keygen, sign, withdraw, amend, rotate, vouch, observe, recover, remove and govern take it.",
            )),
            _ => Ok(()),
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
