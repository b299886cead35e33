//! What came by mail: a signature in one of its forms, or a whole record that may only add to the one that is there.
//! Implements docs/formats/15-keys.md, taking in.

use super::draft::Desk;
use super::edit::Edit;
use crate::base::encoding::encode_base64;
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::record::entry::entries;
use crate::record::reading;
use crate::record::schema::Schemas;
use crate::record::signatory::Signatory;
use crate::registry::holding::Registry;
use crate::registry::layout;
use crate::signature::container::RAW;
use crate::statement::action::Action;
use crate::statement::deed::{Act, Deed};
use crate::statement::lines::claimed_letters;
use crate::statement::read::read;
use crate::verify::endorsement::version_of;

/// A whole record that came.
#[derive(Debug)]
pub struct Arrival {
    /// What it says.
    pub signatory: Signatory,
    bytes: Vec<u8>,
}

/// A signature as a record has it: SSH's armor, `ed25519:` and base64, or the 64 bytes of OpenSSL.
pub fn signature_text(bytes: &[u8]) -> Result<String, Error> {
    if bytes.len() == 64 {
        return Ok(format!("{RAW}{}", encode_base64(bytes)));
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end_matches('\n');
    if text.starts_with("-----BEGIN SSH SIGNATURE-----") || text.starts_with(RAW) {
        return Ok(text.to_owned());
    }
    Err(Error::new("the signature is in no form that is known")
        .with_help("It is what `ssh-keygen -Y sign` or `openssl pkeyutl -sign -rawin` wrote, or `ed25519:` and base64."))
}

/// Which version of its letter an endorsement is of, and whether that is the current one; empty where it endorses nothing that is here.
pub fn version_told(registry: &Registry, text: &str) -> String {
    let Ok(Deed::Own {
        act: Act::Endorse { letter, texts, .. },
        ..
    }) = read(text).map(|statement| statement.deed)
    else {
        return String::new();
    };
    let versions = registry.letters.get(&letter).and_then(|held| {
        let of = version_of(registry, held, &texts).ok()?;
        Some((of, held.letter.current()?.number))
    });
    match versions {
        None => String::new(),
        Some((of, current)) if of == current => {
            format!("endorses version {of} of {letter}, the current one\n")
        }
        Some((of, current)) => format!(
            "endorses version {of} of {letter}, which version {current} replaced: it stands as superseded\n"
        ),
    }
}

impl Arrival {
    /// Reads a record's file; the findings where it is none.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Result<Self, Vec<Finding>>, Error> {
        let schemas = Schemas::load()?;
        let reading = reading::read::<Signatory>(&schemas.signatory, path, bytes);
        let (Some(signatory), Some(document)) = (reading.value, reading.document) else {
            return Ok(Err(reading.findings));
        };
        let (_, findings) = entries(&signatory, &document);
        Ok(match findings.is_empty() {
            true => Ok(Self {
                signatory,
                bytes: bytes.to_owned(),
            }),
            false => Err(findings),
        })
    }

    /// What it would change, in words; an error where it does more than add.
    pub fn told(&self, desk: &Desk<'_>) -> Result<String, Error> {
        let new = &self.signatory;
        let mut told = Vec::new();
        let before = desk.record.map(|record| &record.signatory);
        if let Some(old) = before {
            let kept = new.listings == old.listings
                && new.attestations == old.attestations
                && new.accreditations == old.accreditations
                && new.statements.starts_with(&old.statements);
            if !kept {
                let what = format!(
                    "this record of `{}` changes or leaves out what is in the registry",
                    desk.id
                );
                return Err(Error::new(what).with_help(
                    "A record that comes by mail only adds statements. Ask for one that begins as the registry's does.",
                ));
            }
        } else {
            told.push(format!("makes a record of `{}`, {}", desk.id, new.name));
        }
        let known = before.map_or(0, |old| old.statements.len());
        for (index, entry) in new.statements.iter().enumerate().skip(known) {
            let text = entry.text.as_str();
            let action = Action::claimed(text).map_or("", Action::name);
            let letter = claimed_letters(text)
                .next()
                .map_or_else(String::new, |letter| format!(" {letter}"));
            told.push(format!("adds statement {}: {action}{letter}", index + 1));
            let version = version_told(desk.registry, text);
            told.extend((!version.is_empty()).then(|| format!("  {}", version.trim_end())));
        }
        if before.is_some() && new.statements.len() == known {
            return Err(Error::new(format!(
                "the record of `{}` has this already",
                desk.id
            )));
        }
        let statements = count(new.statements.len() - known, "statement");
        told.push(format!("({statements})\n"));
        Ok(told.join("\n") + "\n")
    }

    /// The file as it would be.
    pub fn proposal(self, desk: &Desk<'_>) -> Edit {
        let before = desk.record.map(|record| &record.source);
        Edit {
            path: before.map_or_else(
                || layout::record_path(&desk.id, desk.registry.is_sharded()),
                |source| source.path().to_owned(),
            ),
            before: before.map(|source| source.text().as_bytes().to_vec()),
            after: self.bytes,
        }
    }
}
