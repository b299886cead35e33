//! What changes between two versions of a letter, word by word, and who stands behind the older one.

use super::paint::{BAD, FAINT, GOOD, paint};
use crate::base::escape::visible;
use crate::base::excerpt::count;
use crate::letter::wording::{Stretch, compare};
use crate::verify::verdict::LetterReport;

/// A line on its way: what is shown, and whether something in it changes.
#[derive(Default)]
struct Line {
    shown: String,
    changes: bool,
}

/// What changes between two texts, which are UTF-8 wherever they are clean.
pub fn between(before: &[u8], after: &[u8]) -> String {
    let (before, after) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after),
    );
    text(&compare(&before, &after))
}

/// The lines in which something changes, each with its neighbours: `[-taken-]` and `{+added+}`.
pub fn text(stretches: &[Stretch]) -> String {
    let mut lines = vec![Line::default()];
    for stretch in stretches {
        let (content, marks) = match stretch {
            Stretch::Kept(content) => (content, None),
            Stretch::Taken(content) => (content, Some((BAD, "[-", "-]"))),
            Stretch::Added(content) => (content, Some((GOOD, "{+", "+}"))),
        };
        let mut parts = content.split('\n').peekable();
        while let Some(part) = parts.next() {
            let ends_line = parts.peek().is_some();
            if let Some(line) = lines.last_mut() {
                match marks {
                    None => line.shown.push_str(&visible(part)),
                    Some((style, open, close)) => {
                        // A line end that comes or goes is shown as a mark.
                        let end = if ends_line { "¶" } else { "" };
                        let inside = format!("{}{end}", visible(part));
                        if !inside.is_empty() {
                            line.shown
                                .push_str(&paint(style, &format!("{open}{inside}{close}")));
                            line.changes = true;
                        }
                    }
                }
            }
            if ends_line {
                lines.push(Line::default());
            }
        }
    }
    let near = |index: usize| {
        let start = index.saturating_sub(1);
        lines
            .iter()
            .skip(start)
            .take(index + 2 - start)
            .any(|line| line.changes)
    };
    let mut told = String::new();
    let mut left_out = false;
    for (index, line) in lines.iter().enumerate() {
        if near(index) {
            told.push_str(&format!("  {}\n", line.shown));
            left_out = false;
        } else if !left_out {
            told.push_str(&format!("  {}\n", paint(FAINT, "…")));
            left_out = true;
        }
    }
    told
}

/// How many endorsed the current version of a letter, and that they stay there.
pub fn behind(report: &LetterReport) -> String {
    let counts = report.counts().into_iter();
    let behind: Vec<(&str, usize)> = counts
        .filter(|(word, count)| matches!(*word, "verified" | "signed") && *count > 0)
        .collect();
    let all: usize = behind.iter().map(|(_, count)| count).sum();
    if all == 0 {
        return format!("no organization endorsed version {}\n", report.version);
    }
    let each: Vec<String> = behind
        .iter()
        .map(|(word, count)| format!("{count} {word}"))
        .collect();
    format!(
        "{} endorsed version {} ({}); until they sign the new text they stand as superseded\n",
        count(all, "organization"),
        report.version,
        each.join(", ")
    )
}
