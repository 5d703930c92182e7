//! The grammar of one TNM component: prefix letters, letter, category, range, suffixes.
//!
//! Written by hand as a slot parser over bytes, because the same letters must be read in glued writing (`pT2pN0M0R0`), spaced writing
//! (`p T 3a`), OCR writing (`pNO`, `pTl`) and with tails that no edition lists (`M1d(1)`), and because a rejected try must cost
//! nanoseconds. Categories after the TNM Classification of Malignant Tumours, 8th edition (UICC 2017), with the tails of earlier ones.
//! It does not know whether `T2` is a stage or a vertebra: that is `candidate`'s question.

mod suffix;
mod value;

use befund_core::Label;

use crate::border::{border_after, border_before};
use suffix::suffixes;
use value::Value;

/// Zero written as the letter O.
pub(crate) const OCR_ZERO: u8 = 1;
/// One written as the letter l or I.
pub(crate) const OCR_ONE: u8 = 2;
/// Two values joined, low and high.
pub(crate) const RANGE: u8 = 4;
/// Glued `pT3cN0`: the c is read as part of T, but may be the prefix of N. Behind a prefix c (`cT1cN0`) it is one.
pub(crate) const AMBIGUOUS_C: u8 = 8;

/// Prefix letters of a component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prefix {
    /// After therapy.
    pub y: bool,
    /// Recurrence.
    pub r: bool,
    /// Autopsy.
    pub a: bool,
    /// Multiple tumours.
    pub m: bool,
    /// `c`, `p` or `u`.
    pub basis: Option<char>,
    /// Written in small letters right before the letter.
    pub plain: bool,
}

impl Prefix {
    /// Whether any letter stands there.
    pub fn any(self) -> bool {
        self.y || self.r || self.a || self.m || self.basis.is_some()
    }
}

/// One component as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    /// Which one.
    pub label: Label,
    /// First byte, prefix included.
    pub start: usize,
    /// One past the last byte, suffixes included.
    pub end: usize,
    /// Prefix letters.
    pub prefix: Prefix,
    /// Category without its letter: "2a", "1mi", "is", "X", "2-3", "+".
    pub value: String,
    /// Suffixes in brackets, "" where there is none.
    pub suffix: String,
    /// "m", "m2", "3".
    pub multiplicity: Option<String>,
    /// `OCR_ZERO`, `OCR_ONE`, `RANGE`, `AMBIGUOUS_C`.
    pub flags: u8,
    /// A blank, colon or dash stands between letter and category.
    pub spaced: bool,
    /// A letter or digit follows at once; right only where another component begins there.
    pub open: bool,
    /// Runs on like the label of a block or lot: `N1-12`, `T1-T6`, `T3N1M0-44`.
    pub lot: bool,
}

/// The component whose letter stands at byte `letter`. `floor` is the end of the component before it: nothing left of it is read, and
/// glued writing may begin there.
pub(crate) fn at(text: &str, letter: usize, floor: usize) -> Option<Component> {
    let bytes = text.as_bytes();
    let (label, after) = label_at(bytes, letter)?;
    let (mut value_at, spaced) = value_start(bytes, after, label);
    let broken = matches!(bytes.get(value_at), Some(b'\n' | b'\r'));
    if broken {
        value_at = after_line_break(bytes, value_at);
    }
    may_begin_value(bytes, value_at, label).then_some(())?;
    let (start, prefix) = prefix_before(text, letter, floor, label)?;
    if broken && !(prefix.plain && bytes[value_at].is_ascii_digit()) {
        return None;
    }
    let small = bytes[letter].is_ascii_lowercase();
    if (small && (spaced || !prefix.any())) || (spaced && bytes[after] == b'-' && !prefix.any() && label != Label::G) {
        return None;
    }
    let spaced = spaced || broken;
    let mut value = Value::read(text, value_at, label, spaced)?;
    if value.flags & AMBIGUOUS_C != 0
        && (prefix.basis == Some('c') || matches!(value.written.as_bytes()[0], b'0' | b'X'))
    {
        // `cT1cN0cM0` repeats its prefix.
        value.written.pop();
        value.end -= 1;
        value.flags &= !AMBIGUOUS_C;
    }
    // Radiochemotherapy: `RCTx`, `CTx`, `RTx`.
    if prefix.any() && !prefix.plain && label == Label::T && bytes[value.end - 1] == b'x' {
        return None;
    }
    if !may_be_scanned(bytes, start, letter, value_at, &value, spaced) {
        return None;
    }
    value.range(text, label, bytes[letter]);
    let mut component = Component {
        label,
        start,
        end: value.end,
        prefix,
        value: value.written,
        suffix: String::new(),
        multiplicity: prefix.m.then(|| "m".to_owned()),
        flags: value.flags,
        spaced,
        open: false,
        lot: false,
    };
    suffixes(text, &mut component);
    match ending(text, component.end) {
        Ending::Border => component.lot = !prefix.any() && runs_on(bytes, component.end),
        Ending::Open => component.open = true,
        Ending::No => return None,
    }
    Some(component)
}

/// Reads a mention's text as the component `label`; white space and brackets around it are tolerated.
pub(crate) fn parse(label: Label, text: &str) -> Option<Component> {
    (0..text.len())
        .filter(|&i| text.is_char_boundary(i))
        .find_map(|i| at(text, i, 0).filter(|found| found.label == label && !found.lot))
}

/// Whether letters for figures may stand behind these prefixes: `pTia` and `T3 Ni` are scanned, "Tie", "UNI" and "RT 2" are words and lists.
fn may_be_scanned(bytes: &[u8], start: usize, letter: usize, value_at: usize, value: &Value, spaced: bool) -> bool {
    let scanned = value.flags & (OCR_ONE | OCR_ZERO) != 0;
    let p = bytes[start..letter].contains(&b'p');
    let capitals = start < letter && bytes[start].is_ascii_uppercase() && bytes[letter - 1] != b'P';
    let small_one = bytes[value_at] == b'i' && value.written != "is" && bytes[letter] != b'G';
    !(capitals && (scanned || spaced)) && (!small_one || !spaced && (p || bytes[letter] == b'N' && start == letter))
}

fn label_at(bytes: &[u8], letter: usize) -> Option<(Label, usize)> {
    let label = match bytes.get(letter)? {
        b'T' | b't' => Label::T,
        b'N' | b'n' => Label::N,
        b'M' | b'm' => Label::M,
        b'L' => Label::L,
        b'V' => Label::V,
        b'R' => Label::R,
        b'S' => Label::S,
        b'G' => Label::G,
        b'P' if bytes.get(letter + 1) == Some(&b'n') => return Some((Label::Pn, letter + 2)),
        _ => return None,
    };
    Some((label, letter + 1))
}

/// Skips what may stand between letter and category: up to two blanks, a colon, a dash, a dot after G.
fn value_start(bytes: &[u8], after: usize, label: Label) -> (usize, bool) {
    let mut i = after;
    match bytes.get(i) {
        Some(b'-') => i += 1,
        Some(b'.') if label == Label::G => i += 1,
        _ => {
            while i < after + 2 && bytes.get(i) == Some(&b' ') {
                i += 1;
            }
            if matches!(bytes.get(i), Some(b':' | b'=')) {
                i += 1;
                while i < after + 4 && bytes.get(i) == Some(&b' ') {
                    i += 1;
                }
            }
        }
    }
    (i, i > after)
}

/// A scanned line may end between letter and category (`pT` / `1`), never at an empty line.
fn after_line_break(bytes: &[u8], at: usize) -> usize {
    let at = at + usize::from(bytes[at] == b'\r');
    at + usize::from(bytes.get(at) == Some(&b'\n'))
}

fn may_begin_value(bytes: &[u8], at: usize, label: Label) -> bool {
    match bytes.get(at) {
        Some(b'0'..=b'4' | b'X' | b'x' | b'O' | b'o' | b'l' | b'I') => true,
        Some(b'i') => matches!(label, Label::T | Label::N | Label::G),
        Some(b'a' | b'>') => label == Label::T,
        Some(0xE2) => label == Label::T && bytes[at..].starts_with("≥".as_bytes()),
        Some(b'+') => label == Label::N,
        Some(b'L' | b'H' | b'B' | b'h') => label == Label::G,
        _ => false,
    }
}

fn is_prefix(byte: u8, capital: bool) -> bool {
    matches!(byte, b'y' | b'r' | b'a' | b'm' | b'c' | b'p' | b'u')
        || capital && matches!(byte, b'Y' | b'R' | b'C' | b'P' | b'U')
}

/// `AJCCpT1`, `StagingpT3a`: a scanner has lost the blank before a p that nothing but a category can follow.
pub(super) fn glued_to_a_word(bytes: &[u8], letter: usize, floor: usize) -> bool {
    let word =
        bytes[floor..letter.saturating_sub(1).max(floor)].iter().rev().take_while(|byte| byte.is_ascii_alphabetic());
    letter > floor
        && bytes[letter - 1] == b'p'
        && bytes[letter] == b'T'
        && bytes.get(letter + 1).is_some_and(|byte| matches!(byte, b'1'..=b'4'))
        && word.take(4).filter(|byte| !is_prefix(**byte, false)).count() >= 2
}

/// Reads prefix letters leftwards. `None` where letter or prefix do not begin at a border.
fn prefix_before(text: &str, letter: usize, floor: usize, label: Label) -> Option<(usize, Prefix)> {
    let bytes = text.as_bytes();
    if label == Label::T && glued_to_a_word(bytes, letter, floor) {
        return Some((letter - 1, Prefix { basis: Some('p'), plain: true, ..Prefix::default() }));
    }
    let mut start = letter;
    while start > floor && letter - start < 4 && is_prefix(bytes[start - 1], bytes[letter].is_ascii_uppercase()) {
        start -= 1;
    }
    // A glued chain begins where the last component ended; else a border must stand there.
    if !(border_before(text, start) || floor > 0 && start == floor) {
        return None;
    }
    if start < letter {
        let letters = &bytes[start..letter];
        let prefix = prefix_of(letters)?;
        let plain = letters.iter().all(u8::is_ascii_lowercase);
        let fits = match label {
            // "3.0 cmT2" is a measure that runs into a letter.
            Label::T | Label::N | Label::M => letters != b"cm",
            Label::G | Label::S => false,
            _ => plain && !prefix.a && !prefix.m && prefix.basis.is_some(),
        };
        return fits.then_some((start, Prefix { plain, ..prefix }));
    }
    if !matches!(label, Label::T | Label::N | Label::M) {
        return Some((letter, Prefix::default()));
    }
    Some(apart_prefix(text, letter, floor).unwrap_or((letter, Prefix::default())))
}

/// `p T2`, `(p)T2`, `yp N0`: a prefix that stands apart.
fn apart_prefix(text: &str, letter: usize, floor: usize) -> Option<(usize, Prefix)> {
    let bytes = text.as_bytes();
    let close = letter.checked_sub(1)?;
    let bracket = bytes[close] == b')';
    if !bracket && bytes[close] != b' ' {
        return None;
    }
    let mut start = close;
    while start > floor && close - start < 3 && is_prefix(bytes[start - 1], false) {
        start -= 1;
    }
    let prefix = prefix_of(&bytes[start..close]).filter(|prefix| prefix.basis.is_some())?;
    // "p T 3" can be nothing else; "c T2" may be a list's letter.
    let prefix = Prefix { plain: prefix.basis == Some('p'), ..prefix };
    if bracket {
        (start > floor && bytes[start - 1] == b'(').then(|| (start - 1, prefix))
    } else {
        border_before(text, start).then_some((start, prefix))
    }
}

fn prefix_of(letters: &[u8]) -> Option<Prefix> {
    let mut prefix = Prefix::default();
    for letter in letters {
        let slot = match letter.to_ascii_lowercase() {
            b'y' => &mut prefix.y,
            b'r' => &mut prefix.r,
            b'a' => &mut prefix.a,
            b'm' => &mut prefix.m,
            // "cut0" is no stage: there is one basis.
            _ if prefix.basis.is_some() => return None,
            basis => {
                prefix.basis = Some(char::from(basis));
                continue;
            }
        };
        if *slot {
            return None;
        }
        *slot = true;
    }
    (!letters.is_empty()).then_some(prefix)
}

fn runs_on(bytes: &[u8], end: usize) -> bool {
    let letter = bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase);
    let digit_at = end + 1 + usize::from(letter);
    bytes.get(end) == Some(&b'-')
        && bytes.get(digit_at).is_some_and(u8::is_ascii_digit)
        && (!letter
            || !matches!(bytes[end + 1], b'T' | b'N' | b'M' | b'G' | b'L' | b'V' | b'R')
            || bytes[end + 1] == bytes[end - 2])
}

/// `T2N0M (not applicable)`, `pN1Mn/a`: an M whose category is missing follows.
fn m_without_category(bytes: &[u8], at: usize) -> bool {
    let at = at + usize::from(matches!(bytes.get(at), Some(b'p' | b'c')));
    let after = bytes.get(at + 1..).unwrap_or(&[]);
    bytes.get(at) == Some(&b'M')
        && (after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric())
            || after.len() >= 3 && after[..3].eq_ignore_ascii_case(b"n/a"))
}

enum Ending {
    Border,
    Open,
    No,
}

/// What follows a category: a border, perhaps another component, or something that shows that this is none (`T2w`, `T2.5`, `T12`).
fn ending(text: &str, end: usize) -> Ending {
    let bytes = text.as_bytes();
    let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    match bytes.get(end) {
        Some(b'.' | b',') if digit_at(end + 1) && digit_at(end - 1) => Ending::No,
        _ if m_without_category(bytes, end) => Ending::Border,
        Some(
            b'T' | b'N' | b'M' | b'L' | b'V' | b'R' | b'S' | b'G' | b'P' | b'C' | b'Y' | b'U' | b'y' | b'r' | b'a'
            | b'm' | b'c' | b'p' | b'u',
        ) => Ending::Open,
        // `pMXDiagnosis`: the line's end may be lost.
        Some(b'A'..=b'Z') if bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase) => Ending::Open,
        _ if border_after(text, end) => Ending::Border,
        _ => Ending::No,
    }
}
