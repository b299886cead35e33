//! What is published: one list, and every format of it. Same input, same bytes.

pub mod order;

pub mod list;

pub mod artifact;

pub mod profile;

pub mod basis;

pub mod json;

pub mod csv;

pub mod markdown;

pub mod text;

pub mod signed;

pub mod site;
