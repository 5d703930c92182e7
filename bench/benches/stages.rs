//! Throughput of each stage on one core, over the shipped samples: `cargo bench -p befund-bench`.

// A benchmark that cannot set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use befund_bench::{n_bytes, samples};
use befund_core::{Batch, Found, Normalize, Origin, Prepare, Task};
use befund_knowledge::{FoundByMode, Rules, RulesOptions, scan_tnm};
use befund_models::{DeviceSpec, LoadOptions, Model, ModelSpec, Precision};
use befund_text::{TextStage, WindowOptions, layout};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn text(criterion: &mut Criterion) {
    let documents = samples().unwrap();
    let model = Model::load(&ModelSpec::Builtin, &DeviceSpec::Cpu, LoadOptions::default()).unwrap();
    let stage = TextStage::new(model.tokenizer_json(), WindowOptions::default()).unwrap();
    let tokens = || documents.iter().map(|document| stage.prepare(document).unwrap().n_tokens()).sum::<usize>();
    let sentences = || documents.iter().map(|document| layout(document.text()).sentences.len()).sum::<usize>();
    assert!(sentences() > 500 && tokens() > 10_000);

    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(n_bytes(&documents)));
    group.bench_function("layout", |b| b.iter(sentences));
    group.bench_function("layout and tokens", |b| b.iter(tokens));
    group.finish();
}

fn knowledge(criterion: &mut Criterion) {
    let documents = samples().unwrap();
    let layouts: Vec<_> = documents.iter().map(|document| layout(document.text())).collect();
    let scan = || documents.iter().map(|document| scan_tnm(document.text()).len()).sum::<usize>();
    let rules = Rules::new(RulesOptions { tasks: Task::ALL.to_vec(), found_by: FoundByMode::Rules });
    let normalize = || {
        let rows = documents
            .iter()
            .zip(&layouts)
            .map(|(document, layout)| rules.normalize(document, layout, Found::default()));
        rows.map(|rows| rows.mentions.len()).sum::<usize>()
    };
    assert!(scan() > 100 && normalize() > 500);

    let mut group = criterion.benchmark_group("knowledge");
    group.throughput(Throughput::Bytes(n_bytes(&documents)));
    group.bench_function("tnm scan", |b| b.iter(scan));
    group.bench_function("all rules to rows", |b| b.iter(normalize));
    group.finish();
}

fn encoder(criterion: &mut Criterion) {
    let load = |precision| Model::load(&ModelSpec::Builtin, &DeviceSpec::Cpu, LoadOptions { precision }).unwrap();
    let stage = TextStage::new(load(Precision::F32).tokenizer_json(), WindowOptions::default()).unwrap();
    let mut batch = Batch::new();
    for document in samples().unwrap() {
        for window in stage.prepare(&document).unwrap().windows {
            if batch.n_tokens() + window.ids.len() <= 256 {
                batch.push(window);
            }
        }
    }
    assert!(batch.n_tokens() > 250);

    let mut group = criterion.benchmark_group("encoder");
    group.sample_size(20);
    group.throughput(Throughput::Elements(batch.n_tokens() as u64));
    for precision in [Precision::F32, Precision::Int8] {
        let mut worker = load(precision).worker(256).unwrap();
        assert_eq!(worker.extract(&batch).unwrap()[0].origin, Origin { ..batch.origins[0] });
        let name = format!("one block of 256 tokens, all heads, {}", precision.as_str());
        group.bench_function(name, |b| b.iter(|| worker.extract(&batch).unwrap().len()));
    }
    group.finish();
}

criterion_group!(benches, text, knowledge, encoder);
criterion_main!(benches);
