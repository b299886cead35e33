//! What happens in a step, in a word for programs and a sentence for people.
//! Implements docs/formats/16-history.md, events.

use crate::base::escape::visible;
use crate::base::excerpt::quote;
use crate::base::id::Id;
use crate::statement::action::Action;
use crate::statement::method::Method;
use crate::verify::attestation::{Attested, Effect};
use crate::verify::binding::by;
use crate::verify::fold::Fold;

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// An organization's or the maintainers' statement enters a record.
    Stated(Action),
    /// A statement that cannot be read enters a record.
    Unreadable,
    /// A statement of a record is another than before.
    Edited,
    /// A record enters the registry.
    RecordAdded,
    /// A record is gone.
    RecordRemoved,
    /// A record lies elsewhere.
    RecordMoved,
    /// Unsigned details of a record change.
    DetailsChanged,
    /// Only comments or layout of a record change.
    LayoutChanged,
    /// A publisher's listing enters a record.
    Listed,
    /// A listing is taken back.
    Retracted,
    /// An attestation enters a record.
    Attested,
    /// Entries that never held are taken out.
    TakenOut,
    /// A letter enters the registry.
    LetterAdded,
    /// A version enters a letter.
    VersionAdded,
    /// A translation enters a version.
    TranslationAdded,
    /// Something else of a letter changes.
    LetterChanged,
    /// A letter is gone.
    LetterRemoved,
    /// The charter changes.
    CharterChanged,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub happening: Happening,
    /// The file.
    pub path: String,
    /// The signatory.
    pub signatory: Option<Id>,
    /// Its name.
    pub name: Option<String>,
    /// The letter.
    pub letter: Option<Id>,
    /// Its version.
    pub version: Option<u64>,
    /// The fingerprint of the key that signs.
    pub key: Option<String>,
    /// The fingerprint of the key from then on.
    pub new_key: Option<String>,
    /// The digest of the statement's text.
    pub statement: Option<String>,
    /// The day that the statement claims.
    pub claimed_date: Option<String>,
    /// Whether the statement holds; nothing where no statement is meant, or nobody knows.
    pub holds: Option<bool>,
    /// Whether it is the first statement of its record.
    pub first: bool,
    /// Further words: a reason, names, languages.
    pub detail: Option<String>,
    /// By what means the key is the organization's after the step.
    pub bound: Vec<String>,
    /// Who decided it, as claimed.
    pub authority: Option<String>,
    /// The domain that the organization claims.
    pub domain: Option<String>,
    /// What an attestation does for the key in force; not escaped.
    pub effect: Option<String>,
}

impl Happening {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated(action) => action.name(),
            Self::Unreadable => "unreadable-statement",
            Self::Edited => "statement-edited",
            Self::RecordAdded => "record-added",
            Self::RecordRemoved => "record-removed",
            Self::RecordMoved => "record-moved",
            Self::DetailsChanged => "details-changed",
            Self::LayoutChanged => "layout-changed",
            Self::Listed => "listed",
            Self::Retracted => "listing-retracted",
            Self::Attested => "attested",
            Self::TakenOut => "entries-taken-out",
            Self::LetterAdded => "letter-added",
            Self::VersionAdded => "version-added",
            Self::TranslationAdded => "translation-added",
            Self::LetterChanged => "letter-changed",
            Self::LetterRemoved => "letter-removed",
            Self::CharterChanged => "charter-changed",
        }
    }

    /// Whether it is an event of the registry, and not only of its files.
    pub fn is_notable(self) -> bool {
        !matches!(self, Self::LayoutChanged | Self::RecordMoved)
    }
}

impl Event {
    /// Something that happens to a file.
    pub fn new(happening: Happening, path: impl Into<String>) -> Self {
        Self {
            happening,
            path: path.into(),
            signatory: None,
            name: None,
            letter: None,
            version: None,
            key: None,
            new_key: None,
            statement: None,
            claimed_date: None,
            holds: None,
            first: false,
            detail: None,
            bound: Vec::new(),
            authority: None,
            domain: None,
            effect: None,
        }
    }

    /// The same, of a signatory.
    #[must_use]
    pub fn of(mut self, id: &Id, name: Option<&str>) -> Self {
        self.signatory = Some(id.clone());
        self.name = name.map(str::to_owned);
        self
    }

    /// The same, about a letter.
    #[must_use]
    pub fn about(mut self, letter: &Id, version: Option<u64>) -> Self {
        self.letter = Some(letter.clone());
        self.version = version;
        self
    }

    /// The same with further words.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// What happens, as what the change does: "adds the endorsement of …". Not escaped: every output does that itself.
    pub fn sentence(&self) -> String {
        let who = self.who();
        let letter = self
            .letter
            .as_ref()
            .map(|id| format!("`{id}`"))
            .unwrap_or_default();
        let version = self
            .version
            .map(|number| format!("version {number} of "))
            .unwrap_or_default();
        let said = |what: &str| format!("{what}{}", self.signed());
        let detail = self.detail.as_deref().unwrap_or_default();
        match self.happening {
            Happening::Stated(Action::Endorse) => said(&format!(
                "adds the endorsement of {version}{letter} by {who}"
            )),
            Happening::Stated(Action::Withdraw) => {
                let reason = match detail {
                    "" => String::new(),
                    reason => format!(" ({})", quote(reason)),
                };
                said(&format!(
                    "adds the withdrawal of {who} from {letter}{reason}"
                ))
            }
            Happening::Stated(Action::Amend) => {
                let what = match detail {
                    "" => String::new(),
                    what => format!(": {what}"),
                };
                said(&format!("changes the details of {who}{what}"))
            }
            Happening::Stated(Action::Rotate) => {
                let new = self.new_key.as_deref().unwrap_or("another");
                let old = self.key.as_deref().unwrap_or("one");
                format!(
                    "changes the key of {who} from {old} to {new}{}",
                    self.holding()
                )
            }
            Happening::Stated(Action::Recover) => {
                let new = self.new_key.as_deref().unwrap_or("another");
                let holds = self.joint();
                format!("puts the key {new} in the place of the lost one of {who}{detail}{holds}")
            }
            Happening::Stated(Action::Remove) => {
                format!("removes {who} from the list{detail}{}", self.joint())
            }
            Happening::Stated(action) => {
                format!("adds a statement `{}` about {who}", action.name())
            }
            Happening::Unreadable => format!("adds a statement to {who} that cannot be read"),
            Happening::Edited => format!("edits {detail} of {who}"),
            Happening::RecordAdded => format!("adds a record of {who}"),
            Happening::RecordRemoved => format!("removes the record of {who}"),
            Happening::RecordMoved => format!("moves the record of {who} {detail}"),
            Happening::DetailsChanged => format!("changes details of {who}: {detail}"),
            Happening::LayoutChanged => {
                format!("changes comments or layout in the record of {who}")
            }
            Happening::Listed => {
                format!("lists {who} under {version}{letter}{detail}; it signed nothing by that")
            }
            Happening::Retracted => {
                format!(
                    "takes back the listing of {who} under {version}{letter}: {}",
                    quote(detail)
                )
            }
            Happening::Attested if detail.is_empty() => format!("adds an attestation about {who}"),
            Happening::Attested => {
                let does = self
                    .effect
                    .as_ref()
                    .map(|does| format!(": {}", visible(does)));
                let does = does.unwrap_or_default();
                format!("adds {detail} about {who}{}{does}", self.joint())
            }
            Happening::TakenOut => {
                format!("takes entries out of the record of {who}")
            }
            Happening::LetterAdded => format!("adds the letter {letter}, {}", quote(detail)),
            Happening::VersionAdded => format!("adds {version}{letter}, {detail}"),
            Happening::TranslationAdded => {
                format!("adds the text of {version}{letter} in {}", quote(detail))
            }
            Happening::LetterChanged => format!("changes {detail} of the letter {letter}"),
            Happening::LetterRemoved => format!("removes the letter {letter}"),
            Happening::CharterChanged if detail.is_empty() => "changes the charter".to_owned(),
            Happening::CharterChanged => format!("changes the charter{}", visible(detail)),
        }
    }

    /// The organization by name and id.
    pub fn who(&self) -> String {
        match (&self.name, &self.signatory) {
            (Some(name), Some(id)) => format!("{} (`{id}`)", quote(name)),
            (None, Some(id)) => format!("`{id}`"),
            _ => "the registry".to_owned(),
        }
    }

    /// By which key, whether that is tied to the organization, and whether it holds at all.
    fn signed(&self) -> String {
        let key = self.key.as_ref().map(|key| format!(", key {key}"));
        let key = key.unwrap_or_default();
        format!("{key}{}", self.holding())
    }

    /// Whether it holds, and by what means the key is the organization's.
    fn holding(&self) -> String {
        match self.holds {
            Some(true) if self.bound.is_empty() => ", not yet bound".to_owned(),
            Some(true) => format!(", bound: {}", self.bound.join("; ")),
            _ => self.joint().to_owned(),
        }
    }

    /// Whether it holds, of what maintainers sign.
    fn joint(&self) -> &'static str {
        match self.holds {
            Some(true) => "",
            Some(false) => ": it does not hold",
            None => ": whether it holds cannot be told",
        }
    }
}

/// An attestation in words: by whom, how they know, and what it rests on.
pub fn attestation(observes: bool, method: Method, attester: &Id, evidence: &str) -> String {
    let what = if observes { "observation" } else { "vouch" };
    match method {
        Method::Retracted => format!(
            "a word by `{attester}` that takes back the {what} ({})",
            quote(evidence)
        ),
        method if observes => format!("an observation by `{attester}` {}", by(method)),
        method => format!(
            "a vouch by `{attester}`, {} ({}),",
            by(method),
            quote(evidence)
        ),
    }
}

/// What an attestation that enters does: whether the key is bound with it, and what the domain says besides.
pub fn effect(fold: &Fold, held: Option<&Attested>, withdraws: &[&str]) -> Option<String> {
    let held = held?;
    let bound = fold.binding.words();
    let mut words = vec![match (held.effect, bound.is_empty()) {
        (Effect::Counts, false) => format!("the key in force is bound: {}", bound.join("; ")),
        (Effect::Counts, true) => "it counts, and the policy asks for more".to_owned(),
        (Effect::TakesBack, false) => format!("the key in force stays bound: {}", bound.join("; ")),
        (Effect::TakesBack, true) => "the key in force is not bound".to_owned(),
        _ => "it does not count".to_owned(),
    }];
    if !withdraws.is_empty() {
        words.push(format!(
            "the domain says that it withdraws from {}",
            withdraws.join(", ")
        ));
    }
    Some(words.join("; "))
}
