//! The origin: the name of a registry, inside every statement. Implements docs/formats/2-identifiers.md, origin.

use super::host;
use super::spelling::spelled;

spelled! {
    /// `host(/segment)*` in lower case without a scheme, such as `letters.example/peace`.
    Origin, check
}

fn check(text: &str) -> Result<(), &'static str> {
    if text.len() > 253 {
        return Err("the origin is longer than 253 characters");
    }
    let mut parts = text.split('/');
    host::check(parts.next().unwrap_or_default())?;
    if parts.all(is_segment) {
        Ok(())
    } else {
        Err("the origin has a segment that is not a-z, 0-9 and hyphens, beginning with no hyphen")
    }
}

fn is_segment(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.starts_with('-')
        && segment
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_host_and_segments() {
        for good in [
            "letters.example",
            "letters.example/peace",
            "letters.example/a/b-c-",
        ] {
            assert!(Origin::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "https://letters.example",
            "letters.example/",
            "letters.example//a",
            "letters.example/A",
            "letters.example/-a",
            "192.0.2.1/a",
            "letters.example/a.b",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad}");
        }
    }
}
