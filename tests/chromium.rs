//! A real browser for tests: chromium, run by chromedriver.

use serde_json::{Value, json};
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
    pub fn start() -> Self {
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

    pub fn post(&self, path: &str, body: &Value) -> Value {
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

    pub fn open(&self, page: &Path) {
        self.open_with(page, "");
    }

    pub fn open_with(&self, page: &Path, query: &str) {
        self.go(&format!("file://{}{query}", page.display()));
    }

    pub fn go(&self, address: &str) {
        self.post("/url", &json!({"url": address}));
    }

    /// How the reader looks at pages from now on.
    pub fn looks(&self, width: u32, scheme: &str) {
        let screen =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        self.command("Emulation.setDeviceMetricsOverride", &screen);
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.command("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// A command of the protocol of chromium's own tools.
    pub fn command(&self, name: &str, parameters: &Value) -> Value {
        self.post(
            "/goog/cdp/execute",
            &json!({"cmd": name, "params": parameters}),
        )
    }

    /// Keeps a file for whoever wants to look at it, in the folder that BROWSER_PICTURES names.
    pub fn keep(&self, name: &str, content: &[u8]) {
        if let Some(folder) = std::env::var_os("BROWSER_PICTURES") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(Path::new(&folder).join(name), content).unwrap();
        }
    }

    /// Keeps the whole page as a picture, where pictures are wanted.
    pub fn picture(&self, name: &str) {
        if std::env::var_os("BROWSER_PICTURES").is_some() {
            let whole = json!({"captureBeyondViewport": true});
            let taken = self.command("Page.captureScreenshot", &whole);
            self.keep(name, &crate::pen::unbase64(taken["data"].as_str().unwrap()));
        }
    }

    /// What a function body gives in the page.
    pub fn ask(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({"script": body, "args": []}))
    }

    /// Waits until something holds in the page.
    pub fn wait(&self, condition: &str) {
        for _ in 0..150 {
            if self.ask(&format!("return Boolean({condition});")) == json!(true) {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("{condition} does not come to hold: {}", self.text("main"));
    }

    pub fn text(&self, selector: &str) -> String {
        let text = self.ask(&format!(
            "return document.querySelector({selector:?})?.innerText ?? '';"
        ));
        text.as_str().unwrap().to_owned()
    }

    pub fn element(&self, selector: &str) -> String {
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

    pub fn click(&self, selector: &str) {
        let id = self.element(selector);
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    pub fn type_in(&self, selector: &str, text: &str) {
        let id = self.element(selector);
        self.post(&format!("/element/{id}/value"), &json!({"text": text}));
    }

    /// The file of this name, once it has been downloaded.
    pub fn downloaded(&self, end: &str) -> PathBuf {
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
    pub fn is_quiet(&self) {
        let said = self.post("/se/log", &json!({"type": "browser"}));
        assert_eq!(said, json!([]), "{said:#}");
    }

    /// Presses the one button, and gives what it says.
    pub fn check(&self) -> String {
        self.wait("!document.querySelector('[data-check]').hidden");
        self.click("[data-check]");
        self.wait("document.querySelector('.check-result').innerText.includes('cannot show') || document.querySelector('.check-result').innerText.includes('없는 것')");
        self.text(".check-result")
    }

    pub fn finds_nothing_bad(&self) -> bool {
        self.ask("return document.querySelectorAll('.check-result .bad, .result.bad').length;")
            == json!(0)
    }
}
