//! Counts of affected and examined lymph nodes: "(2/14)", "0 von 12 Lymphknoten", "two of six nodes".
//!
//! A pair of numbers is a count beside a word for nodes or right after an N category; dates, blocks, levels and pages are none.

use std::sync::LazyLock;

use befund_core::{Label, Span};
use regex::Regex;

use super::{floor, pattern};
use crate::tnm::lexicon::left_of;
use crate::tnm::number;

static NODE_COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(\d{1,3}|O) ?/ ?(\d{1,3})|(\d{1,3}|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|kein(?:e[rmn]?)?|eine[rmns]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf) (?:of|von|out of|aus)(?: insgesamt| a total of| total)? (\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf))\b",
    )
});

/// Node counts beside a word for lymph nodes.
pub(super) fn nodes(text: &str, start: usize, end: usize, found: &mut Vec<(Label, Span)>) {
    let Some(count) = NODE_COUNT.as_ref() else { return };
    let from = floor(text, start.saturating_sub(44));
    let from = text[from..start].rfind(['\n', ';']).map_or(from, |i| from + i + 1);
    let to = floor(text, text.len().min(end + 84));
    let to = text[end..to].find("\n\n").map_or(to, |i| end + i);
    let window = &text[from..to];
    for groups in count.captures_iter(window) {
        let Some(whole) = groups.get(0) else { continue };
        let span = Span::new(from + whole.start(), from + whole.end());
        let number =
            |a: usize, b: usize| groups.get(a).or_else(|| groups.get(b)).and_then(|part| number::count(part.as_str()));
        let (Some(affected), Some(examined)) = (number(1, 3), number(2, 4)) else { continue };
        let bracket = from + whole.start() > 0 && matches!(text.as_bytes()[span.start as usize - 1], b'(' | b'[');
        if examined == 0 || examined > 150 || affected > examined && !bracket || !plain_count(text, span) {
            continue;
        }
        // Far from the word a bare pair of numbers is no count.
        let gap = if span.start as usize >= end {
            &text[end..span.start as usize]
        } else {
            text.get(span.end as usize..start).unwrap_or("")
        };
        let labelled = gap.len() <= 44 && gap.trim_end().ends_with(':');
        let near = span.end as usize <= start || gap.len() <= 24 || labelled || bracket;
        if near && !gap.contains(". ") {
            found.push((Label::Nodes, span));
        }
    }
}

/// Not part of a date, a decimal or a block label.
fn plain_count(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let bytes = text.as_bytes();
    let left = left_of(text, start, 14);
    let tail = bytes.get(end).copied().unwrap_or(b' ');
    let head = if start == 0 { b' ' } else { bytes[start - 1] };
    let joined =
        matches!(tail, b'/' | b'%') || matches!(head, b'/' | b'.' | b'-' | b'+') && !matches!(head, b'-' if start == 1);
    let decimal = matches!(tail, b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let label = [
        "page ", "seite ", "strength", "kraft", "block", "level", "grad", "nr", "no.", "kassette", "cassette", "slide",
        "hpf", "score", "region", "uhr", "datum", "date",
    ];
    !joined && !decimal && !label.iter().any(|word| left.contains(word))
}

static COUNT_AFTER_N: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"^[ \t\u{a0}]{0,3}\n?(?:[(\[] ?(?:(?i:LK|LN|SLN|SN|sentinel)s?:? ?)?|)((?:\d{1,3}|O) ?/ ?\d{1,3}|(?:\d{1,2}|none|one|two|three) (?:of|von|out of) \d{1,3})\b",
    )
});

/// The node count right after an N component that ends at `end`.
pub(crate) fn count_after(text: &str, end: usize) -> Option<Span> {
    let rest = &text[end..floor(text, text.len().min(end + 32))];
    let span = COUNT_AFTER_N.as_ref()?.captures(rest)?.get(1)?;
    let span = Span::new(end + span.start(), end + span.end());
    plain_count(text, span).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!(NODE_COUNT.is_some() && COUNT_AFTER_N.is_some());
    }
}
