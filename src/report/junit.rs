//! Findings as JUnit's XML, which most CI systems show as a report of tests.

use super::sentence::{message, repeats, sentences};
use crate::base::error::Error;
use crate::base::escape::seen;
use crate::base::finding::{Finding, Severity};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

type Page = Writer<Vec<u8>>;

/// One suite with a case a finding: an error is a case that failed, a warning one that was skipped.
///
/// JUnit has no word for a warning. A failure would turn a run red that ends with exit code 0, and what
/// a passing case prints is shown by few; a skipped one is shown, and turns nothing red. Where nothing
/// is found there is one case, which passes: some readers take a report without any for a broken one.
pub fn write(findings: &[Finding]) -> Result<Vec<u8>, Error> {
    page(findings)
        .map_err(|error| Error::new(format!("the answer cannot be written as XML: {error}")))
}

fn page(findings: &[Finding]) -> io::Result<Vec<u8>> {
    let failed = findings.iter().filter(|finding| finding.is_error()).count();
    let counts = [
        ("name", "undersigned".to_owned()),
        ("tests", findings.len().max(1).to_string()),
        ("failures", failed.to_string()),
        ("errors", "0".to_owned()),
        ("skipped", (findings.len() - failed).to_string()),
    ];
    let mut page = Writer::new_with_indent(Vec::new(), b' ', 2);
    page.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    page.write_event(Event::Start(element("testsuites", &counts)))?;
    page.write_event(Event::Start(element("testsuite", &counts)))?;
    for (finding, number) in findings.iter().zip(repeats(findings)) {
        case(&mut page, finding, number)?;
    }
    if findings.is_empty() {
        let passes = [
            ("name", "no findings".to_owned()),
            ("classname", "undersigned".to_owned()),
        ];
        page.write_event(Event::Empty(element("testcase", &passes)))?;
    }
    page.write_event(Event::End(BytesEnd::new("testsuite")))?;
    page.write_event(Event::End(BytesEnd::new("testsuites")))?;
    let mut bytes = page.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// Of cases with the same name in the same class some readers show one: the second is numbered.
fn case(page: &mut Page, finding: &Finding, number: usize) -> io::Result<()> {
    let mut name = format!("{}: {}", finding.rule.name, message(finding));
    if number > 0 {
        name.push_str(&format!(" ({})", number + 1));
    }
    let class = match finding.path.is_empty() {
        true => "undersigned".to_owned(),
        false => seen(&finding.path),
    };
    let mut about = vec![("name", name), ("classname", class.clone())];
    let mut place = class.clone();
    if !finding.path.is_empty() {
        about.push(("file", class));
    }
    if let Some(at) = &finding.place {
        about.push(("line", at.line.to_string()));
        place.push_str(&format!(":{}:{}", at.line, at.column));
    }
    let told = format!("{place}: {}", sentences(finding));
    page.write_event(Event::Start(element("testcase", &about)))?;
    match finding.severity {
        Severity::Error => {
            let why = [
                ("type", finding.rule.name.to_owned()),
                ("message", message(finding)),
            ];
            text(page, element("failure", &why), &told)?;
        }
        Severity::Warning => {
            let why = [("message", format!("warning: {}", message(finding)))];
            page.write_event(Event::Empty(element("skipped", &why)))?;
            text(page, element("system-out", &[]), &told)?;
        }
    }
    page.write_event(Event::End(BytesEnd::new("testcase")))
}

fn text(page: &mut Page, start: BytesStart<'_>, content: &str) -> io::Result<()> {
    let end = start.to_end().into_owned();
    page.write_event(Event::Start(start))?;
    page.write_event(Event::Text(BytesText::new(content)))?;
    page.write_event(Event::End(end))
}

/// An element with its attributes; the library escapes `<`, `>`, `&` and quotes.
///
/// What XML cannot hold at all, such as U+0000 and U+FFFE, was made visible before.
fn element<'a>(name: &'a str, attributes: &[(&'a str, String)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (name, value) in attributes {
        element.push_attribute((*name, value.as_str()));
    }
    element
}
