//! `statement --of`: what is handed out so that other programs check it, and those programs' word on it.

use crate::ground::{Ground, TEXT, plain};
use crate::pen::{Charter, Container, Desk, Pen, digest};
use std::fs;

const LETTER: &str = "example-letter";

fn ground_of(desk: &Desk) -> Ground {
    let ground = Ground::with_letter();
    let path = format!("registry/signatories/{}.yaml", desk.id);
    ground.write(&path, desk.record());
    ground
}

/// An endorsement and a rotation, so that there is a countersignature too.
fn rotated(container: Container, new: &Pen) -> Desk {
    let old = Pen::new(1);
    let mut desk = Desk::new("forum", "Forum").with("name-ko", "포럼");
    desk.container = container;
    desk.endorse(LETTER, TEXT, &old);
    let text = desk.draft("rotate", &[("new-key", &new.line())], &old);
    let one = old.sign(container, text.as_bytes());
    // A FIDO key signs in its own form alone.
    let other = match new.kind().starts_with("sk") {
        true => new.ssh(text.as_bytes()),
        false => new.sign(container, text.as_bytes()),
    };
    desk.put(text, one, Some(other));
    desk
}

#[test]
fn a_stored_statement_comes_out_byte_for_byte() {
    let desk = rotated(Container::Ssh, &Pen::new(2));
    let ground = ground_of(&desk);
    for (arguments, index) in [
        (&["statement", "--of", "forum", "1"][..], 0),
        (&["statement", "--of", "forum", "2"], 1),
        (&["statement", "--of", "forum"], 1),
    ] {
        let ran = ground.run(arguments);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (0, desk.signed[index].0.as_str())
        );
        assert_eq!(ran.stderr, "");
    }
    for (arguments, said) in [
        (
            &["statement", "--of", "forum", "3"][..],
            "has 2 statements, and no statement 3",
        ),
        (&["statement", "--of", "forum", "0"], "and no statement 0"),
        (
            &["statement", "--of", "nobody"],
            "there is no signatory `nobody`",
        ),
    ] {
        let ran = ground.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
}

#[test]
fn what_is_handed_out_is_what_the_others_read() {
    let (old, new) = (Pen::new(1), Pen::fido(2));
    let desk = rotated(Container::Ssh, &new);
    let ground = ground_of(&desk);
    let ran = ground.run(&["statement", "--of", "forum", "--output", "it's out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "ssh-keygen -Y verify -f 'it'\\''s out/allowed_signers' -I forum-2 -n undersigned -s 'it'\\''s out/forum-2.sig' < 'it'\\''s out/forum-2.txt'\n\
         ssh-keygen -Y verify -f 'it'\\''s out/allowed_signers' -I forum-2-new-key -n undersigned -s 'it'\\''s out/forum-2-new-key.sig' < 'it'\\''s out/forum-2.txt'\n"
    );
    let (text, one, other) = &desk.signed[1];
    assert_eq!(&ground.read("it's out/forum-2.txt"), text);
    assert_eq!(&ground.read("it's out/forum-2.sig"), one);
    assert_eq!(
        Some(&ground.read("it's out/forum-2-new-key.sig")),
        other.as_ref()
    );
    assert_eq!(
        ground.read("it's out/allowed_signers"),
        format!(
            "forum-2 namespaces=\"undersigned\" {}\nforum-2-new-key namespaces=\"undersigned\" {}\n",
            old.line(),
            new.line()
        )
    );
    let raw = rotated(Container::Raw, &Pen::new(2));
    let ground = ground_of(&raw);
    let ran = ground.run(&["statement", "--of", "forum", "1", "--output", "out"]);
    assert_eq!(
        ran.stdout,
        "openssl pkeyutl -verify -pubin -inkey out/forum-1.pem -rawin -in out/forum-1.txt -sigfile out/forum-1.sig\n"
    );
    assert_eq!(fs::read(ground.at("out/forum-1.sig")).unwrap().len(), 64);
    assert!(
        ground
            .read("out/forum-1.pem")
            .starts_with("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA")
    );
}

#[test]
fn what_does_not_hold_is_handed_out_with_a_word() {
    let pen = Pen::new(1);
    let mut desk = Desk::new("forum", "Forum");
    let text = desk.draft(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(TEXT))],
        &pen,
    );
    desk.put(text.clone(), pen.ssh(b"something else"), None);
    let ground = ground_of(&desk);
    let ran = ground.run(&["statement", "--of", "forum"]);
    assert_eq!((ran.code, ran.stdout), (1, text));
    assert!(ran.stderr.contains("does not hold"), "{}", ran.stderr);
    // With a blank cheque other programs would call it good.
    let identity = crate::pen::blob(
        "ssh-ed25519",
        &{
            let mut point = [0; 32];
            point[0] = 1;
            point
        },
        None,
    );
    let key = format!("ssh-ed25519 {}", crate::pen::base64(&identity));
    let mut cheque = Desk::new("forum", "Forum");
    let text = cheque.draft_for(
        "endorse",
        &[("letter", LETTER), ("text-en", &digest(TEXT))],
        &key,
    );
    cheque.put(text, pen.ssh(b"x"), None);
    let ground = ground_of(&cheque);
    let ran = ground.run(&["statement", "--of", "forum", "--output", "out"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("small order"), "{}", ran.stderr);
    assert!(!ground.at("out").exists());
}

/// Runs each printed line as it stands, in a shell.
fn run_lines(ground: &Ground, lines: &str) -> Vec<bool> {
    let lines = lines.lines().map(|line| {
        let ran = plain("sh", ground.path())
            .args(["-c", line])
            .output()
            .unwrap();
        ran.status.success()
    });
    lines.collect()
}

/// Runs a program that must succeed, and gives what it printed.
fn run(ground: &Ground, program: &str, arguments: &[&str]) -> String {
    let ran = plain(program, ground.path())
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
#[ignore = "needs ssh-keygen and openssl"]
fn the_printed_lines_confirm_what_holds_and_nothing_else() {
    for (container, new) in [
        (Container::Ssh, Pen::new(2)),
        (Container::Ssh, Pen::fido(2)),
        (Container::Raw, Pen::new(2)),
        (Container::Raw, Pen::fido(2)),
    ] {
        let ground = ground_of(&rotated(container, &new));
        for (number, expected) in [("1", 1), ("2", 2)] {
            let folder = "its out".to_owned();
            let ran = ground.run(&["statement", "--of", "forum", number, "--output", &folder]);
            assert_eq!(
                run_lines(&ground, &ran.stdout),
                vec![true; expected],
                "{}",
                ran.stdout
            );
            ground.edit(&format!("{folder}/forum-{number}.txt"), "2026", "2025");
            assert_eq!(
                run_lines(&ground, &ran.stdout),
                vec![false; expected],
                "{}",
                ran.stdout
            );
        }
    }
}

/// What the holder of a key is to sign: in `statement.txt`, and at its desk.
fn to_sign(ground: &Ground, line: &str) -> (Desk, String) {
    let desk = Desk::new("forum", "Forum");
    let texts = [("letter", LETTER), ("text-en", &digest(TEXT))];
    let text = desk.draft_for("endorse", &texts, line);
    ground.write("statement.txt", &text);
    (desk, text)
}

/// With this signature the organization has signed.
fn takes(ground: &Ground, mut desk: Desk, text: String, signature: String) {
    desk.put(text, signature, None);
    ground.write("registry/signatories/forum.yaml", desk.record());
    assert_eq!(ground.standing("forum").as_deref(), Some("signed"));
}

#[test]
#[ignore = "needs ssh-keygen"]
fn what_ssh_keygen_signs_holds() {
    let ground = Ground::with_letter();
    let keygen = |arguments: &[&str]| run(&ground, "ssh-keygen", arguments);
    keygen(&[
        "-q",
        "-t",
        "ed25519",
        "-N",
        "",
        "-C",
        "a comment",
        "-f",
        "key",
    ]);
    let public = ground.read("key.pub");
    let line = public.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let (desk, text) = to_sign(&ground, &line);
    keygen(&[
        "-q",
        "-Y",
        "sign",
        "-n",
        "undersigned",
        "-f",
        "key",
        "statement.txt",
    ]);
    let signature = ground.read("statement.txt.sig");
    takes(&ground, desk, text, signature);
    let fingerprint = keygen(&["-lf", "key.pub"]);
    let key = ground.verify()["letters"][0]["signatories"][0]["key"].clone();
    assert!(fingerprint.contains(key.as_str().unwrap()), "{fingerprint}");
}

#[test]
#[ignore = "needs openssl"]
fn what_openssl_signs_holds() {
    let ground = Ground::with_letter();
    let openssl = |arguments: &[&str]| run(&ground, "openssl", arguments);
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
    openssl(&[
        "pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "key.der",
    ]);
    let der = fs::read(ground.at("key.der")).unwrap();
    let point: [u8; 32] = der[der.len() - 32..].try_into().unwrap();
    let blob = crate::pen::blob("ssh-ed25519", &point, None);
    let line = format!("ssh-ed25519 {}", crate::pen::base64(&blob));
    let (desk, text) = to_sign(&ground, &line);
    openssl(&[
        "pkeyutl",
        "-sign",
        "-rawin",
        "-inkey",
        "key.pem",
        "-in",
        "statement.txt",
        "-out",
        "signature",
    ]);
    let signature = fs::read(ground.at("signature")).unwrap();
    let signature = format!("ed25519:{}", crate::pen::base64(&signature));
    takes(&ground, desk, text, signature);
}

#[test]
#[ignore = "needs ssh-keygen"]
fn what_was_handed_out_before_is_confirmed_after() {
    let ground = ground_of(&rotated(Container::Ssh, &Pen::new(2)));
    ground.write(
        "out/allowed_signers",
        "somebody@forum.example ssh-ed25519 AAAA",
    );
    let lines: String = ["1", "2"]
        .map(|number| {
            ground
                .run(&["statement", "--of", "forum", number, "--output", "out"])
                .stdout
        })
        .concat();
    assert_eq!(run_lines(&ground, &lines), [true, true, true]);
    let signers = ground.read("out/allowed_signers");
    assert!(
        signers.starts_with("somebody@forum.example ssh-ed25519 AAAA\nforum-1 "),
        "{signers}"
    );
    assert_eq!(signers.lines().count(), 4);
}

/// Whether the line that is printed for the last statement confirms it.
fn confirmed(ground: &Ground, id: &str) {
    let shown = ground
        .run(&["statement", "--of", id, "--output", "out"])
        .stdout;
    assert_eq!(run_lines(ground, &shown), [true], "{shown}");
}

#[test]
#[ignore = "needs openssl and ssh-keygen"]
fn keys_of_others_sign_and_what_is_signed_with_them_is_confirmed() {
    let ground = Ground::with_letter();
    let keys = tempfile::tempdir().unwrap();
    let at = |name: &str| keys.path().join(name).to_str().unwrap().to_owned();
    fs::write(at("pass"), "correct horse\n").unwrap();
    let (plain_key, locked, browser, ssh) = (
        at("plain.pem"),
        at("locked.pem"),
        at("browser.pem"),
        at("ssh"),
    );
    run(
        &ground,
        "openssl",
        &["genpkey", "-algorithm", "ed25519", "-out", &plain_key],
    );
    let pass = format!("file:{}", at("pass"));
    // OpenSSL's own choice, and what a browser makes: PBES2, PBKDF2-SHA-256, AES-256-CBC.
    run(
        &ground,
        "openssl",
        &[
            "genpkey",
            "-algorithm",
            "ed25519",
            "-aes-256-cbc",
            "-pass",
            &pass,
            "-out",
            &locked,
        ],
    );
    run(
        &ground,
        "openssl",
        &["genpkey", "-algorithm", "ed25519", "-out", &at("raw.pem")],
    );
    run(
        &ground,
        "openssl",
        &[
            "pkcs8",
            "-topk8",
            "-v2",
            "aes-256-cbc",
            "-v2prf",
            "hmacWithSHA256",
            "-iter",
            "600000",
            "-in",
            &at("raw.pem"),
            "-passout",
            &pass,
            "-out",
            &browser,
        ],
    );
    run(
        &ground,
        "ssh-keygen",
        &["-q", "-t", "ed25519", "-N", "", "-f", &ssh],
    );
    for (number, key) in [&plain_key, &locked, &browser, &ssh]
        .into_iter()
        .enumerate()
    {
        run(&ground, "chmod", &["600", key]);
        let id = format!("example-{number}");
        let name = format!("Example Club {}", ["A", "B", "C", "D"][number]);
        let ran = ground.run(&[
            "sign",
            "--signatory",
            &id,
            "--name",
            &name,
            "--key",
            key,
            "--passphrase-file",
            &at("pass"),
            "--yes",
        ]);
        assert_eq!(ran.code, 0, "{key}: {}{}", ran.stdout, ran.stderr);
        confirmed(&ground, &id);
        if key != &ssh {
            let ran = ground.run(&[
                "withdraw",
                "example-letter",
                "--signatory",
                &id,
                "--raw",
                "--key",
                key,
                "--passphrase-file",
                &at("pass"),
                "--yes",
            ]);
            assert_eq!(ran.code, 0, "{key}: {}{}", ran.stdout, ran.stderr);
            confirmed(&ground, &id);
        }
    }
    assert_eq!(ground.found(), []);
    // A key of ours is read by OpenSSL.
    let ours = at("ours.pem");
    assert_eq!(
        ground
            .run(&["keygen", &ours, "--passphrase-file", &at("pass")])
            .code,
        0
    );
    let told = run(
        &ground,
        "openssl",
        &["pkey", "-in", &ours, "-passin", &pass, "-text", "-noout"],
    );
    assert!(told.contains("ED25519 Private-Key"), "{told}");
}

#[test]
#[ignore = "needs ssh-agent"]
fn a_key_in_an_agent_signs() {
    let ground = Ground::with_letter();
    let keys = tempfile::tempdir().unwrap();
    let file = keys.path().join("key");
    let file = file.to_str().unwrap();
    run(
        &ground,
        "ssh-keygen",
        &[
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            "the forum",
            "-f",
            file,
        ],
    );
    let program = env!("CARGO_BIN_EXE_undersigned");
    let script = format!(
        "ssh-add -q {file} && mv {file} {file}.away && {program} sign --signatory example-a --name 'Example A Club' --agent {file}.pub --yes && \
         {program} withdraw example-letter --signatory example-a --agent 'the forum' --yes"
    );
    let told = run(&ground, "ssh-agent", &["sh", "-c", &script]);
    assert!(told.contains("action: withdraw"), "{told}");
    assert_eq!(ground.standing("example-a").as_deref(), Some("withdrawn"));
    let ran = ground.run(&[
        "sign",
        "--signatory",
        "example-b",
        "--name",
        "B Club",
        "--agent",
        "x",
        "--yes",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no SSH agent answers"),
        "{}",
        ran.stderr
    );
}

/// An organization of which two attest, whose key three signatures recover, and that one maintainer removes.
fn maintained() -> Ground {
    let (alice, bob) = (Pen::new(101), Pen::fido(102));
    let charter = Charter::new(&[("alice", &alice), ("bob", &bob)]);
    let mut desk = Desk::new("forum", "Forum").with("domain", "forum.example");
    desk.endorse(LETTER, TEXT, &Pen::new(1));
    desk.vouch(("alice", &alice), "phone", &Pen::new(1));
    desk.observe(("bob", &bob), &Pen::new(1));
    desk.recover(&charter, &[("alice", &alice), ("bob", &bob)], &Pen::new(2));
    desk.remove(&charter, &[("bob", &bob)]);
    let ground = ground_of(&desk);
    ground.write("registry/registry.yaml", charter.yaml());
    ground
}

/// What is asked of `statement`, and how many signatures that has; one more line for what was seen.
const ASKED: [(&[&str], usize); 4] = [
    (&["1", "--attestation"], 1),
    (&["2", "--attestation"], 2),
    (&["2"], 3),
    (&["3"], 1),
];

#[test]
fn what_maintainers_signed_is_handed_out_with_their_keys() {
    let ground = maintained();
    assert_eq!(ground.found(), []);
    for (asked, number) in ASKED {
        let ran = ground.run(&[&["statement", "--of", "forum", "--output", "out"], asked].concat());
        assert_eq!(
            (ran.code, ran.stdout.lines().count()),
            (0, number),
            "{}",
            ran.stderr
        );
        let exact = ground
            .run(&[&["statement", "--of", "forum"], asked].concat())
            .stdout;
        let stem = match asked.len() {
            2 => format!("out/forum-attestation-{}.txt", asked[0]),
            _ => format!("out/forum-{}.txt", asked[0]),
        };
        assert_eq!(ground.read(&stem), exact);
    }
    let allowed = ground.read("out/allowed_signers");
    for (principal, pen) in [
        ("forum-attestation-1", Pen::new(101)),
        ("forum-attestation-2", Pen::fido(102)),
        ("forum-2-alice", Pen::new(101)),
        ("forum-2-bob", Pen::fido(102)),
        ("forum-2-new-key", Pen::new(2)),
        ("forum-3-bob", Pen::fido(102)),
    ] {
        let line = format!("{principal} namespaces=\"undersigned\" {}\n", pen.line());
        assert!(allowed.contains(&line), "{line}{allowed}");
    }
    let ran = ground.run(&["statement", "--of", "forum", "3", "--attestation"]);
    assert!(
        ran.code == 2
            && ran
                .stderr
                .contains("has 2 attestations, and no attestation 3"),
        "{}",
        ran.stderr
    );
}

#[test]
#[ignore = "needs ssh-keygen"]
fn ssh_keygen_verifies_what_maintainers_signed() {
    let ground = maintained();
    for (asked, number) in ASKED {
        let folder = format!("out {}", asked.join(" "));
        let ran =
            ground.run(&[&["statement", "--of", "forum", "--output", &folder], asked].concat());
        assert_eq!(
            run_lines(&ground, &ran.stdout),
            vec![true; number],
            "{}",
            ran.stdout
        );
        let stem = match asked.len() {
            2 => format!("{folder}/forum-attestation-{}.txt", asked[0]),
            _ => format!("{folder}/forum-{}.txt", asked[0]),
        };
        ground.edit(&stem, "2026", "2025");
        let mut told = vec![false; number];
        if asked == ["2", "--attestation"] {
            // What was seen is as it was, until it is changed too.
            told[1] = true;
            assert_eq!(run_lines(&ground, &ran.stdout), told);
            let body = stem.replace(".txt", ".body");
            ground.edit(&body, "# our keys", "# my keys");
            told[1] = false;
        }
        assert_eq!(run_lines(&ground, &ran.stdout), told);
    }
}
