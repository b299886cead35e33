//! The way in parts against the plain way, on every registry that a test judges: the same verdicts, counts and findings.

use crate::ground::{Ground, files, here, rules, standing};
use crate::pen::{Charter, Desk, Pen};
use crate::story::{LETTER, Story};
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use undersigned::record::schema::Schemas;
use undersigned::registry::git::repository::Repository;
use undersigned::registry::load::{load, load_all_but_records};
use undersigned::registry::snapshot::Reach;
use undersigned::report::json;
use undersigned::verify::engine;
use undersigned::verify::stream::{self, Wanted};
use undersigned::verify::verdict::Report;

impl Ground {
    /// `verify` as JSON; it must have an answer. What lies there is judged both ways.
    pub fn verify(&self) -> Value {
        compare_folder(self.path());
        self.json(&["verify"])
    }

    /// The rules that `verify` finds, in order, with their paths.
    pub fn found(&self) -> Vec<(String, String)> {
        rules(&self.verify())
    }

    /// The standing of a signatory on the first letter.
    pub fn standing(&self, id: &str) -> Option<String> {
        standing(&self.verify(), id)
    }
}

/// Compares both ways on a commit; says whether there was a way in parts.
pub fn compare(repository: &Path, commit: &str) -> bool {
    let open = || Repository::open(repository).unwrap().unwrap();
    let schemas = Schemas::load().unwrap();
    let snapshot = open().snapshot(commit, Reach::Repository);
    let plain = snapshot.and_then(|snapshot| load(&snapshot, &schemas));
    let roll = open().roll(commit).unwrap();
    let Ok(plain) = plain else {
        // Where there is no answer, there is none in parts.
        if roll.is_some() {
            let frame = open().snapshot_without_records(commit, Reach::Repository);
            assert!(
                frame
                    .and_then(|frame| load_all_but_records(&frame, &schemas))
                    .is_err()
            );
        }
        return false;
    };
    let plain = engine::verify(&plain);
    let Some(roll) = roll else {
        return false;
    };
    let parts = |wanted| {
        let frame = open()
            .snapshot_without_records(commit, Reach::Repository)
            .unwrap();
        let frame = load_all_but_records(&frame, &schemas).unwrap();
        let concluded = stream::verify(frame, &roll, &schemas, wanted, |_| ()).unwrap();
        concluded.unwrap().report
    };
    let told =
        |report: &Report| String::from_utf8(json::verification(report, None).unwrap()).unwrap();
    assert_eq!(told(&plain), told(&parts(Wanted::Verdicts)));
    let counted = parts(Wanted::Counts);
    assert_eq!(
        format!("{:?}", plain.findings),
        format!("{:?}", counted.findings)
    );
    for (one, other) in plain.letters.iter().zip(&counted.letters) {
        assert_eq!(one.counts(), other.counts());
        assert_eq!(one.retracted, other.retracted);
    }
    true
}

/// Compares both ways on what lies in a folder, as a commit of it would have it.
pub fn compare_folder(folder: &Path) -> bool {
    let home = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let ran = crate::ground::plain("git", folder)
            .arg("--git-dir")
            .arg(home.path())
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .unwrap();
        let done = ran.status.success();
        done.then(|| String::from_utf8(ran.stdout).unwrap().trim_end().to_owned())
    };
    let commit = || {
        git(&["init", "-q", "--bare", "--template="])?;
        git(&["--work-tree", ".", "add", "-A", "-f"])?;
        let tree = git(&["write-tree"])?;
        git(&["commit-tree", "-m", "as it lies", &tree])
    };
    commit().is_some_and(|commit| compare(home.path(), &commit))
}

#[test]
fn every_commit_of_every_story_is_judged_alike_in_parts() {
    let mut in_parts = 0;
    for path in files(&here().join("tests/histories")) {
        let script = std::fs::read_to_string(&path).unwrap();
        let mut story = match script.lines().any(|line| line == "founded") {
            true => Story::founded(),
            false => Story::empty(),
        };
        for line in script.lines() {
            let word = line.split(' ').next().unwrap_or_default();
            if !matches!(word, "" | "#" | "founded" | "audit" | "review") {
                story.tell(line);
            }
        }
        let made = story.make();
        let ground = made.ground();
        let commits = ground.git(&["rev-list", "--all"]);
        for commit in commits.lines() {
            in_parts += usize::from(compare(ground.path(), commit));
        }
    }
    assert!(in_parts > 200, "{in_parts}");
}

/// Records that have something in common only with each other, far apart, and with those who keep the registry.
#[test]
fn what_records_have_in_common_is_found_in_parts() {
    let (one, two, keeper) = (Pen::new(201), Pen::new(202), Pen::new(203));
    let mut story = Story::founded();
    let charter = Charter::new(&[("keeper-at-work", &keeper)]);
    story.tree.put("registry/registry.yaml", charter.yaml());
    let mut sit = |id: &str, name: &str, domain: Option<&str>, pen: &Pen| {
        let mut desk = Desk::new(id, name);
        if let Some(domain) = domain {
            desk = desk.with("domain", domain);
        }
        desk.endorse(LETTER, crate::ground::TEXT, pen);
        story.tree.sit(desk);
    };
    for number in 0..40 {
        sit(
            &format!("middle-{number}"),
            &format!("Quiet Organization {number}"),
            None,
            &Pen::numbered(number),
        );
    }
    sit("a-forum", "Example Forum", Some("one.example"), &one);
    sit("z-forum", "Examp1e Forum", Some("two.example"), &two);
    sit(
        "b-domain",
        "Somebody",
        Some("one.example"),
        &Pen::numbered(100),
    );
    sit("y-key", "Somebody else", None, &one);
    sit("c-keeper", "Kept", None, &keeper);
    sit(
        "keeper-at-work",
        "Named as the keeper",
        None,
        &Pen::numbered(101),
    );
    sit("d-mixed", "Grееn Korea", None, &Pen::numbered(102));
    story.commit("crowd", &[]);
    let made = story.make();
    let commit = made.id("crowd");
    assert!(compare(made.ground().path(), commit));
    let ran = made
        .ground()
        .run(&["verify", "--at", commit, "--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let found: Vec<String> = rules(&answer)
        .into_iter()
        .map(|(rule, path)| format!("{} {rule}", path.rsplit('/').next().unwrap()))
        .collect();
    for expected in [
        "a-forum.yaml look-alike-name",
        "z-forum.yaml look-alike-name",
        "a-forum.yaml duplicate-domain",
        "b-domain.yaml duplicate-domain",
        "a-forum.yaml key-reused",
        "y-key.yaml key-reused",
        "d-mixed.yaml look-alike-name",
        "registry.yaml charter-inconsistent",
    ] {
        assert!(
            found.iter().any(|one| one == expected),
            "{expected}: {found:?}"
        );
    }
    assert_eq!(
        found
            .iter()
            .filter(|one| one.contains("charter-inconsistent"))
            .count(),
        2
    );
}

/// Nothing but records in one place: anything else is for the plain way.
#[test]
fn an_odd_folder_of_records_is_not_read_in_parts() {
    let ground = Ground::with_signatories();
    ground.commit("all");
    let rolls = |what: &str| {
        let commit = ground.commit(what);
        let repository = Repository::open(ground.path()).unwrap().unwrap();
        assert_eq!(
            compare(ground.path(), &commit),
            repository.roll(&commit).unwrap().is_some()
        );
        repository.roll(&commit).unwrap().is_some()
    };
    assert!(rolls("as it is"));
    ground.write("registry/signatories/README", "x");
    assert!(!rolls("a stray file"));
    ground.remove("registry/signatories/README");
    ground.write("registry/signatories/ab/abc.yaml", "id: abc\n");
    assert!(!rolls("flat and in a shard"));
    std::fs::remove_dir_all(ground.at("registry/signatories")).unwrap();
    assert!(rolls("nobody"));
    ground.write("registry/signatories/ab/abc.yaml", "id: abc\n");
    ground.write("registry/signatories/a-/a-b.yaml", "x".repeat(300_000));
    assert!(rolls("in shards"));
}
