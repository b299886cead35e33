//! Foreign programs agree with us. They are run only when asked for: `cargo test -- --ignored`.

use crate::ground::{Ground, files, here, plain};
use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use undersigned::record::yaml;

#[test]
#[ignore = "needs python3 with PyYAML"]
fn pyyaml_reads_every_good_file_the_same() {
    let script = "import json, sys, yaml\nprint(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))";
    let mut all = files(&here().join("tests/records/good"));
    all.extend(files(&here().join("registry/signatories")));
    let ground = Ground::empty();
    for path in all {
        let ran = plain("python3", ground.path())
            .args(["-c", script])
            .arg(&path)
            .output()
            .unwrap();
        assert!(
            ran.status.success(),
            "{}: {}",
            path.display(),
            String::from_utf8_lossy(&ran.stderr)
        );
        let theirs: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
        let ours = yaml::parse("case.yaml", &fs::read(&path).unwrap())
            .document
            .unwrap()
            .to_json();
        assert_eq!(ours, theirs, "{}", path.display());
    }
}

#[test]
#[ignore = "needs sha256sum"]
fn sha256sum_confirms_what_was_published() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    let ran = plain("sha256sum", &ground.at("out"))
        .args(["--check", "--strict", "SHA256SUMS"])
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let text = plain(
        "sha256sum",
        &ground.at("registry/letters/example-letter/v1"),
    )
    .arg("en.txt")
    .output()
    .unwrap();
    let digest = String::from_utf8(text.stdout).unwrap();
    let answer = ground.verify();
    let stated = answer["letters"][0]["texts"]["en"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        stated,
        format!("sha256:{}", digest.split(' ').next().unwrap())
    );
}

#[test]
#[ignore = "needs python3"]
fn python_reads_the_table_that_was_published() {
    let ground = Ground::with_signatories();
    ground.commit("three");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    let script = "import csv, sys\nrows = list(csv.DictReader(open('out/signatories.csv', encoding='utf-8-sig', newline='')))\nprint([(r['id'], r['standing']) for r in rows])";
    let mut child = plain("python3", ground.path())
        .args(["-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    let printed = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(
        printed.trim(),
        "[('example-hill-forum', 'listed'), ('example-peace-forum', 'listed'), ('forum', 'listed')]"
    );
}
