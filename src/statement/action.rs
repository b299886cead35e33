//! What a statement does. Implements docs/formats/8-record.md, statements.

/// The acts that a statement can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

const ACTIONS: [(&str, Action); 9] = [
    ("endorse", Action::Endorse),
    ("withdraw", Action::Withdraw),
    ("amend", Action::Amend),
    ("rotate", Action::Rotate),
    ("vouch", Action::Vouch),
    ("observe", Action::Observe),
    ("recover", Action::Recover),
    ("remove", Action::Remove),
    ("govern", Action::Govern),
];

impl Action {
    /// The action that a statement's text claims in its second line.
    pub fn claimed(text: &str) -> Option<Self> {
        let word = text.lines().nth(1)?.strip_prefix("action: ")?;
        ACTIONS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, action)| *action)
    }

    /// The word in the statement.
    pub fn name(self) -> &'static str {
        ACTIONS
            .iter()
            .find(|(_, action)| *action == self)
            .map_or("", |(name, _)| *name)
    }
}
