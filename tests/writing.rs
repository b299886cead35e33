//! Files on their way into a registry: sizes, links, two at once, line ends, what a stopped run leaves.

use crate::author::{CLUB, OWN, club, ground, key, keygen, keys, run, signs};
use crate::ground::{Ground, Ran, TEXT, plain};
use crate::pen::Pen;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use undersigned::author::edit::Edit;
use undersigned::author::prospect::Prospect;
use undersigned::cli::cabinet::Cabinet;
use undersigned::record::schema::Schemas;
use undersigned::registry::home::Home;
use undersigned::registry::snapshot::Reach;

const LETTER: &str = "example-letter";
const YAML: &str = "registry/letters/example-letter/letter.yaml";
const WITHDRAW: [&str; 4] = ["withdraw", LETTER, "--signatory", "example-lake-club"];
/// How many bytes a record or letter.yaml may have.
const LIMIT: usize = 256 * 1024;

/// Fills a YAML file with comments until it has room for this many bytes more.
fn fill(ground: &Ground, path: &str, room: usize) -> String {
    let mut content = ground.read(path);
    while content.len() + 100 < LIMIT - room {
        content.push_str(&format!("# {}\n", "x".repeat(90)));
    }
    ground.write(path, &content);
    content
}

#[track_caller]
fn refuses(ran: &Ran, code: i32, said: &str) {
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.code, code, "{all}");
    assert!(all.contains(said), "{said}: {all}");
}

fn revise(ground: &Ground) -> Ran {
    let revise = ["letter", "revise", LETTER, "new.txt", "--relation"];
    ground.run(&[&revise[..], &["erratum"]].concat())
}

fn cabinet(ground: &Ground) -> Cabinet {
    Cabinet::open(&Home::find(ground.path()).unwrap(), || {}).unwrap()
}

fn new(path: &str, after: &str) -> Edit {
    Edit {
        path: path.to_owned(),
        before: None,
        after: after.into(),
    }
}

#[test]
fn nothing_is_written_that_would_be_too_large_to_read() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let record = fill(&ground, CLUB, 300);
    refuses(&run(&ground, &WITHDRAW), 1, "record-too-large");
    assert_eq!(ground.read(CLUB), record);
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
    let letter = fill(&ground, YAML, 100);
    ground.write("new.txt", "Dear all,\n\nwe ask for peace at last.\n");
    refuses(&revise(&ground), 1, "record-too-large");
    assert_eq!(ground.read(YAML), letter);
    assert!(!ground.at("registry/letters/example-letter/v3").exists());
    // With room for it, it is written.
    ground.write(
        YAML,
        letter.rsplitn(12, "\n#").last().unwrap().to_owned() + "\n",
    );
    assert_eq!(revise(&ground).code, 0);
    assert_eq!(ground.found(), []);
}

#[test]
fn what_a_program_prints_is_a_signature_or_nothing() {
    let ground = ground();
    let _keys = keys(&ground);
    let pen = Pen::new(9);
    let line = pen.line();
    let bin = tempfile::tempdir().unwrap();
    let stub = |name: &str, script: &str| {
        let file = bin.path().join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
    };
    let others = std::env::var("PATH").unwrap();
    let path = format!("{}:{others}", bin.path().display());
    let sign = || {
        let agent = ["--agent", &line, "--yes", "--date", "2026-11-23"];
        ground.run_with(&[&OWN[..], &agent].concat(), &[("PATH", &path)])
    };
    stub("ssh-add", &format!("echo '{line} a key'"));
    stub("ssh-keygen", "head -c 3000000 /dev/zero | tr '\\0' A");
    refuses(&sign(), 2, "printed far more than a signature");
    stub(
        "ssh-keygen",
        "head -c 3000000 /dev/zero | tr '\\0' A >&2; exit 1",
    );
    refuses(&sign(), 2, "did not sign");
    stub(
        "ssh-keygen",
        "echo \"Couldn't sign message: agent refused operation\" >&2; exit 255",
    );
    refuses(&sign(), 2, "somebody declined where it asked");
    stub("ssh-keygen", "echo 'a: b'");
    refuses(&sign(), 2, "is no signature");
    let other = pen.ssh(b"something else");
    stub("ssh-keygen", &format!("printf '%s' '{other}'"));
    refuses(&sign(), 1, "signature-does-not-hold");
    assert!(!ground.at(CLUB).exists());
    let draft = [
        &["statement", "endorse", LETTER, "--date", "2026-11-23"][..],
        &OWN[1..],
        &["--key", &line],
    ];
    let text = ground.run(&draft.concat()).stdout;
    let signature = pen.ssh(text.as_bytes());
    stub("ssh-keygen", &format!("printf '%s' '{signature}'"));
    assert_eq!(sign().code, 0);
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("signed")
    );
}

#[test]
fn what_cannot_be_written_is_told_before_anybody_is_asked() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let mixed = ground.read(CLUB).replacen('\n', "\r\n", 1);
    ground.write(CLUB, &mixed);
    // Nobody can be asked here, so that the question would be what fails.
    let file = key(&ground, "key.pem");
    let withdraw = || ground.run(&[&WITHDRAW[..], &["--key", &file]].concat());
    refuses(&withdraw(), 2, "and others in LF");
    ground.write(CLUB, mixed.replace('\r', ""));
    refuses(&withdraw(), 2, "the confirmation cannot be asked here");
}

#[test]
fn an_answer_that_is_lost_hides_nothing_that_was_done() {
    let ground = ground();
    let _keys = keys(&ground);
    let file = key(&ground, "key.pem");
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let ran = plain(env!("CARGO_BIN_EXE_undersigned"), ground.path())
        .args(OWN)
        .args(["--yes", "--key", &file])
        .stdin(Stdio::null())
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("{CLUB} was written")), "{said}");
    assert!(ground.at(CLUB).exists());
}

#[test]
fn nothing_is_written_through_a_link() {
    let outside = tempfile::tempdir().unwrap();
    let moved = |ground: &Ground, path: &str| {
        let name = path.rsplit('/').next().unwrap();
        let place = outside.path().join(name);
        let _ = fs::remove_dir_all(&place);
        let there = fs::rename(ground.at(path), &place).is_ok();
        if !there {
            fs::create_dir_all(&place).unwrap();
        }
        symlink(&place, ground.at(path)).unwrap();
        crate::ground::files(&place)
    };
    for path in ["registry/signatories", "registry/signatories/ex"] {
        let ground = ground();
        let _keys = keys(&ground);
        club(&ground, &[]);
        // The key signs for the club already, which nobody sees behind the link.
        if path.ends_with("ex") {
            fs::create_dir(ground.at(path)).unwrap();
            fs::rename(
                ground.at(CLUB),
                ground.at(&format!("{path}/example-lake-club.yaml")),
            )
            .unwrap();
        }
        let before = moved(&ground, path);
        for id in ["example-new", "lake-club"] {
            let sign = ["sign", "--signatory", id, "--name", "Example New Club"];
            refuses(&run(&ground, &sign), 1, "not-a-regular-file");
        }
        let now = crate::ground::files(&outside.path().join(path.rsplit('/').next().unwrap()));
        assert_eq!(now, before, "{path}");
        // Whoever calls the door itself comes no further.
        let through = format!("{path}/new.yaml");
        let error = cabinet(&ground).put(&[new(&through, "x\n")]).unwrap_err();
        assert!(
            error.what().contains("is a symbolic link"),
            "{}",
            error.what()
        );
    }
    let ground = Ground::with_letter();
    let before = moved(&ground, "registry/letters");
    ground.write("new.txt", "Dear all.\n");
    let add = [
        "letter",
        "add",
        "new.txt",
        "--id",
        "new-letter",
        "--title",
        "New",
    ];
    let more = ["--addressee", "Everybody", "--language", "en"];
    refuses(
        &ground.run(&[&add[..], &more].concat()),
        1,
        "not-a-regular-file",
    );
    assert_eq!(
        crate::ground::files(&outside.path().join("letters")),
        before
    );
}

#[test]
fn of_two_who_sign_with_one_key_or_one_name_one_is_refused() {
    let ground = ground();
    let _keys = keys(&ground);
    let files: Vec<String> = (0..4)
        .map(|n| keygen(&ground, &format!("{n}.pem")))
        .collect();
    let at_once = |names: [&str; 4], files: [&String; 4]| -> usize {
        let ground = &ground;
        std::thread::scope(|scope| {
            let all = names
                .iter()
                .zip(files)
                .enumerate()
                .map(|(n, (name, file))| {
                    let id = format!("{}-{n}", name.to_lowercase().replace(' ', "-"));
                    scope.spawn(move || {
                        let sign = ["sign", "--signatory", &id, "--name", name, "--key", file];
                        run(ground, &sign).code
                    })
                });
            let all: Vec<_> = all.collect();
            let codes = all.into_iter().map(|one| one.join().unwrap());
            codes.filter(|code| *code == 0).count()
        })
    };
    let one = &files[0];
    let names = ["Lake", "Hill", "Moor", "Wood"];
    assert_eq!(at_once(names, [one, one, one, one]), 1);
    assert_eq!(ground.found(), []);
    let names = ["River Club"; 4];
    let own = [&files[1], &files[2], &files[3], &files[1]];
    assert_eq!(at_once(names, own), 1);
    assert_eq!(ground.found(), []);
}

/// A new club signs, and waits for the lock while something changes.
fn signs_while(ground: &Ground, change: &dyn Fn()) -> (Option<i32>, String) {
    let held = cabinet(ground);
    let file = key(ground, "key.pem");
    let child = plain(env!("CARGO_BIN_EXE_undersigned"), ground.path())
        .args(["sign", "--signatory", "example-new", "--name", "New Club"])
        .args(["--yes", "--key", &file])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Time enough to have read the registry, to have signed, and to wait for the lock.
    std::thread::sleep(Duration::from_secs(2));
    assert!(!ground.at("registry/signatories/example-new.yaml").exists());
    change();
    drop(held);
    let ran = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.contains("another run of undersigned"), "{said}");
    (ran.status.code(), said)
}

#[test]
fn what_came_while_somebody_waited_is_judged_too() {
    let ground = ground();
    let _keys = keys(&ground);
    // The same key signs for another organization in a copy of the registry.
    club(&ground, &[]);
    let other = ground.read(CLUB);
    ground.remove(CLUB);
    let (code, said) = signs_while(&ground, &|| ground.write(CLUB, &other));
    assert_ne!(code, Some(0), "{said}");
    assert!(!ground.at("registry/signatories/example-new.yaml").exists());
    assert_eq!(ground.found(), []);
}

#[test]
fn a_letter_that_changed_while_somebody_waited_is_not_signed() {
    let ground = ground();
    let _keys = keys(&ground);
    key(&ground, "key.pem");
    let text = "registry/letters/example-letter/v2/en.txt";
    let (old, yaml) = (ground.read(text), ground.read(YAML));
    for change in [
        &(|| ground.write(text, old.replace("peace", "war"))) as &dyn Fn(),
        &|| ground.write(YAML, yaml.replace("title: ", "title: Not ")),
        &|| {
            ground.write("new.txt", "Dear all,\n\nwe ask for war.\n");
            ground.write(
                "registry/letters/example-letter/v3/en.txt",
                "Dear all,\n\nwe ask for war.\n",
            );
        },
    ] {
        let (code, said) = signs_while(&ground, change);
        let wrote = ground.at("registry/signatories/example-new.yaml").exists();
        // A stray file changes no letter; everything else does.
        let strays = ground.at("registry/letters/example-letter/v3").exists();
        assert_eq!((code == Some(0), wrote), (strays, strays), "{said}");
        if !strays {
            assert!(said.contains("changed while you were asked"), "{said}");
        }
        ground.write(text, &old);
        ground.write(YAML, &yaml);
    }
}

#[test]
fn line_ends_and_permissions_stay_as_they_are() {
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let returned = ground.read(CLUB).replace('\n', "\r\n");
    ground.write(CLUB, &returned);
    fs::set_permissions(ground.at(CLUB), fs::Permissions::from_mode(0o600)).unwrap();
    signs(&ground, &WITHDRAW);
    let after = ground.read(CLUB);
    assert!(after.starts_with(&returned), "{after:?}");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    let about = fs::metadata(ground.at(CLUB)).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    assert_eq!(
        ground.standing("example-lake-club").as_deref(),
        Some("withdrawn")
    );
    // Where both kinds stand, nothing could be added without touching other lines.
    let mixed = after.replacen("\r\n", "\n", 1);
    ground.write(CLUB, &mixed);
    let ran = run(&ground, &["sign", "--signatory", "example-lake-club"]);
    refuses(&ran, 2, "end in CR LF, and others in LF");
    assert_eq!(ground.read(CLUB), mixed);
}

/// The unfinished files that lie about.
fn unfinished(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = crate::ground::files(folder);
    all.retain(|path| path.to_str().unwrap().contains(".undersigned-"));
    all
}

#[test]
fn what_a_killed_run_left_is_taken_away_by_the_next() {
    let ground = ground();
    let _keys = keys(&ground);
    ground.write(".git/.undersigned-edit-abc", "half");
    ground.write(".undersigned-edit-abc", "half");
    club(&ground, &[]);
    assert_eq!(unfinished(ground.path()), [] as [std::path::PathBuf; 0]);
    // A linked work tree has its own place in Git's folder.
    ground.git(&["add", "-A"]);
    ground.git(&["commit", "-q", "-m", "club"]);
    let linked = tempfile::tempdir().unwrap();
    let tree = linked.path().join("tree");
    let tree = tree.to_str().unwrap();
    ground.git(&["worktree", "add", "-q", tree]);
    signs(&ground, &[&["-C", tree][..], &WITHDRAW].concat());
    let told = ground.git(&["-C", tree, "status", "--porcelain"]);
    assert_eq!(told.trim(), format!("M {CLUB}"));
    let names: Vec<_> = fs::read_dir(tree).unwrap().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // Without Git it is the root, and what another program is at work on stays.
    let folder = Ground::with_letter();
    folder.write(".undersigned-edit-abc", "half");
    folder.write(".undersigned-xyz", "a folder that is being built");
    folder.write("new.txt", "Dear all,\n\nwe ask for peace now.\n");
    assert_eq!(revise(&folder).code, 0);
    assert_eq!(unfinished(folder.path()), [folder.at(".undersigned-xyz")]);
}

#[test]
fn what_killed_runs_left_beside_their_places_is_taken_away_by_the_next() {
    use std::fs::File;
    let ground = ground();
    let _keys = keys(&ground);
    club(&ground, &[]);
    let inside = ground.at("made");
    fs::create_dir(&inside).unwrap();
    let place = tempfile::tempdir().unwrap();
    let demo = |name: &str| {
        let folder = place.path().join(name);
        assert_eq!(ground.run(&["demo", folder.to_str().unwrap()]).code, 0);
    };
    let left = place.path().join(".undersigned-new-dead");
    let lay = || {
        fs::create_dir_all(left.join("registry")).unwrap();
        fs::write(left.join("registry/registry.yaml"), "half").unwrap();
        fs::write(inside.join(".undersigned-page-dead"), "half").unwrap();
    };
    let of = ["statement", "--of", "example-lake-club", "--output", "made"];
    lay();
    // Somebody is at work in both folders, so that nobody knows whose these are.
    let held = [
        File::open(place.path()).unwrap(),
        File::open(&inside).unwrap(),
    ];
    for one in &held {
        one.lock_shared().unwrap();
    }
    demo("one");
    assert_eq!(ground.run(&of).code, 0);
    assert_eq!(
        (unfinished(place.path()).len(), unfinished(&inside).len()),
        (1, 1)
    );
    drop(held);
    demo("two");
    assert_eq!(ground.run(&of).code, 0);
    assert_eq!(
        (unfinished(place.path()), unfinished(&inside)),
        (vec![], vec![])
    );
}

#[test]
fn a_killed_keygen_leaves_a_whole_key_or_none_under_any_name() {
    let ground = ground();
    let place = tempfile::tempdir().unwrap();
    let mut made = 0;
    for round in 0..60u64 {
        let file = place.path().join(format!("{round}.pem"));
        let mut child = plain(env!("CARGO_BIN_EXE_undersigned"), ground.path())
            .args(["keygen", file.to_str().unwrap(), "--no-passphrase"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(150 * round));
        let _ = child.kill();
        child.wait().unwrap();
        if let Ok(key) = fs::read_to_string(&file) {
            made += 1;
            assert!(key.ends_with("-----END PRIVATE KEY-----\n"), "{key}");
        }
    }
    // Where the disk has no files without a name, this is the one place where a key is left.
    assert_eq!(unfinished(place.path()), Vec::<std::path::PathBuf>::new());
    println!("killed 60 times: {made} times there is a key");
    let first = place.path().join("whole.pem");
    let keygen = ["keygen", first.to_str().unwrap(), "--no-passphrase"];
    assert_eq!(ground.run(&keygen).code, 0);
    let mode = fs::metadata(&first).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_text_that_was_corrected_after_a_killed_run_is_told_of_with_its_remedy() {
    let ground = Ground::with_letter();
    let left = "registry/letters/example-letter/v2/en.txt";
    ground.write(left, "Dear all,\n\nwe ask for pace now.\n");
    ground.write("new.txt", "Dear all,\n\nwe ask for peace now.\n");
    let ran = revise(&ground);
    refuses(&ran, 2, "No letter.yaml names that file");
    refuses(&ran, 2, "take it out, and run this again");
    ground.remove(left);
    assert_eq!(revise(&ground).code, 0);
    assert_eq!(ground.found(), []);
}

#[test]
fn of_several_files_all_are_written_or_none() {
    let ground = Ground::with_letter();
    ground.write("README.md", "ours\n");
    let mode = fs::Permissions::from_mode(0o640);
    fs::set_permissions(ground.at("README.md"), mode).unwrap();
    let mut page = new("README.md", "new\n");
    page.before = Some(b"ours\n".to_vec());
    let more = "registry/letters/new-letter/v1/en.txt";
    // The folder of the last one takes the place of the one before it.
    let edits = [
        new(more, "Dear all.\n"),
        page,
        new("registry/letters/new-letter/a", "x"),
        new("registry/letters/new-letter/a/b", "x"),
    ];
    let error = cabinet(&ground).put(&edits).unwrap_err();
    assert!(
        error.help().unwrap().contains("Nothing was changed"),
        "{error:?}"
    );
    assert!(!ground.at("registry/letters/new-letter").exists());
    assert_eq!(ground.read("README.md"), "ours\n");
    let about = fs::metadata(ground.at("README.md")).unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o640);
    assert_eq!(unfinished(ground.path()), [] as [std::path::PathBuf; 0]);
}

#[test]
fn a_full_disk_leaves_no_folder_behind() {
    let ground = Ground::with_letter();
    ground.write("new.txt", "Dear all.\n");
    let add = "letter add new.txt --id new-letter --title New --addressee All --language en";
    // A file of no bytes at all is the largest that may be written.
    let script = format!("trap '' XFSZ; ulimit -f 0; exec undersigned {add}");
    let (worked, told) = ground.shell(".", &script);
    assert!(!worked && told.contains("cannot be written"), "{told}");
    assert!(!ground.at("registry/letters/new-letter").exists());
    assert_eq!(unfinished(ground.path()), [] as [std::path::PathBuf; 0]);
}

#[test]
fn private_keys_are_looked_for_where_that_is_asked() {
    let ground = ground();
    let _keys = keys(&ground);
    let pem = fs::read(key(&ground, "key.pem")).unwrap();
    ground.write("notes/key.pem", pem);
    let home = || Home::find(ground.path()).unwrap();
    let found = |reach| home().as_it_lies(reach).unwrap().findings.len();
    assert_eq!((found(Reach::Registry), found(Reach::Repository)), (0, 1));
    ground.git(&["add", "-A"]);
    ground.git(&["commit", "-q", "-m", "a key"]);
    let found = |reach| home().at("HEAD", reach).unwrap().findings.len();
    assert_eq!((found(Reach::Registry), found(Reach::Repository)), (0, 1));
    for command in [
        &["verify"][..],
        &["validate"],
        &["compile", "--output", "out"],
    ] {
        let ran = ground.run(command);
        refuses(&ran, 1, "private-key-in-repository");
    }
    signs(&ground, &OWN);
}

#[test]
fn a_letter_is_looked_up_in_one_way() {
    let ground = ground();
    let _keys = keys(&ground);
    ground.letter("other-letter", &["Other words.\n"]);
    ground.write("registry/letters/other-letter/letter.yaml", "id: [\n");
    ground.write("new.txt", "Dear all.\n");
    let commands: [(&str, &[&str]); 4] = [
        ("verify", &[]),
        ("withdraw", &["--signatory", "example-lake-club"]),
        ("sign", &["--signatory", "example-lake-club", "--name", "X"]),
        ("revise", &["new.txt", "--relation", "erratum"]),
    ];
    for (command, more) in commands {
        let ran = |id| {
            let first = match command {
                "revise" => vec!["letter", command, id],
                _ => vec![command, id],
            };
            ground.run(&[&first[..], more].concat())
        };
        let none = ran("nothing");
        refuses(&none, 2, "there is no letter `nothing` in this registry");
        refuses(&none, 2, "The registry holds example-letter.");
        if command != "verify" {
            refuses(
                &ran("other-letter"),
                2,
                "the letter `other-letter` cannot be read",
            );
        }
    }
}

#[test]
fn the_page_for_readers_follows_a_new_version() {
    let made = |change: fn(String) -> String| {
        let ground = Ground::empty();
        ground.write("letter.txt", TEXT);
        ground.write("new.txt", "Dear all,\n\nwe ask for peace now.\n");
        let init = "init peace --origin letters.example/peace --letter letter.txt --title Peace --letter-id example-letter --addressee All --language en";
        let words: Vec<&str> = init.split(' ').collect();
        assert_eq!(ground.run(&words).code, 0);
        ground.write("peace/README.md", change(ground.read("peace/README.md")));
        let file = ground.at("new.txt");
        let file = file.to_str().unwrap();
        let revise = ["-C", "peace", "letter", "revise", LETTER, file];
        let ran = ground.run(&[&revise[..], &["--relation", "erratum"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (ground.read("peace/README.md"), ran)
    };
    let (page, ran) = made(|page| page);
    let old = crate::pen::digest(TEXT).replace("sha256:", "");
    let new = crate::pen::digest("Dear all,\n\nwe ask for peace now.\n").replace("sha256:", "");
    assert!(ran.stdout.contains("wrote README.md\n"), "{}", ran.stdout);
    assert!(page.contains(&new) && page.contains("/v2/en.txt"), "{page}");
    assert!(!page.contains(&old) && !page.contains("/v1/"), "{page}");
    assert_eq!(ran.stderr, "");
    // What a person wrote stays, and the person is told of each line.
    let (page, ran) = made(|page| format!("Ours.\n{page}"));
    let lines = page.lines().enumerate();
    let stale: Vec<String> = lines
        .filter(|(_, line)| line.contains(&old) || line.contains("example-letter/v1/en.txt"))
        .map(|(index, _)| (index + 1).to_string())
        .collect();
    assert!(stale.len() > 3, "{page}");
    let said = format!("on the lines {}:", stale.join(", "));
    assert!(ran.stderr.contains(&said), "{said} {}", ran.stderr);
    let (_, ran) = made(|_| "Nothing of it.\n".to_owned());
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_day_that_is_far_and_a_key_that_comes_back_are_spoken_of() {
    let ground = ground();
    let _keys = keys(&ground);
    let file = key(&ground, "key.pem");
    let key = ["--key", &file, "--yes"];
    let ran = ground.run(&[&OWN[..], &key].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for (date, said) in [("1999-01-01", "days ago"), ("2999-01-01", "days from now")] {
        let ran = ground.run(&[&WITHDRAW[..], &key, &["--date", date]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    let new = keygen(&ground, "new.pem");
    let rotate = ["rotate", "--signatory", "example-lake-club"];
    let there = signs(&ground, &[&rotate[..], &["--new-key", &new]].concat());
    assert!(!there.contains("replaced this key"), "{there}");
    let record = ground.read(CLUB);
    let named = |name: &str| {
        let mut lines = record.lines().rev().map(str::trim);
        lines.find_map(|line| line.strip_prefix(name)).unwrap()
    };
    let keys = ["--key", named("new-key: "), "--new-key", named("key: ")];
    let drafted = ground.run(&[&["statement"], &rotate[..], &keys].concat());
    assert_eq!(drafted.code, 0, "{}", drafted.stderr);
    assert!(
        drafted.stderr.contains("statement 4 replaced this key"),
        "{}",
        drafted.stderr
    );
    let back = signs(
        &ground,
        &[&rotate[..], &["--key", &new, "--new-key", &file]].concat(),
    );
    assert!(back.contains("statement 4 replaced this key"), "{back}");
    assert_eq!(ground.found(), []);
}

#[test]
fn that_nothing_new_is_found_is_no_proof() {
    let ground = ground();
    let _keys = keys(&ground);
    // One key signs for two, each in a copy of the registry that knew nothing of the other.
    club(&ground, &[]);
    let record = ground.read(CLUB);
    ground.remove(CLUB);
    let sign = ["sign", "--signatory", "example-new", "--name", "New Club"];
    signs(&ground, &sign);
    ground.write(CLUB, &record);
    let found = ground.found();
    assert_eq!(found.len(), 2, "{found:?}");
    refuses(
        &run(&ground, &WITHDRAW),
        2,
        "would not count as it would be written",
    );
    assert_eq!(ground.read(CLUB), record);
    // A file that the registry does not read as it would be is not taken for one that it does.
    let home = Home::find(ground.path()).unwrap();
    let snapshot = home.as_it_lies(Reach::Registry).unwrap();
    let prospect = Prospect::of(&[], &snapshot, &Schemas::load().unwrap()).unwrap();
    for path in [CLUB, YAML, "registry/letters/example-letter/v1/en.txt"] {
        assert!(
            prospect.reads(&[new(path, &ground.read(path))]).is_ok(),
            "{path}"
        );
        assert!(prospect.reads(&[new(path, "other\n")]).is_err(), "{path}");
    }
}
