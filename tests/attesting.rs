//! Maintainers and observers at work: `vouch` and `observe`, asked from servers on loopback.

use crate::ground::Ground;
use crate::nameserver;
use crate::outputs::satisfies;
use crate::pen::{Charter, Desk, Pen};
use crate::webserver::{self, Authority, Page};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;
use undersigned::cli::run::run_reaching;
use undersigned::observe::reach::Reach;

const RECORD: &str = "registry/signatories/example-lake-club.yaml";
const PATH: &str = "/.well-known/undersigned.txt";

/// A registry with two maintainers, an observer, and an organization with a domain that signed.
fn registry() -> (Ground, Desk, Charter) {
    let ground = Ground::with_letter();
    let (alice, bob) = (Pen::new(101), Pen::new(102));
    let mut charter = Charter::new(&[("alice", &alice), ("bob", &bob)]);
    charter.observers = vec![("olga", Pen::new(103))];
    charter.observations = 2;
    ground.write("registry/registry.yaml", charter.yaml());
    let mut desk =
        Desk::new("example-lake-club", "Example Lake Club").with("domain", "lake.example");
    desk.endorse("example-letter", crate::ground::TEXT, &Pen::new(1));
    ground.write(RECORD, desk.record());
    for (name, pen) in [
        ("alice", 101),
        ("bob", 102),
        ("olga", 103),
        ("own", 1),
        ("next", 2),
    ] {
        ground.secret(&format!("keys/{name}.pem"), &Pen::new(pen));
    }
    ground.write(".gitignore", "/keys/\n");
    ground.commit("a registry");
    (ground, desk, charter)
}

/// Runs the program in this process, with another reach.
fn run(ground: &Ground, reach: &Reach, arguments: &[&str]) -> String {
    let all = ["undersigned", "-C", ground.path().to_str().unwrap(), "-q"];
    let all = all.iter().chain(arguments).map(OsString::from);
    match run_reaching(all, reach) {
        code if code == ExitCode::SUCCESS => "0".to_owned(),
        code => format!("{code:?}"),
    }
}

/// A web server that has this file, and the reach to it.
fn published(body: &str) -> Reach {
    let authority = Authority::of("lake.example", 2090);
    let pages = BTreeMap::from([(PATH.to_owned(), Page::file(body))]);
    webserver::reach(&authority, webserver::serve(&authority, pages))
}

fn standing(ground: &Ground) -> String {
    ground.standing("example-lake-club").unwrap()
}

#[test]
fn a_key_that_two_have_seen_on_its_domain_is_bound() {
    let (ground, desk, _) = registry();
    let reach = published(&format!("# ours\r\n{}\n", desk.published(&Pen::new(1))));
    let olga = [
        "observe",
        "example-lake-club",
        "--key",
        "keys/olga.pem",
        "--yes",
        "--date",
        "2026-01-01",
    ];
    assert_eq!(run(&ground, &reach, &olga), "0");
    assert_eq!(standing(&ground), "signed");
    let before = ground.read(RECORD);
    assert!(before.starts_with(&desk.record()), "{before}");
    let alice = [
        "observe",
        "example-lake-club",
        "--key",
        "keys/alice.pem",
        "--yes",
        "--date",
        "2025-12-22",
    ];
    assert_eq!(run(&ground, &reach, &alice), "0");
    assert!(ground.read(RECORD).starts_with(&before));
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "verified".to_owned())
    );
    let shown = ground.run(&["show", "example-lake-club"]).stdout;
    assert!(
        shown.contains("domain lake.example, seen by 2 observers"),
        "{shown}"
    );
    ground.commit("seen");
    let reviewed = ground.json(&["review", "HEAD~1..HEAD"]);
    satisfies("review", &reviewed);
    assert_eq!(
        reviewed["findings"].as_array().unwrap().len(),
        0,
        "{reviewed:#}"
    );

    let audit = ground.run(&["audit"]).stdout;
    for part in [
        "- Example Lake Club (example-lake-club): the key was seen on lake.example over HTTPS, by Olga Example (olga), who claims 2026-01-01 (the day of the commit ",
        "by Alice Example (alice), who claims 2025-12-22 (10 days before the commit ",
        "cannot be proven to anybody who was not there",
    ] {
        assert!(audit.contains(part), "{part}: {audit}");
    }
    assert!(!audit.contains("Vouched for:"), "{audit}");
    let page = ground.run(&["audit", "--format", "markdown"]).stdout;
    assert!(
        page.contains("\\)\n\nSeen over HTTPS") || page.contains(")\n\nSeen over HTTPS"),
        "{page}"
    );

    // The same again by dns, from a zone that is signed; of each attester the newest counts.
    let line = desk.published(&Pen::new(1));
    let server = nameserver::serve(&[("_undersigned.lake.example.", &[&line])]);
    let reach = nameserver::reach(server.address, &server.anchor);
    let dns = [
        "observe",
        "example-lake-club",
        "--method",
        "dns",
        "--key",
        "keys/olga.pem",
        "--yes",
    ];
    assert_eq!(run(&ground, &reach, &dns), "0");
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "verified".to_owned())
    );
    assert!(ground.read(RECORD).contains("\n      method: dns\n"));
    // What is taken back counts no more, whatever is said of it.
    let back = [
        "observe",
        "example-lake-club",
        "--method",
        "retracted",
        "--key",
        "keys/olga.pem",
        "--yes",
    ];
    assert_eq!(ground.run(&back).code, 2);
    let why = [&back[..], &["--evidence", "the domain was sold"]].concat();
    let ran = ground.run(&why);
    assert_eq!(
        (ran.code, standing(&ground)),
        (0, "signed".to_owned()),
        "{}",
        ran.stderr
    );
    assert_eq!(
        ground.run(&why).code,
        2,
        "there is nothing more to take back"
    );
    assert_eq!(ground.found(), []);
}

#[test]
fn nothing_is_written_where_a_domain_does_not_name_the_key() {
    let (ground, desk, _) = registry();
    let observe = [
        "observe",
        "example-lake-club",
        "--key",
        "keys/alice.pem",
        "--yes",
    ];
    let line = desk.published(&Pen::new(1));
    for (body, code) in [
        (desk.published(&Pen::new(2)), 1),
        (line.replace("example-lake-club", "example-hill-forum"), 1),
        (line.replace("/peace", "/war"), 1),
        (String::new(), 1),
        (format!("{line}\n{}", "x".repeat(2048)), 1),
    ] {
        let told = run(&ground, &published(&body), &observe);
        assert_eq!(told, format!("{:?}", ExitCode::from(code)), "{body}");
        assert_eq!(ground.read(RECORD), desk.record());
    }
    let nowhere = webserver::reach(
        &Authority::of("lake.example", 2090),
        webserver::free_address(),
    );
    assert_eq!(
        run(&ground, &nowhere, &observe),
        format!("{:?}", ExitCode::from(2))
    );
    // Who keeps no key in the charter sees nothing that counts.
    let stranger = [
        "observe",
        "example-lake-club",
        "--key",
        "keys/own.pem",
        "--yes",
    ];
    assert_eq!(
        run(&ground, &published(&line), &stranger),
        format!("{:?}", ExitCode::from(2))
    );
    assert_eq!(ground.read(RECORD), desk.record());
}

#[test]
fn domains_are_asked_again_and_nothing_changes() {
    let (ground, desk, charter) = registry();
    let line = desk.published(&Pen::new(1));
    let reach = published(&line);
    let observe = ["observe", "--all", "--key", "keys/alice.pem", "--yes"];
    assert_eq!(run(&ground, &reach, &observe), "0");
    let written = ground.read(RECORD);
    assert!(written.contains("action: observe"));
    let again = ["observe", "--all", "--dry-run"];
    assert_eq!(run(&ground, &reach, &again), "0");
    let other = published(&format!("{line}\nmore"));
    assert_eq!(run(&ground, &other, &again), "0");
    let gone = published("nothing");
    assert_eq!(
        run(&ground, &gone, &again),
        format!("{:?}", ExitCode::from(1))
    );
    // Who was removed is asked nothing any more, and keeps nobody else from being asked.
    let mut gone =
        Desk::new("example-fog-circle", "Example Fog Circle").with("domain", "fog.example");
    gone.endorse("example-letter", crate::ground::TEXT, &Pen::new(9));
    gone.remove(&charter, &[("alice", &Pen::new(101))]);
    ground.write(
        "registry/signatories/example-fog-circle.yaml",
        gone.record(),
    );
    assert_eq!(ground.standing("example-fog-circle").unwrap(), "removed");
    assert_eq!(run(&ground, &reach, &again), "0");
    let nowhere = webserver::reach(
        &Authority::of("lake.example", 2090),
        webserver::free_address(),
    );
    assert_eq!(
        run(&ground, &nowhere, &again),
        format!("{:?}", ExitCode::from(2))
    );
    assert_eq!(ground.read(RECORD), written);
}

#[test]
fn a_maintainer_vouches_in_their_own_name_alone() {
    let (ground, desk, _) = registry();
    let vouch = |key: &str, method: &str| {
        ground.run(&[
            "vouch",
            "example-lake-club",
            "--method",
            method,
            "--evidence",
            "called the office",
            "--key",
            key,
            "--yes",
        ])
    };
    for (key, method, told) in [
        (
            "keys/olga.pem",
            "phone",
            "is an observer, and only maintainers do this",
        ),
        ("keys/own.pem", "phone", "is that of no maintainer"),
        ("keys/alice.pem", "https", "it is none of phone"),
        ("keys/alice.pem", "retracted", "nothing of this kind"),
    ] {
        let ran = vouch(key, method);
        assert!(ran.code == 2 && ran.stderr.contains(told), "{}", ran.stderr);
        assert_eq!(ground.read(RECORD), desk.record());
    }
    let ran = vouch("keys/alice.pem", "phone");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("declaration: "), "{}", ran.stdout);
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "verified".to_owned())
    );
    let shown = ground.run(&["show", "example-lake-club"]).stdout;
    assert!(
        shown.contains("vouched for by telephone by Alice Example"),
        "{shown}"
    );
    // A second time, and back.
    assert_eq!(vouch("keys/alice.pem", "in-person").code, 0);
    assert_eq!(standing(&ground), "verified");
    assert_eq!(vouch("keys/alice.pem", "retracted").code, 0);
    assert_eq!(
        (ground.found(), standing(&ground)),
        (vec![], "signed".to_owned())
    );
    // Whom the publisher named alone has no key to vouch for.
    ground.record("forum", "Forum");
    let ran = ground.run(&[
        "vouch",
        "forum",
        "--method",
        "phone",
        "--evidence",
        "x",
        "--key",
        "keys/bob.pem",
        "--yes",
    ]);
    assert!(ran.stderr.contains("has signed nothing"), "{}", ran.stderr);
}
