//! The gate on the program itself: what it may not lose, what it counts, and when it does not run.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{digests, extract, numbers, samples, texts};
use serde_json::Value;
use sha2::{Digest, Sha256};

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
fn no_stage_of_the_samples_is_lost_and_every_window_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let (gated, whole) = (folder.path().join("gated"), folder.path().join("whole"));
    extract(&samples(), &gated, &TNM, 0);
    extract(&samples(), &whole, &[&TNM[..], &["--exhaustive"]].concat(), 0);
    assert!(mentions(&whole).len() > 200);
    assert_eq!(mentions(&gated), mentions(&whole));
    assert_eq!(digests(&gated)["tnm/part-00000.parquet"], digests(&whole)["tnm/part-00000.parquet"]);

    let run = manifest(&gated);
    let count = |name: &str| run[name].as_u64().unwrap();
    let n_passed = run["gate"]["n_windows"].as_u64().unwrap();
    assert!(n_passed > count("n_windows") / 10, "{n_passed} of {}", count("n_windows"));
    assert_eq!(count("n_windows_read") + count("n_windows_copied") + n_passed, count("n_windows"));
    assert_eq!(numbers(&gated, "documents", "n_windows_gated").iter().sum::<i64>(), n_passed as i64);
    let n_tokens = numbers(&gated, "documents", "n_tokens_gated").iter().sum::<i64>();
    assert_eq!(run["gate"]["n_tokens"].as_i64(), Some(n_tokens));
    assert_eq!(run["gate"]["off_because"], Value::Null);
    assert!(run["seconds_by_stage"]["gate"].as_f64().unwrap() > 0.0);

    let run = manifest(&whole);
    assert_eq!(run["gate"]["n_windows"], 0);
    assert_eq!(run["gate"]["off_because"], "--exhaustive was asked for");
    assert_eq!(run["n_windows"], manifest(&gated)["n_windows"]);
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

#[test]
fn a_gate_that_was_made_for_other_weights_is_not_used_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    fs::create_dir(&model).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/deen");
    for name in ["manifest.json", "model.safetensors", "tokenizer.json", "gate.safetensors"] {
        fs::copy(shipped.join(name), model.join(name)).unwrap();
    }
    let mut manifest_json: Value = serde_json::from_slice(&fs::read(model.join("manifest.json")).unwrap()).unwrap();
    let weights = manifest_json["files"]["model.safetensors"]["sha256"].as_str().unwrap().to_owned();
    let mut gate = fs::read(model.join("gate.safetensors")).unwrap();
    let at = gate.windows(weights.len()).position(|bytes| bytes == weights.as_bytes()).unwrap();
    gate[at] = if gate[at] == b'0' { b'1' } else { b'0' };
    manifest_json["files"]["gate.safetensors"]["sha256"] = format!("{:x}", Sha256::digest(&gate)).into();
    fs::write(model.join("gate.safetensors"), &gate).unwrap();
    fs::write(model.join("manifest.json"), manifest_json.to_string()).unwrap();

    let input = folder.path().join("one.txt");
    fs::write(&input, "Adenokarzinom, pT2 pN0.\n\nDie Patientin kommt am Montag wieder.").unwrap();
    let out = folder.path().join("out");
    let output = extract(&input, &out, &[&TNM[..], &["--model", model.to_str().unwrap()]].concat(), 0);
    let run = manifest(&out);
    assert_eq!(run["gate"]["off_because"], "gate.safetensors was made for other weights");
    assert_eq!((&run["gate"]["n_windows"], &run["n_windows_read"]), (&Value::from(0), &run["n_windows"]));
    assert!(String::from_utf8_lossy(&output.stderr).contains("made for other weights"));
}
