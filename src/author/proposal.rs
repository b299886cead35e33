//! A record with one more statement, judged whole before anybody writes it.
//! Implements docs/formats/15-keys.md, writing.

use super::draft::Desk;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::rule::LOOK_ALIKE_NAME;
use crate::record::append::append;
use crate::record::canonical::{self, NewEntry};
use crate::record::schema::Schemas;
use crate::record::yaml;
use crate::registry::layout;
use crate::registry::load::load;
use crate::registry::snapshot::Snapshot;
use crate::statement::profile::Profile;
use crate::verify::engine;
use crate::verify::verdict::Report;

/// A file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its bytes now; nothing where there is no such file.
    pub before: Option<Vec<u8>>,
    /// Its bytes then.
    pub after: Vec<u8>,
}

impl Proposal {
    /// The record of a desk with one more statement.
    pub fn of(desk: &Desk<'_>, profile: &Profile, entry: &NewEntry) -> Result<Self, Error> {
        let Some(record) = desk.record else {
            let sharded = desk.registry.is_sharded();
            return Ok(Self {
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
        Ok(Self {
            path,
            before: Some(before),
            after: after.into_bytes(),
        })
    }

    /// What the registry would find with this file in it that it does not find now, and what it would conclude.
    pub fn judge(
        &self,
        now: &Report,
        snapshot: Snapshot,
        schemas: &Schemas,
    ) -> Result<(Report, Vec<Finding>), Error> {
        let registry = load(&snapshot.with(&self.path, &self.after), schemas)?;
        let report = engine::verify(&registry)?;
        let told = |finding: &Finding| {
            (
                finding.rule.name,
                finding.path.clone(),
                finding.message.clone(),
            )
        };
        let known: Vec<_> = now.findings.iter().map(told).collect();
        let new = report
            .findings
            .iter()
            .filter(|finding| !known.contains(&told(finding)))
            .cloned()
            .collect();
        Ok((report, new))
    }
}

/// Whether a new finding keeps a statement from being signed or taken in.
pub fn forbids(finding: &Finding) -> bool {
    finding.severity == Severity::Error || finding.rule == &LOOK_ALIKE_NAME
}
