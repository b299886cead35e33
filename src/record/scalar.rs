//! A value or key as it is written: its style, its marks, and what in them is not of the subset.
//! Implements docs/formats/4-yaml.md, scalars.

use super::document::Content;
use super::plain::misread;
use crate::base::excerpt::quote;
use crate::base::source::Span;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// A scalar on its way into the tree.
#[derive(Debug, Clone, Copy)]
pub struct Scalar<'a> {
    /// The value; a parser shows an absent one as `~`.
    pub value: &'a str,
    /// How it is written.
    pub style: Style,
    /// Where it stands; for blocks, their content.
    pub span: Span,
    /// The whole file.
    pub file: &'a str,
    /// Where the last event ended: the marks that events do not show stand from there on.
    pub since: usize,
}

/// Something that is not of the subset: where, what is so, what to do.
#[derive(Debug)]
pub struct Breach {
    /// Where it stands.
    pub span: Span,
    /// What is so.
    pub message: String,
    /// What to do; nothing where the rule's own sentence says it.
    pub help: &'static str,
}

const QUOTE_IT: &str = "Put it in single quotes.";

impl Scalar<'_> {
    /// What in a key is not of the subset.
    pub fn judge_key(&self) -> Vec<Breach> {
        let mut breaches = self.judge_writing();
        if self.gap().contains('?') {
            breaches.push(breach(
                self.span,
                "a key is marked with ?",
                "Write `key: value`.",
            ));
        }
        if self.is_block() {
            breaches.push(breach(
                self.span,
                "a key is written as a block",
                "Write plain keys.",
            ));
        }
        if let Some(other) = self.misread() {
            let shown = quote(self.value);
            let message = format!("the key {shown} is taken for {other} by some readers");
            breaches.push(breach(self.span, message, QUOTE_IT));
        }
        breaches
    }

    /// A value for the tree, and what in it is not of the subset.
    pub fn judge_value(&self) -> (Content, Vec<Breach>) {
        if let Some(number) = self.number() {
            return (Content::Number(number), Vec::new());
        }
        let mut breaches = self.judge_writing();
        if let Some(other) = self.misread() {
            breaches.push(match self.is_absent() {
                true => breach(
                    self.span,
                    "no value stands here",
                    "Write the value, or take the key out.",
                ),
                false => {
                    let shown = quote(self.written());
                    let message =
                        format!("{shown} without quotes is taken for {other} by some readers");
                    breach(self.span, message, QUOTE_IT)
                }
            });
        }
        let content = Content::Text {
            value: self.ended().to_owned(),
            literal: self.style == Style::Literal,
        };
        (content, breaches)
    }

    /// The value with no line feed at its end that the file does not have: the parser adds one to a last block.
    fn ended(&self) -> &str {
        let cut = self.style == Style::Literal
            && self.span.end >= self.file.len()
            && !self.file.ends_with('\n');
        match self.value.strip_suffix('\n') {
            Some(value) if cut => value,
            _ => self.value,
        }
    }

    /// Where the tree says that the value stands: an empty block stands at its mark.
    pub fn place(&self) -> Span {
        match self.is_block() && self.value.is_empty() {
            true => self.mark(),
            false => self.span,
        }
    }

    fn judge_writing(&self) -> Vec<Breach> {
        match self.style {
            Style::Folded => {
                vec![breach(
                    self.mark(),
                    "the text is folded (>)",
                    "Write | instead of >.",
                )]
            }
            Style::Literal => self.judge_literal(),
            _ if self.written().contains('\n') => {
                let help = "Write it on one line, or as a block after |.";
                vec![breach(self.span, "the value goes over several lines", help)]
            }
            Style::Double if has_surrogate_escape(self.written()) => {
                let message = "the value has an escape for half a character (\\uD800 to \\uDFFF)";
                vec![breach(self.span, message, "Write the character itself.")]
            }
            _ => Vec::new(),
        }
    }

    fn judge_literal(&self) -> Vec<Breach> {
        let mut breaches = Vec::new();
        let gap = self.gap();
        let indicators = gap.rsplit('|').next().unwrap_or_default().trim();
        if !indicators.is_empty() {
            let message = format!("the block is marked |{indicators}");
            breaches.push(breach(self.mark(), message, "Write | alone."));
        }
        breaches
    }

    /// `0|[1-9][0-9]*` without quotes, the one spelling of a number.
    fn number(&self) -> Option<u64> {
        let digits = self.value.bytes().all(|byte| byte.is_ascii_digit());
        let leads = self.value.starts_with('0') && self.value.len() > 1;
        let plain = self.style == Style::Plain && !self.is_absent() && digits && !leads;
        plain.then(|| self.value.parse().ok()).flatten()
    }

    /// What some reader takes it for, where it is written without quotes.
    fn misread(&self) -> Option<&'static str> {
        let plain = self.style == Style::Plain;
        let value = if self.is_absent() { "" } else { self.value };
        plain.then(|| misread(value)).flatten()
    }

    fn is_absent(&self) -> bool {
        self.style == Style::Plain && self.span.start == self.span.end
    }

    fn is_block(&self) -> bool {
        matches!(self.style, Style::Literal | Style::Folded)
    }

    fn written(&self) -> &str {
        self.file
            .get(self.span.start..self.span.end)
            .unwrap_or_default()
    }

    /// What stands between the last event and this one, comments blanked out.
    fn gap(&self) -> String {
        without_comments(
            self.file
                .get(self.since..self.span.start)
                .unwrap_or_default(),
        )
    }

    /// Where `|` or `>` stands.
    fn mark(&self) -> Span {
        let at = self.gap().rfind(['|', '>']).unwrap_or_default() + self.since;
        Span::new(at, at + 1)
    }
}

fn breach(span: Span, message: impl Into<String>, help: &'static str) -> Breach {
    Breach {
        span,
        message: message.into(),
        help,
    }
}

/// The same bytes with a blank for each byte of a comment.
fn without_comments(gap: &str) -> String {
    let mut plain = String::with_capacity(gap.len());
    let mut in_comment = false;
    let mut before = ' ';
    for character in gap.chars() {
        in_comment =
            character != '\n' && (in_comment || (character == '#' && matches!(before, ' ' | '\n')));
        before = character;
        if in_comment {
            plain.extend(std::iter::repeat_n(' ', character.len_utf8()));
        } else {
            plain.push(character);
        }
    }
    plain
}

/// Whether a double-quoted value has an escape that readers join or refuse: half a character.
fn has_surrogate_escape(written: &str) -> bool {
    let bytes = written.as_bytes();
    let mut at = 0;
    while at + 3 < bytes.len() {
        match bytes.get(at..at + 4) {
            Some(
                [
                    b'\\',
                    b'u',
                    b'd' | b'D',
                    b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F',
                ],
            ) => return true,
            Some([b'\\', ..]) => at += 2,
            _ => at += 1,
        }
    }
    false
}
