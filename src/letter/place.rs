//! Where names stand in a text: blanks fold, words are whole. Implements docs/formats/9-listing.md, steps on places.

use crate::base::characters::{is_blank, is_of_a_word};
use crate::base::source::Span;
use aho_corasick::AhoCorasick;

/// A place in a text where a spelling stands as whole words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The bytes it covers in the text.
    pub span: Span,
    /// Whether on both sides stands an end of the text, a line end, a comma or a semicolon.
    pub bounded: bool,
}

/// A text with its runs of blanks folded, and the way back to its bytes.
struct Folded {
    text: String,
    /// For each byte of `text` that begins a character, and for its end: the byte it comes from.
    origin: Vec<usize>,
}

/// How many places of one spelling are kept.
const MOST: usize = 1000;

/// The places of each spelling in `text`, overlapping ones included, in order: the first thousand.
pub fn places(text: &str, spellings: &[&str]) -> Vec<Vec<Place>> {
    let mut found = vec![Vec::new(); spellings.len()];
    let folded = fold(text);
    let wanted: Vec<String> = spellings
        .iter()
        .map(|spelling| fold_blanks(spelling))
        .collect();
    // Building fails only beyond 2^31 states, which records of bounded size cannot reach.
    let Ok(automaton) = AhoCorasick::new(&wanted) else {
        return found;
    };
    let words = Words::of(&folded.text);
    for hit in automaton.find_overlapping_iter(&folded.text) {
        if !words.end_at(hit.start(), hit.end()) {
            continue;
        }
        // What stands more often than this is no name; more places would only cost memory.
        if found
            .get(hit.pattern().as_usize())
            .is_none_or(|places| places.len() >= MOST)
        {
            continue;
        }
        let place = (hit.end() > hit.start())
            .then(|| folded.place(text, hit.start(), hit.end()))
            .flatten();
        if let (Some(place), Some(places)) = (place, found.get_mut(hit.pattern().as_usize())) {
            places.push(place);
        }
    }
    found
}

/// A text with each run of blanks as one space.
pub fn fold_blanks(text: &str) -> String {
    if text.is_ascii() && !text.contains('\n') && !text.contains("  ") {
        return text.to_owned();
    }
    fold(text).text
}

fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        origin: Vec::with_capacity(text.len() + 1),
    };
    let mut in_blank = false;
    for (at, character) in text.char_indices() {
        let blank = is_blank(character);
        if !(blank && in_blank) {
            let kept = if blank { ' ' } else { character };
            folded.text.push(kept);
            folded.origin.resize(folded.text.len(), at);
        }
        in_blank = blank;
    }
    folded.origin.push(text.len());
    folded
}

impl Folded {
    /// The place from `start` to `end` of the folded text.
    fn place(&self, text: &str, start: usize, end: usize) -> Option<Place> {
        let last = self.text.get(start..end)?.chars().next_back()?;
        let begin = *self.origin.get(start)?;
        let end = self.origin.get(end - last.len_utf8())? + last.len_utf8();
        Some(Place {
            span: Span::new(begin, end),
            bounded: ends_well(text.get(..begin)?.chars().rev())
                && ends_well(text.get(end..)?.chars()),
        })
    }
}

/// For each byte of a text whether a character of a word ends there, and whether one begins there.
struct Words {
    ends: Vec<bool>,
    begins: Vec<bool>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self {
            ends: vec![false; text.len() + 1],
            begins: vec![false; text.len() + 1],
        };
        for (at, character) in text.char_indices().filter(|(_, one)| is_of_a_word(*one)) {
            if let Some(begins) = words.begins.get_mut(at) {
                *begins = true;
            }
            if let Some(ends) = words.ends.get_mut(at + character.len_utf8()) {
                *ends = true;
            }
        }
        words
    }

    /// Whether what stands from `start` to `end` is no part of a longer word.
    fn end_at(&self, start: usize, end: usize) -> bool {
        self.ends.get(start) == Some(&false) && self.begins.get(end) == Some(&false)
    }
}

/// The commas and semicolons of scripts in use.
const SEPARATORS: [char; 25] = [
    ',', ';', '\u{55d}', '\u{60c}', '\u{61b}', '\u{7f8}', '\u{1363}', '\u{1364}', '\u{1802}',
    '\u{1808}', '\u{204f}', '\u{3001}', '\u{a4fe}', '\u{a60d}', '\u{a6f5}', '\u{a6f6}', '\u{fe10}',
    '\u{fe11}', '\u{fe14}', '\u{fe50}', '\u{fe51}', '\u{fe54}', '\u{ff0c}', '\u{ff1b}', '\u{ff64}',
];

/// Whether the next character that is no blank is a comma or semicolon, or a line or the text ends first.
fn ends_well(mut away: impl Iterator<Item = char>) -> bool {
    match away.find(|character| *character == '\n' || !is_blank(*character)) {
        None => true,
        Some(character) => character == '\n' || SEPARATORS.contains(&character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str, spelling: &str) -> Vec<(usize, usize, bool)> {
        let found = places(text, &[spelling]).remove(0);
        found
            .iter()
            .map(|place| (place.span.start, place.span.end, place.bounded))
            .collect()
    }

    #[test]
    fn blanks_fold_and_words_are_whole() {
        assert_eq!(spans("Peace\n\n  Forum", "Peace Forum"), [(0, 14, true)]);
        assert_eq!(spans("a Peace Forums", "Peace Forum"), []);
        assert_eq!(spans("xPeace Forum", "Peace Forum"), []);
        assert_eq!(spans("Peace Forum2", "Peace Forum"), []);
        assert_eq!(spans("Peace Forum\u{301}", "Peace Forum"), []);
        assert_eq!(spans("평화포럼", "평화"), []);
        assert_eq!(spans("(평화)", "평화"), [(1, 7, false)]);
    }

    #[test]
    fn bounds_are_line_ends_commas_and_semicolons() {
        assert_eq!(spans("A, Peace Forum ; B", "Peace Forum"), [(3, 14, true)]);
        assert_eq!(
            spans("by Peace Forum, and", "Peace Forum"),
            [(3, 14, false)]
        );
        assert_eq!(spans("Peace Forum (KR)\n", "Peace Forum"), [(0, 11, false)]);
        assert_eq!(spans("x\n Peace Forum \ny", "Peace Forum"), [(3, 14, true)]);
    }

    #[test]
    fn overlapping_places_are_all_found() {
        assert_eq!(spans("A A A", "A A").len(), 2);
        let both = places("Chuncheon Womenlink", &["Womenlink", "Chuncheon Womenlink"]);
        assert_eq!((both[0].len(), both[1].len()), (1, 1));
    }
}
