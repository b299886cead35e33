//! A shard of a run: which record files are judged by one of several runs that share a commit.
//! Implements docs/formats/21-partial.md, shards.

use super::layout::Slot;
use super::snapshot::{File, Snapshot};
use std::fmt;

/// How many runs may share a commit.
const MOST: usize = 1000;

/// One of several runs that share the records of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl Shard {
    /// The only shard of a run that shares with no other.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Steps 2 and 3: reads `3/16`, the third of sixteen.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let numbers = text.split_once('/');
        let numbers = numbers.and_then(|(number, of)| Some((plain(number)?, plain(of)?)));
        let (number, of) =
            numbers.ok_or("a shard is two whole numbers such as 3/16: which, and of how many")?;
        Self::new(number, of)
    }

    /// Step 3: the shard with this number, counted from 1, of so many.
    pub fn new(number: usize, of: usize) -> Result<Self, &'static str> {
        match (1..=MOST).contains(&of) {
            false => Err("a run has from 1 to 1000 shards"),
            true if number == 0 => Err("shards are counted from 1"),
            true if number > of => Err("there are not so many shards"),
            true => Ok(Self { number, of }),
        }
    }

    /// Which one it is, counted from 1.
    pub fn number(self) -> usize {
        self.number
    }

    /// Of how many.
    pub fn of(self) -> usize {
        self.of
    }

    /// Step 4: its record files, of all in order of path.
    pub fn files(self, snapshot: &Snapshot) -> impl Iterator<Item = &File> {
        let records = snapshot.files.iter().filter(|file| is_record(file));
        records.skip(self.number - 1).step_by(self.of)
    }

    /// Takes the record files of the other shards out of a snapshot.
    pub fn narrow(self, snapshot: &mut Snapshot) {
        let mut at = 0;
        snapshot.files.retain(|file| {
            let record = is_record(file);
            let own = at % self.of == self.number - 1;
            at += usize::from(record);
            own || !record
        });
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

fn is_record(file: &File) -> bool {
    matches!(file.slot, Slot::Record(_))
}

/// A number in its one spelling.
fn plain(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::Id;

    #[test]
    fn a_shard_has_one_spelling() {
        for good in ["1/1", "3/16", "16/16", "1000/1000"] {
            assert_eq!(Shard::parse(good).expect(good).to_string(), good);
        }
        for bad in [
            "",
            "abc",
            "3",
            "/",
            "3/",
            "/16",
            "0/3",
            "4/3",
            "0/0",
            "1/0",
            "1/1001",
            "-1/3",
            "+1/3",
            "01/3",
            "1/03",
            "1/3/3",
            " 1/3",
            "1/3 ",
            "1.0/3",
            "1/99999999999999999999",
            "１/３",
        ] {
            assert!(Shard::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_record_falls_into_one_shard() {
        let file = |path: String, slot| File {
            path,
            slot,
            readable: true,
            object: None,
        };
        let mut all = Snapshot::empty();
        all.files.push(file("a".to_owned(), Slot::Charter));
        for number in 10..30 {
            let id = Id::parse(&format!("forum-{number}")).expect("an id");
            all.files.push(file(id.to_string(), Slot::Record(id)));
        }
        all.files.push(file("z".to_owned(), Slot::Ledger));
        for of in [1, 2, 3, 16, 20, 100] {
            let mut met = Vec::new();
            for number in 1..=of {
                let shard = Shard::new(number, of).expect("a shard");
                let own: Vec<String> = shard.files(&all).map(|file| file.path.clone()).collect();
                let mut part = Snapshot::empty();
                part.files.clone_from(&all.files);
                shard.narrow(&mut part);
                let left: Vec<&str> = part.files.iter().map(|file| file.path.as_str()).collect();
                let mut expected = vec!["a"];
                expected.extend(own.iter().map(String::as_str));
                expected.push("z");
                assert_eq!(left, expected, "{shard}");
                assert!(own.len().abs_diff(20 / of) <= 1, "{shard}");
                met.extend(own);
            }
            met.sort();
            met.dedup();
            assert_eq!(met.len(), 20, "{of}");
        }
    }
}
