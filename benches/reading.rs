//! What reading one record costs, part by part. `cargo bench --bench reading` prints medians.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    dead_code,
    missing_docs
)]

#[path = "../tests/ground.rs"]
mod ground;
#[path = "../tests/pen.rs"]
mod pen;
mod registry;
#[cfg(test)]
mod streams;

use divan::{Bencher, black_box};
use ed25519_dalek::VerifyingKey;
use registry::{Layout, Plan};
use undersigned::base::digest::Digest;
use undersigned::letter::place::places;
use undersigned::record::reading::read;
use undersigned::record::schema::Schemas;
use undersigned::record::signatory::Signatory;
use undersigned::record::yaml;
use undersigned::signature::accept::accepts;
use undersigned::signature::container::Signature;
use undersigned::signature::key::PublicKey;

const RECORD: &str = "# yaml-language-server: $schema=../../schemas/signatory.schema.json
id: example-peace-forum
name: 'Example Peace Forum'
names:
  ko: '예시 평화 포럼'
country: 'KR'
website: https://forum.example/
domain: forum.example
accreditations:
  - body: 'Example Council'
    status: 'consultative'
    source: 'version 1 of example-letter, note below the list'
listings:
  - letter: example-letter
    version: 1
    as:
      - 'Example Peace Forum'
";

/// A statement of 600 bytes and its SSH signature, as `ssh-keygen` made it.
const STATEMENT: &str = include_str!("../tests/vectors/ssh-keygen.txt");
const SIGNATURE: &str = include_str!("../tests/vectors/ssh-keygen.sig");

fn main() {
    divan::main();
}

#[divan::bench]
fn yaml_to_tree(bencher: Bencher<'_, '_>) {
    bencher.bench(|| yaml::parse("case.yaml", black_box(RECORD).as_bytes()));
}

#[divan::bench]
fn schema(bencher: Bencher<'_, '_>) {
    let schemas = Schemas::load().ok();
    let json = yaml::parse("case.yaml", RECORD.as_bytes())
        .document
        .map(|document| document.to_json());
    bencher.bench(|| {
        schemas
            .as_ref()
            .zip(json.as_ref())
            .map(|(schemas, json)| schemas.signatory.allows(black_box(json)))
    });
}

#[divan::bench]
fn whole_record(bencher: Bencher<'_, '_>) {
    let schemas = Schemas::load().ok();
    bencher.bench(|| {
        schemas.as_ref().map(|schemas| {
            read::<Signatory>(
                &schemas.signatory,
                "case.yaml",
                black_box(RECORD).as_bytes(),
            )
        })
    });
}

/// A record with one signed statement in either layout, as `benches/registry.rs` makes it.
fn signed(layout: &str) -> String {
    let plan = Plan {
        layout: match layout {
            "canonical" => Layout::Canonical,
            _ => Layout::Another,
        },
        ..Plan::canonical(2)
    };
    plan.file(1).1
}

#[divan::bench(args = ["canonical", "another"])]
fn signed_yaml_to_tree(bencher: Bencher<'_, '_>, layout: &str) {
    let record = signed(layout);
    bencher.bench(|| yaml::parse("case.yaml", black_box(&record).as_bytes()));
}

#[divan::bench(args = ["canonical", "another"])]
fn whole_signed_record(bencher: Bencher<'_, '_>, layout: &str) {
    let schemas = Schemas::load().unwrap();
    let record = signed(layout);
    bencher.bench(|| {
        let reading = read::<Signatory>(
            &schemas.signatory,
            "case.yaml",
            black_box(&record).as_bytes(),
        );
        assert!(reading.findings.is_empty());
        reading
    });
}

#[divan::bench]
fn statement(bencher: Bencher<'_, '_>) {
    bencher.bench(|| undersigned::statement::read::read(black_box(STATEMENT)));
}

#[divan::bench]
fn decoding_an_ssh_signature(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Signature::parse(black_box(SIGNATURE)));
}

/// The predicate with its message, key and signature ready; all else is beside it.
#[divan::bench]
fn accepting_a_signature(bencher: Bencher<'_, '_>) {
    let signature = Signature::parse(SIGNATURE).ok();
    let key = STATEMENT
        .lines()
        .find_map(|line| line.strip_prefix("key: "));
    let key = key.and_then(|key| PublicKey::parse(key).ok());
    bencher.bench(|| {
        let (signature, key) = signature.as_ref().zip(key.as_ref())?;
        Some(signature.judge(key, black_box(STATEMENT.as_bytes())))
    });
}

/// The point of the key, the message and the 64 bytes of the signature above.
fn taken_apart() -> ([u8; 32], Vec<u8>, [u8; 64]) {
    let Ok(Signature::Ssh(signature)) = Signature::parse(SIGNATURE) else {
        panic!("an SSH signature")
    };
    let message = signature.message(STATEMENT.as_bytes());
    (*signature.key.point(), message, signature.bytes)
}

/// The predicate alone.
#[divan::bench]
fn accepts_alone(bencher: Bencher<'_, '_>) {
    let (point, message, bytes) = taken_apart();
    assert!(accepts(&point, &message, &bytes));
    bencher.bench(|| accepts(black_box(&point), black_box(&message), black_box(&bytes)));
}

/// The floor: what the library's own strict verification of the same costs.
#[divan::bench]
fn verify_strict_alone(bencher: Bencher<'_, '_>) {
    let (point, message, bytes) = taken_apart();
    bencher.bench(|| {
        let key = VerifyingKey::from_bytes(black_box(&point)).unwrap();
        let signature = ed25519_dalek::Signature::from_bytes(black_box(&bytes));
        key.verify_strict(black_box(&message), &signature)
    });
}

#[divan::bench]
fn loading_the_schemas(bencher: Bencher<'_, '_>) {
    bencher.bench(Schemas::load);
}

#[divan::bench]
fn digest(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Digest::of(black_box(RECORD).as_bytes()));
}

#[divan::bench(args = [100, 10_000])]
fn names_in_a_text(bencher: Bencher<'_, '_>, count: usize) {
    let names: Vec<String> = (0..count)
        .map(|number| format!("Example Organization {number}"))
        .collect();
    let text = names.join("\n");
    let spellings: Vec<&str> = names.iter().map(String::as_str).collect();
    bencher.bench(|| places(black_box(&text), &spellings));
}
