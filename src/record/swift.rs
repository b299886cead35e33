//! Records in canonical layout, read line by line. It accepts only what our own writer writes; the YAML parser reads
//! everything else. Implements docs/formats/8-record.md, reading a canonical record.

use super::canonical::plain;
use super::plain::misread;
use serde_json::{Map, Value};

/// How a value is written in canonical layout (docs/formats/4-yaml.md, steps 26 to 32).
enum Shape {
    /// In single quotes.
    Quoted,
    /// Without quotes, unless some reader would take it for something else.
    Plain,
    /// An integer.
    Number,
    /// A literal block.
    Block,
    /// On one line, or as a literal block.
    Signature,
    /// Names by language.
    Names,
    /// Keys in this order, each where it is there.
    Mapping(&'static [(&'static str, Shape)]),
    /// Items of one shape.
    List(&'static Shape),
}

const RECORD: &[(&str, Shape)] = &[
    ("id", Shape::Plain),
    ("name", Shape::Quoted),
    ("names", Shape::Names),
    ("country", Shape::Quoted),
    ("website", Shape::Plain),
    ("domain", Shape::Plain),
    (
        "accreditations",
        Shape::List(&Shape::Mapping(&[
            ("body", Shape::Quoted),
            ("status", Shape::Quoted),
            ("source", Shape::Quoted),
        ])),
    ),
    (
        "listings",
        Shape::List(&Shape::Mapping(&[
            ("letter", Shape::Plain),
            ("version", Shape::Number),
            ("as", Shape::List(&Shape::Quoted)),
            ("retracted", Shape::Quoted),
        ])),
    ),
    (
        "statements",
        Shape::List(&Shape::Mapping(&[
            ("text", Shape::Block),
            ("signature", Shape::Signature),
            (
                "signatures",
                Shape::List(&Shape::Mapping(&[
                    ("maintainer", Shape::Plain),
                    ("signature", Shape::Signature),
                ])),
            ),
            ("countersignature", Shape::Signature),
        ])),
    ),
    (
        "attestations",
        Shape::List(&Shape::Mapping(&[
            ("text", Shape::Block),
            ("signature", Shape::Signature),
            ("body", Shape::Plain),
        ])),
    ),
];

/// What the first line may be, before the way up to the schema.
const MODELINE: &str = "# yaml-language-server: $schema=../../";

/// The values of a record whose every byte is as our writer writes it; nothing where one is not.
pub fn parse(text: &str) -> Option<Value> {
    let mut lines = Lines::of(text)?;
    if let Some(schema) = lines.next.and_then(|line| line.strip_prefix(MODELINE)) {
        if schema.strip_prefix("../").unwrap_or(schema) != "schemas/signatory.schema.json" {
            return None;
        }
        lines.advance();
    }
    let record = lines.mapping(RECORD, 0, false)?;
    lines.next.is_none().then_some(Value::Object(record))
}

/// The lines that are not read yet.
struct Lines<'a> {
    /// The one that comes next, without its indentation.
    next: Option<&'a str>,
    /// How far it is indented.
    indent: usize,
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// The lines of a text, each of which ends.
    fn of(text: &'a str) -> Option<Self> {
        let mut lines = Self {
            next: None,
            indent: 0,
            rest: text.ends_with('\n').then_some(text)?,
        };
        lines.advance();
        Some(lines)
    }

    /// The line that comes next, without its indentation; nothing where it is indented in another way.
    fn peek(&self, indent: usize) -> Option<&'a str> {
        self.next.filter(|_| self.indent == indent)
    }

    /// Goes on to the next line.
    fn advance(&mut self) {
        let end = self.rest.bytes().position(|byte| byte == b'\n');
        let line = end.and_then(|end| self.rest.split_at_checked(end));
        let Some((line, rest)) = line else {
            self.next = None;
            return;
        };
        self.indent = line.bytes().take_while(|byte| *byte == b' ').count();
        self.next = line.get(self.indent..);
        self.rest = rest.get(1..).unwrap_or_default();
    }

    /// A mapping's keys; the first one may stand behind the mark of an item.
    fn mapping(
        &mut self,
        keys: &'static [(&'static str, Shape)],
        indent: usize,
        item: bool,
    ) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        let mut first = item;
        for (key, shape) in keys {
            let line = match first {
                true => self
                    .peek(indent.checked_sub(2)?)
                    .and_then(|line| line.strip_prefix("- ")),
                false => self.peek(indent),
            };
            let value = line.and_then(|line| line.strip_prefix(key)?.strip_prefix(':'));
            let Some(written) = value else {
                continue;
            };
            first = false;
            let value = self.value(shape, written, indent)?;
            map.insert((*key).to_owned(), value);
        }
        (!map.is_empty()).then_some(map)
    }

    /// The value whose first line is the present one, from its key's colon on.
    fn value(&mut self, shape: &'static Shape, written: &'a str, indent: usize) -> Option<Value> {
        let one_line = written.strip_prefix(' ');
        self.advance();
        match shape {
            Shape::Quoted => unquoted(one_line?).map(Value::String),
            Shape::Number => number(one_line?).map(Value::from),
            Shape::Block | Shape::Signature if written == " |" => self.block(indent + 2),
            Shape::Plain | Shape::Signature => unmarked(one_line?).map(Value::String),
            Shape::Names if written.is_empty() => self.names(indent + 2).map(Value::Object),
            Shape::List(item) if written.is_empty() => {
                self.list(item, indent + 2).map(Value::Array)
            }
            Shape::Block | Shape::Names | Shape::List(_) | Shape::Mapping(_) => None,
        }
    }

    fn list(&mut self, shape: &'static Shape, indent: usize) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        while let Some(written) = self.peek(indent).and_then(|line| line.strip_prefix('-')) {
            let item = match shape {
                Shape::Mapping(keys) => Value::Object(self.mapping(keys, indent + 2, true)?),
                other => self.value(other, written, indent)?,
            };
            items.push(item);
        }
        (!items.is_empty()).then_some(items)
    }

    /// Names by language, in order of the tags.
    fn names(&mut self, indent: usize) -> Option<Map<String, Value>> {
        let mut names = Map::new();
        let mut last = "";
        while let Some(line) = self.peek(indent) {
            let (tag, name) = line.split_once(": ")?;
            let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            let fine = tag > last && tag.bytes().all(letters) && misread(tag).is_none();
            if !fine {
                return None;
            }
            last = tag;
            names.insert(tag.to_owned(), Value::String(unquoted(name)?));
            self.advance();
        }
        (!names.is_empty()).then_some(names)
    }

    /// A literal block without an empty line, or one that begins with a blank.
    fn block(&mut self, indent: usize) -> Option<Value> {
        // Most blocks are a good part of what is left.
        let mut text = String::with_capacity(self.rest.len().min(512));
        while let Some(line) = self.peek(indent).filter(|line| !line.is_empty()) {
            text.push_str(line);
            text.push('\n');
            self.advance();
        }
        (!text.is_empty()).then_some(Value::String(text))
    }
}

/// What stands in single quotes on the rest of a line.
fn unquoted(written: &str) -> Option<String> {
    let inner = written.strip_prefix('\'')?.strip_suffix('\'')?;
    if !inner.contains('\'') {
        return Some(inner.to_owned());
    }
    // Each mark inside is doubled: without the pairs none is left.
    let value = inner.replace("''", "\u{0}");
    if value.contains('\'') || inner.contains('\u{0}') {
        return None;
    }
    Some(value.replace('\u{0}', "'"))
}

/// A value without quotes that every reader takes for this string, or one in quotes that has to have them.
fn unmarked(written: &str) -> Option<String> {
    if written.starts_with('\'') {
        return unquoted(written).filter(|value| plain(value) == written);
    }
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:+=@%~&?#".contains(&byte);
    let letters = written.starts_with(|first: char| first.is_ascii_alphanumeric())
        && written.bytes().all(fine)
        && !written.ends_with(':');
    (letters && misread(written).is_none()).then(|| written.to_owned())
}

fn number(written: &str) -> Option<u64> {
    let digits = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    let leads = written.starts_with('0') && written.len() > 1;
    (digits && !leads).then(|| written.parse().ok()).flatten()
}
