//! Findings and verdicts told to people and to programs.

pub mod statements;

pub mod attestations;

pub mod sightings;

pub mod bonds;

pub mod paint;

pub mod terminal;

pub mod findings;

pub mod sentence;

pub mod github;

pub mod gitlab;

pub mod sarif;

pub mod junit;

pub mod markdown;

pub mod table;

pub mod json;

pub mod partial;

pub mod mending;

pub mod evidence;

pub mod identification;

pub mod rules;

pub mod wording;

pub mod page;

pub mod happenings;

pub mod review;

pub mod audit;

pub mod log;
