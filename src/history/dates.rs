//! What statements claim against the day of the commit that brings them. Implements docs/formats/16-history.md, step 24.

use super::event::Event;
use crate::base::finding::Finding;
use crate::base::rule::DATED_AFTER_COMMIT;
use crate::record::entry::List;
use crate::record::yaml;
use crate::registry::commit::Commit;
use crate::registry::holding::Record;
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
        let index = record
            .entries
            .iter()
            .position(|entry| Some(entry.digest.to_string()) == event.statement);
        let (Some(index), Some(document)) = (index, &parsed.document) else {
            continue;
        };
        let route = List::Statements.route(index).key("text");
        let span = document
            .find(&route)
            .map(|node| document.inside(node, find(node.text().unwrap_or_default(), "date")));
        let message = format!(
            "statement {} claims {claimed}, and the commit that brings it is of {}",
            index + 1,
            commit.day()
        );
        let finding = Finding::at(
            &DATED_AFTER_COMMIT,
            document.source(),
            span.unwrap_or_default(),
            message,
        );
        findings.push(finding.of(&record.signatory.id));
    }
    findings
}
