//! The one writer of statements: from the value to the exact bytes that are signed.
//! Implements docs/formats/12-statement.md, bytes.

use super::Statement;
use super::deed::{Act, Deed};
use super::profile::Profile;
use crate::base::id::Id;
use std::fmt::{Display, Write as _};

/// The line that every statement begins with.
pub const FIRST: &str = "undersigned statement v1";

/// The keys of lines in the one order that every action has them in.
pub const ORDER: [&str; 24] = [
    "action",
    "registry",
    "signatory",
    "name",
    "name-*",
    "country",
    "website",
    "domain",
    "letter",
    "text-*",
    "reason",
    "authority",
    "method",
    "evidence",
    "maintainer",
    "charter",
    "key",
    "new-key",
    "subject-key",
    "sequence",
    "previous",
    "after",
    "date",
    "declaration",
];

/// The exact text that is signed, to its final line feed.
pub fn render(statement: &Statement) -> String {
    let mut lines = Lines(format!("{FIRST}\n"));
    lines.put("action", statement.action().name());
    lines.put("registry", &statement.registry);
    match &statement.deed {
        Deed::Own {
            signatory,
            profile,
            key,
            act,
        } => {
            lines.put_subject(signatory, profile);
            lines.put_act(act);
            lines.put("key", key);
            lines.put_some("new-key", act.new_key());
        }
        Deed::Attest {
            signatory,
            profile,
            method,
            evidence,
            attester,
            key,
            subject,
            ..
        } => {
            lines.put_subject(signatory, profile);
            lines.put("method", method.name());
            lines.put("evidence", evidence);
            lines.put("maintainer", attester);
            lines.put("key", key);
            lines.put("subject-key", subject);
        }
        Deed::Joint {
            signatory,
            profile,
            reason,
            charter,
            new_key,
        } => {
            lines.put_subject(signatory, profile);
            lines.put("reason", reason);
            lines.put("charter", charter);
            lines.put_some("new-key", new_key.as_ref());
        }
        Deed::Govern { charter } => lines.put("charter", charter),
    }
    lines.put("sequence", statement.sequence);
    match &statement.previous {
        None => lines.put("previous", "none"),
        Some(digest) => lines.put("previous", digest),
    }
    lines.put_some("after", statement.after.as_ref());
    lines.put("date", &statement.date);
    lines.put("declaration", statement.declaration());
    lines.0
}

struct Lines(String);

impl Lines {
    fn put(&mut self, key: &str, value: impl Display) {
        // Writing into a string never fails.
        let _ = writeln!(self.0, "{key}: {value}");
    }

    fn put_some(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    fn put_subject(&mut self, signatory: &Id, profile: &Profile) {
        self.put("signatory", signatory);
        self.put("name", &profile.name);
        for (language, name) in &profile.names {
            self.put(&format!("name-{language}"), name);
        }
        self.put_some("country", profile.country.as_ref());
        self.put_some("website", profile.website.as_ref());
        self.put_some("domain", profile.domain.as_ref());
    }

    fn put_act(&mut self, act: &Act) {
        self.put_some("letter", act.letter());
        if let Act::Endorse { texts, .. } = act {
            for (language, digest) in texts {
                self.put(&format!("text-{language}"), digest);
            }
        }
        self.put_some("reason", act.reason());
        self.put_some("authority", act.authority());
    }
}
