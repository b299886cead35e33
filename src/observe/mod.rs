//! What an organization publishes on its own domain, asked for over HTTPS or DNS. Implements docs/formats/19-observing.md.
//!
//! Nothing else in the program touches the network. What is seen here is signed by whoever looked; `verify`
//! never asks again.

pub mod address;
pub mod dns;
pub mod https;
pub mod reach;

use crate::base::error::Error;
use crate::base::host::Domain;
use crate::identity::published::{self, Link};
use crate::identity::suffix;
use crate::statement::method::Method;
use reach::Reach;

/// What was seen on a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// How it was asked for.
    pub method: Method,
    /// What was asked for, as a person would type it.
    pub place: String,
    /// What was there, byte for byte.
    pub body: Vec<u8>,
    /// Whether DNSSEC shows that the domain published it; nothing where that was not asked.
    pub authenticated: Option<bool>,
}

/// Why a link was not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unseen {
    /// The domain does not name the key: what is so, not escaped, and what to do.
    OneWay(String, String),
    /// Nobody knows: the domain could not be asked.
    Unknown(Error),
}

impl Unseen {
    fn one_way(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::OneWay(what.into(), help.into())
    }

    fn unknown(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Unknown(Error::new(what).with_help(help))
    }
}

/// Looks whether a domain names a key for a signatory of a registry.
pub fn see(
    reach: &Reach,
    method: Method,
    domain: &Domain,
    link: Link<'_>,
) -> Result<Sight, Unseen> {
    // Step 1: what anybody can publish there shows nothing.
    if suffix::is_public(domain) {
        return Err(Unseen::one_way(
            format!("anybody can have a name under {domain}: it is a public suffix"),
            "The organization gives a domain of its own: `undersigned amend --domain`.",
        ));
    }
    let sight = match method {
        Method::Dns => dns::see(reach, domain, link)?,
        _ => https::see(reach, domain)?,
    };
    match link.is_in(&sight.body) {
        true => Ok(sight),
        false => Err(Unseen::one_way(
            format!(
                "{} was read, and {}",
                sight.place,
                link.missing_in(&sight.body)
            ),
            publish(link),
        )),
    }
}

/// What an organization is to be asked for.
fn publish(link: Link<'_>) -> String {
    format!(
        "The organization publishes this as one whole line, alone on it: {}",
        link.line()
    )
}

/// No body is longer; one byte more shows that one is.
const ONE_TOO_MANY: u64 = published::LARGEST as u64 + 1;
