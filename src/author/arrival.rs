//! What came by mail: a signature in one of its forms, or a whole record that may only add to the one that is there.
//! Implements docs/formats/15-keys.md, taking in.

use super::detail::changes_told;
use super::draft::Desk;
use super::edit::Edit;
use super::proposal::{bare, is_same, propose_all};
use crate::base::encoding::encode_base64;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::record::canonical::NewEntry;
use crate::record::entry::entries;
use crate::record::reading;
use crate::record::schema::Schemas;
use crate::record::signatory::Signatory;
use crate::record::signed::{Signed, Statement};
use crate::registry::holding::Registry;
use crate::signature::container::{RAW, Signature};
use crate::statement::action::Action;
use crate::statement::deed::{Act, Deed};
use crate::statement::lines::claimed_letters;
use crate::statement::profile::Profile;
use crate::statement::read::read;
use crate::verify::endorsement::version_of;

/// A whole record that came.
#[derive(Debug)]
pub struct Arrival {
    /// What it says.
    pub signatory: Signatory,
}

/// What an arrival would do: in words, and to which file.
#[derive(Debug)]
pub struct Addition {
    /// What is to be shown before anybody agrees to it.
    pub told: String,
    /// The file as it would be.
    pub edit: Edit,
}

/// A signature as a record has it: SSH's armor, `ed25519:` and base64, or the 64 bytes of OpenSSL.
///
/// What is handed on is a signature to its last character, so that nothing can ride on it into the file.
pub fn signature_text(bytes: &[u8]) -> Result<String, Error> {
    if bytes.len() == 64 {
        return Ok(format!("{RAW}{}", encode_base64(bytes)));
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end_matches('\n');
    if !text.starts_with("-----BEGIN SSH SIGNATURE-----") && !text.starts_with(RAW) {
        return Err(Error::new("the signature is in no form that is known")
            .with_help("It is what `ssh-keygen -Y sign` or `openssl pkeyutl -sign -rawin` wrote, or `ed25519:` and base64."));
    }
    match Signature::parse(text) {
        Ok(Signature::Raw(_)) => Ok(text.to_owned()),
        Ok(Signature::Ssh(signature)) => Ok(signature.armor().trim_end_matches('\n').to_owned()),
        Err(what) => Err(Error::new(what)
            .with_help("Hand over the signature alone, as the program that signed wrote it.")),
    }
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
            true => Ok(Self { signatory }),
            false => Err(findings),
        })
    }

    /// What it adds; an error where it does more than add statements of the organization.
    ///
    /// Only they are taken: comments and layout are those of the registry's own file, or the canonical ones.
    pub fn addition(&self, desk: &Desk<'_>) -> Result<Addition, Error> {
        let new = &self.signatory;
        let old = desk.record.map(|record| &record.signatory);
        match old {
            Some(old) => self.only_adds(old)?,
            None => self.brings_nothing_else()?,
        }
        let known = old.map_or(0, |old| old.statements.len());
        let before = old.map(|old| old.profile());
        let mut more = Vec::new();
        let mut statements = String::new();
        for (index, stored) in new.statements.iter().enumerate().skip(known) {
            let number = index + 1;
            let (profile, entry) = taken(number, stored)?;
            let text = &entry.text;
            statements.push_str(&format!("adds statement {number}: {}\n", subject(text)));
            let version = version_told(desk.registry, text);
            if !version.is_empty() {
                statements.push_str(&format!("  {version}"));
            }
            statements.push_str(&format!("\n{text}\n"));
            more.push((profile, entry));
        }
        let Some((last, _)) = more.last() else {
            return Err(self.nothing_new(before.as_ref()));
        };
        let other: Vec<&str> = new.profile().differences(last).collect();
        if !other.is_empty() {
            let what = format!(
                "the record of `{}` gives another {} than its newest statement",
                new.id,
                other.join(", ")
            );
            return Err(Error::new(what).with_help(
                "Ask for the record as `undersigned sign` or `undersigned amend` wrote it.",
            ));
        }
        let changes = before.map_or_else(String::new, |before| changes_told(&before, last));
        let edit = propose_all(desk, &more)?;
        let told = match old {
            Some(_) => format!("adds to  {}\n{changes}{statements}", edit.path),
            None => format!("makes    {}\n{statements}", edit.path),
        };
        Ok(Addition { told, edit })
    }

    fn only_adds(&self, old: &Signatory) -> Result<(), Error> {
        let new = &self.signatory;
        let earlier = new.statements.len() >= old.statements.len()
            && new
                .statements
                .iter()
                .zip(&old.statements)
                .all(|(one, other)| is_same(one, other));
        let parts = [
            ("accreditations", new.accreditations == old.accreditations),
            ("listings", new.listings == old.listings),
            ("statements", earlier),
            ("attestations", new.attestations == old.attestations),
        ];
        let other = parts.iter().filter(|(_, same)| !same);
        let other: Vec<&str> = other.map(|(part, _)| *part).collect();
        if other.is_empty() {
            return Ok(());
        }
        let what = format!(
            "this record of `{}` changes or leaves out what is in the registry: {}",
            new.id,
            other.join(", ")
        );
        Err(Error::new(what).with_help(
            "A record that comes by mail only adds statements. Ask for one that begins as the registry's does.",
        ))
    }

    /// What the publisher, others and maintainers say of an organization does not come from itself.
    fn brings_nothing_else(&self) -> Result<(), Error> {
        let new = &self.signatory;
        let parts = [
            ("accreditations", new.accreditations.is_empty()),
            ("listings", new.listings.is_empty()),
            ("attestations", new.attestations.is_empty()),
        ];
        let brought = parts.iter().filter(|(_, none)| !none);
        let brought: Vec<&str> = brought.map(|(part, _)| *part).collect();
        if brought.is_empty() {
            return Ok(());
        }
        let what = format!(
            "this record of `{}`, which the registry does not have, brings more than statements: {}",
            new.id,
            brought.join(", ")
        );
        Err(Error::new(what).with_help(
            "Those are for maintainers to add, in a change of their own. Take them out of the file first.",
        ))
    }

    fn nothing_new(&self, before: Option<&Profile>) -> Error {
        let new = &self.signatory;
        let profile = new.profile();
        let changed: Vec<&str> = match before {
            Some(before) => profile.differences(before).collect(),
            None => Vec::new(),
        };
        match changed.is_empty() {
            true => Error::new(format!("the record of `{}` has this already", new.id)),
            false => Error::new(format!(
                "this record of `{}` changes {}, and adds no statement that says so",
                new.id,
                changed.join(", ")
            ))
            .with_help("The organization changes its details with `undersigned amend`."),
        }
    }
}

/// A statement that came, with the details that it gives.
fn taken(number: usize, stored: &Statement) -> Result<(Profile, NewEntry), Error> {
    let text = stored.text.as_str();
    let deed = read(text).map(|statement| statement.deed);
    let (Ok(Deed::Own { profile, .. }), Signed::ByKey(signature)) = (deed, &stored.signed) else {
        let what = format!("statement {number} is one of maintainers, not of an organization");
        return Err(
            Error::new(what).with_help("Maintainers add what they sign in a change of their own.")
        );
    };
    let counter = stored.countersignature.as_ref();
    let entry = NewEntry::by_key(text, bare(signature))
        .countersigned(counter.map(|one| bare(one).to_owned()));
    Ok((profile, entry))
}

/// What a statement does, and to which letter.
fn subject(text: &str) -> String {
    let action = Action::claimed(text).map_or("", Action::name);
    let letter = claimed_letters(text).next();
    letter.map_or_else(|| action.to_owned(), |letter| format!("{action} {letter}"))
}
