//! Shard format v1 in Arrow terms. `FORMAT.md` is the prose; the fixture `datasets/fixtures/shard-v1.arrow` is the proof.
//!
//! Knows the column names and types, nothing of files.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema};

/// Version of the shard format that this build writes, and the newest that it reads.
pub const FORMAT_VERSION: u32 = 1;

/// Key of the version in the Arrow schema's metadata.
pub const VERSION_KEY: &str = "befund.shard.version";

/// Metadata keys of a record that `pack` could not read.
pub(crate) const FAULT_KEY: &str = "befund.fault";
pub(crate) const FAULT_BYTE_KEY: &str = "befund.fault.byte_offset";
pub(crate) const FAULT_SIZE_KEY: &str = "befund.fault.n_bytes";
pub(crate) const FAULT_SOURCE_KEY: &str = "befund.fault.source";

/// Names inside the metadata map, as the Arrow specification recommends them.
pub(crate) const MAP_NAMES: [&str; 3] = ["entries", "key", "value"];

/// The Arrow schema of a v1 shard: `doc_id: Utf8 not null, text: LargeUtf8, metadata: Map<Utf8, Utf8>`.
pub fn shard_schema() -> Schema {
    let [entries, key, value] = MAP_NAMES;
    let pair = Fields::from(vec![Field::new(key, DataType::Utf8, false), Field::new(value, DataType::Utf8, true)]);
    let map = DataType::Map(Arc::new(Field::new(entries, DataType::Struct(pair), false)), false);
    let fields = vec![
        Field::new("doc_id", DataType::Utf8, false),
        Field::new("text", DataType::LargeUtf8, true),
        Field::new("metadata", map, true),
    ];
    Schema::new_with_metadata(fields, HashMap::from([(VERSION_KEY.to_owned(), FORMAT_VERSION.to_string())]))
}

/// The same schema with strings read as bytes. The layout is the same, and invalid UTF-8 then costs one row, not the batch.
pub(crate) fn with_strings_as_bytes(schema: &Schema) -> Schema {
    let fields: Fields = schema.fields().iter().map(|field| field_as_bytes(field)).collect();
    Schema::new_with_metadata(fields, schema.metadata().clone())
}

fn field_as_bytes(field: &Field) -> Field {
    field.clone().with_data_type(type_as_bytes(field.data_type()))
}

fn type_as_bytes(data_type: &DataType) -> DataType {
    let inner = |field: &Arc<Field>| Arc::new(field_as_bytes(field));
    match data_type {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        DataType::Dictionary(key, value) => DataType::Dictionary(key.clone(), Box::new(type_as_bytes(value))),
        DataType::List(field) => DataType::List(inner(field)),
        DataType::LargeList(field) => DataType::LargeList(inner(field)),
        DataType::Map(field, sorted) => DataType::Map(inner(field), *sorted),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(|field| field_as_bytes(field)).collect()),
        other => other.clone(),
    }
}
