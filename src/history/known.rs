//! Which findings are known already, looked up without walking all of them.

use crate::base::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// What a finding says, without its place: lines move.
type Words<'a> = (&'static str, &'a str, &'a str);

/// Findings by what they say, and how often each is said.
#[derive(Debug)]
pub struct Known<'a>(BTreeMap<Words<'a>, usize>);

impl<'a> Known<'a> {
    /// The findings of a list.
    pub fn of(findings: &'a [Finding]) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings {
            *known.entry(words(finding)).or_default() += 1;
        }
        Self(known)
    }

    /// Whether one says the same.
    pub fn holds(&self, finding: &Finding) -> bool {
        self.0.contains_key(&words(finding))
    }

    /// Whether one more says the same; it accounts for this one and for no other.
    pub fn take(&mut self, finding: &'a Finding) -> bool {
        match self.0.get_mut(&words(finding)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

/// Adds findings to a list, each that is not in it to the letter.
pub fn extend(findings: &mut Vec<Finding>, more: Vec<Finding>) {
    let mut new = Vec::new();
    {
        let mut seen: BTreeSet<_> = findings.iter().map(letters).collect();
        for finding in &more {
            if seen.insert(letters(finding)) {
                new.push(finding.clone());
            }
        }
    }
    findings.extend(new);
}

fn words(finding: &Finding) -> Words<'_> {
    (finding.rule.name, &finding.path, &finding.message)
}

/// What a finding says, with its place, weight and commit.
fn letters(finding: &Finding) -> (Words<'_>, Option<(usize, usize)>, bool, Option<&str>) {
    let place = finding
        .place
        .as_ref()
        .map(|place| (place.line, place.column));
    (
        words(finding),
        place,
        finding.is_error(),
        finding.commit.as_deref(),
    )
}
