//! A charter that changes: its bytes with the statement that adopts it, and what changes in words.
//! Implements docs/formats/18-maintainers.md, the chain of charters.

use super::edit::Edit;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::history::charter::changes;
use crate::record::canonical::{NewEntry, entry};
use crate::record::charter::{Charter, signed_part};
use crate::record::document::Content;
use crate::record::insert::insert;
use crate::record::reading::{Reading, read};
use crate::record::route::Route;
use crate::record::schema::Schemas;
use crate::registry::holding::HeldCharter;
use crate::registry::layout::{CHARTER, superseded_path};
use crate::statement::Statement;
use crate::statement::deed::Deed;

/// A charter before and after.
#[derive(Debug)]
pub struct Change<'a> {
    /// The one in force.
    pub old: &'a HeldCharter,
    /// The one to be, as it reads.
    pub new: Charter,
    /// Its bytes before the line `statements:`.
    pub head: String,
}

impl<'a> Change<'a> {
    /// The change that an edited charter asks for: its head, with the version that it must have.
    pub fn of(old: &'a HeldCharter, edited: &str, schemas: &Schemas) -> Result<Self, Error> {
        let head = std::str::from_utf8(signed_part(edited.as_bytes())).unwrap_or_default();
        let number = old.charter.statements.len() + 2;
        let head = numbered(head, number, schemas)?;
        let whole = format!("{head}statements: []\n");
        let new = charter(&whole, schemas)?;
        let known = signed_part(old.document.source().text().as_bytes());
        let known = std::str::from_utf8(known).unwrap_or_default();
        if head == numbered(known, number, schemas)? {
            return Err(Error::new(
                "the charter is the one in force, so that there is nothing to adopt",
            )
            .with_help("Edit registry/registry.yaml first, and leave it uncommitted."));
        }
        if new.maintainers.is_empty() {
            return Err(Error::new(
                "the charter to be has no maintainer, so that nobody could ever change it again",
            )
            .with_help("Leave at least one under `maintainers`."));
        }
        if new.origin != old.charter.origin {
            return Err(Error::new("the origin changed, and it never does")
                .with_help("What was signed names the old one. Give `origin` its value back."));
        }
        Ok(Self { old, new, head })
    }

    /// The statement that adopts it.
    pub fn statement(&self, date: Date) -> Statement {
        let before = self.old.entries.last();
        Statement {
            registry: self.old.charter.origin.clone(),
            deed: Deed::Govern {
                charter: Digest::of(self.head.as_bytes()),
            },
            sequence: self.old.charter.statements.len() as u64 + 1,
            previous: before.map(|entry| entry.digest),
            after: None,
            date,
        }
    }

    /// Both files as they would be: the charter with the statement, and the one before it, kept.
    pub fn edits(&self, new: &NewEntry, now: &str, schemas: &Schemas) -> Result<Vec<Edit>, Error> {
        let text = self.old.document.source().text();
        let tail = text
            .get(signed_part(text.as_bytes()).len()..)
            .unwrap_or_default();
        let lines = entry(new);
        let after = match self.old.charter.statements.is_empty() {
            true => {
                let lines = lines.iter().map(|line| format!("  {line}\n"));
                Some(format!(
                    "{}statements:\n{}",
                    self.head,
                    lines.collect::<String>()
                ))
            }
            false => {
                let before = format!("{}{tail}", self.head);
                let reading: Reading<Charter> = read(&schemas.charter, CHARTER, before.as_bytes());
                let route = Route::root().key("statements");
                reading
                    .document
                    .and_then(|document| insert(&document, &route, &lines))
            }
        };
        let after = after.ok_or_else(|| {
            Error::new("registry/registry.yaml has a layout to which nothing can be added safely")
                .with_help("Write its `statements` in the layout of docs/formats/4-yaml.md.")
        })?;
        // What comes out says all that was said, and this.
        let read = charter(&after, schemas)?;
        let known = read.statements.len() == self.old.charter.statements.len() + 1
            && read.statements.starts_with(&self.old.charter.statements)
            && read
                .statements
                .last()
                .is_some_and(|last| last.text.as_str() == new.text)
            && signed_part(after.as_bytes()) == self.head.as_bytes();
        if !known {
            return Err(
                Error::new("registry/registry.yaml would not say what it is to say")
                    .with_help("Write it in the layout of docs/formats/4-yaml.md."),
            );
        }
        let number = self.old.charter.statements.len() + 1;
        Ok(vec![
            Edit {
                path: superseded_path(number),
                before: None,
                after: text.as_bytes().to_vec(),
            },
            Edit {
                path: CHARTER.to_owned(),
                before: Some(now.as_bytes().to_vec()),
                after: after.into_bytes(),
            },
        ])
    }

    /// What changes, a line each; not a word of a stranger acts.
    pub fn told(&self) -> String {
        let lines = changes(&self.old.charter, &self.new).into_iter();
        lines
            .map(|line| format!("changes  {}\n", visible(&line)))
            .collect()
    }
}

fn charter(text: &str, schemas: &Schemas) -> Result<Charter, Error> {
    let reading: Reading<Charter> = read(&schemas.charter, CHARTER, text.as_bytes());
    reading.value.ok_or_else(|| {
        let first = reading.findings.first();
        let what = first.map_or_else(String::new, |one| format!(": {}", visible(&one.message)));
        Error::new(format!("the charter to be cannot be read{what}"))
            .with_help("`undersigned validate registry/registry.yaml` says where.")
    })
}

/// The head of a charter with the number that its policy must have.
fn numbered(head: &str, number: usize, schemas: &Schemas) -> Result<String, Error> {
    let whole = format!("{head}statements: []\n");
    let reading: Reading<Charter> = read(&schemas.charter, CHARTER, whole.as_bytes());
    let document = reading.document.ok_or_else(|| {
        Error::new("the edited registry/registry.yaml is not YAML")
            .with_help("`undersigned validate registry/registry.yaml` says where.")
    })?;
    let route = Route::root().key("policy").key("version");
    match document.find(&route).map(|node| (&node.content, node.span)) {
        Some((Content::Number(_), span)) => {
            let before = head.get(..span.start).unwrap_or_default();
            let after = head.get(span.end..).unwrap_or_default();
            Ok(format!("{before}{number}{after}"))
        }
        _ => Err(Error::new(
            "the edited registry/registry.yaml has no number under policy.version",
        )
        .with_help("`undersigned validate registry/registry.yaml` says where.")),
    }
}
