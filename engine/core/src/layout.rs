//! How a document is laid out: its language, sections and sentences.

use crate::span::Span;

/// Language of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
    /// Too little text to tell.
    #[default]
    Unknown,
}

impl Language {
    /// ISO 639-1 code; `None` where unknown.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::De => Some("de"),
            Self::En => Some("en"),
            Self::Unknown => None,
        }
    }
}

/// What a section is about, read from its heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Text before any heading, or under one that is not known.
    #[default]
    Body,
    /// Diagnoses, pathological diagnosis.
    Diagnosis,
    /// History of the present illness, clinical details.
    History,
    /// Past medical history, earlier diagnoses.
    PastHistory,
    /// Family history.
    FamilyHistory,
    /// Allergies and intolerances.
    Allergies,
    /// Medication on admission or current.
    Medication,
    /// Medication at discharge, recommended.
    DischargeMedication,
    /// Findings of an examination.
    Findings,
    /// Laboratory values.
    Laboratory,
    /// Gross description.
    Macroscopy,
    /// Microscopic description.
    Microscopy,
    /// Procedures, operations, therapy.
    Procedure,
    /// Course, epicrisis, comment, assessment.
    Assessment,
    /// Plan, recommendation.
    Plan,
    /// Adverse reactions.
    AdverseReactions,
}

impl SectionKind {
    /// Stable name in the `section` column; `None` for the body.
    pub fn as_str(self) -> Option<&'static str> {
        Some(match self {
            Self::Body => return None,
            Self::Diagnosis => "diagnosis",
            Self::History => "history",
            Self::PastHistory => "past_history",
            Self::FamilyHistory => "family_history",
            Self::Allergies => "allergies",
            Self::Medication => "medication",
            Self::DischargeMedication => "discharge_medication",
            Self::Findings => "findings",
            Self::Laboratory => "laboratory",
            Self::Macroscopy => "macroscopy",
            Self::Microscopy => "microscopy",
            Self::Procedure => "procedure",
            Self::Assessment => "assessment",
            Self::Plan => "plan",
            Self::AdverseReactions => "adverse_reactions",
        })
    }
}

/// A stretch of the document under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// From the heading to the next one.
    pub span: Span,
    /// What it is about.
    pub kind: SectionKind,
}

/// A sentence, list item, table row or heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// Index into `Layout::sections`.
    pub section: u32,
}

/// The layout of one document. Sections cover the text without gaps; sentences are ordered and do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Main language.
    pub language: Language,
    /// Sections in text order, at least one for a text that is not empty.
    pub sections: Vec<Section>,
    /// Sentences in text order.
    pub sentences: Vec<Sentence>,
}

impl Layout {
    /// Index of the sentence that holds byte `at`, or of the last one that begins before it.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }

    /// Kind of the section that holds byte `at`.
    pub fn section_at(&self, at: u32) -> SectionKind {
        let index = self.sections.partition_point(|section| section.span.start <= at);
        index.checked_sub(1).map_or(SectionKind::Body, |index| self.sections[index].kind)
    }
}
