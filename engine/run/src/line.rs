//! The threads of the line and what joins them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use befund_core::{
    Batch, Document, Extract, Failure, Fault, FaultKind, Found, Gate, Intake, Looked, Normalize, Prepare, Prepared,
    Rows, Sink, Source, Window,
};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::cache::Cache;
use crate::gather::{Gather, Gathered, Opened};
use crate::meter::{Meter, Stage};
use crate::order::Order;
use crate::pack::Packer;

/// The real parts behind the ports.
pub struct Parts {
    /// Text to windows.
    pub prepare: Arc<dyn Prepare>,
    /// Which windows the workers need not read. None: they read all.
    pub gate: Option<Arc<dyn Gate>>,
    /// Model workers, one thread each. None: rules only, and `prepare` makes no windows.
    pub workers: Vec<Box<dyn Extract>>,
    /// Findings to rows.
    pub normalize: Arc<dyn Normalize>,
}

/// Sizes of the line.
#[derive(Clone, Copy, Debug)]
pub struct LineOptions {
    /// Threads for text work.
    pub threads: usize,
    /// Most documents in flight.
    pub max_documents_in_flight: usize,
    /// Most bytes of text in flight.
    pub max_bytes_in_flight: usize,
    /// Most bytes of findings that are kept for windows that come again; 0: each window is read.
    pub max_cache_bytes: usize,
    /// Sequence number of the first document that the source will give: not 0 when a run is resumed.
    pub first_sequence: u64,
}

impl LineOptions {
    /// Sizes for a number of threads: enough text in flight that no thread waits, little enough that a stop, which finishes what is in
    /// flight, takes seconds.
    pub fn for_threads(threads: usize) -> Self {
        let threads = threads.max(1);
        Self {
            threads,
            max_documents_in_flight: 4096,
            max_bytes_in_flight: (threads + 2) * (64 << 10),
            max_cache_bytes: 32 << 20,
            first_sequence: 0,
        }
    }
}

/// How the face that started the run looks in and calls it off.
#[derive(Clone, Debug, Default)]
pub struct Control {
    /// Counters.
    pub meter: Arc<Meter>,
    /// Set to stop reading; what is in flight is finished and written.
    pub stop: Arc<AtomicBool>,
}

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    /// Whether `Control::stop` ended it before the source did.
    pub interrupted: bool,
}

/// State that all threads share.
struct Shared {
    prepare: Arc<dyn Prepare>,
    gate: Option<Arc<dyn Gate>>,
    normalize: Arc<dyn Normalize>,
    meter: Arc<Meter>,
    budget: Budget,
    cache: Cache,
    failure: Mutex<Option<Failure>>,
    aborted: AtomicBool,
}

impl Shared {
    fn fail(&self, failure: Failure) {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
        self.aborted.store(true, Relaxed);
        self.budget.close();
    }

    fn aborted(&self) -> bool {
        self.aborted.load(Relaxed)
    }
}

/// What the gathering thread is told.
enum News {
    Opened(Box<Opened>),
    Found(Vec<Found>),
}

/// Rows on their way to the writer, with the bytes their document took from the budget.
struct Done {
    rows: Rows,
    bytes: usize,
}

/// Runs the line until the source ends, `control.stop` is set, or something fails.
pub fn run(
    source: &mut dyn Source,
    parts: Parts,
    sink: Box<dyn Sink>,
    options: LineOptions,
    control: &Control,
) -> Result<Outcome, Failure> {
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("text-{index}"))
        .build()
        .map_err(|e| Failure::from_cause("cannot start the text threads", "lower --threads", e))?;
    let Parts { prepare: prepare_part, gate, workers, normalize: normalize_part } = parts;
    let repeatable = workers.iter().all(|worker| worker.cost().batch_equals_singles);
    let shared = Arc::new(Shared {
        prepare: prepare_part,
        gate,
        normalize: normalize_part,
        meter: control.meter.clone(),
        budget: Budget::new(options.max_documents_in_flight, options.max_bytes_in_flight),
        cache: Cache::new(if repeatable { options.max_cache_bytes } else { 0 }),
        failure: Mutex::new(None),
        aborted: AtomicBool::new(false),
    });
    let max_tokens = workers.iter().map(|worker| worker.cost().max_batch_tokens).min().unwrap_or(usize::MAX);
    let (batch_out, batch_in) = bounded::<Batch>(2 * workers.len().max(1));
    // These need no bound of their own: the budget bounds the documents that can be in them. A bound on windows would hold the text
    // threads while the encoder is busy, and finished documents would wait behind them.
    let (window_out, window_in) = unbounded::<Vec<Window>>();
    let (news_out, news_in) = unbounded::<News>();
    let (done_out, done_in) = unbounded::<Done>();

    let (interrupted, sink) = thread::scope(|scope| {
        let shared = &shared;
        let pool = &pool;
        let writer = scope.spawn(move || write(&done_in, sink, options.first_sequence, shared));
        let cached_out = news_out.clone();
        scope.spawn(move || pack(&window_in, &batch_out, &cached_out, max_tokens, shared));
        for worker in workers {
            let (batches, news) = (batch_in.clone(), news_out.clone());
            scope.spawn(move || extract(worker, &batches, &news, shared));
        }
        drop(batch_in);
        let gathered_out = done_out.clone();
        scope.spawn(move || {
            gather(&news_in, shared, &mut |gathered| {
                let (done, shared) = (gathered_out.clone(), shared.clone());
                pool.spawn_fifo(move || {
                    let _ = done.send(normalize(gathered, &shared));
                });
            });
        });
        let interrupted = read(source, control, shared, &mut |intake| match intake {
            Intake::Document(document) => {
                let out = Outlets { windows: window_out.clone(), news: news_out.clone(), done: done_out.clone() };
                let shared = shared.clone();
                pool.spawn_fifo(move || prepare(document, &out, &shared));
            }
            Intake::Fault(fault) => {
                let _ = done_out.send(Done { rows: Rows::of_fault(fault), bytes: 0 });
            }
        });
        // The line drains from its front: each stage ends when nobody can send to it any more.
        drop((window_out, news_out, done_out));
        (interrupted, writer.join())
    });
    if let Some(failure) = shared.failure.lock().unwrap_or_else(PoisonError::into_inner).take() {
        return Err(failure);
    }
    let sink = sink.map_err(|_| Failure::new("internal error in the writer", "report it with the version"))?;
    control.meter.time(Stage::Write, || sink.close())?;
    Ok(Outcome { interrupted })
}

/// Reads until the end, a stop or a failure. Returns whether it was stopped.
fn read(source: &mut dyn Source, control: &Control, shared: &Shared, go: &mut dyn FnMut(Intake)) -> bool {
    while !shared.aborted() {
        if control.stop.load(Relaxed) {
            return true;
        }
        let (intake, bytes) = match shared.meter.time(Stage::Read, || source.next()) {
            Ok(None) => return false,
            Ok(Some(Intake::Document(document))) => {
                let bytes = document.text().len();
                (Intake::Document(document), bytes)
            }
            Ok(Some(Intake::Fault(fault))) => (Intake::Fault(fault), 0),
            Err(failure) => {
                shared.fail(failure);
                return false;
            }
        };
        if !shared.budget.take(bytes) {
            return false;
        }
        go(intake);
    }
    false
}

/// Where a text thread sends what it made.
struct Outlets {
    windows: Sender<Vec<Window>>,
    news: Sender<News>,
    done: Sender<Done>,
}

/// A panic of one stage on one document costs that document, not the run.
fn guarded<R>(document: &Document, stage: &str, work: impl FnOnce() -> R) -> Result<R, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Fault {
        sequence: document.sequence,
        shard: document.shard.clone(),
        doc_id: document.doc_id.clone(),
        kind: FaultKind::Stage,
        byte_offset: None,
        n_bytes: Some(document.text().len() as u64),
        what: format!("internal error in {stage}"),
        remedy: "report it with the version and this line; the other documents are not touched".into(),
    })
}

fn prepare(document: Document, out: &Outlets, shared: &Shared) {
    if shared.aborted() {
        return;
    }
    let (prepared, looked) = match windows(&document, shared) {
        Ok(made) => made,
        Err(fault) => {
            let _ = out.done.send(Done { rows: Rows::of_fault(fault), bytes: document.text().len() });
            return;
        }
    };
    let opened = Opened {
        text_sha256: Sha256::digest(document.text().as_bytes()).into(),
        n_tokens: prepared.n_tokens() as u64,
        n_windows: prepared.windows.len() as u32,
        n_bytes_gated: prepared.n_bytes_gated,
        looked,
        layout: prepared.layout,
        document,
    };
    // The news goes first: the gatherer must know the document before its windows come back.
    if out.news.send(News::Opened(Box::new(opened))).is_ok() && !prepared.windows.is_empty() {
        let _ = out.windows.send(prepared.windows);
    }
}

/// What of a document the workers have to read, and what the gate saw of it.
fn windows(document: &Document, shared: &Shared) -> Result<(Prepared, Option<Looked>), Fault> {
    let look = |gate: &Arc<dyn Gate>| {
        shared.meter.time(Stage::Gate, || guarded(document, "gate", || gate.look(document.text())))
    };
    let looked = shared.gate.as_ref().map(look).transpose()?;
    let places = looked.as_ref().map(|looked| looked.places.as_slice());
    let prepared = shared
        .meter
        .time(Stage::Prepare, || guarded(document, "prepare", || shared.prepare.prepare(document, places))?)?;
    Ok((prepared, looked))
}

/// Packs what must be read; what was found in an equal window before goes straight to the gatherer.
fn pack(
    windows: &Receiver<Vec<Window>>,
    batches: &Sender<Batch>,
    news: &Sender<News>,
    max_tokens: usize,
    shared: &Shared,
) {
    let mut packer = Packer::new(max_tokens);
    loop {
        // While the line has nothing more at hand, a batch that is not full must not keep documents waiting.
        let next = if windows.is_empty() { packer.flush() } else { None };
        if let Some(batch) = next
            && batches.send(batch).is_err()
        {
            return;
        }
        let Ok(made) = windows.recv() else { break };
        let mut known = Vec::new();
        for window in made {
            if let Some(found) = shared.cache.get(&window) {
                known.push(found);
                continue;
            }
            if let Some(batch) = packer.push(window)
                && batches.send(batch).is_err()
            {
                return;
            }
        }
        shared.meter.cached(known.len());
        if !known.is_empty() && news.send(News::Found(known)).is_err() {
            return;
        }
    }
    if let Some(batch) = packer.flush() {
        let _ = batches.send(batch);
    }
}

fn extract(mut worker: Box<dyn Extract>, batches: &Receiver<Batch>, news: &Sender<News>, shared: &Shared) {
    for batch in batches {
        if shared.aborted() {
            return;
        }
        let result = shared.meter.time(Stage::Extract, || catch_unwind(AssertUnwindSafe(|| worker.extract(&batch))));
        match result {
            Ok(Ok(found)) => {
                shared.meter.batch(batch.n_tokens(), batch.len());
                shared.cache.put(&batch, &found);
                if news.send(News::Found(found)).is_err() {
                    return;
                }
            }
            Ok(Err(failure)) => return shared.fail(failure),
            Err(_) => {
                return shared.fail(Failure::new(
                    "internal error in the model",
                    "report it with the version and the model's id",
                ));
            }
        }
    }
}

fn gather(news: &Receiver<News>, shared: &Shared, go: &mut dyn FnMut(Gathered)) {
    let mut gather = Gather::default();
    for item in news {
        if shared.aborted() {
            continue;
        }
        match item {
            News::Opened(opened) => {
                if let Some(gathered) = gather.open(*opened) {
                    go(gathered);
                }
            }
            News::Found(found) => found.into_iter().filter_map(|part| gather.put(part)).for_each(&mut *go),
        }
    }
}

fn normalize(gathered: Gathered, shared: &Shared) -> Done {
    let Gathered { mut opened, found } = gathered;
    let looked = opened.looked.take();
    let document = &opened.document;
    let rows = shared.meter.time(Stage::Normalize, || {
        guarded(document, "normalize", || shared.normalize.normalize(document, &opened.layout, found, looked))
    });
    let rows = match rows {
        Ok(mut rows) => {
            rows.row.text_sha256 = Some(opened.text_sha256);
            rows.row.n_sentences = opened.layout.sentences.len() as u32;
            rows.row.n_tokens = opened.n_tokens;
            rows.row.n_windows = opened.n_windows;
            rows.row.n_bytes_gated = opened.n_bytes_gated;
            rows
        }
        Err(fault) => Rows::of_fault(fault),
    };
    Done { rows, bytes: document.text().len() }
}

/// Writes rows in order and gives back what their documents took from the budget.
fn write(done: &Receiver<Done>, mut sink: Box<dyn Sink>, first_sequence: u64, shared: &Shared) -> Box<dyn Sink> {
    let mut order = Order::from(first_sequence);
    for item in done {
        order.put(item.rows.row.sequence, item);
        while let Some(Done { rows, bytes }) = order.take() {
            if shared.aborted() {
                return sink;
            }
            shared.meter.written(&rows);
            if let Err(failure) = shared.meter.time(Stage::Write, || sink.write(rows)) {
                shared.fail(failure);
                return sink;
            }
            shared.budget.give_back(bytes);
        }
    }
    if order.n_waiting() > 0 && !shared.aborted() {
        shared.fail(Failure::new(
            "documents were lost between reading and writing",
            "report it: this is a defect of the line",
        ));
    }
    sink
}
