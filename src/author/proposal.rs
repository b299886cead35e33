//! A record with one more statement, judged whole before anybody writes it.
//! Implements docs/formats/15-keys.md, writing.

use super::draft::Desk;
use super::edit::Edit;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::rule::LOOK_ALIKE_NAME;
use crate::record::append::{Grows, append};
use crate::record::canonical::{self, NewEntry, NewSigned};
use crate::record::reading;
use crate::record::schema::Schemas;
use crate::record::signatory::Signatory;
use crate::record::signed::{Attestation, Body, SignatureText, Signed, Statement};
use crate::registry::holding::Record;
use crate::registry::layout;
use crate::statement::profile::Profile;

/// The record of a desk with one more statement.
pub fn propose(desk: &Desk<'_>, profile: &Profile, entry: &NewEntry) -> Result<Edit, Error> {
    propose_all(desk, &[(profile.clone(), entry.clone())])
}

/// The record of a desk with more statements, each with the details that it gives.
pub fn propose_all(desk: &Desk<'_>, more: &[(Profile, NewEntry)]) -> Result<Edit, Error> {
    let (mut more, path, before, mut after) = match desk.record {
        Some(record) => {
            let text = record.source.text().to_owned();
            let path = record.source.path().to_owned();
            (more.iter(), path, Some(text.clone().into_bytes()), text)
        }
        None => {
            let sharded = desk.registry.is_sharded();
            let mut more = more.iter();
            let (profile, entry) = more
                .next()
                .ok_or_else(|| Error::new("the record would hold no statement"))?;
            let text = canonical::record(&desk.id, profile, entry, sharded);
            (more, layout::record_path(&desk.id, sharded), None, text)
        }
    };
    let schemas = Schemas::load()?;
    let added = more.try_fold(after, |text, (profile, entry)| {
        with_one_more(&schemas, &path, &text, profile, entry)
    });
    after = added.ok_or_else(|| no_place(&path))?;
    Ok(Edit {
        path,
        before,
        after: after.into_bytes(),
    })
}

/// The record of a desk with one more attestation.
pub fn propose_attestation(record: &Record, entry: &NewEntry) -> Result<Edit, Error> {
    let text = record.source.text();
    let path = record.source.path().to_owned();
    let after = attested_once_more(&Schemas::load()?, &path, text, entry);
    Ok(Edit {
        before: Some(text.as_bytes().to_vec()),
        after: after.ok_or_else(|| no_place(&path))?.into_bytes(),
        path,
    })
}

fn no_place(path: &str) -> Error {
    Error::new(format!(
        "{path} has a layout to which nothing can be added safely"
    ))
    .with_help("Write the record in the layout of docs/formats/4-yaml.md first, or add the statement by hand: `undersigned statement` prints it.")
}

/// A record's text with one more attestation; nothing unless it says all that it said before, and this.
fn attested_once_more(
    schemas: &Schemas,
    path: &str,
    text: &str,
    entry: &NewEntry,
) -> Option<String> {
    let read = |text: &str| reading::read::<Signatory>(&schemas.signatory, path, text.as_bytes());
    let reading = read(text);
    let (old, document) = (reading.value?, reading.document?);
    let profile = old.profile();
    let after = append(&document, &profile, &profile, (Grows::Attestations, entry))?;
    let new = read(&after).value?;
    let (last, before) = new.attestations.split_last()?;
    // A signature at the very end of a file may get the line feed that it lacked.
    let same = |one: &Attestation, other: &Attestation| {
        one.text == other.text
            && bare(&one.signature) == bare(&other.signature)
            && one.body == other.body
    };
    let old_same = before.len() == old.attestations.len()
        && before
            .iter()
            .zip(&old.attestations)
            .all(|(one, other)| same(one, other))
        && new.statements.len() == old.statements.len()
        && new
            .statements
            .iter()
            .zip(&old.statements)
            .all(|(one, other)| is_same(one, other));
    let kept = new.id == old.id
        && new.profile() == profile
        && new.accreditations == old.accreditations
        && new.listings == old.listings;
    let is_this = last.text.as_str() == entry.text
        && entry.signed == NewSigned::ByKey(bare(&last.signature).to_owned())
        && last.body.as_ref().map(Body::as_str) == entry.body.as_deref();
    (old_same && kept && is_this).then_some(after)
}

/// A record's text with one more statement; nothing unless it says all that it said before, and this.
pub fn with_one_more(
    schemas: &Schemas,
    path: &str,
    text: &str,
    profile: &Profile,
    entry: &NewEntry,
) -> Option<String> {
    let read = |text: &str| reading::read::<Signatory>(&schemas.signatory, path, text.as_bytes());
    let reading = read(text);
    let (old, document) = (reading.value?, reading.document?);
    let after = append(
        &document,
        &old.profile(),
        profile,
        (Grows::Statements, entry),
    )?;
    let new = read(&after).value?;
    let (last, before) = new.statements.split_last()?;
    let same = new.id == old.id
        && new.profile() == *profile
        && new.accreditations == old.accreditations
        && new.listings == old.listings
        && new.attestations == old.attestations
        && before.len() == old.statements.len()
        && before
            .iter()
            .zip(&old.statements)
            .all(|(one, other)| is_same(one, other));
    (same && is_this(last, entry)).then_some(after)
}

/// Whether a statement that came after a change is the one from before it.
///
/// A signature at the very end of a file may get the line feed that it lacked.
pub fn is_same(one: &Statement, other: &Statement) -> bool {
    let signed = match (&one.signed, &other.signed) {
        (Signed::ByKey(one), Signed::ByKey(other)) => bare(one) == bare(other),
        (Signed::ByMaintainers(one), Signed::ByMaintainers(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    one.maintainer == other.maintainer
                        && bare(&one.signature) == bare(&other.signature)
                })
        }
        _ => false,
    };
    let counter = |statement: &Statement| {
        let text = statement.countersignature.as_ref();
        text.map(|text| bare(text).to_owned())
    };
    signed && one.text == other.text && counter(one) == counter(other)
}

fn is_this(one: &Statement, entry: &NewEntry) -> bool {
    let signed = match &one.signed {
        Signed::ByKey(signature) => NewSigned::ByKey(bare(signature).to_owned()),
        Signed::ByMaintainers(all) => NewSigned::ByMaintainers(
            all.iter()
                .map(|one| (one.maintainer.clone(), bare(&one.signature).to_owned()))
                .collect(),
        ),
    };
    let counter = one.countersignature.as_ref().map(bare);
    one.text.as_str() == entry.text
        && signed == entry.signed
        && counter == entry.countersignature.as_deref()
}

/// A signature without the line feed behind it.
pub fn bare(signature: &SignatureText) -> &str {
    signature.as_str().trim_end_matches('\n')
}

/// Whether a new finding keeps a statement from being signed or taken in.
pub fn forbids(finding: &Finding) -> bool {
    finding.severity == Severity::Error || finding.rule == &LOOK_ALIKE_NAME
}
