//! Whose key it is: the registry's policy, and later domains and vouching.

pub mod policy;
