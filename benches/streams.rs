//! Stands where the tests have `streams.rs`: nothing is compared while something is measured.

use std::path::Path;

pub fn compare_folder(_: &Path) -> bool {
    true
}
