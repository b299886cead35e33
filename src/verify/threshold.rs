//! Who of a charter's maintainers signed a joint statement, and how many it takes.
//! Implements docs/formats/18-maintainers.md, steps 1 to 5.

use super::place::failed;
use crate::base::excerpt::count;
use crate::base::id::Id;
use crate::base::rule::{ATTESTATION_UNKNOWN_MAINTAINER, Rule};
use crate::record::charter::Charter;
use crate::record::entry::{Entry, List};
use crate::record::route::Route;
use crate::signature::container::{Failure, Means, Signature};
use crate::signature::key::PublicKey;
use crate::statement::action::Action;
use std::collections::BTreeSet;

/// The signatures under a joint statement, judged by the charter whose maintainers sign.
#[derive(Debug, Default)]
pub struct Signers {
    /// Whose signatures hold.
    pub ids: Vec<Id>,
    /// How many keys that makes.
    keys: usize,
    /// What does not hold, and where.
    pub breaches: Vec<(&'static Rule, Route, String)>,
}

impl Signers {
    /// Judges every signature of an entry; `ask` says whether one holds over its text by a key.
    pub fn of(
        charter: &Charter,
        list: List,
        index: usize,
        entry: &Entry,
        ask: impl Fn(&Signature, &PublicKey) -> Result<Means, Failure>,
    ) -> Self {
        let mut signers = Self::default();
        let mut points = BTreeSet::new();
        for (at, (id, signature)) in entry.signatures.iter().enumerate() {
            let route = list.route(index).key("signatures").item(at);
            let Some(person) = charter.maintainer(id) else {
                let message = format!("`{id}` is no maintainer of the charter that counts here");
                let route = route.key("maintainer");
                signers
                    .breaches
                    .push((&ATTESTATION_UNKNOWN_MAINTAINER, route, message));
                continue;
            };
            // What could not be decoded was told of when it was read.
            let Some(signature) = signature else { continue };
            match ask(signature, &person.key) {
                Ok(_) => {
                    signers.ids.push(id.clone());
                    points.insert(*person.key.point());
                }
                Err(failure) => {
                    let (rule, message) = failed(failure, &person.key);
                    let message = format!("{message}, which is that of `{id}`");
                    signers
                        .breaches
                        .push((rule, route.key("signature"), message));
                }
            }
        }
        // One key is one signer, whatever the charter calls it.
        signers.keys = points.len();
        signers
    }

    /// Why they are too few, where they are.
    pub fn too_few(&self, charter: &Charter, action: Action) -> Option<String> {
        let takes = needed(charter, action);
        let has = u64::try_from(self.keys).unwrap_or(u64::MAX);
        (has < takes).then(|| {
            format!(
                "{} signed, and `{}` takes {takes}",
                count(self.keys, "maintainer"),
                action.name()
            )
        })
    }
}

/// How many maintainers an action takes: nobody recovers a key alone where there is somebody else to ask.
pub fn needed(charter: &Charter, action: Action) -> u64 {
    let threshold = charter.policy.threshold.max(1);
    let maintainers = u64::try_from(charter.maintainers.len()).unwrap_or(u64::MAX);
    match action {
        Action::Recover => threshold.max(maintainers.min(2)),
        _ => threshold,
    }
}
