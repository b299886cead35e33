//! The verdicts as a table that a person likes to read.

use super::paint::{FAINT, HEADING, paint, standing};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::compile::order::NameOrder;
use crate::letter::place::fold_blanks;
use crate::verify::standing::{Standing, WORDS};
use crate::verify::verdict::{LetterReport, Report, Verdict};
use comfy_table::{ContentArrangement, Table, presets};

/// How much of a report is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The counts alone.
    Counts,
    /// The counts and the table.
    Table,
    /// Also where each name stands in the text.
    Evidence,
}

/// A report's letters, from the registry's title to the last signatory.
pub fn report(
    report: &Report,
    uncommitted: Option<usize>,
    detail: Detail,
    width: Option<u16>,
) -> Result<String, Error> {
    let mut text = heading(report, uncommitted);
    let order = NameOrder::root()?;
    for letter in &report.letters {
        text.push('\n');
        text.push_str(&about(letter));
        if detail > Detail::Counts && !letter.verdicts.is_empty() {
            text.push('\n');
            text.push_str(&table(letter, &order, detail, width));
        }
        text.push_str(&taken_back(letter));
    }
    text.push('\n');
    Ok(text)
}

/// Whose registry it is, and which state of it was judged.
pub fn heading(report: &Report, uncommitted: Option<usize>) -> String {
    let mut text = String::new();
    if let Some(charter) = &report.charter {
        text.push_str(&format!("{}\n", paint(HEADING, &visible(&charter.title))));
        text.push_str(&format!("registry {}\n", charter.origin));
    }
    let state = match (&report.revision, uncommitted) {
        (Some(commit), _) => format!("commit   {commit}"),
        (None, None) => "state    the work tree as it lies".to_owned(),
        (None, Some(0)) => "state    the work tree, as committed at HEAD".to_owned(),
        (None, Some(1)) => {
            "state    the work tree, uncommitted: 1 file differs from HEAD".to_owned()
        }
        (None, Some(some)) => {
            format!("state    the work tree, uncommitted: {some} files differ from HEAD")
        }
    };
    text.push_str(&format!("{state}\n"));
    if let Some(charter) = &report.charter {
        text.push_str(&format!(
            "charter  {}\n",
            paint(FAINT, &charter.digest.to_string())
        ));
    }
    text
}

/// What a letter is, its digests, and how many stand how; never added up.
fn about(letter: &LetterReport) -> String {
    let mut text = format!("{}\n", paint(HEADING, &visible(&letter.title)));
    text.push_str(&format!("to       {}\n", visible(&letter.addressee)));
    let of = match letter.versions {
        1 => String::new(),
        all => format!(" of {all} versions"),
    };
    text.push_str(&format!(
        "letter   {}, version {}{of}, {}\n",
        letter.id, letter.version, letter.date
    ));
    for one in &letter.texts {
        text.push_str(&format!("text     {} {}\n", one.language, one.digest));
    }
    if let Some(claimed) = letter.claimed {
        text.push_str(&format!("claims   {claimed} signatories, says the text\n"));
    }
    text.push('\n');
    for ((word, count), (_, meaning)) in letter.counts().into_iter().zip(WORDS) {
        let told = count > 0 || matches!(word, "verified" | "signed" | "listed");
        if told {
            let shown = format!(
                "{}{}",
                standing(word),
                " ".repeat(10usize.saturating_sub(word.len()))
            );
            text.push_str(&format!("{count:>8} {shown} {}\n", paint(FAINT, meaning)));
        }
    }
    text
}

fn table(letter: &LetterReport, order: &NameOrder, detail: Detail, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    let mut header = vec!["signatory", "country", "standing", "version", "id"];
    if detail == Detail::Evidence {
        header.push("evidence");
    }
    table.set_header(header.into_iter().map(|cell| paint(FAINT, cell)));
    let mut verdicts: Vec<&Verdict> = letter.verdicts.iter().collect();
    verdicts.sort_by(|a, b| order.compare((a.name(), a.id.as_str()), (b.name(), b.id.as_str())));
    for verdict in verdicts {
        table.add_row(row(verdict, detail));
    }
    if let Some(first) = table.column_mut(0) {
        first.set_padding((0, 1));
    }
    let mut text: String = table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect();
    if text.is_empty() {
        text.push('\n');
    }
    text
}

fn row(verdict: &Verdict, detail: Detail) -> Vec<String> {
    let record = verdict.signatory.as_ref();
    let country = record.and_then(|record| record.country.as_ref());
    let name = fold_blanks(&visible(verdict.name()));
    let mut row = vec![
        match verdict.named_as() {
            Some(spelling) => format!("{name} (named as {})", visible(spelling)),
            None => name,
        } + &verdict.partly(),
        country.map(ToString::to_string).unwrap_or_default(),
        bound(verdict),
        verdict
            .version
            .map(|version| version.to_string())
            .unwrap_or_default(),
        verdict.id.to_string(),
    ];
    if detail == Detail::Evidence {
        let places = verdict.listing.iter().flat_map(|listing| {
            let places = listing.spellings.iter().filter_map(|(_, place)| *place);
            places.map(|(line, column)| format!("{}:{line}:{column}", listing.path))
        });
        let signed = verdict
            .basis()
            .map(|held| format!("{}, claimed {}", held.by(), held.date()));
        let reason = verdict.removal.as_ref().and_then(|held| held.reason());
        let reason = reason.map(|reason| format!("reason given: {}", visible(reason)));
        row.push(
            signed
                .into_iter()
                .chain(reason)
                .chain(places)
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    row
}

/// The standing, and by what means its key is the organization's: never the word alone.
fn bound(verdict: &Verdict) -> String {
    let means = verdict.means();
    let word = standing(verdict.standing.word());
    if let (Standing::Removed, Some(held)) = (&verdict.standing, &verdict.removal) {
        let reason = held.reason().unwrap_or_default();
        return format!("{word} by {}: {}", held.by(), visible(reason));
    }
    match means.is_empty() {
        true => word,
        false => format!("{word}: {}", visible(&means.join("; "))),
    }
}

fn taken_back(letter: &LetterReport) -> String {
    if letter.retracted.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n{}\n",
        paint(HEADING, "Listings that the publisher took back")
    );
    for retraction in &letter.retracted {
        let name = visible(&retraction.name);
        let reason = visible(&retraction.reason);
        text.push_str(&format!(
            "  {name} (version {}): {reason}\n",
            retraction.version
        ));
    }
    text
}
