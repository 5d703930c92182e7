//! `befund report` as a person uses it: a page of a real dataset, texts that have moved or changed, files that must not be lost.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Output;

use common::{befund, extract};

const EVIL: &str = "Befund: <script>alert('pT2')</script> & pT3 pN1a (2/14).\r\nMedikation: Übergang auf Methotrexat 10 mg täglich.\r\n";

/// A dataset of three texts in `folder`/in.
fn dataset(folder: &Path) {
    let texts = folder.join("in");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("a.txt"), EVIL).unwrap();
    fs::write(texts.join("b.txt"), "Kein Anhalt für pT4.\n").unwrap();
    fs::write(texts.join("broken.txt"), b"Befund \xff").unwrap();
    extract(&texts, &folder.join("out"), &["--found-by", "rules", "--quiet"], 1);
}

fn report(folder: &Path, more: &[&str]) -> (Output, String) {
    let page = folder.join("report.html");
    let output = befund().arg("report").arg(folder.join("out")).arg("--out").arg(&page).args(more).output().unwrap();
    (output, fs::read_to_string(page).unwrap_or_default())
}

#[test]
fn a_page_shows_run_figures_listings_and_texts_and_runs_nothing_that_a_document_holds() {
    let folder = tempfile::tempdir().unwrap();
    dataset(folder.path());
    let (output, page) = report(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 of 3 documents"));
    assert!(output.stderr.is_empty());
    for part in
        ["id=\"run\"", "id=\"figures\"", "id=\"statements\"", "id=\"faults\"", "id=\"documents\"", "invalid_utf8"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(&#39;"));
    assert!(page.contains("class=\"tnm negated\"") && page.contains(">Methotrexat</mark>"));
    assert_eq!(report(folder.path(), &[]).1, page, "the same dataset gives the same page");
}

#[test]
fn a_text_that_moved_is_found_by_its_digest_and_one_that_changed_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    dataset(folder.path());
    let (old, new) = (folder.path().join("in"), folder.path().join("moved"));
    fs::create_dir(&new).unwrap();
    fs::rename(old.join("a.txt"), new.join("renamed.txt")).unwrap();
    fs::write(old.join("b.txt"), "Kein Anhalt für pT3.\n").unwrap();
    let (output, page) = report(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("without their text: 2;"));
    assert!(page.contains("a.txt is not there") && page.contains("it has changed since"));
    assert!(!page.contains("Anhalt für pT3"));
    let (output, page) = report(folder.path(), &["--input", new.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("without their text: 1;"));
    assert!(page.contains("Übergang auf") && page.contains("no text of the inputs given"));
}

#[test]
fn an_earlier_page_is_replaced_and_another_file_is_not() {
    let folder = tempfile::tempdir().unwrap();
    dataset(folder.path());
    fs::write(folder.path().join("report.html"), "my notes").unwrap();
    let (output, kept) = report(folder.path(), &[]);
    assert_eq!((output.status.code(), kept.as_str()), (Some(2), "my notes"));
    fs::remove_file(folder.path().join("report.html")).unwrap();
    let long = report(folder.path(), &[]).1.len();
    let (output, page) = report(folder.path(), &["--documents", "0", "--rows", "1"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        page.len() < long
            && page.contains("0 of 2 documents are here")
            && !page.contains("<details class=\"document\"")
    );
    assert_eq!(befund().args(["report", "nowhere", "--out", "x.html"]).output().unwrap().status.code(), Some(2));
}
