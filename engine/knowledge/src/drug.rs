//! Drug names in running text: one automaton over INNs, German and English spellings, brands and abbreviations.
//!
//! A name counts only at the beginning of a word, so the automaton is asked at word starts alone (anchored, leftmost-longest). That keeps
//! `ass` out of `Klasse` and lets a longer name that ends inside a word give way to a shorter one that ends at its border. What follows the
//! name decides the rest: a salt is part of the name (`Metoprololsuccinat`), a form is (`Nikotinpflaster`), `-spiegel` or `level` make it a
//! laboratory value and no drug. Some names need company or exact letters; `data/guards.tsv` lists them with the reason.
//!
//! It does not know whether a drug is taken, what it is given for, or any dose. Tables and licences: `data/SOURCE.md`.

mod suffix;
mod table;

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use befund_core::Span;

pub(crate) use table::{BRANDS, DRUGS, GUARDS, Guard};

/// A substance, or a combination of substances.
#[derive(Debug)]
pub(crate) struct Substance {
    /// English INN; the parts of a combination joined by "/".
    pub inn: String,
    /// "DrugBank", "ATC" or "INN".
    pub system: &'static str,
    /// Code in that system; `None` for a combination and where the table has none.
    pub code: Option<&'static str>,
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The name with its salt.
    pub span: Span,
    /// Indices of the substances, in text order; more than one for `Valsartan/HCT`.
    pub substances: Vec<u32>,
    /// What the name needs around it.
    pub guard: Guard,
    /// Whether the word goes on with `allergie` or the like.
    pub allergy: bool,
}

struct Name {
    substance: u32,
    guard: Guard,
}

/// The tables as one automaton. Built once, about 13 MB with its names.
pub(crate) struct Lexicon {
    automaton: AhoCorasick,
    names: Vec<Name>,
    substances: Vec<Substance>,
    /// First two bytes (lower case) that some name begins with.
    beginnings: Vec<bool>,
}

/// The lexicon, built at the first call.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::build)
}

impl Lexicon {
    fn build() -> Self {
        let table = table::read();
        let mut beginnings = vec![false; 1 << 16];
        for (pattern, _) in &table.patterns {
            beginnings[bigram(pattern.as_bytes(), 0)] = true;
        }
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .ascii_case_insensitive(true)
            .build(table.patterns.iter().map(|(pattern, _)| pattern))
            // The patterns are compiled in; a test builds them.
            .unwrap_or_else(|_| unreachable!("the committed drug tables fit an automaton"));
        let names = table.patterns.into_iter().map(|(_, (substance, guard))| Name { substance, guard }).collect();
        Self { automaton, names, substances: table.substances, beginnings }
    }

    /// The substances of a hit.
    pub fn of<'a>(&'a self, hit: &'a Hit) -> impl Iterator<Item = &'a Substance> {
        hit.substances.iter().filter_map(|&index| self.substances.get(index as usize))
    }

    /// Number of patterns and bytes held by the automaton.
    #[cfg(test)]
    pub fn size(&self) -> (usize, usize) {
        (self.names.len(), self.automaton.memory_usage())
    }

    /// Names inside `within`, in text order, without overlap. Guards are reported, not applied, except that of upper case.
    pub fn find(&self, text: &str, within: Span) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let end = (within.end as usize).min(bytes.len());
        let mut hits: Vec<Hit> = Vec::new();
        let mut at = within.start as usize;
        while at < end {
            if !suffix::starts_word(text, at) {
                at += 1;
                continue;
            }
            if at + 1 < end
                && self.beginnings[bigram(bytes, at)]
                && let Some(hit) = self.at(text, at, end)
            {
                at = hit.span.end as usize;
                join_or_push(text, &mut hits, hit);
                continue;
            }
            at = suffix::word_end(text, at, end).max(at + 1);
        }
        hits
    }

    /// The longest name that begins at `at` and ends at a border or in a known suffix.
    fn at(&self, text: &str, at: usize, end: usize) -> Option<Hit> {
        let mut limit = end;
        loop {
            let input = Input::new(text.as_bytes()).range(at..limit).anchored(Anchored::Yes);
            let found = self.automaton.try_find(input).ok().flatten()?;
            let name = &self.names[found.pattern().as_usize()];
            let as_written = name.guard.accepts_case(text.get(at..found.end())?);
            if as_written && let Some(tail) = suffix::tail(text, found.end(), end) {
                return (!tail.not_a_drug).then(|| Hit {
                    span: Span::new(at, tail.end),
                    substances: vec![name.substance],
                    guard: name.guard,
                    allergy: tail.allergy,
                });
            }
            limit = found.end().checked_sub(1).filter(|&limit| limit > at + 1)?;
        }
    }
}

/// `Valsartan/HCT`, `Amlodipin+Valsartan`: one drug of two substances, when only the sign stands between.
fn join_or_push(text: &str, hits: &mut Vec<Hit>, hit: Hit) {
    if let Some(last) = hits.last_mut() {
        let between = text.get(last.span.end as usize..hit.span.start as usize).unwrap_or(" ");
        if matches!(between, "/" | "+") {
            last.span.end = hit.span.end;
            last.substances.extend(hit.substances);
            last.guard = Guard::default();
            last.allergy = hit.allergy;
            return;
        }
    }
    hits.push(hit);
}

fn bigram(bytes: &[u8], at: usize) -> usize {
    let byte = |index: usize| usize::from(bytes.get(index).copied().unwrap_or(0).to_ascii_lowercase());
    byte(at) << 8 | byte(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inns(text: &str) -> Vec<String> {
        let lexicon = lexicon();
        let hits = lexicon.find(text, Span::new(0, text.len()));
        hits.iter().map(|hit| lexicon.of(hit).map(|one| one.inn.as_str()).collect::<Vec<_>>().join("/")).collect()
    }

    fn written(text: &str) -> Vec<&str> {
        lexicon().find(text, Span::new(0, text.len())).iter().map(|hit| hit.span.of(text)).collect()
    }

    #[test]
    fn the_tables_build_and_stay_small() {
        let (n_names, n_bytes) = lexicon().size();
        assert!(n_names > 20_000, "{n_names}");
        assert!(n_bytes < 60 << 20, "{n_bytes}");
    }

    #[test]
    fn salts_belong_to_the_name() {
        for name in [
            "Metoprololsuccinat",
            "Metoprolol-Succinat",
            "Metoprolol succinat",
            "metoprolol tartrate",
            "Metoprololtartrat",
            "METOPROLOLSUCCINAT",
        ] {
            assert_eq!(written(name), [name]);
            assert_eq!(inns(name), ["metoprolol"]);
        }
        assert_eq!(
            inns("Verapamilhydrochlorid, Amlodipinbesilat, Enoxaparin-Natrium"),
            ["verapamil", "amlodipine", "enoxaparin"]
        );
    }

    #[test]
    fn a_name_inside_a_word_is_no_name() {
        for text in ["Klasse", "Assistent", "Antibiotikaprophylaxe", "Passage", "Metalle", "Massage"] {
            assert!(inns(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_name_gives_way_to_a_shorter_one_that_ends_at_a_border() {
        assert_eq!(inns("Beloc-Zok comprimiert"), ["metoprolol"]);
        assert_eq!(inns("Penicillin Grippe"), ["penicillin"]);
    }

    #[test]
    fn two_substances_with_a_slash_are_one_drug() {
        assert_eq!(written("Candesartan/HCT 16/12,5 mg"), ["Candesartan/HCT"]);
        assert_eq!(inns("Valsartan/HCT"), ["valsartan/hydrochlorothiazide"]);
        assert_eq!(inns("Ramipril, Bisoprolol"), ["ramipril", "bisoprolol"]);
    }

    #[test]
    fn levels_and_resistance_are_no_drugs() {
        for text in [
            "Digoxin-Spiegel",
            "Digoxinspiegel",
            "lithium level",
            "insulin resistance",
            "Insulinresistenz",
            "Methicillin-resistent",
            "Tacrolimusspiegel",
            "estrogen receptor",
        ] {
            assert!(inns(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn abbreviations_count_only_as_written() {
        assert_eq!(inns("ASS 100"), ["acetylsalicylic acid"]);
        assert!(inns("ass Ass").is_empty());
        assert_eq!(inns("MTX"), ["methotrexate"]);
    }

    #[test]
    fn umlauts_may_be_written_out_or_in_capitals() {
        for text in ["Valproinsäure", "VALPROINSÄURE", "Valproinsaeure", "Valproinsa\u{308}ure"] {
            assert_eq!(inns(text), ["valproic acid"], "{text}");
        }
    }
}
