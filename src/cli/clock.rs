//! The only file that knows what day it is: statements claim a date, and nothing is decided by it.

use crate::base::date::Date;
use crate::base::error::Error;
use time::{Month, OffsetDateTime};

/// Today in UTC, as the computer's clock has it.
pub fn today() -> Result<Date, Error> {
    let today = OffsetDateTime::now_utc().date();
    let written = format!(
        "{:04}-{:02}-{:02}",
        today.year(),
        u8::from(today.month()),
        today.day()
    );
    Date::parse(&written).map_err(|what| {
        Error::new(format!("the computer's clock shows no usable date: {what}"))
            .with_help("Set the clock, or name the day with --date.")
    })
}

/// How far a day is from today, in words; nothing where it is no more than a day, which time zones explain.
pub fn far_from_today(date: &Date) -> Option<String> {
    let mut parts = date.as_str().split('-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let day = parts.next()?.parse().ok()?;
    let claimed = time::Date::from_calendar_date(year, month, day).ok()?;
    let days = (claimed - OffsetDateTime::now_utc().date()).whole_days();
    match days {
        -1..=1 => None,
        2.. => Some(format!("which is {days} days from now")),
        _ => Some(format!("which is {} days ago", days.unsigned_abs())),
    }
}
