//! An organization's details as a statement changes them: from what, to what.

use crate::base::escape::visible;
use crate::statement::profile::Profile;
use std::collections::BTreeMap;

/// A line for each detail that changes; none where nothing does.
pub fn changes_told(old: &Profile, new: &Profile) -> String {
    let (old, new) = (values(old), values(new));
    let keys: BTreeMap<&(usize, String), ()> =
        old.keys().chain(new.keys()).map(|key| (key, ())).collect();
    let shown = |value: Option<&&str>| {
        value.map_or_else(
            || "nothing".to_owned(),
            |one| format!("\"{}\"", visible(one)),
        )
    };
    keys.into_keys()
        .filter(|key| old.get(key) != new.get(key))
        .map(|key| {
            let (from, to) = (shown(old.get(key)), shown(new.get(key)));
            format!("changes  {}: from {from} to {to}\n", key.1)
        })
        .collect()
}

/// Every detail by its place in a record and its name.
fn values(profile: &Profile) -> BTreeMap<(usize, String), &str> {
    let one = |place: usize, key: &str, value| ((place, key.to_owned()), value);
    let mut values = BTreeMap::from([one(0, "name", profile.name.as_str())]);
    for (language, name) in &profile.names {
        values.insert((1, format!("name in {language}")), name.as_str());
    }
    values.extend(
        profile
            .country
            .iter()
            .map(|value| one(2, "country", value.as_str())),
    );
    values.extend(
        profile
            .website
            .iter()
            .map(|value| one(3, "website", value.as_str())),
    );
    values.extend(
        profile
            .domain
            .iter()
            .map(|value| one(4, "domain", value.as_str())),
    );
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::country::Country;
    use crate::base::language::Language;
    use crate::base::prose::Name;

    #[test]
    fn every_detail_that_changes_is_told_from_and_to() {
        let ko = Language::parse("ko").unwrap();
        let old = Profile {
            name: Name::parse("Forum").unwrap(),
            names: BTreeMap::from([(ko, Name::parse("포럼").unwrap())]),
            country: None,
            website: None,
            domain: None,
        };
        let mut new = old.clone();
        assert_eq!(changes_told(&old, &new), "");
        new.name = Name::parse("Forums").unwrap();
        new.names.clear();
        new.country = Some(Country::parse("KR").unwrap());
        assert_eq!(
            changes_told(&old, &new),
            "changes  name: from \"Forum\" to \"Forums\"\n\
             changes  name in ko: from \"포럼\" to nothing\n\
             changes  country: from nothing to \"KR\"\n"
        );
    }
}
