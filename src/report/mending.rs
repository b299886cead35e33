//! What was put right in a text, told line by line.

use crate::author::birth::Mend;
use crate::base::escape::visible;

/// One line for each kind: its first place, what was done, and how often.
pub fn text(path: &str, mends: &[Mend]) -> String {
    let line = |mend: &Mend| {
        let times = match mend.times {
            1 => String::new(),
            more => format!(" ({more} times)"),
        };
        let (path, line, column) = (visible(path), mend.line, mend.column);
        format!("{path}:{line}:{column}: {}{times}\n", mend.what)
    };
    mends.iter().map(line).collect()
}
