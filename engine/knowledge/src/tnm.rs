//! Tumour stage: the grammar, the scan of a whole text, and statements as rows.
//!
//! TNM Classification of Malignant Tumours (UICC, 8th edition), AJCC Cancer Staging Manual, FIGO, Ann Arbor, Gleason. What is marked and
//! where a span ends is laid down in `datasets/LABELS.md`. The scan finds what is written; `statement` says what it means together.

mod candidate;
mod component;
mod doubt;
mod grade;
mod inference;
pub(crate) mod lexicon;
mod measure;
mod number;
mod phrase;
mod print;
mod reading;
mod site;
mod staging;
mod statement;
mod template;

use befund_core::{Assertion, FoundBy, Label, Mention, Refusal, RefusedRow, Span, Task};

use crate::context::Context;

pub use doubt::Doubts;
pub(crate) use doubt::doubts;
pub(crate) use inference::infer;
pub use staging::judge;
pub(crate) use statement::statements;
use template::Print;

/// Every stage component and stage word in `text`, ordered by span, without overlaps; `found_by` is `Rule`. Assertion is not judged:
/// negated and past stages are marked too.
pub fn scan(text: &str) -> Vec<Mention> {
    scan_with_refusals(text).0
}

/// `scan`, and the candidates that are no mentions, each with its reason.
pub(crate) fn scan_with_refusals(text: &str) -> (Vec<Mention>, Vec<RefusedRow>) {
    let mut found: Vec<(Label, Span)> = Vec::new();
    let mut candidates = candidate::components(text);
    for component in &candidates.components {
        found.push((component.label, Span::new(component.start, component.end)));
        if component.label == Label::N {
            found.extend(phrase::count_after(text, component.end).map(|span| (Label::Nodes, span)));
        }
        if component.label == Label::T {
            found.extend(phrase::stage_after(text, component.end).map(|span| (Label::Stage, span)));
        }
    }
    found.extend(phrase::values(text, &mut candidates.refused));
    // Of overlapping spans the longer one stays; of equal ones the component of the grammar, which was pushed first.
    found.sort_by_key(|(label, span)| (span.start, std::cmp::Reverse(span.end), *label));
    let mut refused = candidates.refused;
    let mut kept: Vec<(Label, Span)> = Vec::with_capacity(found.len());
    for (label, span) in found {
        match kept.last_mut() {
            // The same value, found by its letter and by its word.
            Some(last) if *last == (label, span) => {}
            Some(last) if last.1.overlaps(span) => {
                let loser =
                    if span.len() > last.1.len() { std::mem::replace(last, (label, span)) } else { (label, span) };
                refused.push((loser.0, loser.1, Refusal::Overlapped));
            }
            _ => kept.push((label, span)),
        }
    }
    let mentions = kept.into_iter().map(|(label, span)| Mention::by_rule(Task::Tnm, label, span)).collect();
    let rule = |(label, span, reason)| RefusedRow { label, span, found_by: FoundBy::Rule, reason };
    (mentions, refused.into_iter().map(rule).collect())
}

/// The embedded tables, for the rule hashes in `run.json`.
pub(crate) fn tables() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("tnm/categories", staging::CATEGORIES.as_bytes()),
        ("tnm/classes", site::table::CLASSES.as_bytes()),
        ("tnm/cues", lexicon::CUES.as_bytes()),
        ("tnm/inference", inference::WEIGHTS),
        ("tnm/sites", site::table::SITES.as_bytes()),
        ("tnm/stages", staging::STAGES.as_bytes()),
    ]
}

/// Whether the grammar can read a value for `label` out of the text of a mention.
pub(crate) fn is_readable(label: Label, text: &str) -> bool {
    reading::read(label, text).is_some()
}

/// Whether what looks like a stage group numbers a line of a list: `IV. Sigma: drei Partikel`.
pub(crate) fn numbers_a_line(text: &str, label: Label, span: Span) -> bool {
    let head = text[..span.start as usize].trim_end_matches([' ', '\t']);
    label == Label::Stage
        && (head.is_empty() || head.ends_with('\n'))
        && text[span.end as usize..].starts_with(['.', ')'])
}

/// Makes hypothetical what is only printed ("pT1 = tumour up to 2 cm", the categories of a form that are not ticked), and says for each
/// mention why it is no statement, where it is none. `places` and `contexts` run in step.
pub(crate) fn mark_printed(
    text: &str,
    places: &[(Task, Label, Span)],
    contexts: &mut [Context],
) -> Vec<Option<Refusal>> {
    let stages: Vec<usize> = (0..places.len()).filter(|&i| places[i].0 == Task::Tnm).collect();
    let mentions: Vec<(Label, Span)> = stages.iter().map(|&i| (places[i].1, places[i].2)).collect();
    let mut offered = vec![None; places.len()];
    for (&i, print) in stages.iter().zip(template::prints(text, &mentions)) {
        offered[i] = match print {
            Print::Stated => None,
            Print::Explained => Some(Refusal::Explained),
            Print::Offered => Some(Refusal::NotTicked),
        };
        if print != Print::Stated {
            contexts[i].assertion = Assertion::Hypothetical;
        }
    }
    offered
}
