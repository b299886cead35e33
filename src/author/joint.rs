//! What maintainers do together to an organization: the next statement that recovers its key or removes it.
//! Implements docs/formats/18-maintainers.md, recover and remove.

use super::draft::Desk;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::prose::Remark;
use crate::registry::holding::HeldCharter;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::deed::Deed;
use crate::verify::governance::Governance;

/// The charter in force; an error where nobody counts as a maintainer.
pub fn charter<'a>(desk: &Desk<'a>) -> Result<&'a HeldCharter, Error> {
    let registry = desk.registry;
    let held = registry.charter.as_ref().ok_or_else(|| {
        Error::new("registry/registry.yaml cannot be read")
            .with_help("`undersigned validate` says what is wrong with it.")
    })?;
    if Governance::of(registry).current().is_none() {
        return Err(Error::new(
            "the charter was not lawfully adopted, so that nobody counts as a maintainer",
        )
        .with_help("`undersigned verify` says why; mend that first."));
    }
    match held.charter.maintainers.is_empty() {
        false => Ok(held),
        true => Err(
            Error::new("the charter has no maintainer who could sign this").with_help(
                "The first maintainers enter registry/registry.yaml by a change of their own.",
            ),
        ),
    }
}

/// An error where this key cannot be put in the place of a lost one.
pub fn may_follow(desk: &Desk<'_>, key: &PublicKey) -> Result<(), Error> {
    const ANOTHER: &str =
        "The organization makes a new key with `undersigned keygen` or `ssh-keygen -t ed25519`.";
    if let Some(weakness) = key.weakness() {
        return Err(Error::new(weakness).with_help(ANOTHER));
    }
    let is = |other: Option<&PublicKey>| other.is_some_and(|other| other.point() == key.point());
    if is(desk.key_in_force()) {
        return Err(Error::new("the new key is the one in force").with_help(ANOTHER));
    }
    let entries = desk
        .record
        .iter()
        .flat_map(|record| &record.entries)
        .enumerate();
    let deeds = entries.filter_map(|(index, entry)| Some((index, &entry.statement.as_ref()?.deed)));
    for (index, deed) in deeds {
        let own = match deed {
            Deed::Own { key, .. } => Some(key),
            _ => None,
        };
        if is(own) || is(deed.new_key()) {
            let what = format!(
                "the new key was in force at statement {}, and was replaced",
                index + 1
            );
            return Err(Error::new(what).with_help(format!(
                "What was lost once may be in other hands. {ANOTHER}"
            )));
        }
    }
    desk.is_free(key)
}

/// An error where a statement that waits does not follow any more from what the registry says.
pub fn still_follows(desk: &Desk<'_>, statement: &Statement) -> Result<(), Error> {
    let held = charter(desk)?;
    let anew = "Begin it anew; signatures over the old text cannot be kept.";
    let named = match &statement.deed {
        Deed::Joint { charter, .. } => *charter == held.digest,
        _ => false,
    };
    if !named {
        return Err(Error::new(
            "another charter is in force than the one that the statement names",
        )
        .with_help(anew));
    }
    let last = desk.record.and_then(|record| record.entries.last());
    let follows = statement.sequence == desk.number() as u64
        && statement.previous == last.map(|entry| entry.digest);
    if !follows {
        let what = format!("`{}` has said more since the statement was begun", desk.id);
        return Err(Error::new(what).with_help(anew));
    }
    match statement.deed.new_key() {
        Some(key) => may_follow(desk, key),
        None => Ok(()),
    }
}

/// The next statement of the maintainers about an organization: with a new key it recovers, without it removes.
pub fn joint(
    desk: &Desk<'_>,
    reason: Remark,
    new_key: Option<PublicKey>,
    date: Date,
) -> Result<Statement, Error> {
    let held = charter(desk)?;
    let (Some(record), Some(profile)) = (desk.record, desk.profile()) else {
        return Err(Error::new(format!("there is no record of `{}`", desk.id)));
    };
    if desk.key_in_force().is_none() {
        return Err(Error::new(format!(
            "`{}` has signed nothing: it has no key, and stands nowhere in its own name",
            desk.id
        ))
        .with_help(
            "A listing that is wrong is retracted in the record: `retracted`, with the reason.",
        ));
    }
    if let Some(key) = &new_key {
        may_follow(desk, key)?;
    }
    let before = record.entries.last();
    Ok(Statement {
        registry: held.charter.origin.clone(),
        deed: Deed::Joint {
            signatory: desk.id.clone(),
            profile,
            reason,
            charter: held.digest,
            new_key,
        },
        sequence: desk.number() as u64,
        previous: before.map(|entry| entry.digest),
        after: None,
        date,
    })
}
