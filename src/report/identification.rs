//! What a file is: `identify`, for people and as `schemas/identification.schema.json`.

use super::json::{RegistryJson, registry};
use super::paint::{BAD, FAINT, HEADING, WARNING, paint, standing};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::{count, shorten};
use crate::base::json::to_bytes;
use crate::letter::difference::{Difference, LinePair};
use crate::verify::identify::{Identification, Nearest, RELATIONS, Relation};
use crate::verify::verdict::{Report, Verdict};
use serde::Serialize;

#[derive(Serialize)]
struct IdentificationJson<'a> {
    schema: &'static str,
    registry: RegistryJson<'a>,
    digest: String,
    #[serde(rename = "match")]
    matches: &'static str,
    text: Option<TextJson<'a>>,
    differences: Vec<&'static str>,
    first_difference: Option<LineJson>,
    signatories: Vec<SignatoryJson<'a>>,
}

#[derive(Serialize)]
struct TextJson<'a> {
    letter: &'a str,
    version: u64,
    versions: &'a [u64],
    current: bool,
    language: &'a str,
    authentic: bool,
    path: &'a str,
    digest: String,
}

#[derive(Serialize)]
struct LineJson {
    line: usize,
    text: Option<String>,
    file: Option<String>,
}

#[derive(Serialize)]
struct SignatoryJson<'a> {
    id: &'a str,
    name: &'a str,
    standing: &'static str,
    relation: &'static str,
}

/// How long a line of a text is shown.
const LONGEST: usize = 200;

/// The identification as JSON.
pub fn json(
    found: &Identification,
    report: &Report,
    uncommitted: Option<usize>,
) -> Result<Vec<u8>, Error> {
    let nearest = found.nearest.as_ref();
    let (matches, differences, pair) = match nearest.map(|nearest| &nearest.difference) {
        None | Some(Difference::Other) => ("none", Vec::new(), None),
        Some(Difference::None) => ("exact", Vec::new(), None),
        Some(Difference::Form(causes)) => ("form", causes.clone(), None),
        Some(Difference::Words(pair, causes)) => ("words", causes.clone(), Some(pair)),
    };
    let signatories = match nearest {
        Some(nearest) if found.is_exact() => nearest.signatories(report),
        _ => Vec::new(),
    };
    to_bytes(&IdentificationJson {
        schema: "undersigned/identification/v1",
        registry: registry(report, uncommitted),
        digest: found.digest.to_string(),
        matches,
        text: nearest.map(|nearest| TextJson {
            letter: nearest.letter.as_str(),
            version: nearest.version,
            versions: &nearest.versions,
            current: nearest.current,
            language: nearest.language.as_str(),
            authentic: nearest.authentic,
            path: &nearest.path,
            digest: nearest.digest.to_string(),
        }),
        differences,
        first_difference: pair.map(|pair| LineJson {
            line: pair.line,
            text: pair.text.as_deref().map(|line| shorten(line, LONGEST)),
            file: pair.file.as_deref().map(|line| shorten(line, LONGEST)),
        }),
        signatories: signatories
            .into_iter()
            .map(|(verdict, relation)| SignatoryJson {
                id: verdict.id.as_str(),
                name: verdict.name(),
                standing: verdict.standing.word(),
                relation: relation.word(),
            })
            .collect(),
    })
}

/// The identification for a person.
pub fn text(found: &Identification, report: &Report) -> String {
    let mut text = format!("digest   {}\n", found.digest);
    let Some(nearest) = &found.nearest else {
        let none = paint(BAD, "no text of this registry, and like none of them");
        text.push_str(&format!("match    {none}\n"));
        return text;
    };
    match &nearest.difference {
        Difference::None => {
            text.push_str(&format!(
                "match    {}\n",
                paint(HEADING, "exact, byte for byte")
            ));
            text.push_str(&about(nearest));
            text.push_str(&stand_behind(nearest, report));
        }
        Difference::Form(causes) => {
            text.push_str(&format!(
                "match    {}\n",
                paint(WARNING, "the same words in another form")
            ));
            text.push_str(&about(nearest));
            text.push_str(&different(causes));
            text.push_str("\nNobody endorsed these bytes: an endorsement is of the exact text.\n");
        }
        Difference::Words(pair, causes) => {
            text.push_str(&format!("match    {}\n", paint(BAD, "not the same words")));
            text.push_str(&about(nearest));
            text.push_str(&different(causes));
            text.push_str(&first(pair));
        }
        Difference::Other => {}
    }
    text
}

fn about(nearest: &Nearest) -> String {
    let current = if nearest.current {
        "the current version"
    } else {
        "an earlier version"
    };
    let authentic = if nearest.authentic {
        "the authentic text"
    } else {
        "a translation"
    };
    let also: Vec<String> = nearest
        .versions
        .iter()
        .filter(|version| **version != nearest.version)
        .map(u64::to_string)
        .collect();
    let also = match also.is_empty() {
        true => String::new(),
        false => format!(", and the same in version {}", also.join(", ")),
    };
    format!(
        "letter   {}, version {}, {current}{also}\ntext     {}, {authentic}, {} {}\n",
        nearest.letter,
        nearest.version,
        nearest.language,
        visible(&nearest.path),
        paint(FAINT, &nearest.digest.to_string()),
    )
}

fn different(causes: &[&str]) -> String {
    causes
        .iter()
        .map(|cause| format!("differs  {cause}\n"))
        .collect()
}

fn first(pair: &LinePair) -> String {
    let shown = |line: &Option<String>| match line {
        None => paint(FAINT, "(it ends before)"),
        Some(line) => visible(&shorten(line, LONGEST)),
    };
    format!(
        "\nFirst differing line, {}:\n  letter: {}\n  file:   {}\n",
        pair.line,
        shown(&pair.text),
        shown(&pair.file)
    )
}

/// Who endorsed exactly this text, by name, and how many have to do with it otherwise.
fn stand_behind(nearest: &Nearest, report: &Report) -> String {
    let signatories = nearest.signatories(report);
    let mut text = String::from("\n");
    for (relation, word, meaning) in RELATIONS {
        let of = signatories.iter().filter(|(_, other)| *other == relation);
        let number = of.clone().count();
        if number == 0 {
            continue;
        }
        let label = match relation {
            Relation::Listed => format!("{}: {meaning}", standing(word)),
            _ => meaning.to_owned(),
        };
        text.push_str(&format!("{number:>8} {label}\n"));
        if relation == Relation::EndorsedText {
            text.extend(of.map(|(verdict, _)| endorser(verdict, nearest)));
        }
    }
    let mut all = signatories.iter();
    if !all.any(|(_, relation)| *relation == Relation::EndorsedText) {
        text.push_str("\nNobody has endorsed this text with a key.\n");
    }
    if !nearest.authentic {
        text.push_str("Names are looked for in the authentic text alone.\n");
    }
    let all = count(signatories.len(), "signatory");
    text.push_str(&format!(
        "`undersigned verify {}` shows {all} by name.\n",
        nearest.letter
    ));
    text
}

/// One who endorsed exactly this text: the standing today, the key, the day as claimed.
fn endorser(verdict: &Verdict, nearest: &Nearest) -> String {
    let mut held = verdict.endorsements.iter().rev();
    let held = held.find(|held| {
        held.version()
            .is_some_and(|one| nearest.versions.contains(&one))
    });
    let signed = held.map_or_else(String::new, |held| {
        let mut words = vec![format!(
            "endorsed with {}, claimed {}",
            held.by(),
            held.date()
        )];
        words.extend(verdict.means_of(held));
        visible(&words.join("; "))
    });
    format!(
        "         {}: {}; {}\n",
        visible(verdict.name()),
        standing(verdict.standing.word()),
        paint(FAINT, &signed)
    )
}
