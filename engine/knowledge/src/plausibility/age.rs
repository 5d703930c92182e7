//! Drugs to be avoided in old age, and how old the patient is.

use std::sync::OnceLock;

use befund_core::{Document, Verdict};
use regex::Regex;

use super::rule::Rule;
use super::{Case, Finding};

/// Checks the current list against an age rule; one finding for each substance.
pub(super) fn check(rule: &'static Rule, case: &Case, findings: &mut Vec<Finding>) {
    let Some(from) = rule.age_from else { return };
    let mut seen = Vec::new();
    for entry in case.entries.iter().filter(|entry| entry.current) {
        let Some(substance) = entry.substances.iter().find(|inn| rule.drugs.has(inn)) else { continue };
        if seen.contains(substance) {
            continue;
        }
        seen.push(*substance);
        let (verdict, message) = match case.age() {
            Some(age) if age < from => continue,
            Some(age) => (Verdict::Implausible, format!("{substance}, {age} years: {}", rule.message)),
            None => {
                (Verdict::CannotTell, format!("{substance}: age is not stated; to be avoided from {from} years on"))
            }
        };
        findings.push(Finding { rule, verdict, message, mention_ids: vec![entry.row.mention_id] });
    }
}

/// Age in years: metadata `age`, else the first statement of the patient's age in the text.
pub(crate) fn of(document: &Document, text: &str) -> Option<u32> {
    let plausible = |digits: &str| digits.parse().ok().filter(|age| *age < 125);
    if let Some(stated) = document.meta("age") {
        let digits: String = stated.trim().chars().take_while(char::is_ascii_digit).collect();
        if let Some(age) = plausible(&digits) {
            return Some(age);
        }
    }
    static AGE: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = AGE.get_or_init(|| {
        Regex::new(
            r"(?i)\b(\d{1,3})(?:[ -]?jährige|[ -]?jaehrige|[ -]?year[ -]?old|[ -]?years?[ -]old|[ -]?y/?o\b| ?Jahre alt| ?J\.|, ?(?:male|female|m|f)\b)|\b(?:aged|Alter:?|age:?) (\d{1,3})\b|(?:Patientin?|Frau|Mann|Herr|woman|man|female|male)\b,? \(?(\d{1,3}) (?:Jahre|J\.|years)",
        )
        .ok()
    });
    let found = pattern
        .as_ref()?
        .captures_iter(text)
        .find(|found| found.get(0).is_some_and(|whole| !of_relative(text, whole.start(), whole.end())))?;
    found.iter().skip(1).flatten().find_map(|group| plausible(group.as_str()))
}

/// Whether a relative is meant: `Die 60-jährige Schwester`, `Vater (80-jährig)`.
fn of_relative(text: &str, start: usize, end: usize) -> bool {
    const RELATIVES: [&str; 14] = [
        "vater",
        "mutter",
        "schwester",
        "bruder",
        "sohn",
        "tochter",
        "ehefrau",
        "ehemann",
        "father",
        "mother",
        "sister",
        "brother",
        "daughter",
        "wife",
    ];
    let after: String = text.get(end..).unwrap_or("").chars().take(16).collect::<String>().to_lowercase();
    let before: String = text
        .get(..start)
        .unwrap_or("")
        .chars()
        .rev()
        .take(12)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<String>()
        .to_lowercase();
    RELATIVES.iter().any(|relative| after.contains(relative) || before.contains(relative))
}
