//! Why a signature does not hold, found by trying what people and programs get wrong; nothing here accepts.
//! Implements docs/formats/13-signature.md, explaining.

use super::entry::Own;
use crate::base::digest::Digest;
use crate::base::excerpt::quote;
use crate::signature::container::Signature;
use crate::signature::key::PublicKey;
use crate::signature::sshsig::{Hash, NAMESPACE};
use crate::statement::deed::Act;
use crate::statement::lines::find;

/// How many other versions, statements and keys are tried.
const TRIED: usize = 8;

/// How many bytes of the letter's texts are tried in all.
const LARGEST: usize = 256 * 1024;

/// A signature that does not hold, in its place.
pub struct Failed<'a> {
    own: &'a Own<'a>,
    signature: &'a Signature,
    /// The key that it must be by.
    key: &'a PublicKey,
}

/// What was found.
#[derive(Debug)]
pub struct Cause {
    /// What is so.
    pub what: String,
    /// What to do.
    pub help: String,
    /// The other key that made it.
    pub by: Option<PublicKey>,
}

/// Bytes that it may be over: in words, what to do then, and the bytes.
type Candidate = (String, &'static str, Vec<u8>);

const SIGN_AS_IT_STANDS: &str =
    "Sign the exact bytes that stand here, without letting a program change them on the way.";
const SIGN_THIS: &str = "Sign this statement, and not another text.";
const SIGN_FOR_US: &str = "Sign with `ssh-keygen -Y sign -n undersigned`, which uses sha512.";
const SIGN_WITH_IT: &str = "Sign with the key that the statement names.";

impl<'a> Failed<'a> {
    /// A signature of this statement that does not hold by this key.
    pub fn of(own: &'a Own<'a>, signature: &'a Signature, key: &'a PublicKey) -> Self {
        Self {
            own,
            signature,
            key,
        }
    }

    /// The first cause that explains it.
    pub fn explain(&self) -> Option<Cause> {
        let keys = self.keys();
        let all: Vec<&PublicKey> = keys.iter().collect();
        // Another key and another text at once are not looked for.
        let [own, ..] = all[..] else { return None };
        for (number, (over, help, bytes)) in self.candidates().into_iter().enumerate() {
            let known = if number == 0 { &all[..] } else { &[own] };
            if let Some(maker) = self.signature.maker(known, &bytes) {
                return Some(self.told(&over, help, maker));
            }
        }
        self.says_of_itself()
    }

    /// What it was made over, for what and by whom.
    fn told(&self, over: &str, help: &str, maker: &PublicKey) -> Cause {
        let mut parts = vec![over.to_owned()];
        let mut help = help;
        let mut by = None;
        if maker != self.key {
            parts.push(format!(
                "by the key {}{}",
                maker.fingerprint(),
                self.whose(maker)
            ));
            by = Some(maker.clone());
            help = SIGN_WITH_IT;
        }
        if let Some(purpose) = self.purpose() {
            parts.push(purpose);
            help = SIGN_FOR_US;
        }
        parts.retain(|part| !part.is_empty());
        let what = match parts.is_empty() {
            // The bytes hold; only the container does not fit the key.
            true => {
                help = SIGN_FOR_US;
                "it is a raw signature, and the key is one that a FIDO device holds".to_owned()
            }
            false => format!("it was made {}", parts.join(", ")),
        };
        Cause {
            what,
            help: help.to_owned(),
            by,
        }
    }

    /// Another namespace or hash, where an SSH signature says so.
    fn purpose(&self) -> Option<String> {
        let Signature::Ssh(ssh) = self.signature else {
            return None;
        };
        let mut parts = Vec::new();
        if ssh.namespace != NAMESPACE {
            let namespace = String::from_utf8_lossy(&ssh.namespace);
            parts.push(format!("in the namespace {}", quote(&namespace)));
        }
        if ssh.hash == Hash::Sha256 {
            parts.push("with the hash sha256".to_owned());
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What it claims of itself, where nothing that was tried explains it.
    fn says_of_itself(&self) -> Option<Cause> {
        let Signature::Ssh(ssh) = self.signature else {
            return None;
        };
        let mut parts = Vec::new();
        if ssh.key != *self.key {
            let whose = self.whose(&ssh.key);
            parts.push(format!("by the key {}{whose}", ssh.key.fingerprint()));
        }
        parts.extend(self.purpose());
        (!parts.is_empty()).then(|| Cause {
            what: format!(
                "it says that it was made {}, over a text that is not here",
                parts.join(", ")
            ),
            help: SIGN_THIS.to_owned(),
            by: None,
        })
    }

    /// Which of the record's statements names a key.
    fn whose(&self, key: &PublicKey) -> String {
        for (index, own, new) in self.own.place.record.named_keys() {
            if own == key {
                return format!(", which statement {} names", index + 1);
            }
            if new == Some(key) {
                return format!(", the new key of statement {}", index + 1);
            }
        }
        String::new()
    }

    fn keys(&self) -> Vec<PublicKey> {
        let mut keys = vec![self.key.clone()];
        for (_, own, new) in self.own.place.record.named_keys() {
            for key in std::iter::once(own).chain(new) {
                if !keys.contains(key) && keys.len() < TRIED {
                    keys.push(key.clone());
                }
            }
        }
        keys
    }

    fn candidates(&self) -> Vec<Candidate> {
        let statements = &self.own.place.record.signatory.statements;
        let text = self.own.place.text();
        let form = |words: &str, bytes: String| {
            (
                format!("over the text {words}"),
                SIGN_AS_IT_STANDS,
                bytes.into_bytes(),
            )
        };
        let mut all = vec![
            (String::new(), SIGN_AS_IT_STANDS, text.as_bytes().to_vec()),
            form("with CR LF line ends", text.replace('\n', "\r\n")),
            form(
                "without its final line feed",
                text.trim_end_matches('\n').to_owned(),
            ),
            form(
                "with a byte order mark before it",
                format!("\u{feff}{text}"),
            ),
            form(
                "with a byte order mark and CR LF line ends",
                format!("\u{feff}{}", text.replace('\n', "\r\n")),
            ),
            form("with one more line feed at its end", format!("{text}\n")),
            form(
                "with CR LF line ends and without its final one",
                text.trim_end_matches('\n').replace('\n', "\r\n"),
            ),
            ("over an empty text".to_owned(), SIGN_THIS, Vec::new()),
        ];
        let others = statements.iter().enumerate();
        for (index, entry) in others
            .filter(|(index, _)| *index != self.own.place.index)
            .take(TRIED)
        {
            let words = format!("over statement {}", index + 1);
            all.push((words, SIGN_THIS, entry.text.as_str().as_bytes().to_vec()));
        }
        all.extend(self.of_the_letter(text));
        all
    }

    /// The same statement with another version's texts, and the letter's texts themselves.
    fn of_the_letter(&self, text: &str) -> Vec<Candidate> {
        let Some(held) = self
            .own
            .act
            .letter()
            .and_then(|id| self.own.place.registry.letters.get(id))
        else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for version in held.letter.versions.iter().rev().take(TRIED) {
            let mut other = text.to_owned();
            if let Act::Endorse { texts, .. } = self.own.act {
                for language in texts.keys() {
                    if let Some(named) = version.text(language) {
                        other = with_digest(&other, &format!("text-{language}"), named.digest);
                    }
                }
            }
            if other != text {
                let words = format!(
                    "over this statement with the texts of version {}",
                    version.number
                );
                all.push((
                    words,
                    "Sign the statement anew for the texts that it names.",
                    other.into_bytes(),
                ));
            }
        }
        let mut rest = LARGEST;
        for ((version, language), text) in held.texts.iter().rev().take(TRIED) {
            let Some(left) = rest.checked_sub(text.bytes.len()) else {
                break;
            };
            rest = left;
            let words =
                format!("over the letter's text itself (version {version} in `{language}`)");
            all.push((words, SIGN_THIS, text.bytes.clone()));
        }
        all
    }
}

/// The text with another digest in one line.
fn with_digest(text: &str, line: &str, digest: Digest) -> String {
    let span = find(text, line);
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    match (before, after, span.start) {
        (Some(before), Some(after), 1..) => format!("{before}{digest}{after}"),
        _ => text.to_owned(),
    }
}
