//! `show`: one signatory with all evidence.

use super::answer::{Answer, Globals, Strictness};
use super::registry;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::Finding;
use crate::report::attestations::Attestations;
use crate::report::evidence::Evidence;
use crate::report::statements::Statements;
use clap::Args;

/// Show one signatory with all evidence
///
/// Prints what the record says, the standing on each letter, each statement and attestation with its
/// key and whether it holds, and where the publisher's text names the organization. Exit code 1 where there are
/// findings about it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned show example-hill-forum
  undersigned show example-hill-forum --at HEAD
  undersigned show example-hill-forum --format json")]
pub struct Show {
    /// The signatory's id, which is its file's name without .yaml
    id: String,

    /// Show it at this revision
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    #[command(flatten)]
    strictness: Strictness,
}

impl Show {
    /// Judges, and tells what concerns this signatory.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let mut judged = registry::judge(globals, self.at.as_deref())?;
        let uncommitted = judged.uncommitted(globals)?;
        let records = &judged.registry.records;
        let at = records
            .iter()
            .position(|record| record.signatory.id.as_str() == self.id);
        let record = at.and_then(|at| records.get(at));
        let broken = judged
            .registry
            .broken_records
            .iter()
            .find(|record| record.id.as_str() == self.id);
        let id = match (record, broken) {
            (Some(record), _) => &record.signatory.id,
            (None, Some(broken)) => &broken.id,
            (None, None) => {
                return Err(self.unknown(records.iter().map(|record| record.signatory.id.as_str())));
            }
        };
        let judged_at = registry::judged_at(globals, self.at.as_deref())?;
        let signed = record.zip(at).map(|(record, at)| {
            let fold = judged.folds.swap_remove(at);
            let statements = Statements {
                record,
                refused: fold.refused,
                held: fold.held,
            };
            let attestations = Attestations {
                record,
                attested: fold.attested,
                judged: judged_at.clone(),
            };
            (statements, attestations)
        });
        let evidence = Evidence {
            statements: signed.as_ref().map(|(statements, _)| statements),
            attestations: signed.as_ref().map(|(_, attestations)| attestations),
            report: &judged.report,
            uncommitted,
            id,
            path: record
                .map(|record| record.source.path())
                .or(broken.map(|broken| broken.path.as_str())),
            signatory: record.map(|record| record.signatory.as_ref()),
        };
        let signed = record.is_some_and(|record| !record.entries.is_empty());
        let unjudged =
            !evidence.unjudged().is_empty() || (signed && judged.registry.charter.is_none());
        let wrong = unjudged || self.strictness.is_wrong(judged.report.findings_of(id));
        let found: Vec<Finding> = judged.report.findings_of(id).cloned().collect();
        globals.tell(&found, wrong, || evidence.json(), || Ok(evidence.text()))
    }

    /// There is no such signatory; ids that hold what was typed may be meant.
    fn unknown<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Error {
        let typed = self.id.to_lowercase();
        let near: Vec<&str> = ids
            .filter(|id| !typed.is_empty() && id.contains(&typed))
            .take(5)
            .collect();
        let error = Error::new(format!(
            "there is no signatory {} in this registry",
            quote(&self.id)
        ));
        match near.is_empty() {
            true => error.with_help("`undersigned verify` lists every signatory with its id."),
            false => error.with_help(format!("Perhaps {} is meant.", near.join(", "))),
        }
    }
}
