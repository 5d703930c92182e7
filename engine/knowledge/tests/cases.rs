//! Texts and the columns they must give, one case a line, in `cases/*.tsv`.
//!
//! A line is: text, tab, statements. "\n" in the text is a line break. Statements are parted by " || "; each is its formula (or "-") and any of
//! `key=value`, parted by "; ". "none" is no statement. Columns that a case does not name are not looked at.

// Helpers of tests may panic as tests may.
#![allow(clippy::panic)]

mod common;

use befund_core::{Document, TnmRow};
use common::{rows_of, statements};

fn value(row: &TnmRow, key: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let number = |value: Option<u32>| value.map_or("-".to_owned(), |value| value.to_string());
    match key {
        "stage" => text(&row.stage),
        "system" => text(&row.stage_system),
        "edition" => text(&row.edition),
        "derived" => text(&row.derived_stage),
        "site" => text(&row.site),
        "code" => text(&row.site_code),
        "source" => text(&row.site_source),
        "validity" => row.validity.as_str().to_owned(),
        "is" => row.assertion.as_str().to_owned(),
        "when" => row.temporality.as_str().to_owned(),
        "flags" => {
            if row.flags.is_empty() {
                "-".to_owned()
            } else {
                row.flags.join(",")
            }
        }
        "gleason" => format!("{}+{}", number(row.gleason_primary), number(row.gleason_secondary)),
        "isup" => number(row.isup),
        "breslow" => row.breslow_mm.map_or("-".to_owned(), |mm| mm.to_string()),
        "clark" => text(&row.clark),
        "grade" => text(&row.grade),
        "l" => text(&row.l),
        "v" => text(&row.v),
        "pn" => text(&row.pn),
        "r" => text(&row.r),
        "s" => text(&row.s),
        "nodes" => format!("{}/{}", number(row.nodes_positive), number(row.nodes_examined)),
        "sentinel" => format!("{}/{}", number(row.sentinel_positive), number(row.sentinel_examined)),
        _ => panic!("a case asks for {key}"),
    }
}

/// What differs between a case and what was read.
fn differences(document: &Document, expected: &str) -> Vec<String> {
    let rows = rows_of(document).tnm;
    let wanted: Vec<&str> = if expected == "none" { Vec::new() } else { expected.split(" || ").collect() };
    if rows.len() != wanted.len() {
        let read: Vec<_> = rows.iter().map(|row| row.formula.clone().unwrap_or_default()).collect();
        return vec![format!("{} statements, not {}: {read:?}", rows.len(), wanted.len())];
    }
    let mut out = Vec::new();
    for (row, wanted) in rows.iter().zip(wanted) {
        for (i, part) in wanted.split("; ").enumerate() {
            let (key, want) = part.split_once('=').filter(|_| i > 0).unwrap_or(("", part));
            let have = if key.is_empty() { row.formula.clone().unwrap_or("-".to_owned()) } else { value(row, key) };
            if have != want {
                out.push(format!("{key} {have}, not {want}"));
            }
        }
    }
    out
}

fn check(file: &str, cases: &str) -> usize {
    let mut wrong = Vec::new();
    let mut n = 0;
    for (i, line) in cases.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap_or_else(|| panic!("{file}:{}: no tab", i + 1));
        let text = text.replace("\\n", "\n");
        n += 1;
        for difference in differences(&Document::new(0, "s", "d", &text[..]), expected) {
            wrong.push(format!("{file}:{}: {difference}", i + 1));
        }
    }
    assert!(wrong.is_empty(), "{} of {n}\n{}", wrong.len(), wrong.join("\n"));
    n
}

macro_rules! files {
    ($($name:ident = $file:literal, $least:literal;)+) => {
        $(#[test]
        fn $name() {
            assert!(check($file, include_str!(concat!("cases/", $file))) >= $least);
        })+
    };
}

files! {
    every_row_of_the_requirements_is_read = "requirements.tsv", 30;
    german_writings_are_read = "german.tsv", 100;
    english_writings_are_read = "english.tsv", 100;
    look_alikes_give_no_statement = "look_alikes.tsv", 106;
    validity_and_stage_follow_site_and_edition = "staging.tsv", 80;
    reports_of_several_lines_are_read = "reports.tsv", 19;
    other_classifications_are_read = "others.tsv", 40;
    what_is_only_supposed_is_told_apart = "contexts.tsv", 50;
}

#[test]
fn metadata_tells_the_site_before_words_do() {
    let mut document = Document::new(0, "s", "d", "pT2 pN0 cM0, Kolon unauffällig");
    document.metadata = vec![("ICD10".to_owned(), "C50.4".to_owned())].into();
    assert_eq!(differences(&document, "pT2 pN0 cM0; site=breast; code=C50.4; source=metadata; derived=IIA"), [""; 0]);
    document.metadata = vec![("organ".to_owned(), "Lunge".to_owned())].into();
    assert_eq!(differences(&document, "pT2 pN0 cM0; site=lung; code=C34; source=metadata"), [""; 0]);
    assert_eq!(statements("pT2 pN0 cM0")[0].site, None);
}
