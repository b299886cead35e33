//! A finding is about the registry: what is so, where, and what to do.

use super::id::Id;
use super::rule::Rule;
use super::source::{Place, Source, Span};

/// How many findings one file may bring before the rest is left out.
pub const MOST: usize = 100;

/// How much a finding weighs: errors decide the exit code, warnings only with `--strict`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something does not hold.
    Error,
    /// Something a maintainer should look at.
    Warning,
}

impl Severity {
    /// The word in every output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One fact about the registry in its present wrong state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule it falls under.
    pub rule: &'static Rule,
    /// How much it weighs; the rule's own weight unless the case is milder or worse.
    pub severity: Severity,
    /// The file.
    pub path: String,
    /// The place in the file, if the finding is about one.
    pub place: Option<Place>,
    /// What is so: lower case, no full stop.
    pub message: String,
    /// What to do: a sentence.
    pub help: String,
    /// The signatory it is about.
    pub signatory: Option<Id>,
    /// The commit that brought it, where a history is judged.
    pub commit: Option<String>,
}

impl Finding {
    /// A finding about a whole file or path.
    pub fn about(rule: &'static Rule, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            path: path.into(),
            place: None,
            message: message.into(),
            help: rule.remedy.to_owned(),
            signatory: None,
            commit: None,
        }
    }

    /// A finding at a place in a file.
    pub fn at(
        rule: &'static Rule,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            place: Some(source.place(span)),
            ..Self::about(rule, source.path(), message)
        }
    }

    /// The same finding with a more exact sentence on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same finding, milder or worse than its rule.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding, about this signatory.
    #[must_use]
    pub fn of(mut self, signatory: &Id) -> Self {
        self.signatory = Some(signatory.clone());
        self
    }

    /// The same finding, brought by this commit.
    #[must_use]
    pub fn in_commit(mut self, commit: impl Into<String>) -> Self {
        self.commit = Some(commit.into());
        self
    }

    /// Whether two findings say the same; their lines may have moved.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.rule.name, &self.path, &self.message)
            == (other.rule.name, &other.path, &other.message)
    }

    /// Whether it is of severity error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Findings about one file in order, at most [`MOST`], and then one that says that there are others.
    pub fn bound(mut findings: Vec<Finding>) -> Vec<Finding> {
        Self::sort(&mut findings);
        if findings.len() > MOST {
            // Errors are kept before warnings, so that no number of warnings hides one.
            findings.sort_by_key(|finding| finding.severity);
            let dropped = findings.split_off(MOST);
            Self::sort(&mut findings);
            if let Some(worst) = dropped.into_iter().next() {
                let message = "further findings about this file are not shown";
                let mut rest = Self::about(worst.rule, worst.path, message);
                rest.severity = worst.severity;
                rest.signatory = worst.signatory;
                rest.commit = worst.commit;
                findings.push(rest);
            }
        }
        findings
    }

    /// Puts findings in the order in which every output prints them: path, place, rule, message.
    pub fn sort(findings: &mut [Finding]) {
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
    }

    /// What is about a whole file comes after what has a place in it.
    fn order(&self) -> (&str, bool, Option<(usize, usize)>, &str, &str) {
        let place = self.place.as_ref().map(|place| (place.line, place.column));
        (
            &self.path,
            place.is_none(),
            place,
            self.rule.name,
            &self.message,
        )
    }
}
