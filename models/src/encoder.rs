//! The encoder: BERT (Devlin et al. 2019, post-norm, absolute positions, exact GELU) over a packed batch.
//!
//! Nothing is padded: `ids` of all windows lie end to end with their borders in `cu_seqlens`, linear layers see all tokens at once and
//! attention sees one window at a time. A window's hidden states are the same bits whatever else is in the batch (on a processor).
//!
//! There are two of them behind one door: kernels over plain memory on a processor (`on_host`), tensor operations elsewhere
//! (`on_device`), which the tests also run on a processor to compare the two. Knows nothing of tasks.

mod on_device;
mod on_host;

use std::borrow::Cow;
use std::ops::Range;

use befund_core::Failure;
use candle_core::Tensor;
use serde::Deserialize;

use crate::head::host;
use crate::kernel::{AttentionShape, ByteRows};
use crate::ops::{Arithmetic, Place};
use crate::weights::Weights;
use on_device::DeviceEncoder;
use on_host::HostEncoder;

pub(crate) use on_host::Arena;

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
    body: Body,
}

enum Body {
    Host(HostEncoder),
    Device(DeviceEncoder),
}

/// Hidden states of the last layer, [n_tokens, hidden].
pub(crate) enum States<'a> {
    /// In the worker's arena, row-major.
    Host(&'a [f32]),
    /// On the device.
    Device(Tensor),
}

impl States<'_> {
    /// In ordinary memory, row-major.
    pub(crate) fn host(&self) -> candle_core::Result<Cow<'_, [f32]>> {
        match self {
            Self::Host(values) => Ok(Cow::Borrowed(values)),
            Self::Device(tensor) => host(tensor).map(Cow::Owned),
        }
    }

    /// The rows of some windows in ordinary memory, one after the other. Only these leave the device.
    pub(crate) fn rows(&self, windows: &[Range<usize>], width: usize) -> candle_core::Result<Vec<Cow<'_, [f32]>>> {
        match self {
            Self::Host(values) => {
                Ok(windows.iter().map(|rows| Cow::Borrowed(&values[rows.start * width..rows.end * width])).collect())
            }
            Self::Device(_) if windows.is_empty() => Ok(Vec::new()),
            Self::Device(tensor) => {
                let rows = windows.iter().flat_map(|rows| rows.start as u32..rows.end as u32);
                let values = host(&tensor.index_select(&Tensor::from_iter(rows, tensor.device())?, 0)?)?;
                let mut rest = values.as_slice();
                let split = windows.iter().map(|rows| {
                    let (window, later) = rest.split_at(rows.len() * width);
                    rest = later;
                    Cow::Owned(window.to_vec())
                });
                Ok(split.collect())
            }
        }
    }
}

impl Encoder {
    /// Loads tensors named as in Hugging Face BERT without the `bert.` prefix.
    pub(crate) fn load(weights: &Weights, shape: EncoderShape, place: &Place) -> Result<Self, Failure> {
        let body = match place.arithmetic {
            Arithmetic::Tensors => Body::Device(DeviceEncoder::load(weights, shape, place)?),
            kernels => Body::Host(HostEncoder::load(weights, shape, kernels)?),
        };
        Ok(Self { shape, body })
    }

    /// Hidden states of the last layer for `ids` [n_tokens] and `cu_seqlens` [n_windows + 1].
    ///
    /// Fails on a token id outside the vocabulary and on a window longer than `max_positions`.
    pub(crate) fn forward<'a>(
        &self,
        ids: &[u32],
        cu_seqlens: &[u32],
        arena: &'a mut Arena,
    ) -> Result<States<'a>, Failure> {
        self.check(ids, cu_seqlens)?;
        match &self.body {
            Body::Host(encoder) => Ok(States::Host(encoder.forward(ids, cu_seqlens, arena))),
            Body::Device(encoder) => encoder.forward(ids, cu_seqlens).map(States::Device).map_err(|cause| {
                let what = format!("the encoder failed on {} tokens in {} windows", ids.len(), cu_seqlens.len() - 1);
                Failure::from_cause(what, "try a smaller --max-batch-tokens", cause)
            }),
        }
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

/// Position embeddings [max_positions, hidden] with segment 0 added: every token is of segment 0.
fn position_rows(weights: &Weights, shape: &EncoderShape) -> Result<Vec<f32>, Failure> {
    let EncoderShape { hidden, max_positions, type_vocab, .. } = *shape;
    let mut position = weights.matrix("embeddings.position_embeddings.weight", max_positions, hidden)?;
    let segment = weights.matrix("embeddings.token_type_embeddings.weight", type_vocab, hidden)?;
    for row in position.chunks_exact_mut(hidden) {
        row.iter_mut().zip(&segment[..hidden]).for_each(|(value, add)| *value += add);
    }
    Ok(position)
}

/// Parts of a fused layer with the factor of each: 1 / sqrt(head_size) is folded into the query.
fn qkv_parts(shape: &EncoderShape) -> [(&'static str, f32); 3] {
    [("query", 1.0 / (shape.attention().head_size as f32).sqrt()), ("key", 1.0), ("value", 1.0)]
}

/// Query, key and value as one layer: weight [3 * hidden, hidden] and bias [3 * hidden].
fn fused_qkv(weights: &Weights, name: &str, shape: &EncoderShape) -> Result<(Vec<f32>, Vec<f32>), Failure> {
    let hidden = shape.hidden;
    let (mut weight, mut bias) = (Vec::with_capacity(3 * hidden * hidden), Vec::with_capacity(3 * hidden));
    for (part, factor) in qkv_parts(shape) {
        let rows = weights.matrix(&format!("{name}.{part}.weight"), hidden, hidden)?;
        weight.extend(rows.into_iter().map(|value| value * factor));
        let values = weights.vector(&format!("{name}.{part}.bias"), hidden)?;
        bias.extend(values.into_iter().map(|value| value * factor));
    }
    Ok((weight, bias))
}

/// The same with the weight in bytes.
fn fused_qkv_bytes(weights: &Weights, name: &str, shape: &EncoderShape) -> Result<(ByteRows, Vec<f32>), Failure> {
    let hidden = shape.hidden;
    let (mut weight, mut bias) = (ByteRows { values: Vec::new(), scale: Vec::new() }, Vec::new());
    for (part, factor) in qkv_parts(shape) {
        let rows = weights.bytes(&format!("{name}.{part}.weight"), hidden, hidden)?;
        weight.values.extend(rows.values);
        weight.scale.extend(rows.scale.into_iter().map(|scale| scale * factor));
        let values = weights.vector(&format!("{name}.{part}.bias"), hidden)?;
        bias.extend(values.into_iter().map(|value| value * factor));
    }
    Ok((weight, bias))
}

/// Length of the difference over the length of what is expected.
fn relative_error(expected: &[f32], found: &[f32]) -> f64 {
    let square = |values: &mut dyn Iterator<Item = f32>| values.map(|value| f64::from(value).powi(2)).sum::<f64>();
    let difference = square(&mut expected.iter().zip(found).map(|(expected, found)| expected - found));
    (difference / square(&mut expected.iter().copied())).sqrt()
}

/// A tensor that could not be placed on the device.
pub(crate) fn not_loaded(cause: candle_core::Error) -> Failure {
    Failure::from_cause("the weights do not fit on the device", "free its memory or ask for --device cpu", cause)
}

#[cfg(test)]
mod tests;
