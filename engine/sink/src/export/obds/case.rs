//! A statement as a Meldung: with whom, which tumour, and what was decided on the way.
//!
//! A pathologist's report becomes `Pathologie`, any other `Diagnose`. Knows nothing of how a patient's Meldungen are gathered.

use super::super::left_out::Reason;
use super::super::metadata::{is_icd10, is_id};
use super::super::statement::Statement;
use super::super::{ReportKind, Source};
use super::element::Element;
use super::tnm::{self, Formula, Lost};
use super::{icd, person};

/// ICD-O-3, second revision (2019). The topography is the same in all of them.
const ICD_O_VERSION: &str = "33";

/// What is needed for a Meldung.
pub(crate) struct Case {
    pub patient_id: String,
    pub person: Element,
    /// Parts of the statement that go unexported.
    pub parts: Lost,
    icd10: String,
    formula: Option<Formula>,
    /// Elements before and after the formula, in the order of `Pathologie_Typ` and `Diagnose_Typ`.
    topography: Option<Element>,
    histology: Option<Element>,
    residual: Option<Element>,
    others: Vec<Element>,
    modules: Vec<Element>,
    notes: Vec<Element>,
}

/// The case of a statement, or everything that stands against it.
pub(crate) fn of(source: &Source<'_>, statement: Statement<'_>) -> Result<Case, Vec<Reason>> {
    let mut reasons = Vec::new();
    let mut flags: Vec<String> = statement.flags().into_iter().map(str::to_owned).collect();
    let mut parts = Lost::new();
    let formula = tnm::formula(&statement, source, &mut parts, &mut flags).unwrap_or_else(|reason| {
        reasons.push(reason);
        None
    });
    let others = tnm::others(&statement);
    if formula.is_none() && others.is_empty() && reasons.is_empty() {
        reasons.push(parts.first().map_or(Reason::NoCategory, |(_, reason)| *reason));
    }
    let patient_id = source.patient_id.unwrap_or("");
    match source.patient_id {
        None => reasons.push(Reason::Missing("patient_id")),
        Some(id) if !is_id(id) => reasons.push(Reason::PatientIdUnfit),
        Some(_) => {}
    }
    let person = person::of(&source.facts).map_err(|missing| reasons.extend(missing));
    let icd10 = icd10(source, &statement, &mut flags).map_err(|reason| reasons.push(reason));
    for field in ["icd10_version", "diagnosis_date", "notification_basis", "own_service"] {
        if source.facts.get(field).is_none() {
            reasons.push(Reason::Missing(field));
        }
    }
    let (true, Ok(person), Ok(icd10)) = (reasons.is_empty(), person, icd10) else { return Err(reasons) };
    let residual = residual(source, &statement, &mut parts);
    if statement.text("validity") == Some("invalid") {
        flags.push("invalid".into());
    }
    Ok(Case {
        patient_id: patient_id.to_owned(),
        person,
        topography: statement.topography().filter(|code| code.len() > 3).map(topography),
        histology: tnm::histology(&statement, source, &mut parts),
        residual,
        modules: modules(&statement, &icd10, &mut parts),
        notes: notes(&statement, &flags),
        icd10,
        formula,
        others,
        parts,
    })
}

impl Case {
    /// Whether the document says the same of the same tumour once more.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.icd10 == other.icd10 && self.formula == other.formula && self.others == other.others
    }

    /// Whether the two cannot be about one tumour: the same document stages each of them in the same way.
    pub fn competes_with(&self, other: &Self) -> bool {
        let basis = |case: &Self| case.formula.as_ref().map(|formula| formula.is_pathological);
        self.icd10 == other.icd10 && basis(self) == basis(other)
    }

    /// The element. `ordinal` tells tumours of one site apart.
    pub fn meldung(&self, source: &Source<'_>, reporter: &str, id: &str, ordinal: usize) -> Element {
        let fact = |field| source.facts.get(field).unwrap_or("");
        let (diagnosed, accuracy) =
            source.facts.date("diagnosis_date").map_or_else(Default::default, |date| date.estimated());
        let numbered = format!("{}-{ordinal}", self.icd10);
        let tumour = Element::new("Tumorzuordnung")
            .attribute("Tumor_ID", source.facts.get("tumour_id").unwrap_or(&numbered))
            .with(coded("Primaertumor_ICD", &self.icd10, fact("icd10_version")))
            .with(Element::text("Diagnosedatum", &diagnosed).attribute("Datumsgenauigkeit", accuracy))
            .with_each(source.facts.get("side").map(|side| Element::text("Seitenlokalisation", side)))
            .with_each(tnm::morphology(source));
        let notes = Element::new("Menge_Zusatzitem").with_each(self.notes.iter().cloned());
        Element::new("Meldung")
            .attribute("Meldung_ID", id)
            .attribute("Melder_ID", reporter)
            .with(Element::text("Meldebegruendung", fact("notification_basis")))
            .with(Element::text("Eigene_Leistung", fact("own_service")))
            .with(tumour)
            .with(self.report(source))
            .with_each(Some(notes).filter(|notes| !notes.is_empty()))
    }

    fn report(&self, source: &Source<'_>) -> Element {
        let is_pathology = source.kind == Some(ReportKind::Pathology);
        let certainty = source.facts.get("certainty").filter(|code| !is_pathology || !["1", "2"].contains(code));
        let others = Element::new("Menge_Weitere_Klassifikation").with_each(self.others.iter().cloned());
        let common = Element::new(if is_pathology { "Pathologie" } else { "Diagnose" })
            .with_each(self.topography.clone())
            .with(Element::text("Diagnosesicherung", certainty.unwrap_or("9")))
            .with_each(self.histology.clone())
            .with_each(self.formula.as_ref().map(|formula| formula.element.clone()))
            .with_each(self.residual.clone())
            .with_each(Some(others).filter(|others| !others.is_empty()));
        let last = if is_pathology {
            let house = source.facts.get("referrer").map(|house| Element::text("Einrichtung", house));
            Element::new("Einsender").with(Element::new("strukturiert").with_each(house))
        } else {
            Element::text("Allgemeiner_Leistungszustand", "U")
        };
        common.with(last).with_each(self.modules.iter().cloned())
    }
}

fn icd10(source: &Source<'_>, statement: &Statement<'_>, flags: &mut Vec<String>) -> Result<String, Reason> {
    if let Some(code) = source.facts.get("icd10") {
        return Ok(code.to_owned());
    }
    let site = statement.topography().ok_or(Reason::Missing("icd10"))?;
    let code =
        icd::of_topography(site, statement.text("t")).filter(|code| is_icd10(code)).ok_or(Reason::Icd10Unclear)?;
    flags.push("icd10_from_site".into());
    Ok(code)
}

fn residual(source: &Source<'_>, statement: &Statement<'_>, lost: &mut Lost) -> Option<Element> {
    let code = tnm::residual(statement, lost)?;
    if source.kind == Some(ReportKind::Pathology) {
        return Some(Element::text("Lokale_Beurteilung_Residualstatus", &code));
    }
    lost.push(("R", if source.kind.is_none() { Reason::ReportNotStated } else { Reason::NoPlace }));
    None
}

/// Gleason for the prostate, Breslow for melanoma: the modules of the organ.
fn modules(statement: &Statement<'_>, icd10: &str, lost: &mut Lost) -> Vec<Element> {
    let mut modules = Vec::new();
    if let (Some(first), Some(second)) = (statement.count("gleason_primary"), statement.count("gleason_secondary")) {
        if icd10.starts_with("C61") && (1..=5).contains(&first) && (1..=5).contains(&second) {
            let sum = match (first, second) {
                (3, 4) => "7a".to_owned(),
                (4, 3) => "7b".to_owned(),
                _ => (first + second).to_string(),
            };
            let score = Element::new("GleasonScore")
                .with(Element::text("GradPrimaer", &first.to_string()))
                .with(Element::text("GradSekundaer", &second.to_string()))
                .with(Element::text("ScoreErgebnis", &sum));
            modules.push(Element::new("Modul_Prostata").with(score));
        } else {
            lost.push(("gleason", Reason::NoPlace));
        }
    }
    if let Some(depth) = statement.number("breslow_mm") {
        let is_melanoma = icd10.starts_with("C43") || icd10.starts_with("D03");
        if is_melanoma && (0.01..=99.0).contains(&depth) {
            let depth = Element::text("Tumordicke", &format!("{depth:.2}"));
            modules.push(Element::new("Modul_Malignes_Melanom").with(depth));
        } else {
            lost.push(("breslow_mm", Reason::NoPlace));
        }
    }
    modules
}

/// What the registry should see: flags, and the stage group that Befund derived beside the stated one.
fn notes(statement: &Statement<'_>, flags: &[String]) -> Vec<Element> {
    let note = |kind: &str, value: &str| {
        Element::new("Zusatzitem").with(Element::text("Art", kind)).with(Element::text("Wert", value))
    };
    let flags = flags.iter().map(|flag| note("befund flag", flag));
    flags.chain(statement.text("derived_stage").map(|stage| note("befund derived stage", stage))).collect()
}

fn topography(code: &str) -> Element {
    coded("Primaertumor_Topographie_ICD_O", code, ICD_O_VERSION)
}

fn coded(name: &'static str, code: &str, version: &str) -> Element {
    Element::new(name).with(Element::text("Code", code)).with(Element::text("Version", version))
}
