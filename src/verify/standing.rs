//! What the tool concludes about one signatory and one letter. Implements docs/formats/10-standing.md, standings.

/// A conclusion; the order of the variants is the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Something was claimed that does not hold; never published.
    Refused,
    /// Removed by the maintainers' threshold.
    Removed,
    /// The organization withdrew.
    Withdrawn,
    /// The organization endorsed an earlier version.
    Superseded,
    /// The organization endorsed the current version with a key that is known to be its own.
    Verified(Proof),
    /// The same with a key that nobody has tied to the organization.
    Signed,
    /// The publisher named the organization; it signed nothing.
    Listed,
}

/// Shows that a binding satisfies the policy: only `binding.rs` makes one, and only for such a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Proof {
    _by_the_judge: (),
}

impl Proof {
    pub(super) fn by_the_judge() -> Self {
        Self { _by_the_judge: () }
    }
}

/// The words for standings with what they mean to a reader, in the order in which they are printed.
pub const WORDS: [(&str, &str); 7] = [
    (
        "verified",
        "endorsed this text with a key known to be theirs",
    ),
    (
        "signed",
        "endorsed this text with a key that is not known to be theirs",
    ),
    ("listed", "named by the publisher; signed nothing"),
    ("superseded", "endorsed an earlier version of the text"),
    ("withdrawn", "withdrew from the letter, in all its versions"),
    ("removed", "removed by the maintainers, with a reason"),
    (
        "refused",
        "what is said of them here does not hold; never published",
    ),
];

impl Standing {
    /// The word in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
            Self::Verified(_) => "verified",
            Self::Signed => "signed",
            Self::Listed => "listed",
        }
    }

    /// Whether it may appear in what is published.
    pub fn is_published(self) -> bool {
        self != Self::Refused
    }
}
