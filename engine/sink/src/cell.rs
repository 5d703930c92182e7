//! Rows of cells into Arrow columns, checked against the schema.
//!
//! A row is written as a list of cells in the schema's order; a cell of another type than its column is a mistake in this crate and is
//! reported, not written. Knows the schema, nothing of what the columns mean.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Float32Builder, Float64Builder, ListBuilder, RecordBatch, StringBuilder,
    StringDictionaryBuilder, UInt32Builder, UInt64Builder,
};
use arrow::datatypes::{DataType, Int32Type, SchemaRef};
use befund_core::{Failure, Table};

use crate::schema::{ColumnType, list_item, of};

/// One value of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Text(Option<&'a str>),
    U32(Option<u32>),
    U64(Option<u64>),
    F32(Option<f32>),
    F64(Option<f64>),
    Bool(bool),
    U32s(&'a [u32]),
    F64s(Option<&'a [f64]>),
    Texts(&'a [String]),
}

macro_rules! cells {
    ($($from:ty => $variant:ident, $value:ident, $to:expr;)+) => {
        $(impl<'a> From<$from> for Cell<'a> {
            fn from($value: $from) -> Self {
                Self::$variant($to)
            }
        })+
    };
}

cells! {
    &'a str => Text, value, Some(value);
    Option<&'a str> => Text, value, value;
    &'a Option<String> => Text, value, value.as_deref();
    u32 => U32, value, Some(value);
    Option<u32> => U32, value, value;
    u64 => U64, value, Some(value);
    Option<u64> => U64, value, value;
    Option<f32> => F32, value, value;
    Option<f64> => F64, value, value;
    bool => Bool, value, value;
    &'a Vec<u32> => U32s, value, value;
    &'a Option<[f64; 4]> => F64s, value, value.as_ref().map(|four| four.as_slice());
    &'a Vec<String> => Texts, value, value;
}

enum ColumnBuilder {
    Text(StringBuilder),
    Name(StringDictionaryBuilder<Int32Type>),
    U32(UInt32Builder),
    U64(UInt64Builder),
    F32(Float32Builder),
    F64(Float64Builder),
    Bool(BooleanBuilder),
    U32s(ListBuilder<UInt32Builder>),
    F64s(ListBuilder<Float64Builder>),
    Texts(ListBuilder<StringBuilder>),
}

impl ColumnBuilder {
    fn new(kind: ColumnType) -> Self {
        match kind {
            ColumnType::Text => Self::Text(StringBuilder::new()),
            ColumnType::Name => Self::Name(StringDictionaryBuilder::new()),
            ColumnType::U32 => Self::U32(UInt32Builder::new()),
            ColumnType::U64 => Self::U64(UInt64Builder::new()),
            ColumnType::F32 => Self::F32(Float32Builder::new()),
            ColumnType::F64 => Self::F64(Float64Builder::new()),
            ColumnType::Bool => Self::Bool(BooleanBuilder::new()),
            ColumnType::U32s => {
                Self::U32s(ListBuilder::new(UInt32Builder::new()).with_field(list_item(DataType::UInt32)))
            }
            ColumnType::F64s => {
                Self::F64s(ListBuilder::new(Float64Builder::new()).with_field(list_item(DataType::Float64)))
            }
            ColumnType::Texts => {
                Self::Texts(ListBuilder::new(StringBuilder::new()).with_field(list_item(DataType::Utf8)))
            }
        }
    }

    /// Appends the cell; false where its type is not the column's.
    fn push(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_option(text),
            (Self::Name(column), Cell::Text(text)) => column.append_option(text),
            (Self::U32(column), Cell::U32(number)) => column.append_option(number),
            (Self::U64(column), Cell::U64(number)) => column.append_option(number),
            (Self::F32(column), Cell::F32(number)) => column.append_option(number),
            (Self::F64(column), Cell::F64(number)) => column.append_option(number),
            (Self::Bool(column), Cell::Bool(value)) => column.append_value(value),
            (Self::U32s(column), Cell::U32s(numbers)) => {
                column.values().append_slice(numbers);
                column.append(true);
            }
            (Self::F64s(column), Cell::F64s(numbers)) => {
                column.values().append_slice(numbers.unwrap_or_default());
                column.append(numbers.is_some());
            }
            (Self::Texts(column), Cell::Texts(texts)) => {
                texts.iter().for_each(|text| column.values().append_value(text));
                column.append(true);
            }
            _ => return false,
        }
        true
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Name(column) => Arc::new(column.finish()),
            Self::U32(column) => Arc::new(column.finish()),
            Self::U64(column) => Arc::new(column.finish()),
            Self::F32(column) => Arc::new(column.finish()),
            Self::F64(column) => Arc::new(column.finish()),
            Self::Bool(column) => Arc::new(column.finish()),
            Self::U32s(column) => Arc::new(column.finish()),
            Self::F64s(column) => Arc::new(column.finish()),
            Self::Texts(column) => Arc::new(column.finish()),
        }
    }
}

/// The rows of one table that wait for their part to be written.
pub(crate) struct TableBuilder {
    table: Table,
    schema: SchemaRef,
    columns: Vec<ColumnBuilder>,
    /// Bytes of text appended: what decides when a part is full, beside its number of rows.
    n_text_bytes: usize,
}

impl TableBuilder {
    pub fn new(table: Table) -> Self {
        let described = of(table);
        let columns = described.columns.iter().map(|column| ColumnBuilder::new(column.kind)).collect();
        Self { table, schema: Arc::new(described.arrow()), columns, n_text_bytes: 0 }
    }

    pub fn table(&self) -> Table {
        self.table
    }

    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub fn n_text_bytes(&self) -> usize {
        self.n_text_bytes
    }

    /// Appends a row of cells in the schema's order.
    pub fn push(&mut self, row: &[Cell<'_>]) -> Result<(), Failure> {
        let fits = row.len() == self.columns.len();
        for (column, cell) in self.columns.iter_mut().zip(row) {
            if !fits || !column.push(*cell) {
                return Err(self.mismatch());
            }
            if let Cell::Text(Some(text)) = cell {
                self.n_text_bytes += text.len();
            }
        }
        Ok(())
    }

    /// Takes the rows as one batch and begins anew.
    pub fn finish(&mut self) -> Result<RecordBatch, Failure> {
        let columns = self.columns.iter_mut().map(ColumnBuilder::finish).collect();
        *self = Self { columns: Self::new(self.table).columns, schema: self.schema.clone(), n_text_bytes: 0, ..*self };
        RecordBatch::try_new(self.schema.clone(), columns).map_err(|_| self.mismatch())
    }

    fn mismatch(&self) -> Failure {
        let what = format!("a row of table {} does not fit its columns", self.table);
        Failure::new(what, "this is a mistake in befund: please report it")
    }
}
