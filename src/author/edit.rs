//! A file of a registry as it would be, and its bytes in the place of those that lie on disk.

use crate::base::error::Error;
use crate::registry::layout::{self, Slot};
use crate::registry::worktree::line_feeds;
use std::borrow::Cow;

/// One file as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its path from the root of the repository.
    pub path: String,
    /// Its bytes now, as they are read; nothing where there is no such file.
    pub before: Option<Vec<u8>>,
    /// Its bytes then.
    pub after: Vec<u8>,
}

impl Edit {
    /// The bytes to write in the place of those on disk, with their line ends; nothing where they are there already.
    ///
    /// An error where the file on disk is not the one that was read.
    pub fn over(&self, now: Option<&[u8]>) -> Result<Option<Cow<'_, [u8]>>, Error> {
        let (before, now) = match (&self.before, now) {
            (None, None) => return Ok(Some(Cow::from(&self.after))),
            // A run that was killed may have written this very file.
            (None, Some(now)) if now == self.after => return Ok(None),
            (None, Some(_)) => return Err(self.in_the_way()),
            (Some(_), None) => return Err(self.changed()),
            (Some(before), Some(now)) => (before, now),
        };
        let folds = layout::slot(&self.path).is_some_and(|slot| slot.folds_line_ends());
        let read = match folds {
            true => line_feeds(now.to_vec()),
            false => now.to_vec(),
        };
        if read != *before {
            return Err(self.changed());
        }
        let returns = now.len() - read.len();
        if returns == 0 {
            return Ok(Some(Cow::from(&self.after)));
        }
        let feeds = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        if returns != feeds(now) {
            let what = format!("some lines of {} end in CR LF, and others in LF", self.path);
            return Err(Error::new(what).with_help(
                "Nothing was written. Give all of them the same end, as an editor does, and run this again.",
            ));
        }
        let mut after = Vec::with_capacity(self.after.len() + feeds(&self.after));
        for byte in &self.after {
            if *byte == b'\n' {
                after.push(b'\r');
            }
            after.push(*byte);
        }
        Ok(Some(Cow::from(after)))
    }

    fn changed(&self) -> Error {
        Error::new(format!("{} was changed meanwhile", self.path))
            .with_help("Nothing was written. Run it again and look at what is there now.")
    }

    fn in_the_way(&self) -> Error {
        let what = format!("{} is there already, with other bytes", self.path);
        Error::new(what).with_help(match layout::slot(&self.path) {
            Some(Slot::Text(..)) => {
                "Nothing was written. No letter.yaml names that file, so that an earlier run may have left it: look at it, take it out, and run this again."
            }
            _ => "Nothing was written. Run it again and look at what is there now.",
        })
    }
}
