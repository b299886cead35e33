//! Writes a registry with as many signed records as asked for, the same for the same arguments, into a packed Git
//! repository: `cargo bench --bench generate -- FOLDER RECORDS [WORD…] [COMMITS]`.
//!
//! The last COMMITS records each come in a commit of their own. The words are
//! - `sharded`: records lie in folders named for the first two characters of their ids;
//! - `another`: records in a layout that the program reads and does not write; usual is the canonical one;
//! - `listed`: nobody signed, the text names all;
//! - `added`: a branch with one more who signed;
//! - `clash`: a branch with one more whose name looks like the first one's.
//!
//! The branches of two runs with the same arguments have the same commits. A million records take some minutes.

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

use registry::{Layout, Plan};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|one| one != "--bench")
        .collect();
    let [folder, records, rest @ ..] = arguments.as_slice() else {
        // `cargo test --benches` gives no arguments.
        return;
    };
    let mut plan = Plan::canonical(records.parse().expect("a number of records"));
    for word in rest {
        match word.as_str() {
            "sharded" => plan.sharded = true,
            "another" => plan.layout = Layout::Another,
            "listed" => plan.layout = Layout::Listed,
            "added" => plan.added = true,
            "clash" => plan.clash = true,
            commits => plan.commits = commits.parse().expect("a word or a number of commits"),
        }
    }
    registry::write(Path::new(folder), &plan);
}
