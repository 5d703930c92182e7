//! Who is meant and what is known of them: which stretch of a letter speaks of which patient; age, sex, function of the kidneys.
//!
//! A report of several patients (`Fall 1 ... Fall 2 ...`, `Case 1:`, `Patient B`) is read patient by patient: nothing is compared over
//! patients.

use std::sync::OnceLock;

use befund_core::{Document, Span};
use regex::Regex;

use super::rule::Sex;

/// The stretches that each speak of one patient, in text order; they cover the text.
pub(super) fn stretches(text: &str) -> Vec<Span> {
    let whole = || vec![Span::new(0, text.len())];
    static HEADS: OnceLock<Option<Regex>> = OnceLock::new();
    let Some(heads) = HEADS.get_or_init(|| {
        Regex::new(
            r"(?m)(?:^[ \t]*(?:[-*•#]+ *)?|[.!?] +)((?:Fall|Fallbericht|Kasuistik|Case|Patient|Patientin|Pat\.|Kind|Bewohner|Bewohnerin|Resident|Subject|Proband|Probandin)[ \t]*(?:Nr\.|No\.|#)?[ \t]*(\d{1,3}|[A-H]|[IVX]{1,4})[ \t]*(?:[:.,(–-]|$)|(?:Der|Die|Das|The)[ ]?(erste|zweite|dritte|vierte|fünfte|first|second|third|fourth|fifth)[nrs]?[ ](?:Patient|Patientin|Fall|patient|case)\b)",
        )
        .ok()
    }) else {
        return whole();
    };
    let mut labels = Vec::new();
    let mut borders = Vec::new();
    for found in heads.captures_iter(text) {
        let label = found.get(2).or(found.get(3)).map(|label| label.as_str());
        if let (Some(head), Some(label)) = (found.get(1), label)
            && labels.last() != Some(&label)
        {
            labels.push(label);
            borders.push(head.start());
        }
    }
    if labels.len() < 2 {
        return whole();
    }
    let ends = borders.iter().skip(1).copied().chain([text.len()]);
    let mut stretches: Vec<Span> = borders.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect();
    if borders[0] > 0 {
        stretches.insert(0, Span::new(0, borders[0]));
    }
    stretches
}

/// Age in years: metadata `age`, else the first statement of the patient's age in the text.
pub(crate) fn age(document: Option<&Document>, text: &str) -> Option<u32> {
    let plausible = |digits: &str| digits.parse().ok().filter(|age| *age < 125);
    if let Some(stated) = document.and_then(|document| document.meta("age")) {
        let digits: String = stated.trim().chars().take_while(char::is_ascii_digit).collect();
        if let Some(age) = plausible(&digits) {
            return Some(age);
        }
    }
    static AGE: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = AGE.get_or_init(|| {
        Regex::new(
            r"(?i)\b(\d{1,3})(?:[ -]?jährige|[ -]?jaehrige|[ -]?year[ -]?old|[ -]?years?[ -]old|[ -]?y/?o\b| ?Jahre alt| ?J\.|, ?(?:male|female|m|f)\b| ?Jahre\b[,)])|\b(?:aged|Alter:?|age:?) (\d{1,3})\b|(?:Patientin?|Frau|Mann|Herr|woman|man|female|male)\b,? \(?(\d{1,3}) (?:Jahre|J\.|years)",
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

/// Whether words for children or doses by weight stand in the text.
pub(super) fn speaks_of_children(text: &str) -> bool {
    static WORDS: OnceLock<Option<Regex>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        Regex::new(r"(?i)\b(?:kind|kindes|kinder\w*|säugling\w*|pädiatri\w*|kita|child\w*|infant|toddler|pa?ediatric\w*)\b|mg/kg").ok()
    });
    words.as_ref().is_some_and(|words| words.is_match(text))
}

/// Sex: metadata `sex` or `gender`, else the first word of the text that tells.
pub(super) fn sex(document: Option<&Document>, text: &str) -> Option<Sex> {
    let stated = document.and_then(|document| document.meta("sex").or_else(|| document.meta("gender")));
    match stated.and_then(|stated| stated.trim().chars().next()).map(|first| first.to_ascii_lowercase()) {
        Some('f' | 'w') => return Some(Sex::Female),
        Some('m') => return Some(Sex::Male),
        _ => {}
    }
    static WORDS: OnceLock<Option<Regex>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        Regex::new(
            r"(?i)\b(?:(patientin|frau|weiblich\w*|mädchen|woman|female|girl|mrs|ms|lady)|herrn?|männlich\w*|junge|mann|man|male|boy|mr|gentleman|\d{1,3}[ -]?jähriger (?:patient|mann|junge|herr))\b|\b\d{1,3} ?(?:y/?o )?(?:(f)|m)\b",
        )
        .ok()
    });
    let found = words.as_ref()?.captures(text)?;
    Some(if found.get(1).or(found.get(2)).is_some() { Sex::Female } else { Sex::Male })
}

/// What the text says of the filtration rate, in ml/min: the lowest and the highest that it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Filtration {
    pub low: f64,
    pub high: f64,
}

/// The filtration rate: eGFR, GFR, creatinine clearance; else the stage of a kidney disease (KDIGO 2012). Several values make a range.
pub(super) fn filtration(text: &str) -> Option<Filtration> {
    static VALUES: OnceLock<Option<Regex>> = OnceLock::new();
    let values = VALUES.get_or_init(|| {
        Regex::new(
            r"(?i)\b(?:e?GFR|Kreatinin-?[ ]?clearance|Krea-?clearance|creatinine[ ]clearance|CrCl|KrCl|glomeruläre[ ]Filtrationsrate)\b(?:1[.,]73 ?m[²2]|\([^)\n]{0,24}\)|ml/min|[^\d\n;.(]){0,40}?[\s:=<>~≥≤]([<>≥≤]?) ?(\d{1,3})([.,]\d{1,2})?(\.\d)?",
        )
        .ok()
    });
    let mut range: Option<Filtration> = None;
    let mut add = |low: f64, high: f64| {
        range = Some(range.map_or(Filtration { low, high }, |known| Filtration {
            low: known.low.min(low),
            high: known.high.max(high),
        }));
    };
    for found in values.as_ref()?.captures_iter(text) {
        let Some(value) = found.get(2).and_then(|value| value.as_str().parse::<f64>().ok()) else { continue };
        // `eGFR am 03.04.: 45` begins with a date; a filtration rate has no third group.
        let next = found.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or("");
        let date = found.get(4).is_some() || found.get(3).is_some() && next.starts_with(['.', ':']);
        if date || !(3.0..=200.0).contains(&value) {
            continue;
        }
        let start = found.get(0).map_or(0, |whole| whole.start());
        let whole = found.get(0).map_or("", |whole| whole.as_str());
        let sign = found.get(1).map_or("", |sign| sign.as_str());
        let word = |words: &[&str]| words.iter().any(|word| whole.contains(word));
        let bound = whole.contains(['<', '>', '≤', '≥']) || word(&[" unter ", " über ", " below ", " above "]);
        let condition = ["bei", "ab", "wenn", "falls", "if", "when", "for", "at", "until", "bis"];
        let before = text.get(..start).unwrap_or("").split_whitespace().next_back().unwrap_or("").to_lowercase();
        // `bei GFR unter 50 halbe Dosis` is advice.
        if bound && condition.contains(&before.as_str()) {
            continue;
        }
        if matches!(sign, ">" | "≥") || whole.contains('>') || word(&[" über ", " above "]) {
            add(value, f64::INFINITY);
        } else if matches!(sign, "<" | "≤") || whole.contains('<') || word(&[" unter ", " below "]) {
            add(0.0, value - 0.1);
        } else {
            add(value, value);
        }
    }
    range.or_else(|| stage(text))
}

/// `CKD 4`, `CKD stage 3b`, `Niereninsuffizienz Stadium G4`.
fn stage(text: &str) -> Option<Filtration> {
    static STAGES: OnceLock<Option<Regex>> = OnceLock::new();
    let stages = STAGES.get_or_init(|| {
        Regex::new(
            r"(?i)\b(?:CKD[ -]?(?:G|stage |Stadium |Grad )?|(?:Niereninsuffizienz|kidney disease|Nierenkrankheit|KDIGO)\b[^.\n;\d]{0,30}?(?:\bG|stage |Stadium G?|Stad\. ))(3a|3b|[1-5])\b",
        )
        .ok()
    });
    let found = stages.as_ref()?.captures(text)?;
    let (low, high) = match found.get(1)?.as_str().to_lowercase().as_str() {
        "1" => (90.0, f64::INFINITY),
        "2" => (60.0, 89.0),
        "3" => (30.0, 59.0),
        "3a" => (45.0, 59.0),
        "3b" => (30.0, 44.0),
        "4" => (15.0, 29.0),
        _ => (0.0, 14.0),
    };
    Some(Filtration { low, high })
}
