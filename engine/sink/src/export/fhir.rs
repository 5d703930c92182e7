//! FHIR R4: each stage statement that holds becomes a group of Observations, after the oncology module of the German medical informatics
//! initiative (MII, medizininformatik-initiative/kerndatensatzmodul-onkologie).
//!
//! A Bundle of type `collection` holds the patients and Observations of a stretch of documents. The group (`mii-pr-onko-tnm-klassifikation`)
//! names T, N, M, L, V, Pn, S and the y, r, a and m symbols as members, N its node counts. Residual tumour and grade are Observations of
//! their own, as the module has it: their `identifier` begins with that of the group. A value that the module's value set does not have
//! is written as text, and the Observation then does not claim the profile. Everything is `preliminary`: a person has to look at it.

mod codes;
mod observation;
mod statement;

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use befund_core::Failure;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::folder::{Folder, cannot_write};
use super::left_out::{LeftOut, Reason};
use super::statement::Statement;
use super::{ExportSpec, Format, Source};

/// Bundles in the making.
pub(crate) struct Bundles {
    documents_per_file: u64,
    patient_system: Option<String>,
    /// Entries of the Bundle that is being filled.
    entries: Vec<Value>,
    /// Patients in it.
    patients: HashSet<String>,
    n_documents: u64,
    n_files: u64,
    n_exported: u64,
}

impl Bundles {
    /// Nothing yet.
    pub fn new(spec: &ExportSpec) -> Self {
        Self {
            documents_per_file: spec.documents_per_file.max(1),
            patient_system: spec.patient_system.clone(),
            entries: Vec::new(),
            patients: HashSet::new(),
            n_documents: 0,
            n_files: 0,
            n_exported: 0,
        }
    }

    /// The reference to a patient, who is put into the Bundle on the first call.
    fn patient(&mut self, patient_id: &str) -> String {
        let id = uuid(&["patient", self.patient_system.as_deref().unwrap_or(""), patient_id]);
        if self.patients.insert(id.clone()) {
            let mut identifier = json!({ "value": patient_id });
            if let Some(system) = &self.patient_system {
                identifier = json!({ "system": system, "value": patient_id });
            }
            self.entries.push(entry(json!({ "resourceType": "Patient", "id": id, "identifier": [identifier] })));
        }
        reference(&id)
    }

    fn flush(&mut self, folder: &mut Folder) -> Result<(), Failure> {
        self.n_documents = 0;
        if self.entries.is_empty() {
            return Ok(());
        }
        let name = format!("bundle-{:05}.json", self.n_files);
        let failed = |error: std::io::Error| cannot_write(Path::new(&name), error);
        let bundle = json!({
            "resourceType": "Bundle", "id": uuid(&["bundle", &self.n_files.to_string()]), "type": "collection",
            "entry": std::mem::take(&mut self.entries)
        });
        let mut file = folder.file(&name)?;
        serde_json::to_writer_pretty(&mut file, &bundle).map_err(|error| failed(error.into()))?;
        file.write_all(b"\n").and_then(|()| file.flush()).map_err(failed)?;
        self.patients.clear();
        self.n_files += 1;
        Ok(())
    }
}

impl Format for Bundles {
    fn document(&mut self, source: &Source<'_>, left_out: &mut LeftOut, folder: &mut Folder) -> Result<(), Failure> {
        let doc_id = source.document.doc_id.as_str();
        for row in &source.document.tnm {
            let statement = Statement::new(row);
            let patient_id = match (statement.objection(), source.patient_id) {
                (Some(reason), _) => Err(reason),
                (None, None) => Err(Reason::Missing("patient_id")),
                (None, Some(_)) if !statement::has_group(&statement) => Err(Reason::NoPlace),
                (None, Some(id)) => Ok(id),
            };
            match patient_id {
                Ok(id) => {
                    let patient = self.patient(id);
                    let (observations, parts) = statement::observations(&statement, source, &patient);
                    self.entries.extend(observations.into_iter().map(entry));
                    self.n_exported += 1;
                    left_out.parts(doc_id, statement.id(), &parts)?;
                }
                Err(reason) => left_out.statement(doc_id, statement.id(), &[reason])?,
            }
        }
        self.n_documents += 1;
        if self.n_documents >= self.documents_per_file { self.flush(folder) } else { Ok(()) }
    }

    fn close(mut self: Box<Self>, folder: &mut Folder) -> Result<u64, Failure> {
        self.flush(folder)?;
        Ok(self.n_exported)
    }
}

/// A resource in a Bundle, under the name that references use.
fn entry(resource: Value) -> Value {
    let url = reference(resource["id"].as_str().unwrap_or(""));
    json!({ "fullUrl": url, "resource": resource })
}

fn reference(id: &str) -> String {
    format!("urn:uuid:{id}")
}

/// A UUID (RFC 9562, version 8) that follows from names, so that the same rows give the same Bundle.
fn uuid(names: &[&str]) -> String {
    let digest = Sha256::digest(names.join("\0").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
