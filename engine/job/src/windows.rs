//! The windows that the encoder is given, as token ids: what the gate is trained on (`scripts/train/gate.py`), and where to look when one
//! asks why a sentence was or was not read.

use std::io::Write;

use befund_core::{Document, Failure, Fault, Intake, Prepare, Source, Window};
use befund_models::TaskGate;
use befund_shard::{Inputs, ReadOptions, Reader};
use serde_json::json;

use crate::parts::{load, text_stage};
use crate::spec::ExtractSpec;

/// Writes one JSON object a line for each window of the inputs of `spec`, in document order: document, window, token ids, the bytes of each
/// token, which tokens it answers for, and what the gate scores it for each task of `spec`.
///
/// Token ids are text to whoever has the tokenizer.
pub fn windows(spec: &ExtractSpec, mut out: impl Write, on_fault: &mut dyn FnMut(&Fault)) -> Result<(), Failure> {
    let inputs = Inputs::resolve(&spec.inputs)?;
    let options = ReadOptions { max_document_bytes: spec.max_document_bytes, limit: spec.limit };
    let mut reader = Reader::open(inputs, options)?;
    let Some(model) = load(spec)? else {
        return Err(Failure::new("rules read no windows", "ask for --found-by model or both"));
    };
    let (stage, gate) = (text_stage(&model)?, model.gate(&spec.tasks).ok());
    while let Some(intake) = reader.next()? {
        let prepared = match intake {
            Intake::Document(document) => stage.prepare(&document).map(|prepared| (document, prepared.windows)),
            Intake::Fault(fault) => Err(fault),
        };
        let (document, windows) = match prepared {
            Ok(prepared) => prepared,
            Err(fault) => {
                on_fault(&fault);
                continue;
            }
        };
        for window in &windows {
            let line = line(&document, window, gate.as_ref());
            writeln!(out, "{line}").map_err(broken)?;
        }
    }
    out.flush().map_err(broken)
}

fn line(document: &Document, window: &Window, gate: Option<&TaskGate>) -> serde_json::Value {
    json!({
        "doc_id": &*document.doc_id,
        "window": window.origin.window,
        "ids": window.ids,
        "byte_begin": window.spans.iter().map(|span| span.start).collect::<Vec<_>>(),
        "byte_end": window.spans.iter().map(|span| span.end).collect::<Vec<_>>(),
        "keep": [window.keep.start, window.keep.end],
        "scores": gate.map(|gate| gate.scores(window)),
    })
}

fn broken(cause: std::io::Error) -> Failure {
    Failure::from_cause("cannot write to the output", "see whether its reader has ended", cause)
}
