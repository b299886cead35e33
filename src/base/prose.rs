//! Free text that people write into a file: names, lines, prose. Implements docs/formats/3-characters.md, lengths.
//!
//! Which characters it may hold is judged apart, so that a finding can point at the one character.

use super::spelling::spelled;

spelled! {
    /// A name: one line of 1 to 200 characters without blanks at its ends.
    Name, check_name
}

spelled! {
    /// A line: 1 to 500 characters without blanks at its ends.
    Line, check_line
}

spelled! {
    /// Prose of one or more lines: 1 to 4,000 characters.
    Prose, check_prose
}

spelled! {
    /// What somebody says on one line of a statement, as long as the statement may be.
    Remark, one_line
}

fn check_name(text: &str) -> Result<(), &'static str> {
    one_line(text)?;
    at_most(text, 200, "the name is longer than 200 characters")
}

fn check_line(text: &str) -> Result<(), &'static str> {
    one_line(text)?;
    at_most(text, 500, "the line is longer than 500 characters")
}

fn check_prose(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("the text is empty");
    }
    at_most(text, 4000, "the text is longer than 4,000 characters")
}

fn one_line(text: &str) -> Result<(), &'static str> {
    let blank = [' ', '\t', '\r', '\n'];
    if text.is_empty() {
        Err("the text is empty")
    } else if text.contains(['\n', '\r']) {
        Err("the text is longer than one line")
    } else if text.starts_with(blank) || text.ends_with(blank) {
        Err("the text has a blank at its start or end")
    } else {
        Ok(())
    }
}

fn at_most(text: &str, most: usize, otherwise: &'static str) -> Result<(), &'static str> {
    // Bytes are at least as many as characters, so that the count is only needed beyond.
    if text.len() <= most || text.chars().count() <= most {
        Ok(())
    } else {
        Err(otherwise)
    }
}
