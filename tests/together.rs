//! Several maintainers at work: `recover`, `remove` and `govern`, one signature after another.

use crate::ground::{Ground, Ran, TEXT, rules};
use crate::pen::{Charter, Desk, Pen};
use std::fs;

const RECORD: &str = "registry/signatories/example-lake-club.yaml";
const CHARTER: &str = "registry/registry.yaml";

/// A registry whose three maintainers act by two, and an organization that signed; each with the key's file.
fn registry() -> (Ground, Desk, Charter) {
    let ground = Ground::with_letter();
    let pens = [Pen::new(101), Pen::new(102), Pen::new(103)];
    let mut charter = Charter::new(&[("alice", &pens[0]), ("bob", &pens[1]), ("carol", &pens[2])]);
    charter.threshold = 2;
    ground.write(CHARTER, charter.yaml());
    let mut desk = Desk::new("example-lake-club", "Example Lake Club");
    desk.endorse("example-letter", TEXT, &Pen::new(1));
    ground.write(RECORD, desk.record());
    for (name, pen) in [
        ("alice", 101),
        ("bob", 102),
        ("carol", 103),
        ("own", 1),
        ("next", 2),
        ("dora", 104),
    ] {
        ground.secret(&format!("keys/{name}.pem"), &Pen::new(pen));
    }
    ground.write("next.pub", format!("{} at the club\n", Pen::new(2).line()));
    ground.write(".gitignore", "/keys/\n/next.pub\n/*.yaml\n/*.sig\n");
    ground.commit("a registry");
    (ground, desk, charter)
}

#[track_caller]
fn does(ran: &Ran) {
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

#[track_caller]
fn refuses(ran: &Ran, told: &str) {
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert!(ran.code != 0 && all.contains(told), "{all}");
}

fn standing(ground: &Ground) -> String {
    ground.standing("example-lake-club").unwrap()
}

/// What a review finds in the last commit.
fn reviewed(ground: &Ground) -> Vec<String> {
    let answer = ground.json(&["review", "HEAD~1..HEAD"]);
    let found = rules(&answer).into_iter().map(|(rule, _)| rule);
    found.filter(|rule| rule != "dated-after-commit").collect()
}

#[test]
fn a_lost_key_is_recovered_by_two_and_the_new_key_itself() {
    let (ground, desk, _) = registry();
    let file = "example-lake-club-recover.yaml";
    let begin = [
        "recover",
        "example-lake-club",
        "--new-key",
        "next.pub",
        "--reason",
        "the laptop is gone",
        "--yes",
    ];
    let add = |key: &str| ground.run(&["recover", "--add-signature", file, "--key", key, "--yes"]);
    refuses(
        &ground.run(&[&begin[..], &["--key", "keys/own.pem"]].concat()),
        "is that of no maintainer",
    );
    let ran = ground.run(&[&begin[..], &["--key", "keys/alice.pem"]].concat());
    does(&ran);
    for part in [
        "reason: the laptop is gone",
        "waits for 1 more of 2 maintainers",
        "the signature of the new key",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    // A file that waits lies beside the registry, and nothing is in it yet.
    assert_eq!(ground.read(RECORD), desk.record());
    refuses(
        &ground.run(&[&begin[..], &["--key", "keys/bob.pem"]].concat()),
        "there is a file",
    );
    refuses(&add("keys/alice.pem"), "has signed this already");
    refuses(&add("keys/own.pem"), "is that of no maintainer");
    refuses(
        &ground.run(&[
            "remove",
            "--add-signature",
            file,
            "--key",
            "keys/bob.pem",
            "--yes",
        ]),
        "is `recover`, and not `remove`",
    );
    // The organization signs with its new key, as it comes by mail.
    does(&add("keys/next.pem"));
    assert_eq!(ground.read(RECORD), desk.record());
    // Whoever changes the file on its way is found out.
    let honest = ground.read(file);
    ground.write(file, honest.replace("laptop", "phone"));
    refuses(&add("keys/bob.pem"), "does not hold over this text");
    ground.write(file, honest.replace("\n", "\r\n"));
    let ran = add("keys/bob.pem");
    does(&ran);
    assert!(ran.stdout.contains("It is complete."), "{}", ran.stdout);
    assert!(ground.read(RECORD).starts_with(&desk.record()));
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "signed".to_owned())
    );
    ground.commit("recovered");
    assert_eq!(reviewed(&ground), [""; 0]);
    let shown = ground.run(&["show", "example-lake-club"]).stdout;
    assert!(shown.contains("recovered on"), "{shown}");
    // Now the new key speaks, and the old one does not.
    let withdraw = [
        "withdraw",
        "example-letter",
        "--signatory",
        "example-lake-club",
        "--yes",
        "--key",
    ];
    refuses(
        &ground.run(&[&withdraw[..], &["keys/own.pem"]].concat()),
        "is not the one in force",
    );
    does(&ground.run(&[&withdraw[..], &["keys/next.pem"]].concat()));
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "withdrawn".to_owned())
    );
}

#[test]
fn who_is_removed_stays_with_the_reason_and_the_names() {
    let (ground, desk, _) = registry();
    let file = "example-lake-club-remove.yaml";
    let begin = [
        "remove",
        "example-lake-club",
        "--reason",
        "nobody by that name exists",
        "--key",
        "keys/alice.pem",
        "--yes",
    ];
    does(&ground.run(&begin));
    // Elsewhere, without the program: the exact text is printed, and its signature taken in, whosever it is.
    let text = ground
        .run(&["remove", "--add-signature", file, "--print"])
        .stdout;
    assert!(
        text.starts_with("undersigned statement v1\naction: remove\n"),
        "{text}"
    );
    let take = |signature: &str| {
        ground.write("one.sig", signature);
        ground.run(&[
            "remove",
            "--add-signature",
            file,
            "--signature",
            "one.sig",
            "--yes",
        ])
    };
    refuses(
        &take(&Pen::new(9).ssh(text.as_bytes())),
        "by the key of no maintainer",
    );
    refuses(
        &take(&Pen::new(102).ssh(b"something else")),
        "by the key of no maintainer",
    );
    refuses(&take("no signature"), "in no form that is known");
    assert_eq!(ground.read(RECORD), desk.record());
    does(&take(&Pen::new(102).raw(text.as_bytes())));
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "removed".to_owned())
    );
    ground.commit("removed");
    assert_eq!(reviewed(&ground), [""; 0]);
    // It cannot be done twice, and nothing follows.
    refuses(&ground.run(&begin), "nothing follows that");
    refuses(
        &ground.run(&[
            "remove",
            "--add-signature",
            file,
            "--key",
            "keys/carol.pem",
            "--yes",
        ]),
        "nothing follows that",
    );
}

#[test]
fn a_statement_that_waits_too_long_does_not_enter() {
    let (ground, ..) = registry();
    let begin = [
        "remove",
        "example-lake-club",
        "--reason",
        "gone",
        "--key",
        "keys/alice.pem",
        "--yes",
    ];
    does(&ground.run(&begin));
    does(&ground.run(&[
        "withdraw",
        "example-letter",
        "--signatory",
        "example-lake-club",
        "--key",
        "keys/own.pem",
        "--yes",
    ]));
    let before = ground.read(RECORD);
    let add = [
        "remove",
        "--add-signature",
        "example-lake-club-remove.yaml",
        "--key",
        "keys/bob.pem",
        "--yes",
    ];
    refuses(
        &ground.run(&add),
        "has said more since the statement was begun",
    );
    assert_eq!(ground.read(RECORD), before);
    // Nobody is removed who has said nothing.
    ground.record("forum", "Forum");
    refuses(
        &ground.run(&[
            "remove",
            "forum",
            "--reason",
            "x",
            "--key",
            "keys/alice.pem",
            "--yes",
        ]),
        "has signed nothing",
    );
}

#[test]
fn where_pull_requests_are_opened_is_adopted_as_the_rest_of_the_charter() {
    let (ground, _, _) = registry();
    let place =
        "repository:\n  url: https://github.com/example/letters\n  forge: github\n  branch: main\n";
    let told = "repository from none to https://github.com/example/letters (github, branch main)";
    let before = ground.read(CHARTER);
    let begin = ["govern", "--key", "keys/alice.pem", "--yes"];
    // An address that is none on its forge is adopted by nobody.
    let wrong = place.replace("letters\n", "letters/tree/main\n");
    ground.edit(CHARTER, "maintainers:\n", &format!("{wrong}maintainers:\n"));
    refuses(&ground.run(&begin), "charter-inconsistent");
    ground.write(CHARTER, &before);
    ground.edit(CHARTER, "maintainers:\n", &format!("{place}maintainers:\n"));
    let edited = ground.read(CHARTER);
    let ran = ground.run(&begin);
    does(&ran);
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    ground.git(&["checkout", "-q", CHARTER]);
    // Another branch is another charter.
    let honest = ground.read("govern-1.yaml");
    let add = [
        "govern",
        "--add-signature",
        "govern-1.yaml",
        "--key",
        "keys/bob.pem",
        "--yes",
    ];
    ground.write(
        "govern-1.yaml",
        honest.replace("branch: main", "branch: next"),
    );
    refuses(&ground.run(&add), "adopts another charter");
    ground.write("govern-1.yaml", &honest);
    does(&ground.run(&add));
    assert!(ground.read(CHARTER).contains(place));
    assert_eq!(ground.found(), []);
    ground.commit("govern: 1");
    assert_eq!(reviewed(&ground), [""; 0]);
    let log = ground.run(&["log"]).stdout;
    assert!(log.contains(told), "{log}");
    // Without a statement it is no lawful change, and the finding stands where it changed.
    ground.edit(CHARTER, "branch: main", "branch: next");
    ground.commit("another branch");
    let found = reviewed(&ground);
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|rule| rule == "policy-changed-without-threshold")
    );
    let review = ground.run(&["review", "HEAD~1..HEAD"]).stdout;
    let line = edited.lines().position(|line| line.starts_with("  url:"));
    let at = format!("{CHARTER}:{}:3", line.unwrap() + 1);
    assert!(review.contains(&at), "{at}: {review}");
}

#[test]
fn a_charter_is_adopted_by_the_threshold_of_the_one_before() {
    let (ground, _, charter) = registry();
    let old = ground.read(CHARTER);
    refuses(
        &ground.run(&["govern", "--key", "keys/alice.pem", "--yes"]),
        "nothing to adopt",
    );
    let dora = format!(
        "  - id: dora\n    name: 'Dora Example'\n    key: {}\n",
        Pen::new(104).line()
    );
    ground.edit(
        CHARTER,
        "observers: []\n",
        &format!("observers:\n{dora}# Somebody who only looks.\n"),
    );
    ground.edit(CHARTER, "vouches: 1", "vouches: 2");
    let edited = ground.read(CHARTER);
    let ran = ground.run(&["govern", "--key", "keys/alice.pem", "--yes"]);
    does(&ran);
    for part in [
        "takes in observer Dora Example (dora)",
        "vouches from 1 to 2",
        "waits for 1 more of 2 maintainers",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    assert_eq!(ground.read(CHARTER), edited);
    // The next maintainer has a clean clone: all that is asked of them is in the file.
    ground.git(&["checkout", "-q", CHARTER]);
    let add = |key: &str| {
        ground.run(&[
            "govern",
            "--add-signature",
            "govern-1.yaml",
            "--key",
            key,
            "--yes",
        ])
    };
    refuses(&add("keys/dora.pem"), "is that of no maintainer");
    let honest = ground.read("govern-1.yaml");
    ground.write("govern-1.yaml", honest.replace("vouches: 2", "vouches: 0"));
    refuses(&add("keys/bob.pem"), "adopts another charter");
    // What is printed to be signed elsewhere is looked at in the same way.
    let print = ["govern", "--add-signature", "govern-1.yaml", "--print"];
    refuses(&ground.run(&print), "adopts another charter");
    ground.write("govern-1.yaml", &honest);
    let ran = ground.run(&print);
    does(&ran);
    assert!(
        ran.stdout
            .starts_with("undersigned statement v1\naction: govern\n"),
        "{}",
        ran.stdout
    );
    assert!(ran.stderr.contains("vouches from 1 to 2"), "{}", ran.stderr);
    ground.edit(CHARTER, "Example letters", "Other letters");
    refuses(&add("keys/bob.pem"), "was edited otherwise here");
    ground.git(&["checkout", "-q", CHARTER]);
    does(&add("keys/bob.pem"));
    assert_eq!(ground.read("registry/charters/1.yaml"), old);
    let new = ground.read(CHARTER);
    assert!(
        new.contains("# Somebody who only looks.") && new.contains("version: 2"),
        "{new}"
    );
    assert_eq!(ground.found(), []);
    ground.commit("govern: 1");
    assert_eq!(reviewed(&ground), [""; 0]);
    refuses(&add("keys/carol.pem"), "another charter was adopted since");

    // A second one, on top of it, by the same two.
    ground.edit(CHARTER, "threshold: 2", "threshold: 3");
    does(&ground.run(&["govern", "--key", "keys/carol.pem", "--yes"]));
    does(&ground.run(&[
        "govern",
        "--add-signature",
        "govern-2.yaml",
        "--key",
        "keys/alice.pem",
        "--yes",
    ]));
    assert_eq!(ground.found(), []);
    assert_eq!(ground.read("registry/charters/2.yaml"), new);
    ground.commit("govern: 2");
    assert_eq!(reviewed(&ground), [""; 0]);
    let audit = ground.run(&["audit"]);
    assert!(audit.stdout.contains("Nothing"), "{}", audit.stdout);
    // By whoever governs as pens do, it is the very same bytes.
    let mut other = charter.clone();
    other.vouches = 2;
    assert_ne!(other.yaml(), new);
    assert!(
        !fs::read_dir(ground.at("registry/charters"))
            .unwrap()
            .any(|one| { one.unwrap().file_name().to_string_lossy().starts_with('.') })
    );
}

#[test]
fn with_every_key_of_the_maintainers_nobody_speaks_for_an_organization() {
    let (ground, desk, _) = registry();
    for key in ["alice", "bob", "carol"] {
        let key = format!("keys/{key}.pem");
        let who = ["--signatory", "example-lake-club", "--key", &key, "--yes"];
        for command in [
            &["withdraw", "example-letter"][..],
            &["amend", "--name", "Other"],
            &["rotate", "--new-key", "keys/next.pem"],
        ] {
            refuses(
                &ground.run(&[command, &who].concat()),
                "is not the one in force",
            );
        }
        let new = [
            "--signatory",
            "example-sea-club",
            "--name",
            "Example Sea Club",
            "--key",
            &key,
            "--yes",
        ];
        refuses(
            &ground.run(&[&["sign", "example-letter"][..], &new].concat()),
            "who keeps the registry",
        );
    }
    // By hand: a withdrawal that all three signed, under `signatures` and under `signature`.
    let text = desk.draft("withdraw", &[("letter", "example-letter")], &Pen::new(1));
    let before = ground.read(RECORD);
    for number in [101, 102, 103] {
        let mut forged = desk.clone();
        forged.put(text.clone(), Pen::new(number).ssh(text.as_bytes()), None);
        ground.write(RECORD, forged.record());
        assert_eq!(standing(&ground), "refused");
        ground.commit(&format!("as {number}"));
        assert!(reviewed(&ground).contains(&"signature-does-not-hold".to_owned()));
        ground.write(RECORD, &before);
        ground.commit(&format!("not as {number}"));
    }
    // An endorsement that is gone, whoever commits that.
    ground.remove(RECORD);
    ground.commit("gone");
    assert!(reviewed(&ground).contains(&"record-vanished".to_owned()));
}

#[test]
fn what_contradicts_itself_or_could_never_enter_is_not_signed() {
    let (ground, _, charter) = registry();
    let yes = ["--key", "keys/alice.pem", "--yes"];
    let run = |arguments: &[&str]| ground.run(&[arguments, &yes].concat());
    // A charter that nobody could keep, and one that nobody could ever change again.
    let old = ground.read(CHARTER);
    let alice = Pen::new(101).line();
    let people = old
        .split("observers:")
        .next()
        .unwrap()
        .split("maintainers:")
        .nth(1)
        .unwrap();
    for (from, to, told) in [
        (
            "threshold: 2",
            "threshold: 4".to_owned(),
            "charter-inconsistent",
        ),
        (
            "observers: []",
            format!("observers:\n  - id: al\n    name: 'Al'\n    key: {alice}"),
            "charter-inconsistent",
        ),
        (
            "observers: []",
            format!(
                "observers:\n  - id: club\n    name: 'Club'\n    key: {}",
                Pen::new(1).line()
            ),
            "key",
        ),
        (people, " []\n".to_owned(), "has no maintainer"),
    ] {
        ground.edit(CHARTER, from, &to);
        refuses(&run(&["govern"]), told);
        assert!(!ground.at("govern-1.yaml").exists(), "{told}");
        ground.write(CHARTER, &old);
    }
    // What is asked of a statement that was begun is not asked of one that nobody began.
    for asked in [&["--print"][..], &["--signature", "next.pub"]] {
        let begin = [&["remove", "example-lake-club", "--reason", "x"], asked].concat();
        let ran = ground.run(&begin);
        refuses(&ran, "for a statement that was begun");
        assert!(!ground.at("example-lake-club-remove.yaml").exists());
    }
    // A key that is somebody's already, or that was lost once.
    let recover = |key: &str| {
        run(&[
            "recover",
            "example-lake-club",
            "--reason",
            "x",
            "--new-key",
            key,
        ])
    };
    refuses(&recover(&Pen::new(102).line()), "who keeps the registry");
    refuses(&recover(&Pen::new(1).line()), "is the one in force");
    does(&recover("next.pub"));
    let file = "example-lake-club-recover.yaml";
    let add = |key: &str| ground.run(&["recover", "--add-signature", file, "--key", key, "--yes"]);
    let honest = ground.read(file);
    // Somebody changes whose key it is to be, and takes the signature out.
    let stolen = honest.replace(&Pen::new(2).line(), &Pen::new(102).line());
    let stolen = stolen.split("signatures:").next().unwrap().to_owned();
    ground.write(file, stolen);
    refuses(&add("keys/carol.pem"), "who keeps the registry");
    ground.write(
        file,
        honest.replace("signatures:\n", &format!("signatures:\n{}", twice(&honest))),
    );
    refuses(&add("keys/bob.pem"), "stands twice among those who signed");
    ground.write(file, format!("{honest}charter: 'x'\n"));
    refuses(
        &add("keys/bob.pem"),
        "where, and only where, a charter is adopted",
    );
    ground.write(file, &honest);
    refuses(
        &ground.run(&[
            "recover",
            "--add-signature",
            file,
            "--key",
            "keys/bob.pem",
            "--yes",
            "--date",
            "2026-01-01",
        ]),
        "Leave out --date",
    );
    std::os::unix::fs::symlink(ground.at(file), ground.at("link.yaml")).unwrap();
    refuses(
        &ground.run(&[
            "recover",
            "--add-signature",
            "link.yaml",
            "--key",
            "keys/bob.pem",
            "--yes",
        ]),
        "is a symbolic link",
    );
    let ran = add("keys/bob.pem");
    does(&ran);
    let new = format!("new key  {}", Pen::new(2).fingerprint());
    assert!(
        ran.stdout.contains(&new)
            && ran
                .stdout
                .contains("not tied to the organization as the policy asks"),
        "{}",
        ran.stdout
    );
    does(&add("keys/next.pem"));
    assert_eq!(ground.found(), []);
    let ran = ground.run(&[
        "recover",
        "example-lake-club",
        "--reason",
        "x",
        "--new-key",
        &Pen::new(1).line(),
        "--key",
        "keys/carol.pem",
        "--yes",
        "-o",
        "again.yaml",
    ]);
    refuses(&ran, "was in force at statement 1, and was replaced");
    // Another charter is in force by the time that the next one signs.
    does(&run(&["remove", "example-lake-club", "--reason", "x"]));
    let next = charter.govern(
        &[("alice", &Pen::new(101)), ("bob", &Pen::new(102))],
        |charter| charter.vouches = 2,
    );
    ground.write("registry/charters/1.yaml", charter.yaml());
    ground.write(CHARTER, next.yaml());
    assert_eq!(ground.found(), []);
    let ran = ground.run(&[
        "remove",
        "--add-signature",
        "example-lake-club-remove.yaml",
        "--key",
        "keys/bob.pem",
        "--yes",
    ]);
    refuses(&ran, "another charter is in force");
}

/// The first signature of a file once more.
fn twice(file: &str) -> String {
    let rest = file.split("signatures:\n").nth(1).unwrap();
    rest.split("countersignature:").next().unwrap().to_owned()
}
