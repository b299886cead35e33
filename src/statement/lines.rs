//! The lines of a statement: `key: value`, each key known, in the one order, once.
//! Implements docs/formats/12-statement.md, bytes.

use super::write::{FIRST, ORDER};
use crate::base::characters::{self, Use};
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::source::Span;

/// A statement has at most this many bytes.
pub const LARGEST: usize = 4096;

/// At most this many things are told of one statement.
const MOST: usize = 20;

/// Something that makes a text no statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Where it stands, in bytes from the start of the text.
    pub span: Span,
    /// What is so.
    pub message: String,
    /// What to do, where more can be said than the rule does.
    pub help: Option<String>,
}

/// One line after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// What stands before the colon.
    pub key: &'a str,
    /// What stands after the blank behind it.
    pub value: &'a str,
    start: usize,
    /// The key's group and the language in it, of `name-ko` and `text-en`.
    tagged: Option<(&'static str, &'a str)>,
    /// Where it belongs among the lines of any statement.
    rank: Option<usize>,
}

/// The lines of a statement after the first, in the one order.
#[derive(Debug)]
pub struct Lines<'a> {
    lines: Vec<Line<'a>>,
    end: Span,
}

impl Malformed {
    /// What is so, and where.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    /// The same with a sentence on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl<'a> Line<'a> {
    fn new(key: &'a str, value: &'a str, start: usize) -> Self {
        let groups = [("name-*", "name-"), ("text-*", "text-")];
        let tagged = groups
            .into_iter()
            .find_map(|(group, start)| Some((group, key.strip_prefix(start)?)));
        let group = tagged.map_or(key, |(group, _)| group);
        Self {
            key,
            value,
            start,
            tagged,
            rank: ORDER.iter().position(|known| *known == group),
        }
    }

    /// The key; of `name-ko` and `text-en` it is `name-*` and `text-*`.
    pub fn group(&self) -> &'a str {
        self.tagged.map_or(self.key, |(group, _)| group)
    }

    /// The language in the key.
    pub fn tag(&self) -> Option<&'a str> {
        self.tagged.map(|(_, tag)| tag)
    }

    /// Where the key stands.
    pub fn key_span(&self) -> Span {
        Span::new(self.start, self.start + self.key.len())
    }

    /// Where the value stands.
    pub fn value_span(&self) -> Span {
        let start = self.start + self.key.len() + 2;
        Span::new(start, start + self.value.len())
    }
}

impl<'a> Lines<'a> {
    /// Splits a text; where a line has not the form, everything that is wrong with the lines.
    pub fn split(text: &'a str) -> Result<Self, Vec<Malformed>> {
        let mut malformed = judge_whole(text);
        let mut lines: Vec<Line<'a>> = Vec::new();
        let (mut start, mut end) = (0, Span::default());
        for (number, written) in text.split_terminator('\n').enumerate() {
            let span = Span::new(start, start + written.len());
            start = span.end + 1;
            end = span;
            if number == 0 {
                if written != FIRST {
                    let message = format!("the first line is not `{FIRST}`");
                    malformed.push(Malformed::new(span, message));
                }
                continue;
            }
            match parse(written, span.start) {
                Ok(line) => {
                    malformed.extend(lines.last().and_then(|before| out_of_order(before, &line)));
                    lines.push(line);
                }
                Err(message) => malformed.push(Malformed::new(span, message)),
            }
            if malformed.len() >= MOST {
                break;
            }
        }
        if malformed.is_empty() {
            return Ok(Self { lines, end });
        }
        malformed.sort_by_key(|one| one.span);
        malformed.truncate(MOST);
        Err(malformed)
    }

    /// Every line after the first.
    pub fn all(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter()
    }

    /// The last line.
    pub fn end(&self) -> Span {
        self.end
    }
}

/// Where the value of this key stands in a text, whatever else is wrong with it; the first line where nowhere.
pub fn find(text: &str, key: &str) -> Span {
    let mut start = 0;
    for line in text.split('\n') {
        let value = line
            .strip_prefix(key)
            .and_then(|rest| rest.strip_prefix(": "));
        if let Some(value) = value {
            return Span::new(start + line.len() - value.len(), start + line.len());
        }
        start += line.len() + 1;
    }
    Span::new(0, text.find('\n').unwrap_or(text.len()))
}

/// Every letter that a text names, whatever else is wrong with it.
pub fn claimed_letters(text: &str) -> impl Iterator<Item = Id> {
    let lines = text.split('\n');
    lines.filter_map(|line| Id::parse(line.strip_prefix("letter:")?.trim()).ok())
}

/// What is asked of the text as a whole: its size, its end, its characters.
fn judge_whole(text: &str) -> Vec<Malformed> {
    let mut malformed = Vec::new();
    if text.len() > LARGEST {
        let message = format!("the statement is longer than {LARGEST} bytes");
        malformed.push(Malformed::new(Span::new(LARGEST, text.len()), message));
    }
    if !text.ends_with('\n') {
        let end = Span::new(text.len(), text.len());
        malformed.push(Malformed::new(
            end,
            "the statement does not end in a line feed",
        ));
    }
    for refused in characters::refused(text, Use::Name).take(MOST) {
        let code = u32::from(refused.character);
        let span = Span::new(refused.at, refused.at + refused.character.len_utf8());
        let message = format!("the statement holds {}, U+{code:04X}", refused.kind);
        malformed.push(Malformed::new(span, message));
    }
    if let Some(at) = characters::first_not_nfc(text) {
        let message = "the statement is not in Unicode Form C from here on";
        malformed.push(Malformed::new(Span::new(at, at + 1), message));
    }
    malformed
}

fn parse(written: &str, start: usize) -> Result<Line<'_>, String> {
    if written.is_empty() {
        return Err("a line is empty".to_owned());
    }
    let (key, value) = written
        .split_once(": ")
        .ok_or_else(|| format!("the line {} is not `key: value`", quote(written)))?;
    let line = Line::new(key, value, start);
    if line.rank.is_none() || key.ends_with('*') {
        return Err(format!("the key {} is unknown in statements", quote(key)));
    }
    if line.tag().is_some_and(|tag| Language::parse(tag).is_err()) {
        return Err(format!(
            "{} does not end in a language tag such as en, zh-Hant or pt-BR",
            quote(key)
        ));
    }
    if value.is_empty() {
        return Err(format!("`{key}` has no value"));
    }
    if value.starts_with(' ') || value.ends_with(' ') {
        return Err(format!(
            "the value of `{key}` has a blank too many before or after it"
        ));
    }
    Ok(line)
}

/// What is wrong with the order of two lines that follow each other.
fn out_of_order(before: &Line<'_>, line: &Line<'_>) -> Option<Malformed> {
    if (before.rank, before.tag()) < (line.rank, line.tag()) {
        return None;
    }
    let message = match before.key == line.key {
        true => format!("the line `{}` stands twice", line.key),
        false => format!("the line `{}` stands after `{}`", line.key, before.key),
    };
    let malformed = Malformed::new(line.key_span(), message);
    Some(
        malformed.with_help(
            "Every statement has its lines in the order of docs/formats/12-statement.md.",
        ),
    )
}
