//! Everything a registry holds, read once and judged file by file; what concerns several files is judged above.
//! Implements docs/formats/1-tree.md, loading.

use super::holding::{BrokenRecord, HeldCharter, Registry};
use super::layout::{Slot, letter_folder};
use super::letters::{HeldLetter, TextFiles};
use super::records::{ReadRecord, pointer, read_record};
use super::snapshot::{File, Snapshot};
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::{
    CHARTER_INCONSISTENT, DUPLICATE_ID, PATH_NOT_ALLOWED, SCHEMA_COPY_DIFFERS,
};
use crate::letter::Letter;
use crate::record::charter::{self, Charter};
use crate::record::entry::governance;
use crate::record::reading;
use crate::record::schema::{FILES, Schemas};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many records are in memory as bytes at once.
const CHUNK: usize = 4096;

/// Reads a registry.
pub fn load(snapshot: &Snapshot, schemas: &Schemas) -> Result<Registry, Error> {
    let mut registry = load_all_but_records(snapshot, schemas)?;
    registry.load_records(snapshot, schemas)?;
    Ok(registry)
}

/// Reads all of a registry but its records.
pub fn load_all_but_records(snapshot: &Snapshot, schemas: &Schemas) -> Result<Registry, Error> {
    let mut registry = Registry {
        revision: snapshot.revision.clone(),
        findings: snapshot.findings.clone(),
        ..Registry::default()
    };
    registry.load_charters(snapshot, schemas)?;
    registry.load_letters(snapshot, schemas)?;
    registry.compare_schemas(snapshot)?;
    registry.compare_owners(snapshot);
    Ok(registry)
}

/// The charter and the letters without a record; where there is no charter file, what follows from that.
pub fn frame(snapshot: &Snapshot, schemas: &Schemas) -> Result<Registry, Error> {
    let mut registry = Registry {
        revision: snapshot.revision.clone(),
        findings: snapshot.findings.clone(),
        ..Registry::default()
    };
    if snapshot.files.iter().any(|file| file.slot == Slot::Charter) {
        registry.load_charters(snapshot, schemas)?;
    }
    registry.load_letters(snapshot, schemas)?;
    Ok(registry)
}

impl Registry {
    /// docs/formats/1-tree.md, loading: the records of a snapshot, in order of path.
    pub fn load_records(&mut self, snapshot: &Snapshot, schemas: &Schemas) -> Result<(), Error> {
        let records: Vec<&File> = snapshot
            .files
            .iter()
            .filter(|file| matches!(file.slot, Slot::Record(_)))
            .collect();
        for chunk in records.chunks(CHUNK) {
            let mut bytes = Vec::with_capacity(chunk.len());
            for file in chunk {
                let content = if file.readable {
                    Some(snapshot.read(file)?)
                } else {
                    None
                };
                bytes.push((*file, content));
            }
            let read: Vec<_> = bytes
                .into_par_iter()
                .filter_map(|(file, content)| match &file.slot {
                    Slot::Record(id) => {
                        Some(read_record(schemas, &file.path, id, content.as_deref()))
                    }
                    _ => None,
                })
                .collect();
            for record in read {
                self.take_in(record);
            }
        }
        self.finish(&records);
        Ok(())
    }

    /// docs/formats/7-charter.md: the charter, and those that it superseded.
    fn load_charters(&mut self, snapshot: &Snapshot, schemas: &Schemas) -> Result<(), Error> {
        let mut found = false;
        for file in &snapshot.files {
            let superseded = match file.slot {
                Slot::Charter => {
                    found = true;
                    None
                }
                Slot::SupersededCharter(number) => Some(number),
                _ => continue,
            };
            if !file.readable {
                continue;
            }
            let content = snapshot.read(file)?;
            let Some(held) = self.read_charter(schemas, &file.path, &content) else {
                continue;
            };
            match superseded {
                Some(number) => drop(self.superseded.insert(number, held)),
                None => self.charter = Some(held),
            }
        }
        if found {
            self.judge_superseded(snapshot);
            return Ok(());
        }
        Err(Error::new("there is no registry/registry.yaml").with_help(
            "A registry is the folder registry/ with registry.yaml at the root of a repository.",
        ))
    }

    /// docs/formats/7-charter.md, superseded charters: a govern statement accounts for each.
    fn judge_superseded(&mut self, snapshot: &Snapshot) {
        let Some(held) = &self.charter else {
            // The charter's own findings come first.
            return;
        };
        let governed = u64::try_from(held.charter.statements.len()).unwrap_or(u64::MAX);
        for file in &snapshot.files {
            if let Slot::SupersededCharter(number) = file.slot
                && number > governed
            {
                let message = "no govern statement accounts for this superseded charter";
                let help = "Take the file out; charters/ holds what a govern statement superseded.";
                let finding = Finding::about(&CHARTER_INCONSISTENT, &file.path, message);
                self.findings.push(finding.with_help(help));
            }
        }
    }

    fn read_charter(
        &mut self,
        schemas: &Schemas,
        path: &str,
        content: &[u8],
    ) -> Option<HeldCharter> {
        if let Some(finding) = pointer(path, content) {
            self.findings.push(finding);
            return None;
        }
        let reading = reading::read::<Charter>(&schemas.charter, path, content);
        self.findings.extend(reading.findings);
        let (charter, document) = reading.value.zip(reading.document)?;
        self.findings.extend(charter::judge(&charter, &document));
        let (entries, malformed) = governance(&charter.statements, &document);
        self.findings.extend(Finding::bound(malformed));
        Some(HeldCharter {
            digest: Digest::of(charter::signed_part(content)),
            charter,
            entries,
            document,
        })
    }

    /// docs/formats/6-letter.md: every folder under letters/ with its texts.
    fn load_letters(&mut self, snapshot: &Snapshot, schemas: &Schemas) -> Result<(), Error> {
        let mut folders: BTreeMap<&Id, (Option<&File>, Vec<&File>)> = BTreeMap::new();
        for file in &snapshot.files {
            match &file.slot {
                Slot::Letter(id) => folders.entry(id).or_default().0 = Some(file),
                Slot::Text(id, ..) => folders.entry(id).or_default().1.push(file),
                _ => {}
            }
        }
        for (id, (file, texts)) in folders {
            match file {
                Some(file) if file.readable => {
                    self.load_letter(snapshot, schemas, id, file, &texts)?;
                    if !self.letters.contains_key(id) {
                        self.broken_letters.insert(id.clone());
                    }
                }
                Some(_) => {
                    self.broken_letters.insert(id.clone());
                }
                None => {
                    self.broken_letters.insert(id.clone());
                    self.findings.push(without_letter(id));
                }
            }
        }
        Ok(())
    }

    /// One letter; where letter.yaml cannot be read, none of its texts is.
    fn load_letter(
        &mut self,
        snapshot: &Snapshot,
        schemas: &Schemas,
        id: &Id,
        file: &File,
        texts: &[&File],
    ) -> Result<(), Error> {
        let content = snapshot.read(file)?;
        if let Some(finding) = pointer(&file.path, &content) {
            self.findings.push(finding);
            return Ok(());
        }
        let reading = reading::read::<Letter>(&schemas.letter, &file.path, &content);
        self.findings.extend(reading.findings);
        let (Some(letter), Some(document)) = (reading.value, reading.document) else {
            return Ok(());
        };
        let mut files = TextFiles::new();
        for text in texts {
            let mut content = None;
            // What letter.yaml does not name is told of, and not read.
            if text.readable && names(&letter, &text.path) {
                let bytes = snapshot.read(text)?;
                match pointer(&text.path, &bytes) {
                    Some(finding) => self.findings.push(finding),
                    None => content = Some(bytes),
                }
            }
            files.insert(text.path.clone(), content);
        }
        let (held, findings) = HeldLetter::hold(id, &file.path, document, letter, &files);
        self.findings.extend(findings);
        if held.letter.id == *id {
            self.letters.insert(id.clone(), held);
        }
        Ok(())
    }

    /// The program's own schemas decide; a copy that differs would show editors something else.
    pub fn compare_schemas(&mut self, snapshot: &Snapshot) -> Result<(), Error> {
        for file in &snapshot.files {
            let Slot::SchemaCopy(name) = &file.slot else {
                continue;
            };
            let Some((_, built_in)) = FILES.iter().find(|(known, _)| known == name) else {
                continue;
            };
            if !file.readable || snapshot.read(file)? != built_in.as_bytes() {
                let message = "the file is not the schema that is built into this program";
                self.findings
                    .push(Finding::about(&SCHEMA_COPY_DIFFERS, &file.path, message));
            }
        }
        Ok(())
    }

    /// docs/formats/7-charter.md, code owners: what the program made of the maintainers is fresh.
    fn compare_owners(&mut self, snapshot: &Snapshot) {
        let Some(held) = &self.charter else {
            return;
        };
        let maintainers = &held.charter.maintainers;
        let judged = snapshot.owners.iter();
        self.findings
            .extend(judged.filter_map(|(owners, bytes)| owners.judge(bytes, maintainers)));
    }

    fn take_in(&mut self, read: ReadRecord) {
        self.findings.extend(read.findings);
        match read.outcome {
            Ok(record) => self.records.push(record),
            Err(broken) => self.broken_records.push(broken),
        }
    }

    /// Puts records in order of id; an id that lies flat and in a shard has no record that counts.
    fn finish(&mut self, files: &[&File]) {
        let mut paths: BTreeMap<&Id, Vec<&str>> = BTreeMap::new();
        for file in files {
            if let Slot::Record(id) = &file.slot {
                paths.entry(id).or_default().push(&file.path);
            }
        }
        paths.retain(|_, paths| paths.len() > 1);
        let mut doubled: BTreeMap<&Id, BrokenRecord> = BTreeMap::new();
        for (id, paths) in &paths {
            for path in paths {
                let other = paths.iter().find(|other| *other != path);
                let message = format!("`{id}` has another record, {}", other.unwrap_or(path));
                self.findings
                    .push(Finding::about(&DUPLICATE_ID, *path, message).of(id));
            }
            let broken = BrokenRecord {
                id: (*id).clone(),
                path: paths.first().copied().unwrap_or_default().to_owned(),
                letters: BTreeSet::new(),
            };
            doubled.insert(id, broken);
        }
        self.records.retain(|record| {
            let Some(broken) = doubled.get_mut(&record.signatory.id) else {
                return true;
            };
            broken.letters.extend(record.letters.iter().cloned());
            false
        });
        self.broken_records
            .retain(|record| match doubled.get_mut(&record.id) {
                Some(broken) => {
                    broken.letters.extend(record.letters.iter().cloned());
                    false
                }
                None => true,
            });
        self.broken_records.extend(doubled.into_values());
        self.records
            .sort_by(|a, b| a.signatory.id.cmp(&b.signatory.id));
        self.broken_records.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// Whether a letter has a text in the file at this path.
fn names(letter: &Letter, path: &str) -> bool {
    let mut texts = letter.versions.iter().flat_map(|version| &version.texts);
    texts.any(|text| {
        path.strip_suffix(text.file.as_str())
            .is_some_and(|folder| folder.ends_with('/'))
    })
}

fn without_letter(id: &Id) -> Finding {
    let path = letter_folder(id);
    Finding::about(
        &PATH_NOT_ALLOWED,
        path,
        "the folder holds texts and no letter.yaml",
    )
    .with_help("Add letter.yaml, or take the folder out.")
}
