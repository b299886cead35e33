//! Names of countries for readers, from the Unicode Common Locale Data Repository (Unicode License V3).

use super::language::Speech;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A line a country: its code, its name in English, its name in Korean.
const TABLE: &str = include_str!("countries.tsv");

static NAMES: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> =
    LazyLock::new(|| TABLE.lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<(&'static str, (&'static str, &'static str))> {
    let mut cells = line.split('\t');
    Some((cells.next()?, (cells.next()?, cells.next()?)))
}

/// The name of the country with this code; nothing where there is none.
pub fn name(code: &str, speech: Speech) -> &'static str {
    match NAMES.get(code) {
        None => "",
        Some((english, korean)) => match speech {
            Speech::English => english,
            Speech::Korean => korean,
        },
    }
}

/// Every country with its name, in order of the codes.
pub fn all(speech: Speech) -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.keys().map(move |code| (*code, name(code, speech)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::country::CODES;

    #[test]
    fn every_country_has_a_name_in_every_language() {
        assert!(all(Speech::Korean).map(|(code, _)| code).eq(CODES));
        assert!(all(Speech::English).all(|(code, name)| name != code));
        assert_eq!(name("KR", Speech::Korean), "대한민국");
    }
}
