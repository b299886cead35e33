//! What runs the checks of a registry on the forge that hosts it, or on the way there.

use super::edit::Edit;
use super::template::fill;
use crate::base::website::Website;
use crate::record::repository::{Forge, RepositoryUrl};
use crate::registry::owners::{self, Owners};

/// A place where the checks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
    /// Forgejo Actions.
    Forgejo,
    /// Gitea Actions.
    Gitea,
    /// pre-commit, on the machine of whoever commits.
    PreCommit,
    /// The hook of a plain Git server.
    Hook,
}

/// Where the program is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    repository: Website,
    commit: String,
}

impl Program {
    /// A repository and a commit of it, as `https://forge.example/undersigned#<40 hex digits>`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (repository, commit) = text
            .split_once('#')
            .ok_or("there is no # between the address and the commit")?;
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if commit.len() != 40 || !commit.bytes().all(hex) {
            return Err(
                "the commit is not 40 hex digits in lower case: a branch or a tag could be moved",
            );
        }
        // It stands in files in which `$` and braces mean something.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
        if !repository.bytes().all(plain) {
            return Err("the address holds something other than letters, digits and -._~/:");
        }
        Ok(Self {
            repository: Website::parse(repository)?,
            commit: commit.to_owned(),
        })
    }
}

const GITHUB: &str = include_str!("templates/ci/github.yml");
const GITLAB: &str = include_str!("templates/ci/gitlab.yml");
const FORGEJO: &str = include_str!("templates/ci/forgejo.yml");
const REQUEST: &str = include_str!("templates/pull_request_template.md");

impl Host {
    /// The file that runs the checks.
    pub fn file(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/verify.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Forgejo => ".forgejo/workflows/verify.yml",
            Self::Gitea => ".gitea/workflows/verify.yml",
            Self::PreCommit => ".pre-commit-config.yaml",
            Self::Hook => "hooks/pre-receive",
        }
    }

    /// The forge that it is, where it is one.
    pub fn forge(self) -> Option<Forge> {
        match self {
            Self::Github => Some(Forge::Github),
            Self::Gitlab => Some(Forge::Gitlab),
            Self::Forgejo => Some(Forge::Forgejo),
            Self::Gitea => Some(Forge::Gitea),
            Self::PreCommit | Self::Hook => None,
        }
    }

    /// Whether its file builds the program, and must know from where.
    pub fn builds(self) -> bool {
        !matches!(self, Self::PreCommit | Self::Hook)
    }

    fn page(self) -> &'static str {
        match self {
            Self::Github => GITHUB,
            Self::Gitlab => GITLAB,
            Self::Forgejo | Self::Gitea => FORGEJO,
            Self::PreCommit => include_str!("templates/ci/pre-commit.yaml"),
            Self::Hook => include_str!("templates/ci/pre-receive"),
        }
    }

    /// Where the forge looks for the words that a pull request begins with.
    fn request(self) -> Option<&'static str> {
        match self {
            Self::Github => Some(".github/pull_request_template.md"),
            Self::Gitlab => Some(".gitlab/merge_request_templates/Default.md"),
            Self::Forgejo | Self::Gitea => Some(".gitea/pull_request_template.md"),
            Self::PreCommit | Self::Hook => None,
        }
    }

    /// Where it looks for code owners.
    pub fn owners(self) -> Option<Owners> {
        match self {
            Self::Github => Some(owners::GITHUB),
            Self::Gitlab => Some(owners::GITLAB),
            Self::Forgejo | Self::Gitea => Some(owners::GITEA),
            Self::PreCommit | Self::Hook => None,
        }
    }
}

impl From<Forge> for Host {
    fn from(forge: Forge) -> Self {
        match forge {
            Forge::Github => Self::Github,
            Forge::Gitlab => Self::Gitlab,
            Forge::Gitea => Self::Gitea,
            Forge::Forgejo => Self::Forgejo,
        }
    }
}

/// The forge at an address, where everybody knows it.
pub fn known(url: &RepositoryUrl) -> Option<Forge> {
    match url.authority() {
        "github.com" => Some(Forge::Github),
        "gitlab.com" => Some(Forge::Gitlab),
        "codeberg.org" => Some(Forge::Forgejo),
        _ => None,
    }
}

/// The files for some hosts; while there is no maintainer, no code owner is named.
pub fn files(hosts: &[Host], program: Option<&Program>) -> Vec<Edit> {
    let (repository, commit) = match program {
        Some(program) => (program.repository.as_str(), program.commit.as_str()),
        None => ("", ""),
    };
    let mut files: Vec<Edit> = Vec::new();
    let mut add = |path: &str, page: String| {
        if !files.iter().any(|file| file.path == path) {
            files.push(Edit {
                path: path.to_owned(),
                before: None,
                after: page.into_bytes(),
            });
        }
    };
    for host in hosts {
        let values = [
            ("PROGRAM_REPOSITORY", repository),
            ("PROGRAM_COMMIT", commit),
            ("WORKFLOW", host.file()),
        ];
        add(host.file(), fill(host.page(), &values));
        if let Some(path) = host.request() {
            add(path, REQUEST.to_owned());
        }
        if let Some(owners) = host.owners() {
            add(owners.path, owners.page(&[]));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_an_address_and_a_whole_commit() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let good = format!("https://forge.example/tools/undersigned.git#{commit}");
        assert!(Program::parse(&good).is_ok());
        for bad in [
            "https://forge.example/undersigned".to_owned(),
            "https://forge.example/undersigned#main".to_owned(),
            format!(
                "https://forge.example/undersigned#{}",
                commit.to_uppercase()
            ),
            format!("http://forge.example/undersigned#{commit}"),
            format!("https://forge.example/${{{{ github.token }}}}#{commit}"),
            format!("https://forge.example/$HOME#{commit}"),
        ] {
            assert!(Program::parse(&bad).is_err(), "{bad}");
        }
    }
}
