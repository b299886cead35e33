//! A route names a value inside a document (`listings`, 0, `as`, 1), so that checks need not know places.

use std::fmt;

/// One step of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a mapping, by key.
    Key(String),
    /// Into a list, by index from 0.
    Item(usize),
}

/// The way from the root of a document to a value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route(Vec<Step>);

impl Route {
    /// The root.
    pub fn root() -> Self {
        Self::default()
    }

    /// The route one key further.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// The route one item further.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        self.0.push(Step::Item(index));
        self
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for Route {
    /// `listings[0].as[1]`, for messages; the root prints as nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
