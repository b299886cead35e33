//! Private keys where no private key should be: anywhere in a repository. Implements docs/formats/1-tree.md, private keys.

use super::layout::{self, Slot};
use super::trace;
use crate::base::finding::Finding;
use crate::base::rule::PRIVATE_KEY_IN_REPOSITORY;
use crate::base::source::{Source, Span};
use std::borrow::Cow;

/// Larger files are not looked into.
pub const LARGEST: u64 = 256 * 1024;

/// Whether a file is asked here; of a record it is asked where it is read, whatever its size.
pub fn asks(path: &str) -> bool {
    !matches!(layout::slot(path), Some(Slot::Record(_)))
}

/// The finding, where a file's bytes hold a private key.
pub fn private_key(path: &str, bytes: &[u8]) -> Option<Finding> {
    let bytes = narrow(bytes);
    let start = trace::private_key(&bytes)?;
    let rest = bytes.get(start..).unwrap_or_default();
    let line = rest
        .iter()
        .take_while(|byte| !b"\r\n".contains(byte))
        .count();
    // What cannot be read as UTF-8 has other lengths; a line is all that is told of it.
    let lossy = String::from_utf8_lossy(bytes.get(..start).unwrap_or_default());
    let from = lossy.len();
    let source = Source::new(path, String::from_utf8_lossy(&bytes));
    let span = Span::new(from, from + line);
    let message = "a private key begins here";
    Some(Finding::at(
        &PRIVATE_KEY_IN_REPOSITORY,
        &source,
        span,
        message,
    ))
}

/// Text in UTF-16 in half as many bytes, as far as it is ASCII, which is all that a key consists of.
fn narrow(bytes: &[u8]) -> Cow<'_, [u8]> {
    let zeros = |odd: usize| {
        let begin = bytes.get(..bytes.len().min(64)).unwrap_or_default();
        let all = begin.iter().skip(odd).step_by(2);
        let count = all.len();
        count >= 8 && all.filter(|byte| **byte == 0).count() * 2 > count
    };
    let marked = |mark: [u8; 2]| bytes.starts_with(&mark);
    let kept = match () {
        () if marked([0xFF, 0xFE]) || zeros(1) => 0,
        () if marked([0xFE, 0xFF]) || zeros(0) => 1,
        () => return Cow::Borrowed(bytes),
    };
    bytes.iter().skip(kept).step_by(2).copied().collect()
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
        assert!(private_key("x", b"-----BEGIN PRIVATE KEY-----\nis how it begins\n").is_none());
    }

    #[test]
    fn a_key_is_found_behind_headers_and_marks() {
        for (file, line) in [
            (
                "[BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMC4CAQAwBQYDK2VwBCIE\n",
                1,
            ),
            (
                "[BEGIN PGP PRIVATE KEY BLOCK-----\r\nComment: ours\r\n\r\nMC4CAQAwBQYDK2VwBCIE\r\n",
                1,
            ),
            ("[BEGIN PRIVATE KEY-----\n\nMC4CAQAwBQYDK2VwBCIE\n", 1),
            (
                "id: forum\n# [BEGIN PRIVATE KEY-----\n# MC4CAQAwBQYDK2VwBCIE\n",
                2,
            ),
            (
                "  // > [BEGIN PRIVATE KEY-----\n  // > MC4CAQAwBQYDK2VwBCIE\n",
                1,
            ),
            (
                "PuTTY-User-Key-{}-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\nAAAA\n",
                1,
            ),
        ] {
            let file = file.replace('[', "-----").replace("{}", "File");
            let found = private_key("key", file.as_bytes());
            assert_eq!(
                found.and_then(|found| found.place).unwrap().line,
                line,
                "{file}"
            );
        }
        for talk in [
            "PuTTY-User-Key-File-3: is how it begins\n",
            "[BEGIN PGP PUBLIC KEY BLOCK-----\n\nMC4CAQAwBQYDK2VwBCIE\n",
            "[BEGIN PRIVATE KEY-----\nsays: this\n\nand no more\n",
            "[BEGIN PRIVATE KEY-----\n",
        ] {
            let talk = talk.replace('[', "-----");
            assert!(private_key("talk", talk.as_bytes()).is_none(), "{talk}");
        }
    }

    #[test]
    fn a_key_is_found_however_it_is_wrapped() {
        const BODY: &str = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8Q";
        let begin = concat!("-----BEGIN ", "PRIVATE KEY-----");
        let secret = "RWRTY0IyEQ".repeat(8);
        for file in [
            format!("KEY=\"{begin}\n{BODY}\n"),
            format!("{{\"key\": \"{begin}\\n{BODY}\\n\"}}"),
            format!("key = \"{begin}\\n\"\n      \"{BODY}\\n\";\n"),
            format!("'{begin}\\n' +\n'{BODY}'"),
            format!("- {begin}\n- {BODY}\n"),
            format!("-- {begin}\n-- {BODY}\n"),
            format!("<!-- {begin}\n{BODY}\n-->"),
            format!("\u{feff}{begin}\n{BODY}\n"),
            format!("{begin}\r{BODY}\r"),
            format!("see {begin} {BODY}"),
            format!("{}{begin}\n{BODY}", "x\n".repeat(20_000)),
            format!("{begin}\nsays\n{begin}\n{BODY}"),
            format!(
                "# created\nAGE-SECRET-KEY-{}QQPQXN3FYSZXK9MQLEXAMPLEONLYQQ\n",
                1
            ),
            format!("untrusted comment: minisign encrypted secret key\n{secret}\n"),
            format!("{{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\" : \"{BODY}\"}}"),
        ] {
            let found = private_key("x", file.as_bytes());
            assert!(found.is_some(), "{file}");
            let both: Vec<u16> = file.encode_utf16().collect();
            let little: Vec<u8> = both.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = both.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for wide in [&little[..], &big, &[&[0xFF, 0xFE], &little[..]].concat()] {
                let wide = private_key("x", wide)
                    .and_then(|found| found.place)
                    .unwrap();
                assert_eq!(
                    Some(wide.line),
                    found
                        .as_ref()
                        .and_then(|one| one.place.as_ref().map(|at| at.line)),
                    "{file}"
                );
            }
        }
        let mut der = vec![
            0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20,
        ];
        der.extend([7; 32]);
        assert!(private_key("key.der", &der).is_some());
        der.push(0);
        assert!(private_key("key.der", &der).is_none());
    }

    #[test]
    fn what_only_looks_like_a_key_is_none() {
        let public = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".repeat(2);
        for talk in [
            "A key begins with `-----BEGIN PRIVATE KEY-----` and its base64 follows.".to_owned(),
            "[BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----".to_owned(),
            "[BEGIN PRIVATE KEY-----\nMC4C…\n".to_owned(),
            "[BEGIN CERTIFICATE-----\nMC4CAQAwBQYDK2VwBCIEIAABAgME\n".to_owned(),
            "AGE-SECRET-KEY-1... is how an identity of age begins".to_owned(),
            "age1qqpqxn3fyszxk9mqlexampleonlyqqqqqqqqqqqqqqqq".to_owned(),
            format!("untrusted comment: minisign public key\n{public}\n"),
            "untrusted comment: secret key\nis what it says\n".to_owned(),
            format!(
                "untrusted comment: signature from minisign secret key\nRUQf6LRCGA9i5{}\n",
                "A".repeat(90)
            ),
            "grep -e '[BEGIN PRIVATE KEY-----' /etc/ssl/private/keys".to_owned(),
            "`[BEGIN PRIVATE KEY-----` internationalized".to_owned(),
            "[BEGIN PRIVATE KEY-----\nBASE64ENCODEDKEYHERE\n".to_owned(),
            "{\"kty\":\"OKP\",\"x\":\"MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8Q\"}".to_owned(),
            "{\"kty\":\"OKP\",\"d\":\"short\"}".to_owned(),
            "{\"a\":1,\"d\":\"MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8Q\"}".to_owned(),
            format!(
                "{{\"kty\":\"\"{}\"d\":\"{}\"}}",
                " ".repeat(9000),
                "a".repeat(40)
            ),
        ] {
            let talk = talk.replace('[', "-----");
            assert!(private_key("talk", talk.as_bytes()).is_none(), "{talk}");
        }
    }
}
