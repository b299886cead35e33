//! What some reader of YAML 1.1 or 1.2 makes of an unquoted value. Implements docs/formats/4-yaml.md, plain scalars.

use regex::RegexSet;
use std::sync::LazyLock;

/// What unquoted values are taken for, and how those values look.
///
/// The families are those of YAML 1.1 (yaml.org/type), of the YAML 1.2.2 core schema (section 10.3),
/// and of readers that go further: Ruby's (commas in numbers, symbols), R's (missing values), Go's
/// (a comma before fractions of a second).
const FAMILIES: [(&str, &str); 11] = [
    ("nothing", r"(?i)^(|~|null)$"),
    ("a truth value", r"(?i)^(y|yes|n|no|true|false|on|off)$"),
    (
        "a number",
        r"(?i)^[-+]?(0b[01_,]+|0o?[0-7_,]+|0x[0-9a-f_,]+|[0-9][0-9_,]*)$",
    ),
    (
        "a number",
        r"^[-+]?([0-9][0-9_,]*)?\.[0-9._,]*([eE][-+]?[0-9]+)?$",
    ),
    ("a number", r"^[-+]?[0-9][0-9_,]*[eE][-+]?[0-9]+$"),
    ("a number", r"(?i)^([-+]?\.inf|\.nan)$"),
    (
        "a missing value",
        r"(?i)^\.na(\.(real|integer|character))?$",
    ),
    (
        "a number in base 60",
        r"^[-+]?[0-9][0-9_,]*(:[0-5]?[0-9])+(\.[0-9_,]*)?$",
    ),
    (
        "a date",
        r"^-?[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}([.,][0-9]*)?)?[ \t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?)?)?$",
    ),
    ("a merge or value key", r"^(<<|=)$"),
    ("a symbol", r"^:."),
];

static PATTERNS: LazyLock<Option<RegexSet>> =
    LazyLock::new(|| RegexSet::new(FAMILIES.map(|(_, pattern)| pattern)).ok());

/// What some reader takes the unquoted `value` for, or nothing where all read a string.
pub fn misread(value: &str) -> Option<&'static str> {
    // Every family begins with one of these; most values are done here.
    let suspect = |first: char| {
        first.is_ascii_digit() || matches!(first, '~' | '.' | '+' | '-' | '<' | '=' | ':')
    };
    if value.len() > 5 && !value.starts_with(suspect) {
        return None;
    }
    let Some(patterns) = PATTERNS.as_ref() else {
        return Some("something else");
    };
    let family = patterns.matches(value).iter().next()?;
    FAMILIES.get(family).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_disagree_about_is_caught() {
        assert!(PATTERNS.is_some());
        for bad in [
            "",
            "~",
            "null",
            "NULL",
            "y",
            "NO",
            "on",
            "Off",
            "true",
            "FALSE",
            "0",
            "12",
            "007",
            "08",
            "1_000",
            "1,000",
            "0x0000ff",
            "0b101",
            "0o17",
            "-5",
            "+5",
            "1.5",
            "1.",
            ".5",
            "1e3",
            "1E+3",
            "1.5e-3",
            ".inf",
            "-.INF",
            ".NaN",
            "1:20",
            "190:20:30",
            "1:20.5",
            "2026-01-01",
            "2026-1-1",
            "2026-01-01T10:00:00Z",
            "2026-01-01 10:00:00 +09:00",
            "<<",
            "=",
            ":sym",
            "-0",
            "0_7",
            "1.2.3",
            ".na",
            ".NA.real",
            ".na.integer",
            ".na.character",
            "1.5,3",
            "1,0:20",
            "2026-01-01T10:00:00,5Z",
        ] {
            assert!(misread(bad).is_some(), "{bad}");
        }
        for good in [
            "yes-we-can",
            "nobody",
            "KR",
            "350-org",
            "2026-01",
            "1-2-3",
            "a1",
            "https://forum.example/",
            "e3",
            "sha256:00",
            "0x",
            "1:99",
            "v1/en.txt",
            "NOT",
            "nullify",
            "x:y",
            "-",
            "1 2",
        ] {
            assert_eq!(misread(good), None, "{good}");
        }
    }
}
