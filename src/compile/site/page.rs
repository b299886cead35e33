//! What each page is given: the same beginning for all of them, and what is its own.

use super::frame::{RepositoryFrame, repository};
use super::headers::POLICY;
use super::language::{ALL, Speech};
use super::letter::{GroupPage, Pictures, RetractedRow, Summary};
use super::signatory::{OnLetter, Person, StatementRow};
use super::story::Line;
use super::text::VersionPage;
use crate::base::id::Id;
use crate::compile::list::List;
use crate::registry::holding::Registry;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every page begins with.
#[derive(Debug, Clone, Serialize)]
pub struct Base<'a> {
    /// The language.
    pub lang: Speech,
    /// The way from the page to the root of the site, and to that of its language.
    pub root: &'static str,
    /// The way to the root of its language.
    pub pages: &'static str,
    /// The page from the root of its language.
    pub here: String,
    /// The same page in each language.
    pub languages: Vec<Other>,
    /// The policy for scripts.
    pub policy: &'static str,
    /// The registry.
    pub registry: RegistryRow<'a>,
    /// Where records are proposed.
    pub repository: Option<RepositoryFrame<'a>>,
    /// Where the maintainers are reached.
    pub contact: Option<&'a str>,
    /// What a reader must know of a list that was published despite errors.
    pub warnings: Vec<String>,
}

/// The same page in each language.
#[derive(Debug, Clone, Serialize)]
pub struct Other {
    tag: &'static str,
    folder: &'static str,
}

/// The registry, as every page names it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RegistryRow<'a> {
    title: &'a str,
    origin: &'a str,
    revision: &'a str,
    /// The version of the program that made the pages.
    program: &'static str,
}

/// A page of its base and what is its own.
#[derive(Debug, Serialize)]
pub struct Page<'a, T: Serialize> {
    /// What every page has.
    #[serde(flatten)]
    pub base: &'a Base<'a>,
    /// What this one has.
    #[serde(flatten)]
    pub own: T,
}

/// The home page, and others that know no more than the letters.
#[derive(Debug, Serialize)]
pub struct HomePage<'a> {
    /// The letters.
    pub letters: Vec<Summary<'a>>,
}

/// A page of a letter.
#[derive(Debug, Serialize)]
pub struct LetterPage<'a> {
    /// The letter.
    pub letter: &'a Summary<'a>,
    /// The page of its list, from 1.
    pub page: usize,
    /// How many there are.
    pub page_count: usize,
    /// How many shards its index has.
    pub index_shards: usize,
    /// Its versions, the newest first.
    pub version_pages: &'a [VersionPage<'a>],
    /// Those on the page.
    pub groups: Vec<GroupPage<'a>>,
    /// The listings that were taken back.
    pub retracted: Vec<RetractedRow<'a>>,
    /// Its pictures, on the first page.
    pub pictures: Option<&'a Pictures>,
    /// Countries to choose from.
    pub countries: Vec<(&'a str, &'static str)>,
    /// What checks need, as JSON.
    pub frame: &'a str,
}

/// The page of a signatory.
#[derive(Debug, Serialize)]
pub struct SignatoryPage<'a> {
    /// Who it is.
    pub person: Person<'a>,
    /// Where it stands.
    pub on_letters: Vec<OnLetter<'a>>,
    /// The page of the first letter's list on which it stands, for the signing page.
    pub list_pages: BTreeMap<&'a str, usize>,
    /// What it signed.
    pub statements: &'a [StatementRow<'a>],
    /// What others signed about its key.
    pub attestations: &'a [StatementRow<'a>],
    /// What happened.
    pub history: Vec<Line<'a>>,
    /// What checks need, as JSON.
    pub frame: &'a str,
}

/// The page on which organizations sign.
#[derive(Debug, Serialize)]
pub struct SignPage<'a> {
    /// The letters.
    pub letters: Vec<SignLetter<'a>>,
    /// Countries to choose from.
    pub countries: Vec<(&'static str, &'static str)>,
    /// What checks need, as JSON.
    pub frame: String,
}

/// A letter on it.
#[derive(Debug, Serialize)]
pub struct SignLetter<'a> {
    /// How it stands.
    #[serde(flatten)]
    pub summary: Summary<'a>,
    /// Its page.
    pub href: String,
    /// The page of its versions.
    pub versions_href: String,
}

impl<'a> Base<'a> {
    /// The beginning of a page that lies so many folders below the root of its language.
    pub fn of(
        list: &List<'a>,
        registry: &'a Registry,
        speech: Speech,
        depth: usize,
        here: &str,
    ) -> Self {
        let way = ["", "../", "../../", "../../../"];
        let deeper = usize::from(!speech.folder().is_empty());
        let charter = registry.charter.as_ref().map(|held| &held.charter);
        Self {
            lang: speech,
            root: way.get(depth + deeper).copied().unwrap_or_default(),
            pages: way.get(depth).copied().unwrap_or_default(),
            here: here.to_owned(),
            languages: ALL
                .iter()
                .map(|speech| Other {
                    tag: speech.tag(),
                    folder: speech.folder(),
                })
                .collect(),
            policy: POLICY,
            registry: RegistryRow {
                title: list.title,
                origin: list.origin,
                revision: list.revision,
                program: env!("CARGO_PKG_VERSION"),
            },
            repository: charter.and_then(repository),
            contact: charter
                .and_then(|charter| charter.contact.as_ref())
                .map(|page| page.as_str()),
            warnings: warnings(list, speech),
        }
    }
}

/// What a reader must know of a list that was published despite errors, a sentence each.
fn warnings(list: &List<'_>, speech: Speech) -> Vec<String> {
    if speech == Speech::English {
        return list.warnings();
    }
    let mut warnings = Vec::new();
    if list.errors > 0 {
        let errors = list.errors;
        warnings.push(format!(
            "등록부에 오류가 {errors}건 있는 채로 발행했습니다."
        ));
    }
    let unread = [("서한", list.broken_letters), ("기록", list.broken_records)];
    for (noun, ids) in unread.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        let count = ids.len();
        let ids: Vec<&str> = ids.iter().map(Id::as_str).collect();
        let ids = ids.join(", ");
        warnings.push(format!(
            "읽을 수 없는 {noun} {count}건은 싣지 않았습니다: {ids}."
        ));
    }
    warnings
}
