//! Whose key it is: the registry's policy, what a domain publishes, and which domains nobody owns alone.

pub mod policy;
pub mod published;
pub mod suffix;
