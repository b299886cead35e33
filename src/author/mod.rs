//! Writing: a statement drafted, signed elsewhere or here, added to its record, and judged before it is written.

pub mod draft;

pub mod proposal;

pub mod arrival;
