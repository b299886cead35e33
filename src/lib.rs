//! `undersigned`: a Git-backed registry of the organizations that stand behind an open letter,
//! and the program that proves it.
//!
//! The modules stand from ground to roof; each imports only from those above it in this list
//! (docs/architecture.md; `tests/house.rs` keeps it so).

/// Words all rooms speak: identifiers, digests, dates, places in files, rules, findings, errors.
pub mod base;

/// A letter: its versions, exact texts, and the places where names stand in them.
pub mod letter;

/// Keys, signatures in their containers, and the one predicate that accepts.
pub mod signature;

/// What organizations and maintainers sign: one writer and one strict reader.
pub mod statement;

/// Whose key it is: policy, and what domains publish.
pub mod identity;

/// Files as people write them: YAML, schemas, typed records.
pub mod record;

/// Where files lie: Git revisions, the work tree, the layout, and loading all of it.
pub mod registry;

/// Verdicts: the judge, the clashes between records, and the engine over all of them.
pub mod verify;

/// What changes between commits: steps and what is lawful in them, whole histories, pull requests.
pub mod history;

/// Writing: statements drafted, added to their records, and judged before they are written.
pub mod author;

/// What organizations publish on their domains, asked for: the only room that touches the network.
pub mod observe;

/// What is published: the verified list in every format.
pub mod compile;

/// Findings and verdicts told to people and programs.
pub mod report;

/// The command line: arguments, one call down, output.
pub mod cli;
