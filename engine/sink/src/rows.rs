//! The engine's rows as cells, one function a table, columns in the order of `schema.rs`.
//!
//! Here byte spans become code points and text. Knows nothing of files.

use befund_core::{
    Document, Failure, Fault, FaultKind, FindingRow, MedicationRow, MentionRow, RelationRow, Rows, Span, Table, TnmRow,
};
use sha2::{Digest, Sha256};

use crate::cell::{Cell, TableBuilder};
use crate::code_points::CodePoints;

/// Rows of a document of which every span can be written. A span that is empty or not on character borders of its text is a mistake of a
/// stage: the document becomes a fault, the run goes on.
pub(crate) fn checked(rows: Rows) -> Rows {
    let spans = rows.mentions.iter().map(|row| row.span).chain(rows.tnm.iter().map(|row| row.span));
    let text = rows.document.as_ref().map_or("", Document::text);
    let mut bad = spans.filter(|span| span.start >= span.end || text.get(span.range()).is_none());
    let Some(span) = bad.next() else { return rows };
    Rows::of_fault(Fault {
        sequence: rows.row.sequence,
        shard: rows.row.shard.clone(),
        doc_id: rows.row.doc_id.clone(),
        kind: FaultKind::Stage,
        byte_offset: Some(u64::from(span.start)),
        n_bytes: rows.row.n_bytes,
        what: "a stage gave a span that does not fit the text".to_owned(),
        remedy: "this is a mistake in befund: please report it".to_owned(),
    })
}

/// Appends the rows of one document to the six tables, in the order of `Table::ALL`.
pub(crate) fn append(rows: &Rows, tables: &mut [TableBuilder]) -> Result<(), Failure> {
    let doc_id = &*rows.row.doc_id;
    let text = rows.document.as_ref().map_or("", Document::text);
    tables[Table::Documents as usize].push(&document(rows, text_sha256(rows).as_deref(), said(rows).as_deref()))?;
    if !rows.mentions.is_empty() || !rows.tnm.is_empty() {
        let points = CodePoints::new(text);
        let place =
            |span: Span| Place { begin: points.at(span.start), end: points.at(span.end), span, text: span.of(text) };
        for row in &rows.mentions {
            tables[Table::Mentions as usize].push(&mention(doc_id, row, &place(row.span)))?;
        }
        for row in &rows.tnm {
            tables[Table::Tnm as usize].push(&tnm(doc_id, row, &place(row.span)))?;
        }
    }
    for row in &rows.relations {
        tables[Table::Relations as usize].push(&relation(doc_id, row))?;
    }
    for row in &rows.medications {
        tables[Table::Medications as usize].push(&medication(doc_id, row))?;
    }
    for row in &rows.findings {
        tables[Table::Findings as usize].push(&finding(doc_id, row))?;
    }
    Ok(())
}

/// A span in all its coordinates.
struct Place<'t> {
    begin: u32,
    end: u32,
    span: Span,
    text: &'t str,
}

impl<'t> Place<'t> {
    fn cells(&self) -> [Cell<'t>; 5] {
        [self.begin.into(), self.end.into(), self.span.start.into(), self.span.end.into(), self.text.into()]
    }
}

/// The digest that the row carries, else that of the document at hand.
fn text_sha256(rows: &Rows) -> Option<String> {
    let of_text = || rows.document.as_ref().map(|document| Sha256::digest(document.text().as_bytes()).into());
    let digest: [u8; 32] = rows.row.text_sha256.or_else(of_text)?;
    Some(hex(&digest))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The fault as the column says it: kind, what happened, where.
fn said(rows: &Rows) -> Option<String> {
    let fault = rows.row.fault.as_ref()?;
    let place = fault.byte_offset.map(|offset| format!(" (byte {offset})")).unwrap_or_default();
    Some(format!("{}: {}{place}", fault.kind.as_str(), fault.what))
}

fn document<'a>(rows: &'a Rows, text_sha256: Option<&'a str>, fault: Option<&'a str>) -> [Cell<'a>; 15] {
    let row = &rows.row;
    [
        (&*row.doc_id).into(),
        (&*row.shard).into(),
        text_sha256.into(),
        row.n_bytes.into(),
        row.n_chars.into(),
        row.n_sentences.into(),
        row.n_tokens.into(),
        row.n_windows.into(),
        row.language.code().into(),
        if fault.is_some() { "fault" } else { "ok" }.into(),
        fault.into(),
        (rows.mentions.len() as u32).into(),
        (row.warnings.len() as u32).into(),
        (&row.warnings).into(),
        row.n_bytes_gated.into(),
    ]
}

fn mention<'a>(doc_id: &'a str, row: &'a MentionRow, place: &Place<'a>) -> [Cell<'a>; 18] {
    let [begin, end, byte_begin, byte_end, text] = place.cells();
    [
        doc_id.into(),
        row.mention_id.into(),
        row.task.as_str().into(),
        row.label.as_str().into(),
        begin,
        end,
        byte_begin,
        byte_end,
        text,
        row.score.into(),
        row.found_by.as_str().into(),
        row.assertion.as_str().into(),
        row.temporality.as_str().into(),
        row.subject.as_str().into(),
        row.section.as_str().into(),
        (&row.system).into(),
        (&row.code).into(),
        (&row.name).into(),
    ]
}

fn relation<'a>(doc_id: &'a str, row: &'a RelationRow) -> [Cell<'a>; 7] {
    [
        doc_id.into(),
        row.relation_id.into(),
        row.kind.as_str().into(),
        row.head.into(),
        row.tail.into(),
        row.score.into(),
        row.assertion.as_str().into(),
    ]
}

fn tnm<'a>(doc_id: &'a str, row: &'a TnmRow, place: &Place<'a>) -> Vec<Cell<'a>> {
    let mut cells = vec![doc_id.into(), row.statement_id.into()];
    cells.extend(place.cells());
    for text in [&row.t, &row.n, &row.m, &row.t_prefix, &row.n_prefix, &row.m_prefix] {
        cells.push(text.into());
    }
    cells.extend([Cell::from(row.y), row.r_recurrence.into(), row.a_autopsy.into()]);
    for text in [&row.multiplicity, &row.t_suffix, &row.n_suffix, &row.m_suffix] {
        cells.push(text.into());
    }
    for number in [row.nodes_positive, row.nodes_examined, row.sentinel_positive, row.sentinel_examined] {
        cells.push(number.into());
    }
    for text in [&row.l, &row.v, &row.pn, &row.s, &row.r, &row.grade, &row.stage, &row.stage_system, &row.edition] {
        cells.push(text.into());
    }
    for number in [row.gleason_primary, row.gleason_secondary, row.isup] {
        cells.push(number.into());
    }
    cells.extend([Cell::from(row.breslow_mm), (&row.clark).into(), (&row.site).into()]);
    cells.extend([row.assertion.as_str(), row.temporality.as_str(), row.validity.as_str()].map(Cell::from));
    cells.extend([Cell::from(&row.derived_stage), (&row.flags).into(), (&row.mention_ids).into()]);
    cells.extend([&row.site_code, &row.site_source, &row.formula].map(Cell::from));
    cells.push(row.score.into());
    cells
}

fn medication<'a>(doc_id: &'a str, row: &'a MedicationRow) -> [Cell<'a>; 19] {
    [
        doc_id.into(),
        row.mention_id.into(),
        row.drug.as_str().into(),
        (&row.inn).into(),
        (&row.code_system).into(),
        (&row.code).into(),
        row.strength_value.into(),
        (&row.strength_unit).into(),
        (&row.form).into(),
        (&row.route).into(),
        (&row.schedule).into(),
        (&row.doses).into(),
        row.daily_value.into(),
        (&row.daily_unit).into(),
        row.prn.into(),
        (&row.duration).into(),
        (&row.indication).into(),
        row.status.as_str().into(),
        (&row.flags).into(),
    ]
}

fn finding<'a>(doc_id: &'a str, row: &'a FindingRow) -> [Cell<'a>; 8] {
    [
        doc_id.into(),
        row.finding_id.into(),
        row.rule_id.as_str().into(),
        row.verdict.as_str().into(),
        row.severity.as_str().into(),
        row.message.as_str().into(),
        (&row.mention_ids).into(),
        row.citation.as_str().into(),
    ]
}
