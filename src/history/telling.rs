//! From two states to what happens between them: the events of records, letters and the charter.
//! Implements docs/formats/16-history.md, events.

use super::event::{Event, Happening, attestation, effect};
use super::letters::letter;
use super::lists::same;
use super::sketch::items;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::record::document::{Content, Document, Node};
use crate::registry::holding::Record;
use crate::registry::layout::letter_folder;
use crate::registry::state::State;
use crate::statement::action::Action;
use crate::statement::deed::Deed;
use crate::statement::profile::Profile;
use crate::verify::fold::Fold;

/// A record on both sides of a step, with what its statements come to after it.
#[derive(Debug)]
pub struct Sides<'a> {
    /// Its id.
    pub id: &'a Id,
    /// Its tree before.
    pub before: Option<&'a Document>,
    /// Its tree after.
    pub after: Option<&'a Document>,
    /// It as it was read after.
    pub record: Option<&'a Record>,
    /// What its statements come to after.
    pub fold: Option<&'a Fold>,
}

/// The details of a record that a statement signs, where there is one.
const DETAILS: [&str; 5] = ["name", "names", "country", "website", "domain"];

impl Sides<'_> {
    /// What happens to the record.
    pub fn events(&self) -> Vec<Event> {
        let name = |document: &Document| {
            document
                .root()
                .get("name")
                .and_then(Node::text)
                .map(str::to_owned)
        };
        let shown = self.after.or(self.before).and_then(name);
        let shown = shown.as_deref();
        let path = self
            .after
            .or(self.before)
            .map_or("", |document| document.source().path());
        let event = |happening| Event::new(happening, path).of(self.id, shown);
        let (Some(after), before) = (self.after, self.before) else {
            return match self.before {
                Some(_) => vec![event(Happening::RecordRemoved)],
                None => Vec::new(),
            };
        };
        let mut events = Vec::new();
        let (statements, known) = (
            items(after.root(), "statements"),
            list(before, "statements"),
        );
        let new: Vec<usize> = (0..statements.len())
            .filter(|index| {
                let entry = statements.get(*index);
                entry.is_some_and(|entry| !known.iter().any(|other| same(entry, other)))
            })
            .collect();
        if before.is_none() {
            if statements.is_empty() && items(after.root(), "listings").is_empty() {
                events.push(event(Happening::RecordAdded));
            }
        } else if new.is_empty() && statements.len() < known.len() {
            events.push(event(Happening::TakenOut));
        }
        let spoken = !new.is_empty();
        for index in new {
            let edited = index < known.len()
                && !known
                    .get(index)
                    .is_some_and(|old| statements.iter().any(|entry| same(old, entry)));
            events.push(match edited {
                true => event(Happening::Edited).with(format!("statement {}", index + 1)),
                false => self.stated(index, event(Happening::Unreadable)),
            });
        }
        events.extend(self.listed(after, event(Happening::Listed)));
        events.extend(self.attested(after, event(Happening::Attested)));
        if let Some(before) = before {
            events.extend(unsigned(
                before,
                after,
                spoken,
                event(Happening::DetailsChanged),
            ));
            if before.source().path() != after.source().path() {
                let to = format!("to {}", after.source().path());
                events.push(event(Happening::RecordMoved).with(to));
            } else if events.is_empty() && before.source().text() != after.source().text() {
                events.push(event(Happening::LayoutChanged));
            }
        }
        events
    }

    /// A statement that enters.
    fn stated(&self, index: usize, event: Event) -> Event {
        let Some(record) = self.record else {
            return event;
        };
        let Some(entry) = record.entries.get(index) else {
            return event;
        };
        let Some(statement) = &entry.statement else {
            return event;
        };
        let mut event = Event {
            happening: Happening::Stated(statement.action()),
            statement: Some(entry.digest.to_string()),
            claimed_date: Some(statement.date.to_string()),
            first: index == 0,
            ..event
        };
        let held = self
            .fold
            .and_then(|fold| fold.held.iter().find(|held| held.index() == index));
        event.holds = match (held, self.fold) {
            (Some(held), _) if held.is_open() => None,
            (Some(_), _) => Some(true),
            (None, Some(fold)) if fold.open => None,
            (None, _) => Some(false),
        };
        event.new_key = statement.deed.new_key().map(|key| key.fingerprint());
        if let Deed::Joint { reason, .. } = &statement.deed {
            let ids = entry.signatures.iter().map(|(id, _)| id.as_str());
            let ids: Vec<&str> = ids.collect();
            let reason = quote(reason.as_str());
            event.detail = Some(format!(", signed by {}: {reason}", ids.join(", ")));
        }
        let Deed::Own {
            profile, key, act, ..
        } = &statement.deed
        else {
            return event;
        };
        if let (Some(held), Some(fold)) = (held, self.fold)
            && !held.is_replaced()
        {
            event.bound = fold.binding.words();
        }
        event.key = Some(key.fingerprint());
        event.letter = act.letter().cloned();
        event.version = held.and_then(|held| held.version());
        event.authority = act.authority().map(ToString::to_string);
        event.domain = profile.domain.as_ref().map(ToString::to_string);
        event.detail = act.reason().map(ToString::to_string);
        if statement.action() == Action::Amend {
            let before = index
                .checked_sub(1)
                .and_then(|index| record.entries.get(index));
            let before = before.and_then(|entry| entry.statement.as_ref()?.deed.profile());
            event.detail = before.map(|before| amended(before, profile));
        }
        event
    }

    /// Attestations that enter: by whom, how, and whether they hold.
    fn attested(&self, after: &Document, event: Event) -> Vec<Event> {
        let known = list(self.before, "attestations");
        let all = items(after.root(), "attestations").iter().enumerate();
        let new = all.filter(|(_, one)| !known.iter().any(|other| same(one, other)));
        new.map(|(index, _)| {
            let mut event = event.clone();
            let entry = self
                .record
                .and_then(|record| record.attestations.get(index));
            let Some((entry, statement)) =
                entry.and_then(|one| Some((one, one.statement.as_ref()?)))
            else {
                return event;
            };
            let Deed::Attest {
                observes,
                method,
                attester,
                key,
                evidence,
                ..
            } = &statement.deed
            else {
                return event;
            };
            let held = self
                .fold
                .and_then(|fold| fold.attested.iter().find(|one| one.index == index));
            event.detail = Some(attestation(*observes, *method, attester, evidence.as_str()));
            let from: Vec<&str> = held
                .iter()
                .flat_map(|one| &one.withdraws)
                .map(Id::as_str)
                .collect();
            event.effect = self.fold.and_then(|fold| effect(fold, held, &from));
            event.key = Some(key.fingerprint());
            event.statement = Some(entry.digest.to_string());
            event.claimed_date = Some(statement.date.to_string());
            event.holds = self.fold.filter(|fold| !fold.open).map(|_| held.is_some());
            event
        })
        .collect()
    }

    /// Listings that enter, grow or are taken back.
    fn listed(&self, after: &Document, event: Event) -> Vec<Event> {
        let known = list(self.before, "listings");
        let mut events = Vec::new();
        for (index, listing) in items(after.root(), "listings").iter().enumerate() {
            let letter = listing.get("letter").and_then(Node::text);
            let letter = letter.and_then(|letter| Id::parse(letter).ok());
            let version = match listing.get("version").map(|node| &node.content) {
                Some(Content::Number(version)) => Some(*version),
                _ => None,
            };
            let about = |event: Event| match &letter {
                Some(letter) => event.about(letter, version),
                None => event,
            };
            let before = known.get(index);
            let spellings: Vec<&str> = items(listing, "as")
                .iter()
                .filter(|spelling| {
                    let old = before.map(|before| items(before, "as")).unwrap_or_default();
                    !old.iter().any(|other| same(spelling, other))
                })
                .filter_map(Node::text)
                .collect();
            if !spellings.is_empty() {
                let quoted: Vec<String> = spellings.iter().map(|one| quote(one)).collect();
                let named = format!(" as {}", quoted.join(", "));
                events.push(about(event.clone()).with(named));
            }
            let reason = listing.get("retracted").and_then(Node::text);
            let old = before.and_then(|before| before.get("retracted"));
            if let (Some(reason), None) = (reason, old) {
                let mut event = about(event.clone()).with(reason);
                event.happening = Happening::Retracted;
                events.push(event);
            }
        }
        events
    }
}

/// Details that no new statement signs; where there are statements, they must be those of the newest.
fn unsigned(before: &Document, after: &Document, spoken: bool, event: Event) -> Option<Event> {
    let signed = match items(after.root(), "statements").is_empty() {
        true => "",
        false => ", without a statement",
    };
    let mut changed: Vec<String> = DETAILS
        .into_iter()
        .filter(|key| !spoken && differs(before, after, key))
        .map(|key| format!("{key}{signed}"))
        .collect();
    if differs(before, after, "accreditations") {
        changed.push("accreditations".to_owned());
    }
    (!changed.is_empty()).then(|| event.with(changed.join(", ")))
}

/// What happens to a letter.
pub fn letter_events(
    id: &Id,
    before_state: &State<'_>,
    after_state: &State<'_>,
) -> Result<Vec<Event>, Error> {
    let path = format!("{}/letter.yaml", letter_folder(id));
    let event = |happening| Event::new(happening, &path).about(id, None);
    let (old, new) = (letter(before_state, id)?, letter(after_state, id)?);
    let Some(new) = new else {
        let removed = old.map(|_| event(Happening::LetterRemoved));
        return Ok(removed.into_iter().collect());
    };
    let mut events = Vec::new();
    let title = new
        .root()
        .get("title")
        .and_then(Node::text)
        .unwrap_or_default();
    if old.is_none() {
        events.push(event(Happening::LetterAdded).with(title));
    }
    let versions = items(new.root(), "versions");
    let known = list(old.as_ref(), "versions");
    for (index, version) in versions.iter().enumerate() {
        let number = u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1);
        let Some(before) = known.get(index) else {
            if old.is_some() {
                let relation = version
                    .get("relation")
                    .and_then(Node::text)
                    .unwrap_or_default();
                let relation = match relation {
                    "erratum" => "an erratum",
                    "substantive" => "a substantive change",
                    _ => "without a relation",
                };
                let event = event(Happening::VersionAdded).about(id, Some(number));
                events.push(event.with(relation));
            }
            continue;
        };
        for text in items(version, "texts") {
            if !items(before, "texts").iter().any(|other| same(text, other)) {
                let language = text
                    .get("language")
                    .and_then(Node::text)
                    .unwrap_or_default();
                let event = event(Happening::TranslationAdded).about(id, Some(number));
                events.push(event.with(language));
            }
        }
        for text in items(before, "texts") {
            let file = text.get("file").and_then(Node::text).unwrap_or_default();
            let path = format!("{}/{file}", letter_folder(id));
            if before_state.leaf(&path)? != after_state.leaf(&path)? {
                let detail = format!("the text {}", quote(file));
                events.push(event(Happening::LetterChanged).with(detail));
            }
        }
        for key in ["claims", "source"] {
            let differ = match (before.get(key), version.get(key)) {
                (Some(one), Some(other)) => !same(one, other),
                (one, other) => one.is_some() != other.is_some(),
            };
            if differ {
                let detail = format!("`{key}` of version {number}");
                events.push(event(Happening::LetterChanged).with(detail));
            }
        }
    }
    if let (Some(old), true) = (&old, events.is_empty()) {
        let fixed = ["title", "addressee", "authentic", "versions"];
        let changed: Vec<&str> = fixed
            .into_iter()
            .filter(|key| differs(old, &new, key))
            .collect();
        let detail = match changed.is_empty() {
            true => "comments or layout".to_owned(),
            false => changed.join(", "),
        };
        events.push(event(Happening::LetterChanged).with(detail));
    }
    Ok(events)
}

fn list<'a>(document: Option<&'a Document>, key: &str) -> &'a [Node] {
    document
        .map(|document| items(document.root(), key))
        .unwrap_or_default()
}

/// Whether the value of a key is another, or is on one side alone.
pub fn differs(before: &Document, after: &Document, key: &str) -> bool {
    match (before.root().get(key), after.root().get(key)) {
        (Some(one), Some(other)) => !same(one, other),
        (one, other) => one.is_some() != other.is_some(),
    }
}

/// "name `A` to `B`, domain": what an amendment changes.
fn amended(before: &Profile, after: &Profile) -> String {
    let changes: Vec<String> = before
        .differences(after)
        .map(|key| match key {
            "name" => format!(
                "name from {} to {}",
                quote(before.name.as_str()),
                quote(after.name.as_str())
            ),
            "domain" => match &after.domain {
                Some(domain) => format!("domain to {domain}"),
                None => "no domain any more".to_owned(),
            },
            other => other.to_owned(),
        })
        .collect();
    changes.join(", ")
}
