//! What a report says of its lymph nodes in words: "no evidence of metastasis in 14 lymph nodes", "alle 12 Lymphknoten tumorfrei".
//!
//! A pair of numbers ("0 of 12 lymph nodes") is a mention of its own; here are the writings with one number or with "all". German and
//! English. It does not know which N category a number of nodes makes.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use befund_core::Span;
use regex::Regex;

use crate::tnm::lexicon::left_of;
use crate::tnm::number;

/// Nodes as one place of the text counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub span: Span,
    pub positive: u32,
    /// `None`: all there are, or not said.
    pub examined: Option<u32>,
}

const NUMBER: &str = r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|eine[mnrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|zwanzig)";
const NODES: &str = r"(?:lymph[ -]?nodes?|lymphknoten|LKs?|LN|nodes?)\b";

/// What nodes are free of.
const DISEASE: &str = r"(?:metasta\w*|tumou?r\w*|malign\w*|carcinom\w*|cancer\w*|neoplas\w*|karzinom\w*|krebs\w*)";

/// Patterns that find nodes without tumour; the group is the number of nodes, where there is one.
static FREE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let count = format!(r"{NUMBER}(?: ?\(\d{{1,3}}\))?");
    compiled(&[
        // "no evidence of metastatic carcinoma in 14 pelvic lymph nodes"
        format!(
            r"\b(?:no|without|negative for|free of) (?:\w+ ){{0,4}}?{DISEASE} (?:\w+ ){{0,3}}?(?:in|within|of|to) (?:\w+ ){{0,2}}?{count} (?:\w+ ){{0,4}}?{NODES}"
        ),
        // "twelve lymph nodes, all negative", "14 lymph nodes with no evidence of malignancy"
        format!(
            r"\b{count} (?:\w+ ){{0,3}}?{NODES}[,:;(-]? ?(?:(?:are|were|is|all|each|with|showing|examined|identified|present|removed) ){{0,3}}(?:negative\b|free (?:of|from)\b|benign\b|uninvolved\b|(?:no|without) (?:evidence of )?(?:\w+ )?{DISEASE})"
        ),
        // "14 benign lymph nodes"
        format!(r"\b{count} (?:\w+ )?(?:benign|negative|uninvolved|tumou?r[ -]free|reactive) (?:\w+ ){{0,2}}?{NODES}"),
        // "all lymph nodes are negative"
        format!(r"\ball (?:\w+ ){{0,3}}?{NODES} (?:are |were )?(?:negative|free of|benign|uninvolved)()"),
        // "alle 12 Lymphknoten tumorfrei", "zwölf Lymphknoten ohne Metastasen"
        format!(
            r"\b{count} (?:\w+ ){{0,3}}?{NODES},? (?:\w+ ){{0,2}}?(?:tumorfrei|metastasenfrei|karzinomfrei|frei von|ohne (?:\w+ ){{0,3}}?(?:{DISEASE}|\w+metasta\w+))"
        ),
        // "sämtliche Lymphknoten tumorfrei"
        format!(
            r"\b(?:alle|sämtliche|saemtliche) (?:\w+ ){{0,2}}?{NODES} (?:\w+ ){{0,2}}?(?:tumorfrei|metastasenfrei|karzinomfrei|frei von|ohne (?:\w+ ){{0,3}}?{DISEASE})()"
        ),
        // "12 tumorfreie Lymphknoten"
        format!(
            r"\b{count} (?:\w+ )?(?:tumorfreie|metastasenfreie|karzinomfreie|nicht befallene)[mnrs]? (?:\w+ ){{0,2}}?{NODES}"
        ),
        // "kein Anhalt für Metastasen in 12 Lymphknoten"
        format!(
            r"\b(?:kein\w*|ohne) (?:\w+ ){{0,4}}?(?:{DISEASE}|\w+metasta\w+) (?:\w+ ){{0,2}}?in (?:\w+ ){{0,2}}?{count} (?:\w+ ){{0,3}}?{NODES}"
        ),
    ])
});

/// Patterns that find nodes with tumour; the first group is their number, a second one that of all.
static AFFECTED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        // "metastatic carcinoma in two lymph nodes", "Metastasen in drei Lymphknoten"
        format!(
            r"\b(?:metasta\w*|filia\w*)(?: {DISEASE})? (?:\w+ )?(?:in|to|involving) {NUMBER} (?:\w+ ){{0,2}}?(?:lymph[ -]?nodes?|lymphknoten)\b"
        ),
        // "three positive lymph nodes", "zwei befallene Lymphknoten"
        format!(
            r"\b{NUMBER} (?:positive|involved|metastatic|befallene|tumorbefallene|metastatische)[mnrs]? (?:\w+ )?(?:lymph[ -]?nodes?|lymphknoten)\b"
        ),
        // "zwei Lymphknotenmetastasen", "two lymph node metastases"
        format!(r"\b{NUMBER} (?:\w+ )?(?:lymphknotenmetastasen?|lymph[ -]?node metasta[sx][ei]s)\b"),
        // "zwei der 14 Lymphknoten befallen"
        format!(
            r"\b{NUMBER} der (?:\w+ )?{NUMBER} (?:\w+ )?lymphknoten (?:\w+ ){{0,2}}?(?:befallen|tumorbefallen|metasta\w*|mit (?:\w+ )?(?:{DISEASE}|\w+metasta\w+))"
        ),
    ])
});

fn compiled(patterns: &[String]) -> Vec<Regex> {
    // A line may break wherever a blank may stand.
    patterns
        .iter()
        .filter_map(|pattern| {
            Regex::new(&format!("(?i){}", pattern.replace(' ', r"\s+").replace(r"\s+?", r"\s*"))).ok()
        })
        .collect()
}

/// The counts that a text gives in words, in text order.
pub(super) fn counts(text: &str) -> Vec<Count> {
    let number = |groups: &regex::Captures<'_>, i: usize| number::count(groups.get(i)?.as_str());
    let stretches = stretches(text);
    let within = |stretch: Span, groups: &regex::Captures<'_>| {
        let whole = groups.get(0)?;
        Some(Span::new(stretch.start as usize + whole.start(), stretch.start as usize + whole.end()))
    };
    let mut found = Vec::new();
    for (&stretch, groups) in matches(text, &stretches, &FREE) {
        let Some(span) = within(stretch, &groups) else { continue };
        found.push(Count { span, positive: 0, examined: number(&groups, 1) });
    }
    // "alle 12 Lymphknoten" is found with and without its number.
    let numbered: Vec<Span> = found.iter().filter(|count| count.examined.is_some()).map(|count| count.span).collect();
    found.retain(|count| count.examined.is_some() || !numbered.iter().any(|span| span.overlaps(count.span)));
    let n_free = found.len();
    for (&stretch, groups) in matches(text, &stretches, &AFFECTED) {
        let (Some(span), Some(positive)) = (within(stretch, &groups), number(&groups, 1)) else { continue };
        let denied =
            is_denied(text, span.start as usize) || found[..n_free].iter().any(|free| free.span.overlaps(span));
        if !denied {
            found.push(Count { span, positive, examined: number(&groups, 2) });
        }
    }
    found.retain(|count| count.examined != Some(0) && count.examined.is_none_or(|examined| count.positive <= examined));
    found.sort_by_key(|count| (count.span.start, count.span.end));
    found
}

/// Every match of the patterns in the stretches, pattern by pattern.
fn matches<'t>(
    text: &'t str,
    stretches: &'t [Span],
    patterns: &'static [Regex],
) -> impl Iterator<Item = (&'t Span, regex::Captures<'t>)> {
    patterns.iter().flat_map(move |pattern| {
        stretches
            .iter()
            .flat_map(move |stretch| pattern.captures_iter(stretch.of(text)).map(move |groups| (stretch, groups)))
    })
}

static NODE_WORDS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(["lymph", "node", "lk", "ln"]).ok());

/// The parts of a text in which a pattern can match: they name nodes, and none of the signs parts them that stand in no pattern. Whole
/// texts would cost twenty times as much.
fn stretches(text: &str) -> Vec<Span> {
    let parts =
        |byte: &u8| byte.is_ascii_punctuation() && !matches!(byte, b'-' | b'_' | b',' | b':' | b';' | b'(' | b')');
    let bytes = text.as_bytes();
    let mut found: Vec<Span> = Vec::new();
    let Some(words) = NODE_WORDS.as_ref() else { return found };
    for word in words.find_iter(text) {
        let known = found.last().is_some_and(|last| last.end as usize >= word.end());
        let in_a_word = word.start() > 0 && bytes[word.start() - 1].is_ascii_alphanumeric();
        if known || in_a_word {
            continue;
        }
        let start = bytes[..word.start()].iter().rposition(parts).map_or(0, |at| at + 1);
        let end = bytes[word.end()..].iter().position(parts).map_or(bytes.len(), |at| word.end() + at);
        found.push(Span::new(start, end));
    }
    found
}

/// "no metastases in two lymph nodes", "keine Metastasen in ..."
fn is_denied(text: &str, at: usize) -> bool {
    let left = left_of(text, at, 40);
    let clause = left.rsplit(['.', ';', ':', ',']).next().unwrap_or("");
    clause.split_whitespace().any(|word| {
        matches!(word, "no" | "not" | "without" | "negative" | "ohne" | "if" | "possible" | "suspicious")
            || word.starts_with("kein")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert_eq!((FREE.len(), AFFECTED.len()), (8, 4));
    }

    fn read(text: &str) -> Vec<(u32, Option<u32>)> {
        let mut found: Vec<_> = counts(text).iter().map(|count| (count.positive, count.examined)).collect();
        found.dedup();
        found
    }

    #[test]
    fn free_nodes_are_counted_in_both_languages() {
        for (text, examined) in [
            ("No evidence of metastasis in 14 lymph nodes.", Some(14)),
            ("no evidence of metastatic\ncarcinoma in twelve (12) pelvic lymph nodes", Some(12)),
            ("Six lymph nodes, negative for malignancy.", Some(6)),
            ("Right neck: 14 lymph nodes with no evidence of tumor", Some(14)),
            ("Seventeen benign lymph nodes", Some(17)),
            ("Negative for carcinoma in 3 lymph nodes", Some(3)),
            ("All sampled lymph nodes are negative", None),
            ("FIVE LYMPH NODES, NO TUMOR", Some(5)),
            ("Alle 12 Lymphknoten tumorfrei.", Some(12)),
            ("Zwölf pelvine Lymphknoten ohne Metastasen.", Some(12)),
            ("Sämtliche Lymphknoten sind tumorfrei.", None),
            ("insgesamt 15 tumorfreie Lymphknoten", Some(15)),
            ("Kein Anhalt für Metastasen in 9 mesenterialen Lymphknoten", Some(9)),
            ("17 LK ohne Nachweis von Karzinomgewebe", Some(17)),
        ] {
            assert_eq!(read(text), [(0, examined)], "{text}");
        }
    }

    #[test]
    fn affected_nodes_are_counted_in_both_languages() {
        for (text, count) in [
            ("Metastatic carcinoma in two lymph nodes", (2, None)),
            ("metastatic adenocarcinoma to 3 perigastric lymph nodes", (3, None)),
            ("three positive lymph nodes", (3, None)),
            ("Metastasen in vier Lymphknoten", (4, None)),
            ("zwei Lymphknotenmetastasen", (2, None)),
            ("Zwei der 14 Lymphknoten befallen", (2, Some(14))),
            ("Zwei der vierzehn Lymphknoten mit Karzinommetastasen", (2, Some(14))),
        ] {
            assert_eq!(read(text), [count], "{text}");
        }
    }

    #[test]
    fn other_sentences_about_nodes_are_no_count() {
        for text in [
            "Lymph nodes: not submitted. 3 sections of lymph node.",
            "Received are 12 lymph nodes measuring up to 2 cm.",
            "12 Lymphknoten wurden eingebettet.",
            "The largest of 4 possible lymph nodes",
            "Tumor 2 cm, margins negative, lymph node sampling",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read("No metastases in two lymph nodes"), [(0, Some(2))]);
    }
}
