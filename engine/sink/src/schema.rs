//! The output tables: names, types and meanings of their columns. This is the contract that users' queries stand on.
//!
//! `befund schema` prints it, the writers and readers are built from it. Knows nothing of rows or files.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use befund_core::Table;

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8.
    Text,
    /// UTF-8 out of a small set, dictionary-encoded.
    Name,
    /// 32-bit unsigned.
    U32,
    /// 64-bit unsigned.
    U64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// True or false.
    Bool,
    /// List of 32-bit unsigned.
    U32s,
    /// List of 64-bit floats.
    F64s,
    /// List of UTF-8.
    Texts,
}

impl ColumnType {
    /// The type in words, for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Name => "string (dictionary)",
            Self::U32 => "uint32",
            Self::U64 => "uint64",
            Self::F32 => "float32",
            Self::F64 => "float64",
            Self::Bool => "bool",
            Self::U32s => "list<uint32>",
            Self::F64s => "list<float64>",
            Self::Texts => "list<string>",
        }
    }

    /// The type in Arrow's terms.
    pub fn arrow(self) -> DataType {
        let list = |of: DataType| DataType::List(list_item(of));
        match self {
            Self::Text => DataType::Utf8,
            Self::Name => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Self::U32 => DataType::UInt32,
            Self::U64 => DataType::UInt64,
            Self::F32 => DataType::Float32,
            Self::F64 => DataType::Float64,
            Self::Bool => DataType::Boolean,
            Self::U32s => list(DataType::UInt32),
            Self::F64s => list(DataType::Float64),
            Self::Texts => list(DataType::Utf8),
        }
    }
}

/// The field inside a list; "element" is the name that the Parquet specification gives it.
pub(crate) fn list_item(data_type: DataType) -> Arc<Field> {
    Arc::new(Field::new("element", data_type, false))
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable name.
    pub name: &'static str,
    /// Type.
    pub kind: ColumnType,
    /// Whether it may be null: not stated, or not known.
    pub nullable: bool,
    /// What it holds.
    pub meaning: &'static str,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// Which.
    pub table: Table,
    /// What a row is.
    pub meaning: &'static str,
    /// Columns in order.
    pub columns: &'static [Column],
}

impl TableSchema {
    /// As an Arrow schema, without metadata.
    pub fn arrow(&self) -> Schema {
        let fields = self.columns.iter().map(|column| Field::new(column.name, column.kind.arrow(), column.nullable));
        Schema::new(fields.collect::<Vec<_>>())
    }
}

/// All tables, in the order of `Table::ALL`.
pub fn tables() -> Vec<TableSchema> {
    Table::ALL.iter().map(|table| of(*table)).collect()
}

/// One table.
pub(crate) fn of(table: Table) -> TableSchema {
    let (meaning, columns): (_, &'static [Column]) = match table {
        Table::Documents => ("one row a document, also where it could not be read", DOCUMENTS),
        Table::Mentions => ("one row a stretch of text that names something", MENTIONS),
        Table::Relations => ("one row a relation between two mentions of a document", RELATIONS),
        Table::Tnm => ("one row a statement of tumour stage", TNM),
        Table::Medications => ("one row a medication entry", MEDICATIONS),
        Table::Findings => ("one row an answer of a plausibility rule", FINDINGS),
    };
    TableSchema { table, meaning, columns }
}

const fn required(name: &'static str, kind: ColumnType, meaning: &'static str) -> Column {
    Column { name, kind, nullable: false, meaning }
}

const fn optional(name: &'static str, kind: ColumnType, meaning: &'static str) -> Column {
    Column { name, kind, nullable: true, meaning }
}

use ColumnType::{Bool, F32, F64, F64s, Name, Text, Texts, U32, U32s, U64};

const DOC_ID: Column = required("doc_id", Text, "identifier of the document, as given in the input");
const BEGIN: Column = required("begin", U32, "first code point (as in a Python slice)");
const END: Column = required("end", U32, "one past the last code point");
const BYTE_BEGIN: Column = required("byte_begin", U32, "first UTF-8 byte");
const BYTE_END: Column = required("byte_end", U32, "one past the last UTF-8 byte");
const SPAN_TEXT: Column = required("text", Text, "the text between begin and end, unchanged");
const ASSERTION: Column = required("assertion", Name, "affirmed, negated, possible or hypothetical");
const TEMPORALITY: Column = required("temporality", Name, "current, history or planned");

const DOCUMENTS: &[Column] = &[
    DOC_ID,
    required("shard", Name, "shard or file it came from, as given"),
    optional("text_sha256", Text, "SHA-256 of the UTF-8 text in hex; null where it could not be read"),
    optional("n_bytes", U64, "size of the text in bytes"),
    optional("n_chars", U64, "size of the text in code points"),
    required("n_sentences", U32, "sentences, list items and headings"),
    required("n_tokens", U64, "tokens of the windows that the encoder read, special tokens and overlaps included"),
    required("n_windows", U32, "those windows"),
    optional("language", Name, "de or en; null where it cannot be told"),
    required("status", Name, "ok or fault"),
    optional("fault", Text, "why there are no annotations: kind, what happened, byte"),
    required("n_mentions", U32, "rows in mentions"),
    required("n_warnings", U32, "things worth a look that did not lose anything"),
    required("warnings", Texts, "those things"),
    required(
        "n_bytes_gated",
        U64,
        "bytes of the sentences that the encoder was spared: the rules leave nothing open there",
    ),
];

const MENTIONS: &[Column] = &[
    DOC_ID,
    required("mention_id", U32, "number within the document, in text order"),
    required("task", Name, "tnm, ade or medication"),
    required("label", Name, "what the mention is (datasets/LABELS.md)"),
    BEGIN,
    END,
    BYTE_BEGIN,
    BYTE_END,
    SPAN_TEXT,
    optional("score", F32, "probability from the model; null from a rule alone"),
    required("found_by", Name, "model, rule or both"),
    ASSERTION,
    TEMPORALITY,
    required("subject", Name, "patient, family or other"),
    optional("section", Name, "kind of section by its heading; null in the body"),
    optional("system", Name, "code system, such as INN"),
    optional("code", Text, "code in that system"),
    optional("name", Text, "preferred name in that system"),
];

const RELATIONS: &[Column] = &[
    DOC_ID,
    required("relation_id", U32, "number within the document"),
    required(
        "type",
        Name,
        "causes, treats, strength_of, form_of, dose_of, frequency_of, route_of, duration_of or reason_of",
    ),
    required("head", U32, "mention_id of the drug"),
    required("tail", U32, "mention_id of what it is related to"),
    optional("score", F32, "probability from the model; null from a rule alone"),
    ASSERTION,
];

const TNM: &[Column] = &[
    DOC_ID,
    required("statement_id", U32, "number within the document"),
    BEGIN,
    END,
    BYTE_BEGIN,
    BYTE_END,
    SPAN_TEXT,
    optional("t", Text, "T category without its letter: 2a, 1mi, is, X, 2-3"),
    optional("n", Text, "N category without its letter: 0, 1a, X, +"),
    optional("m", Text, "M category without its letter: 0, 1a, X"),
    optional("t_prefix", Name, "c, p or u as stated for T; null when not stated"),
    optional("n_prefix", Name, "c, p or u as stated for N; null when not stated"),
    optional("m_prefix", Name, "c, p or u as stated for M; null when not stated"),
    required("y", Bool, "y: after therapy"),
    required("r_recurrence", Bool, "r: recurrence"),
    required("a_autopsy", Bool, "a: first found at autopsy"),
    optional("multiplicity", Text, "m-symbol: m, m2, 3"),
    optional("t_suffix", Text, "suffix of T"),
    optional("n_suffix", Text, "suffix of N: (sn), (i+), (mol-)"),
    optional("m_suffix", Text, "suffix of M: (i+)"),
    optional("nodes_positive", U32, "lymph nodes with tumour"),
    optional("nodes_examined", U32, "lymph nodes examined"),
    optional("sentinel_positive", U32, "sentinel nodes with tumour"),
    optional("sentinel_examined", U32, "sentinel nodes examined"),
    optional("l", Text, "lymphatic invasion: 0, 1, X"),
    optional("v", Text, "venous invasion: 0, 1, 2, X"),
    optional("pn", Text, "perineural invasion: 0, 1, X"),
    optional("s", Text, "serum markers: 0 to 3, X"),
    optional("r", Text, "residual tumour: 0, 1, 2, X, 1(is), 1(cy+)"),
    optional("grade", Text, "grade: 1 to 4, X, low, high, 2-3"),
    optional("stage", Text, "stage group as stated: IIIB"),
    optional("stage_system", Name, "uicc, figo, ann_arbor, dukes or masaoka"),
    optional("edition", Text, "edition of the classification as stated"),
    optional("gleason_primary", U32, "primary Gleason pattern"),
    optional("gleason_secondary", U32, "secondary Gleason pattern"),
    optional("isup", U32, "ISUP grade group"),
    optional("breslow_mm", F64, "Breslow depth in mm"),
    optional("clark", Text, "Clark level"),
    optional("site", Text, "site of the tumour: breast, colon; null where it cannot be told"),
    ASSERTION,
    TEMPORALITY,
    required("validity", Name, "valid, invalid or unknown: whether the categories exist for the site and edition"),
    optional(
        "derived_stage",
        Text,
        "stage group derived from T, N, M by site and edition (UICC; AJCC where only it is named), beside the stated one",
    ),
    required(
        "flags",
        Texts,
        "what to look at: inferred (not stated), ocr_zero, inherited_prefix, range, conflict, m_assumed, stage_differs, ...",
    ),
    required("mention_ids", U32s, "mention_ids the statement was built from"),
    optional("site_code", Name, "ICD-O-3 topography of the site: C50, C50.4"),
    optional("site_source", Name, "how the site is known: code (in the text), metadata or words"),
    optional(
        "formula",
        Text,
        "the statement in one way of writing: ypT2 pN1a(2/14) cM0 L1 G2; null where it has no component",
    ),
    optional(
        "score",
        F32,
        "share of categories inferred so that is right (--infer); null for what is stated or follows from a node count",
    ),
];

const MEDICATIONS: &[Column] = &[
    DOC_ID,
    required("mention_id", U32, "mention_id of the drug"),
    required("drug", Text, "drug as written"),
    optional("inn", Text, "English international nonproprietary name, without salt"),
    optional("code_system", Name, "system of code"),
    optional("code", Text, "code of the substance"),
    optional("strength_value", F64, "amount of substance in one unit of the form"),
    optional("strength_unit", Text, "unit of strength_value"),
    optional("form", Text, "dosage form"),
    optional("route", Text, "route"),
    optional("schedule", Text, "schedule as written"),
    optional("doses", F64s, "units of the form in the morning, at noon, in the evening, at night"),
    optional("daily_value", F64, "amount a day, where it can be computed"),
    optional("daily_unit", Text, "unit of daily_value"),
    required("prn", Bool, "only when needed"),
    optional("duration", Text, "how long, as written"),
    optional("indication", Text, "what it is taken for, as written"),
    required("status", Name, "active, stopped, planned or allergy"),
    required(
        "flags",
        Texts,
        "what to look at: misspelt (read as the drug one letter away), tapering, status_by_model (the words do not say so)",
    ),
];

const FINDINGS: &[Column] = &[
    DOC_ID,
    required("finding_id", U32, "number within the document"),
    required("rule_id", Name, "the rule"),
    required("verdict", Name, "ok, implausible or cannot_tell"),
    required("severity", Name, "info, minor, major or contraindicated"),
    required("message", Text, "what was found"),
    required("mention_ids", U32s, "mention_ids it is about"),
    required("citation", Text, "source of the rule"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The column lists of the output contract, word by word.
    const CONTRACT: [(&str, &str); 6] = [
        (
            "documents",
            "doc_id shard text_sha256 n_bytes n_chars n_sentences n_tokens n_windows language status fault n_mentions n_warnings",
        ),
        (
            "mentions",
            "doc_id mention_id task label begin end byte_begin byte_end text score found_by assertion temporality subject section \
             system code name",
        ),
        ("relations", "doc_id relation_id type head tail score assertion"),
        (
            "tnm",
            "doc_id statement_id begin end byte_begin byte_end text t n m t_prefix n_prefix m_prefix y r_recurrence a_autopsy \
             multiplicity t_suffix n_suffix m_suffix nodes_positive nodes_examined sentinel_positive sentinel_examined l v pn s r \
             grade stage stage_system edition gleason_primary gleason_secondary isup breslow_mm clark site assertion temporality \
             validity derived_stage flags",
        ),
        (
            "medications",
            "doc_id mention_id drug inn code_system code strength_value strength_unit form route schedule doses daily_value \
             daily_unit prn duration indication status flags",
        ),
        ("findings", "doc_id finding_id rule_id verdict severity message mention_ids citation"),
    ];

    #[test]
    fn every_table_begins_with_the_columns_of_the_contract_in_their_order() {
        for (table, (name, columns)) in tables().iter().zip(CONTRACT) {
            assert_eq!(table.table.as_str(), name);
            let have: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            let want: Vec<&str> = columns.split_whitespace().collect();
            assert_eq!(have[..want.len()], want, "{name}");
            assert!(table.columns.iter().all(|column| !column.meaning.is_empty()));
        }
    }
}
