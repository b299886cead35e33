//! Files as people write them: YAML to a document, the schema over it, and typed records.

pub mod document;
pub mod lines;
pub mod plain;
pub mod route;
pub mod scalar;
pub mod written;
pub mod yaml;

pub mod schema;

pub mod append;
pub mod canonical;
pub mod charter;
pub mod entry;
pub mod insert;
pub mod letter;
pub mod pending;
pub mod reading;
pub mod repository;
pub mod signatory;
pub mod signed;
pub mod swift;
