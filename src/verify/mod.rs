//! Verdicts: what the registry may say of each signatory and each letter, and why.

pub mod standing;

pub mod verdict;

pub mod listing;

pub mod clash;

pub mod judge;

pub mod engine;

pub mod identify;
