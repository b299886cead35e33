//! Findings in, results out: none is lost in any form, whatever a stranger wrote, as each form's reader reads it.

use crate::ground::{Ground, here};
use crate::hostile::{HOSTILE, quoted};
use crate::runner;
use jsonschema::Validator;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;
use undersigned::base::escape::{seen, visible};
use undersigned::base::finding::{Finding, Severity};
use undersigned::base::id::Id;
use undersigned::base::rule;
use undersigned::base::source::{Source, Span};
use undersigned::report::findings::{FORMS, Form, write};
use undersigned::report::terminal;

/// What acts in one of these forms besides what acts on a terminal or a page.
const WORSE: &[&str] = &[
    "]]>",
    "<!-- x --><failure/>&amp;&#0;",
    "a\u{fffe}b\u{ffff}c",
    "%25%0D%0A%3A%2C",
    // What cannot be seen, and its escape as somebody may have written it.
    "a\u{1b}b",
    "a\\u{1b}b",
    "x,title=y::z",
    "::stop-commands::x",
    "x\n::error::y\r::set-env name=PATH::z",
    " \u{a0}::add-mask::x",
    "#\u{301}#[error]x",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[x]",
    "{0} {{1}} }{",
    "[here](https://evil.example) ](1)",
    "a/../b c?d#e%2f",
    "../x",
    "/etc/passwd",
    "//evil.example/x",
    "https://evil.example/x",
    "</testcase></testsuite>",
    "\u{1f468}\u{200d}\u{1f469} 평화",
    "```\nx\n```",
    "",
];

/// Findings of every kind about everything hostile, each twice.
fn fixture() -> Vec<Finding> {
    let long = "long :: ##[error] ".repeat(6000);
    let id = Id::parse("example-hill-forum").unwrap();
    let values = HOSTILE.iter().chain(WORSE).copied().chain([long.as_str()]);
    let mut all = Vec::new();
    for value in values {
        let text = format!("평화 {value}\n{value}");
        let source = Source::new(value, text);
        all.extend([
            Finding::about(&rule::ID_MISMATCH, value, value).with_help(value),
            Finding::at(&rule::LOOK_ALIKE_NAME, &source, Span::new(7, 9), value)
                .with_severity(Severity::Warning),
            Finding::about(&rule::YAML_NOT_PLAIN, "registry/x.yaml", value)
                .of(&id)
                .in_commit("4f1c"),
            Finding::about(&rule::KEY_WEAK, "", "a thing").in_commit(value),
        ]);
    }
    all.extend(all.clone());
    all
}

fn text(form: Form, findings: &[Finding]) -> String {
    String::from_utf8(write(form, findings).unwrap()).unwrap()
}

fn errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.is_error()).count()
}

/// What a form's reader counts in it; what is not of the form is refused.
fn read(form: Form, output: &str) -> usize {
    match form {
        Form::Github => annotations(output).len(),
        Form::Gitlab => entries(output).len(),
        Form::Sarif => results(output).len(),
        Form::Junit => cases(output).len(),
        Form::Markdown => items(output).len(),
    }
}

fn annotations(output: &str) -> Vec<runner::Command> {
    runner::lines(output)
        .map(|line| runner::command(line).unwrap_or_else(|| panic!("no command: {line}")))
        .inspect(|command| assert!(["error", "warning"].contains(&command.name.as_str())))
        .collect()
}

static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let schema = fs::read_to_string(here().join("tests/schemas/sarif-2.1.0.json")).unwrap();
    // A slip of the standard, which no engine reads and its Errata 01 corrects; we write no language.
    let (slip, meant) = ("|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "(-[a-zA-Z]{2})?$");
    assert_eq!(schema.matches(slip).count(), 2);
    checker(&serde_json::from_str(&schema.replace(slip, meant)).unwrap())
});

fn checker(schema: &Value) -> Validator {
    let options = jsonschema::options().should_validate_formats(true);
    options.build(schema).unwrap()
}

fn valid(validator: &Validator, json: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// The shape that GitLab documents for its Code Quality report.
static GITLAB: LazyLock<Validator> = LazyLock::new(|| {
    let words = json!({ "type": "string", "minLength": 1 });
    checker(&json!({ "type": "array", "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": words, "check_name": words,
                "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": words,
                        "lines": { "type": "object", "required": ["begin"],
                            "properties": { "begin": { "type": "integer", "minimum": 1 } } },
                    },
                },
            },
        } }))
});

fn entries(output: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(output).unwrap();
    valid(&GITLAB, &json);
    let entries = json.as_array().unwrap().clone();
    let prints: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry["fingerprint"].as_str().unwrap())
        .collect();
    assert_eq!(
        prints.len(),
        entries.len(),
        "GitLab shows one of those that share one"
    );
    entries
}

fn results(output: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(output).unwrap();
    valid(&SARIF, &json);
    let runs = json["runs"].as_array().unwrap();
    let rules = runs[0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!((runs.len(), rules.len()), (1, rule::RULES.len()));
    let results = runs[0]["results"].as_array().unwrap().clone();
    let mut prints = BTreeSet::new();
    for result in &results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(prints.insert(result["partialFingerprints"].to_string()));
    }
    results
}

fn cases(output: &str) -> Vec<junit_parser::TestCase> {
    // XML 1.0, 2.2: most readers refuse a file with any other character.
    assert!(output.chars().all(|character| matches!(character,
        '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)));
    assert!(
        !output.contains("<!"),
        "neither CDATA nor a comment nor a type"
    );
    let report = junit_parser::from_reader(output.as_bytes()).unwrap();
    assert_eq!(report.suites.len(), 1);
    let suite = &report.suites[0];
    let count = |is: fn(&junit_parser::TestStatus) -> bool| {
        u64::try_from(suite.cases.iter().filter(|case| is(&case.status)).count()).unwrap()
    };
    let counted = (
        count(|_| true),
        count(|one| one.is_failure()),
        0,
        count(|one| one.is_skipped()),
    );
    assert_eq!(
        (suite.tests, suite.failures, suite.errors, suite.skipped),
        counted
    );
    assert_eq!(
        (report.tests, report.failures, report.errors, report.skipped),
        counted
    );
    let names: BTreeSet<(&str, Option<&str>)> = suite
        .cases
        .iter()
        .map(|case| (case.original_name.as_str(), case.classname.as_deref()))
        .collect();
    assert_eq!(
        names.len(),
        suite.cases.len(),
        "some readers show one of those that share a name"
    );
    suite
        .cases
        .iter()
        .filter(|case| !case.status.is_success())
        .cloned()
        .collect()
}

/// The text in each case, which the reader above joins without its references.
fn contents(output: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(output);
    let mut contents = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if ["failure", "system-out"].contains(&start.name().0) => {
                let name = start.to_end().into_owned();
                let inside = reader.read_text(name.name()).unwrap();
                contents.push(quick_xml::escape::unescape(&inside).unwrap().into_owned());
            }
            Event::Eof => return contents,
            _ => {}
        }
    }
}

/// The items of the page as text; markup, and links that GitHub would make, are ours alone or not there.
fn items(output: &str) -> Vec<String> {
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let mut items = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(output, options) {
        match event {
            Event::Start(Tag::Item) => {
                items.push(String::new());
                inside = true;
            }
            Event::End(pulldown_cmark::TagEnd::Item) => inside = false,
            Event::Text(text) => {
                for mark in ["www.", "://", "@"] {
                    assert!(!text.to_lowercase().contains(mark), "live link: {text}");
                }
                if inside {
                    items.last_mut().unwrap().push_str(&text);
                }
            }
            Event::Code(text) => items.last_mut().unwrap().push_str(&text),
            Event::Start(Tag::Strong | Tag::List(None) | Tag::Heading { .. } | Tag::Paragraph)
            | Event::End(_) => {}
            other => panic!("markup: {other:?}"),
        }
    }
    items
}

/// A fence of the escape for what XML and a page cannot hold; the values as people see them.
fn shown(finding: &Finding) -> String {
    seen(&finding.message)
}

#[test]
fn none_is_lost_in_any_form() {
    let findings = fixture();
    assert!(findings.len() > 400);
    for form in FORMS {
        assert_eq!(
            read(form, &text(form, &findings)),
            findings.len(),
            "{form:?}"
        );
        assert_eq!(read(form, &text(form, &[])), 0, "{form:?}");
        for finding in &findings {
            let one = std::slice::from_ref(finding);
            assert_eq!(read(form, &text(form, one)), 1, "{form:?} {finding:?}");
        }
    }
}

#[test]
fn no_form_that_a_log_shows_holds_a_command_of_a_stranger() {
    let findings = fixture();
    for form in [Form::Gitlab, Form::Sarif] {
        assert_eq!(runner::obeyed(&text(form, &findings)), [""; 0], "{form:?}");
    }
    let told = terminal::findings(&findings);
    assert_eq!(runner::obeyed(&told), [""; 0]);
    // What the runner prints of an annotation is a line of the log too.
    for annotation in annotations(&text(Form::Github, &findings)) {
        assert_eq!(runner::obeyed(&annotation.data), [""; 0]);
    }
}

#[test]
fn annotations_say_what_the_findings_say() {
    let findings = fixture();
    for (finding, read) in findings
        .iter()
        .zip(annotations(&text(Form::Github, &findings)))
    {
        let property = |name: &str| read.properties.get(name).map(String::as_str);
        assert_eq!(read.name, finding.severity.name());
        assert_eq!(property("title"), Some(finding.rule.name));
        assert_eq!(property("file").unwrap_or_default(), seen(&finding.path));
        let place = finding.place.as_ref();
        assert_eq!(
            property("line"),
            place.map(|at| at.line.to_string()).as_deref()
        );
        assert_eq!(
            property("col"),
            place.map(|at| at.column.to_string()).as_deref()
        );
        let known = ["file", "line", "col", "title"];
        assert!(
            read.properties
                .keys()
                .all(|key| known.contains(&key.as_str()))
        );
        let (message, help) = read.data.split_once("\nhelp: ").unwrap();
        assert_eq!(help, visible(&finding.help));
        let commit = finding.commit.as_ref();
        let commit = commit
            .map(|commit| format!(" (in commit {commit})"))
            .unwrap_or_default();
        assert_eq!(message, visible(&format!("{}{commit}", finding.message)));
    }
}

#[test]
fn reports_say_what_the_findings_say() {
    let findings = fixture();
    let gitlab = entries(&text(Form::Gitlab, &findings));
    let sarif = results(&text(Form::Sarif, &findings));
    let junit = cases(&text(Form::Junit, &findings));
    let contents = contents(&text(Form::Junit, &findings));
    let page = items(&text(Form::Markdown, &findings));
    for (at, finding) in findings.iter().enumerate() {
        let message = shown(finding);
        let commit = seen(finding.commit.as_deref().unwrap_or_default());
        let path = match finding.path.is_empty() {
            true => ".".to_owned(),
            false => seen(&finding.path),
        };
        let entry = &gitlab[at];
        let description = entry["description"].as_str().unwrap();
        assert!(description.starts_with(&message) && description.ends_with(&seen(&finding.help)));
        assert!(description.contains(&commit));
        assert_eq!(
            (&entry["check_name"], &entry["location"]["path"]),
            (&json!(finding.rule.name), &json!(path))
        );

        let result = &sarif[at];
        let told = result["message"]["text"].as_str().unwrap();
        assert!(!told.contains("]("), "a link: {told}");
        let undone = told
            .replace("{{", "{")
            .replace("}}", "}")
            .replace("]\\u{28}", "](");
        assert_eq!(undone, description);
        assert_eq!(
            result["properties"].get("commit").and_then(Value::as_str),
            finding.commit.as_deref()
        );
        assert_eq!(result["level"], finding.severity.name());
        let physical = &result["locations"][0]["physicalLocation"];
        let place = finding.place.as_ref();
        let region = place
            .filter(|_| !finding.path.is_empty())
            .map(|at| json!({ "startLine": at.line, "startColumn": at.column }));
        assert_eq!(physical.get("region"), region.as_ref());
        let uri = physical["artifactLocation"]["uri"].as_str();
        assert_eq!(uri.map(decoded).unwrap_or_default(), finding.path);

        let case = &junit[at];
        assert!(
            case.original_name
                .starts_with(&format!("{}: {message}", finding.rule.name))
        );
        let told = &contents[at];
        assert!(
            squeezed(told).ends_with(&squeezed(description)),
            "{told}\n{description}"
        );

        let item = &page[at];
        assert!(item.starts_with(finding.severity.name()) && item.contains(finding.rule.name));
        for words in [&finding.message, &finding.path, &finding.help] {
            assert!(
                squeezed(item).contains(&squeezed(&seen(words))),
                "{item}\n{words}"
            );
        }
        assert!(item.contains(commit.trim()));
    }
    assert_eq!(
        errors(&findings),
        junit.iter().filter(|case| case.status.is_failure()).count()
    );
}

/// Readers of pages and of XML take several blanks for one.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The path that a URI of a result names.
fn decoded(uri: &str) -> String {
    assert!(
        uri.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%:".contains(&byte)),
        "{uri}"
    );
    let path = uri.strip_prefix("file://").unwrap_or(uri);
    assert!(!path.contains(':'), "a scheme: {uri}");
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let pair = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap()
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_fingerprint_stays_where_lines_are_added_above_it() {
    let at = |lines: usize| {
        let source = Source::new("a.yaml", format!("{}x", "\n".repeat(lines)));
        let same = Finding::at(
            &rule::YAML_NOT_PLAIN,
            &source,
            Span::new(lines, lines + 1),
            "a thing",
        );
        let other = Finding::about(&rule::YAML_NOT_PLAIN, "a.yaml", "another thing");
        let all = entries(&text(Form::Gitlab, &[same.clone(), other, same]));
        all.iter()
            .map(|entry| entry["fingerprint"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(at(1), at(9));
    let expected = "18:yaml-not-plain6:a.yaml7:a thing1:0".replace("18:", "14:");
    let digest = undersigned::base::digest::Digest::of(expected.as_bytes()).hex();
    assert_eq!(at(1)[0], digest);
}

#[test]
fn a_form_without_findings_is_whole() {
    assert_eq!(text(Form::Github, &[]), "");
    assert_eq!(text(Form::Gitlab, &[]), "[]\n");
    assert_eq!(text(Form::Markdown, &[]), "## undersigned: no findings\n");
    let junit = junit_parser::from_reader(text(Form::Junit, &[]).as_bytes()).unwrap();
    assert_eq!((junit.tests, junit.failures), (1, 0));
    assert!(junit.suites[0].cases[0].status.is_success());
}

const NAMES: [(&str, Form); 5] = [
    ("github", Form::Github),
    ("gitlab", Form::Gitlab),
    ("sarif", Form::Sarif),
    ("junit", Form::Junit),
    ("markdown", Form::Markdown),
];

/// A registry in which records, letters, the charter and paths are a stranger's.
fn registry() -> Ground {
    let ground = Ground::with_signatories();
    let values: Vec<&str> = HOSTILE.iter().chain(WORSE).copied().collect();
    for (number, value) in values.iter().enumerate() {
        let hostile = quoted(value);
        ground.write(
            &format!("registry/signatories/hostile-{number}.yaml"),
            format!("id: {hostile}\nname: {hostile}\nnames:\n  {hostile}: {hostile}\n{hostile}: {hostile}\nlistings: []\n"),
        );
        let raw = value.replace(['/', '\0'], "_");
        ground.write(
            &format!("registry/signatories/{raw}.yaml"),
            format!("name: {value}\n"),
        );
        ground.write(&format!("registry/{raw}/x"), "x");
    }
    ground.commit("hostile");
    ground
}

#[test]
fn every_command_gives_as_many_in_every_form() {
    let ground = registry();
    for arguments in [
        &["verify"][..],
        &["verify", "--at", "HEAD", "--strict"],
        &["validate"],
        &["validate", "registry/signatories"],
        &["show", "hostile-3"],
        &["show", "example-hill-forum"],
        &["compile", "--output", "out"],
    ] {
        let whole = ground.run(&[arguments, &["--format", "json"]].concat());
        let json: Value = serde_json::from_str(&whole.stdout).unwrap();
        let count = json["findings"].as_array().unwrap().len();
        assert!(
            count > 100 || arguments[0] == "show",
            "{arguments:?}: {count}"
        );
        for (name, form) in NAMES {
            let ran = ground.run(&[arguments, &["--format", name]].concat());
            assert_eq!(read(form, &ran.stdout), count, "{arguments:?} {name}");
            assert_eq!(ran.code, whole.code, "{arguments:?} {name}");
            assert_eq!(ran.stderr, whole.stderr, "{arguments:?} {name}");
        }
        for form in ["text", "json"] {
            let ran = ground.run(&[arguments, &["--format", form]].concat());
            assert_eq!(runner::obeyed(&ran.stdout), [""; 0], "{arguments:?} {form}");
            assert_eq!(runner::obeyed(&ran.stderr), [""; 0], "{arguments:?} {form}");
        }
    }
}

#[test]
fn a_list_that_is_written_tells_its_warnings_in_every_form() {
    let ground = Ground::with_signatories();
    ground.letter(
        "example-letter",
        &["We, with the Forum of all, ask for peace.\n\nExample Peace Forum, Example Hill Forum\n"],
    );
    ground.commit("a name in the middle of a line");
    let found = ground.json(&["verify"])["findings"]
        .as_array()
        .unwrap()
        .len();
    assert!(found > 0);
    for (name, form) in NAMES {
        let ran = ground.run(&["compile", "--output", "out", "--format", name]);
        assert_eq!(
            (ran.code, read(form, &ran.stdout)),
            (0, found),
            "{name}: {}",
            ran.stdout
        );
        assert!(ground.at("out/SHA256SUMS").exists());
        fs::remove_dir_all(ground.at("out")).unwrap();
    }
}

#[test]
fn a_summary_is_added_to_its_file_whatever_the_form() {
    let ground = registry();
    let count = ground.verify()["findings"].as_array().unwrap().len();
    ground.write("job.md", "before, without an end");
    for (times, form) in [(1, "text"), (2, "json"), (3, "sarif")] {
        let plain = ground.run(&["verify", "--format", form]);
        let ran = ground.run(&["verify", "--format", form, "--summary", "job.md"]);
        assert_eq!(
            (ran.code, ran.stdout, ran.stderr),
            (1, plain.stdout, plain.stderr)
        );
        let page = ground.read("job.md");
        assert!(page.starts_with("before, without an end\n## undersigned: "));
        assert_eq!(items(&page).len(), times * count);
    }
    ground.run(&["-C", "registry", "verify", "--summary", "../new.md"]);
    assert_eq!(
        ground.read("new.md"),
        ground.run(&["verify", "--format", "markdown"]).stdout
    );
}

/// The commands of docs/ci.md, in the place of a job.
#[test]
fn the_page_on_ci_is_followed_as_it_stands() {
    let page = fs::read_to_string(here().join("docs/ci.md")).unwrap();
    let fences = page.split("```").skip(1).step_by(2);
    let commands: Vec<&str> = fences
        .flat_map(str::lines)
        .map(str::trim)
        // Those that share a run are tried by `shards.rs`.
        .filter(|line| {
            line.starts_with("undersigned ")
                && !line.contains("--shard")
                && !line.starts_with("undersigned merge ")
        })
        .collect();
    assert_eq!(commands.len(), 4);
    let ground = registry();
    let count = ground.verify()["findings"].as_array().unwrap().len();
    for command in commands {
        let script = format!("GITHUB_STEP_SUMMARY=summary.md\n{command}");
        let (success, told) = ground.shell(".", &script);
        assert!(!success, "{command}");
        let (_, after) = command.split_once("--format ").unwrap();
        let (_, form) = NAMES
            .into_iter()
            .find(|(name, _)| after.starts_with(name))
            .unwrap();
        let output = match command.split_once("> ") {
            Some((_, file)) => ground.read(file),
            None => told,
        };
        assert_eq!(read(form, &output), count, "{command}");
    }
    assert_eq!(items(&ground.read("summary.md")).len(), count);
    for (name, _) in NAMES {
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn a_summary_goes_nowhere_else() {
    let ground = Ground::with_signatories();
    let charter = ground.read("registry/registry.yaml");
    ground.write("target.txt", "kept\n");
    std::os::unix::fs::symlink("target.txt", ground.at("link.md")).unwrap();
    for (file, what) in [
        ("registry/registry.yaml", "lies in the registry itself"),
        ("registry/new.md", "lies in the registry itself"),
        ("link.md", "is not a plain file"),
        ("registry", "lies in the registry itself"),
        (".", "is not a plain file"),
        ("/dev/null", "is not a plain file"),
        ("missing/new.md", "cannot be added to"),
    ] {
        let ran = ground.run(&["verify", "--summary", file]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{file}");
        assert!(ran.stderr.contains(what), "{file}: {}", ran.stderr);
    }
    assert_eq!(ground.read("registry/registry.yaml"), charter);
    assert_eq!(ground.read("target.txt"), "kept\n");
    assert!(!ground.at("registry/new.md").exists());
}

#[test]
fn a_summary_that_does_not_fit_leaves_its_file_as_it_was() {
    let ground = registry();
    ground.write("job.md", "kept\n");
    // No file may grow past some blocks, and who tries is told so instead of being killed.
    let script = "trap '' XFSZ; ulimit -f 8; undersigned verify --summary job.md";
    let (success, told) = ground.shell(".", script);
    assert!(!success);
    assert!(told.contains("job.md cannot be added to"), "{told}");
    assert_eq!(ground.read("job.md"), "kept\n");
}

#[test]
fn commands_without_a_list_of_findings_say_so_before_they_do_anything() {
    let ground = Ground::with_signatories();
    for (name, _) in NAMES {
        let ran = ground.run(&["keygen", "key.pem", "--no-passphrase", "--format", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{name}");
        assert!(
            ran.stderr
                .contains("no list of findings to write in that form")
        );
        assert!(!ground.at("key.pem").exists());
    }
    let ran = ground.run(&["explain", "--summary", "job.md"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(!ground.at("job.md").exists());
}
