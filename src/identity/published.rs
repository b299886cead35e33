//! What an organization publishes on its domain: a line that names its key, and lines by which it says that it withdraws.
//! Implements docs/formats/17-binding.md, steps 7 to 10 and 20.

use crate::base::host::Domain;
use crate::base::id::Id;
use crate::base::origin::Origin;
use crate::signature::key::PublicKey;

/// What is published is no longer, in bytes.
pub const LARGEST: usize = 2048;

/// Where a domain's web server has it.
pub const PATH: &str = "/.well-known/undersigned.txt";

/// The address at which a domain's web server has it.
pub fn address(domain: &Domain) -> String {
    format!("https://{domain}{PATH}")
}

/// The name whose TXT records have it.
pub fn record_name(domain: &Domain) -> String {
    format!("_undersigned.{domain}")
}

/// A key of a signatory in a registry, as its domain names it.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The signatory.
    pub signatory: &'a Id,
    /// The registry.
    pub origin: &'a Origin,
    /// The key.
    pub key: &'a PublicKey,
}

impl Link<'_> {
    /// The line that is published.
    pub fn line(&self) -> String {
        let Self {
            signatory,
            origin,
            key,
        } = self;
        format!("{signatory} {origin} {key}")
    }

    /// Whether what was seen has that line, whole.
    pub fn is_in(&self, body: &[u8]) -> bool {
        has(body, &self.line())
    }

    /// What is so where what was seen does not have that line: how near it comes; not escaped.
    pub fn missing_in(&self, body: &[u8]) -> String {
        let known = lines(body).filter_map(|line| std::str::from_utf8(line).ok());
        let parts: Vec<Vec<&str>> = known.map(|line| line.splitn(3, ' ').collect()).collect();
        let key = self.key.line();
        let (mut other_key, mut other_registry, mut other_signatory) = (None, false, None);
        for line in &parts {
            let [signatory, origin, named] = line.as_slice() else {
                continue;
            };
            let same_signatory = *signatory == self.signatory.as_str();
            let same_origin = *origin == self.origin.as_str();
            let named = PublicKey::parse(named).ok();
            match (same_signatory, same_origin, named) {
                (true, true, Some(other)) => other_key = Some(other.fingerprint()),
                (true, false, Some(named)) => other_registry |= named.line() == key,
                (false, true, Some(named)) if named.line() == key => {
                    other_signatory = Id::parse(signatory).ok();
                }
                _ => {}
            }
        }
        match (other_key, other_registry, other_signatory) {
            (Some(other), _, _) => {
                format!("it names another key for `{}`: {other}", self.signatory)
            }
            (None, true, _) => format!(
                "it names this key for another registry than `{}`",
                self.origin
            ),
            (None, false, Some(other)) => {
                format!("it names this key for another signatory, `{other}`")
            }
            (None, false, None) => {
                "no line of it names this signatory, registry and key".to_owned()
            }
        }
    }
}

/// The line by which a domain says that a signatory withdraws from a letter.
pub fn withdrawal(signatory: &Id, origin: &Origin, letter: &Id) -> String {
    format!("withdraw {signatory} {origin} {letter}")
}

/// Whether what was seen says that a signatory withdraws from a letter.
pub fn withdraws(body: &[u8], signatory: &Id, origin: &Origin, letter: &Id) -> bool {
    has(body, &withdrawal(signatory, origin, letter))
}

fn has(body: &[u8], wanted: &str) -> bool {
    lines(body).any(|line| line == wanted.as_bytes())
}

/// The lines of what was seen, without what ends them.
fn lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = body.split(|byte| *byte == b'\n');
    lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_line_counts_whole_and_alone() {
        let (id, origin) = (
            Id::parse("example-lake-club").unwrap(),
            Origin::parse("letters.example/peace").unwrap(),
        );
        let (key, other) = (PublicKey::plain([9; 32]), PublicKey::plain([8; 32]));
        let link = Link {
            signatory: &id,
            origin: &origin,
            key: &key,
        };
        let line = link.line();
        for good in [
            line.clone(),
            format!("{line}\r\n"),
            format!("# ours\n{line}"),
            format!("\n\n{line}\nwithdraw example-lake-club letters.example/peace peace-2026\n"),
        ] {
            assert!(link.is_in(good.as_bytes()), "{good}");
        }
        for (bad, told) in [
            (format!("{line} comment"), "no line"),
            (format!(" {line}"), "no line"),
            (format!("{line}\r\r\n"), "no line"),
            (line.replace(' ', "  "), "no line"),
            (String::new(), "no line"),
            (
                line.replace("lake", "hill"),
                "another signatory, `example-hill-club`",
            ),
            (line.replace("/peace", "/war"), "another registry"),
            (line.replace(&key.line(), &other.line()), "another key"),
        ] {
            assert!(!link.is_in(bad.as_bytes()), "{bad}");
            let what = link.missing_in(bad.as_bytes());
            assert!(what.contains(told), "{bad}: {what}");
        }
        let letter = Id::parse("peace-2026").unwrap();
        let said = withdrawal(&id, &origin, &letter);
        assert!(withdraws(
            format!("{line}\n{said}\n").as_bytes(),
            &id,
            &origin,
            &letter
        ));
        assert!(!withdraws(
            format!("{said} now\n").as_bytes(),
            &id,
            &origin,
            &letter
        ));
    }
}
