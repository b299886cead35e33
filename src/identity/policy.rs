//! What it takes before the registry calls a key an organization's. Implements docs/formats/7-charter.md, policy.

use crate::base::bound;
use serde::Deserialize;

/// The registry's policy, as its charter states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// 1 and one more for every `govern` statement.
    #[serde(deserialize_with = "bound::ordinal")]
    pub version: u64,
    /// How many maintainers it takes to recover, remove and govern.
    #[serde(deserialize_with = "bound::ordinal")]
    pub threshold: u64,
    /// How many observations of the domain suffice; 0 means that they never do.
    #[serde(deserialize_with = "bound::amount")]
    pub observations: u64,
    /// How many vouches suffice; 0 means that they never do.
    #[serde(deserialize_with = "bound::amount")]
    pub vouches: u64,
}
