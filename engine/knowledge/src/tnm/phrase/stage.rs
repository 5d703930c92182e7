//! Stage groups beside their word: "Stadium IIIB", "UICC (8. Aufl.): IIA", "FIGO IC2", "stage 3C".
//!
//! Many diseases have stages. A value is taken where its system is named (UICC, AJCC, FIGO, Ann Arbor), or a tumour stands near and no other
//! disease with stages does.

use std::sync::LazyLock;

use befund_core::{Label, Refusal, Span};
use regex::Regex;

use super::{Value, pattern};
use crate::border::{border_after, border_before};
use crate::tnm::lexicon::{left_of, right_of};

static STAGE_VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:I[Il]i|Ii[Il]|I{1,3}V?|IV|[Il]{2,3})(?: ?[A-Ea-e](?:[1-3](?:\(i{1,2}\))?)?|[1-3])?[ESX]?[AB]?(?: [AB]\b)?|0(?:is|a)?|[oO]kk|IS|okkult|occult)",
    )
});
static STAGE_ARABIC: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"^[1-4](?:[A-Ca-c][1-3]?)?"));
/// What may stand between the anchor and the value.
static STAGE_FILLER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^(?i:[\s:=\-–,()/\[\]|]|s\b|stadium|stages?|staging|group(?:ing)?|gruppe|nach|koga|according|to|of|the|is|ist|der|von|uicc|ajcc|figo|tnm|pathologic(?:al)?|clinical|anatomic|prognostic|klinische[rs]?|pathologische[rs]?|klassifikation|classification|system|at|least|mindestens|overall|tumor|disease|grouping|(?:19|20)\d\d|\d(?:th|\.)|[5-9]\b|ed(?:ition|\.)?|aufl(?:age|\.)|[yrcpu]{0,3}[TNM][0-4Xx][a-d]?[,)]?|v?on )",
    )
});

static STAGE_AFTER_T: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^ ?\((?P<stage>(?:I{1,3}|IV)[A-C][1-3]?)\)"));

/// The FIGO stage in a bracket right after a T component that ends at `end`: `pT1c (IC)`.
pub(crate) fn stage_after(text: &str, end: usize) -> Option<Span> {
    let rest = &text[end..text.floor_char_boundary(end + 10)];
    if !rest.trim_start().starts_with('(') {
        return None;
    }
    let stage = STAGE_AFTER_T.as_ref()?.captures(rest)?.name("stage")?;
    Some(Span::new(end + stage.start(), end + stage.end()))
}

/// The stage group that the anchor at `start..end` announces; `system` where the anchor is the name of a system.
pub(super) fn stage(text: &str, start: usize, end: usize, system: bool) -> Option<Value> {
    let word = text.get(start..end)?;
    if (system || word.eq_ignore_ascii_case("stage")) && !border_before(text, start) {
        return None;
    }
    let filler = STAGE_FILLER.as_ref()?;
    let limit = text.floor_char_boundary(end + 70);
    let mut at = end;
    let mut n_lines = 0;
    let mut named = system;
    let mut worded = !system;
    if !system && component_stage(text, start) {
        return None;
    }
    while let Some(skipped) = filler.find(&text[at..limit]) {
        if let Some(value) = stage_value(text, at, worded && n_lines == 0) {
            return Some(known_stage(text, start, at, value, named));
        }
        worded &= !skipped.as_str().contains(char::is_numeric);
        worded |= ["stadium", "stage"].iter().any(|name| skipped.as_str().eq_ignore_ascii_case(name));
        n_lines += skipped.as_str().matches('\n').count();
        if n_lines > 2 {
            return None;
        }
        named |= ["uicc", "ajcc", "figo"].iter().any(|name| skipped.as_str().eq_ignore_ascii_case(name));
        at += skipped.end();
    }
    let value = stage_value(text, at, worded && n_lines == 0 && at > end)?;
    Some(known_stage(text, start, at, value, named))
}

fn stage_value(text: &str, at: usize, arabic: bool) -> Option<usize> {
    if !border_before(text, at) {
        return None;
    }
    let limit = text.floor_char_boundary(at + 16);
    let rest = &text[at..limit];
    let closed = |length: usize| border_after(text, at + length).then_some(at + length);
    let roman = STAGE_VALUE.as_ref()?.find(rest).map(|found| found.as_str().trim_end().len());
    // "IIa" may be followed by a word ("I a tumour"): then the Roman part alone.
    if let Some(length) = roman {
        let part = rest[..length].find(' ').unwrap_or(length);
        return closed(length).or_else(|| closed(part)).filter(|_| !decimal(rest, length));
    }
    let length = STAGE_ARABIC.as_ref()?.find(rest)?.end();
    // "FIGO 3B" needs no further word, "FIGO 3" does.
    if !arabic && length < 2 {
        return None;
    }
    closed(length).filter(|_| !decimal(rest, length) && !rest[length..].starts_with(['/', '%', '+']))
}

fn decimal(rest: &str, length: usize) -> bool {
    let tail = &rest.as_bytes()[length..];
    matches!(tail.first(), Some(b'.' | b',' | b'-')) && tail.get(1).is_some_and(u8::is_ascii_digit)
}

const TUMOUR_WORDS: [&str; 24] = [
    "clinical stage",
    "klinisches stadium",
    "karzinom",
    "carcinom",
    "tumor",
    "tumour",
    "cancer",
    "krebs",
    "lymphom",
    "lymphoma",
    "melanom",
    "sarkom",
    "sarcom",
    "neoplas",
    "malign",
    "tnm",
    "uicc",
    "figo",
    "ajcc",
    "ann arbor",
    "metasta",
    "seminom",
    "pathologic",
    "nsclc",
];
const OTHER_STAGES: [&str; 29] = [
    "hypertension",
    "kdigo",
    "decubit",
    "lyme",
    "arthr",
    "nyha",
    "ckd",
    "kidney disease",
    "niereninsuff",
    "copd",
    "gold",
    "pavk",
    "fontaine",
    "heart failure",
    "dekubit",
    "pressure",
    "parkinson",
    "hoehn",
    "hyperton",
    "retinopath",
    "fibros",
    "sarkoid",
    "sarcoid",
    "tanner",
    "sleep",
    "labor",
    "gonarth",
    "childs",
    "kellgren",
];

/// "T Stage: 3" is a category.
fn component_stage(text: &str, start: usize) -> bool {
    let left = text[..start].trim_end_matches([' ', '-']);
    left.ends_with(['T', 'N', 'M']) && border_before(text, left.len() - 1)
}

/// The verb in "THE STAGE IS: ..." is no stage IS.
fn is_verb(text: &str, start: usize, at: usize, end: usize) -> bool {
    let anchor = text[start..at].split_whitespace().next().unwrap_or("");
    &text[at..end] == "IS"
        && (anchor.chars().all(|c| !c.is_lowercase())
            || text[end..].trim_start_matches(' ').starts_with([':', '\n', '(', '\r']))
}

/// `IA1`, `IIIC2`, `0is`: no other disease has such stages.
fn only_of_tumours(value: &str) -> bool {
    value.starts_with("0i")
        || value.len() >= 3 && value.starts_with('I') && value.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a T or N category stands in the window (small letters).
fn has_category(window: &str) -> bool {
    let bytes = window.as_bytes();
    (2..bytes.len()).any(|i| {
        matches!(bytes[i], b'0'..=b'4' | b'x')
            && matches!(bytes[i - 1], b't' | b'n')
            && matches!(bytes[i - 2], b'p' | b'c' | b' ' | b'(')
    })
}

/// A stage needs its system's name, or a tumour and no other disease with stages beside it.
fn known_stage(text: &str, start: usize, at: usize, end: usize, named: bool) -> Value {
    let place = (Label::Stage, Span::new(at, end));
    let refused = |reason| Err((place.0, place.1, reason));
    let of_grades = text[end..].trim_start().starts_with("(of") || text[end..].trim_start().starts_with("of ");
    if is_verb(text, start, at, end) {
        return refused(Refusal::Word);
    }
    if of_grades {
        return refused(Refusal::Explained);
    }
    if named {
        return Ok(place);
    }
    let (left, right) = (left_of(text, start, 90), right_of(text, end, 60));
    let clause =
        left.rfind(['\n', ';']).into_iter().chain(left.rfind(". ")).max().map_or(&left[..], |i| &left[i + 1..]);
    let rest = right.find(['\n', ';']).into_iter().chain(right.find(". ")).min().map_or(&right[..], |i| &right[..i]);
    if OTHER_STAGES.iter().any(|other| clause.contains(other) || rest.contains(other)) {
        return refused(Refusal::OtherDisease);
    }
    let window = format!("{left}{} {right}", text[start..at].to_lowercase());
    let overall = window.contains("overall stage") || window.contains("stage group");
    if overall
        || only_of_tumours(&text[at..end])
        || has_category(&window)
        || TUMOUR_WORDS.iter().any(|word| window.contains(word))
    {
        Ok(place)
    } else {
        refused(Refusal::NoCue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!([&STAGE_VALUE, &STAGE_ARABIC, &STAGE_FILLER, &STAGE_AFTER_T].iter().all(|pattern| pattern.is_some()));
    }
}
