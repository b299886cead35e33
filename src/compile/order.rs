//! The order of names: the root collation of Unicode (UTS #10, CLDR), the same in every locale.

use crate::base::error::Error;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use std::cmp::Ordering;

/// Compares names as readers expect to find them.
pub struct NameOrder(CollatorBorrowed<'static>);

impl NameOrder {
    /// The order that depends on nothing outside the program.
    pub fn root() -> Result<Self, Error> {
        Collator::try_new(
            icu_locale_core::Locale::UNKNOWN.into(),
            CollatorOptions::default(),
        )
        .map(Self)
        .map_err(|error| Error::new(format!("the built-in order of names is missing: {error}")))
    }

    /// Which of two names comes first; equal names are told apart by their ids.
    pub fn compare(&self, one: (&str, &str), other: (&str, &str)) -> Ordering {
        self.0.compare(one.0, other.0).then_with(|| one.cmp(&other))
    }
}

impl std::fmt::Debug for NameOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NameOrder")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_readers_look_for_them() {
        let order = NameOrder::root().expect("built in");
        let mut names = [
            "Zebra",
            "Éclair",
            "apple",
            "평화",
            "Apple",
            "eclair",
            "80 Million",
            "가나다",
        ];
        names.sort_by(|a, b| order.compare((a, ""), (b, "")));
        assert_eq!(
            names,
            [
                "80 Million",
                "apple",
                "Apple",
                "eclair",
                "Éclair",
                "Zebra",
                "가나다",
                "평화"
            ]
        );
    }
}
