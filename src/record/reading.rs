//! One file, read once: YAML, then the schema, then characters, then types. Implements docs/formats/8-record.md, reading.

use super::charter::Charter;
use super::document::{Content, Document, Node};
use super::lines;
use super::route::{Route, Step};
use super::schema::{FileKind, Schema};
use super::signatory::Signatory;
use super::swift;
use super::yaml;
use crate::base::characters::{self, Use};
use crate::base::finding::{Finding, MOST};
use crate::base::rule::{
    CHARACTER_NOT_ALLOWED, SCHEMA_VIOLATION, SIGNATURE_MALFORMED, STATEMENT_MALFORMED,
    YAML_NOT_PLAIN,
};
use crate::base::source::Span;
use crate::letter::Letter;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a file gave: its tree, the typed value if nothing is wrong with it, and what is wrong.
#[derive(Debug)]
pub struct Reading<T> {
    /// The tree, where the bytes are YAML at all.
    pub document: Option<Document>,
    /// The value; absent where there is a finding.
    pub value: Option<T>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Reads a file of the kind that the schema is for.
pub fn read<T: FileContent>(schema: &Schema, path: &str, bytes: &[u8]) -> Reading<T> {
    let parsed = yaml::parse(path, bytes);
    let (Some(document), true) = (&parsed.document, parsed.findings.is_empty()) else {
        return Reading {
            document: parsed.document,
            value: None,
            findings: parsed.findings,
        };
    };
    let json = document.to_json();
    let mut findings = schema.violations(document, &json);
    findings.extend(foreign_characters(document, schema.kind()));
    findings.extend(blocks_asked_for(document));
    let mut value = None;
    if findings.is_empty() {
        match typed(document, &json) {
            Ok(read) => value = Some(read),
            Err(finding) => findings.push(*finding),
        }
    }
    Reading {
        value,
        findings: Finding::bound(findings),
        document: parsed.document,
    }
}

/// The record in a file whose every byte is as our writer writes it and with which nothing is wrong.
///
/// Of any other file it says nothing: [`read`] tells what is wrong with it, if anything is.
pub fn canonical(schema: &Schema, text: &str) -> Option<Signatory> {
    let value = swift::parse(text)?;
    let sound = lines::is_clean(text)
        && (characters::is_plain(text) || holds_names(&value))
        && schema.allows(&value);
    let signatory: Signatory = serde_json::from_value(sound.then_some(value)?).ok()?;
    signatory.check().ok().map(|()| signatory)
}

/// Whether names may hold every character in these values; statements have a reader of their own (entry.rs).
fn holds_names(value: &Value) -> bool {
    let fine = |text: &str| {
        characters::refused(text, Use::Name).next().is_none() && characters::is_nfc(text)
    };
    match value {
        Value::String(text) => fine(text),
        Value::Array(items) => items.iter().all(holds_names),
        Value::Object(entries) => entries
            .iter()
            .all(|(key, value)| key == "text" || holds_names(value)),
        _ => true,
    }
}

/// What a kind of file must be beyond the types of its values.
pub trait FileContent: DeserializeOwned {
    /// What is so where it is not; the schema says the same.
    fn check(&self) -> Result<(), &'static str> {
        Ok(())
    }
}

impl FileContent for Letter {}

impl FileContent for Charter {}

impl FileContent for Signatory {
    fn check(&self) -> Result<(), &'static str> {
        self.has_content()
    }
}

/// The types alone, without the schema: a test compares the two.
pub fn typed<T: FileContent>(document: &Document, json: &Value) -> Result<T, Box<Finding>> {
    let value: T = serde_path_to_error::deserialize(json)
        .map_err(|error| Box::new(not_of_type(document, &error)))?;
    match value.check() {
        Ok(()) => Ok(value),
        Err(what) => {
            let span = document.root().span;
            Err(Box::new(Finding::at(
                &SCHEMA_VIOLATION,
                document.source(),
                span,
                what,
            )))
        }
    }
}

/// Statements and armored signatures stand as literal blocks, so that their bytes can be seen.
fn blocks_asked_for(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in ["statements", "attestations"] {
        for entry in document
            .root()
            .get(list)
            .map(Node::items)
            .unwrap_or_default()
        {
            judge_blocks(document, entry, &mut findings);
            for one in entry.get("signatures").map(Node::items).unwrap_or_default() {
                judge_blocks(document, one, &mut findings);
            }
        }
    }
    findings
}

fn judge_blocks(document: &Document, entry: &Node, findings: &mut Vec<Finding>) {
    for key in ["text", "signature", "countersignature"] {
        let Some(node) = entry.get(key) else { continue };
        if let Content::Text {
            value,
            literal: false,
        } = &node.content
            && value.contains('\n')
        {
            let message = format!("`{key}` is not written as a literal block");
            let finding = Finding::at(&YAML_NOT_PLAIN, document.source(), node.span, message);
            findings.push(finding.with_help(format!(
                "Write `{key}: |` and the lines below it, indented."
            )));
        }
    }
}

/// What the types refuse beyond the schema, such as a host name that IDNA does not allow.
fn not_of_type(
    document: &Document,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> Finding {
    use serde_path_to_error::Segment;
    let mut route = Route::root();
    for segment in error.path() {
        route = match segment {
            Segment::Seq { index } => route.item(*index),
            Segment::Map { key } => route.key(key),
            Segment::Enum { variant } => route.key(variant),
            Segment::Unknown => break,
        };
    }
    let message = format!("{route}: {}", error.inner());
    let rule = match route.steps() {
        [.., Step::Key(key)] if key == "text" => &STATEMENT_MALFORMED,
        [.., Step::Key(key)] if key.ends_with("signature") => &SIGNATURE_MALFORMED,
        _ => &SCHEMA_VIOLATION,
    };
    Finding::at(rule, document.source(), document.span(&route), message)
}

/// Every character in a value that names, statements and texts may not hold.
fn foreign_characters(document: &Document, kind: FileKind) -> Vec<Finding> {
    let mut findings = Vec::new();
    let usual = match kind {
        FileKind::Letter => Use::Prose,
        FileKind::Signatory | FileKind::Charter => Use::Name,
    };
    walk(document, document.root(), usual, &mut findings);
    findings
}

fn walk(document: &Document, node: &Node, place: Use, findings: &mut Vec<Finding>) {
    match &node.content {
        Content::Text { value, .. } => judge_text(document, node, value, place, findings),
        Content::Number(_) => {}
        Content::List(items) => {
            for item in items {
                walk(document, item, place, findings);
            }
        }
        Content::Mapping(entries) => {
            for entry in entries {
                // A statement has a reader of its own (entry.rs).
                if entry.key == "text" {
                    continue;
                }
                let prose = matches!(entry.key.as_str(), "accreditations" | "retracted" | "title");
                walk(
                    document,
                    &entry.value,
                    if prose { Use::Prose } else { place },
                    findings,
                );
            }
        }
    }
}

fn judge_text(
    document: &Document,
    node: &Node,
    value: &str,
    place: Use,
    findings: &mut Vec<Finding>,
) {
    if findings.len() > MOST {
        return;
    }
    let mut find = |at: usize, message: String| {
        let span = document.inside(node, Span::new(at, at + 1));
        findings.push(Finding::at(
            &CHARACTER_NOT_ALLOWED,
            document.source(),
            span,
            message,
        ));
    };
    for refused in characters::refused(value, place).take(MOST) {
        let code = u32::from(refused.character);
        let message = format!("the text holds {}, U+{code:04X}", refused.kind);
        find(refused.at, message);
    }
    if let Some(at) = characters::first_not_nfc(value) {
        find(
            at,
            "the text is not in Unicode Form C from here on".to_owned(),
        );
    }
}
