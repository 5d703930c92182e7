//! A card finds what a processor finds. Only a build with CUDA on a machine with a card can tell; elsewhere the test says that it is
//! skipped: `scripts/cuda test --release -p befund --test cuda -- --nocapture`.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{befund, extract, numbers, samples, texts};

/// Document, task, label and place of every mention.
fn mentions(dataset: &Path) -> BTreeSet<(String, String, String, i64, i64)> {
    let text = |name| texts(dataset, "mentions", name);
    let number = |name| numbers(dataset, "mentions", name);
    let names = text("doc_id").into_iter().zip(text("task")).zip(text("label"));
    let places = number("begin").into_iter().zip(number("end"));
    names.zip(places).map(|(((document, task), label), (begin, end))| (document, task, label, begin, end)).collect()
}

#[test]
fn a_card_finds_what_a_processor_finds() {
    let folder = tempfile::tempdir().unwrap();
    let tried = folder.path().join("tried");
    let output =
        befund().arg("extract").arg(samples()).arg("--out").arg(tried).args(["--device", "cuda"]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    if words.contains("built without CUDA") || words.contains("does not answer") {
        return println!("skipped: {words}");
    }
    let run = |device: &str, precision: &str| {
        let out = folder.path().join(format!("{device}-{precision}"));
        // The model alone, so that the rules do not hide where it differs.
        extract(&samples(), &out, &["--device", device, "--precision", precision, "--found-by", "model"], 0);
        mentions(&out)
    };
    let expected = run("cpu", "f32");
    assert!(expected.len() > 1000, "{} mentions", expected.len());
    for (precision, least) in [("f32", 0.999), ("f16", 0.99), ("bf16", 0.98)] {
        let found = run("cuda", precision);
        let agreement = found.intersection(&expected).count() as f64 / found.union(&expected).count() as f64;
        println!("{precision} on a card: {agreement:.4} of the mentions are those of f32 on a processor");
        assert!(agreement >= least, "{agreement} in {precision}");
    }
}
