//! What `vouch` and `observe` do alike: show the exact attestation, ask once, sign, judge the result, write.

use super::answer::{Answer, Globals, parsed};
use super::consent::{ByKey, agree};
use super::registry::Judged;
use super::signer::Signer;
use super::signing::{Bench, LookAlike, blank, exact, refused, root};
use super::writing::Entering;
use crate::author::draft::Desk;
use crate::author::proposal::propose_attestation;
use crate::author::testimony::{Testimony, attester};
use crate::base::error::Error;
use crate::base::prose::Remark;
use crate::base::rule::SIGNATURE_DOES_NOT_HOLD;
use crate::record::canonical::NewEntry;
use crate::statement::method::Method;
use crate::verify::binding::by;

/// What is attested, and what a person should see before the statement.
#[derive(Debug)]
pub struct Saying {
    /// What is said.
    pub testimony: Testimony,
    /// What an observer saw, in base64.
    pub body: Option<String>,
    /// In words.
    pub about: String,
}

/// Why an attestation is made or taken back, on one line.
pub fn evidence(words: Option<&String>, what: &str) -> Result<Remark, Error> {
    match words {
        Some(words) => parsed("--evidence", words, Remark::parse),
        None => Err(
            Error::new("nothing says what it rests on").with_help(format!(
                "Say {what} with --evidence, on one line; it is shown for ever."
            )),
        ),
    }
}

/// Shows, asks, signs, judges, writes.
pub fn attest(
    globals: &Globals,
    judged: &Judged,
    (desk, signer): (&Desk<'_>, &Signer),
    by_key: &ByKey,
    saying: Saying,
) -> Result<Answer, Error> {
    root(globals)?;
    let Saying {
        testimony,
        body,
        about,
    } = saying;
    let person = attester(&judged.registry, &signer.public(), testimony.observes)?;
    let date = by_key.day.date(globals)?;
    let text = exact(&testimony.draft(desk, person, date)?)?;
    let Some(record) = desk.record else {
        return Err(Error::new(format!("there is no record of `{}`", desk.id)));
    };
    let bench = Bench {
        globals,
        judged,
        desk,
        look_alike: LookAlike::default(),
    };
    let entry = |signature: String| NewEntry::by_key(&text, signature).with_body(body.clone());
    let unsigned = propose_attestation(record, &entry(blank()))?;
    match bench.drafted(text.clone(), unsigned, &[&SIGNATURE_DOES_NOT_HOLD])? {
        Ok(draft) => bench.place(&draft.unsigned)?,
        Err(against) => return refused(globals, &against),
    }
    let shown = format!("{about}\n{text}\n");
    let question = format!("Sign exactly this, as {}?", person.id);
    agree(globals, &by_key.consent, &shown, &question)?;
    let signature = signer.sign(globals, &text, by_key.key.raw)?;
    let proposal = propose_attestation(record, &entry(signature))?;
    let entering = Entering::Attestations(&desk.id, record.attestations.len());
    if let Some(refused) = bench.enter(&proposal, entering)? {
        return Ok(refused);
    }
    let shown = if by_key.consent.yes { &shown } else { "" };
    let (path, id) = (&proposal.path, &desk.id);
    let word = match (testimony.observes, testimony.method) {
        (_, Method::Retracted) => "takes an attestation back".to_owned(),
        (true, method) => format!("seen {}", by(method)),
        (false, method) => format!("vouched for {}", by(method)),
    };
    let next = format!(
        "Next, commit it, alone or with other attestations:\n  git add {path} && git commit -m '{id}: {word}'\n\
         `undersigned show {id}` says what it changes.\n"
    );
    Ok(bench.wrote(path, shown, &next))
}
