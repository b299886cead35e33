//! Places in a picture: numbers as SVG has them, and bars beside each other.

use serde::Serialize;
use std::collections::BTreeMap;

/// A length in a picture, in its units with one digit behind the point at the most: no two programs round it apart.
pub fn length(part: usize, whole: usize, full: usize) -> String {
    let tenths = (part * full * 10).checked_div(whole).unwrap_or_default();
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// How many have a standing.
#[derive(Debug, Clone, Serialize)]
pub struct Tally {
    /// The standing.
    pub word: &'static str,
    /// How many.
    pub count: usize,
    /// The length of its bar.
    pub length: String,
}

/// A country with its bars.
#[derive(Debug, Serialize)]
pub struct CountryBars {
    /// Its code; empty for those who name none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its bars, in order of the standings; only those that are there.
    pub tallies: Vec<Tally>,
    /// Where its bars begin, from above.
    pub top: usize,
}

/// The picture of countries.
#[derive(Debug, Serialize)]
pub struct Countries {
    /// All of them, those with the most first.
    pub rows: Vec<CountryBars>,
    /// How many of them are drawn.
    pub drawn: usize,
    /// The height of the picture.
    pub height: usize,
}

/// The longest bar.
const LONGEST: usize = 380;
/// The height of a bar.
const BAR: usize = 12;
/// How many countries are drawn; the table has all.
const DRAWN: usize = 20;

impl Countries {
    /// The picture of these counts by country and standing; `words` are the standings in their order.
    pub fn of(
        counts: &BTreeMap<String, BTreeMap<&'static str, usize>>,
        words: &[&'static str],
        name: impl Fn(&str) -> String,
    ) -> Self {
        let most = counts
            .values()
            .flat_map(BTreeMap::values)
            .max()
            .copied()
            .unwrap_or_default();
        let mut rows: Vec<CountryBars> = counts
            .iter()
            .map(|(code, by_word)| CountryBars {
                name: name(code),
                code: code.clone(),
                tallies: words
                    .iter()
                    .filter_map(|word| by_word.get_key_value(word))
                    .map(|(word, count)| Tally {
                        word,
                        count: *count,
                        length: length(*count, most, LONGEST),
                    })
                    .collect(),
                top: 0,
            })
            .collect();
        let of = |row: &CountryBars, word: &str| {
            let mut tallies = row.tallies.iter();
            tallies
                .find(|tally| tally.word == word)
                .map_or(0, |tally| tally.count)
        };
        // Standings are never added up: the first in which two differ decides.
        rows.sort_by(|one, other| {
            let ordered = words.iter().map(|word| of(other, word).cmp(&of(one, word)));
            ordered
                .reduce(std::cmp::Ordering::then)
                .unwrap_or(std::cmp::Ordering::Equal)
                .then_with(|| one.code.is_empty().cmp(&other.code.is_empty()))
                .then_with(|| one.code.cmp(&other.code))
        });
        let mut top = 4;
        for row in rows.iter_mut().take(DRAWN) {
            row.top = top;
            top += row.tallies.len() * (BAR + 2) + 10;
        }
        Self {
            drawn: rows.len().min(DRAWN),
            rows,
            height: top,
        }
    }
}

/// Who moved from one version to the next.
#[derive(Debug, Serialize)]
pub struct Moves {
    /// The earlier version.
    pub from: u64,
    /// The later one.
    pub to: u64,
    /// Who endorsed both.
    pub moved: usize,
    /// Who endorsed the earlier one and not the later one.
    pub stayed: usize,
    /// Who endorsed the earlier one and withdrew since, without endorsing the later one.
    pub withdrew: usize,
    /// Who endorsed the later one alone.
    pub came: usize,
    /// The heights of these four in the picture, in this order.
    pub heights: [String; 4],
    /// Where each begins from above: on the left moved, stayed, withdrew; on the right moved, came.
    pub tops: [String; 5],
    /// Where the band of those who moved ends.
    pub band: String,
}

/// The height of the taller column.
const COLUMN: usize = 180;

impl Moves {
    /// The picture of these numbers; nothing where nobody endorsed either.
    pub fn of(from: u64, to: u64, numbers: [usize; 4]) -> Option<Self> {
        let [moved, stayed, withdrew, came] = numbers;
        let tallest = (moved + stayed + withdrew).max(moved + came);
        if tallest == 0 {
            return None;
        }
        let at = |count: usize| length(count, tallest, COLUMN);
        Some(Self {
            from,
            to,
            moved,
            stayed,
            withdrew,
            came,
            heights: numbers.map(at),
            tops: [at(0), at(moved), at(moved + stayed), at(0), at(moved)],
            band: at(moved),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_or_have_one_digit() {
        assert_eq!(length(1, 3, 100), "33.3");
        assert_eq!(length(0, 0, 100), "0");
        assert_eq!(length(3, 3, 180), "180");
    }

    #[test]
    fn a_country_with_more_verified_stands_before_one_with_more_listed() {
        let counts = BTreeMap::from([
            ("DE".to_owned(), BTreeMap::from([("listed", 50)])),
            ("KR".to_owned(), BTreeMap::from([("verified", 1)])),
        ]);
        let picture = Countries::of(&counts, &["verified", "listed"], str::to_owned);
        let codes: Vec<&str> = picture.rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, ["KR", "DE"]);
    }
}
