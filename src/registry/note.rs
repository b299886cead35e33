//! What is to be told of a record, gathered first, so that its file is read for places once and not for every finding.

use super::holding::{Record, Registry};
use crate::base::finding::{Finding, Severity};
use crate::base::rule::Rule;
use crate::base::source::Span;
use crate::record::route::Route;
use crate::record::yaml;
use std::collections::BTreeMap;

/// A finding to be, at a value of a record.
#[derive(Debug, Clone)]
pub struct Note {
    rule: &'static Rule,
    route: Route,
    part: Option<Span>,
    message: String,
    help: Option<String>,
    severity: Severity,
}

impl Note {
    /// What is so, at the value that the route names.
    pub fn new(rule: &'static Rule, route: Route, message: impl Into<String>) -> Self {
        Self {
            rule,
            route,
            part: None,
            message: message.into(),
            help: None,
            severity: rule.severity,
        }
    }

    /// The same note, about a part of the text that the route names.
    #[must_use]
    pub fn at(mut self, part: Span) -> Self {
        self.part = Some(part);
        self
    }

    /// The same note with a more exact sentence on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same note, milder or worse than its rule.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Whether it falls under one of these rules.
    pub fn is_of(&self, rules: &[&Rule]) -> bool {
        rules.contains(&self.rule)
    }

    /// Whether it is of severity error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Notes by the index of the record that they are about.
#[derive(Debug, Default)]
pub struct Notes(BTreeMap<usize, Vec<Note>>);

impl Notes {
    /// Adds one about a record.
    pub fn add(&mut self, record: usize, note: Note) {
        self.0.entry(record).or_default().push(note);
    }

    /// The findings, each with its place in its record.
    pub fn findings(self, registry: &Registry) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (at, notes) in self.0 {
            if let Some(record) = registry.records.get(at) {
                findings.extend(tell(record, notes));
            }
        }
        findings
    }
}

fn tell(record: &Record, notes: Vec<Note>) -> Vec<Finding> {
    let parsed = yaml::parse(record.source.path(), record.source.text().as_bytes());
    let told = notes.into_iter().map(|note| {
        let document = parsed.document.as_ref();
        let span = document.map(|document| match (note.part, document.find(&note.route)) {
            (Some(part), Some(node)) => document.inside(node, part),
            _ => document.span(&note.route),
        });
        let span = span.unwrap_or_default();
        let finding = Finding::at(note.rule, &record.source, span, note.message)
            .with_severity(note.severity)
            .of(&record.signatory.id);
        match note.help {
            Some(help) => finding.with_help(help),
            None => finding,
        }
    });
    Finding::bound(told.collect())
}
