//! Inferred T and N: what a report describes and does not state ("tumour 2.3 cm confined to the kidney", "0 of 12 lymph nodes").
//!
//! Asked for by the user only. An inferred category is a row of its own, flagged `inferred`, and stands only where no statement of the
//! document has a category on that axis (X is none: beside it the row is flagged `beside_x`). Nodes are counted by rule, in German and
//! English; the rest is a linear model over words (`linear`), for English reports of a malignant tumour of a site it was taught on. Kefeli et
//! al. (Nat Commun 2024) do the same with a large encoder. It never changes a row.

mod linear;
mod nodes;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use befund_core::{Assertion, Document, Label, Language, Layout, MentionRow, Span, Subject, Task, Temporality, TnmRow};
use regex::Regex;

use super::reading::{Reading, read};
use super::site::{self, Site};
use super::staging::node_categories;
use super::statement::{empty_row, flag_once};
use crate::border::border_before;
use crate::context::{Context, contexts};
pub(crate) use linear::WEIGHTS;
use linear::{AXES, Occurrences};
use nodes::Count;

/// Sites whose reports the model was taught on, and as which organ.
const TAUGHT: [(&str, &str); 16] = [
    ("bladder", "bladder"),
    ("cervix", "cervix"),
    ("colon", "colorectum"),
    ("colorectum", "colorectum"),
    ("floor_of_mouth", "head_and_neck"),
    ("hypopharynx", "head_and_neck"),
    ("kidney", "kidney"),
    ("larynx", "head_and_neck"),
    ("liver", "liver"),
    ("lung", "lung"),
    ("oral_cavity", "head_and_neck"),
    ("oropharynx", "head_and_neck"),
    ("pancreas", "pancreas"),
    ("prostate", "prostate"),
    ("rectum", "colorectum"),
    ("tongue", "head_and_neck"),
];

/// Inferred rows of a document, numbered on from `stated`; the model's only from `least_score` on.
pub(crate) fn infer(
    document: &Document,
    layout: &Layout,
    mentions: &[MentionRow],
    stated: &[TnmRow],
    least_score: f64,
) -> Vec<TnmRow> {
    let text = document.text();
    let is_open = |axis: fn(&TnmRow) -> &Option<String>| {
        stated.iter().filter_map(|row| axis(row).as_deref()).all(|value| value == "X")
    };
    let (t_open, n_open) = (is_open(|row| &row.t), is_open(|row| &row.n));
    if !(t_open || n_open) || !tells_of_cancer(text, layout) {
        return Vec::new();
    }
    let place = Place::of(document);
    let judge = Judge::new(text, layout, &place, least_score);
    let t = if t_open { judge.t() } else { None };
    let n = if n_open { judge.n(&counts(text, mentions)) } else { None };
    let mut rows: Vec<TnmRow> = t.into_iter().chain(n).collect();
    for (row, id) in rows.iter_mut().zip(stated.len() as u32..) {
        let has_x = |other: &TnmRow| if row.t.is_some() { other.t.is_some() } else { other.n.is_some() };
        if stated.iter().any(has_x) {
            flag_once(&mut row.flags, "beside_x");
        }
        row.flags.sort();
        row.statement_id = id;
        place.fill(row);
    }
    rows
}

static CANCER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)carcinom|karzinom|cancer|krebs|malignan|maligne|adeno-?ca(?:rcinom|ncer)?|hcc").ok()
});

/// Tumours of the same organs that are staged by other tables.
static OTHER_KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)sar[ck]om|lymphom|melanom|neuroendo[ck]rin|[ck]ar[cz]inoid|blastom|germ cell|keimzell|gist").ok()
});

/// Whether what was found stands in a word that means it: the patterns leave the word's borders to this, which a Unicode border in them would
/// make ten times as slow.
fn is_whole(text: &str, found: &regex::Match<'_>) -> bool {
    let rest = &text[found.end()..];
    let tail = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let written = found.as_str().to_lowercase();
    match &*written {
        "adenoca" | "adeno-ca" | "hcc" => tail.is_empty(),
        "gist" => tail.is_empty() && border_before(text, found.start()),
        "sarcom" | "sarkom" => ["", "a", "as", "e", "en"].iter().any(|ending| tail.eq_ignore_ascii_case(ending)),
        _ => true,
    }
}

/// Whether the text affirms a malignant tumour of the patient somewhere, and names other kinds less often.
fn tells_of_cancer(text: &str, layout: &Layout) -> bool {
    let (Some(cancer), Some(others)) = (CANCER.as_ref(), OTHER_KINDS.as_ref()) else { return false };
    let places: Vec<(Task, Label, Span)> = cancer
        .find_iter(text)
        .filter(|found| is_whole(text, found))
        .map(|found| (Task::Ade, Label::Indication, Span::new(found.start(), found.end())))
        .collect();
    let holds = |context: &Context| {
        context.assertion == Assertion::Affirmed
            && context.temporality == Temporality::Current
            && context.subject == Subject::Patient
    };
    contexts(text, layout, &places).iter().filter(|context| holds(context)).count()
        > others.find_iter(text).filter(|found| is_whole(text, found)).count()
}

/// The organ as which the model knows a site.
fn organ(site: &str, text: &str) -> Option<&'static str> {
    // "Uterus" leaves open which part.
    let is_cervix = || {
        let text = text.to_ascii_lowercase();
        text.matches("cervi").count() > text.matches("endometri").count()
    };
    let site = if site == "uterus" && is_cervix() { "cervix" } else { site };
    TAUGHT.iter().find(|(name, _)| *name == site).map(|(_, organ)| *organ)
}

/// The one site of the document.
struct Place {
    site: Option<Site>,
    /// Staging schemas of its carcinomas.
    schemas: &'static [&'static str],
    /// As which organ the model knows it.
    organ: Option<&'static str>,
}

impl Place {
    fn of(document: &Document) -> Self {
        let whole = empty_row(Span::new(0, document.text().len()), Assertion::Affirmed, Temporality::Current);
        let site = site::of_statements(document, &[whole]).pop().flatten().map(|(site, _)| site);
        let schemas = site.as_ref().and_then(|site| site.entry.schemas_of("*")).unwrap_or_default();
        let organ = site.as_ref().and_then(|site| organ(site.entry.name, document.text()));
        Self { site, schemas, organ }
    }

    fn fill(&self, row: &mut TnmRow) {
        let Some(site) = &self.site else { return };
        row.site = Some(site.entry.name.to_owned());
        row.site_code.clone_from(&site.topography);
        row.site_source = Some(site.source.as_str().to_owned());
    }
}

/// A place where nodes are counted, with its mention where it is one.
type Counted = (Count, Option<u32>);

/// What the text says of its lymph nodes: the mentions of pairs of numbers, and counts in words.
fn counts(text: &str, mentions: &[MentionRow]) -> Vec<Counted> {
    let own = |mention: &&MentionRow| {
        mention.label == Label::Nodes
            && mention.subject == Subject::Patient
            && mention.temporality == Temporality::Current
            && mention.assertion != Assertion::Hypothetical
    };
    let pair = |mention: &MentionRow| match read(mention.label, mention.span.of(text))? {
        Reading::Nodes { positive, examined } if positive <= examined && examined > 0 => {
            Some((Count { span: mention.span, positive, examined: Some(examined) }, Some(mention.mention_id)))
        }
        _ => None,
    };
    let mut found: Vec<Counted> = mentions.iter().filter(own).filter_map(pair).collect();
    let in_words = nodes::counts(text).into_iter().map(|count| (count, None));
    let apart = in_words.filter(|(count, _)| !found.iter().any(|(known, _)| known.span.overlaps(count.span)));
    found.extend(apart.collect::<Vec<_>>());
    found
}

/// What is known of one text.
struct Judge<'d> {
    layout: &'d Layout,
    place: &'d Place,
    /// Its words, where the model may be asked.
    words: Option<Occurrences>,
    least_score: f64,
}

impl<'d> Judge<'d> {
    fn new(text: &str, layout: &'d Layout, place: &'d Place, least_score: f64) -> Self {
        let organ = place.organ.filter(|_| layout.language == Language::En);
        let words = organ.map(|organ| Occurrences::of(&words::words(text), organ));
        Self { layout, place, words, least_score }
    }

    fn t(&self) -> Option<TnmRow> {
        let (class, row) = self.guess(0, 0)?;
        Some(TnmRow { t: Some((class + 1).to_string()), ..row })
    }

    /// By the number of affected nodes, else by the model.
    fn n(&self, counts: &[Counted]) -> Option<TnmRow> {
        let categories = node_categories(self.place.schemas);
        if self.place.site.is_some() && categories.is_empty() {
            return None;
        }
        let affected: Vec<&Counted> = counts.iter().filter(|(count, _)| count.positive > 0).collect();
        let guess = |least| self.guess(1, least).map(|(class, row)| TnmRow { n: Some(class.to_string()), ..row });
        if affected.is_empty() && !counts.is_empty() {
            // Words alone may speak of some nodes only: then the model may know better.
            let in_words = counts.iter().all(|(_, mention)| mention.is_none());
            let other = if in_words { guess(0).filter(|row| row.n.as_deref() != Some("0")) } else { None };
            if other.is_some() {
                return other;
            }
            let row = counted(&counts.iter().collect::<Vec<_>>())?;
            return Some(TnmRow { n: Some("0".to_owned()), ..row });
        }
        if affected.is_empty() {
            return guess(0);
        }
        let row = counted(&affected)?;
        // Where the site has one category for affected nodes, their count makes it; elsewhere their number, size and place do.
        if categories == ['1'] {
            return Some(TnmRow { n: Some("1".to_owned()), ..row });
        }
        Some(match guess(1) {
            Some(TnmRow { n, score, .. }) => TnmRow { n, score, ..row },
            None => TnmRow { n: Some("+".to_owned()), ..row },
        })
    }

    /// The model's class on an axis where it is sure enough, with the sentence that speaks most for it.
    fn guess(&self, axis: usize, least_class: usize) -> Option<(usize, TnmRow)> {
        let (axis, words) = (&AXES.as_ref()?[axis], self.words.as_ref()?);
        let known = axis.known(words);
        let answer = axis.answer(&known, least_class);
        if answer.score < self.least_score {
            return None;
        }
        let mut sentences: BTreeMap<usize, f64> = BTreeMap::new();
        for (at, gain) in axis.reasons(&known, &answer) {
            *sentences.entry(self.layout.sentence_at(at)?).or_default() += gain;
        }
        // Of equal ones the first.
        let (&best, _) = sentences.iter().rev().max_by(|a, b| a.1.total_cmp(b.1))?;
        Some((answer.class, TnmRow { score: Some(answer.score as f32), ..inferred(self.layout.sentences[best].span) }))
    }
}

fn inferred(span: Span) -> TnmRow {
    let flags = vec!["inferred".to_owned()];
    TnmRow { flags, ..empty_row(span, Assertion::Affirmed, Temporality::Current) }
}

/// A row of the first of `counts`; the numbers only where all agree.
fn counted(counts: &[&Counted]) -> Option<TnmRow> {
    let (first, _) = counts.first()?;
    let mut row = inferred(first.span);
    flag_once(&mut row.flags, "node_count");
    if counts.iter().all(|(count, _)| (count.positive, count.examined) == (first.positive, first.examined)) {
        (row.nodes_positive, row.nodes_examined) = (Some(first.positive), first.examined);
    } else {
        flag_once(&mut row.flags, "several_node_counts");
    }
    row.mention_ids = counts.iter().filter_map(|(_, mention)| *mention).collect();
    Some(row)
}
