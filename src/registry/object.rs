//! The name of a Git object: 20 bytes, printed as 40 hex digits. No Git type shows outside `git/`.

use std::fmt;

/// The name of a commit, a tree or a blob.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub [u8; 20]);

impl ObjectId {
    /// The name that 40 lower-case hex digits are.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = text.chars().map(|digit| match digit {
            'A'..='F' => None,
            _ => digit
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok()),
        });
        let mut name = [0; 20];
        for byte in &mut name {
            *byte = digits.next()?? << 4 | digits.next()??;
        }
        digits.next().is_none().then_some(Self(name))
    }

    /// The first twelve digits, as people quote a commit.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
