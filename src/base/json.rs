//! The one writer of JSON: indented, and with everything escaped that cannot be seen or that a log obeys.

use super::error::Error;
use super::escape::{Marks, harmless};
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// A value as indented JSON (RFC 8259) with a final line feed.
pub fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Visible(PrettyFormatter::new()));
    value
        .serialize(&mut serializer)
        .map_err(|error| Error::new(format!("the answer cannot be written as JSON: {error}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Numbers by name, in an order of their own that programs keep when they print.
#[derive(Debug)]
pub struct Counts(pub Vec<(&'static str, usize)>);

impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// Writes the same values as the plain writer, with `\uXXXX` for what a terminal or a CI log would obey.
struct Visible(PrettyFormatter<'static>);

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut marks = Marks::default();
        let mut rest = fragment;
        // No line of JSON begins with a colon, so that of the marks in a row only `##` would act.
        while let Some(at) = rest.find(|character: char| {
            !harmless(character) || (marks.doubled(character) && character == '#')
        }) {
            let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            writer.write_all(plain.as_bytes())?;
            let mut characters = tail.chars();
            if let Some(character) = characters.next() {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let hostile = "a\u{9b}31m\u{202e}b\u{7f}\n\"\\평\u{e0001}";
        let bytes = to_bytes(&vec![hostile]).expect("json");
        let text = String::from_utf8(bytes).expect("utf-8");
        assert!(
            text.chars()
                .all(|character| character == '\n' || harmless(character)),
            "{text}"
        );
        let back: Vec<String> = serde_json::from_str(&text).expect("json");
        assert_eq!(back, [hostile]);
    }

    #[test]
    fn no_line_of_a_log_is_a_command_and_it_reads_back() {
        let hostile = "x ##[error]y ###[z] #\n#[a] b::c";
        let text = String::from_utf8(to_bytes(&vec![hostile]).expect("json")).expect("utf-8");
        assert!(!text.contains("##"), "{text}");
        assert!(text.contains("b::c"), "{text}");
        let back: Vec<String> = serde_json::from_str(&text).expect("json");
        assert_eq!(back, [hostile]);
    }
}
