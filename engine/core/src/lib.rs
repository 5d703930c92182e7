//! Words and doors: the types and ports that every room of Befund shares.
//!
//! This crate is the ground floor. It knows no file, no tensor, no format and no serialisation, so that a reader of shards, a model and a
//! writer of Parquet can be built, tested and replaced without seeing one another. `Span` in bytes of the original document is the only
//! inner coordinate; code points are computed where rows leave the program.

mod batch;
mod document;
mod fault;
mod layout;
mod mention;
mod port;
mod row;
mod span;

pub use batch::{Batch, Origin, Prepared, Window};
pub use document::{Document, Intake, Text, TextOwner};
pub use fault::{Failure, Fault, FaultKind};
pub use layout::{Language, Layout, Section, SectionKind, Sentence};
pub use mention::{
    Assertion, Fate, Found, FoundBy, Label, Mention, Refusal, Relation, RelationType, Subject, Task, Temporality,
};
pub use port::{Cost, Extract, Gate, Looked, Normalize, Prepare, Sink, Source};
pub use row::{
    Counts, DocumentRow, FindingRow, MedicationRow, MedicationStatus, MentionRow, RefusedRow, RelationRow, Rows,
    Severity, Table, TnmRow, Validity, Verdict,
};
pub use span::Span;
