//! Listings against the text: whole words, the longest first, none to two signatories; and their standings.

use crate::ground::{Ground, listed};

/// A registry whose letter has this text, with records of these ids, names and spellings.
fn with(text: &str, records: &[(&str, &str, &[&str])]) -> Ground {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", crate::ground::CHARTER);
    ground.letter("example-letter", &[text]);
    for (id, name, spellings) in records {
        let mut record = listed(id, name, spellings[0]);
        for spelling in &spellings[1..] {
            record.push_str(&format!("      - '{spelling}'\n"));
        }
        ground.write(&format!("registry/signatories/{id}.yaml"), record);
    }
    ground
}

fn found(ground: &Ground) -> Vec<String> {
    let found = ground.found().into_iter();
    found
        .map(|(rule, path)| {
            format!(
                "{} {rule}",
                path.rsplit('/').next().unwrap().trim_end_matches(".yaml")
            )
        })
        .collect()
}

#[test]
fn a_name_that_the_text_does_not_print_is_refused() {
    let ground = with(
        "Dear all,\nExample Forum\n",
        &[
            ("example", "Example Forum", &["Example Forum"]),
            ("stranger", "Stranger", &["Stranger"]),
        ],
    );
    assert_eq!(found(&ground), ["stranger listing-not-in-text"]);
    assert_eq!(ground.standing("stranger").as_deref(), Some("refused"));
    assert_eq!(ground.standing("example").as_deref(), Some("listed"));
}

#[test]
fn a_name_inside_a_longer_one_is_not_that_name() {
    let text = "Hill Womenlink Example, Hill Womenlink\n";
    let short = ("short", "Womenlink", &["Womenlink"][..]);
    let long = ("long", "Hill Womenlink", &["Hill Womenlink"][..]);
    let ground = with(text, &[short, long]);
    assert_eq!(found(&ground), ["short listing-not-in-text"]);
    let ran = ground.run(&["verify"]);
    assert!(
        ran.stdout.contains("only where `long` is named"),
        "{}",
        ran.stdout
    );
    // Length decides, not the alphabet.
    let ground = with(
        "Zebra Forum\n",
        &[
            ("short", "Forum", &["Forum"]),
            ("zebra", "Zebra Forum", &["Zebra Forum"]),
        ],
    );
    assert_eq!(found(&ground), ["short listing-not-in-text"]);
    // With a place of its own it is listed too.
    let ground = with("Hill Womenlink, Womenlink\n", &[short, long]);
    assert_eq!(found(&ground), [""; 0]);
}

#[test]
fn no_place_is_given_to_two_signatories() {
    let ground = with(
        "Forum\nForum\n",
        &[
            ("one", "Forum", &["Forum"]),
            ("two", "Forum of two", &["Forum"]),
        ],
    );
    assert_eq!(
        found(&ground),
        ["one look-alike-name", "two listing-not-in-text"],
        "both are to be looked at"
    );
}

#[test]
fn words_are_whole_in_every_script() {
    let text = "평화포럼\nПеремирие\nForum2\nForum\u{902}s\n";
    for part in ["평화", "Мир", "Forum"] {
        let ground = with(text, &[("part", "Part", &[part])]);
        assert_eq!(found(&ground), ["part listing-not-in-text"], "{part}");
    }
    for whole in ["평화포럼", "Перемирие", "Forum2"] {
        let ground = with(text, &[("whole", "Whole", &[whole])]);
        assert_eq!(found(&ground), [""; 0], "{whole}");
    }
}

#[test]
fn blanks_and_line_breaks_count_as_one_space() {
    let ground = with(
        "Example Peace\n\nForum, and\u{a0}more\n",
        &[
            ("example", "Example", &["Example Peace Forum"]),
            ("more", "More", &["and more"]),
        ],
    );
    assert_eq!(found(&ground), [""; 0]);
    // Extra blanks do not make a spelling longer.
    let ground = with(
        "Hill Forum\n",
        &[
            ("b-owner", "Hill Forum", &["Hill Forum"]),
            ("c-thief", "Other", &["Hill  Forum"]),
        ],
    );
    assert_eq!(
        found(&ground),
        ["b-owner look-alike-name", "c-thief listing-not-in-text"]
    );
}

#[test]
fn a_name_in_the_middle_of_a_sentence_is_a_warning() {
    let ground = with(
        "we thank the Forum for all\n",
        &[("forum", "Forum", &["Forum"])],
    );
    assert_eq!(found(&ground), ["forum listing-not-bounded"]);
    assert_eq!(ground.standing("forum").as_deref(), Some("listed"));
    assert_eq!(ground.run(&["verify"]).code, 0);
    for bounded in [
        "a, Forum; b\n",
        "Forum\n",
        "x\n  Forum\ny\n",
        "we thank the Forum for all: Forum\nForum, x\n",
        "일, Forum、이\n",
    ] {
        let ground = with(bounded, &[("forum", "Forum", &["Forum"])]);
        assert_eq!(found(&ground), [""; 0], "{bounded:?}");
    }
}

#[test]
fn every_spelling_needs_a_place() {
    let ground = with(
        "NCCK Forum, NCKK Forum\n",
        &[("forum", "NCCK Forum", &["NCCK Forum", "NCKK Forum"])],
    );
    assert_eq!(found(&ground), [""; 0]);
    let ground = with(
        "NCCK Forum\n",
        &[("forum", "NCCK Forum", &["NCCK Forum", "NCKK Forum"])],
    );
    assert_eq!(found(&ground), ["forum listing-not-in-text"]);
    assert_eq!(ground.standing("forum").as_deref(), Some("refused"));
}

#[test]
fn letters_and_versions_must_be_known() {
    let ground = Ground::with_signatories();
    ground.edit(
        "registry/signatories/forum.yaml",
        "letter: example-letter",
        "letter: another-letter",
    );
    assert_eq!(found(&ground), ["forum letter-unknown"]);
    assert_eq!(ground.standing("forum"), None);
    let ground = Ground::with_signatories();
    ground.edit(
        "registry/signatories/forum.yaml",
        "version: 1",
        "version: 2",
    );
    assert_eq!(found(&ground), ["forum version-unknown"]);
    assert_eq!(ground.standing("forum").as_deref(), Some("refused"));
}

#[test]
fn the_highest_listed_version_counts() {
    let ground = Ground::with_signatories();
    ground.letter(
        "example-letter",
        &[crate::ground::TEXT, "Another text.\n\nForum\n"],
    );
    let record = ground.read("registry/signatories/forum.yaml");
    let second = "  - letter: example-letter\n    version: 2\n    as:\n      - 'Forum'\n";
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}{second}"),
    );
    assert_eq!(found(&ground), [""; 0]);
    let answer = ground.verify();
    let letter = &answer["letters"][0];
    assert_eq!(
        (&letter["version"], &letter["counts"]["listed"]),
        (&2.into(), &3.into())
    );
    let versions: Vec<_> = letter["signatories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), row["version"].as_u64()))
        .collect();
    assert_eq!(
        versions,
        [
            ("example-hill-forum", Some(1)),
            ("example-peace-forum", Some(1)),
            ("forum", Some(2))
        ]
    );
    // A second listing of one version says nothing new, and is a finding.
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}{second}{second}"),
    );
    assert_eq!(found(&ground), ["forum listing-repeated"]);
}

#[test]
fn what_the_text_claims_is_compared() {
    let ground = Ground::with_signatories();
    let letter = "registry/letters/example-letter/letter.yaml";
    let yaml = ground.read(letter);
    for (claimed, expected) in [
        (3, vec![]),
        (2, vec!["letter claimed-count-mismatch"]),
        (4, vec!["letter claimed-count-mismatch"]),
    ] {
        ground.write(
            letter,
            format!("{yaml}    claims:\n      signatories: {claimed}\n"),
        );
        assert_eq!(found(&ground), expected, "{claimed}");
    }
}

#[test]
fn a_listing_that_was_taken_back_is_told_apart_and_gives_no_standing() {
    let ground = Ground::with_signatories();
    let record = ground.read("registry/signatories/forum.yaml");
    ground.write(
        "registry/signatories/forum.yaml",
        format!("{record}    retracted: 'printed by mistake'\n"),
    );
    let yaml = ground.read("registry/letters/example-letter/letter.yaml");
    ground.write(
        "registry/letters/example-letter/letter.yaml",
        format!("{yaml}    claims:\n      signatories: 3\n"),
    );
    assert_eq!(found(&ground), [""; 0], "the text still prints three names");
    let answer = ground.verify();
    let letter = &answer["letters"][0];
    assert_eq!(letter["counts"]["listed"], 2);
    assert_eq!(letter["retracted"][0]["id"], "forum");
    assert_eq!(letter["retracted"][0]["reason"], "printed by mistake");
    for arguments in [&["verify"][..], &["show", "forum"]] {
        let ran = ground.run(arguments);
        assert!(ran.stdout.contains("printed by mistake"), "{}", ran.stdout);
    }
    ground.commit("taken back");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    for file in ["signatories.json", "signatories.md", "signatories.txt"] {
        assert!(
            ground
                .read(&format!("out/{file}"))
                .contains("printed by mistake"),
            "{file}"
        );
    }
}

#[test]
fn a_retracted_listing_holds_its_place_against_parts_of_it() {
    let ground = with(
        "Hill Womenlink\n",
        &[
            ("long", "Hill Womenlink", &["Hill Womenlink"]),
            ("short", "Womenlink", &["Womenlink"]),
        ],
    );
    let record = ground.read("registry/signatories/long.yaml");
    ground.write(
        "registry/signatories/long.yaml",
        format!("{record}    retracted: 'a mistake'\n"),
    );
    assert_eq!(found(&ground), ["short listing-not-in-text"]);
    // The same spelling may be listed again, rightly.
    let ground = with(
        "Forum\n",
        &[
            ("a-wrong", "Forum of mistakes", &["Forum"]),
            ("right", "Forum", &["Forum"]),
        ],
    );
    let record = ground.read("registry/signatories/a-wrong.yaml");
    ground.write(
        "registry/signatories/a-wrong.yaml",
        format!("{record}    retracted: 'another organization'\n"),
    );
    assert_eq!(found(&ground), [""; 0]);
}

#[test]
fn names_that_look_the_same_are_told() {
    let text = "Example Forum, Examp1e Forum, Ехаmple Forum\n";
    let ground = with(
        text,
        &[
            ("one", "Example Forum", &["Example Forum"]),
            ("two", "Examp1e Forum", &["Examp1e Forum"]),
        ],
    );
    assert_eq!(
        found(&ground),
        ["one look-alike-name", "two look-alike-name"]
    );
    assert_eq!(
        ground.run(&["verify"]).code,
        0,
        "a warning changes no standing"
    );
    assert_eq!(ground.standing("one").as_deref(), Some("listed"));
    let ground = with(
        text,
        &[
            ("one", "Example Forum", &["Example Forum"]),
            ("two", "Ехаmple Forum", &["Ехаmple Forum"]),
        ],
    );
    let answer = ground.verify();
    let weights: Vec<_> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (
                finding["signatory"].as_str().unwrap(),
                finding["severity"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        weights,
        [("one", "warning"), ("two", "error")],
        "the imitator is told worse"
    );
    assert_eq!(
        ground.standing("one").as_deref(),
        Some("listed"),
        "a squatter knocks nobody out"
    );
}

#[test]
fn one_domain_has_one_owner() {
    let ground = Ground::with_signatories();
    for id in ["forum", "example-hill-forum"] {
        let path = format!("registry/signatories/{id}.yaml");
        ground.edit(&path, "listings:", "domain: forum.example\nlistings:");
    }
    assert_eq!(
        found(&ground),
        [
            "example-hill-forum duplicate-domain",
            "forum duplicate-domain"
        ]
    );
    assert_eq!(ground.standing("forum").as_deref(), Some("listed"));
}

#[test]
fn nobody_is_listed_in_a_text_that_is_not_there() {
    let ground = Ground::with_signatories();
    ground.edit("registry/letters/example-letter/v1/en.txt", "peace", "war");
    assert_eq!(
        found(&ground),
        [
            "letter text-digest-mismatch",
            "example-hill-forum listing-not-in-text",
            "example-peace-forum listing-not-in-text",
            "forum listing-not-in-text",
        ]
    );
    assert_eq!(ground.standing("forum").as_deref(), Some("refused"));
    let shown = ground.run(&["show", "forum"]);
    assert_eq!(shown.code, 1, "{}", shown.stdout);
    assert!(shown.stdout.contains("error[listing-not-in-text]"));
}

#[test]
fn a_footnote_mark_is_not_a_part_of_a_name() {
    let ground = Ground::with_letter();
    ground.letter(
        "example-letter",
        &["Signed by\nAlpha Group¹\nBeta Group②\nGamma Group2\n"],
    );
    ground.record("alpha-group", "Alpha Group");
    ground.record("beta-group", "Beta Group");
    ground.record("gamma-group", "Gamma Group");
    assert_eq!(ground.standing("alpha-group").as_deref(), Some("listed"));
    assert_eq!(ground.standing("beta-group").as_deref(), Some("listed"));
    assert_eq!(ground.standing("gamma-group").as_deref(), Some("refused"));
}

#[test]
fn a_record_that_cannot_be_read_is_refused_where_it_names_a_letter() {
    let ground = Ground::with_signatories();
    ground.edit(
        "registry/signatories/forum.yaml",
        "listings:",
        "country: NO\nlistings:",
    );
    assert_eq!(found(&ground), ["forum yaml-not-plain"]);
    assert_eq!(ground.standing("forum").as_deref(), Some("refused"));
    ground.write("registry/signatories/forum.yaml", "id: 'forum\n");
    assert_eq!(ground.standing("forum"), None, "nothing is known of it");
}

#[test]
fn a_retracted_listing_must_have_been_printed_too() {
    let ground = Ground::with_signatories();
    let yaml = ground.read("registry/letters/example-letter/letter.yaml");
    ground.write(
        "registry/letters/example-letter/letter.yaml",
        format!("{yaml}    claims:\n      signatories: 3\n"),
    );
    ground.remove("registry/signatories/forum.yaml");
    let slander = listed("slander", "Example Slandered Forum", "Never In The Text");
    ground.write(
        "registry/signatories/slander.yaml",
        format!("{slander}    retracted: 'they took bribes'\n"),
    );
    assert_eq!(
        found(&ground),
        [
            "letter claimed-count-mismatch",
            "slander listing-not-in-text"
        ]
    );
    ground.commit("slander");
    assert_eq!(
        ground
            .run(&["compile", "--output", "out", "--despite-findings"])
            .code,
        0
    );
    for file in ["signatories.json", "signatories.md", "signatories.txt"] {
        assert!(
            !ground.read(&format!("out/{file}")).contains("bribes"),
            "{file}"
        );
    }
}

#[test]
fn no_number_of_warnings_hides_an_error() {
    let middle: Vec<String> = (0..120)
        .map(|number| format!("we thank Forum {number} for all."))
        .collect();
    let spellings: Vec<String> = (0..120).map(|number| format!("Forum {number}")).collect();
    let mut all: Vec<&str> = spellings.iter().map(String::as_str).collect();
    all.push("Zebra nowhere");
    let ground = with(
        &format!("{}\n", middle.join("\n")),
        &[("many", "Forum 0", &all)],
    );
    let rules = found(&ground);
    assert_eq!(rules.len(), 101);
    assert!(rules.contains(&"many listing-not-in-text".to_owned()));
    assert_eq!(ground.run(&["verify"]).code, 1);
}

#[test]
fn a_name_that_the_text_does_not_print_is_told_with_the_one_it_prints() {
    let ground = with("Forum\n", &[("forum", "Example World Forum", &["Forum"])]);
    assert_eq!(found(&ground), [""; 0]);
    ground.commit("another name");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    for text in [
        ground.run(&["verify"]).stdout,
        ground.read("out/signatories.txt"),
        ground.read("out/signatories.md"),
    ] {
        assert!(
            text.contains("Example World Forum (named as Forum)"),
            "{text}"
        );
    }
}

#[test]
fn blanks_in_a_name_do_not_draw_a_table() {
    let forged = "Forum      KR       verified  1        forum";
    let ground = with(&format!("{forged}\n"), &[("forged", forged, &[forged])]);
    assert!(
        ground
            .run(&["verify"])
            .stdout
            .contains("Forum KR verified 1 forum")
    );
}

#[test]
fn a_short_form_inside_ones_own_long_one_is_ones_own() {
    let long = "Example Hill Forum (EHF)";
    let own = ("hill", long, &[long, "EHF", "Hill Forum"][..]);
    let ground = with(&format!("{long}\n"), &[own]);
    let rules = found(&ground);
    assert!(
        rules.iter().all(|rule| rule == "hill listing-not-bounded"),
        "{rules:?}"
    );
    assert_eq!(ground.standing("hill").as_deref(), Some("listed"));
    let ground = with(&format!("{long}\n"), &[own, ("thief", "EHF", &["EHF"])]);
    assert!(found(&ground).contains(&"thief listing-not-in-text".to_owned()));
}
