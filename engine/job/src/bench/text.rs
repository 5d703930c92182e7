//! The text stage on one thread: what splitting takes, what splitting and tokenising take, and so what tokens cost.

use std::time::Instant;

use befund_core::{Document, Failure, Prepare, Window};
use befund_text::TextStage;
use serde::Serialize;

use super::statistics::Spread;

/// Documents with their windows, and rounds over them.
pub(super) struct TextTimes {
    stage: TextStage,
    documents: Vec<Document>,
    windows: Vec<Window>,
    layout_seconds: Vec<f64>,
    seconds: Vec<f64>,
}

/// The text stage in a record.
#[derive(Clone, Debug, Serialize)]
pub struct TextRecord {
    /// Documents that were prepared; of whole runs the first 8 MiB.
    pub documents: u64,
    /// Bytes of text.
    pub bytes: u64,
    /// Tokens, special tokens and overlaps included.
    pub tokens: u64,
    /// Seconds of one thread for sections and sentences, by round.
    pub layout_seconds: Vec<f64>,
    /// Seconds of one thread for sections, sentences, tokens and windows, by round.
    pub seconds: Vec<f64>,
    /// Tokens a second of one thread, splitting included.
    pub tokens_per_second: f64,
    /// Tokens a second of one thread for tokens and windows alone (the difference of both); null where it drowns in noise.
    pub tokens_per_second_without_layout: Option<f64>,
}

impl TextTimes {
    pub(super) fn new(stage: TextStage, documents: Vec<Document>) -> Result<Self, Failure> {
        let mut windows = Vec::new();
        for document in &documents {
            windows.extend(prepare(&stage, document)?);
        }
        Ok(Self { stage, documents, windows, layout_seconds: Vec::new(), seconds: Vec::new() })
    }

    /// All windows, in the order of the documents.
    pub(super) fn windows(&self) -> &[Window] {
        &self.windows
    }

    pub(super) fn n_documents(&self) -> u64 {
        self.documents.len() as u64
    }

    pub(super) fn n_bytes(&self) -> u64 {
        self.documents.iter().map(|document| document.text().len() as u64).sum()
    }

    pub(super) fn n_tokens(&self) -> u64 {
        self.windows.iter().map(|window| window.ids.len() as u64).sum()
    }

    /// One round.
    pub(super) fn measure(&mut self) -> Result<(), Failure> {
        self.layout_seconds.push(seconds(&TextStage::layout_only(), &self.documents)?);
        self.seconds.push(seconds(&self.stage, &self.documents)?);
        Ok(())
    }

    pub(super) fn record(&self) -> TextRecord {
        let (all, layout) = (Spread::of(&self.seconds).median, Spread::of(&self.layout_seconds).median);
        let rate = |seconds: f64| self.n_tokens() as f64 / seconds;
        TextRecord {
            documents: self.n_documents(),
            bytes: self.n_bytes(),
            tokens: self.n_tokens(),
            layout_seconds: self.layout_seconds.clone(),
            seconds: self.seconds.clone(),
            tokens_per_second: rate(all),
            tokens_per_second_without_layout: (all > layout).then(|| rate(all - layout)),
        }
    }
}

fn seconds(stage: &TextStage, documents: &[Document]) -> Result<f64, Failure> {
    let begun = Instant::now();
    for document in documents {
        std::hint::black_box(prepare(stage, document)?);
    }
    Ok(begun.elapsed().as_secs_f64())
}

fn prepare(stage: &TextStage, document: &Document) -> Result<Vec<Window>, Failure> {
    let prepared = stage.prepare(document, None).map_err(|fault| {
        Failure::new(format!("a document cannot be measured: {fault}"), "leave it out of the benchmark")
    })?;
    Ok(prepared.windows)
}
