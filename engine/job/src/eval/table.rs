//! The result as a table for people.

use std::fmt::Write;

use super::score::{Evaluation, Line, Tally};

/// Renders the scores; `by_language` adds a line for each language under each label.
pub fn render(evaluation: &Evaluation, by_language: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} documents in gold, {} of them not in the dataset",
        evaluation.documents,
        evaluation.missing.len()
    );
    let _ = writeln!(
        out,
        "\n{:<12}{:<12}{:<16}{:<5}{:>6}  {:>24}  {:>24}",
        "table", "task", "label", "lang", "gold", "strict  P     R     F1", "overlap  P     R     F1"
    );
    for line in evaluation.lines.iter().filter(|line| by_language || line.language == "all") {
        let _ = writeln!(out, "{}", row(line));
    }
    for (column, (right, all)) in &evaluation.context {
        let _ = writeln!(
            out,
            "{column}: {right} of {all} strictly matched mentions right ({:.3})",
            *right as f64 / (*all).max(1) as f64
        );
    }
    out
}

fn row(line: &Line) -> String {
    let figures = |tally: &Tally| format!("{:>12.3} {:.3} {:.3}", tally.precision(), tally.recall(), tally.f1());
    format!(
        "{:<12}{:<12}{:<16}{:<5}{:>6}  {:>24}  {:>24}",
        line.table,
        line.task,
        line.name,
        line.language,
        line.strict.tp + line.strict.fn_,
        figures(&line.strict),
        figures(&line.overlap)
    )
}
