//! Statements that do not fit the moment at which they enter: dated after it, or by a charter that is past.
//! Implements docs/formats/16-history.md, steps 24 and 35.

use super::event::Event;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::rule::{ATTESTATION_UNKNOWN_MAINTAINER, DATED_AFTER_COMMIT};
use crate::base::source::Span;
use crate::record::charter::signed_part;
use crate::record::document::Document;
use crate::record::entry::List;
use crate::record::yaml;
use crate::registry::commit::Commit;
use crate::registry::holding::{Record, Registry};
use crate::registry::layout::CHARTER;
use crate::registry::state::State;
use crate::statement::deed::Deed;
use crate::statement::lines::find;

/// Step 24: statements that claim a day after that of their commit.
pub fn late(record: &Record, events: &[Event], commit: &Commit) -> Vec<Finding> {
    let latest = commit.latest_day();
    let parsed = yaml::parse(record.source.path(), record.source.text().as_bytes());
    let mut findings = Vec::new();
    for event in events {
        let Some(claimed) = event
            .claimed_date
            .as_ref()
            .filter(|claimed| **claimed > latest)
        else {
            continue;
        };
        let (Some(index), Some(document)) = (place(record, event), &parsed.document) else {
            continue;
        };
        let span = line(document, index, "date");
        let message = format!(
            "statement {} claims {claimed}, and the commit that brings it is of {}",
            index + 1,
            commit.day()
        );
        let finding = Finding::at(&DATED_AFTER_COMMIT, document.source(), span, message);
        findings.push(finding.of(&record.signatory.id));
    }
    findings
}

/// Step 35: joint statements of a record that name a charter which is in force neither before the step nor after it;
/// those that are known entered at their own moment. Each with its place.
///
/// A state alone cannot tell: who has left the registry could name the charter that still knew them.
pub fn bygone(
    record: &Record,
    known: impl Fn(&str) -> Result<bool, Error>,
    before: &State<'_>,
    after: &Registry,
) -> Result<Vec<(usize, Finding)>, Error> {
    let named = record
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            match entry.statement.as_ref().map(|statement| &statement.deed) {
                Some(Deed::Joint { charter, .. }) => Some((index, *charter)),
                _ => None,
            }
        });
    let mut findings = Vec::new();
    let mut in_force: Option<Vec<Digest>> = None;
    for (index, charter) in named {
        if in_force.is_none() {
            let old = before.plain(CHARTER)?;
            let old = old.map(|bytes| Digest::of(signed_part(&bytes)));
            let new = after.charter.as_ref().map(|held| held.digest);
            in_force = Some(old.into_iter().chain(new).collect());
        }
        let stored = record.signatory.statements.get(index);
        let text = stored.map_or("", |stored| stored.text.as_str());
        if in_force.iter().flatten().any(|one| *one == charter) || known(text)? {
            continue;
        }
        let parsed = yaml::parse(record.source.path(), record.source.text().as_bytes());
        let Some(document) = &parsed.document else {
            continue;
        };
        let message = format!(
            "statement {} is by the maintainers of a charter that is not in force",
            index + 1
        );
        let span = line(document, index, "charter");
        let rule = &ATTESTATION_UNKNOWN_MAINTAINER;
        let finding = Finding::at(rule, document.source(), span, message);
        findings.push((index, finding.of(&record.signatory.id)));
    }
    Ok(findings)
}

/// Where the statement of an event stands in its record.
fn place(record: &Record, event: &Event) -> Option<usize> {
    let mut entries = record.entries.iter();
    entries.position(|entry| Some(entry.digest.to_string()) == event.statement)
}

fn line(document: &Document, index: usize, key: &str) -> Span {
    let route = List::Statements.route(index).key("text");
    document.find(&route).map_or_else(
        || document.span(&route),
        |node| document.inside(node, find(node.text().unwrap_or_default(), key)),
    )
}
