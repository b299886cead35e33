//! Domains that were asked again: whether each still names the key, and what changed since somebody saw it.

use super::paint::{BAD, FAINT, GOOD, WARNING, paint};
use crate::base::date::Date;
use crate::base::escape::visible;
use crate::base::excerpt::count;
use crate::base::host::Domain;
use crate::base::id::Id;
use crate::observe::{Sight, Unseen};
use crate::verify::attestation::Attested;
use crate::verify::binding::by;

/// A domain that was asked.
#[derive(Debug)]
pub struct Sighting<'a> {
    /// The organization.
    pub id: &'a Id,
    /// Its domain.
    pub domain: &'a Domain,
    /// What is there now.
    pub now: Result<Sight, Unseen>,
    /// The newest observation that counts, with what was kept of it.
    pub before: Option<(&'a Attested, Vec<u8>)>,
}

/// The commit that an age is told at: its name and its day.
pub type Judged = Option<(String, Date)>;

impl Sighting<'_> {
    /// In words, on lines of its own.
    pub fn text(&self, judged: &Judged) -> String {
        let (mark, what) = match &self.now {
            Ok(sight) => (paint(GOOD, "names the key"), describe(sight)),
            Err(Unseen::OneWay(what, _)) => (paint(BAD, "does not name the key"), visible(what)),
            Err(Unseen::Unknown(error)) => (paint(WARNING, "not known"), visible(error.what())),
        };
        let mut text = format!("{}  {}  {mark}\n         {what}\n", self.id, self.domain);
        let known = match &self.before {
            None => "nobody has seen it before".to_owned(),
            Some((seen, body)) => {
                let changed = match &self.now {
                    Ok(sight) if sight.body == *body => ", byte for byte the same",
                    Ok(_) => ", and other lines than now beside the key's",
                    Err(_) => "",
                };
                format!(
                    "{} saw it {} on {}{}{changed}",
                    seen.by,
                    by(seen.method),
                    seen.date,
                    age(&seen.date, judged)
                )
            }
        };
        text.push_str(&format!("         {}\n", paint(FAINT, &known)));
        text
    }
}

/// What was seen, in words.
pub fn describe(sight: &Sight) -> String {
    let dnssec = match sight.authenticated {
        None => "",
        Some(true) => ", authenticated by DNSSEC",
        Some(false) => ", which DNSSEC does not authenticate",
    };
    format!(
        "{}, {}{dnssec}",
        visible(&sight.place),
        count(sight.body.len(), "byte")
    )
}

/// How old a claimed day is at the commit that is judged.
pub fn age(date: &Date, judged: &Judged) -> String {
    let Some((commit, day)) = judged else {
        return String::new();
    };
    let days = day.number() - date.number();
    let whole = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        0 => format!(" (the day of the commit {commit})"),
        1.. => format!(" ({} before the commit {commit})", count(whole, "day")),
        _ => format!(" ({} after the commit {commit})", count(whole, "day")),
    }
}
