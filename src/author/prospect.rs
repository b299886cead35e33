//! A registry as it would be with some files in it: what keeps them out, and whether they count there.
//! Implements docs/formats/15-keys.md, writing.

use super::edit::Edit;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{
    NOT_A_REGULAR_FILE, PATH_COLLISION, PATH_NOT_ALLOWED, RECORD_TOO_LARGE, Rule,
};
use crate::history::lists::Order;
use crate::history::record::Change;
use crate::record::schema::Schemas;
use crate::record::yaml;
use crate::registry::holding::Registry;
use crate::registry::layout::{self, Slot};
use crate::registry::load::load;
use crate::registry::snapshot::Snapshot;
use crate::statement::deed::Deed;
use crate::verify::engine;
use crate::verify::fold::Fold;
use crate::verify::governance::Governance;

/// What the survey says of a path: nothing is written where one of these stands.
const OBSTACLES: [&Rule; 4] = [
    &NOT_A_REGULAR_FILE,
    &PATH_COLLISION,
    &PATH_NOT_ALLOWED,
    &RECORD_TOO_LARGE,
];

/// A registry as it would be, judged.
#[derive(Debug)]
pub struct Prospect {
    registry: Registry,
    folds: Vec<Fold>,
    findings: Vec<Finding>,
}

impl Prospect {
    /// The registry of a snapshot with these files in it.
    pub fn of(edits: &[Edit], snapshot: &Snapshot, schemas: &Schemas) -> Result<Self, Error> {
        let mut then: Option<Snapshot> = None;
        for edit in edits {
            let below = then.as_ref().unwrap_or(snapshot);
            then = Some(below.with(&edit.path, &edit.after));
        }
        let registry = load(then.as_ref().unwrap_or(snapshot), schemas)?;
        let (report, folds) = engine::verify_each(&registry);
        Ok(Self {
            registry,
            folds,
            findings: report.findings,
        })
    }

    /// What would be found that is not found now, and what lies in the way of these files already.
    pub fn against(&self, edits: &[Edit], now: &[Finding]) -> Vec<Finding> {
        let known = |found: &Finding| now.iter().any(|known| known.is_same(found));
        let hinders = |found: &Finding| edits.iter().any(|edit| hinders(found, &edit.path));
        let mut found = self.findings.clone();
        found.retain(|finding| !known(finding) || hinders(finding));
        found.extend(edits.iter().flat_map(changes));
        found
    }

    /// An error where one of these files would not be read just as it is: that nothing new is found is no proof of it.
    pub fn reads(&self, edits: &[Edit]) -> Result<(), Error> {
        match edits.iter().find(|edit| !self.holds(edit)) {
            None => Ok(()),
            Some(edit) => Err(uncounted(&edit.path)),
        }
    }

    /// An error where a record would not hold with all that it says beyond its first `known` statements.
    pub fn counts(&self, id: &Id, known: usize) -> Result<(), Error> {
        let mut records = self.registry.records.iter().zip(&self.folds);
        let found = records.find(|(record, _)| record.signatory.id == *id);
        let counts = found.is_some_and(|(record, fold)| {
            let all = record.entries.len();
            let new = fold.held.iter().filter(|held| held.index() >= known);
            let closed = new.filter(|held| !held.is_open()).count();
            // By the charter in force, which may be another than the one that was when somebody signed.
            let charter = self.registry.charter.as_ref().map(|held| held.digest);
            let mut new = record.entries.iter().skip(known);
            let by_it = new.all(
                |entry| match entry.statement.as_ref().map(|one| &one.deed) {
                    Some(Deed::Joint { charter: named, .. }) => Some(*named) == charter,
                    _ => true,
                },
            );
            !fold.refused && all > known && closed == all - known && by_it
        });
        match counts {
            true => Ok(()),
            false => Err(uncounted(&format!("the record of `{id}`"))),
        }
    }

    /// An error where a record would not hold with all that is attested of it beyond the first `known`.
    pub fn attests(&self, id: &Id, known: usize) -> Result<(), Error> {
        let mut records = self.registry.records.iter().zip(&self.folds);
        let found = records.find(|(record, _)| record.signatory.id == *id);
        let counts = found.is_some_and(|(record, fold)| {
            let all = record.attestations.len();
            let new = fold.attested.iter().filter(|one| one.index >= known);
            all > known && new.count() == all - known
        });
        match counts {
            true => Ok(()),
            false => Err(uncounted(&format!("the record of `{id}`"))),
        }
    }

    /// An error where a letter that a record's new statements name is not the one that somebody saw.
    pub fn shown(&self, id: &Id, known: usize, seen: &Registry) -> Result<(), Error> {
        let mut records = self.registry.records.iter();
        let record = records.find(|record| record.signatory.id == *id);
        let new = record
            .iter()
            .flat_map(|record| record.entries.iter().skip(known));
        let mut letters = new.filter_map(|entry| entry.statement.as_ref()?.deed.letter());
        let changed = letters.find(|letter| {
            let (was, is) = (seen.letters.get(letter), self.registry.letters.get(letter));
            !was.zip(is).is_some_and(|(was, is)| was.is_same(is))
        });
        match changed {
            None => Ok(()),
            Some(letter) => Err(Error::new(format!(
                "the letter `{letter}` changed while you were asked"
            ))
            .with_help("Nothing was written. Run it again, and look at what the letter says now.")),
        }
    }

    fn holds(&self, edit: &Edit) -> bool {
        match layout::slot(&edit.path) {
            Some(Slot::Record(_)) => {
                let mut records = self.registry.records.iter();
                records.any(|record| {
                    record.source.path() == edit.path
                        && record.source.text().as_bytes() == edit.after
                })
            }
            Some(Slot::Letter(_)) => {
                let mut letters = self.registry.letters.values();
                letters.any(|held| {
                    held.path == edit.path && held.document.source().text().as_bytes() == edit.after
                })
            }
            Some(Slot::Text(..)) => {
                let letters = self.registry.letters.values();
                let mut texts = letters.flat_map(|held| held.texts.values());
                texts.any(|text| text.path == edit.path && text.bytes == edit.after)
            }
            Some(Slot::Charter) => {
                let charter = self.registry.charter.as_ref();
                let reads = charter
                    .is_some_and(|held| held.document.source().text().as_bytes() == edit.after);
                reads && Governance::of(&self.registry).current().is_some()
            }
            Some(Slot::SupersededCharter(number)) => {
                let held = self.registry.superseded.get(&number);
                held.is_some_and(|held| held.document.source().text().as_bytes() == edit.after)
            }
            // What lies outside of the registry is read by nobody here.
            _ => true,
        }
    }
}

/// Whether what the survey found lies at a path or above it, or hides what could clash with a file there.
fn hinders(finding: &Finding, path: &str) -> bool {
    if !finding.is_error() || !OBSTACLES.contains(&finding.rule) {
        return false;
    }
    let above = path
        .strip_prefix(finding.path.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let room = |path: &str| path.split('/').nth(1).map(str::to_owned);
    let hides = finding.rule == &NOT_A_REGULAR_FILE
        && layout::may_hold(&finding.path)
        && room(&finding.path) == room(path);
    above || hides
}

fn uncounted(what: &str) -> Error {
    Error::new(format!("{what} would not count as it would be written"))
        .with_help("Nothing was written. `undersigned verify` says what is wrong with the registry as it is; mend that first.")
}

/// What of a record would not be lawful as a step (docs/formats/16-history.md): a review would refuse it then.
fn changes(edit: &Edit) -> Vec<Finding> {
    let (Some(Slot::Record(id)), Some(before)) = (layout::slot(&edit.path), &edit.before) else {
        return Vec::new();
    };
    let read = |bytes: &[u8]| yaml::parse(&edit.path, bytes).document;
    let (before, after) = (read(before), read(&edit.after));
    let change = Change {
        id: &id,
        before: before.as_ref(),
        after: after.as_ref(),
        unreadable: Some(&edit.path),
    };
    // Without a lineage nothing is read, so that there is no error.
    change.judge(Order::Kept, None).unwrap_or_default()
}
