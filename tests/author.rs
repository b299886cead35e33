//! Signing, from an organization's side: what is written, what is refused before anything is signed, and what is left alone.

use crate::ground::{Ground, Ran, TEXT};
use crate::pen::{Desk, Pen, digest, listing};
use serde_json::Value;
use std::fs;
use undersigned::author::edit::Edit;
use undersigned::author::proposal::with_one_more;
use undersigned::base::country::Country;
use undersigned::base::date::Date;
use undersigned::base::host::Domain;
use undersigned::base::id::Id;
use undersigned::base::language::Language;
use undersigned::base::origin::Origin;
use undersigned::base::prose::Name;
use undersigned::base::website::Website;
use undersigned::cli::cabinet::Cabinet;
use undersigned::record::canonical::NewEntry;
use undersigned::record::reading;
use undersigned::record::schema::Schemas;
use undersigned::record::signatory::Signatory;
use undersigned::registry::home::Home;
use undersigned::signature::key::PublicKey;
use undersigned::statement::Statement;
use undersigned::statement::deed::{Act, Deed};
use undersigned::statement::profile::Profile;
use undersigned::statement::write::render;

const LETTER: &str = "example-letter";
pub const CLUB: &str = "registry/signatories/example-lake-club.yaml";

/// A registry with two versions of a letter, and a key without a passphrase beside it.
pub fn ground() -> Ground {
    let ground = Ground::with_letter();
    ground.letter(LETTER, &[TEXT, "Dear all,\n\nwe ask for peace now.\n"]);
    ground.commit("first");
    keygen(&ground, "../key.pem");
    ground
}

/// A key outside the repository.
pub fn keygen(ground: &Ground, name: &str) -> String {
    let file = key(ground, name);
    let ran = ground.run(&["keygen", &file, "--no-passphrase"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    file
}

/// Where a test's keys lie: beside the registry's folder, under a name of its own.
pub fn key(ground: &Ground, name: &str) -> String {
    let folder = ground.path().file_name().unwrap().to_str().unwrap();
    let name = name.trim_start_matches("../");
    let path = std::env::temp_dir().join(format!("undersigned-test-keys-{folder}"));
    path.join(name).to_str().unwrap().to_owned()
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Takes a test's keys away with it.
pub struct Keys(std::path::PathBuf);

pub fn keys(ground: &Ground) -> Keys {
    Keys(
        std::path::PathBuf::from(key(ground, "x"))
            .parent()
            .unwrap()
            .to_owned(),
    )
}

pub fn run(ground: &Ground, arguments: &[&str]) -> Ran {
    let file = key(ground, "key.pem");
    let mut all = arguments.to_vec();
    if !all.contains(&"--key") {
        all.extend(["--key", &file]);
    }
    all.extend(["--yes", "--date", "2026-11-23"]);
    ground.run(&all)
}

#[track_caller]
pub fn signs(ground: &Ground, arguments: &[&str]) -> String {
    let ran = run(ground, arguments);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    ran.stdout
}

#[track_caller]
fn fails(ground: &Ground, arguments: &[&str], code: i32, said: &str) {
    let before = ground.git(&["status", "--porcelain"]);
    let ran = run(ground, arguments);
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.code, code, "{all}");
    assert!(all.contains(said), "{said}: {all}");
    assert_eq!(
        ground.git(&["status", "--porcelain"]),
        before,
        "something was written"
    );
}

/// What signs for the club.
pub const OWN: [&str; 5] = [
    "sign",
    "--signatory",
    "example-lake-club",
    "--name",
    "Example Lake Club",
];

pub fn club(ground: &Ground, more: &[&str]) -> String {
    signs(ground, &[&OWN, more].concat())
}

#[test]
fn an_organization_signs_withdraws_amends_and_rotates() {
    let ground = ground();
    let _keys = keys(&ground);
    let told = club(
        &ground,
        &[
            "--name-for",
            "ko=예시 호수 클럽",
            "--country",
            "KR",
            "--authority",
            "the board",
        ],
    );
    assert!(
        told.contains("action: endorse\n") && told.contains("authority: the board\n"),
        "{told}"
    );
    assert!(
        told.contains("git add registry/signatories/example-lake-club.yaml && git commit"),
        "{told}"
    );
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
    signs(
        &ground,
        &[
            "withdraw",
            LETTER,
            "--signatory",
            "example-lake-club",
            "--reason",
            "why",
        ],
    );
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("withdrawn")
    );
    signs(
        &ground,
        &[
            "amend",
            "--signatory",
            "example-lake-club",
            "--domain",
            "lake.example",
            "--country",
            "",
            "--name",
            "Example Lakes Club",
        ],
    );
    let new = keygen(&ground, "new.pem");
    signs(
        &ground,
        &[
            "rotate",
            "--signatory",
            "example-lake-club",
            "--new-key",
            &new,
        ],
    );
    fails(
        &ground,
        &["sign", "--signatory", "example-lake-club"],
        2,
        "is not the one in force",
    );
    signs(
        &ground,
        &[
            "sign",
            "--signatory",
            "example-lake-club",
            "--key",
            &new,
            "--raw",
        ],
    );
    let answer = ground.verify();
    assert_eq!(answer["findings"], serde_json::json!([]));
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
    let record = ground.read(CLUB);
    assert!(record.starts_with("# yaml-language-server: $schema=../../schemas/signatory.schema.json\nid: example-lake-club\nname: 'Example Lakes Club'\nnames:\n  ko: '예시 호수 클럽'\ndomain: lake.example\nstatements:\n  - text: |\n"), "{record}");
    assert_eq!(record.matches("  - text: |").count(), 5);
    let shown = ground.json(&["show", "example-lake-club"]);
    let means: Vec<&Value> = shown["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["means"])
        .collect();
    assert_eq!(
        means,
        [
            "SSH signature",
            "SSH signature",
            "SSH signature",
            "SSH signature",
            "raw signature"
        ]
    );
}

#[test]
fn nothing_else_of_a_record_is_touched() {
    let ground = ground();
    let _keys = keys(&ground);
    let layouts = [
        // Comments everywhere, lists not indented, double quotes.
        "# about us\nid: forum # the id\nname: \"Forum\"\n\n# where\nlistings:\n- letter: example-letter\n  version: 1\n  as: # printed so\n  - Forum\n# the end\n",
        "id: forum\nname: 'Forum'\nlistings:\n    - letter: example-letter\n      version: 1\n      as:\n          - 'Forum'\nstatements: [] # none yet\n",
        "name: Forum\nstatements: []\nid: forum\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Forum'",
        "  id: forum\n  name: 'Forum'\n  listings:\n    - letter: example-letter\n      version: 1\n      as:\n        - 'Forum'\n",
    ];
    for layout in layouts {
        ground.write("registry/signatories/forum.yaml", layout);
        signs(&ground, &["sign", "--signatory", "forum"]);
        signs(&ground, &["withdraw", LETTER, "--signatory", "forum"]);
        signs(
            &ground,
            &["amend", "--signatory", "forum", "--country", "KR"],
        );
        let record = ground.read("registry/signatories/forum.yaml");
        assert_eq!(
            ground.standing("forum").as_deref(),
            Some("withdrawn"),
            "{record}"
        );
        assert_eq!(ground.found(), [], "{record}");
        let kept = layout.replace(" []", "");
        let mut rest = record.as_str();
        for line in kept.lines() {
            let at = rest
                .find(line)
                .unwrap_or_else(|| panic!("{line:?} is gone from\n{record}"));
            rest = &rest[at + line.len()..];
        }
    }
}

/// A statement that nobody signed: only where it goes is asked here.
fn unsigned(profile: &Profile, id: &Id) -> NewEntry {
    let statement = Statement {
        registry: Origin::parse("letters.example/peace").unwrap(),
        deed: Deed::Own {
            signatory: id.clone(),
            profile: profile.clone(),
            key: PublicKey::parse(&Pen::new(9).line()).unwrap(),
            act: Act::Amend { authority: None },
        },
        sequence: 1,
        previous: None,
        after: None,
        date: Date::parse("2026-11-23").unwrap(),
    };
    NewEntry::by_key(render(&statement), format!("ed25519:{}==", "A".repeat(86)))
}

#[test]
fn every_good_record_can_be_added_to_and_loses_nothing() {
    let schemas = Schemas::load().unwrap();
    let name = |text: &str| Name::parse(text).unwrap();
    let tag = |text: &str| Language::parse(text).unwrap();
    let cases = crate::ground::files(&crate::ground::here().join("tests/records/good/signatory"));
    let cases = cases
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let mut added = 0;
    for path in cases {
        let text = fs::read_to_string(path).unwrap();
        let read = reading::read::<Signatory>(&schemas.signatory, "x.yaml", text.as_bytes());
        let signatory = read.value.unwrap();
        let same = signatory.profile();
        let mut bare = same.clone();
        bare.names.clear();
        (bare.country, bare.website, bare.domain) = (None, None, None);
        let mut other = same.clone();
        other.name = name("It's # another");
        other.names.remove(&tag("ko"));
        other.names.insert(tag("no"), name("Et annet"));
        other.names.insert(tag("de"), name("Ein anderes"));
        for value in other.names.values_mut() {
            *value = name(&format!("{value} 2"));
        }
        other.country = Some(Country::parse("NO").unwrap());
        other.website = Some(Website::parse("https://other.example/").unwrap());
        other.domain = Some(Domain::parse("other.example").unwrap());
        for profile in [same, bare, other] {
            let entry = unsigned(&profile, &signatory.id);
            let after = with_one_more(&schemas, "x.yaml", &text, &profile, &entry);
            let after = after.unwrap_or_else(|| panic!("{}: {profile:?}", path.display()));
            // Where a layout has comments, each is still there.
            let mut rest = after.as_str();
            for line in text.lines().filter(|line| !line.contains('\'')) {
                if let Some(at) = line.find(" #") {
                    let comment = &line[at + 1..];
                    let found = rest.find(comment);
                    let at = found.unwrap_or_else(|| panic!("{comment} is gone from\n{after}"));
                    rest = &rest[at + comment.len()..];
                }
            }
            added += 1;
        }
    }
    assert!(added > 100, "{added}");
    // A line feed behind the end of the file would become a part of this block.
    let block = "id: forum\nname: 'Forum'\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Forum'\n    retracted: |\n      why";
    let read = reading::read::<Signatory>(&schemas.signatory, "x.yaml", block.as_bytes());
    let signatory = read.value.unwrap();
    let profile = signatory.profile();
    let entry = unsigned(&profile, &signatory.id);
    assert_eq!(
        with_one_more(&schemas, "x.yaml", block, &profile, &entry),
        None
    );
}

#[test]
fn an_amendment_changes_the_values_and_no_comment() {
    let ground = ground();
    let _keys = keys(&ground);
    let layout = "id: forum # the id\nname: Forum # as printed\nnames: # in other languages\n  # the first\n  de: 'Forum' # German\n  ko: '포럼' # Korean\n  # no more\ncountry: # where\n  # still there\n  'KR' # since 2001\nlistings:\n  -\n    letter: example-letter\n    version: 1\n    as:\n      - 'Forum'\nstatements:\n  [] # none\n# the end\n";
    ground.write("registry/signatories/forum.yaml", layout);
    signs(&ground, &["sign", "--signatory", "forum"]);
    let told = signs(
        &ground,
        &[
            "amend",
            "--signatory",
            "forum",
            "--country",
            "",
            "--name-for",
            "ko=",
            "--name-for",
            "de=Ein Forum",
            "--name-for",
            "el=Φόρουμ",
        ],
    );
    for change in [
        "changes  name in de: from \"Forum\" to \"Ein Forum\"\n",
        "changes  name in el: from nothing to \"Φόρουμ\"\n",
        "changes  name in ko: from \"포럼\" to nothing\n",
        "changes  country: from \"KR\" to nothing\n",
    ] {
        assert!(told.contains(change), "{change}: {told}");
    }
    let record = ground.read("registry/signatories/forum.yaml");
    let head = "id: forum # the id\nname: Forum # as printed\nnames: # in other languages\n  # the first\n  de: 'Ein Forum' # German\n  el: 'Φόρουμ'\n  # Korean\n  # no more\n# where\n# still there\n# since 2001\nlistings:\n";
    assert!(record.starts_with(head), "{record}");
    assert!(
        record.contains("statements:\n  # none\n  - text: |\n"),
        "{record}"
    );
    assert!(record.ends_with("# the end\n"), "{record}");
    assert_eq!(ground.found(), []);
}

#[test]
fn what_the_registry_would_refuse_is_refused_before_it_is_signed() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &["--domain", "lake.example"]);
    ground.git(&["add", "-A"]);
    ground.git(&["commit", "-q", "-m", "club"]);
    let other = keygen(&ground, "other.pem");
    let sign = ["sign", "--signatory"];
    let with = |more: &[&'static str]| [&sign[..], more].concat();
    fails(&ground, &with(&["Bad--Id", "--name", "X"]), 2, "is no id");
    fails(
        &ground,
        &with(&["example-new", "--name", "X Club"]),
        2,
        "signs for `example-lake-club` already",
    );
    let by_other = |more: &[&'static str]| -> Vec<String> {
        let mut all: Vec<String> = with(more).iter().map(|one| (*one).to_owned()).collect();
        all.extend(["--key".to_owned(), other.clone()]);
        all
    };
    let refused = |more: &[&'static str], code: i32, said: &str| {
        let all = by_other(more);
        fails(
            &ground,
            &all.iter().map(String::as_str).collect::<Vec<_>>(),
            code,
            said,
        );
    };
    refused(
        &["example-new", "--name", "Examp1e Lake Club"],
        1,
        "look-alike-name",
    );
    refused(
        &[
            "example-new",
            "--name",
            "New Club",
            "--domain",
            "lake.example",
        ],
        1,
        "duplicate-domain",
    );
    refused(
        &["example-new", "--name", "New Club", "--country", "XX"],
        2,
        "not a code of ISO 3166-1",
    );
    refused(
        &["example-new", "--name", "New\u{202e}Club"],
        2,
        "no statement",
    );
    refused(&["example-new"], 2, "--name");
    refused(&["example-lake-club"], 2, "is not the one in force");
    refused(
        &["example-new", "--name", "New Club", "--texts", "ko"],
        2,
        "has no text in `ko`",
    );
    fails(
        &ground,
        &[
            "sign",
            "nothing",
            "--signatory",
            "example-new",
            "--name",
            "X",
        ],
        2,
        "there is no letter `nothing`",
    );
    fails(
        &ground,
        &[
            "sign",
            "--signatory",
            "example-lake-club",
            "--name",
            "Other",
        ],
        2,
        "undersigned amend",
    );
    fails(
        &ground,
        &["amend", "--signatory", "example-lake-club"],
        2,
        "nothing would change",
    );
    fails(
        &ground,
        &["amend", "--signatory", "example-new", "--name", "X"],
        2,
        "has signed nothing",
    );
    let key = key(&ground, "key.pem");
    fails(
        &ground,
        &[
            "rotate",
            "--signatory",
            "example-lake-club",
            "--new-key",
            &key,
        ],
        2,
        "is the one in force",
    );
    // It says which flag accepts it, and one name that two have is told once, as what it is.
    refused(
        &["example-new", "--name", "Examp1e Lake Club"],
        1,
        "say so with --accept-look-alike",
    );
    let same = by_other(&["example-new", "--name", "Example Lake Club"]);
    let ran = run(
        &ground,
        &same.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let told = "`Example Lake Club` is also a name of `example-lake-club`";
    assert_eq!(ran.stdout.matches(told).count(), 1, "{}", ran.stdout);
    assert_eq!(
        ran.stdout.matches("look-alike-name").count(),
        1,
        "{}",
        ran.stdout
    );
    assert!(!ran.stderr.contains("would refuse"), "{}", ran.stderr);
    // A look-alike that is none may be accepted.
    let mut all = by_other(&["example-new", "--name", "Examp1e Lake Club"]);
    all.push("--accept-look-alike".to_owned());
    signs(&ground, &all.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn what_is_endorsed_already_is_not_signed_again() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &["--authority", "the board"]);
    let sign = ["sign", "--signatory", "example-lake-club"];
    let already = "endorses exactly these texts of example-letter already, by statement 1";
    fails(&ground, &sign, 2, already);
    fails(
        &ground,
        &[&sign[..], &["--authority", "the board"]].concat(),
        2,
        already,
    );
    let line = fs::read_to_string(ground.at(CLUB)).unwrap();
    let key = line
        .lines()
        .find_map(|line| line.trim().strip_prefix("key: "));
    let draft = [
        "statement",
        "endorse",
        LETTER,
        "--signatory",
        "example-lake-club",
        "--key",
    ];
    let ran = ground.run(&[&draft[..], &[key.unwrap()]].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(already), "{}", ran.stderr);
    // Somebody else decided: that is news.
    signs(
        &ground,
        &[&sign[..], &["--authority", "the assembly"]].concat(),
    );
    signs(
        &ground,
        &["withdraw", LETTER, "--signatory", "example-lake-club"],
    );
    ground.letter(
        LETTER,
        &[
            TEXT,
            "Dear all,\n\nwe ask for peace now.\n",
            "Dear all,\n\nwe ask for peace at once.\n",
        ],
    );
    let told = signs(&ground, &sign);
    assert!(
        told.contains("before   example-lake-club endorsed version 2, and withdrew after that\n"),
        "{told}"
    );
    assert!(
        told.contains("at once") && told.contains("now"),
        "the difference is shown: {told}"
    );
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
}

#[test]
fn no_flag_is_taken_and_forgotten() {
    let ground = ground();
    let _keys = keys(&ground);
    let json = ["--format", "json"];
    fails(
        &ground,
        &[&OWN[..], &json].concat(),
        2,
        "answers in words, and not as JSON",
    );
    for arguments in [
        &["attach", "x.yaml"][..],
        &["letter", "add", "x.txt"],
        &["keygen", "x.pem", "--no-passphrase"],
        &["demo", "x"],
        &["man"],
    ] {
        let ran = ground.run(&[arguments, &json].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("not as JSON"), "{}", ran.stderr);
    }
    let draft = [
        "statement",
        "endorse",
        LETTER,
        "--signatory",
        "example-lake-club",
        "--key",
        "x",
    ];
    let ran = ground.run(&[&draft[..], &json].concat());
    assert!(
        ran.code == 2 && ran.stderr.contains("byte for byte"),
        "{}",
        ran.stderr
    );
    for (arguments, flag) in [
        (&[&draft[..], &["--yes"]].concat()[..], "--yes"),
        (&["attach", "x.yaml", "--date", "2026-11-23"], "--date"),
        (
            &[
                "rotate",
                "--signatory",
                "x",
                "--new-key",
                "y",
                "--accept-look-alike",
            ],
            "--accept-look-alike",
        ),
    ] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stderr
                .contains(&format!("unexpected argument '{flag}'")),
            "{}",
            ran.stderr
        );
    }
    ground.write("pass.txt", "a passphrase\n");
    for arguments in [
        &["verify"][..],
        &["init", "x", "--letter", "x.txt"],
        &["explain"],
        &["completions", "bash"],
        &["man"],
    ] {
        let ran = ground.run(&[arguments, &["--passphrase-file", "pass.txt"]].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(
            ran.stderr.contains("opens no private key"),
            "{}",
            ran.stderr
        );
    }
    let unread = run(
        &ground,
        &[&OWN[..], &["--passphrase-file", "pass.txt"]].concat(),
    );
    assert_eq!(unread.code, 0, "{}", unread.stderr);
    assert!(
        unread.stderr.contains("needs no passphrase"),
        "{}",
        unread.stderr
    );
    ground.remove(CLUB);
    assert_eq!(club(&ground, &["-q"]), format!("wrote    {CLUB}\n"));
}

#[test]
fn an_organization_without_a_record_withdraws_by_flags_alone() {
    let ground = ground();
    let _keys = keys(&ground);
    let withdraw = ["withdraw", LETTER, "--signatory", "example-lake-club"];
    fails(&ground, &withdraw, 2, "--name");
    signs(
        &ground,
        &[&withdraw[..], &["--name", "Example Lake Club"]].concat(),
    );
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("withdrawn")
    );
    let again = [
        "amend",
        "--signatory",
        "example-lake-club",
        "--name",
        "Lake",
    ];
    signs(&ground, &again);
    fails(
        &ground,
        &[
            "withdraw",
            LETTER,
            "--signatory",
            "example-lake-club",
            "--name",
            "Club",
        ],
        2,
        "a withdrawal changes no details",
    );
}

#[test]
fn a_statement_without_its_files_is_told_how_it_is_taken_in() {
    let ground = ground();
    let ran = ground.run(&["attach", "example-lake-club"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--signature FILE"), "{}", ran.stderr);
}

#[test]
fn nothing_is_put_among_the_files_of_a_registry_or_of_git() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    fs::create_dir(ground.at("other")).unwrap();
    std::os::unix::fs::symlink(ground.at("registry"), ground.at("other/link")).unwrap();
    for folder in [
        "registry",
        "registry/signatories/out",
        "new/../registry/out",
        "other/link/out",
        ".git",
        ".git/hooks",
        "other/../.git/out",
    ] {
        for command in [&["statement", "--of", "example-lake-club"][..], &["man"]] {
            let before = crate::ground::files(&ground.at("registry"));
            let ran = ground.run(&[command, &["--output", folder]].concat());
            assert_eq!(ran.code, 2, "{command:?} {folder}: {}", ran.stdout);
            assert!(
                ran.stderr.contains("lies in registry/ or .git"),
                "{}",
                ran.stderr
            );
            assert_eq!(crate::ground::files(&ground.at("registry")), before);
        }
    }
    assert_eq!(ground.run(&["man", "--output", "other/man"]).code, 0);
}

#[test]
fn nobody_is_asked_where_nobody_sits() {
    let ground = ground();
    let _keys = keys(&ground);
    let file = key(&ground, "key.pem");
    let ran = ground.run(&[&OWN[..], &["--key", &file]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("action: endorse") && ran.stderr.contains("Answer it with --yes."),
        "{}",
        ran.stderr
    );
    assert!(!ground.at(CLUB).exists());
    let ran = ground.run(&["keygen", &key(&ground, "locked.pem")]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--passphrase-file"), "{}", ran.stderr);
}

#[test]
fn a_key_is_kept_from_others_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt as _;
    let ground = ground();
    let _keys = keys(&ground);
    let file = key(&ground, "key.pem");
    let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    let before = fs::read(&file).unwrap();
    let ran = ground.run(&["keygen", &file, "--no-passphrase"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is there already"), "{}", ran.stderr);
    assert_eq!(fs::read(&file).unwrap(), before);
    let ran = ground.run(&["keygen", "inside.pem", "--no-passphrase"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("lies in the repository of a registry"),
        "{}",
        ran.stderr
    );
    ground.commit("all");
    ground.git(&["clone", "-q", "--bare", ".", "bare.git"]);
    for place in ["bare.git/key.pem", "bare.git/refs/key.pem"] {
        let ran = ground.run(&["keygen", place, "--no-passphrase"]);
        assert_eq!((ran.code, ground.at(place).exists()), (2, false), "{place}");
    }
    let home = [("XDG_CONFIG_HOME", "here"), ("HOME", "there")];
    let ran = ground.run_with(&["keygen", "--no-passphrase", "--force"], &home);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(!ground.at("here").exists() && !ground.at("there").exists());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    fails(
        &ground,
        &["sign", "--signatory", "example-lake-club", "--name", "X"],
        2,
        "chmod 600",
    );
}

#[test]
fn an_encrypted_key_opens_with_its_passphrase_alone() {
    let ground = ground();
    let _keys = keys(&ground);
    let (file, right, wrong) = (
        key(&ground, "locked.pem"),
        key(&ground, "right"),
        key(&ground, "wrong"),
    );
    fs::write(&right, "correct horse\nsecond line\n").unwrap();
    fs::write(&wrong, "battery staple\n").unwrap();
    let ran = ground.run(&["keygen", &file, "--passphrase-file", &right]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let pem = fs::read_to_string(&file).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    let own = [&OWN[..], &["--key", &file, "--passphrase-file"]].concat();
    fails(
        &ground,
        &[&own[..], &[&wrong]].concat(),
        2,
        "locked.pem\nhelp: Give the passphrase that the key was made with.",
    );
    signs(&ground, &[&own[..], &[&right]].concat());
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
}

#[test]
fn a_statement_signed_elsewhere_is_taken_in() {
    let ground = ground();
    let _keys = keys(&ground);
    let pen = Pen::new(9);
    let line = pen.line();
    let draft = [
        "statement",
        "endorse",
        LETTER,
        "--signatory",
        "example-lake-club",
        "--name",
        "Example Lake Club",
        "--date",
        "2026-11-23",
        "--key",
        &line,
    ];
    let drafted = ground.run(&draft);
    assert_eq!(drafted.code, 0, "{}", drafted.stderr);
    let desk = Desk::new("example-lake-club", "Example Lake Club");
    let second = "Dear all,\n\nwe ask for peace now.\n";
    let expected = desk.draft(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(second))],
        &pen,
    );
    assert_eq!(drafted.stdout, expected, "exactly the bytes to sign");
    let attach = |statement: &[u8], signature: &[u8]| {
        ground.write("mail/statement.txt", statement);
        ground.write("mail/signature", signature);
        ground.run(&[
            "attach",
            "example-lake-club",
            "--statement",
            "mail/statement.txt",
            "--signature",
            "mail/signature",
            "--yes",
        ])
    };
    let raw = crate::pen::unbase64(pen.raw(expected.as_bytes()).trim_start_matches("ed25519:"));
    let crlf = expected.replace('\n', "\r\n");
    for (statement, signature, code, said) in [
        (
            crlf.as_bytes(),
            &raw[..],
            2,
            "A program has changed its line ends",
        ),
        (
            expected.as_bytes(),
            &b"no signature"[..],
            2,
            "in no form that is known",
        ),
        (
            expected.as_bytes(),
            format!("{} # see evil", pen.raw(expected.as_bytes())).as_bytes(),
            2,
            "the raw signature is not `ed25519:` and 88 characters of base64",
        ),
        (
            expected.as_bytes(),
            &pen.ssh(b"x").into_bytes(),
            1,
            "signature-does-not-hold",
        ),
        (
            expected.as_bytes(),
            &pen.ssh(crlf.as_bytes()).into_bytes(),
            1,
            "with CR LF line ends",
        ),
    ] {
        let ran = attach(statement, signature);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, code, "{all}");
        assert!(all.contains(said), "{said}: {all}");
        assert!(!ground.at(CLUB).exists());
    }
    let ran = attach(expected.as_bytes(), &raw);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout
            .contains("adds to registry/signatories/example-lake-club.yaml, as statement 1:"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
    // The same a second time is out of its place.
    assert_eq!(attach(expected.as_bytes(), &raw).code, 1);
}

#[test]
fn an_endorsement_of_an_earlier_text_is_told_before_it_is_taken_in() {
    let ground = ground();
    let _keys = keys(&ground);
    let pen = Pen::new(9);
    let mut desk = Desk::new("example-lake-club", "Example Lake Club");
    let statement = desk.draft(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(TEXT))],
        &pen,
    );
    desk.endorse(LETTER, TEXT, &pen);
    ground.letter(LETTER, &[TEXT, "Another text.\n"]);
    ground.write("mail/statement.txt", &statement);
    ground.write("mail/signature", pen.ssh(statement.as_bytes()));
    ground.write("mail/record.yaml", desk.record());
    for arguments in [
        &["mail/record.yaml"][..],
        &[
            "example-lake-club",
            "--statement",
            "mail/statement.txt",
            "--signature",
            "mail/signature",
        ],
    ] {
        let ran = ground.run(&[&["attach", "--yes"], arguments].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        assert!(
            ran.stdout.contains(
                "endorses version 1 of example-letter, which version 2 replaced: it stands as superseded\n"
            ),
            "{}",
            ran.stdout
        );
        assert_eq!(
            ground.standing("example-lake-club").as_deref(),
            Some("superseded")
        );
        ground.remove(CLUB);
    }
}

#[test]
fn a_record_that_came_by_mail_may_only_add() {
    let ground = ground();
    let _keys = keys(&ground);
    let pen = Pen::new(9);
    let mut desk = Desk::new("forum", "Forum");
    desk.listing = listing("Forum");
    ground.write("registry/signatories/forum.yaml", desk.record());
    ground.git(&["add", "-A"]);
    ground.git(&["commit", "-q", "-m", "listed"]);
    let attach = |record: &str| {
        ground.write("mail/forum.yaml", record);
        ground.run(&["attach", "mail/forum.yaml", "--yes"])
    };
    let mut more = desk.clone();
    more.endorse(LETTER, TEXT, &pen);
    for (record, code, said) in [
        (
            more.record().replace(&desk.listing, ""),
            2,
            "changes or leaves out what is in the registry",
        ),
        (desk.record(), 2, "has this already"),
        (
            desk.record().replace("name: 'Forum'", "name: 'Other'"),
            2,
            "changes name, and adds no statement that says so",
        ),
        (
            more.record().replace("name: 'Forum'", "name: 'Other'"),
            2,
            "gives another name than its newest statement",
        ),
        (
            more.record().replace(
                "listings:",
                "accreditations:\n  - body: 'A'\n    status: 'b'\n    source: 'c'\nlistings:",
            ),
            2,
            "is in the registry: accreditations",
        ),
        (
            more.record()
                .replace("letters.example/peace", "letters.example/other"),
            1,
            "statement-for-other-registry",
        ),
        ("id: forum\n".to_owned(), 1, "schema-violation"),
    ] {
        let ran = attach(&record);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, code, "{all}");
        assert!(all.contains(said), "{said}: {all}");
        assert_eq!(
            ground.read("registry/signatories/forum.yaml"),
            desk.record()
        );
    }
    let ran = attach(&more.record());
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains(
            "adds statement 1: endorse example-letter\n  endorses version 1 of example-letter"
        ),
        "{}",
        ran.stdout
    );
    assert_eq!(
        ground.read("registry/signatories/forum.yaml"),
        more.record()
    );
}

#[test]
fn what_a_record_brings_is_shown_and_its_comments_stay_outside() {
    let ground = ground();
    let _keys = keys(&ground);
    let pen = Pen::new(9);
    let mut desk = Desk::new("forum", "Forum");
    desk.endorse(LETTER, TEXT, &pen);
    let path = "registry/signatories/forum.yaml";
    let attach = |record: &str| {
        ground.write("mail/forum.yaml", record);
        ground.run(&["attach", "mail/forum.yaml", "--yes"])
    };
    // A record of nobody that is here may not bring what others say.
    let listed = desk
        .record()
        .replace("statements:", &format!("{}statements:", listing("Forum")));
    let ran = attach(&listed);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stderr.contains("brings more than statements: listings"),
        "{}",
        ran.stderr
    );
    assert!(!ground.at(path).exists());
    let ran = attach(&format!("# evil\n{}", desk.record()));
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout
            .contains("\n\nundersigned statement v1\naction: endorse\n"),
        "{}",
        ran.stdout
    );
    let taken = ground.read(path);
    assert!(
        taken.starts_with("# yaml-language-server:") && !taken.contains("evil"),
        "{taken}"
    );
    // The registry's own comments stay, and new ones do not come in.
    ground.write(path, format!("# ours\n{taken}"));
    desk.name = "Forums".to_owned();
    desk.amend(&pen);
    let ran = attach(&format!("# evil\n{}", desk.record()));
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    for said in [
        "changes  name: from \"Forum\" to \"Forums\"\n",
        "adds statement 2: amend\n",
        "\n\nundersigned statement v1\naction: amend\n",
    ] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
    let record = ground.read(path);
    assert!(
        record.starts_with("# ours\n# yaml-language-server:") && !record.contains("evil"),
        "{record}"
    );
    assert_eq!(ground.found(), []);
}

#[test]
fn a_record_that_cannot_be_written_stays_as_it_was() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let before = ground.read(CLUB);
    // A file where a folder should be: the record's place cannot be made.
    ground.remove(CLUB);
    fs::remove_dir(ground.at("registry/signatories")).unwrap();
    ground.write("registry/signatories", "x");
    let ran = run(
        &ground,
        &[
            "sign",
            "--signatory",
            "example-lake-club",
            "--name",
            "Example Lake Club",
        ],
    );
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stdout.contains("path-not-allowed"), "{}", ran.stdout);
    fs::remove_file(ground.at("registry/signatories")).unwrap();
    ground.write(CLUB, &before);
    let left: Vec<_> = crate::ground::files(ground.path())
        .into_iter()
        .filter(|path| path.to_str().unwrap().contains(".undersigned-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn two_who_sign_at_once_lose_nothing() {
    let ground = ground();
    let _keys = keys(&ground);
    let files: Vec<String> = (0..6)
        .map(|number| keygen(&ground, &format!("{number}.pem")))
        .collect();
    // Six organizations at once, and the same organization six times at once.
    std::thread::scope(|scope| {
        for (number, file) in files.iter().enumerate() {
            let ground = &ground;
            scope.spawn(move || {
                let id = format!("example-{number}");
                let name = format!("Example Club {}", ["A", "B", "C", "D", "E", "F"][number]);
                signs(
                    ground,
                    &["sign", "--signatory", &id, "--name", &name, "--key", file],
                );
            });
        }
    });
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..6)
            .map(|number| {
                let (ground, file) = (&ground, &files[0]);
                scope.spawn(move || {
                    let board = format!("board {number}");
                    let sign = ["sign", "--signatory", "example-0", "--key", file];
                    run(ground, &[&sign[..], &["--authority", &board]].concat()).code
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(ground.found(), []);
    let written = ground
        .read("registry/signatories/example-0.yaml")
        .matches("- text: |")
        .count();
    let done = codes.iter().filter(|code| **code == 0).count();
    assert_eq!(written, done + 1, "{codes:?}");
    assert!(
        codes.iter().all(|code| *code == 0 || *code == 2),
        "{codes:?}"
    );
}

#[test]
fn a_record_that_changed_under_way_is_not_written_over() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let before = ground.read(CLUB);
    let cabinet = Cabinet::open(&Home::find(ground.path()).unwrap(), || {}).unwrap();
    let replace = |known: Option<&[u8]>| {
        cabinet.put(&[Edit {
            path: CLUB.to_owned(),
            before: known.map(<[u8]>::to_vec),
            after: b"new\n".to_vec(),
        }])
    };
    ground.write(CLUB, format!("# somebody was here\n{before}"));
    let error = replace(Some(before.as_bytes())).unwrap_err();
    assert!(
        error.what().contains("changed meanwhile"),
        "{}",
        error.what()
    );
    let error = replace(None).unwrap_err();
    assert!(
        error.what().contains("is there already"),
        "{}",
        error.what()
    );
    assert!(ground.read(CLUB).starts_with("# somebody was here\n"));
    ground.write(CLUB, &before);
    replace(Some(before.as_bytes())).unwrap();
    assert_eq!(ground.read(CLUB), "new\n");
}

#[test]
fn killed_at_any_moment_a_record_is_the_old_one_or_the_new_one() {
    use std::process::Stdio;
    use std::time::Duration;
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let file = key(&ground, "key.pem");
    let (mut old, mut new) = (0, 0);
    for round in 0..60u64 {
        let before = ground.read(CLUB);
        let mut child = crate::ground::plain(env!("CARGO_BIN_EXE_undersigned"), ground.path())
            .args([
                "withdraw",
                LETTER,
                "--signatory",
                "example-lake-club",
                "--key",
                &file,
                "--yes",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before it has read anything to after it is done.
        std::thread::sleep(Duration::from_micros(700 * round));
        let _ = child.kill();
        child.wait().unwrap();
        let after = ground.read(CLUB);
        match after == before {
            true => old += 1,
            false => new += 1,
        }
        assert!(after.starts_with(&before), "round {round}");
        assert_eq!(ground.found(), [], "round {round}");
    }
    println!("killed 60 times: {old} times the old record, {new} times the new one");
}
