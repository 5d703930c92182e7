//! The waist: from a specification to the parts to a run. Every face (command line, Python, benchmarks) goes through here and through nothing
//! else; every room of the engine is joined to the others here and nowhere else.

pub mod eval;
mod extract;
mod inspect;
mod memory;
mod pack;
mod parts;
pub mod rules;
mod spec;
mod summary;
mod written;

pub use befund_core::{Failure, FoundBy, RelationType, Rows, Task, Verdict};
pub use befund_knowledge::FoundByMode;
pub use befund_models::{DeviceSpec, ModelSpec, Precision};
pub use befund_run::{Control, Snapshot, Stage};
pub use befund_sink::{RunManifest, TableSchema, rows_as_json, tables};

pub use extract::{Extraction, Report};
pub use inspect::{Inspection, inspect};
pub use memory::peak_memory_bytes;
pub use pack::{PackSpec, pack_inputs};
pub use spec::ExtractSpec;
pub use summary::Summary;
pub use written::read_dataset;
