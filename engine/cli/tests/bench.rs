//! `befund bench`: what it writes is well-formed and adds up. Nothing here asserts a time.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::{befund, samples};
use serde_json::Value;

/// Runs `befund bench` on the first sample documents; gives what it printed.
fn bench(out: &Path, more: &[&str]) -> String {
    let options = ["--device", "cpu", "--limit", "2", "--repeats", "1", "--out"];
    let output = befund().arg("bench").arg(samples()).args(options).arg(out).args(more).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What every configuration of a record must have.
fn check(one: &Value, mode: &str) {
    assert_eq!((one["device"].as_str(), one["mode"].as_str()), (Some("cpu"), Some(mode)));
    assert_eq!((one["documents"].as_u64(), one["faults"].as_u64()), (Some(2), Some(0)));
    let seconds = one["seconds"].as_array().unwrap();
    let median = one["seconds_spread"]["median"].as_f64().unwrap();
    assert!(seconds.len() == 1 && seconds[0].as_f64() == Some(median) && median > 0.0);
    let (tokens, windows) = (one["tokens"].as_f64().unwrap(), one["windows"].as_f64().unwrap());
    assert!(tokens > windows && windows > 2.0);
    let rate = |name: &str, amount: f64| (one[name].as_f64().unwrap() * median / amount - 1.0).abs() < 1e-9;
    assert!(rate("tokens_per_second", tokens) && rate("documents_per_second", 2.0));
    assert!(one["gigaoperations_per_second"].as_f64().unwrap() > 0.0 && one["share_of_peak"].as_f64().unwrap() > 0.0);
}

#[test]
fn formats_of_whole_runs_are_compared_and_three_files_tell_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/record");
    let printed = bench(&out, &["--precision", "f32,int8", "--threads", "2"]);
    assert_eq!(names(&out), ["bench.json", "bench.md", "bench.svg"], "datasets of the runs are removed");
    assert_eq!(printed, fs::read_to_string(out.join("bench.md")).unwrap());
    assert!(printed.contains("| cpu int8, 2 threads, 256 tokens |"));
    let picture = fs::read_to_string(out.join("bench.svg")).unwrap();
    assert!(picture.starts_with("<svg ") && picture.contains("cpu f32, 2 threads, 256 tokens"));

    let record: Value = serde_json::from_slice(&fs::read(out.join("bench.json")).unwrap()).unwrap();
    assert_eq!((record["format"].as_u64(), record["mode"].as_str()), (Some(1), Some("whole")));
    assert!(record["machine"]["cores"].as_u64().unwrap() > 0 && record["model"]["sha256"].is_string());
    let configurations = record["configurations"].as_array().unwrap();
    assert_eq!(configurations.iter().map(|one| &one["precision"]).collect::<Vec<_>>(), ["f32", "int8"]);
    for one in configurations {
        check(one, "whole");
        let stages: Vec<&str> =
            one["seconds_by_stage"].as_array().unwrap().iter().map(|stage| stage["stage"].as_str().unwrap()).collect();
        assert!(stages.contains(&"open") && stages.contains(&"extract"));
        assert!(stages.contains(&one["slowest_stage"].as_str().unwrap()));
        assert_eq!(one["peak_bytes"].is_u64(), cfg!(target_os = "linux"));
    }
    assert_eq!(configurations[0]["ratio"]["median"], 1.0);
    // Both numbers come from the same mentions: those of the run that warmed up.
    let agreement = &configurations[0]["agreement"];
    assert!(agreement["f1"] == 1.0 && agreement["shared"].as_u64().unwrap() > 20);
    let text = &record["text"];
    assert_eq!(text["tokens"], configurations[0]["tokens"], "the text stage was timed on the same documents");
}

#[test]
fn threads_and_batches_of_the_encoder_find_the_same_mentions() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("sentences.jsonl");
    let line = |id: &str, text: &str| format!("{{\"doc_id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let text = line("a", "Unter Ramipril trat ein Reizhusten auf. pT2 pN1 M0.") + &line("b", "ASS 100 mg 1-0-0.");
    fs::write(&input, text).unwrap();
    let options = ["--encoder-only", "--precision", "int8", "--threads", "2,1", "--max-batch-tokens", "64,256"];
    let output = befund().arg("bench").arg(&input).args(options).args(["--repeats", "2", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let record: Value = serde_json::from_slice(&output.stdout).unwrap();
    let configurations = record["configurations"].as_array().unwrap();
    let crossed: Vec<_> =
        configurations.iter().map(|one| (one["threads"].as_u64(), one["max_batch_tokens"].as_u64())).collect();
    let expected = [(2, 64), (2, 256), (1, 64), (1, 256)].map(|(threads, tokens)| (Some(threads), Some(tokens)));
    assert_eq!(crossed, expected);
    for one in configurations {
        assert_eq!((one["mode"].as_str(), one["documents"].as_u64()), (Some("encoder"), Some(2)));
        assert_eq!(one["seconds"].as_array().unwrap().len(), 2);
        assert!(one["agreement"]["f1"] == 1.0 && one["agreement"]["mentions"].as_u64().unwrap() > 3);
        assert!(one["peak_bytes"].is_null() && one["tokens"] == one["tokens_encoded"]);
    }
    assert!(!String::from_utf8_lossy(&output.stderr).contains("Reizhusten"));
}

#[test]
fn what_cannot_be_measured_is_an_error_before_anything_runs() {
    let refused = |options: &[&str], word: &str| {
        let output = befund().arg("bench").arg(samples()).args(options).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && words.contains(word) && output.stdout.is_empty(), "{words}");
    };
    refused(&["--device", "cuda:7"], "cuda:7");
    refused(&["--device", "cpu", "--precision", "bf16"], "passed over: cpu does not compute in bf16");
    refused(&["--found-by", "rules", "--encoder-only"], "no encoder");
}
