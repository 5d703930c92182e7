//! Crashes, resumes and places that cannot be written.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use befund_core::{Failure, Sink};
use befund_sink::{Dataset, DatasetOptions, DatasetReader, read_totals};
use common::{create, files, full, options, run_of};

fn whole(dir: &Path, n: u64, documents_per_part: u64) {
    let mut dataset = create(dir, documents_per_part);
    run_of(n).for_each(|rows| dataset.write(rows).unwrap());
    dataset.close().unwrap();
}

fn go_on(dir: &Path, n: u64, documents_per_part: u64) -> u64 {
    let mut dataset = Box::new(Dataset::resume(dir, options(documents_per_part)).unwrap());
    let first = dataset.next_sequence();
    assert_eq!(dataset.totals().n_documents, first);
    run_of(n).skip(first as usize).for_each(|rows| dataset.write(rows).unwrap());
    dataset.close().unwrap();
    first
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    whole(a.path(), 25, 10);
    whole(b.path(), 25, 10);
    assert_eq!(files(a.path()), files(b.path()));
    assert_eq!(files(a.path()).len(), 3 * 6 + 1);
}

#[test]
fn a_run_killed_anywhere_and_resumed_has_the_files_of_one_that_was_not() {
    let reference = tempfile::tempdir().unwrap();
    whole(reference.path(), 23, 5);
    for killed_after in [0, 1, 4, 5, 6, 10, 14, 19, 22, 23] {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = create(folder.path(), 5);
        run_of(killed_after).for_each(|rows| dataset.write(rows).unwrap());
        drop(dataset);
        assert_eq!(go_on(folder.path(), 23, 5), killed_after / 5 * 5);
        assert_eq!(files(folder.path()), files(reference.path()), "killed after {killed_after}");
    }
}

#[test]
fn a_run_that_was_stopped_in_order_and_resumed_has_the_same_files_too() {
    let reference = tempfile::tempdir().unwrap();
    whole(reference.path(), 23, 5);
    for stopped_after in [0, 1, 5, 12, 22, 23] {
        let folder = tempfile::tempdir().unwrap();
        whole(folder.path(), stopped_after, 5);
        assert_eq!(DatasetReader::open(folder.path()).unwrap().count() as u64, stopped_after);
        go_on(folder.path(), 23, 5);
        assert_eq!(files(folder.path()), files(reference.path()), "stopped after {stopped_after}");
    }
}

#[test]
fn what_a_crash_leaves_between_renames_and_ledger_is_swept_up() {
    let reference = tempfile::tempdir().unwrap();
    whole(reference.path(), 23, 5);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mut dataset = create(dir, 5);
    run_of(12).for_each(|rows| dataset.write(rows).unwrap());
    drop(dataset);
    fs::write(dir.join("documents/part-00002.parquet"), "half").unwrap();
    fs::write(dir.join("mentions/part-00002.parquet"), "half").unwrap();
    fs::create_dir_all(dir.join(".tmp")).unwrap();
    fs::write(dir.join(".tmp/tnm.parquet"), "half").unwrap();
    let mut ledger = fs::OpenOptions::new().append(true).open(dir.join("ledger.jsonl")).unwrap();
    ledger.write_all(b"{\"part\":2,\"first_sequ").unwrap();
    drop(ledger);
    assert_eq!(read_totals(dir).unwrap().n_documents, 10);
    assert_eq!(go_on(dir, 23, 5), 10);
    assert_eq!(files(dir), files(reference.path()));
}

fn refused(result: Result<Dataset, Failure>, said: &str) {
    let failure = result.err().unwrap().to_string();
    assert!(failure.contains(said), "{failure}");
}

#[test]
fn a_folder_with_a_dataset_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    whole(folder.path(), 3, 5);
    let before = files(folder.path());
    refused(
        Dataset::create(folder.path(), options(5)),
        "already holds a dataset; go on with --resume, or choose another --out",
    );
    let foreign = tempfile::tempdir().unwrap();
    fs::create_dir(foreign.path().join("mentions")).unwrap();
    refused(Dataset::create(foreign.path(), options(5)), "already holds a dataset");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_run_is_resumed_only_with_what_it_was_begun_with() {
    let folder = tempfile::tempdir().unwrap();
    whole(folder.path(), 12, 5);
    let before = files(folder.path());
    let other = DatasetOptions { fingerprint: "other model".into(), ..options(5) };
    refused(Dataset::resume(folder.path(), other), "made from other inputs");
    refused(Dataset::resume(folder.path(), options(6)), "made from other inputs");
    assert_eq!(files(folder.path()), before);
    fs::remove_file(folder.path().join("tnm/part-00001.parquet")).unwrap();
    refused(Dataset::resume(folder.path(), options(5)), "tnm/part-00001.parquet is missing");
    fs::write(folder.path().join("ledger.jsonl"), "no ledger").unwrap();
    refused(Dataset::resume(folder.path(), options(5)), "damaged");
}

#[test]
fn resuming_where_nothing_was_begun_begins() {
    let (folder, reference) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    whole(reference.path(), 7, 5);
    // Killed between making the folders and the ledger.
    fs::create_dir_all(folder.path().join("out/documents")).unwrap();
    assert_eq!(go_on(&folder.path().join("out"), 7, 5), 0);
    assert_eq!(files(&folder.path().join("out")), files(reference.path()));
}

#[test]
fn two_runs_never_write_one_dataset() {
    let folder = tempfile::tempdir().unwrap();
    let first = create(folder.path(), 5);
    refused(Dataset::resume(folder.path(), options(5)), "another run is writing");
    drop(first);
    Dataset::resume(folder.path(), options(5)).unwrap();
}

#[test]
fn a_document_that_never_arrived_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = create(folder.path(), 5);
    dataset.write(full(0)).unwrap();
    let failure = dataset.write(full(2)).unwrap_err().to_string();
    assert!(failure.contains("document 2 came where document 1 was due"), "{failure}");
    assert!(dataset.write(full(1)).is_err());
    assert!(dataset.close().is_err());
}

#[test]
fn a_place_that_cannot_be_written_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "x").unwrap();
    let dir = folder.path().join("file/out");
    refused(Dataset::create(&dir, options(5)), &format!("cannot write {}", dir.display()));
    refused(Dataset::create(&dir, options(5)), "make the folder writable or free space");
}

#[test]
fn a_part_that_cannot_be_written_leaves_the_parts_before_it_valid() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mut dataset = create(dir, 5);
    run_of(9).for_each(|rows| dataset.write(rows).unwrap());
    // The next part cannot get its name: a folder stands in its place.
    fs::create_dir_all(dir.join("tnm/part-00001.parquet/x")).unwrap();
    let failure = dataset.write(full(9)).unwrap_err().to_string();
    assert!(failure.contains("tnm/part-00001.parquet") && failure.contains("--resume"), "{failure}");
    assert!(dataset.close().is_err());
    assert!(!dir.join("documents/part-00001.parquet").exists() && !dir.join(".tmp").exists());
    assert_eq!(DatasetReader::open(dir).unwrap().map(Result::unwrap).count(), 5);
    fs::remove_dir_all(dir.join("tnm/part-00001.parquet")).unwrap();
    assert_eq!(go_on(dir, 23, 5), 5);
}

/// Needs the right to mount; without it the test says so and passes.
#[test]
fn a_full_disk_fails_with_its_path_and_keeps_the_complete_parts() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=160k", "tmpfs"]).arg(dir).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("not run: a tmpfs cannot be mounted here");
        return;
    }
    let mut dataset = create(dir, 5);
    let failure = run_of(10_000).find_map(|rows| dataset.write(rows).err());
    let parts = read_totals(dir).map(|totals| totals.n_documents);
    let readable = DatasetReader::open(dir).map(|reader| reader.filter(Result::is_ok).count() as u64);
    let temporary = dir.join(".tmp").exists();
    drop(dataset);
    let unmounted = Command::new("umount").arg(dir).output().unwrap();
    assert!(unmounted.status.success());
    let failure = failure.unwrap().to_string();
    assert!(failure.contains(&dir.display().to_string()) && failure.contains("free space"), "{failure}");
    assert!(parts.as_ref().is_ok_and(|n| *n > 0 && n % 5 == 0), "{parts:?}");
    assert_eq!(parts.unwrap(), readable.unwrap());
    assert!(!temporary);
}
