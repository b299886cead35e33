//! `log`: what happened in the registry, or to one signatory.

use super::answer::{Answer, Globals, Strictness};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::rule::DATED_AFTER_COMMIT;
use crate::history::bench::Bench;
use crate::history::walk::Walk;
use crate::registry::home::Home;
use crate::report::log;
use clap::Args;

/// Tell what happened, in order: endorsements, withdrawals, amendments, rotations, letters and versions
///
/// Each line has the day of the commit, which its host can set, and the day that the statement claims,
/// which its signer can set; where the second is after the first, it says so. Whether a statement holds is
/// said beside it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned log
  undersigned log example-hill-forum
  undersigned log example-hill-forum --format json")]
pub struct Log {
    /// Only what happened to this signatory or letter
    id: Option<String>,

    /// The history of this revision
    #[arg(
        long,
        value_name = "REV",
        default_value = "HEAD",
        hide_default_value = true
    )]
    at: String,

    #[command(flatten)]
    strictness: Strictness,
}

impl Log {
    /// Walks the history, and tells what happened.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let repository = Home::find(&globals.directory)?.history()?;
        let head = repository.named(&self.at)?;
        let bench = Bench::new(&repository)?;
        let walk = Walk::of(&bench, &head, None)?;
        let events: Vec<_> = walk
            .events
            .iter()
            .filter(|dated| dated.event.happening.is_notable())
            .filter(|dated| match &self.id {
                Some(id) => [&dated.event.signatory, &dated.event.letter]
                    .into_iter()
                    .flatten()
                    .any(|known| known.as_str() == id),
                None => true,
            })
            .filter_map(|dated| Some((&dated.event, walk.commits.get(dated.commit)?)))
            .collect();
        if let (Some(id), true) = (&self.id, events.is_empty()) {
            return Err(Error::new(format!("the history knows no signatory and no letter {}", quote(id)))
                .with_help("Ids are the names of files in registry/signatories/ and of folders in registry/letters/."));
        }
        let findings = walk.findings().into_iter().filter(|finding| {
            let wanted = self.id.as_deref();
            let of = finding.signatory.as_ref().map(|id| id.as_str());
            finding.rule == &DATED_AFTER_COMMIT && (wanted.is_none() || wanted == of)
        });
        let told = log::Log {
            events,
            findings: findings.collect(),
        };
        globals.tell(
            &told.findings,
            self.strictness.is_wrong(&told.findings),
            || told.json(),
            || Ok(told.text()),
        )
    }
}
