//! What of a pull request the program cannot know and a maintainer can find out.

use super::bench::Bench;
use super::company::Company;
use super::event::Happening;
use super::step::Judged;
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::id::Id;
use std::collections::BTreeSet;

/// What the program cannot know and a maintainer can find out.
pub fn look(bench: &Bench<'_>, judged: &Judged, company: &Company) -> Result<Vec<String>, Error> {
    let mut look = Vec::new();
    let mut seen = BTreeSet::new();
    for event in &judged.events {
        let who = event.who();
        if let (Happening::Stated(_), true) = (event.happening, event.first) {
            let key = event.key.as_deref().unwrap_or("unknown");
            look.push(format!("{who} signs here for the first time, with the key {key}: nobody has tied it to the organization"));
        }
        if let Some(new) = &event.new_key {
            look.push(format!("{who} speaks with another key from now on, {new}"));
        }
        if let Some(domain) = event.domain.as_ref().filter(|_| {
            event.first
                || event
                    .detail
                    .as_deref()
                    .is_some_and(|detail| detail.contains("domain"))
        }) {
            look.push(format!(
                "{who} claims the domain {domain}: nobody has seen its key there"
            ));
        }
        if let Some(authority) = &event.authority {
            look.push(format!(
                "{who} says that this was decided by {} (claimed, not checked)",
                quote(authority)
            ));
        }
        let Some(id) = event
            .signatory
            .as_ref()
            .filter(|id| seen.insert((*id).clone()))
        else {
            continue;
        };
        let near = company.near(bench, id)?;
        let places = company.places(bench, &near)?;
        for other in near {
            let path = places.get(&other).and_then(|files| files.keys().next());
            let path = path.map_or("", String::as_str);
            look.push(format!("{who} has a name like that of `{other}` ({path})"));
        }
    }
    let letters = judged.events.iter();
    for event in letters.filter(|event| event.happening == Happening::VersionAdded) {
        let letter = event.letter.as_ref().map(Id::as_str).unwrap_or_default();
        look.push(format!("whoever endorsed an earlier version of `{letter}` is shown as superseded until it signs this one"));
    }
    let removed = judged
        .events
        .iter()
        .filter(|event| event.happening == Happening::RecordRemoved)
        .count();
    if removed > 1 {
        look.push(format!("{} are removed at once", count(removed, "record")));
    }
    Ok(look)
}
