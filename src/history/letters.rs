//! One letter before and after a step: what of it is fixed once it is committed.
//! Implements docs/formats/16-history.md, steps 18, 19 and 22.

use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::TEXT_CHANGED_AFTER_PUBLICATION;
use crate::history::sketch::items;
use crate::record::document::{Content, Document, Node};
use crate::record::route::Route;
use crate::record::yaml;
use crate::registry::layout::letter_folder;
use crate::registry::state::State;

use super::lists::same;

/// The keys of a letter that stay.
const FIXED: [&str; 4] = ["id", "title", "addressee", "authentic"];
/// The keys of a version that stay.
const FIXED_OF_VERSION: [&str; 4] = ["number", "date", "relation", "provenance"];

/// letter.yaml of a state as a tree, where it can be read.
pub fn letter(state: &State<'_>, id: &Id) -> Result<Option<Document>, Error> {
    let path = path(id);
    let bytes = state.plain(&path)?;
    Ok(bytes.and_then(|bytes| yaml::parse(&path, &bytes).document))
}

/// Where letter.yaml of a letter lies.
pub fn path(id: &Id) -> String {
    format!("{}/letter.yaml", letter_folder(id))
}

/// What of a letter is not as it was.
pub fn judge(id: &Id, before: &State<'_>, after: &State<'_>) -> Result<Vec<Finding>, Error> {
    let Some(old) = letter(before, id)? else {
        return Ok(Vec::new());
    };
    let Some(new) = letter(after, id)? else {
        let message = match after.leaf(&path(id))? {
            None => format!("the letter `{id}` is gone"),
            Some(_) => format!("the letter `{id}` can no longer be read"),
        };
        return Ok(vec![Finding::about(
            &TEXT_CHANGED_AFTER_PUBLICATION,
            path(id),
            message,
        )]);
    };
    let mut findings = Vec::new();
    let mut find = |route: Route, message: String| {
        let span = new.span(&route);
        findings.push(Finding::at(
            &TEXT_CHANGED_AFTER_PUBLICATION,
            new.source(),
            span,
            message,
        ));
    };
    for key in FIXED {
        if !agree(old.root(), new.root(), key) {
            find(
                Route::root().key(key),
                format!("`{key}` of the letter `{id}` is not what it was"),
            );
        }
    }
    let versions = items(new.root(), "versions");
    for (index, version) in items(old.root(), "versions").iter().enumerate() {
        let route = Route::root().key("versions").item(index);
        let shown = match version.get("number").map(|node| &node.content) {
            Some(Content::Number(number)) => *number,
            _ => u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1),
        };
        let Some(now) = versions.get(index) else {
            let message = format!("version {shown} of `{id}` is gone");
            find(Route::root().key("versions"), message);
            continue;
        };
        for key in FIXED_OF_VERSION {
            if !agree(version, now, key) {
                let message = format!("`{key}` of version {shown} of `{id}` is not what it was");
                find(route.clone().key(key), message);
            }
        }
        let texts = items(now, "texts");
        for text in items(version, "texts") {
            if !texts.iter().any(|other| same(text, other)) {
                let language = text
                    .get("language")
                    .and_then(Node::text)
                    .unwrap_or_default();
                let message = format!(
                    "the text of version {shown} of `{id}` in {} is not the one that was published",
                    quote(language)
                );
                find(route.clone().key("texts"), message);
            }
        }
    }
    findings.extend(judge_files(id, &old, before, after)?);
    Ok(Finding::bound(findings))
}

/// The bytes of every text that letter.yaml named before.
fn judge_files(
    id: &Id,
    old: &Document,
    before: &State<'_>,
    after: &State<'_>,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let texts = items(old.root(), "versions")
        .iter()
        .flat_map(|version| items(version, "texts"));
    for file in texts.filter_map(|text| text.get("file").and_then(Node::text)) {
        let path = format!("{}/{file}", letter_folder(id));
        let (was, is) = (before.leaf(&path)?, after.leaf(&path)?);
        if was.is_some() && was != is {
            let message = match is {
                None => "a text that was published is gone",
                Some(_) => "the bytes of a text that was published are not what they were",
            };
            findings.push(Finding::about(
                &TEXT_CHANGED_AFTER_PUBLICATION,
                path,
                message,
            ));
        }
    }
    Ok(findings)
}

/// What steps added to a letter: whole versions, and texts of versions that were there, each at its version's place.
#[derive(Debug, Clone, Default)]
pub struct Growth {
    versions: Vec<(usize, Node)>,
    texts: Vec<(usize, Node)>,
}

impl Growth {
    /// What one state of a letter has and an earlier one, or none, has not.
    pub fn between(before: Option<&Document>, after: &Document) -> Self {
        let old = before.map_or(&[][..], |before| items(before.root(), "versions"));
        let mut growth = Self::default();
        for (at, version) in items(after.root(), "versions").iter().enumerate() {
            let known = match old.get(at) {
                Some(known) => items(known, "texts"),
                None => {
                    growth.versions.push((at, version.clone()));
                    &[]
                }
            };
            // A text that takes another's place adds nothing.
            let texts = items(version, "texts").iter();
            let texts =
                texts.filter(|text| !known.iter().any(|other| agree(text, other, "language")));
            growth.texts.extend(texts.map(|text| (at, text.clone())));
        }
        growth
    }

    /// What was added later still.
    pub fn extend(&mut self, later: Self) {
        self.versions.extend(later.versions);
        self.texts.extend(later.texts);
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty() && self.texts.is_empty()
    }

    /// Whether a letter has all of it.
    pub fn is_in(&self, letter: &Document) -> bool {
        let versions = items(letter.root(), "versions");
        let of = |at: &usize| versions.get(*at);
        self.versions.iter().all(|(at, version)| {
            let now = of(at);
            now.is_some_and(|now| FIXED_OF_VERSION.iter().all(|key| agree(version, now, key)))
        }) && self.texts.iter().all(|(at, text)| {
            let mut texts = of(at).into_iter().flat_map(|now| items(now, "texts"));
            texts.any(|other| same(text, other))
        })
    }
}

/// Whether a letter says nothing that is neither in what it grew by nor in one of the others, comments and layout apart.
pub fn says_nothing_new(letter: &Document, grown: &Growth, others: &[Document]) -> bool {
    let known = |at: usize| {
        let versions = others.iter().map(move |one| items(one.root(), "versions"));
        let versions = versions.filter_map(move |versions| versions.get(at));
        let own = grown.versions.iter().filter(move |(of, _)| *of == at);
        versions.chain(own.map(|(_, version)| version))
    };
    let mut versions = items(letter.root(), "versions").iter().enumerate();
    let versions = versions.all(|(at, version)| {
        let Content::Mapping(fields) = &version.content else {
            return false;
        };
        let mut texts = items(version, "texts").iter();
        let texts = texts.all(|text| {
            let own = grown.texts.iter().filter(|(of, _)| *of == at);
            let all = known(at).flat_map(|known| items(known, "texts"));
            all.chain(own.map(|(_, text)| text))
                .any(|other| same(text, other))
        });
        let mut rest = fields.iter().filter(|field| field.key != "texts");
        texts
            && rest.all(|field| {
                let mut all = known(at).filter_map(|known| known.get(&field.key));
                all.any(|value| same(value, &field.value))
            })
    });
    let Content::Mapping(fields) = &letter.root().content else {
        return false;
    };
    let mut rest = fields.iter().filter(|field| field.key != "versions");
    versions
        && rest.all(|field| {
            let mut all = others
                .iter()
                .filter_map(|other| other.root().get(&field.key));
            all.any(|value| same(value, &field.value))
        })
}

fn agree(one: &Node, other: &Node, key: &str) -> bool {
    match (one.get(key), other.get(key)) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
