//! A stranger's characters made harmless and visible, for whatever shows text to a person.

use super::characters::{Use, refusal};
use std::fmt::Write as _;

/// `text` on one line with everything that cannot be seen written as `\u{…}`.
///
/// Control characters, direction marks and other invisible characters never reach a terminal.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if harmless(character) {
            shown.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        }
    }
    shown
}

/// `text` with one U+FFFD for each character that cannot be seen, so that columns stay where they are.
pub fn replaced(text: &str) -> String {
    text.chars()
        .map(|character| {
            if harmless(character) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_left() {
        assert_eq!(
            visible("a\u{1b}[31m\n평\u{202e}"),
            "a\\u{1b}[31m\\u{a}평\\u{202e}"
        );
        assert_eq!(replaced("a\u{9b}b\tc"), "a\u{fffd}b\u{fffd}c");
    }
}
