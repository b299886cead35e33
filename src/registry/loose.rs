//! Files outside a registry: records judged each by itself, such as what a maintainer got by mail, and texts of a folder.

use super::survey::shown;
use super::worktree::{line_feeds, list, read_at_most, unreadable};
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::Finding;
use crate::base::rule::{ID_MISMATCH, NOT_A_REGULAR_FILE, RECORD_TOO_LARGE};
use crate::letter::Letter;
use crate::record::charter::{self, Charter};
use crate::record::entry::entries;
use crate::record::reading;
use crate::record::route::Route;
use crate::record::schema::Schemas;
use crate::record::signatory::Signatory;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The size that no YAML file of a registry may exceed.
const LIMIT: u64 = 256 * 1024;

/// Every YAML file that `path` is or holds, in order.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let about = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for (name, path) in list(path)? {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir());
        if is_folder && !name.starts_with('.') {
            found.extend(files(&path)?);
        } else if name.ends_with(".yaml") || name.ends_with(".yml") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The largest text that takes the place of a built-in one.
const TEXT_LIMIT: u64 = 1024 * 1024;

/// Every file right in a folder as text, by name; hidden ones are left out.
pub fn texts(folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut found = BTreeMap::new();
    for (name, path) in list(folder)? {
        if name.starts_with('.') {
            continue;
        }
        let about = fs::symlink_metadata(&path).map_err(|error| unreadable(&path, &error))?;
        if !about.is_file() {
            let what = format!("{} is not a plain file", path.display());
            return Err(Error::new(what).with_help(
                "Put the files themselves into the folder, without folders or links in it.",
            ));
        }
        let text = String::from_utf8(read_at_most(&path, TEXT_LIMIT)?).map_err(|_| {
            Error::new(format!("{} is not UTF-8", path.display()))
                .with_help("Save it as UTF-8, or take it out of the folder.")
        })?;
        found.insert(name, text);
    }
    Ok(found)
}

/// The bytes of a file that this program made.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|error| unreadable(path, &error))
}

/// What is wrong with each of these files by itself.
pub fn judge(schemas: &Schemas, files: &[PathBuf]) -> Result<Vec<Finding>, Error> {
    let judged: Result<Vec<Vec<Finding>>, Error> = files
        .par_iter()
        .map(|path| judge_file(schemas, path))
        .collect();
    Ok(judged?.into_iter().flatten().collect())
}

fn judge_file(schemas: &Schemas, path: &Path) -> Result<Vec<Finding>, Error> {
    let plain = path.strip_prefix(".").unwrap_or(path);
    let shown = shown(plain.as_os_str().as_encoded_bytes());
    let about = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if !about.is_file() {
        let message = "something other than a plain file lies here";
        return Ok(vec![Finding::about(&NOT_A_REGULAR_FILE, shown, message)]);
    }
    if about.len() > LIMIT {
        let message = format!(
            "the file has {} bytes, and at most {LIMIT} are allowed",
            about.len()
        );
        return Ok(vec![Finding::about(&RECORD_TOO_LARGE, shown, message)]);
    }
    let content = line_feeds(read_at_most(path, LIMIT)?);
    Ok(match path.file_name().and_then(|name| name.to_str()) {
        Some("registry.yaml") => judge_charter(schemas, &shown, &content),
        Some("letter.yaml") => reading::read::<Letter>(&schemas.letter, &shown, &content).findings,
        name => judge_record(schemas, &shown, name.unwrap_or_default(), &content),
    })
}

fn judge_charter(schemas: &Schemas, path: &str, content: &[u8]) -> Vec<Finding> {
    let reading = reading::read::<Charter>(&schemas.charter, path, content);
    match (reading.value, reading.document) {
        (Some(charter), Some(document)) => charter::judge(&charter, &document),
        _ => reading.findings,
    }
}

fn judge_record(schemas: &Schemas, path: &str, name: &str, content: &[u8]) -> Vec<Finding> {
    let reading = reading::read::<Signatory>(&schemas.signatory, path, content);
    let (Some(signatory), Some(document)) = (reading.value, reading.document) else {
        return reading.findings;
    };
    let (_, mut findings) = entries(&signatory, &document);
    if name.strip_suffix(".yaml") == Some(signatory.id.as_str()) {
        return Finding::bound(findings);
    }
    let message = format!(
        "the id is `{}`, and the file is named {}",
        signatory.id,
        quote(name)
    );
    let span = document.span(&Route::root().key("id"));
    let finding = Finding::at(&ID_MISMATCH, document.source(), span, message).of(&signatory.id);
    findings.push(finding.with_help(format!("Name the file {}.yaml.", signatory.id)));
    Finding::bound(findings)
}
