//! What the bytes of a letter's text may be: born clean, or imported as they were.
//! Implements docs/formats/5-text.md.

use super::version::Provenance;
use crate::base::characters::{self, Use};
use crate::base::digest::Digest;
use crate::base::source::Span;

/// Something in a text that readers or programs could take in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stain {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What is so.
    pub what: String,
}

/// At most this many stains are told of one text.
const MOST: usize = 20;

/// Everything that makes the text unclean, at most twenty in order of place.
pub fn stains(bytes: &[u8], provenance: Provenance) -> Vec<Stain> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            return vec![stain(at, at + 1, "the text is not UTF-8")];
        }
    };
    let mut found = foreign_characters(text);
    if !text.chars().any(characters::is_letter) {
        found.push(stain(0, text.len(), "the text has no letter in it"));
    }
    if provenance == Provenance::Native {
        found.extend(untidy_ends(text));
    }
    found.sort_by_key(|stain| stain.span);
    found.truncate(MOST);
    found
}

/// How a file changed on its way, where undoing that gives the bytes with this digest.
pub fn changed_on_its_way(bytes: &[u8], digest: Digest) -> Option<&'static str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let without_mark = text.trim_start_matches('\u{feff}');
    let line_feeds = text.replace("\r\n", "\n");
    let ends = text.trim_end_matches('\n');
    let blanks: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_end_matches(' '))
        .collect();
    let ways = [
        ("it was saved with CR LF line ends", line_feeds),
        (
            "a byte order mark was put before it",
            without_mark.to_owned(),
        ),
        (
            "a byte order mark was put before it, and CR LF at its line ends",
            without_mark.replace("\r\n", "\n"),
        ),
        ("its final line feed was taken away", format!("{text}\n")),
        ("line feeds were added at its end", format!("{ends}\n")),
        ("a line feed was added at its end", ends.to_owned()),
        ("blanks were added at line ends", blanks.join("\n")),
        (
            "it is in another Unicode form (not NFC)",
            characters::to_nfc(text),
        ),
    ];
    ways.into_iter()
        .find(|(_, undone)| Digest::of(undone.as_bytes()) == digest)
        .map(|(what, _)| what)
}

/// docs/formats/5-text.md: the characters, the byte order mark, carriage returns, Form C.
fn foreign_characters(text: &str) -> Vec<Stain> {
    let mut found: Vec<Stain> = characters::refused(text, Use::Prose)
        .take(MOST)
        .map(|refused| {
            let what = match refused.character {
                '\u{feff}' if refused.at == 0 => {
                    "the text begins with a byte order mark".to_owned()
                }
                '\r' => "the text has a carriage return".to_owned(),
                other => format!("the text has {}, U+{:04X}", refused.kind, u32::from(other)),
            };
            stain(refused.at, refused.at + refused.character.len_utf8(), what)
        })
        .collect();
    if let Some(at) = characters::first_not_nfc(text) {
        found.push(stain(at, at + 1, "the text is not in Unicode Form C here"));
    }
    found
}

/// docs/formats/5-text.md: no trailing blanks, exactly one final line feed.
fn untidy_ends(text: &str) -> Vec<Stain> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        // A carriage return before the line feed is told apart, and hides no blanks before it.
        let whole = line.strip_suffix('\r').unwrap_or(line);
        let kept = whole.trim_end_matches(characters::is_blank).len();
        if kept < whole.len() && found.len() < MOST {
            found.push(stain(
                start + kept,
                start + whole.len(),
                "the line ends in blanks",
            ));
        }
        start += line.len() + 1;
    }
    let end = text.len();
    if !text.ends_with('\n') {
        found.push(stain(end, end, "the text does not end in a line feed"));
    } else if text.ends_with("\n\n") {
        found.push(stain(
            end - 1,
            end,
            "the text ends in more than one line feed",
        ));
    }
    found
}

fn stain(start: usize, end: usize, what: impl Into<String>) -> Stain {
    Stain {
        span: Span::new(start, end),
        what: what.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(text: &[u8], provenance: Provenance) -> Vec<String> {
        stains(text, provenance)
            .into_iter()
            .map(|stain| stain.what)
            .collect()
    }

    #[test]
    fn a_clean_text_has_no_stain() {
        assert!(stains("Dear all,\n\n평화.\n".as_bytes(), Provenance::Native).is_empty());
    }

    #[test]
    fn each_stain_is_named() {
        let cases: [(&[u8], &str); 11] = [
            (b"", "no letter"),
            (b"123\n", "no letter"),
            (b"a", "does not end in a line feed"),
            (b"a\n\n", "more than one line feed"),
            (b"a \nb\n", "ends in blanks"),
            (b"a\r\nb\r\n", "carriage return"),
            (b"\xEF\xBB\xBFa\n", "byte order mark"),
            (
                "a\u{feff}b\n".as_bytes(),
                "invisible formatting character, U+FEFF",
            ),
            ("cafe\u{301}\n".as_bytes(), "Form C"),
            (b"a\tb\n", "control character, U+0009"),
            (b"a\xffb\n", "not UTF-8"),
        ];
        for (bytes, expected) in cases {
            let said = whats(bytes, Provenance::Native);
            assert!(
                said.iter().any(|what| what.contains(expected)),
                "{expected}: {said:?}"
            );
        }
    }

    #[test]
    fn blanks_before_a_carriage_return_are_told_too() {
        let whats = whats(b"a \r\nb\n", Provenance::Native);
        assert_eq!(
            whats,
            ["the line ends in blanks", "the text has a carriage return"]
        );
    }

    #[test]
    fn an_imported_text_keeps_its_blanks_and_its_end() {
        assert!(whats(b"\n\na \n\nb", Provenance::Imported).is_empty());
        assert!(!whats(b"a\r\n", Provenance::Imported).is_empty());
        assert!(!whats(b"\xEF\xBB\xBFa\n", Provenance::Imported).is_empty());
        assert!(!whats(b"", Provenance::Imported).is_empty());
    }
}
