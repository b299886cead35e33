//! Bounds on numbers and lists in files, the same as in the schemas.

use serde::de::{Deserialize, Deserializer, Error};
use std::collections::BTreeMap;

/// No number of a registry is larger.
pub const LARGEST: u64 = 1_000_000_000;

/// A number from 1.
pub fn ordinal<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    match amount(from)? {
        0 => Err(D::Error::custom("the number is 0, and it counts from 1")),
        number => Ok(number),
    }
}

/// A number from 0.
pub fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    match u64::deserialize(from)? {
        number if number > LARGEST => Err(D::Error::custom("the number is larger than 1000000000")),
        number => Ok(number),
    }
}

/// A list of one or more.
pub fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(from)?;
    if list.is_empty() {
        return Err(D::Error::custom("the list is empty"));
    }
    Ok(list)
}

/// A list of one or more, no two of them equal.
pub fn some_different<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Ord,
{
    let list: Vec<T> = some(from)?;
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort();
    if sorted
        .windows(2)
        .any(|pair| matches!(pair, [one, other] if one == other))
    {
        return Err(D::Error::custom("the list has two equal items"));
    }
    Ok(list)
}

/// A mapping of one or more.
pub fn some_keys<'de, D, K, V>(from: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    let mapping = BTreeMap::deserialize(from)?;
    if mapping.is_empty() {
        return Err(D::Error::custom("the mapping is empty"));
    }
    Ok(mapping)
}
