//! Bad input costs itself and nothing else; a failing disk stops the run and leaves what was finished.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, LargeStringArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::ipc::writer::FileWriter;
use common::{befund, extract, many, numbers, samples, statuses, texts};

const SECRET: &str = "Geheimrat Mustermann";

/// Packs one document and returns the bytes of the shard.
fn shard(folder: &Path) -> Vec<u8> {
    let input = folder.join("for-shard");
    fs::create_dir_all(&input).unwrap();
    fs::write(input.join("in_shard.txt"), format!("{SECRET}: pT2 pN0 (0/12) cM0 G2 R0.")).unwrap();
    let out = folder.join("shards");
    let output = befund().arg("pack").arg(&input).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(out.join("shard-00000.arrow")).unwrap()
}

#[test]
fn each_kind_of_bad_input_is_written_down_and_no_other_document_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = shard(folder.path());
    let input = folder.path().join("input");
    fs::create_dir_all(&input).unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(input.join(name), bytes).unwrap();
    put("good.arrow", &bytes);
    put("truncated.arrow", &bytes[..bytes.len() / 2]);
    put("not_arrow.arrow", SECRET.as_bytes());
    put("empty.txt", b"");
    put("latin1.txt", format!("{SECRET}: \u{dc}belkeit").chars().map(|c| c as u8).collect::<Vec<_>>().as_slice());
    put("good.txt", format!("{SECRET}: ypT1 ypN0 M0.").as_bytes());
    put(
        "lines.jsonl",
        format!(
            "{{\"doc_id\": \"a\", \"text\": \"{SECRET} pT1\"}}\n{{\"doc_id\": \"a\", \"text\": \"{SECRET} again\"}}\n{{\"doc_id\": \"broken\", \
             \"text\": \"{SECRET}\n{{\"text\": \"{SECRET} without id\"}}\n{{\"doc_id\": \"null\", \"text\": null}}\n{{\"doc_id\": \"last\", \
             \"text\": \"cT3 cN1 M0\"}}\n"
        )
        .as_bytes(),
    );
    put("no_text_column.csv", b"doc_id,body\nx,y\n");

    let out = folder.path().join("out");
    let output = extract(&input, &out, &["--found-by", "rules"], 1);
    let statuses = statuses(&out);
    for ok in ["in_shard", "empty", "good", "last"] {
        assert_eq!(statuses[ok].0, "ok", "{ok}");
    }
    // The first document "a" is read, the second is the fault.
    let rows: Vec<_> = texts(&out, "documents", "doc_id").into_iter().zip(texts(&out, "documents", "status")).collect();
    let of_a: Vec<&str> = rows.iter().filter(|(doc_id, _)| doc_id == "a").map(|(_, status)| status.as_str()).collect();
    assert_eq!(of_a, ["ok", "fault"]);
    let n_faults = rows.iter().filter(|(_, status)| status == "fault").count();
    let expected = ["truncated", "not_arrow", "latin1", "second a", "broken", "no id", "null", "csv"];
    assert_eq!(n_faults, expected.len(), "{statuses:?}");
    for kind in ["unreadable", "invalid_utf8", "duplicate_id", "malformed", "missing_id", "missing_text"] {
        assert!(texts(&out, "documents", "fault").iter().any(|fault| fault.starts_with(kind)), "{kind}: {statuses:?}");
    }
    // The counts reconcile, and neither words nor tables of faults quote a document.
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["n_documents"], 13);
    assert_eq!(run["n_ok"], 5);
    assert_eq!(run["n_faults"], 8);
    assert_eq!(run["rows"]["documents"], 13);
    for words in [&output.stdout, &output.stderr] {
        assert!(!String::from_utf8_lossy(words).contains("Mustermann"));
    }
    assert!(!texts(&out, "documents", "fault").concat().contains("Mustermann"));
}

#[test]
fn a_shard_of_a_newer_version_and_one_without_a_column_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    fs::create_dir_all(&input).unwrap();
    write_shard(&input.join("newer.arrow"), "9", &["doc_id", "text"]);
    write_shard(&input.join("no_text.arrow"), "1", &["doc_id", "body"]);
    write_shard(&input.join("plain.arrow"), "1", &["doc_id", "text"]);
    let out = folder.path().join("out");
    extract(&input, &out, &["--found-by", "rules"], 1);
    let statuses = statuses(&out);
    assert_eq!(statuses["x"].0, "ok");
    assert_eq!(statuses.len(), 3);
    assert!(statuses.values().any(|(_, fault)| fault.contains("version") && fault.contains('9')), "{statuses:?}");
    assert!(statuses.values().any(|(_, fault)| fault.contains("column") && fault.contains("text")), "{statuses:?}");
}

/// A shard of one document as another program would write it.
fn write_shard(path: &Path, version: &str, columns: &[&str; 2]) {
    let metadata = HashMap::from([("befund.shard.version".to_string(), version.to_string())]);
    let fields = vec![Field::new(columns[0], DataType::Utf8, false), Field::new(columns[1], DataType::LargeUtf8, true)];
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    let values: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(vec!["x"])),
        Arc::new(LargeStringArray::from(vec![format!("{SECRET}: pT1 pN0")])),
    ];
    let batch = RecordBatch::try_new(schema.clone(), values).unwrap();
    let mut writer = FileWriter::try_new(fs::File::create(path).unwrap(), &schema).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_document_of_fifty_megabytes_is_read_whole_and_one_above_the_limit_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    fs::create_dir_all(&input).unwrap();
    let line = "Makroskopie: Kolonresektat mit einem 3,5 cm gro\u{df}en Tumor. Diagnose: Adenokarzinom, pT3 pN1a (1/18) cM0, G2, R0.\n";
    let n = (50 << 20) / line.len();
    fs::write(input.join("large.txt"), line.repeat(n)).unwrap();
    fs::write(input.join("too_large.txt"), "x".repeat(65 << 20)).unwrap();
    fs::write(input.join("small.txt"), "pT2 pN0").unwrap();
    let out = folder.path().join("out");
    extract(&input, &out, &["--found-by", "rules", "--tasks", "tnm"], 1);
    let statuses = statuses(&out);
    assert_eq!(statuses["large"].0, "ok");
    assert_eq!(statuses["small"].0, "ok");
    assert!(statuses["too_large"].1.starts_with("too_large"));
    assert!(numbers(&out, "documents", "n_bytes").contains(&((line.len() * n) as i64)));
    // The last line of the document was read like the first.
    let last = (line.chars().count() * (n - 1)) as i64;
    assert!(numbers(&out, "tnm", "begin").iter().any(|begin| *begin > last));
}

#[test]
fn a_folder_that_cannot_be_written_stops_the_run_before_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let output = extract(&samples(), &file.join("out"), &["--found-by", "rules"], 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("out"));
}

/// A limit on the size of files stands in for a full disk: writing fails in the middle with an error of the system.
#[test]
#[cfg(unix)]
fn a_full_disk_stops_the_run_and_what_was_finished_can_be_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("many.jsonl");
    many(&input, 3000);
    // A part that needs more than the limit, after some that need less.
    let long = "pT2 pN1 (3/14) cM0 G2 R0. Ramipril 5 mg 1-0-1. ".repeat(3000);
    let mut text = fs::read_to_string(&input).unwrap();
    for index in 0..60 {
        text.push_str(&format!("{{\"doc_id\": \"long{index}\", \"text\": \"{index} {long}\"}}\n"));
    }
    fs::write(&input, text).unwrap();
    let options = ["--found-by", "rules", "--documents-per-part", "500", "--threads", "1"];
    let out = folder.path().join("out");
    let script = format!(
        "trap '' XFSZ; ulimit -f 400; exec '{}' extract '{}' --out '{}' {}",
        env!("CARGO_BIN_EXE_befund"),
        input.display(),
        out.display(),
        options.join(" ")
    );
    let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{words}");
    assert!(words.contains("out") && words.contains("--resume"), "{words}");
    extract(&input, &out, &[&options[..], &["--resume"]].concat(), 0);
    assert_eq!(statuses(&out).len(), 3060);
}
