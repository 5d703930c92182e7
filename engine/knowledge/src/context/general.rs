//! Stages that are spoken of in general or aimed at: "patients with pT2 benefit", "ab pT2 indiziert", "goal: R0 resection".
//!
//! A trigger that governs words would reach too far here, so what stands right beside the stage is asked. The stage of the patient at hand is
//! named with the same words in the singular ("bei dem Patienten mit pT3"); it is left alone.

use std::sync::LazyLock;

use befund_core::Span;
use regex::Regex;

use super::occurs;

/// Bytes that are looked at on either side.
const REACH: usize = 90;

static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:",
        r"\bab (?:einem |einer |dem )?(?:tumor)?(?:stadium )?",
        r"|\b(?:therapie|operations)?(?:ziel|goal|aim)(?: (?:ist|is|war|was|(?:of|der) (?:the )?\w+))*:? (?:(?:an?|the|ein|eine[rsnm]?|die|der) )*",
        r"|\b(?:angestrebt|anzustreben|aim(?:ing|s)? (?:for|at))(?: \w+){0,3} ",
        r"|\b(?P<article>\w+ |)(?P<group>patient(?:inn)?en|patients|pts\.?|tumou?rs|tumoren|cases|women|men|frauen) (?:with|mit|having) (?:(?:an?|the|ein|eine[mnr]?) )?(?:\w+ )?",
        r")$"
    ))
    .ok()
});

/// Apart from `BEFORE`: its counted repetitions would make that automaton large, and few reports name a guideline.
static GUIDELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = "leitlinien?|guidelines?";
    Regex::new(&format!(r"(?i)\b(?:laut|gemäß|nach|according to) [^.;:\n]{{0,30}}(?:{names})\b[^.;:\n]{{0,40}}$")).ok()
});

static FOUND_IF: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\bbei (?:nachweis|vorliegen)(?: (?:von|eines|einer))? $").ok());

static ADVISED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^[^.;\n]*\b(?:sollten?|wären?|würden?|empf\w+|indiziert)\b").ok());

static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:",
        r"[ -]?(?:resektion|resection|situation|status|[ck]ar[cz]inom\w?|tumou?r)?,? (?:würden?|wären?|hätten?|would|(?:wird|was|is) (?:angestrebt|attempted|intended|aimed (?:for|at)))\b",
        r"| (?:tumou?r |disease |stage |category )?is (?:one|an? tumou?r|any tumou?r) (?:that|which)\b",
        r"| versteht man\b| is meant\b",
        r")"
    ))
    .ok()
});

static NOT_GIVEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[ -]?(?:resektion|situation|status)? ?(?:wird|wurde|konnte|kann|ist)\b[^.;:,\n]{0,60}\bnicht (?:vergeben|erreicht|gegeben|bestätigt|erzielt)\b").ok()
});

/// Whether the verb right behind a stage denies it at the sentence's end: "ypT0 wird wegen der verbliebenen Drüsen nicht vergeben".
pub(super) fn is_denied_behind(text: &str, sentence: Span, span: Span) -> bool {
    occurs(&NOT_GIVEN, text.get(span.end as usize..sentence.end as usize).unwrap_or(""))
}

/// German articles before "Patienten" that mean one patient.
const ONE: [&str; 12] =
    ["dem", "den", "des", "beim", "diesem", "dieses", "unserem", "unseres", "ihrem", "einem", "einen", "eines"];

/// Whether the stage at `span` is spoken of in general or aimed at.
pub(super) fn speaks_in_general(text: &str, sentence: Span, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text.ceil_char_boundary(start.saturating_sub(REACH).max(sentence.start as usize).min(start));
    let to = text.floor_char_boundary((end + REACH).min(sentence.end as usize).max(end));
    let (left, right) = (text.get(from..start).unwrap_or(""), text.get(end..to).unwrap_or(""));
    let names_a_guideline = || ["eitlinie", "EITLINIE", "uideline", "UIDELINE"].iter().any(|name| left.contains(name));
    if occurs(&AFTER, right)
        || occurs(&FOUND_IF, left) && occurs(&ADVISED, right)
        || names_a_guideline() && occurs(&GUIDELINE, left)
    {
        return true;
    }
    let Some(found) = BEFORE.as_ref().and_then(|before| before.captures(left)) else { return false };
    let group = found.name("group").map_or("", |group| group.as_str()).to_lowercase();
    let article = found.name("article").map_or("", |article| article.as_str()).trim().to_lowercase();
    !(group == "patienten" && ONE.contains(&&*article))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!([&BEFORE, &GUIDELINE, &FOUND_IF, &ADVISED, &AFTER, &NOT_GIVEN].iter().all(|pattern| pattern.is_some()));
    }
}
