//! Letters with their texts: letter.yaml against itself, and every text against its digest.
//! Implements docs/formats/6-letter.md and 5-text.md.

use crate::base::digest::Digest;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::rule::{ID_MISMATCH, LETTER_INCONSISTENT, TEXT_DIGEST_MISMATCH, TEXT_NOT_CLEAN};
use crate::base::source::{Source, Span};
use crate::letter::Letter;
use crate::letter::text::{changed_on_its_way, stains};
use crate::letter::version::{Relation, Text, Version};
use crate::record::document::Document;
use crate::record::route::Route;
use std::collections::{BTreeMap, BTreeSet};

/// A letter and the texts whose bytes are those that letter.yaml states.
#[derive(Debug, Clone)]
pub struct HeldLetter {
    /// Where letter.yaml lies.
    pub path: String,
    /// letter.yaml as a tree, for findings that need a place in it.
    pub document: Document,
    /// What letter.yaml says.
    pub letter: Letter,
    /// The texts that are what they are said to be, by version and language.
    pub texts: BTreeMap<(u64, Language), HeldText>,
}

/// A text with its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldText {
    /// Where it lies.
    pub path: String,
    /// Its bytes, exactly.
    pub bytes: Vec<u8>,
}

/// A file under a letter's folder: its bytes, or nothing where they could not be asked for.
pub type TextFiles = BTreeMap<String, Option<Vec<u8>>>;

impl HeldLetter {
    /// Whether letter.yaml and all texts have the same bytes.
    pub fn is_same(&self, other: &Self) -> bool {
        self.document.source().text() == other.document.source().text() && self.texts == other.texts
    }

    /// A letter of this letter.yaml, with the files of its folder; and what is wrong.
    pub fn hold(
        id: &Id,
        path: &str,
        document: Document,
        letter: Letter,
        files: &TextFiles,
    ) -> (Self, Vec<Finding>) {
        let mut held = Self {
            path: path.to_owned(),
            document,
            letter,
            texts: BTreeMap::new(),
        };
        let mut findings = Vec::new();
        if held.letter.id != *id {
            let message = format!(
                "the id is `{}`, and the folder is named `{id}`",
                held.letter.id
            );
            findings.push(held.find(&ID_MISMATCH, Route::root().key("id"), message));
        }
        findings.extend(held.judge_versions());
        findings.extend(held.judge_texts(files));
        (held, Finding::bound(findings))
    }

    /// The authentic text of a version, where its bytes are what they are said to be.
    pub fn authentic(&self, version: u64) -> Option<&HeldText> {
        self.texts.get(&(version, self.letter.authentic.clone()))
    }

    /// A text of a version, where its bytes are what they are said to be.
    pub fn text(&self, version: &Version, text: &Text) -> Option<&HeldText> {
        self.texts.get(&(version.number, text.language.clone()))
    }

    /// Where the file of a text lies.
    pub fn path_of(&self, text: &Text) -> String {
        let folder = self.path.trim_end_matches("letter.yaml");
        format!("{folder}{}", text.file)
    }

    /// A finding at a place in letter.yaml.
    pub fn find(
        &self,
        rule: &'static crate::base::rule::Rule,
        route: Route,
        message: impl Into<String>,
    ) -> Finding {
        Finding::at(
            rule,
            self.document.source(),
            self.document.span(&route),
            message,
        )
    }

    /// docs/formats/6-letter.md, versions: numbers in order, relations that fit, one text a language.
    fn judge_versions(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, version) in self.letter.versions.iter().enumerate() {
            let route = |key: &str| version_route(index).key(key);
            let mut find = |key: &str, message: String| {
                findings.push(self.find(&LETTER_INCONSISTENT, route(key), message));
            };
            let expected = index as u64 + 1;
            if version.number != expected {
                let message = format!(
                    "version {} stands where version {expected} must stand",
                    version.number
                );
                find("number", message);
            }
            if (index == 0) != (version.relation == Relation::First) {
                let message = match index {
                    0 => format!("the first version is not an {}", version.relation.name()),
                    _ => "only the first version has the relation `first`".to_owned(),
                };
                find("relation", message);
            }
            if version.text(&self.letter.authentic).is_none() {
                let message = format!(
                    "version {} has no text in the authentic language `{}`",
                    version.number, self.letter.authentic
                );
                find("texts", message);
            }
            findings.extend(self.judge_files(index, version));
        }
        findings
    }

    fn judge_files(&self, index: usize, version: &Version) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut languages = BTreeSet::new();
        for (at, text) in version.texts.iter().enumerate() {
            let route = |key: &str| version_route(index).key("texts").item(at).key(key);
            if !languages.insert(&text.language) {
                let message = format!(
                    "the language `{}` has two texts in one version",
                    text.language
                );
                findings.push(self.find(&LETTER_INCONSISTENT, route("language"), message));
            }
            let stem = format!("v{}/{}.", version.number, text.language);
            if !matches!(
                text.file.as_str().strip_prefix(stem.as_str()),
                Some("txt" | "md")
            ) {
                let message = format!("the file of this text is named {stem}txt or {stem}md");
                findings.push(self.find(&LETTER_INCONSISTENT, route("file"), message));
            }
        }
        findings
    }

    /// docs/formats/5-text.md: every text is there, has its digest, and is clean.
    fn judge_texts(&mut self, files: &TextFiles) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut named = BTreeSet::new();
        for (index, version) in self.letter.versions.iter().enumerate() {
            for (at, text) in version.texts.iter().enumerate() {
                let path = self.path_of(text);
                let route = version_route(index).key("texts").item(at).key("digest");
                named.insert(path.clone());
                match files.get(&path) {
                    None => {
                        let message = format!("there is no file {}", text.file);
                        findings.push(self.find(&TEXT_DIGEST_MISMATCH, route, message));
                    }
                    Some(None) => {}
                    Some(Some(bytes)) => match mismatch(text, bytes) {
                        Some(message) => {
                            findings.push(self.find(&TEXT_DIGEST_MISMATCH, route, message))
                        }
                        None => {
                            findings.extend(unclean(&path, bytes, version));
                            let held = HeldText {
                                path,
                                bytes: bytes.clone(),
                            };
                            self.texts
                                .insert((version.number, text.language.clone()), held);
                        }
                    },
                }
            }
        }
        findings.extend(
            files
                .keys()
                .filter(|path| !named.contains(*path))
                .map(|path| {
                    let message = "letter.yaml names no such text";
                    Finding::about(&crate::base::rule::PATH_NOT_ALLOWED, path, message).with_help(
                        "Add the text to its version in letter.yaml, or take the file out.",
                    )
                }),
        );
        findings
    }
}

fn version_route(index: usize) -> Route {
    Route::root().key("versions").item(index)
}

fn mismatch(text: &Text, bytes: &[u8]) -> Option<String> {
    let digest = Digest::of(bytes);
    if digest == text.digest {
        return None;
    }
    Some(match changed_on_its_way(bytes, text.digest) {
        Some(what) => format!("{} is not the text with this digest: {what}", text.file),
        None => format!(
            "the digest of {} is {digest}, not what stands here",
            text.file
        ),
    })
}

fn unclean(path: &str, bytes: &[u8], version: &Version) -> Vec<Finding> {
    let stains = stains(bytes, version.provenance);
    if stains.is_empty() {
        return Vec::new();
    }
    let source = Source::new(path, String::from_utf8_lossy(bytes));
    stains
        .into_iter()
        .map(|stain| {
            let span = Span::new(stain.span.start, stain.span.end);
            Finding::at(&TEXT_NOT_CLEAN, &source, span, stain.what)
        })
        .collect()
}
