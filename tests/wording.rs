//! The strict reader and the one writer of statements: what is read is written again, and nothing else is read.

use undersigned::statement::action::Action;
use undersigned::statement::read::read;
use undersigned::statement::write::render;

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcX";
const OTHER: &str = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcXAAAABHNzaDo=";
const DIGEST: &str = "sha256:077dff228e2341ccdef7ab84a9392cca7d2ddc2c6e26d3f6ba6803a794a47e70";
const WHO: &str = "signatory: example-forum\nname: Example Forum\nname-ko: 예시 포럼\nname-zh-Hant: 範例\ncountry: KR\nwebsite: https://forum.example/\ndomain: forum.example\n";

/// A statement of an action with the lines between its name and its count.
fn statement(action: Action, lines: &str, retracted: bool) -> String {
    format!(
        "undersigned statement v1\naction: {}\nregistry: letters.example/peace\n{lines}sequence: 2\nprevious: {DIGEST}\nafter: 17 {}=\ndate: 2026-11-23\ndeclaration: {}\n",
        action.name(),
        "A".repeat(43),
        action.declaration(retracted)
    )
}

fn all() -> Vec<String> {
    let attest = |method: &str, evidence: &str| {
        format!(
            "{WHO}method: {method}\nevidence: {evidence}\nmaintainer: alice\nkey: {KEY}\nsubject-key: {OTHER}\n"
        )
    };
    let texts = format!("letter: example-letter\ntext-en: {DIGEST}\ntext-ko: {DIGEST}\n");
    vec![
        statement(
            Action::Endorse,
            &format!("{WHO}{texts}authority: the board\nkey: {KEY}\n"),
            false,
        ),
        statement(
            Action::Withdraw,
            &format!("{WHO}letter: example-letter\nreason: why\nauthority: who\nkey: {OTHER}\n"),
            false,
        ),
        statement(
            Action::Amend,
            &format!("{WHO}authority: who\nkey: {KEY}\n"),
            false,
        ),
        statement(
            Action::Rotate,
            &format!("{WHO}key: {KEY}\nnew-key: {OTHER}\n"),
            false,
        ),
        statement(Action::Vouch, &attest("phone", "their letterhead"), false),
        statement(Action::Observe, &attest("dns", DIGEST), false),
        statement(Action::Vouch, &attest("retracted", "a mistake"), true),
        statement(Action::Observe, &attest("retracted", "a mistake"), true),
        statement(
            Action::Recover,
            &format!("{WHO}reason: lost\ncharter: {DIGEST}\nnew-key: {KEY}\n"),
            false,
        ),
        statement(
            Action::Remove,
            &format!("{WHO}reason: fraud\ncharter: {DIGEST}\n"),
            false,
        ),
        statement(Action::Govern, &format!("charter: {DIGEST}\n"), false),
    ]
}

#[test]
fn what_is_read_is_written_again_byte_for_byte() {
    for text in all() {
        let read = read(&text).unwrap_or_else(|malformed| panic!("{malformed:?}\n{text}"));
        assert_eq!(render(&read), text);
    }
}

#[test]
fn no_line_may_be_missing_doubled_moved_or_of_another_action() {
    let mut tried = 0;
    for text in all() {
        let lines: Vec<&str> = text.lines().collect();
        let joined = |lines: &[&str]| format!("{}\n", lines.join("\n"));
        for at in 0..lines.len() {
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at]);
            let mut moved = lines.clone();
            let mut broken = vec![
                joined(&doubled),
                text.replacen(lines[at], &format!("{} ", lines[at]), 1),
            ];
            if at > 0 {
                moved.swap(at, at - 1);
                broken.push(joined(&moved));
                broken.push(text.replacen(lines[at], &lines[at].replacen(": ", ":  ", 1), 1));
                broken.push(text.replacen(lines[at], &lines[at].replacen(": ", ":", 1), 1));
                broken.push(text.replacen(lines[at], &format!("{}\r", lines[at]), 1));
            }
            for text in broken {
                tried += 1;
                assert!(read(&text).is_err(), "{text}");
            }
            let mut without = lines.clone();
            let gone = without.remove(at);
            let optional = [
                "name-",
                "country",
                "website",
                "domain",
                "authority",
                "after",
                "text-",
            ];
            let may = optional.iter().any(|key| gone.starts_with(key)) || gone == "reason: why";
            assert_eq!(read(&joined(&without)).is_ok(), may, "without {gone}");
        }
        for foreign in [
            "reason: x",
            "method: phone",
            "subject-key: x",
            "charter: x",
            "colour: red",
            "name-: x",
            "text-xx-yy: x",
        ] {
            let at = text.find("sequence").unwrap();
            let (before, after) = text.split_at(at);
            assert!(
                read(&format!("{before}{foreign}\n{after}")).is_err(),
                "{foreign}"
            );
        }
    }
    println!("{tried} broken statements were refused");
}

#[test]
fn a_statement_is_no_longer_than_4096_bytes() {
    let text = all().remove(0);
    let words = |length: usize| text.replace("the board", &"b".repeat(length));
    let fits = 4096 - text.len() + "the board".len();
    assert!(read(&words(fits)).is_ok());
    assert!(read(&words(fits + 1)).is_err());
    for first in [
        "undersigned statement v12",
        "undersigned statement v2",
        " undersigned statement v1",
    ] {
        assert!(read(&text.replacen("undersigned statement v1", first, 1)).is_err());
    }
    assert!(read("").is_err() && read("\n").is_err() && read(&format!("{text}\n")).is_err());
}
