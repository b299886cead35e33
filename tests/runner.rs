//! The runner of GitHub Actions as it reads a step's output: which lines it takes for commands, and what they say.
//!
//! After `ActionCommand` (TryParseV2, then TryParse) and `OutputManager` of actions/runner; standard output
//! and standard error go the same way.

use std::collections::BTreeMap;
use undersigned::base::characters::is_mark;
use undersigned::base::escape::harmless;

/// Commands that the runner knows; it passes over others.
const KNOWN: &[&str] = &[
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "internal-set-repo-path",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
];

#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// The lines that the runner sees: any of CR, LF and both together ends one.
pub fn lines(output: &str) -> impl Iterator<Item = &str> {
    output.split(['\r', '\n']).filter(|line| !line.is_empty())
}

/// What the runner does with one line.
pub fn command(line: &str) -> Option<Command> {
    colons(line).or_else(|| bracket(line))
}

/// Lines of an output that are commands, or would be for a comparison that passes over what has no weight.
///
/// The runner compares by culture: there a mark or an invisible character between two signs does not part them.
/// Other runners have commands that begin with two number signs and a word.
pub fn obeyed(output: &str) -> Vec<&str> {
    let acts = |line: &&str| {
        let weighed: String = line
            .chars()
            .filter(|character| harmless(*character) && !is_mark(*character))
            .collect();
        let others = ["##vso[", "##teamcity["];
        [*line, &weighed]
            .iter()
            .any(|line| command(line).is_some() || others.iter().any(|mark| line.contains(mark)))
    };
    lines(output).filter(acts).collect()
}

/// `::name key=value,key=value::data`, after blanks.
fn colons(line: &str) -> Option<Command> {
    let (about, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let escapes = [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ];
    let (name, rest) = about.split_once(' ').unwrap_or((about, ""));
    let of_data: Vec<_> = escapes
        .into_iter()
        .filter(|(escape, _)| !["%3A", "%2C"].contains(escape))
        .collect();
    Some(Command {
        name: known(name)?,
        properties: properties(rest.trim(), ',', &escapes),
        data: undone(data, &of_data),
    })
}

/// `##[name key=value;key=value]data`, anywhere in a line.
fn bracket(line: &str) -> Option<Command> {
    let (_, rest) = line.split_once("##[")?;
    let (about, data) = rest.split_once(']')?;
    let escapes = [
        ("%3B", ";"),
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%5D", "]"),
        ("%25", "%"),
    ];
    let (name, rest) = about.split_once(' ').unwrap_or((about, ""));
    Some(Command {
        name: known(name)?,
        properties: properties(rest, ';', &escapes),
        data: undone(data, &escapes),
    })
}

fn known(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    KNOWN.contains(&name.as_str()).then_some(name)
}

fn properties(text: &str, between: char, escapes: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = text.split(between).filter_map(|pair| pair.split_once('='));
    pairs
        .filter(|(key, value)| !key.is_empty() && !value.is_empty())
        .map(|(key, value)| (key.to_owned(), undone(value, escapes)))
        .collect()
}

/// One escape after the other over the whole text, the percent sign last.
fn undone(text: &str, escapes: &[(&str, &str)]) -> String {
    escapes
        .iter()
        .fold(text.to_owned(), |text, (escape, sign)| {
            text.replace(escape, sign)
        })
}

#[test]
fn commands_are_read_as_the_runner_reads_them() {
    let read = command("  ::error file=a%2Cb,line=3,title=::x%0Ay%250A::z").unwrap();
    assert_eq!(
        (read.name.as_str(), read.data.as_str()),
        ("error", "x\ny%0A::z")
    );
    assert_eq!(read.properties["file"], "a,b");
    assert_eq!(read.properties.get("title"), None);
    let old = command("text ##[set-output name=x;]v%5D").unwrap();
    assert_eq!((old.name.as_str(), old.data.as_str()), ("set-output", "v]"));
    assert_eq!(command("::unknown::x"), None);
    assert_eq!(command("text ::error::x"), None);
    assert_eq!(command("::error no end"), None);
    assert_eq!(
        obeyed("a\r::warning::b\nc #\u{200b}#[error]d\n##vso[x]\n"),
        ["::warning::b", "c #\u{200b}#[error]d", "##vso[x]"]
    );
}
