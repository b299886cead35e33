//! The laws of the house (docs/architecture.md): imports go down, one keeper a library, small files.

use crate::ground::{files, here};
use std::fs;
use std::path::{Path, PathBuf};

/// Where each library and each door may be named; a path that ends in `/` is a room.
const KEEPERS: &[(&str, &[&str])] = &[
    ("aho_corasick", &["src/letter/place.rs"]),
    ("annotate_snippets", &["src/report/terminal.rs"]),
    ("anstream", &["src/cli/door.rs"]),
    ("anstyle", &["src/report/paint.rs"]),
    ("base64::", &["src/base/encoding.rs"]),
    ("clap::", &["src/cli/"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("clap_mangen", &["src/cli/man.rs"]),
    ("comfy_table", &["src/report/table.rs"]),
    ("::csv", &["src/compile/csv.rs"]),
    ("ed25519::", &["src/signature/secret.rs"]),
    (
        "ed25519_dalek",
        &["src/signature/accept.rs", "src/signature/secret.rs"],
    ),
    ("getrandom", &["src/signature/secret.rs"]),
    ("git2", &["src/registry/git/"]),
    ("granit_parser", &["src/record/yaml.rs"]),
    ("http_body_util", &["src/cli/server.rs"]),
    ("hyper::", &["src/cli/server.rs"]),
    ("hyper_util", &["src/cli/server.rs"]),
    ("icu_collator", &["src/compile/order.rs"]),
    ("icu_locale_core", &["src/compile/order.rs"]),
    ("hickory_resolver", &["src/observe/dns.rs"]),
    ("idna::", &["src/base/host.rs"]),
    ("inquire", &["src/cli/ask.rs"]),
    ("jsonschema::", &["src/record/schema.rs"]),
    ("memchr", &["src/registry/trace.rs"]),
    ("mimalloc", &["src/main.rs"]),
    ("minijinja", &["src/compile/site/templates.rs"]),
    ("pkcs8", &["src/signature/secret.rs"]),
    ("psl::", &["src/identity/suffix.rs"]),
    ("quick_xml", &["src/report/junit.rs"]),
    (
        "rayon",
        &[
            "src/compile/site/writer.rs",
            "src/history/sketch.rs",
            "src/registry/git/roll.rs",
            "src/registry/load.rs",
            "src/registry/loose.rs",
            "src/verify/engine.rs",
            "src/verify/partial.rs",
            "src/verify/stream.rs",
        ],
    ),
    ("regex::", &["src/record/plain.rs"]),
    ("rustix", &["src/cli/door.rs", "src/cli/press.rs"]),
    ("serde_path_to_error", &["src/record/reading.rs"]),
    ("sha2::", &["src/base/digest.rs"]),
    ("similar::", &["src/letter/wording.rs"]),
    (
        "tempfile",
        &[
            "src/cli/door.rs",
            "src/cli/press.rs",
            "src/cli/cabinet.rs",
            "src/cli/scaffold.rs",
            "src/cli/shelf.rs",
        ],
    ),
    ("terminal_size", &["src/cli/door.rs"]),
    (
        "time::",
        &["src/cli/clock.rs", "src/cli/server.rs", "src/observe/"],
    ),
    ("tokio::", &["src/observe/dns.rs", "src/cli/server.rs"]),
    ("unicode_general_category", &["src/base/characters.rs"]),
    ("unicode_normalization", &["src/base/characters.rs"]),
    ("unicode_script", &["src/verify/clash.rs"]),
    ("unicode_security", &["src/verify/clash.rs"]),
    ("ureq::", &["src/observe/https.rs"]),
    ("url::", &["src/observe/https.rs"]),
    (
        "zeroize",
        &[
            "src/signature/secret.rs",
            "src/cli/ask.rs",
            "src/cli/askpass.rs",
            "src/cli/signer.rs",
        ],
    ),
    // What others say of signatures is taken on this way alone (docs/formats/21-partial.md).
    (
        "Relied",
        &[
            "src/registry/relied.rs",
            "src/registry/holding.rs",
            "src/verify/partial.rs",
        ],
    ),
    (
        ".relied",
        &[
            "src/cli/registry.rs",
            "src/cli/merge.rs",
            "src/verify/place.rs",
        ],
    ),
    (
        "judge_relied",
        &["src/signature/container.rs", "src/verify/place.rs"],
    ),
    ("judge_merged", &["src/cli/registry.rs", "src/cli/merge.rs"]),
    // The doors: the file system, standard streams, the environment, the clock, other programs.
    (
        "fs::",
        &[
            "src/registry/worktree.rs",
            "src/registry/loose.rs",
            "src/cli/door.rs",
            "src/cli/cabinet.rs",
            "src/cli/leftover.rs",
            "src/cli/press.rs",
            "src/cli/scaffold.rs",
            "src/cli/shelf.rs",
        ],
    ),
    (
        "canonicalize",
        &[
            "src/registry/worktree.rs",
            "src/registry/home.rs",
            "src/cli/scaffold.rs",
        ],
    ),
    (
        "symlink_metadata",
        &[
            "src/cli/door.rs",
            "src/cli/cabinet.rs",
            "src/cli/leftover.rs",
            "src/cli/scaffold.rs",
            "src/cli/shelf.rs",
            "src/registry/worktree.rs",
            "src/registry/loose.rs",
            "src/registry/home.rs",
        ],
    ),
    (
        ".is_file()",
        &[
            "src/cli/door.rs",
            "src/cli/cabinet.rs",
            "src/cli/shelf.rs",
            "src/registry/loose.rs",
            "src/registry/home.rs",
            "src/registry/worktree.rs",
        ],
    ),
    (".exists()", &[]),
    (".print()", &[]),
    ("stdin()", &["src/registry/worktree.rs", "src/cli/ask.rs"]),
    ("stdout()", &["src/cli/door.rs"]),
    ("stderr()", &["src/cli/door.rs"]),
    ("println!", &[]),
    ("print!", &[]),
    (
        "env::",
        &[
            "src/main.rs",
            "src/cli/door.rs",
            "src/cli/askpass.rs",
            "src/cli/completions.rs",
        ],
    ),
    // Git's own way to a person's name and to the clock.
    ("author_from_env", &["src/registry/git/first.rs"]),
    ("committer_from_env", &["src/registry/git/first.rs"]),
    ("Signature::now", &["src/registry/git/first.rs"]),
    ("now_utc", &["src/cli/clock.rs"]),
    ("SystemTime", &[]),
    ("Instant", &[]),
    ("process::{Command", &["src/cli/programs.rs"]),
    ("process::Command", &[]),
    ("std::net", &["src/observe/", "src/cli/server.rs"]),
    ("TcpStream", &[]),
    ("UdpSocket", &[]),
    ("unsafe ", &[]),
];

fn sources() -> Vec<(String, String)> {
    files(&here().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| named(&path))
        .collect()
}

/// A file's path from the root of the repository, with its content.
fn named(path: &Path) -> (String, String) {
    let shown = path
        .strip_prefix(here())
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    (shown, fs::read_to_string(path).unwrap())
}

/// Lines that are code: neither comments nor tests.
fn code(content: &str) -> impl Iterator<Item = &str> {
    content
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// The rooms from ground to roof, as `src/lib.rs` declares them.
fn floors() -> Vec<String> {
    let lib = fs::read_to_string(here().join("src/lib.rs")).unwrap();
    let rooms = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    rooms.map(str::to_owned).collect()
}

/// What breaks the order of floors in one file.
fn climbs(floors: &[String], path: &str, content: &str) -> Vec<String> {
    let Some(room) = path
        .strip_prefix("src/")
        .and_then(|path| path.split_once('/'))
    else {
        return Vec::new();
    };
    let height = |name: &str| floors.iter().position(|floor| floor == name);
    let here = height(room.0).unwrap_or_else(|| panic!("{path} is in no room of src/lib.rs"));
    let mut wrong = Vec::new();
    for line in code(content) {
        for rest in line.split("crate::").skip(1) {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            if rest.starts_with('{') {
                wrong.push(format!("{path} hides its imports in a group: {line}"));
            } else if height(&name).is_some_and(|above| above > here) {
                wrong.push(format!(
                    "{path} imports {name}, which stands above {}",
                    room.0
                ));
            }
        }
        if line.contains("super::super") {
            wrong.push(format!("{path} reaches over its room: {line}"));
        }
    }
    wrong
}

#[test]
fn imports_go_down() {
    let floors = floors();
    assert!(floors.len() > 8, "{floors:?}");
    let wrong: Vec<String> = sources()
        .iter()
        .flat_map(|(path, content)| climbs(&floors, path, content))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_import_that_climbs_is_noticed() {
    let floors = floors();
    let told = climbs(&floors, "src/letter/mod.rs", "use crate::verify::engine;\n");
    assert_eq!(
        told,
        ["src/letter/mod.rs imports verify, which stands above letter"]
    );
    assert!(!climbs(&floors, "src/letter/mod.rs", "use crate::{base::id::Id};\n").is_empty());
    assert!(!climbs(&floors, "src/letter/mod.rs", "use super::super::base;\n").is_empty());
    assert!(climbs(&floors, "src/letter/mod.rs", "use crate::base::id::Id;\n").is_empty());
}

#[test]
fn the_root_hides_no_edge() {
    let lib = fs::read_to_string(here().join("src/lib.rs")).unwrap();
    let hides: Vec<&str> = code(&lib)
        .filter(|line| line.contains("pub use") || line.contains("::*"))
        .collect();
    assert!(hides.is_empty(), "{hides:?}");
}

#[test]
fn each_library_has_one_keeper() {
    for (path, content) in sources() {
        for (library, keepers) in KEEPERS {
            let kept = keepers.iter().any(|keeper| {
                path == *keeper || (keeper.ends_with('/') && path.starts_with(keeper))
            });
            let named = code(&content).find(|line| names(line, library));
            if let (false, Some(line)) = (kept, named) {
                panic!("{path} names {library}, which only {keepers:?} may: {line}");
            }
        }
    }
}

/// Whether a line names a library: not as the tail of a longer word.
fn names(line: &str, library: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(library)
        .any(|(at, _)| !library.starts_with(word) || !line[..at].ends_with(word))
}

#[test]
fn every_dependency_has_a_keeper() {
    let manifest = fs::read_to_string(here().join("Cargo.toml")).unwrap();
    let section = manifest
        .split("[dependencies]")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap();
    let shared = ["serde", "serde_json"];
    for line in section
        .lines()
        .filter(|line| line.contains(" = ") && !line.starts_with('#'))
    {
        let name = line.split(' ').next().unwrap().replace('-', "_");
        let kept = KEEPERS
            .iter()
            .any(|(library, _)| library.trim_matches(':') == name);
        assert!(
            kept || shared.contains(&name.as_str()),
            "{name} has no keeper"
        );
    }
}

#[test]
fn every_keeper_keeps_something() {
    for (library, keepers) in KEEPERS {
        for keeper in *keepers {
            let keeps = sources().iter().any(|(path, content)| {
                (path == keeper || path.starts_with(keeper))
                    && code(content).any(|line| names(line, library))
            });
            assert!(keeps, "{keeper} does not name {library}");
        }
    }
}

#[test]
fn files_are_small_and_say_what_they_are() {
    for (path, content) in sources() {
        let lines = content.lines().count();
        assert!(
            lines <= 400,
            "{path} has {lines} lines: it wants a second noun"
        );
        assert!(
            content.starts_with("//! "),
            "{path} does not begin with what it is"
        );
        let stem = path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        for vague in [
            "utils", "common", "helpers", "manager", "core", "types", "model", "service",
        ] {
            assert_ne!(stem, vague, "{path} is named for nothing");
        }
    }
}

#[test]
fn every_page_that_the_source_names_is_there() {
    for (path, content) in sources() {
        // A string that is a path and nothing else names a file of somebody's repository, and no page.
        let content = content.replace("\"docs/CODEOWNERS\"", "");
        for rest in content.split("docs/").skip(1) {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "/-._".contains(*c))
                .collect();
            let name = name.trim_end_matches(['.', '/']);
            let whole = ["", ".md"]
                .iter()
                .any(|end| here().join("docs").join(format!("{name}{end}")).exists());
            assert!(whole, "{path} names docs/{name}, which is not there");
        }
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(here().join("tests/main.rs")).unwrap();
    let here: Vec<PathBuf> = fs::read_dir(here().join("tests"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    for path in here
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
    {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let declared = main.contains(&format!("\nmod {stem};\n"));
        assert!(
            stem == "main" || declared,
            "tests/{stem}.rs is not declared in tests/main.rs"
        );
    }
}
