//! A YAML file as a tree of values that know their places; the schema and the types both read it.

use super::route::{Route, Step};
use super::written::locate;
use crate::base::source::{Source, Span, floor};
use serde_json::Value;

/// A file's text and the tree of its values.
#[derive(Debug, Clone)]
pub struct Document {
    source: Source,
    root: Node,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Node {
    /// The bytes it covers; for mappings and lists, where they begin.
    pub span: Span,
    /// What it is.
    pub content: Content,
}

/// What a value can be in the subset: nothing else exists after reading.
#[derive(Debug, Clone)]
pub enum Content {
    /// A string, and whether it was written as a literal block.
    Text {
        /// The value.
        value: String,
        /// Whether it was written after `|`.
        literal: bool,
    },
    /// A plain integer without a sign.
    Number(u64),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub value: Node,
}

impl Document {
    /// A document of this text and tree.
    pub fn new(source: Source, root: Node) -> Self {
        Self { source, root }
    }

    /// The text with its path.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The tree as JSON, for the schema and the types.
    pub fn to_json(&self) -> Value {
        self.root.to_json()
    }

    /// The last key of the outermost mapping.
    pub fn last_key(&self) -> Option<&str> {
        match &self.root.content {
            Content::Mapping(entries) => entries.last().map(|entry| entry.key.as_str()),
            _ => None,
        }
    }

    /// The value at the end of a route.
    pub fn find(&self, route: &Route) -> Option<&Node> {
        route
            .steps()
            .iter()
            .try_fold(&self.root, |node, step| node.child(step))
    }

    /// Where a route ends; where it leads nowhere, the place of the last value on the way.
    pub fn span(&self, route: &Route) -> Span {
        let mut node = &self.root;
        for step in route.steps() {
            match node.child(step) {
                Some(child) => node = child,
                None => break,
            }
        }
        node.span
    }

    /// Where a stretch of a value stands in the file: from its first character to the end of its last, on one line.
    pub fn inside(&self, node: &Node, part: Span) -> Span {
        let Some(value) = node.text() else {
            return node.span;
        };
        let written = self.source.slice(node.span);
        let first = locate(written, value, part.start);
        let last = match part.end.checked_sub(1).filter(|last| *last > part.start) {
            Some(last) => locate(written, value, floor(value, last)),
            None => first,
        };
        Span::new(
            node.span.start + first.start,
            node.span.start + last.end.max(first.end),
        )
    }

    /// Where a key of the mapping at `route` stands.
    pub fn key_span(&self, route: &Route, key: &str) -> Span {
        self.find(route)
            .and_then(|node| node.entry(key))
            .map_or_else(|| self.span(route), |entry| entry.span)
    }
}

impl Node {
    /// The entry of this key, where the value is a mapping that has one.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Mapping(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The value of this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The items, where the value is a list.
    pub fn items(&self) -> &[Node] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// The string, where the value is one.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text { value, .. } => Some(value),
            _ => None,
        }
    }

    fn child(&self, step: &Step) -> Option<&Node> {
        match step {
            Step::Key(key) => self.get(key),
            Step::Item(index) => self.items().get(*index),
        }
    }

    fn to_json(&self) -> Value {
        match &self.content {
            Content::Text { value, .. } => Value::String(value.clone()),
            Content::Number(number) => Value::from(*number),
            Content::List(items) => items.iter().map(Node::to_json).collect(),
            Content::Mapping(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect(),
            ),
        }
    }
}
