//! Format version 1 is a promise: the committed shard must read the same for ever.

mod common;

use std::path::PathBuf;

use befund_core::FaultKind;
use befund_shard::{Inputs, PackOptions, ReadOptions, Reader, pack};
use common::{document, fault, metadata, read, shown};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../datasets/fixtures")
}

#[test]
fn the_v1_fixture_reads_exactly_as_it_was_written() {
    let all = read(&[&fixtures().join("shard-v1.arrow")]);
    assert_eq!(all.len(), 4);
    let patho = document(&all[0]);
    assert_eq!(&*patho.doc_id, "de-patho-1");
    assert_eq!(
        patho.text(),
        "Pathologischer Befund\r\nMäßig differenziertes Adenokarzinom des Colon ascendens.\r\n\
         pT3 pN1a (2/14) L1 V0 Pn0 R0 G2 (UICC 2017, 8. Auflage).\r\n"
    );
    assert_eq!(metadata(&all[0]), ["sprache=de", "klinik=Universitätsklinikum Süd", "jahr=2021"]);
    assert_eq!(&*document(&all[1]).doc_id, "en-adr-1");
    assert_eq!(
        document(&all[1]).text(),
        "The patient developed a rash under amoxicillin 500 mg; no fever. \u{1f642} e\u{301}"
    );
    assert_eq!(metadata(&all[1]), ["language=en", "tags=[\"adr\",\"outpatient\"]"]);
    assert_eq!((&*document(&all[2]).doc_id, document(&all[2]).text()), ("leer", ""));
    let missing = fault(&all[3]);
    assert_eq!((&*missing.doc_id, missing.kind), ("ohne-text", FaultKind::MissingText));
    assert!(missing.what.ends_with("(when packed from ../../datasets/fixtures/shard-v1.jsonl)"), "{}", missing.what);
}

#[test]
fn the_v1_fixture_equals_what_the_json_lines_beside_it_give() {
    let shard = read(&[&fixtures().join("shard-v1.arrow")]);
    let lines = read(&[&fixtures().join("shard-v1.jsonl")]);
    assert_eq!(shown(&shard), shown(&lines));
    for (a, b) in shard.iter().zip(&lines).take(3) {
        assert_eq!(metadata(a), metadata(b));
    }
}

#[test]
#[ignore = "writes the fixture, once, when a format version is made"]
fn write_the_v1_fixture_once() {
    let target = fixtures().join("shard-v1.arrow");
    assert!(!target.exists(), "a fixture is never written again");
    let out = tempfile::tempdir().unwrap();
    // Relative to the crate's folder, where cargo runs tests: the path is kept in the row that has no text.
    let inputs = Inputs::resolve(&[PathBuf::from("../../datasets/fixtures/shard-v1.jsonl")]).unwrap();
    let mut reader = Reader::open(inputs, ReadOptions::default()).unwrap();
    pack(&mut reader, out.path(), PackOptions::default(), &mut |_| {}).unwrap();
    std::fs::copy(out.path().join("shard-00000.arrow"), target).unwrap();
}
