//! Whether a drug is still to come or ended, by the dates and times in its sentence: `ab 01.03.`, `in zwei Wochen`, `01/18-06/19`.

use std::sync::LazyLock;

use befund_core::{MedicationStatus, SectionKind, Span};
use regex::Regex;

use super::Scene;
use crate::medication::lex::Tokens;
use crate::medication::words::Meaning;

/// `Start mit Adalimumab in zwei Wochen`, `restart metformin in 48 hours`.
pub(super) fn in_some_time(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    let after = scene.text.get(drug.end as usize..scene.sentence.end as usize)?;
    let (_, rest) = after.split_once(" in ")?;
    let tokens = Tokens::read(rest, 0, rest.floor_char_boundary(24), befund_core::Language::De);
    let counted = tokens.number(0).is_some() || matches!(tokens.meaning(0), Meaning::Count(_));
    let time = matches!(tokens.meaning(1), Meaning::Day | Meaning::Week | Meaning::Month | Meaning::Hour);
    (counted && time).then_some(MedicationStatus::Planned)
}

/// `X für 8 Wochen, dann Y`: Y comes later.
pub(super) fn after_a_course(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    let before = scene.text.get(scene.sentence.start as usize..drug.start as usize)?.trim_end();
    let earlier =
        ["dann", "danach", "anschließend", "then", "thereafter"].iter().find_map(|word| before.strip_suffix(word))?;
    let tokens = Tokens::read(earlier, 0, earlier.len(), befund_core::Language::De);
    let lasts = (1..tokens.tokens.len()).any(|at| {
        matches!(tokens.meaning(at), Meaning::Day | Meaning::Week | Meaning::Month)
            && (tokens.number(at - 1).is_some() || matches!(tokens.meaning(at - 1), Meaning::Count(_)))
    });
    let history = ["Z. n.", "Z.n.", "Zustand nach", "rüher", "nitial", "unächst", "reviously"];
    let told = history.iter().any(|word| earlier.contains(word)) || tells_the_past(scene);
    (lasts && scene.place > 0 && !told).then_some(MedicationStatus::Planned)
}

/// Whether the sentence says what was done.
pub(in crate::medication) fn tells_the_past(scene: &Scene) -> bool {
    let sentence = scene.text.get(scene.sentence.range()).unwrap_or("");
    let past = ["wurde", "wurden", "was", "were", "erhielt", "haben", "konnte", "konnten", "began", "begannen"];
    sentence.split(|sign: char| !sign.is_alphanumeric()).any(|word| past.contains(&word))
}

const MONTHS: &[&str] =
    &["jan", "feb", "mär", "mar", "apr", "mai", "may", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "dez"];

/// `ab 01.03.`, `from 03/01`, directly behind the drug and its regimen: planned.
pub(super) fn from_date(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    let next = scene.drugs.iter().find(|other| other.start >= drug.end).map_or(scene.sentence.end, |other| other.start);
    let after = scene.text.get(drug.end as usize..next as usize)?;
    // `Ab dem 15.03.: Ramipril`
    let before = scene.text.get(scene.sentence.start as usize..drug.start as usize)?.trim_end();
    let opened = ["Ab ", "ab ", "From ", "from "].iter().find_map(|word| before.strip_prefix(word)?.strip_suffix(':'));
    if opened.is_some_and(|date| date.len() < 24 && is_a_coming_date(date)) {
        return Some(MedicationStatus::Planned);
    }
    let words = [
        "ab ",
        "from ",
        "as of ",
        "Start ",
        "Start: ",
        "start ",
        "Beginn ",
        "Beginn: ",
        "Therapiebeginn ",
        "starting ",
    ];
    let rest = words.iter().find_map(|word| {
        let (at, _) = after.match_indices(word).find(|(at, _)| after[..*at].ends_with([' ', '(', ',']))?;
        // `Heparin nach PTT, ab morgen Phenprocoumon`: said of the next drug.
        let clause = after[..at].trim_end().ends_with([',', ';']);
        let opens_the_next =
            clause && next < scene.sentence.end && after.len() - at < 24 && !after[at..].contains([',', ')']);
        after.get(at + word.len()..).filter(|_| !opens_the_next)
    })?;
    // `20 mg 1-0-0, ab 04.05. 15 mg`: the first step is taken now.
    let stepped = |(at, _): (usize, &str)| after[..at].bytes().any(|byte| byte.is_ascii_digit());
    let amount = || {
        let behind = ["morgen ", "übermorgen ", "tomorrow "].iter().find_map(|day| rest.strip_prefix(day));
        let behind = behind.unwrap_or(rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.'));
        behind.trim_start_matches([' ', ':']).starts_with(|sign: char| sign.is_ascii_digit())
    };
    if after.match_indices("ab ").next().is_some_and(stepped) && amount() {
        return None;
    }
    // `(Beginn 01/2025)`: a month by itself tells when a long course began.
    static MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(0?[1-9]|1[0-2])/\d{4}\b").ok());
    let dated = is_a_coming_date(rest) && !MONTH.as_ref().is_some_and(|month| month.is_match(rest));
    let over = ["seit ", "since ", " bis ", " to "].iter().any(|word| after.contains(word));
    (dated && !over).then_some(MedicationStatus::Planned)
}

/// `01.03.`, `dem 01.03.`, `24 Feb`, `morgen`, `nächster Woche`.
fn is_a_coming_date(rest: &str) -> bool {
    let tokens = Tokens::read(rest, 0, rest.len(), befund_core::Language::De);
    let from = usize::from(tokens.is_any(0, &["dem", "der", "am", "zum", "on"]));
    let month = |at: usize| {
        tokens.word(at).is_some_and(|word| MONTHS.iter().any(|month| word.to_lowercase().starts_with(month)))
    };
    crate::medication::piece::date(&tokens, from).is_some()
        || tokens.is_any(from, &["morgen", "übermorgen", "tomorrow", "nächster", "nächstem", "nächsten", "kommender"])
        || month(from)
        || tokens.meaning(from) == Meaning::Weekday
        // `ab Tag 5`, `ab dem 3. Tag`
        || tokens.meaning(from) == Meaning::Day && tokens.number(from + 1).is_some()
        || tokens.number(from).is_some() && tokens.is_sign(from + 1, '.') && tokens.meaning(from + 2) == Meaning::Day
        || tokens.number(from).is_some() && (month(from + 1) || tokens.is_sign(from + 1, '.') && month(from + 2))
}

/// `1. Chemotherapie (Vincristin/Etoposid)`, `2. Chemotherapie (...)` on lines of their own: courses that are counted were given.
pub(super) fn in_a_numbered_course(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    let text = scene.text;
    let start = text.get(..drug.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(drug.end as usize..)?.find('\n').map_or(text.len(), |at| drug.end as usize + at);
    let line = text.get(start..end)?;
    let (number, course) = numbered(line)?;
    let before = text.get(..start.saturating_sub(1))?.trim_end().rsplit('\n').next().and_then(numbered);
    let after = text.get(end..)?.trim_start().lines().next().and_then(numbered);
    let counted = before.is_some_and(|(other, word)| other + 1 == number && word == course)
        || after.is_some_and(|(other, word)| other == number + 1 && word == course);
    let goes_on = || {
        line.split(|sign: char| !sign.is_alphanumeric()).any(|word| {
            let word = word.to_lowercase();
            STILL.contains(&word.as_str()) || word.starts_with("geplant") || word == "planned"
        })
    };
    (counted && !goes_on()).then_some(MedicationStatus::Stopped)
}

/// The number and the first word of a line such as `2. Chemotherapie`, `6 Zyklus`, `Line 2`.
fn numbered(line: &str) -> Option<(u32, String)> {
    const COURSES: [&str; 14] = [
        "chemotherapie",
        "chemo",
        "zyklus",
        "block",
        "kurs",
        "linie",
        "therapielinie",
        "linientherapie",
        "therapie",
        "line",
        "cycle",
        "course",
        "chemotherapy",
        "regimen",
    ];
    let mut words = line.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    let (first, second) = (words.next()?.to_lowercase(), words.next()?.to_lowercase());
    let number = |word: &str| {
        let digits = word.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
        (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
    };
    let (number, course) =
        number(&first).map(|number| (number, second.clone())).or_else(|| Some((number(&second)?, first)))?;
    COURSES.contains(&course.as_str()).then_some((number, course))
}

/// Words that say that a drug of a history is still given.
const STILL: &[&str] = &[
    "seit",
    "aktuell",
    "aktuelle",
    "aktueller",
    "derzeit",
    "laufend",
    "laufende",
    "weiter",
    "beginn",
    "since",
    "currently",
];

static SPAN_OF_DATES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?: \d{1,2}\.\s?\d{1,2}\.(?:\d{2}|\d{4})? | \d{1,2}(?:/\d{2,4})? | (?:19|20)\d{2} | (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) )
            \s?(?:-|–|bis)\s?
            (?: \d{1,2}\.\s?\d{1,2}\.\d{2,4} | (?:0?[1-9]|1[0-2])/\d{2,4} | (?:[A-ZÄ][a-zä]{2,8}\ )?(?:19|20)\d{2} )\b",
    )
    .ok()
});

/// In a history or among the diagnoses: `Docetaxel 01/18-06/19`, `Bis 2019 Interferon`; and chemotherapy there that is not said to go on.
pub(super) fn ended_by_date(scene: &Scene, drug: Span) -> Option<MedicationStatus> {
    if matches!(scene.section, SectionKind::Medication | SectionKind::DischargeMedication | SectionKind::Plan) {
        return None;
    }
    let text = scene.text;
    let before = text.get(scene.sentence.start as usize..drug.start as usize).unwrap_or("");
    let before = before.rsplit('\n').next().unwrap_or("");
    // Of a list (`A, B, C) 06-09/2019`) the dates stand behind the last.
    let mut last = drug;
    let mut later = scene.drugs.iter().filter(|other| other.start >= drug.end);
    let mut next = later.next();
    while let Some(other) = next.filter(|other| is_joined(text, last, **other)) {
        (last, next) = (*other, later.next());
    }
    let after = text.get(last.end as usize..next.map_or(scene.sentence.end, |next| next.start) as usize).unwrap_or("");
    // `A, seit 2019 B`: what stands behind the comma belongs to the next drug.
    let after = if next.is_some() { after.rsplit_once(',').map_or(after, |(own, _)| own) } else { after };
    let after = after.split('\n').next().unwrap_or("");
    let course = ["herapie mit", "ehandlung mit", "Gabe von"].iter().any(|words| before.contains(words));
    let span = SPAN_OF_DATES.as_ref().and_then(|dates| dates.find(after));
    // The `0` of `1-0-0 bis 12/2025` is no date.
    let span = span.filter(|dates| !after[..dates.start()].ends_with('-'));
    // `3 Zyklen: 08/21 - 01/22, seit 09/21 in reduzierter Dosis`: what stands behind the end tells of the course.
    let until_its_end = span.map_or(after, |dates| &after[..dates.start()]);
    let still = [before, until_its_end].iter().any(|part| {
        part.split(|sign: char| !sign.is_alphanumeric()).any(|word| STILL.contains(&word.to_lowercase().as_str()))
    });
    let until = before.trim_end().rsplit_once(' ').is_some_and(|(lead, date)| {
        let lead = lead.trim_end().rsplit(' ').next().unwrap_or("");
        matches!(lead, "Bis" | "bis" | "Until" | "until") && date.chars().filter(char::is_ascii_digit).count() >= 4
    });
    let spanned = || span.is_some() || course && SPAN_OF_DATES.as_ref().is_some_and(|dates| dates.is_match(before));
    let past = matches!(scene.section, SectionKind::Diagnosis | SectionKind::PastHistory);
    let earlier = || is_of_an_earlier_year(text, drug, before);
    let ended = until || !still && (spanned() || crate::drug::is_cytostatic(drug.of(text)) && (past || earlier()));
    ended.then_some(MedicationStatus::Stopped)
}

/// `Bortezomib, Cyclophosphamid`, `Oxaliplatin und 5-FU`: nothing but a joint stands between.
fn is_joined(text: &str, one: Span, other: Span) -> bool {
    let gap = text.get(one.end as usize..other.start as usize).unwrap_or("x");
    matches!(gap.trim(), "," | "/" | "+" | "und" | "and" | "plus" | "sowie" | "&")
}

static UNTIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^[^;\n]{0,80}?\b(?:wurden? bis [^;\n,]{1,40}(?:gegeben|verabreicht|eingenommen|fortgeführt)",
        r"|bis [^;\n]{1,40}?, (?:dann|danach|seither|seitdem|anschließend|anschliessend|später) (?:[A-ZÄÖÜa-zäöü]|$)|until [^;\n]{1,40}?, then (?:[a-z]|$)",
        r"|\d+ (?:zyklen|gaben|kurse|cycles|courses),? (?:danach|anschließend|dann|gefolgt|then|followed)\b",
        r"|bis (?:zum )?(?:Tag \d+|\d+\. (?:postop\w*\.? )?Tag)\b)",
    ))
    .ok()
});

/// `X bis zum Progress, seither Y`, `wurde bis zum 22.03. gegeben`, `PDK mit X bis Tag 4`: over, where no schedule says how it is taken.
pub(in crate::medication) fn ended_by_an_event(scene: &Scene, drug: Span, scheduled: bool) -> Option<MedicationStatus> {
    let next = scene.drugs.iter().find(|other| other.start >= drug.end && !is_joined(scene.text, drug, **other));
    let after = scene.text.get(drug.end as usize..next.map_or(scene.sentence.end, |next| next.start) as usize)?;
    let found = UNTIL.as_ref()?.find(after)?.as_str();
    let bare = || !found.split(" bis ").next().unwrap_or("").contains(|sign: char| sign.is_ascii_digit());
    // `X 1-0-1 bis 03.10., anschließend Y`: another takes its place.
    let dated = || {
        next.is_some()
            && found.split(" bis ").nth(1).is_some_and(|until| until.starts_with(|sign: char| sign.is_ascii_digit()))
    };
    (!scheduled || found.contains("wurde") || bare() || dated()).then_some(MedicationStatus::Stopped)
}

static YEARS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:\d{1,2}\.\s?\d{1,2}\.(\d{2})|\d{1,2}/(\d{2})|(?:\d{1,2}[./]){0,2}((?:19|20)\d{2}))\b").ok()
});

/// Bytes at the head of the document and to each side of a drug in which a later year is sought.
const AROUND: usize = 4_000;

/// Whether the line opens with a date of an earlier year than another of the document: `03/2018: 6 Zyklen ...`, `2018 adjuvante ...`.
fn is_of_an_earlier_year(text: &str, drug: Span, line: &str) -> bool {
    let Some(years) = YEARS.as_ref() else { return false };
    // `56` is a year of birth, `21` one of this century.
    let century = |year: u32| if year < 40 { 2000 + year } else { 1900 + year };
    let year = |found: &regex::Captures| {
        let short = found.get(1).or(found.get(2)).and_then(|year| year.as_str().parse().ok()).map(century);
        short.or_else(|| found.get(3)?.as_str().parse().ok())
    };
    let opening = years.captures(line).filter(|found| {
        let lead = &line[..found.get(0).map_or(0, |all| all.start())];
        lead.len() < 12 && !lead.contains(char::is_alphabetic)
    });
    let Some(of_line) = opening.as_ref().and_then(year) else { return false };
    let bytes = text.as_bytes();
    let from = (drug.start as usize).saturating_sub(AROUND);
    let to = (drug.end as usize + AROUND).min(bytes.len());
    has_later_year(&bytes[..from.min(AROUND)], of_line) || has_later_year(&bytes[from..to], of_line)
}

/// Whether a number of four digits is a year after `year`.
fn has_later_year(bytes: &[u8], year: u32) -> bool {
    bytes.split(|byte| !byte.is_ascii_digit()).any(|digits| {
        matches!(digits, [b'1', b'9', _, _] | [b'2', b'0', _, _])
            && digits.iter().fold(0, |value, digit| 10 * value + u32::from(digit - b'0')) > year
    })
}

/// `KHK, Z. n. Stent 2019, Therapie mit ASS`, `Diabetes (früher Metformin), Hypertonie (Lisinopril)`: what is past stands apart from the
/// drug, behind a comma or within brackets.
pub(in crate::medication) fn is_beside_the_past(scene: &Scene) -> bool {
    const STATES: [&str; 8] = ["z. n.", "z.n.", "zn.", "st. n.", "st.n.", "status post", "s/p", "zustand nach"];
    const EARLIER: [&str; 4] = ["früher", "ehemals", "formerly", "previously"];
    let Some(drug) = scene.drugs.get(scene.place) else { return false };
    let before = scene.text.get(scene.sentence.start as usize..drug.start as usize).unwrap_or("").to_lowercase();
    let behind = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max().map(|at| &before[at..]);
    // `Z. n. 5 Jahren Fosamax, dann Forsteo` tells of drugs itself.
    let of_drugs = |rest: &str| {
        let from = (drug.start as usize - rest.len()) as u32;
        scene.drugs.iter().any(|other| other.start >= from && other.end <= drug.start)
    };
    behind(&STATES).is_some_and(|rest| rest.contains([',', ')', ';']) && !of_drugs(rest))
        || behind(&EARLIER).is_some_and(|rest| rest.find(')').is_some_and(|at| !rest[..at].contains('(')))
}
