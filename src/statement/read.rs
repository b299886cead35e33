//! The one strict reader of statements: one spelling a meaning, or every line that has another is told.
//! Implements docs/formats/12-statement.md, bytes and lines.

use super::Statement;
use super::action::{Action, Takes};
use super::checkpoint::Checkpoint;
use super::deed::{Act, Deed};
use super::lines::{Line, Lines, Malformed};
use super::method::Method;
use super::profile::Profile;
use super::write::render;
use crate::base::bound::LARGEST;
use crate::base::country::Country;
use crate::base::date::Date;
use crate::base::digest::Digest;
use crate::base::host::Domain;
use crate::base::id::Id;
use crate::base::language::Language;
use crate::base::origin::Origin;
use crate::base::prose::{Name, Remark};
use crate::base::source::Span;
use crate::base::website::Website;
use crate::signature::key::PublicKey;
use std::collections::BTreeMap;

/// Reads a statement; where it is not one, everything that makes it malformed, in order of place.
pub fn read(text: &str) -> Result<Statement, Vec<Malformed>> {
    let mut reader = Reader {
        lines: Lines::split(text)?,
        malformed: Vec::new(),
        missing: Vec::new(),
    };
    let statement = reader.statement();
    let missing = reader.missing();
    let mut malformed = reader.malformed;
    malformed.extend(missing);
    malformed.sort_by_key(|one| one.span);
    match statement {
        Some(statement) if malformed.is_empty() => match render(&statement) == text {
            true => Ok(statement),
            false => Err(vec![Malformed::new(
                Span::new(0, text.len()),
                "the statement is not in its one spelling",
            )]),
        },
        _ => Err(malformed),
    }
}

/// The lines, and what is wrong with those that were asked for.
struct Reader<'a> {
    lines: Lines<'a>,
    malformed: Vec<Malformed>,
    missing: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    fn statement(&mut self) -> Option<Statement> {
        let action = self.must("action", Action::parse)?;
        self.judge_lines(action);
        let registry = self.must("registry", Origin::parse);
        let deed = self.deed(action);
        let sequence = self.must("sequence", sequence);
        let previous = self.must("previous", previous);
        let after = self.may("after", Checkpoint::parse);
        let date = self.must("date", Date::parse);
        self.judge_declaration(action);
        Some(Statement {
            registry: registry?,
            deed: deed?,
            sequence: sequence?,
            previous: previous?,
            after,
            date: date?,
        })
    }

    /// The sentence is that of the action, and of nothing else.
    fn judge_declaration(&mut self, action: Action) {
        let Some(line) = self.line("declaration") else {
            return self.missing.push("declaration");
        };
        let method = self.line("method").map(|line| line.value);
        let sentence = action.declaration(method == Some(Method::Retracted.name()));
        if line.value != sentence {
            let message = format!("the declaration is not that of `{}`", action.name());
            let malformed = Malformed::new(line.value_span(), message);
            self.malformed
                .push(malformed.with_help(format!("The sentence is: {sentence}")));
        }
    }

    /// Which lines the action must have, may have and never has.
    fn judge_lines(&mut self, action: Action) {
        for line in self.lines.all() {
            if action.takes(line.group()) == Takes::Never {
                let message = format!("`{}` takes no line `{}`", action.name(), line.key);
                self.malformed
                    .push(Malformed::new(line.key_span(), message));
            }
        }
    }

    fn deed(&mut self, action: Action) -> Option<Deed> {
        if action == Action::Govern {
            let charter = self.must("charter", Digest::parse)?;
            return Some(Deed::Govern { charter });
        }
        let signatory = self.must("signatory", Id::parse);
        let profile = self.profile();
        match action {
            Action::Recover | Action::Remove => {
                let reason = self.must("reason", Remark::parse);
                let charter = self.must("charter", Digest::parse);
                let new_key = match action {
                    Action::Recover => Some(self.must("new-key", PublicKey::parse)?),
                    _ => None,
                };
                Some(Deed::Joint {
                    signatory: signatory?,
                    profile: profile?,
                    reason: reason?,
                    charter: charter?,
                    new_key,
                })
            }
            Action::Vouch | Action::Observe => self.attestation(action, signatory, profile),
            _ => {
                let act = self.act(action);
                let key = self.must("key", PublicKey::parse);
                Some(Deed::Own {
                    signatory: signatory?,
                    profile: profile?,
                    key: key?,
                    act: act?,
                })
            }
        }
    }

    fn attestation(
        &mut self,
        action: Action,
        signatory: Option<Id>,
        profile: Option<Profile>,
    ) -> Option<Deed> {
        let observes = action == Action::Observe;
        let method = self.must("method", |word| {
            let method = Method::parse(word)?;
            match (observes, method.observes(), method.vouches()) {
                (true, true, _) | (false, _, true) => Ok(method),
                (true, ..) => Err("the method of an observation is none of https, dns and retracted"),
                (false, ..) => Err("the method of a vouch is none of phone, in-person, letterhead, video, prior-contact and retracted"),
            }
        });
        let seen = observes && method != Some(Method::Retracted);
        let evidence = self.must("evidence", |value| {
            if seen {
                Digest::parse(value)?;
            }
            Remark::parse(value)
        });
        let attester = self.must("maintainer", Id::parse);
        let key = self.must("key", PublicKey::parse);
        let subject = self.must("subject-key", PublicKey::parse);
        Some(Deed::Attest {
            signatory: signatory?,
            profile: profile?,
            observes,
            method: method?,
            evidence: evidence?,
            attester: attester?,
            key: key?,
            subject: subject?,
        })
    }

    fn act(&mut self, action: Action) -> Option<Act> {
        let authority = self.may("authority", Remark::parse);
        match action {
            Action::Endorse => {
                let letter = self.must("letter", Id::parse);
                let texts = self.tagged("text-*", Digest::parse);
                if texts.is_empty() && !self.lines.all().any(|line| line.group() == "text-*") {
                    self.missing.push("text-<language>");
                }
                Some(Act::Endorse {
                    letter: letter?,
                    texts,
                    authority,
                })
            }
            Action::Withdraw => {
                let letter = self.must("letter", Id::parse);
                let reason = self.may("reason", Remark::parse);
                Some(Act::Withdraw {
                    letter: letter?,
                    reason,
                    authority,
                })
            }
            Action::Rotate => {
                let new_key = self.must("new-key", PublicKey::parse)?;
                Some(Act::Rotate { new_key })
            }
            _ => Some(Act::Amend { authority }),
        }
    }

    fn profile(&mut self) -> Option<Profile> {
        let name = self.must("name", Name::parse);
        Some(Profile {
            names: self.tagged("name-*", Name::parse),
            country: self.may("country", Country::parse),
            website: self.may("website", Website::parse),
            domain: self.may("domain", Domain::parse),
            name: name?,
        })
    }

    fn line(&self, key: &str) -> Option<Line<'a>> {
        self.lines.all().find(|line| line.key == key).copied()
    }

    fn must<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        match self.line(key) {
            Some(line) => self.value(line, parse),
            None => {
                self.missing.push(key);
                None
            }
        }
    }

    fn may<T>(&mut self, key: &str, parse: impl Fn(&str) -> Result<T, &'static str>) -> Option<T> {
        self.line(key).and_then(|line| self.value(line, parse))
    }

    /// The values of `name-ko` or `text-en`, by language.
    fn tagged<T>(
        &mut self,
        group: &str,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> BTreeMap<Language, T> {
        let lines: Vec<Line<'a>> = self.lines.all().copied().collect();
        let mut values = BTreeMap::new();
        for line in lines.into_iter().filter(|line| line.group() == group) {
            // The tag was read when the lines were split.
            let language = Language::parse(line.tag().unwrap_or_default());
            if let (Ok(language), Some(value)) = (language, self.value(line, &parse)) {
                values.insert(language, value);
            }
        }
        values
    }

    fn value<T>(
        &mut self,
        line: Line<'a>,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        match parse(line.value) {
            Ok(value) => Some(value),
            Err(what) => {
                let message = format!("`{}`: {what}", line.key);
                self.malformed
                    .push(Malformed::new(line.value_span(), message));
                None
            }
        }
    }

    /// What is missing, told once, at the last line: everything should have stood before.
    fn missing(&self) -> Option<Malformed> {
        let lines: Vec<String> = self.missing.iter().map(|key| format!("`{key}`")).collect();
        let message = match &lines[..] {
            [] => return None,
            [one] => format!("the line {one} is missing"),
            several => format!("the lines {} are missing", several.join(", ")),
        };
        Some(Malformed::new(self.lines.end(), message))
    }
}

/// `[1-9][0-9]*`, no more than any number of a registry.
fn sequence(text: &str) -> Result<u64, &'static str> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = plain.then(|| text.parse().ok()).flatten();
    number
        .filter(|number| *number <= LARGEST)
        .ok_or("the sequence is not 1, 2, 3 … in digits alone")
}

fn previous(text: &str) -> Result<Option<Digest>, &'static str> {
    match text {
        "none" => Ok(None),
        digest => Digest::parse(digest).map(Some).map_err(
            |_| "what was before is neither `none` nor `sha256:` and 64 lower-case hex digits",
        ),
    }
}
