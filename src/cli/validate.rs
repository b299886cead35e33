//! `validate`: files against the schemas and the format rules.

use super::answer::{Answer, Globals, Strictness};
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::record::schema::Schemas;
use crate::registry::home::Home;
use crate::registry::layout;
use crate::registry::load::load;
use crate::registry::loose;
use crate::registry::snapshot::Reach;
use crate::registry::worktree::real;
use crate::verify::engine;
use clap::Args;
use std::path::{Path, PathBuf};

/// Check files against the schemas and the format rules, without concluding about anybody
///
/// Without PATH the whole registry in the work tree is checked. A PATH inside registry/ is checked
/// as what its place says it is; any other file, or each YAML file of any other folder, is checked
/// by itself: registry.yaml as a charter, letter.yaml as a letter, the rest as records.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned validate
  undersigned validate registry/signatories/example-hill-forum.yaml
  undersigned validate mailed/")]
pub struct Validate {
    /// Files or folders
    paths: Vec<PathBuf>,

    #[command(flatten)]
    strictness: Strictness,
}

/// Where the paths lie: in the registry that was found, or elsewhere.
#[derive(Default)]
struct Sorted {
    inside: Vec<String>,
    outside: Vec<PathBuf>,
}

impl Validate {
    /// Checks, and tells the findings.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let schemas = Schemas::load()?;
        let mut findings = Vec::new();
        let mut signed = false;
        let sorted = self.sort(globals)?;
        if self.paths.is_empty() || !sorted.inside.is_empty() {
            // Whoever names files of the registry asks about no other.
            let reach = match sorted.inside.is_empty() {
                true => Reach::Repository,
                false => Reach::Registry,
            };
            let snapshot = Home::find(&globals.directory)?.as_it_lies(reach)?;
            let asked = |path: &str| {
                sorted.inside.is_empty() || sorted.inside.iter().any(|asked| is_in(path, asked))
            };
            let registry = load(&snapshot, &schemas)?;
            findings.extend(
                engine::validate(&registry)
                    .into_iter()
                    .filter(|finding| asked(&finding.path)),
            );
            let mut records = registry.records.iter();
            signed = records.any(|record| !record.entries.is_empty());
        }
        let mut files = Vec::new();
        for path in &sorted.outside {
            let found = loose::files(path)?;
            if found.is_empty() {
                let what = format!("there is no YAML file in {}", path.display());
                return Err(
                    Error::new(what).with_help("Name a file, or a folder that holds records.")
                );
            }
            files.extend(found);
        }
        findings.extend(loose::judge(&schemas, &files)?);
        Finding::sort(&mut findings);
        let wrong = self.strictness.is_wrong(&findings);
        let answer = globals.found(&findings, wrong)?;
        Ok(match signed && !wrong {
            true => answer
                .with_remark("signatures are not checked here; `undersigned verify` checks them"),
            false => answer,
        })
    }

    fn sort(&self, globals: &Globals) -> Result<Sorted, Error> {
        let mut sorted = Sorted::default();
        if self.paths.is_empty() {
            return Ok(sorted);
        }
        let root = Home::find(&globals.directory)
            .ok()
            .and_then(|home| home.folder());
        let root = root.and_then(|folder| real(&folder).ok());
        for path in &self.paths {
            let given = globals.path(path);
            match inside(root.as_deref(), &real(&given)?) {
                Some(inside) => sorted.inside.push(inside),
                None => sorted.outside.push(given),
            }
        }
        Ok(sorted)
    }
}

/// A path in the registry's folder, from the root of the repository.
fn inside(root: Option<&Path>, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root?).ok()?;
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    match parts?[..] {
        [] => Some(layout::ROOT.to_owned()),
        [layout::ROOT, ..] => Some(
            relative
                .iter()
                .filter_map(|part| part.to_str())
                .collect::<Vec<_>>()
                .join("/"),
        ),
        _ => None,
    }
}

fn is_in(path: &str, asked: &str) -> bool {
    path.strip_prefix(asked)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
