//! Every JSON the program writes satisfies its schema, on registries of every kind; files are written whole.

use crate::ground::{Ground, TEXT, files, here, listed};
use crate::pen::{Container, Desk, Pen, unbase64};
use serde_json::Value;
use std::fs;

fn schema(name: &str) -> jsonschema::Validator {
    let path = here().join(format!("schemas/{name}.schema.json"));
    let json: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&json)
        .unwrap()
}

pub fn satisfies(name: &str, json: &Value) {
    let errors: Vec<String> = schema(name)
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {}\n{json:#}", errors.join("\n"));
}

/// Registries in every state that this version knows.
fn registries() -> Vec<Ground> {
    let lawful = Ground::with_signatories();
    let rich = Ground::with_signatories();
    rich.write(
        "registry/signatories/forum.yaml",
        "id: forum\nname: 'Forum'\nnames:\n  ko: '예시 포럼'\n  'no': 'Forum på norsk'\ncountry: 'NO'\nwebsite: https://forum.example/\ndomain: forum.example\naccreditations:\n  - body: 'Example Council'\n    status: 'consultative'\n    source: 'the note below the list'\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Forum'\n",
    );
    let record = rich.read("registry/signatories/example-hill-forum.yaml");
    rich.write(
        "registry/signatories/example-hill-forum.yaml",
        format!("{record}    retracted: 'a mistake'\n"),
    );
    let refused = Ground::with_signatories();
    refused.write(
        "registry/signatories/stranger.yaml",
        listed("stranger", "Stranger", "Stranger"),
    );
    refused.write(
        "registry/signatories/broken.yaml",
        "id: broken\nlistings:\n  - letter: example-letter\n",
    );
    let repeated = refused.read("registry/signatories/forum.yaml");
    refused.write("registry/signatories/fo/forum.yaml", repeated);
    let nobody = Ground::with_letter();
    let no_charter = Ground::with_signatories();
    no_charter.write("registry/registry.yaml", "origin: x y\n");
    let broken_letter = Ground::with_signatories();
    broken_letter.write(
        "registry/letters/example-letter/letter.yaml",
        "id: example-letter\n",
    );
    broken_letter.write("registry/signatories/unread.yaml", "id: 'unclosed\n");
    let all = vec![
        lawful,
        rich,
        refused,
        nobody,
        no_charter,
        broken_letter,
        signed(),
    ];
    for ground in &all {
        ground.commit("a state");
    }
    all
}

/// Organizations that signed: each standing that a signature can give, and some that do not hold.
fn signed() -> Ground {
    let second = "Dear all,\n\nwe ask for peace now.\n";
    let ground = Ground::with_signatories();
    ground.letter("example-letter", &[TEXT, second]);
    let put = |desk: &Desk| {
        let path = format!("registry/signatories/{}.yaml", desk.id);
        ground.write(&path, desk.record());
    };
    let letter = "example-letter";
    for (number, container) in [(1, Container::Raw), (2, Container::Ssh)] {
        let pen = Pen::new(number);
        let mut desk = Desk::new(
            &format!("signed-{number}"),
            &format!("Signed Example {number}"),
        );
        desk.container = container;
        desk.endorse(letter, TEXT, &pen)
            .endorse(letter, second, &pen);
        put(&desk);
    }
    let pen = Pen::fido(3);
    let mut desk = Desk::new("superseded", "Superseded Example").with("name-ko", "예시");
    desk.endorse(letter, TEXT, &pen).rotate(&pen, &Pen::new(4));
    put(&desk);
    let mut desk = Desk::new("withdrawn", "Withdrawn Example");
    let pen = Pen::new(5);
    let text = desk.draft(
        "withdraw",
        &[("letter", letter), ("reason", "why"), ("authority", "who")],
        &pen,
    );
    desk.put(text.clone(), pen.ssh(text.as_bytes()), None);
    put(&desk);
    let mut desk = Desk::new("unsound", "Unsound Example");
    desk.endorse(letter, second, &Pen::new(6));
    desk.signed[0].1 = Pen::new(7).ssh(b"x");
    put(&desk);
    ground.write(
        "registry/signatories/malformed.yaml",
        desk.record()
            .replace("unsound", "malformed")
            .replace("sequence: 1", "sequence: one"),
    );
    ground
}

/// The list alone is enough to check the signatures in it: no repository, none of our code.
#[test]
fn a_stranger_checks_the_list_without_the_repository() {
    let ground = signed();
    ground.commit("signed");
    assert_eq!(
        ground
            .run(&["compile", "--output", "out", "--despite-findings"])
            .code,
        0
    );
    let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
    let letter = &list["letters"][0];
    let digest = letter["texts"]["en"].as_str().unwrap();
    let mut checked = Vec::new();
    for row in letter["signatories"].as_array().unwrap() {
        let Some(statement) = row["statement"].as_str() else {
            assert_eq!(row["standing"], "listed");
            assert_eq!(
                (&row["key"], &row["signature"]),
                (&Value::Null, &Value::Null)
            );
            continue;
        };
        let line = statement
            .lines()
            .find_map(|line| line.strip_prefix("key: "))
            .unwrap();
        let blob = unbase64(line.split(' ').nth(1).unwrap());
        let point: [u8; 32] = blob[blob.len() - 32..].try_into().unwrap_or_default();
        let signature = row["signature"].as_str().unwrap();
        if let Some(raw) = signature.strip_prefix("ed25519:") {
            let key = ed25519_dalek::VerifyingKey::from_bytes(&point).unwrap();
            let bytes: [u8; 64] = unbase64(raw).try_into().unwrap();
            let signature = ed25519_dalek::Signature::from_bytes(&bytes);
            assert!(key.verify_strict(statement.as_bytes(), &signature).is_ok());
        }
        let standing = row["standing"].as_str().unwrap();
        assert_eq!(statement.contains(digest), standing == "signed", "{row:#}");
        assert_eq!(row["claimed_date"], "2026-11-23");
        checked.push(standing.to_owned());
    }
    assert_eq!(checked, ["signed", "signed", "superseded", "withdrawn"]);
    assert_eq!(letter["left_out"], 2);
}

#[test]
fn identify_tells_who_endorsed_exactly_this_text() {
    let ground = signed();
    let relations = |version: u64| -> Vec<String> {
        let path = format!("registry/letters/example-letter/v{version}/en.txt");
        let answer = ground.json(&["identify", &path]);
        let rows = answer["signatories"].as_array().unwrap().iter();
        rows.map(|row| {
            format!(
                "{} {}",
                row["id"].as_str().unwrap(),
                row["relation"].as_str().unwrap()
            )
        })
        .collect()
    };
    assert_eq!(
        relations(1),
        [
            "example-hill-forum listed",
            "example-peace-forum listed",
            "forum listed",
            "signed-1 endorsed-text",
            "signed-2 endorsed-text",
            "superseded endorsed-text",
            "withdrawn withdrew",
        ]
    );
    assert_eq!(
        relations(2),
        [
            "signed-1 endorsed-text",
            "signed-2 endorsed-text",
            "superseded endorsed-earlier",
            "withdrawn withdrew"
        ]
    );
    let told = ground
        .run(&["identify", "registry/letters/example-letter/v1/en.txt"])
        .stdout;
    assert!(
        told.contains("3 endorsed exactly this text with a key\n"),
        "{told}"
    );
    assert!(
        told.contains(&format!(
            "Superseded Example: superseded; endorsed with key {}",
            Pen::fido(3).fingerprint()
        )),
        "{told}"
    );
}

#[test]
fn what_is_printed_satisfies_the_schemas() {
    for ground in registries() {
        let commit = ground.json(&["verify", "--at", "HEAD"]);
        satisfies("verification", &commit);
        satisfies("verification", &ground.verify());
        satisfies("validation", &ground.json(&["validate"]));
        let ids = commit["letters"][0]["signatories"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        for row in ids {
            satisfies(
                "evidence",
                &ground.json(&["show", row["id"].as_str().unwrap()]),
            );
        }
        let text = "registry/letters/example-letter/v1/en.txt";
        if commit["letters"]
            .as_array()
            .is_some_and(|letters| !letters.is_empty())
        {
            satisfies("identification", &ground.json(&["identify", text]));
            ground.write("near.txt", ground.read(text).replace('\n', "\r\n"));
            satisfies("identification", &ground.json(&["identify", "near.txt"]));
            ground.write("words.txt", ground.read(text).replace("peace", "war"));
            satisfies("identification", &ground.json(&["identify", "words.txt"]));
        }
        ground.write("other.txt", "Nothing like it.\n");
        let readable = commit["letters"]
            .as_array()
            .is_some_and(|letters| !letters.is_empty());
        if readable {
            satisfies("identification", &ground.json(&["identify", "other.txt"]));
        } else {
            assert_eq!(
                ground.run(&["identify", "other.txt"]).code,
                2,
                "no answer from half a view"
            );
        }
    }
}

#[test]
fn what_is_compiled_satisfies_the_schemas() {
    for ground in registries() {
        let ran = ground.run(&[
            "compile",
            "--output",
            "out",
            "--despite-findings",
            "--format",
            "json",
        ]);
        if ran.code == 2 {
            assert!(ran.stderr.contains("charter"), "{}", ran.stderr);
            continue;
        }
        satisfies("compilation", &serde_json::from_str(&ran.stdout).unwrap());
        let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
        satisfies("signatories", &list);
        assert!(
            !list.to_string().contains("\"refused\""),
            "the refused are never published"
        );
    }
}

#[test]
fn nothing_is_written_where_there_are_errors() {
    let ground = Ground::with_signatories();
    ground.record("stranger", "Stranger");
    ground.commit("a stranger");
    let ran = ground.run(&["compile", "--output", "out"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("listing-not-in-text") && ran.stdout.contains("nothing was written"),
        "{}",
        ran.stdout
    );
    assert!(!ground.at("out").exists());
    assert_eq!(
        ground
            .run(&["compile", "--output", "out", "--despite-findings"])
            .code,
        0
    );
    for file in ["signatories.md", "signatories.txt"] {
        let text = ground.read(&format!("out/{file}"));
        assert!(
            text.contains("1 signatory is left out") && !text.contains("Stranger"),
            "{file}: {text}"
        );
    }
    assert!(!ground.read("out/signatories.csv").contains("Stranger"));
}

#[test]
fn a_refused_organization_is_not_published_under_what_was_taken_back() {
    let ground = Ground::with_signatories();
    let record = ground
        .read("registry/signatories/forum.yaml")
        .replace("- 'Forum'", "- 'Nobody'");
    let other = "  - letter: example-letter\n    version: 2\n    as:\n      - 'Forum'\n    retracted: 'a mistake'\n";
    ground.letter("example-letter", &[TEXT, "Other.\n\nForum\n"]);
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}{other}"),
    );
    ground.commit("refused and retracted");
    assert_eq!(
        ground
            .run(&["compile", "--output", "out", "--despite-findings"])
            .code,
        0
    );
    let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
    assert_eq!(
        list["letters"][0]["retracted"].as_array().unwrap().len(),
        0,
        "{list:#}"
    );
}

#[test]
fn old_files_are_replaced_whole_and_nothing_else_is_left() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    ground.write("out/signatories.json", "old");
    ground.write("out/kept.txt", "mine");
    assert_eq!(
        ground
            .run(&[
                "compile",
                "--output",
                "out",
                "--only",
                "csv,json,markdown,text"
            ])
            .code,
        0
    );
    let names: Vec<_> = files(&ground.at("out"))
        .into_iter()
        .map(|path| path.file_name().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "SHA256SUMS",
            "kept.txt",
            "signatories.csv",
            "signatories.json",
            "signatories.md",
            "signatories.txt"
        ]
    );
    let sums = ground.read("out/SHA256SUMS");
    for line in sums.lines() {
        let (digest, name) = line.split_once("  ").unwrap();
        let bytes = fs::read(ground.at(&format!("out/{name}"))).unwrap();
        assert_eq!(
            undersigned::base::digest::Digest::of(&bytes).hex(),
            digest,
            "{name}"
        );
    }
    assert_eq!(sums.lines().count(), 4);
    assert_eq!(
        ground
            .run(&["compile", "--output", "only", "--only", "csv,text"])
            .code,
        0
    );
    assert_eq!(files(&ground.at("only")).len(), 3);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    ground.write("file", "not a folder");
    let ran = ground.run(&["compile", "--output", "file"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be written"), "{}", ran.stderr);
    assert_eq!(ground.read("file"), "not a folder");
}

#[test]
fn exit_codes_tell_findings_from_errors() {
    let ground = Ground::with_signatories();
    for (arguments, code) in [
        (&["verify"][..], 0),
        (&["validate"], 0),
        (&["validate", "registry/signatories/forum.yaml"], 0),
        (&["explain"], 0),
        (&["explain", "look-alike-name"], 0),
        (&["explain", "nothing"], 2),
        (&["show", "nobody"], 2),
        (&["identify", "nothing.txt"], 2),
        (&["validate", "nothing.yaml"], 2),
        (&["verify", "--nonsense"], 2),
        (&["nonsense"], 2),
        (&[], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["-C", "nowhere", "verify"], 2),
    ] {
        let ran = ground.run(arguments);
        assert_eq!(
            ran.code, code,
            "{arguments:?}: {}{}",
            ran.stdout, ran.stderr
        );
        assert_eq!(
            ran.stdout.is_empty(),
            code == 2,
            "{arguments:?}: an error leaves standard output alone"
        );
    }
    ground.record("example-hill-twin", "Example Hi11 Forum");
    ground.edit(
        "registry/signatories/example-hill-twin.yaml",
        "      - 'Example Hi11 Forum'",
        "      - 'Dear all'",
    );
    assert_eq!(
        ground.run(&["verify"]).code,
        0,
        "{}",
        ground.run(&["verify"]).stdout
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 1);
}

#[test]
fn the_files_asked_for_are_the_files_judged() {
    let ground = Ground::with_signatories();
    ground.write("registry/signatories/bad.yaml", "id: bad\n");
    ground.write("drafts/forum.yaml", listed("forum", "Forum", "Forum"));
    ground.write("drafts/worse.yaml", "- x\n");
    let paths = |arguments: &[&str]| {
        let found = crate::ground::rules(&ground.json(arguments));
        let mut paths: Vec<String> = found.into_iter().map(|(_, path)| path).collect();
        paths.dedup();
        paths
    };
    assert_eq!(paths(&["validate"]), ["registry/signatories/bad.yaml"]);
    assert_eq!(
        paths(&["validate", "registry/signatories/forum.yaml"]),
        [""; 0]
    );
    assert_eq!(
        paths(&["validate", "registry/signatories"]),
        ["registry/signatories/bad.yaml"]
    );
    assert_eq!(paths(&["validate", "registry/letters"]), [""; 0]);
    assert_eq!(paths(&["validate", "drafts"]), ["drafts/worse.yaml"]);
    assert_eq!(
        paths(&[
            "validate",
            "drafts/forum.yaml",
            "registry/signatories/bad.yaml"
        ]),
        ["registry/signatories/bad.yaml"]
    );
    assert_eq!(
        paths(&["-C", "registry/signatories", "validate", "bad.yaml"]),
        ["registry/signatories/bad.yaml"]
    );
}

#[test]
fn what_could_not_be_read_is_told_in_what_is_published_all_the_same() {
    let ground = Ground::with_signatories();
    ground.letter("second-letter", &["Second.\n"]);
    ground.write(
        "registry/letters/second-letter/letter.yaml",
        "id: second-letter\n",
    );
    ground.write("registry/signatories/unread.yaml", "id: 'unclosed\n");
    ground.commit("half of it");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 1);
    assert_eq!(
        ground
            .run(&["compile", "--output", "out", "--despite-findings"])
            .code,
        0
    );
    for file in ["signatories.json", "signatories.md", "signatories.txt"] {
        let text = ground.read(&format!("out/{file}"));
        assert!(
            text.contains("second-letter") && text.contains("unread"),
            "{file}: {text}"
        );
    }
    assert!(
        ground
            .read("out/signatories.txt")
            .starts_with("Published although the registry has ")
    );
    // A letter that cannot be read has findings; it is not unknown.
    assert_eq!(ground.run(&["verify", "second-letter"]).code, 1);
    assert_eq!(ground.run(&["verify", "third-letter"]).code, 2);
}

#[test]
fn a_registry_without_a_letter_has_no_answer() {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", crate::ground::CHARTER);
    ground.commit("no letter");
    for arguments in [
        &["verify"][..],
        &["verify", "--at", "HEAD"],
        &["compile", "--output", "out"],
    ] {
        let ran = ground.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
    }
    assert_eq!(ground.run(&["validate"]).code, 0);
}

#[test]
fn a_file_is_identified_by_its_digest_or_not_from_half_a_view() {
    let ground = Ground::with_signatories();
    ground.letter("example-letter", &[TEXT, "Another text.\n\nForum\n"]);
    let record = ground.read("registry/signatories/forum.yaml");
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}  - letter: example-letter\n    version: 2\n    as:\n      - 'Forum'\n"),
    );
    ground.write("kept.txt", TEXT);
    let identified = ground.json(&["identify", "kept.txt"]);
    assert_eq!(identified["match"], "exact");
    assert_eq!(
        identified["signatories"].as_array().unwrap().len(),
        3,
        "also who is in a later version"
    );
    // The text in the registry is replaced: the kept file is still what letter.yaml says.
    ground.write(
        "registry/letters/example-letter/v1/en.txt",
        "Something else.\n",
    );
    assert_eq!(ground.json(&["identify", "kept.txt"])["match"], "exact");
    let ran = ground.run(&["identify", "registry/letters/example-letter/v1/en.txt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    ground.write(
        "registry/letters/example-letter/letter.yaml",
        "id: example-letter\n",
    );
    assert_eq!(ground.run(&["identify", "kept.txt"]).code, 2);
    let shown = ground.run(&["show", "forum"]);
    assert_eq!(shown.code, 1);
    assert!(shown.stdout.contains("not judged"), "{}", shown.stdout);
}

#[test]
fn nothing_is_published_into_the_registry() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    for output in ["registry", "registry/list", "x/../registry/list"] {
        let ran = ground.run(&["compile", "--output", output]);
        assert_eq!(ran.code, 2, "{output}: {}", ran.stdout);
        assert!(
            ran.stderr.contains("in the registry itself"),
            "{}",
            ran.stderr
        );
    }
    assert!(!ground.at("registry/list").exists() && !ground.at("registry/SHA256SUMS").exists());
}

#[test]
fn a_strict_run_publishes_nothing_over_a_warning() {
    let ground = Ground::with_signatories();
    ground.write("registry/ledger/checkpoint", "x");
    ground.commit("first");
    assert_eq!(
        ground.run(&["compile", "--output", "out", "--strict"]).code,
        1
    );
    assert!(!ground.at("out").exists());
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
}
