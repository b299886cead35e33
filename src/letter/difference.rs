//! What is different between a file and a text of a letter. Implements docs/formats/5-text.md, near misses.

use crate::base::characters::{Use, is_blank, refusal, to_nfc};

/// How a file relates to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The same bytes.
    None,
    /// Only the form differs: each cause in words, never none.
    Form(Vec<&'static str>),
    /// Words differ; at least half of the text's lines are in the file.
    Words(LinePair, Vec<&'static str>),
    /// Another text.
    Other,
}

/// The first line in which two texts differ; none on a side that ends before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePair {
    /// The line in the letter's text, from 1.
    pub line: usize,
    /// What the letter's text has there.
    pub text: Option<String>,
    /// What the file has there.
    pub file: Option<String>,
}

/// A way in which the form of a text changes on its way: what it is, and how it is undone.
type Form = (&'static str, fn(&str) -> String);

const FORMS: [Form; 6] = [
    ("a byte order mark at the start", |text| {
        text.trim_start_matches('\u{feff}').to_owned()
    }),
    ("other line ends (CR LF or CR)", |text| {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }),
    ("blanks at the ends of lines", |text| {
        text.split('\n')
            .map(|line| line.trim_end_matches(is_blank))
            .collect::<Vec<_>>()
            .join("\n")
    }),
    ("line feeds at the end", |text| {
        text.trim_end_matches('\n').to_owned()
    }),
    ("characters that cannot be seen", |text| {
        text.chars()
            .filter(|character| refusal(*character, Use::Prose).is_none())
            .collect()
    }),
    ("another Unicode form (not NFC)", to_nfc),
];

/// Compares a file with a text.
pub fn compare(file: &[u8], text: &[u8]) -> Difference {
    if file == text {
        return Difference::None;
    }
    let (file, mut causes) = decode(file);
    let text = String::from_utf8_lossy(text).into_owned();
    let (mut plain_file, mut plain_text) = (file, text);
    for (cause, undo) in FORMS {
        let (undone_file, undone_text) = (undo(&plain_file), undo(&plain_text));
        let changed = (undone_file != plain_file, undone_text != plain_text);
        // Where both change, the form differs only if undoing it brought them together.
        let matters = changed.0 != changed.1
            || (changed.0 && plain_file != plain_text && undone_file == undone_text);
        if matters {
            causes.push(cause);
        }
        (plain_file, plain_text) = (undone_file, undone_text);
    }
    if plain_file == plain_text {
        return Difference::Form(causes);
    }
    match first_difference(&plain_file, &plain_text) {
        Some(pair) => Difference::Words(pair, causes),
        None => Difference::Other,
    }
}

/// The file as text, and what its encoding is where that is not UTF-8.
fn decode(file: &[u8]) -> (String, Vec<&'static str>) {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|pair| unit(*pair))
            .collect();
        (
            String::from_utf16_lossy(&units),
            vec!["the encoding UTF-16 instead of UTF-8"],
        )
    };
    match file {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(file) {
            Ok(text) => (text.to_owned(), Vec::new()),
            Err(_) => (
                String::from_utf8_lossy(file).into_owned(),
                vec!["bytes that are not UTF-8"],
            ),
        },
    }
}

/// The first differing line, where at least half of the text's lines stand in the file too.
fn first_difference(file: &str, text: &str) -> Option<LinePair> {
    let in_file: std::collections::HashSet<&str> = file.lines().collect();
    let written: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let shared = written
        .iter()
        .filter(|line| in_file.contains(*line))
        .count();
    if shared * 2 < written.len() || shared == 0 {
        return None;
    }
    let (mut file, mut text) = (file.lines(), text.lines());
    for line in 1.. {
        match (file.next(), text.next()) {
            (None, None) => break,
            (ours, theirs) if ours == theirs => {}
            (ours, theirs) => {
                return Some(LinePair {
                    line,
                    text: theirs.map(str::to_owned),
                    file: ours.map(str::to_owned),
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Dear all,\nwe ask for peace.\nIn caf\u{e9}s too.\n";

    fn form(file: &[u8]) -> Vec<&'static str> {
        match compare(file, TEXT.as_bytes()) {
            Difference::Form(causes) => causes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_change_of_form_is_named() {
        assert_eq!(compare(TEXT.as_bytes(), TEXT.as_bytes()), Difference::None);
        assert_eq!(form(TEXT.replace('\n', "\r\n").as_bytes()), [FORMS[1].0]);
        assert_eq!(form(format!("\u{feff}{TEXT}").as_bytes()), [FORMS[0].0]);
        assert_eq!(form(TEXT.trim_end().as_bytes()), [FORMS[3].0]);
        assert_eq!(form(format!("{TEXT}\n").as_bytes()), [FORMS[3].0]);
        assert_eq!(form(TEXT.replace(",\n", ", \n").as_bytes()), [FORMS[2].0]);
        assert_eq!(
            form(TEXT.replace("peace", "pe\u{200b}ace").as_bytes()),
            [FORMS[4].0]
        );
        assert_eq!(
            form(TEXT.replace('\u{e9}', "e\u{301}").as_bytes()),
            [FORMS[5].0]
        );
        let utf16: Vec<u8> = "\u{feff}"
            .chars()
            .chain(TEXT.chars())
            .flat_map(|c| (c as u16).to_le_bytes())
            .collect();
        assert_eq!(form(&utf16), ["the encoding UTF-16 instead of UTF-8"]);
    }

    #[test]
    fn the_first_differing_line_is_found() {
        let Difference::Words(pair, causes) =
            compare(TEXT.replace("peace", "war").as_bytes(), TEXT.as_bytes())
        else {
            panic!("words differ");
        };
        assert_eq!(
            (pair.line, pair.file.as_deref()),
            (2, Some("we ask for war."))
        );
        assert!(causes.is_empty());
        assert_eq!(
            compare(b"Something else\n", TEXT.as_bytes()),
            Difference::Other
        );
        assert_eq!(compare(b"", TEXT.as_bytes()), Difference::Other);
    }
}
