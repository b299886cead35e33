//! `explain`: what a rule means and what to do.

use super::answer::Answer;
use crate::base::error::Error;
use crate::base::excerpt::quote;
use crate::base::rule::{RULES, find};
use crate::report::rules;
use clap::Args;

/// Say what a rule means and what to do
///
/// Without RULE every rule is listed, a line each.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  undersigned explain
  undersigned explain signature-does-not-hold
  undersigned explain yaml-not-plain")]
pub struct Explain {
    /// The rule's name, as a finding prints it in brackets
    rule: Option<String>,
}

impl Explain {
    /// Tells the rule, or all of them.
    pub fn run(&self) -> Result<Answer, Error> {
        let text = match &self.rule {
            None => rules::all(),
            Some(name) => rules::explain(find(name).ok_or_else(|| unknown(name))?),
        };
        Ok(Answer::new(text.into_bytes(), false))
    }
}

fn unknown(name: &str) -> Error {
    let near: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.name)
        .filter(|rule| !name.is_empty() && (rule.contains(name) || name.contains(rule)))
        .collect();
    let error = Error::new(format!("there is no rule {}", quote(name)));
    match near.is_empty() {
        true => error.with_help("`undersigned explain` lists every rule."),
        false => error.with_help(format!("Perhaps {} is meant.", near.join(", "))),
    }
}
