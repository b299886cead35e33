//! The whole site, page by page, in an order that depends on nothing but the registry.

use super::badge::Badge;
use super::countries;
use super::frame::{Extent, Frame};
use super::headers;
use super::language::{ALL, Speech};
use super::letter::{PAGE, Pictures, Records, Summary, everybody, groups, pages, retracted};
use super::page::{Base, HomePage, LetterPage, Page, SignLetter, SignPage, SignatoryPage};
use super::shard::{EvidenceShard, Exhibit, INDEX, IndexShard, index_row, shard};
use super::signatory::{OnLetter, Person, Signings};
use super::story::Story;
use super::templates::Templates;
use super::text::versions;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::compile::artifact::Artifact;
use crate::compile::list::{LetterList, List};
use crate::registry::holding::{Record, Registry};
use crate::registry::letters::HeldLetter;
use crate::verify::fold::Fold;
use crate::verify::governance::Governance;
use crate::verify::verdict::{Retraction, Verdict};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many signatories are in memory as pages at once.
const CHUNK: usize = 512;

/// Where what was made goes.
pub type Sink<'s> = dyn FnMut(Artifact) -> Result<(), Error> + 's;

/// Everything that the site is made of.
#[derive(Debug)]
pub struct Site<'a> {
    /// What is published.
    pub list: &'a List<'a>,
    /// What lies in the registry.
    pub registry: &'a Registry,
    /// What the statements of each record come to, in the order of the records.
    pub folds: &'a [Fold],
    /// What happened.
    pub story: &'a Story<'a>,
    /// How pages look.
    pub templates: &'a Templates,
}

/// A signatory with all that its page needs.
struct Subject<'a> {
    record: &'a Record,
    fold: &'a Fold,
    on: Vec<(&'a LetterList<'a>, Option<&'a Verdict>, usize)>,
    retracted: Vec<(&'a LetterList<'a>, &'a Retraction)>,
}

impl<'a> Site<'a> {
    /// Writes every page and file.
    pub fn write(&self, sink: &mut Sink<'_>) -> Result<(), Error> {
        for (name, content) in self.templates.assets() {
            sink(artifact(format!("assets/{name}"), content.to_vec()))?;
        }
        for file in headers::files() {
            sink(file)?;
        }
        let extents = self.list.letters.iter().map(|letter| {
            let extent = Extent {
                pages: pages(letter),
                shards: shards(letter),
            };
            (letter.report.id.as_str(), extent)
        });
        let records = self.records_by_id();
        let frame = Frame::of(self.registry, &extents.collect())?;
        let json = frame.json()?;
        let signing = frame.clone().for_signing(self.registry).json()?;
        for speech in ALL {
            self.common(speech, &signing, sink)?;
            for letter in &self.list.letters {
                self.letter(letter, &records, speech, &json, sink)?;
            }
        }
        for letter in &self.list.letters {
            self.data(letter, &records, &frame, sink)?;
        }
        self.signatories(&records, &json, sink)
    }

    fn base(&self, speech: Speech, depth: usize, here: &str) -> Base<'a> {
        Base::of(self.list, self.registry, speech, depth, here)
    }

    fn page(
        &self,
        template: &str,
        base: &Base<'_>,
        own: impl Serialize,
    ) -> Result<Artifact, Error> {
        let bytes = self.templates.render(template, &Page { base, own })?;
        Ok(artifact(
            format!("{}{}", base.lang.folder(), base.here),
            bytes,
        ))
    }

    /// The home page, how to sign, how to check, and the data.
    fn common(&self, speech: Speech, frame: &str, sink: &mut Sink<'_>) -> Result<(), Error> {
        let letters = || -> Vec<Summary<'_>> {
            let each = self.list.letters.iter();
            each.map(|letter| Summary::of(letter, speech)).collect()
        };
        for (template, here) in [
            ("home.html", "index.html"),
            ("check.html", "check.html"),
            ("data.html", "data.html"),
        ] {
            let base = self.base(speech, 0, here);
            sink(self.page(template, &base, HomePage { letters: letters() })?)?;
        }
        let each = letters().into_iter().map(|summary| SignLetter {
            href: format!("letters/{}/index.html", summary.id),
            versions_href: format!("letters/{}/versions.html", summary.id),
            summary,
        });
        let own = SignPage {
            letters: each.collect(),
            countries: countries::all(speech)?,
            frame: frame.to_owned(),
        };
        if own.letters.is_empty() {
            return Ok(());
        }
        sink(self.page("sign.html", &self.base(speech, 0, "sign.html"), own)?)
    }

    /// The pages of a letter in one language.
    fn letter(
        &self,
        list: &LetterList<'_>,
        records: &Records<'_>,
        speech: Speech,
        frame: &str,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let Some(held) = self.registry.letters.get(&list.report.id) else {
            return Ok(());
        };
        let summary = Summary::of(list, speech);
        let all = versions(held, speech);
        let pictures = Pictures::of(list, records, self.story, speech);
        let count = pages(list);
        let codes = everybody(list)
            .filter_map(|verdict| Some(verdict.signatory.as_ref()?.country.as_ref()?.as_str()));
        let countries = countries::choice(codes, speech)?;
        let own = |page| LetterPage {
            letter: &summary,
            page,
            page_count: count,
            index_shards: shards(list),
            version_pages: &all,
            groups: groups(list, page, speech),
            retracted: if page == 1 {
                retracted(list)
            } else {
                Vec::new()
            },
            pictures: (page == 1).then_some(&pictures),
            countries: countries.clone(),
            frame,
        };
        for page in 1..=count {
            let here = match page {
                1 => format!("letters/{}/index.html", list.report.id),
                _ => format!("letters/{}/signatories-{page}.html", list.report.id),
            };
            sink(self.page("letter.html", &self.base(speech, 2, &here), own(page))?)?;
        }
        let here = format!("letters/{}/versions.html", list.report.id);
        sink(self.page("versions.html", &self.base(speech, 2, &here), own(1))?)?;
        let badge = Badge::of(list, speech);
        let bytes = self.templates.render("badge.svg", &badge)?;
        let place = format!("{}letters/{}/badge.svg", speech.folder(), list.report.id);
        sink(artifact(place, bytes))
    }

    /// The exact texts of a letter, and what scripts load of it.
    fn data(
        &self,
        list: &LetterList<'_>,
        records: &Records<'_>,
        frame: &Frame<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let id = &list.report.id;
        let held: Option<&HeldLetter> = self.registry.letters.get(id);
        for version in held.into_iter().flat_map(|held| &held.letter.versions) {
            for text in &version.texts {
                let key = (version.number, text.language.clone());
                let kept = held.and_then(|held| held.texts.get(&key));
                if let Some(kept) = kept {
                    let place = format!("letters/{id}/{}", text.file.as_str());
                    sink(artifact(place, kept.bytes.clone()))?;
                }
            }
        }
        let all: Vec<&Verdict> = everybody(list).collect();
        for (at, on_page) in all.chunks(PAGE).enumerate() {
            let place = format!("letters/{id}/evidence-{}.js", at + 1);
            let signatories = on_page.iter().filter_map(|verdict| {
                let (record, _) = records.get(&verdict.id)?;
                Some(Exhibit::of(id.as_str(), verdict, record))
            });
            let evidence = EvidenceShard {
                frame,
                letter: id.as_str(),
                signatories: signatories.collect(),
            };
            sink(artifact(place.clone(), shard(&place, &evidence)?))?;
        }
        for (at, rows) in all.chunks(INDEX).enumerate() {
            let place = format!("letters/{id}/index-{}.js", at + 1);
            let first = at * INDEX;
            let rows = rows.iter().enumerate();
            let rows = rows.map(|(row, verdict)| index_row(verdict, (first + row) / PAGE + 1));
            let index = IndexShard {
                rows: rows.collect(),
            };
            sink(artifact(place.clone(), shard(&place, &index)?))?;
        }
        Ok(())
    }

    /// The page of everybody who is published, with the files that other programs check.
    fn signatories(
        &self,
        records: &Records<'_>,
        frame: &str,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let governance = Governance::of(self.registry);
        let subjects: Vec<Subject<'_>> = self.subjects(records);
        for chunk in subjects.chunks(CHUNK) {
            let made: Vec<Result<Vec<Artifact>, Error>> = chunk
                .par_iter()
                .map(|subject| self.signatory(&governance, subject, frame))
                .collect();
            for artifacts in made {
                artifacts?.into_iter().try_for_each(&mut *sink)?;
            }
        }
        Ok(())
    }

    fn signatory(
        &self,
        governance: &Governance<'_>,
        subject: &Subject<'_>,
        frame: &str,
    ) -> Result<Vec<Artifact>, Error> {
        let record = subject.record;
        let id = &record.signatory.id;
        let mut made = Vec::new();
        let signings = Signings::of(governance, record, subject.fold);
        for speech in ALL {
            let on_letters = self.list.letters.iter().filter_map(|list| {
                let same = |other: &&LetterList<'_>| other.report.id == list.report.id;
                let on = subject.on.iter().find(|(letter, ..)| same(letter));
                let retracted = subject.retracted.iter();
                let retracted: Vec<&Retraction> = retracted
                    .filter(|(letter, _)| same(letter))
                    .map(|(_, one)| *one)
                    .collect();
                if on.is_none() && retracted.is_empty() {
                    return None;
                }
                let verdict = on.and_then(|(_, verdict, _)| *verdict);
                Some(OnLetter::of(list.report, verdict, &retracted, speech))
            });
            let pages = subject.on.iter();
            let own = SignatoryPage {
                person: Person::of(record, speech),
                on_letters: on_letters.collect(),
                list_pages: pages
                    .map(|(list, _, page)| (list.report.id.as_str(), *page))
                    .collect(),
                statements: &signings.statements,
                attestations: &signings.attestations,
                history: self.story.lines(id, speech),
                frame,
            };
            let here = format!("signatories/{id}/index.html");
            made.push(self.page("signatory.html", &self.base(speech, 2, &here), own)?);
        }
        // They come after the page at the root, where they lie.
        let files = signings.files.into_iter().map(|file| Artifact {
            name: format!("signatories/{id}/{}", file.name),
            bytes: file.bytes,
        });
        let mut pages = made.into_iter();
        let first = pages.next().into_iter();
        Ok(first.chain(files).chain(pages).collect())
    }

    /// Everybody who has a published standing or a listing that was taken back, in order of id.
    fn subjects<'s>(&'s self, records: &Records<'s>) -> Vec<Subject<'s>> {
        let mut subjects: BTreeMap<&Id, Subject<'_>> = BTreeMap::new();
        for list in &self.list.letters {
            for (at, verdict) in everybody(list).enumerate() {
                let Some(subject) = entered(&mut subjects, records, &verdict.id) else {
                    continue;
                };
                subject.on.push((list, Some(verdict), at / PAGE + 1));
            }
            for one in &list.retracted {
                if let Some(subject) = entered(&mut subjects, records, &one.id) {
                    subject.retracted.push((list, *one));
                }
            }
        }
        subjects.into_values().collect()
    }

    fn records_by_id(&self) -> Records<'a> {
        let each = self.registry.records.iter().zip(self.folds);
        each.map(|(record, fold)| (&record.signatory.id, (record, fold)))
            .collect()
    }
}

/// How many shards the index of a letter has.
fn shards(list: &LetterList<'_>) -> usize {
    everybody(list).count().div_ceil(INDEX)
}

/// The subject of this id, made where it is met first; nobody whose record does not hold.
fn entered<'s, 'a>(
    subjects: &'s mut BTreeMap<&'a Id, Subject<'a>>,
    records: &Records<'a>,
    id: &Id,
) -> Option<&'s mut Subject<'a>> {
    let (id, (record, fold)) = records.get_key_value(id)?;
    if fold.refused {
        return None;
    }
    let subject = subjects.entry(id).or_insert_with(|| Subject {
        record,
        fold,
        on: Vec::new(),
        retracted: Vec::new(),
    });
    Some(subject)
}

fn artifact(name: String, bytes: Vec<u8>) -> Artifact {
    Artifact { name, bytes }
}
