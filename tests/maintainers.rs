//! What maintainers and observers sign, from end to end: bindings, recoveries, removals, charters.

use crate::ground::{Ground, TEXT, rules};
use crate::outputs::satisfies;
use crate::pen::{Charter, Desk, Pen, base64, digest, listing};
use serde_json::{Value, json};

const LETTER: &str = "example-letter";
const SECOND: &str = "Dear all,\n\nwe ask for peace now.\n";
const RECORD: &str = "registry/signatories/example-forum.yaml";

/// Who keeps the registry in these tests, and the organization's keys.
struct Cast {
    alice: Pen,
    bob: Pen,
    olga: Pen,
    own: Pen,
    next: Pen,
}

fn cast() -> Cast {
    Cast {
        alice: Pen::new(101),
        bob: Pen::new(102),
        olga: Pen::new(103),
        own: Pen::new(1),
        next: Pen::new(2),
    }
}

impl Cast {
    fn a(&self) -> (&'static str, &Pen) {
        ("alice", &self.alice)
    }

    fn b(&self) -> (&'static str, &Pen) {
        ("bob", &self.bob)
    }

    fn o(&self) -> (&'static str, &Pen) {
        ("olga", &self.olga)
    }

    /// Two maintainers and an observer; one observation or one vouch is enough.
    fn charter(&self) -> Charter {
        let mut charter = Charter::new(&[self.a(), self.b()]);
        charter.observers = vec![("olga", self.olga.clone())];
        charter
    }

    /// An organization with a domain that endorsed the current version.
    fn forum(&self) -> Desk {
        let mut desk = Desk::new("example-forum", "Example Forum").with("domain", "forum.example");
        desk.endorse(LETTER, SECOND, &self.own);
        desk
    }
}

fn ground_of(charter: &Charter, desks: &[&Desk]) -> Ground {
    let ground = Ground::empty();
    ground.write("registry/registry.yaml", charter.yaml());
    ground.letter(LETTER, &[TEXT, SECOND]);
    for desk in desks {
        ground.write(
            &format!("registry/signatories/{}.yaml", desk.id),
            desk.record(),
        );
    }
    ground
}

fn row(answer: &Value, id: &str) -> Value {
    let rows = answer["letters"][0]["signatories"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id);
    row.cloned().unwrap_or_default()
}

fn judged(charter: &Charter, desk: &Desk) -> (String, Vec<String>) {
    let answer = ground_of(charter, &[desk]).verify();
    satisfies("verification", &answer);
    let found = rules(&answer).into_iter().map(|(rule, _)| rule).collect();
    let standing = row(&answer, &desk.id)["standing"]
        .as_str()
        .map(str::to_owned);
    (standing.unwrap_or_else(|| "no row".to_owned()), found)
}

#[track_caller]
fn is(charter: &Charter, desk: &Desk, standing: &str, found: &[&str]) {
    let (is, rules) = judged(charter, desk);
    assert_eq!(
        (is.as_str(), rules),
        (
            standing,
            found.iter().map(|one| (*one).to_owned()).collect()
        )
    );
}

#[test]
fn observations_and_vouches_verify_as_the_policy_asks() {
    let cast = cast();
    let (mut seen, mut vouched) = (cast.forum(), cast.forum());
    is(&cast.charter(), &seen, "signed", &[]);
    seen.observe(cast.o(), &cast.own);
    vouched.vouch(cast.b(), "phone", &cast.own);
    is(&cast.charter(), &seen, "verified", &[]);
    is(&cast.charter(), &vouched, "verified", &[]);
    // 0 means that this means never suffices; the two are never added up; each attester counts once.
    let mut charter = cast.charter();
    charter.observations = 0;
    is(&charter, &seen, "signed", &[]);
    is(&charter, &vouched, "verified", &[]);
    (charter.observations, charter.vouches) = (2, 2);
    let mut both = seen.clone();
    both.vouch(cast.a(), "phone", &cast.own);
    is(&charter, &both, "signed", &[]);
    both.observe(cast.o(), &cast.own)
        .observe(cast.o(), &cast.own);
    is(&charter, &both, "signed", &[]);
    both.observe(cast.a(), &cast.own);
    is(&charter, &both, "verified", &[]);
    // Nobody keeps the registry: nobody ties a key to anybody.
    is(
        &Charter::new(&[]),
        &vouched,
        "signed",
        &["attestation-unknown-maintainer"],
    );
}

#[test]
fn every_output_says_by_what_means() {
    let cast = cast();
    let mut desk = cast.forum();
    desk.observe(cast.o(), &cast.own)
        .observe(cast.a(), &cast.own)
        .vouch(cast.b(), "phone", &cast.own);
    let ground = ground_of(&cast.charter(), &[&desk]);
    let answer = ground.verify();
    let statement = |at: usize| digest(&desk.attested[at].1);
    let seen = |by: &str, at: usize| json!({"means": "domain", "domain": "forum.example", "method": "https", "by": by, "claimed_date": "2026-11-24", "statement": statement(at)});
    let vouch = json!({"means": "vouch", "method": "phone", "by": "bob", "claimed_date": "2026-11-24", "statement": statement(2)});
    let binding = json!([seen("olga", 0), seen("alice", 1), vouch]);
    assert_eq!(row(&answer, "example-forum")["binding"], binding);
    ground.commit("one is verified");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
    satisfies("signatories", &list);
    assert_eq!(row(&list, "example-forum")["binding"], binding);
    let shown = ground.json(&["show", "example-forum"]);
    satisfies("evidence", &shown);
    assert_eq!(shown["letters"][0]["binding"], binding);
    let mut texts = vec![];
    for arguments in [
        &["verify"][..],
        &["show", "example-forum"],
        &["identify", "registry/letters/example-letter/v2/en.txt"],
    ] {
        texts.push(ground.run(arguments).stdout);
    }
    for file in ["csv", "md", "txt"] {
        texts.push(
            ground
                .read(&format!("out/signatories.{file}"))
                .replace('\\', ""),
        );
    }
    for text in texts {
        for part in [
            "domain forum.example, seen by 2 observers",
            "vouched for by telephone by Bob Example",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn an_attestation_counts_only_in_its_place() {
    let cast = cast();
    let charter = cast.charter();
    let attest = |change: &dyn Fn(String) -> String| {
        let mut desk = cast.forum();
        let text = desk.attestation("vouch", cast.a(), ("phone", "a call"), &cast.own);
        desk.attest(cast.a(), change(text), None);
        desk
    };
    is(&charter, &attest(&|text| text), "verified", &[]);
    let changes: [(&str, &str, &str); 5] = [
        (
            "letters.example/peace\n",
            "letters.example/war\n",
            "statement-for-other-registry",
        ),
        (
            "signatory: example-forum",
            "signatory: example-other",
            "statement-for-other-signatory",
        ),
        (
            "maintainer: alice",
            "maintainer: carol",
            "attestation-unknown-maintainer",
        ),
        (
            "maintainer: alice",
            "maintainer: bob",
            "attestation-unknown-maintainer",
        ),
        ("sequence: 1", "sequence: 2", "statement-out-of-sequence"),
    ];
    for (from, to, rule) in changes {
        is(
            &charter,
            &attest(&|text| text.replace(from, to)),
            "signed",
            &[rule],
        );
    }
    // Another name, another key: signed in earnest, and of no use.
    is(
        &charter,
        &attest(&|text| text.replace("name: Example Forum", "name: Example Club")),
        "signed",
        &[],
    );
    is(
        &charter,
        &attest(&|text| text.replace(&cast.own.line(), &cast.next.line())),
        "signed",
        &[],
    );
    // Somebody else signs under a maintainer's name.
    let mut forged = cast.forum();
    let text = forged.attestation("vouch", cast.a(), ("phone", "a call"), &cast.own);
    forged.attest(("alice", &Pen::new(66)), text, None);
    is(&charter, &forged, "signed", &["signature-does-not-hold"]);
    let mut forged = cast.forum();
    forged.vouch(("alice", &Pen::new(66)), "phone", &cast.own);
    is(
        &charter,
        &forged,
        "signed",
        &["attestation-unknown-maintainer"],
    );
    // What is forged is in nobody's way.
    forged.attested[0].0 = "nobody".to_owned();
    forged.vouch(cast.a(), "phone", &cast.own);
    is(
        &charter,
        &forged,
        "verified",
        &["attestation-unknown-maintainer"],
    );
    // An observer only observes.
    let mut desk = cast.forum();
    desk.vouch(cast.o(), "phone", &cast.own);
    is(
        &charter,
        &desk,
        "signed",
        &["attestation-unknown-maintainer"],
    );
}

#[test]
fn what_is_taken_back_stays_so() {
    let cast = cast();
    let charter = cast.charter();
    let mut desk = cast.forum();
    desk.vouch(cast.a(), "phone", &cast.own);
    let first = desk.attested[0].clone();
    desk.vouch(cast.a(), "retracted", &cast.own);
    is(&charter, &desk, "signed", &[]);
    // The first one again is a copy, and keeps nobody from saying more.
    let mut replayed = desk.clone();
    replayed
        .attested
        .push(("nobody".to_owned(), first.1, first.2, None));
    is(
        &charter,
        &replayed,
        "signed",
        &["statement-out-of-sequence", "statement-out-of-sequence"],
    );
    replayed.vouch(cast.a(), "phone", &cast.own);
    is(
        &charter,
        &replayed,
        "verified",
        &["statement-out-of-sequence", "statement-out-of-sequence"],
    );
    // To take back a vouch takes back no observation, and nobody else's vouch.
    let mut other = desk.clone();
    other.observe(cast.a(), &cast.own);
    is(&charter, &other, "verified", &[]);
    let mut other = desk.clone();
    other.vouch(cast.b(), "phone", &cast.own);
    is(&charter, &other, "verified", &[]);
    // The newest is about another key: the one before does not come back.
    let mut moved = cast.forum();
    moved
        .vouch(cast.a(), "phone", &cast.own)
        .vouch(cast.a(), "phone", &cast.next);
    is(&charter, &moved, "signed", &[]);
}

#[test]
fn a_link_that_holds_one_way_is_none() {
    let cast = cast();
    let charter = cast.charter();
    let observed = |body: &str| {
        let mut desk = cast.forum();
        let text = desk.attestation("observe", cast.o(), ("dns", &digest(body)), &cast.own);
        desk.attest(cast.o(), text, Some(body));
        desk
    };
    let line = cast.forum().published(&cast.own);
    for body in [line.clone(), format!("{line}\r\n"), format!("x\n{line}\nx")] {
        is(&charter, &observed(&body), "verified", &[]);
    }
    for body in [
        format!(" {line}"),
        format!("{line} "),
        format!("{line}\r\r\n"),
        line.replace("example-forum", "example-other"),
        line.replace("/peace", "/war"),
        cast.forum().published(&cast.next),
        "nothing".to_owned(),
    ] {
        is(&charter, &observed(&body), "signed", &["binding-one-way"]);
    }
    // Another body than the digest is of, none, and one where nothing was seen.
    let mut other = observed(&line);
    other.attested[0].3 = Some(base64(format!("{line}\n").as_bytes()));
    is(&charter, &other, "signed", &["binding-one-way"]);
    other.attested[0].3 = None;
    is(&charter, &other, "signed", &["binding-one-way"]);
    let mut vouched = cast.forum();
    vouched.vouch(cast.a(), "phone", &cast.own);
    vouched.attested[0].3 = Some(base64(b"x"));
    is(&charter, &vouched, "signed", &["statement-malformed"]);
    // Without a domain there is nothing to see, and under some anybody can have a name.
    let mut nowhere = Desk::new("example-forum", "Example Forum");
    nowhere
        .endorse(LETTER, SECOND, &cast.own)
        .observe(cast.o(), &cast.own);
    is(&charter, &nowhere, "signed", &["binding-one-way"]);
    let mut public = Desk::new("example-forum", "Example Forum").with("domain", "co.uk");
    public
        .endorse(LETTER, SECOND, &cast.own)
        .observe(cast.o(), &cast.own);
    is(&charter, &public, "verified", &["binding-one-way"]);
}

#[test]
fn a_withdrawal_on_the_domain_is_said_and_changes_no_standing() {
    let cast = cast();
    let charter = cast.charter();
    let mut desk = cast.forum();
    let body = |desk: &Desk, lines: &str| format!("{}\n{lines}", desk.published(&cast.own));
    let withdraw = "withdraw example-forum letters.example/peace example-letter\n";
    let said = |desk: &Desk| {
        let ground = ground_of(&charter, &[desk]);
        let answer = ground.verify();
        satisfies("verification", &answer);
        let row = row(&answer, "example-forum");
        let said = row["domain_withdrawals"].as_array().unwrap().len();
        (row["standing"].as_str().unwrap().to_owned(), said)
    };
    let observed = |desk: &mut Desk, who: (&str, &Pen), lines: &str| {
        let body = body(desk, lines);
        let text = desk.attestation("observe", who, ("https", &digest(&body)), &cast.own);
        desk.attest(who, text, Some(&body));
    };
    for (lines, count) in [
        ("", 0),
        (
            "withdraw example-forum letters.example/peace other-letter\n",
            0,
        ),
        (
            "withdraw example-hill letters.example/peace example-letter\n",
            0,
        ),
        (
            "withdraw example-forum letters.example/war example-letter\n",
            0,
        ),
        (
            "withdraw example-forum letters.example/peace example-letter now\n",
            0,
        ),
        (withdraw, 1),
    ] {
        let mut desk = desk.clone();
        observed(&mut desk, cast.o(), lines);
        assert_eq!(said(&desk), ("verified".to_owned(), count), "{lines}");
    }
    observed(&mut desk, cast.o(), withdraw);
    let ground = ground_of(&charter, &[&desk]);
    ground.commit("the domain says so");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    satisfies(
        "signatories",
        &serde_json::from_str(&ground.read("out/signatories.json")).unwrap(),
    );
    let words = "its domain forum.example says that it withdraws, seen by olga on 2026-11-24; only its key can change the standing";
    let shown = ground.run(&["show", "example-forum"]).stdout;
    for text in [
        ground.run(&["verify"]).stdout,
        shown.clone(),
        ground.read("out/signatories.md").replace('\\', ""),
        ground.read("out/signatories.csv"),
        ground.read("out/signatories.txt"),
    ] {
        assert!(text.contains(words), "{text}");
    }
    satisfies("evidence", &ground.json(&["show", "example-forum"]));
    // Whoever saw it last and saw it no more has the last word, and the key has the very last.
    let mut later = desk.clone();
    observed(&mut later, cast.o(), "");
    assert_eq!(said(&later), ("verified".to_owned(), 0));
    desk.withdraw(LETTER, &cast.own);
    assert_eq!(said(&desk), ("withdrawn".to_owned(), 0));
}

#[test]
fn a_binding_does_not_carry_over() {
    let cast = cast();
    let charter = cast.charter();
    let mut bound = cast.forum();
    bound
        .observe(cast.o(), &cast.own)
        .vouch(cast.a(), "phone", &cast.own);
    is(&charter, &bound, "verified", &[]);
    // To another key, until that is attested too: then what the old key signed is the organization's.
    let mut rotated = bound.clone();
    rotated.rotate(&cast.own, &cast.next);
    is(&charter, &rotated, "signed", &[]);
    rotated.vouch(cast.a(), "phone", &cast.next);
    is(&charter, &rotated, "verified", &[]);
    // To another name or domain.
    for (name, domain) in [
        ("Example Club", "forum.example"),
        ("Example Forum", "club.example"),
    ] {
        let mut amended = bound.clone();
        amended.name = name.to_owned();
        amended.details[0].1 = domain.to_owned();
        amended.amend(&cast.own);
        is(&charter, &amended, "signed", &[]);
    }
    // To a key that the maintainers put in its place, not even when that key is attested.
    let mut recovered = bound.clone();
    recovered.recover(&charter, &[cast.a(), cast.b()], &cast.next);
    is(&charter, &recovered, "signed", &[]);
    recovered.vouch(cast.a(), "phone", &cast.next);
    is(&charter, &recovered, "signed", &[]);
    let answer = ground_of(&charter, &[&recovered]).verify();
    let recovery = row(&answer, "example-forum")["recovery"].clone();
    assert_eq!(
        (&recovery["by"], &recovery["replaced"]),
        (&json!(["alice", "bob"]), &json!(true))
    );
    let shown = ground_of(&charter, &[&recovered])
        .run(&["show", "example-forum"])
        .stdout;
    assert!(shown.contains("by a key since replaced"), "{shown}");
    assert!(
        shown.contains("recovered on 2026-11-25 by maintainers alice, bob"),
        "{shown}"
    );
    recovered.endorse(LETTER, SECOND, &cast.next);
    is(&charter, &recovered, "verified", &[]);
    // To an earlier version: superseded, and said to have been bound.
    let mut earlier = Desk::new("example-forum", "Example Forum");
    earlier
        .endorse(LETTER, TEXT, &cast.own)
        .vouch(cast.a(), "phone", &cast.own);
    is(&charter, &earlier, "superseded", &[]);
    let answer = ground_of(&charter, &[&earlier]).verify();
    assert_eq!(row(&answer, "example-forum")["binding"][0]["by"], "alice");
}

#[test]
fn a_retired_maintainer_counts_no_more() {
    let cast = cast();
    let first = cast.charter();
    let mut desk = cast.forum();
    desk.vouch(cast.b(), "phone", &cast.own);
    is(&first, &desk, "verified", &[]);
    let second = first.govern(&[cast.a()], |charter| drop(charter.maintainers.pop()));
    let ground = ground_of(&second, &[&desk]);
    ground.write("registry/charters/1.yaml", first.yaml());
    assert_eq!(ground.found(), []);
    assert_eq!(ground.standing("example-forum").unwrap(), "signed");
    desk.vouch(cast.a(), "video", &cast.own);
    ground.write(RECORD, desk.record());
    assert_eq!(ground.standing("example-forum").unwrap(), "verified");
}

#[test]
fn nobody_recovers_a_key_alone() {
    let cast = cast();
    let charter = cast.charter();
    let both = [cast.a(), cast.b()];
    let recovered = |who: &[(&str, &Pen)]| {
        let mut desk = cast.forum();
        desk.recover(&charter, who, &cast.next);
        desk
    };
    is(&charter, &recovered(&both), "signed", &[]);
    is(
        &charter,
        &recovered(&[cast.a()]),
        "refused",
        &["threshold-not-reached"],
    );
    is(
        &charter,
        &recovered(&[cast.b(), cast.a()]),
        "refused",
        &["signature-malformed"],
    );
    is(
        &charter,
        &recovered(&[cast.a(), cast.a()]),
        "refused",
        &["threshold-not-reached", "signature-malformed"],
    );
    is(
        &charter,
        &recovered(&[cast.a(), cast.b(), cast.o()]),
        "refused",
        &["attestation-unknown-maintainer"],
    );
    is(
        &charter,
        &recovered(&[cast.a(), ("bob", &cast.alice)]),
        "refused",
        &["threshold-not-reached", "signature-does-not-hold"],
    );
    // One key is one maintainer, whatever the charter calls it.
    let twice = Charter::new(&[cast.a(), ("bob", &cast.alice)]);
    let mut desk = cast.forum();
    desk.recover(&twice, &[cast.a(), ("bob", &cast.alice)], &cast.next);
    let (standing, found) = judged(&twice, &desk);
    assert_eq!(standing, "refused");
    assert!(
        found.contains(&"threshold-not-reached".to_owned()),
        "{found:?}"
    );
    // Who keeps a registry alone has nobody to ask.
    let alone = Charter::new(&[cast.a()]);
    let mut desk = cast.forum();
    desk.recover(&alone, &[cast.a()], &cast.next);
    is(&alone, &desk, "signed", &[]);
    // The new key speaks from then on, and the old one no more.
    let mut old = recovered(&both);
    old.withdraw(LETTER, &cast.own);
    is(&charter, &old, "refused", &["key-not-in-force"]);
    let mut new = recovered(&both);
    new.withdraw(LETTER, &cast.next);
    is(&charter, &new, "withdrawn", &[]);
    // The new key signs too; the charter is one that was adopted; the organization has spoken before.
    let mut uncounted = cast.forum();
    let text = uncounted.joint("recover", &charter.digest(), Some(&cast.next));
    uncounted.jointly(text.clone(), &both, None);
    is(
        &charter,
        &uncounted,
        "refused",
        &["signature-does-not-hold"],
    );
    let mut wrong = cast.forum();
    wrong.jointly(text, &both, Some(&cast.own));
    is(&charter, &wrong, "refused", &["signature-does-not-hold"]);
    let mut other = cast.forum();
    other.recover(&alone, &both, &cast.next);
    is(
        &charter,
        &other,
        "refused",
        &["attestation-unknown-maintainer"],
    );
    let mut first = Desk::new("example-forum", "Example Forum");
    first.listing = listing("Forum");
    first.recover(&charter, &both, &cast.next);
    let (standing, found) = judged(&charter, &first);
    assert_eq!(standing, "refused");
    assert!(
        found.contains(&"statement-out-of-sequence".to_owned()),
        "{found:?}"
    );
    // It changes no details.
    let mut renamed = cast.forum();
    renamed.name = "Example Club".to_owned();
    renamed.recover(&charter, &both, &cast.next);
    is(
        &charter,
        &renamed,
        "refused",
        &["record-disagrees-with-statement"],
    );
}

#[test]
fn who_is_removed_stays_in_sight() {
    let cast = cast();
    let mut charter = cast.charter();
    let mut desk = cast.forum();
    desk.listing = listing("Forum");
    desk.name = "Forum".to_owned();
    desk.signed.clear();
    desk.endorse(LETTER, SECOND, &cast.own)
        .remove(&charter, &[cast.b()]);
    is(&charter, &desk, "removed", &[]);
    let ground = ground_of(&charter, &[&desk]);
    ground.commit("one is removed");
    assert_eq!(ground.run(&["compile", "--output", "out"]).code, 0);
    let list: Value = serde_json::from_str(&ground.read("out/signatories.json")).unwrap();
    satisfies("signatories", &list);
    assert_eq!(
        row(&list, "example-forum")["claimed_reason"],
        "asked by letter"
    );
    for text in [
        ground.read("out/signatories.txt"),
        ground.read("out/signatories.md"),
        ground.run(&["show", "example-forum"]).stdout,
        ground.run(&["verify", "-v"]).stdout,
    ] {
        assert!(text.contains("asked by letter"), "{text}");
    }
    // Nothing follows.
    let mut more = desk.clone();
    more.endorse(LETTER, SECOND, &cast.own);
    is(&charter, &more, "refused", &["statement-out-of-sequence"]);
    // The threshold, as the charter says it.
    charter.threshold = 2;
    let mut two = cast.forum();
    two.remove(&charter, &[cast.b()]);
    is(&charter, &two, "refused", &["threshold-not-reached"]);
    // A removed record refuses nobody who has its key.
    let charter = cast.charter();
    let mut one = cast.forum();
    let mut again = Desk::new("example-forum-two", "Example Second Forum");
    again.endorse(LETTER, SECOND, &cast.own);
    let ground = ground_of(&charter, &[&one, &again]);
    assert_eq!(ground.standing("example-forum").unwrap(), "refused");
    one.remove(&charter, &[cast.a()]);
    ground.write(RECORD, one.record());
    assert_eq!(ground.found(), []);
    assert_eq!(ground.standing("example-forum").unwrap(), "removed");
    assert_eq!(ground.standing("example-forum-two").unwrap(), "signed");
}

#[test]
fn all_maintainers_together_cannot_speak_for_an_organization() {
    let cast = cast();
    let charter = cast.charter();
    let both = [cast.a(), cast.b()];
    // They endorse in its name, with any key they have.
    for pen in [&cast.alice, &cast.bob, &cast.next] {
        let mut desk = cast.forum();
        desk.withdraw(LETTER, pen);
        is(&charter, &desk, "refused", &["key-not-in-force"]);
    }
    // They sign an organization's statement as if it were theirs.
    let mut desk = cast.forum();
    let text = desk.draft("withdraw", &[("letter", LETTER)], &cast.own);
    desk.jointly(text, &both, None);
    is(&charter, &desk, "refused", &["signature-malformed"]);
    // They change a word of what it signed, and sign the rest anew.
    let mut desk = cast.forum();
    desk.signed[0].0 = desk.signed[0].0.replace("2026-11-23", "2026-11-24");
    is(&charter, &desk, "refused", &["signature-does-not-hold"]);
    // They recover the key: what the organization said stays the old key's, and is theirs to see.
    let mut desk = cast.forum();
    desk.vouch(cast.a(), "phone", &cast.own);
    desk.recover(&charter, &both, &cast.next);
    desk.vouch(cast.a(), "phone", &cast.next);
    is(&charter, &desk, "signed", &[]);
    // They drop it: the history tells.
    let ground = ground_of(&charter, &[&cast.forum()]);
    ground.commit("one signs");
    let mut desk = cast.forum();
    desk.signed.clear();
    desk.listing = listing("Forum");
    ground.write(RECORD, desk.record());
    ground.commit("tidy up");
    let found = rules(&ground.json(&["audit"]));
    assert!(
        found.iter().any(|(rule, _)| rule == "statement-vanished"),
        "{found:?}"
    );
}

#[test]
fn a_strangers_withdrawal_counts_when_the_key_is_the_organizations() {
    let cast = cast();
    let charter = cast.charter();
    let mut desk = Desk::new("forum", "Forum");
    desk.listing = listing("Forum");
    desk.withdraw(LETTER, &cast.own);
    is(&charter, &desk, "listed", &["unbound-withdrawal"]);
    desk.vouch(cast.a(), "phone", &cast.own);
    is(&charter, &desk, "withdrawn", &[]);
    let mut rotated = desk.clone();
    rotated.rotate(&cast.own, &cast.next);
    is(&charter, &rotated, "withdrawn", &[]);
    // Maintainers who take back what ties a key do not take back what its owner said by it.
    desk.vouch(cast.a(), "retracted", &cast.own);
    is(&charter, &desk, "withdrawn", &[]);
    // One who has left ties nothing to whoever speaks now; whether they said it before they left, the history shows.
    let mut gone = cast.forum();
    gone.vouch(cast.b(), "phone", &cast.own)
        .vouch(cast.b(), "video", &cast.own);
    let second = charter.govern(&[cast.a()], |charter| drop(charter.maintainers.pop()));
    let ground = ground_of(&second, &[&gone]);
    ground.write("registry/charters/1.yaml", charter.yaml());
    assert_eq!(ground.standing("example-forum").unwrap(), "signed");
}

#[test]
fn the_exact_text_of_a_joint_statement_is_handed_out() {
    let cast = cast();
    let charter = cast.charter();
    let mut desk = cast.forum();
    desk.remove(&charter, &[cast.a()]);
    let ground = ground_of(&charter, &[&desk]);
    let ran = ground.run(&["statement", "--of", "example-forum", "2"]);
    assert_eq!((ran.code, ran.stdout), (0, desk.signed[1].0.clone()));
    let ran = ground.run(&["statement", "--of", "example-forum", "2", "--output", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ground.read("out/example-forum-2.txt"), desk.signed[1].0);
    // The charter that it names is not here: whose keys these are nobody can say.
    let mut other = charter.clone();
    other.vouches = 3;
    ground.write("registry/registry.yaml", other.yaml());
    let ran = ground.run(&["statement", "--of", "example-forum", "2", "--output", "out"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("names a charter"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_charter_changes_only_by_the_threshold_of_the_old_one() {
    let cast = cast();
    let mut first = cast.charter();
    first.threshold = 2;
    let both = [cast.a(), cast.b()];
    let carol = Pen::new(104);
    let with_carol = |charter: &mut Charter| charter.maintainers.push(("carol", carol.clone()));
    let mut desk = cast.forum();
    desk.vouch(("carol", &carol), "phone", &cast.own);
    let judged = |current: &Charter, old: Option<String>| {
        let ground = ground_of(current, &[&desk]);
        if let Some(old) = old {
            ground.write("registry/charters/1.yaml", old);
        }
        let found = ground
            .found()
            .into_iter()
            .map(|(rule, _)| rule)
            .collect::<Vec<_>>();
        (ground.standing("example-forum").unwrap(), found)
    };
    let second = first.govern(&both, with_carol);
    assert_eq!(
        judged(&second, Some(first.yaml())),
        ("verified".to_owned(), vec![])
    );
    let alone = first.govern(&[cast.a()], with_carol);
    let forged = first.govern(&[cast.a(), ("bob", &carol)], with_carol);
    let own = first.govern(&[("alice", &cast.alice), ("carol", &carol)], with_carol);
    let mut edited = second.clone();
    edited.threshold = 1;
    let mut easier = first.clone();
    easier.threshold = 1;
    let mut other = first.clone();
    other.observers.clear();
    const POLICY: &str = "policy-changed-without-threshold";
    for (current, old, expected) in [
        (&alone, Some(first.yaml()), vec![POLICY]),
        (
            &forged,
            Some(first.yaml()),
            vec![POLICY, "signature-does-not-hold"],
        ),
        (
            &own,
            Some(first.yaml()),
            vec![POLICY, "attestation-unknown-maintainer"],
        ),
        (&edited, Some(first.yaml()), vec![POLICY]),
        (&second, None, vec![POLICY]),
    ] {
        let (standing, mut found) = judged(current, old);
        found.sort();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        expected.sort();
        assert_eq!((standing.as_str(), found), ("signed", expected));
    }
    // Three in a row, and a joint statement under the one in the middle.
    let third = second.govern(&[cast.b(), ("carol", &carol)], |charter| {
        charter.vouches = 0
    });
    let mut recovered = cast.forum();
    recovered.recover(&second, &[cast.b(), ("carol", &carol)], &cast.next);
    let ground = ground_of(&third, &[&recovered]);
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.write("registry/charters/2.yaml", second.yaml());
    assert_eq!(ground.found(), []);
    ground.write(
        "registry/charters/2.yaml",
        second.yaml().replace("Alice", "Malice"),
    );
    assert!(ground.found().iter().any(|(rule, _)| rule == POLICY));
    assert_eq!(ground.standing("example-forum").unwrap(), "refused");
    // Who adopted the superseded charter is kept as it was.
    let mut fewer = second.clone();
    fewer.statements[0].1.pop();
    ground.write("registry/charters/2.yaml", fewer.yaml());
    assert_eq!(
        ground.found(),
        [(POLICY.to_owned(), "registry/charters/2.yaml".to_owned())]
    );
    ground.write("registry/charters/2.yaml", second.yaml());
    ground.write("registry/charters/3.yaml", third.yaml());
    assert_eq!(
        ground.found(),
        [(
            "charter-inconsistent".to_owned(),
            "registry/charters/3.yaml".to_owned()
        )]
    );
}

/// The rules that an audit finds, dates apart.
fn audited(ground: &Ground) -> Vec<String> {
    let answer = ground.json(&["audit"]);
    satisfies("audit", &answer);
    let found = rules(&answer).into_iter().map(|(rule, _)| rule);
    found.filter(|rule| rule != "dated-after-commit").collect()
}

#[test]
fn a_history_shows_that_the_threshold_adopted_each_charter() {
    let cast = cast();
    let first = cast.charter();
    let ground = ground_of(&first, &[&cast.forum()]);
    ground.commit("a registry");
    let second = first.govern(&[cast.a()], |charter| drop(charter.maintainers.pop()));
    ground.write("registry/registry.yaml", second.yaml());
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.commit("one leaves");
    assert_eq!(audited(&ground), [""; 0]);
    let told = ground.run(&["log"]).stdout;
    assert!(
        told.contains("changes the charter by a `govern` statement signed by alice"),
        "{told}"
    );
    // The one who left recovers a key by the charter that still knew him: no state shows it, the step does.
    let before = ground.git(&["rev-parse", "HEAD"]);
    let mut desk = cast.forum();
    desk.recover(&first, &[cast.a(), cast.b()], &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("a key is recovered");
    assert_eq!(ground.found(), []);
    assert_eq!(audited(&ground), ["attestation-unknown-maintainer"]);
    let review = ground.json(&["review", &format!("{before}..HEAD")]);
    let found = rules(&review);
    assert!(
        found
            .iter()
            .any(|(rule, _)| rule == "attestation-unknown-maintainer"),
        "{found:?}"
    );
    // By the charter in force it is lawful, and told in words.
    ground.git(&["reset", "-q", "--hard", &before]);
    let mut desk = cast.forum();
    desk.recover(&second, &[cast.a()], &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("a key is recovered");
    assert_eq!(audited(&ground), [""; 0]);
    let told = ground.run(&["log"]).stdout.replace('\n', " ");
    assert!(told.contains("in the place of the lost one of"), "{told}");
    assert!(
        told.contains("signed by alice: `asked by letter`"),
        "{told}"
    );
}

#[test]
fn a_key_that_a_maintainer_no_longer_has_says_nothing_more() {
    let cast = cast();
    let first = cast.charter();
    let mut desk = cast.forum();
    desk.vouch(cast.a(), "phone", &cast.own);
    let ground = ground_of(&first, &[&desk]);
    ground.commit("a registry");
    // Alice has another key from now on, and vouches again.
    let new = Pen::new(110);
    let second = first.govern(&[cast.a()], |charter| {
        charter.maintainers[0].1 = new.clone()
    });
    ground.write("registry/registry.yaml", second.yaml());
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.commit("another key");
    assert_eq!(audited(&ground), [""; 0]);
    desk.vouch(("alice", &new), "phone", &cast.own);
    ground.write(RECORD, desk.record());
    let before = ground.commit("vouched again");
    assert_eq!(ground.standing("example-forum").unwrap(), "verified");
    // Whoever stole the old one takes nothing back with it, and does not come in unseen.
    let mut stolen = desk.clone();
    stolen.vouch(("alice", &cast.alice), "retracted", &cast.own);
    ground.write(RECORD, stolen.record());
    ground.commit("taken back by a thief");
    assert_eq!(ground.found(), []);
    assert_eq!(ground.standing("example-forum").unwrap(), "verified");
    assert_eq!(audited(&ground), ["attestation-unknown-maintainer"]);
    assert_eq!(ground.run(&["review", &format!("{before}..HEAD")]).code, 1);
    ground.write(RECORD, desk.record());
    ground.commit("out with it");
    assert_eq!(ground.run(&["review", "HEAD~1..HEAD"]).code, 0);
    let told = ground.run(&["audit"]).stdout;
    assert!(told.contains("all of them mended later"), "{told}");
    // What a charter changes is said by name.
    let told = ground
        .run(&["log"])
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let taken = format!(
        "takes in maintainer Alice Example (alice), key {}",
        new.fingerprint()
    );
    assert!(told.contains(&taken), "{told}");
}

#[test]
fn a_key_that_was_lost_is_never_bound_again() {
    let cast = cast();
    let charter = cast.charter();
    let mut desk = cast.forum();
    desk.vouch(cast.a(), "phone", &cast.own);
    desk.recover(&charter, &[cast.a(), cast.b()], &cast.next);
    desk.rotate(&cast.next, &cast.own);
    desk.endorse(LETTER, SECOND, &cast.own);
    is(&charter, &desk, "signed", &[]);
    // The program does not even sign that.
    let mut desk = cast.forum();
    desk.recover(&charter, &[cast.a(), cast.b()], &cast.next);
    let ground = ground_of(&charter, &[&desk]);
    ground.secret("keys/old.pem", &cast.own);
    ground.secret("keys/new.pem", &cast.next);
    let ran = ground.run(&[
        "rotate",
        "--signatory",
        "example-forum",
        "--key",
        "keys/new.pem",
        "--new-key",
        "keys/old.pem",
        "--yes",
    ]);
    assert!(
        ran.code == 2 && ran.stderr.contains("because it was lost"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_withdrawal_that_counted_goes_on_to_count() {
    let cast = cast();
    let first = cast.charter();
    let mut desk = Desk::new("example-forum", "Forum");
    desk.listing = listing("Forum");
    desk.withdraw(LETTER, &cast.own)
        .vouch(cast.b(), "phone", &cast.own);
    is(&first, &desk, "withdrawn", &[]);
    // Who vouched has left, or has another key.
    for change in [
        (|charter: &mut Charter| drop(charter.maintainers.pop())) as fn(&mut Charter),
        |charter| charter.maintainers[1].1 = Pen::new(111),
    ] {
        let second = first.govern(&[cast.a()], change);
        let ground = ground_of(&second, &[&desk]);
        ground.write("registry/charters/1.yaml", first.yaml());
        assert_eq!(ground.standing("example-forum").unwrap(), "withdrawn");
        assert_eq!(ground.found(), []);
    }
}

#[test]
fn who_has_left_removes_nobody_however_often_the_record_is_touched() {
    let cast = cast();
    let first = cast.charter();
    let ground = ground_of(&first, &[&cast.forum()]);
    ground.commit("a registry");
    let second = first.govern(&[cast.a()], |charter| drop(charter.maintainers.pop()));
    ground.write("registry/registry.yaml", second.yaml());
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.commit("one leaves");
    let mut desk = cast.forum();
    desk.remove(&first, &[cast.b()]);
    ground.write(RECORD, desk.record());
    ground.commit("removed by one who left");
    assert_eq!(audited(&ground), ["attestation-unknown-maintainer"]);
    ground.write(RECORD, format!("# a note\n{}", desk.record()));
    ground.commit("a comment");
    let told = ground.run(&["audit"]).stdout;
    assert!(told.contains("of which 1 are not mended"), "{told}");
    // It can be taken out at any time, and that puts it right.
    ground.write(RECORD, cast.forum().record());
    ground.commit("taken out");
    assert_eq!(ground.run(&["review", "HEAD~1..HEAD"]).code, 0);
    let told = ground.run(&["audit"]).stdout;
    assert!(told.contains("all of them mended later"), "{told}");

    // What the record's form hid is told once the record can be read.
    ground.git(&["reset", "-q", "--hard", "HEAD~3"]);
    ground.write(RECORD, desk.record() + "oops: 1\n");
    ground.commit("hidden");
    ground.write(RECORD, desk.record());
    ground.commit("readable");
    let review = ground.json(&["review", "HEAD~1..HEAD"]);
    let found: Vec<String> = rules(&review).into_iter().map(|(rule, _)| rule).collect();
    assert!(
        found.contains(&"attestation-unknown-maintainer".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_maintainers_signed_before_a_loss_is_put_back_as_it_was() {
    let cast = cast();
    let first = cast.charter();
    let mut desk = cast.forum();
    desk.listing = listing("Forum");
    desk.name = "Forum".to_owned();
    desk.signed.clear();
    desk.endorse(LETTER, SECOND, &cast.own);
    let ground = ground_of(&first, &[&desk]);
    ground.commit("a registry");
    let reviewed = |range: &str| {
        let found = rules(&ground.json(&["review", range])).into_iter();
        let found = found.map(|(rule, _)| rule);
        let mut found: Vec<String> = found.filter(|rule| rule != "dated-after-commit").collect();
        found.dedup();
        found.join(" ")
    };
    desk.recover(&first, &[cast.a(), cast.b()], &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("a key is recovered");
    let second = first.govern(&[cast.a()], |charter| drop(charter.maintainers.pop()));
    ground.write("registry/registry.yaml", second.yaml());
    ground.write("registry/charters/1.yaml", first.yaml());
    ground.commit("one leaves");
    ground.remove(RECORD);
    let lost = ground.commit("tidy up");
    ground.write(RECORD, desk.record());
    ground.commit("put back");
    assert_eq!(reviewed(&format!("{lost}..HEAD")), "");
    assert_eq!(audited(&ground), ["record-vanished"]);
    let told = ground.run(&["audit"]).stdout;
    assert!(told.contains("all of them mended later"), "{told}");

    // Attestations that entered after a loss keep their order when it is put right.
    let unlisted = desk.record().replace(&desk.listing, "");
    ground.write(RECORD, &unlisted);
    ground.commit("a listing is gone");
    let mut vouched = desk.clone();
    vouched.vouch(cast.a(), "phone", &cast.next);
    vouched.observe(cast.o(), &cast.next);
    ground.write(RECORD, vouched.record().replace(&desk.listing, ""));
    let since = ground.commit("two attest");
    vouched.attested.swap(0, 1);
    for (record, found) in [
        (vouched.record(), "attestation-vanished"),
        (
            {
                vouched.attested.swap(0, 1);
                vouched.record()
            },
            "",
        ),
    ] {
        ground.git(&["checkout", "-q", "--detach", &since]);
        ground.write(RECORD, record);
        ground.commit("the listing is back");
        assert_eq!(reviewed(&format!("{since}..HEAD")), found);
    }
}

#[test]
fn a_name_under_which_anybody_can_have_one_is_not_let_in() {
    let cast = cast();
    let mut desk = Desk::new("example-forum", "Example Forum").with("domain", "github.io");
    desk.endorse(LETTER, SECOND, &cast.own);
    let ground = ground_of(&cast.charter(), &[&desk]);
    ground.commit("a registry");
    desk.observe(cast.o(), &cast.own);
    ground.write(RECORD, desk.record());
    ground.commit("seen there");
    let severity = |answer: Value| {
        let found = answer["findings"].as_array().unwrap().iter();
        let found = found.filter(|one| one["rule"] == "binding-one-way");
        let found: Vec<String> = found.map(|one| one["severity"].to_string()).collect();
        found.join(" ")
    };
    // The list of such names changes, so that what was let in is not undone by it.
    assert_eq!(severity(ground.verify()), "\"warning\"");
    let ran = ground.run(&["review", "HEAD~1..HEAD"]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert_eq!(
        severity(ground.json(&["review", "HEAD~1..HEAD"])),
        "\"error\""
    );
}

#[test]
fn an_attestation_that_never_held_may_be_taken_out_and_no_other() {
    let cast = cast();
    let mut desk = cast.forum();
    desk.vouch(cast.a(), "phone", &cast.own);
    let ground = ground_of(&cast.charter(), &[&desk]);
    ground.commit("a registry");
    let mut bad = desk.clone();
    bad.vouch(("bob", &cast.olga), "phone", &cast.own);
    ground.write(RECORD, bad.record());
    let with = ground.commit("by a key that is not bob's");
    assert_eq!(
        ground.found(),
        [(
            "attestation-unknown-maintainer".to_owned(),
            RECORD.to_owned()
        )]
    );
    let reviewed = |range: &str| {
        let answer = ground.json(&["review", range]);
        let found = answer["findings"].as_array().unwrap().iter();
        let found = found.map(|one| (one["rule"].to_string(), one["severity"].to_string()));
        found
            .filter(|(rule, _)| !rule.contains("dated"))
            .collect::<Vec<_>>()
    };
    let warned = ("\"bad-entry-removed\"".to_owned(), "\"warning\"".to_owned());
    ground.write(RECORD, desk.record());
    ground.commit("taken out");
    assert_eq!(reviewed("HEAD~1..HEAD"), [warned]);
    assert_eq!(
        audited(&ground),
        ["attestation-unknown-maintainer", "bad-entry-removed"]
    );
    // One that held, and one that held as long as its attester was a maintainer.
    for (record, why) in [
        (
            {
                let mut none = desk.clone();
                none.attested.clear();
                none
            },
            "held",
        ),
        (
            {
                let mut none = bad.clone();
                none.attested.remove(0);
                none
            },
            "held before one that did not",
        ),
    ] {
        ground.git(&["checkout", "-q", "--detach", &with]);
        ground.write(RECORD, record.record());
        ground.commit(why);
        let found = reviewed("HEAD~1..HEAD");
        assert!(
            found.contains(&(
                "\"attestation-vanished\"".to_owned(),
                "\"error\"".to_owned()
            )),
            "{why}: {found:?}"
        );
    }
    // Beside anything else it is not alone.
    ground.git(&["checkout", "-q", "--detach", &with]);
    let mut more = desk.clone();
    more.vouch(cast.b(), "phone", &cast.own);
    ground.write(RECORD, more.record());
    ground.commit("one out and another in");
    let found = reviewed("HEAD~1..HEAD");
    assert!(
        found
            .iter()
            .any(|(rule, _)| rule == "\"mixed-pull-request\""),
        "{found:?}"
    );
}

#[test]
fn a_charter_that_changes_otherwise_is_told() {
    let cast = cast();
    let first = cast.charter();
    let second = first.govern(&[cast.a()], |charter| charter.vouches = 2);
    let third = second.govern(&[cast.b()], |charter| charter.vouches = 3);
    let mut unsigned = first.clone();
    unsigned.vouches = 0;
    let mut forged = second.clone();
    forged.statements[0].1[0].1 = cast.b().1.ssh(b"something else");
    const POLICY: &str = "policy-changed-without-threshold";
    let step = |from: &[(&str, String)], to: &[(&str, String)]| {
        let ground = ground_of(&first, &[&cast.forum()]);
        for files in [from, to] {
            for (path, content) in files {
                ground.write(&format!("registry/{path}"), content);
            }
            ground.commit("a charter");
        }
        audited(&ground)
    };
    let (charter, one, two) = ("registry.yaml", "charters/1.yaml", "charters/2.yaml");
    let kept = first.yaml();
    assert_eq!(
        step(&[], &[(charter, second.yaml()), (one, kept.clone())]),
        [""; 0]
    );
    assert_eq!(
        step(
            &[],
            &[
                (charter, third.yaml()),
                (one, kept.clone()),
                (two, second.yaml())
            ]
        ),
        [""; 0]
    );
    assert_eq!(step(&[], &[(charter, unsigned.yaml())]), [POLICY]);
    // Told of the change itself, of the state that it brings, and of the state at the end.
    let found = step(&[], &[(charter, forged.yaml()), (one, kept.clone())]);
    let told = found.iter().filter(|rule| *rule == POLICY).count();
    assert_eq!(told, 3, "{found:?}");
    // The old charter is kept with another comment: its digest is as it was below the line, its bytes are not.
    let edited = kept.replace("statements: []", "statements: [] # quietly");
    assert_eq!(
        step(&[], &[(charter, second.yaml()), (one, edited)]),
        [POLICY]
    );
    // Who adopted the charter is history too.
    let mut fewer = third.clone();
    fewer.statements[1].1.insert(
        0,
        (
            "alice".to_owned(),
            cast.alice.ssh(third.statements[1].0.as_bytes()),
        ),
    );
    let all = [(charter, third.yaml()), (one, kept), (two, second.yaml())];
    assert_eq!(step(&all, &[(charter, fewer.yaml())]), [POLICY]);
}

#[test]
fn a_history_says_what_attestations_do() {
    let cast = cast();
    let ground = ground_of(&cast.charter(), &[&cast.forum()]);
    ground.commit("one signs");
    let mut desk = cast.forum();
    desk.observe(cast.o(), &cast.own)
        .vouch(cast.a(), "phone", &cast.own);
    ground.write(RECORD, desk.record());
    ground.commit("seen, and called");
    desk.rotate(&cast.own, &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("another key");
    desk.vouch(cast.a(), "retracted", &cast.own)
        .vouch(("bob", &cast.next), "phone", &cast.own);
    ground.write(RECORD, desk.record());
    ground.commit("taken back, and forged");
    let told: String = ground
        .run(&["log"])
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for part in [
        "adds an observation by `olga` over HTTPS about",
        "adds a vouch by `alice`, by telephone (`a number known before`), about `Example Forum` (`example-forum`): the key in force is bound: domain forum.example, seen by 1 observer",
        "not yet bound",
        "adds a word by `alice` that takes back the vouch (`a number known before`) about",
        "adds a vouch by `bob`, by telephone (`a number known before`), about `Example Forum` (`example-forum`): it does not hold",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // One that endorses with a key that is tied to it is not told to be unbound.
    desk.vouch(cast.a(), "video", &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("seen again");
    desk.endorse(LETTER, TEXT, &cast.next);
    ground.write(RECORD, desk.record());
    ground.commit("endorses more");
    let told: String = ground
        .run(&["log"])
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        told.contains("bound: vouched for in a video call by Alice Example"),
        "{told}"
    );
    // An attestation that goes is missed.
    desk.attested.remove(0);
    ground.write(RECORD, desk.record());
    ground.commit("tidy up");
    assert!(audited(&ground).contains(&"attestation-vanished".to_owned()));
}

#[test]
fn a_person_sees_each_attestation_and_what_it_does() {
    let cast = cast();
    let mut desk = cast.forum();
    desk.observe(cast.o(), &cast.own)
        .vouch(cast.a(), "phone", &cast.own);
    desk.vouch(cast.a(), "retracted", &cast.own);
    let ground = ground_of(&cast.charter(), &[&desk]);
    let shown = ground.json(&["show", "example-forum"]);
    satisfies("evidence", &shown);
    let attested = shown["attestations"].as_array().unwrap();
    let counts: Vec<&Value> = attested.iter().map(|one| &one["counts"]).collect();
    assert_eq!(counts, [&json!(true), &json!(false), &json!(false)]);
    assert_eq!(attested[1]["method"], "phone");
    let text = ground.run(&["show", "example-forum"]).stdout;
    for part in [
        "attestation 1: observe over HTTPS by Olga Example (olga)",
        "counts",
        "its attester has said something newer",
        "takes an earlier one back",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("nobody has seen a key there"), "{text}");
    let ground = ground_of(&cast.charter(), &[&cast.forum()]);
    let text = ground.run(&["show", "example-forum"]).stdout;
    assert!(text.contains("nobody has seen a key there"), "{text}");
}

#[test]
fn a_statement_of_one_brings_no_change_of_another() {
    let cast = cast();
    let mut club = Desk::new("example-club", "Example Club");
    club.endorse(LETTER, SECOND, &Pen::new(7));
    let ground = ground_of(&cast.charter(), &[&club]);
    let before = ground.commit("one signs");
    ground.write(RECORD, cast.forum().record());
    club.vouch(cast.a(), "phone", &Pen::new(7));
    ground.write("registry/signatories/example-club.yaml", club.record());
    ground.commit("another signs, and something else");
    let review = ground.json(&["review", &format!("{before}..HEAD")]);
    let found: Vec<String> = rules(&review).into_iter().map(|(rule, _)| rule).collect();
    for rule in ["foreign-record-touched", "mixed-pull-request"] {
        assert!(found.contains(&rule.to_owned()), "{found:?}");
    }
}

#[test]
fn what_maintainers_edit_in_a_record_is_told() {
    let cast = cast();
    let mut desk = cast.forum();
    desk.listing = listing("Forum").replace(
        "      - 'Forum'\n",
        "      - 'Example Hill Forum'\n      - 'Forum'\n    retracted: 'a mistake'\n",
    );
    desk.endorse(LETTER, TEXT, &cast.own);
    let edits: [(&str, &str, &str); 3] = [
        ("a mistake", "their wish", "listing-changed"),
        ("      - 'Forum'\n", "", "listing-vanished"),
        ("date: 2026-11-23", "date: 2026-11-22", "statement-changed"),
    ];
    for (from, to, rule) in edits {
        let ground = ground_of(&cast.charter(), &[&desk]);
        ground.commit("one signs");
        ground.edit(RECORD, from, to);
        ground.commit("tidy up");
        let found = audited(&ground);
        assert!(found.contains(&rule.to_owned()), "{rule}: {found:?}");
    }
}
