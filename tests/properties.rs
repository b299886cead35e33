//! Properties over many generated cases; each prints how many it tried.

use crate::ground::{files, here};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;
use std::fs;
use undersigned::base::characters::{is_of_a_word, shows_nothing};
use undersigned::base::digest::Digest;
use undersigned::base::encoding::{decode_base64, encode_base64};
use undersigned::base::source::{Source, Span};
use undersigned::letter::place::places;
use undersigned::letter::text::stains;
use undersigned::letter::tidy::tidy;
use undersigned::letter::version::Provenance;
use undersigned::letter::wording::{Stretch, compare};
use undersigned::record::reading::read;
use undersigned::record::schema::Schemas;
use undersigned::record::signatory::Signatory;
use undersigned::record::yaml;

/// The same cases on every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    )
}

fn good_files() -> Vec<Vec<u8>> {
    let all = files(&here().join("tests/records/good/signatory"));
    all.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Pieces that change how YAML reads.
const PIECES: &[&str] = &[
    "", " ", "\n", "\t", ":", ": ", "- ", "#", " #", "'", "\"", "|", ">", "|-", "&a ", "*a",
    "!!str ", "? ", "<<", "---\n", "...\n", "[", "]", "{}", "~", "no", "1", "0x1", "\u{85}",
    "\u{2028}", "\u{feff}", "\r\n", "\\", "\\u", "%", "@", "`", "é", "평",
];

#[test]
fn what_we_accept_another_parser_reads_the_same() {
    let good = good_files();
    let schemas = Schemas::load().unwrap();
    let (accepted, tried) = (Cell::new(0), Cell::new(0));
    let strategy = (
        0..good.len(),
        prop::collection::vec(
            (any::<prop::sample::Index>(), 0..PIECES.len(), 0..4_usize),
            1..4,
        ),
    );
    runner(6_000)
        .run(&strategy, |(file, edits)| {
            let mut text = String::from_utf8(good[file].clone()).unwrap();
            for (at, piece, cut) in edits {
                let mut at = at.index(text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let end = text[at..]
                    .char_indices()
                    .nth(cut)
                    .map_or(text.len(), |(more, _)| at + more);
                text.replace_range(at..end, PIECES[piece]);
            }
            tried.set(tried.get() + 1);
            let parsed = yaml::parse("case.yaml", text.as_bytes());
            let findings =
                read::<Signatory>(&schemas.signatory, "case.yaml", text.as_bytes()).findings;
            if let (Some(document), true) = (parsed.document, parsed.findings.is_empty()) {
                let theirs: serde_json::Value = serde_yaml::from_str(&text)
                    .map_err(|error| TestCaseError::fail(format!("{error}: {text:?}")))?;
                prop_assert_eq!(document.to_json(), theirs, "{:?}", text);
                accepted.set(accepted.get() + usize::from(findings.is_empty()));
            }
            Ok(())
        })
        .unwrap();
    println!(
        "{} mutations, {} of them lawful records",
        tried.get(),
        accepted.get()
    );
    assert!(accepted.get() > 300);
}

#[test]
fn no_bytes_make_the_reader_panic() {
    let schemas = Schemas::load().unwrap();
    let tried = Cell::new(0);
    runner(3_000)
        .run(&prop::collection::vec(any::<u8>(), 0..300), |bytes| {
            tried.set(tried.get() + 1);
            let found = read::<Signatory>(&schemas.signatory, "case.yaml", &bytes).findings;
            prop_assert!(!found.is_empty(), "{:?}", bytes);
            Ok(())
        })
        .unwrap();
    println!("{} random files", tried.get());
}

#[test]
fn places_are_where_they_say() {
    let tried = Cell::new(0);
    runner(3_000)
        .run(
            &("[ab, \n가-]{0,40}", "[ab가]{1,3}( [ab가]{1,3})?"),
            |(text, spelling)| {
                tried.set(tried.get() + 1);
                for place in &places(&text, &[&spelling])[0] {
                    let found = text
                        .get(place.span.start..place.span.end)
                        .expect("a place is in the text");
                    let words = |text: &str| {
                        text.split_whitespace()
                            .map(str::to_owned)
                            .collect::<Vec<_>>()
                    };
                    prop_assert_eq!(words(found), words(&spelling));
                }
                Ok(())
            },
        )
        .unwrap();
    println!("{} texts", tried.get());
}

#[test]
fn one_spelling_reads_back() {
    runner(2_000)
        .run(
            &(
                prop::collection::vec(any::<u8>(), 0..80),
                "\\PC{0,60}",
                any::<usize>(),
            ),
            |(bytes, text, at)| {
                let digest = Digest::of(&bytes);
                prop_assert_eq!(Digest::parse(&digest.to_string()), Ok(digest));
                prop_assert_eq!(decode_base64(&encode_base64(&bytes)), Some(bytes));
                let place = Source::new("x", text.clone()).place(Span::new(at, at));
                prop_assert!(
                    place.line >= 1 && place.column >= 1 && place.excerpt.chars().count() < 200
                );
                Ok(())
            },
        )
        .unwrap();
}

/// Pieces of a text that was pasted from somewhere.
const PASTED: &[&str] = &[
    "a",
    "peace",
    "평화",
    "한",
    "\u{1112}\u{1161}\u{11ab}",
    "e",
    "\u{301}",
    "\u{327}",
    "\u{e9}",
    "1",
    ".",
    " ",
    "  ",
    "\u{a0}",
    "\u{3000}",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\u{34f}",
    "\u{fe0f}",
    "\u{3164}",
    "\u{2800}",
    "\u{212b}",
    "\u{2000}",
    "\0",
];

/// The words of a text, whatever their form.
fn words(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let words = text
        .chars()
        .filter(|one| is_of_a_word(*one) && !shows_nothing(*one));
    words.nfd().collect()
}

#[test]
fn putting_right_leaves_nothing_to_put_right_and_no_word_out() {
    let tried = Cell::new(0);
    let strategy = proptest::collection::vec(proptest::sample::select(PASTED), 0..24);
    runner(4000)
        .run(&strategy, |pieces| {
            let text = pieces.concat();
            for provenance in [Provenance::Native, Provenance::Imported] {
                let tidied = tidy(text.as_bytes(), provenance).unwrap();
                prop_assert_eq!(words(&tidied.text), words(&text));
                let left = stains(tidied.text.as_bytes(), provenance);
                prop_assert!(
                    left.iter().all(|stain| stain.what.contains("no letter")),
                    "{:?}",
                    left
                );
                let again = tidy(tidied.text.as_bytes(), provenance).unwrap();
                prop_assert!(again.changes.is_empty() && again.text == tidied.text);
                let changed = tidied.text != text;
                prop_assert_eq!(changed, !tidied.changes.is_empty());
                prop_assert!(tidied.changes.iter().all(|change| change.at <= text.len()));
                tried.set(tried.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    println!("{} texts put right", tried.get());
}

#[test]
fn both_wordings_can_be_told_from_their_difference() {
    let tried = Cell::new(0);
    let one = || proptest::collection::vec(proptest::sample::select(PASTED), 0..16);
    runner(4000)
        .run(&(one(), one()), |(before, after)| {
            let (before, after) = (before.concat(), after.concat());
            let stretches = compare(&before, &after);
            let mut sides = (String::new(), String::new());
            for stretch in &stretches {
                match stretch {
                    Stretch::Kept(text) => {
                        sides.0.push_str(text);
                        sides.1.push_str(text);
                    }
                    Stretch::Taken(text) => sides.0.push_str(text),
                    Stretch::Added(text) => sides.1.push_str(text),
                }
            }
            prop_assert_eq!(sides, (before, after));
            tried.set(tried.get() + 1);
            Ok(())
        })
        .unwrap();
    println!("{} pairs compared", tried.get());
}
