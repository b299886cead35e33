//! Writes a registry with as many signed records as asked for, the same for the same arguments, into a packed Git
//! repository: `cargo bench --bench generate -- FOLDER RECORDS [sharded] [COMMITS]`. The last COMMITS records each
//! come in a commit of their own. Git's fast-import writes the objects, not the program that is measured.

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

use ground::CHARTER;
use pen::{Container, Desk, Pen, digest};
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const LETTER: &str = "example-letter";
const TEXT: &str = "Dear all,\n\nwe ask for peace.\n";

/// A hundred words, so that three make a million names, none of which looks like another.
const WORDS: &str = "acid alder anchor apple arch ash autumn bark bay beacon beech bell birch bloom bluff bread bridge brook \
    canal candle cape cedar chalk cliff cloud clover coast copper coral cove creek crest dale dawn delta dew dove dune eagle \
    echo edge elm ember fable fair feather field finch fir flag flint fog ford fox frost gale gate glade gold grove gull \
    harbour hawk hazel heath hedge hill holly ice inlet iris island ivy jade juniper kelp kite lake larch lark leaf light \
    lily linden lock maple marsh meadow mill mint mist moon moss oak oat olive opal orchid osprey owl";

/// The places of organizations, as ISO 3166-1 has them.
const COUNTRIES: [&str; 20] = [
    "KR", "JP", "US", "DE", "FR", "KE", "BR", "IN", "ZA", "MX", "CA", "GB", "NO", "PH", "ID", "TH",
    "CO", "AR", "NG", "EG",
];

const SYLLABLES: [&str; 20] = [
    "가", "나", "다", "라", "마", "바", "사", "아", "자", "차", "강", "산", "호", "숲", "달", "별",
    "해", "물", "길", "집",
];

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|one| one != "--bench")
        .collect();
    let [folder, records, rest @ ..] = arguments.as_slice() else {
        // `cargo test --benches` gives no arguments.
        return;
    };
    let records: usize = records.parse().expect("a number of records");
    let sharded = rest.iter().any(|one| one == "sharded");
    let commits: usize = rest.iter().find_map(|one| one.parse().ok()).unwrap_or(0);
    generate(Path::new(folder), records, sharded, commits.min(records));
}

fn generate(folder: &Path, records: usize, sharded: bool, commits: usize) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder).args(arguments);
        command
    };
    std::fs::create_dir_all(folder).unwrap();
    assert!(
        git(&["init", "-q", "-b", "main"])
            .status()
            .unwrap()
            .success()
    );
    let mut import = git(&["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stream = BufWriter::new(import.stdin.take().unwrap());
    let mut time = 1_772_323_200;
    commit(&mut stream, time, "the letter");
    file(&mut stream, "registry/registry.yaml", CHARTER);
    file(
        &mut stream,
        &format!("registry/letters/{LETTER}/v1/en.txt"),
        TEXT,
    );
    let letter = format!(
        "id: {LETTER}\ntitle: 'A letter'\naddressee: 'Everybody'\nauthentic: 'en'\nversions:\n  - number: 1\n    date: '2026-03-01'\n    \
         relation: first\n    provenance: native\n    texts:\n      - language: 'en'\n        file: v1/en.txt\n        digest: {}\n",
        digest(TEXT)
    );
    file(
        &mut stream,
        &format!("registry/letters/{LETTER}/letter.yaml"),
        &letter,
    );
    let together = records - commits;
    commit(&mut stream, time + 60, "those who signed first");
    for begin in (0..records).step_by(4096) {
        let numbers = begin..records.min(begin + 4096);
        let made: Vec<(usize, Desk)> = numbers
            .into_par_iter()
            .map(|number| (number, signed(number)))
            .collect();
        for (number, desk) in made {
            if number >= together {
                time += 60;
                commit(&mut stream, time + 60, &format!("{} signs", desk.id));
            }
            let shard = if sharded {
                format!("{}/", &desk.id[..2])
            } else {
                String::new()
            };
            file(
                &mut stream,
                &format!("registry/signatories/{shard}{}.yaml", desk.id),
                &desk.record(),
            );
        }
    }
    stream.flush().unwrap();
    drop(stream);
    assert!(import.wait().unwrap().success());
    assert!(git(&["repack", "-adfq"]).status().unwrap().success());
}

/// An organization that is always the same for a number, with its signature. Ids begin with any two letters, so that
/// shards are filled evenly.
fn signed(number: usize) -> Desk {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let of = |place: usize| words[number / 100_usize.pow(place as u32) % 100];
    let [first, second, third] = [of(0), of(1), of(2)];
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let name = format!(
        "{} {} {} Example",
        capital(first),
        capital(second),
        capital(third)
    );
    let mut desk = Desk::new(&format!("{first}-{second}-{third}-example"), &name);
    if number.is_multiple_of(3) {
        let korean: String = [0, 1, 2, 3]
            .iter()
            .map(|place| SYLLABLES[number / 20_usize.pow(*place) % 20])
            .collect();
        desk = desk.with("name-ko", &format!("{korean} 예시 모임 {number}"));
    }
    desk = desk.with("country", COUNTRIES[number % 20]);
    desk.container = if number.is_multiple_of(10) {
        Container::Raw
    } else {
        Container::Ssh
    };
    desk.endorse(LETTER, TEXT, &Pen::numbered(number));
    desk
}

fn commit(stream: &mut impl Write, time: u64, message: &str) {
    let who = format!("Example Maintainer <maintainer@letters.example> {time} +0000");
    write!(
        stream,
        "commit refs/heads/main\ncommitter {who}\ndata {}\n{message}\n",
        message.len()
    )
    .unwrap();
}

fn file(stream: &mut impl Write, path: &str, content: &str) {
    write!(
        stream,
        "M 100644 inline {path}\ndata {}\n{content}\n",
        content.len()
    )
    .unwrap();
}
