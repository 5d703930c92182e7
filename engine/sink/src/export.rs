//! Handing a dataset on: tables as CSV, stage statements as oBDS XML for a cancer registry or as FHIR for a hospital's platform.
//!
//! An export is a pure function of the rows and of what the user says beside them (`Metadata`, `ExportSpec`): no clock, no text of a
//! document. What a format demands and neither gives is not made up; the statement is left out and listed in `left_out.csv` with a reason
//! and what to do. Knows the columns of the tables, nothing of how they came about.

mod date;
mod delimited;
mod fhir;
mod folder;
mod left_out;
mod metadata;
mod obds;
mod statement;

use std::collections::BTreeMap;
use std::path::PathBuf;

use befund_core::Failure;

use crate::read::{DatasetReader, ReadDocument};
use folder::Folder;
use left_out::LeftOut;
use metadata::{Facts, Metadata};

/// The format to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportTarget {
    /// Every table as CSV, and the stage statements once more for people.
    Csv,
    /// oBDS 3.0.4, the German registries' XML.
    Obds,
    /// FHIR R4 Bundles of Observations as in the oncology module of the German medical informatics initiative (MII).
    Fhir,
}

/// What kind of report a document is. It decides what a category without a prefix letter means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// A pathologist's report.
    Pathology,
    /// Any other.
    Clinical,
}

/// For whom CSV is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvDialect {
    /// RFC 4180 as R, DuckDB and pandas read it: comma, decimal point, no byte order mark.
    #[default]
    Programs,
    /// As Excel opens it by a double click under German settings: semicolon, decimal comma, byte order mark.
    Excel,
}

/// What to export, where to, and what the text does not say.
#[derive(Clone, Debug)]
pub struct ExportSpec {
    /// The dataset.
    pub dataset: PathBuf,
    /// Folder to write to; new or empty.
    pub out: PathBuf,
    /// Format.
    pub target: ExportTarget,
    /// CSV file with facts by document.
    pub metadata: Option<PathBuf>,
    /// Take the `doc_id` for the patient where the metadata name none.
    pub patient_id_from_doc_id: bool,
    /// Kind of all reports of which the metadata do not say it.
    pub report: Option<ReportKind>,
    /// Who sends (oBDS: `Absender_ID` and `Melder_ID`).
    pub sender_id: Option<String>,
    /// Date of the notification, `YYYY-MM-DD` (oBDS: `Meldedatum`).
    pub report_date: Option<String>,
    /// URI of the patient identifiers (FHIR: `Patient.identifier.system`).
    pub patient_system: Option<String>,
    /// Documents in one file (FHIR).
    pub documents_per_file: u64,
    /// For whom CSV is written.
    pub dialect: CsvDialect,
}

/// What became of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// Names of the files in the folder.
    pub files: Vec<String>,
    /// Stage statements written, or rows for CSV.
    pub n_exported: u64,
    /// Stage statements left out whole.
    pub n_left_out: u64,
    /// Of these, those that the user can mend with metadata or options.
    pub n_mendable: u64,
    /// Lines of `left_out.csv` by reason, parts of statements included.
    pub reasons: BTreeMap<String, u64>,
    /// Lines of the metadata whose document the dataset does not have.
    pub n_unused_metadata: u64,
}

/// Exports a dataset.
///
/// # Errors
/// The dataset or the metadata cannot be read, the folder is in use or cannot be written, or an option that the format needs is missing.
pub fn export(spec: &ExportSpec) -> Result<ExportReport, Failure> {
    match spec.target {
        ExportTarget::Csv => {
            // Before anything is made: is there a dataset?
            DatasetReader::open(&spec.dataset)?;
            let mut folder = Folder::create(&spec.out)?;
            let n_exported = delimited::write(&spec.dataset, spec.dialect, &mut folder)?;
            Ok(ExportReport { files: folder.finish()?, n_exported, ..ExportReport::default() })
        }
        ExportTarget::Obds => statements(spec, Box::new(obds::Notification::new(spec)?)),
        ExportTarget::Fhir => statements(spec, Box::new(fhir::Bundles::new(spec))),
    }
}

/// One format of stage statements.
trait Format {
    /// Takes the statements of one document; what is not exported goes to `left_out`.
    fn document(&mut self, source: &Source<'_>, left_out: &mut LeftOut, folder: &mut Folder) -> Result<(), Failure>;
    /// Writes what waits; returns the statements exported.
    fn close(self: Box<Self>, folder: &mut Folder) -> Result<u64, Failure>;
}

/// A document and what the user says of it.
struct Source<'a> {
    document: &'a ReadDocument,
    facts: Facts<'a>,
    patient_id: Option<&'a str>,
    kind: Option<ReportKind>,
}

fn statements(spec: &ExportSpec, mut format: Box<dyn Format>) -> Result<ExportReport, Failure> {
    let metadata = Metadata::read(spec.metadata.as_deref())?;
    let mut reader = DatasetReader::open(&spec.dataset)?;
    let mut folder = Folder::create(&spec.out)?;
    let mut left_out = LeftOut::create(&mut folder)?;
    let mut n_met = 0;
    while let Some(document) = reader.next_document()? {
        n_met += u64::from(document.is_ok && metadata.names(&document.doc_id));
        let facts = metadata.of(&document.doc_id);
        let patient_id = facts.get("patient_id").or(spec.patient_id_from_doc_id.then_some(document.doc_id.as_str()));
        let kind = facts.report().or(spec.report).or_else(|| by_section(&document));
        format.document(&Source { document: &document, facts, patient_id, kind }, &mut left_out, &mut folder)?;
    }
    let n_exported = format.close(&mut folder)?;
    let totals = left_out.close()?;
    Ok(ExportReport {
        files: folder.finish()?,
        n_exported,
        n_left_out: totals.n_statements,
        n_mendable: totals.n_mendable,
        reasons: totals.reasons,
        n_unused_metadata: metadata.n_documents().saturating_sub(n_met),
    })
}

/// Gross and microscopic descriptions stand in pathologists' reports only.
fn by_section(document: &ReadDocument) -> Option<ReportKind> {
    let theirs = |section: &Option<String>| matches!(section.as_deref(), Some("macroscopy" | "microscopy"));
    document.mentions.iter().any(|mention| theirs(&mention.section)).then_some(ReportKind::Pathology)
}
