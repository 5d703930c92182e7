//! oBDS 3.0.4: each stage statement that holds becomes a Meldung of a German cancer registry's XML.
//!
//! The schema is `oBDS_v3.0.4.xsd` of Plattform §65c (basisdatensatz.de); `scripts/check_exports.py` validates against it. In oBDS a
//! missing prefix letter means c, so every category is written with its letter or not at all. Flags of the statement and what was decided
//! here go with it as `Menge_Zusatzitem`, so that the registry sees them.

mod case;
mod element;
mod icd;
mod person;
mod tnm;

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use befund_core::Failure;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use sha2::{Digest, Sha256};

use super::date::PartialDate;
use super::folder::{Folder, cannot_write};
use super::left_out::{LeftOut, Reason};
use super::metadata::{is_id, is_line};
use super::statement::Statement;
use super::{ExportSpec, Format, Source};
use case::Case;
use element::Element;

const NAME: &str = "obds.xml";
const NAMESPACE: &str = "http://www.basisdatensatz.de/oBDS/XML";

/// A file of Meldungen in the making. Patients may come again in any document, so they wait until the end.
pub(crate) struct Notification {
    sender_id: String,
    report_date: String,
    patients: Vec<Patient>,
    places: HashMap<String, usize>,
    n_cases: u64,
}

struct Patient {
    id: String,
    person: Element,
    cases: Vec<Element>,
}

impl Notification {
    /// A notification without cases.
    pub fn new(spec: &ExportSpec) -> Result<Self, Failure> {
        let sender_id = spec.sender_id.clone().filter(|id| is_id(id) && is_line(id)).ok_or_else(|| {
            Failure::new(
                "oBDS names its sender",
                "give --sender-id: the identifier that the registry gave you, 1 to 50 characters",
            )
        })?;
        let is_exact = |date: &String| PartialDate::parse(date).is_some_and(PartialDate::is_exact);
        let report_date = spec.report_date.clone().filter(is_exact).ok_or_else(|| {
            Failure::new(
                "oBDS states the day of the notification",
                "give --report-date YYYY-MM-DD, up to the year 2029",
            )
        })?;
        Ok(Self { sender_id, report_date, patients: Vec::new(), places: HashMap::new(), n_cases: 0 })
    }

    /// Adds a case; false where the patient is known with other particulars.
    fn add(&mut self, patient_id: &str, person: Element, meldung: Element) -> bool {
        let place = *self.places.entry(patient_id.to_owned()).or_insert(self.patients.len());
        match self.patients.get_mut(place) {
            Some(known) if known.person != person => return false,
            Some(known) => known.cases.push(meldung),
            None => self.patients.push(Patient { id: patient_id.to_owned(), person, cases: vec![meldung] }),
        }
        self.n_cases += 1;
        true
    }

    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut writer = Writer::new_with_indent(out, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = BytesStart::new("oBDS").with_attributes([("xmlns", NAMESPACE), ("Schema_Version", "3.0.4")]);
        writer.write_event(Event::Start(root))?;
        Element::new("Absender")
            .attribute("Absender_ID", &self.sender_id)
            .attribute("Software_ID", "befund")
            .attribute("Software_Version", env!("CARGO_PKG_VERSION"))
            .write(&mut writer)?;
        Element::text("Meldedatum", &self.report_date).write(&mut writer)?;
        writer.write_event(Event::Start(BytesStart::new("Menge_Patient")))?;
        for patient in &self.patients {
            writer.write_event(Event::Start(
                BytesStart::new("Patient").with_attributes([("Patient_ID", patient.id.as_str())]),
            ))?;
            patient.person.write(&mut writer)?;
            writer.write_event(Event::Start(BytesStart::new("Menge_Meldung")))?;
            patient.cases.iter().try_for_each(|case| case.write(&mut writer))?;
            writer.write_event(Event::End(BytesEnd::new("Menge_Meldung")))?;
            writer.write_event(Event::End(BytesEnd::new("Patient")))?;
        }
        writer.write_event(Event::End(BytesEnd::new("Menge_Patient")))?;
        let reporter = Element::new("Melder").attribute("ID", &self.sender_id);
        Element::new("Menge_Melder").with(reporter).write(&mut writer)?;
        writer.write_event(Event::End(BytesEnd::new("oBDS")))?;
        writer.into_inner().write_all(b"\n")
    }
}

impl Format for Notification {
    fn document(&mut self, source: &Source<'_>, left_out: &mut LeftOut, _: &mut Folder) -> Result<(), Failure> {
        let doc_id = source.document.doc_id.as_str();
        let mut earlier: Vec<Case> = Vec::new();
        for row in &source.document.tnm {
            let statement = Statement::new(row);
            let id = statement.id();
            let made = match statement.objection() {
                Some(reason) => Err(vec![reason]),
                None => case::of(source, statement).and_then(|case| {
                    let repeats = earlier.iter().any(|known| known.says_the_same(&case));
                    if repeats { Err(vec![Reason::Repeated]) } else { Ok(case) }
                }),
            };
            let case = match made {
                Ok(case) => case,
                Err(reasons) => {
                    left_out.statement(doc_id, id, &reasons)?;
                    continue;
                }
            };
            let ordinal = 1 + earlier.iter().filter(|known| known.competes_with(&case)).count();
            let meldung = case.meldung(source, &self.sender_id, &meldung_id(doc_id, id), ordinal);
            if self.add(&case.patient_id, case.person.clone(), meldung) {
                left_out.parts(doc_id, id, &case.parts)?;
            } else {
                left_out.statement(doc_id, id, &[Reason::PatientDiffers])?;
            }
            earlier.push(case);
        }
        Ok(())
    }

    fn close(self: Box<Self>, folder: &mut Folder) -> Result<u64, Failure> {
        // The schema has no empty notification.
        if self.n_cases > 0 {
            let mut file = folder.file(NAME)?;
            let written = self.write(&mut file).and_then(|()| file.flush());
            written.map_err(|error| cannot_write(Path::new(NAME), error))?;
        }
        Ok(self.n_cases)
    }
}

/// Unique within the file; at most 50 characters, so that a long `doc_id` is there as the beginning of its SHA-256.
fn meldung_id(doc_id: &str, statement_id: u64) -> String {
    let plain = format!("{doc_id}.{statement_id}");
    if is_id(&plain) {
        return plain;
    }
    let digest = Sha256::digest(doc_id.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}.{statement_id}")
}
