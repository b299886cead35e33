//! From a byte of a value to the byte of the file that wrote it: quotes, escapes and indentation in between.

use crate::base::source::Span;

/// Where in `written` the character stands that is at byte `at` of `value`, with its escape.
///
/// `written` is the value as it stands in the file: with its quotes, or the lines of a block.
pub fn locate(written: &str, value: &str, at: usize) -> Span {
    let found = match written.strip_prefix('"') {
        Some(inside) => unescaped(inside, at).map(|span| Span::new(span.start + 1, span.end + 1)),
        None if value.contains('\n') => in_block(written, value, at),
        None => same_character(written, value, at),
    };
    found.unwrap_or(Span::new(0, written.len()))
}

/// In a block each line of the value is the end of a line of the file: only its indentation is added.
fn in_block(written: &str, value: &str, at: usize) -> Option<Span> {
    let before = value.get(..at)?;
    let number = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
    let line = value.split('\n').nth(number)?;
    let start: usize = written
        .split_inclusive('\n')
        .take(number)
        .map(str::len)
        .sum();
    let in_file = written.split('\n').nth(number).unwrap_or_default();
    let indent = in_file.len().checked_sub(line.len())?;
    let length = value
        .get(at..)?
        .chars()
        .next()
        .filter(|character| *character != '\n')
        .map_or(0, char::len_utf8);
    let start = start + indent + column;
    Some(Span::new(start, start + length))
}

/// In plain and single-quoted values each character stands for itself; only blanks and quotes are added.
fn same_character(written: &str, value: &str, at: usize) -> Option<Span> {
    let character = value.get(at..)?.chars().next()?;
    let nth = value.get(..at)?.matches(character).count();
    let (start, _) = written.match_indices(character).nth(nth)?;
    Some(Span::new(start, start + character.len_utf8()))
}

/// Walks double-quoted text, one escape or character at a time, until `at` bytes of the value are made.
fn unescaped(inside: &str, at: usize) -> Option<Span> {
    let mut made = 0;
    let mut rest = inside.char_indices();
    while let Some((start, character)) = rest.next() {
        let (bytes, length) = match character {
            '\\' => escape(inside.get(start + 1..)?)?,
            other => (other.len_utf8(), other.len_utf8()),
        };
        if made + bytes > at {
            return Some(Span::new(start, start + length));
        }
        made += bytes;
        // The characters of an escape after its backslash are done with it.
        let skipped = inside.get(start..start + length)?.chars().count() - 1;
        for _ in 0..skipped {
            rest.next();
        }
    }
    None
}

/// How many bytes an escape makes in UTF-8, and how many it takes with its backslash.
fn escape(after: &str) -> Option<(usize, usize)> {
    let kind = after.chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        // NEL and the separators of lines and paragraphs; a blank that does not break.
        'N' | '_' => return Some((2, 2)),
        'L' | 'P' => return Some((3, 2)),
        other => return Some((1, 1 + other.len_utf8())),
    };
    let code = u32::from_str_radix(after.get(1..1 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?.len_utf8(), 2 + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(written: &str, value: &str, character: char) -> String {
        let span = locate(written, value, value.find(character).unwrap());
        written.get(span.start..span.end).unwrap().to_owned()
    }

    #[test]
    fn a_character_is_found_where_it_was_written() {
        assert_eq!(
            at("'it''s \u{200b}x'", "it's \u{200b}x", '\u{200b}'),
            "\u{200b}"
        );
        assert_eq!(
            at("one\n    two\u{ad}\n", "one\ntwo\u{ad}\n", '\u{ad}'),
            "\u{ad}"
        );
        assert_eq!(
            at(r#""a\\\"\u200Bb""#, "a\\\"\u{200b}b", '\u{200b}'),
            r"\u200B"
        );
        assert_eq!(
            at(r#""\x41\U0000202Ex""#, "A\u{202e}x", '\u{202e}'),
            r"\U0000202E"
        );
        assert_eq!(at(r#""평\Nx""#, "평\u{85}x", '\u{85}'), r"\N");
        assert_eq!(at("\"가\u{200b}\"", "가\u{200b}", '\u{200b}'), "\u{200b}");
    }
}
