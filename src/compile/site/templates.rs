//! Templates of the pages: those that are built in, and those that a maintainer puts in their place.
//! The only file that knows the template engine.

use crate::base::error::Error;
use crate::base::excerpt::quote;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, escape_formatter};
use serde::Serialize;
use std::collections::BTreeMap;

/// A file that is built in: its name and its content.
pub type BuiltIn = (&'static str, &'static str);

/// The templates, in order of their names.
pub const TEMPLATES: [BuiltIn; 11] = [
    ("badge.svg", include_str!("templates/badge.svg")),
    ("base.html", include_str!("templates/base.html")),
    ("check.html", include_str!("templates/check.html")),
    ("data.html", include_str!("templates/data.html")),
    ("home.html", include_str!("templates/home.html")),
    ("letter.html", include_str!("templates/letter.html")),
    ("parts.html", include_str!("templates/parts.html")),
    ("pictures.html", include_str!("templates/pictures.html")),
    ("sign.html", include_str!("templates/sign.html")),
    ("signatory.html", include_str!("templates/signatory.html")),
    ("versions.html", include_str!("templates/versions.html")),
];

/// The plain files beside the pages, in order of their names.
pub const ASSETS: [BuiltIn; 8] = [
    ("check.js", include_str!("assets/check.js")),
    ("core.js", include_str!("assets/core.js")),
    ("icon.svg", include_str!("assets/icon.svg")),
    ("search.js", include_str!("assets/search.js")),
    ("sign.js", include_str!("assets/sign.js")),
    ("undersigned.css", include_str!("assets/undersigned.css")),
    ("words-en.js", include_str!("assets/words-en.js")),
    ("words-ko.js", include_str!("assets/words-ko.js")),
];

/// What a maintainer puts in the place of built-in files, by name.
pub type Overrides = BTreeMap<String, String>;

/// The templates of a site.
pub struct Templates {
    engine: Environment<'static>,
    assets: BTreeMap<&'static str, Vec<u8>>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Templates")
    }
}

impl Templates {
    /// The built-in files with these in the place of theirs.
    pub fn with(mut overrides: Overrides) -> Result<Self, Error> {
        let mut engine = Environment::new();
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build();
        engine.set_syntax(syntax.map_err(|error| unfit(&error))?);
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        // Whatever a template is called, what strangers wrote is escaped.
        engine.set_auto_escape_callback(|_| AutoEscape::Html);
        engine.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() => Ok(out.write_str(&escaped(text))?),
            _ => escape_formatter(out, state, value),
        });
        for (name, built_in) in TEMPLATES {
            let source = overrides
                .remove(name)
                .unwrap_or_else(|| built_in.to_owned());
            engine
                .add_template_owned(name, source)
                .map_err(|error| unfit(&error))?;
        }
        let mut assets = BTreeMap::new();
        for (name, built_in) in ASSETS {
            let own = overrides.remove(name).map(String::into_bytes);
            assets.insert(name, own.unwrap_or_else(|| served(name, built_in)));
        }
        match overrides.keys().next() {
            None => Ok(Self { engine, assets }),
            Some(unknown) => {
                let known = TEMPLATES.iter().chain(&ASSETS).map(|(name, _)| *name);
                let known: Vec<&str> = known.collect();
                Err(
                    Error::new(format!("there is no template {}", quote(unknown))).with_help(
                        format!("The files that can be replaced are {}.", known.join(", ")),
                    ),
                )
            }
        }
    }

    /// A page of what it says.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<Vec<u8>, Error> {
        let template = self
            .engine
            .get_template(name)
            .map_err(|error| unfit(&error))?;
        let page = template
            .render(Serde(context))
            .map_err(|error| unfit(&error))?;
        Ok(page.into_bytes())
    }

    /// The plain files as they are served, in order of their names.
    pub fn assets(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.assets
            .iter()
            .map(|(name, content)| (*name, content.as_slice()))
    }
}

fn unfit(error: &minijinja::Error) -> Error {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("{name}:{line}"),
        (Some(name), None) => name.to_owned(),
        _ => "a template".to_owned(),
    };
    let mut what = format!("{place}: {}", error.kind());
    if let Some(detail) = error.detail() {
        what.push_str(&format!(": {detail}"));
    }
    Error::new(what)
        .with_help("The templates are those of Jinja; docs/site.md has what they are given.")
}

/// Text as it stands in HTML, between tags or in an attribute in quotes of either kind.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
    }
    written
}

/// A script of ours as it is served: without the lines that only comment it, and without indentation.
fn served(name: &str, content: &str) -> Vec<u8> {
    if !name.ends_with(".js") {
        return content.as_bytes().to_vec();
    }
    let lines = content.lines().map(str::trim_start);
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut bytes = Vec::new();
    for line in kept {
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}
