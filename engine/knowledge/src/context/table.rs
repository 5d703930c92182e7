//! The trigger table (`triggers.tsv`) and its matcher.
//!
//! Phrases are found without regard to case, umlauts included, at word borders, the longest first: a pseudo-trigger ("nicht nur", "no
//! increase") hides the shorter trigger in it, as in NegEx.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// The table's bytes, for its hash.
pub(crate) const TRIGGERS: &str = include_str!("triggers.tsv");

/// What a trigger says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Not so.
    Negated,
    /// Perhaps so.
    Possible,
    /// If, may, by definition.
    Hypothetical,
    /// Earlier.
    History,
    /// Intended.
    Planned,
    /// A relative.
    Family,
    /// Somebody else.
    Other,
    /// Ends history.
    Current,
    /// Ends every scope.
    Stop,
    /// A look-alike without meaning.
    None,
}

/// Which side a trigger governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What follows.
    Pre,
    /// What stands before.
    Post,
}

/// What a phrase may mean on either side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// Meaning for what follows.
    pub pre: Vec<Meaning>,
    /// Meaning for what stands before.
    pub post: Vec<Meaning>,
    /// `Current` or `Stop`.
    pub stop: Option<Meaning>,
}

pub(crate) struct Table {
    matcher: Option<AhoCorasick>,
    entries: Vec<Entry>,
}

pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(read);

fn meaning(name: &str) -> Meaning {
    match name {
        "negated" => Meaning::Negated,
        "possible" => Meaning::Possible,
        "hypothetical" => Meaning::Hypothetical,
        "history" => Meaning::History,
        "planned" => Meaning::Planned,
        "family" => Meaning::Family,
        "other" => Meaning::Other,
        "current" => Meaning::Current,
        "stop" => Meaning::Stop,
        _ => Meaning::None,
    }
}

fn read() -> Table {
    let mut phrases: Vec<String> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for fields in crate::tnm::lexicon::table_lines(TRIGGERS) {
        let [_, name, scope, phrase] = fields[..] else { continue };
        let index = phrases.iter().position(|known| known == phrase).unwrap_or_else(|| {
            phrases.push(phrase.to_owned());
            entries.push(Entry::default());
            entries.len() - 1
        });
        match scope {
            "pre" => entries[index].pre.push(meaning(name)),
            "post" => entries[index].post.push(meaning(name)),
            _ => entries[index].stop = Some(meaning(name)),
        }
    }
    // ASCII case is folded by the matcher; a capital umlaut needs its own pattern.
    for i in 0..phrases.len() {
        let upper = phrases[i].to_uppercase();
        let mut letters = phrases[i].chars();
        let first: String = letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
        for variant in [upper, first] {
            if !variant.is_ascii() && !phrases.contains(&variant) {
                phrases.push(variant);
                entries.push(entries[i].clone());
            }
        }
    }
    let matcher = AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&phrases)
        .ok();
    Table { matcher, entries }
}

impl Table {
    /// Triggers in `text` at word borders: start, end, entry.
    pub(crate) fn find<'a>(&'a self, text: &'a str) -> Vec<(usize, usize, &'a Entry)> {
        let mut found = Vec::new();
        let Some(matcher) = self.matcher.as_ref() else { return found };
        let mut at = 0;
        while let Some(hit) = matcher.find(aho_corasick::Input::new(text).range(at..)) {
            if word_border(text, hit.start(), hit.end()) {
                found.push((hit.start(), hit.end(), &self.entries[hit.pattern().as_usize()]));
                at = hit.end();
            } else {
                at = hit.start() + 1;
                // The longest hit is no word; a shorter one may be: "no" in "no evidence of" cut at "off".
                if let Some((start, end, index)) = self.shorter(text, hit.start(), hit.end()) {
                    found.push((start, end, &self.entries[index]));
                    at = end;
                }
            }
        }
        found
    }

    fn shorter(&self, text: &str, start: usize, end: usize) -> Option<(usize, usize, usize)> {
        let matcher = self.matcher.as_ref()?;
        let mut limit = end;
        while limit > start {
            limit -= 1;
            if !text.is_char_boundary(limit) {
                continue;
            }
            let input = aho_corasick::Input::new(text).range(start..limit).anchored(aho_corasick::Anchored::No);
            let hit = matcher.find(input).filter(|hit| hit.start() == start)?;
            if word_border(text, hit.start(), hit.end()) {
                return Some((hit.start(), hit.end(), hit.pattern().as_usize()));
            }
            limit = hit.end();
        }
        None
    }
}

fn word_border(text: &str, start: usize, end: usize) -> bool {
    let left = text.get(..start).and_then(|left| left.chars().next_back());
    let right = text.get(end..).and_then(|right| right.chars().next());
    let ends_in_letter = text.get(..end).and_then(|part| part.chars().next_back()).is_some_and(char::is_alphanumeric);
    let begins_with_letter = text.get(start..).and_then(|part| part.chars().next()).is_some_and(char::is_alphanumeric);
    let open_left = begins_with_letter && left.is_some_and(char::is_alphanumeric);
    let open_right = ends_in_letter && right.is_some_and(char::is_alphanumeric);
    !(open_left || open_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        for fields in crate::tnm::lexicon::table_lines(TRIGGERS) {
            assert_eq!(fields.len(), 4, "{fields:?}");
            assert!(
                ["de", "en"].contains(&fields[0]) && ["pre", "post", "stop", "none"].contains(&fields[2]),
                "{fields:?}"
            );
            assert!(fields[1] == "none" || meaning(fields[1]) != Meaning::None, "{fields:?}");
            assert_eq!(fields[3], fields[3].to_lowercase());
        }
        assert!(TABLE.matcher.is_some());
    }

    #[test]
    fn a_shorter_trigger_is_found_where_the_longer_one_is_cut_by_a_word() {
        let found = TABLE.find("no historyless fever");
        assert_eq!(found.first().map(|hit| (hit.0, hit.1)), Some((0, 2)));
        assert!(TABLE.find("Nordnotar").is_empty());
        assert_eq!(TABLE.find("MÖGLICHERWEISE").len(), 1);
    }
}
