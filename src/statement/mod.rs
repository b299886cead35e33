//! Statements: what organizations and maintainers sign. This version knows their actions, not yet their lines.

pub mod action;
