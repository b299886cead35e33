//! One more item in a list of a file, as text: everything that stands there stays as it is.
//! Implements docs/formats/6-letter.md, writing.

use super::document::{Content, Document, Node};
use super::route::Route;

/// The file's text with these lines as the last item of the list at `route`; nothing where the layout gives no safe place.
///
/// The caller reads the result strictly and compares: this only says where the text goes.
pub fn insert(document: &Document, route: &Route, lines: &[String]) -> Option<String> {
    let text = document.source().text();
    let items = document.find(route)?.items();
    let indent = indent(text, items.first()?)?;
    let last = end(items.last()?);
    // A block ends behind its line feed, any other value before it.
    let at = match text.get(..last)?.ends_with('\n') {
        true => last,
        false => text
            .get(last..)?
            .find('\n')
            .map_or(text.len(), |line| last + line + 1),
    };
    let (before, after) = text.split_at_checked(at)?;
    let gap = if before.ends_with('\n') { "" } else { "\n" };
    let new: String = lines
        .iter()
        .map(|line| match line.is_empty() {
            true => "\n".to_owned(),
            false => format!("{indent}{line}\n"),
        })
        .collect();
    Some(format!("{before}{gap}{new}{after}"))
}

/// The blanks before the hyphen of an item, where both share a line.
fn indent(text: &str, item: &Node) -> Option<String> {
    let before = text.get(..item.span.start)?;
    let line = before.rsplit('\n').next()?;
    let blanks = line.strip_suffix('-').or_else(|| {
        let rest = line.trim_end_matches(' ');
        rest.strip_suffix('-')
    })?;
    blanks
        .bytes()
        .all(|byte| byte == b' ')
        .then(|| blanks.to_owned())
}

/// The byte behind the last value in a node.
fn end(node: &Node) -> usize {
    match &node.content {
        Content::Text { .. } | Content::Number(_) => node.span.end,
        Content::List(items) => items.iter().map(end).max().unwrap_or(node.span.end),
        Content::Mapping(entries) => entries
            .iter()
            .map(|entry| end(&entry.value))
            .max()
            .unwrap_or(node.span.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::yaml::parse;

    fn inserted(text: &str) -> Option<String> {
        let document = parse("letter.yaml", text.as_bytes()).document.unwrap();
        let lines = ["- number: 2".to_owned(), "  date: x".to_owned()];
        insert(&document, &Route::root().key("versions"), &lines)
    }

    #[test]
    fn an_item_goes_behind_the_last_one_in_its_layout() {
        let cases = [
            (
                "versions:\n  - number: 1 # first\n# later\nid: a\n",
                "versions:\n  - number: 1 # first\n  - number: 2\n    date: x\n# later\nid: a\n",
            ),
            (
                "versions:\n- number: 1\n  source: |\n    two\n    lines\nid: a\n",
                "versions:\n- number: 1\n  source: |\n    two\n    lines\n- number: 2\n  date: x\nid: a\n",
            ),
            (
                "versions:\n    - number: 1",
                "versions:\n    - number: 1\n    - number: 2\n      date: x\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(inserted(before).as_deref(), Some(after));
        }
        assert_eq!(inserted("versions: []\n"), None);
    }
}
