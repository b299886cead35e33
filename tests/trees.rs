//! What may lie in a tree: kinds of files, paths, twins, sizes; from Git objects and in the work tree.

use crate::ground::{Ground, here, listed, rules, standing};

/// Adds an entry of any mode to the index, as a hostile commit could.
fn smuggle(ground: &Ground, mode: &str, path: &str, content: &[u8]) {
    let object = match mode {
        "160000" => "1234567890123456789012345678901234567890".to_owned(),
        _ => {
            let id = ground.git_with(&["hash-object", "-w", "--stdin"], Some(content));
            String::from_utf8(id).unwrap().trim_end().to_owned()
        }
    };
    ground.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("{mode},{object},{path}"),
    ]);
}

/// The findings at HEAD after committing what was smuggled into the index.
fn found_at_head(ground: &Ground) -> Vec<(String, String)> {
    ground.git(&["commit", "-q", "--allow-empty", "-m", "hostile"]);
    rules(&ground.json(&["verify", "--at", "HEAD"]))
}

fn pair(rule: &str, path: &str) -> (String, String) {
    (rule.to_owned(), path.to_owned())
}

#[test]
fn only_plain_files_lie_in_a_registry() {
    for (mode, name) in [
        ("120000", "link"),
        ("100755", "executable"),
        ("160000", "submodule"),
    ] {
        let ground = Ground::with_signatories();
        ground.commit("first");
        let path = format!("registry/signatories/{name}.yaml");
        smuggle(&ground, mode, &path, b"../../../../etc/passwd");
        assert_eq!(
            found_at_head(&ground),
            [pair("not-a-regular-file", &path)],
            "{mode}"
        );
    }
}

#[test]
fn a_record_that_becomes_a_link_gives_no_standing() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    ground.git(&[
        "update-index",
        "--force-remove",
        "registry/signatories/forum.yaml",
    ]);
    smuggle(
        &ground,
        "120000",
        "registry/signatories/forum.yaml",
        b"example-peace-forum.yaml",
    );
    assert_eq!(
        found_at_head(&ground),
        [pair(
            "not-a-regular-file",
            "registry/signatories/forum.yaml"
        )]
    );
    assert_eq!(
        standing(&ground.json(&["verify", "--at", "HEAD"]), "forum"),
        None
    );
}

#[cfg(unix)]
#[test]
fn the_work_tree_is_judged_by_the_same_rules() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let ground = Ground::with_signatories();
    symlink("forum.yaml", ground.at("registry/signatories/linked.yaml")).unwrap();
    ground.record("marked", "Forum");
    std::fs::set_permissions(
        ground.at("registry/signatories/marked.yaml"),
        std::fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(ground.at("registry/signatories/pipe.yaml"))
        .status();
    assert!(made.unwrap().success());
    let expected = ["linked", "marked", "pipe"].map(|name| {
        pair(
            "not-a-regular-file",
            &format!("registry/signatories/{name}.yaml"),
        )
    });
    assert_eq!(ground.found(), expected);
}

#[cfg(unix)]
#[test]
fn a_linked_registry_is_not_followed() {
    let ground = Ground::empty();
    let other = Ground::with_signatories();
    std::os::unix::fs::symlink(other.at("registry"), ground.at("registry")).unwrap();
    ground.write("readme", "x");
    ground.commit("first");
    for arguments in [&["verify"][..], &["verify", "--at", "HEAD"]] {
        let ran = ground.run(arguments);
        assert_eq!(ran.code, 2, "{}", ran.stdout);
        assert!(
            ran.stderr.contains("registry is a symbolic link"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn every_path_has_a_place() {
    let ground = Ground::with_signatories();
    let strays = [
        "registry/README.md",
        "registry/.gitattributes",
        "registry/letters/example-letter/notes.txt",
        "registry/letters/example-letter/v1/FR.txt",
        "registry/letters/example-letter/v1/en.html",
        "registry/letters/example-letter/v01/en.txt",
        "registry/signatories/UPPER.yaml",
        "registry/signatories/con.yaml",
        "registry/signatories/lpt9.yaml",
        "registry/signatories/two--hyphens.yaml",
        "registry/signatories/record.yml",
        "registry/signatories/zz/forum.yaml",
        "registry/charters/one.yaml",
    ];
    for stray in strays {
        ground.write(stray, "x: y\n");
    }
    ground.commit("strays");
    let found = rules(&ground.json(&["verify", "--at", "HEAD"]));
    for stray in strays {
        let told = found
            .iter()
            .any(|(rule, path)| rule == "path-not-allowed" && stray.starts_with(path.as_str()));
        assert!(told, "{stray}: {found:?}");
    }
    assert_eq!(found.len(), strays.len(), "{found:?}");
    assert_eq!(ground.found(), found, "the work tree is judged alike");
}

#[test]
fn what_is_deep_is_reported_once_and_not_read() {
    let ground = Ground::with_signatories();
    for number in 0..50 {
        ground.write(
            &format!(
                "registry/signatories/deep/{}/x{number}.yaml",
                "d/".repeat(number)
            ),
            "x",
        );
    }
    assert_eq!(
        ground.found(),
        [pair("path-not-allowed", "registry/signatories/deep")]
    );
}

#[test]
fn the_ledger_is_reserved() {
    let ground = Ground::with_signatories();
    ground.write("registry/ledger/checkpoint", "x");
    let ran = ground.run(&["verify"]);
    assert_eq!(ran.code, 0, "a warning only: {}", ran.stdout);
    assert!(
        ran.stdout.contains("warning[path-not-allowed]"),
        "{}",
        ran.stdout
    );
    assert_eq!(ground.run(&["verify", "--strict"]).code, 1);
    ground.commit("first");
    smuggle(&ground, "120000", "registry/ledger/a/link", b"elsewhere");
    ground.git(&["commit", "-q", "-m", "hostile"]);
    let found = ground.json(&["verify", "--at", "HEAD"]);
    assert_eq!(
        rules(&found),
        [
            pair("path-not-allowed", "registry/ledger"),
            pair("not-a-regular-file", "registry/ledger/a/link")
        ]
    );
}

#[test]
fn an_empty_folder_is_nothing() {
    let ground = Ground::with_signatories();
    for folder in ["registry/stray/a", "registry/letters/gone"] {
        std::fs::create_dir_all(ground.at(folder)).unwrap();
    }
    assert_eq!(ground.found(), []);
    ground.write("registry/stray/a/file", "x");
    assert_eq!(ground.found(), [pair("path-not-allowed", "registry/stray")]);
}

#[test]
fn line_ends_of_a_checkout_change_no_size_and_no_schema() {
    let ground = Ground::with_signatories();
    let schema = std::fs::read_to_string(here().join("schemas/letter.schema.json")).unwrap();
    ground.write("schemas/letter.schema.json", schema.replace('\n', "\r\n"));
    let record = ground.read("registry/signatories/forum.yaml");
    let comments = "# x\n".repeat((262_144 - record.len()) / 4);
    let full = format!("{comments}{record}").replace('\n', "\r\n");
    assert!(full.len() > 300_000);
    ground.write("registry/signatories/forum.yaml", &full);
    assert_eq!(ground.found(), []);
    let over = full.replacen("# x", "# xxxxx", 1);
    ground.write("registry/signatories/forum.yaml", over);
    assert_eq!(
        ground.found(),
        [pair("record-too-large", "registry/signatories/forum.yaml")]
    );
}

#[test]
fn twins_of_case_and_form_are_told_at_the_stray() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    smuggle(
        &ground,
        "100644",
        "registry/signatories/Forum.yaml",
        b"x: y\n",
    );
    smuggle(
        &ground,
        "100644",
        "registry/Signatories/forum.yaml",
        b"x: y\n",
    );
    smuggle(&ground, "100644", "Registry/registry.yaml", b"x: y\n");
    let found = found_at_head(&ground);
    for path in [
        "Registry",
        "registry/Signatories",
        "registry/signatories/Forum.yaml",
    ] {
        assert!(
            found.contains(&pair("path-collision", path)),
            "{path}: {found:?}"
        );
    }
    assert_eq!(
        standing(&ground.json(&["verify", "--at", "HEAD"]), "forum").as_deref(),
        Some("listed")
    );
}

#[test]
fn unicode_twins_are_one_path() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    smuggle(
        &ground,
        "100644",
        "registry/signatories/caf\u{e9}.yaml",
        b"x",
    );
    smuggle(
        &ground,
        "100644",
        "registry/signatories/cafe\u{301}.yaml",
        b"x",
    );
    let found = found_at_head(&ground);
    assert_eq!(
        found
            .iter()
            .filter(|(rule, _)| rule == "path-collision")
            .count(),
        1,
        "{found:?}"
    );
}

#[test]
fn names_that_are_not_utf_8_are_shown_and_refused() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    let id = ground.git_with(&["hash-object", "-w", "--stdin"], Some(b"x"));
    let id = String::from_utf8(id).unwrap();
    let mut line = format!("100644 {}\tregistry/signatories/bad", id.trim_end()).into_bytes();
    line.extend(b"\xff\x1b[31m.yaml\0");
    ground.git_with(
        &["update-index", "-z", "--add", "--index-info"],
        Some(&line),
    );
    ground.git(&["commit", "-q", "-m", "hostile"]);
    let ran = ground.run(&["verify", "--at", "HEAD"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout.contains("bad\\xff\\u{1b}[31m.yaml"),
        "{}",
        ran.stdout
    );
}

#[test]
fn one_signatory_has_one_record() {
    let ground = Ground::with_signatories();
    ground.write(
        "registry/signatories/fo/forum.yaml",
        listed("forum", "Forum", "Forum"),
    );
    let expected = [
        pair("duplicate-id", "registry/signatories/fo/forum.yaml"),
        pair("duplicate-id", "registry/signatories/forum.yaml"),
    ];
    assert_eq!(ground.found(), expected);
    assert_eq!(ground.standing("forum").as_deref(), Some("refused"));
}

#[test]
fn a_sharded_record_is_read_like_a_flat_one() {
    let ground = Ground::with_signatories();
    ground.remove("registry/signatories/forum.yaml");
    ground.write(
        "registry/signatories/fo/forum.yaml",
        listed("forum", "Forum", "Forum"),
    );
    assert_eq!(ground.found(), []);
    assert_eq!(ground.standing("forum").as_deref(), Some("listed"));
}

#[test]
fn an_id_is_the_name_of_its_file() {
    let ground = Ground::with_signatories();
    ground.write(
        "registry/signatories/other.yaml",
        listed("forum", "Forum", "Forum"),
    );
    ground.remove("registry/signatories/forum.yaml");
    assert_eq!(
        ground.found(),
        [pair("id-mismatch", "registry/signatories/other.yaml")]
    );
    assert_eq!(ground.standing("other").as_deref(), Some("refused"));
}

#[test]
fn size_is_known_before_content_is_read() {
    let ground = Ground::with_signatories();
    let scalar = format!("id: large\nname: '{}'\n", "x".repeat(5_000_000));
    ground.write("registry/signatories/large.yaml", &scalar);
    let just = format!(
        "{}# {}\n",
        listed("forum", "Forum", "Forum"),
        "x".repeat(262_144 - listed("forum", "Forum", "Forum").len() - 3)
    );
    assert_eq!(just.len(), 256 * 1024);
    ground.write("registry/signatories/forum.yaml", &just);
    ground.write(
        "registry/letters/example-letter/v1/ko.txt",
        vec![b'x'; 1024 * 1024 + 1],
    );
    ground.commit("large");
    let found = rules(&ground.json(&["verify", "--at", "HEAD"]));
    assert!(
        found.contains(&pair("record-too-large", "registry/signatories/large.yaml")),
        "{found:?}"
    );
    assert!(
        found.contains(&pair(
            "record-too-large",
            "registry/letters/example-letter/v1/ko.txt"
        )),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|(_, path)| path.ends_with("/forum.yaml")),
        "{found:?}"
    );
    ground.write("registry/signatories/forum.yaml", format!("{just}\n"));
    assert!(
        ground
            .found()
            .contains(&pair("record-too-large", "registry/signatories/forum.yaml"))
    );
}

#[test]
fn a_pointer_to_elsewhere_is_no_record() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n";
    for path in [
        "registry/signatories/forum.yaml",
        "registry/letters/example-letter/v1/en.txt",
        "registry/letters/example-letter/letter.yaml",
        "registry/registry.yaml",
    ] {
        let ground = Ground::with_signatories();
        ground.write(path, pointer);
        let found = ground.found();
        assert!(
            found.contains(&pair("not-a-regular-file", path)),
            "{found:?}"
        );
    }
}

#[test]
fn six_thousand_strangers_are_each_told_what_is_wrong() {
    let ground = Ground::empty();
    let shapes = [
        "name: Example Person\nlink: https://example.example\n",
        "---\nname: \"Example\"\n",
        "name: Example\tTab\n",
        "- just\n- a list\n",
        "Example Organization\n",
        "{name: Example}\n",
        "name: 'unclosed\n",
        "\u{feff}name: Example\n",
    ];
    for number in 0..6_876 {
        ground.write(
            &format!("signed/{number:05} example.yaml"),
            shapes[number % shapes.len()],
        );
    }
    let answer = ground.json(&["validate", "signed"]);
    let mut told: Vec<_> = rules(&answer).into_iter().map(|(_, path)| path).collect();
    told.dedup();
    assert_eq!(told.len(), 6_876);
}

#[test]
fn a_path_stands_once_in_a_tree() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    let raw = |name: &str, mode: &str, object: &str| {
        let mut entry = format!("{mode} {name}\0").into_bytes();
        entry
            .extend((0..20).map(|at| u8::from_str_radix(&object[2 * at..2 * at + 2], 16).unwrap()));
        entry
    };
    let write = |entries: &[Vec<u8>]| {
        let id = ground.git_with(
            &["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
            Some(&entries.concat()),
        );
        String::from_utf8(id).unwrap().trim_end().to_owned()
    };
    let registry = ground.git(&["rev-parse", "HEAD:registry"]);
    let charter = ground.git(&["rev-parse", "HEAD:registry/registry.yaml"]);
    let letters = ground.git(&["rev-parse", "HEAD:registry/letters"]);
    let twice = write(&[
        raw("letters", "40000", &letters),
        raw("registry.yaml", "100644", &charter),
        raw("registry.yaml", "100644", &charter),
    ]);
    let slashed = write(&[
        raw("letters", "40000", &letters),
        raw("registry.yaml", "100644", &charter),
        raw("signatories/forum.yaml", "100644", &charter),
    ]);
    for (entries, rule) in [
        (
            vec![
                raw("registry", "40000", &registry),
                raw("registry", "40000", &registry),
            ],
            "path-collision",
        ),
        (vec![raw("registry", "40000", &twice)], "path-collision"),
        (vec![raw("registry", "40000", &slashed)], "path-not-allowed"),
    ] {
        let tree = write(&entries);
        let commit = ground.git(&["commit-tree", &tree, "-m", "hostile"]);
        let found = rules(&ground.json(&["verify", "--at", &commit]));
        assert!(
            found.iter().any(|(found, _)| found == rule),
            "{rule}: {found:?}"
        );
    }
}

#[test]
fn one_letter_that_folds_to_two_is_a_twin() {
    let ground = Ground::with_signatories();
    ground.commit("first");
    smuggle(
        &ground,
        "100644",
        "registry/signatories/stra\u{df}e.yaml",
        b"x",
    );
    smuggle(
        &ground,
        "100644",
        "registry/signatories/stra\u{1e9e}e.yaml",
        b"x",
    );
    smuggle(&ground, "100644", "registry/signatories/strasse.yaml", b"x");
    let found = found_at_head(&ground);
    assert!(
        found.contains(&pair(
            "path-collision",
            "registry/signatories/stra\u{df}e.yaml"
        )),
        "{found:?}"
    );
}

#[cfg(unix)]
#[test]
fn the_executable_bit_counts_where_git_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let ground = Ground::with_signatories();
    ground.commit("first");
    let path = "registry/signatories/forum.yaml";
    std::fs::set_permissions(ground.at(path), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(ground.found(), [pair("not-a-regular-file", path)]);
    ground.git(&["config", "core.filemode", "false"]);
    assert_eq!(ground.found(), []);
}

#[test]
fn a_private_key_in_the_repository_is_told_of() {
    let key = concat!(
        "-----BEGIN ",
        "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n"
    );
    let ground = Ground::with_signatories();
    ground.write(".gitignore", "/mine/\n");
    ground.write("mine/key.pem", key);
    ground.write(
        "docs/talk.md",
        "A key begins with `-----BEGIN PRIVATE KEY-----`.\n",
    );
    ground.commit("first");
    assert_eq!(ground.found(), []);
    ground.write("notes/deep/key.txt", format!("ours:\n{key}"));
    let record = ground.read("registry/signatories/forum.yaml");
    let comment = key.replace("-----BEGIN", "# -----BEGIN");
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}# {comment}"),
    );
    let told = [pair("private-key-in-repository", "notes/deep/key.txt")];
    let found = rules(&ground.json(&["validate"]));
    assert!(found.contains(&told[0]), "{found:?}");
    ground.write("registry/signatories/forum.yaml", &record);
    ground.git(&["add", "-f", "notes", "mine"]);
    ground.git(&["commit", "-q", "-m", "leaked"]);
    let committed = rules(&ground.json(&["verify", "--at", "HEAD"]));
    assert_eq!(
        committed,
        [
            pair("private-key-in-repository", "mine/key.pem"),
            told[0].clone()
        ]
    );
    // Git ignores mine/, and holds it all the same; what it does not hold there is left alone.
    ground.write("mine/other.pem", key);
    assert_eq!(ground.found(), committed);
}

#[test]
fn a_private_key_is_told_of_wherever_it_hides() {
    let key = concat!(
        "-----BEGIN ",
        "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n"
    );
    let quoted: String = key.lines().map(|line| format!("# {line}\n")).collect();
    let ground = Ground::with_signatories();
    let record = ground.read("registry/signatories/forum.yaml");
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}{quoted}"),
    );
    let charter = ground.read("registry/registry.yaml");
    ground.write("registry/registry.yaml", format!("{charter}{quoted}"));
    ground.write("registry/signatories/key.pem", key);
    ground.write("registry/keys/deep/key.pem", key);
    ground.write("registry/ledger/key", key);
    let hidden = [
        "registry/keys/deep/key.pem",
        "registry/ledger/key",
        "registry/registry.yaml",
        "registry/signatories/forum.yaml",
        "registry/signatories/key.pem",
    ];
    let told = |found: Vec<(String, String)>| -> Vec<String> {
        let keys = found
            .into_iter()
            .filter(|(rule, _)| rule.starts_with("private"));
        keys.map(|(_, path)| path).collect()
    };
    assert_eq!(told(ground.found()), hidden);
    ground.commit("leaked");
    let committed = rules(&ground.json(&["verify", "--at", "HEAD"]));
    assert_eq!(told(committed), hidden);
}

#[test]
fn no_number_of_files_hides_a_private_key() {
    let key = concat!(
        "-----BEGIN ",
        "PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
    );
    let ground = Ground::with_signatories();
    ground.write("z/key.pem", key);
    ground.commit("first");
    // Twelve folders in twelve folders, six deep: three million files, and a few objects.
    let blob = ground.git_with(&["hash-object", "-w", "--stdin"], Some(b"x"));
    let blob = String::from_utf8(blob).unwrap();
    let mut line = format!("100644 blob {}", blob.trim());
    for _ in 0..6 {
        let tree: String = (0..12)
            .map(|number| format!("{line}\t{number}\n"))
            .collect();
        let tree = ground.git_with(&["mktree"], Some(tree.as_bytes()));
        line = format!("040000 tree {}", String::from_utf8(tree).unwrap().trim());
    }
    let root = format!("{}\n{line}\ta\n", ground.git(&["ls-tree", "HEAD"]));
    let root = ground.git_with(&["mktree"], Some(root.as_bytes()));
    let root = String::from_utf8(root).unwrap();
    let commit = ground.git(&["commit-tree", "-m", "many", root.trim()]);
    let found = rules(&ground.json(&["verify", "--at", &commit]));
    assert_eq!(found, [pair("private-key-in-repository", "z/key.pem")]);
}
