//! Stage groups, editions, Gleason scores, node counts and grades that are said with words: an anchor word, then a value beside it.
//!
//! One pass of Aho-Corasick finds the anchors; each then reads a small window, so the cost does not grow with the document's length.
//! Systems: UICC/AJCC stage groups, FIGO, Ann Arbor (Lugano), Gleason. It does not know which statement a value belongs to.

mod nodes;
mod stage;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use befund_core::{Label, Refusal, Span};
use regex::Regex;

use super::grade;
use super::lexicon::{left_of, right_of};
use crate::border::{border_after, border_before};
pub(crate) use nodes::count_after;
use nodes::nodes;
use stage::stage;
pub(crate) use stage::stage_after;

const ANCHORS: [(&str, Anchor); 48] = [
    ("version ", Anchor::Year),
    (" classification", Anchor::Year),
    ("masaoka", Anchor::System),
    ("dukes", Anchor::Dukes),
    (" gl. ", Anchor::Gl),
    (" gl ", Anchor::Gl),
    ("sln", Anchor::Nodes),
    ("stadium", Anchor::Stage),
    ("stage", Anchor::Stage),
    ("figo", Anchor::System),
    ("uicc", Anchor::System),
    ("ajcc", Anchor::System),
    ("ann arbor", Anchor::System),
    ("ann-arbor", Anchor::System),
    ("tnm", Anchor::Tnm),
    ("gleason", Anchor::Gleason),
    ("auflage", Anchor::Edition),
    ("aufl.", Anchor::Edition),
    ("edition", Anchor::Edition),
    (" ed.", Anchor::Edition),
    (" ed)", Anchor::Edition),
    (" ed,", Anchor::Edition),
    (" ed:", Anchor::Edition),
    ("lymph", Anchor::Nodes),
    ("node", Anchor::Nodes),
    (" lk", Anchor::Nodes),
    ("(lk", Anchor::Nodes),
    (" lns", Anchor::Nodes),
    ("sentinel", Anchor::Nodes),
    ("grad", Anchor::Grade),
    ("fuhrman", Anchor::GradeValue),
    ("elston", Anchor::GradeValue),
    ("nottingham", Anchor::GradeValue),
    ("edmondson", Anchor::GradeValue),
    ("worst differentiation", Anchor::GradeValue),
    ("major differentiation", Anchor::GradeValue),
    ("who", Anchor::Who),
    ("primary pattern", Anchor::Pattern),
    ("secondary pattern", Anchor::Pattern),
    ("metasta", Anchor::Affected),
    ("negative for", Anchor::Affected),
    ("for tumor", Anchor::Affected),
    ("for carcinoma", Anchor::Affected),
    ("for malignan", Anchor::Affected),
    ("tumor present", Anchor::Affected),
    ("tumor seen", Anchor::Affected),
    ("tumor identified", Anchor::Affected),
    ("free of tumor", Anchor::Affected),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Stage,
    System,
    Tnm,
    Gleason,
    Gl,
    Dukes,
    Edition,
    Year,
    Nodes,
    Grade,
    GradeValue,
    Who,
    Pattern,
    Affected,
}

static MATCHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(ANCHORS.map(|(phrase, _)| phrase))
        .ok()
});

/// A pattern of this module; every one is covered by `the_patterns_compile`.
fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

/// A value said with words, or what looked like one and why it is none.
pub(crate) type Value = Result<(Label, Span), (Label, Span, Refusal)>;

/// Values said with words, in no particular order; the caller sorts. What looks like one and is none goes to `refused`.
pub(crate) fn values(text: &str, refused: &mut Vec<(Label, Span, Refusal)>) -> Vec<(Label, Span)> {
    let mut found = Vec::new();
    let Some(matcher) = MATCHER.as_ref() else { return found };
    let mut judged = |value: Option<Value>| match value {
        Some(Ok(value)) => Some(value),
        Some(Err(other)) => {
            refused.push(other);
            None
        }
        None => None,
    };
    for hit in matcher.find_iter(text) {
        let (_, anchor) = ANCHORS[hit.pattern().as_usize()];
        let (start, end) = (hit.start(), hit.end());
        match anchor {
            Anchor::Stage => found.extend(judged(stage(text, start, end, false))),
            Anchor::System => {
                found.extend(numbered_edition(text, start, end));
                found.extend(judged(stage(text, start, end, true)));
                found.extend(grade::after_figo(text, start, end).map(|span| (Label::G, span)));
            }
            Anchor::Tnm => found.extend(numbered_edition(text, start, end)),
            Anchor::Gleason => gleason(text, end, &mut found),
            Anchor::Gl => found.extend(short_gleason(text, end)),
            Anchor::Dukes => found.extend(dukes(text, end)),
            Anchor::Edition => found.extend(edition(text, start, end)),
            Anchor::Year => found.extend(edition_by_year(text, start, end)),
            Anchor::Nodes => {
                nodes(text, start, end, &mut found);
                found.extend(nodes::bracketed(text, end).map(|span| (Label::Nodes, span)));
            }
            Anchor::Grade => found.extend(judged(grade::beside(text, start, end))),
            Anchor::GradeValue => found.extend(grade::after_name(text, end).map(|span| (Label::G, span))),
            Anchor::Who => found.extend(grade::after_who(text, start, end).map(|span| (Label::G, span))),
            Anchor::Pattern => found.extend(pattern_value(text, end).map(|span| (Label::Gleason, span))),
            Anchor::Affected => found.extend(nodes::bracketed(text, end).map(|span| (Label::Nodes, span))),
        }
    }
    found
}

static EDITION_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b[4-9] ?(?:th|\.)?|\b(?:fifth|sixth|seventh|eighth|ninth|fünften?|sechsten?|siebten?|achten?|neunten?)r?)[ ]?$",
    )
});

/// `8. Auflage`, `7th ed.`; a year behind it stays outside.
fn edition(text: &str, start: usize, end: usize) -> Option<(Label, Span)> {
    let left = &text[text.floor_char_boundary(start.saturating_sub(12))..start];
    let number = EDITION_NUMBER.as_ref()?.find(left)?;
    let begin = start - (left.len() - number.start());
    let word = text[start..end].trim_end_matches([')', ',', ':']);
    let close = start + word.len();
    if !word.ends_with('.') && !border_after(text, close) {
        return None;
    }
    let window = format!("{} {}", left_of(text, begin, 90), right_of(text, close, 60));
    let of_tnm = ["tnm", "tumorformel", "ajcc", "uicc", "stag", "klassifikation", "classification", "stadi"]
        .iter()
        .any(|cue| window.contains(cue));
    let capitals = window.to_uppercase();
    let beside =
        || [Label::T, Label::N, Label::M].iter().any(|label| super::component::parse(*label, &capitals).is_some());
    (of_tnm || beside()).then(|| (Label::Edition, Span::new(begin, close)))
}

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^(?:19[89]|20[0-2])[0-9]$"));

/// `version 2002`, `2008 classification`, behind or before the name of a system.
fn edition_by_year(text: &str, start: usize, end: usize) -> Option<(Label, Span)> {
    let is_year = |from: usize, to: usize| Some(YEAR.as_ref()?.is_match(text.get(from..to)?));
    let (begin, close) = if text.as_bytes()[start] == b' ' {
        (start.checked_sub(4).filter(|&from| is_year(from, start) == Some(true))?, end)
    } else {
        (start, Some(end + 4).filter(|&to| is_year(end, to) == Some(true))?)
    };
    let window = format!("{} {}", left_of(text, begin, 60), right_of(text, close, 30));
    let of_system = ["tnm", "ajcc", "uicc", "figo"].iter().any(|name| window.contains(name));
    (of_system && border_before(text, begin) && border_after(text, close))
        .then(|| (Label::Edition, Span::new(begin, close)))
}

static EDITION_AFTER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[ -]?(?:(?:19[89]|20[0-2])\d|[5-9])(?:th)?"));

/// `TNM 8`, `UICC 2017`, `AJCC8`.
fn numbered_edition(text: &str, start: usize, end: usize) -> Option<(Label, Span)> {
    let rest = &text[end..text.floor_char_boundary(end + 10)];
    let found = EDITION_AFTER.as_ref()?.find(rest)?;
    let close = end + found.end();
    let prefixed = text[start..end].eq_ignore_ascii_case("tnm") && !border_before(text, start);
    let after = text[close..].trim_start();
    let ordinal =
        after.starts_with("ed") || after.starts_with("Ed") || after.starts_with(". Auf") || after.starts_with(". Ed");
    (border_after(text, close) && !prefixed && border_before(text, start) && !ordinal)
        .then(|| (Label::Edition, Span::new(start, close)))
}

static GLEASON_SUM: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"\b([1-5]) ?\+ ?([1-5])(?: ?\(?[^\d+\n]{0,3}\)? ?= ?(?:10|[2-9])[ab]?)?"));
static GLEASON_SCORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?i:'s|-| |:|=|\(|score[sd]?|sum(?:me)?|total|combined|gesamt|gs|of|von|is|ist|und|grading|\n){0,8}((?:10|[5-9])[ab]?)",
    )
});

static GLEASON_PATTERN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?i:'?s)?(?i: grade| pattern)?[ \t]*[:=]?[ \t]*\n?([1-5])(?:[^\w+]|/5|$)"));

/// `Primary pattern: 3`, `SECONDARY GLEASON GRADE: 4`: the value of one pattern, after its name.
fn pattern_value(text: &str, end: usize) -> Option<Span> {
    let value = GLEASON_PATTERN.as_ref()?.captures(&text[end..text.floor_char_boundary(end + 24)])?.get(1)?;
    Some(Span::new(end + value.start(), end + value.end()))
}

fn gleason(text: &str, end: usize, found: &mut Vec<(Label, Span)>) {
    let named = left_of(text, end, 20);
    if named.contains("primary") || named.contains("secondary") {
        found.extend(pattern_value(text, end).map(|span| (Label::Gleason, span)));
    }
    let window = &text[end..text.floor_char_boundary(end + 60)];
    let window = window.find("\n\n").map_or(window, |i| &window[..i]);
    let sum = GLEASON_SUM.as_ref().and_then(|sum| sum.find(window));
    if let Some(sum) = sum {
        let gap = &window[..sum.start()];
        if !gap.to_lowercase().contains("gleason") && border_after(text, end + sum.end()) {
            found.push((Label::Gleason, Span::new(end + sum.start(), end + sum.end())));
        }
    }
    if let Some(score) =
        GLEASON_SCORE.as_ref().and_then(|score| score.captures(window)).and_then(|groups| groups.get(1))
    {
        let (from, to) = (end + score.start(), end + score.end());
        let tail = text[to..].trim_start();
        if border_after(text, to) && !tail.starts_with(['+', '%', '.']) || tail.starts_with(". ") || tail == "." {
            found.push((Label::Gleason, Span::new(from, to)));
        }
    }
}

/// `Gl. 4+4=8`.
fn short_gleason(text: &str, end: usize) -> Option<(Label, Span)> {
    let sum = GLEASON_SUM.as_ref()?.find(&text[end..text.floor_char_boundary(end + 24)])?;
    (sum.start() == 0).then(|| (Label::Gleason, Span::new(end, end + sum.end())))
}

static DUKES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"^(?i:'?s|'|[\s:=-]|stadium|stage|type|klassifikation|classification){0,6}([A-D][1-3]?)\b")
});

fn dukes(text: &str, end: usize) -> Option<(Label, Span)> {
    let value = DUKES.as_ref()?.captures(&text[end..text.floor_char_boundary(end + 36)])?.get(1)?;
    border_before(text, end + value.start()).then(|| (Label::Stage, Span::new(end + value.start(), end + value.end())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        let all = [&EDITION_NUMBER, &EDITION_AFTER, &GLEASON_SUM, &GLEASON_SCORE, &GLEASON_PATTERN, &DUKES];
        assert!(all.iter().all(|pattern| pattern.is_some()));
        assert!(MATCHER.is_some());
    }
}
