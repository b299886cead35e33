//! Pages that are made from the source, or must agree with it.

use crate::ground::{files, here};
use std::fs;
use undersigned::base::rule::RULES;
use undersigned::report::rules;

fn read(path: &str) -> String {
    fs::read_to_string(here().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = rules::page();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(here().join("docs/rules.md"), &page).unwrap();
    }
    assert_eq!(
        read("docs/rules.md"),
        page,
        "run `UPDATE_PAGES=1 cargo test rules`"
    );
}

#[test]
fn every_rule_is_named_by_the_formats_and_by_a_test() {
    let formats: String = files(&here().join("docs/formats"))
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let cases = files(&here().join("tests")).into_iter().filter(|path| {
        path.extension().is_some_and(|end| {
            ["rs", "expected", "story"]
                .iter()
                .any(|known| end == *known)
        }) && !path.ends_with("pages.rs")
    });
    let tests: String = cases
        .map(|path| fs::read_to_string(path).unwrap_or_default())
        .collect();
    for rule in RULES {
        assert!(
            formats.contains(&format!("`{}`", rule.name)),
            "docs/formats/ does not name {}",
            rule.name
        );
        assert!(tests.contains(rule.name), "no test names {}", rule.name);
        assert!(
            here()
                .join(format!("docs/formats/{}.md", rule.page))
                .exists(),
            "{}",
            rule.page
        );
        let words = |text: &str| text.ends_with('.') && !text.contains("  ");
        assert!(words(rule.meaning) && words(rule.remedy), "{}", rule.name);
    }
}

#[test]
fn the_formats_name_no_rule_that_is_not_there() {
    for path in files(&here().join("docs/formats")) {
        let page = fs::read_to_string(&path).unwrap();
        for word in page.split('`').skip(1).step_by(2) {
            let like_a_rule = word.contains('-')
                && !word.ends_with('-')
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            let known = RULES.iter().any(|rule| rule.name == word);
            let terms = [
                "full-date",
                "new-key",
                "subject-key",
                "in-person",
                "prior-contact",
            ];
            let other = terms.contains(&word) || word.starts_with('-');
            assert!(
                !like_a_rule || known || other,
                "{} names `{word}`",
                path.display()
            );
        }
    }
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut pages = files(&here().join("docs"));
    pages.extend(
        [
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "CHANGELOG.md",
        ]
        .map(|name| here().join(name)),
    );
    for path in pages {
        let page =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // What stands in backticks is no link.
        let prose: String = page.split('`').step_by(2).collect();
        for rest in prose.split("](").skip(1) {
            let target = rest.split(')').next().unwrap().split('#').next().unwrap();
            if !target.is_empty() && !target.contains("://") {
                let whole = path.parent().unwrap().join(target);
                assert!(whole.exists(), "{} leads to {target}", path.display());
            }
        }
    }
}

#[test]
fn the_words_of_the_schemas_are_whole() {
    for path in files(&here().join("schemas")) {
        let schema: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{}", path.display());
        assert!(
            schema["title"].is_string() && schema["description"].is_string(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_schema_knows_the_countries_that_the_types_know() {
    let schema: serde_json::Value =
        serde_json::from_str(&read("schemas/signatory.schema.json")).unwrap();
    let codes: Vec<&str> = schema["$defs"]["country"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|code| code.as_str().unwrap())
        .collect();
    assert_eq!(codes, undersigned::base::country::CODES);
}

#[test]
fn the_project_stands_alone() {
    let mut all = files(&here().join("docs"));
    for folder in ["src", "schemas", "registry", "tests"] {
        all.extend(files(&here().join(folder)));
    }
    let foreign = [concat!("../", "shared"), concat!("/work", "/")];
    for path in all {
        let content = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for word in foreign {
            assert!(!content.contains(word), "{} names {word}", path.display());
        }
    }
}
