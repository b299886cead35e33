//! Adding to a record's file as text: every comment and every other byte stays as it is.
//! Implements docs/formats/15-keys.md, writing.

use super::canonical::{DETAILS, NewEntry, detail, entry, named, value};
use super::document::{Content, Document, Entry as Field, Node};
use crate::base::source::Span;
use crate::statement::profile::Profile;

/// Text that takes the place of some bytes of the file, or goes between two of them.
struct Change {
    from: usize,
    to: usize,
    text: String,
}

/// A record's file, which ends in a line feed, and its outermost fields.
struct File<'a> {
    text: String,
    fields: &'a [Field],
    indent: String,
}

/// The list of a record that grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grows {
    /// What the organization and the maintainers' threshold say.
    Statements,
    /// What single maintainers and observers say, which stands last.
    Attestations,
}

/// The file's text with one more entry, and with the details that a statement gives; nothing where the layout gives no safe place.
///
/// The caller reads the result strictly and compares: this only says where the text goes.
pub fn append(
    document: &Document,
    old: &Profile,
    new: &Profile,
    (list, entry): (Grows, &NewEntry),
) -> Option<String> {
    let Content::Mapping(fields) = &document.root().content else {
        return None;
    };
    let mut text = document.source().text().to_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut file = File {
        text,
        fields,
        indent: String::new(),
    };
    file.indent = file.blanks(fields.first()?.span.start);
    let mut changes = Vec::new();
    for key in new.differences(old) {
        changes.extend(file.change(key, old, new)?);
    }
    changes.extend(file.entry(list, entry)?);
    file.with(changes)
}

impl File<'_> {
    /// What one detail takes: only its value is written anew.
    fn change(&self, key: &str, old: &Profile, new: &Profile) -> Option<Vec<Change>> {
        let Some(index) = self.position(key) else {
            let lines = detail(new, key).into_iter();
            let lines = lines.map(|line| format!("{}{line}\n", self.indent));
            return Some(vec![insertion(self.place_of(key)?, lines.collect())]);
        };
        let field = self.fields.get(index)?;
        match (&field.value.content, value(new, key)) {
            (Content::Mapping(names), None) if !new.names.is_empty() => {
                self.names(field, names, old, new)
            }
            (_, None) => Some(vec![self.removal(field)?]),
            (_, Some(value)) => Some(vec![replacement(&field.value, value)?]),
        }
    }

    /// The names in other languages, line by line.
    fn names(
        &self,
        field: &Field,
        names: &[Field],
        old: &Profile,
        new: &Profile,
    ) -> Option<Vec<Change>> {
        let mut changes = Vec::new();
        for one in names {
            let mut all = new.names.iter();
            match all.find(|(language, _)| language.as_str() == one.key) {
                None => changes.push(self.removal(one)?),
                Some((language, name)) if old.names.get(language) != Some(name) => {
                    let (_, value) = named(language, name);
                    changes.push(replacement(&one.value, value)?);
                }
                Some(_) => {}
            }
        }
        let blanks = self.blanks(names.first()?.span.start);
        for (language, name) in &new.names {
            if old.names.contains_key(language) {
                continue;
            }
            // Behind the last that comes before it, or before all of them.
            let before = names
                .iter()
                .rfind(|one| one.key.as_str() < language.as_str());
            let at = match before {
                Some(one) => self.line_end(scalar(&one.value)?.end),
                None => self.line_end(field.span.end),
            };
            let (key, value) = named(language, name);
            changes.push(insertion(at, format!("{blanks}{key}: {value}\n")));
        }
        Some(changes)
    }

    /// Takes a key with its value out; the comments on its lines stay, each on a line of its own.
    fn removal(&self, field: &Field) -> Option<Change> {
        let mut written = vec![field.span];
        if let Content::Mapping(entries) = &field.value.content {
            for one in entries {
                written.push(one.span);
                written.push(scalar(&one.value)?);
            }
        } else {
            written.push(scalar(&field.value)?);
        }
        let from = self.line_start(field.span.start);
        let to = self.line_end(written.last()?.end);
        let blanks = self.blanks(field.span.start);
        let mut kept = String::new();
        let mut at = from;
        for span in written.into_iter().chain([Span::new(to, to)]) {
            // Outside of keys and values a # begins a comment.
            for line in self.text.get(at..span.start)?.lines() {
                if let Some((_, comment)) = line.split_once('#') {
                    kept.push_str(&format!("{blanks}#{comment}\n"));
                }
            }
            at = span.end;
        }
        Some(Change {
            from,
            to,
            text: kept,
        })
    }

    /// Where a new detail goes: behind the last of the keys that come before it.
    fn place_of(&self, key: &str) -> Option<usize> {
        let rank = DETAILS.iter().position(|known| *known == key)?;
        let before = DETAILS.get(..rank)?;
        let mut fields = self.fields.iter();
        let last =
            fields.rposition(|field| field.key == "id" || before.contains(&field.key.as_str()))?;
        self.end(last)
    }

    /// The entry behind the last one, in that one's indentation.
    fn entry(&self, list: Grows, new: &NewEntry) -> Option<Vec<Change>> {
        let written = |blanks: &str| -> String {
            let lines = entry(new).into_iter();
            lines.map(|line| format!("{blanks}{line}\n")).collect()
        };
        let deeper = format!("{}  ", self.indent);
        let key = match list {
            Grows::Statements => "statements",
            Grows::Attestations => "attestations",
        };
        let Some(index) = self.position(key) else {
            // Behind everything but the attestations, which come last.
            let last = self.position("attestations");
            let at = match last.filter(|_| list == Grows::Statements) {
                None => self.text.len(),
                Some(0) => self.line_start(self.fields.first()?.span.start),
                Some(index) => self.end(index - 1)?,
            };
            let text = format!("{}{key}:\n{}", self.indent, written(&deeper));
            return Some(vec![insertion(at, text)]);
        };
        let field = self.fields.get(index)?;
        let end = self.end(index)?;
        let Some(first) = field.value.items().first() else {
            return Some(vec![
                self.without_brackets(field.value.span.start)?,
                insertion(end, written(&deeper)),
            ]);
        };
        // The hyphen may stand on a line before its item: between the key and it are only comments.
        let gap = self.text.get(field.span.end..first.span.start)?;
        let mut lines = gap.lines();
        let hyphen = lines.find(|line| line.trim_start_matches(' ').starts_with('-'))?;
        let blanks = hyphen.len() - hyphen.trim_start_matches(' ').len();
        Some(vec![insertion(end, written(&" ".repeat(blanks)))])
    }

    /// Takes out `[]`, and its line where nothing else stands on it; a comment behind it stays.
    fn without_brackets(&self, at: usize) -> Option<Change> {
        let (start, end) = (self.line_start(at), self.line_end(at));
        let before = self.text.get(start..at)?;
        let after = self.text.get(at..end)?.strip_prefix("[]")?;
        let rest = after.trim_start_matches(' ');
        let (from, to) = match (before.trim().is_empty(), rest.trim().is_empty()) {
            (true, true) => (start, end),
            (true, false) => (at, end - rest.len()),
            (false, _) => (start + before.trim_end_matches(' ').len(), at + 2),
        };
        Some(Change {
            from,
            to,
            text: String::new(),
        })
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// Where a field ends: before the next one, and before the comments that lead over to that.
    fn end(&self, index: usize) -> Option<usize> {
        let start = self.fields.get(index)?.span.start;
        let mut end = match self.fields.get(index + 1) {
            Some(next) => self.line_start(next.span.start),
            None => self.text.len(),
        };
        let indent = self.indent.len();
        while end > self.line_end(start) {
            let line = self.line_start(end - 1);
            let written = self.text.get(line..end)?;
            let trimmed = written.trim_start_matches(' ');
            let margin = written.len() - trimmed.len() <= indent;
            // A comment that is indented more belongs to a value above it.
            let leads_over = trimmed.trim().is_empty() || (trimmed.starts_with('#') && margin);
            if !leads_over {
                break;
            }
            end = line;
        }
        Some(end)
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.rfind('\n').map_or(0, |feed| feed + 1)
    }

    /// The byte behind the line feed that ends a byte's line.
    fn line_end(&self, at: usize) -> usize {
        let after = self.text.get(at..).unwrap_or_default();
        after
            .find('\n')
            .map_or(self.text.len(), |feed| at + feed + 1)
    }

    /// The blanks before a key.
    fn blanks(&self, at: usize) -> String {
        let before = self.text.get(self.line_start(at)..at).unwrap_or_default();
        let rest = before.trim_start_matches(' ');
        " ".repeat(before.len() - rest.len())
    }

    fn with(&self, mut changes: Vec<Change>) -> Option<String> {
        changes.sort_by_key(|change| (change.from, change.to));
        let mut text = String::new();
        let mut at = 0;
        for change in changes {
            text.push_str(self.text.get(at..change.from)?);
            text.push_str(&change.text);
            at = change.to;
        }
        text.push_str(self.text.get(at..)?);
        Some(text)
    }
}

fn insertion(at: usize, text: String) -> Change {
    Change {
        from: at,
        to: at,
        text,
    }
}

fn replacement(node: &Node, text: String) -> Option<Change> {
    let span = scalar(node)?;
    Some(Change {
        from: span.start,
        to: span.end,
        text,
    })
}

/// Where a value on one line stands; nothing for blocks, whose mark is not told, and for collections.
fn scalar(node: &Node) -> Option<Span> {
    match &node.content {
        Content::Text { literal: false, .. } | Content::Number(_) => Some(node.span),
        _ => None,
    }
}
