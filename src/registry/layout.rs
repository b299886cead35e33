//! The grammar of paths: what may lie where, and how large it may be. Implements docs/formats/1-tree.md, paths and sizes.

use crate::base::bound;
use crate::base::id::Id;
use crate::base::language::Language;

/// The folder that holds the registry, at the root of the repository.
pub const ROOT: &str = "registry";
/// The charter's path.
pub const CHARTER: &str = "registry/registry.yaml";
/// The folder of the records.
pub const SIGNATORIES: &str = "registry/signatories";
/// The folder that is reserved for the transparency ledger.
pub const LEDGER: &str = "registry/ledger";
/// How many bytes the text of a letter may have.
pub const TEXT_LIMIT: u64 = 1024 * 1024;
/// How deep the ledger may nest; so deep its names, kinds and modes are looked at.
const DEEPEST: usize = 8;

/// What a path is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// registry.yaml.
    Charter,
    /// A superseded charter, by its policy version.
    SupersededCharter(u64),
    /// A letter's letter.yaml.
    Letter(Id),
    /// The text of a letter's version in one language.
    Text(Id, u64, Language),
    /// A signatory's record, flat or in its shard.
    Record(Id),
    /// Anything under registry/ledger/: reserved.
    Ledger,
    /// A copy of one of the program's schemas, for editors.
    SchemaCopy(String),
}

/// What the path is for, or nothing where the registry has no place for it.
pub fn slot(path: &str) -> Option<Slot> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["schemas", name] => Some(Slot::SchemaCopy(name.to_owned())),
        [ROOT, "registry.yaml"] => Some(Slot::Charter),
        [ROOT, "charters", file] => {
            number(file.strip_suffix(".yaml")?).map(Slot::SupersededCharter)
        }
        [ROOT, "letters", letter, "letter.yaml"] => Id::parse(letter).ok().map(Slot::Letter),
        [ROOT, "letters", letter, version, file] => text_slot(letter, version, file),
        [ROOT, "signatories", file] => record_id(file).map(Slot::Record),
        [ROOT, "signatories", shard, file] => record_id(file)
            .filter(|id| id.shard() == shard)
            .map(Slot::Record),
        [ROOT, "ledger", ..] => Some(Slot::Ledger),
        _ => None,
    }
}

/// Where the charter with this number lies once it is superseded.
pub fn superseded_path(number: usize) -> String {
    format!("{ROOT}/charters/{number}.yaml")
}

/// The folder of a letter.
pub fn letter_folder(id: &Id) -> String {
    format!("{ROOT}/letters/{id}")
}

/// Where the record of an id lies, flat or in its shard.
pub fn record_path(id: &Id, sharded: bool) -> String {
    match sharded {
        true => format!("{ROOT}/signatories/{}/{id}.yaml", id.shard()),
        false => format!("{ROOT}/signatories/{id}.yaml"),
    }
}

/// Whether something may lie in a folder of this path, so that it is worth looking inside.
pub fn may_hold(folder: &str) -> bool {
    let parts: Vec<&str> = folder.split('/').collect();
    match parts[..] {
        [ROOT] | [ROOT, "charters" | "letters" | "signatories"] => true,
        [ROOT, "ledger", ..] => parts.len() <= DEEPEST,
        [ROOT, "letters", letter] => Id::parse(letter).is_ok(),
        [ROOT, "letters", letter, version] => {
            Id::parse(letter).is_ok() && version_number(version).is_some()
        }
        // A shard is two characters that some id begins with.
        [ROOT, "signatories", shard] => shard.len() == 2 && Id::parse(&format!("{shard}0")).is_ok(),
        _ => false,
    }
}

/// What would have been right near a path that the registry has no place for.
pub fn hint(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        [ROOT, "signatories", ..] => {
            "A record is registry/signatories/<id>.yaml, or registry/signatories/<first two characters>/<id>.yaml; an id is 2 to 63 of a-z, 0-9 and single hyphens."
        }
        [ROOT, "letters", ..] => {
            "A letter is registry/letters/<id>/letter.yaml, and its texts are v<number>/<language>.txt or .md beside it."
        }
        [ROOT, "charters", ..] => {
            "A superseded charter is registry/charters/<policy version>.yaml."
        }
        _ => "Move it to its place, or out of registry/.",
    }
}

impl Slot {
    /// How many bytes a file in this slot may have.
    pub fn limit(&self) -> u64 {
        match self {
            Self::Text(..) => TEXT_LIMIT,
            _ => 256 * 1024,
        }
    }

    /// Whether a work tree's CR LF reads as LF: in YAML and in schemas, and in no text, whose bytes count.
    pub fn folds_line_ends(&self) -> bool {
        !matches!(self, Self::Text(..) | Self::Ledger)
    }
}

fn record_id(file: &str) -> Option<Id> {
    Id::parse(file.strip_suffix(".yaml")?).ok()
}

fn text_slot(letter: &str, version: &str, file: &str) -> Option<Slot> {
    let stem = file
        .strip_suffix(".txt")
        .or_else(|| file.strip_suffix(".md"))?;
    Some(Slot::Text(
        Id::parse(letter).ok()?,
        version_number(version)?,
        Language::parse(stem).ok()?,
    ))
}

fn version_number(folder: &str) -> Option<u64> {
    number(folder.strip_prefix('v')?)
}

/// `[1-9][0-9]*`, small enough to count with.
fn number(text: &str) -> Option<u64> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| text.parse().ok()).flatten();
    number.filter(|number| *number <= bound::LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_one_grammar() {
        for good in [
            "registry/registry.yaml",
            "registry/charters/1.yaml",
            "registry/letters/peace/letter.yaml",
            "registry/letters/peace/v12/zh-Hant.md",
            "registry/signatories/example-forum.yaml",
            "registry/signatories/ex/example-forum.yaml",
            "registry/ledger/anything",
        ] {
            assert!(slot(good).is_some(), "{good}");
        }
        for bad in [
            "registry",
            "registry/readme.md",
            "registry/charters/01.yaml",
            "registry/charters/0.yaml",
            "registry/letters/Peace/letter.yaml",
            "registry/letters/peace/v0/en.txt",
            "registry/letters/peace/v1/en.html",
            "registry/letters/peace/v1/EN.txt",
            "registry/letters/peace/en.txt",
            "registry/signatories/con.yaml",
            "registry/signatories/example.yml",
            "registry/signatories/xx/example.yaml",
            "registry/signatories/ex/am/example.yaml",
            "registry/signatories/../registry.yaml",
        ] {
            assert_eq!(slot(bad), None, "{bad}");
        }
        assert!(may_hold("registry/signatories/a-") && may_hold("registry/letters/peace/v1"));
        assert!(
            !may_hold("registry/signatories/abc")
                && !may_hold("registry/x")
                && !may_hold("registry/letters/peace/v1/x")
        );
    }
}
