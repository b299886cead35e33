//! The letters and the charter in a step. Implements docs/formats/16-history.md, steps 18 to 21 and 26.

use super::bench::{Bench, Part};
use super::charter;
use super::event::{Event, Happening};
use super::letters::{self, letter};
use super::owed::{Owed, Subject};
use super::step::{Judged, Step};
use super::telling::letter_events;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::id::Id;
use crate::registry::layout::{self, Slot};
use std::collections::BTreeSet;

impl Step<'_> {
    /// Whether each file of a letter but letter.yaml is as it is owed.
    fn restores_texts(&self, id: &Id, owed: &Owed) -> Result<bool, Error> {
        for difference in &self.differences {
            let path = &difference.path;
            let of_letter = matches!(layout::slot(path), Some(Slot::Text(of, ..)) if of == *id);
            if of_letter && !owed.is_as_it_was(path, difference.after, &self.before)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn judge_letter(
        &self,
        bench: &Bench<'_>,
        id: &Id,
        owed: &Owed,
        judged: &mut Judged,
    ) -> Result<(), Error> {
        let mut before = self.before.clone();
        if let (Some(lineage), None) = (self.lineage(bench), letter(&self.before, id)?)
            && self.before.leaf(&letters::path(id))?.is_some()
            && let Some(tree) = lineage.last_readable_letter(id)?
        {
            before = self.before.at(Some(tree));
        }
        let findings = if let Some(pure) = owed.mend_letter(id, &self.before, &self.after)? {
            let subject = Subject::Letter(id.clone());
            if pure && self.restores_texts(id, owed)? {
                judged.restored.insert(subject.clone());
            }
            judged.mended.push(subject);
            Vec::new()
        } else {
            letters::judge(id, &before, &self.after)?
        };
        let subject = Subject::Letter(id.clone());
        let is_of = |one: &Finding| match layout::slot(&one.path) {
            Some(Slot::Letter(of) | Slot::Text(of, ..)) => of == *id && one.is_error(),
            _ => false,
        };
        if (!findings.is_empty() || owed.is_due(&subject))
            && !judged.standing.iter().any(is_of)
            && let Some(after) = letter(&self.after, id)?
        {
            // What the step adds, and what was there beyond what is owed once its files have no error.
            let before = letter(&before, id)?;
            let mut grown = letters::Growth::between(before.as_ref(), &after);
            if let Some(tree) = owed.letter_form(id) {
                let first = letter(&self.after.at(tree), id)?;
                grown.extend(letters::Growth::between(first.as_ref(), &after));
            }
            judged.grown_letters.insert(id.clone(), grown);
        }
        let told = findings
            .into_iter()
            .map(|finding| (subject.clone(), finding));
        judged.unlawful.extend(told);
        judged
            .events
            .extend(letter_events(id, &self.before, &self.after)?);
        Ok(())
    }

    pub(super) fn judge_charter(
        &self,
        bench: &Bench<'_>,
        owed: &Owed,
        part: &Part,
        judged: &mut Judged,
    ) -> Result<(), Error> {
        for finding in charter::superseded(&self.differences) {
            let subject = Subject::Superseded(finding.path.clone());
            judged.unlawful.push((subject, finding));
        }
        for difference in &self.differences {
            if owed.mends_superseded(difference, &self.before)? {
                let subject = Subject::Superseded(difference.path.clone());
                judged.unlawful.retain(|(known, _)| *known != subject);
                judged.restored.insert(subject.clone());
                judged.mended.push(subject);
            }
        }
        let path = layout::CHARTER;
        let mut paths = self.differences.iter().map(|difference| &difference.path);
        if !paths.any(|differing| differing == path) {
            return Ok(());
        }
        if owed.mends_charter(&self.after, &part.registry)? {
            judged.mended.push(Subject::Charter);
            if owed.is_charter(&self.after)? {
                judged.restored.insert(Subject::Charter);
            }
        } else {
            let mut before = self.before.clone();
            if let (Some(lineage), false) =
                (self.lineage(bench), charter::can_be_read(&self.before)?)
                && charter::can_be_read(&self.after)?
                && let Some(tree) = lineage.last_charter()?
            {
                before = self.before.at(Some(tree));
            }
            let finding = charter::judge(&before, &self.after, &part.registry)?;
            let told = finding.map(|finding| (Subject::Charter, finding));
            judged.unlawful.extend(told);
        }
        if self.before.leaf(path)?.is_some() {
            let event = Event::new(Happening::CharterChanged, path);
            let before = bench.part(&self.before, &BTreeSet::new(), None)?;
            judged
                .events
                .push(charter::told(&before.registry, &part.registry, event));
        }
        Ok(())
    }
}
