//! Puts the real parts behind the ports of the line.

use std::sync::Arc;

use befund_core::Failure;
use befund_knowledge::{FoundByMode, Rules, RulesOptions};
use befund_models::{LoadOptions, Model};
use befund_run::{LineOptions, Parts};
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
            let defaults = WindowOptions::default();
            let max_tokens = defaults.max_tokens.min(model.max_window_tokens());
            let options = WindowOptions { max_tokens, overlap: defaults.overlap.min(max_tokens / 4), ..defaults };
            // A card has one owner and wants large batches; a processor has a worker a core, each on a block that stays in its cache.
            let (n, batch) = if model.device().is_cpu() { (spec.threads.max(1), 256) } else { (1, 16_384) };
            let max_batch_tokens = spec.max_batch_tokens.unwrap_or(batch);
            let workers = (0..n).map(|_| model.worker(max_batch_tokens)).collect::<Result<_, _>>()?;
            (TextStage::new(model.tokenizer_json(), options)?, workers)
        }
    };
    let options = RulesOptions { tasks: spec.tasks.clone(), found_by: spec.found_by };
    let rules = Rules::new(options).with_plausibility(rules).with_inference(spec.infer);
    Ok(Parts { prepare: Arc::new(stage), workers, normalize: Arc::new(rules) })
}

/// Sizes of the line for a run.
pub(crate) fn line_options(spec: &ExtractSpec, first_sequence: u64) -> LineOptions {
    LineOptions { first_sequence, ..LineOptions::for_threads(spec.threads) }
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

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
