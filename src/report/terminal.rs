//! Findings for people: what is so, where with the line itself, and what to do.

use super::paint::{BAD, WARNING, paint};
use crate::base::escape::{replaced, visible};
use crate::base::excerpt::count;
use crate::base::finding::{Finding, Severity};
use crate::base::source::Place;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Every finding, one below the other, and a line that counts them.
pub fn findings(findings: &[Finding]) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for finding in findings {
        text.push_str(&tell(&renderer, finding));
        text.push_str("\n\n");
    }
    text.push_str(&summary(findings));
    text.push('\n');
    text
}

/// "1 error, 2 warnings", or that nothing was found.
pub fn summary(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    let errors = (errors > 0).then(|| paint(BAD, &count(errors, "error")));
    let warnings = (warnings > 0).then(|| paint(WARNING, &count(warnings, "warning")));
    let both: Vec<String> = errors.into_iter().chain(warnings).collect();
    match both.is_empty() {
        true => "no findings".to_owned(),
        false => both.join(", "),
    }
}

fn tell(renderer: &Renderer, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(visible(&finding.message))
        .id(finding.rule.name);
    let path = visible(&finding.path);
    let help = Level::HELP.message(visible(&finding.help));
    let commit = finding.commit.as_deref();
    let commit = commit.map(|commit| Level::NOTE.message(format!("in commit {}", visible(commit))));
    let group = match &finding.place {
        None => title.element(Origin::path(path)),
        Some(place) => {
            let excerpt = replaced(&place.excerpt);
            let mark = AnnotationKind::Primary.span(bytes(&excerpt, place));
            let snippet = Snippet::source(excerpt)
                .line_start(place.line)
                .annotation(mark);
            // Where the line is cut at its start, its columns are no longer those of the file.
            if place.mark.start + 1 == place.column {
                title.element(snippet.path(path))
            } else {
                let origin = Origin::path(path).line(place.line);
                title
                    .element(origin.char_column(place.column))
                    .element(snippet)
            }
        }
    };
    let group = commit
        .into_iter()
        .fold(group, |group, commit| group.element(commit));
    renderer.render(&[group.element(help)])
}

/// The marked characters of the excerpt as bytes.
fn bytes(excerpt: &str, place: &Place) -> Range<usize> {
    let at = |characters: usize| {
        excerpt
            .char_indices()
            .nth(characters)
            .map_or(excerpt.len(), |(at, _)| at)
    };
    at(place.mark.start)..at(place.mark.end)
}
