//! Events and commits as every JSON of a history has them.

use crate::history::event::Event;
use crate::registry::commit::Commit;
use serde::Serialize;

/// A commit, as it names itself: anybody can set its author and its time.
#[derive(Serialize)]
pub struct CommitJson<'a> {
    id: String,
    time: String,
    author: &'a str,
    subject: &'a str,
}

impl<'a> CommitJson<'a> {
    /// The commit.
    pub fn of(commit: &'a Commit) -> Self {
        Self {
            id: commit.id.to_string(),
            time: commit.time(),
            author: &commit.author,
            subject: &commit.subject,
        }
    }
}

/// Something that happened.
#[derive(Serialize)]
pub struct EventJson<'a> {
    event: &'static str,
    path: &'a str,
    signatory: Option<&'a str>,
    name: Option<&'a str>,
    letter: Option<&'a str>,
    version: Option<u64>,
    statement: Option<&'a str>,
    key: Option<&'a str>,
    new_key: Option<&'a str>,
    claimed_date: Option<&'a str>,
    claimed_authority: Option<&'a str>,
    holds: Option<bool>,
    detail: Option<&'a str>,
    commit: Option<CommitJson<'a>>,
}

impl<'a> EventJson<'a> {
    /// The event, with its commit where a history has one.
    pub fn of(event: &'a Event, commit: Option<&'a Commit>) -> Self {
        Self {
            event: event.happening.word(),
            path: &event.path,
            signatory: event.signatory.as_ref().map(|id| id.as_str()),
            name: event.name.as_deref(),
            letter: event.letter.as_ref().map(|id| id.as_str()),
            version: event.version,
            statement: event.statement.as_deref(),
            key: event.key.as_deref(),
            new_key: event.new_key.as_deref(),
            claimed_date: event.claimed_date.as_deref(),
            claimed_authority: event.authority.as_deref(),
            holds: event.holds,
            detail: event.detail.as_deref(),
            commit: commit.map(CommitJson::of),
        }
    }
}
