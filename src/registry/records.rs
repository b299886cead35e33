//! One record's file: read, judged by itself, and where it cannot be read, what is known of it all the same.
//! Implements docs/formats/1-tree.md, loading.

use super::holding::{BrokenRecord, Record};
use super::leak;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{ID_MISMATCH, NOT_A_REGULAR_FILE};
use crate::base::source::Source;
use crate::record::document::{Document, Node};
use crate::record::entry::{Entries, entries, sound_entries};
use crate::record::reading;
use crate::record::route::Route;
use crate::record::schema::Schemas;
use crate::record::signatory::Signatory;
use crate::statement::lines::claimed_letters;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How Git LFS begins a file whose content is elsewhere.
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// What reading one record's file gave.
pub struct ReadRecord {
    /// The record, or what is known of one that cannot be read.
    pub outcome: Result<Record, BrokenRecord>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// docs/formats/1-tree.md, loading: one record.
pub fn read_record(schemas: &Schemas, path: &str, id: &Id, content: Option<&[u8]>) -> ReadRecord {
    let swift = content.and_then(|content| canonical(schemas, path, id, content));
    let mut read = match swift {
        Some(record) => ReadRecord {
            outcome: Ok(record),
            findings: Vec::new(),
        },
        None => judge_record(schemas, path, id, content),
    };
    let leak = content.and_then(|content| leak::private_key(path, content));
    read.findings.extend(leak.map(|finding| finding.of(id)));
    read
}

/// docs/formats/8-record.md, reading a canonical record: nothing is wrong with it by itself.
fn canonical(schemas: &Schemas, path: &str, id: &Id, content: &[u8]) -> Option<Record> {
    let text = std::str::from_utf8(content).ok()?;
    let signatory = reading::canonical(&schemas.signatory, text)?;
    if signatory.id != *id {
        return None;
    }
    let entries = sound_entries(&signatory)?;
    let listed = signatory.listings.iter().map(|one| one.letter.clone());
    let signed = signatory.statements.iter();
    let letters = listed
        .chain(signed.flat_map(|one| claimed_letters(one.text.as_str())))
        .collect();
    Some(Record {
        source: Source::new(path, text),
        entries: entries.statements,
        attestations: entries.attestations,
        letters,
        signatory: Arc::new(signatory),
    })
}

/// The plain way, for a file in any layout.
fn judge_record(schemas: &Schemas, path: &str, id: &Id, content: Option<&[u8]>) -> ReadRecord {
    let broken = |findings: Vec<Finding>, letters: BTreeSet<Id>| ReadRecord {
        outcome: Err(BrokenRecord {
            id: id.clone(),
            path: path.to_owned(),
            letters,
        }),
        findings: findings.into_iter().map(|finding| finding.of(id)).collect(),
    };
    let Some(content) = content else {
        return broken(Vec::new(), BTreeSet::new());
    };
    if let Some(finding) = pointer(path, content) {
        return broken(vec![finding], BTreeSet::new());
    }
    let reading = reading::read::<Signatory>(&schemas.signatory, path, content);
    let letters = reading
        .document
        .as_ref()
        .map(named_letters)
        .unwrap_or_default();
    let (Some(signatory), Some(document)) = (reading.value, reading.document) else {
        return broken(reading.findings, letters);
    };
    if signatory.id != *id {
        let message = format!(
            "the id is `{}`, and the file is named `{id}.yaml`",
            signatory.id
        );
        let span = document.span(&Route::root().key("id"));
        return broken(
            vec![Finding::at(&ID_MISMATCH, document.source(), span, message)],
            letters,
        );
    }
    let (
        Entries {
            statements,
            attestations,
        },
        findings,
    ) = entries(&signatory, &document);
    let findings = Finding::bound(findings);
    ReadRecord {
        outcome: Ok(Record {
            source: document.source().clone(),
            signatory: Arc::new(signatory),
            entries: statements,
            attestations,
            letters,
        }),
        findings: findings.into_iter().map(|finding| finding.of(id)).collect(),
    }
}

/// The letters that a record seems to name, whatever else is wrong with it.
fn named_letters(document: &Document) -> BTreeSet<Id> {
    let items = |key: &str| {
        document
            .root()
            .get(key)
            .map(Node::items)
            .unwrap_or_default()
    };
    let listed = items("listings").iter();
    let signed = items("statements").iter();
    listed
        .filter_map(|listing| Id::parse(listing.get("letter")?.text()?).ok())
        .chain(
            signed
                .filter_map(|entry| entry.get("text")?.text())
                .flat_map(claimed_letters),
        )
        .collect()
}

/// A Git LFS pointer says where content is; it is not the content.
pub fn pointer(path: &str, content: &[u8]) -> Option<Finding> {
    let message = "a Git LFS pointer lies here, not the file itself";
    content
        .starts_with(LFS_POINTER)
        .then(|| Finding::about(&NOT_A_REGULAR_FILE, path, message))
}
