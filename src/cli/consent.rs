//! With which key somebody signs, which day that claims, and how they agree to it.

use super::answer::Globals;
use super::signer::KeyChoice;
use super::{ask, clock, door};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use clap::Args;

/// With which key, on which day, and how that is agreed to.
#[derive(Debug, Args)]
pub struct ByKey {
    #[command(flatten)]
    pub(super) key: KeyChoice,

    #[command(flatten)]
    pub(super) day: Day,

    #[command(flatten)]
    pub(super) consent: Consent,
}

/// How what is shown is agreed to.
#[derive(Debug, Args)]
pub struct Consent {
    /// Agree to what is shown, without being asked
    #[arg(long, short)]
    pub yes: bool,
}

/// The day that a statement claims.
#[derive(Debug, Args)]
pub struct Day {
    /// The day that the statement claims; else today
    #[arg(long, value_name = "YYYY-MM-DD", hide_short_help = true)]
    date: Option<String>,
}

impl Day {
    /// Whether somebody named it.
    pub fn is_named(&self) -> bool {
        self.date.is_some()
    }

    /// The day that was named, or today; one that is far from today's is spoken of.
    pub fn date(&self, globals: &Globals) -> Result<Date, Error> {
        let Some(date) = &self.date else {
            return clock::today();
        };
        let date =
            Date::parse(date).map_err(|what| Error::new(format!("{}: {what}", quote(date))))?;
        if let Some(far) = clock::far_from_today(&date) {
            door::remark(
                &format!("the statement claims the day {date}, {far}"),
                globals.color,
            );
        }
        Ok(date)
    }
}

/// Shows what is to be done, and asks once, unless it was agreed to already.
pub fn agree(
    globals: &Globals,
    consent: &Consent,
    shown: &str,
    question: &str,
) -> Result<(), Error> {
    if consent.yes {
        return Ok(());
    }
    door::tell(shown, globals.color);
    match ask::confirm(globals, question, "--yes")? {
        true => Ok(()),
        false => Err(Error::new("nothing was signed, and nothing was written")),
    }
}
