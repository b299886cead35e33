//! What happened in a registry, in order: `log`, for people and as `schemas/log.schema.json`.

use super::happenings::EventJson;
use super::json::{self, FindingJson};
use super::paint::{FAINT, WARNING, paint};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::finding::Finding;
use crate::base::json::to_bytes;
use crate::history::event::Event;
use crate::registry::commit::Commit;
use serde::Serialize;

/// Events with their commits, and what is odd about their dates.
#[derive(Debug)]
pub struct Log<'a> {
    /// Each event with its commit, the oldest first.
    pub events: Vec<(&'a Event, &'a Commit)>,
    /// Statements that claim a day after that of their commit.
    pub findings: Vec<Finding>,
}

#[derive(Serialize)]
struct LogJson<'a> {
    schema: &'static str,
    events: Vec<EventJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

impl Log<'_> {
    /// As JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        let events = self.events.iter();
        to_bytes(&LogJson {
            schema: "undersigned/log/v1",
            events: events
                .map(|(event, commit)| EventJson::of(event, Some(commit)))
                .collect(),
            findings: json::findings(&self.findings),
        })
    }

    /// For a person: the day of the commit, the day that a statement claims, and what happened.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (event, commit) in &self.events {
            let claimed = match &event.claimed_date {
                Some(day) => format!("claims {day}"),
                None => String::new(),
            };
            let warned = self.findings.iter().any(|finding| {
                finding.commit.as_deref() == Some(commit.id.to_string().as_str())
                    && finding.signatory == event.signatory
                    && event
                        .claimed_date
                        .as_ref()
                        .is_some_and(|day| finding.message.contains(day.as_str()))
            });
            let warning = match warned {
                true => paint(WARNING, " (after its commit)"),
                false => String::new(),
            };
            text.push_str(&format!(
                "{} {} {claimed:<17} {}{warning}\n",
                commit.day(),
                paint(FAINT, &commit.id.short()),
                visible(&event.sentence())
            ));
        }
        if self.events.is_empty() {
            text.push_str("nothing happened\n");
        }
        text
    }
}
