//! Names that a line break or a sign of typesetting parts: `5-\nFU`, `Metopro-\nlol`, `L\u{2011}Thyroxin`, `Carba\u{ad}mazepin`.
//!
//! The parts are put together, with and without a hyphen, and looked up as a whole; a name counts only where it needs the second part.

use befund_core::Span;

use super::{Hit, Lexicon, suffix};

/// Longer names are not looked for.
const LONGEST: usize = 40;

/// The name that begins at `at`, in a word that ends at `to` before such a sign.
#[inline]
pub(super) fn find(lexicon: &Lexicon, text: &str, at: usize, to: usize, end: usize) -> Option<Hit> {
    // Most words end at a blank.
    if !matches!(text.as_bytes().get(to), Some(b'-' | 0xC2 | 0xE2)) || to - at > LONGEST {
        return None;
    }
    let rest = text.get(to..end)?;
    let sign =
        ["-\r\n", "-\n", "\u{ad}\n", "\u{ad}", "\u{2010}", "\u{2011}"].iter().find(|sign| rest.starts_with(**sign))?;
    let next = to + sign.len();
    let next_end = suffix::word_end(text, next, end);
    if next_end == next || next_end - next > LONGEST {
        return None;
    }
    let (first, second) = (text.get(at..to)?, text.get(next..next_end)?);
    ["", "-"].iter().find_map(|hyphen| {
        let whole = format!("{first}{hyphen}{second}");
        let mut prefixes = Vec::new();
        let hit = lexicon.at(&whole, 0, whole.len(), &mut prefixes)?;
        // Where the name ends in the text; one that ends in the first word is found there.
        let beyond = (hit.span.end as usize).checked_sub(first.len() + hyphen.len()).filter(|beyond| *beyond > 0);
        let levels = hit.substances.is_empty().then_some(next_end);
        let span = Span::new(at, beyond.map(|beyond| next + beyond).or(levels)?);
        Some(Hit { span, ..hit })
    })
}
