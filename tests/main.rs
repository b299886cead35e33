//! One binary for all integration tests; `house.rs` fails where a file beside this one is forgotten.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

mod attesting;
mod audits;
mod author;
mod author_init;
mod author_letters;
mod benches;
mod browser;
mod browser_check;
mod browser_signing;
mod canonical;
mod chromium;
mod commands;
mod demo;
mod examples;
mod findings_out;
mod foreign;
mod forges;
mod golden;
mod ground;
mod histories;
mod hostile;
mod house;
mod indexed;
mod keys;
mod letters;
mod listings;
mod maintainers;
mod mutations;
mod nameserver;
mod observing;
mod outputs;
mod pages;
mod pen;
mod properties;
mod publication;
mod records;
mod revisions;
mod runner;
mod seed;
mod shards;
mod signers;
mod site;
mod statements;
mod story;
mod streams;
mod together;
mod trees;
mod vectors;
mod webserver;
mod wording;
mod writing;
