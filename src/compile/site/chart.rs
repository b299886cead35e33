//! Signatures over time: for each standing of today, how many of those who have it were there on which day.

use super::picture::length;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The picture of a letter over time.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// A line for each standing.
    pub lines: Vec<ChartLine>,
    /// The days or months behind the picture, each with the counts in the order of the lines.
    pub rows: Vec<ChartRow>,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// The most that any line reaches.
    pub most: usize,
}

/// One line.
#[derive(Debug, Serialize)]
pub struct ChartLine {
    /// The standing.
    pub word: &'static str,
    /// How many in the end.
    pub count: usize,
    /// The steps, as `points` of SVG.
    pub points: String,
    /// Where it ends from above.
    pub end: String,
}

/// One row of the table behind it.
#[derive(Debug, Serialize)]
pub struct ChartRow {
    day: String,
    counts: Vec<usize>,
}

/// The width and height of the field.
const WIDTH: usize = 560;
const HEIGHT: usize = 200;
/// More days than this are told by their months, more months by their years.
const ROWS: usize = 60;

impl Chart {
    /// The picture of these: a day and a standing for each signatory. Nothing where all came on one day.
    pub fn of(entered: &[(String, &'static str)], words: &[&'static str]) -> Option<Self> {
        let days: BTreeSet<&str> = entered.iter().map(|(day, _)| day.as_str()).collect();
        let (first, last) = (days.first()?, days.last()?);
        let (start, end) = (ordinal(first)?, ordinal(last)?);
        if start == end {
            return None;
        }
        let cut = [10, 7, 4].into_iter().find(|cut| {
            let told: BTreeSet<&str> = days.iter().filter_map(|day| day.get(..*cut)).collect();
            told.len() <= ROWS
        })?;
        let known: Vec<&'static str> = words
            .iter()
            .filter(|word| entered.iter().any(|(_, one)| one == *word))
            .copied()
            .collect();
        let mut new: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (day, word) in entered {
            *new.entry(day).or_default().entry(word).or_default() += 1;
        }
        let of = |word: &str| entered.iter().filter(|(_, one)| *one == word).count();
        let most = known.iter().map(|word| of(word)).max()?;
        let y = |count: usize| length(most - count.min(most), most, HEIGHT);
        let lines = known.iter().map(|word| {
            let mut count = 0;
            let mut points = vec![format!("0,{}", y(0))];
            for (day, by_word) in &new {
                let Some(more) = by_word.get(word) else {
                    continue;
                };
                let x = length(ordinal(day).unwrap_or(start) - start, end - start, WIDTH);
                points.push(format!("{x},{}", y(count)));
                count += more;
                points.push(format!("{x},{}", y(count)));
            }
            points.push(format!("{WIDTH},{}", y(count)));
            ChartLine {
                word,
                count,
                points: points.join(" "),
                end: y(count),
            }
        });
        let lines = lines.collect();
        let mut rows: Vec<ChartRow> = Vec::new();
        let mut counts = vec![0; known.len()];
        for (day, by_word) in &new {
            for (count, word) in counts.iter_mut().zip(&known) {
                *count += by_word.get(word).copied().unwrap_or_default();
            }
            let told = day.get(..cut).unwrap_or(day);
            match rows.last_mut().filter(|row| row.day == told) {
                Some(row) => row.counts.clone_from(&counts),
                None => rows.push(ChartRow {
                    day: told.to_owned(),
                    counts: counts.clone(),
                }),
            }
        }
        Some(Self {
            lines,
            rows,
            first: (*first).to_owned(),
            last: (*last).to_owned(),
            most,
        })
    }
}

/// The number of a day (YYYY-MM-DD) in the Gregorian calendar, counted from the year 0.
fn ordinal(day: &str) -> Option<usize> {
    let mut parts = day.split('-').map(str::parse::<usize>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    // Years begin in March, so that the leap day is the last of its year.
    let year = if month > 2 {
        year
    } else {
        year.checked_sub(1)?
    };
    let month = (month + 9) % 12;
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let day = |text| ordinal(text).expect("a day");
        assert_eq!(day("2026-03-01") - day("2026-02-28"), 1);
        assert_eq!(day("2028-03-01") - day("2028-02-28"), 2);
        assert_eq!(day("2027-01-01") - day("2026-12-31"), 1);
        assert_eq!(day("2026-01-01") - day("2025-01-01"), 365);
    }

    #[test]
    fn each_standing_has_its_own_line_and_nothing_is_added_up() {
        let entered = [
            ("2026-01-01".to_owned(), "signed"),
            ("2026-01-03".to_owned(), "listed"),
            ("2026-01-03".to_owned(), "signed"),
        ];
        let chart = Chart::of(&entered, &["verified", "signed", "listed"]).expect("two days");
        let counts: Vec<_> = chart
            .lines
            .iter()
            .map(|line| (line.word, line.count))
            .collect();
        assert_eq!(counts, [("signed", 2), ("listed", 1)]);
        assert_eq!(chart.most, 2);
        assert_eq!(
            chart.rows.last().map(|row| row.counts.clone()),
            Some(vec![2, 1])
        );
        assert!(Chart::of(&entered[..1], &["signed"]).is_none());
    }
}
