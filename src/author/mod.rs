//! Writing: files of a registry as they would be, judged before anybody writes them.

pub mod detail;

pub mod draft;

pub mod proposal;

pub mod testimony;

pub mod joint;

pub mod governing;

pub mod arrival;

pub mod birth;

pub mod edit;

pub mod prospect;

pub mod letters;

pub mod forge;

pub mod repository;

pub mod stage;

pub mod keepers;

pub mod demo;

pub mod template;
