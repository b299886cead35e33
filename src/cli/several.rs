//! A statement that several maintainers sign one after another: it travels as a file, and enters only complete.

use super::answer::{Answer, Globals};
use super::consent::{ByKey, agree};
use super::{clock, door};
use crate::author::arrival::signature_text;
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::id::Id;
use crate::base::shell::quoted;
use crate::compile::artifact::Artifact;
use crate::record::charter::{Charter, Person};
use crate::record::pending::Pending;
use crate::registry::worktree::{line_feeds, read_at_most};
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::statement::Statement;
use crate::statement::deed::Deed;
use crate::statement::read::read;
use crate::verify::threshold::needed;
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// No file of a waiting statement is larger.
const LARGEST: u64 = 256 * 1024;

/// How a statement of several maintainers is begun and passed on.
#[derive(Debug, Args)]
pub struct Several {
    /// Sign the statement in FILE, which another maintainer began
    #[arg(long, value_name = "FILE")]
    pub add_signature: Option<PathBuf>,

    /// Take a signature over it that was made elsewhere, whosever it is, instead of signing
    #[arg(long, value_name = "FILE", requires = "add_signature", conflicts_with_all = ["key", "agent"])]
    signature: Option<PathBuf>,

    /// Print its exact text, to be signed elsewhere, and do nothing else
    #[arg(long, requires = "add_signature")]
    print: bool,

    /// Where it waits for the next; else a file here, named for what it does
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) by: ByKey,
}

/// What is signed together.
#[derive(Debug)]
pub struct Round<'a> {
    /// The statement, with who signed it so far.
    pub pending: Pending,
    /// The charter whose maintainers sign.
    pub charter: &'a Charter,
    /// What a person should see before the statement.
    pub about: String,
    /// What the file is called where nobody says.
    pub name: String,
}

/// What came of a signature.
#[derive(Debug)]
pub enum Outcome {
    /// The statement is complete; what was shown, if that is to be said again.
    Complete(Pending, String),
    /// It goes on, or its text was printed.
    Answered(Answer),
}

/// Who signs.
enum Role<'a> {
    Maintainer(&'a Person),
    NewKey,
}

impl Several {
    /// The statement that another maintainer began, where one is named.
    pub fn begun(&self, globals: &Globals) -> Result<Option<(Pending, Statement)>, Error> {
        let Some(file) = &self.add_signature else {
            // The parser lets these pass where the organization is named in place of the file.
            return match self.print || self.signature.is_some() {
                false => Ok(None),
                true => Err(Error::new(
                    "--print and --signature are for a statement that was begun",
                )
                .with_help("Name its file: --add-signature FILE. Nothing was signed.")),
            };
        };
        if self.by.day.is_named() {
            return Err(Error::new("the day was set by whoever began the statement")
                .with_help("Leave out --date."));
        }
        if door::is_link(&globals.path(file)) {
            return Err(Error::new(format!("{} is a symbolic link", file.display()))
                .with_help("Name the file itself, so that it is the one that goes on."));
        }
        let shown = file.display().to_string();
        let bytes = line_feeds(read_at_most(&globals.path(file), LARGEST)?);
        let none = |what: &str| {
            Error::new(format!(
                "{shown} is no statement that waits for signatures: {what}"
            ))
            .with_help("Name the file as the maintainer before you passed it on.")
        };
        let pending = Pending::read(&shown, &bytes)
            .map_err(|found| none(found.first().map_or("", |one| one.message.as_str())))?;
        let statement = read(&pending.text)
            .map_err(|found| none(found.first().map_or("", |one| one.message.as_str())))?;
        let governs = matches!(statement.deed, Deed::Govern { .. });
        if pending.charter.is_some() != governs {
            return Err(none(
                "`charter` stands there where, and only where, a charter is adopted",
            ));
        }
        Ok(Some((pending, statement)))
    }

    /// Shows, asks, signs; where that is not enough, passes it on.
    pub fn collect(&self, globals: &Globals, round: Round<'_>) -> Result<Outcome, Error> {
        let Round {
            mut pending,
            charter,
            about,
            name,
        } = round;
        let statement =
            read(&pending.text).map_err(|_| Error::new("the statement cannot be read"))?;
        let new_key = statement.deed.new_key();
        self.so_far(&pending, charter, new_key)?;
        if self.print {
            // What is signed elsewhere is looked at here, as if it were signed here.
            door::tell(&about, globals.color);
            let text = pending.text.into_bytes();
            return Ok(Outcome::Answered(Answer::new(text, false)));
        }
        let place = self.place(globals, &name)?;
        let text = pending.text.clone();
        if let Some(far) =
            clock::far_from_today(&statement.date).filter(|_| self.add_signature.is_some())
        {
            let what = format!("the statement claims the day {}, {far}", statement.date);
            door::remark(&what, globals.color);
        }
        let signed: Vec<&str> = pending.signatures.keys().map(Id::as_str).collect();
        let signed = match signed.is_empty() {
            true => "nobody yet".to_owned(),
            false => signed.join(", "),
        };
        let shown = format!("{about}signed   by {signed}\n\n{text}\n");
        let (role, signature) = match &self.signature {
            Some(file) => {
                let bytes = read_at_most(&globals.path(file), LARGEST)?;
                let signature = signature_text(&bytes)?;
                let role = made_by(&signature, &text, charter, new_key)?;
                is_new(&role, &pending)?;
                agree(globals, &self.by.consent, &shown, "Take this signature in?")?;
                (role, signature)
            }
            None => {
                let signer = self.by.key.open(globals)?;
                let role = role(&signer.public(), charter, new_key)?;
                is_new(&role, &pending)?;
                let who = match &role {
                    Role::Maintainer(person) => person.id.to_string(),
                    Role::NewKey => "the new key".to_owned(),
                };
                let question = format!("Sign exactly this, as {who}?");
                agree(globals, &self.by.consent, &shown, &question)?;
                (role, signer.sign(globals, &text, self.by.key.raw)?)
            }
        };
        self.is_unchanged(globals, &pending)?;
        match role {
            Role::Maintainer(person) => {
                pending.signatures.insert(person.id.clone(), signature);
            }
            Role::NewKey => pending.countersignature = Some(signature),
        }
        let shown = if self.by.consent.yes {
            shown
        } else {
            String::new()
        };
        let waits = missing(&pending, charter, &statement);
        if waits.is_empty() {
            return Ok(Outcome::Complete(pending, shown));
        }
        let command = statement.action().name();
        self.pass_on(globals, &place, &pending, &shown, (command, &waits))
            .map(Outcome::Answered)
    }

    /// An error where somebody else signed the same file meanwhile: their signature would be lost.
    fn is_unchanged(&self, globals: &Globals, pending: &Pending) -> Result<(), Error> {
        match self.begun(globals)? {
            Some((now, _)) if now != *pending => Err(Error::new("the file was changed meanwhile")
                .with_help("Nothing was written. Run it again, and look at what is there now.")),
            _ => Ok(()),
        }
    }

    /// Every signature so far holds; else somebody changed the file on its way.
    fn so_far(
        &self,
        pending: &Pending,
        charter: &Charter,
        new_key: Option<&PublicKey>,
    ) -> Result<(), Error> {
        let text = pending.text.as_bytes();
        let holds = |signature: &str, key: &PublicKey| {
            Signature::parse(signature).is_ok_and(|one| one.judge(key, text).is_ok())
        };
        let broken = |what: String| {
            Err(Error::new(what).with_help(
                "The file was changed on its way: ask the maintainer before you for it, as it was.",
            ))
        };
        for (id, signature) in &pending.signatures {
            match charter.maintainer(id) {
                Some(person) if holds(signature, &person.key) => {}
                Some(_) => {
                    return broken(format!(
                        "the signature of `{id}` does not hold over this text"
                    ));
                }
                None => {
                    return broken(format!(
                        "`{id}`, who signed, is no maintainer of the charter in force"
                    ));
                }
            }
        }
        match (&pending.countersignature, new_key) {
            (Some(signature), Some(key)) if !holds(signature, key) => {
                broken("the new key's signature does not hold over this text".to_owned())
            }
            (Some(_), None) => broken("a new key signed, and the statement names none".to_owned()),
            _ => Ok(()),
        }
    }

    /// Where the file goes; nobody's file is written over.
    fn place(&self, globals: &Globals, name: &str) -> Result<PathBuf, Error> {
        let place = match (&self.output, &self.add_signature) {
            (Some(file), _) | (None, Some(file)) => globals.path(file),
            (None, None) => globals.path(Path::new(name)),
        };
        let same = self.output.is_none() && self.add_signature.is_some();
        if !same && door::is_there(&place) {
            return Err(Error::new(format!("there is a file {} already", place.display()))
                .with_help("If it is this statement, sign it with --add-signature FILE; else name another with --output."));
        }
        door::is_open(&folder(&place))?;
        Ok(place)
    }

    fn pass_on(
        &self,
        globals: &Globals,
        place: &Path,
        pending: &Pending,
        shown: &str,
        (command, waits): (&str, &[String]),
    ) -> Result<Answer, Error> {
        let name = place
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| {
            Error::new(format!(
                "{} is no name of a file",
                quote(&place.display().to_string())
            ))
        })?;
        let artifact = Artifact {
            name,
            bytes: pending.yaml().into_bytes(),
        };
        door::files(&folder(place), &[artifact])?;
        let waits = waits.join(", and ");
        let file = quoted(place);
        let told = match globals.quiet {
            true => format!("wrote    {file}\n"),
            false => format!(
                "{shown}wrote    {file}\n\nThe statement waits for {waits}. Nothing is in the registry yet.\n\
                 Pass the file on; whoever signs next runs, in the registry:\n  undersigned {command} --add-signature {file}\n"
            ),
        };
        let done = format!("{file} was written");
        Ok(Answer::new(told.into_bytes(), false).and_did(done))
    }
}

fn folder(place: &Path) -> PathBuf {
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What a statement still waits for.
fn missing(pending: &Pending, charter: &Charter, statement: &Statement) -> Vec<String> {
    let people = pending
        .signatures
        .keys()
        .filter_map(|id| charter.maintainer(id));
    // One key is one signer, whatever the charter calls it.
    let keys: BTreeSet<[u8; 32]> = people.map(|person| *person.key.point()).collect();
    let needed = usize::try_from(needed(charter, statement.action())).unwrap_or(usize::MAX);
    let more = needed.saturating_sub(keys.len());
    let mut waits = Vec::new();
    if more > 0 {
        let whole = count(needed, "maintainer");
        waits.push(format!("{more} more of {whole} whom it takes"));
    }
    if statement.deed.new_key().is_some() && pending.countersignature.is_none() {
        waits.push("the signature of the new key".to_owned());
    }
    waits
}

fn role<'a>(
    key: &PublicKey,
    charter: &'a Charter,
    new_key: Option<&PublicKey>,
) -> Result<Role<'a>, Error> {
    let mut maintainers = charter.maintainers.iter();
    if let Some(person) = maintainers.find(|person| person.key.point() == key.point()) {
        return Ok(Role::Maintainer(person));
    }
    if new_key.is_some_and(|new| new.point() == key.point()) {
        return Ok(Role::NewKey);
    }
    let what = format!("the key {} is that of no maintainer", key.fingerprint());
    Err(Error::new(what).with_help(
        "registry/registry.yaml names the maintainers with their keys; name the right one with --key or --agent.",
    ))
}

fn made_by<'a>(
    signature: &str,
    text: &str,
    charter: &'a Charter,
    new_key: Option<&PublicKey>,
) -> Result<Role<'a>, Error> {
    let parsed = Signature::parse(signature).map_err(Error::new)?;
    let keys = charter.maintainers.iter().map(|person| &person.key);
    let keys: Vec<&PublicKey> = keys.chain(new_key).collect();
    let mut keys = keys.into_iter();
    match keys.find(|key| parsed.judge(key, text.as_bytes()).is_ok()) {
        Some(key) => role(key, charter, new_key),
        None => Err(
            Error::new("the signature holds over this text by the key of no maintainer")
                .with_help("Print the text with --print, and sign just those bytes."),
        ),
    }
}

fn is_new(role: &Role<'_>, pending: &Pending) -> Result<(), Error> {
    let what = match role {
        Role::Maintainer(person) if pending.signatures.contains_key(&person.id) => {
            format!("`{}` has signed this already", person.id)
        }
        Role::NewKey if pending.countersignature.is_some() => {
            "the new key has signed this already".to_owned()
        }
        _ => return Ok(()),
    };
    Err(Error::new(what).with_help("Pass the file on to the next."))
}
