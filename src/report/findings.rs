//! The forms that hold findings and nothing else, for what runs in a CI job; docs/ci.md says which is for what.

use super::{github, gitlab, junit, markdown, sarif};
use crate::base::error::Error;
use crate::base::finding::Finding;

/// A form of findings that another program reads, or a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Commands of GitHub Actions, each an annotation.
    Github,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, for test reports.
    Junit,
    /// A section of a page.
    Markdown,
}

/// Every form.
pub const FORMS: [Form; 5] = [
    Form::Github,
    Form::Gitlab,
    Form::Sarif,
    Form::Junit,
    Form::Markdown,
];

/// Findings in a form: each is one result of it, in the order in which they are given.
pub fn write(form: Form, findings: &[Finding]) -> Result<Vec<u8>, Error> {
    match form {
        Form::Github => Ok(github::write(findings).into_bytes()),
        Form::Gitlab => gitlab::write(findings),
        Form::Sarif => sarif::write(findings),
        Form::Junit => junit::write(findings),
        Form::Markdown => Ok(markdown::write(findings).into_bytes()),
    }
}
