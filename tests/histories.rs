//! Histories of real repositories: what an audit and a review find in them, by rule, organization and commit.

use crate::ground::{Ground, TEXT, files, here, rules};
use crate::pen::{Desk, Pen, digest, listing};
use crate::story::{LETTER, Made, Story};
use serde_json::Value;
use std::fs;
use undersigned::base::id::Id;
use undersigned::history::bench::Bench;
use undersigned::history::lists::Order;
use undersigned::history::pull_request::PullRequest;
use undersigned::history::record::Change;
use undersigned::record::yaml;

/// A story of `histories/` is told line by line; `audit` and `review` are followed by what they find, indented.
pub fn told(name: &str, script: &str) -> (Made, Vec<(String, Vec<String>)>) {
    let founded = script.lines().any(|line| line == "founded");
    let mut story = if founded {
        Story::founded()
    } else {
        Story::empty()
    };
    let mut questions: Vec<(String, Vec<String>)> = Vec::new();
    for line in script.lines() {
        let word = line.split(' ').next().unwrap_or_default();
        match word {
            "" if line.starts_with("  ") => {
                let last = questions.last_mut().expect("a question before its answer");
                last.1.push(line.trim().to_owned());
            }
            "" | "#" | "founded" => {}
            "audit" | "review" => questions.push((line.to_owned(), Vec::new())),
            _ => {
                assert!(questions.is_empty(), "{name}: {line:?} after a question");
                story.tell(line);
            }
        }
    }
    assert!(!questions.is_empty(), "{name} asks nothing");
    (story.make(), questions)
}

fn tell(name: &str, script: &str) -> Vec<String> {
    let (made, questions) = told(name, script);
    questions
        .into_iter()
        .filter_map(|(question, expected)| {
            let found = ask(&made, &question);
            (found != expected).then(|| {
                format!(
                    "{name}: {question}\n  expected\n    {}\n  found\n    {}",
                    expected.join("\n    "),
                    found.join("\n    ")
                )
            })
        })
        .collect()
}

fn ask(made: &Made, question: &str) -> Vec<String> {
    let words: Vec<&str> = question.split(' ').collect();
    let answer = match words[..] {
        ["audit", head] => made.audit(head, None),
        ["audit", head, "since", since] => made.audit(head, Some(since)),
        ["review", range] => {
            let (base, head) = range.split_once("..").unwrap();
            made.review(base, head)
        }
        _ => panic!("nobody can answer {question:?}"),
    };
    answer.unwrap_or_else(|error| vec![format!("no answer: {error}")])
}

#[test]
fn every_story_is_judged_as_it_says() {
    let stories = files(&here().join("tests/histories"));
    let mut wrong = Vec::new();
    for path in &stories {
        let script = fs::read_to_string(path).unwrap();
        assert!(script.starts_with("# "), "{}", path.display());
        let name = path.file_name().unwrap().to_string_lossy();
        wrong.extend(tell(&name, &script));
    }
    assert!(stories.len() > 20, "{}", stories.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What somebody does to a registry and may not, and what must be told: the rule and whom it is about.
const ATTACKS: [(&str, &[&str], &str); 18] = [
    (
        "the text is replaced",
        &["edit TEXT | peace | war"],
        "text-changed-after-publication TEXT",
    ),
    (
        "the text is replaced with its digest",
        &["reprint"],
        "text-changed-after-publication LETTER",
    ),
    (
        "the addressee is another",
        &["edit LETTER | Everybody | Nobody"],
        "text-changed-after-publication LETTER",
    ),
    (
        "the text is renamed",
        &[
            "move TEXT registry/letters/example-letter/v1/de.txt",
            "edit LETTER | 'en'\\n        file: v1/en.txt | 'de'\\n        file: v1/de.txt",
        ],
        "text-changed-after-publication LETTER",
    ),
    (
        "the text becomes a link",
        &["mode TEXT 120000"],
        "text-changed-after-publication TEXT",
    ),
    (
        "the text becomes executable",
        &["mode TEXT 100755"],
        "text-changed-after-publication TEXT",
    ),
    (
        "the letter becomes a folder",
        &["folder LETTER"],
        "text-changed-after-publication LETTER",
    ),
    (
        "a signed name is edited",
        &["record example-water-club | name: 'Example Water Club' | name: 'Example Fire Club'"],
        "record-disagrees-with-statement example-water-club",
    ),
    (
        "a signed domain is edited",
        &["record example-water-club | domain: 'water.example' | domain: 'fire.example'"],
        "record-disagrees-with-statement example-water-club",
    ),
    (
        "the last statement is cut off",
        &["cut example-water-club 1"],
        "statement-vanished example-water-club",
    ),
    (
        "the first statement is taken out",
        &["drop example-peace-forum 0"],
        "statement-vanished example-peace-forum",
    ),
    (
        "all statements are taken out",
        &["cut example-peace-forum 0"],
        "statement-vanished example-peace-forum",
    ),
    (
        "a signature is another",
        &["garble example-water-club 0"],
        "statement-changed example-water-club",
    ),
    (
        "two statements change places",
        &["swap example-peace-forum 0 1"],
        "statement-changed example-peace-forum",
    ),
    (
        "an old key signs",
        &["endorse example-water-club 2"],
        "key-not-in-force example-water-club",
    ),
    (
        "a new key signs its own rotation",
        &["seize example-water-club 3 4"],
        "key-not-in-force example-water-club",
    ),
    (
        "a listing is taken out",
        &[
            "record example-peace-forum | listings:\\n  - letter: example-letter\\n    version: 1\\n    as:\\n      - 'Example Peace Forum'\\n | ",
        ],
        "listing-vanished example-peace-forum",
    ),
    (
        "a listed name is another",
        &["record example-hill-forum | - 'Example Hill Forum' | - 'Hill Forum'"],
        "listing-vanished example-hill-forum",
    ),
];

/// Ways in which a record is no longer there.
const REMOVALS: [(&str, &[&str]); 8] = [
    ("removed", &["remove CLUB"]),
    (
        "renamed",
        &["move CLUB registry/signatories/example-fire-club.yaml"],
    ),
    (
        "renamed with its id",
        &[
            "record example-water-club | id: example-water-club | id: example-fire-club",
            "move CLUB registry/signatories/example-fire-club.yaml",
        ],
    ),
    (
        "in a wrong shard",
        &["move CLUB registry/signatories/xx/example-water-club.yaml"],
    ),
    ("a link", &["mode CLUB 120000"]),
    ("executable", &["mode CLUB 100755"]),
    ("a submodule", &["mode CLUB 160000"]),
    ("a folder", &["folder CLUB"]),
];

/// How a commit comes into a history: plainly, in a merge that hides it, with a move into another shard,
/// in a merge of three, on a branch that main is merged into.
const WAYS: [(&str, &[&str]); 5] = [
    ("in a plain commit", &["ATTACK", "commit bad"]),
    (
        "in a merge",
        &[
            "on side",
            "put note.md | a\\n",
            "commit aside",
            "on main",
            "put other.md | b\\n",
            "commit ahead",
            "mix side",
            "ATTACK",
            "commit bad aside",
        ],
    ),
    (
        "with a move",
        &[
            "move CLUB registry/signatories/ex/example-water-club.yaml",
            "move FORUM registry/signatories/ex/example-peace-forum.yaml",
            "ATTACK",
            "commit bad",
        ],
    ),
    (
        "in a merge of three",
        &[
            "on one",
            "put one.md | a\\n",
            "commit first",
            "on two",
            "put two.md | a\\n",
            "commit second",
            "on main",
            "mix one",
            "mix two",
            "ATTACK",
            "commit bad first second",
        ],
    ),
    (
        "where main is taken in",
        &[
            "on side",
            "put note.md | a\\n",
            "commit aside",
            "on main",
            "put other.md | b\\n",
            "commit ahead",
            "on side",
            "mix main",
            "ATTACK",
            "commit bad ahead",
        ],
    ),
];

fn replaced(line: &str) -> String {
    let folder = format!("registry/letters/{LETTER}");
    line.replace("TEXT", &format!("{folder}/v1/en.txt"))
        .replace("LETTER", &format!("{folder}/letter.yaml"))
        .replace("CLUB", "registry/signatories/example-water-club.yaml")
        .replace("FORUM", "registry/signatories/example-peace-forum.yaml")
}

#[test]
fn every_attack_is_found_in_every_way_that_it_comes() {
    let mut tried = 0;
    let mut missed = Vec::new();
    let removals = REMOVALS
        .iter()
        .map(|(name, lines)| (*name, *lines, "record-vanished example-water-club"));
    for (attack, lines, expected) in ATTACKS.into_iter().chain(removals) {
        for (way, steps) in WAYS {
            if way == "with a move" && lines.iter().any(|line| line.contains("CLUB")) {
                continue;
            }
            let mut story = Story::founded();
            for step in steps {
                match *step {
                    "ATTACK" => lines.iter().for_each(|line| story.tell(&replaced(line))),
                    line => story.tell(&replaced(line)),
                }
            }
            let expected = replaced(expected);
            let made = story.make();
            let audit = made.audit("bad", None).unwrap();
            let review = made.review("base", "bad").unwrap();
            tried += 1;
            if !audit.contains(&format!("{expected} in bad")) || !review.contains(&expected) {
                missed.push(format!(
                    "{attack} {way}: {expected}\n  {audit:?}\n  {review:?}"
                ));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    println!("{tried} attacks");
}

/// The exit code of the program and the rules that it prints.
fn run(ground: &Ground, arguments: &[&str]) -> (i32, Vec<String>) {
    let ran = ground.run(&[arguments, &["--format", "json"]].concat());
    assert!(ran.code < 2, "{}", ran.stderr);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let rules = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
    (ran.code, rules)
}

/// A history with a lost record in a merge, as a person has it: with a work tree.
fn checked_out() -> (Ground, Made) {
    let mut story = Story::founded();
    for line in [
        "on side",
        "endorse example-water-club 3",
        "commit aside",
        "on main",
        "put note.md | a",
        "commit ahead",
        "commit bad aside",
    ] {
        story.tell(line);
    }
    let made = story.make();
    let ground = Ground::empty();
    let from = made.ground().path().to_str().unwrap();
    ground.git(&["clone", "-q", "--template=", from, "."]);
    (ground, made)
}

#[test]
fn the_program_tells_what_was_lost_by_exit_code_and_rule() {
    let (ground, made) = checked_out();
    let lost = (1, vec!["statement-vanished".to_owned()]);
    assert_eq!(run(&ground, &["audit"]), lost);
    assert_eq!(run(&ground, &["audit", "--at", "HEAD~1"]), (0, Vec::new()));
    let since = made.id("aside");
    let twice = [
        "statement-vanished".to_owned(),
        "statement-vanished".to_owned(),
    ];
    assert_eq!(
        run(&ground, &["audit", "--since", since]),
        (1, twice.to_vec())
    );
    let range = format!("{}..HEAD", made.id("aside"));
    let (code, found) = run(&ground, &["review", &range]);
    assert!(
        code == 1 && found.contains(&"statement-vanished".to_owned()),
        "{found:?}"
    );
    let range = format!("{}..{}", made.id("ahead"), made.id("aside"));
    assert_eq!(run(&ground, &["review", &range]), (0, Vec::new()));
}

/// Row 16 of the attacks: what a repository says about its own objects, and how files come out of it.
#[test]
fn no_attribute_graft_or_replacement_moves_the_judgment() {
    let (ground, made) = checked_out();
    let lost = (1, vec!["statement-vanished".to_owned()]);
    ground.write(
        ".gitattributes",
        "* text eol=crlf ident filter=upper merge=ours\n",
    );
    ground.git(&["config", "core.autocrlf", "true"]);
    ground.git(&["config", "filter.upper.clean", "tr a-z A-Z"]);
    ground.git(&["config", "filter.upper.smudge", "tr a-z A-Z"]);
    ground.git(&["checkout", "-q", "-f", "HEAD"]);
    assert_eq!(run(&ground, &["audit"]), lost);
    // The merge has one parent now, or another tree, for all who believe it.
    let bad = made.id("bad");
    ground.git(&["replace", "--graft", bad, made.id("ahead")]);
    assert_eq!(run(&ground, &["audit"]), lost);
    ground.git(&["replace", "-f", bad, made.id("ahead")]);
    assert_eq!(run(&ground, &["audit"]), lost);
    ground.git(&["replace", "-d", bad]);
    ground.write(".git/info/grafts", format!("{bad} {}\n", made.id("base")));
    assert_eq!(run(&ground, &["audit"]), lost);
    let range = format!("{}..{bad}", made.id("aside"));
    let (code, found) = run(&ground, &["review", &range]);
    assert!(
        code == 1 && found.contains(&"statement-vanished".to_owned()),
        "{found:?}"
    );
}

/// A clone that begins in the middle, or lacks what another parent brought, gives no answer where that is asked for.
#[test]
fn a_shallow_clone_gives_no_answer() {
    let (_, made) = checked_out();
    let ground = Ground::empty();
    let from = format!("file://{}", made.ground().path().display());
    ground.git(&["clone", "-q", "--template=", "--depth", "1", &from, "."]);
    for arguments in [&["audit"][..], &["review", "HEAD~1..HEAD"]] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains("unshallow"), "{}", ran.stderr);
    }
    // All that lies between a commit and itself is there.
    assert_eq!(run(&ground, &["review", "HEAD..HEAD"]), (0, Vec::new()));
}

const CROWD: &str = "crowd-letter";

fn crowd_listing(name: &str) -> String {
    listing(name).replace(LETTER, CROWD)
}

/// A registry of many that are listed and signed, whose signatures are all broken, and have been from the first:
/// whoever verifies one of them tells so.
fn crowd(count: usize, newcomers: usize) -> Story {
    let mut story = Story::founded();
    let member = |number: usize| format!("Example Member Number {number}");
    let names: Vec<String> = (0..count)
        .map(member)
        .chain((0..newcomers).map(|number| format!("Example Newcomer {number}")))
        .collect();
    let all = names.join("\n") + "\n";
    story.tree.letter(CROWD, &[&all]);
    for number in 0..count {
        let mut desk = Desk::new(&format!("example-member-{number}"), &member(number));
        desk.listing = crowd_listing(&member(number));
        let text = desk.draft(
            "endorse",
            &[("letter", CROWD), ("text-en", &digest(&all))],
            &Pen::numbered(number),
        );
        desk.put(text, Pen::new(9).raw(b"something else"), None);
        story.tree.sit(desk);
    }
    story.commit("crowd", &[]);
    story
}

/// Pull requests that each add one record, a signed one or a listed one by turns, to a registry of so many.
fn only_what_changes_is_judged(count: usize, requests: usize) {
    let mut story = crowd(count, requests);
    for number in 0..requests {
        story.on("main");
        story.on(&format!("request-{number}"));
        let id = format!("example-newcomer-{number}");
        let name = format!("Example Newcomer {number}");
        let mut desk = Desk::new(&id, &name);
        match number % 2 {
            0 => drop(desk.endorse(LETTER, TEXT, &Pen::numbered(1_000_000 + number))),
            _ => desk.listing = crowd_listing(&name),
        }
        story.tree.sit(desk);
        story.commit_changes(&format!("added-{number}"), &[&id]);
    }
    let made = story.make();
    let repository = made.repository();
    let bench = Bench::new(&repository).unwrap();
    let base = made.commit(&repository, "crowd");
    for number in 0..requests {
        let head = made.commit(&repository, &format!("added-{number}"));
        let request = PullRequest::of(&bench, Some(&base), &head).unwrap();
        assert_eq!(request.judged, (1, count + 5));
        assert_eq!(request.findings, []);
        assert_eq!(request.apart, []);
    }
    let range = format!("{}..{}", made.id("crowd"), made.id("added-1"));
    let told = made.ground().json(&["review", &range]);
    assert_eq!(told["records"]["judged"], 1);
    assert_eq!(told["findings"], serde_json::json!([]));
}

#[test]
fn only_what_a_pull_request_changes_is_judged() {
    only_what_changes_is_judged(1_000, 8);
}

#[test]
#[ignore = "takes minutes"]
fn only_what_two_hundred_pull_requests_change_is_judged() {
    only_what_changes_is_judged(1_000, 200);
    only_what_changes_is_judged(10_000, 200);
}

/// A tree that no Git writes: a name twice, so that what lies there depends on who looks.
#[test]
fn a_tree_with_a_name_twice_gives_no_answer() {
    let made = Story::founded().make();
    let ground = made.ground();
    let folder = ground.git(&["rev-parse", "main:registry/signatories"]);
    let raw = ground.git_with(&["cat-file", "tree", &folder], None);
    let name = b"100644 example-water-club.yaml\0";
    let at = raw
        .windows(name.len())
        .position(|part| part == name)
        .unwrap();
    let entry = &raw[at..at + name.len() + 20];
    let blob = ground.git_with(&["hash-object", "-w", "--stdin"], Some(b"id: other\n"));
    let blob = String::from_utf8(blob).unwrap();
    let bytes: Vec<u8> = (0..20)
        .map(|at| u8::from_str_radix(&blob[2 * at..2 * at + 2], 16).unwrap())
        .collect();
    let doubled = [&raw[..at], entry, name, &bytes, &raw[at + entry.len()..]].concat();
    let write = |kind: &str, content: &[u8]| {
        let arguments = ["hash-object", "-t", kind, "--literally", "-w", "--stdin"];
        let id = ground.git_with(&arguments, Some(content));
        String::from_utf8(id).unwrap().trim().to_owned()
    };
    let mut tree = write("tree", &doubled);
    for path in ["registry", ""] {
        let last = if path.is_empty() {
            "registry"
        } else {
            "signatories"
        };
        let above = ground.git(&["ls-tree", &format!("main:{path}")]);
        let lines: Vec<String> = above
            .lines()
            .map(|line| match line.ends_with(&format!("\t{last}")) {
                true => format!("040000 tree {tree}\t{last}"),
                false => line.to_owned(),
            })
            .collect();
        let made = ground.git_with(&["mktree"], Some((lines.join("\n") + "\n").as_bytes()));
        tree = String::from_utf8(made).unwrap().trim().to_owned();
    }
    let commit = ground.git(&["commit-tree", &tree, "-p", "main", "-m", "twice"]);
    for arguments in [
        ["audit", "--at", &commit],
        ["review", &format!("main..{commit}"), "-q"],
    ] {
        let ran = ground.run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains("names twice"), "{}", ran.stderr);
    }
}

/// The whole program on a tree that is deeper than a stack.
#[test]
fn a_deep_tree_is_no_matter() {
    let mut story = Story::founded();
    story.tell("deep 3000");
    story.commit("deep", &[]);
    let made = story.make();
    assert_eq!(run(made.ground(), &["audit"]), (0, Vec::new()));
    let range = format!("{}..{}", made.id("base"), made.id("deep"));
    assert_eq!(run(made.ground(), &["review", &range]), (0, Vec::new()));
}

/// This version judges no attestation, so that no history with one has an answer; what becomes of them is seen all the same.
#[test]
fn an_attestation_that_is_gone_edited_or_elsewhere_is_named() {
    let record = |entries: &[&str]| {
        let entries: String = entries
            .iter()
            .map(|text| format!("  - text: '{text}'\n    signature: 's'\n"))
            .collect();
        let yaml = format!("id: example-forum\nname: 'Example Forum'\nattestations:\n{entries}");
        yaml::parse("example-forum.yaml", yaml.as_bytes())
            .document
            .unwrap()
    };
    let id = Id::parse("example-forum").unwrap();
    let told = |before: &[&str], after: &[&str], order: Order| -> Vec<String> {
        let change = Change {
            id: &id,
            before: Some(&record(before)),
            after: Some(&record(after)),
            unreadable: None,
        };
        let findings = change.judge(order, None).unwrap();
        findings.into_iter().map(|one| one.message).collect()
    };
    let one = |what: &str| {
        vec![format!(
            "attestation 1 about `Example Forum` (`example-forum`) {what}"
        )]
    };
    assert_eq!(
        told(&["a", "b"], &["a", "b", "c"], Order::Kept),
        Vec::<String>::new()
    );
    assert_eq!(told(&["a", "b"], &["b"], Order::Kept), one("is gone"));
    assert_eq!(
        told(&["a", "b"], &["x", "b"], Order::Kept),
        one("was edited")
    );
    assert_eq!(told(&["a", "b"], &["b", "a"], Order::Kept).len(), 2);
    assert_eq!(
        told(&["a", "b"], &["b", "a"], Order::Free),
        Vec::<String>::new()
    );
    assert_eq!(told(&["a", "b"], &["b", "c"], Order::Free), one("is gone"));
    let change = Change {
        id: &id,
        before: Some(&record(&["a"])),
        after: Some(&record(&["b"])),
        unreadable: None,
    };
    let finding = change.judge(Order::Kept, None).unwrap().remove(0);
    assert_eq!(finding.rule.name, "attestation-vanished");
}
