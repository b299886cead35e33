//! The badge of a letter: a small picture with the count of each standing, for other pages.

use super::language::Speech;
use crate::compile::list::LetterList;
use serde::Serialize;

/// What the badge says.
#[derive(Debug, Serialize)]
pub struct Badge<'a> {
    lang: Speech,
    title: &'a str,
    parts: Vec<Part>,
    width: usize,
}

/// One standing on it.
#[derive(Debug, Serialize)]
struct Part {
    word: &'static str,
    label: String,
    count: usize,
    left: usize,
    width: usize,
    middle: usize,
}

/// The width of what stands before the first standing.
const START: usize = 12;

impl<'a> Badge<'a> {
    /// The badge of a letter: every standing that somebody has, and never a sum.
    pub fn of(list: &'a LetterList<'a>, lang: Speech) -> Self {
        let mut left = START;
        let mut parts = Vec::new();
        for (word, count) in list.counts().filter(|(_, count)| *count > 0) {
            let label = lang.words(word).map_or(word, |words| words.label);
            // On somebody else's page nothing around it says what that means.
            let label = match (word, lang) {
                ("listed", Speech::English) => format!("{label} (signed nothing)"),
                ("listed", Speech::Korean) => format!("{label} (서명하지 않음)"),
                _ => label.to_owned(),
            };
            let wide = |letter: char| if letter.is_ascii() { 7 } else { 12 };
            let text = format!("{count} {label}");
            let width = text.chars().map(wide).sum::<usize>() + 16;
            parts.push(Part {
                word,
                label,
                count,
                left,
                width,
                middle: left + width / 2,
            });
            left += width;
        }
        Self {
            lang,
            title: &list.report.title,
            parts,
            width: left + START,
        }
    }
}
