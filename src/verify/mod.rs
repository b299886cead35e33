//! Verdicts: what the registry may say of each signatory and each letter, and why.

pub mod standing;

pub mod place;

pub mod threshold;

pub mod governance;

pub mod attestation;

pub mod binding;

pub mod held;

pub mod verdict;

pub mod listing;

pub mod explain;

pub mod endorsement;

pub mod entry;

pub mod signing;

pub mod joint;

pub mod fold;

pub mod keys;

pub mod clash;

pub mod judge;

pub mod engine;

pub mod partial;

pub mod stream;

pub mod identify;
