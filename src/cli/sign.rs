//! `sign`: an organization endorses a letter.

use super::answer::{Answer, Globals, parsed};
use super::details::Details;
use super::registry;
use super::signing::{Hand, Intent};
use super::statement::remark;
use crate::author::draft::Desk;
use crate::base::digest::Digest;
use crate::base::error::Error;
use crate::base::escape::visible;
use crate::base::language::Language;
use crate::letter::version::Version;
use crate::registry::letters::HeldLetter;
use crate::report::wording;
use crate::statement::action::Action;
use crate::statement::deed::Act;
use clap::Args;
use std::collections::BTreeMap;

/// Endorse a letter for an organization
///
/// Shows the letter, its digest and the exact statement, asks once, signs, and writes the statement
/// into the organization's record, which it makes where there is none. Nothing is written that the
/// registry would refuse. The record is a file to commit, or to mail to the maintainers.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned sign --signatory example-lake-club --name 'Example Lake Club'
  undersigned sign example-letter --signatory example-lake-club \\
    --name 'Example Lake Club' --key ~/.ssh/id_ed25519
  undersigned sign --signatory example-hill-forum --authority 'our board, 2026'
  undersigned sign --signatory example-lake-club --name 'Example Lake Club' \\
    --agent ~/.ssh/id_ed25519_sk.pub")]
pub struct Sign {
    /// The letter; may be left out where there is one
    letter: Option<String>,

    /// Languages of the texts to endorse; else the authentic one
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    texts: Vec<String>,

    /// Who decided it, in its words; shown as claimed
    #[arg(long, value_name = "WORDS")]
    authority: Option<String>,

    #[command(flatten)]
    details: Details,

    #[command(flatten)]
    hand: Hand,
}

impl Sign {
    /// Endorses.
    pub fn run(&self, globals: &Globals) -> Result<Answer, Error> {
        let judged = registry::judge(globals, None)?;
        let held = judged.letter(self.letter.as_deref())?;
        let desk = Desk::of(&judged.registry, &self.hand.signatory)?;
        let (version, texts) = texts(held, &self.texts)?;
        let profile = match desk.has_signed() && !self.details.is_empty() {
            false => self.details.over(globals, desk.profile())?,
            true => return Err(signed_before(&desk, "an endorsement")),
        };
        let authority = remark("--authority", self.authority.as_ref())?;
        let signer = self.hand.open(globals, &desk)?;
        let act = Act::Endorse {
            letter: held.letter.id.clone(),
            texts,
            authority,
        };
        desk.is_news(&profile, &act, &signer.public())?;
        let intent = Intent {
            about: about(held, version, &desk),
            profile,
            act,
            look_alike: self.details.look_alike,
        };
        let keys = (&signer, None);
        self.hand.sign(globals, &judged, &desk, keys, intent)
    }
}

/// The error where details come with a statement that takes none.
pub fn signed_before(desk: &Desk<'_>, statement: &str) -> Error {
    Error::new(format!(
        "`{}` has signed before, and {statement} changes no details",
        desk.id
    ))
    .with_help("Change them with `undersigned amend`, and run this again after that.")
}

/// The current version, and the digests of its texts in these languages, the authentic one always.
pub fn texts<'a>(
    held: &'a HeldLetter,
    tags: &[String],
) -> Result<(&'a Version, BTreeMap<Language, Digest>), Error> {
    let letter = &held.letter;
    let version = letter
        .current()
        .ok_or_else(|| Error::new(format!("the letter `{}` has no version", letter.id)))?;
    let mut wanted = vec![letter.authentic.clone()];
    for tag in tags {
        wanted.push(parsed("--texts", tag, Language::parse)?);
    }
    let mut texts = BTreeMap::new();
    for language in wanted {
        let lies = version
            .text(&language)
            .and_then(|text| Some((text, held.text(version, text)?)));
        let Some((text, _)) = lies else {
            let what = format!(
                "version {} of `{}` has no text in `{language}` as letter.yaml states it",
                version.number, letter.id
            );
            return Err(Error::new(what).with_help(
                "`undersigned verify` says which texts there are, and what is wrong with them.",
            ));
        };
        texts.insert(language, text.digest);
    }
    Ok((version, texts))
}

/// What a person should see of the letter before signing.
fn about(held: &HeldLetter, version: &Version, desk: &Desk<'_>) -> String {
    let letter = &held.letter;
    let mut text = format!(
        "{}\nto       {}\nletter   {}, version {} of {}, {}\n",
        visible(letter.title.as_str()),
        visible(letter.addressee.as_str()),
        letter.id,
        version.number,
        letter.versions.len(),
        version.date
    );
    for one in &version.texts {
        text.push_str(&format!(
            "text     {} {}\n         {}\n",
            one.language,
            one.digest,
            held.path_of(one)
        ));
    }
    let said = desk.fold.held.iter().rev();
    let mut said = said.filter(|held| held.letter() == Some(&letter.id));
    let newest = said.clone().next();
    if let Some(before) = said.find_map(|held| held.version()) {
        let withdrawn = newest.is_some_and(|held| held.action() == Action::Withdraw);
        let after = if withdrawn {
            ", and withdrew after that"
        } else {
            ""
        };
        text.push_str(&format!(
            "before   {} endorsed version {before}{after}\n",
            desk.id
        ));
        text.push_str(&changed(held, before, version.number));
    }
    text.push('\n');
    text
}

/// What is different in the text since the one that was signed before.
fn changed(held: &HeldLetter, before: u64, now: u64) -> String {
    if before == now {
        return "         This is the same version.\n".to_owned();
    }
    let (Some(old), Some(new)) = (held.authentic(before), held.authentic(now)) else {
        return String::new();
    };
    format!("\n{}", wording::between(&old.bytes, &new.bytes))
}
