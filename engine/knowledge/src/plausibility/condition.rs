//! Diagnoses that rules ask about, as far as a text states them of the patient.
//!
//! `data/conditions.tsv` names them in both languages. What is denied, suspected, feared or said of relatives does not count (`context`);
//! what is past counts only where the table says so, and what passes (a pregnancy, a high potassium) does not count at discharge unless it
//! stands among the diagnoses. It does not conclude from laboratory values.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use befund_core::{Assertion, Label, Layout, SectionKind, Span, Subject, Task, Temporality};

use crate::context::contexts;

/// The table.
pub(super) const CONDITIONS: &[u8] = include_bytes!("../../data/conditions.tsv");

struct Condition {
    id: &'static str,
    /// Also when it is past.
    past: bool,
}

struct Term {
    condition: usize,
    /// The word may go on (`asthma*`).
    open: bool,
}

struct Table {
    conditions: Vec<Condition>,
    terms: Vec<Term>,
    automaton: AhoCorasick,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut conditions = Vec::new();
        let mut terms = Vec::new();
        let mut words = Vec::new();
        for line in std::str::from_utf8(CONDITIONS).unwrap_or("").lines().skip(1) {
            let mut fields = line.split('\t');
            let (Some(id), Some(past), Some(named)) = (fields.next(), fields.next(), fields.next()) else { continue };
            for term in named.split('|') {
                terms.push(Term { condition: conditions.len(), open: term.ends_with('*') });
                words.push(term.trim_end_matches('*'));
            }
            conditions.push(Condition { id, past: past == "yes" });
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(words)
            .unwrap_or_else(|_| unreachable!("the committed conditions fit an automaton"));
        Table { conditions, terms, automaton }
    })
}

/// Index of a condition by its name in the table.
pub(super) fn index(id: &str) -> Option<usize> {
    table().conditions.iter().position(|condition| condition.id == id)
}

/// The words by which a condition is found.
pub(super) fn words(id: &str) -> Option<String> {
    let lines = std::str::from_utf8(CONDITIONS).unwrap_or("").lines().skip(1);
    let named = lines.filter_map(|line| line.split_once('\t')).find(|(name, _)| *name == id)?.1;
    Some(named.split_once('\t')?.1.replace('|', ", "))
}

/// Name of a condition for people.
pub(super) fn name(index: usize) -> String {
    table().conditions.get(index).map_or(String::new(), |condition| condition.id.replace('_', " "))
}

/// What is stated of the patient: where each condition stands first; and the same for those that are only not denied.
#[derive(Default)]
pub(super) struct Stated {
    pub affirmed: BTreeMap<usize, Span>,
    pub mentioned: BTreeMap<usize, Span>,
}

/// The conditions in `text[within]`.
pub(super) fn stated(text: &str, layout: &Layout, within: Span) -> Stated {
    let table = table();
    let start = within.start as usize;
    let mut found: Vec<(usize, Span)> = Vec::new();
    let inside = within.of(text);
    for hit in table.automaton.find_iter(inside) {
        let term = &table.terms[hit.pattern().as_usize()];
        let begins = !inside[..hit.start()].ends_with(char::is_alphanumeric);
        let ends = term.open || !inside[hit.end()..].starts_with(char::is_alphanumeric);
        if begins && ends {
            found.push((term.condition, Span::new(start + hit.start(), start + hit.end())));
        }
    }
    let places: Vec<(Task, Label, Span)> =
        found.iter().map(|(_, span)| (Task::Ade, Label::Indication, *span)).collect();
    let at_discharge = layout
        .sections
        .iter()
        .any(|section| section.kind == SectionKind::DischargeMedication && section.span.overlaps(within));
    let diagnosis = |span: Span| layout.section_at(span.start) == SectionKind::Diagnosis;
    let mut stated = Stated::default();
    for ((condition, span), context) in found.into_iter().zip(contexts(text, layout, &places)) {
        if context.subject != Subject::Patient || context.assertion == Assertion::Negated {
            continue;
        }
        stated.mentioned.entry(condition).or_insert(span);
        let passes = !table.conditions[condition].past;
        let past = passes && (context.temporality == Temporality::History || at_discharge && !diagnosis(span));
        if context.assertion == Assertion::Affirmed && context.temporality != Temporality::Planned && !past {
            stated.affirmed.entry(condition).or_insert(span);
        }
    }
    stated
}
