//! The command line: one file a command, each with its arguments, one call down, and its answer.

pub mod answer;

pub mod leftover;

pub mod door;

pub mod press;
pub mod publication;

pub mod cabinet;

pub mod registry;

pub mod clock;

pub mod ask;

pub mod scaffold;

pub mod askpass;

pub mod programs;

pub mod signer;

pub mod details;

pub mod writing;

pub mod consent;

pub mod signing;

pub mod attesting;

pub mod vouch;

pub mod observe;

pub mod several;

pub mod jointly;

pub mod recover;

pub mod remove;

pub mod govern;

pub mod keygen;

pub mod sign;

pub mod withdraw;

pub mod amend;

pub mod rotate;

pub mod attach;

pub mod codeowners;

pub mod letter;

pub mod init;

pub mod demo;

pub mod validate;

pub mod shard;

pub mod verify;

pub mod merge;

pub mod shelf;

pub mod review;

pub mod audit;

pub mod log;

pub mod compile;

pub mod server;

pub mod serve;

pub mod show;

pub mod stored;

pub mod statement;

pub mod identify;

pub mod explain;

pub mod completions;

pub mod man;

pub mod run;
