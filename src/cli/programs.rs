//! The only file that runs other programs: `ssh-keygen` and `ssh-add`, for keys that this program does not sign with itself, and `git clone`.

use super::{askpass, door};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::shorten;
use crate::base::shell::quoted;
use crate::registry::worktree::read_at_most;
use crate::signature::key::PublicKey;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// No signature and no complaint of `ssh-keygen` is longer.
const LARGEST: u64 = 16 * 1024;

/// How `ssh-keygen` comes by a passphrase.
#[derive(Clone, Copy)]
pub enum Passphrase<'a> {
    /// It asks somebody at the terminal.
    Typed,
    /// It is handed over.
    Given(&'a str),
    /// Nobody is there; the flag would name a file.
    Nobody(&'static str),
}

/// Signs a text with the key in a file, or with the agent's where the file is a public key.
pub fn ssh_sign(
    file: &Path,
    key: &PublicKey,
    text: &[u8],
    passphrase: Passphrase<'_>,
) -> Result<String, Error> {
    let mut command = Command::new("ssh-keygen");
    command
        .args(["-Y", "sign", "-n", "undersigned", "-f"])
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let answer = match passphrase {
        Passphrase::Typed => None,
        Passphrase::Given(_) => Some(askpass::GIVEN),
        Passphrase::Nobody(_) => Some(askpass::NOBODY),
    };
    if let Some(answer) = answer {
        // Without this it would ask at the terminal that started us, whoever sits there.
        command
            .env("SSH_ASKPASS_REQUIRE", "force")
            .env("SSH_ASKPASS", askpass::program()?)
            .env(askpass::ASKED_BY, answer);
    }
    let mut input = text;
    let mut folder = None;
    if let Passphrase::Given(passphrase) = passphrase {
        // The text lies in a file, so that the pipe is free for the passphrase: the program that
        // `ssh-keygen` runs to ask for it inherits that pipe.
        let passing = door::passing_folder("statement", text)?;
        command.arg(passing.path().join("statement"));
        folder = Some(passing);
        input = passphrase.as_bytes();
    }
    let mut child = command
        .spawn()
        .map_err(|error| absent("ssh-keygen", &error))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that ends early says why itself.
        let _ = pipe.write_all(input);
    }
    let (mut printed, mut said) = (Vec::new(), Vec::new());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let whole = std::thread::scope(|scope| {
        scope.spawn(|| read_some(stderr, &mut said));
        let whole = read_some(stdout, &mut printed);
        if !whole {
            // It may print on for ever.
            let _ = child.kill();
        }
        whole
    });
    let status = child.wait().map_err(|error| absent("ssh-keygen", &error))?;
    let said = String::from_utf8_lossy(&said);
    if !whole {
        return Err(Error::new("ssh-keygen printed far more than a signature")
            .with_help("Look at which program runs under that name: `command -v ssh-keygen`."));
    }
    if !status.success() {
        return Err(unsigned(file, key, &said, passphrase));
    }
    let signature = match folder {
        Some(folder) => read_at_most(&folder.path().join("statement.sig"), LARGEST)?,
        None => printed,
    };
    String::from_utf8(signature).map_err(|_| Error::new("ssh-keygen printed no signature"))
}

/// Reads what a program prints, and says whether that was all; it cannot print on where nobody reads.
fn read_some(from: Option<impl Read>, into: &mut Vec<u8>) -> bool {
    let Some(from) = from else {
        return true;
    };
    // What cannot be read was not printed.
    let _ = from.take(LARGEST + 1).read_to_end(into);
    u64::try_from(into.len()).is_ok_and(|read| read <= LARGEST)
}

/// The keys that the agent holds, each as a line with its comment.
pub fn agent_keys() -> Result<Vec<(PublicKey, String)>, Error> {
    /// How `ssh-add` ends where an agent answers, and has nothing.
    const EMPTY: i32 = 1;
    let ran = Command::new("ssh-add")
        .arg("-L")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| absent("ssh-add", &error))?;
    if !ran.status.success() {
        return Err(match ran.status.code() {
            Some(EMPTY) => Error::new("the SSH agent holds no key")
                .with_help("Add one with `ssh-add FILE`, or name a file with --key."),
            _ => Error::new("no SSH agent answers").with_help(
                "Start one with `eval $(ssh-agent)` and add the key with `ssh-add`, or name a file with --key.",
            ),
        });
    }
    let printed = String::from_utf8_lossy(&ran.stdout);
    let keys = printed.lines().filter_map(|line| {
        let mut parts = line.splitn(3, ' ');
        let (kind, blob) = (parts.next()?, parts.next()?);
        let key = PublicKey::parse(&format!("{kind} {blob}")).ok()?;
        Some((key, parts.next().unwrap_or_default().to_owned()))
    });
    Ok(keys.collect())
}

/// Clones a repository, bare, into a folder that is there and empty; only by https, ssh and from files.
pub fn clone(url: &str, folder: &Path, ask: bool) -> Result<(), Error> {
    let mut command = Command::new("git");
    for setting in [
        "protocol.allow=never",
        "protocol.https.allow=always",
        "protocol.ssh.allow=always",
        "protocol.file.allow=always",
        "core.hooksPath=/dev/null",
    ] {
        command.args(["-c", setting]);
    }
    command
        .args([
            "clone",
            "--quiet",
            "--bare",
            "--no-hardlinks",
            "--template=",
            "--",
        ])
        .arg(url)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    if !ask {
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("SSH_ASKPASS", "false");
        command
            .env("GIT_ASKPASS", "false")
            .env("SSH_ASKPASS_REQUIRE", "force");
    }
    let ran = command.output().map_err(|error| {
        Error::new(format!("git cannot be run: {error}"))
            .with_help("Install git, or name a repository that is on this computer.")
    })?;
    if ran.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    Err(Error::new(format!(
        "{} cannot be cloned: {}",
        visible(&shorten(url, 200)),
        visible(&shorten(last_line(&said), 200))
    ))
    .with_help("Clone it by hand with git, and name the folder."))
}

fn absent(program: &str, error: &std::io::Error) -> Error {
    Error::new(format!("{program} cannot be run: {error}"))
        .with_help("Install OpenSSH, or sign with a key of `undersigned keygen`.")
}

fn last_line(said: &str) -> &str {
    let mut lines = said.lines().rev();
    lines
        .find(|line| !line.trim().is_empty())
        .unwrap_or("it gave no reason")
}

/// Why there is no signature, and what to do about it.
fn unsigned(file: &Path, key: &PublicKey, said: &str, passphrase: Passphrase<'_>) -> Error {
    let says = |words: &str| said.to_lowercase().contains(words);
    let shown = file.display();
    let failed = Error::new(format!(
        "ssh-keygen did not sign: {}",
        visible(&shorten(last_line(said), 200))
    ));
    let fido = key.application().is_some();
    if says("incorrect passphrase") && fido {
        return failed.with_help(
            "Give the passphrase of the key's file, and its PIN where it has one: a PIN is asked at a terminal alone.",
        );
    }
    if says("incorrect passphrase") {
        return match passphrase {
            Passphrase::Nobody(flag) => Error::new(format!(
                "the passphrase of {shown} cannot be asked here"
            ))
            .with_help(format!(
                "Answer it with {flag} FILE, or add the key to an agent with `ssh-add`."
            )),
            _ => Error::new(format!("the passphrase does not open {shown}"))
                .with_help("Give the passphrase that the key was made with."),
        };
    }
    if fido {
        let what = format!(
            "{}; the FIDO key may not have been touched in time",
            failed.what()
        );
        return Error::new(what)
            .with_help("Plug the FIDO key in, run it again, and touch the key while it blinks.");
    }
    if says("agent refused") || says("refused operation") {
        failed.with_help(
            "The agent has the key and did not sign: somebody declined where it asked, or its key is locked. Run it again and confirm, or name a file with --key.",
        )
    } else if says("agent") {
        failed.with_help("Start an agent with `eval $(ssh-agent)` and add the key with `ssh-add`.")
    } else if says("permissions") {
        failed.with_help(format!(
            "Let nobody else read the key file: `chmod 600 {}`.",
            quoted(file)
        ))
    } else {
        failed.with_help(
            "Try the same by hand: `ssh-keygen -Y sign -n undersigned -f KEY statement.txt`.",
        )
    }
}
