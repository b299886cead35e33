//! A statement of several maintainers on its way from one to the next: a file beside the registry, never in it.
//! Implements docs/formats/18-maintainers.md, on its way.

use super::canonical::{NewEntry, mapping};
use super::reading::{self, FileContent};
use super::signed::{MaintainerSignature, SignatureText, StatementText};
use super::yaml;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::base::rule::SCHEMA_VIOLATION;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A statement that waits for signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The exact text.
    pub text: String,
    /// Who signed it so far.
    pub signatures: BTreeMap<Id, String>,
    /// The new key's signature.
    pub countersignature: Option<String>,
    /// The bytes of the charter that it adopts, before its line `statements:`.
    pub charter: Option<String>,
}

/// The keys of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    text: StatementText,
    #[serde(default)]
    signatures: Vec<MaintainerSignature>,
    countersignature: Option<SignatureText>,
    charter: Option<String>,
}

impl FileContent for Keys {}

impl Pending {
    /// A text that nobody has signed.
    pub fn new(text: String) -> Self {
        Self {
            text,
            signatures: BTreeMap::new(),
            countersignature: None,
            charter: None,
        }
    }

    /// Reads the file; the findings where it is none.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let parsed = yaml::parse(path, bytes);
        let (Some(document), true) = (&parsed.document, parsed.findings.is_empty()) else {
            return Err(parsed.findings);
        };
        let keys: Keys =
            reading::typed(document, &document.to_json()).map_err(|finding| vec![*finding])?;
        let mut ids: Vec<&Id> = keys.signatures.iter().map(|one| &one.maintainer).collect();
        ids.sort();
        let mut pairs = ids.iter().zip(ids.iter().skip(1));
        if let Some((twice, _)) = pairs.find(|(one, other)| one == other) {
            let span = document.root().span;
            let message = format!("`{twice}` stands twice among those who signed");
            let finding = Finding::at(&SCHEMA_VIOLATION, document.source(), span, message);
            return Err(vec![finding]);
        }
        let bare = |signature: &SignatureText| signature.as_str().trim_end_matches('\n').to_owned();
        let signatures = keys.signatures.iter();
        Ok(Self {
            text: keys.text.to_string(),
            signatures: signatures
                .map(|one| (one.maintainer.clone(), bare(&one.signature)))
                .collect(),
            countersignature: keys.countersignature.as_ref().map(bare),
            charter: keys.charter,
        })
    }

    /// The file.
    pub fn yaml(&self) -> String {
        let mut lines = vec![
            "# A statement that waits for signatures; docs/formats/18-maintainers.md says of what."
                .to_owned(),
        ];
        let mut entry = mapping(&self.entry());
        if self.signatures.is_empty() {
            entry.retain(|line| line != "signatures:");
        }
        lines.extend(entry);
        if let Some(charter) = &self.charter {
            lines.push("charter: |".to_owned());
            let charter = charter.lines();
            lines.extend(charter.map(|line| match line.is_empty() {
                true => String::new(),
                false => format!("  {line}"),
            }));
        }
        lines.join("\n") + "\n"
    }

    /// The entry that it becomes.
    pub fn entry(&self) -> NewEntry {
        NewEntry::by_maintainers(&self.text, self.signatures.clone())
            .countersigned(self.countersignature.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::signature::container::RAW;

    #[test]
    fn what_is_written_is_read_again() {
        let signature = format!("{RAW}{}==", "A".repeat(86));
        let mut pending = Pending::new("undersigned statement v1\naction: govern\n".to_owned());
        let read = |pending: &Pending| Pending::read("x.yaml", pending.yaml().as_bytes()).unwrap();
        assert_eq!(read(&pending), pending);
        pending.charter = Some("origin: a.example\n\n# a comment\ntitle: 'A'\n".to_owned());
        for id in ["alice", "bob"] {
            pending
                .signatures
                .insert(Id::parse(id).unwrap(), signature.clone());
            assert_eq!(read(&pending), pending);
        }
        pending.countersignature = Some(signature);
        assert_eq!(read(&pending), pending);
        let more = pending.yaml() + "more: 'x'\n";
        assert!(Pending::read("x.yaml", more.as_bytes()).is_err());
    }
}
