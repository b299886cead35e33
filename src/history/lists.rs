//! What a record's lists lost from one state to the next, compared as parsed.
//! Implements docs/formats/16-history.md, steps 9 to 12 and 22.

use super::sketch::items;
use crate::record::document::{Content, Document, Node};

/// The lists of a record that only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// What the organization signed.
    Statements,
    /// What maintainers and observers signed.
    Attestations,
    /// Where publishers named it.
    Listings,
}

/// What is asked of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Each stays at its place.
    Kept,
    /// Each is there, wherever.
    Free,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is gone.
    Gone,
    /// Another stands at its place.
    Edited,
    /// It stands at another place, counted from 0.
    Moved(usize),
    /// A spelling of it is gone.
    SpellingGone(String),
    /// Its retraction was edited or is gone.
    RetractionChanged,
}

/// An entry that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The list.
    pub list: List,
    /// Its place before, from 0.
    pub index: usize,
    /// What became of it.
    pub fate: Fate,
}

impl List {
    /// Its key in the record.
    pub fn key(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Attestations => "attestations",
            Self::Listings => "listings",
        }
    }
}

/// What the lists of a record lost.
pub fn losses(before: &Document, after: &Document, order: Order) -> Vec<Loss> {
    let mut losses = Vec::new();
    for list in [List::Statements, List::Attestations] {
        let (old, new) = sides(before, after, list);
        let found = compare(old, new, order, same);
        losses.extend(
            found
                .into_iter()
                .map(|(index, fate)| Loss { list, index, fate }),
        );
    }
    let list = List::Listings;
    let (old, new) = sides(before, after, list);
    let moved = compare(old, new, order, same_listing);
    let kept = old.iter().enumerate().filter_map(|(index, listing)| {
        let now = new.iter().find(|other| same_listing(listing, other))?;
        Some(
            changes(listing, now)
                .into_iter()
                .map(move |fate| (index, fate)),
        )
    });
    let found = moved.into_iter().chain(kept.flatten());
    losses.extend(found.map(|(index, fate)| Loss { list, index, fate }));
    losses
}

fn sides<'a>(before: &'a Document, after: &'a Document, list: List) -> (&'a [Node], &'a [Node]) {
    (
        items(before.root(), list.key()),
        items(after.root(), list.key()),
    )
}

/// What became of each entry that is not kept.
fn compare(
    old: &[Node],
    new: &[Node],
    order: Order,
    same: impl Fn(&Node, &Node) -> bool,
) -> Vec<(usize, Fate)> {
    let mut taken = vec![false; new.len()];
    let mut take = |wanted: &Node, first: usize| {
        let fits = |(at, _): &(usize, &Node)| !taken.get(*at).copied().unwrap_or(true);
        let mut free = new.iter().enumerate().filter(fits);
        let at = match new.get(first) {
            Some(node) if same(wanted, node) && taken.get(first) == Some(&false) => Some(first),
            _ => free.find(|(_, node)| same(wanted, node)).map(|(at, _)| at),
        };
        if let Some(slot) = at.and_then(|at| taken.get_mut(at)) {
            *slot = true;
        }
        at
    };
    let mut gone = 0;
    let mut found = Vec::new();
    for (index, entry) in old.iter().enumerate() {
        let expected = index - gone;
        match take(entry, expected) {
            Some(at) if at == expected || order == Order::Free => {}
            Some(at) => found.push((index, Fate::Moved(at))),
            None => {
                let another = new
                    .get(expected)
                    .is_some_and(|node| !old.iter().any(|other| same(other, node)));
                if another && new.len() >= old.len() - gone && order == Order::Kept {
                    found.push((index, Fate::Edited));
                } else {
                    gone += 1;
                    found.push((index, Fate::Gone));
                }
            }
        }
    }
    found
}

/// Whether two values have the same keys and the same strings and numbers; layout does not count.
pub fn same(one: &Node, other: &Node) -> bool {
    match (&one.content, &other.content) {
        (Content::Text { value, .. }, Content::Text { value: same, .. }) => value == same,
        (Content::Number(number), Content::Number(same)) => number == same,
        (Content::List(items), Content::List(others)) => {
            items.len() == others.len()
                && items
                    .iter()
                    .zip(others)
                    .all(|(one, other)| same(one, other))
        }
        (Content::Mapping(entries), Content::Mapping(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|entry| {
                    other
                        .get(&entry.key)
                        .is_some_and(|value| same(&entry.value, value))
                })
        }
        _ => false,
    }
}

/// Whether an entry is in a list of a record, wherever; a listing may have grown.
pub fn holds(record: &Document, list: List, wanted: &Node) -> bool {
    let mut entries = items(record.root(), list.key()).iter();
    entries.any(|entry| is(list, wanted, entry))
}

/// Whether an entry is the wanted one; a listing may have grown.
pub fn is(list: List, wanted: &Node, entry: &Node) -> bool {
    match list {
        List::Listings => same_listing(wanted, entry) && changes(wanted, entry).is_empty(),
        List::Statements | List::Attestations => same(wanted, entry),
    }
}

/// Whether two listings are of one version of one letter.
pub fn same_listing(one: &Node, other: &Node) -> bool {
    ["letter", "version"]
        .iter()
        .all(|key| match (one.get(key), other.get(key)) {
            (Some(one), Some(other)) => same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        })
}

/// What of a listing is not in another of the same version.
pub fn changes(before: &Node, after: &Node) -> Vec<Fate> {
    let mut fates = Vec::new();
    let spellings = items(after, "as");
    for spelling in items(before, "as") {
        if !spellings.iter().any(|other| same(spelling, other)) {
            let text = spelling.text().unwrap_or_default().to_owned();
            fates.push(Fate::SpellingGone(text));
        }
    }
    let retracted = |listing: &Node| {
        listing
            .get("retracted")
            .and_then(Node::text)
            .map(str::to_owned)
    };
    if retracted(before).is_some() && retracted(before) != retracted(after) {
        fates.push(Fate::RetractionChanged);
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::yaml;

    fn lost(before: &[&str], after: &[&str], order: Order) -> Vec<(usize, Fate)> {
        let record = |entries: &[&str]| {
            let entries: String = entries
                .iter()
                .map(|entry| format!("  - text: '{entry}'\n    signature: 's'\n"))
                .collect();
            let list = if entries.is_empty() {
                " []\n".to_owned()
            } else {
                format!("\n{entries}")
            };
            let yaml = format!("id: a\nstatements:{list}");
            yaml::parse("a.yaml", yaml.as_bytes()).document.unwrap()
        };
        let losses = losses(&record(before), &record(after), order);
        losses
            .into_iter()
            .map(|loss| (loss.index, loss.fate))
            .collect()
    }

    #[test]
    fn only_what_is_added_at_the_end_is_no_loss() {
        let kept = Order::Kept;
        assert_eq!(lost(&["a", "b"], &["a", "b", "c"], kept), []);
        assert_eq!(lost(&["a", "b"], &["a"], kept), [(1, Fate::Gone)]);
        assert_eq!(lost(&["a", "b", "c"], &["a", "c"], kept), [(1, Fate::Gone)]);
        assert_eq!(lost(&["a", "b"], &["a", "x"], kept), [(1, Fate::Edited)]);
        assert_eq!(
            lost(&["a", "b"], &["b", "a"], kept),
            [(0, Fate::Moved(1)), (1, Fate::Moved(0))]
        );
        assert_eq!(lost(&["a", "b"], &["x", "a", "b"], kept).len(), 2);
        assert_eq!(lost(&["a", "a"], &["a"], kept), [(1, Fate::Gone)]);
        assert_eq!(lost(&["a"], &[], kept), [(0, Fate::Gone)]);
        assert_eq!(lost(&["a", "b"], &["x", "b", "a"], Order::Free), []);
        assert_eq!(lost(&["a"], &["b"], Order::Free), [(0, Fate::Gone)]);
    }
}
