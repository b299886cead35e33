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

#[cfg(test)]
mod tests {
    use super::*;

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
