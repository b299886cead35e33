//! Private keys where no private key should be: anywhere in a repository. Implements docs/formats/1-tree.md, private keys.

use super::layout::{self, Slot};
use crate::base::finding::Finding;
use crate::base::rule::PRIVATE_KEY_IN_REPOSITORY;
use crate::base::source::{Source, Span};

/// Larger files are no keys.
pub const LARGEST: u64 = 16 * 1024;

/// Whether a file is asked here; of a record it is asked where it is read, whatever its size.
pub fn asks(path: &str) -> bool {
    !matches!(layout::slot(path), Some(Slot::Record(_)))
}

/// So many lines of headers and blanks may stand between the first line of a key and its body.
const HEADERS: usize = 16;

/// So many lines of a public key may stand before PuTTY's private one.
const PUBLIC: usize = 64;

const BEGIN: &[u8] = b"-----BEGIN ";
const ENDS: [&[u8]; 2] = [b"PRIVATE KEY-----", b"PRIVATE KEY BLOCK-----"];
const PUTTY: &[u8] = b"PuTTY-User-Key-File-";
const PUTTY_PRIVATE: &[u8] = b"Private-Lines: ";

/// The finding, where a file's bytes hold a private key: in PEM, in OpenPGP's armor, or as PuTTY writes it.
pub fn private_key(path: &str, bytes: &[u8]) -> Option<Finding> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let mut start = 0;
    while let Some(line) = lines.next() {
        if begins(bare(line), lines.clone().map(bare)) {
            let source = Source::new(path, String::from_utf8_lossy(bytes));
            let span = Span::new(start, start + line.len());
            let message = "a private key begins here";
            return Some(Finding::at(
                &PRIVATE_KEY_IN_REPOSITORY,
                &source,
                span,
                message,
            ));
        }
        start += line.len() + 1;
    }
    None
}

/// Whether a private key begins with this line and goes on in the next.
fn begins<'a>(line: &[u8], mut next: impl Iterator<Item = &'a [u8]>) -> bool {
    if line.starts_with(PUTTY) {
        return next
            .take(PUBLIC)
            .any(|line| line.starts_with(PUTTY_PRIVATE));
    }
    if !line.starts_with(BEGIN) || !ENDS.iter().any(|end| line.ends_with(end)) {
        return false;
    }
    let mut between = 0;
    next.find(|line| {
        between += 1;
        between > HEADERS || !(line.is_empty() || is_header(line))
    })
    .is_some_and(is_base64)
}

/// A line without the blanks around it and the marks with which it is quoted or commented out.
fn bare(line: &[u8]) -> &[u8] {
    let mut line = line.trim_ascii();
    while let [b'#' | b'/' | b'*' | b'>' | b';' | b'|' | b'%', rest @ ..] = line {
        line = rest.trim_ascii_start();
    }
    line
}

/// Whether a line is a header, such as `Proc-Type: 4,ENCRYPTED` (RFC 1421) or `Comment: x` (RFC 9580).
fn is_header(line: &[u8]) -> bool {
    let mut parts = line.splitn(2, |byte| *byte == b':');
    let name = parts.next().unwrap_or_default();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    parts.next().is_some() && !name.is_empty() && name.iter().all(plain)
}

fn is_base64(line: &[u8]) -> bool {
    let digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    line.len() >= 16 && line.iter().all(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_and_talk_of_one_is_not() {
        let pem =
            |label: &str| format!("a\n-----BEGIN {label}-----\nMC4CAQAwBQYDK2VwBCIEIAABAgME\n");
        for label in [
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "RSA PRIVATE KEY",
        ] {
            let found = private_key("key.pem", pem(label).as_bytes()).unwrap();
            assert_eq!(found.place.unwrap().line, 2, "{label}");
        }
        assert!(private_key("x", pem("PUBLIC KEY").as_bytes()).is_none());
        assert!(
            private_key(
                "x",
                b"the line -----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIE\n"
            )
            .is_none()
        );
        assert!(private_key("x", b"-----BEGIN PRIVATE KEY-----\nis how it begins\n").is_none());
    }

    #[test]
    fn a_key_is_found_behind_headers_and_marks() {
        for (file, line) in [
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMC4CAQAwBQYDK2VwBCIE\n",
                1,
            ),
            (
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\r\nComment: ours\r\n\r\nMC4CAQAwBQYDK2VwBCIE\r\n",
                1,
            ),
            ("-----BEGIN PRIVATE KEY-----\n\nMC4CAQAwBQYDK2VwBCIE\n", 1),
            (
                "id: forum\n# -----BEGIN PRIVATE KEY-----\n# MC4CAQAwBQYDK2VwBCIE\n",
                2,
            ),
            (
                "  // > -----BEGIN PRIVATE KEY-----\n  // > MC4CAQAwBQYDK2VwBCIE\n",
                1,
            ),
            (
                "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\nAAAA\n",
                1,
            ),
        ] {
            let found = private_key("key", file.as_bytes());
            assert_eq!(
                found.and_then(|found| found.place).unwrap().line,
                line,
                "{file}"
            );
        }
        for talk in [
            "PuTTY-User-Key-File-3: is how it begins\n",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nMC4CAQAwBQYDK2VwBCIE\n",
            "-----BEGIN PRIVATE KEY-----\nsays: this\n\nand no more\n",
            "-----BEGIN PRIVATE KEY-----\n",
        ] {
            assert!(private_key("talk", talk.as_bytes()).is_none(), "{talk}");
        }
    }
}
