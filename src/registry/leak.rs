//! Private keys where no private key should be: anywhere in a repository. Implements docs/formats/1-tree.md, private keys.

use crate::base::finding::Finding;
use crate::base::rule::PRIVATE_KEY_IN_REPOSITORY;
use crate::base::source::{Source, Span};

/// Larger files are no keys.
pub const LARGEST: u64 = 16 * 1024;

/// At most this many files outside registry/ are looked into.
pub const MOST: usize = 20_000;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"PRIVATE KEY-----";

/// The finding, where a file's bytes hold a private key in PEM: its BEGIN line and base64 below it.
pub fn private_key(path: &str, bytes: &[u8]) -> Option<Finding> {
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    let mut start = 0;
    while let Some(line) = lines.next() {
        let begins = line.trim_ascii().starts_with(BEGIN) && line.trim_ascii().ends_with(END);
        if begins
            && lines
                .peek()
                .is_some_and(|next| is_base64(next.trim_ascii()))
        {
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
}
