//! One entry of a record's `statements`, read: what it says and its signatures, or what in them is malformed and where.
//! Implements docs/formats/12-statement.md and 13-signature.md, reading.

use super::document::Document;
use super::route::Route;
use super::signatory::Signatory;
use super::signed::{SignatureText, Signed, Statement as Stored};
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::rule::{SIGNATURE_MALFORMED, STATEMENT_MALFORMED};
use crate::base::source::Span;
use crate::signature::container::Signature;
use crate::statement::Statement;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::lines;
use crate::statement::read::read;

/// One entry as it was read. What is absent has a finding.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The digest of its text.
    pub digest: Digest,
    /// What it says.
    pub statement: Option<Statement>,
    /// By the key that it names; of the maintainers' statements there is none.
    pub signature: Option<Signature>,
    /// By the new key.
    pub countersignature: Option<Signature>,
    /// Whether everything that stands there could be read.
    pub sound: bool,
}

/// The list that an entry stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// A record's `statements`.
    Statements,
    /// A record's `attestations`.
    Attestations,
    /// The charter's `statements`.
    Governance,
}

/// What a record's entries and attestations say.
#[derive(Debug)]
pub struct Entries {
    /// One for each under `statements`.
    pub statements: Vec<Entry>,
    /// Those under `attestations` that can be read.
    pub attestations: Vec<Statement>,
}

/// The entries of a record, and what is malformed in them and in its attestations.
pub fn entries(signatory: &Signatory, document: &Document) -> (Entries, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut read = Vec::new();
    for (index, entry) in signatory.statements.iter().enumerate() {
        let before = findings.len();
        let route = List::Statements.route(index);
        let text = entry.text.as_str();
        let statement = judge_text(document, &route, List::Statements, text, &mut findings);
        findings.extend(unfit(document, &route, entry, statement.as_ref()));
        let mut decode = |key: &str, text: Option<&SignatureText>| {
            text.and_then(|text| decode(document, route.clone().key(key), text, &mut findings))
        };
        let signature = match &entry.signed {
            Signed::ByKey(signature) => decode("signature", Some(signature)),
            Signed::ByMaintainers(_) => None,
        };
        let countersignature = decode("countersignature", entry.countersignature.as_ref());
        read.push(Entry {
            digest: Digest::of(text.as_bytes()),
            statement,
            signature,
            countersignature,
            sound: findings.len() == before,
        });
    }
    let mut attestations = Vec::new();
    for (index, entry) in signatory.attestations.iter().enumerate() {
        let list = List::Attestations;
        let text = entry.text.as_str();
        let read = judge_text(document, &list.route(index), list, text, &mut findings);
        attestations.extend(read);
    }
    let entries = Entries {
        statements: read,
        attestations,
    };
    (entries, findings)
}

/// Signatures that a statement of its action does not have.
fn unfit(
    document: &Document,
    route: &Route,
    stored: &Stored,
    statement: Option<&Statement>,
) -> Vec<Finding> {
    let Some(Deed::Own { act, .. }) = statement.map(|statement| &statement.deed) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut find = |key: &str, message: &str| {
        let span = document.key_span(route, key);
        let source = document.source();
        findings.push(Finding::at(&SIGNATURE_MALFORMED, source, span, message));
    };
    if matches!(stored.signed, Signed::ByMaintainers(_)) {
        find(
            "signatures",
            "an organization's statement has one `signature`, and no `signatures`",
        );
    }
    if act.new_key().is_none() && stored.countersignature.is_some() {
        find(
            "countersignature",
            "a countersignature stands under a statement that names no new key",
        );
    }
    findings
}

/// Reads one statement's text, and tells what makes it none, or none of this list.
pub fn judge_text(
    document: &Document,
    route: &Route,
    list: List,
    text: &str,
    findings: &mut Vec<Finding>,
) -> Option<Statement> {
    let route = route.clone().key("text");
    let find = |span: Span, message: String| {
        let place = match document.find(&route) {
            Some(node) => document.inside(node, span),
            None => document.span(&route),
        };
        Finding::at(&STATEMENT_MALFORMED, document.source(), place, message)
    };
    let statement = match read(text) {
        Ok(statement) => statement,
        Err(malformed) => {
            findings.extend(malformed.into_iter().map(|one| {
                let finding = find(one.span, one.message);
                match one.help {
                    Some(help) => finding.with_help(help),
                    None => finding,
                }
            }));
            return None;
        }
    };
    let action = statement.action();
    if list.takes(action) {
        return Some(statement);
    }
    let message = format!(
        "a statement `{}` does not stand in this list",
        action.name()
    );
    let span = lines::find(text, "action");
    findings.push(find(span, message).with_help(home(action)));
    None
}

fn decode(
    document: &Document,
    route: Route,
    text: &SignatureText,
    findings: &mut Vec<Finding>,
) -> Option<Signature> {
    match Signature::parse(text.as_str()) {
        Ok(signature) => Some(signature),
        Err(what) => {
            let span = document.span(&route);
            findings.push(Finding::at(
                &SIGNATURE_MALFORMED,
                document.source(),
                span,
                what,
            ));
            None
        }
    }
}

fn home(action: Action) -> &'static str {
    match action {
        Action::Vouch | Action::Observe => "It belongs under `attestations`.",
        Action::Govern => "It belongs under `statements` of registry/registry.yaml.",
        _ => "It belongs under `statements` of the signatory's record.",
    }
}

impl List {
    /// The way to an entry.
    pub fn route(self, index: usize) -> Route {
        let key = match self {
            Self::Statements | Self::Governance => "statements",
            Self::Attestations => "attestations",
        };
        Route::root().key(key).item(index)
    }

    fn takes(self, action: Action) -> bool {
        match action {
            Action::Vouch | Action::Observe => self == Self::Attestations,
            Action::Govern => self == Self::Governance,
            _ => self == Self::Statements,
        }
    }
}
