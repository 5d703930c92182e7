//! What the line has done so far and where its time went. Read by progress displays and the run manifest; never decides anything.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use befund_core::Rows;

/// A stage of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading documents from their source.
    Read,
    /// Layout, sentences, tokens, windows.
    Prepare,
    /// Which windows need not be read.
    Gate,
    /// The encoder and its heads.
    Extract,
    /// Grammar, terms, context, rules.
    Normalize,
    /// Writing rows.
    Write,
}

impl Stage {
    /// All stages, in the order of the line.
    pub const ALL: [Stage; 6] =
        [Stage::Read, Stage::Prepare, Stage::Gate, Stage::Extract, Stage::Normalize, Stage::Write];

    /// Name in run.json.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Read => "read",
            Stage::Prepare => "prepare",
            Stage::Gate => "gate",
            Stage::Extract => "extract",
            Stage::Normalize => "normalize",
            Stage::Write => "write",
        }
    }
}

/// Counters that every stage adds to.
#[derive(Debug, Default)]
pub struct Meter {
    documents: AtomicU64,
    faults: AtomicU64,
    bytes: AtomicU64,
    tokens: AtomicU64,
    windows: AtomicU64,
    windows_cached: AtomicU64,
    mentions: AtomicU64,
    batches: AtomicU64,
    nanos: [AtomicU64; 6],
}

/// A reading of the counters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// Documents written, faults included.
    pub documents: u64,
    /// Of these, faults.
    pub faults: u64,
    /// Bytes of text written about.
    pub bytes: u64,
    /// Tokens encoded, special tokens and overlaps included.
    pub tokens: u64,
    /// Windows encoded.
    pub windows: u64,
    /// Windows whose findings were taken from an equal window.
    pub windows_cached: u64,
    /// Mentions written.
    pub mentions: u64,
    /// Batches encoded.
    pub batches: u64,
    /// Busy time by stage, summed over threads, in the order of `Stage::ALL`.
    pub busy: [Duration; 6],
}

impl Meter {
    /// Runs `work` and books its time to `stage`.
    pub fn time<R>(&self, stage: Stage, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        self.nanos[stage as usize].fetch_add(start.elapsed().as_nanos() as u64, Relaxed);
        result
    }

    pub(crate) fn batch(&self, n_tokens: usize, n_windows: usize) {
        self.batches.fetch_add(1, Relaxed);
        self.tokens.fetch_add(n_tokens as u64, Relaxed);
        self.windows.fetch_add(n_windows as u64, Relaxed);
    }

    pub(crate) fn cached(&self, n_windows: usize) {
        self.windows_cached.fetch_add(n_windows as u64, Relaxed);
    }

    pub(crate) fn written(&self, rows: &Rows) {
        self.documents.fetch_add(1, Relaxed);
        self.faults.fetch_add(u64::from(rows.row.fault.is_some()), Relaxed);
        self.bytes.fetch_add(rows.row.n_bytes.unwrap_or(0), Relaxed);
        self.mentions.fetch_add(rows.mentions.len() as u64, Relaxed);
    }

    /// Reads all counters.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            documents: self.documents.load(Relaxed),
            faults: self.faults.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            tokens: self.tokens.load(Relaxed),
            windows: self.windows.load(Relaxed),
            windows_cached: self.windows_cached.load(Relaxed),
            mentions: self.mentions.load(Relaxed),
            batches: self.batches.load(Relaxed),
            busy: Stage::ALL.map(|stage| Duration::from_nanos(self.nanos[stage as usize].load(Relaxed))),
        }
    }
}
