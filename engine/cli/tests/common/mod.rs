//! Running the program as a user does, and reading back what it wrote.

// Each test file uses a part of this.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use arrow::array::{AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use befund_job::{ExtractSpec, FoundByMode, Inspection, Task, inspect};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sha2::{Digest, Sha256};

pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/samples")
}

pub fn befund() -> Command {
    Command::new(env!("CARGO_BIN_EXE_befund"))
}

/// Runs `befund extract`; panics with its words if the exit code is another one.
pub fn extract(input: &Path, out: &Path, more: &[&str], code: i32) -> Output {
    let output = befund().arg("extract").arg(input).arg("--out").arg(out).args(more).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "extract {} {more:?}: {words}", input.display());
    output
}

/// Digest of each Parquet file, by path within the dataset.
pub fn digests(dataset: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for table in ["documents", "mentions", "relations", "tnm", "medications", "findings"] {
        for entry in fs::read_dir(dataset.join(table)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(dataset).unwrap().display().to_string();
            found.insert(name, format!("{:x}", Sha256::digest(fs::read(path).unwrap())));
        }
    }
    found
}

fn batches(dataset: &Path, table: &str) -> Vec<RecordBatch> {
    let mut parts: Vec<PathBuf> =
        fs::read_dir(dataset.join(table)).unwrap().map(|entry| entry.unwrap().path()).collect();
    parts.sort();
    let read =
        |path: &PathBuf| ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    parts.iter().flat_map(read).map(Result::unwrap).collect()
}

/// A column as text; null is "".
pub fn texts(dataset: &Path, table: &str, column: &str) -> Vec<String> {
    let mut values = Vec::new();
    for batch in batches(dataset, table) {
        let array = cast(batch.column_by_name(column).unwrap(), &DataType::Utf8).unwrap();
        values.extend(array.as_string::<i32>().iter().map(|value| value.unwrap_or("").to_string()));
    }
    values
}

/// A column as whole numbers; null is -1.
pub fn numbers(dataset: &Path, table: &str, column: &str) -> Vec<i64> {
    let mut values = Vec::new();
    for batch in batches(dataset, table) {
        let array = cast(batch.column_by_name(column).unwrap(), &DataType::Int64).unwrap();
        values.extend(array.as_primitive::<Int64Type>().iter().map(|value| value.unwrap_or(-1)));
    }
    values
}

/// Names of the columns of a table, from its file.
pub fn columns(dataset: &Path, table: &str) -> Vec<String> {
    let part = dataset.join(table).join("part-00000.parquet");
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(part).unwrap()).unwrap();
    reader.schema().fields().iter().map(|field| field.name().clone()).collect()
}

/// doc_id -> status and fault of every document.
pub fn statuses(dataset: &Path) -> BTreeMap<String, (String, String)> {
    let column = |name| texts(dataset, "documents", name);
    let rows = column("status").into_iter().zip(column("fault"));
    column("doc_id").into_iter().zip(rows).collect()
}

/// Many small documents in one JSON Lines file.
pub fn many(path: &Path, n: usize) {
    let mut out = String::new();
    for index in 0..n {
        let text = format!(
            "Befund {index}: Adenokarzinom, pT{} pN{} (1/{}) cM0 G2 R0.\\nMedikation: Ramipril {} mg 1-0-1, ASS 100 mg 1-0-0.",
            index % 4 + 1,
            index % 3,
            index % 20 + 3,
            index % 3 * 5 + 5
        );
        out.push_str(&format!("{{\"doc_id\": \"d{index:05}\", \"text\": \"{text}\"}}\n"));
    }
    fs::write(path, out).unwrap();
}

/// The rows that the medication rules alone write of a text.
pub fn medication_by_rules(text: &str) -> befund_job::Rows {
    let spec = ExtractSpec {
        tasks: vec![Task::Medication],
        found_by: FoundByMode::Rules,
        threads: 1,
        ..ExtractSpec::default()
    };
    inspect(&spec, Inspection::Text(text.to_owned())).unwrap()
}
