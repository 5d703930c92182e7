//! Rows as the engine would make them, for the tests.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use befund_core::*;
use befund_sink::{Dataset, DatasetOptions};

pub const TEXT: &str =
    "Diagnose 🙂: e\u{301} Übelkeit unter Metoprololsuccinat 47,5 mg 1-0-1. pT2a pN0 (0/17), früher pT1.\r\n";

pub fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

pub fn mention(id: u32, task: Task, label: Label, text: &str, part: &str) -> MentionRow {
    MentionRow {
        mention_id: id,
        task,
        label,
        span: span(text, part),
        score: Some(0.75),
        found_by: FoundBy::Both,
        assertion: Assertion::Affirmed,
        temporality: Temporality::Current,
        subject: Subject::Patient,
        section: SectionKind::Diagnosis,
        system: None,
        code: None,
        name: None,
        fate: None,
    }
}

pub fn tnm(text: &str, part: &str) -> TnmRow {
    let some = |text: &str| Some(text.to_owned());
    TnmRow {
        statement_id: 0,
        span: span(text, part),
        t: some("2a"),
        n: some("0"),
        m: None,
        t_prefix: some("p"),
        n_prefix: some("p"),
        m_prefix: None,
        y: false,
        r_recurrence: true,
        a_autopsy: false,
        multiplicity: some("m2"),
        t_suffix: some("ts"),
        n_suffix: some("(sn)"),
        m_suffix: some("(i+)"),
        nodes_positive: Some(0),
        nodes_examined: Some(17),
        sentinel_positive: Some(1),
        sentinel_examined: Some(2),
        l: some("l"),
        v: some("v"),
        pn: some("pn"),
        s: some("s"),
        r: some("r"),
        grade: some("grade"),
        stage: some("IIIB"),
        stage_system: some("uicc"),
        edition: some("8"),
        gleason_primary: Some(3),
        gleason_secondary: Some(4),
        isup: Some(2),
        breslow_mm: Some(1.25),
        clark: some("IV"),
        site: some("colon"),
        assertion: Assertion::Possible,
        temporality: Temporality::History,
        validity: Validity::Unknown,
        derived_stage: some("I"),
        flags: vec!["ocr_zero".into(), "range".into()],
        mention_ids: vec![2, 3],
        site_code: some("C18.7"),
        site_source: some("words"),
        formula: some("rpT2a rpN0"),
        score: Some(0.75),
    }
}

pub fn medication() -> MedicationRow {
    let some = |text: &str| Some(text.to_owned());
    MedicationRow {
        mention_id: 1,
        drug: "Metoprololsuccinat".into(),
        inn: some("metoprolol"),
        code_system: some("ATC"),
        code: some("C07AB02"),
        strength_value: Some(47.5),
        strength_unit: some("mg"),
        form: None,
        route: some("oral"),
        schedule: some("1-0-1"),
        doses: Some([1.0, 0.0, 1.0, 0.0]),
        daily_value: Some(95.0),
        daily_unit: some("mg"),
        prn: true,
        duration: some("7 Tage"),
        indication: some("Hypertonie"),
        status: MedicationStatus::Planned,
        flags: vec!["misspelt".into()],
    }
}

/// A document with rows in every table.
pub fn full(sequence: u64) -> Rows {
    let document = Document::new(sequence, "a.arrow", &format!("d{sequence}"), TEXT);
    let mut rows = Rows::of(&document, Language::De);
    rows.row.n_tokens = 40;
    rows.row.n_windows = 2;
    rows.row.n_sentences = 3;
    rows.row.warnings = vec!["two statements".into()];
    rows.mentions = vec![
        mention(0, Task::Ade, Label::Ade, TEXT, "Übelkeit"),
        mention(1, Task::Ade, Label::Drug, TEXT, "Metoprololsuccinat"),
        mention(2, Task::Tnm, Label::T, TEXT, "pT2a"),
        mention(3, Task::Tnm, Label::N, TEXT, "pN0"),
    ];
    rows.mentions[1].score = None;
    rows.mentions[1].section = SectionKind::Body;
    rows.mentions[1].name = Some("metoprolol".into());
    let kind = RelationType::Causes;
    rows.relations =
        vec![RelationRow { relation_id: 0, kind, head: 1, tail: 0, score: Some(0.5), assertion: Assertion::Negated }];
    rows.tnm = vec![tnm(TEXT, "pT2a pN0 (0/17)")];
    rows.medications = vec![medication()];
    rows.findings = vec![FindingRow {
        finding_id: 0,
        rule_id: "dose.max".into(),
        verdict: Verdict::CannotTell,
        severity: Severity::Minor,
        message: "no weight".into(),
        mention_ids: vec![1],
        citation: "SmPC".into(),
    }];
    rows
}

pub fn bare(sequence: u64) -> Rows {
    Rows::of(&Document::new(sequence, "a.arrow", &format!("d{sequence}"), ""), Language::Unknown)
}

pub fn broken(sequence: u64, doc_id: &str) -> Rows {
    Rows::of_fault(Fault {
        sequence,
        shard: "a.arrow".into(),
        doc_id: doc_id.into(),
        kind: FaultKind::DuplicateId,
        byte_offset: Some(6),
        n_bytes: Some(9),
        what: "an earlier document has the same doc_id".into(),
        remedy: "rename it".into(),
    })
}

/// The rows of a run of `n` documents: full, bare and broken ones.
pub fn run_of(n: u64) -> impl Iterator<Item = Rows> {
    (0..n).map(|sequence| match sequence % 5 {
        1 => bare(sequence),
        3 => broken(sequence, &format!("d{}", sequence - 1)),
        _ => full(sequence),
    })
}

pub fn options(documents_per_part: u64) -> DatasetOptions {
    DatasetOptions { documents_per_part, ..DatasetOptions::new("inputs+model") }
}

pub fn create(dir: &Path, documents_per_part: u64) -> Box<Dataset> {
    Box::new(Dataset::create(dir, options(documents_per_part)).unwrap())
}

/// Every file of a dataset with its bytes.
pub fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(dir).unwrap().display().to_string(), std::fs::read(path).unwrap());
            }
        }
    }
    files
}
