//! Names with a typing error: one letter missing, too many, wrong, or exchanged with its neighbour.
//!
//! Precision first. Only a word of at least seven letters that is no name is looked at, and only where it looks like a drug: an amount or
//! a scheme follows, or it ends as drugs of one class do. It is read as a name of a substance or a brand of this country, and as none where
//! it is an ordinary word or lies one letter from two drugs. What was read so is flagged.

use befund_core::Span;

use super::{Guard, Hit, Lexicon, suffix};

/// Least letters of a word and of the name it stands for.
const LONG: usize = 7;
/// Longer words are no names.
const LONGEST: usize = 32;

/// Ends of INNs, German and English, that ordinary words hardly have.
const STEMS: &[&str] = &[
    "olol",
    "pril",
    "sartan",
    "statin",
    "prazol",
    "prazole",
    "dipin",
    "dipine",
    "mycin",
    "micin",
    "cillin",
    "floxacin",
    "azepam",
    "oxetin",
    "oxetine",
    "gliptin",
    "gliflozin",
    "xaban",
    "parin",
    "triptan",
    "setron",
    "conazol",
    "conazole",
    "profen",
    "thiazid",
    "thiazide",
    "racetam",
    "gabalin",
    "peridon",
    "peridone",
    "cyclin",
    "cycline",
    "semid",
    "semide",
    "nidazol",
    "nidazole",
    "glinid",
    "dronat",
    "prednisolon",
    "lukast",
    "tadin",
    "zumab",
    "ximab",
    "tinib",
    "ciclovir",
];

/// The misspelt name that is the word `text[at..to]`.
pub(super) fn find(lexicon: &Lexicon, text: &str, at: usize, to: usize) -> Option<Hit> {
    if !(LONG..=LONGEST).contains(&(to - at)) || !looks_like_a_drug(text.as_bytes(), at, to) {
        return None;
    }
    read(lexicon, text, at, to)
}

/// A word that somebody took for a drug.
pub(super) fn alone(lexicon: &Lexicon, word: &str) -> Option<Hit> {
    (LONG..=LONGEST).contains(&word.len()).then(|| read(lexicon, word, 0, word.len())).flatten()
}

/// The name behind letters that a scan confuses: `Ramipri1`, `Furosernid`.
fn scanned(lexicon: &Lexicon, word: &str) -> Option<u32> {
    let digits = word.replace('1', "l").replace('0', "o");
    [digits.replace("rn", "m"), digits].iter().filter(|read| *read != word && read.len() >= LONG - 1).find_map(|read| {
        let mut prefixes = Vec::new();
        lexicon.trie.prefixes(read.as_bytes(), &mut prefixes);
        let (_, index) = prefixes.iter().find(|(length, _)| *length == read.len())?;
        let name = &lexicon.names[*index as usize];
        (name.common && name.guard == Guard::default()).then_some(name.substance)
    })
}

fn read(lexicon: &Lexicon, text: &str, at: usize, to: usize) -> Option<Hit> {
    let word = text.get(at..to)?.to_lowercase();
    if let Some(substance) = scanned(lexicon, &word) {
        let (span, guard) = (Span::new(at, to), Guard::default());
        return Some(Hit { span, substances: vec![substance], guard, allergy: false, misspelt: true });
    }
    if !word.chars().all(char::is_alphabetic) || lexicon.words.contains(word.as_str()) {
        return None;
    }
    let substance = of(lexicon, &word).or_else(|| of(lexicon, suffix::without_salt(&word)?))?;
    let tail = suffix::tail(text, to, text.len())?;
    let substances = if tail.not_a_drug { Vec::new() } else { vec![substance] };
    Some(Hit {
        span: Span::new(at, tail.end),
        substances,
        guard: Guard::default(),
        allergy: tail.allergy,
        misspelt: true,
    })
}

/// The one substance whose names lie one error away.
fn of(lexicon: &Lexicon, word: &str) -> Option<u32> {
    if word.len() < LONG - 1 {
        return None;
    }
    let mut near = Vec::new();
    lexicon.trie.near(word.as_bytes(), &mut near);
    let mut substance = None;
    let mut readable = false;
    for index in near {
        let name = &lexicon.names[index as usize];
        let spelling = lexicon.trie.name(index);
        // Two substances, or one that is not long enough to be sure of: it cannot be told.
        if substance.is_some_and(|other| other != name.substance) {
            return None;
        }
        substance = Some(name.substance);
        readable |= name.common
            && name.guard == Guard::default()
            && spelling.len() >= LONG
            && spelling.chars().all(char::is_alphabetic);
    }
    substance.filter(|_| readable)
}

/// Whether an amount or a scheme follows, or the word ends as drugs do.
fn looks_like_a_drug(bytes: &[u8], at: usize, to: usize) -> bool {
    let gap = bytes[to..].iter().take(4).take_while(|byte| matches!(byte, b' ' | b'\t' | b'|' | b':')).count();
    let amount = gap > 0 && bytes.get(to + gap).is_some_and(|byte| byte.is_ascii_digit() || *byte == 0xC2);
    amount || stem(&bytes[at..to])
}

fn stem(word: &[u8]) -> bool {
    STEMS.iter().any(|stem| {
        word.len() > stem.len() + 1 && word[word.len() - stem.len()..].eq_ignore_ascii_case(stem.as_bytes())
    })
}
