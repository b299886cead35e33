//! Where a registry lies and what lies in it: the layout, Git revisions, the work tree, loading.

pub mod layout;

pub mod trace;

pub mod leak;

pub mod owners;

pub mod snapshot;

pub mod survey;

pub mod object;

pub mod commit;

pub mod git;

pub mod state;

pub mod worktree;

pub mod home;

pub mod letters;

pub mod shard;

pub mod relied;

pub mod holding;

pub mod note;

pub mod records;

pub mod load;

pub mod loose;
