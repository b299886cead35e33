//! What a review of one added record and an audit of a long history cost. `cargo bench --bench history` prints medians.

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
#[path = "../tests/story.rs"]
mod story;
#[cfg(test)]
mod streams;

use divan::{Bencher, black_box};
use ground::TEXT;
use pen::{Container, Desk, Pen};
use story::{LETTER, Made, Story};
use undersigned::history::bench::Bench;
use undersigned::history::pull_request::PullRequest;
use undersigned::history::walk::Walk;

fn main() {
    divan::main();
}

fn member(number: usize) -> Desk {
    let mut desk = Desk::new(
        &format!("example-member-{number}"),
        &format!("Example Member Number {number}"),
    );
    desk.container = Container::Raw;
    desk.endorse(LETTER, TEXT, &Pen::numbered(number));
    desk
}

/// So many that signed, and a pull request that adds one.
fn crowd(count: usize) -> Made {
    let mut story = Story::founded();
    for number in 0..count {
        story.tree.sit(member(number));
    }
    story.commit("crowd", &[]);
    story.tree.sit(member(count));
    story.commit("added", &[]);
    story.make()
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10, sample_size = 1)]
fn review_of_one_added_record(bencher: Bencher<'_, '_>, count: usize) {
    let made = crowd(count);
    bencher.bench(|| {
        let repository = made.repository();
        let bench = Bench::new(&repository).unwrap();
        let base = made.commit(&repository, "crowd");
        let head = made.commit(&repository, "added");
        let request = PullRequest::of(&bench, Some(&base), &head).unwrap();
        assert!(request.findings.is_empty() && request.judged.0 == 1);
        black_box(request)
    });
}

#[divan::bench(args = [1_000], sample_count = 10, sample_size = 1)]
fn audit_of_commits(bencher: Bencher<'_, '_>, count: usize) {
    let mut story = Story::founded();
    for number in 0..count {
        story.tree.sit(member(number));
        let id = format!("example-member-{number}");
        story.commit_changes(&format!("added-{number}"), &[&id]);
    }
    let made = story.make();
    bencher.bench(|| {
        let repository = made.repository();
        let bench = Bench::new(&repository).unwrap();
        let head = made.commit(&repository, "main");
        let walk = Walk::of(&bench, &head, None).unwrap();
        assert!(walk.deviations.is_empty() && walk.commits.len() == count + 1);
        black_box(walk)
    });
}
