//! The listings: statements, drug-event pairs, medication, findings and faults as plain tables, which the page's script makes sortable and
//! filterable. Each keeps its first rows by rank and says how many there are in all.

use std::collections::HashMap;

use befund_core::Assertion;

use super::figures::{gravity, pair_holds_now, pairs};
use super::html::{Html, count, short};
use super::kept::Kept;
use super::words::{
    Row, amount, category, further, holds_now, is_set, joined, mention_ids, name_of, prefixes, stated_stage, text,
};
use crate::read::ReadDocument;

/// Longer cells are cut; the document and the tables have the whole.
const CELL_CHARS: usize = 240;

struct Line {
    doc_id: String,
    sequence: u64,
    mention: Option<u32>,
    cells: Vec<String>,
}

/// One listing.
pub(super) struct Listing {
    id: &'static str,
    title: &'static str,
    /// What a row is and in which order they stand.
    note: &'static str,
    /// Names of the columns; those with a star hold few values, and the script offers a choice of them.
    columns: &'static str,
    lines: Kept<Line>,
}

const STATEMENTS: &str =
    "As written, T, N, M, Further, Stage stated, Stage derived, Site*, Validity*, Assertion*, Time*, Flags";
const PAIRS: &str = "Drug, Event, Assertion*, Time*, Subject*, Found by*, Score, As written";
const MEDICATIONS: &str =
    "Drug, INN, Strength, Form*, Route*, Schedule, A day, As needed*, Duration, Indication, Status*";
const FINDINGS: &str = "Severity*, Verdict*, Rule*, Finding, Source of the rule";
const FAULTS: &str = "Shard or file, Fault";

/// All listings of a page, filled document by document.
pub(super) struct Listings {
    statements: Listing,
    pairs: Listing,
    medications: Listing,
    findings: Listing,
    faults: Listing,
}

impl Listings {
    pub(super) fn new(n_rows: usize) -> Self {
        let listing = |id, title, note, columns| Listing { id, title, note, columns, lines: Kept::new(n_rows) };
        Self {
            findings: listing(
                "findings",
                "Findings",
                "One row an answer of a plausibility rule, the gravest first.",
                FINDINGS,
            ),
            statements: listing(
                "statements",
                "Stage statements",
                "One row a statement, those that hold now first.",
                STATEMENTS,
            ),
            pairs: listing(
                "pairs",
                "Drug-event pairs",
                "One row a drug said or suspected to have caused an event, those that hold now first.",
                PAIRS,
            ),
            medications: listing("medications", "Medication", "One row a medication entry.", MEDICATIONS),
            faults: listing("faults", "Faults", "One row a document that could not be read.", FAULTS),
        }
    }

    pub(super) fn add(&mut self, sequence: u64, document: &ReadDocument) {
        let line = |mention, cells| Line { doc_id: document.doc_id.clone(), sequence, mention, cells };
        if !document.is_ok {
            let cells = ["shard", "fault"].map(|column| text(&document.row, column).to_owned());
            self.faults.lines.push(0, || line(None, cells.into()));
            return;
        }
        for row in &document.tnm {
            self.statements.lines.push(u8::from(!holds_now(row)), || line(mention_ids(row).next(), statement(row)));
        }
        for (relation, drug, event) in pairs(document) {
            self.pairs.lines.push(u8::from(!pair_holds_now(relation, event)), || {
                // The pair as a whole is what its relation and its event say; the less certain of the two counts.
                let assertion =
                    if relation.assertion == Assertion::Affirmed { event.assertion } else { relation.assertion };
                let score = relation.score.map_or_else(String::new, |score| format!("{score:.2}"));
                let cells = vec![
                    name_of(drug),
                    name_of(event),
                    assertion.to_string(),
                    event.temporality.to_string(),
                    event.subject.to_string(),
                    event.found_by.to_string(),
                    score,
                    format!("{} … {}", drug.text, event.text),
                ];
                line(Some(event.mention_id), cells)
            });
        }
        for row in &document.medications {
            let drug = row.get("mention_id").and_then(|id| id.as_u64()?.try_into().ok());
            self.medications.lines.push(0, || line(drug, medication(row)));
        }
        for row in &document.findings {
            self.findings.lines.push(gravity(text(row, "verdict"), text(row, "severity")), || {
                let cells = ["severity", "verdict", "rule_id", "message", "citation"];
                line(mention_ids(row).next(), cells.map(|column| text(row, column).to_owned()).into())
            });
        }
    }

    /// All tables. `places` has the number on the page of each document that is shown there.
    pub(super) fn write(&self, html: &mut Html, places: &HashMap<u64, usize>) {
        for listing in [&self.findings, &self.statements, &self.pairs, &self.medications, &self.faults] {
            if listing.id != "faults" || listing.lines.n_all() > 0 {
                listing.write(html, places);
            }
        }
    }
}

fn statement(row: &Row) -> Vec<String> {
    let mut categories = ["t", "n", "m"].map(|column| category(row, column));
    if let Some(first) = categories.iter_mut().find(|category| !category.is_empty()) {
        first.insert_str(0, &prefixes(row));
    }
    let [t, n, m] = categories;
    let of = |column: &str| text(row, column).to_owned();
    vec![
        of("text"),
        t,
        n,
        m,
        further(row),
        stated_stage(row),
        of("derived_stage"),
        of("site"),
        of("validity"),
        of("assertion"),
        of("temporality"),
        joined(row, "flags"),
    ]
}

fn medication(row: &Row) -> Vec<String> {
    let of = |column: &str| text(row, column).to_owned();
    let prn = if is_set(row, "prn") { "as needed" } else { "" };
    vec![
        of("drug"),
        of("inn"),
        amount(row, "strength_value", "strength_unit"),
        of("form"),
        of("route"),
        of("schedule"),
        amount(row, "daily_value", "daily_unit"),
        prn.to_owned(),
        of("duration"),
        of("indication"),
        of("status"),
    ]
}

impl Listing {
    fn write(&self, html: &mut Html, places: &HashMap<u64, usize>) {
        html.raw("<section class=\"listing\"").attribute("id", self.id).between("><h2>", self.title, "</h2>\n<p>");
        html.text(self.note).raw(" Columns that no row fills are left out.");
        let (n_shown, n_all) = (self.lines.len() as u64, self.lines.n_all());
        if n_shown < n_all {
            html.between(
                " <strong>",
                &format!("The first {} of {} rows are here", count(n_shown), count(n_all)),
                "</strong>",
            );
            html.raw("; the dataset has them all (<code>--rows</code> sets how many come here).");
        }
        html.raw("</p>\n");
        if n_all == 0 {
            html.raw("<p class=\"none\">none</p></section>\n");
            return;
        }
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
            .attribute("aria-label", self.title)
            .raw("><table><thead><tr>");
        html.raw("<th scope=\"col\">Document</th>");
        let filled = self.filled();
        for (column, _) in &filled {
            let name = column.trim_end_matches('*');
            html.raw("<th scope=\"col\"")
                .raw(if name == *column { "" } else { " data-choice" })
                .between(">", name, "</th>");
        }
        html.raw("</tr></thead><tbody>\n");
        for line in self.lines.iter() {
            write_line(html, line, &filled, places);
        }
        html.raw("</tbody></table></div></section>\n");
    }

    /// The columns that some row fills, with their places: an empty one would only push the others out of sight.
    fn filled(&self) -> Vec<(&'static str, usize)> {
        let columns = self.columns.split(", ").enumerate().map(|(index, column)| (column, index));
        let says =
            |index: usize| self.lines.iter().any(|line| line.cells.get(index).is_some_and(|cell| !cell.is_empty()));
        columns.filter(|(_, index)| says(*index)).collect()
    }
}

fn write_line(html: &mut Html, line: &Line, filled: &[(&str, usize)], places: &HashMap<u64, usize>) {
    html.raw("<tr><th scope=\"row\">");
    match places.get(&line.sequence) {
        Some(place) => {
            let mention = line.mention.map_or_else(String::new, |id| format!("m{id}"));
            html.raw("<a").attribute("href", &format!("#d{place}{mention}")).between(">", &line.doc_id, "</a>");
        }
        None => _ = html.text(&line.doc_id),
    }
    html.raw("</th>");
    for (column, index) in filled {
        let cell = line.cells.get(*index).map_or("", String::as_str);
        match *column {
            "Severity*" => {
                // The script sorts by this value: the gravest last when ascending.
                let order = 9 - gravity("implausible", cell).min(9);
                html.raw("<td").attribute("data-value", &order.to_string()).raw(">");
                badge(html, cell);
                html.raw("</td>");
            }
            "As written" => _ = html.between("<td class=\"written\">", &short(cell, CELL_CHARS), "</td>"),
            _ => _ = html.between("<td>", &short(cell, CELL_CHARS), "</td>"),
        }
    }
    html.raw("</tr>\n");
}

/// A severity, in colour and in words.
pub(super) fn badge(html: &mut Html, severity: &str) {
    html.raw("<span").attribute("class", &format!("badge {severity}")).between(">", severity, "</span>");
}
