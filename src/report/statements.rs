//! A record's statements one after another, for people and as part of `schemas/evidence.schema.json`.

use super::paint::{BAD, FAINT, GOOD, WARNING, paint};
use crate::base::escape::visible;
use crate::registry::holding::Record;
use crate::signature::container::Means;
use crate::statement::action::Action;
use crate::statement::lines::claimed_letters;
use crate::verify::held::Held;
use serde::Serialize;

/// A record's statements with those of them that hold.
#[derive(Debug)]
pub struct Statements<'a> {
    /// The record.
    pub record: &'a Record,
    /// Whether the record is refused, whatever holds in it.
    pub refused: bool,
    /// The statements that hold, in their order.
    pub held: Vec<Held>,
}

/// One statement.
#[derive(Serialize)]
pub struct StatementJson<'a> {
    number: usize,
    action: Option<&'static str>,
    letter: Option<String>,
    version: Option<u64>,
    texts: Vec<&'a str>,
    statement: String,
    holds: Option<bool>,
    counts: bool,
    key: Option<String>,
    new_key: Option<String>,
    means: Option<&'static str>,
    claimed_date: Option<&'a str>,
    claimed_authority: Option<&'a str>,
    claimed_reason: Option<&'a str>,
}

impl Statements<'_> {
    /// Every statement, whether it holds or not.
    pub fn json(&self) -> Vec<StatementJson<'_>> {
        self.each()
            .map(|(index, text, held)| StatementJson {
                number: index + 1,
                action: Action::claimed(text).map(Action::name),
                letter: claimed_letters(text).next().map(String::from),
                version: held.and_then(Held::version),
                texts: held.map(Held::tags).unwrap_or_default(),
                statement: self.digest(index),
                holds: match held {
                    Some(held) if held.is_open() => None,
                    held => Some(held.is_some()),
                },
                counts: held.is_some_and(Held::counts),
                key: held.and_then(Held::fingerprint),
                new_key: held.and_then(Held::new_fingerprint),
                means: held.and_then(Held::means).map(Means::words),
                claimed_date: held.map(|held| held.date().as_str()),
                claimed_authority: held.and_then(Held::authority),
                claimed_reason: held.and_then(Held::reason),
            })
            .collect()
    }

    /// The same for a person; nothing where there is none.
    pub fn text(&self) -> String {
        self.each()
            .map(|(index, text, held)| one(index, text, held, &self.digest(index)))
            .chain(self.refused.then(|| {
                let refused = paint(BAD, "refused");
                format!("The record is {refused} as a whole, whatever holds by itself.\n")
            }))
            .collect()
    }

    fn each(&self) -> impl Iterator<Item = (usize, &str, Option<&Held>)> {
        let statements = self.record.signatory.statements.iter().enumerate();
        statements.map(|(index, entry)| {
            let held = self.held.iter().find(|held| held.index() == index);
            (index, entry.text.as_str(), held)
        })
    }

    fn digest(&self, index: usize) -> String {
        let entry = self.record.entries.get(index);
        entry.map_or_else(String::new, |entry| entry.digest.to_string())
    }
}

fn one(index: usize, text: &str, held: Option<&Held>, digest: &str) -> String {
    let mut title = Action::claimed(text).map_or("?", Action::name).to_owned();
    if let Some(letter) = claimed_letters(text).next() {
        title.push_str(&format!(" {letter}"));
    }
    if let Some(version) = held.and_then(Held::version) {
        title.push_str(&format!(", version {version}"));
    }
    let tags = held.map(Held::tags).unwrap_or_default();
    if !tags.is_empty() {
        title.push_str(&format!(" ({})", tags.join(", ")));
    }
    let holds = match held {
        None => paint(BAD, "does not hold"),
        Some(held) if held.is_open() => paint(
            WARNING,
            "not judged, the charter or its letter cannot be read",
        ),
        Some(held) if !held.counts() => {
            format!("{}, and changes no standing", paint(GOOD, "holds"))
        }
        Some(_) => paint(GOOD, "holds"),
    };
    let mut told = format!("statement {}: {title}: {holds}\n", index + 1);
    let mut line = |text: &str| told.push_str(&format!("         {text}\n"));
    if let Some(held) = held {
        let means = held.means().map(Means::words);
        let means = means.map_or_else(String::new, |means| format!(", {means}"));
        line(&format!("{}{means}, claimed {}", held.by(), held.date()));
        if held.is_replaced() {
            line("a key since replaced by the maintainers");
        }
        if let Some(new_key) = held.new_fingerprint() {
            line(&format!("new key {new_key}"));
        }
        if let Some(authority) = held.authority() {
            line(&format!("authority claimed: {}", visible(authority)));
        }
        if let Some(reason) = held.reason() {
            line(&format!("reason given: {}", visible(reason)));
        }
    }
    line(&paint(FAINT, digest));
    told
}
