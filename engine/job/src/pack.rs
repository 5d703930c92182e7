//! `befund pack`: files to shards.

use std::path::PathBuf;

use befund_core::{Failure, Fault, Intake, Source};
use befund_run::Control;
use befund_shard::{Inputs, PackOptions, PackProgress, PackReceipt, ReadOptions, Reader, pack};
use std::sync::atomic::Ordering::Relaxed;

/// What to pack.
#[derive(Clone, Debug)]
pub struct PackSpec {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// Folder for the shards.
    pub out: PathBuf,
    /// Text after which a shard is full, in bytes.
    pub shard_bytes: u64,
    /// Larger texts become a fault.
    pub max_document_bytes: u64,
}

/// Packs; faults go to `on_fault` and, as rows without text, into the shards. A stop from `control` leaves nothing behind.
pub fn pack_inputs(
    spec: &PackSpec,
    control: &Control,
    on_fault: &mut (dyn FnMut(&Fault) + Send),
    on_progress: &mut dyn FnMut(PackProgress),
) -> Result<PackReceipt, Failure> {
    let inputs = Inputs::resolve(&spec.inputs)?;
    let reader = Reader::open(inputs, ReadOptions { max_document_bytes: spec.max_document_bytes, limit: None })?;
    let mut source = Watched { reader, control, on_fault };
    let options = PackOptions { shard_bytes: spec.shard_bytes, ..PackOptions::default() };
    pack(&mut source, &spec.out, options, on_progress)
}

/// A reader that can be called off and tells of faults as they pass.
struct Watched<'a> {
    reader: Reader,
    control: &'a Control,
    on_fault: &'a mut (dyn FnMut(&Fault) + Send),
}

impl Source for Watched<'_> {
    fn next(&mut self) -> Result<Option<Intake>, Failure> {
        if self.control.stop.load(Relaxed) {
            return Err(Failure::new("interrupted; the shards begun were removed", "pack again"));
        }
        let intake = self.reader.next()?;
        if let Some(Intake::Fault(fault)) = &intake {
            (self.on_fault)(fault);
        }
        Ok(intake)
    }

    fn n_documents(&self) -> Option<u64> {
        self.reader.n_documents()
    }
}
