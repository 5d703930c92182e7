//! The words beside a letter and a digit that make it a stage, or make it something else. The table is `cues.tsv`.
//!
//! Phrases are matched as substrings of a small window in small letters, so that German compounds ("Plattenepithelkarzinom") count.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use befund_core::Label;

/// The table's bytes, for its hash.
pub(crate) const CUES: &str = include_str!("cues.tsv");

/// Where a cue must stand, seen from the component.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Before it: it is a stage.
    Left,
    /// Right before it, with nothing between: it is a stage.
    Adjacent,
    /// After it: it is a stage.
    Right,
    /// On either side: it is none.
    Against,
}

struct Cues {
    matcher: Option<AhoCorasick>,
    /// For each phrase its side and a bit for each label.
    meaning: Vec<(Side, u32)>,
}

fn bit(label: Label) -> u32 {
    1 << (label as u32)
}

/// Lines of a table without comments and empty lines, split at tabs.
pub(crate) fn table_lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

static TABLE: LazyLock<Cues> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut meaning = Vec::new();
    for fields in table_lines(CUES) {
        let [side, labels, phrase] = fields[..] else { continue };
        let side = match side {
            "left" => Side::Left,
            "adjacent" => Side::Adjacent,
            "right" => Side::Right,
            _ => Side::Against,
        };
        phrases.push(phrase);
        meaning.push((side, labels.split(',').filter_map(Label::parse).map(bit).fold(0, |all, one| all | one)));
    }
    let matcher = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).build(&phrases).ok();
    Cues { matcher, meaning }
});

/// Whether a cue of `side` for `label` stands in `window`, which is in small letters.
pub(crate) fn has_cue(window: &str, side: Side, label: Label) -> bool {
    let table = &*TABLE;
    table.matcher.as_ref().is_some_and(|matcher| {
        matcher.find_overlapping_iter(window).any(|found| {
            let (its_side, labels) = table.meaning[found.pattern().as_usize()];
            labels & bit(label) != 0 && its_side == side && (side != Side::Adjacent || found.end() == window.len())
        })
    })
}

/// Up to `n` bytes left of `at` in small letters, not past an empty line.
pub(crate) fn left_of(text: &str, at: usize, n: usize) -> String {
    let window = &text[text.ceil_char_boundary(at.saturating_sub(n))..at];
    let window = window.rfind("\n\n").map_or(window, |i| &window[i + 2..]);
    window.to_lowercase()
}

/// Up to `n` bytes right of `at` in small letters, not past an empty line.
pub(crate) fn right_of(text: &str, at: usize, n: usize) -> String {
    let window = &text[at..text.floor_char_boundary(at + n)];
    let window = window.find("\n\n").map_or(window, |i| &window[..i]);
    window.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        for fields in table_lines(CUES) {
            assert_eq!(fields.len(), 3, "{fields:?}");
            assert!(["left", "adjacent", "right", "against"].contains(&fields[0]), "{fields:?}");
            assert!(fields[1].split(',').all(|label| Label::parse(label).is_some()), "{fields:?}");
            assert_eq!(fields[2], fields[2].to_lowercase());
        }
        assert!(TABLE.matcher.is_some());
    }
}
