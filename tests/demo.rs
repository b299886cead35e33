//! The demonstration: what it shows, that each of its pull requests is refused, and every command of its README.

use crate::ground::Ground;

fn demo() -> Ground {
    let ground = Ground::empty();
    let ran = ground.run(&["demo", "lake"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    ground
}

fn standings(ground: &Ground, at: &str) -> Vec<String> {
    let answer = ground.json(&["-C", "lake", "verify", "--at", at]);
    let rows = answer["letters"][0]["signatories"]
        .as_array()
        .unwrap()
        .iter();
    rows.map(|row| {
        format!(
            "{} {}",
            row["id"].as_str().unwrap(),
            row["standing"].as_str().unwrap()
        )
    })
    .collect()
}

#[test]
fn the_demonstration_shows_every_standing_that_there_is() {
    let ground = demo();
    assert_eq!(
        standings(&ground, "main"),
        [
            "example-dune-club signed",
            "example-fen-forum signed",
            "example-fog-circle removed",
            "example-hill-forum verified",
            "example-lake-club superseded",
            "example-moor-watch withdrawn",
            "example-peace-forum listed",
            "example-sea-club verified",
        ]
    );
    assert_eq!(ground.git(&["-C", "lake", "status", "--porcelain"]), "");
    let log = ground.git(&["-C", "lake", "log", "--format=%an %s", "main"]);
    assert_eq!(log.lines().count(), 22, "{log}");
    for (branch, rule) in [
        ("copied-signature", "statement-for-other-signatory"),
        ("edited-name", "record-disagrees-with-statement"),
        ("edited-statement", "signature-does-not-hold"),
        ("changed-letter", "text-digest-mismatch"),
        ("another-key", "key-not-in-force"),
        ("charter-by-one", "policy-changed-without-threshold"),
    ] {
        let ran = ground.run(&["-C", "lake", "verify", "--at", &format!("pull/{branch}")]);
        assert_eq!(ran.code, 1, "{branch}");
        assert!(
            ran.stdout.contains(&format!("error[{rule}]")),
            "{branch}: {}",
            ran.stdout
        );
    }
    // What is gone is not seen in one state; the README says so.
    assert_eq!(standings(&ground, "pull/removed-organization").len(), 7);
}

#[test]
fn every_command_of_its_readme_works() {
    let ground = demo();
    let readme = ground.read("lake/README.md");
    let mut tried = 0;
    for block in readme.split("```sh\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            let (success, told) = ground.shell("lake", line);
            assert!(success, "{line}: {told}");
            assert_eq!(
                line.contains("|| echo refused"),
                told.ends_with("refused\n"),
                "{line}: {told}"
            );
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
    // The organization of the walk has signed, and the other withdrew.
    let answer = ground.json(&["-C", "lake", "verify"]);
    let rows = answer["letters"][0]["signatories"]
        .as_array()
        .unwrap()
        .iter();
    let found: Vec<&str> = rows.map(|row| row["standing"].as_str().unwrap()).collect();
    assert_eq!(
        found,
        [
            "removed",
            "signed",
            "removed",
            "verified",
            "withdrawn",
            "withdrawn",
            "verified",
            "verified"
        ]
    );
    assert_eq!(answer["findings"], serde_json::json!([]));
}

#[test]
fn a_demonstration_takes_nobodys_place() {
    let ground = Ground::empty();
    ground.write("lake/file", "x");
    let ran = ground.run(&["demo", "lake"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert_eq!(ground.read("lake/file"), "x");
}

#[test]
#[ignore = "needs ssh-keygen and openssl"]
fn the_recipes_of_our_readme_work_as_written() {
    let ground = demo();
    let readme = std::fs::read_to_string(crate::ground::here().join("README.md")).unwrap();
    let section = readme.split("## An organization signs").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks: Vec<&str> = section
        .split("```sh\n")
        .skip(2)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    assert_eq!(blocks.len(), 3, "ssh-keygen, OpenSSL, HSM");
    for block in blocks {
        let (success, told) = ground.shell("lake", block);
        assert!(success, "{block}{told}");
    }
    let answer = ground.json(&["-C", "lake", "verify"]);
    let rows = answer["letters"][0]["signatories"]
        .as_array()
        .unwrap()
        .iter();
    let signed = rows.filter(|row| row["standing"] == "signed");
    assert_eq!(signed.count(), 4);
    assert_eq!(answer["findings"], serde_json::json!([]));
}
