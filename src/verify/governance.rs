//! The chain of charters: each after the first adopted by enough maintainers of the one before it.
//! Implements docs/formats/18-maintainers.md, steps 18 to 25.

use super::threshold::Signers;
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::rule::{
    POLICY_CHANGED_WITHOUT_THRESHOLD, Rule, STATEMENT_FOR_OTHER_REGISTRY, STATEMENT_OUT_OF_SEQUENCE,
};
use crate::record::charter::Charter;
use crate::record::entry::{Entry, List};
use crate::record::route::Route;
use crate::registry::holding::{HeldCharter, Registry};
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::lines::find;

/// The charters of a registry, as far as each follows lawfully from the one before it.
#[derive(Debug, Default)]
pub struct Governance<'a> {
    /// From the first, which is trusted as found, to the last that was adopted.
    adopted: Vec<&'a HeldCharter>,
    /// All that can be read, whatever adopts them.
    known: Vec<&'a HeldCharter>,
    /// Whether the last of them is registry.yaml.
    whole: bool,
    /// What does not hold.
    pub findings: Vec<Finding>,
}

impl<'a> Governance<'a> {
    /// Follows the chain from the first charter.
    pub fn of(registry: &'a Registry) -> Self {
        let Some(current) = &registry.charter else {
            return Self::default();
        };
        let mut known: Vec<&HeldCharter> = registry.superseded.values().collect();
        known.push(current);
        let mut governance = Self {
            adopted: Vec::new(),
            known,
            whole: false,
            findings: Vec::new(),
        };
        let governed = current.entries.len();
        let charter = |number: usize| match number > governed {
            true => Some(current),
            false => registry
                .superseded
                .get(&u64::try_from(number).unwrap_or(u64::MAX)),
        };
        let mut lawful = true;
        for number in 1..=governed + 1 {
            let held = charter(number);
            if let Some(before) = number.checked_sub(2)
                && let Some(entry) = current.entries.get(before)
            {
                let link = Link {
                    current,
                    index: before,
                    entry,
                };
                let found = link.judge(charter(number - 1), held);
                lawful &= found.is_empty() && entry.sound;
                governance.findings.extend(found);
            }
            lawful &= held.is_some_and(|held| is_numbered(&held.charter, number));
            if let (true, Some(held)) = (lawful, held) {
                governance.adopted.push(held);
            }
        }
        governance.whole = lawful;
        governance.findings = Finding::bound(governance.findings);
        governance
    }

    /// The charter in force, where the chain leads to it.
    pub fn current(&self) -> Option<&'a Charter> {
        let last = self.adopted.last().filter(|_| self.whole);
        last.map(|held| &held.charter)
    }

    /// The adopted charter with this digest.
    pub fn named(&self, digest: Digest) -> Option<&'a Charter> {
        let mut adopted = self.adopted.iter().rev();
        let held = adopted.find(|held| held.digest == digest);
        held.map(|held| &held.charter)
    }

    /// All charters that the registry holds, the newest first.
    pub fn known(&self) -> impl Iterator<Item = &'a Charter> {
        self.known.iter().rev().map(|held| &held.charter)
    }
}

/// Whether a charter's policy says the number that it has in the chain; `charter::judge` tells where it does not.
fn is_numbered(charter: &Charter, number: usize) -> bool {
    u64::try_from(number).is_ok_and(|number| charter.policy.version == number)
}

/// A `govern` statement between two charters.
struct Link<'a> {
    current: &'a HeldCharter,
    index: usize,
    entry: &'a Entry,
}

impl Link<'_> {
    fn judge(&self, old: Option<&HeldCharter>, new: Option<&HeldCharter>) -> Vec<Finding> {
        let mut found = Vec::new();
        let Some(statement) = &self.entry.statement else {
            // What is malformed was told of when it was read; it adopts nothing.
            return found;
        };
        let origin = &self.current.charter.origin;
        if statement.registry != *origin {
            let message = format!(
                "the statement is for the registry `{}`, and this one is `{origin}`",
                statement.registry
            );
            found.push(self.at_line("registry", &STATEMENT_FOR_OTHER_REGISTRY, message));
        }
        let number = self.index as u64 + 1;
        if statement.sequence != number {
            let message = format!(
                "the statement's sequence is {}, and it stands at place {number}",
                statement.sequence
            );
            found.push(self.at_line("sequence", &STATEMENT_OUT_OF_SEQUENCE, message));
        }
        let before = self.index.checked_sub(1);
        let before = before.and_then(|index| self.current.entries.get(index));
        if statement.previous != before.map(|entry| entry.digest) {
            let message = match before {
                None => "the first statement has none before it".to_owned(),
                Some(entry) => format!("the digest of the statement before is {}", entry.digest),
            };
            found.push(self.at_line("previous", &STATEMENT_OUT_OF_SEQUENCE, message));
        }
        if let (Deed::Govern { charter }, Some(new)) = (&statement.deed, new)
            && new.digest != *charter
        {
            let message = format!(
                "the statement adopts another charter than the one in {}, which has the digest {}",
                new.document.source().path(),
                new.digest
            );
            found.push(self.at_line("charter", &POLICY_CHANGED_WITHOUT_THRESHOLD, message));
        }
        match old {
            Some(old) => self.judge_old(old, &mut found),
            None => {
                let message = format!(
                    "the charter before it is not there as registry/charters/{number}.yaml"
                );
                found.push(
                    self.at_line("charter", &POLICY_CHANGED_WITHOUT_THRESHOLD, message)
                        .with_help("Restore the superseded charter, byte for byte."),
                );
            }
        }
        found
    }

    /// The charter before it has the statements before it, and enough of its maintainers signed.
    fn judge_old(&self, old: &HeldCharter, found: &mut Vec<Finding>) {
        let path = old.document.source().path();
        let mut about = |message: &str| {
            let rule = &POLICY_CHANGED_WITHOUT_THRESHOLD;
            found.push(Finding::about(rule, path, message));
        };
        if old.charter.origin != self.current.charter.origin {
            about("the superseded charter is that of another registry");
        }
        let all = &self.current.charter.statements;
        if all.get(..self.index) != Some(&old.charter.statements[..]) {
            about("the superseded charter has other statements than the charter in force had then");
        }
        let text = self.text();
        let (list, index) = (List::Governance, self.index);
        let ask = |signature: &Signature, key: &PublicKey| signature.judge(key, text.as_bytes());
        let signers = Signers::of(&old.charter, list, index, self.entry, ask);
        if let Some(message) = signers.too_few(&old.charter, Action::Govern) {
            found.push(self.at_line("charter", &POLICY_CHANGED_WITHOUT_THRESHOLD, message));
        }
        let breaches = signers.breaches.into_iter();
        found.extend(breaches.map(|(rule, route, message)| self.at(rule, &route, message)));
    }

    fn text(&self) -> &str {
        let stored = self.current.charter.statements.get(self.index);
        stored.map_or("", |stored| stored.text.as_str())
    }

    fn at(&self, rule: &'static Rule, route: &Route, message: String) -> Finding {
        let document = &self.current.document;
        Finding::at(rule, document.source(), document.span(route), message)
    }

    fn at_line(&self, line: &str, rule: &'static Rule, message: String) -> Finding {
        let document = &self.current.document;
        let route = List::Governance.route(self.index).key("text");
        let span = document.find(&route).map_or_else(
            || document.span(&route),
            |node| document.inside(node, find(self.text(), line)),
        );
        Finding::at(rule, document.source(), span, message)
    }
}
