//! From the text of one mention to values: what a span says, whoever found it.
//!
//! Model spans are read with the same grammar as rule spans, so a column never depends on who found the mention.

use std::sync::LazyLock;

use befund_core::Label;
use regex::Regex;

use super::component::{self, Component, OCR_ONE};
use super::{grade, number};

/// What one mention says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading {
    /// T, N, M, L, V, Pn, R, S, G as a component.
    Component(Component),
    /// A grade in words: "2", "H".
    Grade(String),
    /// A stage group: "IIIB", "0is", "okk".
    Stage { value: String, scanned: bool },
    /// Affected of examined lymph nodes.
    Nodes { positive: u32, examined: u32 },
    /// Edition number, or the year where it is not one of an edition.
    Edition(String),
    /// Gleason patterns and sum.
    Gleason { patterns: Option<(u32, u32)>, sum: Option<u32> },
}

/// Reads the text under a mention; `None` where the grammar finds no value of that label.
pub(crate) fn read(label: Label, text: &str) -> Option<Reading> {
    match label {
        // In capitals `PN1` is perineural where the label says so.
        Label::Pn if text.contains("PN") => read(label, &text.replace("PN", "Pn")),
        Label::T | Label::N | Label::M | Label::L | Label::V | Label::Pn | Label::R | Label::S => {
            component::parse(label, text)
                .or_else(|| {
                    (text.len() <= 6).then(|| component::parse(label, &format!("{}{text}", label.as_str()))).flatten()
                })
                .map(Reading::Component)
        }
        Label::G => {
            component::parse(label, text).map(Reading::Component).or_else(|| grade::value(text).map(Reading::Grade))
        }
        Label::Stage => stage(text),
        Label::Nodes => nodes(text),
        Label::Edition => edition(text).map(Reading::Edition),
        Label::Gleason => gleason(text),
        _ => None,
    }
}

fn stage(text: &str) -> Option<Reading> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let scanned = compact.starts_with('l') || compact.starts_with("Il");
    let roman_end = compact.find(|c| !matches!(c, 'I' | 'l' | 'V' | 'i' | 'v')).unwrap_or(compact.len());
    let (head, tail) = compact.split_at(roman_end);
    let value = match compact.to_lowercase().as_str() {
        "okk" | "okkult" | "occult" => "okk".to_owned(),
        "0is" => "0is".to_owned(),
        "0a" => "0a".to_owned(),
        "0" => "0".to_owned(),
        // Dukes
        "a" | "b" | "b1" | "b2" | "c" | "c1" | "c2" | "c3" | "d" => compact.to_uppercase(),
        _ if !head.is_empty() => format!("{}{}", head.replace('l', "I").to_uppercase(), tail.to_uppercase()),
        lower => {
            let digit = lower.chars().next()?.to_digit(10).filter(|digit| (1..=4).contains(digit))?;
            let roman = ["I", "II", "III", "IV"][digit as usize - 1];
            format!("{roman}{}", compact[1..].to_uppercase())
        }
    };
    (value.len() <= 10).then_some(Reading::Stage { value, scanned })
}

static BRACKETED_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\(\d{1,3}\)?").ok());

/// `015` for 0/5.
static SCANNED_COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[0O][1lIi](\d{1,2}|[lI])$").ok());

fn nodes(text: &str) -> Option<Reading> {
    // "ONE (1) OF SIX (6)" says every number twice.
    let plain = BRACKETED_NUMBER.as_ref()?.replace_all(text, " ");
    if let Some(scanned) = SCANNED_COUNT.as_ref()?.captures(text).and_then(|groups| groups.get(1)) {
        return Some(Reading::Nodes { positive: 0, examined: number::scanned(scanned.as_str())? });
    }
    // "1/2 1" is one of 21 whose figures a scanner has torn apart.
    let plain = match plain.split_once('/') {
        Some((positive, examined)) if examined.chars().all(|c| c.is_ascii_digit() || c == ' ') => {
            format!("{positive}/{}", examined.replace(' ', ""))
        }
        _ => plain.into_owned(),
    };
    let figure = |word: &str| number::count(word.trim_matches('-')).or_else(|| number::scanned(word));
    let mut numbers = plain.split(|c: char| !c.is_alphanumeric() && c != '-').filter_map(figure);
    let (positive, examined) = (numbers.next()?, numbers.next()?);
    Some(Reading::Nodes { positive, examined })
}

/// Years in which an edition of the UICC or AJCC manual came out or into use.
const EDITION_YEARS: [(&str, &str); 9] = [
    ("1987", "4"),
    ("1997", "5"),
    ("2002", "6"),
    ("2003", "6"),
    ("2009", "7"),
    ("2010", "7"),
    ("2016", "8"),
    ("2017", "8"),
    ("2024", "9"),
];
const EDITION_WORDS: [(&str, &str); 10] = [
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("fünf", "5"),
    ("sechs", "6"),
    ("sieb", "7"),
    ("acht", "8"),
    ("neun", "9"),
];

fn edition(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let digits: Vec<&str> = lower.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    if let Some(number) = digits.iter().find(|part| part.len() == 1) {
        return Some((*number).to_owned());
    }
    if let Some((_, number)) = EDITION_WORDS.iter().find(|(word, _)| lower.contains(word)) {
        return Some((*number).to_owned());
    }
    let year = digits.iter().find(|part| part.len() == 4)?;
    let known = EDITION_YEARS.iter().find(|(known, _)| known == year && !lower.contains("figo"));
    Some(known.map_or(*year, |(_, number)| *number).to_owned())
}

static PATTERNS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([1-5])\s?\+\s?([1-5])(?:\D{0,6}=\s?(\d{1,2}))?").ok());

fn gleason(text: &str) -> Option<Reading> {
    if let Some(found) = PATTERNS.as_ref()?.captures(text) {
        let at = |i: usize| found.get(i).and_then(|part| part.as_str().parse::<u32>().ok());
        return Some(Reading::Gleason { patterns: at(1).zip(at(2)), sum: at(3) });
    }
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let sum: u32 = digits.parse().ok()?;
    // One to five alone is a pattern ("primary pattern 4"): it is no sum.
    (1..=10).contains(&sum).then(|| Reading::Gleason { patterns: None, sum: Some(sum).filter(|sum| *sum > 5) })
}

impl Reading {
    /// Whether a one was read from the letter l or I.
    pub(crate) fn scanned_one(&self) -> bool {
        match self {
            Self::Component(component) => component.flags & OCR_ONE != 0,
            Self::Stage { scanned, .. } => *scanned,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_groups_are_written_in_one_way() {
        let cases = [
            ("III b", "IIIB"),
            ("iiib", "IIIB"),
            ("2A", "IIA"),
            ("0is", "0is"),
            ("IVC", "IVC"),
            ("Ill", "III"),
            ("IA1", "IA1"),
            ("Okk", "okk"),
        ];
        for (text, expected) in cases {
            assert!(
                matches!(read(Label::Stage, text), Some(Reading::Stage { value, .. }) if value == expected),
                "{text}"
            );
        }
    }

    #[test]
    fn years_name_their_edition_and_other_years_stay() {
        let cases = [
            ("UICC 2017", "8"),
            ("8. Auflage, 2017", "8"),
            ("7th ed.", "7"),
            ("TNM8", "8"),
            ("FIGO 2018", "2018"),
            ("eighth edition", "8"),
        ];
        for (text, expected) in cases {
            assert_eq!(edition(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn counts_and_scores_are_read() {
        assert_eq!(read(Label::Nodes, "keinem von 12"), Some(Reading::Nodes { positive: 0, examined: 12 }));
        assert_eq!(
            read(Label::Nodes, "THREE (3) OF TWENTY-FOUR (24)"),
            Some(Reading::Nodes { positive: 3, examined: 24 })
        );
        assert_eq!(read(Label::Gleason, "4 + 3 = 7b"), Some(Reading::Gleason { patterns: Some((4, 3)), sum: Some(7) }));
        assert_eq!(read(Label::Gleason, "7a"), Some(Reading::Gleason { patterns: None, sum: Some(7) }));
    }
}
