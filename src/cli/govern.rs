//! `govern`: the maintainers adopt an edited charter.

use super::answer::{Answer, Globals};
use super::registry::{self, Judged};
use super::several::{Outcome, Round, Several};
use super::signing::{blank, exact, refused, root, unwritten};
use super::writing::{Entering, Writing};
use crate::author::governing::Change;
use crate::author::prospect::Prospect;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::finding::Finding;
use crate::base::rule::{POLICY_CHANGED_WITHOUT_THRESHOLD, SIGNATURE_DOES_NOT_HOLD};
use crate::record::canonical::NewEntry;
use crate::record::charter::signed_part;
use crate::record::pending::Pending;
use crate::record::schema::Schemas;
use crate::registry::holding::HeldCharter;
use crate::registry::layout::CHARTER;
use crate::statement::Statement;
use crate::statement::deed::Deed;
use crate::verify::governance::Governance;
use clap::Args;

/// Adopt an edited registry.yaml, together with other maintainers
///
/// Edit registry/registry.yaml (maintainers, observers, policy), leave it uncommitted, and run this: it
/// compares with the last commit, says what changes, and writes the statement that adopts it, signed by as
/// many of the old maintainers as the old threshold says. The charter before is kept under
/// registry/charters/. The number of the policy is set for you.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned govern
  undersigned govern --key alice.pem --output for-bob.yaml
  undersigned govern --add-signature govern-1.yaml")]
pub struct Govern {
    #[command(flatten)]
    several: Several,
}

impl Govern {
    /// Adopts.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let begun = self.several.begun(globals)?;
        if let Some((_, statement)) = &begun {
            is_govern(statement)?;
        }
        root(globals)?;
        let schemas = Schemas::load()?;
        let committed = registry::judge(globals, Some("HEAD"))?;
        let old = in_force(&committed)?;
        let judged = registry::judge_new(globals)?;
        let now = text(&judged)?;
        let (change, pending) = match begun {
            None => {
                let change = Change::of(old, &now, &schemas)?;
                let date = self.several.by.day.date(globals)?;
                let text = exact(&change.statement(date))?;
                let mut pending = Pending::new(text);
                pending.charter = Some(change.head.clone());
                if Pending::read("", pending.yaml().as_bytes()).as_ref() != Ok(&pending) {
                    return Err(Error::new("the edited charter does not survive the way in a file")
                        .with_help("Take blank lines before `statements:` and a blank at its very beginning out of registry/registry.yaml."));
                }
                (change, pending)
            }
            Some((pending, statement)) => (
                from_file(old, &pending, &statement, &now, &schemas)?,
                pending,
            ),
        };
        let against = against(&committed, &change, &pending, &schemas)?;
        if !against.is_empty() {
            return refused(globals, &against);
        }
        let round = Round {
            about: change.told(),
            name: format!("govern-{}.yaml", old.charter.statements.len() + 1),
            pending,
            charter: &old.charter,
        };
        let (pending, shown) = match self.several.collect(globals, round)? {
            Outcome::Answered(answer) => return Ok(answer),
            Outcome::Complete(pending, shown) => (pending, shown),
        };
        let edits = change.edits(&pending.entry(), &now, &schemas)?;
        let writing = Writing {
            globals,
            judged: &judged,
            edits: &edits,
            forbids: &Finding::is_error,
        };
        let against = writing.look()?;
        if !against.is_empty() {
            return refused(globals, &against);
        }
        if let Err(against) = writing.write(Entering::Files)? {
            return unwritten(globals, &against);
        }
        let told: String = edits
            .iter()
            .map(|edit| format!("wrote    {}\n", edit.path))
            .collect();
        let next = match globals.quiet {
            true => String::new(),
            false => format!(
                "\nIt is complete. Next, commit it, alone:\n  git add {} && git commit -m 'govern: {}'\n\
                 and make CODEOWNERS anew where the maintainers changed: undersigned codeowners\n",
                edits
                    .iter()
                    .map(|edit| edit.path.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
                old.charter.statements.len() + 1
            ),
        };
        let answer = Answer::new(format!("{shown}{told}{next}").into_bytes(), false);
        Ok(answer.and_did("the charter was written"))
    }
}

fn is_govern(statement: &Statement) -> Result<(), Error> {
    match &statement.deed {
        Deed::Govern { .. } => Ok(()),
        _ => {
            let is = statement.action().name();
            Err(Error::new(format!(
                "the statement in the file is `{is}`, and not `govern`"
            ))
            .with_help(format!(
                "Sign it with `undersigned {is} --add-signature FILE`."
            )))
        }
    }
}

/// The charter of the last commit, whose maintainers sign.
fn in_force(committed: &Judged) -> Result<&HeldCharter, Error> {
    let registry = &committed.registry;
    let held = registry.charter.as_ref().ok_or_else(|| {
        Error::new("the last commit has no charter that can be read")
            .with_help("`undersigned verify --at HEAD` says what is wrong with it.")
    })?;
    if Governance::of(registry).current().is_none() {
        return Err(
            Error::new("the charter of the last commit was not lawfully adopted")
                .with_help("`undersigned verify --at HEAD` says why; mend that first."),
        );
    }
    match held.charter.maintainers.is_empty() {
        false => Ok(held),
        true => Err(Error::new("the charter has no maintainer who could sign this").with_help(
            "The first maintainers enter by a plain commit that changes registry/registry.yaml and nothing else.",
        )),
    }
}

/// What the registry of the last commit would find against the charter to be, signatures and their number apart.
fn against(
    committed: &Judged,
    change: &Change<'_>,
    pending: &Pending,
    schemas: &Schemas,
) -> Result<Vec<Finding>, Error> {
    let first = change.old.charter.maintainers.iter().take(1);
    let blanks = first.map(|person| (person.id.clone(), blank())).collect();
    let unsigned = NewEntry::by_maintainers(&pending.text, blanks);
    let edits = change.edits(&unsigned, change.old.document.source().text(), schemas)?;
    let prospect = Prospect::of(&edits, &committed.snapshot, schemas)?;
    let but = [&SIGNATURE_DOES_NOT_HOLD, &POLICY_CHANGED_WITHOUT_THRESHOLD];
    let mut found = prospect.against(&edits, &committed.report.findings);
    found.retain(|finding| finding.is_error() && !but.contains(&finding.rule));
    Ok(found)
}

/// The charter as it lies in the work tree.
fn text(judged: &Judged) -> Result<String, Error> {
    let mut files = judged.snapshot.files.iter();
    let file = files.find(|file| file.path == CHARTER && file.readable);
    let bytes = file.map(|file| judged.snapshot.read(file)).transpose()?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| {
        Error::new("registry/registry.yaml cannot be read")
            .with_help("`undersigned validate` says what is wrong with it.")
    })
}

/// The change that a file asks for, which must be the one that its statement names.
fn from_file<'a>(
    old: &'a HeldCharter,
    pending: &Pending,
    statement: &Statement,
    now: &str,
    schemas: &Schemas,
) -> Result<Change<'a>, Error> {
    let Some(head) = &pending.charter else {
        return Err(
            Error::new("the file does not have the charter that its statement adopts")
                .with_help("Ask the maintainer before you for the file, as it was."),
        );
    };
    // First of all: whether it still follows, since everything else depends on that.
    let governed = old.charter.statements.len() as u64;
    let last = old.entries.last().map(|entry| entry.digest);
    if statement.sequence != governed + 1 || statement.previous != last {
        return Err(Error::new("another charter was adopted since the statement was begun, or this clone is not up to date")
            .with_help("Bring the clone up to date; if it is, begin anew with `undersigned govern`."));
    }
    let change = Change::of(old, &format!("{head}statements: []\n"), schemas)?;
    let same = matches!(&statement.deed, Deed::Govern { charter } if *charter == Digest::of(head.as_bytes()));
    if !same || change.head != *head {
        return Err(
            Error::new("the statement adopts another charter than the one in the file").with_help(
                "The file was changed on its way: ask the maintainer before you for it, as it was.",
            ),
        );
    }
    let expected = change.statement(statement.date.clone());
    if *statement != expected {
        return Err(Error::new("the statement does not follow from the charter in force")
            .with_help("Another was adopted meanwhile, or the registry is not up to date: begin anew with `undersigned govern`."));
    }
    let signed = signed_part(now.as_bytes()).to_vec();
    let before = signed_part(old.document.source().text().as_bytes());
    if signed != before && signed != head.as_bytes() && !is_unnumbered(&signed, &change) {
        return Err(Error::new(format!("{} was edited otherwise here", visible(CHARTER)))
            .with_help("Nothing was signed. Put it back as it is committed: `git checkout registry/registry.yaml`."));
    }
    Ok(change)
}

/// Whether these bytes are the charter to be but for the number that was set for it.
fn is_unnumbered(now: &[u8], change: &Change<'_>) -> bool {
    let lines = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("version:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    lines(now) == lines(change.head.as_bytes())
}
