//! `befund export` as a user runs it, on what `befund extract` wrote.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;

use common::{befund, extract, many};

#[test]
fn a_dataset_goes_out_as_csv_as_fhir_and_to_the_registry() {
    let dir = tempfile::tempdir().unwrap();
    let (input, dataset) = (dir.path().join("reports.jsonl"), dir.path().join("dataset"));
    many(&input, 8);
    extract(&input, &dataset, &["--found-by", "rules", "--tasks", "tnm"], 0);
    let facts = dir.path().join("facts.csv");
    let columns =
        "doc_id,last_name,first_names,birth_date,diagnosis_date,icd10,icd10_version,notification_basis,own_service";
    fs::write(&facts, format!("{columns}\n*,Muster,Erika,1956,2024,C18.7,10 2024 GM,D,J\n")).unwrap();
    let export = |to: &str, more: &[&str]| {
        let out = dir.path().join(format!("{to}{}", more.len()));
        let output =
            befund().arg("export").arg(&dataset).args(["--to", to]).arg("--out").arg(&out).args(more).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
            out,
        )
    };
    let (code, _, _, out) = export("csv", &[]);
    assert_eq!(code, Some(0));
    assert_eq!(fs::read_to_string(out.join("tnm_people.csv")).unwrap().lines().count(), 9);
    let (code, words, _, out) = export("fhir", &["--patient-id-from", "doc_id"]);
    assert_eq!(code, Some(0));
    assert!(words.contains("8 stage statements") && out.join("bundle-00000.json").exists(), "{words}");
    let registry =
        ["--patient-id-from", "doc_id", "--sender-id", "1", "--report-date", "2024-05-02", "--report", "pathology"];
    let (code, words, _, out) = export("obds", &[&registry[..], &["--metadata", facts.to_str().unwrap()]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(fs::read_to_string(out.join("obds.xml")).unwrap().matches("<pTNM>").count(), 8);
    let (code, words, _, _) = export("obds", &registry);
    assert_eq!(code, Some(1));
    assert!(words.contains("missing_last_name 8"), "{words}");
    let (code, _, errors, _) = export("obds", &[]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("give --sender-id"), "{errors}");
}
