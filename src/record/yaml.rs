//! The only file that knows the YAML parser: bytes to a document, or what in them is not of the subset.
//! Implements docs/formats/4-yaml.md.

use super::document::{Content, Document, Entry, Node};
use super::lines::{self, has_surrogate_escape, without_comments};
use super::plain::misread;
use crate::base::excerpt::{quote, shorten};
use crate::base::finding::{Finding, MOST};
use crate::base::rule::YAML_NOT_PLAIN;
use crate::base::source::{Source, Span};
use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, options};
use std::collections::HashSet;

/// How deep collections may nest; the outermost mapping is 1.
const DEEPEST: usize = 8;

const QUOTE_IT: &str = "Put it in single quotes.";

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
                    let range = span.byte_range().unwrap_or(text.len()..text.len());
                    (event, Span::new(range.start, range.end))
                }
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(text.len());
                    self.root = None;
                    self.find(
                        Span::new(at, at + 1),
                        format!(
                            "the file is not YAML from here on: {}",
                            shorten(&error.info(), 200)
                        ),
                        "",
                    );
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

    /// Takes in one event; `false` ends the reading.
    fn read(&mut self, text: &str, event: Event<'_>, span: Span) -> bool {
        self.refuse_marks(&event, span);
        match event {
            Event::Scalar(value, style, ..) => {
                let gap = text.get(self.last..span.start).unwrap_or_default();
                match self.open.last_mut() {
                    Some(Open::Mapping(_, _, waiting @ None, _)) => {
                        *waiting = Some((value.to_string(), span));
                        self.judge_key(&value, style, span, gap);
                    }
                    _ => {
                        let content = self.judge_scalar(&value, style, span, gap);
                        self.place(Node { span, content });
                    }
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if self.open.len() >= DEEPEST {
                    self.find(span, format!("collections nest deeper than {DEEPEST}"), "");
                    self.root = None;
                    return false;
                }
                if let Some(Open::Mapping(_, _, waiting @ None, _)) = self.open.last_mut() {
                    *waiting = Some((String::new(), span));
                    self.find(span, "a key is a list or a mapping", "Write plain keys.");
                }
                self.open.push(match event {
                    Event::SequenceStart(..) => Open::List(span, Vec::new()),
                    _ => Open::Mapping(span, Vec::new(), None, HashSet::new()),
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(text, span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.find(
                    span,
                    "the value is an alias of another",
                    "Write the value itself.",
                );
                let content = text_node("");
                match self.open.last_mut() {
                    Some(Open::Mapping(_, _, waiting @ None, _)) => {
                        *waiting = Some((String::new(), span))
                    }
                    _ => self.place(Node { span, content }),
                }
            }
            _ => {}
        }
        true
    }

    /// Anchors, tags and flow style are refused wherever they stand.
    fn refuse_marks(&mut self, event: &Event<'_>, span: Span) {
        if event.anchor_id().is_some_and(|id| id != 0) && !matches!(event, Event::Alias(_)) {
            self.find(span, "the value has an anchor (&)", "Take the anchor out.");
        }
        if event.tag().is_some() {
            self.find(span, "the value has a tag (!)", "Take the tag out.");
        }
        if matches!(event, Event::MappingStart(StructureStyle::Flow, ..)) {
            self.find(
                span,
                "a mapping is written in braces",
                "Write one `key: value` a line.",
            );
        }
    }

    fn judge_key(&mut self, key: &str, style: ScalarStyle, span: Span, gap: &str) {
        if without_comments(gap).contains('?') {
            self.find(span, "a key is marked with ?", "Write `key: value`.");
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.find(span, "a key is written as a block", "Write plain keys.");
        }
        self.refuse_lines_and_escapes(style, span);
        if style == ScalarStyle::Plain
            && let Some(other) = self.misread(key, span)
        {
            let message = format!(
                "the key {} is taken for {other} by some readers",
                quote(key)
            );
            self.find(span, message, QUOTE_IT);
        }
        let repeated = match self.open.last_mut() {
            Some(Open::Mapping(_, _, _, keys)) => !keys.insert(key.to_owned()),
            _ => false,
        };
        if repeated {
            let message = format!("the key {} stands twice in one mapping", quote(key));
            self.find(span, message, "Keep one of the two.");
        }
    }

    fn judge_scalar(&mut self, value: &str, style: ScalarStyle, span: Span, gap: &str) -> Content {
        self.refuse_lines_and_escapes(style, span);
        match style {
            ScalarStyle::Plain => {
                let number = is_number(value).then(|| value.parse().ok()).flatten();
                if let Some(number) = number
                    && span.end > span.start
                {
                    return Content::Number(number);
                }
                if let Some(other) = self.misread(value, span) {
                    let shown = quote(self.source.slice(span));
                    let (message, help) = if span.end > span.start {
                        (
                            format!("{shown} without quotes is taken for {other} by some readers"),
                            QUOTE_IT,
                        )
                    } else {
                        (
                            "no value stands here".to_owned(),
                            "Write the value, or take the key out.",
                        )
                    };
                    self.find(span, message, help);
                }
            }
            ScalarStyle::Folded => {
                self.find(span, "the text is folded (>)", "Write | instead of >.");
            }
            ScalarStyle::Literal => {
                let header = without_comments(gap);
                let indicators = header.rsplit('|').next().unwrap_or_default().trim();
                if !indicators.is_empty() {
                    let help = "Write | alone.";
                    self.find(span, format!("the block is marked |{indicators}"), help);
                }
                if span.end >= self.source.text().len() && !self.source.text().ends_with('\n') {
                    let help = "End the file with a line feed.";
                    self.find(
                        span,
                        "the file ends inside a block without a line feed",
                        help,
                    );
                }
                return Content::Text {
                    value: value.to_owned(),
                    literal: true,
                };
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {}
        }
        text_node(value)
    }

    /// An unquoted value that readers take for something else; the parser shows an absent one as `~`.
    fn misread(&self, value: &str, span: Span) -> Option<&'static str> {
        misread(if span.end > span.start { value } else { "" })
    }

    fn refuse_lines_and_escapes(&mut self, style: ScalarStyle, span: Span) {
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let written = self.source.slice(span);
        if !block && written.contains('\n') {
            let help = "Write it on one line, or as a block after |.";
            self.find(span, "the value goes over several lines", help);
        } else if style == ScalarStyle::DoubleQuoted && has_surrogate_escape(written) {
            let help = "Write the character itself.";
            self.find(
                span,
                "the value has an escape for half a character (\\uD800 to \\uDFFF)",
                help,
            );
        }
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

fn bounds() -> Options {
    options! {
        strict_indentation: true,
        emit_unresolved_aliases: true,
        block_nesting_limit: 2 * DEEPEST,
        flow_nesting_limit: 2 * DEEPEST,
    }
}

fn text_node(value: &str) -> Content {
    Content::Text {
        value: value.to_owned(),
        literal: false,
    }
}

/// `0|[1-9][0-9]*`, the one spelling of a number.
fn is_number(value: &str) -> bool {
    value == "0"
        || (!value.starts_with('0')
            && !value.is_empty()
            && value.bytes().all(|byte| byte.is_ascii_digit()))
}
