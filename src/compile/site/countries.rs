//! Names of countries for readers, from the Unicode Common Locale Data Repository (Unicode License V3).

use super::language::Speech;
use crate::base::error::Error;
use crate::compile::order::NameOrder;
use std::collections::{BTreeMap, BTreeSet};
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

/// Countries to choose from: each code once, with its name, in order of the names.
pub fn choice<'a>(
    codes: impl Iterator<Item = &'a str>,
    speech: Speech,
) -> Result<Vec<(&'a str, &'static str)>, Error> {
    let order = NameOrder::root()?;
    let codes: BTreeSet<&str> = codes.collect();
    let each = codes.into_iter().map(|code| (code, name(code, speech)));
    let mut choice: Vec<(&str, &str)> = each.collect();
    choice.sort_by(|one, other| order.compare((one.1, one.0), (other.1, other.0)));
    Ok(choice)
}

/// Every country.
pub fn all(speech: Speech) -> Result<Vec<(&'static str, &'static str)>, Error> {
    choice(NAMES.keys().copied(), speech)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::country::CODES;

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for speech in crate::compile::site::language::ALL {
            let all = all(speech).expect("an order");
            assert!(
                all.iter()
                    .all(|(code, name)| !name.is_empty() && name != code)
            );
            let mut codes: Vec<&str> = all.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            assert!(codes.iter().eq(CODES.iter()));
        }
        assert_eq!(name("KR", Speech::Korean), "대한민국");
    }

    #[test]
    fn countries_stand_in_order_of_their_names() {
        let codes = || ["ZA", "CH", "AX", "AL", "ZA"].into_iter();
        let order = |speech| choice(codes(), speech).expect("an order");
        let english = [
            ("AX", "Åland Islands"),
            ("AL", "Albania"),
            ("ZA", "South Africa"),
            ("CH", "Switzerland"),
        ];
        assert_eq!(order(Speech::English), english);
        let korean: Vec<&str> = order(Speech::Korean)
            .iter()
            .map(|(code, _)| *code)
            .collect();
        assert_eq!(korean, ["ZA", "CH", "AL", "AX"]);
    }
}
