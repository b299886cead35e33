//! `completions`: what a shell asks while somebody types; ids come from the registry at hand.

use super::answer::Answer;
use crate::base::error::Error;
use crate::base::rule::RULES;
use crate::registry::home::Home;
use crate::registry::layout::Slot;
use crate::registry::snapshot::Reach;
use clap::{Args, Command, ValueEnum};
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use clap_complete::env::{EnvCompleter, Shells};
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// By this variable the printed script asks the program itself.
const ASKED_BY: &str = "UNDERSIGNED_COMPLETE";

/// Print what makes a shell complete commands, options and the ids of a registry
///
/// The printed lines ask the program itself, so that they complete the ids of the registry that the
/// shell stands in. Print them anew when the shell starts, and they always fit the program.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned completions bash > ~/.undersigned.bash
  undersigned completions zsh > ~/.undersigned.zsh
  undersigned completions fish > ~/.undersigned.fish

In ~/.bashrc: source <(undersigned completions bash)
In ~/.zshrc, after compinit: source <(undersigned completions zsh)
In ~/.config/fish/config.fish: undersigned completions fish | source")]
pub struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(hide_possible_values = true)]
    shell: Shell,
}

/// A shell that can be taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

impl Completions {
    /// The lines for the shell.
    pub fn run(&self, command: Command) -> Result<Answer, Error> {
        let name = command.get_name().to_owned();
        let mut script = Vec::new();
        completer(self.shell.name())?
            .write_registration(ASKED_BY, &name, &name, &name, &mut script)
            .map_err(|error| Error::new(format!("the lines cannot be written: {error}")))?;
        Ok(Answer::new(script, false))
    }
}

/// What a shell's script is answered, where this run is its question.
pub fn asked(
    command: impl Fn() -> Command,
    arguments: &[OsString],
) -> Option<Result<Vec<u8>, Error>> {
    let shell = std::env::var(ASKED_BY)
        .ok()
        .filter(|shell| !shell.is_empty())?;
    let typed = arguments.iter().skip_while(|argument| *argument != "--");
    let typed: Vec<OsString> = typed.skip(1).cloned().collect();
    let folder = folder(&typed);
    let mut command = with_candidates(command(), &folder);
    command.build();
    let mut found = Vec::new();
    Some(completer(&shell).and_then(|completer| {
        completer
            .write_complete(&mut command, typed, Some(&folder), &mut found)
            .map_err(|error| Error::new(format!("nothing can be completed: {error}")))?;
        Ok(found)
    }))
}

fn completer(shell: &str) -> Result<&'static dyn EnvCompleter, Error> {
    let mut shells = Shells::builtins().0.iter().copied();
    shells
        .find(|known| known.is(shell))
        .ok_or_else(|| Error::new("this shell is not known"))
}

/// The folder that -C names in what was typed so far.
fn folder(typed: &[OsString]) -> PathBuf {
    let mut words = typed.iter();
    let mut folder = PathBuf::from(".");
    while let Some(word) = words.next() {
        let joined = word.to_str().and_then(|word| word.strip_prefix("-C"));
        match joined {
            Some("") => folder = words.next().map_or(folder, PathBuf::from),
            Some(name) => folder = PathBuf::from(name.trim_start_matches('=')),
            None => {}
        }
    }
    folder
}

/// The same commands, knowing what may stand where an argument names a signatory, a letter or a rule.
fn with_candidates(command: Command, folder: &Path) -> Command {
    let of = |slot: Named| {
        let folder = folder.to_owned();
        ArgValueCandidates::new(move || ids(&folder, slot))
    };
    let known = |argument: clap::Arg| {
        let names = argument.get_value_names().unwrap_or_default();
        match names.iter().map(|name| name.as_str()).next() {
            Some("ID") if !is_new(&argument) => argument.add(of(signatory)),
            Some("ID|RECORD") => {
                let folder = folder.to_owned();
                argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
                    let typed_id = typed.to_str().unwrap_or_default();
                    let mut found = ids(&folder, signatory);
                    found.retain(|id| {
                        id.get_value()
                            .to_str()
                            .is_some_and(|id| id.starts_with(typed_id))
                    });
                    found.extend(PathCompleter::file().current_dir(&folder).complete(typed));
                    found
                }))
            }
            Some("LETTER") => argument.add(of(letter)),
            Some("RULE") => argument.add(ArgValueCandidates::new(rules)),
            _ => argument,
        }
    };
    let command = command.mut_args(known);
    command.mut_subcommands(|below| with_candidates(below, folder))
}

/// Whether an argument gives a new name instead of one that is there.
fn is_new(argument: &clap::Arg) -> bool {
    matches!(argument.get_long(), Some("id" | "letter-id"))
}

/// Which id a file's place names.
type Named = fn(&Slot) -> Option<&str>;

fn signatory(slot: &Slot) -> Option<&str> {
    match slot {
        Slot::Record(id) => Some(id.as_str()),
        _ => None,
    }
}

fn letter(slot: &Slot) -> Option<&str> {
    match slot {
        Slot::Letter(id) => Some(id.as_str()),
        _ => None,
    }
}

/// The ids of the registry at hand, from the names of its files; none where there is no registry.
fn ids(folder: &Path, named: Named) -> Vec<CompletionCandidate> {
    let home = Home::find(folder);
    let Ok(snapshot) = home.and_then(|home| home.as_it_lies(Reach::Registry)) else {
        return Vec::new();
    };
    let found: BTreeSet<&str> = snapshot
        .files
        .iter()
        .filter_map(|file| named(&file.slot))
        .collect();
    found.into_iter().map(CompletionCandidate::new).collect()
}

fn rules() -> Vec<CompletionCandidate> {
    RULES
        .iter()
        .map(|rule| CompletionCandidate::new(rule.name))
        .collect()
}
