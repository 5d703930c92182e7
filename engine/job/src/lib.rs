//! The waist: from a specification to the parts to a run. Every face (command line, Python, benchmarks) goes through here and through nothing
//! else; every room of the engine is joined to the others here and nowhere else.

mod bench;
pub mod eval;
mod explain;
mod extract;
mod inspect;
mod memory;
mod pack;
mod page;
mod parts;
pub mod rules;
mod spec;
mod summary;
mod written;

pub use befund_core::{Failure, FoundBy, MedicationRow, RelationType, Rows, Task, Verdict};
pub use befund_knowledge::FoundByMode;
pub use befund_models::{DeviceSpec, ModelSpec, Precision};
pub use befund_run::{Control, Snapshot, Stage};
pub use befund_sink::{CsvDialect, ExportReport, ExportSpec, ExportTarget, ReportKind, export};
pub use befund_sink::{ReportOptions, RunManifest, TableSchema, rows_as_json, tables};

pub use bench::{BenchRecord, BenchSpec, ChildRun, ConfigurationRecord, StageSeconds, bench};
pub use explain::{Explained, explain};
pub use extract::{Extraction, Report};
pub use inspect::{Inspection, inspect};
pub use memory::peak_memory_bytes;
pub use pack::{PackSpec, pack_inputs};
pub use page::{PageReceipt, PageSpec, write_page};
pub use spec::ExtractSpec;
pub use summary::Summary;
pub use written::read_dataset;
