//! One document: its text with the mentions as coloured, nested spans, and beside it what the tables say about it.
//!
//! Spans are the byte offsets of the dataset. Mentions of two tasks may share a span or cross; a crossing one is cut in two where the other
//! ends, so that the elements nest. Where the text could not be had, the mentions are listed instead.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use befund_core::{Assertion, Subject, Temporality};

use super::SourceText;
use super::figures::{gravity, pairs};
use super::html::{Html, count, plural, short};
use super::listing::badge;
use super::words::{Row, amount, further, is_set, joined, language, mention_ids, name_of, stated_stage, text, tnm};
use crate::read::{ReadDocument, ReadMention};

/// Mentions listed where the text is missing, and rows of one kind beside a text; the tables have them all.
const ROWS_SHOWN: usize = 500;

/// Writes the document as number `place` of the page.
pub(super) fn write(html: &mut Html, place: usize, document: &ReadDocument, source: &SourceText) {
    html.raw("<details class=\"document\"").raw(if place == 0 { " open>" } else { ">" });
    summary(html, document);
    html.raw("<div class=\"body\"").attribute("id", &format!("d{place}")).raw(">\n<div>");
    let n_shown = match source {
        SourceText::Beginning(shown) => {
            text_of(html, place, document, shown);
            let n_bytes = document.row.get("n_bytes").and_then(|n| n.as_u64()).unwrap_or(0);
            if (shown.len() as u64) < n_bytes {
                let size = format!("The first {} of {} bytes are shown.", count(shown.len() as u64), count(n_bytes));
                html.between("<p class=\"missing\">", &size, "</p>");
            }
            shown.len()
        }
        SourceText::Missing(reason) => {
            html.between(
                "<p class=\"missing\">The text is not shown: ",
                reason,
                " The mentions are listed instead.</p>",
            );
            mentions(html, place, document);
            usize::MAX
        }
    };
    html.raw("</div>\n<aside>");
    let beside = Beside { place, document, n_shown };
    beside.findings(html);
    beside.statements(html);
    beside.pairs(html);
    beside.medications(html);
    html.raw("</aside></div></details>\n");
}

fn summary(html: &mut Html, document: &ReadDocument) {
    html.between("<summary><b>", &document.doc_id, "</b> <span>").text(language(text(&document.row, "language")));
    let counts = [
        (document.row.get("n_chars").and_then(|n| n.as_u64()).unwrap_or(0), "character", "characters"),
        (document.tnm.len() as u64, "statement", "statements"),
        (pairs(document).count() as u64, "drug-event pair", "drug-event pairs"),
        (document.medications.len() as u64, "medication", "medications"),
    ];
    for (n, one, many) in counts.into_iter().filter(|(n, _, _)| *n > 0) {
        html.text(", ").text(&plural(n, one, many));
    }
    html.raw("</span>");
    let implausible = document.findings.iter().filter(|row| text(row, "verdict") == "implausible");
    if let Some(worst) = implausible.min_by_key(|row| gravity("implausible", text(row, "severity"))) {
        html.raw(" ");
        badge(html, text(worst, "severity"));
    }
    html.raw("</summary>\n");
}

/// A mention, or the part of it from `start` on that another one's end has cut off. Ordered as a heap pops them: by start, the longer first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    start: Reverse<usize>,
    end: usize,
    mention: Reverse<usize>,
    is_first: bool,
}

/// Writes the text with its mentions; those beyond what is shown are passed over.
fn text_of(html: &mut Html, place: usize, document: &ReadDocument, shown: &str) {
    let fits = |mention: &ReadMention| shown.get(mention.byte_begin as usize..mention.byte_end as usize).is_some();
    let whole = document
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| fits(mention) && mention.byte_begin < mention.byte_end);
    let mut pieces: BinaryHeap<Piece> = whole
        .map(|(index, mention)| Piece {
            start: Reverse(mention.byte_begin as usize),
            end: mention.byte_end as usize,
            mention: Reverse(index),
            is_first: true,
        })
        .collect();
    html.raw("<div class=\"text\"").attribute("lang", text(&document.row, "language")).raw(">");
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(mut piece) = pieces.pop() {
        let start = piece.start.0;
        close(html, shown, &mut open, &mut at, start);
        if let Some(end) = open.last().copied().filter(|end| *end < piece.end) {
            pieces.push(Piece { start: Reverse(end), is_first: false, ..piece });
            piece.end = end;
        }
        html.text(&shown[at..start]);
        at = start;
        begin(html, place, &document.mentions[piece.mention.0], piece.is_first);
        open.push(piece.end);
    }
    close(html, shown, &mut open, &mut at, shown.len());
    html.text(&shown[at..]).raw("</div>\n");
}

/// Closes what ends at or before `until`, innermost first.
fn close(html: &mut Html, shown: &str, open: &mut Vec<usize>, at: &mut usize, until: usize) {
    while let Some(end) = open.pop_if(|end| *end <= until) {
        html.text(&shown[*at..end]).raw("</mark>");
        *at = end;
    }
}

fn begin(html: &mut Html, place: usize, mention: &ReadMention, is_first: bool) {
    html.raw("<mark");
    if is_first {
        html.attribute("id", &format!("d{place}m{}", mention.mention_id))
            .attribute("data-label", mention.label.as_str());
    }
    html.attribute("class", &classes(mention)).attribute("title", &in_words(mention)).raw(">");
}

fn classes(mention: &ReadMention) -> String {
    let mut classes = vec![mention.task.as_str()];
    if mention.assertion != Assertion::Affirmed {
        classes.push(mention.assertion.as_str());
    }
    if mention.temporality != Temporality::Current {
        classes.push(mention.temporality.as_str());
    }
    classes.join(" ")
}

fn in_words(mention: &ReadMention) -> String {
    let mut said = vec![format!("{} {}", mention.task, mention.label), mention.assertion.to_string()];
    if mention.temporality != Temporality::Current {
        said.push(mention.temporality.to_string());
    }
    if mention.subject != Subject::Patient {
        said.push(format!("subject: {}", mention.subject));
    }
    said.extend(mention.section.as_ref().map(|section| format!("section: {section}")));
    let code = [&mention.name, &mention.system, &mention.code].map(|part| part.as_deref().unwrap_or(""));
    let code = code.join(" ").trim().to_owned();
    said.extend(Some(code).filter(|code| !code.is_empty()));
    let score = mention.score.map_or_else(String::new, |score| format!(", score {score:.2}"));
    said.push(format!("found by {}{score}", mention.found_by));
    said.join(" · ")
}

fn mentions(html: &mut Html, place: usize, document: &ReadDocument) {
    html.raw("<table><thead><tr><th scope=\"col\">Mention</th><th scope=\"col\">What</th><th scope=\"col\">Characters</th></tr></thead><tbody>\n");
    for mention in document.mentions.iter().take(ROWS_SHOWN) {
        html.raw("<tr").attribute("id", &format!("d{place}m{}", mention.mention_id)).raw("><td><mark");
        html.attribute("class", &classes(mention)).attribute("data-label", mention.label.as_str());
        html.between(">", &short(&mention.text, 200), "</mark></td>").between("<td>", &in_words(mention), "</td>");
        html.between("<td>", &format!("{}–{}", mention.begin, mention.end), "</td></tr>\n");
    }
    html.raw("</tbody></table>\n");
    more(html, document.mentions.len());
}

fn more(html: &mut Html, n: usize) {
    if n > ROWS_SHOWN {
        html.between("<p class=\"missing\">and ", &count((n - ROWS_SHOWN) as u64), " more, in the dataset</p>");
    }
}

/// What stands beside the text.
struct Beside<'a> {
    place: usize,
    document: &'a ReadDocument,
    /// Bytes of the text on the page: later mentions have no place to link to.
    n_shown: usize,
}

impl Beside<'_> {
    fn findings(&self, html: &mut Html) {
        let mut rows: Vec<&Row> = self.document.findings.iter().collect();
        rows.sort_by_key(|row| gravity(text(row, "verdict"), text(row, "severity")));
        self.list(html, "Findings", &rows, |html, row| {
            match text(row, "verdict") {
                "implausible" => badge(html, text(row, "severity")),
                "cannot_tell" => _ = html.raw("<span class=\"badge unknown\">cannot tell</span>"),
                verdict => _ = html.between("<span class=\"badge ok\">", verdict, "</span>"),
            }
            html.raw(" ").text(text(row, "message"));
            self.links(html, mention_ids(row));
            html.between("<small>", &format!("{}: {}", text(row, "rule_id"), text(row, "citation")), "</small>");
        });
    }

    fn statements(&self, html: &mut Html) {
        let rows: Vec<&Row> = self.document.tnm.iter().collect();
        self.list(html, "Stage statements", &rows, |html, row| {
            let (stage, derived) = (stated_stage(row), text(row, "derived_stage"));
            let said = [tnm(row), further(row), stage].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            html.between("<b>", &said.join(" · "), "</b>");
            if !derived.is_empty() {
                html.text(" derived stage ").text(derived);
            }
            self.links(html, mention_ids(row));
            let of = |column: &str| text(row, column).to_owned();
            let notes = [of("site"), of("assertion"), of("temporality"), of("validity"), joined(row, "flags")];
            html.between(
                "<small>",
                &notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join(" · "),
                "</small>",
            );
        });
    }

    fn pairs(&self, html: &mut Html) {
        let rows: Vec<_> = pairs(self.document).collect();
        self.list(html, "Drug-event pairs", &rows, |html, (relation, drug, event)| {
            html.between("<b>", &format!("{} → {}", name_of(drug), name_of(event)), "</b>");
            self.links(html, [drug.mention_id, event.mention_id].into_iter());
            let said = format!(
                "pair {} · event {} · {} · {}",
                relation.assertion, event.assertion, event.temporality, event.subject
            );
            html.between("<small>", &said, "</small>");
        });
    }

    fn medications(&self, html: &mut Html) {
        let rows: Vec<&Row> = self.document.medications.iter().collect();
        self.list(html, "Medication", &rows, |html, row| {
            html.between("<b>", text(row, "drug"), "</b> ");
            let of = |column: &str| text(row, column).to_owned();
            let prn = if is_set(row, "prn") { "as needed" } else { "" };
            let said = [
                amount(row, "strength_value", "strength_unit"),
                of("form"),
                of("route"),
                of("schedule"),
                prn.into(),
                of("duration"),
            ];
            html.text(&short(&said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "), 200));
            let id = row.get("mention_id").and_then(|id| id.as_u64()?.try_into().ok());
            self.links(html, id.into_iter());
            let daily = amount(row, "daily_value", "daily_unit");
            let daily = if daily.is_empty() { daily } else { format!("{daily} a day") };
            let indication =
                if of("indication").is_empty() { String::new() } else { format!("for {}", of("indication")) };
            let notes = [of("status"), of("inn"), daily, indication];
            html.between(
                "<small>",
                &notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join(" · "),
                "</small>",
            );
        });
    }

    fn list<T>(&self, html: &mut Html, title: &'static str, rows: &[T], item: impl Fn(&mut Html, &T)) {
        if rows.is_empty() {
            return;
        }
        html.between("<h3>", title, "</h3><ul>");
        for row in rows.iter().take(ROWS_SHOWN) {
            html.raw("<li>");
            item(html, row);
            html.raw("</li>\n");
        }
        html.raw("</ul>");
        more(html, rows.len());
    }

    /// Links to the places of mentions in the text.
    fn links(&self, html: &mut Html, ids: impl Iterator<Item = u32>) {
        for (n, id) in ids.enumerate() {
            let there = super::words::mention(self.document, id)
                .is_some_and(|mention| mention.byte_end as usize <= self.n_shown);
            if there && n < 12 {
                html.raw(" <a class=\"to\"").attribute("href", &format!("#d{}m{id}", self.place));
                html.raw(" title=\"show in the text\">▸</a>");
            }
        }
    }
}
