//! Statements that do not fit the moment at which they enter: dated after it, or by a charter that is past.
//! Implements docs/formats/16-history.md, steps 24 and 35.

use super::bench::{Bench, Part};
use super::event::Event;
use super::lineage::record as record_of;
use super::lists::{List as Listed, holds, same};
use super::owed::{Mending, Owed};
use super::sketch::items;
use super::step::Step;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{ATTESTATION_UNKNOWN_MAINTAINER, DATED_AFTER_COMMIT};
use crate::base::source::Span;
use crate::record::charter::signed_part;
use crate::record::document::{Document, Node};
use crate::record::entry::List;
use crate::record::yaml;
use crate::registry::commit::Commit;
use crate::registry::holding::{Record, Registry};
use crate::registry::layout::CHARTER;
use crate::registry::state::State;
use crate::statement::deed::Deed;
use crate::statement::lines::find;
use crate::verify::attestation::Effect;
use crate::verify::fold::Fold;
use std::collections::BTreeSet;

/// Step 24: statements that claim a day after that of their commit.
pub fn late(record: &Record, events: &[Event], commit: &Commit) -> Vec<Finding> {
    let latest = commit.latest_day();
    let claims = events.iter().filter_map(|event| {
        let claimed = event.claimed_date.as_ref();
        Some((event, claimed.filter(|claimed| **claimed > latest)?))
    });
    let mut claims = claims.peekable();
    let mut findings = Vec::new();
    if claims.peek().is_none() {
        return findings;
    }
    let parsed = yaml::parse(record.source.path(), record.source.text().as_bytes());
    for (event, claimed) in claims {
        let (Some(index), Some(document)) = (place(record, event), &parsed.document) else {
            continue;
        };
        let span = line(document, index, "date");
        let message = format!(
            "statement {} claims {claimed}, and the commit that brings it is of {}",
            index + 1,
            commit.day()
        );
        let finding = Finding::at(&DATED_AFTER_COMMIT, document.source(), span, message);
        findings.push(finding.of(&record.signatory.id));
    }
    findings
}

/// Step 35: joint statements of a record that name a charter which is in force neither before the step nor after it;
/// those that are known entered at their own moment. Each with its place.
///
/// A state alone cannot tell: who has left the registry could name the charter that still knew them.
pub fn bygone(
    record: &Record,
    known: impl Fn(&str) -> Result<bool, Error>,
    before: &State<'_>,
    after: &Registry,
) -> Result<Vec<(usize, Finding)>, Error> {
    let named = record
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            match entry.statement.as_ref().map(|statement| &statement.deed) {
                Some(Deed::Joint { charter, .. }) => Some((index, *charter)),
                _ => None,
            }
        });
    let mut findings = Vec::new();
    let mut in_force: Option<Vec<Digest>> = None;
    for (index, charter) in named {
        if in_force.is_none() {
            let old = before.plain(CHARTER)?;
            let old = old.map(|bytes| Digest::of(signed_part(&bytes)));
            let new = after.charter.as_ref().map(|held| held.digest);
            in_force = Some(old.into_iter().chain(new).collect());
        }
        let stored = record.signatory.statements.get(index);
        let text = stored.map_or("", |stored| stored.text.as_str());
        if in_force.iter().flatten().any(|one| *one == charter) || known(text)? {
            continue;
        }
        let parsed = yaml::parse(record.source.path(), record.source.text().as_bytes());
        let Some(document) = &parsed.document else {
            continue;
        };
        let message = format!(
            "statement {} is by the maintainers of a charter that is not in force",
            index + 1
        );
        let span = line(document, index, "charter");
        let rule = &ATTESTATION_UNKNOWN_MAINTAINER;
        let finding = Finding::at(rule, document.source(), span, message);
        findings.push((index, finding.of(&record.signatory.id)));
    }
    Ok(findings)
}

/// Step 35: attestations that a step adds by somebody who may not attest this by the charter in force; those that are
/// known entered at their own moment. Each with its place.
pub fn departed(
    (record, fold): (&Record, &Fold),
    (before, after): (Option<&Document>, &Document),
    known: impl Fn(&Node) -> Result<bool, Error>,
) -> Result<Vec<(usize, Finding)>, Error> {
    let old = before.map_or(&[][..], |before| items(before.root(), "attestations"));
    let mut findings = Vec::new();
    for (index, node) in items(after.root(), "attestations").iter().enumerate() {
        let mut attested = fold.attested.iter();
        let one = attested.find(|one| one.index == index && one.effect == Effect::Retired);
        let Some(one) = one.filter(|_| !old.iter().any(|other| same(other, node))) else {
            continue;
        };
        if known(node)? {
            continue;
        }
        let message = format!(
            "attestation {} is by `{}`, who may not attest this by the charter in force, or not with this key",
            index + 1,
            one.by
        );
        let span = after.span(&List::Attestations.route(index));
        let rule = &ATTESTATION_UNKNOWN_MAINTAINER;
        let finding = Finding::at(rule, after.source(), span, message);
        findings.push((index, finding.of(&record.signatory.id)));
    }
    Ok(findings)
}

/// Where the statement of an event stands in its record.
fn place(record: &Record, event: &Event) -> Option<usize> {
    let mut entries = record.entries.iter();
    entries.position(|entry| Some(entry.digest.to_string()) == event.statement)
}

fn line(document: &Document, index: usize, key: &str) -> Span {
    let route = List::Statements.route(index).key("text");
    document.find(&route).map_or_else(
        || document.span(&route),
        |node| document.inside(node, find(node.text().unwrap_or_default(), key)),
    )
}

impl Step<'_> {
    /// Step 35: joint statements that are not owed and never held; told are only those that the step brings.
    pub(super) fn bygone(
        &self,
        bench: &Bench<'_>,
        (id, record): (&Id, &Record),
        (mending, brought): (Option<&Mending>, bool),
        part: &Part,
    ) -> Result<Vec<(usize, Finding)>, Error> {
        let lineage = self.lineage(bench);
        let known = |text: &str| {
            if mending.is_some_and(|mending| mending.texts.contains(text)) {
                return Ok(true);
            }
            if brought {
                let before = bench.part(&self.before, &BTreeSet::from([id.clone()]), None)?;
                let mut records = before.registry.records.iter();
                let stood = records.any(|record| {
                    let mut texts = record.signatory.statements.iter();
                    texts.any(|stored| stored.text.as_str() == text)
                });
                if stood {
                    return Ok(true);
                }
            }
            let after = record_of(&self.after, id)?;
            let entries = after
                .iter()
                .flat_map(|after| items(after.root(), "statements"));
            let mut same = entries.filter(|one| one.get("text").and_then(Node::text) == Some(text));
            match (same.next(), &lineage) {
                (Some(entry), Some(lineage)) => lineage.ever_held(id, Listed::Statements, entry),
                _ => Ok(false),
            }
        };
        bygone(record, known, &self.before, &part.registry)
    }

    /// Step 35: attestations that the step brings, and that are neither owed nor ever held.
    pub(super) fn departed(
        &self,
        bench: &Bench<'_>,
        (id, owed): (&Id, &Owed),
        (read, before, after): ((&Record, &Fold), Option<&Document>, &Document),
    ) -> Result<Vec<(usize, Finding)>, Error> {
        let lineage = self.lineage(bench);
        let known = |node: &Node| {
            let mut forms = owed.forms(id);
            if forms.any(|form| holds(form, Listed::Attestations, node)) {
                return Ok(true);
            }
            let ever = lineage
                .as_ref()
                .map(|one| one.ever_held(id, Listed::Attestations, node));
            Ok(ever.transpose()?.unwrap_or_default())
        };
        departed(read, (before, after), known)
    }
}
