//! Rules for people: `explain` on the terminal, `docs/rules.md` as a page.

use super::paint::{BAD, FAINT, HEADING, WARNING, paint};
use crate::base::finding::Severity;
use crate::base::rule::{RULES, Rule};

/// One rule, in full.
pub fn explain(rule: &Rule) -> String {
    let weight = match rule.severity {
        Severity::Error => paint(BAD, rule.severity.name()),
        Severity::Warning => paint(WARNING, rule.severity.name()),
    };
    format!(
        "{} ({weight})\n\n{}\n\nWhat to do: {}\n{}\n",
        paint(HEADING, rule.name),
        rule.meaning,
        rule.remedy,
        paint(FAINT, &format!("The steps: docs/formats/{}.md", rule.page)),
    )
}

/// Every rule, a line each.
pub fn all() -> String {
    let longest = RULES
        .iter()
        .map(|rule| rule.name.len())
        .max()
        .unwrap_or_default();
    let lines = RULES.iter().map(|rule| {
        let gap = " ".repeat(longest - rule.name.len());
        let first = rule
            .meaning
            .split_inclusive(". ")
            .next()
            .unwrap_or_default();
        format!("{}{gap}  {}\n", paint(HEADING, rule.name), first.trim_end())
    });
    lines.collect()
}

/// `docs/rules.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Rules\n\nEvery finding names one of these rules. This page is made from `src/base/rule.rs`: \
         `UPDATE_PAGES=1 cargo test rules` writes it again.\n",
    );
    for rule in RULES {
        page.push_str(&format!(
            "\n## {}\n\n*{}* · [steps](formats/{}.md)\n\n{}\n\nWhat to do: {}\n",
            rule.name,
            rule.severity.name(),
            rule.page,
            rule.meaning,
            rule.remedy
        ));
    }
    page
}
