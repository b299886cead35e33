//! `attach`: takes in a statement that was signed elsewhere, or a record that came by mail.

use super::answer::{Answer, Globals};
use super::consent::{Consent, agree};
use super::door;
use super::registry;
use super::signing::{Bench, LookAlike, refused, root};
use crate::author::arrival::{Addition, Arrival, signature_text, version_told};
use crate::author::detail::changes_told;
use crate::author::draft::Desk;
use crate::author::proposal::propose;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::record::canonical::NewEntry;
use crate::registry::worktree::{line_feeds, read_at_most};
use crate::statement::deed::Deed;
use crate::statement::read::read;
use clap::Args;
use std::path::{Path, PathBuf};

/// No statement, signature or record is larger.
const LARGEST: u64 = 256 * 1024;

/// Take in a statement that was signed elsewhere, or a record that came by mail
///
/// Shows the exact statements and every detail that they change, and refuses what the registry would
/// refuse. A signature is an SSH signature, `ed25519:` and base64, or the 64 bytes that OpenSSL writes. A
/// record may only bring statements of the organization; its comments and its layout are not taken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned attach example-lake-club --statement statement.txt \\
    --signature statement.txt.sig
  undersigned attach example-lake-club --statement statement.txt \\
    --signature signature.bin --yes
  undersigned attach example-lake-club.yaml")]
pub struct Attach {
    /// The organization's id with --statement; else the file of a whole record
    #[arg(value_name = "ID|RECORD")]
    what: String,

    /// The exact text that was signed
    #[arg(long, value_name = "FILE", requires = "signature")]
    statement: Option<PathBuf>,

    /// The signature over it
    #[arg(long, value_name = "FILE", requires = "statement")]
    signature: Option<PathBuf>,

    /// The new key's signature, for a rotation
    #[arg(long, value_name = "FILE", requires = "statement")]
    countersignature: Option<PathBuf>,

    #[command(flatten)]
    look_alike: LookAlike,

    #[command(flatten)]
    consent: Consent,
}

impl Attach {
    /// Looks at what came, says what it does, and takes it in.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let (desk, proposal, shown, word);
        if let (Some(statement), Some(signature)) = (&self.statement, &self.signature) {
            let text = text(globals, statement)?;
            desk = Desk::of(&judged.registry, &self.what)?;
            let profile = match read(&text).map(|statement| statement.deed) {
                Ok(Deed::Own { profile, act, .. }) => {
                    word = act.action().name();
                    profile
                }
                Ok(_) => {
                    return Err(Error::new(
                        "the statement is one of maintainers, not of an organization",
                    ));
                }
                Err(malformed) => return Err(malformed_text(statement, &text, malformed.first())),
            };
            let came = |file: &PathBuf| {
                let bytes = read_at_most(&globals.path(file), LARGEST)?;
                signature_text(&bytes)
            };
            let counter = self.countersignature.as_ref().map(came).transpose()?;
            let entry = NewEntry::by_key(&text, came(signature)?).countersigned(counter);
            proposal = propose(&desk, &profile, &entry)?;
            let changes = match desk.profile() {
                Some(before) => changes_told(&before, &profile),
                None => String::new(),
            };
            shown = format!(
                "adds to {}, as statement {}:\n{changes}\n{text}\n{}\n",
                proposal.path,
                desk.number(),
                version_told(&judged.registry, &text)
            );
        } else {
            let file = globals.path(Path::new(&self.what));
            if !door::is_there(&file) && Id::parse(&self.what).is_ok() {
                let what = format!("there is no file {}", quote(&self.what));
                return Err(Error::new(what).with_help(
                    "For one statement of an organization name its two files: --statement FILE --signature FILE.",
                ));
            }
            let bytes = line_feeds(read_at_most(&file, LARGEST)?);
            let arrival = match Arrival::read(&self.what, &bytes)? {
                Ok(arrival) => arrival,
                Err(findings) => return refused(globals, &findings),
            };
            desk = Desk::of(&judged.registry, arrival.signatory.id.as_str())?;
            Addition {
                told: shown,
                edit: proposal,
            } = arrival.addition(&desk)?;
            word = "record";
        }
        let bench = Bench {
            globals,
            judged: &judged,
            desk: &desk,
            look_alike: self.look_alike,
        };
        root(globals)?;
        let against = bench.look(&proposal)?;
        if !against.is_empty() {
            return refused(globals, &against);
        }
        bench.place(&proposal)?;
        agree(globals, &self.consent, &shown, "Take this in?")?;
        let shown = if self.consent.yes { &shown } else { "" };
        bench.write(&proposal, shown, word)
    }
}

fn text(globals: &Globals, file: &Path) -> Result<String, Error> {
    let bytes = read_at_most(&globals.path(file), LARGEST)?;
    String::from_utf8(bytes).map_err(|_| {
        Error::new(format!(
            "{} is not UTF-8, so that it is no statement",
            file.display()
        ))
        .with_help("Hand over the file that was signed, as it is.")
    })
}

fn malformed_text(
    file: &Path,
    text: &str,
    first: Option<&crate::statement::lines::Malformed>,
) -> Error {
    let at = first.map_or(0, |one| one.span.start);
    let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let what = first.map_or("", |one| one.message.as_str());
    let shown = file.display();
    let help = match text.contains('\r') {
        true => {
            "A program has changed its line ends on the way: ask for the file as it was signed."
        }
        false => "Hand over the file that was signed, as it is; `undersigned statement` makes one.",
    };
    Error::new(format!("{shown}:{line}: {}", visible(what))).with_help(help)
}
