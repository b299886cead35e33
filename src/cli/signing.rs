//! What every signing command does: show the exact statement, ask once, sign, judge the result, write.

use super::answer::{self, Answer, Globals};
use super::consent::{ByKey, agree};
use super::registry::Judged;
use super::signer::Signer;
use super::writing::{Entering, Writing};
use crate::author::draft::Desk;
use crate::author::edit::Edit;
use crate::author::proposal::{forbids, propose};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::rule::{Rule, SIGNATURE_DOES_NOT_HOLD};
use crate::record::canonical::NewEntry;
use crate::registry::home::Home;
use crate::signature::container::RAW;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
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

/// Who signs, with which key, and how that is agreed to: what every signing command takes.
#[derive(Debug, Args)]
pub struct Hand {
    /// The organization's id: its file's name without .yaml
    #[arg(long, value_name = "ID", display_order = 0)]
    pub signatory: String,

    #[command(flatten)]
    by: ByKey,
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
        let signer = self.by.key.open(globals)?;
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
        let date = self.by.day.date(globals)?;
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
        agree(globals, &self.by.consent, &shown, &question)?;
        let sign = |signer: &Signer| signer.sign(globals, &text, self.by.key.raw);
        let entry = NewEntry::by_key(&text, sign(signer)?);
        let entry = entry.countersigned(new_signer.map(sign).transpose()?);
        let proposal = propose(desk, &profile, &entry)?;
        let shown = if self.by.consent.yes { &shown } else { "" };
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

/// A signature that nobody made, in the place of one that is to be.
pub fn blank() -> String {
    format!("{RAW}{}==", "A".repeat(86))
}

/// The exact text of a statement; an error where it would be none.
pub fn exact(statement: &Statement) -> Result<String, Error> {
    let text = render(statement);
    match read(&text) {
        Ok(_) => Ok(text),
        Err(malformed) => {
            let what = malformed.first().map_or("", |one| one.message.as_str());
            Err(Error::new(format!("this would be no statement: {what}"))
                .with_help("Change what is said on that line."))
        }
    }
}

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
        let text = exact(&statement)?;
        let unsigned = NewEntry::by_key(&text, blank());
        let unsigned = unsigned.countersigned(countersigned.then(blank));
        let proposal = propose(self.desk, profile, &unsigned)?;
        self.drafted(text, proposal, &[&SIGNATURE_DOES_NOT_HOLD])
    }

    /// A text whose record would hold, but for what is found under some rules; or what the registry would find against it.
    pub fn drafted(
        &self,
        text: String,
        unsigned: Edit,
        but: &[&'static Rule],
    ) -> Result<Drafted, Error> {
        let against = self.with(&unsigned, but, |writing| writing.look())?;
        Ok(match against.is_empty() {
            true => Ok(Draft { text, unsigned }),
            false => Err(against),
        })
    }

    /// What the registry as it was read would find against a record.
    pub fn look(&self, proposal: &Edit) -> Result<Vec<Finding>, Error> {
        self.with(proposal, &[], |writing| writing.look())
    }

    /// An error where the record could not be written, whoever agrees to it.
    pub fn place(&self, proposal: &Edit) -> Result<(), Error> {
        self.with(proposal, &[], |writing| writing.place())
    }

    /// Writes a record where the registry as it lies now finds nothing against it, and says what is next.
    pub fn write(&self, proposal: &Edit, shown: &str, word: &str) -> Result<Answer, Error> {
        let id = &self.desk.id;
        let entering = Entering::Statements(id, self.desk.number() - 1);
        if let Some(refused) = self.enter(proposal, entering)? {
            return Ok(refused);
        }
        let path = &proposal.path;
        let next = format!(
            "Next, send it to the maintainers:\n  git add {path} && git commit -m '{id}: {word}'\n\
             and open a pull request; or mail them the file {path}.\n"
        );
        Ok(self.wrote(path, shown, &next))
    }

    /// Writes a record; the answer where the registry refuses it.
    pub fn enter(&self, proposal: &Edit, entering: Entering<'_>) -> Result<Option<Answer>, Error> {
        let written = self.with(proposal, &[], |writing| writing.write(entering))?;
        written
            .err()
            .map(|against| unwritten(self.globals, &against))
            .transpose()
    }

    /// What was written, and what is next.
    pub fn wrote(&self, path: &str, shown: &str, next: &str) -> Answer {
        let done = format!("{path} was written");
        let told = match self.globals.quiet {
            true => format!("wrote    {path}\n"),
            false => format!("{shown}wrote    {path}\n\n{next}"),
        };
        Answer::new(told.into_bytes(), false).and_did(done)
    }

    /// A record as it is to be written; what is found under the rules `but` keeps nothing out.
    fn with<T>(
        &self,
        proposal: &Edit,
        but: &[&'static Rule],
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
                counts && !but.contains(&finding.rule)
            },
        })
    }
}

/// The registry refuses it although somebody has signed: a signature that was made is kept nowhere.
pub fn unwritten(globals: &Globals, against: &[Finding]) -> Result<Answer, Error> {
    let remark = "the registry would refuse this, and nothing was written";
    answer::refused(globals, against, remark)
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
