//! Counts of affected and examined lymph nodes: "(2/14)", "0 von 12 Lymphknoten", "two of six nodes".
//!
//! A pair of numbers is a count beside a word for nodes or right after an N category; dates, blocks, levels and pages are none.

use std::sync::LazyLock;

use befund_core::{Label, Span};
use regex::Regex;

use super::pattern;
use crate::tnm::lexicon::left_of;
use crate::tnm::number;

static NODE_COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(\d{1,3}|O) ?/ ?(\d{1,3})|(\d{1,3}|[Il]|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|kein(?:e[rmn]?)?|eine[rmns]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig)(?:[ -]?\(\d{1,3}\))?\s?(?:of|von|out of|aus)(?: insgesamt| a total of| total)?\s(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig)(?:\s?\(\d{1,3}\))?)",
    )
});

/// Node counts beside a word for lymph nodes.
pub(super) fn nodes(text: &str, start: usize, end: usize, found: &mut Vec<(Label, Span)>) {
    let Some(count) = NODE_COUNT.as_ref() else { return };
    let from = text.floor_char_boundary(start.saturating_sub(44));
    let from = from + clause_start(&text[from..start]);
    let to = text.floor_char_boundary(end + 160);
    let to = text[end..to].find("\n\n").map_or(to, |i| end + i);
    let window = &text[from..to];
    let mut last: Option<usize> = None;
    for groups in count.captures_iter(window) {
        let Some(whole) = groups.get(0) else { continue };
        // "(0/4 submental, 0/2 subdigastric and 0/3 lower jugular)": what goes on after a count is one too.
        let listed = last.is_some_and(|before| goes_on(&window[before..whole.start()]));
        let span = Span::new(from + whole.start(), split_figure(text, from + whole.end()));
        let number = |a: usize, b: usize| {
            let part = groups.get(a).or_else(|| groups.get(b))?.as_str();
            number::count(part).or_else(|| number::scanned(part))
        };
        let (Some(affected), Some(examined)) = (number(1, 3), number(2, 4)) else { continue };
        // A scanner may lose the opening bracket.
        let bracket = from + whole.start() > 0 && matches!(text.as_bytes()[span.start as usize - 1], b'(' | b'[')
            || text.as_bytes().get(span.end as usize) == Some(&b')');
        let none = examined == 0 && !(affected == 0 && bracket);
        if none || examined > 150 || affected > examined && !bracket || !plain_count(text, span) {
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
        let apart = gap.contains(". ") || gap.split_once('\n').is_some_and(|(line, _)| !wraps(line));
        if (near || listed) && !(apart && span.end as usize <= start || gap.contains(". ")) {
            found.push((Label::Nodes, span));
            last = Some(whole.end());
        }
    }
}

/// Where in the text left of a word its clause begins: behind a semicolon or a line's end, but not where the line merely wraps ("1 of 5
/// midjugular / lymph nodes", "(1 of / 5) axillary nodes").
fn clause_start(left: &str) -> usize {
    let mut head = left.trim_end();
    while let Some(at) = head.rfind(['\n', ';']) {
        let before = head[..at].trim_end();
        let open = [" of", "von"].iter().any(|word| {
            before.len() > 3
                && before.is_char_boundary(before.len() - 3)
                && before[before.len() - 3..].eq_ignore_ascii_case(word)
        });
        if head[at..].starts_with(';') || !open {
            return at + 1;
        }
        head = before;
    }
    0
}

/// Whether a line that ends with this goes on with the next.
fn wraps(line: &str) -> bool {
    line.contains(char::is_alphabetic) && !line.trim_end().ends_with(['.', ':', ';', ')'])
}

/// The end of a count whose last figure a scanner has torn apart: `(1/2 1)`.
fn split_figure(text: &str, end: usize) -> usize {
    let rest = &text.as_bytes()[end..];
    let torn = rest.len() > 2 && rest[0] == b' ' && rest[1].is_ascii_digit() && matches!(rest[2], b')' | b']');
    let one_figure = text[..end].ends_with(|c: char| c.is_ascii_digit())
        && text[..end - 1].ends_with(['/', ' '])
        && text[..end - 1].trim_end().ends_with('/');
    if torn && one_figure { end + 2 } else { end }
}

/// Words between two counts of one list.
fn goes_on(between: &str) -> bool {
    between.len() <= 40
        && !between.contains(char::is_numeric)
        && !between.contains(['.', ';', '(', ')', ':'])
        && between.contains([',', ' '])
}

static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"^[^\d\n.;:()]{0,40}[(\[] ?((?:\d{1,2}|O) ?/ ?(\d{1,2})|[0O][1lIi](\d{1,2}|[lI])) ?[)\]]")
});

/// `No tumor present (0/4)`, `metastatic carcinoma (1/11)`: a count in brackets after what it counts.
pub(super) fn bracketed(text: &str, end: usize) -> Option<Span> {
    let near = &text[end..text.floor_char_boundary(end + 56)];
    if !near.contains(['(', '[']) {
        return None;
    }
    let groups = BRACKETED.as_ref()?.captures(near)?;
    let whole = groups.get(1)?;
    // "(015)" is 0/5 behind a scanner: its first figure is the count of the affected.
    let examined = groups.get(2).or_else(|| groups.get(3)).and_then(|part| number::scanned(part.as_str()))?;
    let first = if groups.get(2).is_some() { whole.as_str().split('/').next()?.trim() } else { "0" };
    let affected = number::count(first)?;
    let span = Span::new(end + whole.start(), end + whole.end());
    (affected <= examined && plain_count(text, span)).then_some(span)
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
        "page ", "page:", "seite ", "strength", "kraft", "block", "level", "grad", "nr", "no.", "kassette", "cassette",
        "slide", "hpf", "score", "region ", "uhr", "datum", "date", "part ",
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
    let rest = &text[end..text.floor_char_boundary(end + 32)];
    let span = COUNT_AFTER_N.as_ref()?.captures(rest)?.get(1)?;
    let span = Span::new(end + span.start(), end + span.end());
    plain_count(text, span).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert!(NODE_COUNT.is_some() && COUNT_AFTER_N.is_some() && BRACKETED.is_some());
    }
}
