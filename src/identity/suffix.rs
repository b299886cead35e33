//! Hosts under which anybody can have a name: what is published there says nothing about whose it is.
//! Implements docs/formats/17-binding.md, step 11.

use crate::base::host::Domain;

/// Whether a host is a public suffix, such as `co.uk` or `github.io`, by the list built into this version.
pub fn is_public(domain: &Domain) -> bool {
    psl::suffix_str(domain.as_str()) == Some(domain.as_str())
}
