//! What a shard may look like, and what becomes of a broken one.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeBinaryArray, LargeStringArray, ListArray, RecordBatch,
    StringArray, StringViewArray, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, Field, Int32Type, Schema};
use arrow::ipc::CompressionType;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions};
use befund_core::{FaultKind, Intake, Source};
use befund_shard::{Inputs, PackOptions, PackReceipt, ReadOptions, Reader, VERSION_KEY, pack};
use common::{Folder, document, drain, fault, metadata, read, shown};

fn write(path: &Path, version: Option<&str>, columns: Vec<(&str, ArrayRef)>) {
    write_as(path, version, columns, IpcWriteOptions::default());
}

fn write_as(path: &Path, version: Option<&str>, columns: Vec<(&str, ArrayRef)>, options: IpcWriteOptions) {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let metadata: HashMap<_, _> =
        version.map(|version| (VERSION_KEY.to_owned(), version.to_owned())).into_iter().collect();
    let schema = Schema::new_with_metadata(batch.schema().fields().clone(), metadata);
    let batch = RecordBatch::try_new(Arc::new(schema), batch.columns().to_vec()).unwrap();
    let file = File::create(path).unwrap();
    let mut writer = FileWriter::try_new_with_options(file, &batch.schema(), options).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
}

/// A shard whose columns claim to be strings over bytes that are not: declared so in the schema, written as bytes.
fn write_unchecked(path: &Path, ids: &[&[u8]], texts: &[Option<&[u8]>]) {
    write(
        path,
        Some("1"),
        vec![
            ("doc_id", Arc::new(BinaryArray::from_iter_values(ids)) as _),
            ("text", Arc::new(LargeBinaryArray::from_iter(texts)) as _),
        ],
    );
}

fn two_columns(ids: [&str; 2], texts: [&str; 2]) -> Vec<(&'static str, ArrayRef)> {
    vec![
        ("doc_id", Arc::new(StringArray::from(ids.to_vec())) as _),
        ("text", Arc::new(LargeStringArray::from(texts.to_vec())) as _),
    ]
}

fn pack_lines(folder: &Folder, lines: &str, out: &str, options: PackOptions) -> PackReceipt {
    let path = folder.write("in.jsonl", lines);
    let mut reader = Reader::open(Inputs::resolve(&[path]).unwrap(), ReadOptions::default()).unwrap();
    pack(&mut reader, &folder.path(out), options, &mut |_| {}).unwrap()
}

#[test]
fn what_was_packed_is_read_back_with_its_faults() {
    let folder = Folder::new();
    let lines = "{\"doc_id\": \"a\", \"text\": \"Übelkeit\", \"klinik\": \"Süd\"}\n{\"doc_id\": \"a\", \"text\": \"again\"}\nno json\n\
                 {\"doc_id\": 7, \"text\": \"seven\"}\n";
    let receipt = pack_lines(&folder, lines, "out", PackOptions::default());
    assert_eq!((receipt.n_documents, receipt.n_faults, receipt.n_text_bytes), (2, 2, 14));
    let all = read(&[&folder.path("out")]);
    let name = folder.path("in.jsonl").display().to_string();
    assert_eq!(shown(&all), ["a=Übelkeit", "a!duplicate_id", &format!("{name}:3!malformed"), "7=seven"]);
    assert_eq!(metadata(&all[0]), ["klinik=Süd"]);
    assert_eq!(fault(&all[1]).n_bytes, Some(5));
    assert!(fault(&all[2]).byte_offset.is_some());
    assert!(fault(&all[2]).what.contains("in.jsonl"));
}

#[test]
fn packing_twice_gives_the_same_bytes_at_any_place_and_one_row_per_record() {
    let folder = Folder::new();
    let lines: String =
        (0..50).map(|n| format!("{{\"doc_id\": \"d{n}\", \"text\": \"Text Nr. {n} über\", \"n\": {n}}}\n")).collect();
    let options = PackOptions { documents_per_batch: 4, shard_bytes: 200 };
    let first = pack_lines(&folder, &lines, "first", options);
    let second = pack_lines(&folder, &lines, "second", options);
    assert!(first.shards.len() > 2, "{}", first.shards.len());
    for (a, b) in first.shards.iter().zip(&second.shards) {
        assert_eq!(std::fs::read(&a.path).unwrap(), std::fs::read(&b.path).unwrap());
        assert_eq!(a.n_bytes, std::fs::metadata(&a.path).unwrap().len());
    }
    assert_eq!(first.shards.iter().map(|shard| shard.n_documents).sum::<u64>(), 50);
    let inputs = Inputs::resolve(&[folder.path("first")]).unwrap();
    let mut reader = Reader::open(inputs, ReadOptions::default()).unwrap();
    assert_eq!(reader.n_documents(), Some(50));
    let all = drain(&mut reader);
    assert_eq!(shown(&all), shown(&read(&[&folder.path("in.jsonl")])));
}

#[test]
fn packing_never_writes_over_shards_and_leaves_nothing_when_it_fails() {
    struct Failing(u32);
    impl Source for Failing {
        fn next(&mut self) -> Result<Option<Intake>, befund_core::Failure> {
            self.0 += 1;
            match self.0 {
                1..5 => {
                    Ok(Some(Intake::Document(befund_core::Document::new(0, "s", &self.0.to_string(), "some text"))))
                }
                _ => Err(befund_core::Failure::new("the source broke", "")),
            }
        }
        fn n_documents(&self) -> Option<u64> {
            None
        }
    }
    let folder = Folder::new();
    let out = folder.path("out");
    let options = PackOptions { documents_per_batch: 1, shard_bytes: 10 };
    assert!(pack(&mut Failing(0), &out, options, &mut |_| {}).is_err());
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
    folder.write("out/.shard-00007.arrow.partial", "left by a killed run");
    pack_lines(&folder, "", "out", options);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1, "an empty source gives one empty shard and leftovers go");
    assert!(read(&[&out]).is_empty());
    let refused = pack(&mut Failing(0), &out, options, &mut |_| {}).unwrap_err().to_string();
    assert!(refused.contains("already holds shards"), "{refused}");
}

#[test]
fn a_shard_of_other_tools_is_read_whatever_its_string_type() {
    let folder = Folder::new();
    let ids = ["a", "b"];
    let dictionary: DictionaryArray<Int32Type> = ["Ödem", "Ödem"].into_iter().collect();
    let texts: Vec<(&str, ArrayRef)> = vec![
        ("small", Arc::new(StringArray::from(vec!["Ödem", "Ödem"]))),
        ("large", Arc::new(LargeStringArray::from(vec!["Ödem", "Ödem"]))),
        ("view", Arc::new(StringViewArray::from(vec!["Ödem", "Ödem"]))),
        ("dictionary", Arc::new(dictionary)),
        ("binary", Arc::new(BinaryArray::from_vec(vec!["Ödem".as_bytes(), "Ödem".as_bytes()]))),
    ];
    for (name, texts) in texts {
        for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
            let path = folder.path(&format!("{name}.arrow"));
            let further = Arc::new(Int64Array::from(vec![Some(2021), None])) as ArrayRef;
            let columns = vec![
                ("doc_id", Arc::new(StringArray::from(ids.to_vec())) as _),
                ("text", texts.clone()),
                ("jahr", further),
            ];
            write_as(&path, None, columns, IpcWriteOptions::default().try_with_compression(compression).unwrap());
            let all = read(&[&path]);
            assert_eq!(shown(&all), ["a=Ödem", "b=Ödem"], "{name} {compression:?}");
            assert_eq!((metadata(&all[0]), metadata(&all[1])), (vec!["jahr=2021".to_owned()], vec![]));
        }
    }
}

#[test]
fn metadata_as_polars_writes_it_is_read() {
    let folder = Folder::new();
    let pair = vec![Field::new("key", DataType::Utf8View, true), Field::new("value", DataType::Utf8View, true)];
    let keys = Arc::new(StringViewArray::from(vec!["klinik", "jahr"])) as ArrayRef;
    let values = Arc::new(StringViewArray::from(vec!["Süd", "2021"])) as ArrayRef;
    let pairs = StructArray::try_new(pair.into(), vec![keys, values], None).unwrap();
    let item = Arc::new(Field::new("item", pairs.data_type_of(), true));
    let list = ListArray::try_new(item, OffsetBuffer::from_lengths([2, 0]), Arc::new(pairs), None).unwrap();
    let mut columns = two_columns(["a", "b"], ["x", "y"]);
    columns.push(("metadata", Arc::new(list)));
    let path = folder.path("polars.arrow");
    write(&path, None, columns);
    assert_eq!(metadata(&read(&[&path])[0]), ["klinik=Süd", "jahr=2021"]);
}

trait DataTypeOf {
    fn data_type_of(&self) -> DataType;
}

impl DataTypeOf for StructArray {
    fn data_type_of(&self) -> DataType {
        arrow::array::Array::data_type(self).clone()
    }
}

#[test]
fn integer_identifiers_become_their_decimal_text() {
    let folder = Folder::new();
    let path = folder.path("ints.arrow");
    write(
        &path,
        None,
        vec![
            ("doc_id", Arc::new(Int64Array::from(vec![4711, -1])) as _),
            ("text", Arc::new(StringArray::from(vec!["x", "y"])) as _),
        ],
    );
    assert_eq!(shown(&read(&[&path])), ["4711=x", "-1=y"]);
}

#[test]
fn one_row_that_is_not_utf8_costs_one_document() {
    let folder = Folder::new();
    let path = folder.path("latin1.arrow");
    let texts: [Option<&[u8]>; 5] =
        [Some("Übelkeit".as_bytes()), Some(b"Schwei\xdf"), None, Some(b""), Some("Fuß".as_bytes())];
    write_unchecked(&path, &[b"a", b"b", b"c", b"d", b"\xff"], &texts);
    let all = read(&[&path]);
    let last = format!("{}:5!invalid_utf8", path.display());
    assert_eq!(shown(&all), ["a=Übelkeit", "b!invalid_utf8", "c!missing_text", "d=", &last]);
    assert_eq!((fault(&all[1]).byte_offset, fault(&all[1]).n_bytes), (Some(6), Some(7)));
    assert!(!fault(&all[1]).to_string().contains("Schwei"));
}

#[test]
fn bytes_that_split_a_character_between_two_rows_are_two_faults() {
    // Both rows together are valid UTF-8, each on its own is not.
    let folder = Folder::new();
    let path = folder.path("split.arrow");
    write_unchecked(&path, &[b"a", b"b", b"c"], &[Some(b"x\xc3"), Some(b"\xbcy"), Some(b"z")]);
    assert_eq!(shown(&read(&[&path])), ["a!invalid_utf8", "b!invalid_utf8", "c=z"]);
}

#[test]
fn a_text_outlives_the_reader_that_mapped_it() {
    let folder = Folder::new();
    let path = folder.path("a.arrow");
    write(&path, Some("1"), two_columns(["a", "b"], ["Grüße", "zwei"]));
    let all = read(&[&path]);
    std::fs::remove_file(&path).unwrap();
    let text = document(&all[0]).text.clone();
    drop(all);
    assert_eq!(text.as_str(), "Grüße");
}

fn refused(path: &Path) -> String {
    let inputs = Inputs::resolve(&[path.to_owned()]).unwrap();
    let mut reader = Reader::open(inputs, ReadOptions::default()).unwrap();
    assert_eq!(reader.n_documents(), Some(1), "a refused shard is one fault");
    let all = drain(&mut reader);
    assert_eq!(all.len(), 1);
    assert_eq!((fault(&all[0]).kind, &*fault(&all[0]).doc_id), (FaultKind::Unreadable, &*path.display().to_string()));
    fault(&all[0]).to_string()
}

#[test]
fn a_truncated_shard_is_refused_at_any_length() {
    let folder = Folder::new();
    let path = folder.path("whole.arrow");
    write(&path, Some("1"), two_columns(["a", "b"], ["Text eins", "Text zwei"]));
    let bytes = std::fs::read(&path).unwrap();
    for length in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        let cut = folder.write("cut.arrow", &bytes[..length]);
        let said = refused(&cut);
        assert!(said.contains("truncated") || said.contains("not an Arrow IPC file"), "{length}: {said}");
    }
}

#[test]
fn a_shard_of_a_newer_version_is_refused() {
    let folder = Folder::new();
    let path = folder.path("new.arrow");
    write(&path, Some("2"), two_columns(["a", "b"], ["x", "y"]));
    assert!(refused(&path).contains("format version 2"));
    write(&path, Some("zwei"), two_columns(["a", "b"], ["x", "y"]));
    assert!(refused(&path).contains("not a version"));
}

#[test]
fn a_missing_column_or_one_of_a_wrong_type_is_refused() {
    let folder = Folder::new();
    let path = folder.path("columns.arrow");
    let ids = || Arc::new(StringArray::from(vec!["a"])) as ArrayRef;
    write(&path, Some("1"), vec![("doc_id", ids())]);
    assert!(refused(&path).contains("no column text"));
    write(&path, Some("1"), vec![("text", ids())]);
    assert!(refused(&path).contains("no column doc_id"));
    write(&path, Some("1"), vec![("doc_id", ids()), ("text", Arc::new(Int64Array::from(vec![1])) as _)]);
    assert!(refused(&path).contains("column text has the type"));
}

#[test]
fn a_shard_with_a_flipped_byte_never_ends_the_run_and_the_next_input_follows() {
    let folder = Folder::new();
    let path = folder.path("whole.arrow");
    write(&path, Some("1"), two_columns(["a", "b"], ["Text eins", "Text zwei"]));
    let other = folder.write("other.txt", "noch da");
    let bytes = std::fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        let shard = folder.write("damaged.arrow", &damaged);
        let all = read(&[&shard, &other]);
        assert_eq!(shown(&all).last().unwrap(), "other=noch da", "byte {at}");
    }
}
