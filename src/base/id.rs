//! Identifiers of letters, signatories and maintainers. Implements docs/formats/2-identifiers.md, id.

use super::spelling::spelled;

spelled! {
    /// 2 to 63 of `a-z`, `0-9` and single hyphens inside; never a device name of an old file system.
    Id, check
}

const LONGEST: usize = 63;
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

fn check(text: &str) -> Result<(), &'static str> {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !(2..=LONGEST).contains(&text.len()) {
        return Err("the id is not 2 to 63 characters long");
    }
    if !text.bytes().all(|byte| letters(byte) || byte == b'-') {
        return Err("the id holds something other than a-z, 0-9 and hyphens");
    }
    if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        return Err("the id has a hyphen at its edge or two in a row");
    }
    if is_device(text) {
        return Err("the id is the name of a device on some systems");
    }
    Ok(())
}

/// `con`, `prn`, `aux`, `nul`, `com0` to `com9` and `lpt0` to `lpt9` cannot be files everywhere.
fn is_device(text: &str) -> bool {
    let numbered = |stem| {
        text.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&text) || numbered("com") || numbered("lpt")
}

impl Id {
    /// The folder of a large registry: the first two characters.
    pub fn shard(&self) -> &str {
        self.as_str().get(..2).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_grammar() {
        for good in [
            "ab",
            "350",
            "a-b",
            "world-without-war",
            "x1",
            &"a".repeat(63),
        ] {
            assert!(Id::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "-a",
            "a-",
            "a--b",
            "A-b",
            "a_b",
            "a.b",
            "con",
            "com7",
            "lpt0",
            "é1",
            "a b",
            &"a".repeat(64),
        ] {
            assert!(Id::parse(bad).is_err(), "{bad}");
        }
        assert!(Id::parse("com10").is_ok());
    }
}
