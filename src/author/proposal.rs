//! A record with one more statement, judged whole before anybody writes it.
//! Implements docs/formats/15-keys.md, writing.

use super::draft::Desk;
use super::edit::Edit;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::rule::LOOK_ALIKE_NAME;
use crate::record::append::append;
use crate::record::canonical::{self, NewEntry};
use crate::record::yaml;
use crate::registry::layout;
use crate::statement::profile::Profile;

/// The record of a desk with one more statement.
pub fn propose(desk: &Desk<'_>, profile: &Profile, entry: &NewEntry) -> Result<Edit, Error> {
    let Some(record) = desk.record else {
        let sharded = desk.registry.is_sharded();
        return Ok(Edit {
            path: layout::record_path(&desk.id, sharded),
            before: None,
            after: canonical::record(&desk.id, profile, entry, sharded).into_bytes(),
        });
    };
    let path = record.source.path().to_owned();
    let unusual = || {
        Error::new(format!(
            "{path} has a layout to which nothing can be added safely"
        ))
        .with_help("Add the statement by hand: `undersigned statement` prints it.")
    };
    let before = record.source.text().as_bytes().to_vec();
    let parsed = yaml::parse(&path, &before).document.ok_or_else(unusual)?;
    let old = record.signatory.profile();
    let after = append(&parsed, &old, profile, entry).ok_or_else(unusual)?;
    Ok(Edit {
        path,
        before: Some(before),
        after: after.into_bytes(),
    })
}

/// Whether a new finding keeps a statement from being signed or taken in.
pub fn forbids(finding: &Finding) -> bool {
    finding.severity == Severity::Error || finding.rule == &LOOK_ALIKE_NAME
}
