//! Puts the real parts behind the ports of the line.

use std::sync::Arc;

use befund_core::{Extract, Failure, Gate, Task};
use befund_knowledge::{Doubts, FoundByMode, Rules, RulesOptions};
use befund_models::{LoadOptions, Model, OpenDevice};
use befund_run::{LineOptions, Parts};
use befund_sink::hex;
use befund_text::{TextStage, WindowOptions};
use sha2::{Digest, Sha256};

use crate::rules::{RuleSet, RuleTables};
use crate::spec::ExtractSpec;

/// The loaded model of a run; `None` where only rules speak.
pub(crate) type Loaded = Option<Model>;

/// Loads the model that `spec` names, on its device.
pub(crate) fn load(spec: &ExtractSpec) -> Result<Loaded, Failure> {
    match spec.found_by {
        FoundByMode::Rules => Ok(None),
        FoundByMode::Model | FoundByMode::Both => {
            Model::load(&spec.model, &spec.device, LoadOptions { precision: spec.precision }).map(Some)
        }
    }
}

/// Builds the parts around a loaded model.
pub(crate) fn parts(spec: &ExtractSpec, model: &Loaded, rules: Arc<RuleSet>) -> Result<Parts, Failure> {
    let (stage, workers) = match model {
        None => (TextStage::layout_only(), Vec::new()),
        Some(model) => {
            let batching = Batching::of(model.device(), spec.threads, spec.max_batch_tokens);
            (text_stage(model)?, batching.workers(model)?)
        }
    };
    let gate = gate(spec).ok().map(|gate| Arc::new(gate) as Arc<dyn Gate>);
    Ok(Parts { prepare: Arc::new(stage), gate, workers, normalize: Arc::new(rules_of(spec, rules)) })
}

/// The rules of a run.
pub(crate) fn rules_of(spec: &ExtractSpec, plausibility: Arc<RuleSet>) -> Rules {
    Rules::new(RulesOptions { tasks: spec.tasks.clone(), found_by: spec.found_by })
        .with_plausibility(plausibility)
        .with_inference(spec.infer)
}

/// Text to the windows that a model reads.
pub(crate) fn text_stage(model: &Model) -> Result<TextStage, Failure> {
    let defaults = WindowOptions::default();
    let max_tokens = defaults.max_tokens.min(model.max_window_tokens());
    let options = WindowOptions { max_tokens, overlap: defaults.overlap.min(max_tokens / 4), ..defaults };
    TextStage::new(model.tokenizer_json(), options)
}

/// The gate of a run, else why it has none. The rules know where a stage could stand; an event or a drug can stand anywhere.
pub(crate) fn gate(spec: &ExtractSpec) -> Result<Doubts, &'static str> {
    match spec.found_by {
        FoundByMode::Rules => Err("only rules run"),
        FoundByMode::Model => Err("with --found-by model everything is read"),
        FoundByMode::Both if spec.exhaustive => Err("--exhaustive was asked for"),
        FoundByMode::Both if spec.tasks != [Task::Tnm] => Err("there is a gate for --tasks tnm alone"),
        FoundByMode::Both => Ok(Doubts),
    }
}

/// How a model is fed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Batching {
    pub(crate) n_workers: usize,
    pub(crate) max_batch_tokens: usize,
}

impl Batching {
    /// A processor has a worker a core, each on a block that stays in its cache. A card wants large batches, and several workers to share its
    /// one stream: while it computes for one, the others copy, read results back and decode.
    pub(crate) fn of(device: &OpenDevice, threads: usize, max_batch_tokens: Option<usize>) -> Self {
        let (n_workers, batch) = if device.is_cpu() { (threads.max(1), 256) } else { (threads.clamp(2, 4), 16_384) };
        Self { n_workers, max_batch_tokens: max_batch_tokens.unwrap_or(batch) }
    }

    /// The workers themselves.
    pub(crate) fn workers(self, model: &Model) -> Result<Vec<Box<dyn Extract>>, Failure> {
        (0..self.n_workers).map(|_| model.worker(self.max_batch_tokens)).collect()
    }
}

/// Sizes of the line for a run of `parts`.
pub(crate) fn line_options(spec: &ExtractSpec, parts: &Parts, first_sequence: u64) -> LineOptions {
    let sizes = LineOptions::for_threads(spec.threads);
    // A token of clinical text has three to five bytes, and while each worker reads one batch another is filled for it.
    let batches: usize = parts.workers.iter().map(|worker| worker.cost().max_batch_tokens.saturating_mul(10)).sum();
    let max_bytes_in_flight = sizes.max_bytes_in_flight.max(batches.min(16 << 20));
    LineOptions { first_sequence, max_bytes_in_flight, ..sizes }
}

/// SHA-256 over the names and bytes of all rule tables, those of the house and those of the site.
pub(crate) fn rules_sha256(site: &RuleTables) -> String {
    let mut digest = Sha256::new();
    // Of a site's file the content counts, not where it lies.
    let own = site.files.iter().map(|(_, bytes)| ("--rules", bytes.as_slice()));
    for (name, bytes) in befund_knowledge::tables().into_iter().chain(own) {
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    hex(&digest.finalize())
}
