//! The only file that runs other programs: `ssh-keygen` and `ssh-add`, which hold keys that we never see.

use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::shorten;
use crate::signature::key::PublicKey;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// No signature and no complaint is longer.
const PRINTED: u64 = 16 * 1024;

/// Signs a text with the key in a file, or with the agent's where the file is a public key.
pub fn ssh_sign(key: &Path, text: &[u8], ask: bool) -> Result<String, Error> {
    let mut command = Command::new("ssh-keygen");
    command
        .args(["-Y", "sign", "-n", "undersigned", "-f"])
        .arg(key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if !ask {
        // Where nobody sits, nobody is asked for a passphrase.
        command
            .env("SSH_ASKPASS_REQUIRE", "force")
            .env("SSH_ASKPASS", "false");
    }
    let mut child = command
        .spawn()
        .map_err(|error| absent("ssh-keygen", &error))?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ends early says why itself.
        let _ = input.write_all(text);
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
        return Err(Error::new(format!(
            "ssh-keygen did not sign: {}",
            visible(&shorten(last_line(&said), 200))
        ))
        .with_help(remedy(&said)));
    }
    String::from_utf8(printed).map_err(|_| Error::new("ssh-keygen printed no signature"))
}

/// Reads what a program prints, and says whether that was all; it cannot print on where nobody reads.
fn read_some(from: Option<impl Read>, into: &mut Vec<u8>) -> bool {
    let Some(from) = from else {
        return true;
    };
    // What cannot be read was not printed.
    let _ = from.take(PRINTED + 1).read_to_end(into);
    u64::try_from(into.len()).is_ok_and(|read| read <= PRINTED)
}

/// The keys that the agent holds, each as a line with its comment.
pub fn agent_keys() -> Result<Vec<(PublicKey, String)>, Error> {
    let ran = Command::new("ssh-add")
        .arg("-L")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| absent("ssh-add", &error))?;
    if !ran.status.success() {
        return Err(Error::new("no SSH agent answers, or it holds no key")
            .with_help("Start one with `eval $(ssh-agent)` and add the key with `ssh-add`, or name a file with --key."));
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

fn remedy(said: &str) -> &'static str {
    let says = |words: &str| said.to_lowercase().contains(words);
    if says("incorrect passphrase") {
        "The passphrase does not open the key; run it again, or add the key to an agent with `ssh-add`."
    } else if says("agent") {
        "Start an agent with `eval $(ssh-agent)` and add the key with `ssh-add`."
    } else if says("permissions") {
        "Let nobody else read the key file: `chmod 600 FILE`."
    } else if says("device") || says("touch") || says("presence") {
        "Plug the FIDO key in, and touch it when it blinks."
    } else {
        "Try the same by hand: `ssh-keygen -Y sign -n undersigned -f KEY statement.txt`."
    }
}
