//! Findings as commands of GitHub Actions, which the runner turns into annotations.

use super::sentence::message;
use crate::base::escape::{seen, visible};
use crate::base::finding::Finding;

/// A line a finding: `::error file=…,line=…,col=…,title=…::…`.
///
/// The runner takes a line for a command where it begins with `::`, or else where it holds `##[`. Here
/// every line is of the first kind, and what a stranger wrote can neither end it nor the list of
/// properties: their escapes are those of GitHub's own toolkit.
pub fn write(findings: &[Finding]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding) -> String {
    let place = finding.place.as_ref();
    let path = (!finding.path.is_empty()).then(|| seen(&finding.path));
    let properties = [
        ("file", path),
        ("line", place.map(|place| place.line.to_string())),
        ("col", place.map(|place| place.column.to_string())),
        ("title", Some(finding.rule.name.to_owned())),
    ];
    let properties: Vec<String> = properties
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", property(&value?))))
        .collect();
    // The runner prints the message into the log, without its escapes.
    let told = format!(
        "{}\nhelp: {}",
        visible(&message(finding)),
        visible(&finding.help)
    );
    format!(
        "::{} {}::{}\n",
        finding.severity.name(),
        properties.join(","),
        data(&told)
    )
}

/// A command's text: no line ends in it, and no percent sign that begins an escape by chance.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value, which ends at a comma or a colon besides.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
