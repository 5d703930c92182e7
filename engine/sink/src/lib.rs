//! Where rows go: Parquet datasets, the run manifest, reading them back, and a page to look at them.
//!
//! A dataset is a folder of plain Parquet that any tool opens, written part by part so that a killed run loses at most the part it was
//! writing, and so that the same rows give the same bytes. Byte spans become code points here and nowhere else.
//!
//! Knows nothing of models, rules or input formats.

mod cell;
mod code_points;
mod dataset;
mod export;
mod ledger;
mod manifest;
mod part;
mod read;
mod report;
mod rows;
mod schema;
mod show;

pub use dataset::{Dataset, DatasetOptions};
pub use export::{CsvDialect, ExportReport, ExportSpec, ExportTarget, ReportKind, export};
pub use ledger::{Totals, read_totals};
pub use manifest::{GateRecord, InputIdentity, ModelIdentity, RunManifest, read_manifest, utc_timestamp};
pub use read::{DatasetReader, ReadDocument, ReadMention, ReadRelation};
pub use report::{ReportOptions, ReportPage, SourceText, WantedText, is_report};
pub use rows::hex;
pub use schema::{Column, ColumnType, TableSchema, tables};
pub use show::{refusals_as_json, rows_as_json};
