//! Parquet inputs with the columns `doc_id` and `text`; further columns become metadata. Row groups are read in small batches.
//!
//! Parquet marks a column as a string; the reader would then refuse a whole batch for one bad byte. The mark is taken off before reading,
//! so that strings come as bytes and one bad row costs one document. Knows nothing of what the rows mean.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use befund_core::FaultKind;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::{FileMetaData, ParquetMetaData, ParquetMetaDataBuilder};
use parquet::schema::types::{SchemaDescriptor, Type};

use crate::columns::{BatchRecords, Located};
use crate::inputs::InputFile;
use crate::record::{Broken, Record, Records};

/// Rows decoded at once: clinical documents are a few kB, so a batch is about a megabyte.
const BATCH_ROWS: usize = 256;

/// The records of a Parquet file.
pub(crate) struct ParquetRecords {
    reader: ParquetRecordBatchReader,
    located: Located,
    name: Arc<str>,
    batch: Option<BatchRecords>,
    n_rows: u64,
    n_rows_in_all: u64,
    n_bytes: u64,
    done: bool,
}

impl ParquetRecords {
    pub fn open(file: &InputFile) -> Result<Self, Broken> {
        let damaged = |what: String| Broken::new(&*file.name, FaultKind::Unreadable, what);
        let opened = catch_unwind(AssertUnwindSafe(|| open_reader(file)));
        let (reader, n_rows_in_all) = match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(ParquetError::External(error))) if error.is::<std::io::Error>() => {
                return Err(
                    damaged("the file cannot be read".to_owned()).advising("check the file and that you may read it")
                );
            }
            _ => return Err(damaged("this is not a whole Parquet file".to_owned())),
        };
        let located = Located::find(&arrow::array::RecordBatchReader::schema(&reader))
            .map_err(|what| damaged(what).advising("a Parquet input needs a column doc_id and a string column text"))?;
        let (name, n_bytes) = (file.name.clone(), file.n_bytes);
        Ok(Self { reader, located, name, batch: None, n_rows: 0, n_rows_in_all, n_bytes, done: false })
    }

    /// Rows by the file's own metadata.
    pub fn n_rows_in_all(&self) -> u64 {
        self.n_rows_in_all
    }

    fn open_batch(&mut self) -> Option<Result<BatchRecords, ()>> {
        let read = catch_unwind(AssertUnwindSafe(|| self.reader.next()));
        match read {
            Ok(None) => None,
            Ok(Some(Ok(batch))) => {
                Some(BatchRecords::new(&batch, &self.located, self.name.clone(), self.n_rows).map_err(|_| ()))
            }
            _ => Some(Err(())),
        }
    }
}

impl Records for ParquetRecords {
    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(batch) = &mut self.batch {
                if let Some(record) = batch.next() {
                    return Some(record);
                }
                self.n_rows += batch.n_rows();
                self.batch = None;
            }
            if self.done {
                return None;
            }
            match self.open_batch() {
                Some(Ok(batch)) => self.batch = Some(batch),
                None => self.done = true,
                Some(Err(())) => {
                    self.done = true;
                    let what = format!("the file is damaged after row {}, the rest of it was not read", self.n_rows);
                    return Some(Broken::new(&*self.name, FaultKind::Unreadable, what).into());
                }
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        let share = self.n_rows as f64 / self.n_rows_in_all.max(1) as f64;
        if self.done { self.n_bytes } else { (self.n_bytes as f64 * share) as u64 }
    }
}

fn open_reader(file: &InputFile) -> Result<(ParquetRecordBatchReader, u64), ParquetError> {
    let open = File::open(&file.path)?;
    // The Arrow schema that writers embed would turn the bytes back into strings.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = ArrowReaderMetadata::load(&open, options.clone())?;
    let stripped = with_strings_as_bytes(metadata.metadata())?;
    let n_rows = u64::try_from(stripped.file_metadata().num_rows()).unwrap_or(0);
    let metadata = ArrowReaderMetadata::try_new(Arc::new(stripped), options)?;
    let reader =
        ParquetRecordBatchReaderBuilder::new_with_metadata(open, metadata).with_batch_size(BATCH_ROWS).build()?;
    Ok((reader, n_rows))
}

/// The same file with its string columns described as plain byte arrays.
fn with_strings_as_bytes(metadata: &ParquetMetaData) -> Result<ParquetMetaData, ParquetError> {
    let file = metadata.file_metadata();
    let root = strip(file.schema())?;
    let schema = Arc::new(SchemaDescriptor::new(Arc::new(root)));
    let created_by = file.created_by().map(str::to_owned);
    let stripped = FileMetaData::new(file.version(), file.num_rows(), created_by, None, schema, None);
    Ok(ParquetMetaDataBuilder::new(stripped).set_row_groups(metadata.row_groups().to_vec()).build())
}

fn strip(node: &Type) -> Result<Type, ParquetError> {
    let info = node.get_basic_info();
    if let Type::GroupType { fields, .. } = node {
        let fields = fields.iter().map(|field| strip(field).map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
        let mut group = Type::group_type_builder(info.name()).with_fields(fields);
        group = group.with_converted_type(info.converted_type()).with_logical_type(info.logical_type_ref().cloned());
        if info.has_repetition() {
            group = group.with_repetition(info.repetition());
        }
        return group.build();
    }
    let is_string = node.get_physical_type() == Physical::BYTE_ARRAY
        && (matches!(info.converted_type(), ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM)
            || matches!(info.logical_type_ref(), Some(LogicalType::String | LogicalType::Json | LogicalType::Enum)));
    if !is_string {
        return Ok(node.clone());
    }
    Type::primitive_type_builder(info.name(), Physical::BYTE_ARRAY).with_repetition(info.repetition()).build()
}
