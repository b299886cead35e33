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
    let Some(in_force) = desk.key_in_force() else {
        return Err(Error::new(format!(
            "`{}` has signed nothing: it has no key, and stands nowhere in its own name",
            desk.id
        ))
        .with_help(
            "A listing that is wrong is retracted in the record: `retracted`, with the reason.",
        ));
    };
    if let Some(key) = &new_key {
        if let Some(weakness) = key.weakness() {
            return Err(Error::new(weakness).with_help(
                "The organization makes a new key with `undersigned keygen` or `ssh-keygen -t ed25519`.",
            ));
        }
        if key.point() == in_force.point() {
            return Err(Error::new("the new key is the one in force")
                .with_help("The organization makes another with `undersigned keygen`."));
        }
        desk.is_free(key)?;
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
