//! A page for a person that reads as text on a terminal and as Markdown in a file, with the same words.

use super::paint::{HEADING, paint};
use crate::base::escape::visible;
use crate::base::markdown::plain;

/// For what a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A terminal.
    Terminal,
    /// A file of Markdown.
    Markdown,
}

/// A page on its way. What it is given is escaped for its medium.
#[derive(Debug)]
pub struct Page {
    medium: Medium,
    text: String,
    /// Whether the last thing was an item of a list, which a paragraph would else go on with.
    listing: bool,
}

impl Page {
    /// An empty page.
    pub fn new(medium: Medium) -> Self {
        Self {
            medium,
            text: String::new(),
            listing: false,
        }
    }

    /// A heading; 1 is that of the page.
    pub fn heading(&mut self, level: usize, words: &str) {
        self.listing = false;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let line = match self.medium {
            Medium::Terminal => paint(HEADING, &visible(words)),
            Medium::Markdown => format!("{} {}\n", "#".repeat(level), plain(words)),
        };
        self.text.push_str(&line);
        self.text.push('\n');
    }

    /// A paragraph.
    pub fn paragraph(&mut self, words: &str) {
        if std::mem::take(&mut self.listing) && self.medium == Medium::Markdown {
            self.text.push('\n');
        }
        self.text.push_str(&self.escaped(words));
        self.text.push_str(match self.medium {
            Medium::Terminal => "\n",
            Medium::Markdown => "\n\n",
        });
    }

    /// An item of a list, so many levels deep; 0 is the outermost.
    pub fn item(&mut self, depth: usize, words: &str) {
        let line = format!("{}- {}\n", "  ".repeat(depth), self.escaped(words));
        self.text.push_str(&line);
        self.listing = true;
    }

    /// The page.
    pub fn finish(self) -> String {
        self.text
    }

    fn escaped(&self, words: &str) -> String {
        match self.medium {
            Medium::Terminal => visible(words),
            Medium::Markdown => plain(words),
        }
    }
}
