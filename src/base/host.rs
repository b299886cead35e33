//! Host names of A-labels in lower case (RFC 1035, RFC 5890). Implements docs/formats/2-identifiers.md, host.

use super::spelling::spelled;

spelled! {
    /// A host name as DNS carries it: lower-case A-labels, at most 253 characters, no IP address.
    Domain, check
}

/// Whether `text` is a host name of A-labels; the error says what is so.
pub fn check(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.len() > 253 {
        return Err("the host name is not 1 to 253 characters long");
    }
    if !text.split('.').all(is_label) {
        return Err("the host name is not made of lower-case labels of a-z, 0-9 and hyphens");
    }
    let last = text.rsplit('.').next().unwrap_or_default();
    if !last.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Err("the host name ends like an IP address, not like a name");
    }
    // A label that begins with xn-- must be what IDNA makes of the Unicode form it stands for.
    let (unicode, decoded) = idna::domain_to_unicode(text);
    match (decoded, idna::domain_to_ascii_strict(&unicode)) {
        (Ok(()), Ok(ascii)) if ascii == text => Ok(()),
        _ => Err("the host name has a label that is no A-label of IDNA 2008"),
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_of_a_labels() {
        for good in [
            "forum.example",
            "xn--bcher-kva.example",
            "a.b.c.example",
            "3.forum.example",
        ] {
            assert_eq!(Domain::parse(good).map(|_| ()), Ok(()), "{good}");
        }
        for bad in [
            "",
            "Forum.example",
            "forum..example",
            ".example",
            "example.",
            "192.0.2.1",
            "1.2",
            "bücher.example",
            "xn--.example",
            "xn--a.example",
            "a_b.example",
            "-a.example",
            "[::1]",
        ] {
            assert!(Domain::parse(bad).is_err(), "{bad}");
        }
    }
}
