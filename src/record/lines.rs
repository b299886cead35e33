//! What can be seen of a YAML file without a parser: its characters, and marks at the start of lines.
//! Implements docs/formats/4-yaml.md, bytes and lines.

use crate::base::characters;
use crate::base::finding::Finding;
use crate::base::rule::YAML_NOT_PLAIN;
use crate::base::source::{Source, Span};

/// What in the text is not of the subset, at most `most` and one.
pub fn judge(source: &Source, most: usize) -> Vec<Finding> {
    let mut findings = foreign_characters(source, most);
    let mut start = 0;
    for line in source.text().split('\n') {
        let (message, help) = if !line.starts_with(['-', '.', '%']) {
            start += line.len() + 1;
            continue;
        } else if is_marker(line) {
            (
                "the line marks the start or end of a YAML document",
                "A record is one document: take the line out.",
            )
        } else if line.starts_with('%') {
            ("the line is a YAML directive", "Take the line out.")
        } else {
            start += line.len() + 1;
            continue;
        };
        if findings.len() > most {
            break;
        }
        let span = Span::new(start, start + line.len());
        findings.push(Finding::at(&YAML_NOT_PLAIN, source, span, message).with_help(help));
        start += line.len() + 1;
    }
    findings
}

/// Whether no character stands in the text that no file may hold anywhere.
pub fn is_clean(text: &str) -> bool {
    characters::is_plain(text) || text.chars().all(|character| foreign(character).is_none())
}

/// `---` or `...` at the start of a line: inside a block every line is indented, so this is always a mark.
fn is_marker(line: &str) -> bool {
    ["---", "..."].iter().any(|mark| {
        line.strip_prefix(mark)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

fn foreign_characters(source: &Source, most: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    if characters::is_plain(source.text()) {
        return findings;
    }
    for (at, character) in source.text().char_indices() {
        let Some((what, help)) = foreign(character) else {
            continue;
        };
        let span = Span::new(at, at + character.len_utf8());
        let message = format!("the file holds {what}, U+{:04X}", u32::from(character));
        findings.push(Finding::at(&YAML_NOT_PLAIN, source, span, message).with_help(help));
        if findings.len() > most {
            break;
        }
    }
    findings
}

/// Characters that no file may hold anywhere, comments included: what they are, and what to do.
fn foreign(character: char) -> Option<(&'static str, &'static str)> {
    const TAKE_OUT: &str = "Take it out.";
    match character {
        '\n' => None,
        '\t' => Some(("a tab", "Write spaces instead.")),
        '\r' => Some((
            "a carriage return",
            "Save the file with line feeds (Unix line ends).",
        )),
        '\u{feff}' => Some(("a byte order mark", TAKE_OUT)),
        '\u{2028}' | '\u{2029}' => Some(("a Unicode line or paragraph separator", TAKE_OUT)),
        other if other.is_control() => Some(("a control character", TAKE_OUT)),
        other if characters::is_bidi_control(other) => {
            Some(("a character that turns the direction of writing", TAKE_OUT))
        }
        _ => None,
    }
}
