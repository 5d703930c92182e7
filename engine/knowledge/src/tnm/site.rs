//! Where the tumour of a statement sits.
//!
//! An ICD-O-3 or ICD-10 code in the text counts most, then metadata, then words: a word that names a tumour of an organ ("Mammakarzinom"),
//! an operation or specimen ("Kolonresektat"), an organ alone. Words beside the statement and after the statement before it count more than
//! words elsewhere; an organ alone counts only where no other is named. Where a metastasis or a relative is meant nothing is taken.
//! What a site allows is `staging`'s question.

pub(crate) mod table;

use std::sync::LazyLock;

use befund_core::{Document, Span, TnmRow};
use regex::Regex;

use super::lexicon::{left_of, right_of};
use table::{CLASS_TABLE, Entry, TABLE};

/// How the site is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A code in the text.
    Code,
    /// A field of the document.
    Metadata,
    /// Words.
    Words,
}

impl Source {
    /// The `site_source` column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Metadata => "metadata",
            Self::Words => "words",
        }
    }
}

/// A site and how it is known.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Row of the table.
    pub entry: &'static Entry,
    /// ICD-O-3 topography: as the text gives it, else that of the row.
    pub topography: Option<String>,
    /// How it is known.
    pub source: Source,
    /// ICD-10 says melanoma by itself (C43, D03).
    melanoma: bool,
}

/// Something in the text that speaks for a site.
#[derive(Clone)]
struct Sign {
    at: usize,
    end: usize,
    weight: u32,
    site: Site,
}

/// Sites whose usual tumour is urothelial.
const URINARY: [&str; 4] = ["bladder", "ureter", "renal_pelvis", "urethra"];

/// What a document says of sites, read once.
struct Evidence {
    signs: Vec<Sign>,
    /// Kinds of tumour with their places, in text order.
    classes: Vec<(usize, &'static str)>,
    metadata: Option<Site>,
    /// The site of all codes, of all words that name a tumour or specimen, of all words: where each has one.
    of_codes: Option<Site>,
    of_heavy: Option<Site>,
    of_all: Option<Site>,
    has_heavy: bool,
}

impl Evidence {
    fn of(document: &Document) -> Self {
        let text = document.text();
        let mut signs = words(text);
        signs.extend(codes(text));
        signs.sort_by_key(|sign| sign.at);
        let heavy = || signs.iter().filter(|sign| sign.weight >= 2);
        Self {
            classes: classes(text),
            metadata: of_metadata(document),
            of_codes: only(signs.iter().filter(|sign| sign.weight == CODE)),
            of_heavy: only(heavy()),
            of_all: only(signs.iter()),
            has_heavy: heavy().next().is_some(),
            signs,
        }
    }

    /// Whether the tumour named last up to the end of a room is urothelial, and a urinary organ is named: then the prostate or uterus
    /// that was taken out with the bladder is not its site.
    fn is_urothelial(&self, signs: &[Sign], room: Span) -> bool {
        let known = &self.classes[..self.classes.partition_point(|(at, _)| *at < room.end as usize)];
        let Some((at, _)) = known.last().filter(|(_, class)| *class == "urothelial") else { return false };
        let other = |sign: &Sign| sign.weight >= 3 && sign.at > *at && !URINARY.contains(&sign.site.entry.name);
        self.urinary().is_some() && !signs.iter().any(other)
    }

    /// The urinary organ that words for tumours and specimens name first.
    fn urinary(&self) -> Option<&Site> {
        let heavy = |sign: &&Sign| sign.weight >= 2 && URINARY.contains(&sign.site.entry.name);
        self.signs.iter().find(heavy).map(|sign| &sign.site)
    }

    /// The signs that lie in a stretch.
    fn within(&self, room: Span) -> &[Sign] {
        let from = self.signs.partition_point(|sign| sign.at < room.start as usize);
        let to = self.signs.partition_point(|sign| sign.at < room.end as usize);
        &self.signs[from..to.max(from)]
    }
}

/// A site with its staging schemas for each statement, in their order.
pub(crate) fn of_statements(document: &Document, rows: &[TnmRow]) -> Vec<Option<(Site, Vec<&'static str>)>> {
    if rows.is_empty() {
        return Vec::new();
    }
    let text = document.text();
    let evidence = Evidence::of(document);
    let mut before: Option<Site> = None;
    let mut from = 0;
    rows.iter()
        .enumerate()
        .map(|(i, row)| {
            let end = row.span.end as usize;
            let next = rows.get(i + 1).map_or(text.len(), |next| next.span.start as usize);
            let room = Span::new(from, clause_end(text, end).min(next.max(end)));
            from = end;
            let mut signs = labels(text, evidence.within(room), row.span);
            if evidence.is_urothelial(&signs, room) {
                signs.retain(|sign| URINARY.contains(&sign.site.entry.name));
                if signs.iter().all(|sign| sign.weight < 2) {
                    before = evidence.urinary().cloned();
                }
            }
            let site = choose(text, &evidence, &signs, before.as_ref(), row.span);
            let site = site.map(|site| narrowed(site, &signs));
            before.clone_from(&site);
            site.map(|site| {
                let schemas = schemas(&evidence.classes, &site, room);
                (site, schemas)
            })
        })
        .collect()
}

/// Where the clause ends in which a statement stands.
fn clause_end(text: &str, at: usize) -> usize {
    let to = text.floor_char_boundary(at + 400);
    let rest = text.get(at..to).unwrap_or("");
    let ends = [rest.find('\n'), rest.find(';'), rest.find(". ")];
    ends.into_iter().flatten().min().map_or(to, |i| at + i)
}

/// Weight of a code; tumour words weigh 3, specimens 2, organs 1.
const CODE: u32 = 9;

/// The signs as the statement sees them: an organ right before it is its label ("Kolon: pT3", "colon, left, pT3").
fn labels(text: &str, signs: &[Sign], statement: Span) -> Vec<Sign> {
    const BETWEEN: [&str; 8] = ["links", "rechts", "left", "right", "li", "re", "beidseits", "tnm"];
    let joins = |gap: &str| {
        let words = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        gap.len() <= 24
            && !gap.contains(['.', '\n', ';'])
            && words.into_iter().all(|word| BETWEEN.contains(&&*word.to_lowercase()))
    };
    let seen = |sign: &Sign| {
        let label = sign.weight == 1 && text.get(sign.end..statement.start as usize).is_some_and(joins);
        Sign { weight: if label { 2 } else { sign.weight }, ..sign.clone() }
    };
    signs.iter().map(seen).collect()
}

/// The part of an organ where the room names one: "Larynxkarzinom, supraglottisch".
fn narrowed(site: Site, signs: &[Sign]) -> Site {
    let length = |site: &Site| site.topography.as_ref().map_or(0, String::len);
    let part =
        signs.iter().rev().find(|sign| sign.site.entry.name == site.entry.name && length(&sign.site) > length(&site));
    match part {
        Some(part) => Site { source: site.source, melanoma: site.melanoma, ..part.site.clone() },
        None => site,
    }
}

/// The site of a statement; `signs` are those of its room.
fn choose(text: &str, evidence: &Evidence, signs: &[Sign], before: Option<&Site>, statement: Span) -> Option<Site> {
    let near = |sign: &Sign| {
        let (start, end) = (statement.start as usize, statement.end as usize);
        let gap = if sign.at < start { text.get(sign.at..start) } else { text.get(end.min(sign.at)..sign.at) };
        gap.is_some_and(|gap| gap.len() <= 160 && !gap.contains("\n\n"))
    };
    // What follows a statement more likely belongs to the next one.
    let distance = |sign: &Sign| {
        let start = statement.start as usize;
        if sign.at < start { start - sign.at } else { 3 * (sign.at - start) }
    };
    let nearest = |sign: &&Sign| std::cmp::Reverse(distance(sign));
    if let Some(sign) = signs.iter().filter(|sign| sign.weight == CODE).min_by_key(|sign| distance(sign)) {
        return Some(sign.site.clone());
    }
    if let Some(site) = &evidence.metadata {
        return Some(site.clone());
    }
    // A report names its organ again and again, a neighbour once; what stands right beside the statement counts most.
    let worth = |name: &str| {
        let of_name = signs.iter().filter(|sign| sign.site.entry.name == name && sign.weight >= 2);
        of_name.map(|sign| if sign.weight > 2 { 6 } else { 2 } + if near(sign) { 8 } else { 0 }).sum::<u32>()
    };
    let heavy = || signs.iter().filter(|sign| sign.weight >= 2);
    let named = heavy().max_by_key(|sign| (worth(sign.site.entry.name), nearest(sign))).map(|sign| &sign.site);
    // "Uterus" leaves open which part.
    let part = |name| heavy().filter(|sign| sign.site.entry.name == name).max_by_key(nearest).map(|sign| &sign.site);
    let named = named.map(|site| match site.entry.name {
        "uterus" => part("corpus").or_else(|| part("cervix")).unwrap_or(site),
        "colorectum" => part("colon").or_else(|| part("rectum")).unwrap_or(site),
        _ => site,
    });
    match (named, &evidence.of_codes) {
        // A code elsewhere in the report says the same more exactly.
        (Some(site), Some(code)) if site.entry.name == code.entry.name => return Some(code.clone()),
        (Some(site), _) => return Some(site.clone()),
        // The same tumour said again: the only site that the document knows, or the site before.
        (None, Some(code)) => return Some(code.clone()),
        (None, None) => {}
    }
    if evidence.has_heavy {
        return evidence.of_heavy.clone().or_else(|| before.cloned());
    }
    evidence.of_all.clone()
}

/// The site of signs that all mean the same one.
fn only<'a>(mut signs: impl Iterator<Item = &'a Sign>) -> Option<Site> {
    let first = &signs.next()?.site;
    signs.all(|sign| sign.site.entry.name == first.entry.name).then(|| first.clone())
}

/// Kinds of tumour that a text names, with their places.
fn classes(text: &str) -> Vec<(usize, &'static str)> {
    let Some(matcher) = CLASS_TABLE.matcher.as_ref() else { return Vec::new() };
    matcher
        .find_iter(text)
        .filter(|found| !is_denied(&left_of(text, found.start(), 14)))
        .map(|found| (found.start(), CLASS_TABLE.names[found.pattern().as_usize()]))
        .collect()
}

/// Kinds named before a statement that are looked at.
const KINDS_BEFORE: usize = 64;

/// The staging schemas that may apply: those of the kind of tumour named last before the end of the room, else the site's usual ones.
fn schemas(classes: &[(usize, &'static str)], site: &Site, room: Span) -> Vec<&'static str> {
    let named = |class: &str| site.entry.schemas_of(class).map(<[_]>::to_vec);
    if site.melanoma
        && let Some(schemas) = named("melanoma")
    {
        return schemas;
    }
    let known = &classes[..classes.partition_point(|(at, _)| *at < room.end as usize)];
    let in_room = known.partition_point(|(at, _)| *at < room.start as usize);
    // The kind may stand in the room of an earlier statement of the same report.
    for kinds in [&known[in_room..], &known[known.len().saturating_sub(KINDS_BEFORE)..]] {
        if let Some(schemas) = kinds.iter().rev().find_map(|(_, class)| named(class)) {
            return schemas;
        }
        // Sarcomas and lymphomas of an organ are not staged as its carcinomas.
        if matches!(kinds.last(), Some((_, "sarcoma" | "lymphoma"))) {
            return Vec::new();
        }
    }
    named("*").unwrap_or_default()
}

fn is_denied(left: &str) -> bool {
    ["kein ", "keine ", "no ", "not ", "ohne "].iter().any(|word| left.ends_with(word))
}

static CODE_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([CD])( ?)(\d\d(\.\d{1,2})?)\b").ok());

/// A code as written, where it means a site of a tumour.
fn site_of_code(code: &str, source: Source) -> Option<Site> {
    let entry = TABLE.by_code(code)?;
    let topography = match code.get(..3) {
        // ICD-10 codes of melanoma, mesothelioma, lymphoma and tumours in situ are none of ICD-O-3.
        Some("C43" | "C45" | "C81" | "C82" | "C83" | "C84" | "C85") => entry.topography.map(str::to_owned),
        _ if code.starts_with('D') => entry.topography.map(str::to_owned),
        _ => Some(code.to_owned()),
    };
    Some(Site { entry, topography, source, melanoma: code.starts_with("C43") || code.starts_with("D03") })
}

fn codes(text: &str) -> Vec<Sign> {
    let Some(pattern) = CODE_PATTERN.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(text)
        .filter_map(|found| {
            let (whole, letter, blank, figures) = (found.get(0)?, found.get(1)?, found.get(2)?, found.get(3)?);
            // "C50" alone may be anything; with its fourth figure, or after the name of the classification, it is a code.
            let announced = || {
                let left = left_of(text, whole.start(), 28);
                ["icd", "topogra", "lokalisation", "diagnose", "site", "code"].iter().any(|word| left.contains(word))
            };
            let complete = found.get(4).is_some() && blank.is_empty();
            let code = format!("{}{}", letter.as_str(), figures.as_str());
            let site = (complete || announced()).then(|| site_of_code(&code, Source::Code)).flatten()?;
            Some(Sign { at: whole.start(), end: whole.end(), weight: CODE, site })
        })
        .collect()
}

/// Fields that tell the site, in the order in which they count.
const FIELDS: [&str; 18] = [
    "icd_o_3",
    "icd-o-3",
    "icdo3",
    "icd_o",
    "topography",
    "topographie",
    "icd10",
    "icd_10",
    "icd-10",
    "icd",
    "diagnosis_code",
    "site",
    "primary_site",
    "tumor_site",
    "tumour_site",
    "lokalisation",
    "organ",
    "tumorlokalisation",
];

fn of_metadata(document: &Document) -> Option<Site> {
    let value = |field: &&str| {
        document.metadata.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)).map(|(_, value)| value.trim())
    };
    FIELDS.iter().filter_map(value).find_map(|value| {
        let code = CODE_PATTERN.as_ref()?.find(value);
        let code = code.map(|code| code.as_str().replace(' ', ""));
        if let Some(site) = code.and_then(|code| site_of_code(&code, Source::Metadata)) {
            return Some(site);
        }
        let named = TABLE.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(value));
        named
            .map(|entry| Site {
                entry,
                topography: entry.topography.map(str::to_owned),
                source: Source::Metadata,
                melanoma: false,
            })
            .or_else(|| only(words(value).iter()).map(|site| Site { source: Source::Metadata, ..site }))
    })
}

const TUMOUR: [&str; 14] = [
    "karzinom", "carcinom", "krebs", "cancer", "tumor", "tumour", "neoplas", "sarkom", "sarcom", "melanom", "malign",
    "adenoca", "-ca", "nzellca",
];
const SPECIMEN: [&str; 17] = [
    "resekt",
    "resect",
    "ektomie",
    "ectomy",
    "exzis",
    "excis",
    "biops",
    "präparat",
    "specimen",
    "stanz",
    "amput",
    "exstirp",
    "punkt",
    "konisat",
    "operat",
    "lobekt",
    "lobect",
];
const RELATIVES: [&str; 8] = ["mutter", "vater", "schwester", "bruder", "mother", "father", "sister", "brother"];

/// Organ words with their weights.
fn words(text: &str) -> Vec<Sign> {
    let Some(matcher) = TABLE.matcher.as_ref() else { return Vec::new() };
    matcher
        .find_iter(text)
        .filter_map(|found| {
            let word = TABLE.words[found.pattern().as_usize()];
            let (start, end) = (found.start(), found.end());
            let starts = text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let rest_end = text[end..].find(|c: char| !c.is_alphabetic() && c != '-').map_or(text.len(), |i| end + i);
            if !starts || word.whole && rest_end > end && !text[end..].starts_with('-') {
                return None;
            }
            let weight = weight(text, start, end, rest_end, word.tumour);
            let entry = &TABLE.entries[word.entry];
            let site =
                Site { entry, topography: entry.topography.map(str::to_owned), source: Source::Words, melanoma: false };
            (weight > if word.weak { 2 } else { 0 }).then_some(Sign { at: start, end: rest_end, weight, site })
        })
        .collect()
}

/// What an organ word is worth; 0 where it tells of a metastasis, a relative, or what is not there.
fn weight(text: &str, start: usize, end: usize, word_end: usize, tumour: bool) -> u32 {
    let has = |window: &str, words: &[&str]| words.iter().any(|word| window.contains(word));
    let rest = text[end..word_end].to_lowercase();
    let right = right_of(text, word_end, 34);
    let right = right.split(['.', ';', '\n']).next().unwrap_or("");
    let left = left_of(text, start, 44);
    let left = left.rsplit(['.', ';', '\n']).next().unwrap_or("");
    if has(&rest, &["metasta", "filia"]) || right.trim_start().starts_with("metasta") || has(left, &RELATIVES) {
        return 0;
    }
    if has(left, &["kein anhalt", "kein hinweis", "no evidence", "ausschluss"]) {
        return 0;
    }
    if tumour || has(&rest, &TUMOUR) {
        return 3;
    }
    let near_left = left.char_indices().rev().nth(25).map_or(left, |(at, _)| &left[at..]);
    if has(near_left, &["metasta", "filia", "infiltra", "invad", "invas", "into ", "frei von"]) {
        return 0;
    }
    let linked = has(near_left, &[" of ", " der ", " des ", " im ", " in ", "-ca ", " ca "]);
    let joined = right.split([',', '(', ')']).next().unwrap_or("");
    if has(near_left, &TUMOUR) && linked || has(joined, &TUMOUR) && !has(joined, &["infiltr", "frei", "free", "invol"])
    {
        return 3;
    }
    let heading =
        start == 0 || text[..start].trim_end_matches([' ', '\t', '*', '-', '.', ')', ':']).ends_with('\n') || {
            // "A. Colon, right:", "1. Mamma links"
            let line = text[..start].rfind('\n').map_or(0, |i| i + 1);
            start - line <= 4
        };
    if has(&rest, &SPECIMEN) || has(near_left, &SPECIMEN) || has(joined, &SPECIMEN) || heading {
        return 2;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<(&'static str, u32)> {
        let mut found: Vec<Sign> = words(text);
        found.extend(codes(text));
        found.iter().map(|sign| (sign.site.entry.name, sign.weight)).collect()
    }

    #[test]
    fn words_are_weighed() {
        assert_eq!(signs("Invasives Mammakarzinom links"), [("breast", 3)]);
        assert_eq!(signs("Es wird ein Kolonresektat übersandt"), [("colon", 2)]);
        assert_eq!(signs("adenocarcinoma of the lung"), [("lung", 3)]);
        assert_eq!(signs("Adenokarzinom des Rektums"), [("rectum", 3)]);
        assert_eq!(signs("Es zeigt sich die Lunge beidseits belüftet"), [("lung", 1)]);
        assert_eq!(signs("Das ist ein LARYNXKARZINOM, ein ÖSOPHAGUSKARZINOM"), [("larynx", 3), ("esophagus", 3)]);
    }

    #[test]
    fn metastases_relatives_and_parts_of_words_are_no_site() {
        assert_eq!(signs("Multiple Lebermetastasen, metastasis to the lung, liver metastases"), []);
        assert_eq!(signs("Die Mutter hatte ein Mammakarzinom"), []);
        assert_eq!(signs("Behandlung, Abteilung, Beurteilung, Blutung"), []);
        assert_eq!(signs("A. mammaria interna"), []);
    }

    #[test]
    fn codes_count_with_four_figures_or_announced() {
        assert_eq!(signs("Block C50, Diagnose C50.4, ICD-10: C61"), [("breast", CODE), ("prostate", CODE)]);
        assert_eq!(signs("C77.3, C78.7"), []);
    }
}
