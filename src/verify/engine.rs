//! All verdicts of a registry, in an order that does not depend on how many threads made them.

use super::clash::clashes;
use super::fold::Fold;
use super::governance::Governance;
use super::judge::{judge, judge_broken};
use super::keys::refuse_reused;
use super::listing::Listings;
use super::verdict::{CharterReport, LetterReport, Report, Retraction, TextReport, Verdict};
use crate::base::finding::Finding;
use crate::base::rule::CLAIMED_COUNT_MISMATCH;
use crate::letter::version::Version;
use crate::record::route::Route;
use crate::registry::holding::Registry;
use crate::registry::letters::HeldLetter;
use rayon::prelude::*;

/// Judges every signatory on every letter.
pub fn verify(registry: &Registry) -> Report {
    verify_each(registry).0
}

/// The same with what each record's statements come to; its notes have become findings of the report.
pub fn verify_each(registry: &Registry) -> (Report, Vec<Fold>) {
    let governance = Governance::of(registry);
    let folds = judged(registry, &governance);
    conclude(registry, folds, governance.findings)
}

/// What follows from what each record's statements come to, with what is wrong with the chain of charters.
pub(super) fn conclude(
    registry: &Registry,
    mut folds: Vec<Fold>,
    governed: Vec<Finding>,
) -> (Report, Vec<Fold>) {
    let mut listings = Listings::compare(registry);
    let mut reused = refuse_reused(registry, &mut folds);
    reused.extend(governed);
    let letters = registry
        .letters
        .values()
        .filter_map(|held| report(registry, held, &listings, &folds))
        .collect();
    for (at, fold) in folds.iter_mut().enumerate() {
        for note in std::mem::take(&mut fold.notes) {
            listings.notes.add(at, note);
        }
    }
    let report = Report {
        charter: registry.charter.as_ref().map(|held| CharterReport {
            origin: held.charter.origin.to_string(),
            title: held.charter.title.to_string(),
            digest: held.digest,
        }),
        revision: registry.revision.clone(),
        broken_letters: registry.broken_letters.iter().cloned().collect(),
        broken_records: registry
            .broken_records
            .iter()
            .filter(|record| record.letters.is_empty())
            .map(|record| record.id.clone())
            .collect(),
        letters,
        findings: all_findings(registry, listings, reused),
    };
    (report, folds)
}

/// What each record's statements come to, with the findings about keys and charters that are not a record's own.
pub fn folds(registry: &Registry) -> (Vec<Fold>, Vec<Finding>) {
    let governance = Governance::of(registry);
    let mut folds = judged(registry, &governance);
    let mut findings = refuse_reused(registry, &mut folds);
    findings.extend(governance.findings);
    (folds, findings)
}

fn judged(registry: &Registry, governance: &Governance<'_>) -> Vec<Fold> {
    let records = registry.records.par_iter();
    records
        .map(|record| Fold::of(registry, governance, record))
        .collect()
}

/// What is wrong with the registry, without concluding about anybody.
pub fn validate(registry: &Registry) -> Vec<Finding> {
    all_findings(registry, Listings::compare(registry), Vec::new())
}

fn all_findings(registry: &Registry, listings: Listings, more: Vec<Finding>) -> Vec<Finding> {
    let letters = registry.letters.values();
    let counts: Vec<Finding> = letters
        .flat_map(|held| counted(registry, held, &listings))
        .collect();
    let mut findings = registry.findings.clone();
    let mut notes = listings.notes;
    findings.extend(clashes(registry, &mut notes));
    findings.extend(notes.findings(registry));
    findings.extend(counts);
    findings.extend(more);
    Finding::sort(&mut findings);
    findings
}

fn report(
    registry: &Registry,
    held: &HeldLetter,
    listings: &Listings,
    folds: &[Fold],
) -> Option<LetterReport> {
    let letter = &held.letter;
    let current = letter.current()?;
    let mut verdicts: Vec<Verdict> = registry
        .records
        .par_iter()
        .zip(folds)
        .enumerate()
        .filter_map(|(at, (record, fold))| judge(letter, at, record, listings, fold))
        .collect();
    verdicts.extend(
        registry
            .broken_records
            .iter()
            .filter_map(|record| judge_broken(&letter.id, record)),
    );
    verdicts.sort_by(|a, b| a.id.cmp(&b.id));
    Some(LetterReport {
        id: letter.id.clone(),
        title: letter.title.to_string(),
        addressee: letter.addressee.to_string(),
        version: current.number,
        date: current.date.clone(),
        versions: letter.versions.len(),
        authentic: letter.authentic.clone(),
        texts: texts(held, current),
        claimed: current.claims.map(|claims| claims.signatories),
        verdicts,
        others: [0; 7],
        retracted: retracted(registry, held, listings),
    })
}

fn texts(held: &HeldLetter, version: &Version) -> Vec<TextReport> {
    let mut texts: Vec<TextReport> = version
        .texts
        .iter()
        .map(|text| TextReport {
            language: text.language.clone(),
            digest: text.digest,
            path: held.path_of(text),
        })
        .collect();
    texts.sort_by(|a, b| a.language.cmp(&b.language));
    texts
}

/// What the text names and its publisher took back; what the text does not name is not repeated.
fn retracted(registry: &Registry, held: &HeldLetter, listings: &Listings) -> Vec<Retraction> {
    let mut found = Vec::new();
    for (at, record) in registry.records.iter().enumerate() {
        for (index, listing) in record.signatory.listings.iter().enumerate() {
            let of_this =
                listing.letter == held.letter.id && listings.evidence(at, index).is_some();
            if let (true, Some(reason)) = (of_this, &listing.retracted) {
                found.push(Retraction {
                    id: record.signatory.id.clone(),
                    name: record.signatory.name.to_string(),
                    version: listing.version,
                    reason: reason.to_string(),
                });
            }
        }
    }
    found
}

/// docs/formats/6-letter.md, claims: what the text says of itself, against the listings.
fn counted(registry: &Registry, held: &HeldLetter, listings: &Listings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, version) in held.letter.versions.iter().enumerate() {
        let Some(claims) = version.claims else {
            continue;
        };
        let (mut standing, mut all) = (0, 0);
        for (at, record) in registry.records.iter().enumerate() {
            for (number, listing) in record.signatory.listings.iter().enumerate() {
                let retracted = listing.retracted.is_some();
                let counts = !retracted || listings.evidence(at, number).is_some();
                if listing.letter == held.letter.id && listing.version == version.number && counts {
                    all += 1;
                    standing += u64::from(!retracted);
                }
            }
        }
        // A record that cannot be read may list this version: its own finding tells of it.
        let broken = registry.broken_records.iter();
        let unread = broken
            .filter(|record| record.letters.contains(&held.letter.id))
            .count();
        let most = all + u64::try_from(unread).unwrap_or(u64::MAX);
        if !(standing..=most).contains(&claims.signatories) {
            let route = Route::root()
                .key("versions")
                .item(index)
                .key("claims")
                .key("signatories");
            let message = format!(
                "the text of version {} claims {} signatories, and the records list {all}",
                version.number, claims.signatories
            );
            findings.push(held.find(&CLAIMED_COUNT_MISMATCH, route, message));
        }
    }
    findings
}
