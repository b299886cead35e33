//! signatories.txt, for print: the two forms in which such letters print their list.

use super::list::{LetterList, List};
use crate::base::escape::seen;

/// The list as plain text.
pub fn write(list: &List<'_>) -> String {
    let mut sections: Vec<String> = Vec::new();
    if !list.warnings().is_empty() {
        sections.push(format!("{}\n", list.warnings().join("\n")));
    }
    sections.extend(list.letters.iter().map(|letter| section(list, letter)));
    sections.join("\n\n")
}

fn section(list: &List<'_>, letter: &LetterList<'_>) -> String {
    let report = letter.report;
    let mut lines = vec![
        seen(&report.title),
        format!("To {}", seen(&report.addressee)),
        String::new(),
        format!(
            "letter   {}, version {} of {}",
            report.id, report.version, report.date
        ),
        format!("registry {}", list.origin),
        format!("commit   {}", list.revision),
    ];
    for text in &report.texts {
        lines.push(format!("text     {} {}", text.language, text.digest));
    }
    lines.push(String::new());
    lines.extend(
        letter
            .counts()
            .map(|(word, count)| format!("{count:>8} {word}")),
    );
    if let Some(warning) = letter.warning() {
        lines.extend([String::new(), warning]);
    }
    for group in &letter.groups {
        let names: Vec<String> = group
            .verdicts
            .iter()
            .map(|verdict| letter.shown(verdict))
            .collect();
        let heading = format!("{} {}: {}", names.len(), group.word, group.meaning);
        lines.extend([
            String::new(),
            heading,
            String::new(),
            names.join(", "),
            String::new(),
        ]);
        // Indented, so that no name can pass for a heading.
        lines.extend(names.iter().map(|name| format!("  {name}")));
    }
    if !letter.retracted.is_empty() {
        lines.extend([
            String::new(),
            "Listings taken back".to_owned(),
            String::new(),
        ]);
        lines.extend(letter.retracted.iter().map(|retraction| {
            format!(
                "{} (version {}): {}",
                seen(&retraction.name),
                retraction.version,
                seen(&retraction.reason)
            )
        }));
    }
    lines.push(String::new());
    lines.join("\n")
}
