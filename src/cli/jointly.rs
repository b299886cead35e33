//! What `recover` and `remove` do alike: the maintainers' next statement about an organization.

use super::answer::{Answer, Globals};
use super::registry::{self, Judged};
use super::several::{Outcome, Round, Several};
use super::signing::{Bench, LookAlike, blank, exact, refused, root};
use super::writing::Entering;
use crate::author::draft::Desk;
use crate::author::joint::{charter, joint, still_follows};
use crate::author::proposal::propose;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::prose::Remark;
use crate::base::rule::{SIGNATURE_DOES_NOT_HOLD, THRESHOLD_NOT_REACHED};
use crate::record::canonical::NewEntry;
use crate::record::pending::Pending;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::profile::Profile;
use crate::statement::read::read;
use std::collections::BTreeMap;

/// A statement that is begun.
#[derive(Debug)]
pub struct Beginning {
    /// The organization.
    pub id: String,
    /// Why.
    pub reason: Remark,
    /// The key from now on.
    pub new_key: Option<PublicKey>,
}

/// Begins a joint statement, or adds a signature to one; where it is complete, writes it into the record.
pub fn jointly(
    globals: &Globals,
    several: &Several,
    action: Action,
    begin: impl FnOnce() -> Result<Beginning, Error>,
) -> Result<Answer, Error> {
    let judged = registry::judge(globals, None)?;
    let begun = several.begun(globals)?;
    if let Some((_, statement)) = &begun {
        is_of(statement, action)?;
    }
    root(globals)?;
    let (pending, desk) = match begun {
        Some((pending, statement)) => {
            let desk = desk_of(&judged, &statement)?;
            still_follows(&desk, &statement)?;
            (pending, desk)
        }
        None => {
            let Beginning {
                id,
                reason,
                new_key,
            } = begin()?;
            let desk = Desk::of(&judged.registry, &id)?;
            let date = several.by.day.date(globals)?;
            let text = exact(&joint(&desk, reason, new_key, date)?)?;
            (Pending::new(text), desk)
        }
    };
    collect(globals, several, (&judged, &desk), pending, action)
}

fn collect(
    globals: &Globals,
    several: &Several,
    (judged, desk): (&Judged, &Desk<'_>),
    pending: Pending,
    action: Action,
) -> Result<Answer, Error> {
    let held = charter(desk)?;
    let Some(profile) = desk.profile() else {
        return Err(Error::new(format!("there is no record of `{}`", desk.id)));
    };
    let bench = Bench {
        globals,
        judged,
        desk,
        look_alike: LookAlike::default(),
    };
    // Whether it would hold once it is complete: nobody signs what can never enter.
    let first = held.charter.maintainers.iter().take(1);
    let blanks: BTreeMap<_, _> = first.map(|person| (person.id.clone(), blank())).collect();
    let new_key = matches!(action, Action::Recover);
    let unsigned = NewEntry::by_maintainers(&pending.text, blanks);
    let unsigned = unsigned.countersigned(new_key.then(blank));
    let unsigned = propose(desk, &profile, &unsigned)?;
    let but = [&SIGNATURE_DOES_NOT_HOLD, &THRESHOLD_NOT_REACHED];
    match bench.drafted(pending.text.clone(), unsigned, &but)? {
        Ok(draft) => bench.place(&draft.unsigned)?,
        Err(against) => return refused(globals, &against),
    }
    let word = action.name();
    let round = Round {
        charter: &held.charter,
        about: about(desk, &profile, &pending, action),
        name: format!("{}-{word}.yaml", desk.id),
        pending,
    };
    let (pending, shown) = match several.collect(globals, round)? {
        Outcome::Answered(answer) => return Ok(answer),
        Outcome::Complete(pending, shown) => (pending, shown),
    };
    let proposal = propose(desk, &profile, &pending.entry())?;
    let entering = Entering::Statements(&desk.id, desk.number() - 1);
    if let Some(refused) = bench.enter(&proposal, entering)? {
        return Ok(refused);
    }
    let (path, id) = (&proposal.path, &desk.id);
    let next = format!(
        "It is complete. Next, commit it, alone:\n  git add {path} && git commit -m '{id}: {word}'\n{}",
        match &several.add_signature {
            Some(file) => format!(
                "{} is not needed any more.\n",
                visible(&file.display().to_string())
            ),
            None => String::new(),
        }
    );
    Ok(bench.wrote(path, &shown, &next))
}

fn about(desk: &Desk<'_>, profile: &Profile, pending: &Pending, action: Action) -> String {
    let name = visible(profile.name.as_str());
    let key = desk
        .key_in_force()
        .map_or_else(String::new, PublicKey::fingerprint);
    let bound = desk.fold.binding.words();
    let bound = match bound.is_empty() {
        true => "not tied to the organization as the policy asks".to_owned(),
        false => visible(&bound.join("; ")),
    };
    let statement = read(&pending.text).ok();
    let new = statement
        .as_ref()
        .and_then(|statement| statement.deed.new_key());
    let does = match (action, new) {
        (Action::Recover, Some(new)) => format!(
            "new key  {}\ndoes     puts the new key in the place of the old one; what that signed stays, and nothing ties the new key to the organization yet",
            new.fingerprint()
        ),
        _ => "does     removes it for ever from every letter, in sight of everybody; nothing follows that".to_owned(),
    };
    format!(
        "about    {name} ({})\nold key  {key}, {bound}\n{does}\n",
        desk.id
    )
}

fn is_of(statement: &Statement, action: Action) -> Result<(), Error> {
    if statement.action() == action {
        return Ok(());
    }
    let is = statement.action().name();
    Err(Error::new(format!(
        "the statement in the file is `{is}`, and not `{}`",
        action.name()
    ))
    .with_help(format!(
        "Sign it with `undersigned {is} --add-signature FILE`."
    )))
}

fn desk_of<'a>(judged: &'a Judged, statement: &Statement) -> Result<Desk<'a>, Error> {
    match &statement.deed {
        Deed::Joint { signatory, .. } => Desk::of(&judged.registry, signatory.as_str()),
        _ => Err(Error::new("the statement is not one about an organization")),
    }
}

/// Why it is done, in one line; a beginning says so.
pub fn reason(words: Option<&String>) -> Result<Remark, Error> {
    super::statement::remark("--reason", words)?.ok_or_else(|| {
        Error::new("nothing says why")
            .with_help("Give the reason with --reason, on one line; it is shown for ever.")
    })
}

/// The organization that a beginning names.
pub fn named(id: Option<&String>) -> Result<String, Error> {
    id.cloned().ok_or_else(|| {
        Error::new("no organization is named").with_help(
            "Name its id, or a statement that another maintainer began: --add-signature FILE.",
        )
    })
}
