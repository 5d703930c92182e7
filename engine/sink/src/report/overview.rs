//! The head of the page: what was run (run.json), the figures, and the plots of them.

use std::collections::BTreeMap;

use befund_core::{MedicationStatus, Severity};

use super::figures::{Figures, Two};
use super::html::{Html, count, plural};
use super::plot::{Bar, Plot};
use super::words::language;
use crate::manifest::RunManifest;

/// Inputs named one by one; run.json has them all.
const INPUTS_SHOWN: usize = 100;
const PAIRS_SHOWN: usize = 15;
const RULES_SHOWN: usize = 15;

pub(super) fn run(html: &mut Html, manifest: &RunManifest) {
    html.raw("<section id=\"run\"><h2>Run</h2>\n<dl class=\"run\">");
    let mut item = |name: &'static str, value: &str| {
        html.between("<dt>", name, "</dt>").between("<dd>", value, "</dd>\n");
    };
    let revision = manifest.git_revision.as_deref().map_or_else(String::new, |revision| format!(" ({revision})"));
    item("Befund", &format!("{}{revision}", manifest.befund));
    item(
        "Model",
        &manifest
            .model
            .as_ref()
            .map_or("none: rules only".into(), |model| format!("{}, SHA-256 {}", model.id, model.sha256)),
    );
    item(
        "Rules",
        &manifest.rules_sha256.as_deref().map_or("none: model only".into(), |digest| format!("SHA-256 {digest}")),
    );
    item(
        "Device",
        &format!("{}, {}, {}", manifest.device, manifest.dtype, plural(manifest.threads.into(), "thread", "threads")),
    );
    let options: Vec<String> = manifest.options.iter().map(|(name, value)| format!("{name} {value}")).collect();
    item("Options", &options.join(", "));
    let faults: Vec<String> = manifest.faults_by_kind.iter().map(|(kind, n)| format!("{kind} {}", count(*n))).collect();
    let kinds = if faults.is_empty() { String::new() } else { format!(" ({})", faults.join(", ")) };
    let with_faults = plural(manifest.n_faults, "fault", "faults");
    item("Documents", &format!("{}: {} read, {with_faults}{kinds}", count(manifest.n_documents), count(manifest.n_ok)));
    let rows: Vec<String> = manifest.rows.iter().map(|(table, n)| format!("{table} {}", count(*n))).collect();
    item("Rows", &rows.join(", "));
    let state = if manifest.complete { "complete" } else { "interrupted: not every document of the input was reached" };
    item("Finished", &format!("{} ({state})", manifest.finished));
    html.raw("</dl>\n");
    inputs(html, manifest);
    html.raw("</section>\n");
}

fn inputs(html: &mut Html, manifest: &RunManifest) {
    let n = manifest.inputs.len() as u64;
    html.between("<details><summary>", &plural(n, "input file", "input files"), "</summary><ul class=\"inputs\">");
    for input in manifest.inputs.iter().take(INPUTS_SHOWN) {
        let digest = input.sha256.as_deref().unwrap_or("not readable");
        html.between("<li><span>", &input.path, "</span> ");
        html.between(
            "<small>",
            &format!("{}, SHA-256 {digest}", plural(input.n_bytes, "byte", "bytes")),
            "</small></li>\n",
        );
    }
    if n > INPUTS_SHOWN as u64 {
        html.between("<li>", &format!("and {} more, in run.json", count(n - INPUTS_SHOWN as u64)), "</li>");
    }
    html.raw("</ul>");
    if !manifest.ignored_inputs.is_empty() {
        let ignored = plural(manifest.ignored_inputs.len() as u64, "file", "files");
        html.between("<p>Not read: ", &ignored, " in the folders given, named in run.json.</p>");
    }
    html.raw("</details>\n");
}

pub(super) fn tiles(html: &mut Html, figures: &Figures) {
    html.raw("<section id=\"figures\"><h2>Figures</h2>\n<div class=\"tiles\">");
    let mut tile = |n: u64, name: &'static str, note: &str| {
        html.between("<div class=\"tile\"><b>", &count(n), "</b>").between("<span>", name, "</span>");
        html.between("<small>", note, "</small></div>\n");
    };
    let languages: Vec<String> =
        figures.languages.iter().rev().map(|(code, n)| format!("{} {}", count(*n), language(code))).collect();
    tile(
        figures.n_documents,
        "documents",
        &format!("{}, {}", languages.join(", "), plural(figures.n_faults, "fault", "faults")),
    );
    tile(
        figures.statements[0],
        "stage statements that hold now",
        &format!("{} past, suspected, negated, defined, inferred or of a relative", count(figures.statements[1])),
    );
    tile(
        figures.n_pairs[0],
        "drug-event pairs that hold now",
        &format!("{} negated, suspected, past or warned of", count(figures.n_pairs[1])),
    );
    let medications = figures.medications.values().sum();
    let active = figures.medications.get(MedicationStatus::Active.as_str()).copied().unwrap_or(0);
    tile(medications, "medication entries", &format!("{} active", count(active)));
    let [implausible, cannot_tell, ok] = figures.verdicts;
    tile(
        implausible,
        "implausible findings",
        &format!("{} cannot be told, {} in order", count(cannot_tell), count(ok)),
    );
    html.raw("</div>\n<div class=\"plots\">\n");
    for plot in plots(figures) {
        plot.draw(html);
    }
    html.raw("</div></section>\n");
}

fn plots(figures: &Figures) -> Vec<Plot> {
    const NOW: &str = "statements, affirmed and current";
    let category = |title, index: usize| Plot {
        title,
        note: NOW,
        class: "tnm",
        series: None,
        bars: single(&figures.categories[index], |label| order(label, &["is", "a", "0", "1", "2", "3", "4", "+", "X"])),
    };
    let mut plots = vec![category("T", 0), category("N", 1), category("M", 2)];
    plots.push(Plot {
        title: "Stage group",
        note: NOW,
        class: "tnm",
        series: Some(["stated", "derived from T, N, M"]),
        bars: ordered(&figures.stages, |label| {
            (label.rsplit_once(' ').map(|(system, _)| system.to_owned()), order(label, &["0", "I", "II", "III", "IV"]))
        }),
    });
    plots.push(Plot {
        title: "Drug-event pairs",
        note: "documents in which the pair is affirmed and current, most frequent first",
        class: "ade",
        series: None,
        bars: top(figures.pairs.iter().map(|((drug, event), n)| (format!("{drug} → {event}"), [*n, 0])), PAIRS_SHOWN),
    });
    let severities: Vec<&str> = Severity::ALL.iter().rev().map(|severity| severity.as_str()).collect();
    let verdicts = Some(["implausible", "cannot tell"]);
    plots.push(Plot {
        title: "Findings by severity",
        note: "findings that are not in order",
        class: "finding",
        series: verdicts,
        bars: ordered(&figures.severities, |label| severities.iter().position(|severity| *severity == label)),
    });
    plots.push(Plot {
        title: "Findings by rule",
        note: "most frequent first",
        class: "finding",
        series: verdicts,
        bars: top(figures.rules.iter().map(|(rule, values)| (rule.clone(), *values)), RULES_SHOWN),
    });
    plots.push(Plot {
        title: "Medication by status",
        note: "entries",
        class: "medication",
        series: None,
        bars: single(&figures.medications, MedicationStatus::parse),
    });
    plots
}

/// Where the end of a label stands in a list; unknown ones last.
fn order(label: &str, ends: &[&str]) -> usize {
    let value = label.rsplit(' ').next().unwrap_or(label).trim_start_matches(['T', 'N', 'M']);
    ends.iter().position(|end| *end == value).unwrap_or(ends.len())
}

fn ordered<K: Ord>(counts: &BTreeMap<String, Two>, key: impl Fn(&str) -> K) -> Vec<Bar> {
    let mut bars: Vec<Bar> =
        counts.iter().map(|(label, values)| Bar { label: label.clone(), values: *values }).collect();
    bars.sort_by_key(|bar| key(&bar.label));
    bars
}

fn single<K: Ord>(counts: &BTreeMap<String, u64>, key: impl Fn(&str) -> K) -> Vec<Bar> {
    ordered(&counts.iter().map(|(label, n)| (label.clone(), [*n, 0])).collect(), key)
}

/// The most frequent, ties in the order of their labels.
fn top(counts: impl Iterator<Item = (String, Two)>, n: usize) -> Vec<Bar> {
    let mut bars: Vec<Bar> = counts.map(|(label, values)| Bar { label, values }).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse((bar.values.iter().sum::<u64>(), bar.values[0])));
    bars.truncate(n);
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_stand_in_the_order_of_the_classification() {
        let counts = ["TX", "T4", "Tis", "T other", "T0", "T1"].map(|label| (label.to_owned(), 1)).into();
        let bars = single(&counts, |label| order(label, &["is", "a", "0", "1", "2", "3", "4", "+", "X"]));
        assert_eq!(bars.iter().map(|bar| &*bar.label).collect::<Vec<_>>(), ["Tis", "T0", "T1", "T4", "TX", "T other"]);
    }

    #[test]
    fn the_most_frequent_come_first_and_ties_by_label() {
        let counts = [("a", 1), ("b", 3), ("c", 3), ("d", 2)].map(|(label, n)| (label.to_owned(), [n, 0]));
        let bars = top(counts.into_iter(), 3);
        assert_eq!(bars.iter().map(|bar| &*bar.label).collect::<Vec<_>>(), ["b", "c", "d"]);
    }
}
