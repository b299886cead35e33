//! signatories.csv, for spreadsheets: UTF-8 with a byte order mark, no cell a formula (RFC 4180).

use super::list::{LetterList, List};
use crate::base::error::Error;
use crate::verify::held::Held;
use crate::verify::verdict::Verdict;
use ::csv::{QuoteStyle, Terminator, WriterBuilder};

const COLUMNS: [&str; 19] = [
    "letter",
    "current_version",
    "current_text",
    "commit",
    "id",
    "name",
    "names",
    "country",
    "website",
    "standing",
    "standing_version",
    "listed_as",
    "accreditations",
    "key",
    "statement",
    "claimed_date",
    "endorsed_texts",
    "binding",
    "claimed_reason",
];

/// So that spreadsheets read Korean names as UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The list as CSV.
pub fn write(list: &List<'_>) -> Result<Vec<u8>, Error> {
    let failed =
        |error: ::csv::Error| Error::new(format!("the list cannot be written as CSV: {error}"));
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(COLUMNS).map_err(failed)?;
    for letter in &list.letters {
        for verdict in letter.groups.iter().flat_map(|group| &group.verdicts) {
            let cells = row(list, letter, verdict).map(|cell| defused(&cell));
            writer.write_record(cells).map_err(failed)?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| Error::new(format!("the list cannot be written as CSV: {error}")))
}

fn row(list: &List<'_>, letter: &LetterList<'_>, verdict: &Verdict) -> [String; 19] {
    let report = letter.report;
    let authentic = report
        .texts
        .iter()
        .find(|text| text.language == report.authentic);
    let record = verdict.signatory.as_ref();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let names = record.map(|record| {
        let each = record
            .names
            .iter()
            .map(|(language, name)| format!("{language}: {name}"));
        each.collect::<Vec<_>>().join("; ")
    });
    let accreditations = record.map(|record| {
        let each = record
            .accreditations
            .iter()
            .map(|claim| format!("{}: {}", claim.body, claim.status));
        each.collect::<Vec<_>>().join("; ")
    });
    let basis = verdict.basis();
    let endorsed = basis.map(Held::tags).unwrap_or_default();
    let listed_as = verdict.listing.as_ref().map(|listing| {
        let each = listing
            .spellings
            .iter()
            .map(|(spelling, _)| spelling.as_str());
        each.collect::<Vec<_>>().join("; ")
    });
    [
        report.id.to_string(),
        report.version.to_string(),
        authentic
            .map(|text| text.digest.to_string())
            .unwrap_or_default(),
        list.revision.to_owned(),
        verdict.id.to_string(),
        verdict.name().to_owned(),
        names.unwrap_or_default(),
        text(
            record
                .and_then(|record| record.country.as_ref())
                .map(|country| country.as_str()),
        ),
        text(
            record
                .and_then(|record| record.website.as_ref())
                .map(|website| website.as_str()),
        ),
        verdict.standing.word().to_owned(),
        verdict
            .version
            .map(|version| version.to_string())
            .unwrap_or_default(),
        listed_as.unwrap_or_default(),
        accreditations.unwrap_or_default(),
        basis.and_then(Held::fingerprint).unwrap_or_default(),
        basis
            .map(|held| held.digest().to_string())
            .unwrap_or_default(),
        basis
            .map(|held| held.date().to_string())
            .unwrap_or_default(),
        endorsed.join("; "),
        verdict.means().join("; "),
        basis.and_then(Held::reason).unwrap_or_default().to_owned(),
    ]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what could begin one.
fn defused(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        assert_eq!(defused("Peace & Justice"), "Peace & Justice");
    }
}
