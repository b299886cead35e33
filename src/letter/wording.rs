//! What two wordings of a letter have in common and what not, word by word; the only file that knows the differ.

use similar::{Algorithm, ChangeTag, TextDiff};

/// A stretch of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// In both.
    Kept(String),
    /// In the first alone.
    Taken(String),
    /// In the second alone.
    Added(String),
}

/// More words than this on both sides multiplied are not compared one by one.
const MOST: usize = 25_000_000;

/// The way from one wording to the other; runs of one kind are one stretch, and nothing is empty.
///
/// What is equal at both ends is set aside first. Where what remains is too long to be compared, it is
/// told as one stretch taken and one added.
pub fn compare(before: &str, after: &str) -> Vec<Stretch> {
    let (old, new) = (words(before), words(after));
    let start = same(old.iter(), new.iter());
    let (old_rest, new_rest) = (rest(&old, start), rest(&new, start));
    let end = same(old_rest.iter().rev(), new_rest.iter().rev());
    let middle = |words: &[&str]| -> String {
        let length = words.len().saturating_sub(end);
        words.iter().take(length).copied().collect()
    };
    let mut stretches = Vec::new();
    add(&mut stretches, ChangeTag::Equal, &joined(&old, start));
    let (taken, added) = (middle(old_rest), middle(new_rest));
    if old_rest.len().saturating_mul(new_rest.len()) > MOST {
        add(&mut stretches, ChangeTag::Delete, &taken);
        add(&mut stretches, ChangeTag::Insert, &added);
    } else {
        let difference = TextDiff::configure()
            .algorithm(Algorithm::Myers)
            .diff_slices(&words(&taken), &words(&added))
            .iter_all_changes()
            .map(|change| (change.tag(), change.value().to_owned()))
            .collect::<Vec<_>>();
        for (tag, value) in &difference {
            add(&mut stretches, *tag, value);
        }
    }
    let tail: String = rest(&old, old.len().saturating_sub(end))
        .iter()
        .copied()
        .collect();
    add(&mut stretches, ChangeTag::Equal, &tail);
    stretches
}

/// A text as words, each with the blanks behind it apart, and each line feed by itself.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\n' => 1,
            _ => rest
                .find(|next: char| next == '\n' || next.is_whitespace() != first.is_whitespace())
                .unwrap_or(rest.len()),
        };
        let Some((word, behind)) = rest.split_at_checked(length) else {
            break;
        };
        words.push(word);
        rest = behind;
    }
    words
}

fn rest<'a, 'b>(words: &'a [&'b str], start: usize) -> &'a [&'b str] {
    words.get(start..).unwrap_or_default()
}

fn joined(words: &[&str], count: usize) -> String {
    words.iter().take(count).copied().collect()
}

fn same<'a>(
    one: impl Iterator<Item = &'a &'a str>,
    other: impl Iterator<Item = &'a &'a str>,
) -> usize {
    one.zip(other)
        .take_while(|(one, other)| one == other)
        .count()
}

fn add(stretches: &mut Vec<Stretch>, tag: ChangeTag, value: &str) {
    if value.is_empty() {
        return;
    }
    match (stretches.last_mut(), tag) {
        (Some(Stretch::Kept(text)), ChangeTag::Equal)
        | (Some(Stretch::Taken(text)), ChangeTag::Delete)
        | (Some(Stretch::Added(text)), ChangeTag::Insert) => text.push_str(value),
        (_, ChangeTag::Equal) => stretches.push(Stretch::Kept(value.to_owned())),
        (_, ChangeTag::Delete) => stretches.push(Stretch::Taken(value.to_owned())),
        (_, ChangeTag::Insert) => stretches.push(Stretch::Added(value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let stretches = compare(before, after);
        let side = |skip: fn(&Stretch) -> bool| -> String {
            let kept = stretches.iter().filter(|one| !skip(one));
            kept.map(|one| match one {
                Stretch::Kept(text) | Stretch::Taken(text) | Stretch::Added(text) => text.as_str(),
            })
            .collect()
        };
        assert_eq!(side(|one| matches!(one, Stretch::Added(_))), before);
        assert_eq!(side(|one| matches!(one, Stretch::Taken(_))), after);
        stretches
            .iter()
            .map(|one| match one {
                Stretch::Kept(text) => text.clone(),
                Stretch::Taken(text) => format!("[-{text}-]"),
                Stretch::Added(text) => format!("{{+{text}+}}"),
            })
            .collect()
    }

    #[test]
    fn words_are_compared_and_nothing_is_lost() {
        assert_eq!(shown("a b c\n", "a x c\n"), "a [-b-]{+x+} c\n");
        assert_eq!(shown("a\n", "a\n"), "a\n");
        assert_eq!(shown("", "a b"), "{+a b+}");
        assert_eq!(shown("a a a", "a a"), "a a[- a-]");
        assert_eq!(shown("평화 를\n", "평화를\n"), "[-평화 를-]{+평화를+}\n");
        shown(
            "one two\nthree four\n\nfive",
            "zero one\n\nthree 4\nfive six\n",
        );
    }

    #[test]
    fn long_texts_that_share_nothing_take_no_time() {
        let long = |word: &str| format!("{word} ").repeat(100_000);
        assert_eq!(compare(&long("a"), &long("b")).len(), 3);
    }
}
