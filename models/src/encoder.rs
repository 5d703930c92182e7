//! The encoder: BERT (Devlin et al. 2019, post-norm, absolute positions, exact GELU) over a packed batch.
//!
//! Nothing is padded: `ids` of all windows lie end to end with their borders in `cu_seqlens`, linear layers see all tokens at once and
//! attention sees one window at a time. A window's hidden states are the same bits whatever else is in the batch (on a processor). Knows
//! nothing of tasks.

use befund_core::Failure;
use candle_core::Tensor;
use serde::Deserialize;

use crate::kernel::{Activation, AttentionShape};
use crate::ops::{AddNorm, Linear, Place, attend_packed};
use crate::padded::PaddedPlan;
use crate::weights::Weights;

/// Sizes of an encoder.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct EncoderShape {
    /// Columns of a hidden state.
    pub(crate) hidden: usize,
    /// Layers.
    pub(crate) layers: usize,
    /// Attention heads; they divide `hidden`.
    pub(crate) heads: usize,
    /// Columns inside the feed-forward block.
    pub(crate) intermediate: usize,
    /// Rows of the word embedding.
    pub(crate) vocab: usize,
    /// Longest window in tokens.
    pub(crate) max_positions: usize,
    /// Rows of the segment embedding; every token is of segment 0.
    pub(crate) type_vocab: usize,
    /// Added to the variance in layer normalisation.
    pub(crate) layer_norm_eps: f64,
}

impl EncoderShape {
    /// What makes the sizes impossible, if anything does.
    pub(crate) fn check(&self) -> Result<(), String> {
        let sizes =
            [self.hidden, self.layers, self.heads, self.intermediate, self.vocab, self.max_positions, self.type_vocab];
        if sizes.contains(&0) {
            return Err("has an encoder with a size of 0".to_string());
        }
        if !self.hidden.is_multiple_of(self.heads) {
            return Err(format!("has {} heads that do not divide {} columns", self.heads, self.hidden));
        }
        Ok(())
    }

    fn attention(&self) -> AttentionShape {
        AttentionShape { n_heads: self.heads, head_size: self.hidden / self.heads }
    }
}

/// A loaded encoder.
pub(crate) struct Encoder {
    shape: EncoderShape,
    place: Place,
    embeddings: Embeddings,
    layers: Vec<Layer>,
}

struct Embeddings {
    tables: Tables,
    norm: AddNorm,
}

enum Tables {
    /// Rows are copied on the processor. Both row-major; segment 0 is already added to `position`.
    Host { word: Vec<f32>, position: Vec<f32> },
    /// [vocab, hidden] and [max_positions, hidden].
    Device { word: Tensor, position: Tensor },
}

struct Layer {
    /// [hidden -> 3 * hidden]; the queries' part is scaled by 1 / sqrt(head_size).
    qkv: Linear,
    /// [hidden -> hidden]
    attention_output: Linear,
    attention_norm: AddNorm,
    /// [hidden -> intermediate]
    intermediate: Linear,
    /// [intermediate -> hidden]
    output: Linear,
    output_norm: AddNorm,
}

impl Encoder {
    /// Loads tensors named as in Hugging Face BERT without the `bert.` prefix.
    pub(crate) fn load(weights: &Weights, shape: EncoderShape, place: &Place) -> Result<Self, Failure> {
        let embeddings = Embeddings::load(weights, &shape, place)?;
        let layers =
            (0..shape.layers).map(|index| Layer::load(weights, &shape, index, place)).collect::<Result<_, _>>()?;
        Ok(Self { shape, place: place.clone(), embeddings, layers })
    }

    /// Hidden states of the last layer, [n_tokens, hidden], for `ids` [n_tokens] and `cu_seqlens` [n_windows + 1].
    ///
    /// Fails on a token id outside the vocabulary and on a window longer than `max_positions`.
    pub(crate) fn forward(&self, ids: &[u32], cu_seqlens: &[u32]) -> Result<Tensor, Failure> {
        self.check(ids, cu_seqlens)?;
        self.compute(ids, cu_seqlens).map_err(|cause| {
            let what = format!("the encoder failed on {} tokens in {} windows", ids.len(), cu_seqlens.len() - 1);
            Failure::from_cause(what, "try a smaller --max-batch-tokens", cause)
        })
    }

    fn compute(&self, ids: &[u32], cu_seqlens: &[u32]) -> candle_core::Result<Tensor> {
        let attention = self.shape.attention();
        let plan = match self.place.own_kernels {
            true => None,
            false => Some(PaddedPlan::new(cu_seqlens, attention, &self.place)?),
        };
        let mut x = self.embeddings.forward(ids, cu_seqlens, &self.shape, &self.place)?;
        for layer in &self.layers {
            // [n, 3 * hidden] -> [n, hidden]
            let qkv = layer.qkv.forward(&x, Activation::Identity)?;
            let context = match &plan {
                None => attend_packed(&qkv, cu_seqlens, attention)?,
                Some(plan) => plan.attend(&qkv, attention)?,
            };
            let attended = layer.attention_output.forward(&context, Activation::Identity)?;
            let attended = layer.attention_norm.forward(attended, &x)?;
            // [n, hidden] -> [n, intermediate] -> [n, hidden]
            let inner = layer.intermediate.forward(&attended, Activation::Gelu)?;
            let output = layer.output.forward(&inner, Activation::Identity)?;
            x = layer.output_norm.forward(output, &attended)?;
        }
        Ok(x)
    }

    fn check(&self, ids: &[u32], cu_seqlens: &[u32]) -> Result<(), Failure> {
        let refuse = |what: String| Err(Failure::new(what, "tokenise with the tokenizer.json of this model"));
        let ordered = cu_seqlens.first() == Some(&0) && cu_seqlens.is_sorted();
        if !ordered || cu_seqlens.last().is_none_or(|&last| last as usize != ids.len()) {
            return refuse(format!("window borders do not fit {} tokens", ids.len()));
        }
        if let Some(&id) = ids.iter().find(|&&id| id as usize >= self.shape.vocab) {
            return refuse(format!("token id {id} is outside the vocabulary of {}", self.shape.vocab));
        }
        let longest = cu_seqlens.windows(2).map(|border| (border[1] - border[0]) as usize).max().unwrap_or(0);
        if longest > self.shape.max_positions {
            return refuse(format!("a window of {longest} tokens is longer than {}", self.shape.max_positions));
        }
        Ok(())
    }
}

impl Embeddings {
    fn load(weights: &Weights, shape: &EncoderShape, place: &Place) -> Result<Self, Failure> {
        let EncoderShape { hidden, vocab, max_positions, type_vocab, .. } = *shape;
        let word = weights.matrix("embeddings.word_embeddings.weight", vocab, hidden)?;
        let mut position = weights.matrix("embeddings.position_embeddings.weight", max_positions, hidden)?;
        let segment = weights.matrix("embeddings.token_type_embeddings.weight", type_vocab, hidden)?;
        for row in position.chunks_exact_mut(hidden) {
            row.iter_mut().zip(&segment[..hidden]).for_each(|(value, add)| *value += add);
        }
        let tables = if place.own_kernels {
            Tables::Host { word, position }
        } else {
            let tensor = |values: &[f32], rows: usize| place.tensor(values, (rows, hidden)).map_err(not_loaded);
            Tables::Device { word: tensor(&word, vocab)?, position: tensor(&position, max_positions)? }
        };
        Ok(Self { tables, norm: norm(weights, "embeddings.LayerNorm", shape, place)? })
    }

    /// -> [n_tokens, hidden]
    fn forward(
        &self,
        ids: &[u32],
        cu_seqlens: &[u32],
        shape: &EncoderShape,
        place: &Place,
    ) -> candle_core::Result<Tensor> {
        let positions = cu_seqlens.windows(2).flat_map(|border| 0..border[1] - border[0]);
        let (words, places) = match &self.tables {
            Tables::Host { word, position } => {
                let words = rows(word, ids.iter().copied(), shape.hidden, ids.len());
                let places = rows(position, positions, shape.hidden, ids.len());
                let size = (ids.len(), shape.hidden);
                (Tensor::from_vec(words, size, &place.device)?, Tensor::from_vec(places, size, &place.device)?)
            }
            Tables::Device { word, position } => {
                let ids = Tensor::from_slice(ids, ids.len(), &place.device)?;
                let positions = Tensor::from_iter(positions, &place.device)?;
                (word.index_select(&ids, 0)?, position.index_select(&positions, 0)?)
            }
        };
        self.norm.forward(words, &places)
    }
}

/// Copies rows of a table end to end.
fn rows(table: &[f32], indices: impl Iterator<Item = u32>, width: usize, n: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(n * width);
    for index in indices {
        out.extend_from_slice(&table[index as usize * width..][..width]);
    }
    out
}

impl Layer {
    fn load(weights: &Weights, shape: &EncoderShape, index: usize, place: &Place) -> Result<Self, Failure> {
        let EncoderShape { hidden, intermediate, .. } = *shape;
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let read = |part: &str, n_out: usize, n_in: usize| linear(weights, &name(part), n_out, n_in, place);
        Ok(Self {
            qkv: fused_qkv(weights, &name("attention.self"), shape, place)?,
            attention_output: read("attention.output.dense", hidden, hidden)?,
            attention_norm: norm(weights, &name("attention.output.LayerNorm"), shape, place)?,
            intermediate: read("intermediate.dense", intermediate, hidden)?,
            output: read("output.dense", hidden, intermediate)?,
            output_norm: norm(weights, &name("output.LayerNorm"), shape, place)?,
        })
    }
}

/// Query, key and value as one layer, with 1 / sqrt(head_size) folded into the query.
fn fused_qkv(weights: &Weights, name: &str, shape: &EncoderShape, place: &Place) -> Result<Linear, Failure> {
    let hidden = shape.hidden;
    let scale = 1.0 / (shape.attention().head_size as f32).sqrt();
    let (mut weight, mut bias) = (Vec::with_capacity(3 * hidden * hidden), Vec::with_capacity(3 * hidden));
    for part in ["query", "key", "value"] {
        let factor = if part == "query" { scale } else { 1.0 };
        let rows = weights.matrix(&format!("{name}.{part}.weight"), hidden, hidden)?;
        weight.extend(rows.into_iter().map(|value| value * factor));
        let values = weights.vector(&format!("{name}.{part}.bias"), hidden)?;
        bias.extend(values.into_iter().map(|value| value * factor));
    }
    Linear::new(&weight, &bias, hidden, place).map_err(not_loaded)
}

fn norm(weights: &Weights, name: &str, shape: &EncoderShape, place: &Place) -> Result<AddNorm, Failure> {
    let weight = weights.vector(&format!("{name}.weight"), shape.hidden)?;
    let bias = weights.vector(&format!("{name}.bias"), shape.hidden)?;
    AddNorm::new(weight, bias, shape.layer_norm_eps, place).map_err(not_loaded)
}

/// The layer `name` with `name.weight` [n_out, n_in] and `name.bias` [n_out].
fn linear(weights: &Weights, name: &str, n_out: usize, n_in: usize, place: &Place) -> Result<Linear, Failure> {
    let weight = weights.matrix(&format!("{name}.weight"), n_out, n_in)?;
    let bias = weights.vector(&format!("{name}.bias"), n_out)?;
    Linear::new(&weight, &bias, n_in, place).map_err(not_loaded)
}

/// A tensor that could not be placed on the device.
pub(crate) fn not_loaded(cause: candle_core::Error) -> Failure {
    Failure::from_cause("the weights do not fit on the device", "free its memory or ask for --device cpu", cause)
}

#[cfg(test)]
mod tests;
