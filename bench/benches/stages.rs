//! Throughput of each stage on one core, over the shipped samples: `cargo bench -p befund-bench`.

// A benchmark that cannot set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use befund_bench::{n_bytes, samples};
use befund_core::{Batch, Found, Normalize, Origin, Prepare, Task};
use befund_knowledge::{FoundByMode, Rules, RulesOptions, judge_tnm, scan_tnm};
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

/// What a statement costs: the grammar on nothing but formulas, grouping mentions that are at hand, judging rows that are at hand.
fn stages(criterion: &mut Criterion) {
    let documents = samples().unwrap();
    let layouts: Vec<_> = documents.iter().map(|document| layout(document.text())).collect();
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Model });
    let found: Vec<Found> =
        documents.iter().map(|document| Found { mentions: scan_tnm(document.text()), ..Found::default() }).collect();
    let group = || {
        let all = documents.iter().zip(&layouts).zip(&found);
        let rows = all.map(|((document, layout), found)| rules.normalize(document, layout, found.clone()).tnm);
        rows.collect::<Vec<_>>()
    };
    let rows = group();
    let n_statements = rows.iter().map(Vec::len).sum::<usize>();
    let formulas: String =
        rows.iter().flatten().filter_map(|row| Some(format!("{}\n", row.formula.as_ref()?))).collect();
    let formulas = formulas.repeat(20);
    let judge = || {
        let mut judged = rows.clone();
        documents.iter().zip(&mut judged).for_each(|(document, rows)| judge_tnm(document, rows));
        judged.iter().flatten().filter(|row| row.site.is_some()).count()
    };
    assert!(n_statements > 40 && judge() > 30 && scan_tnm(&formulas).len() > 1000);

    let mut bench = criterion.benchmark_group("stage");
    bench.throughput(Throughput::Bytes(formulas.len() as u64));
    bench.bench_function("grammar, formulas only", |b| b.iter(|| scan_tnm(&formulas).len()));
    bench.throughput(Throughput::Elements(n_statements as u64));
    bench.bench_function("context, grouping and judging, a statement", |b| b.iter(|| group().len()));
    bench.bench_function("site, validity and stage, a statement", |b| b.iter(judge));
    bench.finish();
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

criterion_group!(benches, text, knowledge, stages, encoder);
criterion_main!(benches);
