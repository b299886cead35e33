//! signatories.md, for pages: CommonMark in which no name is markup.

use super::list::{LetterList, List};
use crate::base::markdown::plain;
use crate::letter::place::fold_blanks;
use crate::verify::verdict::Verdict;

/// The list as Markdown.
pub fn write(list: &List<'_>) -> String {
    let mut page = format!("# {}\n", plain(list.title));
    for warning in list.warnings() {
        page.push_str(&format!("\n**{}**\n", plain(&warning)));
    }
    for letter in &list.letters {
        page.push('\n');
        page.push_str(&section(list, letter));
    }
    page
}

fn section(list: &List<'_>, letter: &LetterList<'_>) -> String {
    let report = letter.report;
    let mut lines = vec![
        format!("## {}", plain(&report.title)),
        String::new(),
        format!(
            "To {}. Version {} of {}.",
            plain(&report.addressee),
            report.version,
            report.date
        ),
        String::new(),
        "| | |".to_owned(),
        "|---|---|".to_owned(),
        format!("| registry | {} |", plain(list.origin)),
        format!("| commit | `{}` |", list.revision),
        format!("| letter | {} |", plain(report.id.as_str())),
    ];
    for text in &report.texts {
        lines.push(format!(
            "| text in {} | `{}` |",
            plain(text.language.as_str()),
            text.digest
        ));
    }
    for (word, count) in letter.counts() {
        lines.push(format!("| {word} | {count} |"));
    }
    if let Some(warning) = letter.warning() {
        lines.extend([String::new(), format!("**{warning}**")]);
    }
    for group in &letter.groups {
        let count = group.verdicts.len();
        lines.extend([
            String::new(),
            format!("### {count} {}", group.word),
            String::new(),
        ]);
        lines.extend([format!("{}.", sentence(group.meaning)), String::new()]);
        lines.extend(group.verdicts.iter().map(|verdict| row(letter, verdict)));
    }
    if !letter.retracted.is_empty() {
        lines.extend([
            String::new(),
            "### Listings taken back".to_owned(),
            String::new(),
        ]);
        lines.extend(letter.retracted.iter().map(|retraction| {
            format!(
                "- {} (version {}): {}",
                plain(&retraction.name),
                retraction.version,
                plain(&retraction.reason)
            )
        }));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn row(letter: &LetterList<'_>, verdict: &Verdict) -> String {
    let record = verdict.signatory.as_ref();
    let mut row = format!("- {}", plain(&fold_blanks(verdict.name())));
    for name in record.iter().flat_map(|record| record.names.values()) {
        row.push_str(&format!(" / {}", plain(name.as_str())));
    }
    if let Some(country) = record.and_then(|record| record.country.as_ref()) {
        row.push_str(&format!(", {country}"));
    }
    for claim in record.iter().flat_map(|record| &record.accreditations) {
        row.push_str(&format!(
            " ({}: {}, according to {})",
            plain(claim.body.as_str()),
            plain(claim.status.as_str()),
            plain(claim.source.as_str())
        ));
    }
    if let Some(spelling) = verdict.named_as() {
        row.push_str(&format!(" (named as {})", plain(spelling)));
    }
    row.push_str(&verdict.partly());
    row.push_str(&letter.earlier(verdict));
    if let Some(held) = verdict.basis() {
        match held.fingerprint() {
            Some(key) => row.push_str(&format!(
                ", dated {} by the signer, key `{key}`",
                held.date()
            )),
            None => row.push_str(&format!(
                ", dated {} by the signers, {}",
                held.date(),
                plain(&held.by())
            )),
        }
        for means in verdict.means() {
            row.push_str(&format!(", {}", plain(&means)));
        }
        if let Some(authority) = held.authority() {
            row.push_str(&format!(", authority claimed: {}", plain(authority)));
        }
        if let Some(reason) = held.reason() {
            row.push_str(&format!(", reason given: {}", plain(reason)));
        }
    }
    row
}

/// The same words with a capital at the start.
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
