//! `init`: a new registry, ready to be pushed.

use super::answer::{Answer, Globals, parsed, refused};
use super::ask;
use super::letter::about::About;
use super::letter::new_text::{Coming, text};
use super::scaffold::Scaffold;
use crate::author::edit::Edit;
use crate::author::forge::{self, Host, Program};
use crate::author::letters::add;
use crate::author::repository::{Founding, files};
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::origin::Origin;
use crate::base::prose::Line;
use crate::base::website::Website;
use crate::record::repository::{Branch, Forge, Repository, RepositoryUrl};
use crate::record::schema::Schemas;
use crate::registry::git::first::{self, First};
use crate::registry::home::Home;
use crate::registry::load::load;
use crate::registry::snapshot::Reach;
use crate::verify::engine;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// The branch that the first commit is on, and that what runs the checks guards.
const BRANCH: &str = "main";

/// Who makes the first commit where Git does not know.
const STAND_IN: &str = "undersigned init";

/// Make a repository for a letter, ready to be pushed
///
/// It holds the registry with the letter, the schemas, a README that says how to sign, what runs the
/// checks, and a first commit. Without --ci they run on the forge of --repository, or on GitHub. DIR must
/// be missing, or empty and not the folder that this runs in; it is there whole or not at all.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned init peace --origin letters.example/peace --letter letter.txt \\
    --letter-id peace-2026 --language en \\
    --title 'An open letter' --addressee 'The council'
  undersigned init older --origin letters.example/older --letter printed.txt \\
    --letter-id older-2019 --language en --fix --provenance imported \\
    --date 2019-03-21 --title 'An older letter' --addressee 'The council'
  undersigned init both --origin letters.example/both --letter letter.txt \\
    --letter-id peace-2026 --language en --ci gitlab,hook \\
    --title 'An open letter' --addressee 'The council'")]
pub struct Init {
    /// The new repository's folder
    #[arg(value_name = "DIR")]
    place: PathBuf,

    /// The registry's name in every statement; it never changes
    #[arg(long, value_name = "HOST/PATH")]
    origin: Option<String>,

    /// The file with the letter's text
    #[arg(long, value_name = "FILE")]
    letter: PathBuf,

    /// The letter's title
    #[arg(long)]
    title: Option<String>,

    /// The letter's id, such as peace-2026
    #[arg(long, value_name = "ID")]
    letter_id: Option<String>,

    /// To whom it is written
    #[arg(long, value_name = "WHOM")]
    addressee: Option<String>,

    /// The language of the text, such as en
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// The registry's title; else the letter's
    #[arg(long, value_name = "TITLE")]
    registry_title: Option<String>,

    /// A page by which the maintainers are reached, with https://
    #[arg(long, value_name = "URL")]
    contact: Option<String>,

    /// Its page on a forge, where pull requests are opened, with https://
    #[arg(long, value_name = "URL")]
    repository: Option<String>,

    /// github, gitlab, gitea or forgejo, where URL and --ci do not say
    #[arg(
        long,
        value_name = "FORGE",
        requires = "repository",
        value_parser = Forge::ALL.map(Forge::as_str),
        hide_possible_values = true
    )]
    forge: Option<String>,

    /// Checks on: github (usual), gitlab, forgejo, gitea, pre-commit, hook
    #[arg(
        long,
        value_name = "HOSTS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    ci: Vec<Ci>,

    /// Repository and commit from which they build the program
    #[arg(long, value_name = "URL#COMMIT")]
    program: Option<String>,

    #[command(flatten)]
    coming: Coming,
}

/// What runs the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Ci {
    Github,
    Gitlab,
    Forgejo,
    Gitea,
    PreCommit,
    Hook,
}

impl From<Ci> for Host {
    fn from(ci: Ci) -> Self {
        match ci {
            Ci::Github => Self::Github,
            Ci::Gitlab => Self::Gitlab,
            Ci::Forgejo => Self::Forgejo,
            Ci::Gitea => Self::Gitea,
            Ci::PreCommit => Self::PreCommit,
            Ci::Hook => Self::Hook,
        }
    }
}

impl Init {
    /// Builds the folder beside its place, judges it, commits, and puts it there.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let place = globals.path(&self.place);
        let around = place.parent().map(Home::find);
        if around.is_some_and(|home| home.is_ok_and(|home| home.is_inside(&place))) {
            let what = format!(
                "{} lies in the folder registry/ of a registry",
                place.display()
            );
            return Err(Error::new(what).with_help("Name a folder outside of it."));
        }
        Scaffold::free(&place)?;
        let origin = ask::spelled(
            globals,
            self.origin.as_deref(),
            "Name of the registry in every statement (such as letters.example/peace)",
            "--origin",
            Origin::parse,
        )?;
        let (bytes, mended) = match self.coming.read(globals, &self.letter)? {
            Ok(clean) => clean,
            Err(answer) => return Ok(answer),
        };
        let text = text(globals, &self.letter, bytes, self.language.as_deref())?;
        let about = About {
            id: ask::spelled(
                globals,
                self.letter_id.as_deref(),
                "Id of the letter (such as peace-2026)",
                "--letter-id",
                Id::parse,
            )?,
            title: self.title.as_deref(),
            addressee: self.addressee.as_deref(),
        };
        let letter = about.letter(globals, &text, &self.coming)?;
        let mut hosts: Vec<Host> = self.ci.iter().map(|ci| (*ci).into()).collect();
        hosts.sort();
        hosts.dedup();
        let repository = match &self.repository {
            None => None,
            Some(url) => Some(self.repository(globals, url, &hosts)?),
        };
        if hosts.is_empty() {
            let forge = repository.as_ref().map(|repository| repository.forge);
            hosts.push(forge.map_or(Host::Github, Host::from));
        }
        let program = match &self.program {
            None => None,
            Some(program) => Some(parsed("--program", program, Program::parse)?),
        };
        let founding = Founding {
            title: match &self.registry_title {
                None => letter.title.clone(),
                Some(title) => parsed("--registry-title", title, Line::parse)?,
            },
            contact: match &self.contact {
                None => None,
                Some(page) => Some(parsed("--contact", page, Website::parse)?),
            },
            repository,
            origin,
        };
        let mut edits = add(&letter, &text);
        edits.extend(files(&founding, &letter));
        edits.extend(forge::files(&hosts, program.as_ref()));
        edits.sort_by(|one, other| one.path.cmp(&other.path));
        let scaffold = Scaffold::begin(&place)?;
        for edit in &edits {
            scaffold.write(&edit.path, &edit.after)?;
        }
        let found = judge(scaffold.folder())?;
        if !found.is_empty() {
            return refused(globals, &found, "nothing was made");
        }
        let first = commit(&founding.origin, scaffold.folder(), &edits)?;
        scaffold.finish()?;
        let digest = Digest::of(&text.bytes);
        let files: String = edits
            .iter()
            .map(|edit| format!("  {}\n", edit.path))
            .collect();
        let output = format!(
            "{mended}{files}text   {} {digest}\ncommit {} by {}\n",
            text.language,
            first.commit,
            visible(&first.author),
        );
        Ok(Answer::new(output.into_bytes(), false)
            .and_did("the repository was made")
            .with_remark(next(&first, &hosts, program.as_ref())))
    }

    /// Where pull requests are opened; the forge is the one that was named, that everybody knows by the address, or
    /// that alone runs the checks.
    fn repository(
        &self,
        globals: &Globals,
        url: &str,
        hosts: &[Host],
    ) -> Result<Repository, Error> {
        let url = parsed("--repository", url, RepositoryUrl::parse)?;
        let known = forge::known(&url);
        let mut running = hosts.iter().filter_map(|host| host.forge());
        let alone = running.next().filter(|_| running.next().is_none());
        let guessed = known.or(alone).map(Forge::as_str);
        let forge = ask::spelled(
            globals,
            self.forge.as_deref().or(guessed),
            "Forge of the repository (github, gitlab, gitea or forgejo)",
            "--forge",
            Forge::parse,
        )?;
        match known {
            Some(known) if known != forge => Err(Error::new(format!(
                "--forge {forge}: {} is {known}",
                url.authority()
            ))
            .with_help("Leave --forge out, or correct --repository.")),
            _ => Ok(Repository {
                url,
                forge,
                branch: Branch::parse(BRANCH).map_err(Error::new)?,
            }),
        }
    }
}

/// What is left to do.
fn next(first: &First, hosts: &[Host], program: Option<&Program>) -> String {
    let who = match first.known {
        true => "",
        false => {
            "Git does not know who you are, so that the commit is by a stand-in; set user.name and user.email, and run `git commit --amend --reset-author`. "
        }
    };
    let building = hosts.iter().filter(|host| host.builds());
    let files: Vec<&str> = building.map(|host| host.file()).collect();
    match program.is_none() && !files.is_empty() {
        true => {
            let files = files.join(", ");
            format!("{who}Say in {files} where the program comes from before you push.")
        }
        false => format!("{who}README.md says what is left to maintainers."),
    }
}

fn commit(origin: &Origin, folder: &Path, edits: &[Edit]) -> Result<First, Error> {
    let host = origin.as_str().split('/').next().unwrap_or_default();
    let address = format!("registry@{host}");
    let files = edits
        .iter()
        .map(|edit| (edit.path.as_str(), edit.after.as_slice()));
    let message = format!("Found the registry {origin}\n");
    first::commit(folder, files, &message, (STAND_IN, &address))
}

/// The errors of a registry on disk.
fn judge(folder: &Path) -> Result<Vec<Finding>, Error> {
    let snapshot = Home::find(folder)?.as_it_lies(Reach::Registry)?;
    let mut found = engine::verify(&load(&snapshot, &Schemas::load()?)?).findings;
    found.retain(Finding::is_error);
    Ok(found)
}
