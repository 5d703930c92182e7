//! Rows of an Arrow record batch as records: what shards and Parquet files have in common.
//!
//! Strings come in as bytes (`schema::with_strings_as_bytes`). The text column of a batch is checked as UTF-8 at once and then shared by
//! its documents without a copy; only where that fails each row is looked at on its own, so that one bad row costs one document. Knows
//! nothing of files.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BinaryViewArray, GenericBinaryArray, GenericStringArray, LargeBinaryArray,
    LargeStringArray, OffsetSizeTrait, RecordBatch, StringArray, StringViewArray, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Schema};
use arrow::error::ArrowError;
use arrow::util::display::array_value_to_string;
use befund_core::{FaultKind, Text, TextOwner};

use crate::record::{Broken, Record, Whole, parse_kind, remedy};
use crate::schema::{FAULT_BYTE_KEY, FAULT_KEY, FAULT_SIZE_KEY, FAULT_SOURCE_KEY};

/// Where the columns stand.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    doc_id: usize,
    text: usize,
    metadata: Option<usize>,
    further: Vec<(usize, String)>,
}

impl Located {
    /// Finds the columns in a schema whose strings are bytes; says which one is missing or of a type that cannot be read.
    pub fn find(schema: &Schema) -> Result<Self, String> {
        let place = |name: &str| schema.fields().iter().position(|field| field.name() == name);
        let doc_id = place("doc_id").ok_or("there is no column doc_id")?;
        let text = place("text").ok_or("there is no column text")?;
        let (id_type, text_type) = (schema.field(doc_id).data_type(), schema.field(text).data_type());
        if !is_bytes(text_type) {
            return Err(format!("column text has the type {text_type}, not a string"));
        }
        if !is_bytes(id_type) && !id_type.is_integer() {
            return Err(format!("column doc_id has the type {id_type}, neither string nor integer"));
        }
        let metadata = place("metadata").filter(|index| is_pairs(schema.field(*index).data_type()));
        let further = schema.fields().iter().enumerate().filter(|(index, field)| {
            *index != doc_id && *index != text && Some(*index) != metadata && is_plain(field.data_type())
        });
        let further = further.map(|(index, field)| (index, field.name().clone())).collect();
        Ok(Self { doc_id, text, metadata, further })
    }
}

fn is_bytes(data_type: &DataType) -> bool {
    match data_type {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::Dictionary(_, value) => is_bytes(value),
        _ => false,
    }
}

/// A map of strings, or what polars makes of one: a list of pairs.
fn is_pairs(data_type: &DataType) -> bool {
    match data_type {
        DataType::Map(entries, _) | DataType::List(entries) | DataType::LargeList(entries) => match entries.data_type()
        {
            DataType::Struct(pair) => pair.len() == 2 && pair.iter().all(|field| is_bytes(field.data_type())),
            _ => false,
        },
        _ => false,
    }
}

fn is_plain(data_type: &DataType) -> bool {
    is_bytes(data_type)
        || (!data_type.is_nested() && !matches!(data_type, DataType::FixedSizeBinary(_) | DataType::Null))
}

/// One column by row.
enum Cells {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    Other(ArrayRef),
}

impl Cells {
    fn of(array: &ArrayRef) -> Result<Self, ArrowError> {
        Ok(match array.data_type() {
            DataType::Binary => Self::Small(array.as_binary::<i32>().clone()),
            DataType::LargeBinary => Self::Large(array.as_binary::<i64>().clone()),
            DataType::BinaryView => Self::View(array.as_binary_view().clone()),
            DataType::Dictionary(_, value) => Self::of(&arrow::compute::cast(array, value)?)?,
            _ => Self::Other(array.clone()),
        })
    }

    /// The bytes of a row, `None` where it is null.
    fn get(&self, row: usize) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::View(array) => array.is_valid(row).then(|| array.value(row).into()),
            Self::Other(array) => {
                let shown = array.is_valid(row).then(|| array_value_to_string(array, row).ok()).flatten();
                shown.map(|text| text.into_bytes().into())
            }
        }
    }

    fn lossy(&self, row: usize) -> Option<String> {
        self.get(row).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The whole column as text, without a copy, if every byte of it is UTF-8.
    fn as_texts(&self) -> Option<Texts> {
        match self {
            Self::Small(array) => StringArray::try_from_binary(array.clone()).ok().map(Texts::Small),
            Self::Large(array) => LargeStringArray::try_from_binary(array.clone()).ok().map(Texts::Large),
            Self::View(array) => array.clone().to_string_view().ok().map(Texts::View),
            Self::Other(_) => None,
        }
    }

    /// One row as text, without a copy where the layout allows it.
    fn as_text(&self, row: usize) -> Option<Text> {
        match self {
            Self::Small(array) => {
                one_row(array, row).map(|one| Text::new(Row { texts: Arc::new(Texts::Small(one)), row: 0 }))
            }
            Self::Large(array) => {
                one_row(array, row).map(|one| Text::new(Row { texts: Arc::new(Texts::Large(one)), row: 0 }))
            }
            Self::View(_) | Self::Other(_) => String::from_utf8(self.get(row)?.into_owned()).ok().map(Text::new),
        }
    }
}

/// An array of the one row, over the same bytes; `None` where they are not UTF-8.
fn one_row<O: OffsetSizeTrait>(array: &GenericBinaryArray<O>, row: usize) -> Option<GenericStringArray<O>> {
    let start = array.value_offsets()[row].as_usize();
    let length = array.value_length(row).as_usize();
    let values = array.values().slice_with_length(start, length);
    GenericStringArray::try_new(OffsetBuffer::from_lengths([length]), values, None).ok()
}

/// A checked text column.
enum Texts {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

/// One document's text: a row of a column that all documents of the batch share.
struct Row {
    texts: Arc<Texts>,
    row: usize,
}

impl TextOwner for Row {
    fn text(&self) -> &str {
        match &*self.texts {
            Texts::Small(array) => array.value(self.row),
            Texts::Large(array) => array.value(self.row),
            Texts::View(array) => array.value(self.row),
        }
    }
}

/// The records of one batch.
pub(crate) struct BatchRecords {
    ids: Cells,
    raw: Cells,
    texts: Option<Arc<Texts>>,
    metadata: Option<ArrayRef>,
    further: Vec<(String, Cells)>,
    /// Name of the file and records before this batch, for `file:record`.
    name: Arc<str>,
    before: u64,
    row: usize,
    n_rows: usize,
}

impl BatchRecords {
    pub fn new(batch: &RecordBatch, located: &Located, name: Arc<str>, before: u64) -> Result<Self, ArrowError> {
        let raw = Cells::of(batch.column(located.text))?;
        let further = located.further.iter().map(|(index, name)| Ok((name.clone(), Cells::of(batch.column(*index))?)));
        Ok(Self {
            ids: Cells::of(batch.column(located.doc_id))?,
            texts: raw.as_texts().map(Arc::new),
            raw,
            metadata: located.metadata.map(|index| batch.column(index).clone()),
            further: further.collect::<Result<_, ArrowError>>()?,
            name,
            before,
            row: 0,
            n_rows: batch.num_rows(),
        })
    }

    /// Rows of the batch.
    pub fn n_rows(&self) -> u64 {
        self.n_rows as u64
    }

    /// The next record; `None` at the end of the batch.
    pub fn next(&mut self) -> Option<Record> {
        let row = self.row;
        self.row += 1;
        (row < self.n_rows).then(|| self.record(row))
    }

    fn record(&self, row: usize) -> Record {
        let record_id = || format!("{}:{}", self.name, self.before + row as u64 + 1);
        let doc_id = match self.ids.get(row).map(|bytes| String::from_utf8(bytes.into_owned())) {
            Some(Ok(id)) if !id.is_empty() => id,
            Some(Err(_)) => {
                return Broken::new(record_id(), FaultKind::InvalidUtf8, "doc_id is not valid UTF-8").into();
            }
            _ => return Broken::new(record_id(), FaultKind::MissingId, "the row has no doc_id").into(),
        };
        let Some(bytes) = self.raw.get(row) else {
            let metadata = self.metadata(row);
            let missing = || Broken::new(&*doc_id, FaultKind::MissingText, "the text is null");
            return packed_fault(&doc_id, &metadata).unwrap_or_else(missing).into();
        };
        let text = match &self.texts {
            Some(texts) => Some(Text::new(Row { texts: texts.clone(), row })),
            None => self.raw.as_text(row),
        };
        match text {
            Some(text) => Record::Whole(Whole { doc_id, text, metadata: self.metadata(row) }),
            None => {
                let valid = std::str::from_utf8(&bytes).err().map_or(0, |error| error.valid_up_to());
                Broken::invalid_utf8(doc_id, valid, bytes.len()).into()
            }
        }
    }

    fn metadata(&self, row: usize) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if let Some(entries) = self.metadata.as_ref().and_then(|array| pairs_of(array, row))
            && let (Ok(keys), Ok(values)) = (Cells::of(entries.column(0)), Cells::of(entries.column(1)))
        {
            let all = (0..entries.len()).filter_map(|index| Some((keys.lossy(index)?, values.lossy(index)?)));
            pairs.extend(all);
        }
        let further = self.further.iter().filter_map(|(name, cells)| Some((name.clone(), cells.lossy(row)?)));
        pairs.extend(further);
        pairs
    }
}

/// The key and value columns of one row's metadata.
fn pairs_of(array: &ArrayRef, row: usize) -> Option<StructArray> {
    if array.is_null(row) {
        return None;
    }
    if let Some(map) = array.as_map_opt() {
        return Some(map.value(row));
    }
    let list = match array.data_type() {
        DataType::List(_) => array.as_list::<i32>().value(row),
        _ => array.as_list_opt::<i64>()?.value(row),
    };
    list.as_struct_opt().cloned()
}

/// The fault that `pack` wrote in place of a document it could not read.
fn packed_fault(doc_id: &str, metadata: &[(String, String)]) -> Option<Broken> {
    let value = |key: &str| metadata.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let (kind, what) = value(FAULT_KEY)?.split_once(": ")?;
    let kind = parse_kind(kind)?;
    let what = match value(FAULT_SOURCE_KEY) {
        Some(source) => format!("{what} (when packed from {source})"),
        None => what.to_owned(),
    };
    Some(Broken {
        doc_id: doc_id.to_owned(),
        kind,
        byte_offset: value(FAULT_BYTE_KEY).and_then(|number| number.parse().ok()),
        n_bytes: value(FAULT_SIZE_KEY).and_then(|number| number.parse().ok()),
        what,
        remedy: remedy(kind).to_owned(),
    })
}
