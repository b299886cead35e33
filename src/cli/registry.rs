//! What most commands begin with: find the registry, read it, judge it.

use super::answer::Globals;
use super::door::Progress;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::record::schema::Schemas;
use crate::registry::git::repository::Repository;
use crate::registry::holding::Registry;
use crate::registry::home::Home;
use crate::registry::letters::HeldLetter;
use crate::registry::load::{load, load_all_but_records};
use crate::registry::snapshot::{Reach, Snapshot};
use crate::verify::engine;
use crate::verify::fold::Fold;
use crate::verify::partial::{self, Named};
use crate::verify::stream::{self, Concluded, Wanted};
use crate::verify::verdict::Report;
use std::collections::BTreeMap;

/// A registry that was read and judged.
#[derive(Debug)]
pub struct Judged {
    /// Its files.
    pub snapshot: Snapshot,
    /// What lies in it.
    pub registry: Registry,
    /// What is concluded.
    pub report: Report,
    /// What the statements of each record come to, in the order of the records.
    pub folds: Vec<Fold>,
}

/// Reads the registry at a revision, or as it lies in the work tree; nothing is concluded.
pub fn read(globals: &Globals, revision: Option<&str>) -> Result<Registry, Error> {
    let snapshot = snapshot(globals, revision, Reach::Registry)?;
    load(&snapshot, &Schemas::load()?)
}

/// Reads and judges the registry at a revision, or as it lies in the work tree, and finds who signed.
pub fn judge(globals: &Globals, revision: Option<&str>) -> Result<Judged, Error> {
    lettered(judged(globals, revision, Reach::Registry)?)
}

/// The same, and looks for private keys in all of the repository.
pub fn judge_all(globals: &Globals, revision: Option<&str>) -> Result<Judged, Error> {
    lettered(judged(globals, revision, Reach::Repository)?)
}

/// Reads and judges the registry in the work tree, which may hold no letter yet.
pub fn judge_new(globals: &Globals) -> Result<Judged, Error> {
    judged(globals, None, Reach::Registry)
}

/// The commit that is judged, or on which the work tree stands, with its day; nothing without Git or without a commit.
pub fn judged_at(
    globals: &Globals,
    revision: Option<&str>,
) -> Result<Option<(String, Date)>, Error> {
    let home = Home::find(&globals.directory)?;
    let named = |repository: Repository| repository.named(revision.unwrap_or("HEAD"));
    let commit = home.history().and_then(named).ok();
    Ok(commit.and_then(|commit| Some((commit.id.short(), Date::parse(&commit.day()).ok()?))))
}

fn snapshot(globals: &Globals, revision: Option<&str>, reach: Reach) -> Result<Snapshot, Error> {
    let home = Home::find(&globals.directory)?;
    match revision {
        Some(revision) => home.at(revision, reach),
        None => home.as_it_lies(reach),
    }
}

fn judged(globals: &Globals, revision: Option<&str>, reach: Reach) -> Result<Judged, Error> {
    judged_with(snapshot(globals, revision, reach)?, &|_| Ok(()))
}

/// What is done to a registry between reading and judging it.
type Prepare<'a> = &'a dyn Fn(&mut Registry) -> Result<(), Error>;

fn judged_with(snapshot: Snapshot, prepare: Prepare<'_>) -> Result<Judged, Error> {
    let mut registry = load(&snapshot, &Schemas::load()?)?;
    prepare(&mut registry)?;
    let (report, folds) = engine::verify_each(&registry);
    Ok(Judged {
        snapshot,
        registry,
        report,
        folds,
    })
}

/// Judges a commit, its records read a part at a time and let go where nothing more is to be told of them; where the
/// folder of the records asks for more, or the work tree is judged, all of them are in memory.
pub fn judge_in_parts(
    globals: &Globals,
    revision: Option<&str>,
    wanted: Wanted,
) -> Result<Judged, Error> {
    in_parts(globals, revision, wanted, &|_| Ok(()))
}

/// The same of a commit, where partial reports say which signatures hold (docs/formats/21-partial.md).
pub fn judge_merged(
    globals: &Globals,
    revision: &str,
    wanted: Wanted,
    partials: &[Named],
) -> Result<Judged, Error> {
    // What does not fit is told before everything is read.
    let names = snapshot(globals, Some(revision), Reach::Registry)?;
    let relied = partial::merge(partials, &names)?;
    let commit = names.revision.clone();
    drop(names);
    // The commit itself is named: a branch could have moved since.
    in_parts(globals, commit.as_deref(), wanted, &|registry| {
        partial::are_of(partials, registry)?;
        registry.relied = relied.clone();
        Ok(())
    })
}

fn in_parts(
    globals: &Globals,
    revision: Option<&str>,
    wanted: Wanted,
    prepare: Prepare<'_>,
) -> Result<Judged, Error> {
    let all = || {
        lettered(judged_with(
            snapshot(globals, revision, Reach::Repository)?,
            prepare,
        )?)
    };
    let (Some(revision), Home::Repository(repository)) =
        (revision, Home::find(&globals.directory)?)
    else {
        return all();
    };
    let Some(roll) = repository.roll(revision)? else {
        return all();
    };
    let snapshot = repository.snapshot_without_records(revision, Reach::Repository)?;
    let schemas = Schemas::load()?;
    let mut frame = load_all_but_records(&snapshot, &schemas)?;
    prepare(&mut frame)?;
    // From here on nothing holds the repository but what reads it a part at a time.
    let snapshot = Snapshot::of(snapshot.revision, Vec::new(), BTreeMap::new());
    let mut progress = Progress::default();
    let told = |count| progress.tell(count);
    let Some(Concluded {
        registry,
        report,
        folds,
    }) = stream::verify(frame, &roll, &schemas, wanted, told)?
    else {
        return all();
    };
    lettered(Judged {
        snapshot,
        registry,
        report,
        folds,
    })
}

fn lettered(judged: Judged) -> Result<Judged, Error> {
    let registry = &judged.registry;
    match registry.letters.is_empty() && registry.broken_letters.is_empty() {
        false => Ok(judged),
        true => Err(Error::new("the registry holds no letter")
            .with_help("Add one with `undersigned letter add`.")),
    }
}

impl Judged {
    /// How many files of the work tree differ from HEAD; nothing where a commit was judged.
    pub fn uncommitted(&self, globals: &Globals) -> Result<Option<usize>, Error> {
        if self.snapshot.revision.is_some() {
            return Ok(None);
        }
        let committed = Home::find(&globals.directory)?.committed();
        let differing = committed.map(|committed| committed.differing(&self.snapshot));
        differing.transpose()
    }

    /// The letter that is named, or the only one.
    pub fn letter(&self, named: Option<&str>) -> Result<&HeldLetter, Error> {
        let letters = &self.registry.letters;
        let known = || letters.keys().map(Id::as_str).collect::<Vec<_>>();
        let Some(named) = named else {
            let mut all = letters.values();
            return match (all.next(), all.next()) {
                (Some(only), None) => Ok(only),
                (None, _) => Err(Error::new("the registry holds no letter that can be read")
                    .with_help("`undersigned validate` says why.")),
                _ => Err(
                    Error::new("the registry holds more than one letter, and none is named")
                        .with_help(format!("Name one of {}.", known().join(", "))),
                ),
            };
        };
        let mut all = letters.iter();
        if let Some((_, held)) = all.find(|(id, _)| id.as_str() == named) {
            return Ok(held);
        }
        if self.is_broken(named) {
            let what = format!("the letter {} cannot be read", quote(named));
            return Err(Error::new(what).with_help("`undersigned validate` says why."));
        }
        let what = format!("there is no letter {} in this registry", quote(named));
        Err(Error::new(what).with_help(match known()[..] {
            [] => "`undersigned letter add` adds one.".to_owned(),
            _ => format!("The registry holds {}.", known().join(", ")),
        }))
    }

    /// Keeps one letter of the report, where one is named.
    pub fn only(&mut self, letter: Option<&str>) -> Result<(), Error> {
        let Some(letter) = letter else {
            return Ok(());
        };
        // Of a letter that cannot be read there are findings, and no more to show.
        if !self.is_broken(letter) {
            self.letter(Some(letter))?;
        }
        let letters = &mut self.report.letters;
        letters.retain(|one| one.id.as_str() == letter);
        Ok(())
    }

    fn is_broken(&self, letter: &str) -> bool {
        let mut broken = self.registry.broken_letters.iter();
        broken.any(|one| one.as_str() == letter)
    }
}
