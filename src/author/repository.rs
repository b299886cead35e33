//! The files of a new registry's repository, all but the letter's own.

use super::edit::Edit;
use super::template::fill;
use crate::base::markdown::plain;
use crate::base::origin::Origin;
use crate::base::prose::Line;
use crate::base::website::Website;
use crate::letter::Letter;
use crate::record::canonical;
use crate::record::charter::Charter;
use crate::record::repository::Repository;
use crate::record::schema::FILES;
use crate::registry::layout::{CHARTER, letter_folder};
use crate::statement::action::Action;

/// What the maintainers say of their registry.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Its name in every statement; it never changes.
    pub origin: Origin,
    /// Its title for readers.
    pub title: Line,
    /// A page by which the maintainers are reached.
    pub contact: Option<Website>,
    /// Where pull requests are opened.
    pub repository: Option<Repository>,
}

/// The page for readers, at the root of the repository.
pub const README: &str = "README.md";

/// Pages that a repository has whatever its letter is.
const FIXED: [(&str, &str); 2] = [
    (".gitattributes", include_str!("templates/gitattributes")),
    (".gitignore", include_str!("templates/gitignore")),
];

/// The files, in order of path; what runs the checks is not among them.
pub fn files(founding: &Founding, letter: &Letter) -> Vec<Edit> {
    let file = |path: String, after: String| Edit {
        path,
        before: None,
        after: after.into_bytes(),
    };
    let mut files = vec![
        file(CHARTER.to_owned(), charter(founding)),
        file(README.to_owned(), readme(founding, letter)),
    ];
    files.extend(FIXED.map(|(path, page)| file(path.to_owned(), page.to_owned())));
    files.extend(FILES.map(|(name, page)| file(format!("schemas/{name}"), page.to_owned())));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// registry.yaml: nobody maintains the registry yet, and one of each suffices.
fn charter(founding: &Founding) -> String {
    let contact = founding.contact.as_ref().map_or_else(String::new, |page| {
        format!("contact: {}\n", canonical::plain(page.as_str()))
    });
    let repository = founding
        .repository
        .as_ref()
        .map_or_else(String::new, |repository| {
            format!(
                "repository:\n  url: {}\n  forge: {}\n  branch: {}\n",
                canonical::plain(repository.url.as_str()),
                repository.forge,
                canonical::plain(repository.branch.as_str()),
            )
        });
    format!(
        "# yaml-language-server: $schema=../schemas/charter.schema.json\n\
         origin: {}\n\
         title: {}\n\
         {contact}\
         {repository}\
         maintainers: []\n\
         policy:\n  version: 1\n  threshold: 1\n  observations: 1\n  vouches: 1\n\
         statements: []\n",
        canonical::plain(founding.origin.as_str()),
        canonical::quoted(founding.title.as_str()),
    )
}

/// README.md once a letter has its next version: as `init` would make it, where it is the page that `init` made.
///
/// Else, where it speaks of the text before, the numbers of those lines, from 1.
pub fn renewed(page: &[u8], charter: &Charter, old: &Letter, new: &Letter) -> Renewal {
    let founding = Founding {
        origin: charter.origin.clone(),
        title: charter.title.clone(),
        contact: charter.contact.clone(),
        repository: charter.repository.clone(),
    };
    if page == readme(&founding, old).as_bytes() {
        return Renewal::Made(Edit {
            path: README.to_owned(),
            before: Some(page.to_owned()),
            after: readme(&founding, new).into_bytes(),
        });
    }
    let current = old.current().into_iter();
    let texts = current.flat_map(|version| &version.texts);
    let words: Vec<String> = texts
        .flat_map(|text| {
            let path = format!("{}/{}", letter_folder(&old.id), text.file);
            let digest = text.digest.to_string();
            [path, digest.trim_start_matches("sha256:").to_owned()]
        })
        .collect();
    let page = String::from_utf8_lossy(page);
    let lines = page.lines().enumerate();
    let stale = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word.as_str())));
    Renewal::Left(stale.map(|(index, _)| index + 1).collect())
}

/// What becomes of README.md when a letter has a new version.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It is made anew.
    Made(Edit),
    /// It is a person's own page; these of its lines speak of the text before.
    Left(Vec<usize>),
}

/// README.md: the letter, and how an organization signs it.
fn readme(founding: &Founding, letter: &Letter) -> String {
    let authentic = letter.current().and_then(|version| {
        let text = version.text(&letter.authentic)?;
        Some((text.file.as_str().to_owned(), text.digest.to_string()))
    });
    let (file, digest) = authentic.unwrap_or_default();
    let contact = match &founding.contact {
        Some(page) => format!("The maintainers are reached by <{page}>."),
        None => "Whoever sent you the letter says where to send it.".to_owned(),
    };
    let place = founding
        .repository
        .as_ref()
        .map_or_else(String::new, |repository| {
            format!(" to <{}>", repository.url)
        });
    fill(
        include_str!("templates/readme.md"),
        &[
            ("REGISTRY_TITLE", &plain(founding.title.as_str())),
            ("TITLE", &plain(letter.title.as_str())),
            ("ADDRESSEE", &plain(letter.addressee.as_str())),
            ("ORIGIN", founding.origin.as_str()),
            ("LETTER", letter.id.as_str()),
            ("LANGUAGE", letter.authentic.as_str()),
            ("FILE", &file),
            ("DIGEST", &digest),
            ("HEX", digest.trim_start_matches("sha256:")),
            ("CONTACT", &contact),
            ("PLACE", &place),
            ("DECLARATION", Action::Endorse.declaration(false)),
            ("WITHDRAWAL", Action::Withdraw.declaration(false)),
        ],
    )
}
