//! From what was found in a document to its rows: the `Normalize` of the line.
//!
//! Order of work: rules read the text, both lists are merged, every mention gets its context, section and term, then statements,
//! medication entries and findings are built from the mention rows alone, so that a table never tells what `mentions` does not. Tasks
//! that were not asked for leave no row.

use std::collections::HashMap;
use std::sync::Arc;

use befund_core::{
    Document, Found, FoundBy, Label, Language, Layout, Looked, Mention, MentionRow, Normalize, Refusal, RefusedRow,
    Relation, RelationRow, RelationType, Rows, Span, Task,
};

use crate::context::{Context, TRIGGERS, contexts};
use crate::medication::{DrugName, ShortForm};
use crate::merge::{merge, whole};
use crate::plausibility::{self, RuleSet};
use crate::{adverse, medication, tnm};

/// Whose mentions are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FoundByMode {
    /// The model's alone; grammars still fill the columns from its spans.
    Model,
    /// The rules' alone.
    Rules,
    /// Both, merged.
    #[default]
    Both,
}

/// What `Rules` is asked to do.
#[derive(Clone, Debug)]
pub struct RulesOptions {
    /// Tasks to report; others leave no row.
    pub tasks: Vec<Task>,
    /// Whose mentions are reported.
    pub found_by: FoundByMode,
}

/// Grammars, terms, context and rules as one stage. Holds no state of a document.
#[derive(Clone, Debug)]
pub struct Rules {
    options: RulesOptions,
    plausibility: Arc<RuleSet>,
    tell_refusals: bool,
    /// Least score of inferred stages; `None`: nothing is inferred.
    inference: Option<f64>,
}

/// The embedded rule tables, as name and bytes, for the run's record of what it ran with. Sorted by name.
pub fn tables() -> Vec<(&'static str, &'static [u8])> {
    let mut tables: Vec<(&'static str, &'static [u8])> =
        vec![("context/triggers", TRIGGERS.as_bytes()), ("reactions_de.tsv", adverse::REACTIONS.as_bytes())];
    tables.extend(tnm::tables());
    tables.extend(medication::tables());
    tables.extend(plausibility::tables());
    tables.sort_by_key(|(name, _)| *name);
    tables
}

impl Rules {
    /// Rules for `options`, with the plausibility rules of the house.
    pub fn new(options: RulesOptions) -> Self {
        Self { options, plausibility: RuleSet::builtin(), tell_refusals: false, inference: None }
    }

    /// The same with other plausibility rules.
    pub fn with_plausibility(self, plausibility: Arc<RuleSet>) -> Self {
        Self { plausibility, ..self }
    }

    /// The same, and `Rows::refused` is filled; a run that only writes tables has no use for it.
    pub fn telling_refusals(self) -> Self {
        Self { tell_refusals: true, ..self }
    }

    /// The same with T and N inferred where none is stated; those of the model from `least_score` on.
    pub fn with_inference(self, least_score: Option<f64>) -> Self {
        Self { inference: least_score, ..self }
    }

    fn asked(&self, task: Task) -> bool {
        self.options.tasks.contains(&task)
    }

    /// What the rules find in the text, for the tasks that were asked; and what they do not take for a stage.
    fn scan(&self, text: &str, layout: &Layout, looked: Option<Looked>) -> (Found, Vec<RefusedRow>) {
        let mut found = Found::default();
        let mut refused = Vec::new();
        if self.asked(Task::Tnm) {
            (found.mentions, refused) = match looked {
                Some(looked) => (looked.mentions, looked.refused),
                None => tnm::scan_with_refusals(text),
            };
        }
        let mut add = |part: Found| {
            let offset = found.mentions.len() as u32;
            found.mentions.extend(part.mentions);
            found.relations.extend(part.relations.into_iter().map(|relation| Relation {
                head: relation.head + offset,
                tail: relation.tail + offset,
                ..relation
            }));
        };
        if self.asked(Task::Ade) {
            add(adverse::scan(text, layout));
        }
        if self.asked(Task::Medication) {
            add(medication::scan(text, layout));
        }
        (found, refused)
    }
}

impl Normalize for Rules {
    fn normalize(&self, document: &Document, layout: &Layout, found: Found, mut looked: Option<Looked>) -> Rows {
        let text = document.text();
        let mut rows = Rows::of(document, layout.language);
        let (model, n_refused) = self.usable(text, whole(text, layout.language, found));
        if n_refused > 0 {
            rows.row
                .warnings
                .push(format!("{n_refused} mentions of the model lie outside the text or inside a character"));
        }
        let seen = if self.tell_refusals { model.mentions.clone() } else { Vec::new() };
        let places = looked.as_mut().map(|looked| std::mem::take(&mut looked.places));
        let (mut rules, mut refused) = match self.options.found_by {
            FoundByMode::Model => (Found::default(), Vec::new()),
            FoundByMode::Rules | FoundByMode::Both => self.scan(text, layout, looked),
        };
        let mut open = Vec::new();
        let merged = match self.options.found_by {
            FoundByMode::Model => merge(model, rules, |_| true),
            FoundByMode::Rules => merge(Found::default(), rules, |_| true),
            FoundByMode::Both => {
                medication::lengthen(text, layout.language, &model.mentions, &mut rules.mentions);
                if self.asked(Task::Tnm) {
                    open = places.unwrap_or_else(|| tnm::doubts(text, &rules.mentions, &refused));
                }
                without_excluded(text, layout, merge(model, rules, |one| is_trusted(text, layout.language, &open, one)))
            }
        };
        let (merged, explained) = self.with_short_forms(text, layout.language, merged);
        let places: Vec<(Task, Label, Span)> =
            merged.mentions.iter().map(|one| (one.task, one.label, one.span)).collect();
        let mut contexts = contexts(text, layout, &places);
        let offered = tnm::mark_printed(text, &places, &mut contexts);
        rows.mentions = mention_rows(text, layout, &merged.mentions, &contexts, &explained);
        rows.relations = relation_rows(&merged.relations, &rows.mentions);
        if self.asked(Task::Tnm) {
            rows.tnm = tnm::statements(text, &rows.mentions, &offered);
            tnm::judge(document, &mut rows.tnm);
            if let Some(least_score) = self.inference {
                let inferred = tnm::infer(document, layout, &rows.mentions, &rows.tnm, least_score);
                rows.tnm.extend(inferred);
            }
            if self.tell_refusals {
                refused.extend(not_merged(text, &open, &seen, &rows.mentions));
                refused.extend(not_stated(text, &rows.mentions, &offered));
                refused.retain(|one| !is_reported(one, &rows.mentions));
                refused.sort_by_key(|one| (one.span.start, one.span.end, one.label, one.reason));
                refused.dedup();
                rows.refused = refused;
            }
        }
        if self.asked(Task::Medication) {
            rows.medications = medication::entries(text, layout, &rows.mentions, &rows.relations);
            rows.findings =
                plausibility::check(&self.plausibility, document, layout, &rows.mentions, &rows.medications);
        }
        rows
    }
}

impl Rules {
    /// With the drugs that the text names by a short form which it explains, and what these stand for by their spelling.
    fn with_short_forms<'t>(&self, text: &'t str, language: Language, found: Found) -> (Found, ShortNames<'t>) {
        let mut names = ShortNames::new();
        if !self.asked(Task::Medication) || self.options.found_by == FoundByMode::Model {
            return (found, names);
        }
        let drugs = found.mentions.iter().filter(|one| one.task == Task::Medication && one.label == Label::Drug);
        let drugs: Vec<Span> = drugs.map(|drug| drug.span).collect();
        let short = medication::short_forms(text, language, &drugs);
        if short.is_empty() {
            return (found, names);
        }
        for one in &short {
            if let Some(name) = medication::name(drugs[one.drug].of(text)) {
                names.insert(one.span.of(text), name);
            }
        }
        let mention = |one: ShortForm| Mention::by_rule(Task::Medication, Label::Drug, one.span);
        let mentions = short.into_iter().map(mention).collect();
        (merge(found, Found { mentions, ..Found::default() }, |_| true), names)
    }

    /// The model's mentions of the asked tasks that lie on character borders, with the relations between them; and how many do not.
    /// A lone point or dash is no mention. Events lose words of grammar, and a mere grade is none.
    fn usable(&self, text: &str, found: Found) -> (Found, usize) {
        let mut n_refused = 0;
        let mut place: Vec<Option<u32>> = Vec::with_capacity(found.mentions.len());
        let mut mentions = Vec::with_capacity(found.mentions.len());
        for mention in found.mentions {
            n_refused += usize::from(mention.span.of(text).trim().is_empty());
            let speaks = mention.span.of(text).contains(char::is_alphanumeric);
            let within = Some(within_lines(text, mention.span)).filter(|_| speaks && self.asked(mention.task));
            let is_event = mention.task == Task::Ade && mention.label == Label::Ade;
            let span = within.and_then(|span| if is_event { adverse::tidied(text, span) } else { Some(span) });
            place.push(span.map(|_| mentions.len() as u32));
            mentions.extend(span.map(|span| Mention { span, ..mention }));
        }
        let at = |i: u32| place.get(i as usize).copied().flatten();
        let relations = found
            .relations
            .into_iter()
            .filter_map(|relation| Some(Relation { head: at(relation.head)?, tail: at(relation.tail)?, ..relation }))
            .collect();
        (Found { origin: found.origin, mentions, relations }, n_refused)
    }
}

/// Least score at which a mention that the model alone found is reported in `FoundByMode::Both`. Chosen for befund-deen-v3 by F1 on the
/// development sets and on one half of the hand-labelled reports and letters. Beside rules that miss little the model must be very sure;
/// where they read only what is plain, as adverse events, it need not.
fn least_score(task: Task, label: Label) -> f32 {
    match (task, label) {
        (Task::Tnm, _) => 0.98,
        (Task::Ade, _) => 0.6,
        (Task::Medication, Label::Reason) => 0.8,
        (Task::Medication, _) => 0.95,
    }
}

/// The same for a drug that is in no table and beside which no amount, form or schedule stands. English abstracts name them so, German
/// letters seldom.
const LEAST_SCORE_OF_A_BARE_NAME: f32 = 0.995;

/// Whether a mention that the model alone found is reported in `FoundByMode::Both`: where the model is sure, and a stage only if the
/// grammar can read it and leaves its place `open`. `FoundByMode::Model` reports everything, with its score.
fn is_trusted(text: &str, language: Language, open: &[Span], mention: &Mention) -> bool {
    let sure = mention.score.is_some_and(|score| score >= least_score(mention.task, mention.label));
    match (mention.task, mention.label) {
        (Task::Medication, Label::Drug) => {
            let may_stand_bare =
                || language == Language::En || mention.score.is_some_and(|score| score >= LEAST_SCORE_OF_A_BARE_NAME);
            sure && medication::may_be_a_drug(text, mention.span, language)
                && (may_stand_bare() || medication::is_borne_out(text, mention.span))
        }
        (Task::Tnm, label) => {
            let span = mention.span;
            sure && span.overlaps_any(open)
                && tnm::is_readable(label, span.of(text))
                && !tnm::numbers_a_line(text, label, span)
        }
        _ => sure,
    }
}

/// Least score of a pair in English, where no cue speaks beside the model. In German it would cost more than it gains.
const LEAST_SCORE_OF_AN_ENGLISH_PAIR: f32 = 0.998;

/// Without the pairs that the text excludes, and in English those of which the model is not sure.
fn without_excluded(text: &str, layout: &Layout, mut found: Found) -> Found {
    let span = |index: u32| found.mentions.get(index as usize).map_or(Span::default(), |one| one.span);
    let causes = found.relations.iter().filter(|relation| relation.kind == RelationType::Causes);
    let pairs = causes.map(|relation| (span(relation.head), span(relation.tail)));
    let mut excluded = adverse::excluded(text, layout, pairs).into_iter();
    let unsure = |relation: &Relation| {
        layout.language == Language::En && relation.score.is_some_and(|score| score < LEAST_SCORE_OF_AN_ENGLISH_PAIR)
    };
    found
        .relations
        .retain(|relation| relation.kind != RelationType::Causes || excluded.next() != Some(true) && !unsure(relation));
    found
}

/// Stages that the model saw and that are not among the mentions.
fn not_merged(text: &str, open: &[Span], seen: &[Mention], mentions: &[MentionRow]) -> Vec<RefusedRow> {
    let kept = |one: &Mention| {
        around(mentions, one.span)
            .any(|row| row.task == Task::Tnm && row.label == one.label && row.span.overlaps(one.span))
    };
    seen.iter()
        .filter(|one| one.task == Task::Tnm && !kept(one))
        .map(|one| {
            let reason = if !tnm::is_readable(one.label, one.span.of(text)) {
                Refusal::NotReadable
            } else if one.score.is_none_or(|score| score < least_score(one.task, one.label)) {
                Refusal::ScoreTooLow
            } else if !one.span.overlaps_any(open) {
                Refusal::NothingLeftOpen
            } else {
                Refusal::Overlapped
            };
            RefusedRow { label: one.label, span: one.span, found_by: FoundBy::Model, reason }
        })
        .collect()
}

/// Mentions of stages that make no statement.
fn not_stated(text: &str, mentions: &[MentionRow], offered: &[Option<Refusal>]) -> Vec<RefusedRow> {
    let stages = mentions.iter().zip(offered).filter(|(row, _)| row.task == Task::Tnm);
    stages
        .filter_map(|(row, offered)| {
            let unread = || (!tnm::is_readable(row.label, row.span.of(text))).then_some(Refusal::NotReadable);
            let reason = offered.or_else(unread)?;
            Some(RefusedRow { label: row.label, span: row.span, found_by: row.found_by, reason })
        })
        .collect()
}

/// Whether the rules' candidate is a mention after all: the model saw it, too.
fn is_reported(one: &RefusedRow, mentions: &[MentionRow]) -> bool {
    let from_scan = !matches!(one.reason, Refusal::Explained | Refusal::NotTicked | Refusal::NotReadable);
    from_scan
        && around(mentions, one.span).any(|row| row.task == Task::Tnm && row.label == one.label && row.span == one.span)
}

/// Longer than any mention of a stage.
const LONGEST_STAGE: u32 = 200;

/// The mentions that may overlap a span.
fn around(mentions: &[MentionRow], span: Span) -> impl Iterator<Item = &MentionRow> {
    let from = mentions.partition_point(|row| row.span.start < span.start.saturating_sub(LONGEST_STAGE));
    mentions[from..].iter().take_while(move |row| row.span.start < span.end)
}

/// The span without white space at its ends, and without a next line's number: the model does not see line ends, and `daily\n4.` is a
/// schedule and the number of the next item.
fn within_lines(text: &str, span: Span) -> Span {
    let span = span.trim(text);
    let inside = span.of(text);
    match inside.rfind('\n') {
        Some(at) if !inside[at..].chars().any(char::is_alphabetic) => {
            Span::new(span.start as usize, span.start as usize + at).trim(text)
        }
        _ => span,
    }
}

/// What the short forms stand for that a text explains, by their spelling.
type ShortNames<'t> = HashMap<&'t str, DrugName>;

fn mention_rows(
    text: &str,
    layout: &Layout,
    mentions: &[Mention],
    contexts: &[Context],
    explained: &ShortNames,
) -> Vec<MentionRow> {
    mentions
        .iter()
        .zip(contexts)
        .enumerate()
        .map(|(i, (mention, context))| {
            let written = mention.span.of(text);
            let named = || medication::name(written).or_else(|| explained.get(written).cloned());
            let term = (mention.label == Label::Drug).then(named).flatten();
            let (system, code, name) = match term {
                Some(term) => (Some(term.system), term.code, Some(term.inn)),
                None => (None, None, None),
            };
            MentionRow {
                mention_id: i as u32,
                task: mention.task,
                label: mention.label,
                span: mention.span,
                score: mention.score,
                found_by: mention.found_by,
                assertion: context.assertion,
                temporality: context.temporality,
                subject: context.subject,
                section: layout.section_at(mention.span.start),
                system,
                code,
                name,
                fate: mention.fate,
            }
        })
        .collect()
}

/// A `causes` relation is as sure as its event; every other one as its drug.
fn relation_rows(relations: &[Relation], mentions: &[MentionRow]) -> Vec<RelationRow> {
    relations
        .iter()
        .filter_map(|relation| {
            let (head, tail) = (mentions.get(relation.head as usize)?, mentions.get(relation.tail as usize)?);
            let asserted = if relation.kind == RelationType::Causes { tail } else { head };
            Some((relation, asserted.assertion))
        })
        .enumerate()
        .map(|(i, (relation, assertion))| RelationRow {
            relation_id: i as u32,
            kind: relation.kind,
            head: relation.head,
            tail: relation.tail,
            score: relation.score,
            assertion,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_the_next_list_item_is_not_part_of_a_schedule() {
        let text = "1. Bisoprolol 5 mg daily\n4. Ramipril, severe\nskin rash ";
        let cut = |inside: &str| {
            let start = text.find(inside).unwrap();
            within_lines(text, Span::new(start, start + inside.len())).of(text).to_owned()
        };
        assert_eq!(cut("daily\n4."), "daily");
        assert_eq!(cut("severe\nskin rash "), "severe\nskin rash");
        assert_eq!(cut("5 mg"), "5 mg");
    }
}
