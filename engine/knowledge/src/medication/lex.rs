//! Cuts a sentence into numbers, words and signs, and reads German and English numbers.
//!
//! `1.000` is a thousand in German and one in English, `0,125` is an eighth in both; `1/2`, `½` and `1½` are single numbers. Words end
//! where letters end, so `47,5mg` is a number and a unit, and `3xtgl` a number and a word.

use befund_core::Language;

use super::words::{self, Meaning};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number; `plain` where it was written with digits alone and without a leading zero.
    Number { value: f64, plain: bool },
    /// Letters, and what they mean in a regimen.
    Word(Meaning),
    /// Any other sign.
    Sign(char),
}

/// A stretch of text: bytes `start..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// A part of a regimen may begin here.
    pub leads: bool,
}

/// A sentence in tokens.
pub(super) struct Tokens<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// Cuts `text[start..end]`; offsets are those of `text`.
    pub fn read(text: &'t str, start: usize, end: usize, language: Language) -> Self {
        let mut tokens = Vec::with_capacity((end - start) / 4 + 4);
        let mut at = start;
        while let Some(sign) = text.get(at..end).and_then(|rest| rest.chars().next()) {
            if sign.is_whitespace() {
                at += sign.len_utf8();
                continue;
            }
            let mut leads = true;
            let (kind, to) = if sign.is_ascii_digit() || half(sign).is_some() {
                number(text, at, end, language)
            } else if sign == '×' {
                (Kind::Word(Meaning::By), at + sign.len_utf8())
            } else if sign.is_alphabetic() || sign == 'µ' {
                let to = at + letters(&text[at..end]);
                let read = words::read(&text[at..to]);
                leads = read.leads;
                (Kind::Word(read.meaning), to)
            } else {
                (Kind::Sign(sign), at + sign.len_utf8())
            };
            tokens.push(Token { start: at, end: to, kind, leads });
            at = to;
        }
        Self { text, tokens }
    }

    /// The token at `index`.
    pub fn get(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    /// The letters of a token that is a word.
    pub fn word(&self, index: usize) -> Option<&'t str> {
        self.get(index)
            .filter(|token| matches!(token.kind, Kind::Word(_)))
            .and_then(|token| self.text.get(token.start..token.end))
    }

    /// What the word means; `Meaning::Other` for anything else.
    pub fn meaning(&self, index: usize) -> Meaning {
        match self.get(index).map(|token| token.kind) {
            Some(Kind::Word(meaning)) => meaning,
            _ => Meaning::Other,
        }
    }

    /// The value of a token that is a number.
    pub fn number(&self, index: usize) -> Option<f64> {
        match self.get(index)?.kind {
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Whether the token is this sign.
    pub fn is_sign(&self, index: usize, sign: char) -> bool {
        self.get(index).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// Whether the token is this word, in lower case.
    pub fn is_word(&self, index: usize, word: &str) -> bool {
        self.is_any(index, &[word])
    }

    /// Whether the token is one of these words, in lower case.
    #[inline]
    pub fn is_any(&self, index: usize, words: &[&str]) -> bool {
        self.word(index).is_some_and(|found| words.iter().any(|word| same(found, word)))
    }

    /// Whether nothing stands between this token and the one before.
    pub fn touches_left(&self, index: usize) -> bool {
        index > 0 && index < self.tokens.len() && self.tokens[index - 1].end == self.tokens[index].start
    }

    /// Bytes between this token and the one before.
    pub fn gap_before(&self, index: usize) -> usize {
        if index == 0 || index >= self.tokens.len() { 0 } else { self.tokens[index].start - self.tokens[index - 1].end }
    }

    /// Whether the token stands in a column of its own: behind two blanks or a tab.
    pub fn is_far(&self, index: usize) -> bool {
        let before = self.get(index).map_or(&[][..], |token| &self.text.as_bytes()[..token.start]);
        matches!(before, [.., b' ', b' '] | [.., b'\t'])
    }

    /// An abbreviation written with points, `b. B.` or `p.o` or `p.r.n.`: its letters in lower case and the token after it. Only the ones
    /// known here, so that `b.B. p.o.` is two.
    pub fn pointed(&self, index: usize) -> Option<(&'static str, usize)> {
        let mut letters = [0_u8; 3];
        let mut found = None;
        let mut at = index;
        for n in 0..letters.len() {
            let word = self.word(at).filter(|word| word.len() == 1 && (at == index || self.gap_before(at) <= 1));
            let Some(letter) = word.and_then(|word| word.bytes().next()) else { break };
            letters[n] = letter.to_ascii_lowercase();
            at += 1;
            let pointed = self.is_sign(at, '.') && self.touches_left(at);
            at += usize::from(pointed);
            if n > 0 {
                let known = POINTED.iter().find(|known| known.as_bytes() == &letters[..=n]);
                found = known.map(|known| (*known, at)).or(found);
            }
            if !pointed {
                break;
            }
        }
        found
    }
}

/// Abbreviations that are written with points between their letters.
const POINTED: &[&str] = &[
    "bb", "prn", "zn", "ie", "iu", "po", "iv", "sc", "im", "sl", "pi", "pr", "ith", "bid", "tid", "qid", "qd", "qhs",
    "od", "bd", "tds", "qds", "om",
];

/// The value of a sign that is a fraction.
fn half(sign: char) -> Option<f64> {
    match sign {
        '½' => Some(0.5),
        '¼' => Some(0.25),
        '¾' => Some(0.75),
        '⅓' => Some(1.0 / 3.0),
        '⅔' => Some(2.0 / 3.0),
        _ => None,
    }
}

/// Whether `found` in lower case is `word`.
#[inline]
pub(super) fn same(found: &str, word: &str) -> bool {
    // Upper and lower case of these letters have the same length in UTF-8, and most words differ in it or in the first byte: a grammar
    // asks this a hundred times a word.
    let begins_alike = |a: u8, b: u8| (a ^ b) & !0x20 == 0 || !a.is_ascii();
    found.len() == word.len()
        && found.bytes().zip(word.bytes()).next().is_none_or(|(a, b)| begins_alike(a, b))
        && same_letters(found, word)
}

#[inline(never)]
fn same_letters(found: &str, word: &str) -> bool {
    found.eq_ignore_ascii_case(word) || !word.is_ascii() && found.chars().flat_map(char::to_lowercase).eq(word.chars())
}

fn letters(rest: &str) -> usize {
    let n_ascii = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    rest[n_ascii..]
        .char_indices()
        .find(|(_, letter)| !(letter.is_alphabetic() || *letter == 'µ' || ('\u{300}'..'\u{370}').contains(letter)))
        .map_or(rest.len(), |(at, _)| n_ascii + at)
}

fn digits(bytes: &[u8], at: usize, end: usize) -> usize {
    bytes[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Whether more of a number, a date or a combination follows: `1/25`, `5/2,5`, `1/2/3`.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(b',' | b'.') => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => byte.is_ascii_digit() || *byte == b'/',
        None => false,
    }
}

/// `whole` and the digits behind its mark. Both as one integer are exact and so is the power of ten: dividing rounds as reading would.
fn decimal(whole: f64, digits: &str) -> f64 {
    const EXACT: f64 = (1_u64 << 53) as f64;
    let scale = 10_f64.powi(digits.len().min(22) as i32);
    let all = whole * scale + digits.parse::<f64>().unwrap_or(0.0);
    if all < EXACT && digits.len() <= 15 {
        all / scale
    } else {
        format!("{whole:.0}.{digits}").parse().unwrap_or(whole)
    }
}

/// Reads the number that begins at `at`.
fn number(text: &str, at: usize, end: usize, language: Language) -> (Kind, usize) {
    let bytes = text.as_bytes();
    let n_first = digits(bytes, at, end);
    // `1OOO mg` of a scan: letters O behind a digit.
    let n_letters = bytes[at + n_first..end].iter().take_while(|byte| **byte == b'O').count();
    if n_first > 0 && n_letters > 0 && !bytes.get(at + n_first + n_letters).is_some_and(u8::is_ascii_alphanumeric) {
        let to = at + n_first + n_letters;
        let value = text[at..to].replace('O', "0").parse().unwrap_or(0.0);
        return (Kind::Number { value, plain: false }, to);
    }
    let mut to = at + n_first;
    let first = &text[at..to];
    let mut value: f64 = first.parse().unwrap_or(0.0);
    let mut plain = n_first > 0 && (n_first == 1 || !first.starts_with('0'));
    // Thousands and decimals.
    while let Some(mark @ (b'.' | b',')) = bytes.get(to).copied().filter(|_| to + 1 < end && n_first > 0) {
        let n_next = digits(bytes, to + 1, end);
        if n_next == 0 {
            break;
        }
        let next = &text[to + 1..to + 1 + n_next];
        let thousands = n_next == 3
            && n_first <= 3
            && value >= 1.0
            && match mark {
                b'.' => language != Language::En,
                _ => language == Language::En || next == "000" && language == Language::Unknown,
            };
        if thousands {
            value = value * 1000.0 + next.parse::<f64>().unwrap_or(0.0);
            to += 1 + n_next;
            continue;
        }
        // A third group, as in a date or a version, is not part of a number.
        value = decimal(value, next);
        to += 1 + n_next;
        plain = plain || first == "0";
        break;
    }
    // `1/2`, `1 1/2` is left to the schedule; `½`, `1½`.
    if let Some(sign) = text.get(to..end).and_then(|rest| rest.chars().next())
        && let Some(part) = half(sign)
    {
        return (Kind::Number { value: value + part, plain: true }, to + sign.len_utf8());
    }
    if n_first == 1
        && to == at + 1
        && bytes.get(to) == Some(&b'/')
        && to + 1 < end
        && matches!(bytes[to + 1], b'2'..=b'4')
        && bytes[at] > b'0'
        && bytes[at] < bytes[to + 1]
        && !goes_on(&bytes[..end], to + 2)
        && !(at > 0 && matches!(bytes[at - 1], b'/' | b','))
    {
        return (Kind::Number { value: value / f64::from(bytes[to + 1] - b'0'), plain: true }, to + 2);
    }
    (Kind::Number { value, plain }, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, language: Language) -> f64 {
        Tokens::read(text, 0, text.len(), language).number(0).unwrap()
    }

    #[test]
    fn points_and_commas_follow_the_language() {
        assert_eq!(value("1.000", Language::De), 1000.0);
        assert_eq!(value("1,000", Language::En), 1000.0);
        assert_eq!(value("47,5", Language::De), 47.5);
        assert_eq!(value("0.125", Language::De), 0.125);
        assert_eq!(value("0,125", Language::En), 0.125);
        assert_eq!(value("2.5", Language::En), 2.5);
        assert_eq!(value("1.000.000", Language::De), 1_000_000.0);
        assert_eq!(value("1.000,5", Language::De), 1000.5);
    }

    #[test]
    fn fractions_are_numbers() {
        assert_eq!(value("1/2", Language::De), 0.5);
        assert_eq!(value("½", Language::De), 0.5);
        assert_eq!(value("1½", Language::De), 1.5);
        assert_eq!(value("5/12,5", Language::De), 5.0);
        assert_eq!(value("1/25", Language::De), 1.0);
    }

    #[test]
    fn glued_units_come_apart() {
        let text = "47,5mg 3xtgl.";
        let tokens = Tokens::read(text, 0, text.len(), Language::De);
        let parts: Vec<_> = tokens.tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(parts, ["47,5", "mg", "3", "xtgl", "."]);
    }

    #[test]
    fn abbreviations_with_points_are_read_whole() {
        let text = "b. B. p.o";
        let tokens = Tokens::read(text, 0, text.len(), Language::De);
        assert_eq!(tokens.pointed(0), Some(("bb", 4)));
        assert_eq!(tokens.pointed(4), Some(("po", 7)));
    }
}
