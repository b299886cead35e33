//! Language tags: a subset of BCP 47 (RFC 5646). Implements docs/formats/2-identifiers.md, language.

use super::spelling::spelled;

spelled! {
    /// A language, perhaps a script, perhaps a region: `en`, `zh-Hant`, `pt-BR`, `es-419`.
    Language, check
}

fn check(text: &str) -> Result<(), &'static str> {
    const SPELLING: &str = "the language is not a tag such as en, zh-Hant or pt-BR";
    let mut parts = text.split('-').peekable();
    let language = parts.next().unwrap_or_default();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|byte| byte.is_ascii_lowercase())
    {
        return Err(SPELLING);
    }
    parts.next_if(|part| is_script(part));
    parts.next_if(|part| is_region(part));
    match parts.next() {
        None => Ok(()),
        Some(_) => Err(SPELLING),
    }
}

fn is_script(part: &str) -> bool {
    part.len() == 4
        && part.bytes().enumerate().all(|(at, byte)| {
            if at == 0 {
                byte.is_ascii_uppercase()
            } else {
                byte.is_ascii_lowercase()
            }
        })
}

fn is_region(part: &str) -> bool {
    let all = |class: fn(&u8) -> bool| part.as_bytes().iter().all(class);
    (part.len() == 2 && all(u8::is_ascii_uppercase)) || (part.len() == 3 && all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_grammar() {
        for good in [
            "en",
            "ko",
            "gsw",
            "zh-Hant",
            "zh-Hant-TW",
            "pt-BR",
            "es-419",
        ] {
            assert!(Language::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "e",
            "EN",
            "en-",
            "en-us",
            "en-US-x",
            "english",
            "zh-hant",
            "zh-TW-Hant",
        ] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }
}
