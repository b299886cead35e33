//! Keys, and later what they sign.

pub mod key;
