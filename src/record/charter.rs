//! The charter, registry.yaml: who maintains the registry and under which policy.
//! Implements docs/formats/7-charter.md.

use super::document::Document;
use super::repository::{Forge, Repository};
use super::route::Route;
use super::signed::Governance;
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::origin::Origin;
use crate::base::prose::{Line, Name};
use crate::base::rule::{CHARTER_INCONSISTENT, KEY_WEAK};
use crate::base::website::Website;
use crate::identity::policy::Policy;
use crate::signature::key::PublicKey;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// What registry.yaml says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charter {
    /// The name of the registry in every statement.
    pub origin: Origin,
    /// Its title for readers.
    pub title: Line,
    /// A page by which the maintainers are reached.
    pub contact: Option<Website>,
    /// Where pull requests are opened.
    pub repository: Option<Repository>,
    /// Who keeps the registry.
    #[serde(default)]
    pub maintainers: Vec<Person>,
    /// Who may only observe domains.
    #[serde(default)]
    pub observers: Vec<Person>,
    /// What it takes to bind a key to an organization.
    pub policy: Policy,
    /// The `govern` statements.
    pub statements: Vec<Governance>,
}

/// A maintainer or an observer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The id in statements.
    pub id: Id,
    /// The name for readers.
    pub name: Name,
    /// The key.
    pub key: PublicKey,
}

impl Charter {
    /// The maintainer with this id.
    pub fn maintainer(&self, id: &Id) -> Option<&Person> {
        self.maintainers.iter().find(|person| person.id == *id)
    }

    /// The observer with this id.
    pub fn observer(&self, id: &Id) -> Option<&Person> {
        self.observers.iter().find(|person| person.id == *id)
    }
}

/// What in a charter contradicts itself.
pub fn judge(charter: &Charter, document: &Document) -> Vec<Finding> {
    let mut findings = judge_people(charter, document);
    let inconsistent = |route: Route, message: String| {
        Finding::at(
            &CHARTER_INCONSISTENT,
            document.source(),
            document.span(&route),
            message,
        )
    };
    if let Some(repository) = &charter.repository
        && repository.forge == Forge::Github
        && repository.url.parts().count() != 2
    {
        let route = Route::root().key("repository").key("url");
        let message =
            "on github an address has an owner and a repository after the host name, and no more";
        let finding = inconsistent(route, message.to_owned());
        findings.push(
            finding.with_help("Write the address of the repository's first page, or its forge."),
        );
    }
    let policy = || Route::root().key("policy");
    let maintainers = u64::try_from(charter.maintainers.len()).unwrap_or(u64::MAX);
    if maintainers > 0 && charter.policy.threshold > maintainers {
        let who = count(charter.maintainers.len(), "maintainer");
        let message = format!(
            "the threshold is {}, and there is only {who}",
            charter.policy.threshold
        );
        let finding = inconsistent(policy().key("threshold"), message);
        findings.push(finding.with_help("Lower the threshold, or add maintainers."));
    }
    let governed = u64::try_from(charter.statements.len()).unwrap_or(u64::MAX);
    if charter.policy.version != governed.saturating_add(1) {
        let message = format!(
            "policy.version is {}, and with {} it must be {}",
            charter.policy.version,
            count(charter.statements.len(), "govern statement"),
            governed.saturating_add(1)
        );
        let finding = inconsistent(policy().key("version"), message);
        findings
            .push(finding.with_help("The version is 1 and one more for every govern statement."));
    }
    findings.extend(judge_last_key(document));
    Finding::bound(findings)
}

fn judge_people(charter: &Charter, document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids = BTreeSet::new();
    let mut points = BTreeMap::new();
    for (route, person) in in_file_order(charter, document) {
        let find = |rule, key: &str, message: String| {
            let span = document.span(&route.clone().key(key));
            Finding::at(rule, document.source(), span, message)
        };
        if !ids.insert(&person.id) {
            let message = format!("the id `{}` stands twice", person.id);
            findings.push(find(&CHARTER_INCONSISTENT, "id", message));
        }
        if let Some(other) = points.insert(person.key.point(), &person.id) {
            let message = format!("the key of `{}` is also the key of `{other}`", person.id);
            findings.push(find(&CHARTER_INCONSISTENT, "key", message));
        }
        if let Some(weakness) = person.key.weakness() {
            findings.push(find(&KEY_WEAK, "key", weakness.to_owned()));
        }
    }
    findings
}

/// Maintainers and observers as the file has them, so that of two the later is told of.
pub fn in_file_order<'a>(charter: &'a Charter, document: &Document) -> Vec<(Route, &'a Person)> {
    let group = |name: &'static str, people: &'a [Person]| {
        let routes = (0..people.len()).map(move |index| Route::root().key(name).item(index));
        routes.zip(people).collect::<Vec<_>>()
    };
    let mut all = group("maintainers", &charter.maintainers);
    all.extend(group("observers", &charter.observers));
    all.sort_by_key(|(route, _)| document.span(route));
    all
}

/// `statements` is the last key, and only its line begins so: what stands before it has a digest.
fn judge_last_key(document: &Document) -> Option<Finding> {
    let route = Route::root();
    document.root().entry("statements")?;
    let lines = document
        .source()
        .text()
        .lines()
        .filter(|line| line.starts_with("statements:"))
        .count();
    let message = if document.last_key() != Some("statements") {
        "`statements` is not the last key of the charter".to_owned()
    } else if lines != 1 {
        format!("{lines} lines of the charter begin with `statements:`, not one")
    } else {
        return None;
    };
    let span = document.key_span(&route, "statements");
    let help = "Write `statements:` once, at the start of a line, after everything else.";
    Some(Finding::at(&CHARTER_INCONSISTENT, document.source(), span, message).with_help(help))
}

/// The bytes of a charter that have a digest: all before its line `statements:`.
pub fn signed_part(content: &[u8]) -> &[u8] {
    const LINE: &[u8] = b"statements:";
    let mut start = 0;
    for line in content.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(LINE) {
            break;
        }
        start += line.len();
    }
    content.get(..start).unwrap_or(content)
}
