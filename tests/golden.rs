//! A small registry's whole compiled output, byte for byte, and that nothing outside moves a byte of it.
//! `UPDATE_GOLDEN=1` writes it again, to be read.

use crate::ground::{Ground, files, here, listed};
use crate::pen::{Container, Desk, Pen, listing};
use std::fs;

/// Two letters, two versions, a translation, names in several scripts, a listing taken back.
fn registry() -> Ground {
    let ground = Ground::with_letter();
    let text = "We ask for peace.\n\nZebra Example Forum, Éclair Example, example forum of the hill, 예시 평화 포럼\n";
    ground.letter(
        "example-letter",
        &["An earlier text.\n\nEarlier Example\n", text],
    );
    let second = |id: &str, name: &str| listed(id, name, name).replace("version: 1", "version: 2");
    ground.write(
        "registry/signatories/zebra.yaml",
        second("zebra", "Zebra Example Forum"),
    );
    ground.write(
        "registry/signatories/eclair.yaml",
        second("eclair", "Éclair Example"),
    );
    ground.write(
        "registry/signatories/ye/yesi-forum.yaml",
        second("yesi-forum", "예시 평화 포럼").replace("listings:", "names:\n  en: 'Example Peace Forum of Yesi'\ncountry: 'KR'\nwebsite: https://yesi.example/\naccreditations:\n  - body: 'Example Council'\n    status: 'consultative'\n    source: 'a page'\nlistings:"),
    );
    ground.write(
        "registry/signatories/earlier.yaml",
        listed("earlier", "Earlier Example", "Earlier Example"),
    );
    ground.letter(
        "second-letter",
        &["Another letter.\n\nZebra Example Forum\n"],
    );
    let record = ground.read("registry/signatories/zebra.yaml");
    ground.write("registry/signatories/zebra.yaml", format!("{record}  - letter: second-letter\n    version: 1\n    as:\n      - 'Zebra Example Forum'\n    retracted: 'printed without their consent'\n"));
    for desk in signed(text) {
        let path = format!("registry/signatories/{}.yaml", desk.id);
        ground.write(&path, desk.record());
    }
    ground.commit("the golden registry");
    ground
}

/// Who signed: the current version in both containers, an earlier one, and one who withdrew.
fn signed(current: &str) -> Vec<Desk> {
    let earlier = "An earlier text.\n\nEarlier Example\n";
    let mut raw = Desk::new("raw-forum", "Example Raw Forum").with("country", "NO");
    raw.container = Container::Raw;
    raw.endorse("example-letter", current, &Pen::new(1));
    // Also named by the publisher.
    let mut both = Desk::new("hill", "example forum of the hill");
    both.listing = listing("example forum of the hill").replace("version: 1", "version: 2");
    both.endorse("example-letter", current, &Pen::fido(2));
    let mut old = Desk::new("old-forum", "Example Old Forum");
    old.endorse("example-letter", earlier, &Pen::new(3));
    let mut gone = Desk::new("gone-forum", "Example Gone Forum");
    gone.endorse("example-letter", earlier, &Pen::new(4));
    let letter = [
        ("letter", "example-letter"),
        ("reason", "we = changed | our mind"),
        ("authority", "the *board*"),
    ];
    let text = gone.draft("withdraw", &letter, &Pen::new(4));
    let signature = Pen::new(4).ssh(text.as_bytes());
    gone.put(text, signature, None);
    vec![raw, both, old, gone]
}

#[test]
fn the_whole_output_is_as_it_was() {
    let ground = registry();
    let ran = ground.run(&[
        "compile",
        "--output",
        "out",
        "--only",
        "csv,json,markdown,text",
    ]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let golden = here().join("tests/golden");
    for path in files(&ground.at("out")) {
        let kept = golden.join(path.file_name().unwrap());
        let bytes = fs::read(&path).unwrap();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&golden).unwrap();
            fs::write(&kept, &bytes).unwrap();
        }
        let expected = fs::read(&kept).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            String::from_utf8_lossy(&expected),
            "{}",
            kept.display()
        );
    }
    assert_eq!(files(&golden).len(), files(&ground.at("out")).len());
}

#[test]
fn nothing_outside_moves_a_byte() {
    let ground = registry();
    let compile = |folder: &str, environment: &[(&str, &str)]| {
        let ran = ground.run_with(&["compile", "--output", folder], environment);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let read: Vec<_> = files(&ground.at(folder))
            .iter()
            .map(|path| fs::read(path).unwrap())
            .collect();
        let told = ground
            .run_with(&["verify", "--at", "HEAD"], environment)
            .stdout;
        (
            read,
            told,
            ground
                .run_with(&["verify", "--at", "HEAD", "--format", "json"], environment)
                .stdout,
        )
    };
    let first = compile("out", &[]);
    let surroundings = [
        &[("TZ", "Pacific/Kiritimati"), ("SOURCE_DATE_EPOCH", "1")][..],
        &[
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "ko_KR.UTF-8"),
            ("LANGUAGE", "sv"),
        ],
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "7")],
        &[("COLUMNS", "40"), ("TERM", "dumb"), ("NO_COLOR", "1")],
    ];
    for (number, environment) in surroundings.iter().enumerate() {
        assert!(
            compile(&format!("out{number}"), environment) == first,
            "{environment:?}"
        );
    }
    assert!(
        compile("out", &[]) == first,
        "a second time into the same folder"
    );
}

#[test]
fn colour_is_only_colour() {
    let ground = registry();
    let plain = ground.run(&["verify", "--at", "HEAD"]).stdout;
    let coloured = ground
        .run(&["verify", "--at", "HEAD", "--color", "always"])
        .stdout;
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        stripped.push_str(before);
        rest = after.split_once('m').expect("a colour ends").1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}
