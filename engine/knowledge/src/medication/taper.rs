//! Whether a dose goes down (or up) step by step: then no daily amount is stated.

use befund_core::{Layout, Span};

/// Words that say so by themselves.
const WORDS: &[&str] = &[
    "ausschleich",
    "einschleich",
    "auszuschleichen",
    "einzuschleichen",
    "stufenweise",
    "schrittweise",
    "reduktionsschema",
    "absteigend",
    "taper",
    "reducing ",
    "weaning",
    "titrat",
    "aufdosier",
    "eindosier",
    "auftitrier",
    "step-wise",
    "stepwise",
];
/// Words after which the next step stands.
const STEPS: &[&str] = &["dann ", "danach ", "anschließend ", "gefolgt von ", "then ", "followed by ", "thereafter "];
/// Words that go with `um 5 mg` and `by 5 mg`.
pub(super) const CHANGES: &[&str] = &[
    "reduzier",
    "reduktion",
    "steiger",
    "erhöh",
    "senk",
    "decreas",
    "reduc",
    "increas",
    "weniger",
    "abbau",
    "abzubauen",
    "drop",
    "lower",
    "cut",
    "taper",
];

/// Bytes behind the drug that are read.
const REACH: usize = 220;

/// What is said of the drug between it and the next drug, in its sentence and the two after it.
pub(super) fn tapers(text: &str, layout: &Layout, drug: Span, until: u32) -> bool {
    let start = drug.end as usize;
    let sentences = layout
        .sentence_at(drug.start)
        .and_then(|index| layout.sentences.get(index..(index + 2).min(layout.sentences.len())));
    let last = sentences.and_then(<[_]>::last).map_or(text.len(), |sentence| sentence.span.end as usize);
    let end = (until as usize).min(last).min(start + REACH).max(start);
    let end = text.floor_char_boundary(end);
    let after = text.get(start..end).unwrap_or("").to_lowercase();
    // An empty line or another item ends it.
    let after = after.split("\n\n").next().unwrap_or("");
    let amount = |rest: &str| {
        let rest = rest.trim_start_matches(|sign: char| sign.is_alphabetic() || sign == ' ');
        let after =
            rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, ',' | '.' | '½' | ' '));
        // `dann 7 Tage Pause` is a stretch of time.
        let time = ["tag", "woche", "monat", "day", "week", "month", "h ", "std", "stunde", "hour"];
        rest.len() > after.len() && !time.iter().any(|word| after.starts_with(word))
    };
    let steps = STEPS.iter().any(|word| {
        after.match_indices(word).any(|(at, _)| amount(&after[at + word.len()..]) && has_amount(&after[..at]))
    });
    // `20 mg 1-0-0, ab 04.05. 15 mg`
    let dated = after.match_indices("ab ").any(|(at, _)| {
        let rest = after[at + 3..].trim_start_matches("dem ").trim_start_matches("zum ");
        let behind = rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
        after[..at].ends_with([' ', ',', '\n'])
            && behind.len() + 4 <= rest.len()
            && has_amount(&after[..at])
            && behind.trim_start_matches([' ', ':']).starts_with(|sign: char| sign.is_ascii_digit())
    });
    let change = CHANGES.iter().any(|word| after.contains(word))
        && [" um ", " by "]
            .iter()
            .any(|word| after.match_indices(word).any(|(at, _)| amount(&after[at + word.len()..])));
    // `eindosiert, derzeit 50 mg morgens und abends`: what is taken now is said.
    let now = ["derzeit ", "aktuell ", "zurzeit ", "currently "]
        .iter()
        .filter_map(|word| after.split_once(word))
        .any(|(_, rest)| amount(rest) && !WORDS.iter().any(|word| rest.contains(word)));
    if now && !steps {
        return false;
    }
    steps
        || dated
        || change
            && ["alle ", "jede", "every", "pro ", "wöchentlich", "weekly", "täglich", "per "]
                .iter()
                .any(|word| after.contains(word))
        || WORDS.iter().any(|word| {
            // `nach Einschleichen` is over.
            after.match_indices(word).any(|(at, _)| !after[..at].ends_with("nach ") && !after[..at].ends_with("after "))
        })
}

/// Whether an amount stands in the text: a step follows another.
fn has_amount(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}
