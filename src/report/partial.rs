//! What a shard's run found, as its file: `schemas/partial.schema.json`; written and read in one spelling.
//! Implements docs/formats/21-partial.md, the report.

use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::json::to_bytes;
use crate::registry::object::ObjectId;
use crate::registry::shard::Shard;
use crate::verify::partial::Partial;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The name and version of the format.
const SCHEMA: &str = "undersigned/partial/v1";

/// The version of this program; what another one found need not be what this one would.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// How many bytes such a report may have: those of a million records in one shard, and more.
pub const LARGEST: u64 = 128 * 1024 * 1024;

/// What tells the format, whatever else its version has.
#[derive(Deserialize)]
struct Head {
    schema: String,
    program: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartialJson {
    schema: String,
    program: String,
    registry: RegistryJson,
    shard: usize,
    of: usize,
    records: usize,
    hold: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegistryJson {
    origin: Option<String>,
    revision: String,
}

/// Step 9: the file of a partial report.
pub fn write(partial: &Partial) -> Result<Vec<u8>, Error> {
    to_bytes(&PartialJson {
        schema: SCHEMA.to_owned(),
        program: PROGRAM.to_owned(),
        registry: RegistryJson {
            origin: partial.origin.clone(),
            revision: partial.commit.clone(),
        },
        shard: partial.shard.number(),
        of: partial.shard.of(),
        records: partial.records,
        hold: partial.hold.iter().map(ToString::to_string).collect(),
    })
}

/// Steps 10 and 11: what a file says; anything but what this program writes is an error.
pub fn read(file: &str, bytes: &[u8]) -> Result<Partial, Error> {
    let broken = |why: &str| {
        let what = format!("{file} is no whole partial report: {why}");
        Error::new(what)
            .with_help("Make it anew with `undersigned verify --shard K/N --output FILE`.")
    };
    let head: Head = serde_json::from_slice(bytes).map_err(|error| broken(&error.to_string()))?;
    if head.schema != SCHEMA {
        let why = format!("it is {}, and not {SCHEMA}", quote(&head.schema));
        return Err(broken(&why));
    }
    if head.program != PROGRAM {
        let what = format!(
            "{file} was made by version {} of the program, and this is {PROGRAM}",
            quote(&head.program)
        );
        return Err(Error::new(what).with_help("Let one program make all of them and merge them."));
    }
    let json: PartialJson =
        serde_json::from_slice(bytes).map_err(|error| broken(&error.to_string()))?;
    let objects: Option<BTreeSet<ObjectId>> =
        json.hold.iter().map(|name| ObjectId::parse(name)).collect();
    if ObjectId::parse(&json.registry.revision).is_none() {
        return Err(broken("it names a commit otherwise than by 40 digits"));
    }
    let partial = Partial {
        origin: json.registry.origin,
        commit: json.registry.revision,
        shard: Shard::new(json.shard, json.of).map_err(broken)?,
        records: json.records,
        hold: objects.ok_or_else(|| broken("it names an object otherwise than by 40 digits"))?,
    };
    match write(&partial)? == bytes {
        true => Ok(partial),
        false => Err(broken("it is not as the program writes it")),
    }
}

/// What is said of it to people, before the findings.
pub fn text(partial: &Partial) -> String {
    format!(
        "shard {} of commit {}: {}; of {} every signature holds\n\n",
        partial.shard,
        partial.commit,
        count(partial.records, "record"),
        partial.hold.len()
    )
}
