//! The forms in which private keys lie in files, and where one begins. Implements docs/formats/1-tree.md, step 38.

use crate::signature::secret::is_der;
use memchr::memmem::{Finder, find};
use std::sync::LazyLock;

/// The longest label of a key in PEM or armor.
const LABEL: usize = 64;

/// So many lines of headers may stand between the first line of a key and its body.
const HEADERS: usize = 16;

/// A body begins within so many bytes of its first line, and PuTTY's private lines within twice as many of theirs.
const NEAR: usize = 4096;

/// No body of a key begins with a shorter run of base64.
const RUN: usize = 16;

/// How a body begins without headers: a sequence in DER, the form of OpenSSH, and a secret-key packet of OpenPGP.
const BEGINNINGS: [&[u8]; 4] = [b"M", b"b3BlbnNzaC1r", b"l", b"x"];

/// How secret keys of minisign and signify begin.
const SECRETS: [&[u8]; 2] = [b"RWRTY0Iy", b"RWRCS"];

/// How each form begins, made ready once.
static BEGIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"-----BEGIN "));
static PUTTY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"PuTTY-User-Key-File-"));
static AGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"AGE-SECRET-KEY-1"));
static MINISIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"untrusted comment: "));
static PRIVATE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"\"d\""));

/// Where a private key begins, in bytes.
pub fn private_key(bytes: &[u8]) -> Option<usize> {
    let first = [armored, putty, age, minisign, json];
    let found = first.iter().filter_map(|form| form(bytes)).min();
    found.or_else(|| is_der(bytes).then_some(0))
}

/// PEM (RFC 7468, RFC 1421) and OpenPGP's armor (RFC 9580), on lines of their own or as a string in another language.
fn armored(bytes: &[u8]) -> Option<usize> {
    let begin = BEGIN.needle();
    BEGIN.find_iter(bytes).find(|at| {
        let after = part(bytes, at + begin.len(), LABEL + NEAR);
        let Some(end) = find(part(after, 0, LABEL), b"-----") else {
            return false;
        };
        let label = part(after, 0, end);
        let plain = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b' ';
        let secret = label.ends_with(b"PRIVATE KEY") || label.ends_with(b"PRIVATE KEY BLOCK");
        secret && label.iter().all(plain) && has_body(part(after, end + 5, NEAR))
    })
}

/// Whether base64 follows, behind headers such as `Proc-Type: 4,ENCRYPTED` and whatever ends and begins lines.
fn has_body(after: &[u8]) -> bool {
    let mut rest = after;
    for headers in 0..=HEADERS {
        rest = unmarked(rest);
        let run = rest.iter().take_while(|byte| is_base64(**byte)).count();
        if run >= RUN {
            // Behind headers it may be encrypted, and begin in any way.
            return headers > 0 || BEGINNINGS.iter().any(|begin| rest.starts_with(begin));
        }
        let name = rest.iter().take_while(|byte| is_of_a_name(**byte)).count();
        if name == 0 || rest.get(name) != Some(&b':') {
            return false;
        }
        rest = behind_the_line(rest);
    }
    false
}

/// What comes behind blanks, ends of lines, written out or not, quotes, and marks of quoting and of comments.
fn unmarked(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [b'\\', b'n' | b'r' | b't' | b'\\' | b'"', more @ ..] => more,
            [
                b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b',' | b'\\' | b'#' | b'*'
                | b'>' | b';' | b'|' | b'%' | b'-' | b'/' | b'+' | b'.',
                more @ ..,
            ] => more,
            _ => return rest,
        };
    }
}

fn behind_the_line(rest: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| matches!(pair, [b'\n' | b'\r', ..] | [b'\\', b'n' | b'r']);
    let at = rest.windows(2).position(ends).unwrap_or(rest.len());
    part(rest, at, rest.len())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}

fn is_of_a_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// PuTTY's, by the number of its form and that of its private lines.
fn putty(bytes: &[u8]) -> Option<usize> {
    let begin = PUTTY.needle();
    let private = b"Private-Lines: ";
    let digit = |bytes: &[u8], at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    PUTTY.find_iter(bytes).find(|at| {
        let after = part(bytes, *at, 2 * NEAR);
        let lines = find(after, private);
        digit(after, begin.len()) && lines.is_some_and(|lines| digit(after, lines + private.len()))
    })
}

/// An identity of age: Bech32 in capitals.
fn age(bytes: &[u8]) -> Option<usize> {
    let begin = AGE.needle();
    let run = |at: usize| {
        let after = part(bytes, at + begin.len(), RUN);
        after.len() == RUN
            && after
                .iter()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    AGE.find_iter(bytes).find(|at| run(*at))
}

/// A secret key of minisign or signify: known by how its base64 begins, since a signature's comment names the key, too.
fn minisign(bytes: &[u8]) -> Option<usize> {
    let begin = MINISIGN.needle();
    MINISIGN.find_iter(bytes).find(|at| {
        let after = part(bytes, at + begin.len(), NEAR);
        let end = after.iter().position(|byte| b"\r\n".contains(byte));
        end.is_some_and(|end| {
            let body = unmarked(part(after, end, NEAR));
            let run = body.iter().take_while(|byte| is_base64(**byte)).count();
            run >= 4 * RUN && SECRETS.iter().any(|secret| body.starts_with(secret))
        })
    })
}

/// A JSON Web Key (RFC 7517, RFC 8037) with its private part `d`.
fn json(bytes: &[u8]) -> Option<usize> {
    let kind = Finder::new(b"\"kty\"");
    PRIVATE.find_iter(bytes).find(|at| {
        let value = part(bytes, at + 3, NEAR).trim_ascii_start();
        let value = value.strip_prefix(b":").map(<[u8]>::trim_ascii_start);
        let value = value.and_then(|value| value.strip_prefix(b"\""));
        let digit = |byte: &&u8| is_of_a_name(**byte) || **byte == b'_';
        let run = value.map_or(0, |value| value.iter().take_while(digit).count());
        run >= 2 * RUN
            && kind
                .find(part(bytes, at.saturating_sub(NEAR), 2 * NEAR))
                .is_some()
    })
}

/// At most so many bytes from a place on.
fn part(bytes: &[u8], from: usize, most: usize) -> &[u8] {
    let end = from.saturating_add(most).min(bytes.len());
    bytes.get(from..end).unwrap_or_default()
}
