//! CODEOWNERS: whom a forge asks before a change is merged, made from the charter's maintainers.
//! Implements docs/formats/7-charter.md, code owners.

use crate::base::finding::Finding;
use crate::base::rule::CODEOWNERS_STALE;
use crate::record::charter::Person;

/// How a forge reads the paths in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paths {
    /// From the root of the repository, as in .gitignore: GitHub and GitLab.
    Patterns,
    /// Regular expressions over the whole path: Forgejo and Gitea.
    Expressions,
}

/// A file of code owners, by the forge that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owners {
    /// Where it lies.
    pub path: &'static str,
    paths: Paths,
}

/// GitHub's.
pub const GITHUB: Owners = Owners {
    path: ".github/CODEOWNERS",
    paths: Paths::Patterns,
};

/// GitLab's.
pub const GITLAB: Owners = Owners {
    path: ".gitlab/CODEOWNERS",
    paths: Paths::Patterns,
};

/// The one that Forgejo and Gitea read.
pub const GITEA: Owners = Owners {
    path: ".gitea/CODEOWNERS",
    paths: Paths::Expressions,
};

/// All of them.
pub const ALL: [Owners; 3] = [GITHUB, GITLAB, GITEA];

/// The first line of a file that the program keeps.
const MADE: &str =
    "# Made by `undersigned codeowners` from registry/registry.yaml, and made anew by it.";

/// What decides something, by path; a `/` at the end means all that lies in a folder. A record alone
/// is not among them, so that signatories are not kept waiting.
const DECIDING: [&str; 14] = [
    ".forgejo/",
    ".gitattributes",
    ".gitea/",
    ".github/",
    ".gitlab-ci.yml",
    ".gitlab/",
    ".pre-commit-config.yaml",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    "hooks/",
    "registry/charters/",
    "registry/letters/",
    "registry/registry.yaml",
    "schemas/",
];

impl Owners {
    /// The file as it follows from the maintainers.
    pub fn page(self, maintainers: &[Person]) -> String {
        let mut page = format!(
            "{MADE}\n\
             # Each maintainer's id stands for the account of that name. A record alone asks nobody.\n"
        );
        if maintainers.is_empty() {
            page.push_str("# The charter names no maintainer yet.\n");
            return page;
        }
        let accounts: String = maintainers
            .iter()
            .map(|person| format!(" @{}", person.id))
            .collect();
        for path in DECIDING {
            match (self.paths, path.ends_with('/')) {
                (Paths::Patterns, _) => page.push_str(&format!("/{path}{accounts}\n")),
                (Paths::Expressions, true) => page.push_str(&format!("{path}.*{accounts}\n")),
                // A dot that stands for any character asks too often, never too seldom.
                (Paths::Expressions, false) => page.push_str(&format!("{path}{accounts}\n")),
            }
        }
        page
    }

    /// The file at a path, where the program makes one there.
    pub fn at(path: &str) -> Option<Self> {
        ALL.into_iter().find(|owners| owners.path == path)
    }

    /// The finding, where a file that the program made is not what the maintainers give now.
    pub fn judge(self, bytes: &[u8], maintainers: &[Person]) -> Option<Finding> {
        let fresh = as_text(bytes) == self.page(maintainers);
        let message = "the file is not what registry.yaml gives: its maintainers or their ids changed, or the file did";
        (is_made(bytes) && !fresh).then(|| Finding::about(&CODEOWNERS_STALE, self.path, message))
    }
}

/// Whether the program made a file, and may make it anew.
pub fn is_made(bytes: &[u8]) -> bool {
    as_text(bytes).lines().next() == Some(MADE)
}

/// A checkout may have written CR LF for LF.
fn as_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::Id;
    use crate::base::prose::Name;
    use crate::signature::key::PublicKey;

    fn people() -> Vec<Person> {
        let key =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcX";
        ["alice", "bob"]
            .map(|id| Person {
                id: Id::parse(id).unwrap(),
                name: Name::parse("Somebody").unwrap(),
                key: PublicKey::parse(key).unwrap(),
            })
            .to_vec()
    }

    #[test]
    fn each_forge_reads_paths_its_own_way() {
        let page = GITHUB.page(&people());
        assert!(
            page.contains("\n/registry/letters/ @alice @bob\n"),
            "{page}"
        );
        assert!(page.contains("\n/registry/registry.yaml @alice @bob\n"));
        assert!(!page.contains("signatories"));
        let page = GITEA.page(&people());
        assert!(
            page.contains("\nregistry/letters/.* @alice @bob\n"),
            "{page}"
        );
        assert!(page.contains("\nregistry/registry.yaml @alice @bob\n"));
    }

    #[test]
    fn only_what_was_made_is_judged() {
        let (page, people) = (GITHUB.page(&people()), people());
        assert!(GITHUB.judge(page.as_bytes(), &people).is_none());
        let as_checked_out = page.replace('\n', "\r\n");
        assert!(GITHUB.judge(as_checked_out.as_bytes(), &people).is_none());
        assert!(GITHUB.judge(page.as_bytes(), &[]).is_some());
        assert!(GITHUB.judge(b"* @somebody\n", &people).is_none());
    }
}
