//! The only folder that knows libgit2: repositories, revisions, trees and blobs.

pub mod commits;
pub mod committed;
pub mod difference;
pub mod first;
pub mod merge;
pub mod places;
pub mod repository;
pub mod revision;
pub mod roll;
pub mod story;
pub mod tree;
