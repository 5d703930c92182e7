//! What stands in the tables, and reading it back.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs::File;

use arrow::array::RecordBatchReader;
use befund_core::{Document, Language, Rows, Sink, Span, Table, Task};
use befund_core::{FoundBy, Label, RelationType};
use befund_sink::{DatasetReader, RunManifest, read_totals, tables};
use common::{TEXT, bare, broken, create, full, mention, run_of, tnm};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::json;

/// The slice that Python's `text[begin:end]` gives.
fn slice(text: &str, begin: u32, end: u32) -> String {
    text.chars().skip(begin as usize).take((end - begin) as usize).collect()
}

#[test]
fn every_row_comes_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 100);
    dataset.write(full(0)).unwrap();
    dataset.close().unwrap();
    let document = DatasetReader::open(folder.path()).unwrap().next_document().unwrap().unwrap();
    assert_eq!((document.doc_id.as_str(), document.is_ok), ("d0", true));
    assert_eq!(document.row["language"], "de");
    assert_eq!(
        (&document.row["n_chars"], &document.row["n_bytes"]),
        (&json!(TEXT.chars().count()), &json!(TEXT.len()))
    );
    assert_eq!((&document.row["n_mentions"], &document.row["warnings"]), (&json!(4), &json!(["two statements"])));
    assert_eq!(document.row["fault"], json!(null));
    assert_eq!(document.row["text_sha256"].as_str().unwrap().len(), 64);
    let drug = &document.mentions[1];
    assert_eq!((drug.task, drug.label, drug.score, drug.found_by), (Task::Ade, Label::Drug, None, FoundBy::Both));
    assert_eq!(
        (drug.section.as_deref(), drug.system.as_deref(), drug.name.as_deref()),
        (None, None, Some("metoprolol"))
    );
    assert_eq!(document.mentions[0].score, Some(0.75));
    assert_eq!(document.mentions[0].section.as_deref(), Some("diagnosis"));
    let relation = &document.relations[0];
    assert_eq!((relation.kind, relation.head, relation.tail), (RelationType::Causes, 1, 0));
    assert_eq!(document.medications[0]["doses"], json!([1.0, 0.0, 1.0, 0.0]));
    assert_eq!((&document.medications[0]["form"], &document.medications[0]["prn"]), (&json!(null), &json!(true)));
    assert_eq!(document.findings[0]["mention_ids"], json!([1]));
}

#[test]
fn the_columns_of_a_statement_hold_the_fields_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 100);
    dataset.write(full(0)).unwrap();
    dataset.close().unwrap();
    let document = DatasetReader::open(folder.path()).unwrap().next_document().unwrap().unwrap();
    let statement = &document.tnm[0];
    let expected = json!({
        "t": "2a", "n": "0", "m": null, "t_prefix": "p", "n_prefix": "p", "m_prefix": null, "y": false, "r_recurrence": true,
        "a_autopsy": false, "multiplicity": "m2", "t_suffix": "ts", "n_suffix": "(sn)", "m_suffix": "(i+)", "nodes_positive": 0,
        "nodes_examined": 17, "sentinel_positive": 1, "sentinel_examined": 2, "l": "l", "v": "v", "pn": "pn", "s": "s", "r": "r",
        "grade": "grade", "stage": "IIIB", "stage_system": "uicc", "edition": "8", "gleason_primary": 3, "gleason_secondary": 4,
        "isup": 2, "breslow_mm": 1.25, "clark": "IV", "site": "colon", "assertion": "possible", "temporality": "history",
        "validity": "unknown", "derived_stage": "I", "flags": ["ocr_zero", "range"], "mention_ids": [2, 3],
        "text": "pT2a pN0 (0/17)", "statement_id": 0, "doc_id": "d0",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&statement[name], value, "{name}");
    }
}

#[test]
fn begin_and_end_slice_the_text_as_python_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 100);
    dataset.write(full(0)).unwrap();
    dataset.close().unwrap();
    let document = DatasetReader::open(folder.path()).unwrap().next_document().unwrap().unwrap();
    for mention in &document.mentions {
        assert_eq!(slice(TEXT, mention.begin, mention.end), mention.text);
        assert_eq!(&TEXT[mention.byte_begin as usize..mention.byte_end as usize], mention.text);
    }
    let (begin, end) = (document.tnm[0]["begin"].as_u64().unwrap(), document.tnm[0]["end"].as_u64().unwrap());
    assert_eq!(slice(TEXT, begin as u32, end as u32), "pT2a pN0 (0/17)");
    assert_ne!(document.mentions[0].begin, document.mentions[0].byte_begin);
}

#[test]
fn a_span_that_does_not_fit_its_text_makes_a_fault_and_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 100);
    for (sequence, bad) in [Span::new(0, TEXT.len() + 1), Span::new(10, 11), Span::new(3, 3)].into_iter().enumerate() {
        let mut rows = full(sequence as u64);
        rows.mentions[0].span = bad;
        dataset.write(rows).unwrap();
    }
    let mut rows = full(3);
    rows.tnm[0].span = Span::new(TEXT.len(), TEXT.len() + 2);
    dataset.write(rows).unwrap();
    dataset.write(full(4)).unwrap();
    dataset.close().unwrap();
    let documents: Vec<_> = DatasetReader::open(folder.path()).unwrap().map(Result::unwrap).collect();
    assert_eq!(documents.iter().map(|document| document.is_ok).collect::<Vec<_>>(), [false, false, false, false, true]);
    assert_eq!(documents[1].row["fault"], "stage: a stage gave a span that does not fit the text (byte 10)");
    assert_eq!(read_totals(folder.path()).unwrap().n_faults, 4);
}

#[test]
fn a_fault_has_its_row_and_takes_no_rows_of_a_document_with_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 2);
    dataset.write(broken(0, "d1")).unwrap();
    dataset.write(full(1)).unwrap();
    dataset.write(broken(2, "d1")).unwrap();
    dataset.write(bare(3)).unwrap();
    dataset.write(full(4)).unwrap();
    dataset.close().unwrap();
    let documents: Vec<_> = DatasetReader::open(folder.path()).unwrap().map(Result::unwrap).collect();
    let mentions: Vec<usize> = documents.iter().map(|document| document.mentions.len()).collect();
    assert_eq!(mentions, [0, 4, 0, 0, 4]);
    assert_eq!(documents[0].row["status"], "fault");
    assert_eq!(documents[0].row["fault"], "duplicate_id: an earlier document has the same doc_id (byte 6)");
    assert_eq!((&documents[0].row["n_bytes"], &documents[0].row["text_sha256"]), (&json!(9), &json!(null)));
    let of_empty_text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(
        (&documents[3].row["text_sha256"], &documents[3].row["language"]),
        (&json!(of_empty_text), &json!(null))
    );
}

#[test]
fn an_empty_run_writes_all_tables_with_their_schemas() {
    let folder = tempfile::tempdir().unwrap();
    create(folder.path(), 100).close().unwrap();
    for table in tables() {
        let path = folder.path().join(format!("{}/part-00000.parquet", table.table));
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        assert_eq!(builder.metadata().file_metadata().num_rows(), 0);
        assert_eq!(builder.metadata().file_metadata().created_by(), Some("befund version 0.1.0"));
        assert_eq!(builder.build().unwrap().schema().fields(), table.arrow().fields());
    }
    assert!(DatasetReader::open(folder.path()).unwrap().next_document().unwrap().is_none());
}

#[test]
fn totals_reconcile_with_the_rows_and_the_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 3);
    run_of(10).for_each(|rows| dataset.write(rows).unwrap());
    dataset.close().unwrap();
    let totals = read_totals(folder.path()).unwrap();
    assert_eq!((totals.n_documents, totals.n_faults, totals.n_tokens, totals.n_warnings), (10, 2, 240, 6));
    assert_eq!(totals.faults_by_kind["duplicate_id"], 2);
    let documents: Vec<_> = DatasetReader::open(folder.path()).unwrap().map(Result::unwrap).collect();
    assert_eq!(documents.len() as u64, totals.counts().get(Table::Documents));
    let mentions: usize = documents.iter().map(|document| document.mentions.len()).sum();
    assert_eq!(mentions as u64, totals.counts().get(Table::Mentions));

    let mut manifest = RunManifest::default();
    manifest.set_totals(&totals);
    manifest.write(folder.path()).unwrap();
    manifest.n_tokens += 1;
    assert!(manifest.write(folder.path()).unwrap_err().to_string().contains("not those of the dataset"));
}

#[test]
fn a_dataset_without_its_ledger_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 3);
    run_of(10).for_each(|rows| dataset.write(rows).unwrap());
    dataset.close().unwrap();
    std::fs::remove_file(folder.path().join("ledger.jsonl")).unwrap();
    assert_eq!(DatasetReader::open(folder.path()).unwrap().map(Result::unwrap).count(), 10);
    assert!(DatasetReader::open(&folder.path().join("mentions")).is_err());
}

#[test]
fn a_document_of_fifty_megabytes_with_a_hundred_thousand_mentions_is_written_quickly() {
    let text = "Übelkeit unter Metformin 1-0-1, pT2 pN0. ".repeat(1_250_000);
    assert!(text.len() > 50_000_000);
    let document = Document::new(0, "a.txt", "groß", text);
    let mut rows = Rows::of(&document, Language::De);
    let one = mention(0, Task::Ade, Label::Ade, TEXT, "Übelkeit");
    let period = "Übelkeit unter Metformin 1-0-1, pT2 pN0. ".len();
    let at = |n: u32| Span::new(n as usize * period, n as usize * period + "Übelkeit".len());
    rows.mentions =
        (0..100_000).map(|n| befund_core::MentionRow { mention_id: n, span: at(n * 12), ..one.clone() }).collect();
    rows.tnm = vec![tnm(document.text(), "pT2 pN0")];
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 100);
    let begun = std::time::Instant::now();
    dataset.write(rows).unwrap();
    dataset.close().unwrap();
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    let back = DatasetReader::open(folder.path()).unwrap().next_document().unwrap().unwrap();
    assert!(back.mentions.iter().all(|mention| mention.text == "Übelkeit"));
    let last = back.mentions.last().unwrap();
    assert_eq!(u64::from(last.begin), 99_999 * 12 * (period as u64 - 1));
}
