//! The pages of a letter: its text, who signed it and whom it names, a hundred a page.

use super::chart::Chart;
use super::countries;
use super::language::{Speech, StandingWords, of_script};
use super::picture::{Countries, Moves};
use super::row::Row;
use super::story::Story;
use crate::base::id::Id;
use crate::compile::list::LetterList;
use crate::registry::holding::Record;
use crate::statement::action::Action;
use crate::verify::fold::Fold;
use crate::verify::verdict::Verdict;
use serde::Serialize;
use std::collections::BTreeMap;

/// The records that were read, by id, with what the statements of each come to.
pub type Records<'a> = BTreeMap<&'a Id, (&'a Record, &'a Fold)>;

/// How many signatories a page of the list shows.
pub const PAGE: usize = 100;

/// How a letter stands, as the home page and its own pages begin.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    /// The letter's id.
    pub id: &'a str,
    title: &'a str,
    /// The language of the title: that of its script, or that of the authentic text.
    title_language: &'a str,
    addressee: &'a str,
    /// The language of the addressee, found in the same way.
    addressee_language: &'a str,
    version: u64,
    versions: usize,
    date: &'a str,
    authentic: &'a str,
    digest: String,
    claimed: Option<u64>,
    left_out: usize,
    counts: Vec<Count<'a>>,
}

/// How many have a standing.
#[derive(Debug, Serialize)]
pub struct Count<'a> {
    #[serde(flatten)]
    words: &'a StandingWords,
    count: usize,
}

/// Those on one page with one standing.
#[derive(Debug, Serialize)]
pub struct GroupPage<'a> {
    #[serde(flatten)]
    words: &'a StandingWords,
    /// How many there are in all.
    count: usize,
    rows: Vec<Row>,
}

/// A listing that was taken back.
#[derive(Debug, Serialize)]
pub struct RetractedRow<'a> {
    id: &'a str,
    name: &'a str,
    version: u64,
    reason: &'a str,
}

/// The pictures of a letter.
#[derive(Debug, Serialize)]
pub struct Pictures {
    chart: Option<Chart>,
    moves: Vec<Moves>,
    countries: Option<Countries>,
}

impl<'a> Summary<'a> {
    /// The summary of a letter.
    pub fn of(list: &'a LetterList<'a>, speech: Speech) -> Self {
        let report = list.report;
        let authentic = report
            .texts
            .iter()
            .find(|text| text.language == report.authentic);
        Self {
            id: report.id.as_str(),
            title: &report.title,
            title_language: of_script(&report.title).unwrap_or(report.authentic.as_str()),
            addressee: &report.addressee,
            addressee_language: of_script(&report.addressee).unwrap_or(report.authentic.as_str()),
            version: report.version,
            versions: report.versions,
            date: report.date.as_str(),
            authentic: report.authentic.as_str(),
            digest: authentic
                .map(|text| text.digest.to_string())
                .unwrap_or_default(),
            claimed: report.claimed,
            left_out: list.left_out,
            counts: counts(list, speech),
        }
    }
}

fn counts<'a>(list: &LetterList<'a>, speech: Speech) -> Vec<Count<'a>> {
    let counted: BTreeMap<&str, usize> = list.counts().collect();
    let each = speech.standings().iter();
    each.map(|words| Count {
        words,
        count: counted.get(words.word).copied().unwrap_or_default(),
    })
    .collect()
}

/// Everybody with a standing, in the order of the list.
pub fn everybody<'a>(list: &'a LetterList<'a>) -> impl Iterator<Item = &'a Verdict> {
    list.groups
        .iter()
        .flat_map(|group| group.verdicts.iter().copied())
}

/// How many pages the list has; at least one.
pub fn pages(list: &LetterList<'_>) -> usize {
    everybody(list).count().div_ceil(PAGE).max(1)
}

/// The groups on a page of the list, from 1.
pub fn groups<'a>(list: &'a LetterList<'a>, page: usize, speech: Speech) -> Vec<GroupPage<'a>> {
    let current = list.report.version;
    let on_page = everybody(list).skip((page - 1) * PAGE).take(PAGE);
    let mut groups: Vec<GroupPage<'a>> = Vec::new();
    for verdict in on_page {
        let word = verdict.standing.word();
        if groups.last().is_none_or(|group| group.words.word != word) {
            let all = list.groups.iter().find(|group| group.word == word);
            let Some((words, all)) = speech.words(word).zip(all) else {
                continue;
            };
            groups.push(GroupPage {
                words,
                count: all.verdicts.len(),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(Row::of(verdict, current, speech));
        }
    }
    groups
}

/// The listings that were taken back.
pub fn retracted<'a>(list: &LetterList<'a>) -> Vec<RetractedRow<'a>> {
    let each = list.retracted.iter();
    each.map(|one| RetractedRow {
        id: one.id.as_str(),
        name: &one.name,
        version: one.version,
        reason: &one.reason,
    })
    .collect()
}

impl Pictures {
    /// The pictures of a letter.
    pub fn of(
        list: &LetterList<'_>,
        records: &Records<'_>,
        story: &Story<'_>,
        speech: Speech,
    ) -> Self {
        let words: Vec<&'static str> = speech.standings().iter().map(|one| one.word).collect();
        let letter = &list.report.id;
        let entered = everybody(list).filter_map(|verdict| {
            let day = story.entered(&verdict.id, letter)?;
            Some((day, verdict.standing.word()))
        });
        let entered: Vec<(String, &'static str)> = entered.collect();
        let mut by_country: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
        for verdict in everybody(list) {
            let record = verdict.signatory.as_ref();
            let country = record.and_then(|record| record.country.as_ref());
            let code = country.map(ToString::to_string).unwrap_or_default();
            let counts = by_country.entry(code).or_default();
            *counts.entry(verdict.standing.word()).or_default() += 1;
        }
        let named = by_country.keys().any(|code| !code.is_empty());
        let name = |code: &str| match (code, speech) {
            ("", Speech::English) => "no country given".to_owned(),
            ("", Speech::Korean) => "국가를 밝히지 않음".to_owned(),
            (code, speech) => countries::name(code, speech).to_owned(),
        };
        Self {
            chart: Chart::of(&entered, &words),
            moves: moves(list, records),
            countries: named.then(|| Countries::of(&by_country, &words, name)),
        }
    }
}

/// Who moved from each version to the next.
fn moves(list: &LetterList<'_>, records: &Records<'_>) -> Vec<Moves> {
    let letter = &list.report.id;
    let last = u64::try_from(list.report.versions).unwrap_or(1);
    let said: Vec<(Vec<u64>, bool)> = everybody(list)
        .filter_map(|verdict| records.get(&verdict.id))
        .map(|(_, fold)| {
            let about = fold
                .held
                .iter()
                .filter(|held| held.letter() == Some(letter));
            let endorsed = about.clone().filter_map(|held| held.version()).collect();
            let mut about = about;
            let withdrew = about
                .next_back()
                .is_some_and(|held| held.action() == Action::Withdraw);
            (endorsed, withdrew)
        })
        .collect();
    let between = |from: u64, to: u64| {
        let mut numbers = [0; 4];
        let [moved, stayed, withdrew, came] = &mut numbers;
        for (endorsed, left) in &said {
            match (endorsed.contains(&from), endorsed.contains(&to)) {
                (true, true) => *moved += 1,
                (true, false) if *left => *withdrew += 1,
                (true, false) => *stayed += 1,
                (false, true) => *came += 1,
                (false, false) => {}
            }
        }
        Moves::of(from, to, numbers)
    };
    (1..last)
        .filter_map(|from| between(from, from + 1))
        .collect()
}
