//! The laws of engine/ARCHITECTURE.md, checked on the program itself.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{befund, columns, digests, extract, many, numbers, samples, statuses, texts};

#[test]
fn the_samples_give_the_same_bytes_at_any_number_of_threads_and_any_batch_size() {
    let folder = tempfile::tempdir().unwrap();
    let run = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        extract(&samples(), &out, more, 0);
        digests(&out)
    };
    let one = run("one", &["--threads", "1"]);
    assert_eq!(one.len(), 6);
    assert_eq!(run("two", &["--threads", "2", "--max-batch-tokens", "300"]), one);
    assert_eq!(run("three", &["--threads", "3", "--max-batch-tokens", "5000"]), one);
}

#[test]
fn the_text_between_begin_and_end_is_the_mention() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    extract(&samples(), &out, &[], 0);
    for table in ["mentions", "tnm"] {
        let column = |name| numbers(&out, table, name);
        let spans = column("begin")
            .into_iter()
            .zip(column("end"))
            .zip(column("byte_begin").into_iter().zip(column("byte_end")));
        let rows = texts(&out, table, "doc_id").into_iter().zip(texts(&out, table, "text")).zip(spans);
        let mut n = 0;
        for ((doc_id, text), ((begin, end), (byte_begin, byte_end))) in rows {
            let document = fs::read_to_string(samples().join(format!("{doc_id}.txt"))).unwrap();
            let chars: String = document.chars().skip(begin as usize).take((end - begin) as usize).collect();
            assert_eq!(chars, text, "{table} of {doc_id} at {begin}..{end}");
            assert_eq!(&document[byte_begin as usize..byte_end as usize], text);
            assert!(!text.is_empty() && text.trim() == text);
            n += 1;
        }
        assert!(n > 30, "{table} has {n} rows");
    }
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("many.jsonl");
    many(&input, 60_000);
    let options = ["--found-by", "rules", "--documents-per-part", "1000", "--threads", "2"];
    let whole = folder.path().join("whole");
    extract(&input, &whole, &options, 0);

    let killed = folder.path().join("killed");
    let start = |more: &[&str]| {
        befund()
            .arg("extract")
            .arg(&input)
            .arg("--out")
            .arg(&killed)
            .args(options)
            .args(more)
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
    };
    let mut child = start(&[]).unwrap();
    wait_for(&killed.join("documents/part-00002.parquet"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!killed.join("run.json").exists(), "the run ended before it could be killed");

    // And once more, by Ctrl-C, in the middle of the resumed run.
    let mut child = start(&["--resume"]).unwrap();
    wait_for(&killed.join("documents/part-00006.parquet"));
    let interrupt = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(2));

    extract(&input, &killed, &[&options[..], &["--resume"]].concat(), 0);
    assert_eq!(digests(&killed), digests(&whole));
    assert_eq!(numbers(&killed, "documents", "n_bytes").len(), 60_000);
}

fn wait_for(path: &Path) {
    let start = Instant::now();
    while !path.exists() {
        assert!(start.elapsed() < Duration::from_secs(120), "{} did not appear", path.display());
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_dataset_is_neither_overwritten_nor_resumed_with_other_options() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("many.jsonl");
    many(&input, 30);
    let out = folder.path().join("out");
    extract(&input, &out, &["--found-by", "rules"], 0);
    let before = digests(&out);
    let again = extract(&input, &out, &["--found-by", "rules"], 2);
    assert!(String::from_utf8_lossy(&again.stderr).contains("--resume"));
    extract(&input, &out, &["--found-by", "rules", "--tasks", "tnm", "--resume"], 2);
    assert_eq!(digests(&out), before);
}

#[test]
fn every_table_has_the_columns_of_the_contract_even_when_it_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("empty.txt");
    fs::write(&input, "").unwrap();
    let out = folder.path().join("out");
    extract(&input, &out, &[], 0);
    let contract = [
        (
            "documents",
            "doc_id shard text_sha256 n_bytes n_chars n_sentences n_tokens n_windows language status fault n_mentions n_warnings",
        ),
        (
            "mentions",
            "doc_id mention_id task label begin end byte_begin byte_end text score found_by assertion temporality subject section system code name",
        ),
        ("relations", "doc_id relation_id type head tail score assertion"),
        (
            "tnm",
            "doc_id statement_id begin end byte_begin byte_end text t n m t_prefix n_prefix m_prefix y r_recurrence a_autopsy multiplicity t_suffix \
             n_suffix m_suffix nodes_positive nodes_examined sentinel_positive sentinel_examined l v pn s r grade stage stage_system edition \
             gleason_primary gleason_secondary isup breslow_mm clark site assertion temporality validity derived_stage flags",
        ),
        (
            "medications",
            "doc_id mention_id drug inn code_system code strength_value strength_unit form route schedule doses daily_value daily_unit prn duration \
             indication status flags",
        ),
        ("findings", "doc_id finding_id rule_id verdict severity message mention_ids citation"),
    ];
    let schema = befund().arg("schema").output().unwrap();
    let printed = String::from_utf8(schema.stdout).unwrap();
    for (table, names) in contract {
        let found = columns(&out, table);
        for name in names.split_whitespace() {
            assert!(found.iter().any(|column| column == name), "{table} has no column {name}");
            assert!(printed.contains(&format!("  {name} ")), "befund schema does not print {table}.{name}");
        }
    }
    assert_eq!(statuses(&out)["empty"], ("ok".into(), String::new()));
}

#[test]
fn a_device_that_is_not_there_is_an_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = extract(&samples(), &out, &["--device", "cuda:7"], 2);
    assert!(String::from_utf8_lossy(&output.stderr).to_lowercase().contains("cuda"));
    assert!(!out.join("documents").exists());
}

#[test]
fn what_is_refused_is_told_with_its_place_and_reason_and_without_text() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("mrt.txt");
    fs::write(&input, "Geheim: in T2 hyperintense Läsion, Fraktur BWK T4. NYHA Stadium III.").unwrap();
    let output = befund().arg("explain").arg(&input).args(["--found-by", "rules"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reasons: Vec<_> =
        lines.iter().map(|line| (line["begin"].as_u64().unwrap(), line["reason"].as_str().unwrap())).collect();
    assert_eq!(reasons, [(11, "cue_against"), (47, "cue_against"), (64, "other_disease")]);
    assert!(
        !told.contains("Geheim")
            && !told.contains("hyperintens")
            && lines.iter().all(|line| line.get("text").is_none())
    );
}
