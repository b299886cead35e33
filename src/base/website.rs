//! Web addresses: https alone, plain ASCII. Implements docs/formats/2-identifiers.md, website.

use super::host;
use super::spelling::spelled;

spelled! {
    /// `https://`, a host of A-labels, perhaps a port, `/`, then printable ASCII; at most 500 characters.
    Website, check
}

fn check(text: &str) -> Result<(), &'static str> {
    if text.len() > 500 {
        return Err("the address is longer than 500 characters");
    }
    let rest = text
        .strip_prefix("https://")
        .ok_or("the address does not begin with https://")?;
    let (authority, path) = rest
        .split_once('/')
        .ok_or("the address has no / after the host name")?;
    let name = match authority.split_once(':') {
        Some((name, port)) => {
            check_port(port)?;
            name
        }
        None => authority,
    };
    host::check(name)?;
    let plain = |byte: u8| byte.is_ascii_graphic() && !br#""'<>\"#.contains(&byte);
    if path.bytes().all(plain) {
        Ok(())
    } else {
        Err("the address holds a blank, a quote, an angle bracket, a backslash or no ASCII")
    }
}

fn check_port(port: &str) -> Result<(), &'static str> {
    let plain = !port.starts_with('0') && port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(_) if plain => Ok(()),
        _ => Err("the address has a port that is no number from 1 to 65535"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_addresses_pass() {
        for good in [
            "https://forum.example/",
            "https://forum.example:8443/a?b=c#d",
            "https://forum.example/%ED%8F%89",
        ] {
            assert!(Website::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://forum.example/",
            "https://forum.example",
            "https://Forum.example/",
            "https://user@forum.example/",
            "https://192.0.2.1/",
            "https://forum.example:0/",
            "https://forum.example:99999/",
            "https://forum.example/a b",
            "https://forum.example/평화",
            "javascript:alert(1)//",
            "https://forum.example/\"",
            "https://forum.example/<",
            "https://forum.example:+1/",
        ] {
            assert!(Website::parse(bad).is_err(), "{bad}");
        }
    }
}
