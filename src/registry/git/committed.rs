//! What HEAD holds, to say of a work tree where it differs.

use super::repository::Repository;
use super::tree::bytes;
use crate::base::error::Error;
use crate::registry::snapshot::{Reach, Snapshot};
use crate::registry::survey::Survey;
use git2::{ObjectType, Oid};
use std::collections::{BTreeMap, BTreeSet};

/// The registry's files at HEAD, by path.
#[derive(Debug, Default)]
pub struct Committed(BTreeMap<String, Held>);

/// A file at HEAD: its object, and whether it is a plain file of allowed size.
type Held = ([u8; 20], bool);

impl Repository {
    /// The registry's files at HEAD: none before the first commit, and no answer where HEAD cannot be read.
    pub fn committed(&self) -> Option<Committed> {
        if self.is_unborn().ok()? {
            return Some(Committed::default());
        }
        let head = self.commit("HEAD").ok()?;
        let mut survey = Survey::default();
        self.survey(head, &mut survey, Reach::Registry).ok()?;
        let (files, _) = survey.finish();
        let known = files
            .into_iter()
            .filter_map(|file| Some((file.path, (file.object?, file.readable))));
        Some(Committed(known.collect()))
    }
}

impl Committed {
    /// Whether HEAD has exactly these bytes at this path.
    fn holds(&self, path: &str, content: &[u8]) -> bool {
        let hashed = Oid::hash_object(ObjectType::Blob, content).map(bytes);
        matches!((self.0.get(path), hashed), (Some((known, true)), Ok(object)) if *known == object)
    }

    /// How many files of a work tree are new, gone or other than at HEAD.
    pub fn differing(&self, snapshot: &Snapshot) -> Result<usize, Error> {
        let mut differing = 0;
        let mut seen = BTreeSet::new();
        for file in &snapshot.files {
            seen.insert(file.path.as_str());
            // What cannot be read cannot be compared; a finding tells of it.
            let same = match file.readable {
                true => self.holds(&file.path, &snapshot.read(file)?),
                false => matches!(self.0.get(&file.path), Some((_, false))),
            };
            differing += usize::from(!same);
        }
        let gone = self
            .0
            .keys()
            .filter(|path| !seen.contains(path.as_str()))
            .count();
        Ok(differing + gone)
    }
}
