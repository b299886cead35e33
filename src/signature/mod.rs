//! Keys, the containers of signatures, and the one predicate that accepts.

pub mod wire;

pub mod accept;

pub mod key;

pub mod sshsig;

pub mod container;

pub mod secret;
