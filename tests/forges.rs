//! Where the checks run: templates, this repository's own workflows, and a server whose hook judges what is pushed.

use crate::ground::{Ground, Ran, files, here, plain};
use crate::pen::{Desk, Pen};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

const HOSTS: [&str; 6] = ["github", "gitlab", "forgejo", "gitea", "pre-commit", "hook"];

/// A new repository `peace` with these hosts; nothing is said of them where there are none.
fn founded(hosts: &str, more: &[&str]) -> (Ground, Ran) {
    let ground = Ground::empty();
    ground.write("letter.txt", "Dear all,\n\nwe ask for peace.\n");
    let mut arguments = vec![
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
    if !hosts.is_empty() {
        arguments.extend(["--ci", hosts]);
    }
    let ran = ground.run(&[&arguments, more].concat());
    (ground, ran)
}

/// The files of a new repository that concern its hosts.
fn hosted(ground: &Ground) -> Vec<String> {
    let listed = ground.git(&["-C", "peace", "ls-tree", "-r", "--name-only", "HEAD"]);
    let common = [
        "registry/",
        "schemas/",
        ".gitattributes",
        ".gitignore",
        "README.md",
    ];
    listed
        .lines()
        .filter(|path| !common.iter().any(|known| path.starts_with(known)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_new_repository_has_what_its_hosts_read_and_no_more() {
    let github = [
        ".github/CODEOWNERS",
        ".github/pull_request_template.md",
        ".github/workflows/verify.yml",
    ];
    for (hosts, expected) in [
        ("", &github[..]),
        ("github", &github),
        ("github,github", &github),
        (
            "gitlab",
            &[
                ".gitlab-ci.yml",
                ".gitlab/CODEOWNERS",
                ".gitlab/merge_request_templates/Default.md",
            ],
        ),
        (
            "forgejo,gitea",
            &[
                ".forgejo/workflows/verify.yml",
                ".gitea/CODEOWNERS",
                ".gitea/pull_request_template.md",
                ".gitea/workflows/verify.yml",
            ],
        ),
        (
            "hook,pre-commit",
            &[".pre-commit-config.yaml", "hooks/pre-receive"],
        ),
    ] {
        let (ground, ran) = founded(hosts, &[]);
        assert_eq!(ran.code, 0, "{hosts}: {}", ran.stderr);
        assert_eq!(hosted(&ground), expected, "{hosts}");
        let told = ran.stderr.contains("where the program comes from");
        assert_eq!(told, hosts != "hook,pre-commit", "{hosts}: {}", ran.stderr);
        let verified = ground.json(&["-C", "peace", "verify", "--strict"]);
        assert_eq!(verified["findings"], serde_json::json!([]), "{hosts}");
    }
    assert_eq!(founded("sourcehut", &[]).1.code, 2);
}

#[test]
fn the_program_is_named_by_a_whole_commit_or_not_at_all() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let program = format!("https://forge.example/tools/undersigned#{commit}");
    let (ground, ran) = founded("github,gitlab,forgejo,gitea", &["--program", &program]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("where the program comes from"));
    for path in hosted(&ground).iter().filter(|path| path.ends_with(".yml")) {
        let page = ground.read(&format!("peace/{path}"));
        assert!(
            page.contains("REPOSITORY: 'https://forge.example/tools/undersigned'\n"),
            "{path}"
        );
        assert!(page.contains(&format!("COMMIT: '{commit}'\n")), "{path}");
    }
    for bad in [
        "https://forge.example/undersigned#main",
        "https://forge.example/${{x}}",
    ] {
        let (ground, ran) = founded("github", &["--program", bad]);
        assert_eq!(ran.code, 2, "{bad}");
        assert!(!ground.at("peace").exists(), "{bad}");
    }
    let (ground, _) = founded("github,gitlab", &[]);
    for path in [".github/workflows/verify.yml", ".gitlab-ci.yml"] {
        let page = ground.read(&format!("peace/{path}"));
        assert!(page.contains("UNDERSIGNED_COMMIT: ''\n"), "{path}");
    }
}

fn yaml(path: &Path) -> Value {
    let page = fs::read_to_string(path).unwrap();
    serde_yaml::from_str(&page).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The steps of a workflow's jobs, or of a composite action.
fn steps(read: &Value) -> Vec<Value> {
    let jobs = read["jobs"].as_object().into_iter().flatten();
    let mut lists: Vec<&Value> = jobs.map(|(_, job)| &job["steps"]).collect();
    if read["runs"].is_object() {
        lists.push(&read["runs"]["steps"]);
    }
    let steps = lists.into_iter().flat_map(|list| list.as_array().unwrap());
    steps.cloned().collect()
}

/// What is wrong with a workflow or an action by the rules of this house.
pub fn faults(read: &Value, page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for step in steps(read) {
        if step["run"]
            .as_str()
            .is_some_and(|script| script.contains("${{"))
        {
            faults.push(format!("an expression stands in a script: {}", step["run"]));
        }
        if let Some(uses) = step["uses"].as_str().filter(|uses| *uses != "./") {
            let pinned = uses.split_once('@').is_some_and(|(name, commit)| {
                let known = [
                    "actions/checkout",
                    "actions/download-artifact",
                    "actions/upload-artifact",
                    "actions/upload-pages-artifact",
                    "actions/deploy-pages",
                ];
                known.contains(&name)
                    && commit.len() == 40
                    && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
            });
            if !pinned {
                faults.push(format!("{uses} is not held fast by a commit"));
            }
            if uses.starts_with("actions/checkout") && step["with"]["persist-credentials"] != false
            {
                faults.push("a checkout keeps its credentials".to_owned());
            }
        }
    }
    if read["jobs"].is_object() {
        let few = read["permissions"] == serde_json::json!({})
            || read["permissions"] == serde_json::json!({ "contents": "read" });
        if !few {
            faults.push("the workflow has more permissions than it needs".to_owned());
        }
        for (name, job) in read["jobs"].as_object().unwrap() {
            if !job["timeout-minutes"].is_number() {
                faults.push(format!("{name} has no limit of time"));
            }
        }
    }
    for word in [
        "pull_request_target",
        "workflow_run",
        "secrets.",
        "continue-on-error",
    ] {
        if page.contains(word) {
            faults.push(format!("{word} stands in it"));
        }
    }
    faults
}

#[test]
fn no_workflow_lets_a_stranger_in() {
    let (ground, ran) = founded(&HOSTS.join(","), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut workflows = files(&here().join(".github/workflows"));
    assert_eq!(workflows.len(), 3);
    workflows.push(here().join("action.yml"));
    for host in [".github", ".forgejo", ".gitea"] {
        workflows.push(ground.at(&format!("peace/{host}/workflows/verify.yml")));
    }
    for path in &workflows {
        let page = fs::read_to_string(path).unwrap();
        let read = yaml(path);
        assert!(!steps(&read).is_empty(), "{}", path.display());
        assert_eq!(
            faults(&read, &page),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
    let gitlab = yaml(&ground.at("peace/.gitlab-ci.yml"));
    assert_eq!(gitlab["variables"]["GIT_CHECKOUT"], "false");
    assert_eq!(gitlab["variables"]["GIT_DEPTH"], "0");
    let local = yaml(&ground.at("peace/.pre-commit-config.yaml"));
    let offered = yaml(&here().join(".pre-commit-hooks.yaml"));
    for hooks in [&local["repos"][0]["hooks"], &offered] {
        let ids: Vec<&str> = hooks
            .as_array()
            .unwrap()
            .iter()
            .map(|hook| hook["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, ["validate", "verify"]);
    }
}

#[test]
fn what_judges_a_new_registry_uses_nobody_elses_actions() {
    let (ground, _) = founded("github,forgejo,gitea", &[]);
    for host in [".github", ".forgejo", ".gitea"] {
        let read = yaml(&ground.at(&format!("peace/{host}/workflows/verify.yml")));
        let steps = read["jobs"]["verify"]["steps"].as_array().unwrap().iter();
        let used: Vec<&str> = steps.filter_map(|step| step["uses"].as_str()).collect();
        // Only what hands the list over to Pages, on GitHub, once it has been judged.
        let pages = |uses: &&str| uses.starts_with("actions/upload-pages-artifact@");
        assert!(
            used.iter().all(pages) && used.len() == usize::from(host == ".github"),
            "{used:?}"
        );
    }
}

#[test]
fn a_careless_workflow_is_noticed() {
    let commit = "3d3c42e5aac5ba805825da76410c181273ba90b1";
    for (step, permissions) in [
        (
            "run: echo ${{ github.event.pull_request.title }}".to_owned(),
            "{}",
        ),
        (
            "uses: actions/checkout@v7\n        with: { persist-credentials: false }".to_owned(),
            "{}",
        ),
        (format!("uses: actions/checkout@{commit}"), "{}"),
        (format!("uses: somebody/else@{commit}"), "{}"),
        ("run: 'true'".to_owned(), "write-all"),
    ] {
        let page = format!(
            "permissions: {permissions}\njobs:\n  x:\n    timeout-minutes: 1\n    steps:\n      - {step}\n"
        );
        let read = serde_yaml::from_str(&page).unwrap();
        assert_eq!(
            faults(&read, &page).len(),
            1,
            "{page}{:?}",
            faults(&read, &page)
        );
    }
}

#[test]
fn a_pull_request_here_is_judged_by_the_program_of_its_base() {
    let check = yaml(&here().join(".github/workflows/check.yml"));
    let review = check["jobs"]["review"]["steps"].as_array().unwrap();
    assert_eq!(
        review[0]["with"]["ref"],
        "${{ github.event.pull_request.base.sha }}"
    );
    assert_eq!(review[0]["with"]["fetch-depth"], 0);
    assert_eq!(review[1]["uses"], "./");
    assert_eq!(review.len(), 2);
    for (path, job, permissions) in [
        ("check", "tests", serde_json::json!({ "contents": "read" })),
        ("check", "review", serde_json::json!({ "contents": "read" })),
        (
            "publish",
            "compile",
            serde_json::json!({ "contents": "read" }),
        ),
        (
            "publish",
            "pages",
            serde_json::json!({ "pages": "write", "id-token": "write" }),
        ),
        (
            "release",
            "draft",
            serde_json::json!({ "contents": "write" }),
        ),
    ] {
        let read = yaml(&here().join(format!(".github/workflows/{path}.yml")));
        assert_eq!(read["jobs"][job]["permissions"], permissions, "{path}");
    }
    // What is published is handed over by one job, and published by another that runs nothing else.
    let publish = yaml(&here().join(".github/workflows/publish.yml"));
    assert_eq!(
        publish["jobs"]["pages"]["steps"].as_array().unwrap().len(),
        1
    );
}

/// A clone with the three listed organizations, and the server that it pushes to.
struct Server {
    clone: Ground,
    server: Ground,
}

impl Server {
    fn new() -> Self {
        let (clone, server) = (Ground::with_signatories(), Ground::empty());
        server.git(&["init", "-q", "--bare", "-b", "main", "hold.git"]);
        fs::create_dir(server.at("tmp")).unwrap();
        clone.commit("Found the registry");
        Self { clone, server }
    }

    /// The same with the hook in its place.
    fn guarded() -> Self {
        let guarded = Self::new();
        let hook = include_str!("../src/author/templates/ci/pre-receive");
        guarded.server.write("hold.git/hooks/pre-receive", hook);
        let path = guarded.server.at("hold.git/hooks/pre-receive");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        let program = env!("CARGO_BIN_EXE_undersigned");
        guarded
            .server
            .git(&["-C", "hold.git", "config", "undersigned.program", program]);
        guarded
    }

    fn push(&self, what: &[&str]) -> (bool, String) {
        let ran = plain("git", self.clone.path())
            .args(["push", self.server.at("hold.git").to_str().unwrap()])
            .args(what)
            .env("TMPDIR", self.server.at("tmp"))
            .output()
            .unwrap();
        let left: Vec<_> = fs::read_dir(self.server.at("tmp")).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
        (
            ran.status.success(),
            String::from_utf8_lossy(&ran.stderr).into_owned(),
        )
    }

    fn accepts(&self, what: &[&str]) {
        let (taken, told) = self.push(what);
        assert!(taken, "{what:?}: {told}");
    }

    /// Refuses for this reason, and keeps what it has.
    fn refuses(&self, what: &[&str], why: &str) {
        let before = self.server.git(&["-C", "hold.git", "for-each-ref"]);
        let (taken, told) = self.push(what);
        assert!(!taken && told.contains(why), "{what:?}: {told}");
        assert_eq!(self.server.git(&["-C", "hold.git", "for-each-ref"]), before);
    }

    fn endorse(&self, id: &str, name: &str, pen: u8) {
        let mut desk = Desk::new(id, name);
        desk.endorse("example-letter", crate::ground::TEXT, &Pen::new(pen));
        self.clone
            .write(&format!("registry/signatories/{id}.yaml"), desk.record());
        self.clone.commit(&format!("{id}: endorse"));
    }
}

#[test]
fn the_server_takes_in_what_is_lawful() {
    let server = Server::guarded();
    server.accepts(&["main"]);
    server.endorse("example-lake-club", "Example Lake Club", 5);
    server.accepts(&["main"]);
    server.endorse("example-moor-club", "Example Moor Club", 6);
    let head = server.clone.git(&["rev-parse", "HEAD"]);
    server.accepts(&["main"]);
    assert_eq!(
        server.server.git(&["-C", "hold.git", "rev-parse", "main"]),
        head
    );
}

#[test]
fn the_server_refuses_a_removed_record_and_other_branches_are_free() {
    let server = Server::guarded();
    server.accepts(&["main"]);
    server.clone.remove("registry/signatories/forum.yaml");
    server.clone.commit("Tidy up");
    server.refuses(&["main"], "record-vanished");
    server.refuses(&["main", "main:refs/heads/proposal"], "record-vanished");
    server.accepts(&["main:refs/heads/proposal"]);
    // What is in the repository already, by way of another branch, is judged all the same.
    server.refuses(&["main"], "record-vanished");
}

#[test]
fn the_server_refuses_what_only_one_commit_of_a_push_does() {
    let server = Server::guarded();
    server.accepts(&["main"]);
    let record = server.clone.read("registry/signatories/forum.yaml");
    server.clone.remove("registry/signatories/forum.yaml");
    server.clone.commit("Tidy up");
    server
        .clone
        .write("registry/signatories/forum.yaml", record);
    server.clone.commit("As if nothing had been");
    server.refuses(&["main"], "record-vanished");
}

#[test]
fn the_server_refuses_a_rewritten_history_and_a_deleted_branch() {
    let server = Server::guarded();
    server.accepts(&["main"]);
    let kept = server.clone.git(&["rev-parse", "HEAD"]);
    server
        .clone
        .git(&["commit", "-q", "--amend", "-m", "Found it otherwise"]);
    server.refuses(&["--force", "main"], "rewrite its history");
    // A replace ref that somebody pushed before makes no descendant of the new commit.
    let forged = server.clone.git(&["rev-parse", "HEAD"]);
    let tree = server.clone.git(&["rev-parse", "HEAD^{tree}"]);
    let like = server
        .clone
        .git(&["commit-tree", &tree, "-p", &kept, "-m", "after"]);
    server.accepts(&[&format!("{like}:refs/replace/{forged}")]);
    server.refuses(&["--force", "main"], "rewrite its history");
    server.refuses(&["--delete", "main"], "must not be deleted");
}

#[test]
fn the_server_guards_one_branch_whatever_else_is_pushed_with_it() {
    let server = Server::guarded();
    // The first push of all, into a repository that has nothing, with a tag and other names beside it.
    server.clone.git(&["tag", "founded"]);
    server.clone.git(&["tag", "-a", "-m", "told", "told"]);
    let odd = "main:refs/heads/odd/$(touch${IFS}x);main&'\"é";
    server.accepts(&["main", "founded", "told", odd]);
    let kept = server.clone.git(&["rev-parse", "HEAD"]);
    server.clone.remove("registry/signatories/forum.yaml");
    server.clone.commit("tidy up");
    // Names that are like the guarded one are not it.
    server.accepts(&[
        "main:refs/heads/main2",
        "main:refs/heads/x/main",
        "main:refs/tags/main",
    ]);
    // Where one of several refs may not change, none of them does.
    server.refuses(&["main:refs/heads/free", "main"], "see what was found");
    server.refuses(&["main", ":refs/tags/founded"], "see what was found");
    server.refuses(
        &[":refs/heads/main", ":refs/heads/main2"],
        "must not be deleted",
    );
    // Other branches and tags may go.
    server.accepts(&[":refs/heads/main2", ":refs/tags/founded"]);
    // A name that only stands for the branch, as after it was renamed, is the branch.
    let old = ["symbolic-ref", "refs/heads/master", "refs/heads/main"];
    server.server.git(&[&["-C", "hold.git"][..], &old].concat());
    server.refuses(&["main:master"], "see what was found");
    server.refuses(
        &["--force", "main~1:refs/heads/older", "main:master"],
        "see what was found",
    );
    server.refuses(&[":master"], "must not be deleted");
    let gone = ["symbolic-ref", "--delete", "refs/heads/master"];
    server
        .server
        .git(&[&["-C", "hold.git"][..], &gone].concat());
    // A tag is no commit, and the branch does not take one.
    let (taken, _) = server.push(&["told:refs/heads/main"]);
    assert!(!taken);
    assert_eq!(
        server
            .server
            .git(&["-C", "hold.git", "rev-parse", "refs/heads/main"]),
        kept
    );
    // What was lost on the way is not lost any more where it is put right in the same push; each commit is judged.
    server.clone.git(&["revert", "--no-edit", "HEAD"]);
    server.refuses(&["main"], "see what was found");
}

#[test]
fn a_branch_that_is_new_must_be_a_registry_that_is_sound() {
    let server = Server::guarded();
    server
        .clone
        .write("registry/signatories/example-bad.yaml", "id: example-bad\n");
    server.clone.commit("not sound");
    server.refuses(&["main"], "is not changed");
    server.clone.git(&["checkout", "-q", "--orphan", "other"]);
    server.clone.git(&["rm", "-rqf", "."]);
    server.clone.write("README", "no registry\n");
    server.clone.commit("no registry");
    server.refuses(&["other:main"], "is not changed");
    server.accepts(&["other"]);
}

#[test]
fn the_server_refuses_that_another_branch_takes_the_place_of_main() {
    let server = Server::guarded();
    server.accepts(&["main"]);
    let founded = server.clone.git(&["rev-parse", "HEAD"]);
    server.endorse("example-lake-club", "Example Lake Club", 5);
    server.accepts(&["main"]);
    // main is merged into a side branch that was there before, and the side branch becomes main.
    server
        .clone
        .git(&["checkout", "-q", "-b", "side", &founded]);
    server.endorse("example-moor-club", "Example Moor Club", 6);
    server.clone.git(&["merge", "-q", "--no-edit", "main"]);
    server.refuses(&["side:main"], "take its place");
    // A merge into main is lawful.
    server.clone.git(&["checkout", "-q", "main"]);
    server
        .clone
        .git(&["merge", "-q", "--no-edit", "--no-ff", "side^1"]);
    server.accepts(&["main"]);
}

#[test]
fn without_the_program_nothing_is_taken_in() {
    let server = Server::guarded();
    server.server.git(&[
        "-C",
        "hold.git",
        "config",
        "undersigned.program",
        "/missing/undersigned",
    ]);
    server.refuses(&["main"], "there is no program /missing/undersigned");
    server
        .server
        .git(&["-C", "hold.git", "config", "undersigned.branch", "trunk"]);
    server.server.git(&[
        "-C",
        "hold.git",
        "config",
        "undersigned.program",
        env!("CARGO_BIN_EXE_undersigned"),
    ]);
    server.accepts(&["main"]);
    server.clone.remove("registry/registry.yaml");
    server.clone.commit("No registry");
    server.refuses(&["main:trunk"], "cannot be judged");
}

/// A step's script.
fn script(steps: &[Value], name: &str) -> String {
    let step = steps.iter().find(|step| step["name"] == name);
    let script = step.unwrap_or_else(|| panic!("no step {name}"))["run"]
        .as_str()
        .unwrap();
    script.to_owned()
}

/// Runs a script as a runner does: in a folder of its own, with what the forge says in the environment.
fn job(server: &Server, folder: &Path, script: &str, said: &[(&str, &str)]) -> (i32, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_undersigned"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let server_url = format!("file://{}", server.server.path().display());
    let mut command: Command = plain("bash", folder);
    let ran = command
        .args(["-e", "-o", "pipefail", "-c", script])
        .env("PATH", path)
        .env("GITHUB_SERVER_URL", &server_url)
        .env("GITHUB_REPOSITORY", "hold.git")
        .env("GITHUB_WORKSPACE", folder)
        .env("GITHUB_STEP_SUMMARY", server.server.at("summary.md"))
        .env("CI_MERGE_REQUEST_PROJECT_URL", format!("{server_url}/hold"))
        .env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
        .envs(said.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = [ran.stdout, ran.stderr].concat();
    (
        ran.status.code().unwrap(),
        String::from_utf8_lossy(&told).into_owned(),
    )
}

/// A server with two pull requests: 1 endorses, 2 removes a record. Main, and the two heads.
fn requested() -> (Server, [String; 3]) {
    let server = Server::new();
    server.accepts(&["main"]);
    let base = server.clone.git(&["rev-parse", "HEAD"]);
    server.endorse("example-lake-club", "Example Lake Club", 5);
    let lawful = server.clone.git(&["rev-parse", "HEAD"]);
    server.accepts(&["HEAD:refs/pull/1/head"]);
    server.clone.git(&["reset", "-q", "--hard", &base]);
    server.clone.remove("registry/signatories/forum.yaml");
    let removing = server.clone.commit("Tidy up");
    server.accepts(&["HEAD:refs/pull/2/head"]);
    (server, [base, lawful, removing])
}

#[test]
fn the_workflows_of_a_registry_tell_the_lawful_from_the_unlawful() {
    let (server, [base, lawful, removing]) = requested();
    let (ground, _) = founded("github,forgejo", &[]);
    for host in [".github", ".forgejo"] {
        let steps = steps(&yaml(
            &ground.at(&format!("peace/{host}/workflows/verify.yml")),
        ));
        for (number, head, expected) in [("1", &lawful, 0), ("2", &removing, 1)] {
            let runner = tempfile::tempdir().unwrap();
            let said = [("NUMBER", number), ("BASE", &base), ("HEAD", head)];
            let (code, told) = job(
                &server,
                runner.path(),
                &script(&steps, "Fetch the registry"),
                &said,
            );
            assert_eq!(code, 0, "{told}");
            assert!(!runner.path().join("registry-at-hand.git/registry").exists());
            let (code, told) = job(
                &server,
                runner.path(),
                &script(&steps, "Review the pull request"),
                &said,
            );
            assert_eq!(code, expected, "{host} {number}: {told}");
            assert_eq!(told.contains("record-vanished"), expected == 1, "{told}");
        }
        let runner = tempfile::tempdir().unwrap();
        let said = [("NUMBER", ""), ("GITHUB_SHA", base.as_str())];
        for name in [
            "Fetch the registry",
            "Verify the main branch",
            "Compile the list",
        ] {
            let (code, told) = job(&server, runner.path(), &script(&steps, name), &said);
            assert_eq!(code, 0, "{host} {name}: {told}");
        }
        assert!(runner.path().join("public/signatories.json").exists());
        // Nothing runs before it is told where the program comes from.
        let said = [("UNDERSIGNED_REPOSITORY", ""), ("UNDERSIGNED_COMMIT", "")];
        let (code, told) = job(
            &server,
            runner.path(),
            &script(&steps, "Install undersigned"),
            &said,
        );
        assert!(
            code == 1 && told.contains(&format!("{host}/workflows/verify.yml")),
            "{told}"
        );
    }
}

#[test]
fn the_pipeline_of_gitlab_tells_the_lawful_from_the_unlawful() {
    let (server, [_, lawful, removing]) = requested();
    let (ground, _) = founded("gitlab", &[]);
    let read = yaml(&ground.at("peace/.gitlab-ci.yml"));
    let lines = read["review"]["script"].as_array().unwrap().iter();
    let review = lines
        .map(|line| format!("{}\n", line.as_str().unwrap()))
        .collect::<String>();
    for (head, expected) in [(&lawful, 0), (&removing, 1)] {
        let clone = server.clone.path();
        let (code, told) = job(&server, clone, &review, &[("CI_COMMIT_SHA", head)]);
        assert_eq!(code, expected, "{told}");
        assert!(
            told.contains("record-vanished") == (expected == 1),
            "{told}"
        );
        assert!(clone.join("gl-code-quality-report.json").exists());
    }
}

#[test]
fn the_action_tells_the_lawful_from_the_unlawful() {
    let (server, [base, lawful, removing]) = requested();
    let steps = steps(&yaml(&here().join("action.yml")));
    let runner = tempfile::tempdir().unwrap();
    fs::create_dir(runner.path().join("undersigned-bin")).unwrap();
    std::os::unix::fs::symlink(
        env!("CARGO_BIN_EXE_undersigned"),
        runner.path().join("undersigned-bin/undersigned"),
    )
    .unwrap();
    // The checkout is of the base, and knows the heads by asking for them.
    let clone = runner.path().join("clone");
    let source = server.server.at("hold.git");
    server.server.git(&[
        "-C",
        "hold.git",
        "config",
        "uploadpack.allowAnySHA1InWant",
        "true",
    ]);
    server.server.git(&[
        "clone",
        "-q",
        source.to_str().unwrap(),
        clone.to_str().unwrap(),
    ]);
    let place = runner.path().to_str().unwrap();
    for (head, expected) in [(&lawful, 0), (&removing, 1)] {
        let said = [
            ("REGISTRY", "clone"),
            ("BASE", &base),
            ("HEAD", head),
            ("RUNNER_TEMP", place),
        ];
        let (code, told) = job(
            &server,
            runner.path(),
            &script(&steps, "Review the pull request"),
            &said,
        );
        assert_eq!(code, expected, "{told}");
        assert_eq!(told.contains("record-vanished"), expected == 1, "{told}");
    }
    let said = [
        ("REGISTRY", "clone"),
        ("OUTPUT", "public"),
        ("GITHUB_SHA", &base),
        ("RUNNER_TEMP", place),
    ];
    for name in ["Verify the registry", "Compile the list"] {
        let (code, told) = job(&server, runner.path(), &script(&steps, name), &said);
        assert_eq!(code, 0, "{told}");
    }
    assert!(runner.path().join("public/SHA256SUMS").exists());
    // Cargo obeys the folder that it is started in: it is never the registry's.
    let build = script(&steps, "Build undersigned");
    assert!(build.starts_with("cd \"$GITHUB_ACTION_PATH\"\n"), "{build}");
}

const MAINTAINER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOIZRR51/TIzEzhPC9wJXqtT0VlVPZXw+QIt1G+lqGcX";

#[test]
fn code_owners_are_the_maintainers_and_a_stale_file_is_noticed() {
    let (ground, _) = founded("github,gitea", &[]);
    let path = "peace/.github/CODEOWNERS";
    assert!(!ground.read(path).contains('@'));
    ground.edit(
        "peace/registry/registry.yaml",
        "maintainers: []\n",
        &format!("maintainers:\n  - id: alice-example\n    name: 'Alice Example'\n    key: {MAINTAINER}\n"),
    );
    let stale = |command: &[&str]| -> Vec<(String, String)> {
        let answer = ground.json(&[&["-C", "peace"], command].concat());
        crate::ground::rules(&answer)
    };
    let expected = [".gitea/CODEOWNERS", ".github/CODEOWNERS"]
        .map(|path| ("codeowners-stale".to_owned(), path.to_owned()));
    assert_eq!(stale(&["validate"]), expected);
    assert_eq!(stale(&["verify"]), expected);
    assert_eq!(ground.run(&["-C", "peace", "validate"]).code, 0);
    assert_eq!(ground.run(&["-C", "peace", "validate", "--strict"]).code, 1);
    ground.git(&["-C", "peace", "commit", "-qam", "Name a maintainer"]);
    assert_eq!(stale(&["verify", "--at", "HEAD"]), expected);
    let ran = ground.run(&["-C", "peace", "codeowners"]);
    assert_eq!(
        ran.stdout, "wrote .github/CODEOWNERS\nwrote .gitea/CODEOWNERS\n",
        "{}",
        ran.stderr
    );
    assert_eq!(stale(&["validate"]), []);
    assert!(
        ground
            .read(path)
            .contains("\n/registry/letters/ @alice-example\n")
    );
    assert!(
        ground
            .read("peace/.gitea/CODEOWNERS")
            .contains("\nregistry/letters/.* @alice-example\n")
    );
    assert!(
        ground
            .run(&["-C", "peace", "codeowners"])
            .stdout
            .contains("fresh .github/CODEOWNERS")
    );
    // A line that somebody changed in it is noticed too, and put right.
    ground.edit(
        path,
        "/registry/letters/ @alice-example",
        "/registry/letters/ @mallory",
    );
    assert_eq!(stale(&["validate"]), expected[1..]);
    assert_eq!(ground.run(&["-C", "peace", "codeowners"]).code, 0);
    assert_eq!(stale(&["validate"]), []);
}

#[test]
fn a_file_that_somebody_wrote_is_nobodys_business() {
    let (ground, _) = founded("hook", &[]);
    let ran = ground.run(&["-C", "peace", "codeowners"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--forge"), "{}", ran.stderr);
    let path = "peace/.gitlab/CODEOWNERS";
    ground.write(path, "* @somebody\n");
    assert_eq!(
        ground.json(&["-C", "peace", "verify"])["findings"],
        serde_json::json!([])
    );
    let ran = ground.run(&["-C", "peace", "codeowners", "--forge", "gitlab"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert_eq!(ground.read(path), "* @somebody\n");
    ground.remove(path);
    let ran = ground.run(&["-C", "peace", "codeowners", "--forge", "gitlab"]);
    assert_eq!(ran.stdout, "wrote .gitlab/CODEOWNERS\n", "{}", ran.stderr);
}
