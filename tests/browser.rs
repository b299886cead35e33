//! The site in a real browser: it reads, searches, checks and signs, and nothing of a stranger acts in it.
//! These run chromium by chromedriver; what was signed in a page once is judged in every run.

use crate::ground::{Ground, here};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A browser with an empty profile, which reaches no other host.
pub struct Browser {
    driver: Child,
    session: String,
    /// Where it puts what is downloaded.
    downloads: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let driver = Command::new("chromedriver")
            .args([&format!("--port={port}"), "--silent"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        let downloads = tempfile::tempdir().unwrap();
        let options = json!({
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                     "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1280,1000"],
            "prefs": {"download.default_directory": downloads.path().to_str().unwrap(), "download.prompt_for_download": false},
        });
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
            downloads,
        };
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            sleep(Duration::from_millis(100));
        }
        let answer = browser.post("", &wanted);
        let id = answer["sessionId"].as_str().expect("a session").to_owned();
        browser.session.push_str(&format!("/{id}"));
        browser
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let address = format!("{}{path}", self.session);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut answer = agent
            .post(&address)
            .header("content-type", "application/json")
            .send(body.to_string())
            .unwrap();
        let answer = answer.body_mut().read_to_string().unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer["value"]["error"].is_null(), "{path}: {answer:#}");
        answer["value"].clone()
    }

    fn open(&self, page: &Path) {
        self.open_with(page, "");
    }

    fn open_with(&self, page: &Path, query: &str) {
        self.post(
            "/url",
            &json!({"url": format!("file://{}{query}", page.display())}),
        );
    }

    /// What a function body gives in the page.
    fn ask(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({"script": body, "args": []}))
    }

    /// Waits until something holds in the page.
    fn wait(&self, condition: &str) {
        for _ in 0..150 {
            if self.ask(&format!("return Boolean({condition});")) == json!(true) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("{condition} does not come to hold: {}", self.text("main"));
    }

    fn text(&self, selector: &str) -> String {
        let text = self.ask(&format!(
            "return document.querySelector({selector:?})?.innerText ?? '';"
        ));
        text.as_str().unwrap().to_owned()
    }

    fn element(&self, selector: &str) -> String {
        let found = self.post(
            "/element",
            &json!({"using": "css selector", "value": selector}),
        );
        let id = found
            .as_object()
            .and_then(|found| found.values().next())
            .unwrap();
        id.as_str().unwrap().to_owned()
    }

    fn click(&self, selector: &str) {
        let id = self.element(selector);
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    fn type_in(&self, selector: &str, text: &str) {
        let id = self.element(selector);
        self.post(&format!("/element/{id}/value"), &json!({"text": text}));
    }

    /// The file of this name, once it has been downloaded.
    fn downloaded(&self, end: &str) -> PathBuf {
        for _ in 0..100 {
            let found = crate::ground::files(self.downloads.path());
            if let Some(path) = found
                .into_iter()
                .find(|path| path.to_str().unwrap().ends_with(end))
            {
                return path;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("nothing that ends in {end} was downloaded");
    }

    /// An error where the page said anything to the console: a refused script, a request elsewhere, a mistake.
    fn is_quiet(&self) {
        let said = self.post("/se/log", &json!({"type": "browser"}));
        assert_eq!(said, json!([]), "{said:#}");
    }

    /// Presses the one button, and gives what it says.
    fn check(&self) -> String {
        self.wait("!document.querySelector('[data-check]').hidden");
        self.click("[data-check]");
        self.wait("document.querySelector('.check-result').innerText.includes('cannot show') || document.querySelector('.check-result').innerText.includes('없는 것')");
        self.text(".check-result")
    }

    fn finds_nothing_bad(&self) -> bool {
        self.ask("return document.querySelectorAll('.check-result .bad, .result.bad').length;")
            == json!(0)
    }
}

fn site(ground: &Ground, repository: &str) -> PathBuf {
    let out = ground.at("out");
    let ran = ground.run(&[
        "-C",
        repository,
        "compile",
        "--only",
        "site",
        "--output",
        out.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    out
}

fn demo() -> (Ground, PathBuf) {
    let ground = Ground::empty();
    assert_eq!(ground.run(&["demo", "lake"]).code, 0);
    let out = site(&ground, "lake");
    (ground, out)
}

const LETTER: &str = "letters/quiet-lake-2026/index.html";

#[test]
#[ignore = "needs chromium"]
fn every_page_of_the_demonstration_holds_when_its_reader_checks_it() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    let mut checked = 0;
    for path in crate::ground::files(&out) {
        if path.extension().is_none_or(|end| end != "html") {
            continue;
        }
        browser.open(&path);
        if browser.ask("return document.querySelector('[data-check]') !== null;") == json!(true) {
            let told = browser.check();
            assert!(browser.finds_nothing_bad(), "{}: {told}", path.display());
            checked += 1;
        }
        browser.is_quiet();
    }
    // The letter, its versions, and the eight signatories, in two languages.
    assert_eq!(checked, 20);
}

#[test]
#[ignore = "needs chromium"]
fn one_changed_byte_is_found_by_the_reader() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    let hill = "signatories/example-hill-forum/index.html";
    for (page, from, to) in [
        (hill, "name: Example Hill Forum", "name: Example Hill Farum"),
        (
            hill,
            "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH",
            "-----BEGIN SSH SIGNATURE-----\nU1NIU0lI",
        ),
        (LETTER, "motor boats", "motor boots"),
        (
            LETTER,
            ">Example Dune Club</bdi>",
            ">Example Dune Clob</bdi>",
        ),
        (
            LETTER,
            "data-signatory=\"example-peace-forum\" data-standing=\"listed\"",
            "data-signatory=\"example-peace-forum\" data-standing=\"signed\"",
        ),
        (
            "letters/quiet-lake-2026/evidence-1.js",
            "\"statements\":[{\"text\":\"undersigned",
            "\"statements\":[{\"text\":\"undersigmed",
        ),
    ] {
        let place = out.join(page);
        let kept = fs::read_to_string(&place).unwrap();
        assert!(kept.contains(from), "{page}: {from}");
        fs::write(&place, kept.replacen(from, to, 1)).unwrap();
        let shown = if page.ends_with(".js") {
            out.join(LETTER)
        } else {
            place.clone()
        };
        browser.open(&shown);
        let told = browser.check();
        assert!(!browser.finds_nothing_bad(), "{page}: {from}: {told}");
        fs::write(&place, kept).unwrap();
    }
    browser.open(&out.join(hill));
    browser.check();
    assert!(browser.finds_nothing_bad(), "put back, it holds again");
}

#[test]
#[ignore = "needs chromium"]
fn the_browser_alone_takes_the_blank_cheque_and_the_page_does_not() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    browser.open(&out.join("signatories/example-dune-club/index.html"));
    // The identity as key and R, and S = 0: it fits every text.
    let alone = browser.ask(
        "const point = new Uint8Array(32); point[0] = 1; const signature = new Uint8Array(64); signature[0] = 1;
         return crypto.subtle.importKey('raw', point, 'Ed25519', false, ['verify'])
           .then((key) => crypto.subtle.verify('Ed25519', key, signature, new TextEncoder().encode('anything')));",
    );
    assert_eq!(
        alone,
        json!(true),
        "the browser has changed: say so in docs/site.md"
    );
    let page = browser.ask(
        "const point = new Uint8Array(32); point[0] = 1; const signature = new Uint8Array(64); signature[0] = 1;
         const core = undersigned;
         const blob = core.concat(new Uint8Array([0, 0, 0, 11]), core.utf8('ssh-ed25519'), new Uint8Array([0, 0, 0, 32]), point);
         const raw = 'ed25519:' + core.toBase64(signature);
         let key; try { key = core.key.parse('ssh-ed25519 ' + core.toBase64(blob)); } catch (error) { return 'refused: ' + error.message; }
         return core.signature.check(key, raw, 'anything').then((result) => result.ok ? 'accepted' : 'refused', (error) => 'refused: ' + error.message);",
    );
    assert!(page.as_str().unwrap().starts_with("refused"), "{page}");
}

#[test]
#[ignore = "needs chromium"]
fn korean_names_are_found_by_syllables_and_by_initial_consonants() {
    let ground = Ground::with_letter();
    let names = [
        "예시 평화 포럼",
        "예시 호수 모임",
        "Éclair Example",
        "Example Hill",
    ];
    ground.letter(
        "example-letter",
        &[&format!("We ask for peace.\n\n{}\n", names.join("\n"))],
    );
    for (id, name) in ["pyeonghwa", "hosu", "eclair", "hill"].iter().zip(names) {
        ground.write(
            &format!("registry/signatories/{id}.yaml"),
            crate::ground::listed(id, name, name),
        );
    }
    ground.commit("names");
    let out = site(&ground, ".");
    let browser = Browser::start();
    browser.open(&out.join("ko/letters/example-letter/index.html"));
    browser.wait("!document.querySelector('[data-search]').hidden");
    for (typed, found) in [
        ("평화", "예시 평화 포럼"),
        ("ㅎㅅ", "예시 호수 모임"),
        ("eclair", "Éclair Example"),
        ("HILL", "Example Hill"),
    ] {
        browser.ask("document.querySelector('[name=q]').value = ''; return 0;");
        browser.type_in("[name=q]", typed);
        browser.wait("!document.querySelector('.results').hidden");
        browser.wait(&format!(
            "document.querySelector('.results').innerText.includes({found:?})"
        ));
        let count = browser.ask("return document.querySelectorAll('.results > li').length;");
        assert_eq!(count, json!(1), "{typed}: {}", browser.text(".results"));
        assert!(
            browser.text(".results").contains("명단에 있음"),
            "{}",
            browser.text(".results")
        );
    }
    browser.is_quiet();
}

#[test]
#[ignore = "needs chromium"]
fn what_is_signed_in_the_page_is_signed() {
    let (ground, out) = demo();
    let browser = Browser::start();
    browser.open(&out.join("sign.html"));
    browser.wait("!document.querySelector('#sign').hidden");
    browser.click("#read");
    browser.type_in("#name", "Example Page Forum");
    browser.type_in("#domain", "page.example");
    browser.type_in("#authority", "resolution of the board");
    browser.click("#step-about > button[type=submit]");
    browser.wait("!document.querySelector('#step-key').hidden");
    browser.type_in("#passphrase", "a phrase of a test");
    browser.type_in("#passphrase-again", "a phrase of a test");
    browser.click("#key-make");
    browser.wait("!document.querySelector('#key-again').hidden");
    browser.click("#key-download");
    let key = browser.downloaded(".pem");
    browser.type_in("#again-file", key.to_str().unwrap());
    browser.type_in("#again-passphrase", "a phrase of a test");
    browser.click("#step-key > button[type=submit]");
    browser.wait("!document.querySelector('#step-statement').hidden");
    browser.click("#sign-button");
    browser.wait("document.querySelector('#record')?.textContent.includes('SSH SIGNATURE')");
    let record = browser.ask("return document.querySelector('#record').textContent;");
    browser.is_quiet();
    ground.write(
        "lake/registry/signatories/example-page-forum.yaml",
        record.as_str().unwrap(),
    );
    let answer = ground.json(&["-C", "lake", "verify"]);
    assert_eq!(
        crate::ground::standing(&answer, "example-page-forum").as_deref(),
        Some("signed"),
        "{record}"
    );
    assert_eq!(answer["findings"], json!([]));
    if std::env::var_os("UPDATE_PAGE_SIGNED").is_some() {
        fs::write(
            here().join("tests/vectors/page.yaml"),
            record.as_str().unwrap(),
        )
        .unwrap();
        fs::copy(&key, here().join("tests/vectors/page.pem")).unwrap();
    }
}

#[test]
#[ignore = "needs chromium"]
fn a_letter_goes_to_paper_with_its_signatories() {
    let (_ground, out) = demo();
    let browser = Browser::start();
    browser.open(&out.join(LETTER));
    let paper = browser.post("/print", &json!({"background": false}));
    assert!(paper.as_str().unwrap().starts_with("JVBERi"), "it is a PDF");
}

#[test]
#[ignore = "needs chromium and axe-core, named by AXE_CORE"]
fn nothing_stands_in_the_way_of_readers_with_other_means() {
    let axe = std::env::var("AXE_CORE").expect("AXE_CORE names axe.min.js");
    let axe = fs::read_to_string(axe).unwrap();
    let (_ground, out) = demo();
    let browser = Browser::start();
    for page in [
        "index.html",
        "check.html",
        "data.html",
        "sign.html",
        LETTER,
        "letters/quiet-lake-2026/versions.html",
        "signatories/example-sea-club/index.html",
        "ko/index.html",
        "ko/sign.html",
        "ko/signatories/example-fen-forum/index.html",
    ] {
        browser.open(&out.join(page));
        browser.ask(&axe);
        let found = browser.ask(
            "return axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
               .then((found) => found.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(', ')));",
        );
        assert_eq!(found, json!([]), "{page}: {found:#}");
    }
}

/// What was signed in the page once, with a key that is worth nothing and whose passphrase stands above.
#[test]
fn what_was_signed_in_the_page_once_is_signed() {
    let ground = Ground::empty();
    assert_eq!(ground.run(&["demo", "lake"]).code, 0);
    let record = fs::read_to_string(here().join("tests/vectors/page.yaml")).unwrap();
    ground.write("lake/registry/signatories/example-page-forum.yaml", &record);
    let answer = ground.json(&["-C", "lake", "verify"]);
    assert_eq!(
        crate::ground::standing(&answer, "example-page-forum").as_deref(),
        Some("signed")
    );
    assert_eq!(answer["findings"], json!([]));
    // The key that was saved opens here, and goes on to sign for the organization.
    let key = fs::read_to_string(here().join("tests/vectors/page.pem")).unwrap();
    ground.write("page.pem", key);
    ground.write("phrase", "a phrase of a test\n");
    let ran = ground.run(&[
        "-C",
        "lake",
        "withdraw",
        "quiet-lake-2026",
        "--signatory",
        "example-page-forum",
        "--key",
        ground.at("page.pem").to_str().unwrap(),
        "--passphrase-file",
        ground.at("phrase").to_str().unwrap(),
        "--yes",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let answer = ground.json(&["-C", "lake", "verify"]);
    assert_eq!(
        crate::ground::standing(&answer, "example-page-forum").as_deref(),
        Some("withdrawn")
    );
}
