//! A pull request told: `review`, for people and as `schemas/review.schema.json`.

use super::happenings::{CommitJson, EventJson};
use super::json::{self, FindingJson};
use super::markdown;
use super::page::{Medium, Page};
use super::terminal;
use crate::base::error::Error;
use crate::base::excerpt::count;
use crate::base::finding::Finding;
use crate::base::json::to_bytes;
use crate::history::event::Event;
use crate::history::pull_request::PullRequest;
use crate::registry::commit::Commit;
use serde::Serialize;

/// A pull request with the commits that it is about.
#[derive(Debug)]
pub struct Review<'a> {
    /// What it comes to.
    pub request: &'a PullRequest,
    /// The commit that it is for; nothing where it founds the repository.
    pub base: Option<&'a Commit>,
    /// Its last commit.
    pub head: &'a Commit,
}

#[derive(Serialize)]
struct ReviewJson<'a> {
    schema: &'static str,
    base: Option<CommitJson<'a>>,
    head: CommitJson<'a>,
    merge_base: Option<CommitJson<'a>>,
    commits: usize,
    records: RecordsJson,
    events: Vec<EventJson<'a>>,
    look_at: &'a [String],
    other_files: &'a [String],
    findings: Vec<FindingJson<'a>>,
    apart: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct RecordsJson {
    judged: usize,
    compared: usize,
    from_index: bool,
}

/// How many files outside the registry are named.
const NAMED: usize = 20;

impl Review<'_> {
    /// As JSON.
    pub fn json(&self) -> Result<Vec<u8>, Error> {
        let request = self.request;
        let (judged, compared) = request.judged;
        to_bytes(&ReviewJson {
            schema: "undersigned/review/v1",
            base: self.base.map(CommitJson::of),
            head: CommitJson::of(self.head),
            merge_base: request.merge_base.as_ref().map(CommitJson::of),
            commits: request.commits,
            records: RecordsJson {
                judged,
                compared,
                from_index: request.from_index,
            },
            events: request
                .events
                .iter()
                .map(|event| EventJson::of(event, None))
                .collect(),
            look_at: &request.look,
            other_files: &request.outside,
            findings: json::findings(&request.findings),
            apart: json::findings(&request.apart),
        })
    }

    /// For a terminal.
    pub fn text(&self, quiet: bool) -> String {
        let mut text = String::new();
        if !quiet {
            text.push_str(&self.page(Medium::Terminal));
            text.push('\n');
        }
        text.push_str(&terminal::findings(&self.request.findings));
        if !self.request.apart.is_empty() && !quiet {
            text.push_str("\nApart from this pull request, and no reason against it:\n\n");
            text.push_str(&terminal::findings(&self.request.apart));
        }
        text
    }

    /// As a page of Markdown.
    pub fn markdown(&self) -> String {
        let mut page = Page::new(Medium::Markdown);
        self.tell(&mut page);
        let mut text = page.finish();
        text.push('\n');
        text.push_str(&markdown::write(&self.request.findings));
        if !self.request.apart.is_empty() {
            let heading = "Apart from this pull request, and no reason against it";
            text.push_str(&format!("\n## {heading}\n\n"));
            text.push_str(&markdown::items(&self.request.apart));
        }
        text
    }

    fn page(&self, medium: Medium) -> String {
        let mut page = Page::new(medium);
        self.tell(&mut page);
        page.finish()
    }

    fn tell(&self, page: &mut Page) {
        let request = self.request;
        page.heading(1, "Pull request");
        let base = match self.base {
            Some(base) => base.id.short(),
            None => "nothing".to_owned(),
        };
        page.paragraph(&format!(
            "{} to {}, {} from where both began",
            base,
            self.head.id.short(),
            count(request.commits, "commit")
        ));
        page.heading(2, "What it does");
        let events: Vec<&Event> = request.events.iter().collect();
        for event in &events {
            page.item(0, &event.sentence());
        }
        if !request.outside.is_empty() {
            let shown: Vec<&str> = request
                .outside
                .iter()
                .take(NAMED)
                .map(String::as_str)
                .collect();
            let more = match request.outside.len() - shown.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            page.item(
                0,
                &format!(
                    "changes other files, of which nothing is concluded: {}{more}",
                    shown.join(", ")
                ),
            );
        } else if events.is_empty() {
            page.item(0, "changes nothing that the registry says");
        }
        if !request.look.is_empty() {
            page.heading(2, "Look at");
            for words in &request.look {
                page.item(0, words);
            }
        }
        let (judged, all) = request.judged;
        page.heading(2, "How it was judged");
        page.paragraph(&format!(
            "Judged with the charter and the letters of the base: {}, compared by name, domain and key with the {} of the registry. What it does not touch was not verified again; `undersigned verify` does that.",
            count(judged, "record"),
            count(all, "record")
        ));
        if request.from_index {
            page.paragraph("Whom to compare with is from index: it was looked up in what an earlier run kept. `--no-index` reads every record instead.");
        }
    }
}

/// A finding on one line.
pub fn told(finding: &Finding) -> String {
    let place = finding
        .place
        .as_ref()
        .map(|place| format!(":{}:{}", place.line, place.column));
    format!(
        "{} {}: {} ({}{}). {}",
        finding.severity.name(),
        finding.rule.name,
        finding.message,
        finding.path,
        place.unwrap_or_default(),
        finding.help
    )
}
