//! Throughput of each stage on one core, over the shipped samples or the input that `BEFUND_BENCH_TEXT` names:
//!
//!     cargo bench -p befund-bench
//!     BEFUND_BENCH_TEXT=reports.jsonl cargo bench -p befund-bench -- --warm-up-time 1 --measurement-time 3 'knowledge|sink'

// A benchmark that cannot set up has nothing to measure.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use befund_bench::Corpus;
use befund_core::{
    Batch, Document, Found, Gate, Layout, Normalize, Origin, Prepare, Rows, Section, SectionKind, Sentence, Sink, Span,
    Task,
};
use befund_knowledge::{Doubts, FoundByMode, Rules, RulesOptions, judge_tnm, medication, scan_tnm};
use befund_models::{DeviceSpec, LoadOptions, Model, ModelSpec, Precision};
use befund_sink::{Dataset, DatasetOptions};
use befund_text::{TextStage, WindowOptions, layout};
use criterion::{Criterion, Throughput, criterion_group};

fn corpus() -> Corpus {
    Corpus::of_environment().unwrap()
}

fn rules(tasks: &[Task], found_by: FoundByMode) -> Rules {
    Rules::new(RulesOptions { tasks: tasks.to_vec(), found_by })
}

fn model(precision: Precision) -> Model {
    Model::load(&ModelSpec::Builtin, &DeviceSpec::Cpu, LoadOptions { precision: Some(precision) }).unwrap()
}

fn text(criterion: &mut Criterion) {
    let corpus = corpus();
    let stage = TextStage::new(model(Precision::F32).tokenizer_json(), WindowOptions::default()).unwrap();
    let tokens =
        || corpus.documents.iter().map(|document| stage.prepare(document, None).unwrap().n_tokens()).sum::<usize>();
    let sentences = || corpus.documents.iter().map(|document| layout(document.text()).sentences.len()).sum::<usize>();
    let n_tokens = tokens();
    assert!(corpus.is_plausible(sentences(), 500) && corpus.is_plausible(n_tokens, 10_000));

    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(corpus.n_bytes()));
    group.bench_function("sentences and sections", |b| b.iter(sentences));
    group.throughput(Throughput::Elements(n_tokens as u64));
    group.bench_function("sentences, tokens, offsets and windows, a token", |b| b.iter(tokens));
    group.finish();
}

/// The rules over whole documents.
fn knowledge(criterion: &mut Criterion) {
    let corpus = corpus();
    let layouts: Vec<Layout> = corpus.documents.iter().map(|document| layout(document.text())).collect();
    let scan = || corpus.documents.iter().map(|document| scan_tnm(document.text()).len()).sum::<usize>();
    let medication = || {
        let all = corpus.documents.iter().zip(&layouts);
        all.map(|(document, layout)| medication::scan(document.text(), layout).mentions.len()).sum::<usize>()
    };
    let rules = rules(Task::ALL, FoundByMode::Rules);
    let normalize = || rows(&corpus.documents, &layouts, &rules).map(|rows| rows.mentions.len()).sum::<usize>();
    let places = || corpus.documents.iter().map(|document| Doubts.look(document.text()).places.len()).sum::<usize>();
    assert!(corpus.is_plausible(scan(), 100));
    assert!(corpus.is_plausible(medication(), 500) && corpus.is_plausible(normalize(), 500));

    let mut group = criterion.benchmark_group("knowledge");
    group.throughput(Throughput::Bytes(corpus.n_bytes()));
    group.bench_function("tnm scan", |b| b.iter(scan));
    group.bench_function("gate: tnm scan and what it leaves open", |b| b.iter(places));
    group.bench_function("medication scan", |b| b.iter(medication));
    group.bench_function("all rules to rows", |b| b.iter(normalize));
    group.finish();
}

fn rows<'a>(documents: &'a [Document], layouts: &'a [Layout], rules: &'a Rules) -> impl Iterator<Item = Rows> + 'a {
    documents.iter().zip(layouts).map(|(document, layout)| rules.normalize(document, layout, Found::default(), None))
}

/// What a drug and what a regimen costs: names sought in every sentence, parts of regimens in the sentences that name a drug.
fn medication_stages(criterion: &mut Criterion) {
    let corpus = corpus();
    let (mut all, mut lines) = (Lines::default(), Lines::default());
    for document in &corpus.documents {
        for sentence in layout(document.text()).sentences {
            let line = sentence.span.of(document.text()).replace('\n', " ");
            if !medication::names(&line, &Layout::default()).is_empty() {
                lines.push(&line);
            }
            all.push(&line);
        }
    }
    let names = || medication::names(&all.text, &all.layout).len();
    let parts = || medication::parts(&lines.text, &lines.layout).len();
    assert!(corpus.is_plausible(names(), 200) && corpus.is_plausible(parts(), 400));

    let mut group = criterion.benchmark_group("medication");
    group.throughput(Throughput::Bytes(all.text.len() as u64));
    group.bench_function("drug matching", |b| b.iter(names));
    group.throughput(Throughput::Bytes(lines.text.len() as u64));
    group.bench_function("regimen grammar, sentences with a drug", |b| b.iter(parts));
    group.finish();
}

/// A text of one sentence a line.
#[derive(Default)]
struct Lines {
    text: String,
    layout: Layout,
}

impl Lines {
    fn push(&mut self, line: &str) {
        let start = self.text.len();
        self.text.push_str(line);
        self.layout.sentences.push(Sentence { span: Span::new(start, self.text.len()), section: 0 });
        self.text.push('\n');
        self.layout.sections = vec![Section { span: Span::new(0, self.text.len()), kind: SectionKind::Body }];
    }
}

/// What a statement costs: the grammar on nothing but formulas, grouping mentions that are at hand, judging rows that are at hand.
fn tnm_stages(criterion: &mut Criterion) {
    let corpus = corpus();
    let documents = &corpus.documents;
    let layouts: Vec<Layout> = documents.iter().map(|document| layout(document.text())).collect();
    let rules = rules(&[Task::Tnm], FoundByMode::Model);
    let found: Vec<Found> =
        documents.iter().map(|document| Found { mentions: scan_tnm(document.text()), ..Found::default() }).collect();
    let group = || {
        let all = documents.iter().zip(&layouts).zip(&found);
        let rows = all.map(|((document, layout), found)| rules.normalize(document, layout, found.clone(), None).tnm);
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
    assert!(corpus.is_plausible(n_statements, 40) && corpus.is_plausible(judge(), 30));
    assert!(corpus.is_plausible(scan_tnm(&formulas).len(), 1000));

    let mut bench = criterion.benchmark_group("tnm");
    bench.throughput(Throughput::Bytes(formulas.len() as u64));
    bench.bench_function("grammar, formulas only", |b| b.iter(|| scan_tnm(&formulas).len()));
    bench.throughput(Throughput::Elements(n_statements as u64));
    bench.bench_function("context, grouping and judging, a statement", |b| b.iter(|| group().len()));
    bench.bench_function("site, validity and stage, a statement", |b| b.iter(judge));
    bench.finish();
}

/// Rows, with their offsets in code points, to a dataset of Parquet files on disk.
fn sink(criterion: &mut Criterion) {
    let corpus = corpus();
    let layouts: Vec<Layout> = corpus.documents.iter().map(|document| layout(document.text())).collect();
    let rules = rules(Task::ALL, FoundByMode::Rules);
    let rows: Vec<Rows> = rows(&corpus.documents, &layouts, &rules).collect();
    let n_rows = rows.iter().map(|rows| rows.counts().0.iter().sum::<u64>()).sum::<u64>();
    assert!(corpus.is_plausible(n_rows as usize, 1000));
    let folder = tempfile::tempdir().unwrap();
    let mut n = 0;
    let mut write = || {
        n += 1;
        let dir = folder.path().join(n.to_string());
        let mut dataset: Box<dyn Sink> = Box::new(Dataset::create(&dir, DatasetOptions::new("bench")).unwrap());
        rows.iter().for_each(|rows| dataset.write(rows.clone()).unwrap());
        dataset.close().unwrap();
        std::fs::remove_dir_all(dir).unwrap();
    };

    let mut group = criterion.benchmark_group("sink");
    group.throughput(Throughput::Elements(n_rows));
    group.bench_function("rows to Parquet, a row", |b| b.iter(&mut write));
    group.finish();
}

/// Set in the process that measures how long the tables take.
const LOAD: &str = "BEFUND_BENCH_LOAD";

/// All tables and patterns of the rules, which a process builds when it first needs them: each time is that of a process of its own.
fn tables(criterion: &mut Criterion) {
    let load = || {
        let child = Command::new(std::env::current_exe().unwrap()).env(LOAD, "1").output().unwrap();
        Duration::from_nanos(String::from_utf8(child.stdout).unwrap().trim().parse().unwrap())
    };
    let mut group = criterion.benchmark_group("tables");
    group.sample_size(10);
    group.bench_function("loaded at the first document", |b| b.iter_custom(|n| (0..n).map(|_| load()).sum()));
    group.finish();
}

/// Nanoseconds from nothing to the rows of one small document that asks for every table.
fn nanoseconds_to_load() -> u128 {
    let text =
        "Mammakarzinom links pT2 pN1a (2/14) cM0, UICC IIB. Ramipril 5 mg 1-0-0, kein Exanthem unter Amoxicillin.";
    let document = Document::new(0, "bench", "load", text);
    let start = Instant::now();
    let rules = rules(Task::ALL, FoundByMode::Rules);
    black_box(rules.normalize(&document, &layout(text), Found::default(), None));
    start.elapsed().as_nanos()
}

fn encoder(criterion: &mut Criterion) {
    let stage = TextStage::new(model(Precision::F32).tokenizer_json(), WindowOptions::default()).unwrap();
    let mut batch = Batch::new();
    for document in corpus().documents {
        for window in stage.prepare(&document, None).unwrap().windows {
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
        let mut worker = model(precision).worker(256).unwrap();
        assert_eq!(worker.extract(&batch).unwrap()[0].origin, Origin { ..batch.origins[0] });
        let name = format!("one block of 256 tokens, all heads, {}", precision.as_str());
        group.bench_function(name, |b| b.iter(|| worker.extract(&batch).unwrap().len()));
    }
    group.finish();
}

criterion_group!(benches, text, knowledge, medication_stages, tnm_stages, sink, tables, encoder);

#[allow(clippy::print_stdout, reason = "the answer to the process that asked")]
fn main() {
    if std::env::var_os(LOAD).is_some() {
        println!("{}", nanoseconds_to_load());
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
