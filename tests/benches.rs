//! What is measured is what it says: generated registries hold, in each layout, and the scripts are ones.

use crate::ground::{Ground, files, here, plain};
use serde_json::Value;
use std::path::Path;

#[path = "../benches/registry.rs"]
mod registry;
use registry::{Layout, Plan};

const RECORDS: usize = 60;

fn generated(change: impl FnOnce(&mut Plan)) -> Ground {
    let ground = Ground::empty();
    let mut plan = Plan::canonical(RECORDS);
    change(&mut plan);
    registry::write(ground.path(), &plan);
    ground
}

/// How many have a standing, where there is no finding.
fn count(ground: &Ground, standing: &str) -> usize {
    let answer = ground.json(&["verify", "--at", "HEAD"]);
    assert_eq!(answer["findings"], Value::Array(Vec::new()));
    let rows = answer["letters"][0]["signatories"].as_array().unwrap();
    rows.iter()
        .filter(|row| row["standing"] == standing)
        .count()
}

#[test]
fn everybody_in_a_generated_registry_signed() {
    // The generator itself compares records of the canonical layout with what the program writes.
    assert_eq!(count(&generated(|_| ()), "signed"), RECORDS);
    let sharded = generated(|plan| {
        plan.sharded = true;
        plan.commits = 3;
        plan.added = true;
        plan.clash = true;
    });
    assert_eq!(count(&sharded, "signed"), RECORDS);
    assert_eq!(sharded.git(&["rev-list", "--count", "main"]), "5");
    let audit = sharded.json(&["audit"]);
    assert_eq!(audit["findings"], Value::Array(Vec::new()));
    let rules = |branch: &str| {
        let review = sharded.json(&["review", &format!("main..{branch}")]);
        crate::ground::rules(&review)
    };
    assert_eq!(rules("added"), []);
    let clash = rules("clash");
    assert!(!clash.is_empty() && clash.iter().all(|(rule, _)| rule == "look-alike-name"));
}

#[test]
fn another_layout_is_read_and_not_written() {
    let another = |plan: &mut Plan| plan.layout = Layout::Another;
    assert_eq!(count(&generated(another), "signed"), RECORDS);
    let (usual, mut other) = (Plan::canonical(RECORDS), Plan::canonical(RECORDS));
    another(&mut other);
    for number in 0..RECORDS {
        let (one, same) = (usual.file(number), other.file(number));
        assert!(one.0 == same.0 && one.1 != same.1, "{}", one.0);
    }
}

#[test]
fn everybody_in_a_listed_registry_is_named() {
    let listed = generated(|plan| plan.layout = Layout::Listed);
    assert_eq!(count(&listed, "listed"), RECORDS);
}

#[test]
fn generated_ids_fill_shards_evenly() {
    let plan = Plan {
        sharded: true,
        ..Plan::canonical(1300)
    };
    let mut shards = std::collections::BTreeMap::new();
    for number in 0..plan.records {
        let path = plan.file(number).0;
        let shard = path.split('/').nth(2).unwrap().to_owned();
        *shards.entry(shard).or_insert(0) += 1;
    }
    assert!(shards.len() == 650 && shards.values().all(|count| *count == 2));
}

#[test]
#[ignore = "needs python3"]
fn python_reads_the_scripts() {
    let scripts = files(&here().join("benches"));
    let scripts = scripts
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "py"));
    let read = "import ast, sys\nfor path in sys.argv[1:]:\n    assert ast.get_docstring(ast.parse(open(path, encoding='utf-8').read())), path";
    let ran = plain("python3", Path::new("/"))
        .args(["-c", read])
        .args(scripts)
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
