//! A stranger's characters made harmless and visible, for whatever shows text to a person.

use super::characters::{Use, is_mark, refusal};
use std::fmt::Write as _;

/// `text` on one line of a terminal or a log, with what would act there written as `\u{…}`.
///
/// Control characters, direction marks and other invisible characters never reach a terminal. Whatever
/// runs in a CI job prints into a log in which lines that begin with `::`, or hold `##[` anywhere, are
/// commands (`##vso[` and `##teamcity[` are others); so of two such marks in a row the second is escaped.
pub fn visible(text: &str) -> String {
    let mut marks = Marks::default();
    written(text, |character| {
        !harmless(character) || marks.doubled(character)
    })
}

/// `text` on one line with everything that cannot be seen written as `\u{…}`, for formats that no log obeys.
pub fn seen(text: &str) -> String {
    written(text, |character| !harmless(character))
}

/// `text` with one U+FFFD for each character that would act, so that columns stay where they are.
pub fn replaced(text: &str) -> String {
    let mut marks = Marks::default();
    text.chars()
        .map(|character| {
            if harmless(character) && !marks.doubled(character) {
                character
            } else {
                '\u{fffd}'
            }
        })
        .collect()
}

/// Whether a character may be shown as it is on one line.
pub fn harmless(character: char) -> bool {
    character != '\n' && refusal(character, Use::Prose).is_none()
}

/// Watches a text for two number signs or two colons in a row.
#[derive(Debug, Default)]
pub struct Marks {
    last: Option<char>,
}

impl Marks {
    /// Whether this character is the second of two; a third would be the first again.
    ///
    /// A mark that hangs on the first does not part them: there are comparisons that pass over it.
    pub fn doubled(&mut self, character: char) -> bool {
        if is_mark(character) {
            return false;
        }
        let doubled = matches!(character, '#' | ':') && self.last == Some(character);
        self.last = (!doubled).then_some(character);
        doubled
    }
}

fn written(text: &str, mut acts: impl FnMut(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_left() {
        let hostile = "a\u{1b}[31m\n평\u{202e}";
        assert_eq!(visible(hostile), "a\\u{1b}[31m\\u{a}평\\u{202e}");
        assert_eq!(seen(hostile), visible(hostile));
        assert_eq!(replaced("a\u{9b}b\tc"), "a\u{fffd}b\u{fffd}c");
    }

    #[test]
    fn no_line_of_a_log_is_a_command() {
        assert_eq!(visible("::error::x"), ":\\u{3a}error:\\u{3a}x");
        assert_eq!(visible("a ##[error]x"), "a #\\u{23}[error]x");
        assert_eq!(visible("###[a]"), "#\\u{23}#[a]");
        assert_eq!(visible("#\u{301}#[a]"), "#\u{301}\\u{23}[a]");
        assert_eq!(replaced("##[a]"), "#\u{fffd}[a]");
        assert_eq!(seen("::a ##[b]"), "::a ##[b]");
        for honest in ["#평화:평화: #1 [x]", "12:30", "# : # :", "C#"] {
            assert_eq!(visible(honest), honest);
            assert_eq!(replaced(honest), honest);
        }
    }
}
