//! From the arguments to the exit code: 0 nothing wrong, 1 findings, 2 no answer.

use super::amend::Amend;
use super::answer::{Answer, Colour, Form, Globals};
use super::askpass;
use super::attach::Attach;
use super::audit::Audit;
use super::codeowners::Codeowners;
use super::compile::Compile;
use super::completions::{self, Completions};
use super::demo::Demo;
use super::door;
use super::explain::Explain;
use super::govern::Govern;
use super::identify::Identify;
use super::init::Init;
use super::keygen::Keygen;
use super::letter::Letter;
use super::log::Log;
use super::man::Man;
use super::merge::Merge;
use super::observe::Observe;
use super::recover::Recover;
use super::remove::Remove;
use super::review::Review;
use super::rotate::Rotate;
use super::serve::Serve;
use super::show::Show;
use super::sign::Sign;
use super::statement::Statement;
use super::validate::Validate;
use super::verify::Verify;
use super::vouch::Vouch;
use super::withdraw::Withdraw;
use crate::base::error::Error;
use crate::observe::reach::Reach;
use clap::{CommandFactory as _, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Who stands behind an open letter, and how that is known
///
/// A registry is a Git repository in which each signatory organization is one YAML record. This
/// program judges it: the letters' exact texts, the records, and what may be said of each signatory.
#[derive(Debug, Parser)]
#[command(
    name = "undersigned",
    version,
    arg_required_else_help = true,
    disable_help_flag = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(flatten)]
    globals: Globals,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Keygen(Keygen),
    Sign(Sign),
    Withdraw(Withdraw),
    Amend(Amend),
    Rotate(Rotate),
    Attach(Attach),
    Validate(Validate),
    Verify(Verify),
    Merge(Merge),
    Review(Review),
    Audit(Audit),
    Log(Log),
    Compile(Compile),
    Serve(Serve),
    Show(Show),
    Statement(Statement),
    Identify(Identify),
    Explain(Explain),
    Init(Init),
    Demo(Demo),
    Letter(Letter),
    Vouch(Vouch),
    Observe(Observe),
    Recover(Recover),
    Remove(Remove),
    Govern(Govern),
    Codeowners(Codeowners),
    Completions(Completions),
    Man(Man),
}

impl Command {
    /// Whether a list of findings is what it answers, in any form and for a summary.
    ///
    /// Those that write or sign answer with findings only where they refuse.
    fn finds(&self) -> bool {
        matches!(
            self,
            Self::Validate(_)
                | Self::Verify(_)
                | Self::Merge(_)
                | Self::Review(_)
                | Self::Audit(_)
                | Self::Log(_)
                | Self::Compile(_)
                | Self::Show(_)
        )
    }

    /// Whether it opens a private key, or makes one.
    fn opens_keys(&self) -> bool {
        matches!(
            self,
            Self::Keygen(_)
                | Self::Sign(_)
                | Self::Withdraw(_)
                | Self::Amend(_)
                | Self::Rotate(_)
                | Self::Vouch(_)
                | Self::Observe(_)
                | Self::Recover(_)
                | Self::Remove(_)
                | Self::Govern(_)
        )
    }

    /// An error where an answer for programs is asked of a command that has one for people alone.
    fn may_answer(&self, globals: &Globals) -> Result<(), Error> {
        let has_json = matches!(
            self,
            Self::Validate(_)
                | Self::Verify(_)
                | Self::Merge(_)
                | Self::Review(_)
                | Self::Audit(_)
                | Self::Log(_)
                | Self::Compile(_)
                | Self::Show(_)
                | Self::Identify(_)
                | Self::Statement(_)
        );
        if has_json || globals.format == Form::Text {
            return Ok(());
        }
        Err(
            Error::new("this command answers in words, and not as JSON").with_help(
                "Leave out --format; `undersigned verify --format json` tells what the registry then says.",
            ),
        )
    }
}

/// Runs a command line, program name first, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    run_reaching(arguments, &Reach::of_machine())
}

/// The same with another reach into the network than the machine's.
pub fn run_reaching(arguments: impl IntoIterator<Item = OsString>, reach: &Reach) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = askpass::asked(&arguments) {
        return code;
    }
    if let Some(candidates) = completions::asked(command_line, &arguments) {
        return match candidates.and_then(|found| door::answer(&found, Colour::Never)) {
            Ok(()) => ExitCode::SUCCESS,
            // Nothing may be printed into the line that somebody is typing.
            Err(_) => ExitCode::from(2),
        };
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().ansi().to_string();
            let usage = error.use_stderr();
            return door::usage(&text, usage, ExitCode::from(if usage { 2 } else { 0 }));
        }
    };
    let globals = &arguments.globals;
    let told = answer(&arguments, reach).and_then(|answer| {
        if let (Some(file), Some(summary)) = (&globals.summary, &answer.summary) {
            door::append(&globals.path(file), summary.as_bytes())?;
        }
        let told = door::answer(&answer.output, globals.color);
        told.map_err(|error| match &answer.done {
            Some(done) => {
                error.with_help(format!("All the same, {done}; only the answer is lost."))
            }
            None => error,
        })?;
        if let Some(remark) = &answer.remark {
            door::remark(remark, globals.color);
        }
        Ok(answer.wrong)
    });
    match told {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            door::error(&error, globals.color);
            ExitCode::from(2)
        }
    }
}

/// Every command with its arguments, for whatever tells of them.
fn command_line() -> clap::Command {
    Arguments::command()
}

fn answer(arguments: &Arguments, reach: &Reach) -> Result<Answer, Error> {
    let globals = &arguments.globals;
    globals.may_tell(arguments.command.finds())?;
    arguments.command.may_answer(globals)?;
    globals.may_open(arguments.command.opens_keys())?;
    match &arguments.command {
        Command::Keygen(command) => command.run(globals),
        Command::Sign(command) => command.run(globals),
        Command::Withdraw(command) => command.run(globals),
        Command::Amend(command) => command.run(globals),
        Command::Rotate(command) => command.run(globals),
        Command::Attach(command) => command.run(globals),
        Command::Validate(command) => command.run(globals),
        Command::Verify(command) => command.run(globals),
        Command::Merge(command) => command.run(globals),
        Command::Review(command) => command.run(globals),
        Command::Audit(command) => command.run(globals),
        Command::Log(command) => command.run(globals),
        Command::Compile(command) => command.run(globals),
        Command::Serve(command) => command.run(globals),
        Command::Show(command) => command.run(globals),
        Command::Statement(command) => command.run(globals),
        Command::Identify(command) => command.run(globals),
        Command::Explain(command) => command.run(),
        Command::Init(command) => command.run(globals),
        Command::Demo(command) => command.run(globals),
        Command::Letter(command) => command.run(globals),
        Command::Vouch(command) => command.run(globals),
        Command::Observe(command) => command.run(globals, reach),
        Command::Recover(command) => command.run(globals),
        Command::Remove(command) => command.run(globals),
        Command::Govern(command) => command.run(globals),
        Command::Codeowners(command) => command.run(globals),
        Command::Completions(command) => command.run(command_line()),
        Command::Man(command) => command.run(globals, command_line()),
    }
}
