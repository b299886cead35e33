//! `vouch`: a maintainer says how they know whose a key is.

use super::answer::{Answer, Globals, parsed};
use super::attesting::{Saying, attest, evidence};
use super::consent::ByKey;
use super::registry;
use crate::author::draft::Desk;
use crate::author::testimony::{Testimony, attester};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::statement::method::Method;
use clap::Args;

/// Say, as a maintainer, how you know that a key is an organization's
///
/// Before you vouch, compare the key's fingerprint with the organization by the way that you name. It is
/// shown with your name and how you know, for ever, and always apart from what was seen on a domain. It
/// counts for the key and the details that the organization has now, and for no others.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned vouch example-hill-forum --method phone \\
    --evidence 'read the fingerprint back, called at the number on its website'
  undersigned vouch example-hill-forum --method in-person --key alice.pem \\
    --evidence 'showed it at the general assembly of 3 May'
  undersigned vouch example-hill-forum --method retracted \\
    --evidence 'the number was not theirs'")]
pub struct Vouch {
    /// The organization
    id: String,

    /// How you know: phone, in-person, letterhead, video or prior-contact; retracted takes your earlier one back
    #[arg(long, value_name = "METHOD")]
    method: String,

    /// What it rests on, or why it is taken back, on one line
    #[arg(long, value_name = "WORDS")]
    evidence: Option<String>,

    #[command(flatten)]
    by: ByKey,
}

impl Vouch {
    /// Vouches.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let desk = Desk::of(&judged.registry, &self.id)?;
        let method = parsed("--method", &self.method, |word| {
            let method = Method::parse(word).ok().filter(|method| method.vouches());
            method.ok_or(
                "it is none of phone, in-person, letterhead, video, prior-contact and retracted",
            )
        })?;
        let evidence = evidence(self.evidence.as_ref(), "how you made sure")?;
        let subject = Testimony::subject(&desk)?;
        let signer = self.by.key.open(globals)?;
        let person = attester(&judged.registry, &signer.public(), false)?;
        let name = desk.profile().map(|profile| visible(profile.name.as_str()));
        let saying = Saying {
            about: format!(
                "about    {} ({})\nkey      {}\nby       {} ({})\n",
                name.unwrap_or_default(),
                desk.id,
                subject.fingerprint(),
                visible(person.name.as_str()),
                person.id
            ),
            testimony: Testimony {
                observes: false,
                method,
                evidence,
            },
            body: None,
        };
        attest(globals, &judged, (&desk, &signer), &self.by, saying)
    }
}
