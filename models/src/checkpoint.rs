//! Users' own Hugging Face token-classification checkpoints, run through candle-transformers.
//!
//! BERT, DistilBERT, XLM-RoBERTa and DeBERTa-v2. Each window runs alone, so that a batch equals its singles whatever candle's kernels do
//! with more rows. The worker keeps candle's threads in a pool of one, so that several workers don't meet in the global pool. Gives
//! mentions only: such checkpoints have no head for relations.

mod backbone;
mod labels;

use std::sync::Arc;

use befund_core::{Batch, Cost, Extract, Failure, Found};
use candle_core::DType;
use candle_nn::VarBuilder;
use serde_json::Value;

use crate::decode::{Scheme, Tokens, mentions, softmax};
use crate::folder::Folder;
use crate::head::host;
use crate::manifest::digest;
use crate::marks::ClosingMarks;
use crate::ops::Place;
use crate::trained::{Files, check};

use backbone::Backbone;
pub(crate) use labels::Subwords;

/// A loaded checkpoint, shared by its workers.
pub(crate) struct Checkpoint {
    backbone: Backbone,
    classifier: candle_nn::Linear,
    pub(crate) scheme: Scheme,
    subwords: Subwords,
    marks: ClosingMarks,
    pub(crate) max_window_tokens: usize,
}

/// What is left of the files once the checkpoint is loaded.
pub(crate) struct Loaded {
    pub(crate) model: Checkpoint,
    /// Of `model.safetensors`, hexadecimal.
    pub(crate) sha256: String,
    pub(crate) tokenizer_json: Vec<u8>,
}

impl Checkpoint {
    /// Reads and places a checkpoint.
    pub(crate) fn load(folder: &Folder, place: &Place) -> Result<Loaded, Failure> {
        let name = folder.place();
        let config = json(folder, "config.json")?;
        let own = if folder.has("befund.json") { Some(json(folder, "befund.json")?) } else { None };
        let mapping = labels::Mapping::new(&config, own.as_ref(), &name)?;
        let tokenizer_json = folder.read("tokenizer.json")?.into_owned();
        let marks = ClosingMarks::parse(&tokenizer_json, &format!("{name}/tokenizer.json"))?;
        let bytes = folder.read("model.safetensors")?.into_owned();
        let sha256 = digest(&bytes);
        let refuse = |cause: candle_core::Error| {
            let remedy = "use a token-classification checkpoint whose weights belong to its config.json";
            Failure::from_cause(format!("{name}: the weights cannot be loaded"), remedy, cause)
        };
        let weights = VarBuilder::from_buffered_safetensors(bytes, place.dtype, &place.device).map_err(refuse)?;
        let (backbone, hidden, max_window_tokens) = Backbone::load(&config, &weights, &name)?;
        let classifier =
            candle_nn::linear(hidden, mapping.scheme.n_classes(), weights.pp("classifier")).map_err(refuse)?;
        let model =
            Self { backbone, classifier, scheme: mapping.scheme, subwords: mapping.subwords, marks, max_window_tokens };
        Ok(Loaded { model, sha256, tokenizer_json })
    }

    /// Class probabilities of one window, [n_tokens, n_classes] row-major.
    fn probabilities(&self, ids: &[u32], place: &Place) -> Result<Vec<f32>, Failure> {
        if ids.len() > self.max_window_tokens {
            let what = format!("a window of {} tokens is longer than {}", ids.len(), self.max_window_tokens);
            return Err(Failure::new(what, "cut windows with Model::max_window_tokens"));
        }
        let computed = self
            .backbone
            .forward(ids, &place.device)
            .and_then(|hidden| host(&candle_nn::Module::forward(&self.classifier, &hidden)?.to_dtype(DType::F32)?));
        let mut logits = computed.map_err(|cause| {
            let remedy = "tokenise with the tokenizer.json of this model";
            Failure::from_cause(format!("the model failed on a window of {} tokens", ids.len()), remedy, cause)
        })?;
        let n_classes = self.scheme.n_classes();
        logits.chunks_exact_mut(n_classes).for_each(softmax);
        if self.subwords == Subwords::First {
            for (token, &id) in ids.iter().enumerate().skip(1) {
                if self.marks.continues_word(id) {
                    logits.copy_within((token - 1) * n_classes..token * n_classes, token * n_classes);
                }
            }
        }
        Ok(logits)
    }
}

fn json(folder: &Folder, name: &str) -> Result<Value, Failure> {
    serde_json::from_slice(&folder.read(name)?).map_err(|cause| {
        Failure::from_cause(format!("{}/{name} is no JSON", folder.place()), "correct the file", cause)
    })
}

/// One thread's hold on a checkpoint.
pub(crate) struct Worker {
    model: Arc<Checkpoint>,
    place: Place,
    max_batch_tokens: usize,
    pool: rayon::ThreadPool,
}

impl Worker {
    pub(crate) fn new(model: Arc<Checkpoint>, place: Place, max_batch_tokens: usize) -> Result<Self, Failure> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(|cause| {
            Failure::from_cause("the worker's thread cannot be started", "ask for fewer --threads", cause)
        })?;
        Ok(Self { model, place, max_batch_tokens, pool })
    }

    fn window(&self, batch: &Batch, window: usize) -> Result<Found, Failure> {
        let range = batch.range(window);
        let ids = &batch.ids[range.clone()];
        let probabilities = self.model.probabilities(ids, &self.place)?;
        let tokens = Tokens { ids, spans: &batch.spans[range], keep: batch.keeps[window].clone() };
        let mut located = mentions(&self.model.scheme, &probabilities, &tokens, &self.model.marks);
        located.sort_by_key(|located| (located.mention.span, located.mention.task));
        let mentions = located.into_iter().map(|located| located.mention).collect();
        Ok(Found { origin: batch.origins[window], mentions, relations: Vec::new() })
    }
}

impl Extract for Worker {
    fn cost(&self) -> Cost {
        // Each window runs alone.
        Cost { max_batch_tokens: self.max_batch_tokens, batch_equals_singles: true }
    }

    fn extract(&mut self, batch: &Batch) -> Result<Vec<Found>, Failure> {
        check(batch)?;
        self.pool.install(|| (0..batch.len()).map(|window| self.window(batch, window)).collect())
    }
}
