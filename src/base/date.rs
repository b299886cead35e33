//! Dates: real days of the Gregorian calendar, `YYYY-MM-DD` (RFC 3339 full-date).
//! Implements docs/formats/2-identifiers.md, date.

use super::spelling::spelled;

spelled! {
    /// A day. It is always somebody's claim: nothing is decided by a date.
    Date, check
}

fn check(text: &str) -> Result<(), &'static str> {
    const SPELLING: &str = "the date is not a real day written YYYY-MM-DD";
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else {
        return Err(SPELLING);
    };
    let number = |part: &str, digits: usize| -> Result<u32, &'static str> {
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SPELLING);
        }
        part.parse().map_err(|_| SPELLING)
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(SPELLING),
    };
    if (1..=days).contains(&day) {
        Ok(())
    } else {
        Err(SPELLING)
    }
}

impl Date {
    /// How many days it is after 1970-01-01, in the Gregorian calendar.
    pub fn number(&self) -> i64 {
        let mut parts = self
            .as_str()
            .split('-')
            .map(|part| part.parse().unwrap_or(1));
        let mut next = || parts.next().unwrap_or(1);
        let (year, month, day): (i64, i64, i64) = (next(), next(), next());
        // Years run from March here, so that a leap day is the last of its year.
        let (year, month) = match month {
            1 | 2 => (year - 1, month + 9),
            _ => (year, month - 3),
        };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (date, number) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-11-25", 20_782),
            ("0000-01-01", -719_528),
        ] {
            let date = Date::parse(date).map(|date| date.number());
            assert_eq!(date, Ok(number));
        }
    }

    #[test]
    fn only_real_days_are_dates() {
        for good in ["2019-03-21", "2024-02-29", "2000-02-29", "0000-01-01"] {
            assert!(Date::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "2019-3-21",
            "2023-02-29",
            "1900-02-29",
            "2019-13-01",
            "2019-04-31",
            "2019-01-00",
            "+019-01-01",
            "",
        ] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
    }
}
