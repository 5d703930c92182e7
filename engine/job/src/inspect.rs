//! One document through the same line as a whole run, kept in memory.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use befund_core::{Document, Failure, Intake, Rows, Sink, Source};
use befund_run::{Control, run};
use befund_shard::{Inputs, ReadOptions, Reader};

use crate::parts::{line_options, load, parts};
use crate::rules::rule_set;
use crate::spec::ExtractSpec;

/// What to look at.
#[derive(Clone, Debug)]
pub enum Inspection {
    /// A text at hand.
    Text(String),
    /// A document of a file; `doc_id` is needed where the file holds several.
    File {
        /// File, shard or folder.
        path: PathBuf,
        /// Identifier.
        doc_id: Option<String>,
    },
}

/// Runs one document and returns its rows; a document that is a fault comes back as such.
pub fn inspect(spec: &ExtractSpec, what: Inspection) -> Result<Rows, Failure> {
    let mut source = One(Some(find(spec, what)?));
    let rules = rule_set(&spec.rules)?;
    let model = load(spec)?;
    let kept = Arc::new(Mutex::new(None));
    let sink = Box::new(Keep(kept.clone()));
    let parts = parts(spec, &model, rules)?;
    let options = line_options(spec, &parts, 0);
    run(&mut source, parts, sink, options, &Control::default())?;
    let rows = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
    rows.ok_or_else(|| Failure::new("the document gave no rows", "report it: this is a defect"))
}

fn find(spec: &ExtractSpec, what: Inspection) -> Result<Intake, Failure> {
    let (path, doc_id) = match what {
        Inspection::Text(text) => return Ok(Intake::Document(Document::new(0, "stdin", "stdin", text))),
        Inspection::File { path, doc_id } => (path, doc_id),
    };
    let inputs = Inputs::resolve(std::slice::from_ref(&path))?;
    let mut reader = Reader::open(inputs, ReadOptions { max_document_bytes: spec.max_document_bytes, limit: None })?;
    let mut first = None;
    let mut n = 0_u64;
    while let Some(intake) = reader.next()? {
        n += 1;
        let id = match &intake {
            Intake::Document(document) => document.doc_id.clone(),
            Intake::Fault(fault) => fault.doc_id.clone(),
        };
        if doc_id.as_deref().is_none_or(|wanted| *wanted == *id) {
            if doc_id.is_some() {
                return Ok(renumbered(intake));
            }
            first.get_or_insert(intake);
        }
        if doc_id.is_none() && n > 1 {
            return Err(Failure::new(
                format!("{} holds more than one document", path.display()),
                "name one with --doc-id",
            ));
        }
    }
    match (first, doc_id) {
        (Some(intake), _) => Ok(renumbered(intake)),
        (None, Some(id)) => Err(Failure::new(format!("{} holds no document {id}", path.display()), "check --doc-id")),
        (None, None) => Err(Failure::new(format!("{} holds no document", path.display()), "give another file")),
    }
}

/// The line counts from 0.
fn renumbered(mut intake: Intake) -> Intake {
    match &mut intake {
        Intake::Document(document) => document.sequence = 0,
        Intake::Fault(fault) => fault.sequence = 0,
    }
    intake
}

struct One(Option<Intake>);

impl Source for One {
    fn next(&mut self) -> Result<Option<Intake>, Failure> {
        Ok(self.0.take())
    }

    fn n_documents(&self) -> Option<u64> {
        Some(1)
    }
}

struct Keep(Arc<Mutex<Option<Rows>>>);

impl Sink for Keep {
    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(rows);
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<(), Failure> {
        Ok(())
    }
}
