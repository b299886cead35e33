//! A run that several share, and the merge: the same bytes as a single run in every form; reports that do not fit; false ones.

use crate::ground::{Ground, Ran, TEXT, here, listed, plain, rules};
use crate::outputs::satisfies;
use crate::pen::{Charter, Container, Desk, Making, Pen, USUAL, blob, listing};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const LETTER: &str = "example-letter";
const SECOND: &str = "Dear all,\n\nwe ask for peace now.\n";

/// Rules that a record breaks by itself; all others that are met here need more than one file.
const ALONE: [&str; 12] = [
    "attestation-unknown-maintainer",
    "id-mismatch",
    "key-not-in-force",
    "key-weak",
    "not-a-regular-file",
    "record-too-large",
    "schema-violation",
    "signature-does-not-hold",
    "signature-malformed",
    "statement-out-of-sequence",
    "threshold-not-reached",
    "user-presence-missing",
];

fn put(ground: &Ground, desk: &Desk) {
    let path = format!("registry/signatories/{}.yaml", desk.id);
    ground.write(&path, desk.record());
}

/// The desk of a number, which endorsed the current version with the pen of that number.
fn desk(number: u8, name: &str) -> Desk {
    let mut desk = Desk::new(&name.to_lowercase().replace(' ', "-"), name);
    if number.is_multiple_of(2) {
        desk.container = Container::Raw;
    }
    desk.endorse(LETTER, SECOND, &Pen::new(number));
    desk
}

/// A registry with everything that signatures, several records and listings can be.
fn rich() -> Ground {
    let (alice, bob, olga) = (Pen::new(101), Pen::new(102), Pen::new(103));
    let (a, b, o) = (("alice", &alice), ("bob", &bob), ("olga", &olga));
    let mut first = Charter::new(&[a, b]);
    first.threshold = 2;
    let charter = first.govern(&[a, b], |next| {
        next.observers.push(("olga", olga.clone()));
    });
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", charter.yaml());
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.letter(LETTER, &[TEXT, SECOND]);

    // Good ones, in each container and of each kind of key.
    for (number, name) in [(1, "Alpha Forum"), (2, "Beta Forum"), (3, "Gamma Forum")] {
        put(&ground, &desk(number, name));
    }
    let mut fido = Desk::new("fido-forum", "Fido Forum");
    fido.endorse(LETTER, SECOND, &Pen::fido(4));
    put(&ground, &fido);
    let mut rotated = desk(5, "Rotated Forum");
    rotated
        .rotate(&Pen::new(5), &Pen::new(6))
        .withdraw(LETTER, &Pen::new(6));
    put(&ground, &rotated);
    let mut vouched = desk(7, "Vouched Forum");
    vouched.vouch(a, "phone", &Pen::new(7));
    put(&ground, &vouched);
    let mut seen = Desk::new("seen-forum", "Seen Forum").with("domain", "seen.example");
    seen.endorse(LETTER, SECOND, &Pen::new(8))
        .observe(o, &Pen::new(8));
    put(&ground, &seen);
    let mut recovered = desk(9, "Recovered Forum");
    recovered.recover(&charter, &[a, b], &Pen::new(10));
    put(&ground, &recovered);
    let mut removed = desk(11, "Removed Forum");
    removed.remove(&charter, &[a, b]);
    put(&ground, &removed);

    // Signatures that do not hold, each in its own way; most of them are explained.
    let signed = |name: &str, change: &dyn Fn(&str, &Pen) -> String, number: u8| {
        let mut desk = desk(number, name);
        let text = desk.signed[0].0.clone();
        desk.signed[0].1 = change(&text, &Pen::new(number));
        put(&ground, &desk);
    };
    let other_purpose = Making {
        namespace: "file",
        ..USUAL
    };
    let windows = |text: &str, pen: &Pen| pen.ssh(text.replace('\n', "\r\n").as_bytes());
    signed("Windows Forum", &windows, 20);
    signed(
        "Purpose Forum",
        &|text, pen| pen.made(text.as_bytes(), &other_purpose),
        21,
    );
    signed(
        "Stolen Forum",
        &|text, _| Pen::new(1).ssh(text.as_bytes()),
        22,
    );
    signed("Other Forum", &|_, pen| pen.raw(b"another text\n"), 23);
    signed("Broken Forum", &|_, _| "ed25519:AAAA".to_owned(), 24);
    let mut untouched = Desk::new("untouched-forum", "Untouched Forum");
    untouched.endorse(LETTER, SECOND, &Pen::fido(25));
    let idle = Making { flags: 0, ..USUAL };
    untouched.signed[0].1 = Pen::fido(25).made(untouched.signed[0].0.as_bytes(), &idle);
    put(&ground, &untouched);
    let mut blank = Desk::new("blank-forum", "Blank Forum");
    let mut point = [0; 32];
    point[0] = 1;
    let line = format!(
        "ssh-ed25519 {}",
        crate::pen::base64(&blob("ssh-ed25519", &point, None))
    );
    let digest = crate::pen::digest(SECOND);
    let text = blank.draft_for(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest)],
        &line,
    );
    let cheque = [&point[..], &[0; 32]].concat();
    blank.put(
        text,
        format!("ed25519:{}", crate::pen::base64(&cheque)),
        None,
    );
    put(&ground, &blank);
    let mut alone = desk(26, "Alone Forum");
    let text = alone.draft(
        "rotate",
        &[("new-key", &Pen::new(27).line())],
        &Pen::new(26),
    );
    let new = Pen::new(27).ssh(text.as_bytes());
    alone.put(text, new.clone(), Some(new));
    put(&ground, &alone);

    let mut late = desk(37, "Late Forum");
    let text = late.signed[0].0.replace("sequence: 1", "sequence: 2");
    late.signed[0] = (text.clone(), Pen::new(37).ssh(text.as_bytes()), None);
    put(&ground, &late);

    // What maintainers sign, and does not hold.
    let mut few = desk(28, "Few Forum");
    few.recover(&charter, &[a], &Pen::new(29));
    put(&ground, &few);
    let mut forged = desk(30, "Forged Forum");
    forged.remove(&charter, &[a, ("bob", &alice)]);
    put(&ground, &forged);
    // The right keys, over another text.
    let wrong = b"another text\n";
    let mut mistaken = desk(39, "Mistaken Forum");
    mistaken.remove(&charter, &[a, b]);
    mistaken.joint[0].1[1].1 = bob.ssh(wrong);
    put(&ground, &mistaken);
    let mut counter = desk(40, "Counter Forum");
    counter.recover(&charter, &[a, b], &Pen::new(41));
    counter.signed[1].2 = Some(Pen::new(41).ssh(wrong));
    put(&ground, &counter);
    let mut misread = desk(42, "Misread Forum");
    misread.vouch(a, "phone", &Pen::new(42));
    misread.attested[0].2 = alice.ssh(wrong);
    put(&ground, &misread);
    let mut stranger = desk(31, "Stranger Forum");
    stranger.vouch(("alice", &Pen::new(66)), "phone", &Pen::new(31));
    put(&ground, &stranger);
    let mut unsigned = desk(32, "Unsigned Forum");
    let text = unsigned.attestation("vouch", a, ("phone", "a call"), &Pen::new(32));
    unsigned.attest(("alice", &Pen::new(66)), text, None);
    put(&ground, &unsigned);

    // What two records cannot both be: the first and the last in order of path, and neighbours.
    let mut twin = Desk::new("zeta-forum", "A1pha Forum");
    twin.endorse(LETTER, SECOND, &Pen::new(33));
    put(&ground, &twin);
    let mut reused = desk(3, "Reused Forum");
    reused.container = Container::Ssh;
    put(&ground, &reused);
    let mut domain = Desk::new("zz-domain", "Domain Club").with("domain", "seen.example");
    domain.endorse(LETTER, SECOND, &Pen::new(34));
    put(&ground, &domain);
    let mut keeper = Desk::new("keeper-club", "Keeper Club");
    keeper.endorse(LETTER, SECOND, &alice);
    put(&ground, &keeper);
    ground.write(
        "registry/signatories/be/beta-forum.yaml",
        desk(38, "Beta Forum").record(),
    );

    // Listings: in the text, contested, not in the text, and beside a signature.
    ground.record("example-peace-forum", "Example Peace Forum");
    ground.record("example-hill-forum", "Example Hill Forum");
    ground.write(
        "registry/signatories/hill-again.yaml",
        listed("hill-again", "Hill Again", "Example Hill Forum"),
    );
    ground.record("nowhere", "Nowhere Club");
    let mut both = Desk::new("forum", "Forum");
    both.listing = listing("Forum");
    both.endorse(LETTER, SECOND, &Pen::new(35));
    put(&ground, &both);

    // Files that are no good records.
    ground.write("registry/signatories/no-yaml.yaml", "id: 'unclosed\n");
    ground.write(
        "registry/signatories/misnamed.yaml",
        desk(36, "Misnomer Forum").record(),
    );
    ground.write("registry/signatories/lean.yaml", "id: lean\n");
    ground.write("registry/signatories/large.yaml", "#".repeat(300_000));
    ground.write("registry/signatories/Wrong.yaml", "id: wrong\n");
    std::os::unix::fs::symlink("lean.yaml", ground.at("registry/signatories/link.yaml")).unwrap();
    ground.write("schemas/letter.schema.json", "{}");
    ground.commit("everything");
    ground
}

/// Runs every shard of n; their files are `shard-1.json` and so on, in the folder `shards`.
fn shards(ground: &Ground, folder: &str, of: usize) -> Vec<Ran> {
    (1..=of)
        .map(|number| {
            let shard = format!("{number}/{of}");
            let file = format!("shards/{folder}{number}.json");
            let ran = ground.run(&[
                "verify", "--at", "HEAD", "--shard", &shard, "--output", &file,
            ]);
            assert!(ran.code < 2, "{shard}: {}", ran.stderr);
            ran
        })
        .collect()
}

fn names(folder: &str, of: usize) -> Vec<String> {
    let name = |number| format!("shards/{folder}{number}.json");
    (1..=of).map(name).collect()
}

/// Merges these files, with arguments as `verify` takes them.
fn merge(ground: &Ground, arguments: &[&str], files: &[String]) -> Ran {
    let mut all = vec!["merge"];
    all.extend(files.iter().map(String::as_str));
    if arguments.first() == Some(&LETTER) {
        all.push("--letter");
    }
    all.extend(arguments);
    ground.run(&all)
}

fn read(ground: &Ground, file: &str) -> Value {
    serde_json::from_str(&ground.read(file)).unwrap()
}

/// How many records all of these say hold.
fn held(ground: &Ground, files: &[String]) -> usize {
    let counts = files
        .iter()
        .map(|file| read(ground, file)["hold"].as_array().unwrap().len());
    counts.sum()
}

#[track_caller]
fn refused(ran: &Ran, what: &[&str]) {
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    for part in what {
        assert!(ran.stderr.contains(part), "{part}: {}", ran.stderr);
    }
}

/// What is asked of `verify` in these tests, in every form.
fn questions() -> Vec<Vec<&'static str>> {
    let forms = [
        "text", "json", "github", "gitlab", "sarif", "junit", "markdown",
    ];
    let mut all: Vec<Vec<&str>> = forms.iter().map(|form| vec!["--format", *form]).collect();
    for more in [
        vec!["--quiet"],
        vec!["--verbose"],
        vec!["--strict"],
        vec![LETTER, "--format", "json"],
        vec!["--color", "always"],
    ] {
        all.push(more);
    }
    all
}

#[track_caller]
fn is_the_same(ground: &Ground, of: usize) {
    let folder = format!("of-{of}-");
    shards(ground, &folder, of);
    let mut files = names(&folder, of);
    // In whatever order they come.
    files.reverse();
    let count = held(ground, &files);
    for question in questions() {
        let mut whole = vec!["verify", "--at", "HEAD"];
        whole.extend(&question);
        let whole = ground.run(&whole);
        let merged = merge(ground, &question, &files);
        assert_eq!(merged.stdout, whole.stdout, "{of} {question:?}");
        assert_eq!(merged.code, whole.code, "{of} {question:?}");
        assert_eq!(whole.stderr, "");
        for part in [
            format!("the signatures of {count} record"),
            format!("{of} partial report"),
        ] {
            assert!(merged.stderr.contains(&part), "{}", merged.stderr);
        }
    }
    let summary = ["--summary", "merged.md"];
    merge(ground, &summary, &files);
    ground.run(&["verify", "--at", "HEAD", "--summary", "whole.md"]);
    assert_eq!(ground.read("merged.md"), ground.read("whole.md"));
    ground.remove("merged.md");
    ground.remove("whole.md");
}

#[test]
fn what_is_merged_is_what_one_run_says_in_every_form() {
    let ground = rich();
    let answer = ground.json(&["verify", "--at", "HEAD"]);
    let met: BTreeSet<String> = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
    for rule in ALONE.iter().chain(&[
        "charter-inconsistent",
        "duplicate-domain",
        "duplicate-id",
        "key-reused",
        "listing-not-in-text",
        "look-alike-name",
        "path-not-allowed",
        "schema-copy-differs",
        "yaml-not-plain",
    ]) {
        assert!(met.contains(*rule), "{rule} is not met: {met:?}");
    }
    let told = ground.run(&["verify", "--at", "HEAD"]).stdout;
    for cause in [
        "over the text with CR LF line ends",
        "in the namespace `file`",
        "the new key of statement 2",
        "which is that of `bob`",
    ] {
        assert!(told.contains(cause), "{cause}: {told}");
    }
    for of in [1, 2, 3, 16] {
        is_the_same(&ground, of);
    }
}

/// Where nothing but records lies in their folder, `verify` reads them a part at a time.
#[test]
fn records_that_are_read_a_part_at_a_time_are_merged_too() {
    let ground = rich();
    for path in ["Wrong.yaml", "link.yaml", "be/beta-forum.yaml"] {
        ground.remove(&format!("registry/signatories/{path}"));
    }
    ground.commit("records alone");
    for of in [1, 3] {
        is_the_same(&ground, of);
    }
    let merged: Value = serde_json::from_str(&lie(&ground, "other-forum").stdout).unwrap();
    let standing = crate::ground::standing(&merged, "other-forum");
    assert_eq!(standing.unwrap(), "signed");
}

#[test]
fn there_may_be_more_shards_than_records() {
    let ground = Ground::with_signatories();
    put(&ground, &desk(1, "Alpha Forum"));
    ground.commit("four");
    is_the_same(&ground, 9);
    let counts: Vec<Value> = names("of-9-", 9)
        .iter()
        .map(|file| read(&ground, file)["records"].clone())
        .collect();
    assert_eq!(
        counts,
        [1, 1, 1, 1, 0, 0, 0, 0, 0].map(|count| json!(count))
    );
    let nobody = Ground::with_letter();
    nobody.commit("nobody");
    is_the_same(&nobody, 2);
}

#[test]
fn a_broken_charter_or_letter_changes_nothing_of_that() {
    let ground = rich();
    ground.edit("registry/registry.yaml", "title: 'Example letters'\n", "");
    ground.commit("a charter that cannot be read");
    is_the_same(&ground, 3);
    assert_eq!(
        read(&ground, "shards/of-3-1.json")["registry"]["origin"],
        Value::Null
    );
    let ground = rich();
    ground.write(&format!("registry/letters/{LETTER}/letter.yaml"), "id: x\n");
    ground.commit("a letter that cannot be read");
    is_the_same(&ground, 3);
}

#[test]
fn the_demonstration_is_merged_as_it_is_verified() {
    let ground = Ground::empty();
    assert_eq!(ground.run(&["demo", "lake"]).code, 0);
    let branches = ground.git(&[
        "-C",
        "lake",
        "for-each-ref",
        "--format=%(refname:short)",
        "refs/heads",
    ]);
    assert!(branches.lines().count() > 6, "{branches}");
    for branch in branches.lines() {
        let verify = ["-C", "lake", "verify", "--at", branch];
        let mut files = Vec::new();
        for shard in ["1/2", "2/2"] {
            let file = format!("../shard-{}.json", &shard[..1]);
            ground.run(&[&verify[..], &["--shard", shard, "--output", &file]].concat());
            files.push(file);
        }
        for form in ["json", "text"] {
            let form = ["--format", form];
            let whole = ground.run(&[&verify[..], &form].concat());
            let paths = files.iter().map(String::as_str);
            let merged = ["-C", "lake", "merge"].into_iter().chain(paths);
            let merged: Vec<&str> = merged.chain(["--at", branch]).chain(form).collect();
            let merged = ground.run(&merged);
            assert_eq!(
                (merged.code, merged.stdout),
                (whole.code, whole.stdout),
                "{branch}"
            );
        }
    }
}

#[test]
fn a_shard_tells_what_is_wrong_with_its_own_records() {
    let ground = rich();
    let whole = ground.json(&["verify", "--at", "HEAD"]);
    let of_whole = whole["findings"].as_array().unwrap();
    let records: Vec<String> = ground
        .git(&[
            "ls-tree",
            "-r",
            "--name-only",
            "HEAD",
            "registry/signatories",
        ])
        .lines()
        .filter(|path| !path.ends_with("Wrong.yaml"))
        .map(str::to_owned)
        .collect();
    for of in [1, 3] {
        let mut told = Vec::new();
        for number in 1..=of {
            let shard = format!("{number}/{of}");
            let file = format!("{number}.json");
            let arguments = [
                "verify", "--at", "HEAD", "--shard", &shard, "--output", &file,
            ];
            let ran = ground.run(&[&arguments[..], &["--format", "json"]].concat());
            let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
            satisfies("validation", &answer);
            satisfies("partial", &read(&ground, &file));
            let found = answer["findings"].as_array().unwrap();
            let wrong = found.iter().any(|one| one["severity"] == "error");
            assert_eq!(ran.code, i32::from(wrong));
            for finding in found {
                let path = finding["path"].as_str().unwrap();
                let at = records.iter().position(|record| record == path);
                assert_eq!(at.map(|at| at % of + 1), Some(number), "{path}");
                assert!(of_whole.contains(finding), "{finding:#}");
            }
            told.extend(found.iter().cloned());
            let text = ground.run(&arguments).stdout;
            let commit = ground.git(&["rev-parse", "HEAD"]);
            let first = format!(
                "shard {shard} of commit {commit}: {} records; of ",
                read(&ground, &file)["records"]
            );
            assert!(text.starts_with(&first), "{text}");
            for form in ["github", "sarif", "junit"] {
                let ran = ground.run(&[&arguments[..], &["--format", form]].concat());
                assert_eq!(ran.code, i32::from(wrong), "{form}");
            }
        }
        // What a record breaks by itself is told by some shard, and what takes two by none.
        for finding in of_whole {
            let alone = ALONE.contains(&finding["rule"].as_str().unwrap());
            let path = finding["path"].as_str().unwrap();
            if records.iter().any(|record| record == path) && alone {
                assert!(told.contains(finding), "{finding:#}");
            }
        }
        for rule in [
            "key-reused",
            "look-alike-name",
            "duplicate-domain",
            "listing-not-in-text",
            "charter-inconsistent",
            "path-not-allowed",
        ] {
            assert!(told.iter().all(|finding| finding["rule"] != rule), "{rule}");
        }
        assert!(told.len() > 15, "{}", told.len());
    }
}

#[test]
fn warnings_count_where_they_are_told_to() {
    let ground = Ground::with_letter();
    let mut other = Desk::new("forum", "Evil Forum");
    other.listing = listing("Forum");
    other.endorse(LETTER, TEXT, &Pen::new(1));
    put(&ground, &other);
    ground.commit("a warning");
    let arguments = [
        "verify", "--at", "HEAD", "--shard", "1/1", "--output", "one.json",
    ];
    assert_eq!(ground.run(&arguments).code, 0);
    assert_eq!(
        ground.run(&[&arguments[..], &["--strict"]].concat()).code,
        1
    );
    assert!(
        ground
            .run(&[&arguments[..], &["--quiet"]].concat())
            .stdout
            .starts_with("warning[")
    );
}

#[test]
fn a_partial_report_is_the_same_bytes_wherever_it_is_made() {
    let ground = rich();
    shards(&ground, "usual-", 2);
    for (threads, zone) in [("1", "Asia/Seoul"), ("7", "America/St_Johns")] {
        for number in ["1", "2"] {
            let file = format!("shards/{threads}-{number}.json");
            let shard = format!("{number}/2");
            ground.run_with(
                &[
                    "verify", "--at", "HEAD", "--shard", &shard, "--output", &file,
                ],
                &[
                    ("RAYON_NUM_THREADS", threads),
                    ("TZ", zone),
                    ("LANG", "ko_KR.UTF-8"),
                ],
            );
            assert_eq!(
                ground.read(&file),
                ground.read(&format!("shards/usual-{number}.json"))
            );
        }
    }
    // A tag, the commit's own id and a clone without a work tree name the same commit.
    let commit = ground.git(&["rev-parse", "HEAD"]);
    ground.git(&["tag", "-a", "v1", "-m", "x"]);
    ground.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    for (folder, revision) in [(".", "v1"), (".", &commit[..12]), ("bare.git", "HEAD")] {
        let file = ground.at("again.json");
        let ran = ground.run(&[
            "-C",
            folder,
            "verify",
            "--at",
            revision,
            "--shard",
            "2/2",
            "--output",
            file.to_str().unwrap(),
        ]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert_eq!(
            ground.read("again.json"),
            ground.read("shards/usual-2.json")
        );
    }
}

#[test]
fn what_holds_is_named_by_its_blob_and_nothing_else_is() {
    let ground = rich();
    shards(&ground, "", 2);
    let mut named = BTreeSet::new();
    for file in names("", 2) {
        for name in read(&ground, &file)["hold"].as_array().unwrap() {
            named.insert(name.as_str().unwrap().to_owned());
        }
    }
    let tree = ground.git(&["ls-tree", "-r", "HEAD", "registry/signatories"]);
    let holding: BTreeSet<&str> = tree
        .lines()
        .filter(|line| named.contains(line.split([' ', '\t']).nth(2).unwrap()))
        .map(|line| line.rsplit('/').next().unwrap().trim_end_matches(".yaml"))
        .collect();
    // Of a record that breaks another rule the signatures may hold all the same.
    assert_eq!(
        holding.into_iter().collect::<Vec<_>>(),
        [
            "alpha-forum",
            "beta-forum",
            "few-forum",
            "fido-forum",
            "forum",
            "gamma-forum",
            "keeper-club",
            "late-forum",
            "recovered-forum",
            "removed-forum",
            "reused-forum",
            "rotated-forum",
            "seen-forum",
            "stranger-forum",
            "vouched-forum",
            "zeta-forum",
            "zz-domain"
        ]
    );
}

#[test]
fn shards_that_cannot_be_are_refused() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    for (shard, why) in [
        ("0/3", "shards are counted from 1"),
        ("4/3", "there are not so many shards"),
        ("abc", "two whole numbers such as 3/16"),
        ("3", "two whole numbers such as 3/16"),
        ("1/0", "from 1 to 1000 shards"),
        ("1/1001", "from 1 to 1000 shards"),
        ("01/3", "two whole numbers such as 3/16"),
        ("-1/3", "two whole numbers such as 3/16"),
    ] {
        let shard_is = format!("--shard={shard}");
        let ran = ground.run(&["verify", "--at", "HEAD", &shard_is, "--output", "one.json"]);
        refused(&ran, &["--shard", why]);
    }
    for arguments in [
        &["verify", "--output", "one.json"][..],
        &["verify", "--at", "HEAD", LETTER, "--shard", "1/2"],
        &["verify", "--merge", "one.json"],
        &["merge"],
        &["merge", "--at", "HEAD"],
        &["merge", "--shard", "1/2", "one.json"],
    ] {
        refused(&ground.run(arguments), &["'--help'"]);
    }
    for place in [
        "registry/one.json",
        ".git/one.json",
        "registry/signatories/x.yaml",
        ".",
        "/",
    ] {
        let ran = ground.run(&[
            "verify", "--at", "HEAD", "--shard", "1/2", "--output", place,
        ]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{place}");
    }
    assert!(!ground.at("one.json").exists() && !ground.at("registry/one.json").exists());
    let folder = Ground::with_signatories();
    let ran = folder.run(&["verify", "--shard", "1/1", "--output", "one.json"]);
    refused(&ran, &["is not a Git repository"]);
    let empty = Ground::empty();
    empty.write("notes.md", "x");
    empty.commit("no registry");
    let ran = empty.run(&[
        "verify", "--at", "HEAD", "--shard", "1/1", "--output", "one.json",
    ]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
}

#[test]
fn reports_that_do_not_belong_together_are_refused() {
    let ground = rich();
    shards(&ground, "", 4);
    shards(&ground, "three-", 3);
    let files = names("", 4);
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut files = files.clone();
        change(&mut files);
        merge(&ground, &[], &files)
    };
    let commit = ground.git(&["rev-parse", "HEAD"]);
    refused(
        &with(&|files| drop(files.remove(1))),
        &["no partial report is of shard 2/4"],
    );
    refused(
        &with(&|files| drop(files.drain(1..3))),
        &["no partial report is of shards 2/4, 3/4"],
    );
    refused(
        &with(&|files| files.push(files[2].clone())),
        &["shards/3.json and shards/3.json are both of shard 3/4"],
    );
    refused(
        &with(&|files| files[1] = files[0].clone()),
        &["are both of shard 1/4"],
    );
    refused(
        &with(&|files| files[1] = "shards/three-2.json".to_owned()),
        &["shards/three-2.json is of a run in 3 shards, and shards/1.json of one in 4 shards"],
    );
    refused(
        &with(&|files| files[1] = "shards/nothing.json".to_owned()),
        &["shards/nothing.json"],
    );
    refused(
        &with(&|files| files[1] = "registry".to_owned()),
        &["registry is not a plain file"],
    );
    // Another commit is judged, or was.
    let foreign = Ground::with_signatories();
    let other = foreign.commit("elsewhere");
    shards(&foreign, "", 4);
    ground.write("shards/foreign.json", foreign.read("shards/2.json"));
    refused(
        &with(&|files| files[1] = "shards/foreign.json".to_owned()),
        &[
            &format!("shards/foreign.json is of the commit {other}, and shards/1.json of {commit}"),
            "Give the partial reports of one run",
        ],
    );
    for number in 1..=4 {
        let report = foreign.read(&format!("shards/{number}.json"));
        ground.write(&format!("shards/foreign-{number}.json"), report);
    }
    refused(
        &merge(&ground, &[], &names("foreign-", 4)),
        &[
            &format!("the revision `{other}` is not in this repository"),
            "The partial reports are of it",
        ],
    );
    ground.write("notes.md", "x");
    let next = ground.commit("a note");
    for revision in ["HEAD", &next] {
        refused(
            &merge(&ground, &["--at", revision], &files),
            &["shards/1.json is of the commit", &commit, &next],
        );
    }
    refused(
        &merge(&ground, &["--at", "v9"], &files),
        &["the revision `v9` is not in this repository"],
    );
    // What the reports name is judged, wherever HEAD is.
    let whole = ground.run(&["verify", "--at", &commit]);
    for arguments in [&[][..], &["--at", &commit], &["--at", "HEAD~1"]] {
        let old = merge(&ground, arguments, &files);
        assert_eq!(
            (old.code, &old.stdout),
            (1, &whole.stdout),
            "{}",
            old.stderr
        );
    }
    // A plain folder has no commit.
    let folder = Ground::with_signatories();
    folder.write("one.json", foreign.read("shards/1.json"));
    let ran = folder.run(&["merge", "one.json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
}

/// `verify --shard K/N --format json > FILE`, and the other ways to ask for a shard.
#[test]
fn a_shard_prints_what_it_would_write() {
    let ground = rich();
    shards(&ground, "", 3);
    let mut printed = Vec::new();
    for (file, number) in names("", 3).iter().zip(1..) {
        let shard = format!("{number}/3");
        let of = ["verify", "--shard", &shard];
        let as_json = [&of[..], &["--format", "json"]].concat();
        let ran = ground.run(&as_json);
        assert_eq!(ran.stdout, ground.read(file));
        satisfies("partial", &serde_json::from_str(&ran.stdout).unwrap());
        let told = ground.run(&[&as_json[..], &["--output", "again.json"]].concat());
        assert_eq!(ground.read("again.json"), ran.stdout);
        let told: Value = serde_json::from_str(&told.stdout).unwrap();
        let count = told["findings"].as_array().unwrap().len();
        assert_ne!(count, 0);
        let note = format!("note: {count} findings about these records");
        assert!(ran.stderr.starts_with(&note), "{}", ran.stderr);
        // The exit code and the summary are those of the findings.
        assert_eq!(ran.code, 1);
        ground.run(&[&as_json[..], &["--summary", "one.md"]].concat());
        let page = ground.run(&[&of[..], &["--format", "markdown"]].concat());
        assert_eq!(ground.read("one.md"), page.stdout);
        ground.remove("one.md");
        // In other forms standard output is the same with a file and without.
        for form in ["text", "github", "sarif"] {
            let asked = [&of[..], &["--format", form]].concat();
            let with = ground.run(&[&asked[..], &["--output", "again.json"]].concat());
            ground.remove("again.json");
            let without = ground.run(&asked);
            assert_eq!((without.code, without.stderr.as_str()), (1, ""), "{form}");
            assert_eq!(without.stdout, with.stdout, "{form}");
            assert!(!ground.at("again.json").exists());
        }
        printed.push((file.clone(), ran.stdout));
    }
    // Of HEAD, whatever lies in the work tree.
    ground.record("example-late-forum", "Example Late Forum");
    ground.edit("registry/registry.yaml", "title: 'Example letters'\n", "");
    for (file, before) in &printed {
        let number = file.trim_start_matches("shards/").trim_end_matches(".json");
        let shard = format!("{number}/3");
        let ran = ground.run(&["verify", "--shard", &shard, "--format", "json"]);
        assert_eq!(ran.stdout, *before);
    }
    // Where nothing is wrong nothing is noted.
    let quiet = Ground::with_signatories();
    quiet.commit("three");
    let ran = quiet.run(&["verify", "--shard", "1/1", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    quiet.write("one.json", ran.stdout);
    assert_eq!(quiet.run(&["merge", "one.json"]).code, 0);
}

#[test]
fn reports_that_were_changed_are_refused() {
    let ground = rich();
    shards(&ground, "", 2);
    let files = names("", 2);
    let good = ground.read(&files[0]);
    let whole = ground.run(&["verify", "--at", "HEAD"]).stdout;
    assert_eq!(merge(&ground, &[], &files).stdout, whole);
    let commit = ground.git(&["rev-parse", "HEAD"]);
    let first = read(&ground, &files[0])["hold"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let second = read(&ground, &files[0])["hold"][1]
        .as_str()
        .unwrap()
        .to_owned();
    let foreign = read(&ground, &files[1])["hold"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let broken = "is no whole partial report";
    let spelled = "it is not as the program writes it";
    let stray = "which is no record of its shard";
    let changes: Vec<(String, &str)> = vec![
        (String::new(), broken),
        (good[..good.len() / 2].to_owned(), broken),
        (good.trim_end().to_owned(), spelled),
        (good.clone() + "\n", spelled),
        (good.clone() + &good, broken),
        (good.replace("  \"schema\"", "   \"schema\""), spelled),
        ("{}\n".to_owned(), broken),
        ("[]\n".to_owned(), broken),
        (
            good.replace("partial/v1", "partial/v2"),
            "and not undersigned/partial/v1",
        ),
        (
            good.replace("partial/v1", "verification/v1"),
            "and not undersigned/partial/v1",
        ),
        (
            good.replace(
                &format!("\"program\": \"{}\"", env!("CARGO_PKG_VERSION")),
                "\"program\": \"0.0.9\"",
            ),
            "was made by version `0.0.9` of the program",
        ),
        (
            good.replace("letters.example/peace", "letters.example/war"),
            "another origin",
        ),
        (
            good.replace("\"letters.example/peace\"", "null"),
            "another origin",
        ),
        (
            good.replace(&commit, "HEAD"),
            "a commit otherwise than by 40 digits",
        ),
        (
            good.replace(&commit, &commit[..12]),
            "a commit otherwise than by 40 digits",
        ),
        (good.replace(&commit, &"0".repeat(40)), "is of the commit"),
        (
            good.replace("\"shard\": 1", "\"shard\": 0"),
            "shards are counted from 1",
        ),
        (
            good.replace("\"shard\": 1", "\"shard\": 3"),
            "there are not so many shards",
        ),
        (good.replace("\"shard\": 1", "\"shard\": -1"), broken),
        (good.replace("\"shard\": 1", "\"shard\": 1.0"), broken),
        (
            good.replace("\"shard\": 1", "\"shard\": 2"),
            "are both of shard 2/2",
        ),
        (
            good.replace("\"of\": 2", "\"of\": 1001"),
            "from 1 to 1000 shards",
        ),
        (
            good.replace("\"records\": ", "\"records\": 1"),
            "of this commit fall into shard 1/2",
        ),
        (
            good.replace("\"records\"", "\"more\": 1,\n  \"records\""),
            broken,
        ),
        (
            good.replace(&first, &first.to_uppercase()),
            "otherwise than by 40 digits",
        ),
        (
            good.replace(&first, &first[..39]),
            "otherwise than by 40 digits",
        ),
        (
            good.replace(&first, &format!("{first}0")),
            "otherwise than by 40 digits",
        ),
        (good.replace(&first, &second), spelled),
        (good.replace(&first, &"0".repeat(40)), stray),
        (good.replace(&first, &foreign), ""),
    ];
    for (change, why) in changes {
        assert_ne!(change, good, "{why}");
        ground.write(&files[0], &change);
        refused(
            &merge(&ground, &["--format", "json"], &files),
            &[&files[0], why],
        );
        ground.write(&files[0], &good);
    }
    // What only another shard's records are, in order.
    let mut moved = read(&ground, &files[0]);
    let mut names: BTreeSet<String> = moved["hold"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    names.insert(foreign);
    moved["hold"] = json!(names);
    ground.write(&files[0], ordered(&moved));
    refused(&merge(&ground, &[], &files), &[stray]);
    // Whatever is not said to hold is computed.
    let mut silent = read(&ground, &files[0]);
    silent["hold"] = json!([]);
    ground.write(&files[0], ordered(&silent));
    assert_eq!(merge(&ground, &[], &files).stdout, whole);
}

/// A partial report as the program writes it, for one that says something else.
fn ordered(value: &Value) -> String {
    let names: Vec<String> = value["hold"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| format!("\n    {name}"))
        .collect();
    let hold = match names.is_empty() {
        true => "[]".to_owned(),
        false => format!("[{}\n  ]", names.join(",")),
    };
    format!(
        "{{\n  \"schema\": {},\n  \"program\": {},\n  \"registry\": {{\n    \"origin\": {},\n    \"revision\": {}\n  }},\n  \"shard\": {},\n  \"of\": {},\n  \"records\": {},\n  \"hold\": {hold}\n}}\n",
        value["schema"],
        value["program"],
        value["registry"]["origin"],
        value["registry"]["revision"],
        value["shard"],
        value["of"],
        value["records"],
    )
}

/// The partial report of the only shard, which says of a record what is not so.
fn lie(ground: &Ground, id: &str) -> Ran {
    shards(ground, "lie-", 1);
    let mut report = read(ground, "shards/lie-1.json");
    let blob = ground.git(&["rev-parse", &format!("HEAD:registry/signatories/{id}.yaml")]);
    let mut names: BTreeSet<String> = report["hold"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    assert!(names.insert(blob), "{id}");
    report["hold"] = json!(names);
    ground.write("shards/lie-1.json", ordered(&report));
    merge(
        ground,
        &["--format", "json"],
        &["shards/lie-1.json".to_owned()],
    )
}

/// Why docs/formats/21-partial.md, step 19, says whom one trusts: nothing here is a fault of the merge.
#[test]
fn whoever_writes_a_false_partial_report_is_believed() {
    let ground = rich();
    let whole = ground.json(&["verify", "--at", "HEAD"]);
    let standing = |answer: &Value, id: &str| crate::ground::standing(answer, id).unwrap();
    for (id, before, after) in [
        ("other-forum", "refused", "signed"),
        ("mistaken-forum", "refused", "removed"),
        ("counter-forum", "refused", "signed"),
        ("misread-forum", "signed", "verified"),
    ] {
        assert_eq!(standing(&whole, id), before, "{id}");
        assert!(found(&whole, id).contains(&"signature-does-not-hold".to_owned()));
        let ran = lie(&ground, id);
        let merged: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(standing(&merged, id), after, "{id}");
        assert_eq!(found(&merged, id), [""; 0], "{id}");
        assert!(
            ran.stderr.contains("were not computed here"),
            "{}",
            ran.stderr
        );
    }
    // Nothing that is published, shown or reviewed asks such a report: no other command takes one.
    let shown = ground.run(&["show", "other-forum"]);
    assert!(shown.stdout.contains("does not hold"), "{}", shown.stdout);
    for command in [
        "compile",
        "show",
        "audit",
        "review",
        "validate",
        "statement",
    ] {
        for flag in ["--merge", "--shard"] {
            let ran = ground.run(&[command, flag, "shards/lie-1.json"]);
            assert_eq!(ran.code, 2, "{command}");
        }
    }
}

#[test]
fn a_false_partial_report_moves_the_arithmetic_alone() {
    let ground = rich();
    for (id, rules) in [
        // For another purpose, and by the key of another organization.
        ("purpose-forum", &["signature-does-not-hold"][..]),
        ("stolen-forum", &["signature-does-not-hold"]),
        // By the new key in both places; it states that itself.
        (
            "alone-forum",
            &["key-not-in-force", "signature-does-not-hold"],
        ),
        ("untouched-forum", &["user-presence-missing"]),
        // A maintainer signed in the place of another.
        (
            "forged-forum",
            &["threshold-not-reached", "signature-does-not-hold"],
        ),
        // By a key that the charter has under another name.
        ("unsigned-forum", &["signature-does-not-hold"]),
    ] {
        let whole = ground.json(&["verify", "--at", "HEAD"]);
        assert_eq!(found(&whole, id), rules, "{id}");
        let merged: Value = serde_json::from_str(&lie(&ground, id).stdout).unwrap();
        assert_eq!(merged, whole, "{id}");
    }
}

#[test]
fn the_signatures_of_a_charter_are_always_computed() {
    let ground = rich();
    let page = ground.read("registry/registry.yaml");
    let (before, after) = page.split_at(page.find("-----END SSH SIGNATURE-----").unwrap() - 40);
    let (digit, rest) = after.split_at(1);
    assert!(
        digit.chars().all(|digit| digit.is_ascii_alphanumeric()),
        "{digit}"
    );
    let other = if digit == "q" { "r" } else { "q" };
    ground.write("registry/registry.yaml", format!("{before}{other}{rest}"));
    ground.commit("signed otherwise");
    let answer = ground.json(&["verify", "--at", "HEAD"]);
    let of_charter = (
        "signature-does-not-hold".to_owned(),
        "registry/registry.yaml".to_owned(),
    );
    assert!(rules(&answer).contains(&of_charter), "{answer:#}");
    is_the_same(&ground, 2);
}

fn found(answer: &Value, id: &str) -> Vec<String> {
    let path = format!("registry/signatories/{id}.yaml");
    let all = rules(answer).into_iter();
    all.filter(|(_, at)| *at == path)
        .map(|(rule, _)| rule)
        .collect()
}

/// The fences of docs/ci.md in one language under a heading.
fn fences(heading: &str) -> Vec<Value> {
    let page = fs::read_to_string(here().join("docs/ci.md")).unwrap();
    let section = page.split(&format!("## {heading}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```yaml\n").skip(1);
    blocks
        .map(|block| serde_yaml::from_str(block.split("```").next().unwrap()).unwrap())
        .collect()
}

/// Where the program is found, before all others.
fn path() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_undersigned"))
        .parent()
        .unwrap();
    let others = std::env::var("PATH").unwrap();
    format!("{}:{others}", program.display())
}

/// A script of a job, as the page has it, with what the job is told.
fn job(folder: &Path, script: &str, said: &[(&str, &str)]) -> (i32, String) {
    let ran = plain("bash", folder)
        .env("PATH", path())
        .envs(said.iter().copied())
        .args(["-e", "-c", script])
        .output()
        .unwrap();
    let told = [ran.stdout, ran.stderr].concat();
    (
        ran.status.code().unwrap(),
        String::from_utf8_lossy(&told).into_owned(),
    )
}

#[test]
fn the_jobs_of_the_page_on_ci_share_a_run_as_they_stand() {
    let [github, gitlab] = &fences("Large registries")[..] else {
        panic!("two examples");
    };
    let ground = rich();
    let commit = ground.git(&["rev-parse", "HEAD"]);
    let whole = |form: &str| ground.run(&["verify", "--at", "HEAD", "--format", form]);
    // By hand, as the page begins.
    let page = fs::read_to_string(here().join("docs/ci.md")).unwrap();
    let by_hand = page.split("## Large registries\n").nth(1).unwrap();
    let by_hand = by_hand.split("```sh\n").nth(1).unwrap();
    let by_hand = by_hand.split("```").next().unwrap();
    assert_eq!(by_hand.lines().count(), 3);
    let ran = plain("bash", ground.path())
        .env("PATH", path())
        .args(["-c", by_hand])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), whole("text").stdout);
    assert_eq!(ran.status.code(), Some(1));
    for file in ["shard-1.json", "shard-2.json"] {
        ground.remove(file);
    }
    assert_eq!(crate::forges::faults(github, ""), Vec::<String>::new());
    let script = |job: &str, name: &str| {
        let steps = github["jobs"][job]["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["name"] == name).unwrap();
        step["run"].as_str().unwrap().to_owned()
    };
    let matrix = github["jobs"]["shard"]["strategy"]["matrix"]["shard"]
        .as_array()
        .unwrap();
    assert_eq!(matrix.len(), 16);
    let mut codes = BTreeSet::new();
    for number in matrix {
        let number = number.to_string();
        let said = [("SHARD", number.as_str()), ("GITHUB_SHA", &commit)];
        let (code, told) = job(ground.path(), &script("shard", "Verify a shard"), &said);
        assert!(code < 2, "{told}");
        codes.insert(code);
    }
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), [0, 1]);
    let said = [
        ("GITHUB_STEP_SUMMARY", "summary.md"),
        ("GITHUB_SHA", commit.as_str()),
    ];
    let (code, told) = job(ground.path(), &script("verify", "Merge the shards"), &said);
    assert_eq!(code, 1, "{told}");
    let note = told.find("note: ").unwrap();
    assert_eq!(told[..note], whole("github").stdout);
    assert_eq!(ground.read("summary.md"), whole("markdown").stdout);
    ground.remove("shard-7.json");
    let (code, told) = job(ground.path(), &script("verify", "Merge the shards"), &said);
    assert!(
        code == 2 && told.contains("no partial report is of shard 7/16"),
        "{told}"
    );

    let lines = |job: &str| gitlab[job]["script"][0].as_str().unwrap().to_owned();
    let count = gitlab["shard"]["parallel"].to_string();
    for number in 1..=16 {
        let number = number.to_string();
        let said = [
            ("CI_NODE_INDEX", number.as_str()),
            ("CI_NODE_TOTAL", &count),
            ("CI_COMMIT_SHA", &commit),
        ];
        let (code, told) = job(ground.path(), &lines("shard"), &said);
        assert!(code < 2, "{told}");
    }
    let (code, told) = job(
        ground.path(),
        &lines("verify"),
        &[("CI_COMMIT_SHA", &commit)],
    );
    assert_eq!(code, 1, "{told}");
    assert_eq!(
        ground.read("gl-code-quality-report.json"),
        whole("gitlab").stdout
    );
}
