//! What a new letter is called, and to whom it is written.

use super::new_text::Coming;
use crate::author::letters::NewText;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::prose::Line;
use crate::cli::answer::Globals;
use crate::cli::ask;
use crate::letter::Letter;
use crate::letter::version::Relation;

/// What a new letter is called.
pub struct About<'a> {
    /// Its id.
    pub id: Id,
    /// Its title, where an argument says it.
    pub title: Option<&'a str>,
    /// To whom it is written, where an argument says it.
    pub addressee: Option<&'a str>,
}

impl About<'_> {
    /// The letter with its first version, asked for what is missing.
    pub fn letter(
        self,
        globals: &Globals,
        text: &NewText,
        coming: &Coming,
    ) -> Result<Letter, Error> {
        let line =
            |given, question, flag| ask::spelled(globals, given, question, flag, Line::parse);
        let title = line(self.title, "Title of the letter", "--title")?;
        let addressee = line(self.addressee, "To whom it is written", "--addressee")?;
        let circumstances = coming.circumstances(globals)?;
        Ok(Letter {
            id: self.id,
            title,
            addressee,
            authentic: text.language.clone(),
            versions: vec![text.version(1, Relation::First, circumstances)?],
        })
    }
}
