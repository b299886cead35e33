//! `codeowners`: whom the forge asks, from the maintainers of registry.yaml.

use super::answer::{Answer, Globals};
use super::cabinet::Cabinet;
use super::door;
use super::writing::WAITS;
use crate::author::edit::Edit;
use crate::base::error::Error;
use crate::record::schema::Schemas;
use crate::registry::home::Home;
use crate::registry::load::load;
use crate::registry::owners::{self, ALL, Owners};
use crate::registry::snapshot::Reach;
use crate::registry::worktree::line_feeds;
use clap::{Args, ValueEnum};

/// Write whom the forge asks before a merge (CODEOWNERS), from the maintainers of registry.yaml
///
/// A maintainer's id stands for the account of that name. Files that an earlier run made are made anew;
/// with --forge, one that is not there yet is made. What somebody wrote by hand is never written over.
/// `validate` and `verify` tell of a file that is stale.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned codeowners --forge github
  undersigned codeowners --forge gitlab,gitea
  undersigned codeowners --forge forgejo")]
pub struct Codeowners {
    /// Make it for github, gitlab, forgejo or gitea
    #[arg(
        long,
        value_name = "FORGES",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    forge: Vec<Forge>,
}

/// A forge that knows code owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Forge {
    Github,
    Gitlab,
    Forgejo,
    Gitea,
}

impl Forge {
    fn owners(self) -> Owners {
        match self {
            Self::Github => owners::GITHUB,
            Self::Gitlab => owners::GITLAB,
            Self::Forgejo | Self::Gitea => owners::GITEA,
        }
    }
}

impl Codeowners {
    /// Writes what is not as it should be.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let home = Home::find(&globals.directory)?;
        // Nobody else writes from here to the end.
        let cabinet = Cabinet::open(&home, || door::remark(WAITS, globals.color))?;
        let snapshot = home.as_it_lies(Reach::Repository)?;
        let registry = load(&snapshot, &Schemas::load()?)?;
        let Some(held) = &registry.charter else {
            return Err(Error::new("registry.yaml cannot be read")
                .with_help("`undersigned validate` says why."));
        };
        let (mut edits, mut told) = (Vec::new(), String::new());
        for owners in ALL {
            let made = snapshot.owners.iter().find(|(known, _)| *known == owners);
            let asked = self.forge.iter().any(|forge| forge.owners() == owners);
            if made.is_none() && !asked {
                continue;
            }
            let before = made.map(|(_, bytes)| bytes.clone());
            let page = owners.page(&held.charter.maintainers);
            let fresh = |bytes: &Vec<u8>| line_feeds(bytes.clone()) == page.as_bytes();
            if before.as_ref().is_some_and(fresh) {
                told.push_str(&format!("fresh {}\n", owners.path));
                continue;
            }
            edits.push(Edit {
                path: owners.path.to_owned(),
                before,
                after: page.into_bytes(),
            });
            told.push_str(&format!("wrote {}\n", owners.path));
        }
        if told.is_empty() {
            return Err(Error::new("there is no file of code owners that was made here")
                .with_help("Name the forge, as in `undersigned codeowners --forge github`; a file written by hand must be moved away first."));
        }
        cabinet.put(&edits)?;
        Ok(Answer::new(told.into_bytes(), false).and_did("the files were written"))
    }
}
