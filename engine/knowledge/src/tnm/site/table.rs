//! The tables of sites and of kinds of tumour, read once.
//!
//! Site names are ours and stable; topography codes are ICD-O-3. It does not know texts.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use crate::tnm::lexicon::table_lines;

/// Sites, for their hash.
pub(crate) const SITES: &str = include_str!("../../../data/tnm_sites.tsv");
/// Kinds of tumour, for their hash.
pub(crate) const CLASSES: &str = include_str!("../../../data/tnm_classes.tsv");

/// One site.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Stable name: "breast".
    pub name: &'static str,
    /// ICD-O-3 topography: "C50"; `None` where a word leaves it open ("colorectal").
    pub topography: Option<&'static str>,
    codes: Vec<&'static str>,
    /// Kind of tumour ("*" for any other) and the staging schemas that may apply.
    schemas: Vec<(&'static str, Vec<&'static str>)>,
}

impl Entry {
    /// The schemas for a kind of tumour; `None` where the site has no rule for that kind.
    pub fn schemas_of(&self, class: &str) -> Option<&[&'static str]> {
        self.schemas.iter().find(|(name, _)| *name == class).map(|(_, schemas)| &schemas[..])
    }
}

/// How a word must stand, and what it is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Index into `Sites::entries`.
    pub entry: usize,
    /// The word ends where the pattern does.
    pub whole: bool,
    /// The word alone names a tumour.
    pub tumour: bool,
    /// The word says little by itself.
    pub weak: bool,
}

pub(super) struct Sites {
    pub entries: Vec<Entry>,
    pub words: Vec<Word>,
    pub matcher: Option<AhoCorasick>,
}

pub(super) struct Classes {
    pub names: Vec<&'static str>,
    pub matcher: Option<AhoCorasick>,
}

/// A matcher over lower-case phrases; umlauts are found in capitals and written out, too. `meaning` grows in step with the phrases.
fn matcher<T: Copy>(phrases: impl Iterator<Item = (&'static str, T)>, meaning: &mut Vec<T>) -> Option<AhoCorasick> {
    let mut patterns: Vec<String> = Vec::new();
    for (phrase, value) in phrases {
        let capital = phrase.replace('ä', "Ä").replace('ö', "Ö").replace('ü', "Ü");
        let written_out = phrase.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
        for spelling in [phrase.to_owned(), capital, written_out] {
            if !patterns.contains(&spelling) {
                patterns.push(spelling);
                meaning.push(value);
            }
        }
    }
    AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&patterns).ok()
}

pub(super) static TABLE: LazyLock<Sites> = LazyLock::new(|| {
    let mut entries = Vec::new();
    let mut words = Vec::new();
    let mut phrases = Vec::new();
    for fields in table_lines(SITES) {
        let [name, topography, codes, names, schemas] = fields[..] else { continue };
        for word in names.split(',') {
            let bare = word.trim_start_matches(['!', '~']);
            let meaning = Word {
                entry: entries.len(),
                whole: bare.ends_with('$'),
                tumour: word.starts_with('!'),
                weak: word.starts_with('~'),
            };
            phrases.push((bare.trim_end_matches('$'), meaning));
        }
        entries.push(Entry {
            name,
            topography: Some(topography).filter(|code| *code != "-"),
            codes: codes.split(',').collect(),
            schemas: schemas
                .split(' ')
                .filter_map(|part| part.split_once('='))
                .map(|(class, list)| (class, list.split('+').filter(|one| !one.is_empty()).collect()))
                .collect(),
        });
    }
    let matcher = matcher(phrases.into_iter(), &mut words);
    Sites { entries, words, matcher }
});

pub(super) static CLASS_TABLE: LazyLock<Classes> = LazyLock::new(|| {
    let mut names = Vec::new();
    let phrases = table_lines(CLASSES).filter_map(|fields| match fields[..] {
        [class, words] => Some(words.split(',').map(move |word| (word, class))),
        _ => None,
    });
    let matcher = matcher(phrases.flatten(), &mut names);
    Classes { names, matcher }
});

impl Sites {
    /// The site that an ICD-O-3 or ICD-10 code means: the longest of the codes that begin it.
    pub fn by_code(&self, code: &str) -> Option<&Entry> {
        let matching = |entry: &Entry| {
            entry.codes.iter().filter(|known| code.starts_with(**known)).map(|known| known.len()).max().unwrap_or(0)
        };
        self.entries.iter().filter(|entry| matching(entry) > 0).max_by_key(|entry| matching(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        assert_eq!(table_lines(SITES).count(), TABLE.entries.len());
        assert!(table_lines(CLASSES).all(|fields| fields.len() == 2));
        assert!(TABLE.matcher.is_some() && CLASS_TABLE.matcher.is_some());
        for entry in &TABLE.entries {
            assert!(!entry.schemas.is_empty(), "{}", entry.name);
            assert!(entry.name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", entry.name);
        }
    }

    #[test]
    fn every_schema_of_a_site_has_categories() {
        for entry in &TABLE.entries {
            for schema in entry.schemas.iter().flat_map(|(_, schemas)| schemas) {
                assert!(crate::tnm::staging::knows(schema), "{} {schema}", entry.name);
            }
        }
    }

    #[test]
    fn codes_mean_the_site_with_the_longest_common_beginning() {
        let name = |code| TABLE.by_code(code).map(|entry| (entry.name, entry.topography));
        assert_eq!(name("C50.4"), Some(("breast", Some("C50"))));
        assert_eq!(name("C18.1"), Some(("appendix", Some("C18.1"))));
        assert_eq!(name("C18.7"), Some(("colon", Some("C18"))));
        assert_eq!(name("C43.5"), Some(("skin", Some("C44"))));
        assert_eq!(name("C77.3"), None);
    }
}
