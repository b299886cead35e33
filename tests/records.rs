//! Cases of single files: what each brings stands beside it. `UPDATE_RECORDS=1` writes it again, to be read.

use crate::ground::{files, here};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use undersigned::base::finding::Finding;
use undersigned::letter::Letter;
use undersigned::record::charter::{self, Charter};
use undersigned::record::document::Document;
use undersigned::record::entry::entries;
use undersigned::record::reading::{FileContent, read, typed};
use undersigned::record::schema::{Schema, Schemas};
use undersigned::record::signatory::Signatory;
use undersigned::record::yaml;

fn cases(verdict: &str) -> Vec<PathBuf> {
    let all = files(&here().join("tests/records").join(verdict));
    all.into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect()
}

/// Which kind of file a case is: the name of its folder.
fn kind(path: &Path) -> &str {
    path.parent()
        .unwrap()
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
}

fn schema<'a>(schemas: &'a Schemas, path: &Path) -> &'a Schema {
    match kind(path) {
        "signatory" => &schemas.signatory,
        "letter" => &schemas.letter,
        "charter" => &schemas.charter,
        other => panic!("{other} is no kind of file"),
    }
}

fn findings(schemas: &Schemas, path: &Path) -> Vec<Finding> {
    let bytes = fs::read(path).unwrap();
    match kind(path) {
        "signatory" => {
            let reading = read::<Signatory>(&schemas.signatory, "case.yaml", &bytes);
            match (reading.value, reading.document) {
                (Some(signatory), Some(document)) => entries(&signatory, &document).1,
                _ => reading.findings,
            }
        }
        "letter" => read::<Letter>(&schemas.letter, "case.yaml", &bytes).findings,
        _ => {
            let reading = read::<Charter>(&schemas.charter, "case.yaml", &bytes);
            match (reading.value, reading.document) {
                (Some(charter), Some(document)) => charter::judge(&charter, &document),
                _ => reading.findings,
            }
        }
    }
}

fn told(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let place = finding.place.as_ref().map_or("-".to_owned(), |place| {
            format!("{}:{}", place.line, place.column)
        });
        format!(
            "{place} {} | {} | {}\n",
            finding.rule.name, finding.message, finding.help
        )
    });
    lines.collect()
}

#[test]
fn good_files_have_no_finding() {
    let schemas = Schemas::load().unwrap();
    let cases = cases("good");
    assert!(cases.len() > 30, "{}", cases.len());
    for path in cases {
        let found = findings(&schemas, &path);
        assert!(found.is_empty(), "{}:\n{}", path.display(), told(&found));
    }
}

#[test]
fn bad_files_have_the_findings_that_stand_beside_them() {
    let schemas = Schemas::load().unwrap();
    let cases = cases("bad");
    assert!(cases.len() > 90, "{}", cases.len());
    let mut wrong = Vec::new();
    for path in cases {
        let found = told(&findings(&schemas, &path));
        assert!(!found.is_empty(), "{} is found good", path.display());
        let beside = path.with_extension("expected");
        if std::env::var_os("UPDATE_RECORDS").is_some() {
            fs::write(&beside, &found).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if expected != found {
            wrong.push(format!(
                "{}\nexpected:\n{expected}found:\n{found}",
                path.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_expectation_belongs_to_a_case() {
    for path in files(&here().join("tests/records")) {
        let case = path.with_extension("yaml");
        assert!(case.exists(), "{} has no case", path.display());
    }
}

#[test]
fn the_schema_and_the_types_agree() {
    fn by_type<T: FileContent>(document: &Document, json: &Value) -> Result<(), String> {
        typed::<T>(document, json)
            .map(|_| ())
            .map_err(|finding| finding.message)
    }
    let schemas = Schemas::load().unwrap();
    let mut compared = 0;
    for path in [cases("good"), cases("bad")].concat() {
        let parsed = yaml::parse("case.yaml", &fs::read(&path).unwrap());
        let (Some(document), true) = (parsed.document, parsed.findings.is_empty()) else {
            continue;
        };
        let json = document.to_json();
        let by_type = match kind(&path) {
            "signatory" => by_type::<Signatory>(&document, &json),
            "letter" => by_type::<Letter>(&document, &json),
            _ => by_type::<Charter>(&document, &json),
        };
        let by_schema = schema(&schemas, &path).allows(&json);
        let name = path.file_stem().unwrap().to_str().unwrap();
        // What no regular expression can say is left to the types; such cases say so in their names.
        if name.starts_with("beyond-schema-") {
            assert!(by_schema && by_type.is_err(), "{name}");
        } else {
            assert_eq!(
                by_schema,
                by_type.is_ok(),
                "{}: {by_type:?}",
                path.display()
            );
        }
        compared += 1;
    }
    assert!(compared > 70, "{compared}");
}

#[test]
fn another_yaml_parser_reads_every_good_file_the_same() {
    for path in cases("good") {
        let text = fs::read_to_string(&path).unwrap();
        let ours = yaml::parse("case.yaml", text.as_bytes())
            .document
            .unwrap()
            .to_json();
        let theirs: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(ours, theirs, "{}", path.display());
    }
}
