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
        meaning: "단체의 것으로 확인된 키로 서명하여 이 글에 연명했습니다",
    },
    StandingWords {
        word: "signed",
        label: "서명함",
        meaning: "이 글에 연명했으나, 서명한 키가 단체의 것인지는 확인되지 않았습니다",
    },
    StandingWords {
        word: "listed",
        label: "이름만 오름",
        meaning: "발행인이 이름을 올렸을 뿐, 단체가 여기에 서명한 것은 없습니다",
    },
    StandingWords {
        word: "superseded",
        label: "이전 판에 서명함",
        meaning: "이 글이 아니라 이전 판에 연명했습니다",
    },
    StandingWords {
        word: "withdrawn",
        label: "철회함",
        meaning: "서한의 모든 판에서 연명을 철회했습니다",
    },
    StandingWords {
        word: "removed",
        label: "삭제됨",
        meaning: "관리자들이 사유를 밝히고 삭제했습니다",
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

    /// The words of a standing; none for one that is not published.
    pub fn words(self, word: &str) -> Option<&'static StandingWords> {
        self.standings().iter().find(|words| words.word == word)
    }

    /// The standings that are published, in the order in which they are shown.
    pub fn standings(self) -> &'static [StandingWords; 6] {
        match self {
            Self::English => &ENGLISH,
            Self::Korean => &KOREAN,
        }
    }
}

/// Tags that letters usually have, with the name of the language in English and in Korean.
const NAMES: [(&str, &str, &str); 34] = [
    ("ar", "Arabic", "아랍어"),
    ("bn", "Bengali", "벵골어"),
    ("cs", "Czech", "체코어"),
    ("da", "Danish", "덴마크어"),
    ("de", "German", "독일어"),
    ("el", "Greek", "그리스어"),
    ("en", "English", "영어"),
    ("es", "Spanish", "스페인어"),
    ("fa", "Persian", "페르시아어"),
    ("fi", "Finnish", "핀란드어"),
    ("fr", "French", "프랑스어"),
    ("he", "Hebrew", "히브리어"),
    ("hi", "Hindi", "힌디어"),
    ("hu", "Hungarian", "헝가리어"),
    ("id", "Indonesian", "인도네시아어"),
    ("it", "Italian", "이탈리아어"),
    ("ja", "Japanese", "일본어"),
    ("ko", "Korean", "한국어"),
    ("mn", "Mongolian", "몽골어"),
    ("ms", "Malay", "말레이어"),
    ("nl", "Dutch", "네덜란드어"),
    ("pl", "Polish", "폴란드어"),
    ("pt", "Portuguese", "포르투갈어"),
    ("pt-BR", "Brazilian Portuguese", "브라질 포르투갈어"),
    ("ru", "Russian", "러시아어"),
    ("sv", "Swedish", "스웨덴어"),
    ("sw", "Swahili", "스와힐리어"),
    ("th", "Thai", "태국어"),
    ("tr", "Turkish", "튀르키예어"),
    ("uk", "Ukrainian", "우크라이나어"),
    ("vi", "Vietnamese", "베트남어"),
    ("zh", "Chinese", "중국어"),
    ("zh-Hans", "Simplified Chinese", "중국어 간체"),
    ("zh-Hant", "Traditional Chinese", "중국어 번체"),
];

/// A language as readers know it, with its tag; the tag alone where the table has no name.
pub fn name(tag: &str, speech: Speech) -> String {
    let known = NAMES.iter().find(|(known, ..)| *known == tag);
    match (known, speech) {
        (None, _) => tag.to_owned(),
        (Some((_, english, _)), Speech::English) => format!("{english} ({tag})"),
        (Some((_, _, korean)), Speech::Korean) => format!("{korean} ({tag})"),
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
    fn languages_are_named_where_their_name_is_known() {
        assert_eq!(name("ko", Speech::English), "Korean (ko)");
        assert_eq!(name("zh-Hant", Speech::Korean), "중국어 번체 (zh-Hant)");
        assert_eq!(name("tlh", Speech::English), "tlh");
    }

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
