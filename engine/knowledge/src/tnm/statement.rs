//! Statements: the mentions that say together how far one tumour has spread, as one row.
//!
//! Neighbouring components join; a second T of another value, another time or subject, or a long gap opens a new statement. What a
//! component does not say of itself is either taken from its neighbour and flagged (`inherited_prefix`) or left out. It knows nothing of
//! organs: validity is judged only where a category exists in no edition for no organ.

mod draft;

use befund_core::{Assertion, MentionRow, Refusal, Span, Task, Temporality, TnmRow, Validity};

use super::reading::{Reading, read};
use draft::Draft;

/// Bytes between two components above which they are not of one statement.
const REACH: u32 = 600;

/// The statements of a document in text order. `mentions` are its mention rows, ordered by span; other tasks' rows are passed over, and
/// so are those that a form merely offers or explains (`offered`, in step with `mentions`).
pub(crate) fn statements(text: &str, mentions: &[MentionRow], offered: &[Option<Refusal>]) -> Vec<TnmRow> {
    let is_offered = |i: usize| offered.get(i).is_some_and(Option::is_some);
    let readings: Vec<(&MentionRow, Reading)> = mentions
        .iter()
        .enumerate()
        .filter(|(i, mention)| mention.task == Task::Tnm && !is_offered(*i))
        .filter_map(|(_, mention)| Some((mention, read(mention.label, mention.span.of(text))?)))
        .collect();
    // What a form offers bridges the gap to what is ticked further down.
    let bridges: Vec<u32> =
        mentions.iter().enumerate().filter(|(i, _)| is_offered(*i)).map(|(_, one)| one.span.end).collect();
    let mut done: Vec<Draft> = Vec::new();
    let mut open: Option<Draft> = None;
    for (i, (mention, reading)) in readings.iter().enumerate() {
        if let Some(draft) = open.as_mut() {
            draft.bridge(&bridges, mention.span.start);
        }
        let fits = open.as_ref().is_some_and(|draft| draft.takes(text, mention, reading, readings.get(i + 1)));
        if !fits {
            done.extend(open.take());
        }
        open.get_or_insert_with(|| Draft::new(mention)).add(text, mention, reading);
    }
    done.extend(open);
    done.retain(Draft::says_something);
    let borders: Vec<Span> = done.iter().map(|draft| draft.row.span).collect();
    let mut rows: Vec<TnmRow> = done
        .into_iter()
        .enumerate()
        .map(|(i, draft)| {
            let from = if i == 0 { 0 } else { borders[i - 1].end };
            let to = borders.get(i + 1).map_or(text.len() as u32, |next| next.start);
            draft.finish(text, Span { start: from, end: to.max(borders[i].end) }, i as u32)
        })
        .collect();
    spread_edition(&mut rows);
    rows
}

/// An edition that is named once holds for all present statements of the report that are made in the same way: a pathologist's edition
/// is not that of a clinical stage on the request.
fn spread_edition(rows: &mut [TnmRow]) {
    let present = |row: &TnmRow| row.temporality == Temporality::Current && row.assertion == Assertion::Affirmed;
    let mut named = rows.iter().filter_map(|row| Some((row.edition.clone()?, row.t_prefix.clone())));
    let Some((edition, basis)) = named.next() else { return };
    if named.any(|(other, _)| other != edition) {
        return;
    }
    let alike = |row: &TnmRow| basis.is_none() || row.t_prefix.is_none() || row.t_prefix == basis;
    for row in rows.iter_mut().filter(|row| row.edition.is_none() && row.t.is_some() && present(row) && alike(row)) {
        row.edition = Some(edition.clone());
        flag_once(&mut row.flags, "document_edition");
        row.flags.sort();
    }
}

pub(super) fn flag_once(flags: &mut Vec<String>, flag: &str) {
    if !flags.iter().any(|known| known == flag) {
        flags.push(flag.to_owned());
    }
}

/// The row of a statement that says nothing yet.
pub(super) fn empty_row(span: Span, assertion: Assertion, temporality: Temporality) -> TnmRow {
    TnmRow {
        statement_id: 0,
        span,
        t: None,
        n: None,
        m: None,
        t_prefix: None,
        n_prefix: None,
        m_prefix: None,
        y: false,
        r_recurrence: false,
        a_autopsy: false,
        multiplicity: None,
        t_suffix: None,
        n_suffix: None,
        m_suffix: None,
        nodes_positive: None,
        nodes_examined: None,
        sentinel_positive: None,
        sentinel_examined: None,
        l: None,
        v: None,
        pn: None,
        s: None,
        r: None,
        grade: None,
        stage: None,
        stage_system: None,
        edition: None,
        gleason_primary: None,
        gleason_secondary: None,
        isup: None,
        breslow_mm: None,
        clark: None,
        site: None,
        assertion,
        temporality,
        validity: Validity::Unknown,
        derived_stage: None,
        flags: Vec::new(),
        mention_ids: Vec::new(),
        site_code: None,
        site_source: None,
        formula: None,
        score: None,
    }
}
