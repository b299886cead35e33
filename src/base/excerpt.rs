//! A stranger's words inside our messages: shortened, in backticks, never longer than a line.

/// How many characters of a stranger's text a message repeats.
const LONGEST: usize = 80;

/// `text` in backticks, cut after 80 characters.
///
/// Nothing is escaped here: every output escapes for the place where it prints.
pub fn quote(text: &str) -> String {
    format!("`{}`", shorten(text, LONGEST))
}

/// `text` cut after `most` characters, with an ellipsis where something was left out.
pub fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => {
            let mut short: String = text.get(..at).unwrap_or_default().to_owned();
            short.push('…');
            short
        }
        None => text.to_owned(),
    }
}

/// "1 record", "2 records": a count with its noun.
pub fn count(number: usize, noun: &str) -> String {
    let stem = noun.strip_suffix('y');
    // "days", and not "daies".
    match (number, stem.filter(|stem| !stem.ends_with('a'))) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {noun}s"),
    }
}
