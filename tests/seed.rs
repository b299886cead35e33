//! The real registry of this repository: 55 listed, none verified, no findings.

use crate::ground::{Ground, here};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use undersigned::base::digest::Digest;

const TEXT: &str = "registry/letters/un-security-council-2019/v1/en.txt";

fn text() -> String {
    fs::read_to_string(here().join(TEXT)).unwrap()
}

/// The names of the list at the end of the text: one a line, after the last date.
fn last_list() -> Vec<String> {
    let text = text();
    let (_, list) = text.rsplit_once("\n21 March 2019\n").unwrap();
    list.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The list in the covering letter: from the heading to the note, with its line breaks folded.
fn first_list() -> String {
    let text = text();
    let (_, rest) = text
        .split_once("55 Civil Society Organizations in ROK :")
        .unwrap();
    let (list, _) = rest.split_once("\n* Among").unwrap();
    list.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The organizations that the note says are in consultative status with ECOSOC.
fn in_consultative_status() -> Vec<String> {
    let text = text();
    let (_, rest) = text
        .split_once("* Among 55 Civil Society Organizations, ")
        .unwrap();
    let (names, _) = rest
        .split_once(" have been in the Consultative Status")
        .unwrap();
    names.split(", ").map(str::to_owned).collect()
}

/// The record that the text gives for a name, in canonical layout.
fn derived(id: &str, name: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut record = format!(
        "# yaml-language-server: $schema=../../schemas/signatory.schema.json\nid: {id}\nname: {}\ncountry: 'KR'\n",
        quoted(name)
    );
    if in_consultative_status()
        .iter()
        .any(|accredited| accredited == name)
    {
        record.push_str("accreditations:\n  - body: 'ECOSOC'\n    status: 'consultative'\n    source: 'version 1 of un-security-council-2019, note below the first list'\n");
    }
    record.push_str("listings:\n  - letter: un-security-council-2019\n    version: 1\n    as:\n");
    record.push_str(&format!("      - {}\n", quoted(name)));
    if name.contains("NCCK") {
        record.push_str(&format!(
            "      - {}\n",
            quoted(&name.replace("NCCK", "NCKK"))
        ));
    }
    record
}

#[test]
fn the_text_is_the_published_one() {
    let bytes = fs::read(here().join(TEXT)).unwrap();
    assert_eq!(
        Digest::of(&bytes).to_string(),
        "sha256:ae6cf14b540febe052701fb170a605195dd52c69995b215b51c18c76c954f659"
    );
}

#[test]
fn every_record_is_derived_from_the_text_and_no_other_is_there() {
    let mut wanted: BTreeSet<String> = last_list().into_iter().collect();
    assert_eq!(wanted.len(), 55);
    assert_eq!(in_consultative_status().len(), 6);
    for entry in fs::read_dir(here().join("registry/signatories")).unwrap() {
        let path = entry.unwrap().path();
        let record = fs::read_to_string(&path).unwrap();
        let id = path.file_stem().unwrap().to_str().unwrap();
        let name = wanted
            .iter()
            .find(|name| derived(id, name) == record)
            .cloned();
        let name = name.unwrap_or_else(|| {
            panic!(
                "{} is no record of a name in the list:\n{record}",
                path.display()
            )
        });
        wanted.remove(&name);
    }
    assert!(wanted.is_empty(), "without a record: {wanted:?}");
}

#[test]
fn the_two_lists_name_the_same_organizations_but_for_one_spelling() {
    let mut first = first_list();
    for name in last_list() {
        let spelled = if first.contains(&name) {
            name
        } else {
            name.replace("NCCK", "NCKK")
        };
        assert!(
            first.contains(&spelled),
            "{spelled} is not in the first list"
        );
    }
    let mut names = last_list();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        first = first.replacen(&name.replace("NCCK", "NCKK"), "", 1);
    }
    assert_eq!(first.replace([',', ' '], ""), "", "the first list has more");
}

#[test]
fn all_are_listed_and_nobody_is_verified() {
    let ground = Ground::empty();
    let root = here().to_str().unwrap();
    let answer = ground.json(&["-C", root, "verify"]);
    let letter = &answer["letters"][0];
    assert_eq!(letter["id"], "un-security-council-2019");
    assert_eq!(letter["counts"]["listed"], 55);
    for (standing, count) in letter["counts"].as_object().unwrap() {
        assert!(standing == "listed" || count == 0, "{standing}: {count}");
    }
    for row in letter["signatories"].as_array().unwrap() {
        assert_eq!(
            (&row["standing"], &row["key"], &row["statement"]),
            (&"listed".into(), &().into(), &().into())
        );
    }
    assert_eq!(
        answer["findings"].as_array().unwrap().len(),
        0,
        "{}",
        answer["findings"]
    );
    assert_eq!(ground.run(&["-C", root, "verify", "--strict"]).code, 0);
}

#[test]
fn a_removed_organization_is_noticed() {
    let ground = Ground::empty();
    copy(&here().join("registry"), &ground.at("registry"));
    ground.remove("registry/signatories/ok-tree.yaml");
    let found = ground.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "claimed-count-mismatch");
}

fn copy(from: &Path, to: &Path) {
    for path in crate::ground::files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(path, target).unwrap();
    }
}
