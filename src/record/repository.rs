//! Where pull requests are opened: the registry's page on its forge, and the branch that they go to.
//! Implements docs/formats/7-charter.md, the repository.

use crate::base::spelling::spelled;
use crate::base::website::Website;
use serde::Deserialize;
use std::fmt;

/// The repository on the forge, as the charter names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repository {
    /// Its page.
    pub url: RepositoryUrl,
    /// What answers there.
    pub forge: Forge,
    /// Where pull requests go.
    pub branch: Branch,
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, branch {})", self.url, self.forge, self.branch)
    }
}

/// A kind of forge: each has addresses of its own for a new file and a pull request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Forge {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
    /// Gitea.
    Gitea,
    /// Forgejo.
    Forgejo,
}

impl Forge {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Github, Self::Gitlab, Self::Gitea, Self::Forgejo];

    /// Reads its word; the error says what is so.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        Self::ALL
            .into_iter()
            .find(|forge| forge.as_str() == text)
            .ok_or("the forge is none of github, gitlab, gitea and forgejo")
    }

    /// Its word in the charter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Gitea => "gitea",
            Self::Forgejo => "forgejo",
        }
    }
}

impl TryFrom<String> for Forge {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for Forge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

spelled! {
    /// The page of a repository: `https://`, host, perhaps a port, then `/owner/name` or more parts, and no final `/`.
    RepositoryUrl, check_url
}

impl RepositoryUrl {
    /// The host, with the port if there is one.
    pub fn authority(&self) -> &str {
        split(self.as_str()).0
    }

    /// What stands between the slashes after the host: an owner, a repository, on some forges more.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        split(self.as_str()).1.split('/')
    }
}

/// Host and port, and what stands behind the `/` after them.
fn split(text: &str) -> (&str, &str) {
    let rest = text.strip_prefix("https://").unwrap_or(text);
    rest.split_once('/').unwrap_or((rest, ""))
}

fn check_url(text: &str) -> Result<(), &'static str> {
    Website::parse(text)?;
    let (_, path) = split(text);
    if path.ends_with('/') {
        return Err("the address ends with /, and that of a repository does not");
    }
    if !path.split('/').all(is_part) {
        return Err(
            "the address has a part that is not letters, digits and ._-, among them a letter or digit",
        );
    }
    if path.split('/').count() < 2 {
        return Err("the address does not have an owner and a repository after the host name");
    }
    if path.ends_with(".git") {
        return Err("the address ends with .git: it is for cloning, and a page is asked for");
    }
    Ok(())
}

fn is_part(part: &str) -> bool {
    part.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

spelled! {
    /// The name of a branch that means nothing else anywhere: a subset of what `git check-ref-format` allows.
    Branch, check_branch
}

fn check_branch(text: &str) -> Result<(), &'static str> {
    if text.len() > 100 {
        return Err("the branch is longer than 100 characters");
    }
    if !is_joined(text) {
        return Err(
            "the branch is not words of letters, digits and _ with one . or / or with hyphens between two of them",
        );
    }
    let special = text == "HEAD" || text.starts_with("refs/");
    if special || text.split('/').any(|part| part.ends_with(".lock")) {
        return Err("the branch is HEAD, begins with refs/, or has a part that ends with .lock");
    }
    Ok(())
}

/// Whether words stand at both ends, and between two words one `.`, one `/`, or hyphens.
fn is_joined(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    // Both ends are as if a slash stood there.
    let mut before = b'/';
    text.bytes().chain([b'/']).all(|byte| {
        let follows = match byte {
            b'-' => word(before) || before == b'-',
            b'.' | b'/' => word(before),
            other => word(other),
        };
        before = byte;
        follows
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_a_page_with_an_owner() {
        for good in [
            "https://github.com/example/letters",
            "https://forge.example:8443/git/example/.letters_2-x.y",
            "https://gitlab.com/a/b/c/d",
        ] {
            assert!(RepositoryUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "http://github.com/example/letters",
            "ssh://git@github.com/example/letters",
            "git@github.com:example/letters.git",
            "https://user@github.com/example/letters",
            "https://user:word@github.com/example/letters",
            "https://github.com",
            "https://github.com/",
            "https://github.com/example",
            "https://github.com/example/",
            "https://github.com/example/letters/",
            "https://github.com/example//letters",
            "https://github.com//example/letters",
            "https://github.com/example/letters.git",
            "https://github.com/example/letters?tab=readme",
            "https://github.com/example/letters#readme",
            "https://github.com/example/letters%2F",
            "https://github.com/example/..",
            "https://github.com/./letters",
            "https://gitlab.com/example/letters/-/tree/main",
            "https://github.com/example/$HOME",
            "https://github.com/~example/letters",
            "https://GitHub.com/example/letters",
            "https://192.0.2.1/example/letters",
            "https://github.com/example/letters\n",
        ] {
            assert!(RepositoryUrl::parse(bad).is_err(), "{bad}");
        }
        let long = format!("https://github.com/example/{}", "a".repeat(473));
        assert!(RepositoryUrl::parse(&long).is_ok());
        assert!(RepositoryUrl::parse(&format!("{long}a")).is_err());
    }

    #[test]
    fn an_address_has_its_host_and_its_parts() {
        let url = RepositoryUrl::parse("https://forge.example:8443/git/example/letters").unwrap();
        assert_eq!(url.authority(), "forge.example:8443");
        assert_eq!(
            url.parts().collect::<Vec<_>>(),
            ["git", "example", "letters"]
        );
    }

    #[test]
    fn a_branch_is_words_with_something_between_them() {
        for good in [
            "main",
            "_",
            "release/1.0",
            "a--b",
            "2026",
            "lock",
            "refs",
            "HEADs",
            "a.lockx",
            "head/HEAD",
        ] {
            assert!(Branch::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/main",
            "main/",
            ".main",
            "main.",
            "-main",
            "main-",
            "a..b",
            "a//b",
            "a/.b",
            "a./b",
            "a.-b",
            "a-/b",
            "a b",
            "a~1",
            "a^",
            "a:b",
            "a?b",
            "a*",
            "a[b",
            "a\\b",
            "@",
            "a@{1}",
            "a%2e",
            "a&b",
            "a#b",
            "a\n",
            "평화",
            "HEAD",
            "refs/heads/main",
            "a.lock",
            "a.lock/b",
        ] {
            assert!(Branch::parse(bad).is_err(), "{bad}");
        }
        assert!(Branch::parse(&"a".repeat(100)).is_ok());
        assert!(Branch::parse(&"a".repeat(101)).is_err());
    }
}
