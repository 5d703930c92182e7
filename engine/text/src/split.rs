//! Splits a run of text into sentences at full stops, question and exclamation marks.
//!
//! In clinical German most full stops do not end a sentence: abbreviations (`Z. n.`, `bds.`), ordinals (`3. Mai`, `8. Auflage`), vessels
//! (`A. carotis`), dates. Each stop is judged by the word before it and the character after it. Where both readings are possible the
//! sentence goes on: a sentence too long is read in windows, a stage or a prescription cut in two is lost.

use std::ops::Range;

use befund_core::{Language, Span};
use memchr::memchr3;

use crate::abbreviation::{Strength, begins_sentences, counts_things, is_month, strength};
use crate::chars::{char_at, is_blank, is_lower, is_upper, skip_blanks, word_end};

/// Longest sentence in bytes. Text without any stop (a table read as one line, OCR noise) is cut here, at white space where there is some,
/// so that time and memory stay linear. Windows overlap only inside a sentence, so the limit is generous.
pub(crate) const LONGEST_SENTENCE: usize = 8 << 10;

/// Longest word before a full stop that is looked at.
const LONGEST_WORD: usize = 40;

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Its language.
    pub language: Language,
    /// Typed without capitals ("no chest pain. on aspirin."), so that a small letter may begin a sentence.
    pub small_letters: bool,
}

/// Hands out the sentences of `run` in order, trimmed, never empty.
pub(crate) fn sentences(text: &str, run: Range<usize>, style: Style, mut emit: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let (mut start, mut at) = (run.start, run.start);
    while let Some(offset) = memchr3(b'.', b'!', b'?', &bytes[at..run.end]) {
        let stop = Stop { text, bytes, start, at: at + offset, end: run.end, style, language: style.language };
        at = match stop.border() {
            Some(border) => {
                bounded(text, start, border, &mut emit);
                start = skip_blanks(text, border, run.end);
                start.max(stop.at + 1)
            }
            None => stop.at + 1,
        };
    }
    bounded(text, start, run.end, &mut emit);
}

/// Emits a sentence, in pieces where it is too long.
fn bounded(text: &str, mut start: usize, end: usize, emit: &mut impl FnMut(Span)) {
    let bytes = text.as_bytes();
    while end - start > LONGEST_SENTENCE {
        let window = start + LONGEST_SENTENCE / 2..start + LONGEST_SENTENCE;
        let cut = match bytes[window.clone()].iter().rposition(|&byte| is_blank(byte)) {
            Some(offset) => window.start + offset,
            None => text.floor_char_boundary(window.end),
        };
        trimmed(text, start, cut, emit);
        start = cut;
    }
    trimmed(text, start, end, emit);
}

fn trimmed(text: &str, start: usize, end: usize, emit: &mut impl FnMut(Span)) {
    let span = Span::new(start, end).trim(text);
    if !span.is_empty() {
        emit(span);
    }
}

/// A full stop, question mark or exclamation mark, and the sentence it may end.
struct Stop<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where the sentence begins.
    start: usize,
    /// Where the mark stands.
    at: usize,
    /// End of the run.
    end: usize,
    style: Style,
    language: Language,
}

/// What follows a mark and its white space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Upper,
    Lower,
    Digit,
    /// Punctuation that goes on.
    Closer,
    /// Brackets, quotes, dashes, bullets, anything else.
    Other,
}

impl Stop<'_> {
    /// Where the sentence ends, if it ends at this mark; one past its last byte.
    fn border(&self) -> Option<usize> {
        let mut after = self.at + 1;
        while after < self.end && matches!(self.bytes[after], b'.' | b'!' | b'?') {
            after += 1;
        }
        let closed = self.skip_closers(after);
        let next = skip_blanks(self.text, closed, self.end);
        if next >= self.end {
            return None;
        }
        if next == closed {
            return self.is_missing_blank(after, closed).then_some(closed);
        }
        let follows = self.follows(next);
        if self.bytes[self.at] != b'.' {
            // "(?)" and "pT2 ?" mark doubt.
            let doubt = self.at == self.start || matches!(self.bytes[self.at - 1], b' ' | b'(' | b'\n');
            return (!doubt && !matches!(follows, Next::Lower | Next::Closer)).then_some(closed);
        }
        if follows == Next::Closer {
            return None;
        }
        self.full_stop(next, follows, closed)
    }

    fn skip_closers(&self, mut at: usize) -> usize {
        while at < self.end {
            at += match &self.bytes[at..self.end] {
                [b'"' | b'\'' | b')' | b']' | b'}', ..] => 1,
                [0xc2, 0xbb, ..] => 2,
                [0xe2, 0x80, 0x99 | 0x9c | 0x9d, ..] => 3,
                _ => break,
            };
        }
        at
    }

    /// "Lymphknoten.Danach": a blank is missing after a word.
    fn is_missing_blank(&self, after: usize, closed: usize) -> bool {
        if self.bytes[self.at] != b'.' || after != self.at + 1 || closed != after {
            return false;
        }
        let mut next = self.text[closed..self.end].chars();
        let begins = next.next().is_some_and(is_upper) && next.next().is_some_and(is_lower);
        let word = self.word();
        // "in diameter .The serosa": the blank stands on the wrong side.
        let astray =
            word.is_empty() && self.at > self.start && is_blank(self.bytes[self.at - 1]) && !self.follows_lone_letter();
        let ends = astray
            || word.len() >= 4
                && word.iter().rev().take(4).all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
                && strength(word, false, self.language) == Strength::None;
        begins && ends
    }

    fn follows(&self, next: usize) -> Next {
        match char_at(self.text, next) {
            Some(c) if is_upper(c) => Next::Upper,
            Some(c) if is_lower(c) => Next::Lower,
            Some(c) if c.is_ascii_digit() => Next::Digit,
            Some(',' | ';' | ':' | ')' | ']' | '}' | '%' | '=' | '/' | '!' | '?' | '.' | '<' | '>' | '+' | '&') => {
                Next::Closer
            }
            _ => Next::Other,
        }
    }

    /// Where the word before the mark begins: after white space, an opening bracket, a quote, a slash or a hyphen.
    fn word_begin(&self) -> usize {
        let least = self.start.max(self.at.saturating_sub(LONGEST_WORD));
        let mut begin = self.at;
        while begin > least && !is_blank(self.bytes[begin - 1]) {
            if matches!(self.bytes[begin - 1], b'(' | b'[' | b'"' | b'\'' | b'/' | b'-' | b',' | b':') {
                break;
            }
            begin -= 1;
        }
        self.text.floor_char_boundary(begin)
    }

    fn word(&self) -> &[u8] {
        &self.bytes[self.word_begin()..self.at]
    }

    fn full_stop(&self, next: usize, follows: Next, closed: usize) -> Option<usize> {
        let begin = self.word_begin();
        let word = &self.bytes[begin..self.at];
        let first = begin == self.start;
        let upper = follows == Next::Upper;
        let starter = upper && begins_sentences(&self.bytes[next..word_end(self.bytes, next, self.end)], self.language);
        let english = self.language == Language::En;
        let ends = if word.is_empty() {
            !first && follows != Next::Lower && !self.follows_lone_letter()
        } else if word.iter().all(u8::is_ascii_digit) {
            return self.number(begin, next, follows, closed, starter);
        } else if word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':')) {
            // "am 3.4. Aufnahme" but "am 3.4.2019. Danach".
            match follows {
                Next::Lower | Next::Digit => false,
                _ if word.len() <= 5 && word.contains(&b'.') && !english => starter,
                _ => true,
            }
        } else if self.text[begin..self.at].chars().count() == 1 {
            !first && starter && !self.is_binding_pair(begin, word)
        } else if word.iter().all(|byte| matches!(byte, b'I' | b'V' | b'X')) {
            !first && (starter || english && upper)
        } else {
            self.plain_word(word, first, follows, starter)
        };
        ends.then_some(closed)
    }

    /// "A . cerebri": the mark stands apart from a single letter.
    fn follows_lone_letter(&self) -> bool {
        let before = self.text[self.start..self.at].trim_end().as_bytes();
        match before {
            [letter] => letter.is_ascii_alphabetic(),
            [.., gap, letter] => letter.is_ascii_alphabetic() && !gap.is_ascii_alphanumeric() && *gap < 0x80,
            [] => true,
        }
    }

    /// A number and a full stop: an enumerator, an ordinal, a decimal that OCR tore apart, or the end.
    fn number(&self, begin: usize, next: usize, follows: Next, closed: usize, starter: bool) -> Option<usize> {
        let word = &self.bytes[begin..self.at];
        if begin == self.start || matches!(follows, Next::Lower | Next::Digit) {
            return None;
        }
        if self.is_next_in_list(begin, word) && follows == Next::Upper {
            return Some(begin);
        }
        // "1-0-1." and "Nr.:12." are no ordinals.
        let joined = matches!(self.bytes[begin - 1], b'-' | b'/' | b',' | b':');
        if follows == Next::Upper && is_month(&self.bytes[next..word_end(self.bytes, next, self.end)]) {
            return None;
        }
        let ordinal = word.len() <= 2
            && !joined
            && self.language != Language::En
            && (follows != Next::Upper
                || !self.follows_noun(begin)
                || counts_things(&self.bytes[next..word_end(self.bytes, next, self.end)]));
        (!ordinal || starter).then_some(closed)
    }

    /// "Muster 3. Rechts": after a noun a number is its value, not an ordinal.
    fn follows_noun(&self, begin: usize) -> bool {
        let before = self.text[self.start..begin].trim_end();
        let word = before.rfind(char::is_whitespace).map_or(before, |at| before[at..].trim_start());
        word.len() > 2 && word.chars().all(char::is_alphabetic) && word.chars().next().is_some_and(is_upper)
    }

    /// "1. Hypertonie 2. Diabetes": the number after the one that the sentence begins with.
    fn is_next_in_list(&self, begin: usize, word: &[u8]) -> bool {
        let value = |digits: &[u8]| digits.iter().fold(0u32, |value, digit| value * 10 + u32::from(digit - b'0'));
        let head = &self.bytes[self.start..begin.min(self.start + 3)];
        let n = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let marked = matches!(self.bytes.get(self.start + n), Some(b'.'));
        n > 0 && marked && word.len() <= 2 && is_blank(self.bytes[begin - 1]) && value(word) == value(&head[..n]) + 1
    }

    /// "z. B.", "d. h.", "Z. n.", "V. a.", "i. S." go on whatever follows.
    fn is_binding_pair(&self, begin: usize, word: &[u8]) -> bool {
        let before = self.text[self.start..begin].trim_end().as_bytes();
        let Some([letter, b'.']) = before.get(before.len().saturating_sub(2)..) else { return false };
        matches!(
            (letter.to_ascii_lowercase(), word[0].to_ascii_lowercase()),
            (b'z', b'b' | b'n' | b't')
                | (b'd', b'h')
                | (b'v', b'a')
                | (b'i', b's' | b'r' | b'e')
                | (b's', b'a')
                | (b'e', b'g')
                | (b'u', b'u')
        )
    }

    fn plain_word(&self, word: &[u8], first: bool, follows: Next, starter: bool) -> bool {
        let english = self.language == Language::En;
        // "No. 3" is a number, "No." an answer.
        if word == b"No" && follows != Next::Digit {
            return follows == Next::Upper;
        }
        match (strength(word, first, self.language), follows) {
            (Strength::Binding, _) => false,
            (Strength::Loose, Next::Upper) => english || starter,
            (Strength::Unit, Next::Upper) => true,
            (Strength::Loose | Strength::Unit, _) => false,
            (Strength::None, Next::Lower) => self.style.small_letters && word.len() >= 3,
            (Strength::None, _) => true,
        }
    }
}
