//! A commit as its object has it: tree, parents, who and when. Implements docs/formats/16-history.md, step 1.

use super::object::ObjectId;
use super::survey::shown;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: ObjectId,
    /// Its tree.
    pub tree: ObjectId,
    /// Its parents, the first first.
    pub parents: Vec<ObjectId>,
    /// Who wrote it, as recorded: a name and an address, which anybody can set.
    pub author: String,
    /// When it was committed, as recorded: seconds since 1970, which anybody can set.
    pub seconds: i64,
    /// The first line of its message.
    pub subject: String,
}

/// Which header of a commit comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    Tree,
    Parents,
    Committer,
    Others,
}

/// The farthest east that a day begins, in seconds.
const EAST: i64 = 14 * 60 * 60;
const DAY: i64 = 24 * 60 * 60;

impl Commit {
    /// Reads a commit object; nothing where it is none.
    pub fn read(
        id: ObjectId,
        data: &[u8],
        parse: impl Fn(&str) -> Option<ObjectId>,
    ) -> Option<Self> {
        let mut lines = data.split(|byte| *byte == b'\n');
        let mut commit = Self {
            id,
            tree: id,
            parents: Vec::new(),
            author: String::new(),
            seconds: 0,
            subject: String::new(),
        };
        // What comes next: each header has its place, as Git reads them. One that comes again elsewhere would
        // show this program another tree, or other parents, than it shows to Git.
        let mut next = Header::Tree;
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let space = line.iter().position(|byte| *byte == b' ').unwrap_or(0);
            let (key, value) = line.split_at_checked(space)?;
            let value = shown(value.trim_ascii_start());
            next = match (next, key) {
                (Header::Tree, b"tree") => {
                    commit.tree = parse(&value)?;
                    Header::Parents
                }
                (Header::Parents, b"parent") => {
                    commit.parents.push(parse(&value)?);
                    Header::Parents
                }
                (Header::Parents, b"author") => {
                    commit.author = who(&value);
                    Header::Committer
                }
                (Header::Committer, b"committer") => {
                    commit.seconds = when(&value);
                    Header::Others
                }
                (Header::Others, b"tree" | b"parent" | b"author" | b"committer") => return None,
                (Header::Others, _) => Header::Others,
                _ => return None,
            };
        }
        commit.subject = lines.next().map(shown).unwrap_or_default();
        (next == Header::Others).then_some(commit)
    }

    /// When it was committed, in UTC, as RFC 3339 has it.
    pub fn time(&self) -> String {
        let second = self.seconds.rem_euclid(DAY);
        format!(
            "{}T{:02}:{:02}:{:02}Z",
            day(self.seconds.div_euclid(DAY)),
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }

    /// The day it was committed, in UTC.
    pub fn day(&self) -> String {
        day(self.seconds.div_euclid(DAY))
    }

    /// The latest day that it was anywhere when it was committed.
    pub fn latest_day(&self) -> String {
        day(self.seconds.saturating_add(EAST).div_euclid(DAY))
    }
}

/// A name and an address, without the time behind them.
fn who(value: &str) -> String {
    match value.rfind('>') {
        Some(end) => value.get(..=end).unwrap_or(value).to_owned(),
        None => value.to_owned(),
    }
}

/// The seconds behind a name and an address; 0 where there are none.
fn when(value: &str) -> i64 {
    let time = value.rsplit('>').next().unwrap_or_default();
    let seconds = time.split_whitespace().next().unwrap_or_default();
    seconds.parse().unwrap_or(0)
}

/// A day from its number since 1970-01-01, in the Gregorian calendar, as `YYYY-MM-DD`.
fn day(number: i64) -> String {
    // Years run from March here, so that a leap day is the last of its year.
    let number = number.clamp(-719_468, 2_932_896) + 719_468;
    let era = number.div_euclid(146_097);
    let of_era = number.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(hex: &str) -> Option<ObjectId> {
        (hex.len() == 40).then_some(ObjectId([7; 20]))
    }

    #[test]
    fn a_commit_is_read_from_its_bytes() {
        let hex = "a".repeat(40);
        let data = format!(
            "tree {hex}\nparent {hex}\nparent {hex}\nauthor A <a@b> 5 +0000\ncommitter C <> c> 1767225600 +1400\ngpgsig -----BEGIN\n x\n\nfirst line\nparent {hex}\n"
        );
        let commit = Commit::read(ObjectId([1; 20]), data.as_bytes(), parse).unwrap();
        assert_eq!(commit.parents.len(), 2);
        assert_eq!(commit.author, "A <a@b>");
        assert_eq!(commit.time(), "2026-01-01T00:00:00Z");
        assert_eq!(commit.subject, "first line");
        assert!(Commit::read(ObjectId([1; 20]), b"author A <a> 1 +0\n\nx", parse).is_none());
        for extra in ["tree", "parent", "author"] {
            let twice = data.replace("gpgsig", &format!("{extra} {hex}\ngpgsig"));
            assert!(
                Commit::read(ObjectId([1; 20]), twice.as_bytes(), parse).is_none(),
                "{extra}"
            );
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (number, written) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_454, "2026-01-01"),
            (i64::MAX, "9999-12-31"),
            (i64::MIN, "0000-03-01"),
        ] {
            assert_eq!(day(number), written);
        }
        let commit = |seconds| Commit {
            id: ObjectId([0; 20]),
            tree: ObjectId([0; 20]),
            parents: Vec::new(),
            author: String::new(),
            seconds,
            subject: String::new(),
        };
        assert_eq!(
            commit(1_767_225_600 + 10 * 3600 - 1).latest_day(),
            "2026-01-01"
        );
        assert_eq!(commit(1_767_225_600 + 10 * 3600).latest_day(), "2026-01-02");
    }
}
