//! Counting what agrees.

use std::collections::{BTreeMap, HashMap, HashSet};

use befund_core::{RelationType, Task};
use serde::Serialize;
use serde_json::{Map, Value};

use super::gold::{Annotated, CONTEXT, Mark, Pair};

/// True positives, false positives and false negatives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// In both.
    pub tp: u64,
    /// Only written.
    pub fp: u64,
    /// Only in gold.
    pub fn_: u64,
}

impl Tally {
    /// Share of what was written that is right; 1 where nothing was written and nothing was missed.
    pub fn precision(&self) -> f64 {
        ratio(self.tp, self.tp + self.fp)
    }

    /// Share of gold that was found.
    pub fn recall(&self) -> f64 {
        ratio(self.tp, self.tp + self.fn_)
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn_)
    }

    /// Without false positives where gold is not complete: then precision says nothing and reads 1.
    fn held(self, complete: bool) -> Self {
        if complete { self } else { Self { fp: 0, ..self } }
    }

    fn add(&mut self, other: Tally) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.fn_ += other.fn_;
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// One line of the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// "mentions", "relations", "tnm" or "medications".
    pub table: &'static str,
    /// Task, or "" where the table has none.
    pub task: String,
    /// Label, relation type or column; "all" for the sum.
    pub name: String,
    /// "de", "en", or "all".
    pub language: String,
    /// Exact agreement.
    pub strict: Tally,
    /// Overlapping agreement; for the columns of tables the same as strict.
    pub overlap: Tally,
}

/// The result of an evaluation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// Documents in gold.
    pub documents: u64,
    /// Of these, not in the dataset (everything in them counts as missed).
    pub missing: Vec<String>,
    /// Scores.
    pub lines: Vec<Line>,
    /// For each context column: right and all, over strictly matched mentions whose gold states it.
    pub context: BTreeMap<String, (u64, u64)>,
}

type Key = (&'static str, String, String, String);

/// Compares gold with what was written. Only documents in gold and tasks that gold speaks about count.
pub fn evaluate(gold: &[Annotated], written: &HashMap<String, Annotated>, tasks: &[Task]) -> Evaluation {
    let mut evaluation = Evaluation { documents: gold.len() as u64, ..Evaluation::default() };
    let mut sums: BTreeMap<Key, (Tally, Tally)> = BTreeMap::new();
    let empty = Annotated::default();
    for document in gold {
        let found = written.get(&document.doc_id).unwrap_or_else(|| {
            evaluation.missing.push(document.doc_id.clone());
            &empty
        });
        let asked: Vec<Task> =
            tasks.iter().copied().filter(|t| document.tasks.is_empty() || document.tasks.contains(t)).collect();
        let language = document.language.clone().unwrap_or_else(|| "unknown".into());
        let mut book = |table: &'static str, task: &str, name: &str, strict: Tally, overlap: Tally| {
            for name in [name, "all"] {
                for language in [language.as_str(), "all"] {
                    let sum =
                        sums.entry((table, task.to_string(), name.to_string(), language.to_string())).or_default();
                    sum.0.add(strict);
                    sum.1.add(overlap);
                }
            }
        };
        for &task in &asked {
            score_marks(document, found, task, &mut book, &mut evaluation.context);
            if document.relations_stated {
                score_pairs(document, found, task, &mut book);
            }
        }
        if asked.contains(&Task::Tnm) {
            score_table("tnm", document.tnm.as_deref(), found.tnm.as_deref(), None, &mut book);
        }
        if asked.contains(&Task::Medication) {
            score_table(
                "medications",
                document.medications.as_deref(),
                found.medications.as_deref(),
                Some("drug"),
                &mut book,
            );
        }
    }
    evaluation.lines = sums
        .into_iter()
        .map(|((table, task, name, language), (strict, overlap))| Line { table, task, name, language, strict, overlap })
        .collect();
    evaluation
}

type Book<'a> = dyn FnMut(&'static str, &str, &str, Tally, Tally) + 'a;

fn overlaps(a: &Mark, b: &Mark) -> bool {
    a.begin < b.end && b.begin < a.end
}

fn score_marks(
    gold: &Annotated,
    found: &Annotated,
    task: Task,
    book: &mut Book<'_>,
    context: &mut BTreeMap<String, (u64, u64)>,
) {
    for &label in task.labels() {
        let complete = !gold.unlabelled.contains(&(task, label));
        let pick = |side: &Annotated| -> Vec<Mark> {
            side.marks.iter().filter(|mark| mark.task == task && mark.label == label).cloned().collect()
        };
        let (gold, found) = (pick(gold), pick(found));
        if gold.is_empty() && found.is_empty() {
            continue;
        }
        let exact = |a: &Mark, b: &Mark| a.begin == b.begin && a.end == b.end;
        let (strict, matched) = match_up(&gold, &found, exact);
        let (overlap, _) = match_up(&gold, &found, overlaps);
        book("mentions", task.as_str(), label.as_str(), strict.held(complete), overlap.held(complete));
        for (g, f) in matched {
            for column in CONTEXT {
                if let Some(stated) = gold[g].context.get(column) {
                    let sum = context.entry(column.to_string()).or_default();
                    sum.0 += u64::from(found[f].context.get(column) == Some(stated));
                    sum.1 += 1;
                }
            }
        }
    }
}

fn score_pairs(gold: &Annotated, found: &Annotated, task: Task, book: &mut Book<'_>) {
    let mut by_kind: BTreeMap<_, (Vec<&Pair>, Vec<&Pair>)> = BTreeMap::new();
    for pair in gold.pairs.iter().filter(|pair| gold.marks[pair.head].task == task) {
        by_kind.entry(pair.kind).or_default().0.push(pair);
    }
    for pair in found.pairs.iter().filter(|pair| found.marks[pair.head].task == task) {
        by_kind.entry(pair.kind).or_default().1.push(pair);
    }
    for (kind, (gold_pairs, found_pairs)) in by_kind {
        let ends = |side: &Annotated, pair: &Pair| (side.marks[pair.head].clone(), side.marks[pair.tail].clone());
        let gold_ends: Vec<_> = gold_pairs.iter().map(|pair| ends(gold, pair)).collect();
        let found_ends: Vec<_> = found_pairs.iter().map(|pair| ends(found, pair)).collect();
        let span = |mark: &Mark| (mark.begin, mark.end);
        let (strict, _) =
            match_up(&gold_ends, &found_ends, |a, b| span(&a.0) == span(&b.0) && span(&a.1) == span(&b.1));
        let (overlap, _) = match_up(&gold_ends, &found_ends, |a, b| overlaps(&a.0, &b.0) && overlaps(&a.1, &b.1));
        let complete =
            !gold.unlabelled.iter().any(|(of, label)| *of == task && RelationType::for_tail(*label) == Some(kind));
        book("relations", task.as_str(), kind.as_str(), strict.held(complete), overlap.held(complete));
    }
}

/// Pairs each gold item with the first found one that agrees and is not taken.
fn match_up<T>(gold: &[T], found: &[T], agree: impl Fn(&T, &T) -> bool) -> (Tally, Vec<(usize, usize)>) {
    let mut taken = HashSet::new();
    let mut matched = Vec::new();
    for (g, item) in gold.iter().enumerate() {
        if let Some(f) = (0..found.len()).find(|f| !taken.contains(f) && agree(item, &found[*f])) {
            taken.insert(f);
            matched.push((g, f));
        }
    }
    let tp = matched.len() as u64;
    (Tally { tp, fp: found.len() as u64 - tp, fn_: gold.len() as u64 - tp }, matched)
}

/// Scores the columns that gold states, as multisets of values in the document; `key` names the column that ties a value to its row.
fn score_table(
    table: &'static str,
    gold: Option<&[Map<String, Value>]>,
    found: Option<&[Map<String, Value>]>,
    key: Option<&str>,
    book: &mut Book<'_>,
) {
    let Some(gold) = gold else { return };
    let found = found.unwrap_or_default();
    let columns: HashSet<&String> = gold.iter().flat_map(Map::keys).collect();
    let mut columns: Vec<_> = columns.into_iter().collect();
    columns.sort();
    for column in columns {
        let values = |rows: &[Map<String, Value>]| -> Vec<String> {
            rows.iter()
                .filter_map(|row| {
                    let value = row.get(column).filter(|value| !value.is_null() && **value != Value::Bool(false))?;
                    let tie = key.and_then(|key| row.get(key)).map(plain).unwrap_or_default();
                    Some(format!("{tie}\u{1f}{}", plain(value)))
                })
                .collect()
        };
        let (tally, _) = match_up(&values(gold), &values(found), |a, b| a == b);
        book(table, "", column, tally, tally);
    }
}

/// A value as text, so that 100 equals 100.0 and case does not count.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_lowercase(),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |n| n.to_string()),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use befund_core::Label;

    fn mark(label: Label, begin: u32, end: u32) -> Mark {
        Mark { task: Task::Ade, label, begin, end, context: BTreeMap::new() }
    }

    fn line<'a>(evaluation: &'a Evaluation, table: &str, name: &str) -> &'a Line {
        evaluation.lines.iter().find(|line| line.table == table && line.name == name && line.language == "all").unwrap()
    }

    #[test]
    fn a_shifted_border_is_wrong_when_strict_and_right_when_overlapping() {
        let gold = Annotated {
            doc_id: "d".into(),
            relations_stated: true,
            marks: vec![mark(Label::Drug, 0, 4), mark(Label::Ade, 10, 20)],
            pairs: vec![Pair { kind: RelationType::Causes, head: 0, tail: 1 }],
            ..Annotated::default()
        };
        let found = Annotated {
            marks: vec![mark(Label::Drug, 0, 4), mark(Label::Ade, 12, 20), mark(Label::Ade, 30, 31)],
            pairs: vec![Pair { kind: RelationType::Causes, head: 0, tail: 1 }],
            ..Annotated::default()
        };
        let evaluation = evaluate(&[gold], &HashMap::from([("d".into(), found)]), Task::ALL);
        let events = line(&evaluation, "mentions", "ADE");
        assert_eq!(events.strict, Tally { tp: 0, fp: 2, fn_: 1 });
        assert_eq!(events.overlap, Tally { tp: 1, fp: 1, fn_: 0 });
        let causes = line(&evaluation, "relations", "causes");
        assert_eq!((causes.strict.tp, causes.overlap.tp), (0, 1));
    }

    #[test]
    fn a_document_that_is_not_there_counts_as_missed() {
        let gold = Annotated { doc_id: "gone".into(), marks: vec![mark(Label::Drug, 0, 4)], ..Annotated::default() };
        let evaluation = evaluate(&[gold], &HashMap::new(), Task::ALL);
        assert_eq!(evaluation.missing, ["gone"]);
        assert_eq!(line(&evaluation, "mentions", "Drug").strict.fn_, 1);
    }

    #[test]
    fn what_gold_does_not_label_is_not_held_against_the_dataset() {
        let mut gold = Annotated { doc_id: "d".into(), marks: vec![mark(Label::Drug, 0, 4)], ..Annotated::default() };
        let found =
            Annotated { marks: vec![mark(Label::Drug, 0, 4), mark(Label::Drug, 9, 12)], ..Annotated::default() };
        let written = HashMap::from([("d".to_string(), found)]);
        assert_eq!(line(&evaluate(&[gold.clone()], &written, Task::ALL), "mentions", "Drug").strict.fp, 1);
        gold.unlabelled = vec![(Task::Ade, Label::Drug)];
        assert_eq!(
            line(&evaluate(&[gold], &written, Task::ALL), "mentions", "Drug").strict,
            Tally { tp: 1, fp: 0, fn_: 0 }
        );
    }

    #[test]
    fn one_long_mention_matches_one_gold_mention_only() {
        let gold = [mark(Label::Ade, 0, 4), mark(Label::Ade, 5, 9)];
        let (tally, _) = match_up(&gold, &[mark(Label::Ade, 0, 9)], overlaps);
        assert_eq!(tally, Tally { tp: 1, fp: 0, fn_: 1 });
    }

    #[test]
    fn amounts_tie_to_their_drug() {
        let row = |json: &str| serde_json::from_str::<Map<String, Value>>(json).unwrap();
        let gold = Annotated {
            doc_id: "d".into(),
            medications: Some(vec![
                row(r#"{"drug":"ASS","daily_value":100}"#),
                row(r#"{"drug":"Ramipril","daily_value":5}"#),
            ]),
            ..Annotated::default()
        };
        let found = Annotated {
            medications: Some(vec![
                row(r#"{"drug":"ass","daily_value":5.0}"#),
                row(r#"{"drug":"Ramipril","daily_value":5.0}"#),
            ]),
            ..Annotated::default()
        };
        let evaluation = evaluate(&[gold], &HashMap::from([("d".into(), found)]), Task::ALL);
        assert_eq!(line(&evaluation, "medications", "daily_value").strict, Tally { tp: 1, fp: 1, fn_: 1 });
    }
}
