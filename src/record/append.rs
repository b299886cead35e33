//! Adding to a record's file as text: comments and formatting stay as they are.
//! Implements docs/formats/15-keys.md, writing.

use super::canonical::{DETAILS, NewEntry, detail, entry};
use super::document::{Content, Document, Entry as Field};
use crate::statement::profile::Profile;

/// The file's lines with what is to be done at each.
struct Lines<'a> {
    lines: Vec<&'a str>,
    document: &'a Document,
}

/// The file's text with one more statement, and with the details that it gives.
///
/// The caller judges the result with the registry: this only says where the text goes.
pub fn append(
    document: &Document,
    old: &Profile,
    new: &Profile,
    statement: &NewEntry,
) -> Option<String> {
    let mut text = document.source().text().to_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let file = Lines {
        lines: text.split_inclusive('\n').collect(),
        document,
    };
    let fields = file.fields()?;
    let indent = file.indent(fields.first()?)?;
    // Each insertion stands before the line of its number; each removal takes lines away.
    let mut inserted: Vec<(usize, Vec<String>)> = Vec::new();
    let mut removed = vec![false; file.lines.len()];
    for key in new.differences(old) {
        let at = match fields.iter().position(|field| field.key == key) {
            Some(index) => {
                let (start, end) = file.extent(fields, index)?;
                removed.get_mut(start..end)?.fill(true);
                start
            }
            None => file.place_of(fields, key)?,
        };
        let lines = detail(new, key).into_iter();
        inserted.push((at, lines.map(|line| format!("{indent}{line}\n")).collect()));
    }
    inserted.push(file.statement(fields, &indent, statement, &mut removed)?);
    Some(file.write(inserted, &removed))
}

impl<'a> Lines<'a> {
    fn fields(&self) -> Option<&'a [Field]> {
        match &self.document.root().content {
            Content::Mapping(fields) => Some(fields),
            _ => None,
        }
    }

    /// The line, from 0, that a byte of the file stands on.
    fn line_of(&self, at: usize) -> usize {
        let before = self.document.source().text().get(..at).unwrap_or_default();
        before.matches('\n').count()
    }

    /// The blanks before a key.
    fn indent(&self, field: &Field) -> Option<String> {
        let line = self.lines.get(self.line_of(field.span.start))?;
        let blanks = line.len() - line.trim_start_matches(' ').len();
        Some(" ".repeat(blanks))
    }

    /// The lines of a field: from its key up to the next one, without the comments that lead over to that.
    fn extent(&self, fields: &[Field], index: usize) -> Option<(usize, usize)> {
        let field = fields.get(index)?;
        let start = self.line_of(field.span.start);
        let next = fields.iter().map(|other| self.line_of(other.span.start));
        let mut end = next
            .filter(|line| *line > start)
            .min()
            .unwrap_or(self.lines.len());
        let indent = self.indent(field)?.len();
        while end > start + 1 && self.leads_over(end - 1, indent) {
            end -= 1;
        }
        Some((start, end))
    }

    /// Whether a line is blank, or a comment that belongs to no value above it.
    fn leads_over(&self, line: usize, indent: usize) -> bool {
        let line = self.lines.get(line).copied().unwrap_or_default();
        let trimmed = line.trim_start_matches(' ');
        let blanks = line.len() - trimmed.len();
        trimmed.trim().is_empty() || (trimmed.starts_with('#') && blanks <= indent)
    }

    /// Before which line a new detail goes: behind the last of the keys that come before it.
    fn place_of(&self, fields: &[Field], key: &str) -> Option<usize> {
        let rank = DETAILS.iter().position(|known| *known == key)?;
        let before = DETAILS.get(..rank)?;
        let last = fields
            .iter()
            .rposition(|field| field.key == "id" || before.contains(&field.key.as_str()))?;
        Some(self.extent(fields, last)?.1)
    }

    /// Where the statement goes, and its lines in the layout of the list that is there.
    fn statement(
        &self,
        fields: &[Field],
        indent: &str,
        statement: &NewEntry,
        removed: &mut [bool],
    ) -> Option<(usize, Vec<String>)> {
        let written = |blanks: &str| -> Vec<String> {
            let lines = entry(statement).into_iter();
            lines
                .map(|line| format!("{indent}{blanks}{line}\n"))
                .collect()
        };
        let Some(index) = fields.iter().position(|field| field.key == "statements") else {
            // Behind everything but the attestations, which come last.
            let at = match fields.iter().position(|field| field.key == "attestations") {
                Some(index) => self.line_of(fields.get(index)?.span.start),
                None => self.lines.len(),
            };
            let mut lines = vec![format!("{indent}statements:\n")];
            lines.extend(written("  "));
            return Some((at, lines));
        };
        let field = fields.get(index)?;
        let (start, end) = self.extent(fields, index)?;
        match field.value.items().first() {
            // An empty list is written `[]`; a comment behind it stays.
            None => {
                let line = self.lines.get(start)?;
                *removed.get_mut(start)? = true;
                let mut lines = vec![line.replacen(" []", "", 1)];
                lines.extend(written("  "));
                Some((start, lines))
            }
            Some(first) => {
                let line = self.lines.get(self.line_of(first.span.start))?;
                let blanks = line.len() - line.trim_start_matches(' ').len();
                let more = " ".repeat(blanks.checked_sub(indent.len())?);
                Some((end, written(&more)))
            }
        }
    }

    fn write(&self, mut inserted: Vec<(usize, Vec<String>)>, removed: &[bool]) -> String {
        inserted.sort_by_key(|(at, _)| *at);
        let mut inserted = inserted.into_iter().peekable();
        let mut text = String::new();
        for (number, line) in self.lines.iter().enumerate() {
            while let Some((_, lines)) = inserted.next_if(|(at, _)| *at == number) {
                text.extend(lines);
            }
            if removed.get(number) != Some(&true) {
                text.push_str(line);
            }
        }
        text.extend(inserted.flat_map(|(_, lines)| lines));
        text
    }
}
