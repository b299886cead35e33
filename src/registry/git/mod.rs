//! The only folder that knows libgit2: repositories, revisions, trees and blobs.

pub mod committed;
pub mod first;
pub mod repository;
pub mod revision;
pub mod story;
pub mod tree;
