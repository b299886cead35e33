//! `review`, `audit` and `log` as a person runs them: where histories come from, and what is printed of them.

use crate::ground::{Ground, TEXT, plain, rules};
use crate::hostile::{HOSTILE, quoted};
use crate::outputs::satisfies;
use crate::pen::{Desk, Pen};
use crate::runner;
use serde_json::Value;
use std::fs;

const RECORD: &str = "registry/signatories/forum.yaml";
const CLUB: &str = "registry/signatories/example-club.yaml";

fn club(pen: &Pen) -> Desk {
    let mut desk = Desk::new("example-club", "Example Club").with("domain", "club.example");
    desk.endorse("example-letter", TEXT, pen);
    desk
}

/// Three that are listed, one that signs, and then one of the listed is lost.
fn with_a_loss() -> (Ground, String, String) {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    ground.write(CLUB, club(&Pen::new(1)).record());
    let kept = ground.commit("one signs");
    ground.remove(RECORD);
    let lost = ground.commit("tidy up");
    (ground, kept, lost)
}

/// The rules that are found, dates apart: the pens write in November what is committed in January.
fn found(answer: &Value) -> Vec<String> {
    let rules = rules(answer).into_iter().map(|(rule, _)| rule);
    rules.filter(|rule| rule != "dated-after-commit").collect()
}

#[test]
fn a_record_that_is_gone_is_told_with_commit_author_and_name() {
    let (ground, _, lost) = with_a_loss();
    assert_eq!(ground.found(), [], "one state shows nothing");
    let ran = ground.run(&["audit"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for part in [
        "record-vanished",
        "`Forum` (`forum`)",
        &lost[..12],
        "Example Maintainer <maintainer@letters.example>",
        "2026-01-01",
        "`tidy up`",
        RECORD,
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    let answer = ground.json(&["audit"]);
    satisfies("audit", &answer);
    let findings = answer["findings"].as_array().unwrap();
    let vanished = findings.iter().find(|one| one["rule"] == "record-vanished");
    assert_eq!(vanished.unwrap()["commit"], lost.as_str());
    assert_eq!(vanished.unwrap()["signatory"], "forum");
    assert_eq!(answer["commits"], 3);
}

#[test]
fn what_was_put_right_stays_in_the_report() {
    let (ground, _, lost) = with_a_loss();
    ground.record("forum", "Forum");
    let mended = ground.commit("put it back");
    let answer = ground.json(&["audit"]);
    satisfies("audit", &answer);
    assert_eq!(found(&answer), ["record-vanished"]);
    let steps = answer["steps"].as_array().unwrap();
    let step = steps.last().unwrap();
    assert_eq!(step["commit"]["id"], lost.as_str());
    assert_eq!(step["findings"][0]["mended_by"]["id"], mended.as_str());
    assert_eq!(ground.run(&["audit"]).code, 1);
    // What came after it is in order.
    assert_eq!(ground.run(&["audit", "--since", &mended]).code, 0);
}

#[test]
fn a_kept_commit_shows_that_the_history_was_replaced() {
    let (ground, kept, _) = with_a_loss();
    assert_eq!(ground.run(&["audit", "--since", &kept]).code, 1);
    // The same state, grown from another beginning.
    ground.git(&["checkout", "-q", "--orphan", "other"]);
    ground.commit("a new beginning");
    assert_eq!(ground.run(&["audit"]).code, 0, "nothing shows in it alone");
    let answer = ground.json(&["audit", "--since", &kept]);
    satisfies("audit", &answer);
    assert_eq!(answer["rewritten"], true);
    assert_eq!(found(&answer), ["history-rewritten", "record-vanished"]);
    assert_eq!(answer["findings"][1]["signatory"], "forum");
    let ran = ground.run(&["audit", "--since", &"ab".repeat(20)]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stderr.contains("its history was replaced"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_url_is_cloned_and_only_by_ways_that_run_nothing() {
    let (ground, _, lost) = with_a_loss();
    let elsewhere = Ground::empty();
    let url = format!("file://{}", ground.path().display());
    let answer = elsewhere.json(&["audit", &url]);
    assert_eq!(answer["head"]["id"], lost.as_str());
    assert_eq!(found(&answer), ["record-vanished"]);
    // A folder is read where it lies.
    let folder = ground.path().to_str().unwrap();
    assert_eq!(
        found(&elsewhere.json(&["audit", folder])),
        ["record-vanished"]
    );
    for url in [
        "ext::sh -c 'touch ran'",
        "ext::touch% ran",
        "fd::7",
        "http://letters.example/x",
        "git://letters.example/x",
        "ftp://letters.example/x",
        "file::///tmp",
        "HTTPS://letters.example/x",
    ] {
        let ran = elsewhere.run(&["audit", url]);
        assert_eq!(ran.code, 2, "{url}: {}", ran.stdout);
        assert!(
            ran.stderr.contains("no address that is cloned from"),
            "{url}: {}",
            ran.stderr
        );
    }
    for option in ["--upload-pack=touch ran", "-u", "--"] {
        assert_eq!(elsewhere.run(&["audit", "--", option]).code, 2, "{option}");
    }
    let ran = elsewhere.run(&["audit", "file:///nowhere/at/all", "--no-input"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be cloned"), "{}", ran.stderr);
    assert!(!elsewhere.at("ran").exists());
}

#[test]
fn the_edge_of_a_shallow_clone_is_no_beginning() {
    let (ground, ..) = with_a_loss();
    let clone = Ground::empty();
    let url = format!("file://{}", ground.path().display());
    clone.git(&["clone", "-q", "--depth", "1", &url, "shallow"]);
    for arguments in [&["audit"][..], &["log"], &["review", "HEAD~1..HEAD"]] {
        let ran = clone.run(&[&["-C", "shallow"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
        assert_eq!(ran.stdout, "");
    }
    let ran = clone.run(&["-C", "shallow", "audit"]);
    assert!(
        ran.stderr.contains("git fetch --unshallow"),
        "{}",
        ran.stderr
    );
}

#[test]
fn grafts_replacements_and_the_work_tree_do_not_move_a_history() {
    let (ground, kept, lost) = with_a_loss();
    let plain = ground.json(&["audit"]);
    ground.git(&["replace", &lost, &kept]);
    ground.git(&["config", "core.autocrlf", "true"]);
    ground.write(".git/info/grafts", format!("{lost}\n"));
    ground.write(".gitattributes", "* text eol=crlf filter=x\n");
    ground.write("registry/registry.yaml", "nothing\n");
    ground.write(".git/info/attributes", "* merge=union\n");
    assert_eq!(ground.json(&["audit"]), plain);
    let range = format!("{kept}..{lost}");
    let review = ground.json(&["review", &range]);
    satisfies("review", &review);
    assert_eq!(found(&review), ["record-vanished"]);
}

#[test]
fn a_folder_without_git_has_no_history() {
    let ground = Ground::with_signatories();
    for arguments in [&["audit"][..], &["log"], &["review", "a..b"]] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(
            ran.stderr.contains("is not a Git repository"),
            "{}",
            ran.stderr
        );
    }
    ground.write("elsewhere/file", "x");
    ground.git(&["init", "-q", "elsewhere"]);
    ground.git(&["-C", "elsewhere", "add", "-A"]);
    ground.git(&["-C", "elsewhere", "commit", "-q", "-m", "x"]);
    let ran = ground.run(&["audit", "elsewhere"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no registry in this history"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_pull_request_is_told_in_words() {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    ground.git(&["checkout", "-q", "-b", "signing"]);
    let pen = Pen::new(1);
    ground.write(CLUB, club(&pen).record());
    ground.commit("sign");
    let ran = ground.run(&["review", "main..signing"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let sentence = format!(
        "adds the endorsement of version 1 of `example-letter` by `Example Club` (`example-club`), key {}, not yet bound",
        pen.fingerprint()
    );
    for part in [
        sentence.as_str(),
        "signs here for the first time",
        "claims the domain club.example: nobody has seen its key there",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {}", ran.stdout);
    }
    let answer = ground.json(&["review", "main...signing"]);
    satisfies("review", &answer);
    assert_eq!(answer["records"]["judged"], 1);
    assert_eq!(answer["records"]["compared"], 4);
    let event = &answer["events"][0];
    assert_eq!(event["event"], "endorse");
    assert_eq!(event["holds"], true);
    for range in ["main", "main..", "..main", "", "main..signing..x"] {
        assert_eq!(ground.run(&["review", range]).code, 2, "{range}");
    }
}

#[test]
fn a_neighbour_that_is_broken_blocks_nobody() {
    let ground = Ground::with_signatories();
    ground.write("registry/signatories/broken.yaml", "id: broken\nname: [x\n");
    ground.write(
        "registry/signatories/odd.yaml",
        "id: odd\nname: 'Odd'\nfax: '1'\n",
    );
    ground.commit("two are broken");
    ground.git(&["checkout", "-q", "-b", "signing"]);
    ground.write(CLUB, club(&Pen::new(1)).record());
    ground.commit("sign");
    let ran = ground.run(&["review", "main..signing"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("no reason against it"),
        "{}",
        ran.stdout
    );
    let answer = ground.json(&["review", "main..signing"]);
    satisfies("review", &answer);
    assert_eq!(found(&answer), [""; 0]);
    let apart = answer["apart"].as_array().unwrap().iter();
    let mut paths: Vec<&str> = apart.map(|one| one["path"].as_str().unwrap()).collect();
    paths.dedup();
    assert_eq!(
        paths,
        [
            "registry/signatories/broken.yaml",
            "registry/signatories/odd.yaml"
        ]
    );
}

#[test]
fn a_log_keeps_the_two_dates_apart() {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    let pen = Pen::new(1);
    let mut desk = club(&pen);
    ground.write(CLUB, desk.record());
    // The commit is of January, and the statement of November.
    ground.commit("sign");
    desk.rotate(&pen, &Pen::new(2))
        .withdraw("example-letter", &Pen::new(2));
    ground.write(CLUB, desk.record());
    ground.commit("rotate and withdraw");
    let ran = ground.run(&["log", "example-club"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 3, "{}", ran.stdout);
    for line in ran.stdout.lines() {
        assert!(line.starts_with("2026-01-01 "), "{line}");
        assert!(line.contains(" claims 2026-11-23 "), "{line}");
        assert!(line.ends_with("(after its commit)"), "{line}");
    }
    let answer = ground.json(&["log", "example-club"]);
    satisfies("log", &answer);
    let events = answer["events"].as_array().unwrap().iter();
    let words: Vec<&str> = events.map(|one| one["event"].as_str().unwrap()).collect();
    assert_eq!(words, ["endorse", "rotate", "withdraw"]);
    assert_eq!(answer["findings"].as_array().unwrap().len(), 3);
    assert_eq!(ground.run(&["log", "--strict"]).code, 1);
    satisfies("log", &ground.json(&["log"]));
    assert_eq!(
        ground.json(&["log", "example-letter"])["events"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
    let ran = ground.run(&["log", "nobody"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
}

/// Everything that a stranger writes: names, paths, authors, subjects.
#[test]
fn nothing_of_a_history_acts_where_it_is_printed() {
    for value in HOSTILE.iter().filter(|value| !value.contains('\0')) {
        let ground = Ground::with_signatories();
        ground.commit("three are named");
        let name = quoted(value);
        ground.write(
            "registry/signatories/hostile.yaml",
            format!("id: hostile\nname: {name}\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - {name}\n"),
        );
        let path = value.replace(['/', '\n'], "_");
        ground.write(&format!("registry/signatories/{path}.yaml"), "x");
        ground.write(&path, "x");
        ground.git(&["add", "-A"]);
        let made = plain("git", ground.path())
            .args(["commit", "-q", "--cleanup=verbatim", "-m", value])
            .env("GIT_AUTHOR_NAME", format!("a {value}"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{value:?}");
        ground.remove("registry/signatories/hostile.yaml");
        ground.commit(value);
        for arguments in [
            &["audit"][..],
            &["log"],
            &["review", "HEAD~2..HEAD~1"],
            &["review", "HEAD~1..HEAD"],
        ] {
            let ran = ground.run(arguments);
            let output = ran.stdout + &ran.stderr;
            let shown = output
                .chars()
                .all(|one| one == '\n' || undersigned::base::escape::harmless(one));
            assert!(shown, "{arguments:?} {value:?}: {output:?}");
            assert_eq!(runner::obeyed(&output), [""; 0], "{arguments:?} {value:?}");
            let page = ground
                .run(&[arguments, &["--format", "markdown"]].concat())
                .stdout;
            let parser = pulldown_cmark::Parser::new(&page);
            for event in parser {
                use pulldown_cmark::{Event, Tag};
                let acts = matches!(
                    event,
                    Event::Html(_)
                        | Event::InlineHtml(_)
                        | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock)
                );
                assert!(!acts, "{arguments:?} {value:?}: {event:?}\n{page}");
            }
        }
        satisfies("audit", &ground.json(&["audit"]));
        satisfies("review", &ground.json(&["review", "HEAD~2..HEAD~1"]));
    }
}

#[test]
fn the_end_of_a_history_is_verified_too() {
    let ground = Ground::with_signatories();
    let mut desk = club(&Pen::new(1));
    desk.signed[0].1 = Pen::new(2).ssh(b"x");
    ground.write(CLUB, desk.record());
    let only = ground.commit("at once");
    let answer = ground.json(&["audit"]);
    satisfies("audit", &answer);
    // Once where the commit brought it, and once where the history ends.
    assert_eq!(found(&answer), ["signature-does-not-hold"; 2]);
    let commits: Vec<&Value> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"] == "signature-does-not-hold")
        .map(|one| &one["commit"])
        .collect();
    assert_eq!(commits, [&Value::from(only), &Value::Null]);
    assert_eq!(answer["letters"][0]["counts"]["refused"], 1);
    fs::remove_dir_all(ground.at("registry")).unwrap();
    ground.commit("all of it is gone");
    let answer = ground.json(&["audit"]);
    satisfies("audit", &answer);
    let gone = found(&answer);
    for rule in [
        "record-vanished",
        "text-changed-after-publication",
        "policy-changed-without-threshold",
        // Nothing in the record of the club ever held.
        "bad-entry-removed",
    ] {
        assert!(gone.iter().any(|one| one == rule), "{rule}: {gone:?}");
    }
    assert_eq!(
        gone.iter().filter(|one| *one == "record-vanished").count(),
        3
    );
}

/// A second signature that fails by the same key has the words of the first.
#[test]
fn what_fails_already_excuses_nothing_that_fails_anew() {
    let ground = Ground::with_signatories();
    let (pen, stranger) = (Pen::new(1), Pen::new(2));
    let mut desk = club(&pen);
    desk.signed[0].1 = stranger.ssh(b"x");
    ground.write(CLUB, desk.record());
    ground.commit("one that fails");
    desk.withdraw("example-letter", &pen);
    desk.signed[1].1 = stranger.ssh(b"x");
    ground.write(CLUB, desk.record());
    ground.commit("another that fails");
    let answer = ground.json(&["review", "HEAD~1..HEAD"]);
    assert_eq!(found(&answer), ["signature-does-not-hold"]);
    assert_eq!(answer["apart"].as_array().unwrap().len(), 1);
    assert_eq!(ground.run(&["review", "HEAD~1..HEAD"]).code, 1);
}

/// What maintainers attest is not judged yet; that it stays is.
#[test]
fn an_attestation_that_is_gone_edited_or_moved_is_told() {
    use undersigned::base::id::Id;
    use undersigned::history::lists::Order;
    use undersigned::history::record::Change;
    use undersigned::record::yaml;
    let record = |entries: &[&str]| {
        let entries: String = entries
            .iter()
            .map(|entry| format!("  - text: '{entry}'\n    signature: 'x'\n"))
            .collect();
        let yaml = format!("id: forum\nname: 'Forum'\nattestations:\n{entries}");
        yaml::parse(RECORD, yaml.as_bytes()).document.unwrap()
    };
    let id = Id::parse("forum").unwrap();
    let told = |after: &[&str], order: Order| -> Vec<String> {
        let (before, after) = (record(&["a", "b"]), record(after));
        let change = Change {
            id: &id,
            before: Some(&before),
            after: Some(&after),
            unreadable: None,
        };
        let findings = change.judge(order, None).unwrap().into_iter();
        findings
            .map(|one| format!("{}: {}", one.rule.name, one.message))
            .collect()
    };
    let rule = "attestation-vanished: attestation";
    assert_eq!(told(&["a", "b", "c"], Order::Kept), [""; 0]);
    assert_eq!(
        told(&["a", "c"], Order::Kept),
        [format!("{rule} 2 about `Forum` (`forum`) was edited")]
    );
    assert_eq!(
        told(&["a"], Order::Kept),
        [format!("{rule} 2 about `Forum` (`forum`) is gone")]
    );
    assert_eq!(told(&["b", "a"], Order::Kept).len(), 2);
    // In a merge the order is that of neither branch.
    assert_eq!(told(&["c", "b", "a"], Order::Free), [""; 0]);
    assert_eq!(told(&["c", "b"], Order::Free).len(), 1);
}

/// Ten names in each of ten folders within each other are ten objects, and 10^10 files to whoever counts them.
#[test]
fn folders_of_copies_are_looked_into_once() {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    let blob = ground.git_with(&["hash-object", "-w", "--stdin"], Some(b"x"));
    let mut object = String::from_utf8(blob).unwrap().trim().to_owned();
    let mut entry = "100644 blob";
    for _ in 0..10 {
        let lines: String = (0..10)
            .map(|number| format!("{entry} {object}\tn{number}\n"))
            .collect();
        let tree = ground.git_with(&["mktree"], Some(lines.as_bytes()));
        object = String::from_utf8(tree).unwrap().trim().to_owned();
        entry = "040000 tree";
    }
    let root = ground.git(&["ls-tree", "HEAD"]) + &format!("\n040000 tree {object}\tzz\n");
    let tree = ground.git_with(&["mktree"], Some(root.as_bytes()));
    let tree = String::from_utf8(tree).unwrap();
    let bomb = ground.git(&["commit-tree", "-p", "HEAD", "-m", "bomb", tree.trim()]);
    ground.git(&["branch", "bomb", &bomb]);
    let answer = ground.json(&["review", "main..bomb"]);
    assert!(answer["other_files"].as_array().unwrap().len() < 200);
    assert_eq!(ground.run(&["audit", "--at", "bomb"]).code, 0);
}

/// Git takes the first tree that a commit names, and a second one shows nobody anything else.
#[test]
fn a_commit_that_names_two_trees_gives_no_answer() {
    let (ground, _, lost) = with_a_loss();
    let lossy = ground.git(&["rev-parse", &format!("{lost}^{{tree}}")]);
    let whole = ground.git(&["rev-parse", &format!("{lost}~1^{{tree}}")]);
    let text = format!(
        "tree {lossy}\nparent {lost}\nauthor M <m@letters.example> 1764000000 +0000\ncommitter M <m@letters.example> 1764000000 +0000\ntree {whole}\n\ntwo\n"
    );
    let made = ground.git_with(
        &[
            "hash-object",
            "-t",
            "commit",
            "-w",
            "--stdin",
            "--literally",
        ],
        Some(text.as_bytes()),
    );
    let made = String::from_utf8(made).unwrap();
    ground.git(&["update-ref", "refs/heads/two", made.trim()]);
    for arguments in [
        &["audit", "--at", "two"][..],
        &["log", "--at", "two"],
        &["review", "main..two"],
    ] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.stdout);
    }
}

#[test]
fn two_names_that_are_shown_alike_are_two() {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    use std::os::unix::ffi::OsStrExt as _;
    let odd = std::ffi::OsStr::from_bytes(b"a\xff");
    fs::write(ground.path().join(odd), "1").unwrap();
    ground.write("a\\xff", "2");
    ground.commit("names");
    assert_eq!(ground.run(&["audit"]).code, 0);
    assert_eq!(ground.run(&["review", "HEAD~1..HEAD"]).code, 0);
}

/// What a review would refuse is not signed: on a listed record the first name is one that the publisher gave.
#[test]
fn nobody_renames_whom_the_publisher_named_by_signing_first() {
    let ground = Ground::with_signatories();
    ground.commit("three are named");
    let before = ground.read(RECORD);
    let keys = Ground::empty();
    let key = keys.at("key.pem").to_str().unwrap().to_owned();
    assert_eq!(ground.run(&["keygen", &key, "--no-passphrase"]).code, 0);
    let own = ["--signatory", "forum", "--key", &key, "--yes", "--name"];
    let ran = ground.run(&[&["sign"], &own[..], &["Another Forum"]].concat());
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("record-disagrees-with-statement"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("the publisher named `Forum`"),
        "{}",
        ran.stdout
    );
    assert_eq!(ground.read(RECORD), before);
    assert_eq!(
        ground.run(&[&["sign"], &own[..], &["Forum"]].concat()).code,
        0
    );
    ground.git(&["checkout", "-q", "-b", "signing"]);
    ground.commit("sign");
    assert_eq!(ground.run(&["review", "main..signing"]).code, 0);
}

#[test]
fn a_review_says_what_a_pull_request_gives_back_and_which_commit_lost_it() {
    let (ground, kept, _) = with_a_loss();
    ground.remove(CLUB);
    let lost = ground.commit("tidy up more");
    ground.git(&["checkout", "-q", "-b", "back"]);
    ground.git(&["checkout", "-q", &kept, "--", RECORD, CLUB]);
    ground.commit("back");
    let range = format!("{lost}..back");
    let answer = ground.json(&["review", &range]);
    assert_eq!(found(&answer), Vec::<String>::new(), "{answer:#}");
    let ran = ground.run(&["review", &range]);
    let told = format!("what the commit {} of ", &lost[..12]);
    let right = "did to the record of `example-club` is put right";
    assert!(
        ran.code == 0 && ran.stdout.contains(&told) && ran.stdout.contains(right),
        "{}",
        ran.stdout
    );
    // What is only like it is not it.
    ground.edit(CLUB, "Example Club", "Example Clubs");
    ground.commit("not quite");
    assert_eq!(ground.run(&["review", &range]).code, 1);
}

#[test]
fn what_is_reserved_for_the_ledger_does_not_change_in_silence() {
    let (ground, ..) = with_a_loss();
    ground.write("registry/ledger/checkpoint", "x");
    let with = ground.commit("with");
    ground.remove("registry/ledger/checkpoint");
    let without = ground.commit("without");
    let ran = ground.run(&["review", &format!("{with}..{without}")]);
    assert!(
        ran.stdout.contains("registry/ledger/checkpoint"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("changes nothing"), "{}", ran.stdout);
}

#[test]
fn a_review_that_cannot_see_the_past_keeps_what_it_found() {
    let (ground, kept, lost) = with_a_loss();
    ground.remove(CLUB);
    ground.commit("another loss");
    // What the first loss took is not in this repository any more.
    let blob = ground.git(&["rev-parse", &format!("{kept}:{RECORD}")]);
    let (folder, name) = blob.split_at(2);
    fs::remove_file(ground.at(&format!(".git/objects/{folder}/{name}"))).unwrap();
    let ran = ground.run(&["review", &format!("{lost}..HEAD")]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("record-vanished"), "{}", ran.stdout);
    assert!(ran.stdout.contains("cannot be walked"), "{}", ran.stdout);
}
