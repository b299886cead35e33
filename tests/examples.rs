//! Every example of every command's help, run as it stands in a place where it makes sense.

use crate::ground::{Ground, files, here};
use crate::pen::{Charter, Container, Desk, Pen, unbase64};
use std::fs;

const COMMANDS: [&str; 31] = [
    "keygen",
    "sign",
    "withdraw",
    "amend",
    "rotate",
    "statement",
    "attach",
    "init",
    "letter add",
    "letter revise",
    "validate",
    "verify",
    "merge",
    "review",
    "audit",
    "log",
    "compile",
    "serve",
    "show",
    "identify",
    "explain",
    "demo",
    "completions",
    "man",
    "letter",
    "codeowners",
    "vouch",
    "observe",
    "recover",
    "remove",
    "govern",
];

/// What maintainers run.
const OF_MAINTAINERS: [&str; 5] = ["vouch", "observe", "recover", "remove", "govern"];

/// The examples in a command's short help; a line may go on after a backslash.
fn examples(ground: &Ground, command: &str) -> Vec<String> {
    let arguments: Vec<&str> = command.split(' ').chain(["-h"]).collect();
    let help = ground.run(&arguments).stdout;
    let Some((_, after)) = help.split_once("Examples:\n") else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    for line in after.lines().take_while(|line| line.starts_with("  ")) {
        match (line.strip_prefix("  undersigned "), found.last_mut()) {
            (Some(_), _) => found.push(line.trim().to_owned()),
            (None, Some(last)) => {
                *last = format!("{} {}", last.trim_end_matches('\\').trim(), line.trim())
            }
            (None, None) => {}
        }
    }
    found
}

#[test]
fn every_command_has_three_examples() {
    let ground = Ground::empty();
    let help = ground.run(&["help"]).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap();
    for line in commands.lines().take_while(|line| line.starts_with("  ")) {
        if line.starts_with("   ") {
            continue;
        }
        let name = line.split_whitespace().next().unwrap();
        assert!(
            name == "help" || COMMANDS.contains(&name),
            "{name} is not tried"
        );
    }
    for command in COMMANDS.iter().filter(|command| **command != "letter") {
        let found = examples(&ground, command);
        assert!(found.len() >= 3, "{command}: {found:?}");
        // What every command takes stands apart from its own options, and no line of an example is broken.
        let arguments: Vec<&str> = command.split(' ').chain(["-h"]).collect();
        let help = ground.run(&arguments).stdout;
        let (own, rest) = help.split_once("\nGlobal options:\n").unwrap();
        let (global, examples) = rest.split_once("\nExamples:\n").unwrap();
        for flag in [
            "-C <DIR>",
            "--format <FORMAT>",
            "--quiet",
            "--passphrase-file <FILE>",
        ] {
            assert!(
                global.contains(flag) && !own.contains(flag),
                "{command}: {flag}"
            );
        }
        assert_eq!(
            global.matches("\n  ").count() + 1,
            global.trim_end().lines().count()
        );
        for line in examples.lines() {
            assert!(line.chars().count() < 80, "{command}: {line}");
        }
        // A screen of 50 lines holds it, with the prompt.
        assert!(help.lines().count() < 50, "{command}: {help}");
    }
}

/// The registry of the manual with everything that the examples name, in the folder `here`.
fn place(command: &str, example: &str) -> Ground {
    let ground = Ground::empty();
    let text = "We ask for peace on the hill.\n\nExample Hill Forum, Example Peace Forum\n";
    // In the manual's registry the pen of 2 signs for the hill forum.
    let own = if example.contains("example-hill-forum") {
        2
    } else {
        9
    };
    if command != "keygen" {
        ground.secret("home/.config/undersigned/key.pem", &Pen::new(own));
    }
    for (name, content) in [
        ("letter.txt", text.to_owned()),
        ("printed.txt", format!("An older letter \n\n{text}\n")),
        ("pasted.txt", "We ask for peace on the hill and by the long lake.\r\n".to_owned()),
        ("korean.txt", "우리는 언덕 위의 평화를 바랍니다.\n".to_owned()),
        ("corrected.txt", "We ask for peace on the hill and by the great lake.\n".to_owned()),
        ("changed.txt", "We ask for peace everywhere.\n".to_owned()),
        ("passphrase.txt", "correct horse\n".to_owned()),
        ("key.pub", format!("{} a comment\n", Pen::new(9).line())),
        ("templates/undersigned.css", "main { color: black }\n".to_owned()),
        ("mailed/example-sea-club.yaml", "id: example-sea-club\nname: 'Example Sea Club'\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Sea Club'\n".to_owned()),
    ] {
        ground.write(&format!("here/{name}"), content);
    }
    ground.secret("here/old.pem", &Pen::new(2));
    ground.secret("here/new.pem", &Pen::new(10));
    if matches!(command, "keygen" | "init" | "demo") {
        if example.contains("-C lake") {
            assert_eq!(ground.run(&["demo", "here/lake"]).code, 0);
        }
        return ground;
    }
    ground.write("here/.gitignore", "*.pem\n");
    let manual = here().join("tests/cmd/signed.in");
    for path in files(&manual) {
        let inside = path.strip_prefix(&manual).unwrap().to_str().unwrap();
        // A letter that is new comes into a registry that has none.
        if example.contains(" --id ") && inside != "registry/registry.yaml" {
            continue;
        }
        ground.write(&format!("here/{inside}"), fs::read(&path).unwrap());
    }
    if command == "attach" {
        let pen = Pen::new(9);
        let mut desk = Desk::new("example-lake-club", "Example Lake Club");
        desk.origin = "letters.example/hill".to_owned();
        desk.endorse("example-letter", text, &pen);
        let (statement, signature, _) = &desk.signed[0];
        ground.write("here/statement.txt", statement);
        ground.write("here/statement.txt.sig", signature);
        let raw = pen.sign(Container::Raw, statement.as_bytes());
        ground.write(
            "here/signature.bin",
            unbase64(raw.trim_start_matches("ed25519:")),
        );
        ground.write("here/example-lake-club.yaml", desk.record());
    }
    if OF_MAINTAINERS.contains(&command) {
        let (alice, bob) = (Pen::new(101), Pen::new(102));
        let mut charter = Charter::new(&[("alice", &alice), ("bob", &bob)]);
        charter.observers = vec![("olga", Pen::new(103))];
        charter.threshold = 2;
        let yaml = charter
            .yaml()
            .replace("letters.example/peace", "letters.example/hill");
        ground.write("here/registry/registry.yaml", yaml);
        ground.write("here/new.pub", format!("{}\n", Pen::new(10).line()));
        for (name, number) in [("alice", 101), ("bob", 102), ("olga", 103)] {
            ground.secret(&format!("here/{name}.pem"), &Pen::new(number));
        }
        ground.secret("home/.config/undersigned/key.pem", &alice);
    }
    ground.git(&["-C", "here", "init", "-q", "-b", "main"]);
    ground.git(&["-C", "here", "add", "-A"]);
    ground.git(&["-C", "here", "commit", "-q", "-m", "the manual's registry"]);
    if OF_MAINTAINERS.contains(&command) {
        prepare(&ground, command, example);
    }
    if command == "merge" {
        for number in ["1", "2"] {
            let shard = format!("verify --at HEAD --shard {number}/2 --output shard-{number}.json");
            let (success, told) = ground.shell("here", &format!("undersigned {shard}"));
            assert!(success, "{told}");
        }
    }
    if matches!(command, "review" | "audit") {
        ground.write("here/notes.md", "A note.\n");
        ground.git(&["-C", "here", "add", "-A"]);
        ground.git(&["-C", "here", "commit", "-q", "-m", "a note"]);
        ground.git(&["-C", "here", "branch", "notes"]);
        ground.git(&["-C", "here", "reset", "-q", "--hard", "HEAD~1"]);
        ground.git(&["-C", "here", "checkout", "-q", "notes"]);
    }
    ground
}

/// What other maintainers, or the same one, did before.
fn prepare(ground: &Ground, command: &str, example: &str) {
    let does = |script: &str| {
        let (success, told) = ground.shell("here", script);
        assert!(success, "{script}\n{told}");
    };
    if command == "govern" {
        ground.edit("here/registry/registry.yaml", "vouches: 1", "vouches: 2");
    }
    if example.contains("retracted") {
        does("undersigned vouch example-hill-forum --method phone --evidence 'x' --yes");
    }
    if example.contains("--add-signature") {
        let begin = match command {
            "recover" => "recover example-hill-forum --new-key new.pub --reason 'x'",
            "remove" => "remove example-hill-forum --reason 'x'",
            _ => "govern",
        };
        does(&format!("undersigned {begin} --yes"));
        ground.secret("home/.config/undersigned/key.pem", &Pen::new(102));
        if command == "govern" {
            ground.git(&["-C", "here", "checkout", "-q", "registry/registry.yaml"]);
        }
    }
    if example.contains("bob.sig") {
        let file = "here/example-hill-forum-remove.yaml";
        let text = ground.run(&[
            "-C",
            "here",
            "remove",
            "--add-signature",
            "example-hill-forum-remove.yaml",
            "--print",
        ]);
        assert!(ground.at(file).exists());
        ground.write("here/bob.sig", Pen::new(102).ssh(text.stdout.as_bytes()));
    }
}

/// The example, with what a person would answer.
fn answered(command: &str, example: &str) -> String {
    let consents = ["sign", "withdraw", "amend", "rotate", "attach"].contains(&command);
    let consents = consents || OF_MAINTAINERS.contains(&command);
    let asks = !example.contains("--dry-run") && !example.contains("--print");
    if consents && asks && !example.contains("--yes") {
        format!("{example} --yes")
    } else if command == "keygen" && !example.contains("pass") {
        format!("{example} --no-passphrase")
    } else if command == "serve" {
        // It shows the site until it is ended; of the ports any that is free will do here.
        let example = match example.contains("--port") {
            true => example.to_owned(),
            false => format!("{example} --port 0"),
        };
        format!(
            "{example} > ../shown & program=$!
             trap 'kill -9 $program 2> ../killed || true' EXIT
             until grep -q 'shows commit' ../shown; do kill -0 $program || exit 1; sleep 0.1; done; kill $program"
        )
    } else {
        example.to_owned()
    }
}

fn runs(command: &str, example: &str) {
    let ground = place(command, example);
    let script = answered(command, example);
    let script = match example.contains("/.ssh/") {
        false => script,
        // A key of OpenSSH, which an agent holds under the name of a FIDO key too.
        true => format!(
            "mkdir -p ~/.ssh && ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519 && cp ~/.ssh/id_ed25519.pub ~/.ssh/id_ed25519_sk.pub && \
             ssh-agent sh -c \"ssh-add -q ~/.ssh/id_ed25519 && {}\"",
            script.replace('"', "\\\"")
        ),
    };
    let (success, told) = ground.shell("here", &script);
    if command == "observe" && !example.contains("--dry-run") {
        // No test asks the network: whom it would ask for gives no domain.
        assert!(
            !success && told.contains("gives no domain"),
            "{example}\n{told}"
        );
        return;
    }
    assert!(success, "{example}\n{told}");
    // What a charter is to be is not in force before it is adopted.
    if command == "govern" && !ground.at("here/registry/charters").exists() {
        return;
    }
    if ground.at("here/registry").exists() {
        let found = ground.json(&["-C", "here", "verify"]);
        assert_eq!(found["findings"], serde_json::json!([]), "{example}");
    }
}

fn each(of_openssh: bool) -> usize {
    let ground = Ground::empty();
    let mut tried = 0;
    for command in COMMANDS {
        for example in examples(&ground, command) {
            if example.contains("/.ssh/") == of_openssh {
                runs(command, &example);
                tried += 1;
            }
        }
    }
    tried
}

#[test]
fn the_examples_work_as_they_stand() {
    let tried = each(false);
    assert!(tried > 50, "{tried}");
}

#[test]
#[ignore = "needs ssh-keygen and ssh-agent"]
fn the_examples_with_keys_of_openssh_work_as_they_stand() {
    assert_eq!(each(true), 3);
}
