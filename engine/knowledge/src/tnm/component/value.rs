//! The category of a component: main figure, subcategory, range.
//!
//! Subcategories after UICC 8 with those of earlier editions; letters that OCR puts for figures are read and flagged. It does not know
//! the prefix, nor what may stand before the letter.

use befund_core::Label;

use crate::tnm::lexicon::right_of;

use super::{AMBIGUOUS_C, Ending, OCR_ONE, OCR_ZERO, RANGE, ending, is_prefix};

/// The category behind a letter.
pub(super) struct Value {
    /// Without the letter: "2a", "1mi", "2-3".
    pub written: String,
    /// One past its last byte.
    pub end: usize,
    /// `OCR_ZERO`, `OCR_ONE`, `RANGE`, `AMBIGUOUS_C`.
    pub flags: u8,
}

impl Value {
    /// Reads the category that begins at `at`; `spaced` where it does not touch its letter.
    pub fn read(text: &str, at: usize, label: Label, spaced: bool) -> Option<Self> {
        let bytes = text.as_bytes();
        let rest = &bytes[at..];
        if label == Label::T {
            for sign in ["≥", ">="] {
                if rest.starts_with(sign.as_bytes()) {
                    let (main, flags) = main_category(*rest.get(sign.len())?, label)?;
                    let inner = Self::with_subcategory(text, main, flags, at + sign.len() + 1, label)?;
                    return Some(Self {
                        written: format!("≥{}", inner.written), flags: inner.flags | RANGE, ..inner
                    });
                }
            }
            if rest.len() >= 2 && rest[..2].eq_ignore_ascii_case(b"is") && !spaced {
                return Self::fixed(text, "is", at + 2, 0);
            }
            if rest.first() == Some(&b'a') && !spaced {
                return Self::fixed(text, "a", at + 1, 0);
            }
        }
        if label == Label::G {
            return Self::grade(text, at);
        }
        let (main, flags) = main_category(*rest.first()?, label)?;
        Self::with_subcategory(text, main, flags, at + 1, label)
    }

    fn fixed(text: &str, written: &str, end: usize, flags: u8) -> Option<Self> {
        (!matches!(ending(text, end), Ending::No)).then(|| Self { written: written.to_owned(), end, flags })
    }

    fn with_subcategory(text: &str, main: char, flags: u8, at: usize, label: Label) -> Option<Self> {
        let bytes = text.as_bytes();
        let Some(last) = last_subcategory(label) else { return Self::fixed(text, &main.to_string(), at, flags) };
        if main == '+' {
            return Self::fixed(text, "+", at, flags);
        }
        for micro in ["mic", "mi", "MI"] {
            if bytes[at..].starts_with(micro.as_bytes())
                && let Some(found) = Self::fixed(text, &format!("{main}mi"), at + micro.len(), flags)
            {
                return Some(found);
            }
        }
        let sub = bytes.get(at).map(u8::to_ascii_lowercase).filter(|sub| (b'a'..=last).contains(sub));
        if let Some(sub) = sub {
            let letter = char::from(sub);
            // `pTlbl`: behind a subcategory of T, l and I are ones.
            let (digit, scanned) = match bytes.get(at + 1) {
                Some(digit @ b'1'..=b'4') => (Some(*digit), 0),
                Some(b'l' | b'I' | b'i') if label == Label::T => (Some(b'1'), OCR_ONE),
                _ => (None, 0),
            };
            if let Some(digit) = digit
                && let written = format!("{main}{letter}{}", char::from(digit))
                && let Some(found) = Self::fixed(text, &written, at + 2, flags | scanned)
            {
                return Some(found);
            }
            let ambiguous = sub == b'c' && matches!(bytes.get(at + 1), Some(b'N' | b'M'));
            let flags = if ambiguous { flags | AMBIGUOUS_C } else { flags };
            if let Some(found) = Self::fixed(text, &format!("{main}{letter}"), at + 1, flags) {
                return Some(found);
            }
        }
        Self::apart_subcategory(text, main, flags, at, last).or_else(|| Self::fixed(text, &main.to_string(), at, flags))
    }

    /// `pT1 b`, as scanned forms write it; an article ("T2 a tumour") is not one.
    fn apart_subcategory(text: &str, main: char, flags: u8, at: usize, last: u8) -> Option<Self> {
        let bytes = text.as_bytes();
        let sub = *bytes.get(at + 1).filter(|_| bytes[at] == b' ' && main.is_ascii_digit())?;
        let closed =
            matches!(bytes.get(at + 2), None | Some(b',' | b';' | b':' | b'(' | b')' | b'\n' | b'\r' | b'/' | b'.'))
                || bytes.get(at + 2) == Some(&b' ')
                    && (matches!(bytes.get(at + 3), Some(b'(' | b'/' | b',' | b'\n'))
                        || component_follows(bytes, at + 3, sub));
        ((b'a'..=last).contains(&sub) && closed).then(|| Self {
            written: format!("{main}{}", char::from(sub)),
            end: at + 2,
            flags,
        })
    }

    fn grade(text: &str, at: usize) -> Option<Self> {
        let rest = &text.as_bytes()[at..];
        for (word, value) in [("low", "L"), ("high", "H"), ("IV", "4"), ("III", "3"), ("II", "2"), ("I", "1")] {
            if rest.starts_with(word.as_bytes())
                && let Some(found) = Self::fixed(text, value, at + word.len(), 0)
            {
                return Some(found);
            }
        }
        // `Gil:`, `Gill:` in a form's list of grades.
        let ones = rest.iter().take_while(|byte| matches!(byte, b'I' | b'i' | b'l')).count();
        if matches!(ones, 2 | 3) && explained_as_grade(text, at + ones) {
            return Self::fixed(text, if ones == 2 { "2" } else { "3" }, at + ones, OCR_ONE);
        }
        let value = match rest.first()? {
            digit @ b'1'..=b'4' => char::from(*digit),
            b'X' | b'x' => 'X',
            b'l' if !gleason_follows(&rest[1..]) => return Self::fixed(text, "1", at + 1, OCR_ONE),
            letter @ (b'L' | b'H' | b'B') => char::from(*letter),
            _ => return None,
        };
        Self::fixed(text, &value.to_string(), at + 1, 0)
    }

    /// `T2-4`, `T1a/b`, `T3/T4`, `pT2-pT3`, `NX/0`, `T3(-4)`.
    pub fn range(&mut self, text: &str, label: Label, letter: u8) {
        if !matches!(label, Label::T | Label::N | Label::M | Label::G) || self.flags & (OCR_ONE | OCR_ZERO | RANGE) != 0
        {
            return;
        }
        let bytes = text.as_bytes();
        let rest = &text[self.end..];
        let spaced: &[&str] = if label == Label::G { &[" -  ", " - ", " – ", " to ", " bis "] } else { &[] };
        let marks = ["(-", "-", "–", "/"].iter().chain(spaced);
        let Some(mark) = marks.copied().find(|mark| rest.starts_with(mark)) else { return };
        let mut at = self.end + mark.len();
        let repeat = at;
        while at < repeat + 3 && bytes.get(at).is_some_and(|byte| is_prefix(*byte, false)) {
            at += 1;
        }
        at = if bytes.get(at) == Some(&letter) { at + 1 } else { repeat };
        let high = match bytes.get(at) {
            Some(b'0'..=b'4' | b'X' | b'x') | Some(b'I') if at > repeat || bytes[at] != b'I' || label == Label::G => {
                Self::read(text, at, label, true)
            }
            Some(sub @ b'b'..=b'e')
                if self.written.len() == 2
                    && at == repeat
                    && last_subcategory(label).is_some_and(|last| *sub <= last) =>
            {
                let main = &self.written[..1];
                Self::fixed(text, &format!("{main}{}", char::from(*sub)), at + 1, 0)
            }
            _ => None,
        };
        let Some(high) = high.filter(|high| high.flags == 0) else { return };
        let counts = mark == "/" && label == Label::N && self.written == "0";
        let rises = self.written == "X" || high.written == "X" || self.written < high.written;
        let closed = mark != "(-" || bytes.get(high.end) == Some(&b')');
        if rises && closed && !counts && !(label == Label::M && self.written != "X") {
            self.end = high.end + usize::from(mark == "(-");
            self.written = format!("{}-{}", self.written, high.written);
            self.flags |= RANGE;
        }
    }
}

/// Whether N, M, L or V with a category begins at `at`: `cT2 c cN1`. In `cT2 c N1` the c is the prefix of N.
fn component_follows(bytes: &[u8], at: usize, sub: u8) -> bool {
    let prefixes = bytes[at.min(bytes.len())..].iter().take(3).take_while(|byte| is_prefix(**byte, false)).count();
    let letter = matches!(bytes.get(at + prefixes), Some(b'N' | b'M' | b'L' | b'V'));
    let value = matches!(bytes.get(at + prefixes + 1), Some(b'0'..=b'3' | b'X' | b'x' | b'+' | b' '));
    letter && value && !(prefixes == 0 && sub == b'c')
}

/// `: Moderately differentiated` follows.
fn explained_as_grade(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(' ');
    rest.starts_with([':', ';']) && right_of(rest, 0, 32).contains("differ")
}

/// `Gl. 4+4` is short for Gleason.
fn gleason_follows(rest: &[u8]) -> bool {
    let blanks = rest.iter().take(2).take_while(|byte| matches!(byte, b'.' | b' ')).count();
    rest.get(blanks).is_some_and(u8::is_ascii_digit)
        && rest[blanks + 1..].iter().find(|byte| **byte != b' ') == Some(&b'+')
}

/// The last letter of a subcategory in any edition; `None` where there are none.
fn last_subcategory(label: Label) -> Option<u8> {
    match label {
        Label::T | Label::M => Some(b'e'),
        Label::N => Some(b'c'),
        Label::R => Some(b'b'),
        _ => None,
    }
}

fn main_category(byte: u8, label: Label) -> Option<(char, u8)> {
    let highest = match label {
        Label::T => b'4',
        Label::N | Label::S => b'3',
        Label::V | Label::R => b'2',
        _ => b'1',
    };
    match byte {
        b'0'..=b'9' if byte <= highest => Some((char::from(byte), 0)),
        b'X' | b'x' => Some(('X', 0)),
        b'+' if label == Label::N => Some(('+', 0)),
        b'O' | b'o' if label != Label::S => Some(('0', OCR_ZERO)),
        b'l' | b'I' => Some(('1', OCR_ONE)),
        b'i' if matches!(label, Label::T | Label::N) => Some(('1', OCR_ONE)),
        _ => None,
    }
}
