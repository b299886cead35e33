//! A stranger's words on a page of Markdown: they read as themselves, whatever they are.

use super::escape::seen;

/// Text that reads as itself: what CommonMark could take for markup is escaped.
///
/// A word that GitHub and others make into a link without being asked (`www.`, `://`, an address with
/// an at sign) stands as code: a backslash does not keep them from it.
pub fn plain(text: &str) -> String {
    let shown = seen(text);
    let mut words = shown.split(' ').peekable();
    let mut page = String::new();
    while let Some(word) = words.next() {
        match links_itself(word) {
            true => {
                // What ends a clause is no part of the address before it.
                let inside = word.trim_end_matches([',', ';', '.', ':']);
                let (inside, tail) = word.split_at_checked(inside.len()).unwrap_or((word, ""));
                page.push_str(&code(inside));
                page.push_str(&escaped(tail, false));
            }
            false => page.push_str(&escaped(word, page.is_empty())),
        }
        if words.peek().is_some() {
            page.push(' ');
        }
    }
    page
}

fn links_itself(word: &str) -> bool {
    let word = word.to_lowercase();
    ["www.", "://", "@"].iter().any(|mark| word.contains(mark))
}

/// A word as a code span: its fence is longer than any run of backticks in it.
fn code(word: &str) -> String {
    let longest = word
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if word.starts_with('`') || word.ends_with('`') {
        " "
    } else {
        ""
    };
    // In tables a bar ends the cell even inside code.
    let inside = word.replace('|', "\\|");
    format!("{fence}{pad}{inside}{pad}{fence}")
}

fn escaped(word: &str, first: bool) -> String {
    let mut escaped = String::new();
    for (at, character) in word.char_indices() {
        let markup = r"\`*_[]<>&|~#!@:${}".contains(character);
        // A list, a heading rule or a number with a dot would only act at the start.
        let leads = first && at == 0 && matches!(character, '-' | '+' | '=');
        let numbers = first
            && matches!(character, '.' | ')')
            && escaped.chars().all(|digit| digit.is_ascii_digit())
            && at > 0;
        if markup || leads || numbers {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_markup() {
        assert_eq!(
            plain("<script>alert(1)</script>"),
            "\\<script\\>alert(1)\\</script\\>"
        );
        assert_eq!(plain("[x](javascript:y)"), "\\[x\\](javascript\\:y)");
        assert_eq!(plain("1. first"), "1\\. first");
        assert_eq!(plain("a 1. b - c"), "a 1. b - c");
        assert_eq!(plain("see WWW.x.example now"), "see `WWW.x.example` now");
        assert_eq!(plain("a``@``b"), "```a``@``b```");
        assert_eq!(plain("`@x"), "`` `@x ``");
        assert_eq!(plain("x|@y"), "`x\\|@y`");
        assert_eq!(plain("by a@b.example, c"), "by `a@b.example`, c");
        assert_eq!(plain("`a@b`, c"), "`` `a@b` ``, c");
        assert_eq!(plain("@,"), "`@`,");
        assert_eq!(plain("www."), "`www`.");
        assert_eq!(plain("- a | b"), "\\- a \\| b");
        assert_eq!(
            plain("Women's Association (K.P.R.)"),
            "Women's Association (K.P.R.)"
        );
    }
}
