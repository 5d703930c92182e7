//! Keys to blocks and cassettes: lists whose lines begin with a block's label and say what is in it ("M: left node", "N1,2: lymph nodes").
//!
//! A label there looks like a category, and the words behind it ("lymph nodes", "tumor") like its cue. Its neighbours tell: a line beside it
//! begins with a label that is no category, or with the next block of the same letter.

use crate::tnm::component::Component;

/// Lines on either side that are looked at.
const N_LINES: usize = 3;

/// Whether `one`, written without a prefix, is the label of a line in such a list.
pub(super) fn explains_a_block(text: &str, one: &Component) -> bool {
    let head = text[..one.start].trim_end_matches([' ', '\t']);
    if !head.is_empty() && !head.ends_with('\n') {
        return false;
    }
    let mut after = text[one.start..].lines();
    let Some(own) = after.next().and_then(block) else { return false };
    let filled = |line: &&str| !line.trim().is_empty();
    let before = head.rsplit('\n').filter(filled).take(N_LINES);
    before.chain(after.filter(filled).take(N_LINES)).filter_map(block).any(|other| {
        !matches!(other.letter, 'T' | 'N' | 'M' | 'L' | 'V' | 'R' | 'G' | 'P' | 'S')
            || other.number.is_some_and(|number| number > 4)
            || other.letter == own.letter && other.number != own.number
    })
}

struct Block {
    letter: char,
    number: Option<u32>,
}

/// The label that a line begins with: `N1,2: `, `Q - `, `T2 --`; a scanned `01-6: ` for O.
fn block(line: &str) -> Option<Block> {
    let line = line.trim_start();
    let letter = line.chars().next().filter(|c| c.is_ascii_uppercase() || *c == '0')?;
    let rest = &line[1..];
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits].parse().ok();
    let after = rest[digits..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' '));
    let text = after.trim_start_matches([':', '-', '=', '\u{2013}']);
    let closed = text.len() < after.len() && digits <= 2 && text.trim_start().starts_with(char::is_alphabetic);
    closed.then_some(Block { letter, number })
}
