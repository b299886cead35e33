//! The floor under `verify`: nothing but ed25519-dalek's `verify_strict` over the signatures of a registry.
//!
//! - `cargo bench --bench floor -- extract FOLDER REVISION FILE` reads the records of a revision, takes each statement
//!   by its own key apart, and writes the key, the signature and the exact bytes that Ed25519 signed of each into FILE.
//! - `cargo bench --bench floor -- verify FILE [THREADS]` loads all of FILE, then verifies on so many threads (usual 1)
//!   and prints how many there were, and the wall and CPU seconds of that alone, as JSON.
//!
//! It shares no code with the program: records are read line by line, and SSH signatures by PROTOCOL.sshsig. Keys are
//! parsed each time, since no two organizations have the same. `benches/commands.py` runs it beside the program.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    dead_code,
    missing_docs
)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use git2::{ObjectType, Repository, TreeWalkMode, TreeWalkResult};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256, Sha512};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|one| one != "--bench")
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["extract", folder, revision, file] => extract(folder, revision, file),
        ["verify", file] => verify(file, 1),
        ["verify", file, threads] => verify(file, threads.parse().expect("a number of threads")),
        // `cargo test --benches` gives no arguments.
        [] => {}
        other => panic!("extract FOLDER REVISION FILE, or verify FILE [THREADS], not {other:?}"),
    }
}

/// One signature with all that verifying takes.
struct Triple {
    key: [u8; 32],
    signature: [u8; 64],
    message: Box<[u8]>,
}

fn extract(folder: &str, revision: &str, file: &str) {
    let repository = Repository::open(folder).unwrap();
    let commit = repository.revparse_single(revision).unwrap();
    let tree = commit.peel_to_tree().unwrap();
    let records = tree.get_path("registry/signatories".as_ref()).unwrap();
    let records = repository.find_tree(records.id()).unwrap();
    let mut out = BufWriter::new(File::create(file).unwrap());
    let mut count = 0_usize;
    let walked = records.walk(TreeWalkMode::PreOrder, |_, entry| {
        if entry.kind() == Some(ObjectType::Blob) {
            let blob = repository.find_blob(entry.id()).unwrap();
            let record = std::str::from_utf8(blob.content()).unwrap();
            for triple in triples(record) {
                out.write_all(&triple.key).unwrap();
                out.write_all(&triple.signature).unwrap();
                let length = triple.message.len() as u32;
                out.write_all(&length.to_be_bytes()).unwrap();
                out.write_all(&triple.message).unwrap();
                count += 1;
            }
        }
        TreeWalkResult::Ok
    });
    walked.unwrap();
    out.flush().unwrap();
    println!("{{\"extracted\": {count}}}");
}

/// Each text of a record with the signature beside it, whichever comes first.
fn triples(record: &str) -> Vec<Triple> {
    let lines: Vec<&str> = record.lines().collect();
    let values = |key: &str| -> Vec<String> {
        let at = lines.iter().enumerate();
        at.filter_map(|(at, line)| {
            let line = line.trim_start();
            let value = line.strip_prefix("- ").unwrap_or(line).strip_prefix(key)?;
            Some(match value {
                " |" => block(&lines[at + 1..]),
                one => one.trim().to_owned(),
            })
        })
        .collect()
    };
    let texts = values("text:").into_iter();
    texts
        .zip(values("signature:"))
        .map(|(text, signature)| triple(&text, &signature))
        .collect()
}

/// A literal block: the lines as deep as the first one.
fn block(lines: &[&str]) -> String {
    let depth = lines[0].len() - lines[0].trim_start().len();
    let inside = lines.iter().map_while(|line| {
        let deep = line.len() > depth && line[..depth].trim().is_empty();
        deep.then(|| format!("{}\n", &line[depth..]))
    });
    inside.collect()
}

fn triple(text: &str, signature: &str) -> Triple {
    let key = text.lines().find_map(|line| line.strip_prefix("key: "));
    let key = key.unwrap().split(' ').nth(1).unwrap();
    let blob = STANDARD.decode(key).unwrap();
    let (kind, rest) = take(&blob);
    assert_eq!(kind, b"ssh-ed25519", "only keys that no device holds");
    let key = take(rest).0.try_into().unwrap();
    if let Some(raw) = signature.strip_prefix("ed25519:") {
        return Triple {
            key,
            signature: STANDARD.decode(raw).unwrap().try_into().unwrap(),
            message: text.as_bytes().into(),
        };
    }
    let armor: String = signature
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let whole = STANDARD.decode(armor).unwrap();
    // PROTOCOL.sshsig: the magic, a version, the key, the namespace, something reserved, the hash, the signature.
    let rest = whole.strip_prefix(b"SSHSIG\0\0\0\x01").unwrap();
    let (own, rest) = take(rest);
    assert_eq!(own, blob, "the key of the statement");
    let (namespace, rest) = take(rest);
    let (reserved, rest) = take(rest);
    let (hash, rest) = take(rest);
    let (inner, _) = take(rest);
    let digest = match hash {
        b"sha512" => Sha512::digest(text).to_vec(),
        _ => Sha256::digest(text).to_vec(),
    };
    let mut message = b"SSHSIG".to_vec();
    for part in [namespace, reserved, hash, &digest] {
        message.extend((part.len() as u32).to_be_bytes());
        message.extend(part);
    }
    Triple {
        key,
        signature: take(take(inner).1).0.try_into().unwrap(),
        message: message.into(),
    }
}

/// A string as SSH carries it (RFC 4251), and what follows.
fn take(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (length, rest) = bytes.split_at(4);
    let length = u32::from_be_bytes(length.try_into().unwrap());
    rest.split_at(length as usize)
}

fn verify(file: &str, threads: usize) {
    let all = load(file);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = pool.build().unwrap();
    let (begin, before) = (Instant::now(), processor_seconds());
    let good = pool.install(|| all.par_iter().filter(|triple| holds(triple)).count());
    let (wall, after) = (begin.elapsed().as_secs_f64(), processor_seconds());
    assert_eq!(good, all.len(), "every signature of a generated registry");
    println!(
        "{{\"verified\": {good}, \"threads\": {threads}, \"wall\": {wall:.4}, \"cpu\": {:.4}}}",
        after - before
    );
}

fn holds(triple: &Triple) -> bool {
    let signature = Signature::from_bytes(&triple.signature);
    VerifyingKey::from_bytes(&triple.key)
        .is_ok_and(|key| key.verify_strict(&triple.message, &signature).is_ok())
}

fn load(file: &str) -> Vec<Triple> {
    let bytes = std::fs::read(file).unwrap();
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while !rest.is_empty() {
        let (key, more) = rest.split_at(32);
        let (signature, more) = more.split_at(64);
        let (message, more) = take(more);
        all.push(Triple {
            key: key.try_into().unwrap(),
            signature: signature.try_into().unwrap(),
            message: message.into(),
        });
        rest = more;
    }
    all
}

/// What all threads have taken of the processors so far, as Linux counts it; elsewhere 0.
fn processor_seconds() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return 0.0;
    };
    let taken = threads.filter_map(|thread| {
        let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<f64>().ok()
    });
    taken.sum::<f64>() / 1e9
}
