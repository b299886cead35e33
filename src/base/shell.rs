//! A path as a shell reads it back: one word, in a line that somebody copies.

use super::escape::harmless;
use std::path::Path;

/// A path as one word of a shell, which no program takes for an option, and that shows nothing invisible.
///
/// What cannot be seen, and bytes that are not UTF-8, stand in octal inside `$'…'` (POSIX.1-2024).
pub fn quoted(path: impl AsRef<Path>) -> String {
    let bytes = path.as_ref().as_os_str().as_encoded_bytes();
    let ahead = if bytes.starts_with(b"-") { "./" } else { "" };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(&byte);
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.is_empty() && text.bytes().all(plain) => format!("{ahead}{text}"),
        Ok(text) if text.chars().all(harmless) => {
            format!("'{ahead}{}'", text.replace('\'', r"'\''"))
        }
        _ => format!("$'{ahead}{}'", in_octal(bytes)),
    }
}

fn in_octal(bytes: &[u8]) -> String {
    let octal = |bytes: &[u8]| -> String {
        let digits = bytes.iter().map(|byte| format!("\\{byte:03o}"));
        digits.collect()
    };
    let mut word = String::new();
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\'' | '\\' => word.extend(['\\', character]),
                _ if harmless(character) => word.push(character),
                _ => word.push_str(&octal(character.encode_utf8(&mut [0; 4]).as_bytes())),
            }
        }
        word.push_str(&octal(chunk.invalid()));
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_and_shows_nothing_invisible() {
        for (path, word) in [
            ("out/key.pem", "out/key.pem"),
            ("", "''"),
            ("-x", "./-x"),
            ("-x y", "'./-x y'"),
            ("~/key", "'~/key'"),
            ("it's $HOME", "'it'\\''s $HOME'"),
            ("예시", "'예시'"),
            ("a\u{1b}'\\", "$'a\\033\\'\\\\'"),
            ("a\u{202e}b\n", "$'a\\342\\200\\256b\\012'"),
        ] {
            assert_eq!(quoted(path), word);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf_8_keeps_its_bytes() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = std::ffi::OsStr::from_bytes(b"a\xff 1");
        assert_eq!(quoted(name), "$'a\\377 1'");
    }
}
