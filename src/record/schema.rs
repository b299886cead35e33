//! The only file that knows the JSON Schema validator: what a document has too much, too little or wrong.
//! Implements docs/formats/8-record.md, schema; the sentences are those of `schemas/*.schema.json`.

use super::document::{Content, Document};
use super::route::Route;
use crate::base::error::Error;
use crate::base::excerpt::{quote, shorten};
use crate::base::finding::{Finding, MOST};
use crate::base::rule::{self, Rule, SCHEMA_VIOLATION, YAML_NOT_PLAIN};
use crate::base::source::Span;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{Draft, PatternOptions, ValidationError, Validator};
use serde_json::Value;

/// Which kind of file a schema is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A signatory's record.
    Signatory,
    /// letter.yaml.
    Letter,
    /// registry.yaml and its superseded versions.
    Charter,
}

/// The files of `schemas/`, by name, as they are built into the program.
pub const FILES: [(&str, &str); 13] = [
    (
        "audit.schema.json",
        include_str!("../../schemas/audit.schema.json"),
    ),
    (
        "charter.schema.json",
        include_str!("../../schemas/charter.schema.json"),
    ),
    (
        "compilation.schema.json",
        include_str!("../../schemas/compilation.schema.json"),
    ),
    (
        "evidence.schema.json",
        include_str!("../../schemas/evidence.schema.json"),
    ),
    (
        "identification.schema.json",
        include_str!("../../schemas/identification.schema.json"),
    ),
    (
        "letter.schema.json",
        include_str!("../../schemas/letter.schema.json"),
    ),
    (
        "log.schema.json",
        include_str!("../../schemas/log.schema.json"),
    ),
    (
        "partial.schema.json",
        include_str!("../../schemas/partial.schema.json"),
    ),
    (
        "review.schema.json",
        include_str!("../../schemas/review.schema.json"),
    ),
    (
        "signatories.schema.json",
        include_str!("../../schemas/signatories.schema.json"),
    ),
    (
        "signatory.schema.json",
        include_str!("../../schemas/signatory.schema.json"),
    ),
    (
        "validation.schema.json",
        include_str!("../../schemas/validation.schema.json"),
    ),
    (
        "verification.schema.json",
        include_str!("../../schemas/verification.schema.json"),
    ),
];

/// One schema, ready to judge documents.
#[derive(Debug)]
pub struct Schema {
    kind: FileKind,
    json: Value,
    validator: Validator,
}

/// The schemas of everything a registry holds.
#[derive(Debug)]
pub struct Schemas {
    /// For signatories' records.
    pub signatory: Schema,
    /// For letter.yaml.
    pub letter: Schema,
    /// For the charter.
    pub charter: Schema,
}

impl Schemas {
    /// Reads the schemas built into the program.
    pub fn load() -> Result<Self, Error> {
        Ok(Self {
            signatory: Schema::load(FileKind::Signatory, "signatory.schema.json")?,
            letter: Schema::load(FileKind::Letter, "letter.schema.json")?,
            charter: Schema::load(FileKind::Charter, "charter.schema.json")?,
        })
    }
}

impl Schema {
    fn load(kind: FileKind, name: &str) -> Result<Self, Error> {
        let broken =
            |why: String| Error::new(format!("the built-in schema {name} is broken: {why}"));
        let text = FILES
            .iter()
            .find(|(file, _)| *file == name)
            .map_or("", |(_, text)| text);
        let json: Value = serde_json::from_str(text).map_err(|error| broken(error.to_string()))?;
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .build(&json)
            .map_err(|error| broken(error.to_string()))?;
        Ok(Self {
            kind,
            json,
            validator,
        })
    }

    /// Which kind of file it is for.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Whether a document satisfies the schema.
    pub fn allows(&self, json: &Value) -> bool {
        self.validator.is_valid(json)
    }

    /// What in the document violates the schema, in order of place; empty if nothing does.
    pub fn violations(&self, document: &Document, json: &Value) -> Vec<Finding> {
        if self.allows(json) {
            return Vec::new();
        }
        let mut findings: Vec<Finding> = Vec::new();
        // A hostile file may violate it more often than anybody reads.
        for error in self.validator.iter_errors(json).take(10 * MOST) {
            findings.extend(self.tell(document, &error));
        }
        Finding::sort(&mut findings);
        findings.dedup();
        findings
    }

    /// One violation in words.
    fn tell(&self, document: &Document, error: &ValidationError<'_>) -> Vec<Finding> {
        let route = route(error.instance_path().as_str(), document);
        let owner = self.owner(error.schema_path().as_str());
        let text_asked = owner.get("type").and_then(Value::as_str) == Some("string");
        match error.kind() {
            Kind::AdditionalProperties { unexpected } => unexpected
                .iter()
                .take(10 * MOST)
                .map(|key| unknown_key(document, &route, key, owner))
                .collect(),
            Kind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                vec![self.missing_key(document, &route, key, owner)]
            }
            Kind::PropertyNames { error } => {
                let key = error.instance().as_str().unwrap_or_default().to_owned();
                let span = document.key_span(&route, &key);
                let names = owner.get("propertyNames").unwrap_or(owner);
                vec![finding(
                    document,
                    &SCHEMA_VIOLATION,
                    span,
                    self.message(names, false),
                    self.help(names),
                )]
            }
            Kind::Type { .. } if text_asked && is_number(document, &route) => {
                let shown = quote(document.source().slice(document.span(&route)));
                let message =
                    format!("{shown} without quotes is a number, and a text is asked for here");
                vec![finding(
                    document,
                    &YAML_NOT_PLAIN,
                    document.span(&route),
                    message,
                    "Put it in single quotes.".to_owned(),
                )]
            }
            // That a number stands where a text is asked for is told above, once.
            _ if text_asked && is_number(document, &route) => Vec::new(),
            kind => {
                let message = self.message(owner, matches!(kind, Kind::Pattern { .. }));
                let what = told_of(&route, message);
                vec![finding(
                    document,
                    rule_of(owner),
                    document.span(&route),
                    what,
                    self.help(owner),
                )]
            }
        }
    }

    fn missing_key(&self, document: &Document, route: &Route, key: &str, owner: &Value) -> Finding {
        let property = owner.get("properties").and_then(|all| all.get(key));
        let help = property.map_or_else(String::new, |property| self.help(property));
        let place = match route.to_string() {
            place if place.is_empty() => String::new(),
            place => format!(" in {}", shorten(&place, 60)),
        };
        let span = document.span(route);
        finding(
            document,
            &SCHEMA_VIOLATION,
            span,
            format!("`{key}` is missing{place}"),
            help,
        )
    }

    /// The schema object whose keyword failed.
    fn owner(&self, schema_path: &str) -> &Value {
        let parent = schema_path
            .rsplit_once('/')
            .map_or("", |(parent, _)| parent);
        self.json.pointer(parent).unwrap_or(&self.json)
    }

    /// The sentence that the schema has for its violation.
    fn message(&self, owner: &Value, pattern: bool) -> String {
        let owner = self.resolved(owner);
        let word = |key: &str| owner.get(key).and_then(Value::as_str);
        let said = pattern.then(|| word("patternErrorMessage")).flatten();
        said.or_else(|| word("errorMessage"))
            .unwrap_or("the value does not fit the schema")
            .to_owned()
    }

    /// What the schema says to do.
    fn help(&self, owner: &Value) -> String {
        let described = |value: &Value| {
            value
                .get("description")
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        described(owner)
            .or_else(|| described(self.resolved(owner)))
            .unwrap_or_else(|| SCHEMA_VIOLATION.remedy.to_owned())
    }

    /// A schema object, or the one that it refers to.
    fn resolved<'a>(&'a self, owner: &'a Value) -> &'a Value {
        owner
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|target| self.json.pointer(target.strip_prefix('#')?))
            .unwrap_or(owner)
    }
}

fn finding(
    document: &Document,
    rule: &'static Rule,
    span: Span,
    message: String,
    help: String,
) -> Finding {
    let finding = Finding::at(rule, document.source(), span, message);
    if help.is_empty() {
        finding
    } else {
        finding.with_help(help)
    }
}

fn unknown_key(document: &Document, route: &Route, key: &str, owner: &Value) -> Finding {
    let known: Vec<&str> = owner
        .get("properties")
        .and_then(Value::as_object)
        .map(|all| all.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let span = document.key_span(route, key);
    let help = format!(
        "Take it out or correct its spelling; known here are {}.",
        known.join(", ")
    );
    finding(
        document,
        &SCHEMA_VIOLATION,
        span,
        format!("the key {} is unknown here", quote(key)),
        help,
    )
}

/// The message with the name of the value that it is about.
fn told_of(route: &Route, message: String) -> String {
    match route.to_string() {
        place if place.is_empty() => message,
        place => format!("{}: {message}", shorten(&place, 60)),
    }
}

/// The rule that the schema names for its violation.
fn rule_of(owner: &Value) -> &'static Rule {
    owner
        .get("x-undersigned-rule")
        .and_then(Value::as_str)
        .and_then(rule::find)
        .unwrap_or(&SCHEMA_VIOLATION)
}

fn is_number(document: &Document, route: &Route) -> bool {
    document
        .find(route)
        .is_some_and(|node| matches!(node.content, Content::Number(_)))
}

/// A JSON Pointer (RFC 6901) as a route; a step of digits is an item only where a list stands.
fn route(pointer: &str, document: &Document) -> Route {
    let mut route = Route::root();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let in_list = document
            .find(&route)
            .is_some_and(|node| matches!(node.content, Content::List(_)));
        route = match step.parse() {
            Ok(index) if in_list => route.item(index),
            _ => route.key(step),
        };
    }
    route
}
