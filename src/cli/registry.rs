//! What most commands begin with: find the registry, read it, judge it.

use super::answer::Globals;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::record::schema::Schemas;
use crate::registry::holding::Registry;
use crate::registry::home::Home;
use crate::registry::load::load;
use crate::verify::engine;
use crate::verify::fold::Fold;
use crate::verify::verdict::Report;

/// A registry that was read and judged.
#[derive(Debug)]
pub struct Judged {
    /// What lies in it.
    pub registry: Registry,
    /// What is concluded.
    pub report: Report,
    /// What the statements of each record come to, in the order of the records.
    pub folds: Vec<Fold>,
    /// How many files of the work tree differ from HEAD; nothing where a commit was judged.
    pub uncommitted: Option<usize>,
}

/// Reads the registry at a revision, or as it lies in the work tree; nothing is concluded.
pub fn read(globals: &Globals, revision: Option<&str>) -> Result<Registry, Error> {
    let home = Home::find(&globals.directory)?;
    let snapshot = match revision {
        Some(revision) => home.at(revision)?,
        None => home.as_it_lies()?,
    };
    load(&snapshot, &Schemas::load()?)
}

/// Reads and judges the registry at a revision, or as it lies in the work tree.
pub fn judge(globals: &Globals, revision: Option<&str>) -> Result<Judged, Error> {
    let home = Home::find(&globals.directory)?;
    let committed = match revision {
        None => home.committed(),
        Some(_) => None,
    };
    let snapshot = match revision {
        Some(revision) => home.at(revision)?,
        None => home.as_it_lies()?,
    };
    let registry = load(&snapshot, &Schemas::load()?)?;
    if registry.letters.is_empty() && registry.broken_letters.is_empty() {
        return Err(Error::new("the registry holds no letter")
            .with_help("Add one as registry/letters/<id>/letter.yaml with its text."));
    }
    let uncommitted = match committed {
        Some(committed) => Some(committed.differing(&snapshot)?),
        None => None,
    };
    let (report, folds) = engine::verify_each(&registry)?;
    Ok(Judged {
        registry,
        report,
        folds,
        uncommitted,
    })
}

/// Keeps one letter of a report, where one is named.
pub fn only(report: &mut Report, letter: Option<&str>) -> Result<(), Error> {
    let Some(letter) = letter else {
        return Ok(());
    };
    let known: Vec<String> = report
        .letters
        .iter()
        .map(|one| one.id.to_string())
        .collect();
    report.letters.retain(|one| one.id.as_str() == letter);
    let broken = report
        .broken_letters
        .iter()
        .any(|one| one.as_str() == letter);
    // Of a letter that cannot be read there are findings, and no more to show.
    if report.letters.is_empty() && !broken {
        let error = Error::new(format!(
            "there is no letter {} in this registry",
            quote(letter)
        ));
        return Err(match known.is_empty() {
            true => error,
            false => error.with_help(format!("The registry holds {}.", known.join(", "))),
        });
    }
    Ok(())
}
