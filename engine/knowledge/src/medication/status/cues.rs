//! The words that tell whether a drug is taken, which way they look (`cues.tsv`), and their automaton.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use befund_core::MedicationStatus;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The drug stands before the cue.
    Left,
    /// The drug stands after the cue.
    Right,
    /// After it when it stands directly there, else before it.
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Is(MedicationStatus),
    /// `abgelehnt`, `no need for`: named and not given.
    NotTaken,
    /// `umgestellt`, `ersetzt`: what stands after `auf` or `durch` is taken, the rest is stopped.
    Switch,
    /// Ends the reach of other cues and says nothing itself.
    Border,
}

/// Which way a cue looks, and what it says.
pub(super) struct Cue {
    pub side: Side,
    pub says: Says,
}

pub(super) const STOPPED: Says = Says::Is(MedicationStatus::Stopped);
pub(super) const PLANNED: Says = Says::Is(MedicationStatus::Planned);
pub(super) const ALLERGY: Says = Says::Is(MedicationStatus::Allergy);
pub(super) const ACTIVE: Says = Says::Is(MedicationStatus::Active);

/// The table's bytes, for its hash.
pub(in crate::medication) const CUES: &str = include_str!("cues.tsv");

/// The rows of the table; a test holds that every line is one.
fn rows() -> impl Iterator<Item = (&'static str, Cue)> {
    CUES.lines().filter(|line| !line.starts_with('#')).filter_map(row)
}

fn row(line: &'static str) -> Option<(&'static str, Cue)> {
    let mut cells = line.split('\t');
    let says = match cells.next()? {
        "switch" => Says::Switch,
        "border" => Says::Border,
        "none" => Says::NotTaken,
        status => Says::Is(MedicationStatus::parse(status)?),
    };
    let side = match cells.next()? {
        "before" => Side::Left,
        "after" => Side::Right,
        "either" => Side::Either,
        _ => return None,
    };
    Some((cells.next()?, Cue { side, says }))
}

/// The cues with their automaton.
pub(super) struct Cues {
    pub automaton: AhoCorasick,
    pub cues: Vec<Cue>,
}

/// Built at the first call.
pub(super) fn cues() -> &'static Cues {
    static CUES_BUILT: OnceLock<Cues> = OnceLock::new();
    CUES_BUILT.get_or_init(|| {
        let (words, cues): (Vec<&str>, Vec<Cue>) = rows().unzip();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(words)
            .unwrap_or_else(|_| unreachable!("the cue words fit an automaton"));
        Cues { automaton, cues }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_cue_and_none_stands_twice() {
        let lines = CUES.lines().filter(|line| !line.starts_with('#')).count();
        let mut words: Vec<String> = rows().map(|(words, _)| words.to_lowercase()).collect();
        assert_eq!(words.len(), lines);
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), lines);
    }
}
