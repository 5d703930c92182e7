//! The gate on the program itself: what it may not lose, what it counts, and when it does not run.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{digests, extract, numbers, samples, texts};
use serde_json::Value;

const TNM: [&str; 4] = ["--tasks", "tnm", "--precision", "int8"];

fn manifest(out: &Path) -> Value {
    serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap()
}

/// Document, label, begin and end of every mention.
fn mentions(out: &Path) -> BTreeSet<(String, String, i64, i64)> {
    let column = |name| texts(out, "mentions", name).into_iter();
    let number = |name| numbers(out, "mentions", name).into_iter();
    let places = column("doc_id").zip(column("label")).zip(number("begin").zip(number("end")));
    places.map(|((doc_id, label), (begin, end))| (doc_id, label, begin, end)).collect()
}

#[test]
fn no_stage_of_the_samples_is_lost_and_what_was_spared_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (gated, whole) = (folder.path().join("gated"), folder.path().join("whole"));
    extract(&samples(), &gated, &TNM, 0);
    extract(&samples(), &whole, &[&TNM[..], &["--exhaustive"]].concat(), 0);
    assert!(mentions(&whole).len() > 200);
    assert_eq!(mentions(&gated), mentions(&whole));
    assert_eq!(digests(&gated)["tnm/part-00000.parquet"], digests(&whole)["tnm/part-00000.parquet"]);

    let run = manifest(&gated);
    let count = |run: &Value, name: &str| run[name].as_u64().unwrap();
    assert!(run["gate"]["share_of_bytes"].as_f64().unwrap() > 0.5, "{}", run["gate"]);
    assert!(count(&run, "n_windows") > 0, "the encoder is asked where the rules leave something open");
    assert_eq!(count(&run, "n_windows_read") + count(&run, "n_windows_copied"), count(&run, "n_windows"));
    let spared = numbers(&gated, "documents", "n_bytes_gated").iter().sum::<i64>();
    assert_eq!(run["gate"]["n_bytes"].as_i64(), Some(spared));
    assert_eq!(run["gate"]["off_because"], Value::Null);
    assert!(run["seconds_by_stage"]["gate"].as_f64().unwrap() > 0.0);

    let all = manifest(&whole);
    assert_eq!(all["gate"]["n_bytes"], 0);
    assert_eq!(all["gate"]["off_because"], "--exhaustive was asked for");
    assert!(count(&all, "n_windows") > 2 * count(&run, "n_windows"));
}

#[test]
fn a_gated_run_gives_the_same_bytes_at_any_number_of_threads_and_any_batch_size() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        extract(&samples(), &out, &[&TNM[..], more].concat(), 0);
        digests(&out)
    };
    let one = run("one", &["--threads", "1"]);
    assert_eq!(run("three", &["--threads", "3", "--max-batch-tokens", "700"]), one);
}

#[test]
fn a_dataset_is_not_resumed_with_another_reach() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("one.txt");
    fs::write(&input, "Adenokarzinom, pT2 pN0.").unwrap();
    let out = folder.path().join("out");
    extract(&input, &out, &TNM, 0);
    let output = extract(&input, &out, &[&TNM[..], &["--exhaustive", "--resume"]].concat(), 2);
    assert!(String::from_utf8_lossy(&output.stderr).contains("other"));
}
