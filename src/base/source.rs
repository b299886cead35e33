//! A file's text and the places in it: byte spans become lines and columns once, when a finding needs them.

use super::excerpt::shorten;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// A stretch of bytes in a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// One file's text under the path that findings print.
#[derive(Debug, Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    /// Where each line begins, once a place was asked for.
    lines: OnceLock<Vec<usize>>,
}

/// A place as people read it: line and column from 1, and the line itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode characters, from 1.
    pub column: usize,
    /// The line's text, cut around the place where it is long.
    pub excerpt: String,
    /// What is marked in the excerpt, in characters from its start.
    pub mark: Span,
}

/// How many characters of a long line are kept before and after the place.
const BEFORE: usize = 60;
const AFTER: usize = 100;

impl Source {
    /// A file's text under its path.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// The path that findings print.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of `span` as text; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Where `span` begins, as a line, a column and an excerpt of the line.
    pub fn place(&self, span: Span) -> Place {
        let start = floor(&self.text, span.start);
        let lines = self.lines();
        let line = lines.partition_point(|begin| *begin <= start);
        let begin = lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let rest = self.text.get(begin..).unwrap_or_default();
        let whole = rest.split('\n').next().unwrap_or_default();
        let column = self
            .text
            .get(begin..start)
            .unwrap_or_default()
            .chars()
            .count();
        let marked = self
            .text
            .get(start..floor(&self.text, span.end.max(start)))
            .unwrap_or_default();
        let length = marked
            .split('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count();
        excerpt(whole, line, column, length.max(1))
    }

    /// Line and column, from 1, of many bytes at once: the text is walked a single time.
    pub fn columns(&self, wanted: BTreeSet<usize>) -> BTreeMap<usize, (usize, usize)> {
        let mut found = BTreeMap::new();
        let mut wanted = wanted.into_iter().peekable();
        let (mut line, mut column) = (1, 1);
        for (at, character) in self.text.char_indices() {
            if wanted.next_if(|next| *next <= at).is_some() {
                found.insert(at, (line, column));
            }
            if wanted.peek().is_none() {
                break;
            }
            (line, column) = match character {
                '\n' => (line + 1, 1),
                _ => (line, column + 1),
            };
        }
        found
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }
}

/// The nearest character boundary of a text at or below `at`.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn excerpt(whole: &str, line: usize, column: usize, length: usize) -> Place {
    let skipped = column.saturating_sub(BEFORE);
    let (lead, kept) = match whole.char_indices().nth(skipped) {
        Some((at, _)) if skipped > 0 => ("…", whole.get(at..).unwrap_or_default()),
        _ => ("", whole),
    };
    let start = column - skipped + lead.chars().count();
    Place {
        line,
        column: column + 1,
        excerpt: format!("{lead}{}", shorten(kept, BEFORE + AFTER)),
        mark: Span::new(start, start + length.min(AFTER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.yaml", "id: x\nname: '평화 Ω'\n");
        let start = source.text().find('Ω').unwrap_or_default();
        let place = source.place(Span::new(start, start + 2));
        assert_eq!((place.line, place.column), (2, 11));
        assert_eq!(place.excerpt, "name: '평화 Ω'");
        assert_eq!(place.mark, Span::new(10, 11));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let source = Source::new("a.yaml", "id: x\n");
        let place = source.place(Span::new(900, 901));
        assert_eq!((place.line, place.column), (2, 1));
        assert_eq!(Source::new("e", "").place(Span::default()).line, 1);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let source = Source::new(
            "a.yaml",
            format!("{}X{}", "가".repeat(5000), "b".repeat(5000)),
        );
        let place = source.place(Span::new(15000, 15001));
        assert_eq!(place.column, 5001);
        assert!(place.excerpt.chars().count() < 200);
        assert_eq!(place.excerpt.chars().nth(place.mark.start), Some('X'));
    }
}
