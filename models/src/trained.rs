//! A model of Befund's own format: one encoder, token heads for the tasks, one relation head, one status head; and the worker that runs it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use befund_core::{Batch, Cost, Extract, Failure, Found, Relation};

use crate::decode::{Located, Scheme, Tokens, mentions, softmax};
use crate::encoder::{Arena, Encoder, States};
use crate::head::{RelationHead, StatusHead, TokenHeads};
use crate::manifest::Manifest;
use crate::marks::ClosingMarks;
use crate::ops::Place;
use crate::weights::Weights;

/// Tokens that go through the layers together on a processor: their hidden states stay in the second-level cache. Results don't depend on
/// it (a batch equals its singles).
const BLOCK_TOKENS: usize = 256;

/// Where the files of a model are: by name, with a name for messages.
pub(crate) trait Files {
    /// The folder in messages.
    fn place(&self) -> String;
    /// The bytes of one file.
    fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, Failure>;
}

/// A loaded model, shared by its workers.
pub(crate) struct Trained {
    pub(crate) manifest: Manifest,
    pub(crate) encoder: Encoder,
    pub(crate) heads: TokenHeads,
    pub(crate) relations: Option<RelationHead>,
    pub(crate) status: Option<StatusHead>,
    marks: ClosingMarks,
    place: Place,
}

/// What is left of the files once the model is loaded.
pub(crate) struct Loaded {
    pub(crate) model: Trained,
    /// Of `model.safetensors`, hexadecimal.
    pub(crate) sha256: String,
    pub(crate) tokenizer_json: Cow<'static, [u8]>,
}

impl Trained {
    /// Reads, verifies and places a model.
    pub(crate) fn load(files: &dyn Files, place: &Place) -> Result<Loaded, Failure> {
        let name = files.place();
        let manifest = Manifest::parse(&files.read("manifest.json")?, &name)?;
        let tokenizer_json = files.read("tokenizer.json")?;
        manifest.verify(&name, "tokenizer.json", &tokenizer_json)?;
        let marks = ClosingMarks::parse(&tokenizer_json, &format!("{name}/tokenizer.json"))?;
        let bytes = files.read("model.safetensors")?;
        let sha256 = manifest.verify(&name, "model.safetensors", &bytes)?;
        let weights = Weights::parse(&bytes, format!("{name}/model.safetensors"))?;
        let encoder = Encoder::load(&weights, manifest.encoder, place)?;
        let hidden = manifest.encoder.hidden;
        let schemes = manifest.tasks.iter().map(|(task, labels)| (*task, Scheme::bio(*task, labels))).collect();
        let heads = TokenHeads::load(&weights, schemes, hidden, place)?;
        let relations =
            manifest.relations.as_ref().map(|shape| RelationHead::load(&weights, shape, hidden)).transpose()?;
        let status = manifest.status.as_ref().map(|shape| StatusHead::load(&weights, shape, hidden)).transpose()?;
        let model = Self { manifest, encoder, heads, relations, status, marks, place: place.clone() };
        Ok(Loaded { model, sha256, tokenizer_json })
    }

    fn extract_block(
        &self,
        batch: &Batch,
        windows: Range<usize>,
        arena: &mut Arena,
        found: &mut Vec<Found>,
    ) -> Result<(), Failure> {
        let first = batch.cu_seqlens[windows.start];
        let tokens = first as usize..batch.cu_seqlens[windows.end] as usize;
        let borders: Vec<u32> = batch.cu_seqlens[windows.start..=windows.end].iter().map(|at| at - first).collect();
        let hidden = self.encoder.forward(&batch.ids[tokens], &borders, arena)?;
        let mut probabilities = self.heads.logits(&hidden)?;
        for (scheme, values) in self.heads.schemes.iter().zip(&mut probabilities) {
            values.chunks_exact_mut(scheme.n_classes()).for_each(softmax);
        }
        let rows: Vec<Range<usize>> = borders.windows(2).map(|border| border[0] as usize..border[1] as usize).collect();
        let mut located: Vec<Vec<Located>> = windows
            .clone()
            .zip(&rows)
            .map(|(window, rows)| self.mentions(batch, window, rows.clone(), &probabilities))
            .collect();
        let related = self.judged(&hidden, &rows, &mut located)?;
        for ((window, located), relations) in windows.zip(located).zip(related) {
            let mentions = located.into_iter().map(|located| located.mention).collect();
            found.push(Found { origin: batch.origins[window], mentions, relations });
        }
        Ok(())
    }

    /// Relations of each window, and the status of its drugs; `rows` are the windows' rows of `hidden`.
    fn judged(
        &self,
        hidden: &States,
        rows: &[Range<usize>],
        located: &mut [Vec<Located>],
    ) -> Result<Vec<Vec<Relation>>, Failure> {
        let is_asked = |mentions: &[Located]| {
            self.relations.as_ref().is_some_and(|head| head.has_candidates(mentions))
                || self.status.is_some() && StatusHead::has_candidates(mentions)
        };
        let asked: Vec<usize> = (0..located.len()).filter(|&window| is_asked(&located[window])).collect();
        let asked_rows: Vec<Range<usize>> = asked.iter().map(|&window| rows[window].clone()).collect();
        let states = hidden.rows(&asked_rows, self.manifest.encoder.hidden).map_err(unreadable)?;
        let mut related = vec![Vec::new(); located.len()];
        for (window, states) in asked.into_iter().zip(states) {
            if let Some(head) = &self.relations {
                related[window] = head.relations(&located[window], &states);
            }
            if let Some(head) = &self.status {
                head.tell(&mut located[window], &states);
            }
        }
        Ok(related)
    }

    /// Mentions of all tasks in one window, ordered by span, then by task.
    fn mentions(&self, batch: &Batch, window: usize, rows: Range<usize>, probabilities: &[Vec<f32>]) -> Vec<Located> {
        let range = batch.range(window);
        let tokens =
            Tokens { ids: &batch.ids[range.clone()], spans: &batch.spans[range], keep: batch.keeps[window].clone() };
        let mut located = Vec::new();
        for (scheme, values) in self.heads.schemes.iter().zip(probabilities) {
            let n = scheme.n_classes();
            located.extend(mentions(scheme, &values[rows.start * n..rows.end * n], &tokens, &self.marks));
        }
        located.sort_by_key(|located| (located.mention.span, located.mention.task));
        located
    }
}

fn unreadable(cause: candle_core::Error) -> Failure {
    Failure::from_cause("the hidden states cannot be read from the device", "try a smaller --max-batch-tokens", cause)
}

/// One thread's hold on a model; the weights are shared.
pub(crate) struct Worker {
    model: Arc<Trained>,
    max_batch_tokens: usize,
    arena: Arena,
}

impl Worker {
    pub(crate) fn new(model: Arc<Trained>, max_batch_tokens: usize) -> Self {
        Self { model, max_batch_tokens, arena: Arena::default() }
    }
}

impl Extract for Worker {
    fn cost(&self) -> Cost {
        Cost { max_batch_tokens: self.max_batch_tokens, batch_equals_singles: self.model.place.has_kernels() }
    }

    fn extract(&mut self, batch: &Batch) -> Result<Vec<Found>, Failure> {
        check(batch)?;
        let most = if self.model.place.has_kernels() { BLOCK_TOKENS } else { usize::MAX };
        let mut found = Vec::with_capacity(batch.len());
        let mut first = 0;
        while first < batch.len() {
            let start = batch.cu_seqlens[first] as usize;
            let fits = |&end: &usize| batch.cu_seqlens[end] as usize - start <= most;
            let end = (first + 1..=batch.len()).take_while(fits).last().unwrap_or(first + 1);
            self.model.extract_block(batch, first..end, &mut self.arena, &mut found)?;
            first = end;
        }
        Ok(found)
    }
}

/// Refuses a batch whose parts do not fit together.
pub(crate) fn check(batch: &Batch) -> Result<(), Failure> {
    let n = batch.len();
    let fits = batch.cu_seqlens.len() == n + 1
        && batch.cu_seqlens.is_sorted()
        && batch.cu_seqlens.first() == Some(&0)
        && batch.cu_seqlens.last().is_some_and(|&last| last as usize == batch.ids.len())
        && batch.spans.len() == batch.ids.len()
        && batch.keeps.len() == n;
    if fits {
        return Ok(());
    }
    let what = format!("a batch of {n} windows and {} tokens does not fit together", batch.ids.len());
    Err(Failure::new(what, "build batches with Batch::push"))
}
