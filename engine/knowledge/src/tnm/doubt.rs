//! Where the grammar leaves something open: writings that could belong to a stage and that the scan did not take.
//!
//! The encoder is asked about these places and no others (`Doubts`), and nothing that it alone sees elsewhere is reported: pathology reports
//! are full of block letters ("G2: two nodes"), forms and broken letters that look like stages to it, and the grammar knows those. So a
//! place must be a writing of a value beside something that speaks for a stage. What the grammar refused for a reason that is evidence
//! against a stage (a paraffin block, a node station, another disease) is not open.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use befund_core::{Gate, Label, Looked, Mention, Refusal, RefusedRow, Span, Task};
use regex::Regex;

use super::lexicon::{left_of, right_of};
use super::scan_with_refusals;

/// The gate of runs that ask for stages alone: the places that the rules leave open.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doubts;

impl Gate for Doubts {
    fn look(&self, text: &str) -> Looked {
        let (mentions, refused) = scan_with_refusals(text);
        Looked { places: doubts(text, &mentions, &refused), mentions, refused }
    }
}

/// Places that the scan leaves open, in order and apart; none shares a byte with a mention. `mentions` and `refused` are those of the scan.
pub(crate) fn doubts(text: &str, mentions: &[Mention], refused: &[RefusedRow]) -> Vec<Span> {
    let mentions = mentions.iter().filter(|one| one.task == Task::Tnm).map(|one| (one.label, one.span)).collect();
    let scanned = Scanned { text, mentions };
    let mut places = Vec::new();
    places.extend(refused.iter().filter(|one| scanned.is_open(one)).map(|one| one.span));
    scanned.beside_components(&mut places);
    scanned.counts(&mut places);
    scanned.sums(&mut places);
    scanned.after_names(&mut places);
    places.retain(|place| scanned.mentions_at(*place).is_empty());
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Span> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

/// Bytes between a component and what may belong to its statement.
const NEAR: usize = 60;
/// Bytes over which an `N` and an `O` that stand alone are read as part of a statement.
const NEAR_SCANNED: usize = 100;

static COMPONENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[pcyrauP]{0,3}[TNMLVRGS]|Pn) ?(?:[0-4xXOoIli]|is)[a-dA-D]?").ok());
static COUNT_IN_WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty";
    Regex::new(&format!(
        r"(?i-u)\b(?:[0-9]{{1,2}}|none|{number}) (?:out of|of|von|aus) (?:the )?(?:[0-9]{{1,3}}|{number})\b"
    ))
    .ok()
});
static SUM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[1-5] ?\+ ?[1-5]").ok());
static SCORE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:[1-9]|10)\b").ok());
/// A single small letter is none: forms have empty boxes there.
static GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:[IL1]|[IilL1]{2,3}|[IilL1]{0,2}[IilL1][VvA-Ca-c]|[1-4])[A-Ca-c]?[12]?\b|\b0[A-Ca-c]?\b").ok()
});
static GRADE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:[1-4]|I{1,3}|IV)\b").ok());
static EDITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i-u)\b[4-9](?:th|\.)[ \n]{0,2}(?:ed|aufl)").ok());

/// What may stand before a component that the scan did not take.
const OF_STAGES: [&str; 24] = [
    "carcinom",
    "karzin",
    "cancer",
    "neoplas",
    "tumor",
    "tumour",
    "gist ",
    "seminom",
    "melanom",
    "lymphom",
    "sarkom",
    "sarcom",
    "klassifik",
    "classif",
    "tnm",
    "stage",
    "staging",
    "stadium",
    "icd",
    "gleason",
    "pattern",
    "grad",
    "status",
    "sentinel",
];
/// What may stand beside a count of nodes.
const OF_NODES: [&str; 18] = [
    "node",
    "lymph",
    "ln",
    "lk",
    "tumor seen",
    "tumor present",
    "malign",
    "benign",
    "metasta",
    "positiv",
    "negativ",
    "regional",
    "total",
    "befall",
    "knoten",
    "tumorfrei",
    "n0",
    "n1",
];

static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(VALUES_AFTER.map(|(name, _, _)| name)).ok()
});

/// Names of a value, how many bytes behind them it may stand, and what it looks like.
const VALUES_AFTER: [(&str, usize, &LazyLock<Option<Regex>>); 9] = [
    ("gleas", 40, &SCORE),
    ("stage", 18, &GROUP),
    ("stadium", 18, &GROUP),
    ("staging", 18, &GROUP),
    ("figo", 18, &GROUP),
    ("ajcc", 18, &GROUP),
    ("uicc", 18, &GROUP),
    ("dukes", 18, &GROUP),
    ("grad", 9, &GRADE),
];

/// A text and what the scan took of it.
struct Scanned<'a> {
    text: &'a str,
    mentions: Vec<(Label, Span)>,
}

impl Scanned<'_> {
    /// Mentions that share a byte with a place. The scan's mentions stand in order and apart.
    fn mentions_at(&self, place: Span) -> &[(Label, Span)] {
        let from = self.mentions.partition_point(|(_, span)| span.end <= place.start);
        let to = self.mentions.partition_point(|(_, span)| span.start < place.end);
        &self.mentions[from..to.max(from)]
    }

    /// Whether a T, N or M stands within `reach` bytes.
    fn near_component(&self, place: Span, reach: usize) -> bool {
        let around =
            Span { start: place.start.saturating_sub(reach as u32), end: place.end.saturating_add(reach as u32) };
        self.mentions_at(around).iter().any(|(label, _)| is_component(*label))
    }

    fn after(&self, place: Span, n: usize, words: &[&str]) -> bool {
        let left = left_of(self.text, place.start as usize, n);
        words.iter().any(|word| left.contains(word))
    }

    /// Whether a refused candidate may be a stage after all.
    fn is_open(&self, one: &RefusedRow) -> bool {
        let against = matches!(
            one.reason,
            Refusal::Overlapped
                | Refusal::BlockOrLot
                | Refusal::CueAgainst
                | Refusal::NodeStation
                | Refusal::OtherDisease
                | Refusal::Explained
        );
        let scanned = one.reason == Refusal::ScannedAlone;
        let prefixed = !scanned && one.span.of(self.text).starts_with(['p', 'c', 'y', 'P']);
        let reach = if scanned { NEAR_SCANNED } else { NEAR };
        !(against || scanned && is_word(self.text, one.span))
            && (prefixed
                || self.near_component(one.span, reach)
                || self.after(one.span, NEAR, &OF_STAGES)
                || right_of(self.text, one.span.end as usize, 10).contains("who"))
    }

    /// What looks like a component on either side of one, or behind the name of them all.
    fn beside_components(&self, places: &mut Vec<Span>) {
        let Some(component) = COMPONENT.as_ref() else { return };
        let taken = self.mentions.iter().filter(|(label, _)| is_component(*label));
        let taken = taken.map(|(_, span)| ((span.start as usize).saturating_sub(12), span.end as usize + 28));
        let named = self.text.match_indices("TNM").map(|(at, name)| (at + name.len(), at + 60));
        for (from, to) in taken.chain(named) {
            let (from, to) = (self.text.ceil_char_boundary(from), self.text.floor_char_boundary(to));
            let looks = component.find_iter(&self.text[from..to]);
            let looks = looks.map(|found| Span::new(from + found.start(), from + found.end()));
            places.extend(looks.filter(|place| !is_word(self.text, *place)));
        }
    }

    /// Counts of nodes: "0/18", "one of seven".
    fn counts(&self, places: &mut Vec<Span>) {
        let of_nodes = |place: Span| {
            let right = right_of(self.text, place.end as usize, 40);
            let bracketed = self.text[..place.start as usize].ends_with('(') && right.starts_with(')');
            !self.after(place, 6, &["page", "seite", "ck", "ae"])
                && (bracketed || self.after(place, 100, &OF_NODES) || OF_NODES.iter().any(|word| right.contains(word)))
        };
        let slashes = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'/').map(|(at, _)| at);
        places.extend(slashes.filter_map(|at| fraction(self.text, at)).filter(|place| of_nodes(*place)));
        let Some(words) = COUNT_IN_WORDS.as_ref() else { return };
        let said = words.find_iter(self.text).map(|found| Span::new(found.start(), found.end()));
        places.extend(said.filter(|place| of_nodes(*place)));
    }

    /// `3+4` behind a word of Gleason's.
    fn sums(&self, places: &mut Vec<Span>) {
        let Some(sum) = SUM.as_ref() else { return };
        let found = sum.find_iter(self.text).map(|found| Span::new(found.start(), found.end()));
        places.extend(found.filter(|place| self.after(*place, 100, &["gleas", "score", "pattern", "grad", "sum"])));
    }

    /// Values behind the name of what they are a value of, and editions.
    fn after_names(&self, places: &mut Vec<Span>) {
        for hit in NAMES.iter().flat_map(|names| names.find_iter(self.text)) {
            let (_, reach, value) = VALUES_AFTER[hit.pattern().as_usize()];
            let to = self.text.floor_char_boundary(hit.end() + reach);
            let found = value.iter().flat_map(|value| value.find_iter(&self.text[hit.end()..to]));
            let found = found.map(|found| Span::new(hit.end() + found.start(), hit.end() + found.end()));
            // What the scan took of this name is the value; a part of another number is none.
            let is_taken =
                |place: Span| !self.mentions_at(Span { start: hit.start() as u32, end: place.end }).is_empty();
            places.extend(found.filter(|place| !is_taken(*place) && !is_part_of_number(self.text, *place)));
        }
        let editions = EDITION.iter().flat_map(|edition| edition.find_iter(self.text));
        places.extend(editions.map(|found| Span::new(found.start(), found.end())));
    }
}

fn is_component(label: Label) -> bool {
    matches!(label, Label::T | Label::N | Label::M)
}

/// Whether letters that look like a component are a word, or a part of one: "NO tumour", "PATHOLOGIC", "YES NO".
fn is_word(text: &str, place: Span) -> bool {
    let bytes = text.as_bytes();
    let (start, end) = (place.start as usize, place.end as usize);
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let starts_inside =
        letter(start.checked_sub(1)) && bytes[start].is_ascii_alphabetic() && !bytes[start].is_ascii_lowercase();
    let prefixed = matches!(bytes[start], b'p' | b'c') && bytes.get(start + 1).is_some_and(u8::is_ascii_uppercase);
    let plain = !prefixed && bytes[start..end].iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' ');
    let next = text[end..].trim_start_matches(' ');
    let goes_on = next
        .starts_with(|first: char| first.is_alphabetic() && !matches!(first, 'M' | 'p' | 'c' | 'L' | 'V' | 'R' | 'G'));
    let before = text[..start].trim_end();
    let of_form = ["yes", "Yes", "YES"].iter().any(|yes| before.ends_with(yes));
    starts_inside || plain && (of_form || goes_on || letter(Some(end)) && letter(Some(end + 1)))
}

/// Whether digits around it make it a part of a larger number, a fraction or a share.
fn is_part_of_number(text: &str, place: Span) -> bool {
    let (before, after) = (&text[..place.start as usize], &text.as_bytes()[place.end as usize..]);
    before.ends_with(['.', ',', '/', '-'])
        || matches!(after.first(), Some(b'%' | b'/'))
        || matches!(after.first(), Some(b'.' | b',' | b':')) && after.get(1).is_some_and(u8::is_ascii_digit)
}

/// The count around a slash: `n/m` with n no more than m and m below 150, no date and no measure.
fn fraction(text: &str, slash: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let blank = |at: usize| usize::from(bytes.get(at) == Some(&b' '));
    let left_end = slash - usize::from(slash > 0 && blank(slash - 1) == 1);
    let digits = |slice: &mut dyn Iterator<Item = &u8>| slice.take_while(|byte| byte.is_ascii_digit()).count();
    let n_left = digits(&mut bytes[..left_end].iter().rev());
    let right_start = slash + 1 + blank(slash + 1);
    let n_right = digits(&mut bytes.get(right_start..)?.iter());
    if !(1..=3).contains(&n_left) || !(1..=3).contains(&n_right) {
        return None;
    }
    let (start, end) = (left_end - n_left, right_start + n_right);
    let joined = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'/' | b'.' | b',' | b'-'));
    let goes_on =
        joined(bytes.get(end)) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) || bytes.get(end) == Some(&b'/');
    if start > 0 && joined(bytes.get(start - 1)) || goes_on {
        return None;
    }
    let (n, m): (u32, u32) = (text[start..left_end].parse().ok()?, text[right_start..end].parse().ok()?);
    (n <= m && m < 150).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Vec<&str> {
        Doubts.look(text).places.into_iter().map(|place| place.of(text)).collect()
    }

    #[test]
    fn the_patterns_compile() {
        let patterns = [&COMPONENT, &COUNT_IN_WORDS, &SUM, &EDITION];
        assert!(patterns.into_iter().chain(VALUES_AFTER.map(|(_, _, value)| value)).all(|one| one.is_some()));
        assert!(NAMES.is_some());
    }

    #[test]
    fn what_the_scan_does_not_take_beside_what_speaks_for_a_stage_is_open() {
        assert_eq!(open("Stage: pT2c, pN0, LO, V0, G2 R1a.").len(), 0, "the scan takes all of it");
        assert_eq!(open("Eighteen l mh nod i yp es, negat ve for tumour (0/18)"), ["0/18"]);
        assert_eq!(open("Metastatic tumor in one of seven hilar glands, positive"), ["one of seven"]);
        assert_eq!(open("the sample provided Gleas 5"), ["5"]);
        assert_eq!(open("M INMStage: T~ NQM2S, Dukes' Stage: 1A"), ["1A"]);
    }

    #[test]
    fn blocks_pages_words_and_measures_are_not_open() {
        for text in [
            "G1: two lymph nodes\nG2: three lymph nodes\nH: margin",
            "Blocks: A1-A4, L1, M1 submitted entirely.",
            "Lymph nodes negative. Page 2 of 3",
            "Tumor grade: high grade, 4.2 cm",
            "NO TUMOR SEEN. THE TUMOR IS 3 CM.",
            "CK5/6 positive, cytokeratin AE1/3 positive",
            "Blutdruck 120/80, Kontrolle am 3/12",
        ] {
            assert_eq!(open(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn places_stand_in_order_and_apart_and_share_no_byte_with_a_mention() {
        let text = "pT2 pN1 (1/14), Level 2, 0/20; Level 3, 0/9, Regional 0/3. ".repeat(20);
        let places = Doubts.look(&text).places;
        assert!(places.windows(2).all(|pair| pair[0].end < pair[1].start));
        let mentions = scan_with_refusals(&text).0;
        assert!(places.iter().all(|place| mentions.iter().all(|one| !one.span.overlaps(*place))));
    }
}
