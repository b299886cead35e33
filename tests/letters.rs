//! Letters with several versions and translations, and the texts' bytes.

use crate::ground::{CHARTER, Ground, TEXT, rules};
use undersigned::base::digest::Digest;

const LETTER: &str = "registry/letters/example-letter/letter.yaml";
const EN: &str = "registry/letters/example-letter/v1/en.txt";

fn found(ground: &Ground) -> Vec<String> {
    ground.found().into_iter().map(|(rule, _)| rule).collect()
}

/// A native or imported letter of one text with exactly these bytes.
fn of(bytes: &[u8], provenance: &str) -> Ground {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", CHARTER);
    ground.letter("example-letter", &["x\n"]);
    let old = Digest::of(b"x\n").to_string();
    ground.edit(LETTER, &old, &Digest::of(bytes).to_string());
    ground.edit(
        LETTER,
        "provenance: native",
        &format!("provenance: {provenance}"),
    );
    ground.write(EN, bytes);
    ground
}

#[test]
fn one_changed_byte_is_noticed() {
    let ground = Ground::with_signatories();
    let text = ground.read(EN);
    // Besides the text's own, each of the three that it named has a finding.
    let mut all = vec!["text-digest-mismatch"];
    all.extend(["listing-not-in-text"; 3]);
    for changed in [
        text.replacen('a', "b", 1),
        format!("{text} "),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
        String::new(),
    ] {
        ground.write(EN, &changed);
        assert_eq!(found(&ground), all, "{changed:?}");
    }
    ground.remove(EN);
    assert_eq!(found(&ground), all);
}

#[test]
fn a_native_text_is_born_clean() {
    let cases: [(&[u8], &[&str]); 13] = [
        (b"We ask for peace.\n", &[]),
        (b"", &["text-not-clean", "text-not-clean"]),
        (b"2019\n", &["text-not-clean"]),
        (b"peace", &["text-not-clean"]),
        (b"peace\n\n", &["text-not-clean"]),
        (b"peace \nnow\n", &["text-not-clean"]),
        (b"peace\r\n", &["text-not-clean"]),
        (b"\xef\xbb\xbfpeace\n", &["text-not-clean"]),
        ("pe\u{200b}ace\n".as_bytes(), &["text-not-clean"]),
        ("cafe\u{301}\n".as_bytes(), &["text-not-clean"]),
        (b"peace\tnow\n", &["text-not-clean"]),
        (b"pe\xe9ce\n", &["text-not-clean"]),
        ("평화 \u{a0}과 “peace”\n".as_bytes(), &[]),
    ];
    for (bytes, expected) in cases {
        assert_eq!(
            found(&of(bytes, "native")),
            expected,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn an_imported_text_keeps_its_blanks_and_its_end() {
    for bytes in ["\n\npeace \nnow", "peace\n\n\n"] {
        assert_eq!(
            found(&of(bytes.as_bytes(), "imported")),
            [""; 0],
            "{bytes:?}"
        );
    }
    for bytes in ["peace\r\n", "\u{feff}peace\n", "pe\u{ad}ace\n", ""] {
        assert!(
            found(&of(bytes.as_bytes(), "imported")).contains(&"text-not-clean".to_owned()),
            "{bytes:?}"
        );
    }
}

#[test]
fn versions_stand_in_order() {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", CHARTER);
    ground.letter("example-letter", &["One.\n", "Two.\n", "Three.\n"]);
    assert_eq!(found(&ground), [""; 0]);
    let answer = ground.verify();
    assert_eq!(answer["letters"][0]["version"], 3);
    assert_eq!(
        answer["letters"][0]["texts"]["en"],
        Digest::of(b"Three.\n").to_string()
    );
    let yaml = ground.read(LETTER);
    let breaks = [
        ("number: 2", "number: 4"),
        ("relation: first", "relation: erratum"),
        ("relation: substantive", "relation: first"),
        ("authentic: 'en'", "authentic: 'ko'"),
        ("language: 'en'", "language: 'ko'"),
    ];
    for (from, to) in breaks {
        ground.write(LETTER, yaml.replacen(from, to, 1));
        assert!(
            found(&ground).contains(&"letter-inconsistent".to_owned()),
            "{to}: {:?}",
            found(&ground)
        );
    }
    ground.write(
        LETTER,
        yaml.replace("id: example-letter", "id: other-letter"),
    );
    assert_eq!(found(&ground), ["id-mismatch"]);
}

#[test]
fn a_translation_is_a_text_of_its_own() {
    let ground = Ground::with_signatories();
    let korean = "여러분께,\n\n평화를 바랍니다.\n";
    ground.write("registry/letters/example-letter/v1/ko.md", korean);
    assert_eq!(
        found(&ground),
        ["path-not-allowed"],
        "letter.yaml does not name it yet"
    );
    let yaml = ground.read(LETTER);
    let digest = Digest::of(korean.as_bytes());
    let named =
        format!("{yaml}      - language: 'ko'\n        file: v1/ko.md\n        digest: {digest}\n");
    ground.write(LETTER, &named);
    assert_eq!(found(&ground), [""; 0]);
    assert_eq!(
        ground.verify()["letters"][0]["texts"]["ko"],
        digest.to_string()
    );
    // Names are looked for in the authentic text alone.
    ground.record("korean", "평화를 바랍니다");
    assert_eq!(found(&ground), ["listing-not-in-text"]);
    ground.remove("registry/signatories/korean.yaml");
    ground.write(LETTER, named.replace("v1/ko.md", "v1/pt-BR.md"));
    assert!(
        found(&ground).contains(&"letter-inconsistent".to_owned()),
        "{:?}",
        found(&ground)
    );
    ground.write(LETTER, named.replace("language: 'ko'", "language: 'en'"));
    assert!(
        found(&ground).contains(&"letter-inconsistent".to_owned()),
        "{:?}",
        found(&ground)
    );
}

#[test]
fn an_authentic_digest_means_one_text() {
    let ground = Ground::with_signatories();
    ground.letter("second-letter", &[TEXT]);
    assert_eq!(found(&ground), ["text-repeated"]);
    let ground = Ground::with_letter();
    ground.letter("example-letter", &[TEXT, "Between.\n", TEXT]);
    assert_eq!(found(&ground), ["text-repeated"]);
}

#[test]
fn texts_without_a_letter_are_told() {
    let ground = Ground::with_signatories();
    ground.write("registry/letters/lonely/v1/en.txt", "x\n");
    assert_eq!(
        ground.found(),
        [(
            "path-not-allowed".to_owned(),
            "registry/letters/lonely".to_owned()
        )]
    );
}

#[test]
fn a_letter_that_cannot_be_read_hides_nobody() {
    let ground = Ground::with_signatories();
    ground.edit(LETTER, "title: 'A letter'", "title: yes");
    let answer = ground.verify();
    assert_eq!(rules(&answer).len(), 1, "the records are not blamed");
    assert_eq!(answer["letters"].as_array().unwrap().len(), 0);
    ground.commit("broken");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 1);
    assert!(!ground.at("out").exists());
}

#[test]
fn several_letters_are_judged_apart() {
    let ground = Ground::with_signatories();
    ground.letter("second-letter", &["Another letter.\n\nForum\n"]);
    let record = ground.read("registry/signatories/forum.yaml");
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}  - letter: second-letter\n    version: 1\n    as:\n      - 'Nobody'\n"),
    );
    let answer = ground.verify();
    assert_eq!(answer["letters"][0]["counts"]["listed"], 3);
    assert_eq!(answer["letters"][1]["counts"]["refused"], 1);
    assert_eq!(
        ground.json(&["verify", "second-letter"])["letters"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let ran = ground.run(&["verify", "third-letter"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("example-letter, second-letter"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_schema_copy_that_differs_is_a_warning() {
    let ground = Ground::with_signatories();
    let schema =
        std::fs::read(crate::ground::here().join("schemas/signatory.schema.json")).unwrap();
    ground.write("schemas/signatory.schema.json", &schema);
    ground.write("schemas/unknown.schema.json", "{}");
    assert_eq!(found(&ground), [""; 0]);
    ground.write("schemas/signatory.schema.json", "{}");
    assert_eq!(found(&ground), ["schema-copy-differs"]);
    assert_eq!(ground.run(&["verify"]).code, 0);
}

#[test]
fn the_charter_and_the_records_share_no_id() {
    let ground = Ground::with_signatories();
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
    let maintainer = |id: &str| {
        CHARTER.replace(
            "maintainers: []",
            &format!("maintainers:\n  - id: {id}\n    name: 'Example Maintainer'\n    key: {key}"),
        )
    };
    ground.write("registry/registry.yaml", maintainer("alice"));
    assert_eq!(found(&ground), [""; 0]);
    ground.write("registry/registry.yaml", maintainer("forum"));
    assert_eq!(found(&ground), ["charter-inconsistent"]);
    ground.write(
        "registry/registry.yaml",
        CHARTER.replace("statements: []\n", ""),
    );
    assert_eq!(found(&ground), ["schema-violation"]);
    ground.write("registry/registry.yaml", CHARTER);
    ground.write("registry/charters/1.yaml", CHARTER);
    assert_eq!(found(&ground), ["charter-inconsistent"]);
}

#[test]
fn how_a_text_changed_on_its_way_is_explained() {
    let ground = Ground::with_signatories();
    let text = ground.read(EN);
    let ways = [
        (text.replace('\n', "\r\n"), "CR LF line ends"),
        (format!("\u{feff}{text}"), "byte order mark"),
        (text.trim_end().to_owned(), "final line feed was taken away"),
        (format!("{text}\n"), "line feeds were added"),
        (text.replace(",\n", ",  \n"), "blanks were added"),
    ];
    for (changed, expected) in ways {
        ground.write(EN, changed);
        let ran = ground.run(&["verify", "-q"]);
        assert!(ran.stdout.contains(expected), "{expected}: {}", ran.stdout);
    }
    ground.write(EN, text.replace("peace", "war"));
    assert!(
        ground
            .run(&["verify", "-q"])
            .stdout
            .contains("not what stands here")
    );
}
