//! The only file that knows the YAML parser: bytes to a document, or what in them is not of the subset.
//! Implements docs/formats/4-yaml.md.

use super::document::{Content, Document, Entry, Node};
use super::lines;
use super::scalar::{Scalar, Style};
use crate::base::excerpt::{quote, shorten};
use crate::base::finding::{Finding, MOST};
use crate::base::rule::YAML_NOT_PLAIN;
use crate::base::source::{Source, Span};
use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options,
};
use std::collections::HashSet;

/// How deep collections may nest; the outermost mapping is 1.
const DEEPEST: usize = 8;

/// What reading gave: a tree if there is one at all, and everything that is not of the subset.
#[derive(Debug)]
pub struct Parsed {
    /// The tree; also present where findings say that it is not to be trusted.
    pub document: Option<Document>,
    /// What is not of the subset.
    pub findings: Vec<Finding>,
}

/// Reads one file.
pub fn parse(path: &str, bytes: &[u8]) -> Parsed {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return not_utf8(path, bytes, error.valid_up_to()),
    };
    let source = Source::new(path, text);
    let mut reader = Reader {
        findings: lines::judge(&source, MOST),
        source,
        open: Vec::new(),
        root: None,
        last: 0,
    };
    reader.read_events(text);
    let Reader {
        source,
        findings,
        root,
        ..
    } = reader;
    Parsed {
        document: root.map(|root| Document::new(source, root)),
        findings: Finding::bound(findings),
    }
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Parsed {
    let source = Source::new(path, String::from_utf8_lossy(bytes));
    let finding = Finding::at(
        &YAML_NOT_PLAIN,
        &source,
        Span::new(at, at + 1),
        "the file is not UTF-8 from here on",
    );
    Parsed {
        document: None,
        findings: vec![finding.with_help("Save the file in the encoding UTF-8.")],
    }
}

/// A collection that is not closed yet.
enum Open {
    List(Span, Vec<Node>),
    /// The entries so far, the key that waits for its value, and all keys for quick comparison.
    Mapping(Span, Vec<Entry>, Option<(String, Span)>, HashSet<String>),
}

struct Reader {
    source: Source,
    findings: Vec<Finding>,
    open: Vec<Open>,
    root: Option<Node>,
    /// Where the last event ended: between it and the next stand the marks that events do not show.
    last: usize,
}

impl Reader {
    fn find(&mut self, span: Span, message: impl Into<String>, help: &str) {
        if self.findings.len() > MOST {
            return;
        }
        let finding = Finding::at(&YAML_NOT_PLAIN, &self.source, span, message);
        self.findings.push(if help.is_empty() {
            finding
        } else {
            finding.with_help(help)
        });
    }

    fn read_events(&mut self, text: &str) {
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, bounds()) {
            let (event, span) = match event {
                Ok((event, span)) => {
                    if let Some(tag) = span.tag_span() {
                        self.find(
                            bytes(&tag, text.len()),
                            "the value has a tag (!)",
                            "Take it out.",
                        );
                    }
                    (event, bytes(&span, text.len()))
                }
                Err(error) => {
                    self.root = None;
                    self.stop(&error, text.len());
                    return;
                }
            };
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.find(
                            span,
                            "a second YAML document begins here",
                            "Keep one document.",
                        );
                        return;
                    }
                }
                event => {
                    if !self.read(text, event, span) {
                        return;
                    }
                }
            }
            self.last = span.end.max(self.last);
        }
        if self.root.is_none() && self.findings.is_empty() {
            self.find(
                Span::default(),
                "the file is empty",
                "Write the record, or delete the file.",
            );
        }
    }

    /// What the parser did not read.
    fn stop(&mut self, error: &ScanError, end: usize) {
        let at = error.marker().byte_offset().unwrap_or(end);
        let message = match error.kind() {
            ErrorKind::RecursionLimitExceeded => too_deep(),
            _ => format!(
                "the file is not YAML from here on: {}",
                shorten(&error.info(), 200)
            ),
        };
        self.find(Span::new(at, at + 1), message, "");
    }

    /// Takes in one event; `false` ends the reading.
    fn read(&mut self, text: &str, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::Scalar(ref value, style, ..) => {
                let scalar = Scalar {
                    value,
                    style: own(style),
                    span,
                    file: text,
                    since: self.last,
                };
                self.read_scalar(&scalar);
            }
            Event::SequenceStart(..) => return self.open(span, Open::List(span, Vec::new())),
            Event::MappingStart(style, ..) => {
                if style == StructureStyle::Flow {
                    let help = "Write one `key: value` a line.";
                    self.find(span, "a mapping is written in braces", help);
                }
                return self.open(span, Open::Mapping(span, Vec::new(), None, HashSet::new()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(text, span),
            Event::Anchor(..) => self.find(span, "the value has an anchor (&)", "Take it out."),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.find(
                    span,
                    "an alias stands here for another value",
                    "Write the value itself.",
                );
                self.root = None;
                return false;
            }
            _ => {}
        }
        true
    }

    fn read_scalar(&mut self, scalar: &Scalar<'_>) {
        if let Some(Open::Mapping(_, _, waiting @ None, keys)) = self.open.last_mut() {
            *waiting = Some((scalar.value.to_owned(), scalar.span));
            let repeated = !keys.insert(scalar.value.to_owned());
            for breach in scalar.judge_key() {
                self.find(breach.span, breach.message, breach.help);
            }
            if repeated {
                let message = format!(
                    "the key {} stands twice in one mapping",
                    quote(scalar.value)
                );
                self.find(scalar.span, message, "Keep one of the two.");
            }
            return;
        }
        let (content, breaches) = scalar.judge_value();
        for breach in breaches {
            self.find(breach.span, breach.message, breach.help);
        }
        let span = scalar.place();
        self.place(Node { span, content });
    }

    /// Begins a collection; one that is a key, or nests too deep, ends the reading.
    fn open(&mut self, span: Span, collection: Open) -> bool {
        let is_key = matches!(self.open.last(), Some(Open::Mapping(_, _, None, _)));
        if is_key {
            self.find(span, "a key is a list or a mapping", "Write plain keys.");
        } else if self.open.len() >= DEEPEST {
            self.find(span, too_deep(), "");
        } else {
            self.open.push(collection);
            return true;
        }
        self.root = None;
        false
    }

    fn close(&mut self, text: &str, end: Span) {
        let node = match self.open.pop() {
            Some(Open::List(span, items)) => {
                let flow = span.end > span.start;
                let plain = text
                    .get(span.start..end.end)
                    .is_some_and(|written| written == "[]");
                if flow && !plain {
                    let help = "Write one `- item` a line; only an empty list is written [].";
                    self.find(span, "a list is written in brackets", help);
                }
                Node {
                    span,
                    content: Content::List(items),
                }
            }
            Some(Open::Mapping(span, entries, ..)) => Node {
                span,
                content: Content::Mapping(entries),
            },
            None => return,
        };
        self.place(node);
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Mapping(_, entries, waiting, _)) => {
                if let Some((key, span)) = waiting.take() {
                    entries.push(Entry {
                        key,
                        span,
                        value: node,
                    });
                }
            }
        }
    }
}

fn bytes(span: &granit_parser::Span, end: usize) -> Span {
    let range = span.byte_range().unwrap_or(end..end);
    Span::new(range.start, range.end)
}

fn bounds() -> Options {
    options! {
        strict_indentation: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        block_nesting_limit: DEEPEST,
        flow_nesting_limit: DEEPEST,
    }
}

fn too_deep() -> String {
    format!("collections nest deeper than {DEEPEST}")
}

fn own(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}
