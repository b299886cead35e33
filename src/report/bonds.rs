//! What ties keys to organizations where a history ends, and what that proves to somebody who was not there.

use super::page::Page;
use super::sightings::age;
use crate::base::date::Date;
use crate::base::id::Id;
use crate::registry::commit::Commit;
use crate::statement::method::Method;
use crate::verify::attestation::Attested;
use crate::verify::binding::by;
use crate::verify::verdict::Report;
use std::collections::BTreeMap;

const KEPT: &str = "What was seen is kept, byte for byte; its digests and the signatures of those who attest were verified here. Nothing was asked for again: undersigned observe --all --dry-run does that.";
const HTTPS: &str = "Seen over HTTPS: somebody signed that the domain's server sent these bytes. That it did cannot be proven to anybody who was not there: a TLS connection leaves nothing that a third person could check.";
const DNS: &str = "Seen in the DNS: somebody signed that the domain's servers answered with these bytes. Where the domain is signed (DNSSEC), anybody can ask for the record together with its signatures while it is published, and those prove it; the registry keeps the bytes, and not those signatures.";
const VOUCH: &str = "Vouched for: a maintainer signed that they confirmed the key by the way that is named. What it rests on is in their words.";

/// Tells each attestation by which a key is bound, and what each kind of them proves; nothing where there is none.
pub fn tell(report: Option<&Report>, head: &Commit, page: &mut Page) {
    let mut bound: BTreeMap<&Id, (&str, &[Attested])> = BTreeMap::new();
    let letters = report.into_iter().flat_map(|report| &report.letters);
    for verdict in letters.flat_map(|letter| &letter.verdicts) {
        let binding = verdict.basis().and_then(|held| verdict.binding_of(held));
        if let Some(binding) = binding {
            bound.insert(&verdict.id, (verdict.name(), binding.attested()));
        }
    }
    if bound.is_empty() {
        return;
    }
    page.heading(2, "What ties keys to organizations");
    let at = Date::parse(&head.day()).ok();
    let at = at.map(|day| (head.id.short(), day));
    let mut methods = [(HTTPS, false), (DNS, false), (VOUCH, false)];
    for (id, (name, attested)) in &bound {
        for one in *attested {
            let how = match &one.domain {
                Some(domain) if one.observes => {
                    format!("the key was seen on {domain} {}", by(one.method))
                }
                _ => format!("vouched for {}", by(one.method)),
            };
            let kind = match (one.observes, one.method) {
                (false, _) => VOUCH,
                (true, Method::Dns) => DNS,
                (true, _) => HTTPS,
            };
            for (words, used) in &mut methods {
                *used |= *words == kind;
            }
            page.item(
                0,
                &format!(
                    "{name} ({id}): {how}, by {} ({}), who claims {}{}",
                    one.name,
                    one.by,
                    one.date,
                    age(&one.date, &at)
                ),
            );
        }
    }
    for (words, used) in methods {
        if used {
            page.paragraph(words);
        }
    }
    page.paragraph(KEPT);
}
