//! What a statement does, and which lines each action takes. Implements docs/formats/12-statement.md, lines.

/// The acts that a statement can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// An organization endorses texts of a letter.
    Endorse,
    /// An organization withdraws its endorsement.
    Withdraw,
    /// An organization changes its name or details.
    Amend,
    /// An organization changes its key.
    Rotate,
    /// A maintainer vouches for a key.
    Vouch,
    /// A maintainer or observer saw a key on the organization's domain.
    Observe,
    /// The maintainers give an organization a new key.
    Recover,
    /// The maintainers remove an organization from the published list.
    Remove,
    /// The maintainers adopt a charter.
    Govern,
}

/// Whether an action takes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// It must have it.
    Must,
    /// It may have it.
    May,
    /// It has none.
    Never,
}

/// Every action with its word and the sentence that says what the signer means.
const ACTIONS: [(&str, Action, &str); 9] = [
    (
        "endorse",
        Action::Endorse,
        "The organization named above endorses the texts identified above and asks to be published as a signatory.",
    ),
    (
        "withdraw",
        Action::Withdraw,
        "The organization named above withdraws its endorsement of the letter identified above and asks no longer to be published as a signatory.",
    ),
    (
        "amend",
        Action::Amend,
        "The organization named above asks to be published from now on under the name and details given above.",
    ),
    (
        "rotate",
        Action::Rotate,
        "The organization named above speaks from now on with the new key given above and no longer with the key before it.",
    ),
    (
        "vouch",
        Action::Vouch,
        "The maintainer named above has confirmed by the method given above that the subject key belongs to the organization named above.",
    ),
    (
        "observe",
        Action::Observe,
        "The person named above has seen the subject key published for the organization named above by the method given above.",
    ),
    (
        "recover",
        Action::Recover,
        "The maintainers who sign this have confirmed that the organization named above lost its key and speaks from now on with the new key given above.",
    ),
    (
        "remove",
        Action::Remove,
        "The maintainers who sign this remove the organization named above from the published list for the reason given above.",
    ),
    (
        "govern",
        Action::Govern,
        "The maintainers who sign this adopt the charter identified above for this registry.",
    ),
];

/// What a vouch or an observation says instead where its method is `retracted`.
const RETRACTION: &str = "The attester named above takes back the earlier attestation about the subject key and the organization named above.";

impl Action {
    /// The action of this word.
    pub fn parse(word: &str) -> Result<Self, &'static str> {
        ACTIONS
            .iter()
            .find(|(name, ..)| *name == word)
            .map(|(_, action, _)| *action)
            .ok_or("the action is none of endorse, withdraw, amend, rotate, vouch, observe, recover, remove and govern")
    }

    /// The action that a statement's text claims in its second line, whatever else is wrong with it.
    pub fn claimed(text: &str) -> Option<Self> {
        let word = text.lines().nth(1)?.strip_prefix("action: ")?;
        Self::parse(word).ok()
    }

    /// The word in the statement.
    pub fn name(self) -> &'static str {
        let mut all = ACTIONS.iter();
        all.find(|(_, action, _)| *action == self)
            .map_or("", |(name, ..)| *name)
    }

    /// The sentence that says what the signer means.
    pub fn declaration(self, retracted: bool) -> &'static str {
        if retracted && matches!(self, Self::Vouch | Self::Observe) {
            return RETRACTION;
        }
        let mut all = ACTIONS.iter();
        all.find(|(_, action, _)| *action == self)
            .map_or("", |(.., sentence)| *sentence)
    }

    /// Whether the organization itself signs it.
    pub fn is_own(self) -> bool {
        matches!(
            self,
            Self::Endorse | Self::Withdraw | Self::Amend | Self::Rotate
        )
    }

    /// Whether it takes the line of this key; of `name-ko` and `text-en` the key is `name-*` and `text-*`.
    pub fn takes(self, key: &str) -> Takes {
        use Takes::{May, Must, Never};
        let must = |holds: bool| if holds { Must } else { Never };
        let may = |holds: bool| if holds { May } else { Never };
        let attests = matches!(self, Self::Vouch | Self::Observe);
        let jointly = matches!(self, Self::Recover | Self::Remove | Self::Govern);
        match key {
            "action" | "registry" | "sequence" | "previous" | "date" | "declaration" => Must,
            "after" => May,
            "signatory" | "name" => must(self != Self::Govern),
            "name-*" | "country" | "website" | "domain" => may(self != Self::Govern),
            "letter" => must(matches!(self, Self::Endorse | Self::Withdraw)),
            "text-*" => must(self == Self::Endorse),
            "reason" if self == Self::Withdraw => May,
            "reason" => must(matches!(self, Self::Recover | Self::Remove)),
            "authority" => may(matches!(self, Self::Endorse | Self::Withdraw | Self::Amend)),
            "method" | "evidence" | "maintainer" | "subject-key" => must(attests),
            "charter" => must(jointly),
            "key" => must(!jointly),
            "new-key" => must(matches!(self, Self::Rotate | Self::Recover)),
            _ => Never,
        }
    }
}
