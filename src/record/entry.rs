//! One signed entry of a record or charter, read: what it says and its signatures, or what in them is malformed and where.
//! Implements docs/formats/12-statement.md and 13-signature.md, reading.

use super::document::Document;
use super::route::Route;
use super::signatory::Signatory;
use super::signed::{
    Attestation, Governance, MaintainerSignature, SignatureText, Signed, Statement as Stored,
};
use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{Rule, SIGNATURE_MALFORMED, STATEMENT_MALFORMED};
use crate::base::source::Span;
use crate::signature::container::Signature;
use crate::statement::Statement;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::lines;
use crate::statement::method::Method;
use crate::statement::read::read;

/// One entry as it was read. What is absent has a finding.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The digest of its text.
    pub digest: Digest,
    /// What it says.
    pub statement: Option<Statement>,
    /// By the key that it names; of the maintainers' joint statements there is none.
    pub signature: Option<Signature>,
    /// By the new key.
    pub countersignature: Option<Signature>,
    /// By each maintainer who signs a joint statement, in the order of the file.
    pub signatures: Vec<(Id, Option<Signature>)>,
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
    /// One for each under `attestations`.
    pub attestations: Vec<Entry>,
}

/// The entries of a record, and what is malformed in them.
pub fn entries(signatory: &Signatory, document: &Document) -> (Entries, Vec<Finding>) {
    read_entries(signatory, Some(document))
}

/// The entries of a record in which nothing is malformed; nothing where something is.
pub fn sound_entries(signatory: &Signatory) -> Option<Entries> {
    let (entries, findings) = read_entries(signatory, None);
    findings.is_empty().then_some(entries)
}

fn read_entries(signatory: &Signatory, document: Option<&Document>) -> (Entries, Vec<Finding>) {
    let mut reader = Reader::of(document);
    let statements = signatory.statements.iter().enumerate();
    let statements = statements.map(|(index, entry)| reader.statement(index, entry));
    let statements = statements.collect();
    let attestations = signatory.attestations.iter().enumerate();
    let attestations = attestations.map(|(index, entry)| reader.attestation(index, entry));
    let entries = Entries {
        statements,
        attestations: attestations.collect(),
    };
    (entries, reader.findings)
}

/// The entries of a charter, and what is malformed in them.
pub fn governance(stored: &[Governance], document: &Document) -> (Vec<Entry>, Vec<Finding>) {
    let mut reader = Reader::of(Some(document));
    let each = stored.iter().enumerate();
    let entries = each.map(|(index, entry)| reader.governance(index, entry));
    (entries.collect(), reader.findings)
}

/// Reads the entries of one file.
struct Reader<'a> {
    /// The file, where what is malformed is to be told with its place.
    document: Option<&'a Document>,
    findings: Vec<Finding>,
    /// How many findings there were before the entry that is being read.
    before: usize,
}

impl<'a> Reader<'a> {
    fn of(document: Option<&'a Document>) -> Self {
        Self {
            document,
            findings: Vec::new(),
            before: 0,
        }
    }

    fn statement(&mut self, index: usize, stored: &Stored) -> Entry {
        let list = List::Statements;
        let mut entry = self.text(list, index, stored.text.as_str());
        match &stored.signed {
            Signed::ByKey(one) => entry.signature = self.decode(list, index, "signature", one),
            Signed::ByMaintainers(all) => entry.signatures = self.several(list, index, all),
        }
        if let Some(counter) = &stored.countersignature {
            entry.countersignature = self.decode(list, index, "countersignature", counter);
        }
        let misplaced = entry.statement.as_ref().map(|one| unfit(stored, one));
        for (key, message) in misplaced.unwrap_or_default() {
            self.tell(&SIGNATURE_MALFORMED, list, index, key, message);
        }
        entry.sound = self.findings.len() == self.before;
        entry
    }

    fn attestation(&mut self, index: usize, stored: &Attestation) -> Entry {
        let list = List::Attestations;
        let mut entry = self.text(list, index, stored.text.as_str());
        entry.signature = self.decode(list, index, "signature", &stored.signature);
        let deed = entry.statement.as_ref().map(|statement| &statement.deed);
        if let (
            Some(_),
            Some(Deed::Attest {
                observes, method, ..
            }),
        ) = (&stored.body, deed)
            && (!observes || *method == Method::Retracted)
        {
            let message = "a `body` stands under a statement that saw nothing on a domain";
            self.tell(&STATEMENT_MALFORMED, list, index, "body", message);
        }
        entry.sound = self.findings.len() == self.before;
        entry
    }

    fn governance(&mut self, index: usize, stored: &Governance) -> Entry {
        let list = List::Governance;
        let mut entry = self.text(list, index, stored.text.as_str());
        entry.signatures = self.several(list, index, &stored.signatures);
        entry.sound = self.findings.len() == self.before;
        entry
    }

    /// What an entry says, before any signature is looked at.
    fn text(&mut self, list: List, index: usize, text: &str) -> Entry {
        self.before = self.findings.len();
        let route = list.route(index);
        Entry {
            digest: Digest::of(text.as_bytes()),
            statement: judge_text(self.document, &route, list, text, &mut self.findings),
            signature: None,
            countersignature: None,
            signatures: Vec::new(),
            sound: false,
        }
    }

    /// The signatures of several maintainers, in order of their ids, nobody's twice.
    fn several(
        &mut self,
        list: List,
        index: usize,
        stored: &[MaintainerSignature],
    ) -> Vec<(Id, Option<Signature>)> {
        let ids = stored.iter().map(|one| &one.maintainer);
        if !ids.is_sorted_by(|one, other| one < other) {
            let message = "`signatures` are not in order of the maintainers' ids, each once";
            self.tell(&SIGNATURE_MALFORMED, list, index, "signatures", message);
        }
        let each = stored.iter().enumerate();
        each.map(|(at, one)| {
            let route = list
                .route(index)
                .key("signatures")
                .item(at)
                .key("signature");
            let signature = decode(self.document, route, &one.signature, &mut self.findings);
            (one.maintainer.clone(), signature)
        })
        .collect()
    }

    fn decode(
        &mut self,
        list: List,
        index: usize,
        key: &str,
        text: &SignatureText,
    ) -> Option<Signature> {
        let route = list.route(index).key(key);
        decode(self.document, route, text, &mut self.findings)
    }

    fn tell(&mut self, rule: &'static Rule, list: List, index: usize, key: &str, message: &str) {
        let finding = match self.document {
            Some(document) => {
                let span = document.key_span(&list.route(index), key);
                Finding::at(rule, document.source(), span, message)
            }
            None => Finding::about(rule, "", message),
        };
        self.findings.push(finding);
    }
}

/// Signatures that a statement of its action does not have, each with the key under which it stands.
fn unfit(stored: &Stored, statement: &Statement) -> Vec<(&'static str, &'static str)> {
    let joint = matches!(stored.signed, Signed::ByMaintainers(_));
    let mut found = Vec::new();
    match (&statement.deed, joint) {
        (Deed::Own { .. }, true) => found.push((
            "signatures",
            "an organization's statement has one `signature`, and no `signatures`",
        )),
        (Deed::Joint { .. }, false) => found.push((
            "signature",
            "a statement of the maintainers has `signatures`, and no `signature`",
        )),
        _ => {}
    }
    if statement.deed.new_key().is_none() && stored.countersignature.is_some() {
        found.push((
            "countersignature",
            "a countersignature stands under a statement that names no new key",
        ));
    }
    found
}

/// Reads one statement's text, and tells what makes it none, or none of this list.
pub fn judge_text(
    document: Option<&Document>,
    route: &Route,
    list: List,
    text: &str,
    findings: &mut Vec<Finding>,
) -> Option<Statement> {
    let route = route.clone().key("text");
    let find = |span: Span, message: String| {
        let Some(document) = document else {
            return Finding::about(&STATEMENT_MALFORMED, "", message);
        };
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
    document: Option<&Document>,
    route: Route,
    text: &SignatureText,
    findings: &mut Vec<Finding>,
) -> Option<Signature> {
    match Signature::parse(text.as_str()) {
        Ok(signature) => Some(signature),
        Err(what) => {
            let rule = &SIGNATURE_MALFORMED;
            findings.push(match document {
                Some(document) => Finding::at(rule, document.source(), document.span(&route), what),
                None => Finding::about(rule, "", what),
            });
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
