//! Signing in the page, in a real browser: from the form to a record that the program judges.
//! What was signed in a page once is judged in every run.

use crate::chromium::Browser;
use crate::ground::{Ground, here, standing};
use crate::pen::{Container, Pen};
use crate::site::demo;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

const PASSPHRASE: &str = "a phrase of a test";

/// Fills the first step in for an organization that is new, and goes on to the key.
fn begin(browser: &Browser, page: &Path) {
    browser.open(page);
    browser.wait("!document.querySelector('#sign').hidden");
    browser.click("#read");
    browser.type_in("#name", "Example Page Forum");
    browser.type_in("#domain", "page.example");
    browser.type_in("#authority", "resolution of the board");
    browser.click("#step-about > button[type=submit]");
    browser.wait("!document.querySelector('#step-key').hidden");
}

/// Goes on from the key to the statement.
fn to_statement(browser: &Browser) {
    browser.click("#step-key > button[type=submit]");
    browser.wait("!document.querySelector('#step-statement').hidden");
}

/// The record that the page gives in the end.
fn record(browser: &Browser) -> String {
    browser.wait("!document.querySelector('#step-record').hidden");
    let record = browser.ask("return document.querySelector('#record').textContent;");
    browser.is_quiet();
    record.as_str().unwrap().to_owned()
}

/// How an organization stands in the demonstration once its record is this, in which nothing is found.
fn judged(ground: &Ground, id: &str, record: &str) -> Option<String> {
    ground.write(&format!("lake/registry/signatories/{id}.yaml"), record);
    let answer = ground.json(&["-C", "lake", "verify"]);
    let found = answer["findings"].as_array().unwrap();
    let path = format!("registry/signatories/{id}.yaml");
    let about: Vec<_> = found.iter().filter(|one| one["path"] == *path).collect();
    assert!(about.is_empty(), "{about:#?}\n{record}");
    let valid = ground.json(&["-C", "lake", "validate"]);
    let about = valid["findings"].as_array().unwrap().iter();
    assert_eq!(
        about.filter(|one| one["path"] == *path).count(),
        0,
        "{record}"
    );
    standing(&answer, id)
}

#[test]
#[ignore = "needs chromium"]
fn what_is_signed_in_the_page_is_signed() {
    let (ground, out) = demo();
    let browser = Browser::start();
    begin(&browser, &out.join("sign.html"));
    browser.type_in("#passphrase", PASSPHRASE);
    browser.type_in("#passphrase-again", PASSPHRASE);
    browser.click("#key-make");
    browser.wait("!document.querySelector('#key-again').hidden");
    browser.click("#key-download");
    let key = browser.downloaded(".pem");
    // Nobody goes on with a file that they cannot open.
    browser.type_in("#again-file", key.to_str().unwrap());
    browser.type_in("#again-passphrase", "another phrase");
    browser.click("#step-key > button[type=submit]");
    browser.wait("!document.querySelector('#key-errors').hidden");
    assert_eq!(
        browser.ask("return document.querySelector('#step-statement').hidden;"),
        json!(true)
    );
    browser.type_in("#again-passphrase", PASSPHRASE);
    to_statement(&browser);
    browser.click("#sign-button");
    let record = record(&browser);
    assert_eq!(
        judged(&ground, "example-page-forum", &record).as_deref(),
        Some("signed")
    );
    if std::env::var_os("UPDATE_PAGE_SIGNED").is_some() {
        fs::write(here().join("tests/vectors/page.yaml"), &record).unwrap();
        // Without the lines of PEM around it, so that no search for private keys stumbles over it.
        let pem = fs::read_to_string(&key).unwrap();
        let inside: Vec<&str> = pem.lines().filter(|line| !line.contains("-----")).collect();
        fs::write(
            here().join("tests/vectors/page.key"),
            inside.join("\n") + "\n",
        )
        .unwrap();
    }
}

#[test]
#[ignore = "needs chromium"]
fn what_was_signed_elsewhere_is_pasted_and_checked() {
    let (ground, out) = demo();
    let browser = Browser::start();
    let (pen, other) = (Pen::new(9), Pen::new(10));
    for container in [Container::Ssh, Container::Raw] {
        begin(&browser, &out.join("ko/sign.html"));
        browser.click("[name=way][value=own]");
        browser.type_in("#public", &format!("{} somebody@a.example", pen.line()));
        to_statement(&browser);
        let statement = browser.ask("return document.querySelector('#statement').textContent;");
        let statement = statement.as_str().unwrap();
        // By another key, and over another text: neither is taken.
        for wrong in [
            other.sign(container, statement.as_bytes()),
            pen.sign(container, b"anything"),
        ] {
            browser.ask("document.querySelector('#signature').value = ''; return 0;");
            browser.type_in("#signature", &wrong);
            browser.click("#step-statement #sign-own button");
            browser.wait("!document.querySelector('#statement-errors').hidden");
            assert_eq!(
                browser.ask("return document.querySelector('#step-record').hidden;"),
                json!(true)
            );
        }
        browser.ask("document.querySelector('#signature').value = ''; return 0;");
        browser.type_in(
            "#signature",
            &pen.sign(container, statement.as_bytes())
                .replace('\n', "\r\n"),
        );
        browser.click("#step-statement #sign-own button");
        let record = record(&browser);
        assert_eq!(
            judged(&ground, "example-page-forum", &record).as_deref(),
            Some("signed")
        );
    }
}

#[test]
#[ignore = "needs chromium"]
fn who_signed_before_signs_a_new_version_and_withdraws() {
    let (ground, out) = demo();
    let browser = Browser::start();
    for (id, act, key, comes_to) in [
        ("example-lake-club", "endorse", "lake", "signed"),
        ("example-hill-forum", "withdraw", "hill-new", "withdrawn"),
        ("example-moor-watch", "endorse", "moor", "signed"),
    ] {
        let query = format!("?letter=quiet-lake-2026&signatory={id}&page=1&act={act}");
        browser.open_with(&out.join("sign.html"), &query);
        browser.wait("!document.querySelector('#sign').hidden");
        browser.wait("document.querySelector('#record-note').textContent !== ''");
        browser.click("#read");
        browser.click("#step-about > button[type=submit]");
        browser.wait("!document.querySelector('#step-key').hidden");
        browser.click("#way-open-choice");
        let keys = ground.at("lake/keys");
        // The key of somebody else is not taken.
        for (file, is_theirs) in [("dune", false), (key, true)] {
            let file = keys.join(format!("{file}.pem"));
            browser.type_in("#open-file", file.to_str().unwrap());
            browser.click("#step-key > button[type=submit]");
            let place = if is_theirs {
                "#step-statement"
            } else {
                "#key-errors"
            };
            browser.wait(&format!("!document.querySelector({place:?}).hidden"));
            assert_eq!(
                browser.ask("return document.querySelector('#step-statement').hidden;"),
                json!(!is_theirs)
            );
        }
        browser.click("#sign-button");
        let record = record(&browser);
        assert_eq!(
            judged(&ground, id, &record).as_deref(),
            Some(comes_to),
            "{id}"
        );
        let before = fs::read_to_string(ground.at(&format!("lake/registry/signatories/{id}.yaml")));
        assert_eq!(before.unwrap(), record);
    }
}

/// What was signed in the page once, with a key that is worth nothing.
#[test]
fn what_was_signed_in_the_page_once_is_signed() {
    let ground = Ground::empty();
    assert_eq!(ground.run(&["demo", "lake"]).code, 0);
    let record = fs::read_to_string(here().join("tests/vectors/page.yaml")).unwrap();
    assert_eq!(
        judged(&ground, "example-page-forum", &record).as_deref(),
        Some("signed")
    );
    // The key that was saved opens here, and goes on to sign for the organization.
    let inside = fs::read_to_string(here().join("tests/vectors/page.key")).unwrap();
    let label = "ENCRYPTED PRIVATE KEY";
    let pem = format!("-----BEGIN {label}-----\n{inside}-----END {label}-----\n");
    ground.write("page.pem", pem);
    fs::set_permissions(ground.at("page.pem"), fs::Permissions::from_mode(0o600)).unwrap();
    ground.write("phrase", format!("{PASSPHRASE}\n"));
    let (key, phrase) = (ground.at("page.pem"), ground.at("phrase"));
    let ran = ground.run(&[
        "-C",
        "lake",
        "withdraw",
        "quiet-lake-2026",
        "--signatory",
        "example-page-forum",
        "--key",
        key.to_str().unwrap(),
        "--passphrase-file",
        phrase.to_str().unwrap(),
        "--yes",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let answer = ground.json(&["-C", "lake", "verify"]);
    assert_eq!(
        standing(&answer, "example-page-forum").as_deref(),
        Some("withdrawn")
    );
}
