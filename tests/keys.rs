//! Keys of others: what opens them, what they may cost, what other programs are told and never told, and whom a person is told to ask.

use crate::ground::{Ground, Ran, TEXT, here};
use crate::pen::{Desk, Pen, base64, blob, digest, string, unbase64};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;

const CLUB: &str = "registry/signatories/example-lake-club.yaml";
const PASSPHRASE: &str = "correct horse 예시";
const SIGN: [&str; 8] = [
    "sign",
    "--signatory",
    "example-lake-club",
    "--name",
    "Example Lake Club",
    "--yes",
    "--date",
    "2026-11-23",
];

/// A registry, a folder for keys outside of it, and programs that stand in for others.
struct Place {
    ground: Ground,
    keys: TempDir,
}

impl Place {
    fn new() -> Self {
        let ground = Ground::with_letter();
        ground.commit("first");
        let keys = tempfile::tempdir().unwrap();
        Self { ground, keys }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.keys.path().join(name)
    }

    fn path(&self, name: &str) -> String {
        self.at(name).to_str().unwrap().to_owned()
    }

    /// A file that its owner alone reads, or runs.
    fn write(&self, name: &str, content: &str, mode: u32) -> String {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        self.path(name)
    }

    /// A script that is found before the program of that name.
    fn stub(&self, program: &str, script: &str) {
        let script = format!("#!/bin/sh\nplace='{}'\n{script}", self.path(""));
        self.write(&format!("bin/{program}"), &script, 0o755);
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", self.path("bin"));
        self.ground.run_with(arguments, &[("PATH", &path)])
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str], said: &[&str]) {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        for said in said {
            assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        }
        assert!(!self.ground.at(CLUB).exists());
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }
}

fn pem(label: &str, bytes: &[u8], width: usize) -> String {
    let all = base64(bytes);
    let lines: Vec<&str> = all
        .as_bytes()
        .chunks(width)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}

/// The recorded keys: by whom, the PKCS#8, and the public key.
fn recorded() -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let all = fs::read_to_string(here().join("tests/vectors/keys.txt")).unwrap();
    let lines = all.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.split(' ');
            let mut part = || parts.next().unwrap();
            (part().to_owned(), unbase64(part()), unbase64(part()))
        })
        .collect()
}

#[test]
fn keys_made_by_browsers_and_by_openssl_sign() {
    let all = recorded();
    assert_eq!(all.len(), 3);
    for (name, bytes, point) in all {
        let place = Place::new();
        let pass = place.write("pass", &format!("{PASSPHRASE}\n"), 0o600);
        let file = place.write("key.pem", &pem("ENCRYPTED PRIVATE KEY", &bytes, 64), 0o600);
        let own = ["--key", &file, "--passphrase-file", &pass];
        let ran = place.run(&[&SIGN[..], &own].concat());
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let line = base64(&blob("ssh-ed25519", &point, None));
        assert!(place.ground.read(CLUB).contains(&line), "{name}");
        let standing = place.ground.standing("example-lake-club");
        assert_eq!(standing.as_deref(), Some("signed"), "{name}");
    }
}

/// A value in DER.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut all = vec![tag];
    match body.len() {
        short if short < 128 => all.push(short as u8),
        long => all.extend([0x81, u8::try_from(long).unwrap()]),
    }
    all.extend(body);
    all
}

/// An encrypted key whose passphrase becomes a key by these means.
fn locked_by(derivation: &[u8]) -> Vec<u8> {
    let pbes2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 13];
    let aes = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a];
    let cipher = der(0x30, &[&der(6, &[&aes]), &der(4, &[&[7; 16]])]);
    let means = der(0x30, &[derivation, &cipher]);
    let scheme = der(0x30, &[&der(6, &[&pbes2]), &means]);
    der(0x30, &[&scheme, &der(4, &[&[9; 64]])])
}

fn pbkdf2(rounds: &[u8], hash: u8) -> Vec<u8> {
    let hmac = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 2, hash];
    let pbkdf2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 12];
    let hmac = der(0x30, &[&der(6, &[&hmac]), &[5, 0]]);
    let how = der(0x30, &[&der(4, &[&[1; 8]]), &der(2, &[rounds]), &hmac]);
    der(0x30, &[&der(6, &[&pbkdf2]), &how])
}

fn scrypt(cost: &[u8], block: &[u8], lanes: &[u8]) -> Vec<u8> {
    let scrypt = [0x2b, 6, 1, 4, 1, 0xda, 0x47, 4, 11];
    let numbers = [der(2, &[cost]), der(2, &[block]), der(2, &[lanes])].concat();
    let how = der(0x30, &[&der(4, &[&[1; 8]]), &numbers]);
    der(0x30, &[&der(6, &[&scrypt]), &how])
}

#[test]
fn what_a_key_may_cost_has_limits() {
    let place = Place::new();
    let pass = place.write("pass", "x\n", 0o600);
    for (derivation, said) in [
        (
            pbkdf2(&[0x00, 0x98, 0x96, 0x81], 9),
            "asks for 10000001 rounds of PBKDF2, and at most 10000000 are done",
        ),
        (pbkdf2(&[0x7f, 0xff, 0xff, 0xff], 9), "rounds of PBKDF2"),
        // More rounds than a number holds, and a hash that is not done here.
        (
            pbkdf2(&[0x7f, 0xff, 0xff, 0xff, 0xff], 9),
            "encrypted in a way that is not read here",
        ),
        (pbkdf2(&[1], 7), "encrypted in a way that is not read here"),
        (
            scrypt(&[1, 0, 0, 0, 0], &[8], &[1]),
            "scrypt with 4398046511104 bytes of memory",
        ),
        (
            scrypt(&[0x00, 0x80, 0, 0, 0, 0, 0, 0, 0], &[0x7f, 0xff], &[1]),
            "at most 268435456 bytes and 16 times are done",
        ),
        (
            scrypt(&[2], &[0x7f, 0xff], &[0x7f, 0xff]),
            "filled 32767 times",
        ),
        (pbkdf2(&[1], 9), "the passphrase does not open"),
        (scrypt(&[2], &[1], &[16]), "the passphrase does not open"),
    ] {
        let pem = pem("ENCRYPTED PRIVATE KEY", &locked_by(&derivation), 64);
        let file = place.write("key.pem", &pem, 0o600);
        let own = ["--key", &file, "--passphrase-file", &pass];
        place.fails(&[&SIGN[..], &own].concat(), &[said, "key.pem", "help: "]);
    }
}

/// A private key's file as OpenSSH writes it, as far as anybody without the passphrase sees.
fn openssh(pen: &Pen, cipher: &str) -> String {
    let mut all = b"openssh-key-v1\0".to_vec();
    for part in [cipher.as_bytes(), b"bcrypt", b""] {
        all.extend(string(part));
    }
    all.extend(1u32.to_be_bytes());
    all.extend(string(&pen.blob()));
    all.extend(string(&[5; 160]));
    pem("OPENSSH PRIVATE KEY", &all, 70)
}

/// What the club signs with this key.
fn signature(place: &Place, pen: &Pen) {
    let desk = Desk::new("example-lake-club", "Example Lake Club");
    let lines = [("letter", "example-letter"), ("text-en", &*digest(TEXT))];
    let text = desk.draft("endorse", &lines, pen);
    place.write("signature", &pen.ssh(text.as_bytes()), 0o600);
}

/// Stands in for `ssh-keygen`: asks as it does, notes what it saw, and signs.
const ASKS: &str = r#"
for last; do :; done
printf '%s\n' "$@" > "$place/arguments"
env > "$place/environment"
"$SSH_ASKPASS" 'Enter PIN for ED25519-SK key passphrase: ' > "$place/pin" && exit 9
"$SSH_ASKPASS" "Enter passphrase for key: " > "$place/heard" || {
    echo 'Load key "x": incorrect passphrase supplied to decrypt private key' >&2
    exit 255
}
cp "$last" "$place/text"
cp "$place/signature" "$last.sig"
"#;

#[test]
fn ssh_keygen_hears_the_passphrase_and_nobody_else_does() {
    let place = Place::new();
    let pen = Pen::new(5);
    signature(&place, &pen);
    place.stub("ssh-keygen", ASKS);
    let file = place.write("key", &openssh(&pen, "aes256-ctr"), 0o600);
    let odd = "  it's \u{1b}[31m long \\n";
    let pass = place.write("pass", &format!("{odd}\nsecond\n"), 0o600);
    let own = [&SIGN[..], &["--key", &file]].concat();
    let given = [&own[..], &["--passphrase-file", &pass]].concat();
    let ran = place.run(&given);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(place.read("heard"), odd);
    assert_eq!(place.read("pin"), "", "a PIN is no passphrase");
    assert!(place.read("text").starts_with("undersigned statement v1\n"));
    for seen in ["arguments", "environment"] {
        assert!(!place.read(seen).contains("it's"), "{}", place.read(seen));
    }
    let environment = place.read("environment");
    assert!(
        environment.contains("\nSSH_ASKPASS_REQUIRE=force\n"),
        "{environment}"
    );
    let passed = place.read("arguments");
    let left = passed.lines().last().unwrap();
    assert!(!fs::exists(left).unwrap(), "{left} is left behind");
    let standing = place.ground.standing("example-lake-club");
    assert_eq!(standing.as_deref(), Some("signed"));
    // Where nobody sits, nobody is asked at whatever terminal started the program.
    place.ground.remove(CLUB);
    place.fails(
        &own,
        &[
            "key cannot be asked here",
            "help: Answer it with --passphrase-file FILE, or add the key to an agent",
        ],
    );
    assert_eq!(place.read("heard"), "");
    let empty = place.write("empty", "\n", 0o600);
    place.fails(
        &[&own[..], &["--passphrase-file", &empty]].concat(),
        &["the passphrase does not open "],
    );
}

#[test]
fn a_passphrase_is_read_only_where_a_key_has_one() {
    let place = Place::new();
    let pen = Pen::new(5);
    signature(&place, &pen);
    place.stub(
        "ssh-keygen",
        "cat > \"$place/text\"; cat \"$place/signature\"\n",
    );
    let file = place.write("key", &openssh(&pen, "none"), 0o600);
    let ran = place.run(&[&SIGN[..], &["--key", &file, "--passphrase-file", "absent"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(place.read("text").starts_with("undersigned statement v1\n"));
}

#[test]
fn a_rotation_takes_a_passphrase_for_each_key() {
    let place = Place::new();
    let (one, other) = (
        place.write("one", "first words\n", 0o600),
        place.write("other", "other words\n", 0o600),
    );
    let (old, new) = (place.path("old.pem"), place.path("new.pem"));
    for (file, pass) in [(&old, &one), (&new, &other)] {
        let ran = place.run(&["keygen", file, "--passphrase-file", pass]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let own = ["--key", &old, "--passphrase-file", &one];
    let ran = place.run(&[&SIGN[..], &own].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rotate = [
        "rotate",
        "--signatory",
        "example-lake-club",
        "--yes",
        "--new-key",
        &new,
        "--key",
        &old,
    ];
    let run = |more: &[&str]| place.run(&[&rotate[..], more].concat());
    let pass = ["--passphrase-file", &one];
    let ran = run(&pass);
    assert!(ran.stderr.contains("does not open"), "{}", ran.stderr);
    assert!(ran.stderr.contains("new.pem"), "{}", ran.stderr);
    let ran = run(&["--passphrase-file", "-", "--new-passphrase-file", "-"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot give two"), "{}", ran.stderr);
    let ran = run(&[&pass[..], &["--new-passphrase-file", &other]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(place.ground.found(), []);
    // Back, with the old key in an agent: it signs what it is given, which is not what it should.
    place.stub("ssh-add", "cat \"$place/held\"\n");
    place.stub("ssh-keygen", "cat \"$place/signature\"\n");
    let pen = Pen::new(5);
    place.write("held", &format!("{} the club\n", pen.line()), 0o600);
    place.write("signature", &pen.ssh(b"something else"), 0o600);
    let ran = place.run(&[
        "rotate",
        "--signatory",
        "example-lake-club",
        "--yes",
        "--new-agent",
        "the club",
        "--key",
        &new,
        "--passphrase-file",
        &other,
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("signature-does-not-hold"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_an_agent_lacks_is_said_as_it_is() {
    let place = Place::new();
    let own = [&SIGN[..], &["--agent", "the club"]].concat();
    place.stub("ssh-add", "echo 'The agent has no identities.'; exit 1\n");
    place.fails(&own, &["the SSH agent holds no key", "`ssh-add FILE`"]);
    place.stub("ssh-add", "exit 2\n");
    place.fails(&own, &["no SSH agent answers\n", "ssh-agent"]);
    let (one, other) = (Pen::new(1), Pen::new(2));
    let held = format!("{} the club\n{} the club\n", one.line(), other.line());
    place.write("held", &held, 0o600);
    place.stub("ssh-add", "cat \"$place/held\"\n");
    let both = format!("{}, {}.", one.fingerprint(), other.fingerprint());
    place.fails(&own, &["the agent holds 2 keys `the club`", &both]);
    // By its fingerprint it is one, and it signs.
    place.stub("ssh-keygen", "cat \"$place/signature\"\n");
    signature(&place, &other);
    let print = other.fingerprint();
    let ran = place.run(&[&SIGN[..], &["--agent", &print]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_person_is_told_to_touch_a_fido_key() {
    let place = Place::new();
    let pen = Pen::fido(3);
    signature(&place, &pen);
    let file = place.write("key", &openssh(&pen, "none"), 0o600);
    let own = [&SIGN[..], &["--key", &file]].concat();
    // It says so before anybody waits.
    place.stub(
        "ssh-keygen",
        "echo \"Couldn't sign message: invalid format\" >&2; exit 255\n",
    );
    let told = format!(
        "note: touch the FIDO key when it blinks: {}\n",
        pen.fingerprint()
    );
    place.fails(
        &own,
        &[
            &told,
            "invalid format; the FIDO key may not have been touched in time\n",
            "touch the key while it blinks",
        ],
    );
    place.stub("ssh-keygen", "cat \"$place/signature\"\n");
    let ran = place.run(&own);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.ends_with(&told), "{}", ran.stderr);
}

#[test]
fn what_is_no_key_file_is_said_with_a_way_out() {
    let place = Place::new();
    let own = |file: &str| -> Vec<String> {
        let mut all: Vec<String> = SIGN.iter().map(|one| (*one).to_owned()).collect();
        all.extend(["--key".to_owned(), file.to_owned()]);
        all
    };
    let fails = |file: &str, said: &[&str]| {
        let all = own(file);
        place.fails(&all.iter().map(String::as_str).collect::<Vec<_>>(), said);
    };
    let pipe = place.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    fails(
        &pipe,
        &[
            "is not a plain file",
            "help: Name a file of `undersigned keygen`",
        ],
    );
    let large = place.write("large", &"x".repeat(65_537), 0o600);
    fails(
        &large,
        &["is larger than the 65536 bytes", "help: Name a file of"],
    );
    let broken = place.write("broken", &pem("PRIVATE KEY", b"xxx", 64), 0o600);
    fails(&broken, &["broken holds no Ed25519 key in PKCS#8"]);
    let open = place.write("it's open", &pem("PRIVATE KEY", b"xxx", 64), 0o644);
    let quoted = format!("`chmod 600 '{}'`", open.replace('\'', r"'\''"));
    fails(&open, &[&quoted]);
    let key = place.path("key.pem");
    let ran = place.run(&["keygen", &key, "--passphrase-file", &pipe]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("help: --passphrase-file takes a plain file of at most 4096 bytes, or - for standard input."),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_keygen_says_is_so_and_does_not_act() {
    let place = Place::new();
    let ran = place.run(&[
        "keygen",
        &place.path("a\u{1b}[31mb\nkey"),
        "--no-passphrase",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("a\\u{1b}[31mb\\u{a}key\n"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains('\u{1b}'), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("has no passphrase: whoever reads it can sign")
    );
    assert!(!ran.stdout.contains("its passphrase"), "{}", ran.stdout);
    assert!(
        ran.stdout
            .contains("Publish it, give the domain with --domain when you sign"),
        "{}",
        ran.stdout
    );
    let pass = place.write("pass", "x\n", 0o600);
    let ran = place.run(&["keygen", &place.path("b"), "--passphrase-file", &pass]);
    assert!(
        ran.stdout.contains("Keep the file and its passphrase"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_way_back_through_a_folder_that_is_not_there_leads_into_the_registry_too() {
    let place = Place::new();
    // Seen from outside: nothing of the registry is on the way, until the folder is made.
    let name = place.ground.path().file_name().unwrap().to_str().unwrap();
    let around = place.path(&format!("missing/../../{name}/registry/k.pem"));
    for file in ["missing/../registry/k.pem", "registry/new/k.pem", &around] {
        let ran = place.run(&["keygen", file, "--no-passphrase"]);
        assert_eq!(ran.code, 2, "{file}: {}", ran.stdout);
        let said = "lies in the repository of a registry";
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(!place.at("missing").exists() && !place.ground.at("missing").exists());
    let outside = place.path("missing/../k.pem");
    let ran = place.run(&["keygen", &outside, "--no-passphrase"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
#[ignore = "needs ssh-keygen"]
fn a_key_of_ssh_keygen_opens_with_its_passphrase_alone() {
    let place = Place::new();
    let file = place.path("key");
    let made = crate::ground::plain("ssh-keygen", place.keys.path())
        .args(["-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", &file])
        .output()
        .unwrap();
    assert!(made.status.success());
    let pass = place.write("pass", &format!("{PASSPHRASE}\n"), 0o600);
    let wrong = place.write("wrong", "battery staple\n", 0o600);
    let own = [&SIGN[..], &["--key", &file]].concat();
    place.fails(
        &own,
        &["key cannot be asked here", "--passphrase-file FILE"],
    );
    let with = |pass: &str| -> Vec<String> {
        let mut all: Vec<String> = own.iter().map(|one| (*one).to_owned()).collect();
        all.extend(["--passphrase-file".to_owned(), pass.to_owned()]);
        all
    };
    let arguments = with(&wrong);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    place.fails(&arguments, &["the passphrase does not open "]);
    let arguments = with(&pass);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = place.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let standing = place.ground.standing("example-lake-club");
    assert_eq!(standing.as_deref(), Some("signed"));
}

#[test]
#[ignore = "needs ssh-keygen and script"]
fn nobody_at_the_terminal_is_asked_where_standard_input_is_none() {
    let place = Place::new();
    let file = place.path("key");
    let made = crate::ground::plain("ssh-keygen", place.keys.path())
        .args(["-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", &file])
        .output()
        .unwrap();
    assert!(made.status.success());
    let program = env!("CARGO_BIN_EXE_undersigned");
    let line = format!(
        "{program} sign --signatory example-lake-club --name 'Example Lake Club' --key {file} --yes < /dev/null"
    );
    let ran = crate::ground::plain("timeout", place.ground.path())
        .args(["60", "script", "-qec", &line, "/dev/null"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(told.contains("key cannot be asked here"), "{told}");
}

#[test]
fn a_passphrase_comes_through_standard_input_too() {
    let place = Place::new();
    let run = |arguments: &[&str]| {
        let mut child =
            crate::ground::plain(env!("CARGO_BIN_EXE_undersigned"), place.ground.path())
                .args(arguments)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all("correct horse\r\nmore\n".as_bytes())
            .unwrap();
        drop(pipe);
        let ran = child.wait_with_output().unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    };
    let key = place.path("key.pem");
    run(&["keygen", &key, "--passphrase-file", "-"]);
    run(&[&SIGN[..], &["--key", &key, "--passphrase-file", "-"]].concat());
    place.ground.remove(CLUB);
    let pass = place.write("pass", "correct horse", 0o600);
    let ran = place.run(&[&SIGN[..], &["--key", &key, "--passphrase-file", &pass]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn what_is_read_never_moves_to_a_larger_place() {
    // A place that is left behind would keep a secret that nobody wipes.
    let place = Place::new();
    for size in [0, 1, 31, 32, 33, 4096, 65_536] {
        let file = place.write("file", &"x".repeat(size), 0o600);
        let read = undersigned::registry::worktree::read_at_most(file.as_ref(), 65_536).unwrap();
        assert_eq!((read.len(), read.capacity()), (size, size + 1));
    }
}
