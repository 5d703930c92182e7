//! What a run is asked to do. Plain values: faces fill them in, nothing here opens a file.

use std::path::PathBuf;

use befund_core::Task;
use befund_knowledge::FoundByMode;
use befund_models::{DeviceSpec, ModelSpec, Precision};

/// A run of `befund extract`.
#[derive(Clone, Debug)]
pub struct ExtractSpec {
    /// Shards, files, folders.
    pub inputs: Vec<PathBuf>,
    /// Folder of the dataset.
    pub out: PathBuf,
    /// Tasks to report.
    pub tasks: Vec<Task>,
    /// Model.
    pub model: ModelSpec,
    /// Device.
    pub device: DeviceSpec,
    /// Number format of the encoder; `None`: the fastest that is as right.
    pub precision: Option<Precision>,
    /// Threads for text and, on a CPU, model workers.
    pub threads: usize,
    /// Most tokens in one batch; `None`: the model's own choice for the device.
    pub max_batch_tokens: Option<usize>,
    /// Stop after this many documents.
    pub limit: Option<u64>,
    /// Model, rules or both.
    pub found_by: FoundByMode,
    /// Whether the encoder reads every window, also those that its gate would pass over.
    pub exhaustive: bool,
    /// Infer T and N where none is stated, the model's from this score on; `None`: nothing is inferred.
    pub infer: Option<f64>,
    /// A site's own plausibility rules, in the form of those of the house.
    pub rules: Vec<PathBuf>,
    /// Go on with a dataset that an earlier run left unfinished.
    pub resume: bool,
    /// Documents in one Parquet part: the unit of resuming.
    pub documents_per_part: u64,
    /// Larger texts become a fault.
    pub max_document_bytes: u64,
}

impl Default for ExtractSpec {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            out: PathBuf::from("out"),
            tasks: Task::ALL.to_vec(),
            model: ModelSpec::Builtin,
            device: DeviceSpec::Auto,
            precision: None,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            max_batch_tokens: None,
            limit: None,
            found_by: FoundByMode::Both,
            exhaustive: false,
            infer: None,
            rules: Vec::new(),
            resume: false,
            documents_per_part: 1024,
            max_document_bytes: 64 << 20,
        }
    }
}
