//! A small registry that shows every standing; its organizations are fictional and its keys made on the spot.

use super::edit::Edit;
use super::forge::{self, Host};
use super::letters::{Circumstances, NewText, add, revise};
use super::repository::{Founding, files};
use super::stage::{Action, Stage, Step, Story};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::origin::Origin;
use crate::base::prose::Line;
use crate::letter::Letter;
use crate::letter::version::{Provenance, Relation};
use crate::record::canonical::quoted;
use crate::registry::layout::{CHARTER, record_path};
use crate::signature::secret::Secret;
use std::collections::BTreeMap;

/// The letter of the demo.
pub const LETTER: &str = "quiet-lake-2026";
const FIRST: &str = include_str!("templates/demo/first.txt");
const SECOND: &str = include_str!("templates/demo/second.txt");
const README: &str = include_str!("templates/demo/readme.md");

/// Tells the whole story.
pub fn story() -> Result<Story, Error> {
    let mut stage = Stage::begin()?;
    stage.found()?;
    stage.sign_in_order()?;
    stage.maintain()?;
    stage.pull_requests()?;
    Ok(stage.story)
}

impl Stage {
    /// The registry, the letter, and who the publisher named.
    fn found(&mut self) -> Result<(), Error> {
        let text = new_text(FIRST)?;
        let line = |text: &str| Line::parse(text).map_err(Error::new);
        let letter = Letter {
            id: Id::parse(LETTER).map_err(Error::new)?,
            title: line("For a quiet lake")?,
            addressee: line("The Example Lake Council")?,
            authentic: text.language.clone(),
            versions: vec![text.version(1, Relation::First, circumstances("2026-01-05")?)?],
        };
        let founding = Founding {
            origin: Origin::parse("letters.example/demo").map_err(Error::new)?,
            title: line("A demonstration with fictional organizations")?,
            contact: None,
            repository: None,
        };
        let mut edits = add(&letter, &text);
        edits.extend(files(&founding, &letter));
        edits.extend(forge::files(&[Host::Github], None));
        edits.push(Edit {
            path: ".gitignore".to_owned(),
            before: None,
            after: b"/keys/\n/out/\n".to_vec(),
        });
        edits.push(Edit {
            path: "README.md".to_owned(),
            before: None,
            after: README.as_bytes().to_vec(),
        });
        self.commit("main", "Found the registry", "2026-01-05", edits);
        for (id, name) in [
            ("example-hill-forum", "Example Hill Forum"),
            ("example-moor-watch", "Example Moor Watch"),
            ("example-peace-forum", "Example Peace Forum"),
        ] {
            let record = format!(
                "# yaml-language-server: $schema=../../schemas/signatory.schema.json\nid: {id}\nname: {}\nlistings:\n  - letter: {LETTER}\n    version: 1\n    as:\n      - {}\n",
                quoted(name),
                quoted(name)
            );
            let id = Id::parse(id).map_err(Error::new)?;
            let edit = Edit {
                path: record_path(&id, false),
                before: None,
                after: record.into_bytes(),
            };
            let message = format!("{id}: named in the letter");
            self.commit("main", &message, "2026-01-06", vec![edit]);
        }
        Ok(())
    }

    /// Endorsements, an erratum, a rotation, a withdrawal.
    fn sign_in_order(&mut self) -> Result<(), Error> {
        for (name, _) in KEYS {
            self.story.keys.push((name, Secret::generate()?));
        }
        self.endorse(
            "example-hill-forum",
            "Example Hill Forum",
            "hill",
            "2026-01-10",
        )?;
        self.endorse(
            "example-lake-club",
            "Example Lake Club",
            "lake",
            "2026-01-11",
        )?;
        self.endorse(
            "example-moor-watch",
            "Example Moor Watch",
            "moor",
            "2026-01-12",
        )?;
        let text = new_text(SECOND)?;
        let registry = self.registry()?;
        let held = registry.letters.values().next();
        let held = held.ok_or_else(|| Error::new("the demo has no letter"))?;
        let (_, edits) = revise(held, Relation::Erratum, circumstances("2026-02-01")?, &text)?;
        self.commit(
            "main",
            "Correct the name of the lake: version 2",
            "2026-02-01",
            edits,
        );
        self.rotate("example-hill-forum", "hill", "hill-new", "2026-02-02")?;
        self.endorse(
            "example-hill-forum",
            "Example Hill Forum",
            "hill-new",
            "2026-02-03",
        )?;
        self.withdraw("example-moor-watch", "moor", "2026-02-04")?;
        self.endorse(
            "example-dune-club",
            "Example Dune Club",
            "dune",
            "2026-02-05",
        )
    }

    /// What must be refused, each on a branch of its own.
    fn pull_requests(&mut self) -> Result<(), Error> {
        let path = |id: &str| format!("registry/signatories/{id}.yaml");
        let text = |files: &BTreeMap<String, Vec<u8>>, id: &str| text_of(files, &path(id));
        let lake = text(&self.story.files, "example-lake-club");
        let dune = text(&self.story.files, "example-dune-club");
        let letter = format!("registry/letters/{LETTER}/v2/en.txt");
        let changed =
            String::from_utf8_lossy(self.story.files.get(&letter).map_or(&[], Vec::as_slice))
                .replace("quiet", "busy");
        let copied = lake.replacen("id: example-lake-club", "id: example-lake-friends", 1);
        let renamed = lake.replacen("name: 'Example Lake Club'", "name: 'Example Lake Clubs'", 1);
        let undone = dune.replacen("date: 2026-02-05", "date: 2026-02-06", 1);
        let charter =
            text_of(&self.story.files, CHARTER).replacen("threshold: 2", "threshold: 1", 1);
        let requests = [
            (
                "pull/charter-by-one",
                "Make it easier",
                CHARTER.to_owned(),
                Some(charter),
            ),
            (
                "pull/copied-signature",
                "Add example-lake-friends",
                path("example-lake-friends"),
                Some(copied),
            ),
            (
                "pull/edited-name",
                "Tidy a name",
                path("example-lake-club"),
                Some(renamed),
            ),
            (
                "pull/edited-statement",
                "Correct a date",
                path("example-dune-club"),
                Some(undone),
            ),
            (
                "pull/changed-letter",
                "Improve the wording",
                letter,
                Some(changed),
            ),
            (
                "pull/removed-organization",
                "Clean up",
                path("example-peace-forum"),
                None,
            ),
        ];
        for (branch, message, path, content) in requests {
            self.story.steps.push(Step {
                branch,
                message: message.to_owned(),
                date: "2026-03-01",
                changes: vec![(path, content.map(String::into_bytes))],
            });
        }
        let reed = self.act(
            "example-reed-society",
            Some("Example Reed Society"),
            "reed",
            None,
            "2026-03-01",
            Action::Endorse,
        )?;
        let lawful = (reed.path.clone(), Some(reed.after));
        self.story.steps.push(Step {
            branch: "pull/endorsement",
            message: "example-reed-society: endorse".to_owned(),
            date: "2026-03-01",
            changes: vec![lawful.clone()],
        });
        self.story.steps.push(Step {
            branch: "pull/mixed",
            message: "example-reed-society: endorse".to_owned(),
            date: "2026-03-01",
            changes: vec![lawful, ("notes.md".to_owned(), Some(b"A note.\n".to_vec()))],
        });
        let stolen = self.act(
            "example-dune-club",
            None,
            "thief",
            None,
            "2026-03-01",
            Action::Withdraw,
        )?;
        self.story.steps.push(Step {
            branch: "pull/another-key",
            message: "example-dune-club: withdraw".to_owned(),
            date: "2026-03-01",
            changes: vec![(stolen.path, Some(stolen.after))],
        });
        Ok(())
    }
}

/// The keys, and whose they are.
pub const KEYS: [(&str, &str); 14] = [
    ("hill", "Example Hill Forum, before it changed its key"),
    ("hill-new", "Example Hill Forum"),
    ("lake", "Example Lake Club"),
    ("moor", "Example Moor Watch"),
    ("dune", "Example Dune Club"),
    ("reed", "Example Reed Society, which waits to be taken in"),
    ("sea", "Example Sea Club"),
    ("fen", "Example Fen Forum, which lost it"),
    ("fen-new", "Example Fen Forum"),
    ("fog", "Example Fog Circle, which was removed"),
    ("alice", "Alice Example, a maintainer"),
    ("bob", "Bob Example, a maintainer"),
    ("olga", "Olga Example, an observer"),
    ("thief", "nobody who is named"),
];

fn text_of(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let bytes = files.get(path).cloned().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn new_text(text: &str) -> Result<NewText, Error> {
    Ok(NewText {
        language: Language::parse("en").map_err(Error::new)?,
        ending: "txt",
        bytes: text.as_bytes().to_vec(),
    })
}

fn circumstances(date: &str) -> Result<Circumstances, Error> {
    Ok(Circumstances {
        date: Date::parse(date).map_err(Error::new)?,
        provenance: Provenance::Native,
        source: None,
    })
}
