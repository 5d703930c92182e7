//! Reads the embedded tables of names into spellings for the tree.
//!
//! Order settles conflicts: brands and hand-written names first, then the names of `drugs.tsv` in file order. Every spelling that a
//! pattern cannot cover by itself (umlauts written out or in capitals, hyphen or blank or neither) becomes a pattern of its own.

use std::collections::{HashMap, HashSet};

use super::Substance;

/// INN, system, code and names; built by `scripts/knowledge/build_drugs.py`.
pub(crate) const DRUGS: &[u8] = include_bytes!("../../data/drugs.tsv");
/// Brands and abbreviations, written by hand.
pub(crate) const BRANDS: &[u8] = include_bytes!("../../data/brands_de.tsv");
/// Names that need care.
pub(crate) const GUARDS: &[u8] = include_bytes!("../../data/guards.tsv");

/// What a name needs before it counts as a drug.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guard {
    /// The letters exactly as this, where the guard names them.
    case: Option<&'static str>,
    /// Never a drug.
    stop: bool,
    /// A dose, form, route or schedule beside it.
    pub dose: bool,
}

impl Guard {
    /// Whether the name may be written like this.
    pub fn accepts_case(self, written: &str) -> bool {
        self.case.is_none_or(|wanted| written == wanted)
    }

    /// Whether the name is an abbreviation that needs its capitals.
    pub fn is_abbreviation(self) -> bool {
        self.case.is_some()
    }
}

/// One spelling of a name, in lower case.
pub(super) struct Pattern {
    pub spelling: String,
    pub substance: u32,
    pub guard: Guard,
    /// An INN, a spelling of one, or a brand written by hand.
    pub common: bool,
}

/// Spellings with the substance and guard of each, and words that must not be taken for a misspelt name.
pub(super) struct Table {
    pub substances: Vec<Substance>,
    pub patterns: Vec<Pattern>,
    pub combinations: HashSet<(&'static str, &'static str)>,
    pub words: HashSet<&'static str>,
}

fn lines(bytes: &'static [u8]) -> impl Iterator<Item = &'static str> {
    std::str::from_utf8(bytes).unwrap_or("").lines().skip(1).filter(|line| !line.is_empty())
}

/// Reads all tables. Spellings come sorted; of several names with one spelling the first in file order holds.
pub(super) fn read() -> Table {
    let guards = guards();
    let mut table = Table {
        substances: Vec::new(),
        patterns: Vec::with_capacity(48_000),
        combinations: combinations(),
        words: words(),
    };
    let mut index_of: HashMap<&'static str, u32> = HashMap::new();
    let mut named = Vec::new();
    for line in lines(DRUGS) {
        let mut fields = line.split('\t');
        let (Some(inn), Some(system), Some(code), Some(names)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let index = table.substances.len() as u32;
        index_of.insert(inn, index);
        table.substances.push(Substance { inn: inn.to_owned(), system, code: (!code.is_empty()).then_some(code) });
        let start = inn.get(..3).unwrap_or(inn);
        named.extend(names.split('|').map(|name| (name, index, name.starts_with(start))));
    }
    let add = |name: &str, substance: u32, common: bool, table: &mut Table| {
        let name = name.to_lowercase();
        let guard = guards.get(name.as_str()).copied().unwrap_or_default();
        let stopped = |spelling: &String| guards.get(spelling.as_str()).is_some_and(|guard| guard.stop);
        let spellings = spellings(name).into_iter().filter(|spelling| !stopped(spelling));
        table.patterns.extend(spellings.map(|spelling| Pattern { spelling, substance, guard, common }));
    };
    for line in lines(BRANDS) {
        let Some((name, inn)) = line.split_once('\t') else { continue };
        let index = match index_of.get(inn) {
            Some(index) => *index,
            None => {
                let index = table.substances.len() as u32;
                table.substances.push(Substance { inn: inn.to_owned(), system: "INN", code: None });
                index_of.insert(inn, index);
                if !inn.contains('/') {
                    named.push((inn, index, true));
                }
                index
            }
        };
        add(name, index, true, &mut table);
    }
    for (name, index, common) in named {
        add(name, index, common, &mut table);
    }
    // A stable sort: the first of equals stays the first.
    table.patterns.sort_by(|a, b| a.spelling.cmp(&b.spelling));
    table.patterns.dedup_by(|b, a| a.spelling == b.spelling);
    table
}

fn guards() -> HashMap<String, Guard> {
    let mut guards = HashMap::new();
    for line in lines(GUARDS) {
        let mut fields = line.split('\t');
        let (Some(name), Some(rule)) = (fields.next(), fields.next()) else { continue };
        let guard = match rule {
            "stop" => Guard { stop: true, ..Guard::default() },
            "dose" => Guard { dose: true, ..Guard::default() },
            "case" => Guard { case: Some(name), ..Guard::default() },
            "case+dose" => Guard { case: Some(name), dose: true, ..Guard::default() },
            _ => continue,
        };
        guards.insert(name.to_lowercase(), guard);
    }
    guards
}

/// Neighbours in the INN of each combination.
fn combinations() -> HashSet<(&'static str, &'static str)> {
    let inns = lines(BRANDS).filter_map(|line| line.split_once('\t')).map(|(_, inn)| inn);
    inns.flat_map(|inn| inn.split('/').zip(inn.split('/').skip(1))).collect()
}

/// Words that must not be taken for a misspelt name.
fn words() -> HashSet<&'static str> {
    let row = |line: &'static str| line.split_once('\t').filter(|(_, rest)| rest.starts_with("word\t"));
    lines(GUARDS).filter_map(row).map(|(word, _)| word).collect()
}

/// All spellings of one lower-case name that the tree must hold apart.
fn spellings(name: String) -> Vec<String> {
    let mut forms = vec![name.clone()];
    if name.contains(['-', ' ']) {
        for with in ["-", " ", ""] {
            let form = name.replace(['-', ' '], with);
            if form.len() >= 6 || !with.is_empty() {
                forms.push(form);
            }
        }
    }
    let umlauts = [
        ("ä", ["Ä", "ae", "a\u{308}"]),
        ("ö", ["Ö", "oe", "o\u{308}"]),
        ("ü", ["Ü", "ue", "u\u{308}"]),
        ("ß", ["ss", "ẞ", "ss"]),
    ];
    if umlauts.iter().any(|(umlaut, _)| name.contains(umlaut)) {
        for kind in 0..3 {
            for form in forms.clone() {
                forms.push(umlauts.iter().fold(form, |form, (umlaut, ways)| form.replace(umlaut, ways[kind])));
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_whole() {
        assert!(lines(DRUGS).all(|line| line.split('\t').count() == 4));
        assert!(lines(BRANDS).all(|line| line.split('\t').count() == 2));
        assert!(lines(GUARDS).all(|line| line.split('\t').count() == 3));
        assert!(lines(BRANDS).count() >= 250);
    }

    #[test]
    fn every_guard_has_a_known_rule() {
        for line in lines(GUARDS) {
            let rule = line.split('\t').nth(1).unwrap();
            assert!(["stop", "dose", "case", "case+dose", "word"].contains(&rule), "{line}");
        }
    }

    #[test]
    fn stopped_words_are_not_in_the_table() {
        let stopped: Vec<_> = lines(GUARDS).filter(|line| line.split('\t').nth(1) == Some("stop")).collect();
        let table = read();
        for line in stopped {
            let name = line.split('\t').next().unwrap();
            assert!(!table.patterns.iter().any(|pattern| pattern.spelling == name), "{name}");
        }
    }
}
