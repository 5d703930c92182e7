//! Lines of a text, one after the other, with what their first and last bytes say about them.
//!
//! Blank lines are not handed out; the line after one knows that it was there. Reading is a single pass, so a document of any size needs
//! the memory of a few lines only.

use memchr::memchr2;

use crate::abbreviation::is_month;
use crate::chars::{char_at, is_blank, is_lower, is_upper, skip_blanks, word_end};
use crate::dose::{Amounts, amounts};
use crate::heading::{self, Heading};

/// Lines longer than this are prose: they are not searched for columns and amounts.
const LONGEST_LIST_LINE: usize = 160;

/// Whether a line begins a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// No.
    No,
    /// A bullet, or an enumerator before a capital letter.
    Yes,
    /// An enumerator before a small letter or a digit: in wrapped prose it may be an ordinal or a decimal number.
    Perhaps,
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// A capital letter.
    Upper,
    /// A small letter.
    Lower,
    /// Punctuation that closes or goes on.
    Closer,
    /// A digit or anything else.
    Other,
}

/// One line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// First byte that is not white space.
    pub begin: usize,
    /// One past the last byte that is not white space.
    pub end: usize,
    /// A blank line, or the beginning of the text, comes before.
    pub blank_before: bool,
    /// How it begins.
    pub first: First,
    /// Bytes of its first word.
    pub first_word: usize,
    /// Whether it begins a list item.
    pub item: Item,
    /// A row of a table: cells divided by tabs, bars or wide gaps.
    pub row: bool,
    /// Begins with a short label and a colon.
    pub label: bool,
    /// A heading that is known.
    pub heading: Option<Heading>,
    /// Amounts in it.
    pub amounts: Amounts,
}

impl Line {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.begin
    }

    /// Its bytes.
    pub fn bytes<'a>(&self, text: &'a str) -> &'a [u8] {
        &text.as_bytes()[self.begin..self.end]
    }

    fn read(text: &str, begin: usize, end: usize, blank_before: bool) -> Self {
        let bytes = &text.as_bytes()[begin..end];
        let item = item(text, begin, end);
        let short = bytes.len() <= LONGEST_LIST_LINE;
        Self {
            begin,
            end,
            blank_before,
            first: first(text, begin),
            first_word: bytes.iter().take(40).position(|&byte| is_blank(byte)).unwrap_or(bytes.len().min(40)),
            item,
            row: bytes.len() <= 4 * LONGEST_LIST_LINE && is_row(bytes),
            label: is_label(bytes),
            heading: heading::of_line(text, begin, end),
            amounts: if short { amounts(bytes) } else { Amounts::default() },
        }
    }
}

/// The lines of a text that are not blank.
pub(crate) struct Lines<'a> {
    text: &'a str,
    at: usize,
    blank: bool,
}

impl<'a> Lines<'a> {
    /// From the beginning of the text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, blank: true }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while let Some((begin, end, next)) = trimmed_line(self.text, self.at) {
            self.at = next;
            if begin == end {
                self.blank = true;
                continue;
            }
            let blank_before = std::mem::take(&mut self.blank);
            return Some(Line::read(self.text, begin, end, blank_before));
        }
        None
    }
}

/// The line at `at` without white space at its ends, and where the next one begins; `None` at the end of the text. Lines end with LF, CR LF,
/// CR CR LF or CR.
pub(crate) fn trimmed_line(text: &str, at: usize) -> Option<(usize, usize, usize)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let length = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    let next = at
        + length
        + match &rest[length..] {
            [b'\r', b'\r', b'\n', ..] => 3,
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
    let stop = at + length;
    let begin = skip_blanks(text, at, stop);
    let end = match bytes[begin..stop].last() {
        // The common case needs no decoding.
        Some(byte) if byte.is_ascii_graphic() => stop,
        _ => begin + text[begin..stop].trim_end().len(),
    };
    Some((begin, end, next))
}

fn first(text: &str, at: usize) -> First {
    match char_at(text, at) {
        Some(c) if is_upper(c) => First::Upper,
        Some(c) if is_lower(c) => First::Lower,
        Some(')' | ']' | '}' | ',' | ';' | '.' | ':' | '%' | '/' | '=' | '!' | '?') => First::Closer,
        _ => First::Other,
    }
}

/// Whether the line begins with a bullet or an enumerator.
fn item(text: &str, begin: usize, end: usize) -> Item {
    let bytes = &text.as_bytes()[begin..end];
    match bytes[0] {
        b'-' | b'*' | b'+' | b'#' => {
            let next = bytes.get(1).copied();
            let free = next.is_some_and(is_blank) || bytes[0] != b'+' && char_at(text, begin + 1).is_some_and(is_upper);
            if free { Item::Yes } else { Item::No }
        }
        // A box of a form: "[ ] pT1", "[X] pT2".
        b'[' if matches!(bytes.get(..3), Some([_, b' ' | b'_' | b'x' | b'X', b']']) | Some(b"[] ")) => Item::Yes,
        b'0'..=b'9' => numbered(text, begin, end),
        b'(' => match bytes.iter().take(5).position(|&byte| byte == b')') {
            Some(close)
                if close >= 2
                    && bytes[1..close].iter().all(u8::is_ascii_alphanumeric)
                    && is_marker(&bytes[1..close]) =>
            {
                after_marker(text, begin + close + 1, end)
            }
            _ => Item::No,
        },
        byte if byte.is_ascii_alphabetic() => lettered(text, begin, end),
        0x80.. => match char_at(text, begin) {
            Some(
                '–' | '—' | '•' | '·' | '▪' | '■' | '□' | '◦' | '●' | '○' | '‣' | '➢' | '➤' | '→' | '►' | '✓' | '☐'
                | '☑' | '☒' | '\u{f0b7}' | '\u{f0a7}',
            ) => Item::Yes,
            _ => Item::No,
        },
        _ => Item::No,
    }
}

fn is_marker(inside: &[u8]) -> bool {
    inside.iter().all(u8::is_ascii_digit)
        || inside.len() == 1
        || inside.iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// `1.`, `2)`, `3:`, `10.`; not decimal numbers, dates and days of a month.
fn numbered(text: &str, begin: usize, end: usize) -> Item {
    let bytes = text.as_bytes();
    let mut at = begin;
    while at < end && at < begin + 3 && bytes[at].is_ascii_digit() {
        at += 1;
    }
    match bytes.get(at) {
        Some(b'.' | b')') if at < end => after_marker(text, at + 1, end),
        Some(b':') if at < end && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => after_marker(text, at + 1, end),
        _ => Item::No,
    }
}

/// What follows an enumerator decides whether it is one.
fn after_marker(text: &str, at: usize, end: usize) -> Item {
    let bytes = text.as_bytes();
    let next = skip_blanks(text, at, end);
    if next == end {
        return Item::Yes;
    }
    let glued = next == at;
    match char_at(text, next) {
        Some(c) if c.is_ascii_digit() => {
            if glued {
                Item::No
            } else {
                Item::Perhaps
            }
        }
        Some(c) if is_lower(c) => {
            if glued {
                Item::No
            } else {
                Item::Perhaps
            }
        }
        Some(c) if is_upper(c) => {
            if is_month(&bytes[next..word_end(bytes, next, end)]) {
                Item::No
            } else {
                Item::Yes
            }
        }
        _ if glued => Item::No,
        _ => Item::Perhaps,
    }
}

/// `A.`, `b)`, `II.`, `IV)`, before a capital letter.
fn lettered(text: &str, begin: usize, end: usize) -> Item {
    let bytes = text.as_bytes();
    let mut at = begin;
    while at < end && at < begin + 4 && matches!(bytes[at], b'I' | b'V' | b'X') {
        at += 1;
    }
    if at < begin + 2 {
        at = begin + 1;
    }
    let Some(mark) = bytes.get(at).filter(|_| at < end) else { return Item::No };
    let spaced = bytes.get(at + 1).is_some_and(|&byte| is_blank(byte));
    match (mark, bytes[begin].is_ascii_uppercase()) {
        (b')', _) => after_marker(text, at + 1, end),
        (b'.', true) if spaced => match after_marker(text, at + 1, end) {
            // "A. carotis", "N. vagus".
            Item::Perhaps => Item::No,
            item => item,
        },
        _ => Item::No,
    }
}

/// Cells divided by tabs, by two bars, or by two gaps of at least three blanks.
fn is_row(bytes: &[u8]) -> bool {
    // Of three blanks in a row one stands at a place that leaves two when divided by three.
    let wide = |at: usize| bytes[at] == b' ' && (bytes[at - 1] == b' ' || bytes.get(at + 1) == Some(&b' '));
    let gap = (2..bytes.len()).step_by(3).any(wide);
    if !gap && memchr2(b'\t', b'|', bytes).is_none() {
        return false;
    }
    let (mut bars, mut gaps, mut blanks, mut tabs) = (0, 0, 0, 0);
    for &byte in bytes {
        if byte == b' ' {
            blanks += 1;
            continue;
        }
        gaps += usize::from(blanks >= 3);
        blanks = 0;
        bars += usize::from(byte == b'|');
        tabs += usize::from(byte == b'\t');
    }
    // A bullet may be followed by one tab or gap.
    let bulleted = !bytes[0].is_ascii_alphanumeric() && bytes[0] != b'|';
    tabs > usize::from(bulleted)
        || bars >= 2
        || gaps > usize::from(bulleted) + 1
        || gaps == 1 && !bulleted && bytes.len() < 80
}

/// `Label: value` or `Label:` with a short label that begins with a capital letter.
fn is_label(bytes: &[u8]) -> bool {
    let starts = bytes[0].is_ascii_uppercase() || bytes[0] >= 0x80;
    let colon = bytes.iter().take(46).position(|&byte| byte == b':');
    starts
        && colon.is_some_and(|at| {
            let last = at + 1 == bytes.len();
            at >= 2
                && bytes.get(at + 1).is_none_or(|&byte| is_blank(byte))
                && (last || !bytes[..at].iter().any(|byte| matches!(byte, b'.' | b';' | b'!' | b'?')))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        Lines::new(text).map(|line| (text[line.begin..line.end].to_string(), line.blank_before)).collect()
    }

    #[test]
    fn all_line_ends_are_one_line_end() {
        for end in ["\n", "\r\n", "\r\r\n", "\r"] {
            let text = format!("a{end}b{end}{end}c");
            assert_eq!(read(&text), [("a".into(), true), ("b".into(), false), ("c".into(), true)], "{end:?}");
        }
    }

    #[test]
    fn list_items_are_told_from_ordinals_and_vessels() {
        let of = |text: &str| item(text, 0, text.len());
        for text in [
            "- Tumor",
            "• Tumor",
            "1. Tumor",
            "2) Tumor",
            "1:SP: Dome",
            "A. Left breast",
            "IV. Befund",
            "(a) Tumor",
            "-Diabetes",
            "[X] pT2",
            "☒ pT2",
            "b) Tumor",
        ] {
            assert_eq!(of(text), Item::Yes, "{text}");
        }
        for text in
            ["3. Mai 2020", "A. carotis", "12.03.2019 OP", "1.5 cm", "Tumor", "-fach", "(2/14) Lk", "V. a. Tumor"]
        {
            assert_eq!(of(text), Item::No, "{text}");
        }
        assert_eq!(of("2. postoperativer Tag"), Item::Perhaps);
    }

    #[test]
    fn rows_have_cells() {
        for row in ["Hb\t12,3\tg/dl", "| Hb | 12,3 |", "Hb     12,3     g/dl", "Kalium      4,2"] {
            assert!(is_row(row.as_bytes()), "{row}");
        }
        for line in ["•\tDiabetes mellitus", "Der  Tumor ist groß", "A | B"] {
            assert!(!is_row(line.as_bytes()), "{line}");
        }
    }
}
