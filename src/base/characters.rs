//! The characters that names, statements and texts may hold, by Unicode 16.
//! Implements docs/formats/3-characters.md.

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Where a character stands decides whether blanks other than U+0020 may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A name or a statement: no blank but U+0020.
    Name,
    /// The text of a letter, or prose about it.
    Prose,
}

/// Why a character is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands, in bytes from the start.
    pub at: usize,
    /// The character.
    pub character: char,
    /// What kind of character it is, as a phrase.
    pub kind: &'static str,
}

/// Whether nothing stands in `text` but letters, digits and marks of ASCII, blanks and line feeds: most texts are so.
pub fn is_plain(text: &str) -> bool {
    all(text, |byte| matches!(byte, b'\n' | b' '..=b'~'))
}

/// Whether no control character of ASCII but the line feed stands in `text`.
pub fn is_printable(text: &str) -> bool {
    all(text, |byte| byte == b'\n' || (byte >= b' ' && byte != 0x7f))
}

/// Asks of a whole run of bytes at once, which is quicker than to stop at the first that fails.
fn all(text: &str, fine: impl Fn(u8) -> bool) -> bool {
    let mut runs = text.as_bytes().chunks(64);
    runs.all(|run| run.iter().fold(true, |so_far, byte| so_far & fine(*byte)))
}

/// Every refused character of `text`, in order.
pub fn refused(text: &str, place: Use) -> impl Iterator<Item = Refused> + '_ {
    let text = if is_plain(text) { "" } else { text };
    text.char_indices().filter_map(move |(at, character)| {
        let kind = refusal(character, place)?;
        Some(Refused {
            at,
            character,
            kind,
        })
    })
}

/// Why this character is refused here, or nothing where it is not.
pub fn refusal(character: char, place: Use) -> Option<&'static str> {
    if character.is_ascii() {
        let fine = character == '\n' || !character.is_ascii_control();
        return (!fine).then_some("a control character");
    }
    match get_general_category(character) {
        Category::Control => Some("a control character"),
        Category::Format => Some("an invisible formatting character"),
        Category::Surrogate => Some("half of a surrogate pair"),
        Category::PrivateUse => Some("a private-use character"),
        Category::Unassigned => Some("a code point that Unicode 16 does not assign"),
        Category::LineSeparator => Some("a line separator"),
        Category::ParagraphSeparator => Some("a paragraph separator"),
        Category::SpaceSeparator if place == Use::Name => Some("a blank other than the space"),
        _ if is_invisible(character) => Some("a character that cannot be seen"),
        _ => None,
    }
}

/// Marks, fillers, blanks and selectors that show nothing and are of no refused category.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0x034F | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x2800 | 0x3164
        | 0xFE00..=0xFE0F | 0xFFA0 | 0xE0100..=0xE01EF)
}

/// Whether a character shows nothing: a control or format character, or one of the invisible ones.
///
/// Private-use and unassigned characters may show something, so that nobody but the author can say what was meant.
pub fn shows_nothing(character: char) -> bool {
    use Category as C;
    is_invisible(character)
        || matches!(
            get_general_category(character),
            C::Control | C::Format | C::LineSeparator | C::ParagraphSeparator
        )
}

/// Whether a character changes the direction of the text around it (Bidi_Control of UAX #9).
pub fn is_bidi_control(character: char) -> bool {
    matches!(u32::from(character), 0x061C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

/// Whether `text` is in Normalization Form C (UAX #15).
pub fn is_nfc(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => true,
        IsNormalized::No => false,
        IsNormalized::Maybe => text.nfc().eq(text.chars()),
    }
}

/// `text` in Normalization Form C.
pub fn to_nfc(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_owned(),
        false => text.nfc().collect(),
    }
}

/// Where `text` first differs from its Form C, in bytes from the start.
pub fn first_not_nfc(text: &str) -> Option<usize> {
    if is_nfc(text) {
        return None;
    }
    let mut composed = text.nfc();
    let differs = text
        .char_indices()
        .find(|(_, character)| composed.next() != Some(*character));
    Some(differs.map_or(text.len(), |(at, _)| at))
}

/// Whether a letter, mark or digit of a word: general categories L, M and Nd.
///
/// A footnote mark such as `¹` is another kind of number (No), and ends a word.
pub fn is_of_a_word(character: char) -> bool {
    use Category as C;
    is_letter(character)
        || character.is_ascii_digit()
        || is_mark(character)
        || get_general_category(character) == C::DecimalNumber
}

/// Whether a mark that hangs on the character before it: general category M.
pub fn is_mark(character: char) -> bool {
    use Category as C;
    !character.is_ascii()
        && matches!(
            get_general_category(character),
            C::NonspacingMark | C::SpacingMark | C::EnclosingMark
        )
}

/// Whether a letter: general category L.
pub fn is_letter(character: char) -> bool {
    use Category as C;
    character.is_ascii_alphabetic()
        || matches!(
            get_general_category(character),
            C::UppercaseLetter
                | C::LowercaseLetter
                | C::TitlecaseLetter
                | C::ModifierLetter
                | C::OtherLetter
        )
}

/// Whether a blank: U+0020, a line end, or another separator of category Zs.
pub fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\n')
        || (!character.is_ascii() && get_general_category(character) == Category::SpaceSeparator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for bad in [
            '\0',
            '\t',
            '\r',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{17b4}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{202e}',
            '\u{2028}',
            '\u{2029}',
            '\u{2066}',
            '\u{2800}',
            '\u{3164}',
            '\u{e000}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{ffff}',
            '\u{378}',
            '\u{e0001}',
            '\u{e0100}',
            '\u{10ffff}',
        ] {
            assert!(refusal(bad, Use::Prose).is_some(), "{bad:?}");
        }
        for good in ['\n', ' ', 'a', 'é', '평', '和', '“', '’', '\u{301}', '🙂'] {
            assert!(refusal(good, Use::Name).is_none(), "{good:?}");
        }
        assert!(refusal('\u{a0}', Use::Prose).is_none());
        assert!(refusal('\u{a0}', Use::Name).is_some());
        assert!(refusal('\u{3000}', Use::Name).is_some());
    }

    #[test]
    fn unicode_16_decides_what_is_assigned() {
        assert_eq!(unicode_general_category::UNICODE_VERSION, (16, 0, 0));
        // U+1C89 came with Unicode 16, U+20C1 with Unicode 17.
        assert!(refusal('\u{1c89}', Use::Name).is_none());
        assert!(refusal('\u{20c1}', Use::Name).is_some());
    }

    #[test]
    fn form_c_is_found_where_it_breaks() {
        assert_eq!(first_not_nfc("caf\u{e9}"), None);
        assert_eq!(first_not_nfc("cafe\u{301}"), Some(3));
        assert_eq!(first_not_nfc("\u{1112}\u{1161}\u{11ab}"), Some(0));
    }
}
