//! Histological grade said with words: "Grading: 2", "Malignitätsgrad III", "high-grade", "Fuhrman 3".
//!
//! The word "grade" serves fever, stenosis, burns and side effects too; a grade is taken only beside a word for a tumour and away from
//! those. `G2` itself is a component (`component`).

use std::sync::LazyLock;

use befund_core::{Label, Refusal, Span};
use regex::Regex;

use super::lexicon::{Side, has_cue, left_of, right_of};
use super::phrase::Value;
use crate::border::{border_after, border_before};

static AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?i:(?P<word>ing|es|e|)(?P<sep>[ \t]?(?:\([^)\n]{1,40}\)|nach [\w/ &-]{2,24})?[ \t]*[:=][ \t]*\n?[ \t]*|[ \t]+(?:of |is )?|))(?P<value>(?:G ?)?(?:[1-4]|IV|I{1,3}|[Iil]{2,3})(?: ?[-–/] ?(?:G ?)?(?:[1-4]|IV|I{1,3}))?|(?i:low|high|gx|x)\b)",
    )
    .ok()
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[ -](?:&|and|und|/)?[ ]?(?:Ellis|Elston|Bloom|Richardson|Steiner))*(?i:[ ](?:nuclear|grad(?:e|ing)|of|is))*[ ]?(?:\(\w{1,12}\))?[ ]?[:=,.]?[ ](?P<value>G?[1-4]|IV|I{1,3})\b",
    )
    .ok()
});

const NO_TUMOUR: [&str; 27] = [
    "dysplas",
    "intraepith",
    "intra-epith",
    "intra -epith",
    " pin",
    "fever",
    "fieber",
    "stenos",
    "dekubit",
    "verbrenn",
    "burn",
    "toxi",
    "ctcae",
    "neutrop",
    "diarr",
    "mukosit",
    "mucosit",
    "neuropath",
    "gvhd",
    "ödem",
    "edema",
    "varic",
    "varizen",
    "hämorrh",
    "haemorrh",
    "encephal",
    "group",
];
const OTHER_GRADES: [&str; 14] = [
    "dworak",
    "becker",
    "regression",
    "sehne",
    "lockerung",
    "kraft",
    "gvhd",
    "hepatitis",
    "intraepith",
    "(pin",
    "dysplas",
    "ctcae",
    "ruptur",
    "arthrose",
];
const TUMOUR: [&str; 29] = [
    "grading",
    "pta",
    "pt1",
    "pt2",
    "pt3",
    "karzinom",
    "carcinom",
    "tumor",
    "tumour",
    "cancer",
    "sarkom",
    "sarcom",
    "neoplas",
    "malign",
    "histolog",
    "nuclear",
    "nottingham",
    "fuhrman",
    "elston",
    "gliom",
    "astrocytom",
    "urothel",
    "differen",
    "who",
    "figo",
    "lymphom",
    "adenoca",
    "nst",
    "ductal",
];

/// The grade at the anchor "grad" that stands at `start..end`.
pub(crate) fn beside(text: &str, start: usize, end: usize) -> Option<Value> {
    match worded(text, start, end) {
        Some(Err(refused)) => valued(text, start, end).or(Some(Err(refused))),
        Some(found) => Some(found),
        None => valued(text, start, end),
    }
}

fn judged(span: Span, verdict: Result<(), Refusal>) -> Value {
    verdict.map(|()| (Label::G, span)).map_err(|reason| (Label::G, span, reason))
}

/// Whether `head` ends with `word`, in any case of letters.
fn ends_with(head: &str, word: &str) -> bool {
    head.len().checked_sub(word.len()).and_then(|at| head.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// `low grade`, `high-grade`, `high histological grade`.
fn worded(text: &str, start: usize, end: usize) -> Option<Value> {
    if !text[end..].starts_with(['e', 'E']) || !border_after(text, end + 1) || start < 4 {
        return None;
    }
    let separator = text.as_bytes()[start - 1];
    let kind = ["histologic", "histological", "nuclear"]
        .iter()
        .find(|kind| ends_with(text.get(..start - 1).unwrap_or(""), kind));
    let start = kind.map_or(start, |kind| start - kind.len() - 1);
    let head = text.get(..start.checked_sub(1)?)?;
    // A scanner leaves "low -grade".
    let head = if separator == b'-' { head.strip_suffix(' ').unwrap_or(head) } else { head };
    let length = ["low", "high"].iter().find(|word| ends_with(head, word))?.len();
    let begin = head.len() - length;
    let span = Span::new(begin, end + 1);
    (matches!(separator, b' ' | b'-') && border_before(text, begin)).then(|| judged(span, of_a_tumour(text, span)))
}

fn valued(text: &str, start: usize, end: usize) -> Option<Value> {
    let limit = text.floor_char_boundary(end + 64);
    let groups = AFTER.as_ref()?.captures(&text[end..limit])?;
    let value = groups.name("value")?;
    let labelled = groups.name("sep").is_some_and(|sep| sep.as_str().contains([':', '=']));
    let word = groups.name("word").map_or("", |word| word.as_str());
    let written = value.as_str();
    // "grade 3/4" is three of four where the English word stands, "Grad 2/3" between two.
    let of = groups.name("sep").is_some_and(|sep| sep.as_str().to_lowercase().contains("of "));
    let of_scheme = (of || word.eq_ignore_ascii_case("e")) && !written.contains(['G', '-', '–']);
    let length =
        written.find('/').filter(|_| of_scheme).map_or(written.len(), |slash| written[..slash].trim_end().len());
    let close = end + value.start() + length;
    let glued = groups.name("sep").is_some_and(|sep| sep.as_str().is_empty());
    if !border_after(text, close)
        || continues_as_number(text, close)
        || (glued && !written.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    // "Malignitätsgrad 2" is marked from the beginning of its word.
    let mut begin = start;
    while !border_before(text, begin) {
        begin -= text[..begin].chars().next_back().map_or(1, char::len_utf8);
    }
    let span = if labelled || word.eq_ignore_ascii_case("ing") || written.starts_with('G') {
        Span::new(end + value.start(), close)
    } else {
        Span::new(begin, close)
    };
    let other = left_of(text, begin, 14);
    let isup = other.contains("isup") && !other.contains("who");
    if isup || ["gleason", "nyha", "asa", "child"].iter().any(|name| other.contains(name)) {
        return None;
    }
    let surely = word.eq_ignore_ascii_case("ing") || text[begin..end].to_lowercase().contains("malignit");
    let own_word = text[begin..end].to_lowercase();
    if ["lockerung", "regression", "kraft"].iter().any(|other| own_word.contains(other)) {
        return Some(judged(span, Err(Refusal::OtherDisease)));
    }
    Some(judged(span, if surely { Ok(()) } else { of_a_tumour(text, span) }))
}

fn continues_as_number(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.get(at), Some(b'.' | b',' | b'+' | b'%')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        || bytes.get(at) == Some(&b'+')
}

fn of_a_tumour(text: &str, span: Span) -> Result<(), Refusal> {
    let left = left_of(text, span.start as usize, 70);
    let right = right_of(text, span.end as usize, 60);
    let near_right = right.split(['.', ';']).next().unwrap_or("");
    let from = left.floor_char_boundary(left.len().saturating_sub(30));
    let other = near_right.trim_start().starts_with("nuclei")
        || NO_TUMOUR.iter().any(|word| near_right.contains(word))
        || OTHER_GRADES.iter().any(|word| left[from..].contains(word))
        || has_cue(near_right, Side::Against, Label::G);
    if other {
        return Err(Refusal::OtherDisease);
    }
    let tumour = TUMOUR.iter().any(|word| left.contains(word) || near_right.contains(word));
    if tumour { Ok(()) } else { Err(Refusal::NoCue) }
}

/// The value after a grading scheme's name: `Fuhrman 3`, `Elston & Ellis: G2`.
pub(crate) fn after_name(text: &str, end: usize) -> Option<Span> {
    let limit = text.floor_char_boundary(end + 32);
    let value = NAMED.as_ref()?.captures(&text[end..limit])?.name("value")?;
    let close = end + value.end();
    (!continues_as_number(text, close)).then(|| Span::new(end + value.start(), close))
}

static AFTER_WHO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?: CNS|Grad)?[ ]\(?(?P<value>IV|I{1,3}|[1-4])\b").ok());

/// The value right after `WHO` beside a tumour of the nervous system: `Glioblastoma (WHO IV)`. Pain ladders and performance scores are none.
pub(crate) fn after_who(text: &str, start: usize, end: usize) -> Option<Span> {
    if text.get(start..end)? != "WHO" || !border_before(text, start) {
        return None;
    }
    let limit = text.floor_char_boundary(end + 16);
    let rest = &text[end..limit];
    if rest.starts_with(['-', ' ']) && rest[1..].to_lowercase().starts_with("grad") {
        return None;
    }
    let value = AFTER_WHO.as_ref()?.captures(rest)?.name("value")?;
    let around = format!("{} {}", left_of(text, start, 90), right_of(text, end, 60));
    let brain = ["gliom", "glioblast", "astrocyt", "oligodendro", "ependym", "mening", "medulloblast", "neurocyt"];
    brain.iter().any(|word| around.contains(word)).then(|| Span::new(end + value.start(), end + value.end()))
}

static AFTER_FIGO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[ -](?P<value>[1-3])(?:\)| of 3|/3)").ok());

/// The grade right after `FIGO` beside a word for differentiation: `poorly differentiated (FIGO 3)`, `FIGO 2 of 3`. Stages are written otherwise.
pub(crate) fn after_figo(text: &str, start: usize, end: usize) -> Option<Span> {
    if !text.get(start..end)?.eq_ignore_ascii_case("figo") {
        return None;
    }
    let value = AFTER_FIGO.as_ref()?.captures(&text[end..text.floor_char_boundary(end + 10)])?.name("value")?;
    let left = left_of(text, start, 60);
    let graded = ["differen", "grad", "endometrioid"].iter().any(|word| left.contains(word));
    graded.then(|| Span::new(end + value.start(), end + value.end()))
}

/// The grade column of a mention that is not a `G` component: "2", "L", "H", "2-3".
pub(crate) fn value(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if lower.contains("low") || lower.contains("high") {
        return Some(if lower.contains("low") { "L" } else { "H" }.to_owned());
    }
    let values: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| {
            let word = word.strip_prefix(['G', 'g']).filter(|rest| !rest.is_empty()).unwrap_or(word);
            let number = word
                .parse()
                .ok()
                .or_else(|| super::number::scanned_roman(word))
                .filter(|number| (1..=4).contains(number));
            number
                .map(|number: u32| number.to_string())
                .or_else(|| word.eq_ignore_ascii_case("x").then(|| "X".to_owned()))
        })
        .collect();
    match &values[..] {
        [] => None,
        [one] => Some(one.clone()),
        [low, high, ..] if low != high => Some(format!("{low}-{high}")),
        [one, ..] => Some(one.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!([&AFTER, &NAMED, &AFTER_WHO, &AFTER_FIGO].iter().all(|pattern| pattern.is_some()));
    }

    #[test]
    fn words_become_column_values() {
        for (text, expected) in
            [("high-grade", "H"), ("Grad II", "2"), ("2", "2"), ("grade 2-3", "2-3"), ("Malignitätsgrad III", "3")]
        {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }
}
