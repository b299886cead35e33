//! What two records cannot both be: one domain, names that look the same, one text in two letters.
//! Implements docs/formats/11-clashes.md.

use crate::base::characters::{is_letter, is_of_a_word};
use crate::base::excerpt::quote;
use crate::base::finding::{Finding, Severity};
use crate::base::id::Id;
use crate::base::rule::{CHARTER_INCONSISTENT, DUPLICATE_DOMAIN, LOOK_ALIKE_NAME, TEXT_REPEATED};
use crate::letter::place::fold_blanks;
use crate::record::charter::in_file_order;
use crate::record::route::Route;
use crate::record::signatory::Signatory;
use crate::registry::holding::{Record, Registry};
use crate::registry::note::{Note, Notes};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unicode_script::{Script, UnicodeScript as _};
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::skeleton;

/// The clashes that letters and the charter have, as findings; those of records as notes.
pub fn clashes(registry: &Registry, notes: &mut Notes) -> Vec<Finding> {
    shared_domains(registry, notes);
    look_alikes(registry, notes);
    let mut findings = repeated_texts(registry);
    findings.extend(shared_ids(registry));
    findings
}

/// docs/formats/11-clashes.md, ids: nobody keeps the registry under the id of a signatory.
fn shared_ids(registry: &Registry) -> Vec<Finding> {
    let Some(held) = &registry.charter else {
        return Vec::new();
    };
    let signatories: BTreeSet<&Id> = registry
        .records
        .iter()
        .map(|record| &record.signatory.id)
        .collect();
    let document = &held.document;
    in_file_order(&held.charter, document)
        .into_iter()
        .filter(|(_, person)| signatories.contains(&person.id))
        .map(|(route, person)| {
            let message = format!("the id `{}` is also that of a signatory", person.id);
            let span = document.span(&route.key("id"));
            Finding::at(&CHARTER_INCONSISTENT, document.source(), span, message)
        })
        .collect()
}

/// docs/formats/11-clashes.md, texts: an authentic digest says which letter and version is meant.
fn repeated_texts(registry: &Registry) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first = BTreeMap::new();
    let mut authentic = BTreeSet::new();
    for held in registry.letters.values() {
        for (index, version) in held.letter.versions.iter().enumerate() {
            for (at, text) in version.texts.iter().enumerate() {
                if text.language == held.letter.authentic {
                    authentic.insert(text.digest);
                }
                let route = Route::root()
                    .key("versions")
                    .item(index)
                    .key("texts")
                    .item(at)
                    .key("digest");
                let place = (held, route, version.number, &text.language);
                first
                    .entry(text.digest)
                    .or_insert_with(Vec::new)
                    .push(place);
            }
        }
    }
    for (digest, places) in first {
        if !authentic.contains(&digest) {
            continue;
        }
        let mut places = places.into_iter();
        let Some((held, _, version, language)) = places.next() else {
            continue;
        };
        for (other, route, ..) in places {
            let message = format!(
                "this is also the text of version {version} of `{}` in `{language}`",
                held.letter.id
            );
            findings.push(other.find(&TEXT_REPEATED, route, message));
        }
    }
    findings
}

/// docs/formats/11-clashes.md, domains.
fn shared_domains(registry: &Registry, notes: &mut Notes) {
    let mut owners: BTreeMap<&str, Vec<(usize, &Id)>> = BTreeMap::new();
    for (at, record) in registry.records.iter().enumerate() {
        if let Some(domain) = &record.signatory.domain {
            let owner = (at, &record.signatory.id);
            owners.entry(domain.as_str()).or_default().push(owner);
        }
    }
    for (domain, owners) in owners {
        let [(_, first), (_, second), ..] = owners[..] else {
            continue;
        };
        for (at, id) in owners {
            let other = if id == first { second } else { first };
            let message = format!("the domain `{domain}` is also that of `{other}`");
            let route = Route::root().key("domain");
            notes.add(at, Note::new(&DUPLICATE_DOMAIN, route, message));
        }
    }
}

/// A name of a record, in whichever language.
struct Named<'a> {
    record: usize,
    id: &'a Id,
    route: Route,
    name: &'a str,
}

/// docs/formats/11-clashes.md, names.
fn look_alikes(registry: &Registry, notes: &mut Notes) {
    let names: Vec<Named<'_>> = registry
        .records
        .iter()
        .enumerate()
        .flat_map(|(at, record)| names(at, record))
        .collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, named) in names.iter().enumerate() {
        for look in looks(named.name) {
            alike.entry(look).or_default().push(at);
        }
    }
    let mut twins: BTreeMap<usize, &Named<'_>> = BTreeMap::new();
    for group in alike.values().filter(|group| group.len() > 1) {
        let mut members = group.iter().filter_map(|at| Some((*at, names.get(*at)?)));
        let Some((_, first)) = members.clone().next() else {
            continue;
        };
        // Two of different records are enough to name another to each.
        let Some((_, second)) = members.clone().find(|(_, named)| named.id != first.id) else {
            continue;
        };
        members.by_ref().for_each(|(at, named)| {
            let other = if named.id == first.id { second } else { first };
            twins.entry(at).or_insert(other);
        });
    }
    for (at, named) in names.iter().enumerate() {
        if let Some(note) = tell(named, twins.get(&at).copied()) {
            notes.add(named.record, note);
        }
    }
}

/// Whether a name of it mixes scripts, which is told of it alone.
pub fn mixes_scripts(signatory: &Signatory) -> bool {
    let mut names = signatory.all_names();
    names.any(|name| mixed_word(name.as_str(), Mixture::Odd).is_some())
}

fn names(at: usize, record: &Record) -> Vec<Named<'_>> {
    let signatory = &record.signatory;
    let named = |route: Route, name| Named {
        record: at,
        id: &signatory.id,
        route,
        name,
    };
    let mut all = vec![named(Route::root().key("name"), signatory.name.as_str())];
    for (language, name) in &signatory.names {
        let route = Route::root().key("names").key(language.as_str());
        all.push(named(route, name.as_str()));
    }
    all
}

fn tell(named: &Named<'_>, twin: Option<&Named<'_>>) -> Option<Note> {
    let odd = mixed_word(named.name, Mixture::Odd);
    let name = quote(named.name);
    let Some(twin) = twin else {
        let message = format!("the word {} of {name} mixes scripts", quote(odd?));
        return Some(Note::new(&LOOK_ALIKE_NAME, named.route.clone(), message));
    };
    // Two that share a name of two scripts imitate nobody; one of two spellings does.
    let other_spelling = named.name.to_lowercase() != twin.name.to_lowercase();
    let foreign = other_spelling.then(|| mixed_word(named.name, Mixture::Usual));
    let mut message = match named.name == twin.name {
        true => format!("{name} is also a name of `{}`", twin.id),
        false => format!("{name} looks like {} of `{}`", quote(twin.name), twin.id),
    };
    let mut severity = LOOK_ALIKE_NAME.severity;
    if let Some(word) = odd.or(foreign.flatten()) {
        message.push_str(&format!(", and its word {} mixes scripts", quote(word)));
        severity = Severity::Error;
    }
    let note = Note::new(&LOOK_ALIKE_NAME, named.route.clone(), message);
    Some(note.with_severity(severity))
}

/// How a name looks: its skeleton (UTS #39, section 4) as written and in lower case.
pub fn looks(name: &str) -> BTreeSet<String> {
    let folded = fold_blanks(name);
    let folded = folded.trim_matches(' ');
    [look(folded), look(&folded.to_lowercase())].into()
}

/// How each character of ASCII looks: none of them becomes a mark that hangs on the one before it, so that a text of
/// them looks like one after the other.
static PROTOTYPES: LazyLock<[String; 128]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let code = u8::try_from(code).unwrap_or_default();
        skeleton(char::from(code).encode_utf8(&mut [0; 4])).collect()
    })
});

/// A text's skeleton.
fn look(text: &str) -> String {
    if !text.is_ascii() {
        return skeleton(text).collect();
    }
    let mut look = String::with_capacity(text.len() + 8);
    let prototypes = text
        .bytes()
        .filter_map(|byte| PROTOTYPES.get(usize::from(byte)));
    prototypes.for_each(|prototype| look.push_str(prototype));
    look
}

/// How the scripts of a word go together (UTS #39, section 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mixture {
    /// One script, or Latin with those of East Asia: highly restrictive.
    None,
    /// Latin with another script whose letters do not look like its own: moderately restrictive.
    Usual,
    /// Anything else.
    Odd,
}

/// The scripts in common use that stand beside Latin letters in honest names, those of East Asia apart.
///
/// Armenian, Cyrillic and Greek are left out: their letters pass for Latin ones.
const BESIDE_LATIN: [Script; 20] = [
    Script::Arabic,
    Script::Bengali,
    Script::Devanagari,
    Script::Ethiopic,
    Script::Georgian,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::Hebrew,
    Script::Kannada,
    Script::Khmer,
    Script::Lao,
    Script::Malayalam,
    Script::Myanmar,
    Script::Oriya,
    Script::Sinhala,
    Script::Tamil,
    Script::Telugu,
    Script::Thaana,
    Script::Thai,
    Script::Tibetan,
];

/// The first word whose scripts are mixed at least so much.
fn mixed_word(name: &str, least: Mixture) -> Option<&str> {
    name.split(|character| !is_of_a_word(character))
        .find(|word| !word.is_ascii() && mixture(word) >= least)
}

fn mixture(word: &str) -> Mixture {
    let letters: String = word
        .chars()
        .filter(|character| is_letter(*character))
        .collect();
    if !AugmentedScriptSet::for_str(&letters).is_empty() {
        return Mixture::None;
    }
    let is_latin = |character: &char| character.script_extension().contains_script(Script::Latin);
    let rest: String = letters
        .chars()
        .filter(|character| !is_latin(character))
        .collect();
    let together = AugmentedScriptSet::for_str(&rest);
    if together.hanb || together.jpan || together.kore {
        Mixture::None
    } else if BESIDE_LATIN
        .iter()
        .any(|script| together.base.contains_script(*script))
    {
        Mixture::Usual
    } else {
        Mixture::Odd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imitations_mix_scripts_and_honest_names_do_not() {
        for honest in [
            "KT평화재단",
            "YWCA연합회",
            "Café Ökologie",
            "평화와 和平",
            "東京タワーA",
            "Мир",
            "Ειρήνη 2000",
            "don't",
            "한국YMCA전국연맹",
        ] {
            assert_eq!(mixed_word(honest, Mixture::Usual), None, "{honest}");
        }
        for usual in ["YWCAไทย", "NGOລາວ", "PENעברית", "NGOभारत", "ngoខ្មែរ"]
        {
            assert_eq!(mixed_word(usual, Mixture::Odd), None, "{usual}");
            assert!(mixed_word(usual, Mixture::Usual).is_some(), "{usual}");
        }
        for false_name in [
            "Grееn Korea",
            "Pеace",
            "Ρeace",
            "평화Мир",
            "Cօmmon",
            "ไทยМир",
        ] {
            assert!(
                mixed_word(false_name, Mixture::Odd).is_some(),
                "{false_name}"
            );
        }
    }

    #[test]
    fn a_text_of_ascii_looks_like_its_characters() {
        for first in 0..128_u8 {
            for second in 0..128_u8 {
                let text: String = [first, b'e', second, first]
                    .map(char::from)
                    .iter()
                    .collect();
                assert_eq!(look(&text), skeleton(&text).collect::<String>(), "{text:?}");
            }
        }
    }

    #[test]
    fn names_that_look_the_same_have_one_look() {
        let share = |a: &str, b: &str| !looks(a).is_disjoint(&looks(b));
        assert!(share("Example Forum", "Examp1e Forum"));
        assert!(share("Example Forum", "EXAMPLE FORUM"));
        assert!(share("Peace", "Реасе"));
        assert!(share("Example Forum", "Exarnple Forum"));
        assert!(!share("Example Forum", "Example Forums"));
    }
}
