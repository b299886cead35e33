//! The only file that runs other programs: `ssh-keygen` and `ssh-add`, which hold keys that we never see, and `git clone`.

use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::shorten;
use crate::signature::key::PublicKey;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

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
    let ran = child
        .wait_with_output()
        .map_err(|error| absent("ssh-keygen", &error))?;
    let said = String::from_utf8_lossy(&ran.stderr);
    if !ran.status.success() {
        return Err(Error::new(format!(
            "ssh-keygen did not sign: {}",
            visible(&shorten(last_line(&said), 200))
        ))
        .with_help(remedy(&said)));
    }
    String::from_utf8(ran.stdout).map_err(|_| Error::new("ssh-keygen printed no signature"))
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
