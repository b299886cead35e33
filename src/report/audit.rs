//! A whole history told: `audit`, as a page that can be quoted and as `schemas/audit.schema.json`.

use super::bonds;
use super::happenings::CommitJson;
use super::json::{self, FindingJson};
use super::page::{Medium, Page};
use super::review::told;
use crate::base::error::Error;
use crate::base::excerpt::{count, quote};
use crate::base::finding::Finding;
use crate::base::json::{Counts, to_bytes};
use crate::history::walk::{Deviation, Walk};
use crate::registry::commit::Commit;
use crate::verify::verdict::Report;
use serde::Serialize;

/// A history with the state that it ends in.
#[derive(Debug)]
pub struct Audit<'a> {
    /// What it comes to.
    pub walk: &'a Walk,
    /// The commit that was audited.
    pub head: &'a Commit,
    /// The commit that somebody kept.
    pub since: Option<&'a Commit>,
    /// The verdicts at the end; nothing where there is no registry any more.
    pub report: Option<&'a Report>,
}

#[derive(Serialize)]
struct AuditJson<'a> {
    schema: &'static str,
    origin: Option<&'a str>,
    head: CommitJson<'a>,
    since: Option<CommitJson<'a>>,
    rewritten: bool,
    first: Option<CommitJson<'a>>,
    commits: usize,
    steps: Vec<StepJson<'a>>,
    letters: Vec<LetterJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    commit: Option<CommitJson<'a>>,
    findings: Vec<DeviationJson<'a>>,
}

#[derive(Serialize)]
struct DeviationJson<'a> {
    #[serde(flatten)]
    finding: FindingJson<'a>,
    mended_by: Option<CommitJson<'a>>,
}

#[derive(Serialize)]
struct LetterJson<'a> {
    id: &'a str,
    version: u64,
    counts: Counts,
}

impl Audit<'_> {
    /// All findings: those of the history in its order, then those of the state at its end.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.walk.findings();
        findings.extend(
            self.report
                .into_iter()
                .flat_map(|report| report.findings.clone()),
        );
        findings
    }

    /// As JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        let walk = self.walk;
        let commit = |at: Option<usize>| at.and_then(|at| walk.commits.get(at)).map(CommitJson::of);
        let steps = walk
            .by_commit()
            .into_iter()
            .map(|(at, deviations)| StepJson {
                commit: commit(at),
                findings: deviations
                    .into_iter()
                    .map(|one| DeviationJson {
                        finding: json::finding(&one.finding),
                        mended_by: commit(one.mended),
                    })
                    .collect(),
            });
        let findings = self.findings();
        to_bytes(&AuditJson {
            schema: "undersigned/audit/v1",
            origin: self.origin(),
            head: CommitJson::of(self.head),
            since: self.since.map(CommitJson::of),
            rewritten: walk.rewritten,
            first: commit(Some(0)),
            commits: walk.commits.len(),
            steps: steps.collect(),
            letters: self
                .report
                .into_iter()
                .flat_map(|report| &report.letters)
                .map(|letter| LetterJson {
                    id: letter.id.as_str(),
                    version: letter.version,
                    counts: Counts(letter.counts().into_iter().collect()),
                })
                .collect(),
            findings: json::findings(&findings),
        })
    }

    /// As a page.
    pub fn page(&self, medium: Medium) -> String {
        let mut page = Page::new(medium);
        page.heading(
            1,
            &format!("History of {}", self.origin().unwrap_or("a registry")),
        );
        self.tell_extent(&mut page);
        let (errors, warnings): (Vec<&Deviation>, Vec<&Deviation>) = self
            .walk
            .deviations
            .iter()
            .partition(|one| one.finding.is_error());
        page.heading(2, "What was not lawful");
        if errors.is_empty() {
            page.paragraph("Nothing: no record, statement, listing or text was lost or changed against the rules.");
        }
        self.tell(&mut page, &errors);
        if !warnings.is_empty() {
            page.heading(2, "What to look at");
            self.tell(&mut page, &warnings);
        }
        self.tell_end(&mut page);
        bonds::tell(self.report, self.head, &mut page);
        page.heading(2, "What this cannot show");
        page.paragraph("A history shows only what its host gave out. Whoever keeps a commit id from earlier can compare: undersigned audit --since ID. Authors and times of commits are as they were recorded; anybody can set them.");
        page.paragraph(&format!("Keep this id: {}", self.head.id));
        page.finish()
    }

    fn origin(&self) -> Option<&str> {
        let charter = self.report.and_then(|report| report.charter.as_ref());
        charter.map(|charter| charter.origin.as_str())
    }

    fn tell_extent(&self, page: &mut Page) {
        let walk = self.walk;
        let commits = count(walk.commits.len(), "commit");
        let from = match (self.since, walk.commits.first()) {
            (Some(since), _) => format!("{commits} since {} of {}", since.id.short(), since.day()),
            (None, Some(first)) => {
                format!(
                    "{commits} from the first, {} of {}",
                    first.id.short(),
                    first.day()
                )
            }
            (None, None) => commits,
        };
        page.paragraph(&format!(
            "Judged: {from}, to {} of {}.",
            self.head.id,
            self.head.day()
        ));
        let errors = walk
            .deviations
            .iter()
            .filter(|one| one.finding.is_error())
            .count();
        let summary = match (errors, walk.open()) {
            (0, _) => "Every step was lawful.".to_owned(),
            (all, 0) => format!(
                "{} against the rules, all of them mended later.",
                count(all, "change")
            ),
            (all, open) => format!(
                "{} against the rules, of which {open} are not mended.",
                count(all, "change")
            ),
        };
        page.paragraph(&summary);
    }

    /// Deviations in their order, each commit once.
    fn tell(&self, page: &mut Page, deviations: &[&Deviation]) {
        let mut last = None;
        for (index, one) in deviations.iter().enumerate() {
            if index == 0 || last != one.commit {
                last = one.commit;
                match one.commit.and_then(|at| self.walk.commits.get(at)) {
                    Some(commit) => page.item(
                        0,
                        &format!(
                            "{}, commit {} by {}, {}",
                            commit.day(),
                            commit.id.short(),
                            commit.author,
                            quote(&commit.subject)
                        ),
                    ),
                    None => page.item(0, "compared with the commit that was kept"),
                }
            }
            let mended = match one.mended.and_then(|at| self.walk.commits.get(at)) {
                Some(commit) => {
                    format!(
                        " Mended by commit {} of {}.",
                        commit.id.short(),
                        commit.day()
                    )
                }
                None => String::new(),
            };
            let finding = &one.finding;
            let place = finding.place.as_ref();
            let place = place.map(|place| format!(":{}:{}", place.line, place.column));
            page.item(
                1,
                &format!(
                    "{}: {} ({}{}).{mended}",
                    finding.rule.name,
                    finding.message,
                    finding.path,
                    place.unwrap_or_default()
                ),
            );
        }
    }

    fn tell_end(&self, page: &mut Page) {
        page.heading(2, "Where it ends");
        let Some(report) = self.report else {
            page.paragraph("There is no registry any more.");
            return;
        };
        for letter in &report.letters {
            let counts: Vec<String> = letter
                .counts()
                .into_iter()
                .filter(|(_, number)| *number > 0)
                .map(|(word, number)| format!("{number} {word}"))
                .collect();
            let counts = match counts.is_empty() {
                true => "nobody".to_owned(),
                false => counts.join(", "),
            };
            page.item(
                0,
                &format!(
                    "{} ({}), version {}: {counts}",
                    letter.title, letter.id, letter.version
                ),
            );
        }
        match report.findings.is_empty() {
            true => page.paragraph(
                "All signatures, texts and listings at the end were verified: no findings.",
            ),
            false => {
                page.paragraph("Found at the end:");
                for finding in &report.findings {
                    page.item(0, &told(finding));
                }
            }
        }
    }
}
