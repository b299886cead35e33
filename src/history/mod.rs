//! What changes between commits. Implements docs/formats/16-history.md.

pub mod sketch;

pub mod index;

pub mod imprint;

pub mod census;

pub mod indices;

pub mod crowd;

pub mod company;

pub mod lists;

pub mod record;

pub mod letters;

pub mod charter;

pub mod lineage;

pub mod owed;

pub mod event;
pub mod forms;
pub mod frame;
pub mod growth;

pub mod telling;

pub mod bench;

pub mod touch;

pub mod bygone;

pub mod known;

pub mod step;

pub mod mending;
pub mod merge;

pub mod walk;

pub mod past;

pub mod look;

pub mod class;

pub mod result;

pub mod pull_request;
