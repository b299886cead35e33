//! Whose key it is: the registry's policy, and which domains nobody owns alone.

pub mod policy;
pub mod suffix;
