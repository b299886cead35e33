//! The site: pages that people look at, made of the same list as every other format.
//! Implements docs/site.md.

pub mod language;

pub mod countries;

pub mod templates;

pub mod story;

pub mod frame;

pub mod row;

pub mod picture;

pub mod chart;

pub mod badge;

pub mod shard;

pub mod text;

pub mod letter;

pub mod signatory;

pub mod headers;

pub mod page;

pub mod writer;
