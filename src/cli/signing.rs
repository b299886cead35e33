//! What every signing command does: show the exact statement, ask once, sign, judge the result, write.

use super::answer::{self, Answer, Globals};
use super::registry::Judged;
use super::signer::{KeyChoice, Signer};
use super::writing::Writing;
use super::{ask, clock, door};
use crate::author::draft::Desk;
use crate::author::edit::Edit;
use crate::author::proposal::{forbids, propose};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::finding::Finding;
use crate::base::rule::{Rule, SIGNATURE_DOES_NOT_HOLD};
use crate::record::canonical::NewEntry;
use crate::registry::home::Home;
use crate::signature::container::RAW;
use crate::signature::key::PublicKey;
use crate::statement::deed::Act;
use crate::statement::profile::Profile;
use crate::statement::read::read;
use crate::statement::write::render;
use clap::Args;
use std::path::PathBuf;

/// Whether a name that looks like another is accepted.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct LookAlike {
    /// Go on although another name looks like this one
    #[arg(long)]
    pub accept_look_alike: bool,
}

/// How what is shown is agreed to.
#[derive(Debug, Args)]
pub struct Consent {
    /// Agree to what is shown, without being asked
    #[arg(long, short)]
    pub yes: bool,
}

/// The day that a statement claims.
#[derive(Debug, Args)]
pub struct Day {
    /// The day that the statement claims; else today
    #[arg(long, value_name = "YYYY-MM-DD", hide_short_help = true)]
    date: Option<String>,
}

impl Day {
    /// The day that was named, or today; one that is far from today's is spoken of.
    pub fn date(&self, globals: &Globals) -> Result<Date, Error> {
        let Some(date) = &self.date else {
            return clock::today();
        };
        let date =
            Date::parse(date).map_err(|what| Error::new(format!("{}: {what}", quote(date))))?;
        if let Some(far) = clock::far_from_today(&date) {
            door::remark(
                &format!("the statement claims the day {date}, {far}"),
                globals.color,
            );
        }
        Ok(date)
    }
}

/// Who signs, with which key, and how that is agreed to: what every signing command takes.
#[derive(Debug, Args)]
pub struct Hand {
    /// The organization's id: its file's name without .yaml
    #[arg(long, value_name = "ID", display_order = 0)]
    pub signatory: String,

    #[command(flatten)]
    key: KeyChoice,

    #[command(flatten)]
    day: Day,

    #[command(flatten)]
    consent: Consent,
}

/// What is signed.
#[derive(Debug)]
pub struct Intent {
    /// What a person should see before the statement.
    pub about: String,
    /// Who the organization says that it is.
    pub profile: Profile,
    /// What it does.
    pub act: Act,
    /// Whether a name that looks like another is accepted.
    pub look_alike: LookAlike,
}

impl Hand {
    /// Opens the key, which must be one that can sign for this desk.
    pub fn open(&self, globals: &Globals, desk: &Desk<'_>) -> Result<Signer, Error> {
        let signer = self.key.open(globals)?;
        desk.admits(&signer.public())?;
        Ok(signer)
    }

    /// Shows, asks, signs, judges, writes.
    pub fn sign(
        &self,
        globals: &Globals,
        judged: &Judged,
        desk: &Desk<'_>,
        (signer, new_signer): (&Signer, Option<&Signer>),
        intent: Intent,
    ) -> Result<Answer, Error> {
        root(globals)?;
        let date = self.day.date(globals)?;
        let Intent {
            about,
            profile,
            act,
            look_alike,
        } = intent;
        let bench = Bench {
            globals,
            judged,
            desk,
            look_alike,
        };
        let text = match bench.draft(&profile, &act, signer.public(), date)? {
            Ok(draft) => {
                bench.place(&draft.unsigned)?;
                draft.text
            }
            Err(against) => return refused(globals, &against),
        };
        let shown = format!("{about}{text}\n");
        let question = format!("Sign exactly this, as {}?", desk.id);
        agree(globals, &self.consent, &shown, &question)?;
        let sign = |signer: &Signer| signer.sign(globals, &text, self.key.raw);
        let entry = NewEntry::by_key(&text, sign(signer)?);
        let entry = entry.countersigned(new_signer.map(sign).transpose()?);
        let proposal = propose(desk, &profile, &entry)?;
        let shown = if self.consent.yes { &shown } else { "" };
        bench.write(&proposal, shown, act.action().name())
    }
}

/// A desk with the registry as it was judged: what would be found if it said more?
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// What every command takes.
    pub globals: &'a Globals,
    /// The registry as it is.
    pub judged: &'a Judged,
    /// Who says more.
    pub desk: &'a Desk<'a>,
    /// Whether a name that looks like another is accepted.
    pub look_alike: LookAlike,
}

/// A statement that nobody has signed yet.
#[derive(Debug)]
pub struct Draft {
    /// Its exact text.
    pub text: String,
    /// Its record, with a blank in the place of each signature.
    pub unsigned: Edit,
}

/// What keeps a statement from its record, or the statement.
pub type Drafted = Result<Draft, Vec<Finding>>;

impl Bench<'_> {
    /// The exact text of the next statement, or what the registry would find against it, signatures apart.
    pub fn draft(
        &self,
        profile: &Profile,
        act: &Act,
        key: PublicKey,
        date: Date,
    ) -> Result<Drafted, Error> {
        let countersigned = act.new_key().is_some();
        let statement = self.desk.draft(profile.clone(), act.clone(), key, date)?;
        let text = render(&statement);
        if let Err(malformed) = read(&text) {
            let what = malformed.first().map_or("", |one| one.message.as_str());
            return Err(Error::new(format!("this would be no statement: {what}"))
                .with_help("Change what is said on that line."));
        }
        let blank = format!("{RAW}{}==", "A".repeat(86));
        let unsigned = NewEntry::by_key(&text, &blank);
        let unsigned = unsigned.countersigned(countersigned.then_some(blank));
        let proposal = propose(self.desk, profile, &unsigned)?;
        let but = Some(&SIGNATURE_DOES_NOT_HOLD);
        let against = self.with(&proposal, but, |writing| writing.look())?;
        Ok(match against.is_empty() {
            true => Ok(Draft {
                text,
                unsigned: proposal,
            }),
            false => Err(against),
        })
    }

    /// What the registry as it was read would find against a record.
    pub fn look(&self, proposal: &Edit) -> Result<Vec<Finding>, Error> {
        self.with(proposal, None, |writing| writing.look())
    }

    /// An error where the record could not be written, whoever agrees to it.
    pub fn place(&self, proposal: &Edit) -> Result<(), Error> {
        self.with(proposal, None, |writing| writing.place())
    }

    /// Writes a record where the registry as it lies now finds nothing against it, and says what is next.
    pub fn write(&self, proposal: &Edit, shown: &str, word: &str) -> Result<Answer, Error> {
        let id = &self.desk.id;
        let known = self.desk.number() - 1;
        if let Err(against) =
            self.with(proposal, None, |writing| writing.write(Some((id, known))))?
        {
            // A signature may have been made by now; it is kept nowhere.
            let remark = "the registry would refuse this, and nothing was written";
            return answer::refused(self.globals, &against, remark);
        }
        let path = &proposal.path;
        let done = format!("{path} was written");
        if self.globals.quiet {
            let told = format!("wrote    {path}\n");
            return Ok(Answer::new(told.into_bytes(), false).and_did(done));
        }
        let next = format!(
            "Next, send it to the maintainers:\n  git add {path} && git commit -m '{id}: {word}'\n\
             and open a pull request; or mail them the file {path}.\n"
        );
        let told = format!("{shown}wrote    {path}\n\n{next}");
        Ok(Answer::new(told.into_bytes(), false).and_did(done))
    }

    /// A record as it is to be written; what is found under the rule `but` keeps nothing out.
    fn with<T>(
        &self,
        proposal: &Edit,
        but: Option<&'static Rule>,
        act: impl FnOnce(Writing<'_>) -> T,
    ) -> T {
        act(Writing {
            globals: self.globals,
            judged: self.judged,
            edits: std::slice::from_ref(proposal),
            forbids: &|finding| {
                // Of two names that look alike each is told; the one of the other record is nobody's doing here.
                let own = finding.path == proposal.path && !self.look_alike.accept_look_alike;
                let counts = finding.is_error() || (forbids(finding) && own);
                counts && Some(finding.rule) != but
            },
        })
    }
}

/// Shows what is to be done, and asks once, unless it was agreed to already.
pub fn agree(
    globals: &Globals,
    consent: &Consent,
    shown: &str,
    question: &str,
) -> Result<(), Error> {
    if consent.yes {
        return Ok(());
    }
    door::tell(shown, globals.color);
    match ask::confirm(globals, question, "--yes")? {
        true => Ok(()),
        false => Err(Error::new("nothing was signed, and nothing was written")),
    }
}

/// The folder of the registry; an error where there is none to write into.
pub fn root(globals: &Globals) -> Result<PathBuf, Error> {
    Home::find(&globals.directory)?.writable()
}

/// The registry would refuse it: its findings, and that nothing happened.
pub fn refused(globals: &Globals, findings: &[Finding]) -> Result<Answer, Error> {
    let why = match findings.iter().any(Finding::is_error) {
        true => "the registry would refuse this",
        false => {
            "the registry would only warn of this: if it is another organization, say so with --accept-look-alike"
        }
    };
    let remark = format!("{why}; nothing was signed, and nothing was written");
    answer::refused(globals, findings, &remark)
}
