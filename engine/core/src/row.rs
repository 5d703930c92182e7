//! The rows of the output tables, in the engine's coordinates. Column names and meanings: the output contract in `engine/ARCHITECTURE.md`.
//!
//! Rows carry byte spans; the sink turns them into code points and text. A field that is `None` was not stated and becomes null.

use std::sync::Arc;

use crate::document::Document;
use crate::fault::Fault;
use crate::layout::{Language, SectionKind};
use crate::mention::{Assertion, Fate, FoundBy, Label, Refusal, RelationType, Subject, Task, Temporality, names};
use crate::span::Span;

names! {
    /// The output tables.
    Table {
        /// One row a document, faults included.
        Documents = "documents",
        /// One row a mention.
        Mentions = "mentions",
        /// One row a relation.
        Relations = "relations",
        /// One row a TNM statement.
        Tnm = "tnm",
        /// One row a medication entry.
        Medications = "medications",
        /// One row a finding of a plausibility rule.
        Findings = "findings",
    }
}

/// Rows by table, in the order of `Table::ALL`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [u64; 6]);

impl Counts {
    /// Rows of one table.
    pub fn get(&self, table: Table) -> u64 {
        self.0[table as usize]
    }

    /// Adds to one table.
    pub fn add(&mut self, table: Table, n: u64) {
        self.0[table as usize] += n;
    }
}

/// Facts about the document itself.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Position in the input.
    pub sequence: u64,
    /// Identifier.
    pub doc_id: Arc<str>,
    /// Shard or file.
    pub shard: Arc<str>,
    /// SHA-256 of the text; `None` where it could not be read.
    pub text_sha256: Option<[u8; 32]>,
    /// Size of the text in bytes.
    pub n_bytes: Option<u64>,
    /// Size in code points.
    pub n_chars: Option<u64>,
    /// Sentences.
    pub n_sentences: u32,
    /// Tokens of all windows, special tokens and overlaps included.
    pub n_tokens: u64,
    /// Windows.
    pub n_windows: u32,
    /// Bytes of the sentences that the gate kept from the encoder.
    pub n_bytes_gated: u64,
    /// Main language.
    pub language: Language,
    /// The fault, where there is one.
    pub fault: Option<Fault>,
    /// Things worth a look that did not lose anything.
    pub warnings: Vec<String>,
}

/// One mention.
#[derive(Clone, Debug, PartialEq)]
pub struct MentionRow {
    /// Number within the document, from 0, in text order.
    pub mention_id: u32,
    /// Task.
    pub task: Task,
    /// Label.
    pub label: Label,
    /// Bytes.
    pub span: Span,
    /// Probability from the model.
    pub score: Option<f32>,
    /// Model, rule or both.
    pub found_by: FoundBy,
    /// Negation and the like.
    pub assertion: Assertion,
    /// When.
    pub temporality: Temporality,
    /// Whom.
    pub subject: Subject,
    /// Section by heading.
    pub section: SectionKind,
    /// Code system, e.g. "INN", "DrugBank", "HPO".
    pub system: Option<String>,
    /// Code in that system.
    pub code: Option<String>,
    /// Preferred name in that system.
    pub name: Option<String>,
    /// What becomes of a drug by the model; in no column, weighed for `MedicationRow::status`.
    pub fate: Option<Fate>,
}

/// A candidate for a stage that is not reported, or a mention that makes no statement. Not a table of the output: `befund explain` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// Label.
    pub label: Label,
    /// Bytes.
    pub span: Span,
    /// Model, rule or both.
    pub found_by: FoundBy,
    /// Why.
    pub reason: Refusal,
}

/// One relation between two mentions of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationRow {
    /// Number within the document.
    pub relation_id: u32,
    /// Type.
    pub kind: RelationType,
    /// `mention_id` of the drug.
    pub head: u32,
    /// `mention_id` of the other.
    pub tail: u32,
    /// Probability from the model.
    pub score: Option<f32>,
    /// How the text asserts it.
    pub assertion: Assertion,
}

names! {
    /// Whether a combination of categories exists in the classification.
    Validity {
        /// It does.
        Valid = "valid",
        /// It does not.
        Invalid = "invalid",
        /// Cannot be told: site or edition are not known.
        Unknown = "unknown",
    }
}

/// One TNM statement. Categories without their prefix letter: "2a", "1mi", "is", "X", "2-3", "+".
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct TnmRow {
    pub statement_id: u32,
    pub span: Span,
    pub t: Option<String>,
    pub n: Option<String>,
    pub m: Option<String>,
    pub t_prefix: Option<String>,
    pub n_prefix: Option<String>,
    pub m_prefix: Option<String>,
    pub y: bool,
    pub r_recurrence: bool,
    pub a_autopsy: bool,
    pub multiplicity: Option<String>,
    pub t_suffix: Option<String>,
    pub n_suffix: Option<String>,
    pub m_suffix: Option<String>,
    pub nodes_positive: Option<u32>,
    pub nodes_examined: Option<u32>,
    pub sentinel_positive: Option<u32>,
    pub sentinel_examined: Option<u32>,
    pub l: Option<String>,
    pub v: Option<String>,
    pub pn: Option<String>,
    pub s: Option<String>,
    pub r: Option<String>,
    pub grade: Option<String>,
    pub stage: Option<String>,
    pub stage_system: Option<String>,
    pub edition: Option<String>,
    pub gleason_primary: Option<u32>,
    pub gleason_secondary: Option<u32>,
    pub isup: Option<u32>,
    pub breslow_mm: Option<f64>,
    pub clark: Option<String>,
    pub site: Option<String>,
    pub assertion: Assertion,
    pub temporality: Temporality,
    pub validity: Validity,
    pub derived_stage: Option<String>,
    pub flags: Vec<String>,
    /// The mentions the statement was built from (`mention_id`s).
    pub mention_ids: Vec<u32>,
    pub site_code: Option<String>,
    pub site_source: Option<String>,
    pub formula: Option<String>,
    /// Of an inferred category; `None` for what is stated or follows from a count.
    pub score: Option<f32>,
}

names! {
    /// Whether a drug is taken.
    MedicationStatus {
        /// Taken now.
        Active = "active",
        /// Stopped or paused.
        Stopped = "stopped",
        /// To be started.
        Planned = "planned",
        /// Not to be given.
        Allergy = "allergy",
    }
}

/// One medication entry. Amounts are in the unit beside them; nothing is converted silently.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct MedicationRow {
    /// `mention_id` of the drug.
    pub mention_id: u32,
    pub drug: String,
    pub inn: Option<String>,
    pub code_system: Option<String>,
    pub code: Option<String>,
    pub strength_value: Option<f64>,
    pub strength_unit: Option<String>,
    pub form: Option<String>,
    pub route: Option<String>,
    pub schedule: Option<String>,
    /// Morning, noon, evening, night.
    pub doses: Option<[f64; 4]>,
    pub daily_value: Option<f64>,
    pub daily_unit: Option<String>,
    pub prn: bool,
    pub duration: Option<String>,
    pub indication: Option<String>,
    pub status: MedicationStatus,
    /// What to look at: `misspelt` (read as the drug one letter away), `tapering`, `status_by_model` (the words around it do not say so).
    pub flags: Vec<String>,
}

names! {
    /// Three-valued answer of a plausibility rule.
    Verdict {
        /// Checked and in order.
        Ok = "ok",
        /// Checked and not in order.
        Implausible = "implausible",
        /// Something needed was not stated.
        CannotTell = "cannot_tell",
    }
}

names! {
    /// How grave a finding is.
    Severity {
        /// For information.
        Info = "info",
        /// Minor.
        Minor = "minor",
        /// Major.
        Major = "major",
        /// Contraindicated.
        Contraindicated = "contraindicated",
    }
}

/// One answer of one plausibility rule.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct FindingRow {
    pub finding_id: u32,
    pub rule_id: String,
    pub verdict: Verdict,
    pub severity: Severity,
    pub message: String,
    pub mention_ids: Vec<u32>,
    pub citation: String,
}

/// Everything one document gives.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The document whose text the spans point into; `None` for a fault.
    pub document: Option<Document>,
    /// Its row.
    pub row: DocumentRow,
    /// Its mentions, ordered by span.
    pub mentions: Vec<MentionRow>,
    /// Its relations.
    pub relations: Vec<RelationRow>,
    /// Its TNM statements.
    pub tnm: Vec<TnmRow>,
    /// Its medication entries.
    pub medications: Vec<MedicationRow>,
    /// Its findings.
    pub findings: Vec<FindingRow>,
    /// What was looked at for a stage and is not reported, ordered by span; empty unless somebody asked why.
    pub refused: Vec<RefusedRow>,
}

impl Rows {
    /// Rows of a document in which nothing has been looked at yet.
    pub fn of(document: &Document, language: Language) -> Self {
        let text = document.text();
        let row = DocumentRow {
            sequence: document.sequence,
            doc_id: document.doc_id.clone(),
            shard: document.shard.clone(),
            text_sha256: None,
            n_bytes: Some(text.len() as u64),
            n_chars: Some(text.chars().count() as u64),
            n_sentences: 0,
            n_tokens: 0,
            n_windows: 0,
            n_bytes_gated: 0,
            language,
            fault: None,
            warnings: Vec::new(),
        };
        Self::with(Some(document.clone()), row)
    }

    /// The row that a fault leaves behind.
    pub fn of_fault(fault: Fault) -> Self {
        let row = DocumentRow {
            sequence: fault.sequence,
            doc_id: fault.doc_id.clone(),
            shard: fault.shard.clone(),
            text_sha256: None,
            n_bytes: fault.n_bytes,
            n_chars: None,
            n_sentences: 0,
            n_tokens: 0,
            n_windows: 0,
            n_bytes_gated: 0,
            language: Language::Unknown,
            fault: Some(fault),
            warnings: Vec::new(),
        };
        Self::with(None, row)
    }

    fn with(document: Option<Document>, row: DocumentRow) -> Self {
        Self {
            document,
            row,
            mentions: Vec::new(),
            relations: Vec::new(),
            tnm: Vec::new(),
            medications: Vec::new(),
            findings: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Rows by table.
    pub fn counts(&self) -> Counts {
        Counts([
            1,
            self.mentions.len() as u64,
            self.relations.len() as u64,
            self.tnm.len() as u64,
            self.medications.len() as u64,
            self.findings.len() as u64,
        ])
    }
}
