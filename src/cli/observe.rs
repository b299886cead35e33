//! `observe`: a maintainer or observer looks at an organization's own domain, and says what is there.

use super::answer::{Answer, Globals, parsed};
use super::attesting::{Saying, attest, evidence};
use super::consent::ByKey;
use super::door;
use super::registry::{self, Judged};
use super::signer::Signer;
use crate::author::draft::Desk;
use crate::author::testimony::{Testimony, attester};
use crate::base::digest::Digest;
use crate::base::encoding::{decode_base64, encode_base64};
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::base::host::Domain;
use crate::base::prose::Remark;
use crate::base::rule::BINDING_ONE_WAY;
use crate::identity::published::Link;
use crate::observe::reach::Reach;
use crate::observe::{Sight, Unseen, see};
use crate::report::sightings::{Sighting, describe};
use crate::statement::method::Method;
use crate::verify::attestation::{Attested, Effect};
use clap::Args;
use std::cell::OnceCell;

/// See on an organization's own domain whose key it names, and sign what you saw
///
/// Asks https://DOMAIN/.well-known/undersigned.txt, or the TXT record of _undersigned.DOMAIN, and keeps what
/// is there, byte for byte, in a statement that you sign as a maintainer or observer. With --dry-run
/// nothing is signed: it says whether the domain still names the key, and what changed since it was seen.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned observe example-hill-forum
  undersigned observe example-hill-forum --method dns --key olga.pem
  undersigned observe --all --dry-run")]
pub struct Observe {
    /// The organization
    #[arg(required_unless_present = "all")]
    id: Option<String>,

    /// Every organization that gives a domain and has signed
    #[arg(long, conflicts_with = "id")]
    all: bool,

    /// How to ask: https (usual) or dns; retracted takes your earlier observation back
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Ask, and say what changed; sign nothing, change nothing
    #[arg(long)]
    dry_run: bool,

    /// Why an observation is taken back, on one line
    #[arg(long, value_name = "WORDS")]
    evidence: Option<String>,

    #[command(flatten)]
    by: ByKey,
}

impl Observe {
    /// Looks, with what the machine reaches the network by.
    pub fn run(&self, globals: &Globals, reach: &Reach) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let method = self.method.as_ref().map(|word| {
            parsed("--method", word, |word| {
                let method = Method::parse(word).ok().filter(|method| method.observes());
                method.ok_or("it is none of https, dns and retracted")
            })
        });
        let method = method.transpose()?;
        if self.evidence.is_some() && method != Some(Method::Retracted) {
            return Err(Error::new("what was seen is its own evidence")
                .with_help("Leave out --evidence; it is for `--method retracted`."));
        }
        match (&self.id, method) {
            (_, Some(Method::Retracted)) if self.dry_run || self.all => Err(Error::new(
                "an observation of one organization is taken back, and that is signed",
            )
            .with_help("Name the organization, and leave out --all and --dry-run.")),
            (Some(id), Some(Method::Retracted)) => self.take_back(globals, &judged, id),
            (Some(id), method) if !self.dry_run => {
                self.one((globals, &judged, reach), id, method, &OnceCell::new())?
            }
            (Some(id), method) => self.ask(globals, &judged, reach, &[id.as_str()], method),
            (None, method) => {
                let records = judged.registry.records.iter().zip(&judged.folds);
                let asked = records.filter(|(record, fold)| {
                    let speaks = fold.key().is_some() && !fold.refused && fold.removal().is_none();
                    record.signatory.domain.is_some() && speaks
                });
                let ids: Vec<&str> = asked
                    .map(|(record, _)| record.signatory.id.as_str())
                    .collect();
                match self.dry_run {
                    true => self.ask(globals, &judged, reach, &ids, method),
                    false => self.every(globals, &judged, reach, &ids, method),
                }
            }
        }
    }

    /// Asks one domain, and signs; the key is opened once something was seen. Nobody knows where it could not be asked.
    fn one(
        &self,
        (globals, judged, reach): (&Globals, &Judged, &Reach),
        id: &str,
        method: Option<Method>,
        key: &OnceCell<Signer>,
    ) -> Result<Result<Answer, Error>, Error> {
        let desk = Desk::of(&judged.registry, id)?;
        let domain = domain(&desk)?;
        match look(&desk, reach, &domain, method.unwrap_or(Method::Https))? {
            Ok(sight) => {
                let signer = match key.get() {
                    Some(signer) => signer,
                    None => {
                        let opened = self.by.key.open(globals)?;
                        key.get_or_init(|| opened)
                    }
                };
                self.sign(globals, judged, (&desk, signer), &sight).map(Ok)
            }
            Err(Unseen::OneWay(what, help)) => {
                let finding = Finding::about(&BINDING_ONE_WAY, path(&desk), what);
                let finding = finding.of(&desk.id).with_help(help);
                let remark = "the domain and the organization do not name each other; nothing was signed, and nothing was written";
                Ok(Ok(globals.found(&[finding], true)?.with_remark(remark)))
            }
            Err(Unseen::Unknown(error)) => Ok(Err(error)),
        }
    }

    fn sign(
        &self,
        globals: &Globals,
        judged: &Judged,
        (desk, signer): (&Desk<'_>, &Signer),
        sight: &Sight,
    ) -> Result<Answer, Error> {
        let person = attester(&judged.registry, &signer.public(), true)?;
        let digest = Digest::of(&sight.body).to_string();
        let lines = String::from_utf8_lossy(&sight.body).into_owned();
        let lines = lines
            .lines()
            .map(|line| format!("         {}\n", visible(line)));
        let saying = Saying {
            about: format!(
                "seen     {}\n{}key      {}\nby       {} ({})\n",
                describe(sight),
                lines.collect::<String>(),
                Testimony::subject(desk)?.fingerprint(),
                visible(person.name.as_str()),
                person.id
            ),
            testimony: Testimony {
                observes: true,
                method: sight.method,
                evidence: Remark::parse(&digest).map_err(Error::new)?,
            },
            body: Some(encode_base64(&sight.body)),
        };
        attest(globals, judged, (desk, signer), &self.by, saying)
    }

    fn take_back(&self, globals: &Globals, judged: &Judged, id: &str) -> Result<Answer, Error> {
        let desk = Desk::of(&judged.registry, id)?;
        let evidence = evidence(self.evidence.as_ref(), "why it is taken back")?;
        let signer = self.by.key.open(globals)?;
        let person = attester(&judged.registry, &signer.public(), true)?;
        let saying = Saying {
            about: format!(
                "takes back what {} ({}) saw on the domain of {id}\n",
                visible(person.name.as_str()),
                person.id
            ),
            testimony: Testimony {
                observes: true,
                method: Method::Retracted,
                evidence,
            },
            body: None,
        };
        attest(globals, judged, (&desk, &signer), &self.by, saying)
    }

    /// Asks every domain, and signs what is seen; who is not seen is told.
    fn every(
        &self,
        globals: &Globals,
        judged: &Judged,
        reach: &Reach,
        ids: &[&str],
        method: Option<Method>,
    ) -> Result<Answer, Error> {
        let mut all = Answer::default();
        let mut last = None;
        let key = OnceCell::new();
        let mut written: Vec<String> = Vec::new();
        for id in ids {
            let one = self.one((globals, judged, reach), id, method, &key);
            let one = one.map_err(|error| match written.is_empty() {
                true => error,
                false => {
                    let what = error.what().to_owned();
                    let stays =
                        format!("What was written before it stays: {}.", written.join(", "));
                    Error::new(what).with_help(stays)
                }
            });
            match one? {
                Ok(answer) => {
                    if !answer.wrong {
                        written.push((*id).to_owned());
                    }
                    all.wrong |= answer.wrong;
                    all.output.extend(answer.output);
                }
                // Whom nobody could ask keeps nobody else from being seen.
                Err(error) => {
                    let told = format!("{id}  not known\n         {}\n", visible(error.what()));
                    all.output.extend(told.into_bytes());
                    last = Some(error);
                }
            }
        }
        match (last, ids.len()) {
            (Some(error), 1) => Err(error),
            (Some(error), _) if written.is_empty() && !all.wrong => {
                let help = format!("Of the last: {}", visible(error.what()));
                Err(Error::new("no domain could be asked").with_help(help))
            }
            (Some(_), _) => {
                all.wrong = true;
                Ok(all.with_remark("some domains could not be asked: nothing is known of them"))
            }
            (None, 0) => Ok(Answer::new(NOBODY.into(), false)),
            (None, _) => Ok(all),
        }
    }

    /// Asks domains again and says what changed; nothing is signed.
    fn ask(
        &self,
        globals: &Globals,
        judged: &Judged,
        reach: &Reach,
        ids: &[&str],
        method: Option<Method>,
    ) -> Result<Answer, Error> {
        let at = registry::judged_at(globals, None)?;
        let mut text = String::new();
        let (mut wrong, mut unknown) = (0, 0);
        for id in ids {
            let desk = Desk::of(&judged.registry, id)?;
            let domain = domain(&desk)?;
            let before = newest(&desk);
            let known = before.as_ref().map(|(seen, _)| seen.method);
            let method = method.or(known).unwrap_or(Method::Https);
            let now = look(&desk, reach, &domain, method)?;
            match &now {
                Ok(_) => {}
                Err(Unseen::OneWay(..)) => wrong += 1,
                Err(Unseen::Unknown(_)) => unknown += 1,
            }
            let sighting = Sighting {
                id: &desk.id,
                domain: &domain,
                now,
                before,
            };
            text.push_str(&sighting.text(&at));
        }
        if ids.is_empty() {
            text.push_str(NOBODY);
        }
        if unknown > 0 && unknown == ids.len() {
            return Err(Error::new("no domain could be asked").with_help(format!(
                "Of the first: {}",
                text.lines().nth(1).unwrap_or_default().trim()
            )));
        }
        if unknown > 0 && wrong == 0 {
            // What is known is told; that not all is known is no answer.
            door::answer(text.as_bytes(), globals.color)?;
            let what = format!("{} could not be asked", count(unknown, "domain"));
            return Err(Error::new(what).with_help("Nothing is known of them; run it again later."));
        }
        let answer = Answer::new(text.into_bytes(), wrong > 0);
        Ok(match unknown {
            0 => answer,
            _ => answer.with_remark("some domains could not be asked: nothing is known of them"),
        })
    }
}

/// What is said where there is nobody to ask.
const NOBODY: &str = "no organization gives a domain and has signed\n";

fn look(
    desk: &Desk<'_>,
    reach: &Reach,
    domain: &Domain,
    method: Method,
) -> Result<Result<Sight, Unseen>, Error> {
    let charter = desk.registry.charter.as_ref();
    let charter = charter.ok_or_else(|| Error::new("registry/registry.yaml cannot be read"))?;
    let link = Link {
        signatory: &desk.id,
        origin: &charter.charter.origin,
        key: Testimony::subject(desk)?,
    };
    Ok(see(reach, method, domain, link))
}

fn domain(desk: &Desk<'_>) -> Result<Domain, Error> {
    Testimony::subject(desk)?;
    desk.profile()
        .and_then(|profile| profile.domain)
        .ok_or_else(|| {
            Error::new(format!("`{}` gives no domain", desk.id))
                .with_help("It says which one is its own by `undersigned amend --domain`.")
        })
}

/// The newest observation that counts, with what was seen.
fn newest<'a>(desk: &'a Desk<'_>) -> Option<(&'a Attested, Vec<u8>)> {
    let mut attested = desk.fold.attested.iter().rev();
    let seen = attested.find(|one| one.observes && one.effect == Effect::Counts)?;
    let stored = desk.record?.signatory.attestations.get(seen.index)?;
    let body = stored.body.as_ref()?;
    Some((seen, decode_base64(body.as_str())?))
}

fn path(desk: &Desk<'_>) -> String {
    desk.record
        .map_or_else(String::new, |record| record.source.path().to_owned())
}
