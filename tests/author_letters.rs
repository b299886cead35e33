//! `letter add` and `letter revise`, the examples in the help, completions and the manual.

use crate::ground::{Ground, TEXT, listed, plain};
use std::path::Path;
use std::process::{Output, Stdio};
use undersigned::base::digest::Digest;

const ADD: [&str; 10] = [
    "letter",
    "add",
    "new.txt",
    "--id",
    "new-letter",
    "--title",
    "It's new",
    "--addressee",
    "Everybody",
    "--language",
];

fn add(ground: &Ground, rest: &[&str]) -> crate::ground::Ran {
    ground.run(&[&ADD[..], &["en"], rest].concat())
}

/// What revises the letter with the text in new.txt.
fn revise(relation: &str) -> [&str; 6] {
    [
        "letter",
        "revise",
        "example-letter",
        "new.txt",
        "--relation",
        relation,
    ]
}

#[test]
fn a_new_letter_is_written_in_canonical_layout() {
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    let ran = add(&ground, &["--date", "2026-12-01", "--source", "by us"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let digest = Digest::of(b"Dear all.\n");
    assert_eq!(
        ground.read("registry/letters/new-letter/letter.yaml"),
        format!(
            "# yaml-language-server: $schema=../../../schemas/letter.schema.json\n\
             id: new-letter\ntitle: 'It''s new'\naddressee: 'Everybody'\nauthentic: 'en'\nversions:\n  \
             - number: 1\n    date: '2026-12-01'\n    relation: first\n    provenance: native\n    \
             source: 'by us'\n    texts:\n      - language: 'en'\n        file: v1/en.txt\n        digest: {digest}\n"
        )
    );
    assert!(
        ran.stdout.ends_with(&format!("text en {digest}\n")),
        "{}",
        ran.stdout
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
}

#[test]
fn a_source_of_several_lines_is_a_block() {
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    let ran = add(
        &ground,
        &["--date", "2026-12-01", "--source", "one\n\ntwo: 'x'\n"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let yaml = ground.read("registry/letters/new-letter/letter.yaml");
    assert!(
        yaml.contains("    source: |\n      one\n\n      two: 'x'\n    texts:\n"),
        "{yaml}"
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
}

#[test]
fn a_registry_without_a_letter_takes_one() {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", crate::ground::CHARTER);
    ground.write("new.md", "# Dear all\n");
    let mut arguments = ADD.to_vec();
    arguments[2] = "new.md";
    let ran = ground.run(&[&arguments[..], &["ko"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ground.read("registry/letters/new-letter/v1/ko.md"),
        "# Dear all\n"
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
}

#[test]
fn an_unclean_text_is_refused_with_every_place_and_put_right_on_request() {
    for (dirty, clean, place) in [
        ("Dear all.\r\n", "Dear all.\n", "new.txt:1:10"),
        ("\u{feff}Dear all.\n", "Dear all.\n", "new.txt:1:1"),
        ("평화 \n", "평화\n", "new.txt:1:3"),
        ("Dear all.", "Dear all.\n", "new.txt:1:10"),
        ("Dear all.\n\n\n", "Dear all.\n", "new.txt:3:1"),
        ("Dear\tall.\n", "Dear all.\n", "new.txt:1:5"),
        ("De\u{ad}ar all.\n", "Dear all.\n", "new.txt:1:3"),
        ("cafe\u{301}\n", "caf\u{e9}\n", "new.txt:1:4"),
    ] {
        let ground = Ground::with_letter();
        ground.write("new.txt", dirty);
        let ran = add(&ground, &[]);
        assert_eq!(ran.code, 1, "{dirty:?}");
        assert!(
            ran.stdout.contains(place) && ran.stdout.contains("text-not-clean"),
            "{}",
            ran.stdout
        );
        assert!(!ground.at("registry/letters/new-letter").exists());
        let ran = add(&ground, &["--fix"]);
        assert_eq!(ran.code, 0, "{dirty:?}: {}", ran.stderr);
        assert!(ran.stdout.starts_with("new.txt:"), "{}", ran.stdout);
        assert_eq!(ground.read("registry/letters/new-letter/v1/en.txt"), clean);
        assert_eq!(ground.read("new.txt"), dirty);
        assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
    }
}

#[test]
fn what_only_its_author_can_put_right_is_refused_with_fix_too() {
    for dirty in [&b"1234\n"[..], b"", b"a\xffb\n", "a\u{e000}b\n".as_bytes()] {
        let ground = Ground::with_letter();
        ground.write("new.txt", dirty);
        for rest in [&[][..], &["--fix"]] {
            let ran = add(&ground, rest);
            assert_eq!(ran.code, 1, "{dirty:?}");
            assert!(ran.stderr.contains("only the author"), "{}", ran.stderr);
            assert!(!ground.at("registry/letters/new-letter").exists());
        }
    }
}

#[test]
fn an_imported_text_keeps_its_blanks_and_its_end() {
    let ground = Ground::with_letter();
    let imported = ["--provenance", "imported", "--date", "2019-03-21"];
    ground.write("new.txt", "\n\nDear all. \nPeace");
    let ran = add(&ground, &imported);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ground.read("registry/letters/new-letter/v1/en.txt"),
        "\n\nDear all. \nPeace"
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all. \r\nPeace");
    assert_eq!(add(&ground, &imported).code, 1);
    assert_eq!(add(&ground, &[&imported[..], &["--fix"]].concat()).code, 0);
    assert_eq!(
        ground.read("registry/letters/new-letter/v1/en.txt"),
        "Dear all. \nPeace"
    );
    // When it was published elsewhere nobody can guess.
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    let ran = add(&ground, &["--provenance", "imported"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--date"), "{}", ran.stderr);
}

#[test]
fn what_is_there_is_not_overwritten() {
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    let letter = ground.read("registry/letters/example-letter/letter.yaml");
    let mut arguments = ADD.to_vec();
    arguments[4] = "example-letter";
    let ran = ground.run(&[&arguments[..], &["en"]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("letter revise"), "{}", ran.stderr);
    assert_eq!(
        ground.read("registry/letters/example-letter/letter.yaml"),
        letter
    );
    assert_eq!(
        ground.read("registry/letters/example-letter/v1/en.txt"),
        TEXT
    );
}

#[test]
fn a_run_that_was_killed_between_two_files_is_finished_by_the_next() {
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    ground.write("registry/letters/new-letter/v1/en.txt", "Dear all.\n");
    let ran = add(&ground, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
    // Other bytes under that name are somebody else's.
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    ground.write("registry/letters/new-letter/v1/en.txt", "Dear others.\n");
    assert_eq!(add(&ground, &[]).code, 2);
    assert_eq!(
        ground.read("registry/letters/new-letter/v1/en.txt"),
        "Dear others.\n"
    );
}

#[test]
fn a_text_that_is_there_already_is_refused() {
    let ground = Ground::with_letter();
    ground.write("new.txt", TEXT);
    let ran = add(&ground, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("text-repeated"), "{}", ran.stdout);
    assert!(!ground.at("registry/letters/new-letter").exists());
}

#[test]
fn a_translation_joins_its_version_and_nothing_else_moves() {
    let ground = Ground::with_letter();
    let path = "registry/letters/example-letter/letter.yaml";
    ground.edit(
        path,
        "title: 'A letter'",
        "title: \"A letter\" # as printed",
    );
    let before = ground.read(path);
    ground.write("ko.txt", "여러분, 평화를.\n");
    let translate = [
        "letter",
        "add",
        "ko.txt",
        "--to",
        "example-letter",
        "--language",
        "ko",
    ];
    let ran = ground.run(&translate);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = ground.read(path);
    let digest = Digest::of("여러분, 평화를.\n".as_bytes());
    assert_eq!(
        after,
        format!(
            "{before}      - language: 'ko'\n        file: v1/ko.txt\n        digest: {digest}\n"
        )
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
    // Once there, it stays.
    ground.write("ko.txt", "여러분, 빵을.\n");
    assert_eq!(ground.run(&translate).code, 2);
    assert_eq!(ground.read(path), after);
    for wrong in [
        ["--version", "2"],
        ["--date", "2026-01-01"],
        ["--title", "x"],
    ] {
        assert_eq!(
            ground.run(&[&translate[..], &wrong].concat()).code,
            2,
            "{wrong:?}"
        );
    }
}

#[test]
fn a_new_version_is_added_behind_and_the_old_bytes_stay() {
    let ground = Ground::with_letter();
    let path = "registry/letters/example-letter/letter.yaml";
    ground.edit(path, "versions:\n", "versions:\n  # the first\n");
    let before = format!("{}# the end\n", ground.read(path));
    ground.write(path, &before);
    ground.write("new.txt", TEXT.replace("ask for peace", "ask for bread"));
    let ran = ground.run(&[
        "letter",
        "revise",
        "example-letter",
        "new.txt",
        "--relation",
        "substantive",
        "--date",
        "2026-12-01",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("we ask for [-peace.-]{+bread.+}"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("no organization endorsed version 1"),
        "{}",
        ran.stdout
    );
    let after = ground.read(path);
    let (kept, end) = before.split_once("# the end\n").unwrap();
    assert!(
        after.starts_with(kept) && after.ends_with("# the end\n") && end.is_empty(),
        "{after}"
    );
    assert!(
        after.contains("  - number: 2\n    date: '2026-12-01'\n    relation: substantive\n"),
        "{after}"
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 0);
    assert_eq!(
        ground.read("registry/letters/example-letter/v1/en.txt"),
        TEXT
    );
}

#[test]
fn a_revision_says_who_endorsed_the_old_text() {
    let folder = crate::ground::here().join("tests/cmd/signed.in");
    let ground = Ground::empty();
    for path in crate::ground::files(&folder) {
        let name = path
            .strip_prefix(&folder)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        ground.write(&name, std::fs::read(&path).unwrap());
    }
    ground.write("new.txt", "Another text.\n");
    let ran = ground.run(&revise("erratum"));
    let counts = &ground.json(&["verify"])["letters"][0]["counts"];
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("endorsed version"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains(" signed); until they sign the new text"),
        "{}",
        ran.stdout
    );
    assert_eq!(counts["signed"], 0);
}

#[test]
fn a_revision_needs_a_relation_and_another_text() {
    let ground = Ground::with_letter();
    let before = ground.read("registry/letters/example-letter/letter.yaml");
    ground.write("new.txt", "Other words.\n");
    ground.write("same.txt", TEXT);
    for (arguments, said) in [
        (&["example-letter", "new.txt"][..], "--relation"),
        (
            &["example-letter", "same.txt", "--relation", "erratum"],
            "already",
        ),
        (
            &["example-letter", "new.txt", "--relation", "first"],
            "--relation",
        ),
        (
            &["no-letter", "new.txt", "--relation", "erratum"],
            "holds example-letter",
        ),
    ] {
        let ran = ground.run(&[&["letter", "revise"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(
        ground.read("registry/letters/example-letter/letter.yaml"),
        before
    );
}

#[test]
fn a_difference_is_harmless_on_a_terminal() {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", crate::ground::CHARTER);
    ground.letter("example-letter", &["Dear \u{1b}[31mall\u{202e}.\n"]);
    ground.write("new.txt", "Dear all.\n");
    let ran = ground.run(&revise("erratum"));
    let harmless = |text: &str| {
        text.lines()
            .all(|line| line.chars().all(undersigned::base::escape::harmless))
    };
    assert!(
        harmless(&ran.stdout) && harmless(&ran.stderr),
        "{:?}",
        ran.stdout
    );
}

fn shell(folder: &Path, line: &str) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_undersigned"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap();
    plain("sh", folder)
        .args(["-c", line])
        .env("PATH", format!("{}:{path}", bin.display()))
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn the_examples_of_the_help_work() {
    for command in [
        &["init"][..],
        &["letter", "add"],
        &["letter", "revise"],
        &["completions"],
        &["man"],
    ] {
        let help = Ground::empty().run(&[command, &["-h"]].concat()).stdout;
        let (_, examples) = help.split_once("Examples:\n").unwrap();
        let examples = examples.split("\n\n").next().unwrap().replace("\\\n", "");
        let examples: Vec<&str> = examples.lines().collect();
        assert_eq!(examples.len(), 3, "{command:?}");
        for example in examples {
            let ground = Ground::with_letter();
            if command == ["letter", "add"] && !example.contains("--to") {
                ground.remove("registry/letters/example-letter/letter.yaml");
                ground.remove("registry/letters/example-letter/v1/en.txt");
            }
            ground.write("no-home/empty", "");
            for (file, text) in [
                ("letter.txt", "Dear all.\n"),
                ("printed.txt", "Dear all. \r\nPeace"),
                ("korean.txt", "여러분.\n"),
                ("corrected.txt", "Dear all, peace.\n"),
                ("changed.txt", "Dear all, bread.\n"),
                ("pasted.txt", "Dear\u{a0}all,\tpeace. \r\n"),
            ] {
                ground.write(file, text);
            }
            let ran = shell(ground.path(), example);
            assert!(
                ran.status.success(),
                "{example}\n{}",
                String::from_utf8_lossy(&ran.stderr)
            );
            let told = String::from_utf8_lossy(&ran.stdout);
            let kept = "the text keeps 1 no-break space, the first in line 1\n";
            assert_eq!(
                told.contains(kept),
                example.contains("pasted.txt"),
                "{told}"
            );
            assert_eq!(ground.run(&["verify"]).code, 0, "{example}");
        }
    }
}

/// What the program answers the script of a shell.
fn completed(ground: &Ground, words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let ran = ground.run_with(
        &[&["--"], words].concat(),
        &[
            ("UNDERSIGNED_COMPLETE", "bash"),
            ("_CLAP_COMPLETE_INDEX", &index),
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn ids_of_the_registry_are_completed() {
    let ground = Ground::with_signatories();
    ground.write(
        "registry/signatories/not a record.yaml",
        listed("x1", "X", "X"),
    );
    let signatories = ["example-hill-forum", "example-peace-forum"];
    assert_eq!(
        completed(&ground, &["undersigned", "show", "example"]),
        signatories
    );
    assert_eq!(
        completed(&ground, &["undersigned", "statement", "--of", "example"]),
        signatories
    );
    assert_eq!(
        completed(&ground, &["undersigned", "verify", "ex"]),
        ["example-letter"]
    );
    assert_eq!(
        completed(&ground, &["undersigned", "letter", "revise", "ex"]),
        ["example-letter"]
    );
    assert_eq!(
        completed(&ground, &["undersigned", "explain", "yaml"]),
        ["yaml-not-plain"]
    );
    assert_eq!(
        completed(&ground, &["undersigned", "letter", "ad"]),
        ["add"]
    );
    // `attach` takes an id or a file; -C says which registry is asked.
    ground.write("example-mail.yaml", "");
    let attached = completed(&ground, &["undersigned", "attach", "example"]);
    assert_eq!(attached[..2], signatories);
    assert!(
        attached.contains(&"example-mail.yaml".to_owned()),
        "{attached:?}"
    );
    let elsewhere = Ground::empty();
    let folder = ground.path().to_str().unwrap();
    for words in [
        &["undersigned", "-C", folder, "show", "example"][..],
        &["undersigned", "show", "-C", folder, "example"],
        &["undersigned", &format!("-C{folder}"), "show", "example"],
    ] {
        assert_eq!(completed(&elsewhere, words), signatories, "{words:?}");
    }
    assert!(completed(&ground, &["undersigned", "init", "--letter-id", "ex"]).is_empty());
    // A new letter's id is nobody's yet, and outside a registry there is nothing to offer.
    assert!(completed(&ground, &["undersigned", "letter", "add", "--id", "ex"]).is_empty());
    assert!(completed(&Ground::empty(), &["undersigned", "show", "ex"]).is_empty());
    let ran = ground.run_with(
        &["--", "undersigned", "show", ""],
        &[("UNDERSIGNED_COMPLETE", "abacus")],
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
}

#[test]
fn each_shell_gets_its_lines() {
    let ground = Ground::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = ground.run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("UNDERSIGNED_COMPLETE"), "{shell}");
    }
    assert_eq!(ground.run(&["completions", "abacus"]).code, 2);
}

#[test]
fn every_command_has_a_page() {
    let ground = Ground::empty();
    let ran = ground.run(&["man", "--output", "man1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = ground.read("man1/undersigned.1");
    assert_eq!(page, ground.run(&["man"]).stdout);
    assert!(
        ground
            .read("man1/undersigned-letter-add.1")
            .contains("born clean")
    );
    for below in page.lines().filter_map(|line| line.strip_suffix("(1)")) {
        let name = below.replace("\\-", "-");
        if name != "undersigned-help" {
            assert!(ground.at(&format!("man1/{name}.1")).exists(), "{name}");
        }
    }
}
