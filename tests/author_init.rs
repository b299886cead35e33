//! `init`: a repository that can be pushed, and recipes for signing that work as written.

use crate::ground::{Ground, files, plain};
use std::fs;
use std::process::Stdio;

const LETTER: &str = "Dear all,\n\nwe ask for peace.\n";

/// What `init` is given in most tests; the folder is `peace`.
const GIVEN: [&str; 14] = [
    "init",
    "peace",
    "--origin",
    "letters.example/peace",
    "--letter",
    "letter.txt",
    "--title",
    "An open letter",
    "--letter-id",
    "example-letter",
    "--addressee",
    "Everybody",
    "--language",
    "en",
];

fn ground(letter: &str) -> Ground {
    let ground = Ground::empty();
    ground.write("letter.txt", letter);
    ground
}

/// The arguments with one value changed.
fn with(flag: &'static str, value: &'static str) -> Vec<&'static str> {
    let mut arguments = GIVEN.to_vec();
    match arguments.iter().position(|one| *one == flag) {
        Some(at) => arguments[at + 1] = value,
        None => arguments.extend([flag, value]),
    }
    arguments
}

/// What lies in the ground's folder, hidden files too.
fn names(ground: &Ground) -> Vec<String> {
    let entries = fs::read_dir(ground.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_repository_verifies_with_nobody_in_it() {
    let ground = ground(LETTER);
    let ran = ground.run(&[&GIVEN[..], &["--date", "2026-12-01"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for arguments in [
        &["-C", "peace", "verify", "--strict"][..],
        &["-C", "peace", "verify", "--strict", "--at", "HEAD"],
    ] {
        let verified = ground.json(arguments);
        assert_eq!(verified["findings"].as_array().unwrap().len(), 0);
        let letter = &verified["letters"][0];
        assert_eq!(letter["signatories"].as_array().unwrap().len(), 0);
        assert_eq!(letter["id"], "example-letter");
    }
    assert_eq!(
        ground.read("peace/registry/letters/example-letter/v1/en.txt"),
        LETTER
    );
    assert_eq!(
        ground.read("peace/registry/registry.yaml"),
        "# yaml-language-server: $schema=../schemas/charter.schema.json\n\
         origin: letters.example/peace\ntitle: 'An open letter'\nmaintainers: []\n\
         policy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\nstatements: []\n"
    );
}

#[test]
fn the_first_commit_has_exactly_the_files() {
    let ground = ground(LETTER);
    let ran = ground.run(&GIVEN);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let committed = ground.git(&["-C", "peace", "ls-tree", "-r", "--name-only", "HEAD"]);
    let committed: Vec<&str> = committed.lines().collect();
    let root = ground.at("peace");
    let lying: Vec<String> = files(&root)
        .iter()
        .map(|path| {
            path.strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .filter(|path| !path.starts_with(".git/"))
        .collect();
    assert_eq!(committed, lying);
    for path in [
        ".gitattributes",
        ".github/CODEOWNERS",
        ".github/pull_request_template.md",
        ".github/workflows/verify.yml",
        ".gitignore",
        "README.md",
        "registry/letters/example-letter/letter.yaml",
        "registry/letters/example-letter/v1/en.txt",
        "registry/registry.yaml",
        "schemas/signatory.schema.json",
    ] {
        assert!(committed.contains(&path), "{path}");
    }
    assert_eq!(ground.git(&["-C", "peace", "status", "--porcelain"]), "");
    assert_eq!(
        ground.git(&["-C", "peace", "rev-parse", "--abbrev-ref", "HEAD"]),
        "main"
    );
    assert_eq!(ground.git(&["-C", "peace", "fsck", "--strict"]), "");
    assert_eq!(names(&ground), ["letter.txt", "peace"]);
}

#[test]
fn the_same_words_give_the_same_commit() {
    let once = || {
        let ground = ground(LETTER);
        let ran = ground.run(&[&GIVEN[..], &["--date", "2026-12-01"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (
            ground.git(&["-C", "peace", "rev-parse", "HEAD"]),
            ran.stdout,
        )
    };
    let (one, other) = (once(), once());
    assert_eq!(one, other);
    assert!(
        one.1
            .contains("by Example Maintainer <maintainer@letters.example>")
    );
}

#[test]
fn where_git_knows_nobody_a_stand_in_commits_and_says_so() {
    let ground = ground(LETTER);
    let ran = plain(env!("CARGO_BIN_EXE_undersigned"), ground.path())
        .args(GIVEN)
        .env_remove("GIT_AUTHOR_NAME")
        .env_remove("GIT_AUTHOR_EMAIL")
        .env_remove("GIT_COMMITTER_NAME")
        .env_remove("GIT_COMMITTER_EMAIL")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(ran.status.success());
    let author = ground.git(&["-C", "peace", "log", "--format=%an <%ae>"]);
    assert_eq!(author, "undersigned init <registry@letters.example>");
    assert!(String::from_utf8_lossy(&ran.stderr).contains("stand-in"));
}

#[test]
fn a_dirty_letter_is_refused_or_put_right() {
    let ground = ground("\u{feff}Dear all,\r\nwe ask\u{200b} for peace. \r\n");
    let ran = ground.run(&GIVEN);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("letter.txt:1:1"), "{}", ran.stdout);
    assert!(ran.stderr.contains("--fix"));
    assert_eq!(names(&ground), ["letter.txt"]);
    let ran = ground.run(&[&GIVEN[..], &["--fix"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("letter.txt:1:11: CR LF becomes LF (2 times)"),
        "{}",
        ran.stdout
    );
    assert_eq!(
        ground.read("peace/registry/letters/example-letter/v1/en.txt"),
        "Dear all,\nwe ask for peace.\n"
    );
    assert!(ground.read("letter.txt").contains('\r'));
}

#[test]
fn a_place_that_is_taken_or_cannot_be_made_is_an_error_and_nothing_is_left() {
    let ground = ground(LETTER);
    ground.write("full/file", "x");
    ground.write("file", "x");
    fs::create_dir(ground.at("closed")).unwrap();
    close(&ground.at("closed"));
    let before = names(&ground);
    let mut places = vec![
        "full",
        "file",
        ".",
        "missing/peace",
        "file/peace",
        "full/..",
        "/proc/peace",
    ];
    // Whoever may do everything is not kept out by permissions.
    if fs::write(ground.at("closed/probe"), "").is_err() {
        places.push("closed/peace");
    } else {
        fs::remove_file(ground.at("closed/probe")).unwrap();
    }
    for place in places {
        let mut arguments = GIVEN;
        arguments[1] = place;
        let ran = ground.run(&arguments);
        assert_eq!(ran.code, 2, "{place}: {}", ran.stdout);
        assert_eq!(names(&ground), before, "{place}");
    }
    assert_eq!(ground.read("full/file"), "x");
}

#[cfg(unix)]
fn close(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
}

#[cfg(not(unix))]
fn close(_: &std::path::Path) {}

#[test]
fn an_empty_folder_is_taken_and_a_wrong_word_makes_nothing() {
    let ground = ground(LETTER);
    fs::create_dir(ground.at("peace")).unwrap();
    for (flag, value) in [
        ("--origin", "https://letters.example"),
        ("--letter-id", "A letter"),
        ("--title", "two\nlines"),
        ("--title", ""),
        ("--addressee", " blank"),
        ("--language", "english"),
        ("--date", "2026-02-30"),
        ("--contact", "mailto:x@letters.example"),
        ("--letter", "missing.txt"),
    ] {
        let ran = ground.run(&with(flag, value));
        assert_eq!(ran.code, 2, "{flag} {value}");
        assert!(fs::read_dir(ground.at("peace")).unwrap().next().is_none());
    }
    assert_eq!(ground.run(&GIVEN).code, 0);
    assert_eq!(names(&ground), ["letter.txt", "peace"]);
}

#[test]
fn where_pull_requests_are_opened_stands_in_the_charter_and_in_the_readme() {
    for (url, more, forge, workflow) in [
        (
            "https://github.com/example/letters",
            &[][..],
            "github",
            ".github/workflows/verify.yml",
        ),
        (
            "https://gitlab.com/example/peace/letters",
            &[],
            "gitlab",
            ".gitlab-ci.yml",
        ),
        (
            "https://codeberg.org/example/letters",
            &["--ci", "hook"],
            "forgejo",
            "hooks/pre-receive",
        ),
        (
            "https://git.letters.example/example/letters",
            &["--forge", "gitea"],
            "gitea",
            ".gitea/workflows/verify.yml",
        ),
        // The one forge that runs the checks; where there are two, one is named.
        (
            "https://git.letters.example/example/letters",
            &["--ci", "forgejo,hook"],
            "forgejo",
            "hooks/pre-receive",
        ),
        (
            "https://git.letters.example/example/letters",
            &["--ci", "github,gitlab", "--forge", "gitlab"],
            "gitlab",
            ".github/workflows/verify.yml",
        ),
        // What everybody knows counts more than what runs the checks.
        (
            "https://gitlab.com/example/letters",
            &["--ci", "github"],
            "gitlab",
            ".github/workflows/verify.yml",
        ),
    ] {
        let ground = ground(LETTER);
        let place = ["--repository", url, "--contact", "https://letters.example/"];
        let ran = ground.run(&[&GIVEN[..], &place, more].concat());
        assert_eq!(ran.code, 0, "{url}: {}{}", ran.stdout, ran.stderr);
        let charter = ground.read("peace/registry/registry.yaml");
        let expected = format!(
            "contact: https://letters.example/\nrepository:\n  url: {url}\n  forge: {forge}\n  branch: main\nmaintainers: []\n"
        );
        assert!(charter.contains(&expected), "{charter}");
        assert!(ground.at("peace").join(workflow).exists(), "{url}");
        let page = ground.read("peace/README.md");
        let link = format!("of it as a pull request to <{url}>. Keep the key");
        assert!(page.contains(&link), "{url}");
        let verified = ground.json(&["-C", "peace", "verify", "--strict"]);
        assert_eq!(verified["findings"].as_array().unwrap().len(), 0);
        // A new version makes README.md anew, as it does where the charter names no repository.
        ground.write("next.txt", "Dear all,\n\nwe ask for peace again.\n");
        let revise = ["-C", "peace", "letter", "revise", "example-letter"];
        let how = ["../next.txt", "--relation", "substantive"];
        let ran = ground.run(&[&revise[..], &how].concat());
        assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
        let renewed = ground.read("peace/README.md");
        assert!(renewed.contains(&link) && renewed.contains("example-letter/v2/en.txt"));
    }
    let ground = ground(LETTER);
    assert_eq!(ground.run(&GIVEN).code, 0);
    let page = ground.read("peace/README.md");
    assert!(page.contains("of it as a pull request. Keep the key"));
}

#[test]
fn a_repository_that_cannot_be_is_refused_and_makes_nothing() {
    let own = "https://git.letters.example/example/letters";
    for (more, code, told) in [
        (&["--repository", own][..], 2, "Answer it with --forge."),
        (
            &["--repository", own, "--ci", "github,gitlab"],
            2,
            "Answer it with --forge.",
        ),
        (
            &["--repository", own, "--ci", "hook"],
            2,
            "Answer it with --forge.",
        ),
        (&["--forge", "github"], 2, "--repository <URL>"),
        (
            &["--repository", own, "--forge", "bitbucket"],
            2,
            "invalid value 'bitbucket'",
        ),
        (
            &[
                "--repository",
                "https://github.com/example/letters",
                "--forge",
                "gitea",
            ],
            2,
            "github.com is github",
        ),
        (
            &["--repository", "https://github.com/example/letters.git"],
            2,
            "it is for cloning",
        ),
        (
            &["--repository", "https://github.com/example/letters/"],
            2,
            "ends with /",
        ),
        (
            &["--repository", "git@github.com:example/letters"],
            2,
            "does not begin with https://",
        ),
        (
            &[
                "--repository",
                "https://github.com/example/letters/tree/main",
            ],
            1,
            "charter-inconsistent",
        ),
    ] {
        let ground = ground(LETTER);
        let ran = ground.run(&[&GIVEN[..], more].concat());
        assert_eq!(ran.code, code, "{more:?}: {}", ran.stderr);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains(told), "{more:?}: {all}");
        assert_eq!(names(&ground), ["letter.txt"]);
    }
}

#[test]
fn what_is_missing_is_named_by_its_flag() {
    for (at, flag) in [
        (2, "--origin"),
        (6, "--title"),
        (8, "--letter-id"),
        (10, "--addressee"),
        (12, "--language"),
    ] {
        let ground = ground(LETTER);
        let mut arguments = GIVEN.to_vec();
        arguments.drain(at..at + 2);
        let ran = ground.run(&arguments);
        assert_eq!(ran.code, 2);
        assert!(
            ran.stderr.contains(&format!("Answer it with {flag}.")),
            "{}",
            ran.stderr
        );
        assert_eq!(names(&ground), ["letter.txt"]);
    }
}

#[test]
fn hostile_words_come_out_harmless() {
    for title in [
        "it's \"quoted\": # no comment",
        "<script>alert(1)</script>",
        "::error file=x::y",
        "##[error]x",
        "{{ORIGIN}} ${{ github.token }} {{DIGEST}}",
        "[x](javascript:alert(1)) `code` *bold* | cell",
        "평화를 위한 공개 서한",
        "- list",
        "no",
    ] {
        let ground = ground(LETTER);
        // As `--title=…`, for titles that begin as an option does.
        let (letter, whom) = (format!("--title={title}"), format!("--addressee={title}"));
        let mut arguments = GIVEN.to_vec();
        arguments.splice(10..12, [whom.as_str()]);
        arguments.splice(6..8, [letter.as_str()]);
        let ran = ground.run(&arguments);
        assert_eq!(ran.code, 0, "{title}: {}{}", ran.stdout, ran.stderr);
        let verified = ground.json(&["-C", "peace", "verify", "--strict"]);
        assert_eq!(verified["findings"].as_array().unwrap().len(), 0, "{title}");
        let page = ground.read("peace/README.md");
        let html = shown(&page);
        assert!(
            !html
                .iter()
                .any(|event| event.starts_with("Html") || event.starts_with("InlineHtml"))
        );
        let escaped = undersigned::base::markdown::plain(title);
        assert!(page.starts_with(&format!("# {escaped}\n")), "{title}");
        let workflow = ground.read("peace/.github/workflows/verify.yml");
        assert!(!workflow.contains(title) || title == "no", "{title}");
        let subject = ground.git(&["-C", "peace", "log", "--format=%B"]);
        assert_eq!(subject, "Found the registry letters.example/peace");
    }
    for title in ["a\u{202e}b", "a\u{200b}b", "a\u{1b}[31mb", "cafe\u{301}"] {
        let ground = ground(LETTER);
        let mut arguments = GIVEN.to_vec();
        arguments[7] = title;
        let ran = ground.run(&arguments);
        assert_eq!(ran.code, 1, "{title:?}: {}{}", ran.stdout, ran.stderr);
        let rules = ["character-not-allowed", "yaml-not-plain"];
        assert!(
            rules.iter().any(|rule| ran.stdout.contains(rule)),
            "{}",
            ran.stdout
        );
        assert_eq!(names(&ground), ["letter.txt"]);
    }
}

/// What a reader of Markdown makes of a page.
fn shown(page: &str) -> Vec<String> {
    pulldown_cmark::Parser::new(page)
        .map(|event| format!("{event:?}"))
        .collect()
}

/// The shell lines of README.md under a heading, as one script.
fn recipe(page: &str, heading: &str) -> String {
    let (_, section) = page.split_once(heading).unwrap();
    let section = section.split("\n### ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .collect()
}

/// Runs a script in the new repository; what is verified then finds nothing, and the signatory stands so.
fn leads_to(ground: &Ground, script: &str, standing: &str) {
    let ran = plain("sh", &ground.at("peace"))
        .args(["-e", "-c", script])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script}\n{said}");
    let verified = ground.json(&["-C", "peace", "verify", "--strict"]);
    assert_eq!(
        verified["findings"].as_array().unwrap().len(),
        0,
        "{verified:#}"
    );
    assert_eq!(
        verified["letters"][0]["signatories"][0]["standing"],
        standing
    );
}

fn follow(heading: &str, later: &str, adapt: fn(&str) -> String) {
    let ground = ground(LETTER);
    assert_eq!(ground.run(&GIVEN).code, 0);
    let page = ground.read("peace/README.md");
    leads_to(&ground, &adapt(&recipe(&page, heading)), "signed");
    // What is made on the way stays out of a commit.
    let status = ground.git(&["-C", "peace", "status", "--porcelain"]);
    assert_eq!(status, "?? registry/signatories/");
    // The next statement is written by hand, too, and takes the first one back.
    let script = recipe(&page, "### A withdrawal by hand") + &recipe(&page, later);
    leads_to(&ground, &script, "withdrawn");
}

#[test]
#[ignore = "needs ssh-keygen"]
fn the_recipe_for_ssh_keygen_works_as_written() {
    // The passphrase is the only thing that a person is asked for.
    let heading = "### With ssh-keygen alone";
    follow(heading, "### The same, signed with ssh-keygen", |script| {
        script.replace("ssh-keygen -t ed25519 ", "ssh-keygen -q -t ed25519 -N '' ")
    });
}

#[test]
#[ignore = "needs OpenSSL 3"]
fn the_recipe_for_openssl_works_as_written() {
    let heading = "### With OpenSSL alone";
    follow(heading, "### The same, signed with OpenSSL", str::to_owned);
}

#[test]
fn a_withdrawal_written_by_hand_is_the_one_that_the_program_drafts() {
    let ground = ground(LETTER);
    assert_eq!(ground.run(&GIVEN).code, 0);
    let page = ground.read("peace/README.md");
    let by_hand = recipe(&page, "### A withdrawal by hand");
    let script = format!(
        "undersigned keygen our-key.pem --no-passphrase
         undersigned sign --signatory example-peace-forum --name 'Example Peace Forum' \\
           --name-for ko='예시 포럼' --country KR --domain forum.example --key our-key.pem --yes
         {by_hand}
         undersigned statement withdraw {{LETTER}} --signatory example-peace-forum \\
           --key \"$(sed -n 's/^key: //p' previous.txt)\" > drafted.txt
         cmp statement.txt drafted.txt"
    )
    .replace("{LETTER}", "example-letter")
    .replace("keygen our-key.pem", "keygen ../our-key.pem")
    .replace("--key our-key.pem", "--key ../our-key.pem");
    let ran = with_program(&ground, &script);
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script}\n{said}");
}

/// The shell with the program in its path, and a home of its own.
fn with_program(ground: &Ground, script: &str) -> std::process::Output {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_undersigned"));
    let path = std::env::var("PATH").unwrap();
    plain("sh", &ground.at("peace"))
        .args(["-e", "-c", script])
        .env(
            "PATH",
            format!("{}:{path}", program.parent().unwrap().display()),
        )
        .env("HOME", ground.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn the_recipe_with_the_program_works_as_written() {
    let ground = ground(LETTER);
    assert_eq!(ground.run(&GIVEN).code, 0);
    // A person is asked for a passphrase and for consent; nobody is here.
    let script = recipe(&ground.read("peace/README.md"), "### With undersigned")
        .replace("undersigned keygen", "undersigned keygen --no-passphrase")
        .replace("undersigned sign", "undersigned sign --yes");
    let ran = with_program(&ground, &script);
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script}\n{said}");
    let verified = ground.json(&["-C", "peace", "verify", "--strict"]);
    assert_eq!(
        verified["letters"][0]["signatories"][0]["standing"],
        "signed"
    );
}

#[test]
fn the_program_drafts_what_the_recipe_writes_by_hand() {
    let ground = ground(LETTER);
    assert_eq!(ground.run(&GIVEN).code, 0);
    let page = ground.read("peace/README.md");
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcX";
    ground.write("peace/our-key.pub", format!("{key} \n"));
    let section = recipe(&page, "### With ssh-keygen alone");
    let (_, by_hand) = section.split_once("cat > statement.txt").unwrap();
    let (by_hand, _) = by_hand.split_once("\nEND\n").unwrap();
    let ran = with_program(&ground, &format!("cat {by_hand}\nEND\n"));
    let (_, drafted) = page.split_once("`undersigned statement endorse").unwrap();
    let (drafted, _) = drafted.split_once(" > statement.txt`").unwrap();
    let drafted = with_program(&ground, &format!("undersigned statement endorse{drafted}"));
    let said = String::from_utf8_lossy(&drafted.stderr);
    assert!(drafted.status.success(), "{said}");
    assert_eq!(
        String::from_utf8(ran.stdout).unwrap(),
        String::from_utf8(drafted.stdout).unwrap()
    );
}
