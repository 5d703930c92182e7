//! Decides whether a sentence may go on across a line end.
//!
//! A line end inside a wrapped paragraph is only white space; in a list, an address or a table it ends a sentence. Documents differ, so the
//! width at which a document wraps is measured first: by the lines whose next line begins with a small letter, which no list does.

use befund_core::Language;

use crate::abbreviation::{Strength, leaves_open, strength};
use crate::chars::{char_at, is_blank, is_lower, lower};
use crate::dose::{begins_with_stage, ends_as_prescription, ends_in_stage, is_torn_stage};
use crate::line::{First, Item, Line, trimmed_line};

/// Lines longer than this were not wrapped by width.
const WIDEST_WRAP: usize = 200;
/// Lines shorter than this say nothing about the width.
const NARROWEST_WRAP: usize = 36;
/// The width assumed where a document gives no sign.
const USUAL_WRAP: usize = 72;
/// Reports in capitals are lists where their lines are shorter than this.
const NARROWEST_CAPITALS: usize = 60;

/// How a document is wrapped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wrap {
    /// Width at which paragraphs are wrapped; `None` where a line end always ends a paragraph.
    width: Option<usize>,
    /// The same between two lines in capitals, where a capital letter at the beginning says nothing.
    capitals: usize,
}

impl Wrap {
    /// Measures a document.
    pub fn of(text: &str) -> Self {
        // Lines by length, and of these the ones whose next line begins with a small letter.
        let (mut all, mut torn) = ([0usize; WIDEST_WRAP + 2], [0usize; WIDEST_WRAP + 2]);
        let mut open_before: Option<usize> = None;
        let mut at = 0;
        while let Some((begin, end, next)) = trimmed_line(text, at) {
            at = next;
            if begin == end {
                open_before = None;
                continue;
            }
            if let Some(length) = open_before
                && char_at(text, begin).is_some_and(is_lower)
            {
                torn[length] += 1;
            }
            let length = (end - begin).min(WIDEST_WRAP + 1);
            all[length] += 1;
            let closed = matches!(text.as_bytes()[end - 1], b'.' | b'!' | b'?' | b':' | b';');
            open_before = (!closed && (NARROWEST_WRAP..=WIDEST_WRAP).contains(&length)).then_some(length);
        }
        let capitals = quantile(&all[..=WIDEST_WRAP], 9, 10).unwrap_or(USUAL_WRAP).max(NARROWEST_CAPITALS);
        let width = match quantile(&torn, 1, 2) {
            None => (all[WIDEST_WRAP + 1] == 0).then_some(USUAL_WRAP),
            // Where many lines are much longer, the short ones were not wrapped but written so.
            Some(width) => {
                let longer: usize = all[(width * 4 / 3).min(WIDEST_WRAP + 1)..].iter().sum();
                (longer <= 2 * torn.iter().sum::<usize>()).then_some(width)
            }
        };
        Self { width, capitals }
    }
}

/// The length that `part` of `whole` of the counted lines do not exceed; `None` where nothing was counted.
fn quantile(counts: &[usize], part: usize, whole: usize) -> Option<usize> {
    let n: usize = counts.iter().sum();
    let mut seen = 0;
    counts.iter().position(|&count| {
        seen += count;
        n > 0 && whole * seen >= part * n
    })
}

/// Whether line `b` continues line `a`.
pub(crate) fn continues(text: &str, a: &Line, b: &Line, wrap: Wrap, language: Language) -> bool {
    if b.blank_before || b.heading.is_some() || a.heading.is_some_and(|heading| !heading.inline) {
        return false;
    }
    let (left, right) = (a.bytes(text), b.bytes(text));
    if ends_in_stage(left) && begins_with_stage(right) || is_torn_stage(left, right) {
        return true;
    }
    if a.row || b.row || b.item == Item::Yes {
        return false;
    }
    let full = is_full(text, a, b, wrap);
    let open = is_open(left, language);
    if b.item == Item::Perhaps && !(open || full && !is_closed(left)) {
        return false;
    }
    if b.amounts.leads && a.amounts.schedule {
        return false;
    }
    if b.amounts.leads && !is_closed(left) {
        return true;
    }
    if a.amounts.any && b.amounts.any && (ends_as_prescription(left) || a.amounts.schedule && !open) {
        return false;
    }
    if b.label && !open {
        return full && !is_closed(left) && !a.label;
    }
    match b.first {
        _ if open => true,
        First::Closer => true,
        // A list may be written in small letters, but its lines are short.
        First::Lower => full || a.len() >= wrap.width.map_or(NARROWEST_WRAP, |width| width / 2) || left.ends_with(b":"),
        // A label and its value on two lines.
        _ if left.ends_with(b":") => a.len() <= 60 && !right.ends_with(b":"),
        _ => full || is_remainder(a, b, right, wrap) && !is_closed(left),
    }
}

/// The last words of a paragraph ("Wundheilung."), or a number in the middle of a list of values ("1,5, Harnstoff ...").
fn is_remainder(a: &Line, b: &Line, right: &[u8], wrap: Wrap) -> bool {
    let short = b.len() <= 24 && right.ends_with(b".") && right.iter().filter(|&&byte| byte == b' ').count() <= 1;
    let value = right[0].is_ascii_digit() && right[..b.first_word].ends_with(b",");
    wrap.width.is_some_and(|width| a.len() >= width / 2) && (short || value)
}

/// Whether the line was broken because the next word did not fit.
fn is_full(text: &str, a: &Line, b: &Line, wrap: Wrap) -> bool {
    let width = if is_in_capitals(text, a, b) { Some(wrap.capitals) } else { wrap.width };
    width.is_some_and(|width| a.len() <= WIDEST_WRAP && 100 * (a.len() + 1 + b.first_word) >= 80 * width)
}

/// Whether the words on both sides of the line end are written in capitals.
fn is_in_capitals(text: &str, a: &Line, b: &Line) -> bool {
    let capitals = |word: &[u8]| {
        !word.iter().any(u8::is_ascii_lowercase) && word.iter().filter(|byte| byte.is_ascii_uppercase()).count() >= 2
    };
    let left = a.bytes(text);
    capitals(&b.bytes(text)[..b.first_word]) && left.rsplit(|&byte| is_blank(byte)).next().is_some_and(capitals)
}

fn is_closed(line: &[u8]) -> bool {
    matches!(line.last(), Some(b'.' | b'!' | b'?' | b';'))
}

/// Whether the line ends in the middle of something: a comma, an open bracket, an article, a binding abbreviation.
pub(crate) fn is_open(line: &[u8], language: Language) -> bool {
    let Some(&last) = line.last() else { return false };
    if matches!(last, b',' | b'(' | b'[' | b'/' | b'&' | b'+' | b'<' | b'>' | b'=') {
        return true;
    }
    if last == b'-' {
        return line.len() > 1 && line[line.len() - 2].is_ascii_alphanumeric();
    }
    let begin = line.iter().rposition(|&byte| is_blank(byte)).map_or(0, |at| at + 1);
    let word = &line[begin..];
    if last == b'.' {
        let word = &word[..word.len() - 1];
        // "Z. n." and "V. a." written apart end in one letter after another.
        let apart = begin >= 3 && word.len() == 1 && word[0].is_ascii_lowercase() && line[begin - 2] == b'.';
        return apart && matches!(word, b"n" | b"a" | b"p" | b"h")
            || strength(word, false, language) == Strength::Binding;
    }
    let mut buffer = [0u8; 24];
    // "FOR" in a report in capitals; two capitals are more often an abbreviation ("AN", "IM").
    let word = if word.len() > 2 { lower(word, &mut buffer).unwrap_or(word) } else { word };
    begin > 0 && leaves_open(word)
}
