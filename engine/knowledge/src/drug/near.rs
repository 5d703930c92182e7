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
    if !(LONG..=LONGEST).contains(&(to - at)) {
        return None;
    }
    let looks = looks_like_a_drug(text.as_bytes(), at, to) || is_scanned(&text.as_bytes()[at..to]);
    if looks { read(lexicon, text, at, to) } else { None }
}

/// Whether a capital I stands behind a small letter, or a small l opens a word of capitals' place: `MetamizoI`, `lruxol`.
fn is_scanned(word: &[u8]) -> bool {
    let opens = word[0] == b'l' && word[1].is_ascii_lowercase() && !b"aeiouy".contains(&word[1]);
    opens || word[1..].contains(&b'I') && word.windows(2).any(|pair| pair[1] == b'I' && pair[0].is_ascii_lowercase())
}

/// A word directly before a brand of the substance it nearly names: `Levothvroxin Euthyrox 75`, `Levothiracetam (Keppra®)`. The brand
/// is proof, so that one letter in four may be wrong.
pub(super) fn before_its_brand(lexicon: &Lexicon, text: &str, from: usize, hit: &Hit) -> Option<Hit> {
    let [substance] = hit.substances[..] else { return None };
    let before = text.get(from..hit.span.start as usize)?;
    let cell = before.trim_end_matches([' ', '(', '[', '{', '|', '\t']);
    if cell.len() == before.len() || before.len() - cell.len() > 4 {
        return None;
    }
    let word = cell.rsplit([' ', '\n', '|', '\t', ',', ';', ':']).next()?;
    // Most names stand behind a short or a small word.
    if word.len() < LONG && !before.ends_with(['(', '[', '{']) {
        return None;
    }
    // The word, or the whole cell where a scan tore the word apart.
    let line = cell.rsplit(['\n', '|', '\t', ',', ';', ':']).next()?.trim_start_matches([' ', '-', '•', '*']);
    let named = [word, line].into_iter().find(|written| {
        (LONG..=LONGEST).contains(&written.len())
            && written.starts_with(char::is_uppercase)
            && names(lexicon, substance, written)
    })?;
    let start = hit.span.start as usize - before.len() + cell.len() - named.len();
    let span = Span::new(start, start + named.len());
    Some(Hit { span, substances: vec![substance], guard: Guard::default(), allergy: false, misspelt: true })
}

/// Whether `written` is a name of the substance with at most one letter in four wrong.
fn names(lexicon: &Lexicon, substance: u32, written: &str) -> bool {
    let first = lexicon.common.partition_point(|(one, _)| *one < substance);
    let all = lexicon.common[first..].iter().take_while(|(one, _)| *one == substance);
    let initial = written.as_bytes()[0].to_ascii_lowercase();
    let mut alike = all
        .map(|(_, name)| lexicon.trie.name(*name))
        .filter(|name| name.len() >= LONG && name.as_bytes()[0] == initial)
        .peekable();
    if alike.peek().is_none() {
        return false;
    }
    let letters: String =
        written.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if letters.len() < LONG || lexicon.words.contains(letters.as_str()) {
        return false;
    }
    let readings = [letters.replace("rn", "m"), letters];
    let near = |name: &str| readings.iter().any(|read| edits(read.as_bytes(), name.as_bytes()) <= name.len() / 4);
    alike.any(near)
}

/// Letters to insert, delete or exchange to make one word of the other.
fn edits(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let swap = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// A word that somebody took for a drug.
pub(super) fn alone(lexicon: &Lexicon, word: &str) -> Option<Hit> {
    (LONG..=LONGEST).contains(&word.len()).then(|| read(lexicon, word, 0, word.len())).flatten()
}

/// The name behind letters that a scan confuses: `Ramipri1`, `Furosernid`.
fn scanned(lexicon: &Lexicon, word: &str) -> Option<u32> {
    let digits = word.replace('1', "l").replace('0', "o");
    let capital = word.strip_prefix('l').map(|rest| format!("i{rest}"));
    let read = [digits.replace("rn", "m"), digits].into_iter().chain(capital);
    read.filter(|read| read != word && read.len() >= LONG - 1)
        .find_map(|read| exact(lexicon, &read).or_else(|| exact(lexicon, suffix::without_salt(&read)?)))
}

/// The substance whose name this is, letter by letter.
fn exact(lexicon: &Lexicon, read: &str) -> Option<u32> {
    let mut prefixes = Vec::new();
    lexicon.trie.prefixes(read.as_bytes(), &mut prefixes);
    let (_, index) = prefixes.iter().find(|(length, _)| *length == read.len())?;
    let name = &lexicon.names[*index as usize];
    (name.common && name.guard == Guard::default()).then_some(name.substance)
}

fn read(lexicon: &Lexicon, text: &str, at: usize, to: usize) -> Option<Hit> {
    let written = text.get(at..to)?;
    let word = written.to_lowercase();
    // A capital I behind a small letter is an l.
    let small = written.chars().skip(1).any(|letter| letter == 'I') && is_scanned(written.as_bytes());
    let l = small.then(|| written.replace('I', "l").to_lowercase());
    if let Some(substance) = l.and_then(|word| exact(lexicon, &word)).or_else(|| scanned(lexicon, &word)) {
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
