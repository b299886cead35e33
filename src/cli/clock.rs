//! The only file that knows what day it is: statements claim a date, and nothing is decided by it.

use crate::base::date::Date;
use crate::base::error::Error;
use time::OffsetDateTime;

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
