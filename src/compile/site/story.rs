//! What happened to each signatory, with the day that it claims and the day of the commit apart.

use super::language::Speech;
use crate::base::id::Id;
use crate::history::event::Event;
use crate::registry::commit::Commit;
use serde::Serialize;
use std::collections::BTreeMap;

/// The events of a history by signatory, the oldest first.
#[derive(Debug, Default)]
pub struct Story<'a> {
    by_signatory: BTreeMap<&'a Id, Vec<(&'a Event, &'a Commit)>>,
}

/// One line of a signatory's history.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// The day of the commit, which its host can set.
    pub day: String,
    /// The commit.
    pub commit: String,
    /// Its first characters.
    pub short: String,
    /// The day that the statement claims.
    pub claimed: Option<&'a str>,
    /// Whether that is after the day of the commit anywhere.
    pub late: bool,
    /// What happened, a word for programs.
    pub word: &'static str,
    /// What happened, for readers.
    pub what: String,
}

impl<'a> Story<'a> {
    /// Sorts the events of a walk.
    pub fn of(events: impl Iterator<Item = (&'a Event, &'a Commit)>) -> Self {
        let mut story = Self::default();
        for (event, commit) in events.filter(|(event, _)| event.happening.is_notable()) {
            if let Some(id) = &event.signatory {
                let known = story.by_signatory.entry(id).or_default();
                known.push((event, commit));
            }
        }
        story
    }

    /// What happened to one signatory.
    pub fn about(&self, id: &Id) -> impl Iterator<Item = (&'a Event, &'a Commit)> + '_ {
        self.by_signatory.get(id).into_iter().flatten().copied()
    }

    /// The same, for readers.
    pub fn lines(&self, id: &Id, speech: Speech) -> Vec<Line<'a>> {
        self.about(id)
            .map(|(event, commit)| {
                let claimed = event.claimed_date.as_deref();
                Line {
                    day: commit.day(),
                    commit: commit.id.to_string(),
                    short: commit.id.short(),
                    claimed,
                    late: claimed.is_some_and(|day| day > commit.latest_day().as_str()),
                    word: event.happening.word(),
                    what: told(event, speech),
                }
            })
            .collect()
    }

    /// The first day on which a letter and this signatory met: listed, endorsed or withdrawn.
    pub fn entered(&self, id: &Id, letter: &Id) -> Option<String> {
        let mut about = self.about(id);
        let met = |event: &Event| {
            let meets = matches!(event.happening.word(), "endorse" | "withdraw" | "listed");
            meets && event.letter.as_ref() == Some(letter)
        };
        about
            .find(|(event, _)| met(event))
            .map(|(_, commit)| commit.day())
    }
}

/// What happened, in a few words; the statement itself stands on the same page.
fn told(event: &Event, speech: Speech) -> String {
    let letter = event.letter.as_ref().map(Id::as_str).unwrap_or_default();
    let version = event.version.map(|version| version.to_string());
    let version = version.unwrap_or_default();
    match speech {
        Speech::English => match event.happening.word() {
            "endorse" => format!("endorsed version {version} of {letter}"),
            "withdraw" => format!("withdrew from {letter}"),
            "amend" => "changed its name or other details".to_owned(),
            "rotate" => "changed its key".to_owned(),
            "recover" => "the maintainers put a new key in place of a lost one".to_owned(),
            "remove" => "removed by the maintainers".to_owned(),
            "listed" => format!("named by the publisher of {letter}; signed nothing by that"),
            "listing-retracted" => format!("the publisher of {letter} took the listing back"),
            "attested" => "a maintainer or an observer attested about its key".to_owned(),
            "record-added" => "the record entered the registry".to_owned(),
            "record-removed" => "the record was taken out of the registry".to_owned(),
            "details-changed" => "unsigned details of the record changed".to_owned(),
            "entries-taken-out" => "entries that never held were taken out".to_owned(),
            "statement-edited" => "a statement was edited".to_owned(),
            _ => "something that cannot be read entered the record".to_owned(),
        },
        Speech::Korean => match event.happening.word() {
            "endorse" => format!("{letter} 제{version}판에 연명함"),
            "withdraw" => format!("{letter} 연명을 철회함"),
            "amend" => "이름이나 단체 정보를 바꿈".to_owned(),
            "rotate" => "키를 바꿈".to_owned(),
            "recover" => "관리자들이 잃어버린 키를 새 키로 바꿈".to_owned(),
            "remove" => "관리자들이 삭제함".to_owned(),
            "listed" => format!("{letter}의 발행인이 이름을 올림(단체가 서명한 것은 없음)"),
            "listing-retracted" => format!("{letter}의 발행인이 명단에서 이름을 뺌"),
            "attested" => "관리자나 관찰자가 키에 대해 증언함".to_owned(),
            "record-added" => "기록이 등록부에 들어옴".to_owned(),
            "record-removed" => "기록이 등록부에서 빠짐".to_owned(),
            "details-changed" => "서명되지 않은 단체 정보가 바뀜".to_owned(),
            "entries-taken-out" => "유효한 적이 없는 항목을 뺌".to_owned(),
            "statement-edited" => "진술문이 바뀜".to_owned(),
            _ => "읽을 수 없는 것이 기록에 들어옴".to_owned(),
        },
    }
}
