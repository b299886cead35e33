//! What killed runs left in a folder, unfinished and under names of ours: the next run takes it away.

use crate::registry::worktree::list;
use std::fs::{self, File};
use std::path::Path;

/// A folder in which something is being made; while this is held, no other run takes it for what was left.
#[derive(Debug)]
pub struct Claim {
    _shared: Option<File>,
}

impl Claim {
    /// Claims a folder, and where nobody else is at work in it, takes away what begins with a prefix of ours.
    ///
    /// Where the system lets nobody lock a folder, everything stays.
    pub fn of(folder: &Path, prefix: &str) -> Self {
        let handle = File::open(folder).ok();
        let Some(handle) = handle else {
            return Self { _shared: None };
        };
        if handle.try_lock().is_ok() {
            clear(folder, prefix);
        }
        let shared = handle.lock_shared().ok().map(|()| handle);
        Self { _shared: shared }
    }
}

/// Where something cannot be taken away it is in nobody's way either.
fn clear(folder: &Path, prefix: &str) {
    let found = list(folder).unwrap_or_default();
    for (_, left) in found.iter().filter(|(name, _)| name.starts_with(prefix)) {
        let _ = match fs::symlink_metadata(left) {
            Ok(about) if about.is_dir() => fs::remove_dir_all(left),
            _ => fs::remove_file(left),
        };
    }
}
