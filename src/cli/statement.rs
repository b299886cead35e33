//! `statement`: exact texts: the next one, to be signed elsewhere, or one that was signed, with what others need to check it.

use super::answer::{Answer, Form, Globals, parsed};
use super::consent::Day;
use super::details::Details;
use super::registry;
use super::rotate::taken_back;
use super::sign::texts;
use super::signer::public_key;
use super::signing::{Bench, refused};
use super::stored::Stored;
use crate::author::draft::Desk;
use crate::base::error::Error;
use crate::base::prose::Remark;
use crate::statement::deed::Act;
use clap::{Args, Subcommand};

/// Print a statement exactly: one to be signed elsewhere, or one that was signed
///
/// With endorse, withdraw, amend or rotate it prints the bytes to sign with `ssh-keygen`, OpenSSL or an
/// HSM; `attach` takes the signature in. With --of it prints a stored statement; with --output it writes
/// the text, its signature, and what `ssh-keygen -Y verify` or OpenSSL needs to check it without this
/// program, and prints the commands that do so.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  undersigned statement --of example-moor-forum 1
  undersigned statement --of example-hill-forum --output out
  undersigned statement endorse example-letter --signatory example-lake-club \\
    --name 'Example Lake Club' --key key.pub"
)]
pub struct Statement {
    #[command(subcommand)]
    draft: Option<Draft>,

    #[command(flatten)]
    stored: Stored,
}

/// A statement to be signed elsewhere.
#[derive(Debug, Subcommand)]
enum Draft {
    /// Endorse a letter
    Endorse {
        /// The letter
        letter: String,
        /// Languages of the texts to endorse; else the authentic one
        #[arg(long, value_name = "TAGS", value_delimiter = ',')]
        texts: Vec<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Withdraw from a letter
    Withdraw {
        /// The letter
        letter: String,
        /// Why, in the organization's words
        #[arg(long, value_name = "WORDS")]
        reason: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Change the details of an organization that signed
    Amend {
        #[command(flatten)]
        common: Common,
    },
    /// Speak with another key from now on
    Rotate {
        /// The public key from now on: a .pub file, or the line in it
        #[arg(long, value_name = "PUBLIC")]
        new_key: String,
        #[command(flatten)]
        common: Common,
    },
}

/// What every draft takes.
#[derive(Debug, Args)]
struct Common {
    /// The organization's id
    #[arg(long, value_name = "ID")]
    signatory: String,

    /// The public key that will sign: a .pub file, or the line in it
    #[arg(long, value_name = "PUBLIC")]
    key: String,

    /// Who decided it, in its words; shown as claimed
    #[arg(long, value_name = "WORDS")]
    authority: Option<String>,

    #[command(flatten)]
    details: Details,

    #[command(flatten)]
    day: Day,
}

impl Statement {
    /// Prints a stored statement, or the next one.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        if globals.format == Form::Json {
            let what = "a statement is printed byte for byte, and not as JSON";
            return Err(Error::new(what).with_help(
                "Leave out --format; `undersigned show ID --format json` tells of it.",
            ));
        }
        match &self.draft {
            None => self.stored.run(globals),
            Some(draft) => draft.run(globals),
        }
    }
}

impl Draft {
    fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let common = self.common();
        let judged = registry::judge(globals, None)?;
        let desk = Desk::of(&judged.registry, &common.signatory)?;
        let authority = remark("--authority", common.authority.as_ref())?;
        let act = match self {
            Self::Endorse {
                letter: id,
                texts: tags,
                ..
            } => {
                let held = judged.letter(Some(id))?;
                Act::Endorse {
                    letter: held.letter.id.clone(),
                    texts: texts(held, tags)?.1,
                    authority,
                }
            }
            Self::Withdraw {
                letter: id, reason, ..
            } => Act::Withdraw {
                letter: judged.letter(Some(id))?.letter.id.clone(),
                reason: remark("--reason", reason.as_ref())?,
                authority,
            },
            Self::Amend { .. } => Act::Amend { authority },
            Self::Rotate { new_key, .. } => {
                let new_key = public_key(globals, new_key)?;
                desk.is_free(&new_key)?;
                desk.was_not_lost(&new_key)?;
                Act::Rotate { new_key }
            }
        };
        let profile = common.details.over(globals, desk.profile())?;
        let key = public_key(globals, &common.key)?;
        desk.admits(&key)?;
        desk.is_news(&profile, &act, &key)?;
        let bench = Bench {
            globals,
            judged: &judged,
            desk: &desk,
            look_alike: common.details.look_alike,
        };
        match bench.draft(&profile, &act, key, common.day.date(globals)?)? {
            Ok(draft) => {
                let answer = Answer::new(draft.text.into_bytes(), false);
                let back = act.new_key().and_then(|key| taken_back(&desk, key));
                Ok(match back {
                    None => answer,
                    Some(back) => answer.with_remark(back),
                })
            }
            Err(against) => refused(globals, &against),
        }
    }

    fn common(&self) -> &Common {
        match self {
            Self::Endorse { common, .. }
            | Self::Withdraw { common, .. }
            | Self::Amend { common }
            | Self::Rotate { common, .. } => common,
        }
    }
}

/// What somebody says on one line.
pub fn remark(flag: &str, words: Option<&String>) -> Result<Option<Remark>, Error> {
    words
        .map(|words| parsed(flag, words, Remark::parse))
        .transpose()
}
