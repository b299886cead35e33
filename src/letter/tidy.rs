//! A file made clean without touching its words: line ends, blanks, invisible characters, Form C.
//! Implements docs/formats/5-text.md, what is put right.

use super::version::Provenance;
use crate::base::characters::{Use, first_not_nfc, is_blank, refusal, shows_nothing, to_nfc};

/// A text with what was put right in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The text, which may still hold what nobody can put right.
    pub text: String,
    /// What was changed, each kind once, in order of its first place.
    pub changes: Vec<Change>,
}

/// One kind of change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it was made first, in bytes of the file.
    pub at: usize,
    /// How often.
    pub times: usize,
    /// What was done.
    pub what: &'static str,
}

/// Characters with the bytes of the file they come from, and what was changed on the way.
struct Work {
    kept: Vec<(usize, char)>,
    changes: Vec<Change>,
}

/// Puts right what can be; nothing where the bytes are not UTF-8.
pub fn tidy(bytes: &[u8], provenance: Provenance) -> Option<Tidied> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut work = Work {
        kept: Vec::with_capacity(text.len()),
        changes: Vec::new(),
    };
    work.take_in(text);
    if provenance == Provenance::Native {
        work.trim_lines();
        work.end_once(text.len());
    }
    Some(work.finish())
}

impl Work {
    fn tell(&mut self, at: usize, what: &'static str) {
        match self.changes.iter_mut().find(|change| change.what == what) {
            Some(change) => {
                change.times += 1;
                change.at = change.at.min(at);
            }
            None => self.changes.push(Change { at, times: 1, what }),
        }
    }

    /// docs/formats/5-text.md, step 15: each character that may not stand is replaced or taken out.
    fn take_in(&mut self, text: &str) {
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if refusal(character, Use::Prose).is_none() || !shows_nothing(character) {
                self.kept.push((at, character));
                continue;
            }
            let (instead, what) = match character {
                '\u{feff}' if at == 0 => (None, "the byte order mark is taken out"),
                '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => {
                    (None, "CR LF becomes LF")
                }
                '\r' => (Some('\n'), "CR becomes LF"),
                '\t' => (Some(' '), "a tab becomes a blank"),
                '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    (Some('\n'), "another line separator becomes LF")
                }
                '\u{2800}' | '\u{3164}' | '\u{ffa0}' => {
                    (Some(' '), "an invisible filler becomes a blank")
                }
                _ => (None, "an invisible character is taken out"),
            };
            self.tell(at, what);
            self.kept.extend(instead.map(|character| (at, character)));
        }
    }

    /// Step 16: no line ends in blanks.
    fn trim_lines(&mut self) {
        let mut trimmed: Vec<(usize, char)> = Vec::with_capacity(self.kept.len());
        let mut first_blank = None;
        let ends = std::mem::take(&mut self.kept);
        let mut places = Vec::new();
        for (at, character) in ends {
            match character {
                '\n' => {
                    if let Some(start) = first_blank.take() {
                        places.extend(trimmed.get(start).map(|(at, _)| *at));
                        trimmed.truncate(start);
                    }
                }
                other if is_blank(other) => {
                    first_blank.get_or_insert(trimmed.len());
                }
                _ => first_blank = None,
            }
            trimmed.push((at, character));
        }
        if let Some(start) = first_blank {
            places.extend(trimmed.get(start).map(|(at, _)| *at));
            trimmed.truncate(start);
        }
        self.kept = trimmed;
        for at in places {
            self.tell(at, "blanks at the end of a line are taken out");
        }
    }

    /// Step 17: exactly one LF at the end.
    fn end_once(&mut self, end: usize) {
        let line_feeds = self.kept.iter().rev();
        match line_feeds.take_while(|(_, one)| *one == '\n').count() {
            0 => {
                self.tell(end, "a line feed is added at the end");
                self.kept.push((end, '\n'));
            }
            1 => {}
            more => {
                let length = self.kept.len() + 1 - more;
                let at = self.kept.get(length).map_or(end, |(at, _)| *at);
                self.kept.truncate(length);
                self.tell(at, "line feeds beyond the first at the end are taken out");
            }
        }
    }

    /// Step 18: Form C.
    fn finish(mut self) -> Tidied {
        let text: String = self.kept.iter().map(|(_, character)| character).collect();
        let Some(different) = first_not_nfc(&text) else {
            return self.told(text);
        };
        let before = text.get(..different).unwrap_or_default().chars().count();
        let at = self.kept.get(before).map_or(0, |(at, _)| *at);
        self.tell(at, "characters are written in Unicode Form C from here on");
        self.told(to_nfc(&text))
    }

    fn told(mut self, text: String) -> Tidied {
        self.changes.sort_by_key(|change| change.at);
        Tidied {
            text,
            changes: self.changes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::text::stains;

    fn tidied(text: &str, provenance: Provenance) -> (String, Vec<(usize, usize)>) {
        let tidied = tidy(text.as_bytes(), provenance).unwrap();
        let changes = tidied.changes.iter();
        (
            tidied.text,
            changes.map(|change| (change.at, change.times)).collect(),
        )
    }

    #[test]
    fn form_is_put_right_and_words_stay() {
        let native = |text: &str| tidied(text, Provenance::Native);
        assert_eq!(native("Dear all,\n"), ("Dear all,\n".to_owned(), vec![]));
        assert_eq!(
            native("\u{feff}a\r\nb\r\n"),
            ("a\nb\n".to_owned(), vec![(0, 1), (4, 2)])
        );
        assert_eq!(native("a \nb\u{a0} \n\n\n").0, "a\nb\n");
        assert_eq!(native("a\rb\tc").0, "a\nb c\n");
        assert_eq!(native("pe\u{200b}ace\u{ad}\n").0, "peace\n");
        assert_eq!(native("평\u{3164}화\n").0, "평 화\n");
        assert_eq!(
            native("cafe\u{301} \n"),
            ("caf\u{e9}\n".to_owned(), vec![(3, 1), (6, 1)])
        );
        assert_eq!(native("").0, "\n");
        assert_eq!(tidy(b"a\xff", Provenance::Native), None);
    }

    #[test]
    fn an_imported_text_keeps_its_blanks_and_its_end() {
        let imported = |text: &str| tidied(text, Provenance::Imported);
        assert_eq!(imported("\n\na \nb"), ("\n\na \nb".to_owned(), vec![]));
        assert_eq!(imported("a \r\nb\r\n\r\n").0, "a \nb\n\n");
    }

    #[test]
    fn what_is_left_is_what_nobody_can_put_right() {
        let left = |text: &str| {
            let tidied = tidy(text.as_bytes(), Provenance::Native).unwrap();
            stains(tidied.text.as_bytes(), Provenance::Native).len()
        };
        assert_eq!(left("\u{feff}Pe\u{200b}ace\t \r\n\r\n\u{2028}e\u{301}"), 0);
        assert_eq!(left("a\u{e000}b"), 1);
        assert_eq!(left("a\u{378}b"), 1);
        assert_eq!(left("1\r\n"), 1);
    }
}
