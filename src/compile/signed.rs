//! A statement for programs that know nothing of this one: files, and the commands that check them.
//! Implements docs/formats/13-signature.md, checking without this program.

use super::artifact::Artifact;
use crate::base::digest::Digest;
use crate::base::encoding::decode_base64;
use crate::base::error::Error;
use crate::base::shell::quoted;
use crate::record::signed;
use crate::registry::holding::Record;
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::statement::deed::Deed;
use crate::verify::governance::Governance;
use std::path::Path;

/// A statement or attestation with the signatures under it.
#[derive(Debug)]
pub struct Signed<'a> {
    /// What its files are called.
    stem: String,
    text: &'a str,
    by: Vec<By<'a>>,
    /// What an observer saw.
    body: Option<Vec<u8>>,
}

/// One signature with the key that it is by.
#[derive(Debug)]
struct By<'a> {
    /// What the files and the key are told apart by: nothing, that it is the new key's, or a maintainer's id.
    suffix: String,
    key: &'a PublicKey,
    signature: &'a Signature,
    written: &'a str,
}

impl<'a> Signed<'a> {
    /// The statement at this place of a record, which must have been read whole.
    pub fn of(
        governance: &Governance<'a>,
        record: &'a Record,
        index: usize,
    ) -> Result<Self, Error> {
        let number = index + 1;
        let unread = || unread(&format!("statement {number}"));
        let entry = record.entries.get(index).ok_or_else(unread)?;
        let stored = record.signatory.statements.get(index).ok_or_else(unread)?;
        let statement = entry.statement.as_ref().ok_or_else(unread)?;
        let mut by = match (&statement.deed, &stored.signed) {
            (Deed::Own { key, .. }, signed::Signed::ByKey(written)) => vec![By {
                suffix: String::new(),
                key,
                signature: entry.signature.as_ref().ok_or_else(unread)?,
                written: written.as_str(),
            }],
            (Deed::Joint { charter, .. }, signed::Signed::ByMaintainers(all)) => {
                let charter = governance.named(*charter).ok_or_else(|| {
                    Error::new(format!("statement {number} names a charter that is not in force here, and never was"))
                        .with_help("Without --output its exact text is printed.")
                })?;
                let mut by = Vec::new();
                for (stored, (id, signature)) in all.iter().zip(&entry.signatures) {
                    let person = charter.maintainer(id).ok_or_else(|| {
                        Error::new(format!(
                            "`{id}`, who signed statement {number}, is no maintainer of its charter"
                        ))
                        .with_help("Without --output its exact text is printed.")
                    })?;
                    by.push(By {
                        suffix: format!("-{id}"),
                        key: &person.key,
                        signature: signature.as_ref().ok_or_else(unread)?,
                        written: stored.signature.as_str(),
                    });
                }
                by
            }
            _ => return Err(unread()),
        };
        let counter = entry
            .countersignature
            .as_ref()
            .zip(stored.countersignature.as_ref());
        if let (Some(key), Some((signature, written))) = (statement.deed.new_key(), counter) {
            by.push(By {
                suffix: "-new-key".to_owned(),
                key,
                signature,
                written: written.as_str(),
            });
        }
        let new = statement.deed.new_key();
        let weak = by
            .iter()
            .map(|by| by.key)
            .chain(new)
            .find_map(PublicKey::weakness);
        is_no_proof(&format!("statement {number}"), weak)?;
        Ok(Self {
            stem: format!("{}-{number}", record.signatory.id),
            text: stored.text.as_str(),
            by,
            body: None,
        })
    }

    /// The attestation at this place of a record, which must have been read whole.
    pub fn attested(record: &'a Record, index: usize) -> Result<Self, Error> {
        let what = format!("attestation {}", index + 1);
        let unread = || unread(&what);
        let entry = record.attestations.get(index).ok_or_else(unread)?;
        let stored = record
            .signatory
            .attestations
            .get(index)
            .ok_or_else(unread)?;
        let statement = entry.statement.as_ref().ok_or_else(unread)?;
        let Deed::Attest { key, .. } = &statement.deed else {
            return Err(unread());
        };
        is_no_proof(&what, key.weakness())?;
        Ok(Self {
            stem: format!("{}-attestation-{}", record.signatory.id, index + 1),
            text: stored.text.as_str(),
            by: vec![By {
                suffix: String::new(),
                key,
                signature: entry.signature.as_ref().ok_or_else(unread)?,
                written: stored.signature.as_str(),
            }],
            body: stored
                .body
                .as_ref()
                .and_then(|body| decode_base64(body.as_str())),
        })
    }

    fn file(&self, by: &By<'_>, end: &str) -> String {
        format!("{}{}.{end}", self.stem, by.suffix)
    }

    /// Under which name `allowed_signers` has a key: one for each statement, since keys change.
    fn principal(&self, by: &By<'_>) -> String {
        format!("{}{}", self.stem, by.suffix)
    }
}

fn unread(what: &str) -> Error {
    Error::new(format!("{what} cannot be read"))
        .with_help("`undersigned validate` says what in it is malformed.")
}

fn is_no_proof(what: &str, weakness: Option<&'static str>) -> Result<(), Error> {
    match weakness {
        None => Ok(()),
        Some(weakness) => Err(Error::new(format!("{what} proves nothing: {weakness}"))
            .with_help("No files are written: other programs would call a signature by it good.")),
    }
}

/// The text, each signature, and the keys, added to those that the folder knows already.
pub fn files(signed: &Signed<'_>, known: &str) -> Vec<Artifact> {
    let mut made = vec![Artifact {
        name: format!("{}.txt", signed.stem),
        bytes: signed.text.as_bytes().to_vec(),
    }];
    if let Some(body) = &signed.body {
        made.push(Artifact {
            name: format!("{}.body", signed.stem),
            bytes: body.clone(),
        });
    }
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
    let text = path(format!("{}.txt", signed.stem));
    let mut lines: String = signed
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
        .collect();
    if let Some(body) = &signed.body {
        // Its digest is the `evidence` of the text.
        let digest = Digest::of(body).to_string();
        let hex = digest.trim_start_matches("sha256:");
        let file = path(format!("{}.body", signed.stem));
        lines.push_str(&format!("test \"$(sha256sum < {file})\" = '{hex}  -'\n"));
    }
    lines
}
