//! Reading a revision: objects alone decide, whatever lies around them.

use crate::ground::{Ground, plain, rules, standing};
use std::fs;

const RECORD: &str = "registry/signatories/forum.yaml";

/// A registry whose first commit lists three and whose second has lost one.
fn two_commits() -> (Ground, String, String) {
    let ground = Ground::with_signatories();
    let first = ground.commit("three");
    ground.remove(RECORD);
    let second = ground.commit("two");
    (ground, first, second)
}

fn listed_at(ground: &Ground, revision: &str) -> u64 {
    let answer = ground.json(&["verify", "--at", revision]);
    answer["letters"][0]["counts"]["listed"].as_u64().unwrap()
}

#[test]
fn any_revision_can_be_named() {
    let (ground, first, second) = two_commits();
    ground.git(&["tag", "light", &first]);
    ground.git(&["tag", "-a", "-m", "x", "heavy", &first]);
    ground.git(&["branch", "side", &first]);
    for name in [
        &first,
        &first[..8],
        "HEAD~1",
        "HEAD^",
        "main~",
        "light",
        "heavy",
        "side",
        "refs/heads/side",
        "heavy^0",
    ] {
        assert_eq!(listed_at(&ground, name), 3, "{name}");
    }
    for name in [&second, "HEAD", "main", "heavy~0^0~0"].iter().take(3) {
        assert_eq!(listed_at(&ground, name), 2, "{name}");
    }
    let answer = ground.json(&["verify", "--at", "heavy"]);
    assert_eq!(answer["registry"]["revision"], first);
}

#[test]
fn a_revision_that_is_not_there_is_an_error() {
    let (ground, ..) = two_commits();
    for name in [
        "HEAD~2",
        "HEAD^2",
        "nobody",
        "deadbeef",
        "HEAD@{1}",
        ":/three",
        "HEAD:registry",
        "-x",
        "",
        "HEAD^{tree}",
    ] {
        let ran = ground.run(&["verify", &format!("--at={name}")]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stdout);
        assert_eq!(ran.stdout, "", "{name}");
        assert!(
            ran.stderr.contains("error: ") && ran.stderr.contains("help: "),
            "{name}: {}",
            ran.stderr
        );
    }
}

#[test]
fn packed_loose_bare_and_linked_repositories_read_the_same() {
    let (ground, first, second) = two_commits();
    let loose = ground.run(&["verify", "--at", &first]).stdout;
    let bare = Ground::empty();
    let source = ground.path().to_str().unwrap();
    bare.git(&["clone", "-q", "--bare", "--no-local", source, "bare.git"]);
    let linked = Ground::empty();
    ground.git(&[
        "worktree",
        "add",
        "-q",
        linked.at("tree").to_str().unwrap(),
        &second,
    ]);
    ground.git(&["repack", "-q", "-a", "-d", "-f"]);
    ground.git(&["pack-refs", "--all"]);
    assert_eq!(ground.run(&["verify", "--at", &first]).stdout, loose);
    assert_eq!(
        bare.run(&["-C", "bare.git", "verify", "--at", &first])
            .stdout,
        loose
    );
    assert_eq!(
        linked.run(&["-C", "tree", "verify", "--at", &first]).stdout,
        loose
    );
    assert_eq!(
        linked
            .run(&["-C", "tree/registry/letters", "verify", "--at", &first])
            .stdout,
        loose
    );
    // Without --at a bare repository has only HEAD to judge.
    let head = bare.json(&["-C", "bare.git", "verify"]);
    assert_eq!(head["registry"]["revision"], second);
}

#[test]
fn replace_refs_do_not_change_what_is_read() {
    let (ground, first, second) = two_commits();
    ground.git(&["replace", &second, &first]);
    let blob = ground.git(&["rev-parse", &format!("{first}:{RECORD}")]);
    let other = ground.git(&[
        "rev-parse",
        &format!("{first}:registry/signatories/example-hill-forum.yaml"),
    ]);
    ground.git(&["replace", &blob, &other]);
    assert_eq!(
        ground
            .git(&["ls-tree", "-r", "--name-only", &second])
            .lines()
            .filter(|path| *path == RECORD)
            .count(),
        1,
        "git itself is led astray"
    );
    assert_eq!(listed_at(&ground, &second), 2);
    assert_eq!(
        standing(&ground.json(&["verify", "--at", &first]), "forum").as_deref(),
        Some("listed")
    );
}

#[test]
fn grafts_do_not_lead_to_other_parents() {
    let (ground, first, second) = two_commits();
    ground.record("forum", "Forum");
    ground.record("another", "Another");
    let unrelated = ground.commit("four, one of them not in the text");
    ground.write(".git/info/grafts", format!("{second} {unrelated}\n"));
    assert_eq!(listed_at(&ground, &format!("{second}~1")), 3);
    assert_eq!(
        ground.json(&["verify", "--at", &format!("{second}^")])["registry"]["revision"],
        first
    );
}

#[test]
fn attributes_and_line_end_settings_do_not_move_a_verdict() {
    let ground = Ground::with_signatories();
    let first = ground.commit("three");
    let before = ground.run(&["verify", "--at", "HEAD"]);
    ground.git(&["config", "core.autocrlf", "true"]);
    ground.git(&["config", "filter.evil.smudge", "sed s/Forum/Other/"]);
    ground.write(
        ".git/info/attributes",
        "registry/** filter=evil working-tree-encoding=UTF-16 ident\n",
    );
    fs::remove_file(ground.at(RECORD)).unwrap();
    ground.git(&["checkout", "--", "."]);
    let after = ground.run(&["verify", "--at", "HEAD"]);
    assert_eq!((after.code, &after.stdout), (before.code, &before.stdout));
    assert!(before.stdout.contains(&first));
}

#[test]
fn a_missing_object_is_no_verdict() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    let blob = ground.git(&["rev-parse", &format!("HEAD:{RECORD}")]);
    fs::remove_file(ground.at(&format!(".git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let ran = ground.run(&["verify", "--at", "HEAD", "--format", "json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains(&blob) && ran.stderr.contains(RECORD),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_partial_clone_names_what_it_lacks_and_how_to_get_it() {
    let (ground, ..) = two_commits();
    ground.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = Ground::empty();
    let source = format!("file://{}", ground.path().display());
    clone.git(&[
        "clone",
        "-q",
        "--no-checkout",
        "--filter=blob:none",
        &source,
        "partial",
    ]);
    let ran = clone.run(&["-C", "partial", "verify", "--at", "HEAD"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("is missing from this clone"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("git fetch --refetch"), "{}", ran.stderr);
}

#[test]
fn a_shallow_clone_has_its_commit_and_no_more() {
    let (ground, first, _) = two_commits();
    let clone = Ground::empty();
    let source = format!("file://{}", ground.path().display());
    clone.git(&["clone", "-q", "--depth=1", &source, "shallow"]);
    assert_eq!(
        clone.run(&["-C", "shallow", "verify", "--at", "HEAD"]).code,
        0
    );
    for name in ["HEAD~1", &first] {
        let ran = clone.run(&["-C", "shallow", "verify", "--at", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{name}");
    }
    let ran = clone.run(&["-C", "shallow", "verify", "--at", "HEAD~1"]);
    assert!(
        ran.stderr.contains(&first) && ran.stderr.contains("--unshallow"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_damaged_object_is_no_verdict() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    let blob = ground.git(&["rev-parse", &format!("HEAD:{RECORD}")]);
    let other = ground.git(&["rev-parse", "HEAD:registry/registry.yaml"]);
    let path = |id: &str| ground.at(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    fs::remove_file(path(&blob)).unwrap();
    fs::copy(path(&other), path(&blob)).unwrap();
    let ran = ground.run(&["verify", "--at", "HEAD"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(&blob), "{}", ran.stderr);
}

#[test]
fn without_a_registry_there_is_no_answer() {
    let ground = Ground::empty();
    let ran = ground.run(&["verify"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    ground.write("readme", "x");
    ground.commit("no registry");
    for arguments in [
        &["verify"][..],
        &["verify", "--at", "HEAD"],
        &["compile", "--output", "out"],
        &["show", "forum"],
    ] {
        let ran = ground.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
    }
    ground.write("registry/signatories/forum.yaml", "x");
    let ran = ground.run(&["verify"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("registry.yaml"), "{}", ran.stderr);
}

#[test]
fn a_repository_without_a_commit_says_so() {
    let ground = Ground::with_signatories();
    ground.git(&["init", "-q"]);
    assert_eq!(
        ground.run(&["verify"]).code,
        0,
        "the work tree can be judged"
    );
    let ran = ground.run(&["compile", "--output", "out"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no commit yet"), "{}", ran.stderr);
}

#[test]
fn a_work_tree_says_where_it_differs_from_head() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    let count = || ground.verify()["registry"]["uncommitted"].as_u64();
    assert_eq!(count(), Some(0));
    ground.write("notes.txt", "outside the registry");
    assert_eq!(count(), Some(0));
    ground.edit(RECORD, "id: forum\n", "id: forum\n# a comment\n");
    assert_eq!(count(), Some(1));
    ground.remove("registry/signatories/example-hill-forum.yaml");
    ground.record("new-one", "Forum");
    assert_eq!(count(), Some(3));
    assert!(
        ground
            .run(&["verify"])
            .stdout
            .contains("uncommitted: 3 files differ from HEAD")
    );
    // What Git is told to overlook is not overlooked.
    ground.git(&["update-index", "--assume-unchanged", RECORD]);
    assert_eq!(count(), Some(3));
}

#[test]
fn a_checkout_with_other_line_ends_reads_the_same() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    let record = ground.read(RECORD);
    ground.write(RECORD, record.replace('\n', "\r\n"));
    let answer = ground.verify();
    assert_eq!(
        (
            rules(&answer).len(),
            answer["registry"]["uncommitted"].as_u64()
        ),
        (0, Some(0))
    );
    ground.git(&[
        "-c",
        "core.autocrlf=false",
        "commit",
        "-q",
        "-a",
        "-m",
        "CR in a blob",
    ]);
    let found = rules(&ground.json(&["verify", "--at", "HEAD"]));
    assert!(
        found
            .iter()
            .all(|(rule, path)| rule == "yaml-not-plain" && path == RECORD)
            && !found.is_empty(),
        "{found:?}"
    );
    ground.write(RECORD, record.replacen('\n', "\r", 1));
    assert!(!ground.found().is_empty(), "a lone CR is no line end");
}

#[test]
fn an_unpacked_archive_can_be_judged_without_git() {
    let ground = Ground::with_signatories();
    let answer = ground.json(&["-C", "registry/signatories", "verify"]);
    assert!(answer["registry"]["revision"].is_null());
    assert!(answer["registry"]["uncommitted"].is_null());
    assert_eq!(answer["letters"][0]["counts"]["listed"], 3);
    assert_eq!(ground.run(&["verify", "--at", "HEAD"]).code, 2);
}

#[test]
fn the_environment_does_not_choose_the_repository() {
    let (ground, ..) = two_commits();
    let other = Ground::with_signatories();
    other.commit("other");
    let git = other.at(".git");
    let environment = [
        ("GIT_DIR", git.to_str().unwrap()),
        ("GIT_WORK_TREE", other.path().to_str().unwrap()),
    ];
    let ran = ground.run_with(
        &["verify", "--at", "HEAD", "--format", "json"],
        &environment,
    );
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(answer["letters"][0]["counts"]["listed"], 2);
}

#[test]
fn a_repository_with_sha_256_names_is_an_honest_error() {
    let ground = Ground::with_signatories();
    let made = plain("git", ground.path())
        .args(["init", "-q", "--object-format=sha256"])
        .status()
        .unwrap();
    assert!(made.success());
    ground.git(&["add", "-A"]);
    ground.git(&["commit", "-q", "-m", "x"]);
    let ran = ground.run(&["verify", "--at", "HEAD"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("SHA-256"), "{}", ran.stderr);
}

#[test]
fn a_name_with_two_meanings_is_an_error() {
    let (ground, first, second) = two_commits();
    ground.git(&["tag", "twice", &first]);
    ground.git(&["branch", "twice", &second]);
    let ran = ground.run(&["verify", "--at", "twice"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("means more than one commit"),
        "{}",
        ran.stderr
    );
    assert_eq!(listed_at(&ground, "refs/tags/twice"), 3);
    assert_eq!(listed_at(&ground, "refs/heads/twice"), 2);
    let tree = ground.git(&["rev-parse", "HEAD^{tree}"]);
    ground.git(&["tag", "a-tree", &tree]);
    let ran = ground.run(&["verify", "--at", "a-tree"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("leads to no commit"), "{}", ran.stderr);
}

#[test]
fn a_head_that_cannot_be_read_is_not_a_repository_without_commits() {
    let (ground, ..) = two_commits();
    ground.write(".git/refs/heads/main", "garbage\n");
    let ran = ground.run(&["compile", "--output", "out"]);
    assert_eq!(ran.code, 2);
    assert!(!ran.stderr.contains("no commit yet"), "{}", ran.stderr);
    assert!(ground.verify()["registry"]["uncommitted"].is_null());
}

#[test]
fn a_repository_that_is_content_is_not_the_one_that_is_judged() {
    let (ground, ..) = two_commits();
    ground.git(&["clone", "-q", "--bare", ".", "tools"]);
    ground.write("tools/inside/x", "x");
    let answer = ground.json(&["-C", "tools/inside", "verify"]);
    assert!(
        answer["registry"]["revision"].is_null(),
        "the work tree around it is judged"
    );
    ground.write("nested/.git", "gitdir: nowhere\n");
    let ran = ground.run(&["-C", "nested", "verify"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
}

#[test]
fn a_branch_named_like_the_start_of_a_commit_is_the_branch() {
    let (ground, first, second) = two_commits();
    ground.git(&["branch", &second[..5], &first]);
    assert_eq!(listed_at(&ground, &second[..5]), 3);
    assert_eq!(listed_at(&ground, &second[..6]), 2);
}
