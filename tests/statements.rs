//! What organizations sign, from end to end: which statements hold, and what follows for their standing.

use crate::ground::{Ground, TEXT, rules};
use crate::pen::{Container, Desk, Pen, digest, listing};
use serde_json::Value;

const LETTER: &str = "example-letter";
const SECOND: &str = "Dear all,\n\nwe ask for peace now.\n";

/// A registry whose letter has two versions, and what one desk put into it.
fn ground_of(desks: &[&Desk]) -> Ground {
    let ground = Ground::with_letter();
    ground.letter(LETTER, &[TEXT, SECOND]);
    for desk in desks {
        put(&ground, desk);
    }
    ground
}

fn put(ground: &Ground, desk: &Desk) {
    let path = format!("registry/signatories/{}.yaml", desk.id);
    ground.write(&path, desk.record());
}

fn row(answer: &Value, id: &str) -> Value {
    let rows = answer["letters"][0]["signatories"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id);
    row.cloned().unwrap_or_default()
}

/// The standing and the rules found, errors and warnings.
fn judged(desk: &Desk) -> (String, Vec<String>) {
    let answer = ground_of(&[desk]).verify();
    let found = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
    let standing = row(&answer, &desk.id)["standing"]
        .as_str()
        .map(str::to_owned);
    (standing.unwrap_or_else(|| "no row".to_owned()), found)
}

fn forum() -> Desk {
    Desk::new("example-forum", "Example Forum")
}

#[track_caller]
fn holds(desk: &Desk, standing: &str) {
    assert_eq!(judged(desk), (standing.to_owned(), Vec::new()));
}

#[track_caller]
fn refused(desk: &Desk, expected: &[&str]) {
    let (standing, found) = judged(desk);
    assert_eq!(standing, "refused", "{found:?}");
    assert_eq!(found, expected);
}

#[test]
fn an_endorsement_of_the_current_version_is_signed() {
    for container in [Container::Raw, Container::Ssh] {
        for pen in [Pen::new(1), Pen::fido(1)] {
            if container == Container::Raw && pen.kind().starts_with("sk") {
                continue;
            }
            let mut desk = forum();
            desk.container = container;
            desk.endorse(LETTER, SECOND, &pen);
            holds(&desk, "signed");
            let answer = ground_of(&[&desk]).verify();
            let row = row(&answer, "example-forum");
            assert_eq!(row["key"], pen.fingerprint().as_str());
            assert_eq!(row["statement"], digest(&desk.signed[0].0).as_str());
            assert_eq!(row["claimed_date"], "2026-11-23");
            assert_eq!(row["version"], 2);
            assert_eq!(row["binding"], serde_json::json!([]));
        }
    }
}

#[test]
fn the_last_word_decides() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.endorse(LETTER, TEXT, &pen);
    holds(&desk, "superseded");
    desk.endorse(LETTER, SECOND, &pen);
    holds(&desk, "signed");
    desk.withdraw(LETTER, &pen);
    holds(&desk, "withdrawn");
    desk.endorse(LETTER, SECOND, &pen);
    holds(&desk, "signed");
    desk.endorse(LETTER, TEXT, &pen);
    holds(&desk, "superseded");
    let mut other = forum();
    other.withdraw(LETTER, &pen);
    holds(&other, "withdrawn");
    other.endorse(LETTER, SECOND, &pen);
    holds(&other, "signed");
    other.withdraw(LETTER, &pen);
    holds(&other, "withdrawn");
}

#[test]
fn a_listing_stands_beside_an_endorsement() {
    let mut desk = Desk::new("forum", "Forum");
    desk.listing = listing("Forum");
    holds(&desk, "listed");
    desk.endorse(LETTER, SECOND, &Pen::new(1));
    holds(&desk, "signed");
}

#[test]
fn details_change_by_amend_alone() {
    let pen = Pen::new(1);
    let mut desk = forum().with("name-ko", "예시 포럼").with("country", "KR");
    desk.endorse(LETTER, SECOND, &pen);
    holds(&desk, "signed");
    let mut moved = desk.clone();
    moved.name = "Example World Forum".to_owned();
    moved.details = vec![("domain".to_owned(), "forum.example".to_owned())];
    let unsigned = moved.clone();
    moved.amend(&pen);
    holds(&moved, "signed");
    moved.endorse(LETTER, TEXT, &pen);
    holds(&moved, "superseded");
    // A maintainer edits the record, and nobody signed that.
    refused(&unsigned, &["record-disagrees-with-statement"; 4]);
    // An endorsement gives other details by the way.
    let mut sly = desk.clone();
    sly.name = "Example World Forum".to_owned();
    sly.endorse(LETTER, SECOND, &pen);
    refused(&sly, &["record-disagrees-with-statement"]);
}

#[test]
fn a_key_changes_only_by_both_keys() {
    let (old, new) = (Pen::new(1), Pen::new(2));
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &old);
    let before = desk.clone();
    desk.rotate(&old, &new);
    holds(&desk, "signed");
    desk.endorse(LETTER, SECOND, &new);
    holds(&desk, "signed");
    desk.rotate(&new, &Pen::fido(3));
    desk.withdraw(LETTER, &Pen::fido(3));
    holds(&desk, "withdrawn");

    // The key is swapped without a rotation.
    let mut swapped = before.clone();
    swapped.endorse(LETTER, SECOND, &new);
    refused(&swapped, &["key-not-in-force"]);
    // The old key goes on after it was rotated away.
    let mut again = before.clone();
    again.rotate(&old, &new).endorse(LETTER, SECOND, &old);
    refused(&again, &["key-not-in-force"]);
    // Half a rotation is none.
    let text = before.draft("rotate", &[("new-key", &new.line())], &old);
    let (one, other) = (old.ssh(text.as_bytes()), new.ssh(text.as_bytes()));
    let mut half = before.clone();
    half.put(text.clone(), one.clone(), None);
    refused(&half, &["signature-does-not-hold"]);
    let mut half = before.clone();
    half.put(text.clone(), other.clone(), Some(other.clone()));
    refused(&half, &["key-not-in-force", "signature-does-not-hold"]);
    let mut half = before.clone();
    half.put(text, one.clone(), Some(one));
    refused(&half, &["signature-does-not-hold"]);
    let taken = before.draft("rotate", &[("new-key", &new.line())], &new);
    let mut stolen = before.clone();
    let by_new = new.ssh(taken.as_bytes());
    stolen.put(taken, by_new.clone(), Some(by_new));
    refused(&stolen, &["key-not-in-force"]);
    // A blank cheque is no key to rotate to.
    let mut identity = [0; 32];
    identity[0] = 1;
    let cheque = crate::pen::blob("ssh-ed25519", &identity, None);
    let line = format!("ssh-ed25519 {}", crate::pen::base64(&cheque));
    let text = before.draft("rotate", &[("new-key", &line)], &old);
    let one = old.ssh(text.as_bytes());
    let mut blank = before.clone();
    blank.put(text, one.clone(), Some(one));
    refused(&blank, &["key-weak", "signature-does-not-hold"]);
    // A countersignature is for rotations alone.
    let mut many = forum();
    let text = many.draft(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(SECOND))],
        &old,
    );
    let one = old.ssh(text.as_bytes());
    many.put(text, one.clone(), Some(one));
    refused(&many, &["signature-malformed"]);
}

#[test]
fn a_statement_holds_in_its_place_alone() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &pen);

    let mut elsewhere = forum();
    elsewhere.origin = "letters.example/other".to_owned();
    elsewhere.endorse(LETTER, SECOND, &pen);
    refused(&elsewhere, &["statement-for-other-registry"]);

    let mut copied = desk.clone();
    copied.id = "another-forum".to_owned();
    refused(&copied, &["statement-for-other-signatory"]);

    // Replayed after the withdrawal, left out, and in another order.
    let mut replayed = desk.clone();
    replayed.withdraw(LETTER, &pen);
    let withdrawn = replayed.clone();
    let first = desk.signed[0].clone();
    replayed.signed.push(first);
    refused(&replayed, &["statement-out-of-sequence"; 2]);
    let mut left_out = withdrawn.clone();
    left_out.signed.remove(0);
    refused(&left_out, &["statement-out-of-sequence"; 2]);
    let mut turned = withdrawn.clone();
    turned.signed.swap(0, 1);
    refused(&turned, &["statement-out-of-sequence"; 4]);
    // Two statements with one number.
    let mut doubled = desk.clone();
    let mut other = desk.clone();
    other.withdraw(LETTER, &pen);
    let mut third = desk.clone();
    third.endorse(LETTER, TEXT, &pen);
    doubled.signed.push(other.signed[1].clone());
    doubled.signed.push(third.signed[1].clone());
    refused(&doubled, &["statement-out-of-sequence"; 2]);
}

#[test]
fn a_signature_holds_over_its_own_text_alone() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &pen).withdraw(LETTER, &pen);
    let (first, second) = (desk.signed[0].1.clone(), desk.signed[1].1.clone());
    desk.signed[0].1 = second;
    desk.signed[1].1 = first;
    refused(&desk, &["signature-does-not-hold"; 2]);
}

#[test]
fn an_endorsement_names_texts_of_one_version() {
    let pen = Pen::new(1);
    let endorse = |lines: &[(&str, &str)]| {
        let mut desk = forum();
        let text = desk.draft("endorse", lines, &pen);
        let signature = pen.ssh(text.as_bytes());
        desk.put(text, signature, None);
        desk
    };
    let (first, second) = (digest(TEXT), digest(SECOND));
    let (ko1, ko2) = (digest("첫째\n"), digest("둘째\n"));
    let ground = |desk: &Desk| {
        let ground = Ground::with_letter();
        ground.letter(LETTER, &[TEXT, SECOND]);
        for (number, text, digest) in [(1, "첫째\n", &ko1), (2, "둘째\n", &ko2)] {
            ground.write(&format!("registry/letters/{LETTER}/v{number}/ko.txt"), text);
            let en = format!(
                "file: v{number}/en.txt\n        digest: {}\n",
                if number == 1 { &first } else { &second }
            );
            ground.edit(
                &format!("registry/letters/{LETTER}/letter.yaml"),
                &en,
                &format!("{en}      - language: 'ko'\n        file: v{number}/ko.txt\n        digest: {digest}\n"),
            );
        }
        put(&ground, desk);
        ground
    };
    let judged = |lines: &[(&str, &str)]| {
        let answer = ground(&endorse(lines)).verify();
        let found: Vec<String> = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
        let row = row(&answer, "example-forum");
        (
            row["standing"].as_str().unwrap_or("no row").to_owned(),
            row["version"].as_u64(),
            found,
        )
    };
    let letter = ("letter", LETTER);
    let fine = |standing: &str, version| (standing.to_owned(), Some(version), Vec::new());
    let bad = |rule: &str| ("refused".to_owned(), None, vec![rule.to_owned()]);
    assert_eq!(judged(&[letter, ("text-en", &second)]), fine("signed", 2));
    assert_eq!(
        judged(&[letter, ("text-en", &second), ("text-ko", &ko2)]),
        fine("signed", 2)
    );
    assert_eq!(
        judged(&[letter, ("text-en", &first), ("text-ko", &ko1)]),
        fine("superseded", 1)
    );
    assert_eq!(
        judged(&[letter, ("text-en", &first), ("text-ko", &ko2)]),
        bad("version-unknown")
    );
    assert_eq!(judged(&[letter, ("text-ko", &ko2)]), bad("version-unknown"));
    assert_eq!(
        judged(&[letter, ("text-en", &ko2)]),
        bad("text-digest-mismatch")
    );
    assert_eq!(
        judged(&[letter, ("text-en", &digest("x"))]),
        bad("text-digest-mismatch")
    );
    assert_eq!(
        judged(&[letter, ("text-de", &second), ("text-en", &second)]),
        bad("text-digest-mismatch")
    );
    let unknown = judged(&[("letter", "another-letter"), ("text-en", &second)]);
    assert_eq!(
        (unknown.0.as_str(), unknown.2),
        ("no row", vec!["letter-unknown".to_owned()])
    );

    // What an endorsement leaves out is said.
    let ground = ground(&endorse(&[letter, ("text-en", &second)]));
    ground.commit("first");
    let told = ground.run(&["verify"]).stdout;
    assert!(told.contains("Example Forum (endorsed: en)"), "{told}");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    for file in ["signatories.txt", "signatories.md"] {
        let list = ground.read(&format!("out/{file}"));
        assert!(list.contains("Example Forum (endorsed: en)"), "{list}");
    }
}

#[test]
fn a_letter_that_is_replaced_loses_its_endorsements() {
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &Pen::new(1));
    let ground = ground_of(&[&desk]);
    let changed = SECOND.replace("peace", "war");
    ground.write("registry/letters/example-letter/v2/en.txt", &changed);
    assert_eq!(ground.found()[0].0, "text-digest-mismatch");
    // With its digest: nobody endorsed the new text.
    ground.edit(
        "registry/letters/example-letter/letter.yaml",
        &digest(SECOND),
        &digest(&changed),
    );
    let answer = ground.verify();
    assert_eq!(row(&answer, "example-forum")["standing"], "refused");
    assert_eq!(rules(&answer)[0].0, "text-digest-mismatch");
}

#[test]
fn one_key_signs_for_one_organization() {
    let (one, two) = (Pen::new(1), Pen::new(2));
    let mut a = Desk::new("a-forum", "Alpha Forum");
    a.endorse(LETTER, SECOND, &one);
    let mut b = Desk::new("b-forum", "Beta Forum");
    b.endorse(LETTER, TEXT, &one);
    let mut c = Desk::new("c-forum", "Gamma Forum");
    c.endorse(LETTER, SECOND, &two);
    let standings = |desks: &[&Desk]| -> Vec<String> {
        let answer = ground_of(desks).verify();
        let mut all: Vec<String> = desks
            .iter()
            .map(|desk| {
                row(&answer, &desk.id)["standing"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        all.extend(rules(&answer).into_iter().map(|(rule, _)| rule));
        all
    };
    assert_eq!(
        standings(&[&a, &b, &c]),
        ["refused", "refused", "signed", "key-reused", "key-reused"]
    );
    // A FIDO key with the same point is the same key.
    let mut fido = Desk::new("b-forum", "Beta Forum");
    fido.endorse(LETTER, TEXT, &Pen::fido(1));
    assert_eq!(standings(&[&a, &fido])[..2], ["refused", "refused"]);
    // Rotating to another's key is using it.
    let mut thief = Desk::new("b-forum", "Beta Forum");
    thief.endorse(LETTER, TEXT, &two).rotate(&two, &one);
    assert_eq!(
        standings(&[&a, &thief]),
        ["refused", "refused", "key-reused", "key-reused"]
    );
    // Naming it without having it is nothing, and neither is a copy of what the other signed.
    let mut claim = Desk::new("b-forum", "Beta Forum");
    claim.endorse(LETTER, TEXT, &two);
    let text = claim.draft("rotate", &[("new-key", &one.line())], &two);
    let signature = two.ssh(text.as_bytes());
    claim.put(text, signature.clone(), Some(signature));
    assert_eq!(standings(&[&a, &claim])[..2], ["signed", "refused"]);
    let mut copy = a.clone();
    copy.id = "b-forum".to_owned();
    assert_eq!(standings(&[&a, &copy])[..2], ["signed", "refused"]);
}

#[test]
fn nobody_keeps_the_registry_with_a_signatorys_key() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &pen);
    let ground = ground_of(&[&desk]);
    let people = format!(
        "maintainers:\n  - id: alice\n    name: 'Alice Example'\n    key: {}\n",
        pen.line()
    );
    ground.edit("registry/registry.yaml", "maintainers: []\n", &people);
    let answer = ground.verify();
    assert_eq!(rules(&answer)[0].0, "charter-inconsistent");
    assert_eq!(row(&answer, "example-forum")["standing"], "signed");
}

#[test]
fn a_stranger_withdraws_nothing_from_a_listing() {
    let pen = Pen::new(1);
    let mut desk = Desk::new("forum", "Forum");
    desk.listing = listing("Forum");
    desk.withdraw(LETTER, &pen);
    let (standing, found) = judged(&desk);
    assert_eq!(
        (standing.as_str(), &found[..]),
        ("listed", &["unbound-withdrawal".to_owned()][..])
    );
    assert_eq!(ground_of(&[&desk]).run(&["verify"]).code, 0, "a warning");
    // Whoever endorsed may withdraw, also with the key after.
    let mut own = Desk::new("forum", "Forum");
    own.listing = listing("Forum");
    own.endorse(LETTER, TEXT, &pen)
        .rotate(&pen, &Pen::new(2))
        .withdraw(LETTER, &Pen::new(2));
    holds(&own, "withdrawn");
    // A stranger under another name is no better.
    let mut other = Desk::new("forum", "Evil Forum");
    other.listing = listing("Forum");
    other.endorse(LETTER, TEXT, &pen);
    let (standing, found) = judged(&other);
    assert_eq!(
        (standing.as_str(), &found[..]),
        (
            "superseded",
            &["record-disagrees-with-statement".to_owned()][..]
        )
    );
}

#[test]
fn a_bad_statement_refuses_for_every_letter() {
    let pen = Pen::new(1);
    let mut desk = Desk::new("forum", "Forum");
    desk.listing = listing("Forum");
    desk.endorse("second-letter", "Peace.\n", &pen);
    let text = desk.draft(
        "endorse",
        &[("letter", "third-letter"), ("text-en", &digest("Now.\n"))],
        &pen,
    );
    desk.put(text.clone(), pen.ssh(b"something else"), None);
    let ground = ground_of(&[&desk]);
    ground.letter("second-letter", &["Peace.\n"]);
    ground.letter("third-letter", &["Now.\n"]);
    ground.letter("fourth-letter", &["Nobody.\n"]);
    let answer = ground.verify();
    let standings: Vec<(String, String)> = answer["letters"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|letter| {
            letter["signatories"]
                .as_array()
                .unwrap()
                .iter()
                .map(move |row| (letter, row))
        })
        .map(|(letter, row)| {
            (
                letter["id"].as_str().unwrap().to_owned(),
                row["standing"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let refused = |id: &str| (id.to_owned(), "refused".to_owned());
    assert_eq!(
        standings,
        [
            refused("example-letter"),
            refused("second-letter"),
            refused("third-letter")
        ]
    );
    // Also where it is malformed, and where the record cannot be read at all.
    let path = "registry/signatories/forum.yaml";
    ground.edit(path, "      sequence: 2\n", "      sequence: two\n");
    assert_eq!(row(&ground.verify(), "forum")["standing"], "refused");
    ground.edit(path, "id: forum", "id: forum\nunknown: key");
    let answer = ground.verify();
    let letters = answer["letters"].as_array().unwrap();
    let rows: Vec<usize> = letters
        .iter()
        .map(|letter| letter["signatories"].as_array().unwrap().len())
        .collect();
    assert_eq!(
        rows,
        [1, 0, 1, 1],
        "in order of letter id, fourth before second"
    );
}

#[test]
fn what_is_malformed_is_told_where_it_stands() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.details = vec![("name-ko".to_owned(), "예시 포럼".to_owned())];
    desk.endorse(LETTER, SECOND, &pen);
    let told = |from: &str, to: &str| {
        let ground = ground_of(&[&desk]);
        let path = "registry/signatories/example-forum.yaml";
        let record = ground.read(path);
        let (head, statements) = record.split_once("statements:").unwrap();
        assert!(statements.contains(from), "{from}");
        ground.write(
            path,
            format!("{head}statements:{}", statements.replacen(from, to, 1)),
        );
        let found = ground.json(&["validate"])["findings"].clone();
        let found = found.as_array().unwrap().iter();
        found
            .map(|one| {
                format!(
                    "{}:{} {} {}",
                    one["line"],
                    one["column"],
                    one["rule"].as_str().unwrap(),
                    one["message"].as_str().unwrap()
                )
            })
            .collect::<Vec<_>>()
    };
    let malformed =
        |place: &str, message: &str| vec![format!("{place} statement-malformed {message}")];
    assert_eq!(
        told("  name-ko: 예시 포럼", "  name-ko: 예시 \u{200b}포럼"),
        malformed(
            "12:19",
            "the statement holds an invisible formatting character, U+200B"
        )
    );
    assert_eq!(
        told("      sequence: 1\n", ""),
        malformed("18:7", "the line `sequence` is missing")
    );
    assert_eq!(
        told("sequence: 1", "sequence: 01"),
        malformed(
            "16:17",
            "`sequence`: the sequence is not 1, 2, 3 … in digits alone"
        )
    );
    assert_eq!(
        told("date: 2026-11-23", "date: 2026-02-30"),
        malformed(
            "18:13",
            "`date`: the date is not a real day written YYYY-MM-DD"
        )
    );
    assert_eq!(
        told(
            "      letter: example-letter\n",
            "      letter: example-letter\n      colour: red\n"
        ),
        malformed("14:7", "the key `colour` is unknown in statements")
    );
    assert_eq!(
        told("      key: ", "      reason: none\n      key: "),
        malformed("15:7", "`endorse` takes no line `reason`")
    );
    assert_eq!(
        told("endorses the texts", "likes the texts"),
        malformed("19:20", "the declaration is not that of `endorse`")
    );
    assert_eq!(
        told("action: endorse", "action: amend")[0..1],
        malformed("13:7", "`amend` takes no line `letter`")
    );
    assert_eq!(
        told("action: endorse", "action: bless"),
        malformed(
            "8:15",
            "`action`: the action is none of endorse, withdraw, amend, rotate, vouch, observe, recover, remove and govern"
        )
    );
    assert_eq!(
        told("letter: example-letter", "letter:  example-letter"),
        malformed(
            "13:7",
            "the value of `letter` has a blank too many before or after it"
        )
    );
    assert_eq!(
        told(
            "      signatory: example-forum\n      name: Example Forum\n",
            "      name: Example Forum\n      signatory: example-forum\n"
        ),
        malformed("11:7", "the line `signatory` stands after `name`")
    );
    assert_eq!(
        told(
            "-----BEGIN SSH SIGNATURE-----\n      U1",
            "-----BEGIN SSH SIGNATURE-----\n      V1"
        )[0],
        "21:7 signature-malformed the armor does not hold an SSH signature"
    );
}

#[test]
fn what_maintainers_sign_does_not_stand_among_an_organizations_statements() {
    let pen = Pen::new(1);
    let mut desk = forum();
    let text = format!(
        "undersigned statement v1\naction: vouch\nregistry: letters.example/peace\nsignatory: example-forum\nname: Example Forum\nmethod: phone\nevidence: a call\nmaintainer: alice\nkey: {}\nsubject-key: {}\nsequence: 1\nprevious: none\ndate: 2026-11-23\ndeclaration: The maintainer named above has confirmed by the method given above that the subject key belongs to the organization named above.\n",
        pen.line(),
        pen.line()
    );
    let signature = pen.ssh(text.as_bytes());
    desk.put(text, signature, None);
    let (_, found) = judged(&desk);
    assert_eq!(found, ["statement-malformed"]);
}

#[test]
fn an_organization_with_two_files_is_refused_for_all_that_it_signed() {
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &Pen::new(1));
    let ground = ground_of(&[&desk]);
    ground.write("registry/signatories/ex/example-forum.yaml", desk.record());
    let answer = ground.verify();
    assert_eq!(row(&answer, "example-forum")["standing"], "refused");
    let found: Vec<String> = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(found, ["duplicate-id"; 2]);
}

#[test]
fn whoever_lists_a_name_knocks_out_no_signature() {
    let mut owner = Desk::new("forum", "Forum");
    owner.listing = listing("Forum");
    let mut squatter = Desk::new("a-squatter", "A Squatter");
    squatter.listing = listing("Forum");
    let standing = |owner: &Desk| {
        let answer = ground_of(&[owner, &squatter]).verify();
        let found = answer["findings"].as_array().unwrap().iter();
        let told =
            found.filter(|one| one["rule"] == "listing-not-in-text" && one["signatory"] == "forum");
        assert_eq!(told.count(), 1, "it is told all the same");
        row(&answer, "forum")["standing"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(standing(&owner), "refused");
    owner.endorse(LETTER, SECOND, &Pen::new(1));
    assert_eq!(standing(&owner), "signed");
    // What the text has nowhere is a false claim, whoever signs.
    let mut liar = Desk::new("forum", "Forum");
    liar.listing = listing("Nowhere");
    liar.endorse(LETTER, SECOND, &Pen::new(1));
    assert_eq!(judged(&liar).0, "refused");
}

#[test]
fn what_cannot_be_read_is_no_verdict_on_what_was_signed() {
    let pen = Pen::new(1);
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &pen);
    let ground = ground_of(&[&desk]);
    ground.write("registry/registry.yaml", "origin: x y\n");
    for arguments in [
        &["verify"][..],
        &["show", "example-forum"],
        &["statement", "--of", "example-forum"],
    ] {
        let ran = ground.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(
            ran.stderr.contains("the charter cannot be read"),
            "{}",
            ran.stderr
        );
    }
    let ground = ground_of(&[&desk]);
    ground.write("registry/letters/example-letter/letter.yaml", "id: x\n");
    let shown = ground.json(&["show", "example-forum"]);
    assert_eq!(shown["statements"][0]["holds"], Value::Null);
    let ran = ground.run(&["statement", "--of", "example-forum"]);
    assert_eq!((ran.code, ran.stdout), (1, desk.signed[0].0.clone()));
    assert!(
        ran.stderr
            .contains("the letter of the statement cannot be read"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_statement_after_a_malformed_one_is_by_the_key_before_it() {
    let (own, thief) = (Pen::new(1), Pen::new(2));
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &own);
    desk.put(
        "undersigned statement v1\nx\n".to_owned(),
        own.raw(b"x"),
        None,
    );
    desk.endorse(LETTER, SECOND, &thief);
    refused(&desk, &["statement-malformed", "key-not-in-force"]);
    let ground = ground_of(&[&desk]);
    assert_eq!(ground.run(&["statement", "--of", "example-forum"]).code, 1);
}

#[test]
fn a_repeated_text_moves_nobody_up() {
    let mut desk = forum();
    desk.endorse(LETTER, TEXT, &Pen::new(1));
    let ground = ground_of(&[&desk]);
    ground.letter(LETTER, &[TEXT, TEXT]);
    let answer = ground.verify();
    assert_eq!(rules(&answer)[0].0, "text-repeated");
    assert_eq!(row(&answer, "example-forum")["standing"], "superseded");
}

#[test]
fn a_bad_attestation_is_a_finding_and_does_not_count() {
    let mut desk = forum();
    desk.endorse(LETTER, SECOND, &Pen::new(1));
    let ground = ground_of(&[]);
    let record = desk.record();
    let signature = Pen::new(2).raw(b"x");
    ground.write(
        "registry/signatories/example-forum.yaml",
        format!("{record}attestations:\n  - text: |\n      undersigned statement v1\n      action: vouch\n    signature: {signature}\n"),
    );
    let answer = ground.verify();
    assert_eq!(rules(&answer)[0].0, "statement-malformed");
    assert_eq!(row(&answer, "example-forum")["standing"], "signed");
}
