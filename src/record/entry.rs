//! One entry of a record's `statements`, read: what it says and its signatures, or what in them is malformed and where.
//! Implements docs/formats/12-statement.md and 13-signature.md, reading.

use super::document::Document;
use super::route::Route;
use super::signatory::Signatory;
use super::signed::{SignatureText, Signed};
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::rule::{SIGNATURE_MALFORMED, STATEMENT_MALFORMED};
use crate::base::source::Span;
use crate::signature::container::Signature;
use crate::statement::Statement;
use crate::statement::action::Action;
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

/// The entries of a record, and what is malformed in them and in its attestations.
pub fn entries(signatory: &Signatory, document: &Document) -> (Vec<Entry>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut read = Vec::new();
    for (index, entry) in signatory.statements.iter().enumerate() {
        let before = findings.len();
        let route = List::Statements.route(index);
        let text = entry.text.as_str();
        let statement = judge_text(document, &route, List::Statements, text, &mut findings);
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
    for (index, entry) in signatory.attestations.iter().enumerate() {
        let route = List::Attestations.route(index);
        let text = entry.text.as_str();
        judge_text(document, &route, List::Attestations, text, &mut findings);
    }
    (read, findings)
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
