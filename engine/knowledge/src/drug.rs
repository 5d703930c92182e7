//! Drug names in running text: one tree over INNs, German and English spellings, brands and abbreviations.
//!
//! A name counts only at the beginning of a word, so the tree of names is asked at word starts alone. That keeps
//! `ass` out of `Klasse` and lets a longer name that ends inside a word give way to a shorter one that ends at its border. What follows the
//! name decides the rest: a salt is part of the name (`Metoprololsuccinat`), a form is (`Nikotinpflaster`), `-spiegel` or `level` make it a
//! laboratory value and no drug. Some names need company or exact letters; `data/guards.tsv` lists them with the reason.
//!
//! It does not know whether a drug is taken, what it is given for, or any dose. Tables and licences: `data/SOURCE.md`.

mod broken;
mod near;
mod suffix;
mod table;
mod trie;

use std::sync::OnceLock;

use befund_core::Span;

pub(crate) use table::{BRANDS, DRUGS, GUARDS, Guard};
use trie::Trie;

/// A substance, or a combination of substances.
#[derive(Debug)]
pub(crate) struct Substance {
    /// English INN; the parts of a combination joined by "/"; empty for a family that is prescribed as such (`NMH`).
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
    /// Whether it is read as the name only because one letter may be wrong.
    pub misspelt: bool,
}

struct Name {
    substance: u32,
    guard: Guard,
    /// An INN, a German spelling of one, or a brand of this country: what a misspelt word may be read as.
    common: bool,
}

/// The tables as one tree. Built once, in about 25 ms; 5 MB with its names.
pub(crate) struct Lexicon {
    trie: Trie,
    names: Vec<Name>,
    /// Substance and name of all that a misspelt word may be read as, by substance.
    common: Vec<(u32, u32)>,
    substances: Vec<Substance>,
    /// Pairs of substances of which the brands know a combination.
    combinations: std::collections::HashSet<(&'static str, &'static str)>,
    /// Ordinary words and persons' names that are one letter from a drug.
    words: std::collections::HashSet<&'static str>,
}

/// The lexicon, built at the first call.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::build)
}

impl Lexicon {
    fn build() -> Self {
        let table = table::read();
        let (spellings, names): (_, Vec<Name>) = table
            .patterns
            .into_iter()
            .map(|one| (one.spelling, Name { substance: one.substance, guard: one.guard, common: one.common }))
            .unzip();
        let readable = (0..).zip(&names).filter(|(_, name)| name.common && name.guard == Guard::default());
        let mut common: Vec<(u32, u32)> = readable.map(|(index, name)| (name.substance, index)).collect();
        common.sort_unstable();
        Self {
            trie: Trie::build(spellings),
            names,
            common,
            substances: table.substances,
            combinations: table.combinations,
            words: table.words,
        }
    }

    /// The substances of a hit.
    pub fn of<'a>(&'a self, hit: &'a Hit) -> impl Iterator<Item = &'a Substance> {
        hit.substances.iter().filter_map(|&index| self.substances.get(index as usize))
    }

    /// Number of names and bytes held.
    #[cfg(test)]
    pub fn size(&self) -> (usize, usize) {
        (self.names.len(), self.trie.memory_usage() + self.names.len() * size_of::<Name>())
    }

    /// Names inside `within`, in text order, without overlap. Guards are reported, not applied, except that of upper case. A word one
    /// typing error from a name counts where it looks like a drug (`near.rs`).
    pub fn find(&self, text: &str, within: Span) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let end = (within.end as usize).min(bytes.len());
        let mut hits: Vec<Hit> = Vec::new();
        let mut prefixes = Vec::new();
        let mut at = within.start as usize;
        while at < end {
            if !suffix::starts_word(text, at) {
                at += 1;
                continue;
            }
            let to = suffix::word_end(text, at, end).max(at + 1);
            let hit = broken::find(self, text, at, to, end)
                .or_else(|| self.at(text, at, end, &mut prefixes))
                .or_else(|| near::find(self, text, at, to));
            match hit.filter(|hit| !hit.substances.is_empty()) {
                Some(hit) => {
                    at = hit.span.end as usize;
                    let from = hits.last().map_or(within.start, |last| last.span.end) as usize;
                    hits.extend(near::before_its_brand(self, text, from, &hit));
                    self.join_or_push(text, &mut hits, hit);
                }
                None => at = to,
            }
        }
        hits
    }

    /// A text that is one word, read as a name with a typing error.
    pub fn misspelt(&self, word: &str) -> Option<Hit> {
        near::alone(self, word.trim())
    }

    /// The longest name that begins at `at` and ends at a border or in a known suffix. Without substances where the word is a name but
    /// no drug is meant.
    fn at(&self, text: &str, at: usize, end: usize, prefixes: &mut Vec<(usize, u32)>) -> Option<Hit> {
        prefixes.clear();
        self.trie.prefixes(&text.as_bytes()[at..end], prefixes);
        prefixes.iter().rev().find_map(|&(length, name)| {
            let name = &self.names[name as usize];
            if !name.guard.accepts_case(text.get(at..at + length)?) {
                return None;
            }
            let tail = suffix::tail(text, at + length, end)?;
            Some(Hit {
                span: Span::new(at, tail.end),
                substances: if tail.not_a_drug { Vec::new() } else { vec![name.substance] },
                guard: name.guard,
                allergy: tail.allergy,
                misspelt: false,
            })
        })
    }
}

impl Lexicon {
    /// `Valsartan/HCT`, `Amlodipin+Valsartan`: one drug of two substances, when only the sign stands between. With a hyphen
    /// (`Lisinopril-hydrochlorothiazide`) only where the table knows the combination; drugs of a chemotherapy (`5-FU/Oxaliplatin`) stay two.
    fn join_or_push(&self, text: &str, hits: &mut Vec<Hit>, hit: Hit) {
        let between = hits.last().and_then(|last| text.get(last.span.end as usize..hit.span.start as usize));
        let inn = |index: u32| self.substances.get(index as usize).map_or("", |one| one.inn.as_str());
        let ends = hits.last().and_then(|last| Some((inn(*last.substances.last()?), inn(*hit.substances.first()?))));
        let join = match (between, ends) {
            (_, Some(("", _) | (_, ""))) => false,
            (Some("/" | "+"), Some((a, b))) => {
                !CYTOSTATICS.contains(&a) || !CYTOSTATICS.contains(&b) || self.combines(a, b)
            }
            (Some("-"), Some((a, b))) => self.combines(a, b),
            (Some(" "), Some(("insulin", b))) => b.starts_with("insulin "),
            _ => false,
        };
        // `Insulin Lantus` is insulin glargine.
        let named = between == Some(" ");
        // `Carbidopa/Levodopa` is `levodopa/carbidopa`, as the tables have it.
        let turned =
            ends.is_some_and(|(a, b)| self.combinations.contains(&(b, a)) && !self.combinations.contains(&(a, b)));
        if let Some(last) = hits.last_mut().filter(|_| join) {
            last.span.end = hit.span.end;
            if named {
                last.substances.clear();
            }
            last.substances.extend(hit.substances);
            if let (true, [one, other]) = (turned, last.substances.as_mut_slice()) {
                std::mem::swap(one, other);
            }
            last.guard = Guard::default();
            last.allergy = hit.allergy;
            last.misspelt |= hit.misspelt;
            return;
        }
        hits.push(hit);
    }

    /// Whether a product of both is known.
    fn combines(&self, a: &str, b: &str) -> bool {
        self.combinations.contains(&(a, b)) || self.combinations.contains(&(b, a))
    }
}

/// Drugs of chemotherapy, which is given as protocols of several drugs and told by its dates.
const CYTOSTATICS: &[&str] = &[
    "azacitidine",
    "bendamustine",
    "bleomycin",
    "bortezomib",
    "cabazitaxel",
    "capecitabine",
    "carboplatin",
    "cisplatin",
    "cyclophosphamide",
    "cytarabine",
    "dacarbazine",
    "dactinomycin",
    "daunorubicin",
    "docetaxel",
    "doxorubicin",
    "epirubicin",
    "eribulin",
    "etoposide",
    "fludarabine",
    "fluorouracil",
    "folinic acid",
    "gemcitabine",
    "idarubicin",
    "ifosfamide",
    "irinotecan",
    "lomustine",
    "melphalan",
    "mitomycin",
    "mitoxantrone",
    "oxaliplatin",
    "paclitaxel",
    "pemetrexed",
    "procarbazine",
    "raltitrexed",
    "temozolomide",
    "topotecan",
    "trabectedin",
    "vinblastine",
    "vincristine",
    "vinorelbine",
];

/// Whether the name is that of a drug of chemotherapy.
pub(crate) fn is_cytostatic(name: &str) -> bool {
    let lexicon = lexicon();
    let hits = lexicon.find(name, Span::new(0, name.len()));
    hits.iter().flat_map(|hit| lexicon.of(hit)).any(|one| CYTOSTATICS.contains(&one.inn.as_str()))
}

/// Whether the name is that of a drug whose amounts are told by protocol: a cytostatic or an antibody (`Trastuzumab`).
pub(crate) fn is_in_protocols(name: &str) -> bool {
    let lexicon = lexicon();
    let hits = lexicon.find(name, Span::new(0, name.len()));
    hits.iter()
        .flat_map(|hit| lexicon.of(hit))
        .any(|one| CYTOSTATICS.contains(&one.inn.as_str()) || one.inn.ends_with("mab"))
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
        assert!(n_bytes < 12 << 20, "{n_bytes}");
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

    #[test]
    fn one_wrong_letter_is_borne_where_the_word_looks_like_a_drug() {
        for (text, inn) in [
            ("Metorpolol 47,5 mg 1-0-0", "metoprolol"),
            ("Metroprolol 47,5 mg", "metoprolol"),
            ("Bisoporlol 5 mg", "bisoprolol"),
            ("Ramiprill 5 mg", "ramipril"),
            ("Simvastain 20 mg", "simvastatin"),
            ("Pantoprazl 40 mg", "pantoprazole"),
            ("Amlodpin 5 mg", "amlodipine"),
            ("Torasemdi | 10 mg", "torasemide"),
            ("Metoprolosuccinat 95 mg", "metoprolol"),
            ("Weiter mit Clarythromycin.", "clarithromycin"),
            ("Marcummar 1-0-0", "phenprocoumon"),
            ("furosemdie 40 mg", "furosemide"),
        ] {
            let hits = lexicon().find(text, Span::new(0, text.len()));
            assert_eq!(hits.len(), 1, "{text}");
            assert!(hits[0].misspelt, "{text}");
            assert_eq!(inns(text), [inn]);
        }
        assert!(!lexicon().find("Metoprolol 5 mg", Span::new(0, 15))[0].misspelt);
    }

    #[test]
    fn ordinary_words_short_ones_and_doubtful_ones_are_not_read_as_drugs() {
        for text in [
            "Aerobic 30 min",
            "Coumarin 5 mg",
            "Primary 2 cm",
            "pancreas 3 cm",
            "Kollegen 5 mg",
            "Marcumr nach INR",
            "Prednisoon 5 mg",
            "Delxi 5 mg",
            "ramipirl bedarf",
            "Nicolas 5 Jahre",
            "Theodor 12 mg",
            "Digoxim-Spiegel 1,1",
        ] {
            assert!(inns(text).is_empty(), "{text}: {:?}", inns(text));
        }
    }
}
