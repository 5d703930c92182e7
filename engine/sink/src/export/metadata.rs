//! What the user says beside the rows: who the patient is, when the tumour was diagnosed, who reports.
//!
//! A CSV file with one line a document and the columns of `FIELDS`; the line with the `doc_id` `*` holds for every document that does not
//! say otherwise. Every value is checked here against what the formats take, so that a slip is told with its line and column before
//! anything is written. Messages never quote a value: it is about a person.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use befund_core::Failure;

use super::ReportKind;
use super::date::PartialDate;

/// A column of the metadata.
struct Field {
    name: &'static str,
    fits: fn(&str) -> bool,
    takes: &'static str,
}

const fn field(name: &'static str, fits: fn(&str) -> bool, takes: &'static str) -> Field {
    Field { name, fits, takes }
}

/// Every column but `doc_id`. The sets and patterns are those of oBDS 3.0.4.
const FIELDS: &[Field] = &[
    field("patient_id", is_id, "1 to 50 characters"),
    field("last_name", is_name, "a name in Latin letters"),
    field("first_names", is_name, "names in Latin letters"),
    field("sex", |text| one_of(text, &["M", "W", "D", "X", "U"]), "M, W, D, X or U"),
    field("birth_date", is_date, DATE),
    field("insurer_ik", |text| is_digits(text, 9), "nine figures"),
    field("insurance_number", is_line, "one line in Latin letters"),
    field("diagnosis_date", is_date, DATE),
    field("date", |text| PartialDate::parse(text).is_some_and(PartialDate::is_exact), "YYYY-MM-DD"),
    field("tumour_id", is_id, "1 to 50 characters"),
    field("side", |text| one_of(text, &["L", "R", "B", "M", "U", "T"]), "L, R, B, M, U or T"),
    field("icd10", is_icd10, "C50, C50.4 or D05.1"),
    field("icd10_version", is_icd10_version, "\"10 2025 GM\", \"10 2019 WHO\" or Sonstige"),
    field("morphology", is_morphology, "8500/3"),
    field("morphology_version", |text| one_of(text, &["31", "32", "33", "bb"]), "31, 32, 33 or bb"),
    field("report", |text| one_of(text, &["pathology", "clinical"]), "pathology or clinical"),
    field(
        "certainty",
        |text| one_of(text, &["1", "2", "4", "5", "6", "7", "7.1", "7.2", "7.3", "8", "9"]),
        "1, 2, 4, 5, 6, 7, 7.1, 7.2, 7.3, 8 or 9",
    ),
    field("notification_basis", |text| one_of(text, &["I", "A", "D", "W", "V"]), "I, A, D, W or V"),
    field("own_service", |text| one_of(text, &["J", "N", "U"]), "J, N or U"),
    field("referrer", is_line, "one line in Latin letters"),
];

const DATE: &str = "YYYY-MM-DD, YYYY-MM or YYYY, from 1900 to 2029";

/// The `doc_id` of the line that holds for all.
const ALL: &str = "*";

type Line = HashMap<&'static str, String>;

/// The file as read.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    all: Line,
    documents: HashMap<String, Line>,
}

/// What is said of one document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    document: Option<&'a Line>,
    all: &'a Line,
}

impl<'a> Facts<'a> {
    /// The value of a column of `FIELDS`.
    pub fn get(&self, field: &str) -> Option<&'a str> {
        self.document.and_then(|line| line.get(field)).or_else(|| self.all.get(field)).map(String::as_str)
    }

    /// A date.
    pub fn date(&self, field: &str) -> Option<PartialDate> {
        PartialDate::parse(self.get(field)?)
    }

    /// The kind of report.
    pub fn report(&self) -> Option<ReportKind> {
        self.get("report").map(|kind| if kind == "pathology" { ReportKind::Pathology } else { ReportKind::Clinical })
    }
}

impl Metadata {
    /// Reads the file; without one nothing is said of any document.
    pub fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::default()) };
        let unreadable = |cause| {
            let what = format!("cannot read the metadata {}", path.display());
            Failure::from_cause(what, "give a CSV file in UTF-8", cause)
        };
        let text = fs::read_to_string(path).map_err(unreadable)?;
        Self::parse(&text).map_err(|slip| {
            let what = format!("{} in the metadata {}{}", slip.what, path.display(), slip.place);
            Failure::new(what, slip.remedy)
        })
    }

    fn parse(text: &str) -> Result<Self, Slip> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let header = text.lines().next().unwrap_or("");
        let separator =
            *b";\t,".iter().max_by_key(|mark| header.bytes().filter(|byte| byte == *mark).count()).unwrap_or(&b',');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(text.as_bytes());
        let broken = |error: csv::Error| {
            let line = error.position().map_or(0, csv::Position::line);
            Slip::at(
                line,
                "",
                "a broken record",
                "give every line as many columns as the first, and close every quote".into(),
            )
        };
        let names = reader.headers().map_err(broken)?.clone();
        let mut columns = Vec::with_capacity(names.len());
        for name in &names {
            let known = FIELDS.iter().find(|field| field.name == name);
            if known.is_none() && name != "doc_id" {
                let all: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
                let remedy = format!("the columns are doc_id, {}", all.join(", "));
                return Err(Slip::at(1, name, "an unknown column", remedy));
            }
            columns.push(known);
        }
        if columns.iter().filter(|column| column.is_none()).count() != 1 {
            return Err(Slip::at(
                1,
                "doc_id",
                "no column or more than one",
                "name the document of each line in one column".into(),
            ));
        }
        let mut metadata = Self::default();
        for record in reader.records() {
            let record = record.map_err(broken)?;
            let number = record.position().map_or(0, csv::Position::line);
            let (doc_id, line) = read_line(&record, &columns, number)?;
            let double = if doc_id == ALL {
                !std::mem::replace(&mut metadata.all, line).is_empty()
            } else {
                metadata.documents.insert(doc_id, line).is_some()
            };
            if double {
                return Err(Slip::at(
                    number,
                    "doc_id",
                    "a second line for the same document",
                    "keep one of them".into(),
                ));
            }
        }
        Ok(metadata)
    }

    /// What is said of a document.
    pub fn of(&self, doc_id: &str) -> Facts<'_> {
        Facts { document: self.documents.get(doc_id), all: &self.all }
    }

    /// Whether there is a line for the document.
    pub fn names(&self, doc_id: &str) -> bool {
        self.documents.contains_key(doc_id)
    }

    /// Lines for one document.
    pub fn n_documents(&self) -> u64 {
        self.documents.len() as u64
    }
}

fn read_line(
    record: &csv::StringRecord,
    columns: &[Option<&'static Field>],
    number: u64,
) -> Result<(String, Line), Slip> {
    let mut doc_id = String::new();
    let mut line = Line::new();
    for (value, column) in record.iter().zip(columns) {
        let Some(column) = column else {
            value.clone_into(&mut doc_id);
            continue;
        };
        if value.is_empty() {
            continue;
        }
        if !(column.fits)(value) {
            let remedy = format!("{} takes {}", column.name, column.takes);
            return Err(Slip::at(number, column.name, "a value that does not fit", remedy));
        }
        line.insert(column.name, value.to_owned());
    }
    if doc_id.is_empty() {
        return Err(Slip::at(
            number,
            "doc_id",
            "a line without its document",
            "fill it in; * holds for all documents".into(),
        ));
    }
    Ok((doc_id, line))
}

/// Something wrong in the file, without the value.
#[derive(Debug, PartialEq)]
struct Slip {
    what: &'static str,
    place: String,
    remedy: String,
}

impl Slip {
    fn at(line: u64, column: &str, what: &'static str, remedy: String) -> Self {
        let column = if column.is_empty() { String::new() } else { format!(", column {column}") };
        Self { what, place: format!(" (line {line}{column})"), remedy }
    }
}

fn one_of(text: &str, values: &[&str]) -> bool {
    values.contains(&text)
}

fn is_digits(text: &str, n: usize) -> bool {
    text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An identifier that oBDS takes: 1 to 50 characters, no control characters.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=50).contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

fn is_date(text: &str) -> bool {
    PartialDate::parse(text).is_some()
}

/// Letters of DIN SPEC 91379 that stand alone; the few that need a combining mark are not taken.
fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž' | 'Ǎ'..='ǜ' | 'Ș'..='ț' | 'ẞ' | 'Ạ'..='ỹ')
}

/// `datatypeA` of the schema: what a name may hold.
fn is_name(text: &str) -> bool {
    text.chars().count() <= 255
        && text.chars().all(|c| is_latin_letter(c) || matches!(c, ' ' | '\'' | ',' | '-' | '.' | '’'))
}

/// `datatypeB` of the schema: what an address may hold.
pub(crate) fn is_line(text: &str) -> bool {
    text.chars().count() <= 255 && text.chars().all(|c| is_latin_letter(c) || matches!(c, ' '..='~'))
}

/// A code of a tumour, as oBDS takes it.
pub(crate) fn is_icd10(text: &str) -> bool {
    let (main, sub) = text.split_once('.').map_or((text, None), |(main, sub)| (main, Some(sub)));
    let main_fits = main.strip_prefix(['C', 'D']).is_some_and(|digits| is_digits(digits, 2));
    text == "M72.4" || main_fits && sub.is_none_or(|sub| is_digits(sub, 1) || is_digits(sub, 2))
}

fn is_icd10_version(text: &str) -> bool {
    let year =
        |rest: &str| rest.strip_suffix(" GM").or(rest.strip_suffix(" WHO")).is_some_and(|year| is_digits(year, 4));
    text == "Sonstige" || text.strip_prefix("10 ").is_some_and(|rest| rest.starts_with("20") && year(rest))
}

fn is_morphology(text: &str) -> bool {
    text.split_once('/').is_some_and(|(cell, behaviour)| is_digits(cell, 4) && is_digits(behaviour, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_all_fills_what_a_document_does_not_say() {
        let text = "\u{feff}doc_id;patient_id;sex;diagnosis_date\n*;;U;2024\na;p1;W;\nb;p2;;2023-05-01\n";
        let metadata = Metadata::parse(text).unwrap();
        let get = |doc_id, field| metadata.of(doc_id).get(field);
        assert_eq!(
            [get("a", "patient_id"), get("a", "sex"), get("a", "diagnosis_date")],
            [Some("p1"), Some("W"), Some("2024")]
        );
        assert_eq!([get("b", "sex"), get("b", "diagnosis_date")], [Some("U"), Some("2023-05-01")]);
        assert_eq!([get("c", "patient_id"), get("c", "sex")], [None, Some("U")]);
        assert_eq!((metadata.n_documents(), metadata.names("c")), (2, false));
    }

    #[test]
    fn a_slip_is_told_with_its_place_and_never_with_its_value() {
        let told = |text: &str| {
            let slip = Metadata::parse(text).unwrap_err();
            format!("{}{}; {}", slip.what, slip.place, slip.remedy)
        };
        assert_eq!(
            told("doc_id,sex\na,Frau\n"),
            "a value that does not fit (line 2, column sex); sex takes M, W, D, X or U"
        );
        assert!(
            told("doc_id,name\n")
                .starts_with("an unknown column (line 1, column name); the columns are doc_id, patient_id,")
        );
        assert!(told("sex\nM\n").starts_with("no column or more than one (line 1, column doc_id)"));
        assert!(told("doc_id,sex\na,M\na,W\n").starts_with("a second line for the same document (line 3"));
        assert!(told("doc_id,sex\na\n").starts_with("a broken record (line 2)"));
    }

    #[test]
    fn values_are_those_that_the_registry_takes() {
        for (name, good, bad) in [
            ("icd10", vec!["C50", "C50.4", "D05.1", "C18.10", "M72.4"], vec!["c50", "C5", "E11", "C50.", "C50.123"]),
            ("icd10_version", vec!["10 2025 GM", "10 2019 WHO", "Sonstige"], vec!["10 1999 GM", "2025", "10 2025"]),
            ("last_name", vec!["Müller-Łukasz", "O'Neill", "von der Au"], vec!["M1ller", "Иванов", "a\nb"]),
            ("morphology", vec!["8500/3"], vec!["8500", "850/3"]),
            ("insurer_ik", vec!["109999999"], vec!["1099", "10999999x"]),
        ] {
            let field = FIELDS.iter().find(|field| field.name == name).unwrap();
            assert!(good.iter().all(|value| (field.fits)(value)), "{name}");
            assert!(bad.iter().all(|value| !(field.fits)(value)), "{name}");
        }
    }
}
