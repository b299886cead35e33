//! Who the organization is, as its arguments say: name, names, country, website, domain.

use super::answer::{Globals, parsed};
use super::ask;
use super::signing::LookAlike;
use crate::base::country::Country;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::host::Domain;
use crate::base::language::Language;
use crate::base::prose::Name;
use crate::base::website::Website;
use crate::statement::profile::Profile;
use clap::Args;
use std::collections::BTreeMap;

/// The details that a statement gives.
#[derive(Debug, Default, Args)]
pub struct Details {
    /// The organization's name
    #[arg(long)]
    pub name: Option<String>,

    /// Its name in another language, such as ko='예시 포럼'; repeat it
    #[arg(long, value_name = "TAG=NAME")]
    pub name_for: Vec<String>,

    /// Where it sits: two capital letters such as KR
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,

    /// Its web page, with https:// and a / after the host
    #[arg(long, value_name = "URL")]
    pub website: Option<String>,

    /// The domain on which it can publish its key
    #[arg(long, value_name = "HOST")]
    pub domain: Option<String>,

    /// Whether a name that looks like another is accepted.
    #[command(flatten)]
    pub look_alike: LookAlike,
}

impl Details {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.name_for.is_empty()
            && self.country.is_none()
            && self.website.is_none()
            && self.domain.is_none()
    }

    /// The details of an organization that has none yet, or those it has with these changes.
    ///
    /// An empty value (`--domain ''`, `--name-for ko=`) takes a detail out.
    pub fn over(&self, globals: &Globals, before: Option<Profile>) -> Result<Profile, Error> {
        let mut profile = match before {
            Some(before) => before,
            None => {
                let name = match &self.name {
                    Some(name) => name.clone(),
                    None => ask::line(globals, "Name of the organization", "--name")?,
                };
                Profile {
                    name: parsed("--name", &name, Name::parse)?,
                    names: BTreeMap::new(),
                    country: None,
                    website: None,
                    domain: None,
                }
            }
        };
        if let Some(name) = &self.name {
            profile.name = parsed("--name", name, Name::parse)?;
        }
        for named in &self.name_for {
            let (tag, name) = named.split_once('=').ok_or_else(|| {
                Error::new(format!("{} is no language with a name", quote(named)))
                    .with_help("Write it as --name-for ko='예시 포럼'.")
            })?;
            let tag = parsed("--name-for", tag, Language::parse)?;
            match name.is_empty() {
                true => drop(profile.names.remove(&tag)),
                false => drop(
                    profile
                        .names
                        .insert(tag, parsed("--name-for", name, Name::parse)?),
                ),
            }
        }
        change(
            &mut profile.country,
            "--country",
            self.country.as_deref(),
            Country::parse,
        )?;
        change(
            &mut profile.website,
            "--website",
            self.website.as_deref(),
            Website::parse,
        )?;
        change(
            &mut profile.domain,
            "--domain",
            self.domain.as_deref(),
            Domain::parse,
        )?;
        Ok(profile)
    }
}

fn change<T>(
    detail: &mut Option<T>,
    flag: &str,
    value: Option<&str>,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Result<(), Error> {
    match value {
        None => {}
        Some("") => *detail = None,
        Some(value) => *detail = Some(parsed(flag, value, parse)?),
    }
    Ok(())
}
