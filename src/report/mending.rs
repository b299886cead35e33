//! What was put right in a text, told line by line, and what stays although nobody sees it.

use crate::author::birth::Mend;
use crate::base::escape::visible;
use crate::base::excerpt::count;

/// One line for each kind: its first place, what was done, and how often.
pub fn text(path: &str, mends: &[Mend]) -> String {
    let line = |mend: &Mend| {
        let times = match mend.times {
            1 => String::new(),
            more => format!(" ({more} times)"),
        };
        let (path, line, column) = (visible(path), mend.line, mend.column);
        format!("{path}:{line}:{column}: {}{times}\n", mend.what)
    };
    mends.iter().map(line).collect()
}

/// That a text keeps blanks that no line breaks at; nothing where it has none.
///
/// They look like any other blank, so that nobody would find them before the text is signed.
pub fn kept(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut places = text.match_indices(['\u{a0}', '\u{2007}', '\u{202f}']);
    let Some((first, _)) = places.next() else {
        return String::new();
    };
    let before = text.get(..first).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let spaces = count(places.count() + 1, "no-break space");
    format!("the text keeps {spaces}, the first in line {line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_that_do_not_break_are_counted() {
        assert_eq!(kept("a b\n".as_bytes()), "");
        let text = "a\n\nb\u{a0}c\u{202f}d\n";
        let told = "the text keeps 2 no-break spaces, the first in line 3\n";
        assert_eq!(kept(text.as_bytes()), told);
    }
}
