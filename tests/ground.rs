//! A registry on the ground: a folder, a Git repository in it, and the program run on it as a person would.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use undersigned::base::digest::Digest;

pub const CHARTER: &str = "origin: letters.example/peace\ntitle: 'Example letters'\nmaintainers: []\nobservers: []\npolicy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\nstatements: []\n";

/// The text of the letter that most tests use; its list names three organizations.
pub const TEXT: &str =
    "Dear all,\n\nwe ask for peace.\n\nExample Peace Forum, Example Hill Forum; Forum\n";

pub struct Ground {
    folder: TempDir,
}

/// How the program ended, and what it printed.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ground {
    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A registry with one letter, `example-letter`, and nobody under it.
    pub fn with_letter() -> Self {
        let ground = Self::empty();
        ground.write("registry/registry.yaml", CHARTER);
        ground.letter("example-letter", &[TEXT]);
        ground
    }

    /// The same with the three organizations of its list.
    pub fn with_signatories() -> Self {
        let ground = Self::with_letter();
        ground.record("example-peace-forum", "Example Peace Forum");
        ground.record("example-hill-forum", "Example Hill Forum");
        ground.record("forum", "Forum");
        ground
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.at(path)).unwrap()).unwrap()
    }

    /// A file with a private key, which only its owner reads.
    pub fn secret(&self, path: &str, pen: &crate::pen::Pen) {
        use std::os::unix::fs::PermissionsExt;
        self.write(path, pen.pem());
        fs::set_permissions(self.at(path), fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.at(path)).unwrap();
    }

    /// Replaces text in a file, which must be there.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let content = self.read(path);
        assert!(content.contains(from), "{path} does not hold {from:?}");
        self.write(path, content.replace(from, to));
    }

    /// A letter with one English text a version.
    pub fn letter(&self, id: &str, texts: &[&str]) {
        let mut yaml = format!(
            "id: {id}\ntitle: 'A letter'\naddressee: 'Everybody'\nauthentic: 'en'\nversions:\n"
        );
        for (index, text) in texts.iter().enumerate() {
            let number = index + 1;
            let relation = if index == 0 { "first" } else { "substantive" };
            self.write(&format!("registry/letters/{id}/v{number}/en.txt"), text);
            yaml.push_str(&format!(
                "  - number: {number}\n    date: '2026-01-0{number}'\n    relation: {relation}\n    provenance: native\n    texts:\n      - language: 'en'\n        file: v{number}/en.txt\n        digest: {}\n",
                Digest::of(text.as_bytes())
            ));
        }
        self.write(&format!("registry/letters/{id}/letter.yaml"), yaml);
    }

    /// A record that lists an organization under version 1 of `example-letter` as it is named.
    pub fn record(&self, id: &str, name: &str) {
        self.write(
            &format!("registry/signatories/{id}.yaml"),
            listed(id, name, name),
        );
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let ran = self.git_with(arguments, None);
        String::from_utf8(ran).unwrap().trim_end().to_owned()
    }

    /// Runs git with some standard input.
    pub fn git_with(&self, arguments: &[&str], input: Option<&[u8]>) -> Vec<u8> {
        use std::io::Write as _;
        let mut child = plain("git", self.path())
            .args(arguments)
            .stdin(if input.is_some() {
                Stdio::piped()
            } else {
                Stdio::null()
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        if let Some(input) = input {
            child.stdin.take().unwrap().write_all(input).unwrap();
        }
        let ran = child.wait_with_output().unwrap();
        assert!(
            ran.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
        ran.stdout
    }

    /// Commits everything; the first time it makes the repository. The commit's id is always the same.
    pub fn commit(&self, message: &str) -> String {
        if !self.at(".git").exists() {
            self.git(&["init", "-q", "-b", "main"]);
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs the program in this folder with an empty home.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let ran = plain(env!("CARGO_BIN_EXE_undersigned"), self.path())
            .args(arguments)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran {
            code: ran.status.code().expect("the program was not killed"),
            stdout: String::from_utf8(ran.stdout).unwrap(),
            stderr: String::from_utf8(ran.stderr).unwrap(),
        }
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--format", "json"]].concat());
        assert!(ran.code < 2, "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    }
}

/// The rules and paths of a JSON answer's findings.
pub fn rules(answer: &Value) -> Vec<(String, String)> {
    let findings = answer["findings"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    findings
        .map(|finding| (word(&finding["rule"]), word(&finding["path"])))
        .collect()
}

pub fn standing(answer: &Value, id: &str) -> Option<String> {
    let rows = answer["letters"][0]["signatories"].as_array()?;
    let row = rows.iter().find(|row| row["id"] == id)?;
    row["standing"].as_str().map(str::to_owned)
}

/// A record that lists `name` under version 1 of `example-letter` in one spelling.
pub fn listed(id: &str, name: &str, spelling: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    format!(
        "id: {id}\nname: {}\nlistings:\n  - letter: example-letter\n    version: 1\n    as:\n      - {}\n",
        quoted(name),
        quoted(spelling)
    )
}

impl Ground {
    /// Whether a script of the shell worked, which finds the program by its name, and what it printed.
    pub fn shell(&self, folder: &str, script: &str) -> (bool, String) {
        let program = Path::new(env!("CARGO_BIN_EXE_undersigned"));
        let others = std::env::var("PATH").unwrap_or_default();
        let ran = plain("sh", &self.at(folder))
            .env(
                "PATH",
                format!("{}:{others}", program.parent().unwrap().display()),
            )
            .env("HOME", self.at("home"))
            .args(["-e", "-c", script])
            .output()
            .unwrap();
        let told = [ran.stdout, ran.stderr].concat();
        (
            ran.status.success(),
            String::from_utf8_lossy(&told).into_owned(),
        )
    }
}

/// A program that takes nothing from the person who runs the tests.
pub fn plain(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder.join("no-home"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Example Maintainer")
        .env("GIT_AUTHOR_EMAIL", "maintainer@letters.example")
        .env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z")
        .env("GIT_COMMITTER_NAME", "Example Maintainer")
        .env("GIT_COMMITTER_EMAIL", "maintainer@letters.example")
        .env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");
    command
}

/// The root of this repository.
pub fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
