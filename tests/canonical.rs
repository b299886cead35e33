//! The short way of records in canonical layout against the plain way: what it accepts, the YAML parser reads alike,
//! and everything that the program writes, it accepts.

use crate::ground::{files, here};
use proptest::prelude::*;
use std::fs;
use undersigned::record::entry::{entries, sound_entries};
use undersigned::record::reading::{canonical, read};
use undersigned::record::schema::Schemas;
use undersigned::record::signatory::Signatory;

/// Whether the short way takes a text; where it does, the plain way finds nothing and reads the same.
fn takes(schemas: &Schemas, text: &str) -> bool {
    let Some(short) = canonical(&schemas.signatory, text) else {
        return false;
    };
    let plain = read::<Signatory>(&schemas.signatory, "record.yaml", text.as_bytes());
    assert!(plain.findings.is_empty(), "{:?}\n{text}", plain.findings);
    assert_eq!(plain.value.as_ref(), Some(&short), "{text}");
    let (plain_entries, findings) = entries(&short, plain.document.as_ref().unwrap());
    let sound = sound_entries(&short);
    assert_eq!(sound.is_some(), findings.is_empty(), "{text}");
    if let Some(sound) = sound {
        let both = [&plain_entries, &sound].map(|one| format!("{one:?}"));
        assert_eq!(both[0], both[1], "{text}");
    }
    true
}

fn records_in(folder: &str) -> Vec<String> {
    let all = files(&here().join(folder)).into_iter();
    all.filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

#[test]
fn every_case_reads_alike_both_ways() {
    let schemas = Schemas::load().unwrap();
    let mut taken = 0;
    for text in records_in("tests") {
        taken += usize::from(takes(&schemas, &text));
    }
    assert!(taken >= 5, "{taken}");
    let registered = records_in("registry/signatories");
    assert_eq!(registered.len(), 55);
    assert!(registered.iter().all(|text| takes(&schemas, text)));
}

/// A record with everything that one can have, as the demonstration's are.
fn full() -> String {
    let text = "undersigned statement v1\nline: value\nother: 평화\n";
    let armor = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n";
    let raw = format!("ed25519:{}==", "A".repeat(86));
    let block = |text: &str, blanks: usize| -> String {
        let line = |line: &str| format!("{}{line}\n", " ".repeat(blanks));
        text.lines().map(line).collect()
    };
    let (text, armor) = (block(text, 6), block(armor, 6));
    let deep = block(
        "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
        10,
    );
    format!(
        "# yaml-language-server: $schema=../../schemas/signatory.schema.json\nid: example-forum\nname: 'Example''s Forum'\n\
         names:\n  fr: 'Forum'\n  ko: '평화 예시'\ncountry: 'KR'\nwebsite: https://forum.example/a#b\ndomain: forum.example\n\
         accreditations:\n  - body: 'ECOSOC'\n    status: 'consultative'\n    source: 'a note: below # the list'\n\
         listings:\n  - letter: example-letter\n    version: 1\n    as:\n      - 'Example Forum'\n      - '''Forum'''\n    \
         retracted: 'a mistake'\n  - letter: '350'\n    version: 2\n    as:\n      - 'Forum'\n\
         statements:\n  - text: |\n{text}    signature: |\n{armor}    countersignature: {raw}\n  - text: |\n{text}    signatures:\n\
         {blank}- maintainer: one\n        signature: {raw}\n      - maintainer: two\n        signature: |\n{deep}\
         attestations:\n  - text: |\n{text}    signature: {raw}\n    body: aGVsbG8=\n",
        blank = "      ",
    )
}

#[test]
fn a_record_with_everything_is_taken_the_short_way() {
    let schemas = Schemas::load().unwrap();
    let full = full();
    assert!(takes(&schemas, &full), "{full}");
    assert!(takes(&schemas, full.split_once('\n').unwrap().1));
    for other in [
        full.replace("id: example-forum", "id: \"example-forum\""),
        full.replace("country: 'KR'", "country: KR"),
        full.replace("name: 'Example''s Forum'\n", "name: 'Example''s Forum' \n"),
        full.replace("website:", "# a comment\nwebsite:"),
        full.replace("text: |", "text: |-"),
        full.replace(
            "  fr: 'Forum'\n  ko: '평화 예시'\n",
            "  ko: '평화 예시'\n  fr: 'Forum'\n",
        ),
        format!("{full}\n"),
        full.trim_end().to_owned(),
        full.replace(
            "id: example-forum\n",
            "id: example-forum\nid: example-forum\n",
        ),
        full.replace("domain: forum.example\n", ""),
    ] {
        let taken = takes(&schemas, &other);
        assert_eq!(taken, !other.contains("domain: "), "{other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Whatever is done to a record: where the short way takes it, the plain way agrees.
    #[test]
    fn a_changed_record_reads_alike_both_ways(
        at in 0usize..2_000,
        cut in 0usize..4,
        put in prop_oneof![
            Just(String::new()), Just("\n".to_owned()), Just("'".to_owned()), Just("''".to_owned()),
            Just(" ".to_owned()), Just(": ".to_owned()), Just("#".to_owned()), Just("|".to_owned()),
            Just("- ".to_owned()), Just("no".to_owned()), Just("\t".to_owned()), Just("0".to_owned()),
            Just("\u{200b}".to_owned()), Just("e\u{301}".to_owned()), Just("\r".to_owned()),
            "[ -~]{1,2}", "\\PC",
        ],
    ) {
        let schemas = SCHEMAS.with(std::rc::Rc::clone);
        let full = full();
        let places: Vec<usize> = full.char_indices().map(|(at, _)| at).collect();
        let from = places[at % places.len()];
        let to = places.get(at % places.len() + cut).copied().unwrap_or(full.len());
        let changed = format!("{}{put}{}", &full[..from], &full[to..]);
        takes(&schemas, &changed);
    }
}

thread_local! {
    static SCHEMAS: std::rc::Rc<Schemas> = std::rc::Rc::new(Schemas::load().unwrap());
}
