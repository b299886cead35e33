//! The page of a signatory: what it is called, what it signed, and what ties its key to it.

use super::countries;
use super::language::{Speech, StandingWords, of_script};
use super::row::{GroundRow, NameRow};
use crate::base::encoding::decode_base64;
use crate::base::error::Error;
use crate::base::escape::seen;
use crate::compile::artifact::Artifact;
use crate::compile::signed::{self, Signed};
use crate::record::signed as stored;
use crate::registry::holding::Record;
use crate::signature::container::Means;
use crate::verify::attestation::Effect;
use crate::verify::fold::Fold;
use crate::verify::governance::Governance;
use crate::verify::verdict::{LetterReport, Retraction, Verdict};
use serde::Serialize;
use std::path::Path;

/// Who a signatory is.
#[derive(Debug, Serialize)]
pub struct Person<'a> {
    id: &'a str,
    name: NameRow,
    names: Vec<NameRow>,
    country: Option<&'a str>,
    country_name: Option<&'a str>,
    website: Option<&'a str>,
    domain: Option<&'a str>,
    accreditations: Vec<ClaimRow<'a>>,
    path: &'a str,
}

/// What others say of its status.
#[derive(Debug, Serialize)]
struct ClaimRow<'a> {
    body: &'a str,
    status: &'a str,
    source: &'a str,
}

/// Where it stands on one letter.
#[derive(Debug, Serialize)]
pub struct OnLetter<'a> {
    id: &'a str,
    title: &'a str,
    /// The language of the title.
    title_language: &'a str,
    current: u64,
    words: Option<&'a StandingWords>,
    ground: Option<GroundRow>,
    listed: Vec<PlaceRow<'a>>,
    retracted: Vec<&'a str>,
}

/// Where the publisher's text names it.
#[derive(Debug, Serialize)]
struct PlaceRow<'a> {
    spelling: &'a str,
    path: &'a str,
    version: u64,
    line: Option<usize>,
    column: Option<usize>,
}

/// A statement as it lies, with its signatures.
#[derive(Debug, Serialize)]
pub struct StatementRow<'a> {
    number: usize,
    action: Option<&'static str>,
    letter: Option<&'a str>,
    version: Option<u64>,
    date: Option<String>,
    authority: Option<String>,
    reason: Option<String>,
    key: Option<String>,
    signers: Vec<&'a str>,
    /// Whether a FIDO device made it, and asked for a PIN.
    touched: bool,
    pin: bool,
    text: &'a str,
    digest: String,
    signatures: Vec<SignatureRow<'a>>,
    files: Option<Files>,
    /// Of an attestation: what it does, and what was seen.
    attestation: Option<AttestationRow<'a>>,
}

/// A signature as it lies.
#[derive(Debug, Serialize)]
struct SignatureRow<'a> {
    /// Nothing for the key that the statement names, `new-key`, or a maintainer's id.
    by: &'a str,
    text: &'a str,
}

/// What an attestation does.
#[derive(Debug, Serialize)]
struct AttestationRow<'a> {
    observes: bool,
    method: &'static str,
    by: String,
    name: String,
    evidence: String,
    counts: bool,
    effect: &'static str,
    body: Option<&'a str>,
    seen: Option<String>,
}

/// The files of a statement, and what to type beside them.
#[derive(Debug, Serialize)]
struct Files {
    names: Vec<String>,
    commands: String,
}

impl<'a> Person<'a> {
    /// Who a record says that it is.
    pub fn of(record: &'a Record, speech: Speech) -> Self {
        let signatory = &record.signatory;
        let names = signatory.names.iter();
        let country = signatory.country.as_ref().map(|country| country.as_str());
        Self {
            id: signatory.id.as_str(),
            name: NameRow::of(None, signatory.name.as_str()),
            names: names
                .map(|(language, name)| NameRow::of(Some(language.as_str()), name.as_str()))
                .collect(),
            country,
            country_name: country.map(|code| countries::name(code, speech)),
            website: signatory.website.as_ref().map(|website| website.as_str()),
            domain: signatory.domain.as_ref().map(|domain| domain.as_str()),
            accreditations: signatory
                .accreditations
                .iter()
                .map(|claim| ClaimRow {
                    body: claim.body.as_str(),
                    status: claim.status.as_str(),
                    source: claim.source.as_str(),
                })
                .collect(),
            path: record.source.path(),
        }
    }
}

impl<'a> OnLetter<'a> {
    /// Where it stands on a letter.
    pub fn of(
        letter: &'a LetterReport,
        verdict: Option<&'a Verdict>,
        retracted: &[&'a Retraction],
        speech: Speech,
    ) -> Self {
        let listing = verdict.and_then(|verdict| verdict.listing.as_ref());
        let places = listing.into_iter().flat_map(|listing| {
            let each = listing.spellings.iter();
            each.map(|(spelling, place)| PlaceRow {
                spelling,
                path: &listing.path,
                version: listing.version,
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
            })
        });
        Self {
            id: letter.id.as_str(),
            title: &letter.title,
            title_language: of_script(&letter.title).unwrap_or(letter.authentic.as_str()),
            current: letter.version,
            words: verdict.and_then(|verdict| speech.words(verdict.standing.word())),
            ground: verdict.map(|verdict| GroundRow::of(verdict, letter.version, speech)),
            listed: places.collect(),
            retracted: retracted.iter().map(|one| one.reason.as_str()).collect(),
        }
    }
}

/// The statements and attestations of a record for its page, and the files that other programs check.
#[derive(Debug)]
pub struct Signings<'a> {
    /// The statements, in order.
    pub statements: Vec<StatementRow<'a>>,
    /// The attestations, in order.
    pub attestations: Vec<StatementRow<'a>>,
    /// Texts, signatures and keys, named from the folder of the page.
    pub files: Vec<Artifact>,
}

impl<'a> Signings<'a> {
    /// Everything that is signed in a record.
    pub fn of(governance: &Governance<'a>, record: &'a Record, fold: &'a Fold) -> Self {
        let mut all = Self {
            statements: Vec::new(),
            attestations: Vec::new(),
            files: Vec::new(),
        };
        for (index, stored) in record.signatory.statements.iter().enumerate() {
            let files = all.hand_out(Signed::of(governance, record, index));
            let row = statement(record, fold, index, stored, files);
            all.statements.push(row);
        }
        for (index, stored) in record.signatory.attestations.iter().enumerate() {
            let files = all.hand_out(Signed::attested(record, index));
            let row = attestation(fold, index, stored, files);
            all.attestations.push(row);
        }
        all.files.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Takes the files of a statement in; nothing where no other program could check it.
    fn hand_out(&mut self, signed: Result<Signed<'_>, Error>) -> Option<Files> {
        const KEYS: &str = "allowed_signers";
        let signed = signed.ok()?;
        let known = self.files.iter().position(|file| file.name == KEYS);
        let known = known.map(|at| self.files.swap_remove(at).bytes);
        let known = String::from_utf8(known.unwrap_or_default()).unwrap_or_default();
        let files = signed::files(&signed, &known);
        let names = files.iter().map(|file| file.name.clone()).collect();
        self.files.extend(files);
        Some(Files {
            names,
            commands: signed::commands(&signed, Path::new("")),
        })
    }
}

fn statement<'a>(
    record: &'a Record,
    fold: &'a Fold,
    index: usize,
    stored: &'a stored::Statement,
    files: Option<Files>,
) -> StatementRow<'a> {
    let entry = record.entries.get(index);
    let held = fold.held.iter().find(|held| held.index() == index);
    let read = entry.and_then(|entry| entry.statement.as_ref());
    let mut signatures = match &stored.signed {
        stored::Signed::ByKey(one) => vec![SignatureRow {
            by: "",
            text: one.as_str(),
        }],
        stored::Signed::ByMaintainers(all) => all
            .iter()
            .map(|one| SignatureRow {
                by: one.maintainer.as_str(),
                text: one.signature.as_str(),
            })
            .collect(),
    };
    signatures.extend(stored.countersignature.as_ref().map(|one| SignatureRow {
        by: "new-key",
        text: one.as_str(),
    }));
    let means = held.and_then(|held| held.means());
    StatementRow {
        number: index + 1,
        action: read.map(|read| read.action().name()),
        letter: held
            .and_then(|held| held.letter())
            .map(|letter| letter.as_str()),
        version: held.and_then(|held| held.version()),
        date: read.map(|read| read.date.to_string()),
        authority: held.and_then(|held| held.authority()).map(seen),
        reason: held.and_then(|held| held.reason()).map(seen),
        key: held.and_then(|held| held.fingerprint()),
        signers: held
            .into_iter()
            .flat_map(|held| held.signers())
            .map(|id| id.as_str())
            .collect(),
        touched: matches!(means, Some(Means::Fido { .. })),
        pin: matches!(means, Some(Means::Fido { pin: true })),
        text: stored.text.as_str(),
        digest: entry
            .map(|entry| entry.digest.to_string())
            .unwrap_or_default(),
        signatures,
        files,
        attestation: None,
    }
}

fn attestation<'a>(
    fold: &'a Fold,
    index: usize,
    stored: &'a stored::Attestation,
    files: Option<Files>,
) -> StatementRow<'a> {
    let held = fold.attested.iter().find(|held| held.index == index);
    let body = stored.body.as_ref().map(|body| body.as_str());
    let seen_there = body.and_then(decode_base64);
    StatementRow {
        number: index + 1,
        action: held.map(|held| if held.observes { "observe" } else { "vouch" }),
        letter: None,
        version: None,
        date: held.map(|held| held.date.to_string()),
        authority: None,
        reason: None,
        key: None,
        signers: Vec::new(),
        touched: false,
        pin: false,
        text: stored.text.as_str(),
        digest: held.map(|held| held.digest.to_string()).unwrap_or_default(),
        signatures: vec![SignatureRow {
            by: "",
            text: stored.signature.as_str(),
        }],
        files,
        attestation: held.map(|held| AttestationRow {
            observes: held.observes,
            method: held.method.name(),
            by: held.by.to_string(),
            name: seen(&held.name),
            evidence: seen(&held.evidence),
            counts: held.effect == Effect::Counts,
            effect: effect(held.effect),
            body,
            seen: seen_there.map(|bytes| lines(&String::from_utf8_lossy(&bytes))),
        }),
    }
}

/// What an attestation does, a word for templates.
fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Counts => "counts",
        Effect::TakesBack => "takes-back",
        Effect::Overtaken => "overtaken",
        Effect::Retired => "retired",
        Effect::OtherDetails => "other-details",
        Effect::OtherKey => "other-key",
        Effect::LostKey => "lost-key",
    }
}

/// Text of strangers, line by line.
fn lines(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(seen).collect();
    lines.join("\n")
}
