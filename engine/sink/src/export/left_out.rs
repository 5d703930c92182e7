//! `left_out.csv`: every statement, or part of one, that an export does not have, why, and what to do about it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use befund_core::Failure;

use super::folder::{Folder, cannot_write};

const NAME: &str = "left_out.csv";

/// Why something is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A relative's stage.
    Family,
    /// Negated, suspected or hypothetical.
    NotAffirmed,
    /// Past or planned.
    NotCurrent,
    /// Inferred from a description, not stated.
    Inferred,
    /// Neither T, N, M nor a stage group.
    NoCategory,
    /// The same categories were exported for this document and site.
    Repeated,
    /// A category has no c, p or u, and nobody says that the report is a pathologist's.
    PrefixNotStated,
    /// The format demands a fact that no one gave: the column of the metadata.
    Missing(&'static str),
    /// Another document of this patient came with other particulars.
    PatientDiffers,
    /// The patient's identifier does not fit the format.
    PatientIdUnfit,
    /// The ICD-10 code does not follow from the topography.
    Icd10Unclear,
    /// The text does not say which system a stage group is of.
    SystemNotStated,
    /// The format has a place for it in a pathologist's report, and nobody says that this is one.
    ReportNotStated,
    /// A range is no category.
    Range,
    /// The format has no code for it.
    NoCode,
    /// The format has no place for it.
    NoPlace,
}

impl Reason {
    /// Stable name.
    pub fn name(self) -> String {
        match self {
            Self::Family => "family",
            Self::NotAffirmed => "not_affirmed",
            Self::NotCurrent => "not_current",
            Self::Inferred => "inferred",
            Self::NoCategory => "no_category",
            Self::Repeated => "repeated",
            Self::PrefixNotStated => "prefix_not_stated",
            Self::Missing(field) => return format!("missing_{field}"),
            Self::PatientDiffers => "patient_differs",
            Self::PatientIdUnfit => "patient_id_unfit",
            Self::Icd10Unclear => "icd10_unclear",
            Self::SystemNotStated => "system_not_stated",
            Self::ReportNotStated => "report_not_stated",
            Self::Range => "range",
            Self::NoCode => "no_code",
            Self::NoPlace => "no_place",
        }
        .to_owned()
    }

    /// What to do.
    fn remedy(self) -> String {
        match self {
            Self::Family => "nothing: it is about a relative",
            Self::NotAffirmed => "nothing: it is negated, suspected or explained",
            Self::NotCurrent => "nothing: it is past or planned",
            Self::Inferred => "read the report: the stage was inferred, not stated",
            Self::NoCategory => "nothing: there is neither T, N, M nor a stage group",
            Self::Repeated => "nothing: the same was exported before",
            Self::PrefixNotStated => {
                "say --report pathology, or set report in the metadata, if the report is a pathologist's"
            }
            Self::Missing("patient_id") => "set patient_id in the metadata, or say --patient-id-from doc_id",
            Self::Missing("icd10") => "set icd10 in the metadata; the text gave no site",
            Self::Missing(field) => return format!("set {field} in the metadata (--metadata; doc_id * holds for all)"),
            Self::PatientDiffers => "make name, sex, birth and insurance of this patient agree in the metadata",
            Self::PatientIdUnfit => "give an identifier of 1 to 50 characters as patient_id in the metadata",
            Self::Icd10Unclear => "set icd10 in the metadata: it does not follow from this site and T",
            Self::SystemNotStated => "read the report: a stage group of UICC, FIGO or another system?",
            Self::ReportNotStated => {
                "say --report pathology, or set report in the metadata, if the report is a pathologist's"
            }
            Self::Range => "read the report: a range is not one category",
            Self::NoCode => "nothing: the format has no code for this value",
            Self::NoPlace => "nothing: the format has no place for this",
        }
        .to_owned()
    }

    fn is_mendable(self) -> bool {
        matches!(
            self,
            Self::PrefixNotStated | Self::Missing(_) | Self::PatientDiffers | Self::PatientIdUnfit | Self::Icd10Unclear
        )
    }
}

/// What was left out, in figures.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// Statements left out whole.
    pub n_statements: u64,
    /// Of these, those with a reason that the user can mend.
    pub n_mendable: u64,
    /// Lines by reason.
    pub reasons: BTreeMap<String, u64>,
}

/// The list that is being written.
pub(crate) struct LeftOut {
    lines: csv::Writer<BufWriter<File>>,
    totals: Totals,
}

impl LeftOut {
    /// Begins the list.
    pub fn create(folder: &mut Folder) -> Result<Self, Failure> {
        let mut lines = csv::Writer::from_writer(folder.file(NAME)?);
        lines.write_record(["doc_id", "statement_id", "part", "reason", "what_to_do"]).map_err(failed)?;
        Ok(Self { lines, totals: Totals::default() })
    }

    /// A whole statement.
    pub fn statement(&mut self, doc_id: &str, statement_id: u64, reasons: &[Reason]) -> Result<(), Failure> {
        self.totals.n_statements += 1;
        self.totals.n_mendable += u64::from(reasons.iter().any(|reason| reason.is_mendable()));
        reasons.iter().try_for_each(|reason| self.line(doc_id, statement_id, "statement", *reason))
    }

    /// Parts of a statement that is exported otherwise.
    pub fn parts(&mut self, doc_id: &str, statement_id: u64, parts: &[(&str, Reason)]) -> Result<(), Failure> {
        parts.iter().try_for_each(|(part, reason)| self.line(doc_id, statement_id, part, *reason))
    }

    fn line(&mut self, doc_id: &str, statement_id: u64, part: &str, reason: Reason) -> Result<(), Failure> {
        let name = reason.name();
        let line = [doc_id, &statement_id.to_string(), part, &name, &reason.remedy()];
        self.lines.write_record(line).map_err(failed)?;
        *self.totals.reasons.entry(name).or_default() += 1;
        Ok(())
    }

    /// Ends the list.
    pub fn close(mut self) -> Result<Totals, Failure> {
        self.lines.flush().map_err(failed)?;
        Ok(self.totals)
    }
}

fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    cannot_write(Path::new(NAME), cause)
}
