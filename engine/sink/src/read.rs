//! Reads a dataset back, document by document, for evaluation and inspection.
//!
//! All tables are sorted by document order, so one pass over the six files of a part gathers the rows of each document without an index.
//! Where the dataset has a ledger only the parts it names are read. Knows the schema, nothing of what is done with the rows.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Float32Type, Float64Type, Int32Type, UInt32Type, UInt64Type};
use befund_core::{Assertion, Failure, FoundBy, Label, RelationType, Subject, Table, Task, Temporality};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use serde_json::{Map, Number, Value};

use crate::ledger::{self, Contents};
use crate::part::{part_name, part_number};

const BATCH_ROWS: usize = 1024;

/// A row of `mentions`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ReadMention {
    pub mention_id: u32,
    pub task: Task,
    pub label: Label,
    /// Code points.
    pub begin: u32,
    pub end: u32,
    pub byte_begin: u32,
    pub byte_end: u32,
    pub text: String,
    pub score: Option<f32>,
    pub found_by: FoundBy,
    pub assertion: Assertion,
    pub temporality: Temporality,
    pub subject: Subject,
    pub section: Option<String>,
    pub system: Option<String>,
    pub code: Option<String>,
    pub name: Option<String>,
}

/// A row of `relations`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ReadRelation {
    pub relation_id: u32,
    pub kind: RelationType,
    pub head: u32,
    pub tail: u32,
    pub score: Option<f32>,
    pub assertion: Assertion,
}

/// Everything the dataset says about one document.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDocument {
    /// Its identifier.
    pub doc_id: String,
    /// Whether it could be read.
    pub is_ok: bool,
    /// Its row of `documents`, by column name.
    pub row: Map<String, Value>,
    /// Its mentions, in text order.
    pub mentions: Vec<ReadMention>,
    /// Its relations.
    pub relations: Vec<ReadRelation>,
    /// Its rows of `tnm`, by column name.
    pub tnm: Vec<Map<String, Value>>,
    /// Its rows of `medications`, by column name.
    pub medications: Vec<Map<String, Value>>,
    /// Its rows of `findings`, by column name.
    pub findings: Vec<Map<String, Value>>,
}

/// The documents of a dataset, in input order.
pub struct DatasetReader {
    dir: PathBuf,
    parts: std::vec::IntoIter<u32>,
    tables: Vec<Rows>,
}

impl DatasetReader {
    /// Opens the dataset in `dir`.
    ///
    /// # Errors
    /// There is none.
    pub fn open(dir: &Path) -> Result<Self, Failure> {
        Ok(Self { dir: dir.to_owned(), parts: parts(dir)?.into_iter(), tables: Vec::new() })
    }

    /// The next document; `None` at the end.
    ///
    /// # Errors
    /// A file is missing or damaged.
    pub fn next_document(&mut self) -> Result<Option<ReadDocument>, Failure> {
        loop {
            if let Some(documents) = self.tables.first_mut()
                && let Some(row) = documents.take()?
            {
                return self.gather(row).map(Some);
            }
            let Some(part) = self.parts.next() else { return Ok(None) };
            let tables = Table::ALL.iter().map(|table| Rows::open(&self.dir.join(part_name(*table, part))));
            self.tables = tables.collect::<Result<_, _>>()?;
        }
    }

    fn gather(&mut self, row: Map<String, Value>) -> Result<ReadDocument, Failure> {
        let doc_id = text(&row, "doc_id").unwrap_or_default();
        // A fault may share its identifier with a readable document (a duplicate does) and has no rows of its own.
        let is_ok = text(&row, "status").as_deref() == Some("ok");
        let mut of = |table: Table| if is_ok { self.tables[table as usize].take_all(&doc_id) } else { Ok(Vec::new()) };
        let mentions = of(Table::Mentions)?;
        let relations = of(Table::Relations)?;
        let (tnm, medications, findings) = (of(Table::Tnm)?, of(Table::Medications)?, of(Table::Findings)?);
        let unknown = |table: Table| {
            let what = format!("table {table} has a row of {doc_id} with a value that this version does not know");
            Failure::new(what, "read the dataset with the befund that wrote it")
        };
        let mentions = mentions.iter().map(|row| mention(row).ok_or_else(|| unknown(Table::Mentions)));
        let mentions = mentions.collect::<Result<_, _>>()?;
        let relations = relations.iter().map(|row| relation(row).ok_or_else(|| unknown(Table::Relations)));
        let relations = relations.collect::<Result<_, _>>()?;
        Ok(ReadDocument { doc_id, is_ok, row, mentions, relations, tnm, medications, findings })
    }
}

impl Iterator for DatasetReader {
    type Item = Result<ReadDocument, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_document().transpose()
    }
}

/// The rows of one file, one after the other.
struct Rows {
    path: PathBuf,
    reader: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    row: usize,
}

impl Rows {
    fn open(path: &Path) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|error| cannot_read(path, error))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| cannot_read(path, error))?;
        let reader = builder.with_batch_size(BATCH_ROWS).build().map_err(|error| cannot_read(path, error))?;
        Ok(Self { path: path.to_owned(), reader, batch: None, row: 0 })
    }

    /// Loads the batch with the next row; false at the end.
    fn ready(&mut self) -> Result<bool, Failure> {
        while self.batch.as_ref().is_none_or(|batch| self.row >= batch.num_rows()) {
            match self.reader.next() {
                None => return Ok(false),
                Some(Ok(batch)) => (self.batch, self.row) = (Some(batch), 0),
                Some(Err(error)) => return Err(cannot_read(&self.path, error)),
            }
        }
        Ok(true)
    }

    fn take(&mut self) -> Result<Option<Map<String, Value>>, Failure> {
        if !self.ready()? {
            return Ok(None);
        }
        let Some(batch) = &self.batch else { return Ok(None) };
        let row = row_of(batch, self.row);
        self.row += 1;
        Ok(Some(row))
    }

    /// The rows of one document, which come next if there are any.
    fn take_all(&mut self, doc_id: &str) -> Result<Vec<Map<String, Value>>, Failure> {
        let mut rows = Vec::new();
        while self.ready()? && self.doc_id() == Some(doc_id) {
            rows.extend(self.take()?);
        }
        Ok(rows)
    }

    fn doc_id(&self) -> Option<&str> {
        let column = self.batch.as_ref()?.column_by_name("doc_id")?;
        Some(column.as_string_opt::<i32>()?.value(self.row))
    }
}

/// Every row of one table, in document order, by column name.
pub(crate) fn each_row(
    dir: &Path,
    table: Table,
    mut take: impl FnMut(&Map<String, Value>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for part in parts(dir)? {
        let mut rows = Rows::open(&dir.join(part_name(table, part)))?;
        while let Some(row) = rows.take()? {
            take(&row)?;
        }
    }
    Ok(())
}

/// The parts of a dataset that are complete.
fn parts(dir: &Path) -> Result<Vec<u32>, Failure> {
    if ledger::exists(dir) {
        Ok(Contents::read(dir)?.lines.iter().map(|line| line.part).collect())
    } else {
        listed(dir)
    }
}

/// Parts of a dataset that came without its ledger.
fn listed(dir: &Path) -> Result<Vec<u32>, Failure> {
    let folder = dir.join(Table::Documents.as_str());
    let entries = fs::read_dir(&folder).map_err(|error| cannot_read(&folder, error))?;
    let mut parts: Vec<u32> = entries.flatten().filter_map(|entry| part_number(&entry.path())).collect();
    parts.sort_unstable();
    Ok(parts)
}

fn cannot_read(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    Failure::from_cause(format!("cannot read {}", path.display()), "give the folder of a befund dataset", cause)
}

/// One row as JSON; every column is there.
pub(crate) fn row_of(batch: &RecordBatch, row: usize) -> Map<String, Value> {
    let cells = batch.schema_ref().fields().iter().zip(batch.columns());
    cells.map(|(field, column)| (field.name().clone(), cell(column, row))).collect()
}

/// One cell as JSON. Other tools may have rewritten the dataset, so types beside those of the schema become null rather than an error.
fn cell(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    let float = |number: f64| Number::from_f64(number).map_or(Value::Null, Value::Number);
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Dictionary(_, _) => {
            let Some(names) = column.as_dictionary_opt::<Int32Type>() else { return Value::Null };
            names.key(row).map_or(Value::Null, |key| cell(names.values(), key))
        }
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Float32 => float(f64::from(column.as_primitive::<Float32Type>().value(row))),
        DataType::Float64 => float(column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            (0..items.len()).map(|index| cell(&items, index)).collect()
        }
        _ => Value::Null,
    }
}

fn text(row: &Map<String, Value>, name: &str) -> Option<String> {
    row.get(name)?.as_str().map(str::to_owned)
}

fn number(row: &Map<String, Value>, name: &str) -> Option<u32> {
    row.get(name)?.as_u64()?.try_into().ok()
}

fn score(row: &Map<String, Value>) -> Option<f32> {
    row.get("score")?.as_f64().map(|score| score as f32)
}

fn mention(row: &Map<String, Value>) -> Option<ReadMention> {
    let name = |column: &str| row.get(column)?.as_str();
    Some(ReadMention {
        mention_id: number(row, "mention_id")?,
        task: Task::parse(name("task")?)?,
        label: Label::parse(name("label")?)?,
        begin: number(row, "begin")?,
        end: number(row, "end")?,
        byte_begin: number(row, "byte_begin")?,
        byte_end: number(row, "byte_end")?,
        text: text(row, "text")?,
        score: score(row),
        found_by: FoundBy::parse(name("found_by")?)?,
        assertion: Assertion::parse(name("assertion")?)?,
        temporality: Temporality::parse(name("temporality")?)?,
        subject: Subject::parse(name("subject")?)?,
        section: text(row, "section"),
        system: text(row, "system"),
        code: text(row, "code"),
        name: text(row, "name"),
    })
}

fn relation(row: &Map<String, Value>) -> Option<ReadRelation> {
    let name = |column: &str| row.get(column)?.as_str();
    Some(ReadRelation {
        relation_id: number(row, "relation_id")?,
        kind: RelationType::parse(name("type")?)?,
        head: number(row, "head")?,
        tail: number(row, "tail")?,
        score: score(row),
        assertion: Assertion::parse(name("assertion")?)?,
    })
}
