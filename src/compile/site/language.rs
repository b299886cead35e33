//! The languages that the site speaks, and the words of the program in each.

use serde::Serialize;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Speech {
    /// English, at the root.
    #[serde(rename = "en")]
    English,
    /// Korean, under `ko/`.
    #[serde(rename = "ko")]
    Korean,
}

/// Every language, the one at the root first.
pub const ALL: [Speech; 2] = [Speech::English, Speech::Korean];

/// A standing in words: the word of the program, what it is called, and what it means.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StandingWords {
    /// The word in every output.
    pub word: &'static str,
    /// What it is called on the page.
    pub label: &'static str,
    /// What it means to a reader.
    pub meaning: &'static str,
}

const ENGLISH: [StandingWords; 6] = [
    StandingWords {
        word: "verified",
        label: "Verified",
        meaning: "endorsed this text with a key known to be theirs",
    },
    StandingWords {
        word: "signed",
        label: "Signed",
        meaning: "endorsed this text with a key that is not known to be theirs",
    },
    StandingWords {
        word: "listed",
        label: "Listed",
        meaning: "named by the publisher; signed nothing here",
    },
    StandingWords {
        word: "superseded",
        label: "Superseded",
        meaning: "endorsed an earlier version of the text, not this one",
    },
    StandingWords {
        word: "withdrawn",
        label: "Withdrawn",
        meaning: "withdrew from the letter, in all its versions",
    },
    StandingWords {
        word: "removed",
        label: "Removed",
        meaning: "removed by the maintainers, with a reason",
    },
];

const KOREAN: [StandingWords; 6] = [
    StandingWords {
        word: "verified",
        label: "확인됨",
        meaning: "단체의 것으로 확인된 키로 이 글에 서명하였습니다",
    },
    StandingWords {
        word: "signed",
        label: "서명함",
        meaning: "이 글에 서명하였으나, 그 키가 단체의 것인지는 확인되지 않았습니다",
    },
    StandingWords {
        word: "listed",
        label: "명단에 있음",
        meaning: "발표한 쪽이 이름을 올렸습니다. 여기에서 서명한 것은 없습니다",
    },
    StandingWords {
        word: "superseded",
        label: "이전 판에 서명함",
        meaning: "이 글이 아니라 이전 판에 서명하였습니다",
    },
    StandingWords {
        word: "withdrawn",
        label: "철회함",
        meaning: "모든 판에 대하여 서한에서 물러났습니다",
    },
    StandingWords {
        word: "removed",
        label: "삭제됨",
        meaning: "관리자들이 사유를 밝히고 삭제하였습니다",
    },
];

impl Speech {
    /// The language tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }

    /// The folder of its pages from the root of the site, with its slash.
    pub fn folder(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Korean => "ko/",
        }
    }

    /// The standings that are published, in the order in which they are shown.
    pub fn standings(self) -> &'static [StandingWords; 6] {
        match self {
            Self::English => &ENGLISH,
            Self::Korean => &KOREAN,
        }
    }
}

/// The language whose script a name is surely written in; nothing where its script serves many.
pub fn of_script(name: &str) -> Option<&'static str> {
    let hangul = |letter: char| matches!(letter, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}');
    let kana = |letter: char| matches!(letter, '\u{3041}'..='\u{30FF}');
    if name.chars().any(hangul) {
        Some("ko")
    } else if name.chars().any(kana) {
        Some("ja")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::standing::WORDS;

    #[test]
    fn every_published_standing_has_its_words_in_every_language() {
        let published = WORDS.iter().map(|(word, _)| *word);
        let published: Vec<&str> = published.filter(|word| *word != "refused").collect();
        for speech in ALL {
            let words = speech.standings().iter().map(|words| words.word);
            assert_eq!(words.collect::<Vec<_>>(), published);
        }
    }
}
