//! Judges what lies in a tree before any content is read: kind of file, path, twins, size.
//! Implements docs/formats/1-tree.md, survey.

use super::layout::{self, Slot};
use super::leak;
use super::owners::{self, Owners};
use super::snapshot::File;
use crate::base::characters::to_nfc;
use crate::base::excerpt::quote;
use crate::base::finding::{Finding, Severity};
use crate::base::rule::{NOT_A_REGULAR_FILE, PATH_COLLISION, PATH_NOT_ALLOWED, RECORD_TOO_LARGE};
use std::collections::HashMap;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A plain file, mode 100644.
    Regular,
    /// A file marked as executable.
    Executable,
    /// A symbolic link.
    Link,
    /// A submodule.
    Submodule,
    /// A file of another mode, a pipe, a socket or a device.
    Other,
}

/// The paths seen so far and what was found about them.
#[derive(Debug, Default)]
pub struct Survey {
    files: Vec<File>,
    findings: Vec<Finding>,
    twins: HashMap<String, String>,
    /// The files of code owners that the program made.
    owners: Vec<(Owners, Vec<u8>)>,
    /// Whether the folder of the records is left out: they are read a part at a time.
    spares_records: bool,
}

impl Survey {
    /// A survey of everything but the folder of the records.
    pub fn without_records() -> Self {
        Self {
            spares_records: true,
            ..Self::default()
        }
    }

    /// A folder at the root of the repository: only twins of `registry` matter.
    pub fn see_root(&mut self, name: &str) {
        if fold(name) == layout::ROOT {
            self.see(name);
        }
    }

    /// A folder; says whether to look inside.
    pub fn see_folder(&mut self, path: &str) -> bool {
        // The registry itself was seen among the names at the root.
        if path != layout::ROOT {
            self.see(path);
        }
        if path == layout::LEDGER {
            self.reserve(path);
        }
        if self.spares_records && path == layout::SIGNATORIES {
            return false;
        }
        if !layout::may_hold(path) {
            self.refuse_path(path, "the registry has no folder here");
            return false;
        }
        true
    }

    /// A file or whatever else lies where a file could.
    pub fn see_file(&mut self, path: &str, kind: Kind, size: u64, object: Option<[u8; 20]>) {
        self.see(path);
        let what = match kind {
            Kind::Regular => None,
            Kind::Executable => Some("the file is marked as executable"),
            Kind::Link => Some("a symbolic link lies here"),
            Kind::Submodule => Some("a submodule lies here"),
            Kind::Other => Some("something other than a plain file lies here"),
        };
        if let Some(what) = what {
            self.findings
                .push(Finding::about(&NOT_A_REGULAR_FILE, path, what));
        }
        let Some(slot) = layout::slot(path) else {
            if what.is_none() {
                self.refuse_path(path, "the registry has no place for this file");
            }
            return;
        };
        if slot == Slot::Ledger {
            // A file of that name; what lies in the folder was told of with it.
            if path == layout::LEDGER {
                self.reserve(path);
            }
            return;
        }
        let unfit = unfit(path, &slot, size);
        self.files.push(File {
            path: path.to_owned(),
            slot,
            readable: what.is_none() && unfit.is_none(),
            object,
        });
        self.findings.extend(unfit.filter(|_| what.is_none()));
    }

    /// A file of the repository, by its bytes: it is no private key, and where the program made it, it is fresh.
    pub fn see_other(&mut self, path: &str, bytes: &[u8]) {
        self.findings.extend(leak::private_key(path, bytes));
        if let Some(owners) = Owners::at(path).filter(|_| owners::is_made(bytes)) {
            self.owners.push((owners, bytes.to_owned()));
        }
    }

    /// A copy of a schema, which lies outside registry/ and is only compared.
    pub fn see_schema(&mut self, path: &str, kind: Kind, size: u64, object: Option<[u8; 20]>) {
        if let Some(slot @ Slot::SchemaCopy(_)) = layout::slot(path) {
            self.files.push(File {
                path: path.to_owned(),
                readable: kind == Kind::Regular && size <= slot.limit(),
                slot,
                object,
            });
        }
    }

    /// The files of code owners that the program made, to be compared with the charter.
    pub fn take_owners(&mut self) -> Vec<(Owners, Vec<u8>)> {
        std::mem::take(&mut self.owners)
    }

    /// The files in order of path, and what was found.
    pub fn finish(mut self) -> (Vec<File>, Vec<Finding>) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        (self.files, self.findings)
    }

    fn see(&mut self, path: &str) {
        let folded = fold(path);
        match self.twins.get(&folded) {
            Some(other) if other == path => {
                let message = "this path stands twice in one tree";
                self.findings
                    .push(Finding::about(&PATH_COLLISION, path, message));
            }
            Some(other) => {
                // The stray is told of, not the file that lies where it should.
                let (stray, other) = match has_place(path) && !has_place(other) {
                    true => (other.as_str(), path),
                    false => (path, other.as_str()),
                };
                self.findings.push(collision(stray, other));
            }
            None => {
                self.twins.insert(folded, path.to_owned());
            }
        }
    }

    fn refuse_path(&mut self, path: &str, what: &str) {
        self.findings
            .push(Finding::about(&PATH_NOT_ALLOWED, path, what).with_help(layout::hint(path)));
    }

    fn reserve(&mut self, path: &str) {
        let what = "registry/ledger/ is reserved, and nothing in it is read";
        self.findings
            .push(Finding::about(&PATH_NOT_ALLOWED, path, what).with_severity(Severity::Warning));
    }
}

/// docs/formats/1-tree.md, paths and sizes: the finding, where a file is larger than its place allows.
pub fn unfit(path: &str, slot: &Slot, size: u64) -> Option<Finding> {
    let limit = slot.limit();
    let message = format!("the file has {size} bytes, and at most {limit} are allowed");
    (size > limit).then(|| Finding::about(&RECORD_TOO_LARGE, path, message))
}

/// The finding, where one of the others is a twin of a path that has a place.
pub(super) fn twin<'a>(path: &str, mut others: impl Iterator<Item = &'a str>) -> Option<Finding> {
    let folded = fold(path);
    let stray = others.find(|other| *other != path && fold(other) == folded)?;
    Some(collision(stray, path))
}

fn collision(stray: &str, other: &str) -> Finding {
    let message = format!(
        "this path and {} are one path where case and Unicode forms are folded",
        quote(other)
    );
    Finding::about(&PATH_COLLISION, stray, message)
}

/// Whether the layout knows a file or a folder at this path.
fn has_place(path: &str) -> bool {
    layout::slot(path).is_some() || layout::may_hold(path)
}

/// Paths that fold alike cannot live side by side on every file system.
fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Lower, upper and lower case again do together what full case folding does for one-to-many cases.
    let folded = to_nfc(path).to_lowercase().to_uppercase().to_lowercase();
    to_nfc(&folded)
}

/// A path's bytes as text, with what is not UTF-8 shown as `\xNN`.
pub fn shown(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}
