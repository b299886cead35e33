//! The one vocabulary of colour; the output door takes it away where colour is not wanted.

use anstyle::{AnsiColor, Style};

/// Headings and names of letters.
pub const HEADING: Style = Style::new().bold();
/// What is beside the point.
pub const FAINT: Style = Style::new().dimmed();
/// Errors and what is refused.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What holds by a key.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What the publisher says.
pub const LISTED: Style = AnsiColor::Cyan.on_default();

/// `text` in a style.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A standing's word in its colour.
pub fn standing(word: &str) -> String {
    let style = match word {
        "verified" => GOOD,
        "listed" | "signed" => LISTED,
        "refused" | "removed" => BAD,
        _ => WARNING,
    };
    paint(style, word)
}
