//! The command line: one file a command, each with its arguments, one call down, and its answer.

pub mod answer;

pub mod door;

pub mod registry;

pub mod validate;

pub mod verify;

pub mod compile;

pub mod show;

pub mod statement;

pub mod identify;

pub mod explain;

pub mod run;
