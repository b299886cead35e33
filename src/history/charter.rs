//! The charter before and after a step. Implements docs/formats/16-history.md, steps 20, 21 and 23.

use super::event::Event;
use super::lists::same;
use super::sketch::items;
use crate::base::error::Error;
use crate::base::finding::{Finding, Severity};
use crate::base::rule::POLICY_CHANGED_WITHOUT_THRESHOLD;
use crate::record::charter::{Charter, Person, signed_part};
use crate::record::document::Document;
use crate::record::route::Route;
use crate::record::yaml;
use crate::registry::git::difference::Difference;
use crate::registry::holding::Registry;
use crate::registry::layout::{self, CHARTER, Slot, superseded_path};
use crate::registry::state::State;
use crate::verify::governance::Governance;

/// What of the charter changed that nobody signed; the registry is that of the state after.
pub fn judge(
    before: &State<'_>,
    after: &State<'_>,
    registry: &Registry,
) -> Result<Option<Finding>, Error> {
    let Some(old) = before.plain(CHARTER)? else {
        return Ok(None);
    };
    let find = |message: &str| Finding::about(&POLICY_CHANGED_WITHOUT_THRESHOLD, CHARTER, message);
    let Some(new) = after.plain(CHARTER)? else {
        return Ok(Some(match after.leaf(CHARTER)? {
            None => find("the charter is gone"),
            Some(_) => find("the charter can no longer be read"),
        }));
    };
    if old == new {
        return Ok(None);
    }
    let was = &old;
    let unchanged = signed_part(&old) == signed_part(&new);
    let read = |bytes: &[u8]| yaml::parse(CHARTER, bytes).document;
    let (Some(old), Some(new)) = (read(&old), read(&new)) else {
        if unchanged {
            return Ok(None);
        }
        return Ok(Some(find(
            "the charter changed, and one of its two states cannot be read",
        )));
    };
    let at = |route: Route, message: &str| {
        let span = new.span(&route);
        Finding::at(
            &POLICY_CHANGED_WITHOUT_THRESHOLD,
            new.source(),
            span,
            message,
        )
    };
    let known = items(old.root(), "statements");
    let signed = items(new.root(), "statements");
    let kept = known
        .iter()
        .zip(signed)
        .filter(|(one, other)| same(one, other));
    if kept.count() < known.len() {
        let message = "a `govern` statement of the charter is gone, or is not what it was";
        return Ok(Some(at(Route::root().key("statements"), message)));
    }
    if unchanged {
        return Ok(None);
    }
    if !agree(&old, &new, "origin") {
        let message = "the origin changed, and it never does: what was signed names the old one";
        return Ok(Some(at(Route::root().key("origin"), message)));
    }
    // Where a charter was adopted before there were maintainers, and somebody took all of them out.
    let first = known.is_empty() && items(old.root(), "maintainers").is_empty();
    if first && !items(new.root(), "maintainers").is_empty() {
        for key in ["title", "contact", "repository"] {
            if !agree(&old, &new, key) {
                let message = format!("`{key}` changed together with the first maintainers");
                return Ok(Some(at(Route::root().key(key), &message)));
            }
        }
        let more: Vec<String> = ["observers", "policy"]
            .into_iter()
            .filter(|key| !agree(&old, &new, key))
            .map(|key| format!(", and `{key}` changes"))
            .collect();
        let message = format!(
            "the first maintainers enter the charter{}; nobody could sign for them",
            more.concat()
        );
        let finding = at(Route::root().key("maintainers"), &message);
        let help = "Make sure, by another way than this repository, that these are the maintainers and their keys.";
        return Ok(Some(
            finding.with_severity(Severity::Warning).with_help(help),
        ));
    }
    let route = changed(&old, &new);
    if signed.len() == known.len() {
        let message = "the charter changed without a `govern` statement";
        return Ok(Some(at(route, message)));
    }
    let path = superseded_path(known.len() + 1);
    if after.plain(&path)?.as_ref() != Some(was) {
        let message = format!("the charter before it is not kept as {path}, byte for byte");
        return Ok(Some(at(route, &message)));
    }
    if Governance::of(registry).current().is_none() {
        let message = "the charter changed, and its `govern` statement does not hold";
        return Ok(Some(at(route, message)));
    }
    Ok(None)
}

/// The event of a charter that changes: who adopted it where a statement says so, and what changes.
pub fn told(before: &Registry, registry: &Registry, event: Event) -> Event {
    let (Some(old), Some(new)) = (&before.charter, &registry.charter) else {
        return event;
    };
    let known = old.charter.statements.len();
    let by = new.charter.statements.get(known).map(|statement| {
        let signers = statement.signatures.iter();
        let ids: Vec<&str> = signers.map(|one| one.maintainer.as_str()).collect();
        format!(" by a `govern` statement signed by {}", ids.join(", "))
    });
    let changes = changes(&old.charter, &new.charter).join("; ");
    event.with(format!("{}: {changes}", by.unwrap_or_default()))
}

/// What changes from one charter to another, in words; not escaped.
pub fn changes(old: &Charter, new: &Charter) -> Vec<String> {
    let mut lines = Vec::new();
    let contact = |charter: &Charter| or_none(charter.contact.as_ref());
    let repository = |charter: &Charter| or_none(charter.repository.as_ref());
    let (was, is) = (&old.policy, &new.policy);
    for (what, before, after) in [
        ("title", old.title.to_string(), new.title.to_string()),
        ("contact", contact(old), contact(new)),
        ("repository", repository(old), repository(new)),
        (
            "threshold",
            was.threshold.to_string(),
            is.threshold.to_string(),
        ),
        (
            "observations",
            was.observations.to_string(),
            is.observations.to_string(),
        ),
        ("vouches", was.vouches.to_string(), is.vouches.to_string()),
    ] {
        if before != after {
            lines.push(format!("{what} from {before} to {after}"));
        }
    }
    for (role, old, new) in [
        ("maintainer", &old.maintainers, &new.maintainers),
        ("observer", &old.observers, &new.observers),
    ] {
        let who =
            |one: &Person| format!("{} ({}), key {}", one.name, one.id, one.key.fingerprint());
        let gone = old.iter().filter(|one| !new.contains(one));
        lines.extend(gone.map(|one| format!("takes out {role} {}", who(one))));
        let more = new.iter().filter(|one| !old.contains(one));
        lines.extend(more.map(|one| format!("takes in {role} {}", who(one))));
    }
    if lines.is_empty() {
        lines.push("comments, layout or order alone".to_owned());
    }
    lines
}

fn or_none(value: Option<&impl ToString>) -> String {
    value.map_or("none".to_owned(), ToString::to_string)
}

/// Whether a state has a charter that can be read as YAML.
pub fn can_be_read(state: &State<'_>) -> Result<bool, Error> {
    let bytes = state.plain(CHARTER)?;
    Ok(bytes.is_some_and(|bytes| yaml::parse(CHARTER, &bytes).document.is_some()))
}

/// Superseded charters that are gone or other than they were.
pub fn superseded(differences: &[Difference]) -> Vec<Finding> {
    let kept = |path: &str| matches!(layout::slot(path), Some(Slot::SupersededCharter(_)));
    differences
        .iter()
        .filter(|difference| difference.before.is_some() && kept(&difference.path))
        .map(|difference| {
            let message = match difference.after {
                None => "a superseded charter is gone",
                Some(_) => "a superseded charter is not what it was",
            };
            Finding::about(&POLICY_CHANGED_WITHOUT_THRESHOLD, &difference.path, message)
        })
        .collect()
}

/// The first key whose value changed.
fn changed(old: &Document, new: &Document) -> Route {
    let keys = [
        "title",
        "contact",
        "repository",
        "maintainers",
        "observers",
        "policy",
    ];
    let changed = keys.into_iter().find(|key| !agree(old, new, key));
    changed.map_or_else(Route::root, |key| Route::root().key(key))
}

fn agree(old: &Document, new: &Document, key: &str) -> bool {
    match (old.root().get(key), new.root().get(key)) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
