//! Knows a section by its heading: alone on a line, before a colon, in capitals, numbered, spaced out.
//!
//! False headings cost more than missed ones (a wrong "family history" turns a patient's tumour into an aunt's), so a heading must be known
//! word for word; only a short qualifier ("Labor vom 3.5.", "Medikation bei Aufnahme") or a second known heading ("Therapie und Verlauf")
//! may follow. What is under a heading that is not in the table stays in the section before it.

use std::collections::HashMap;
use std::sync::LazyLock;

use befund_core::SectionKind;

use crate::chars::{char_at, is_upper};

mod table;

/// Headings are short; longer lines are not looked at.
const LONGEST_HEADING: usize = 64;

/// A heading at the beginning of a line or sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// What the section is about.
    pub kind: SectionKind,
    /// It ends with a colon.
    pub colon: bool,
    /// Text follows on the same line.
    pub inline: bool,
}

static TABLE: LazyLock<HashMap<&'static str, SectionKind>> = LazyLock::new(|| {
    table::HEADINGS.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*name, *kind))).collect()
});

/// Which beginnings (three letters, hashed) the names have, so that most lines are turned down without building a key.
static BEGINNINGS: LazyLock<[u64; 64]> = LazyLock::new(|| {
    let mut bits = [0u64; 64];
    for name in TABLE.keys() {
        let hash = beginning(name.as_bytes());
        bits[hash / 64] |= 1 << (hash % 64);
    }
    bits
});

/// Hash of the first three bytes in small letters, below 4096. The second byte of Ä, Ö, Ü differs by case, so its case bit is left out.
fn beginning(name: &[u8]) -> usize {
    name.iter().take(3).fold(0usize, |hash, byte| (hash * 31 + usize::from(byte | 0x20)) & 0xfff)
}

/// Whether any heading begins as `name` does, or `name` is spaced out.
fn may_be_known(name: &[u8]) -> bool {
    let hash = beginning(name);
    BEGINNINGS[hash / 64] >> (hash % 64) & 1 == 1 || name.get(1).is_some_and(|byte| *byte == b' ' || *byte >= 0x80)
}

/// The heading that a line begins with.
pub(crate) fn of_line(text: &str, begin: usize, end: usize) -> Option<Heading> {
    let line = &text[begin..end];
    let bytes = line.as_bytes();
    // "- Aktuell: progrediente Metastasen" is an item of the list that it stands in.
    if line.starts_with(['-', '–', '•', '·']) {
        return None;
    }
    if let Some(colon) = bytes.iter().take(LONGEST_HEADING).position(|&byte| byte == b':') {
        let kind = known(&line[..colon], true)?;
        return Some(Heading {
            kind,
            colon: true,
            inline: bytes[colon + 1..].iter().any(|byte| !byte.is_ascii_whitespace()),
        });
    }
    if bytes.len() > LONGEST_HEADING || matches!(bytes.last(), Some(b'.' | b',' | b';' | b'!' | b'?')) {
        return None;
    }
    known(line, false).map(|kind| Heading { kind, colon: false, inline: false })
}

/// The heading that a sentence in the middle of a line begins with, or is: `Medikation: ASS`, `FINAL DIAGNOSIS.`.
pub(crate) fn of_sentence(sentence: &str) -> Option<Heading> {
    let bytes = sentence.as_bytes();
    let (stop, colon) = match bytes.iter().take(LONGEST_HEADING).position(|&byte| byte == b':') {
        Some(at) => (at, true),
        None if bytes.len() <= LONGEST_HEADING && bytes.last() == Some(&b'.') => (bytes.len() - 1, false),
        None => return None,
    };
    let name = sentence[..stop].trim();
    // A single word and a full stop is more often a short answer than a heading, unless it stands in capitals.
    let shown = name.contains(' ') || !name.bytes().any(|byte| byte.is_ascii_lowercase());
    let kind = (colon || shown).then(|| exact(name)).flatten()?;
    Some(Heading { kind, colon, inline: colon && stop + 1 < bytes.len() })
}

fn exact(name: &str) -> Option<SectionKind> {
    (begins_as_heading(name) && may_be_known(name.as_bytes()))
        .then(|| TABLE.get(normal(name).as_str()).copied())
        .flatten()
}

/// Looks a heading up, without enumerator, decoration and plural brackets, and with what may follow it.
fn known(raw: &str, colon: bool) -> Option<SectionKind> {
    let name = without_marker(raw);
    if name.len() < 3 || !begins_as_heading(name) || !may_be_known(name.as_bytes()) {
        return None;
    }
    let key = normal(name);
    let find = |key: &str| TABLE.get(key).copied();
    if let Some(kind) = find(&key) {
        return Some(kind);
    }
    qualified(&key, colon).or_else(|| joined(&key, colon))
}

fn begins_as_heading(name: &str) -> bool {
    char_at(name, 0).is_some_and(is_upper)
}

/// Drops `1.`, `II.`, `A)`, bullets and ornaments before the first letter of the name.
fn without_marker(raw: &str) -> &str {
    let name = raw.trim_start_matches(|c: char| !c.is_alphabetic());
    let marker = name.bytes().take(5).position(|byte| matches!(byte, b'.' | b')'));
    match marker {
        Some(at) if at <= 4 && name.is_char_boundary(at + 1) => {
            let mark = &name.as_bytes()[..at];
            let counts = mark.len() == 1 || mark.iter().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
            if counts { name[at + 1..].trim_start() } else { name }
        }
        _ => name,
    }
}

/// Small letters, single blanks, no plural brackets, no ornaments at the end, `D I A G N O S E` drawn together.
fn normal(name: &str) -> String {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let mut key = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || c == '_') {
        let word =
            ["(n)", "(en)", "(e)", "(s)", "(es)"].iter().find_map(|plural| word.strip_suffix(plural)).unwrap_or(word);
        if word.is_empty() {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    let spaced = key.len() >= 7 && key.split(' ').all(|part| part.chars().count() == 1);
    if spaced { key.replace(' ', "") } else { key }
}

/// A known heading with a qualifier after it.
fn qualified(key: &str, colon: bool) -> Option<SectionKind> {
    const QUALIFIERS: &[&str] =
        &["bei", "vom", "am", "zum", "nach", "(", "at", "on", "upon", "as", "zuhause", "laut", "-", "–"];
    let mut cuts = key.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
    cuts.reverse();
    for cut in cuts {
        let (name, rest) = (&key[..cut], &key[cut + 1..]);
        let Some(kind) = TABLE.get(name).copied() else { continue };
        let words = rest.split(' ').count();
        let first = rest.split(' ').next().unwrap_or_default();
        let fits = QUALIFIERS.contains(&first)
            || first.starts_with('(')
            || first.starts_with(|c: char| c.is_ascii_digit()) && colon;
        if !fits || words > if colon { 6 } else { 3 } {
            return None;
        }
        let discharge = rest.contains("entlass") || rest.contains("discharge");
        return Some(if discharge && kind == SectionKind::Medication {
            SectionKind::DischargeMedication
        } else {
            kind
        });
    }
    None
}

/// Two or more known headings in one: the first says what it is about.
fn joined(key: &str, colon: bool) -> Option<SectionKind> {
    if !key.contains([',', '/', '&', '+']) && !key.contains(" u") && !key.contains(" and ") {
        return None;
    }
    let parts = [" und ", " u. ", " and ", " & ", " / ", "/", ", ", " + "];
    let (first, second) = parts.iter().find_map(|by| key.split_once(by))?;
    let kind = TABLE.get(first.trim()).copied()?;
    let rest = second.trim().trim_start_matches('-');
    (TABLE.contains_key(rest) || qualified(rest, colon).is_some() || joined(rest, colon).is_some()).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> Option<SectionKind> {
        of_line(line, 0, line.len()).map(|heading| heading.kind)
    }

    #[test]
    fn headings_are_known_in_every_dress() {
        use SectionKind::*;
        for (line, want) in [
            ("Diagnosen:", Diagnosis),
            ("DIAGNOSEN", Diagnosis),
            ("Diagnose(n):", Diagnosis),
            ("1. Diagnosen", Diagnosis),
            ("II. Makroskopie:", Macroscopy),
            ("D I A G N O S E", Diagnosis),
            ("*** Anamnese ***", History),
            ("Therapie und Verlauf", Procedure),
            ("Labor bei Aufnahme", Laboratory),
            ("Labor vom 03.05.2029:", Laboratory),
            ("Medikation bei Entlassung:", DischargeMedication),
            ("Medikamente bei Aufnahme:", Medication),
            ("Allergien / Unverträglichkeiten:", Allergies),
            ("FAMILIENANAMNESE: Mutter Mammakarzinom", FamilyHistory),
            ("Vorerkrankungen, Voroperationen: TVT", PastHistory),
            ("FINAL DIAGNOSIS:", Diagnosis),
            ("Gross Description :", Macroscopy),
            ("Past Medical History", PastHistory),
            ("Assessment and Plan:", Assessment),
            ("Microscopic description and comment:", Microscopy),
            ("Nebenwirkungen:", AdverseReactions),
            ("\u{feff}EPIKRISE", Assessment),
        ] {
            assert_eq!(kind(line), Some(want), "{line}");
        }
    }

    #[test]
    fn prose_and_unknown_labels_are_no_headings() {
        for line in [
            "Diagnose wurde gestellt",
            "Labor unauffällig.",
            "history: unknown",
            "Befunde lagen vor.",
            "Tumor Size: 3 cm",
            "Die Diagnosen: unklar",
            "Therapie mit Folfox",
            "- Aktuell: progrediente Metastasen",
            "Medikation wurde umgestellt:",
            "History of smoking:",
            "",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn headings_inside_a_line_need_a_colon_or_capitals() {
        assert!(of_sentence("Medikation: ASS 100 mg").is_some());
        assert!(of_sentence("FINAL DIAGNOSIS.").is_some());
        assert!(of_sentence("Gross Description.").is_some());
        assert!(of_sentence("Therapie.").is_none());
        assert!(of_sentence("Medikation wie gehabt.").is_none());
    }

    #[test]
    fn every_name_in_the_table_is_found_by_its_own_spelling() {
        for (kind, names) in table::HEADINGS {
            for name in *names {
                assert_eq!(&normal(name), name, "{name} is not in normal form");
                assert_eq!(TABLE.get(name), Some(kind), "{name} stands under two kinds");
            }
        }
    }
}
