//! Why something that looks like a stage is not reported: the line as in a run, with a sink that tells refusals instead of writing rows.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use befund_core::{Failure, Rows, Sink, Task};
use befund_run::{Control, run};
use befund_shard::{Inputs, ReadOptions, Reader};
use befund_sink::refusals_as_json;
use serde_json::Value;

use crate::parts::{line_options, load, parts, rules_of};
use crate::rules::RuleSet;
use crate::spec::ExtractSpec;
use crate::summary::OnFault;

/// How much was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// Documents read, faults included.
    pub n_documents: u64,
    /// Documents that could not be read.
    pub n_faults: u64,
    /// Candidates that are not reported.
    pub n_refused: u64,
}

/// Runs the inputs of `spec` and writes one JSON object a line for each candidate for a stage that is not reported, in document order.
/// Nothing else is written; no line holds text.
pub fn explain(
    spec: &ExtractSpec,
    control: &Control,
    out: Box<dyn Write + Send>,
    on_fault: OnFault,
) -> Result<Explained, Failure> {
    let inputs = Inputs::resolve(&spec.inputs)?;
    let options = ReadOptions { max_document_bytes: spec.max_document_bytes, limit: spec.limit };
    let mut reader = Reader::open(inputs, options)?;
    // What the model saw and was not sure of is told, too, so nothing may be passed over.
    let spec = ExtractSpec { tasks: vec![Task::Tnm], exhaustive: true, ..spec.clone() };
    let model = load(&spec)?;
    let told = Arc::new(Mutex::new(Explained::default()));
    let sink = Box::new(Teller { out, on_fault, told: told.clone() });
    let mut parts = parts(&spec, &model, RuleSet::builtin())?;
    parts.normalize = Arc::new(rules_of(&spec, RuleSet::builtin()).telling_refusals());
    let options = line_options(&spec, &parts, 0);
    run(&mut reader, parts, sink, options, control)?;
    Ok(*told.lock().unwrap_or_else(PoisonError::into_inner))
}

struct Teller {
    out: Box<dyn Write + Send>,
    on_fault: OnFault,
    told: Arc<Mutex<Explained>>,
}

fn broken(cause: std::io::Error) -> Failure {
    Failure::from_cause("cannot write to the output", "see whether its reader has ended", cause)
}

impl Sink for Teller {
    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.n_documents += 1;
        told.n_refused += rows.refused.len() as u64;
        if let Some(fault) = &rows.row.fault {
            told.n_faults += 1;
            (self.on_fault)(fault);
        }
        for line in refusals_as_json(&rows) {
            writeln!(self.out, "{}", Value::Object(line)).map_err(broken)?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>) -> Result<(), Failure> {
        self.out.flush().map_err(broken)
    }
}
