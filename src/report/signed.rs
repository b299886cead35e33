//! A statement for programs that know nothing of this one: files, and the commands that check them.
//! Implements docs/formats/13-signature.md, checking without this program.

use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::shell::quoted;
use crate::compile::artifact::Artifact;
use crate::record::signed;
use crate::registry::holding::Record;
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::statement::deed::Deed;
use std::path::Path;

/// An organization's statement with the signatures under it.
#[derive(Debug)]
pub struct Signed<'a> {
    id: &'a Id,
    number: usize,
    text: &'a str,
    by: Vec<By<'a>>,
}

/// One signature with the key that it is by.
#[derive(Debug)]
struct By<'a> {
    /// What the files and the key are told apart by: nothing, or that it is the new key's.
    suffix: &'static str,
    key: &'a PublicKey,
    signature: &'a Signature,
    written: &'a str,
}

impl<'a> Signed<'a> {
    /// The statement at this place of a record, which must have been read whole.
    pub fn of(record: &'a Record, index: usize) -> Result<Self, Error> {
        let unread = || {
            Error::new(format!("statement {} cannot be read", index + 1))
                .with_help("`undersigned validate` says what in it is malformed.")
        };
        let entry = record.entries.get(index).ok_or_else(unread)?;
        let stored = record.signatory.statements.get(index).ok_or_else(unread)?;
        let statement = entry.statement.as_ref().ok_or_else(unread)?;
        if let Deed::Joint { .. } = &statement.deed {
            let what = format!("statement {} is signed by several maintainers", index + 1);
            return Err(Error::new(what).with_help(
                "Their keys are in the charter that it names; without --output its exact text is printed.",
            ));
        }
        let (Deed::Own { key, act, .. }, signed::Signed::ByKey(written)) =
            (&statement.deed, &stored.signed)
        else {
            return Err(unread());
        };
        let mut keys = std::iter::once(key).chain(act.new_key());
        if let Some(weakness) = keys.find_map(PublicKey::weakness) {
            return Err(Error::new(format!(
                "statement {} proves nothing: {weakness}",
                index + 1
            ))
            .with_help("No files are written: other programs would call a signature by it good."));
        }
        let mut by = vec![By {
            suffix: "",
            key,
            signature: entry.signature.as_ref().ok_or_else(unread)?,
            written: written.as_str(),
        }];
        let counter = entry
            .countersignature
            .as_ref()
            .zip(stored.countersignature.as_ref());
        if let (Some(key), Some((signature, written))) = (act.new_key(), counter) {
            by.push(By {
                suffix: "-new-key",
                key,
                signature,
                written: written.as_str(),
            });
        }
        Ok(Self {
            id: &record.signatory.id,
            number: index + 1,
            text: stored.text.as_str(),
            by,
        })
    }

    fn stem(&self) -> String {
        format!("{}-{}", self.id, self.number)
    }

    fn file(&self, by: &By<'_>, end: &str) -> String {
        format!("{}{}.{end}", self.stem(), by.suffix)
    }

    /// Under which name `allowed_signers` has a key: one for each statement, since keys change.
    fn principal(&self, by: &By<'_>) -> String {
        format!("{}{}", self.stem(), by.suffix)
    }
}

/// The text, each signature, and the keys, added to those that the folder knows already.
pub fn files(signed: &Signed<'_>, known: &str) -> Vec<Artifact> {
    let mut made = vec![Artifact {
        name: format!("{}.txt", signed.stem()),
        bytes: signed.text.as_bytes().to_vec(),
    }];
    let mut allowed = known.to_owned();
    if !allowed.is_empty() && !allowed.ends_with('\n') {
        allowed.push('\n');
    }
    for by in &signed.by {
        let line = format!(
            "{} namespaces=\"undersigned\" {}",
            signed.principal(by),
            by.key
        );
        if !allowed.lines().any(|other| other == line) {
            allowed.push_str(&format!("{line}\n"));
        }
        let bytes = match by.signature {
            Signature::Ssh(_) => format!("{}\n", by.written.trim_end_matches('\n')).into_bytes(),
            Signature::Raw(bytes) => {
                made.push(Artifact {
                    name: signed.file(by, "pem"),
                    bytes: by.key.pem().into_bytes(),
                });
                bytes.to_vec()
            }
        };
        made.push(Artifact {
            name: signed.file(by, "sig"),
            bytes,
        });
    }
    made.push(Artifact {
        name: "allowed_signers".to_owned(),
        bytes: allowed.into_bytes(),
    });
    made
}

/// What to type to check the files in this folder.
pub fn commands(signed: &Signed<'_>, folder: &Path) -> String {
    let path = |name: String| quoted(folder.join(name));
    let text = path(format!("{}.txt", signed.stem()));
    signed
        .by
        .iter()
        .map(|by| {
            let signature = path(signed.file(by, "sig"));
            match by.signature {
                Signature::Ssh(_) => format!(
                    "ssh-keygen -Y verify -f {} -I {} -n undersigned -s {signature} < {text}\n",
                    path("allowed_signers".to_owned()),
                    signed.principal(by)
                ),
                Signature::Raw(_) => format!(
                    "openssl pkeyutl -verify -pubin -inkey {} -rawin -in {text} -sigfile {signature}\n",
                    path(signed.file(by, "pem"))
                ),
            }
        })
        .collect()
}
