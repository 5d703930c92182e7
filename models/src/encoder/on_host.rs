//! The encoder on a processor, with this crate's kernels, in f32 or with products of bytes.
//!
//! Everything between the token ids and the hidden states lives in an `Arena` that a worker keeps: once it has seen its largest block,
//! nothing is allocated. The layers behind attention are computed a strip of rows at a time, so that the wide rows of the feed-forward
//! block never leave the second-level cache.

use befund_core::Failure;

use super::{EncoderShape, fused_qkv, fused_qkv_bytes, position_rows};
use crate::kernel::{
    Activation, AttentionScratch, PackedLinear, QuantizedLinear, QuantizedScratch, add_and_normalize, attend,
};
use crate::ops::Arithmetic;
use crate::weights::{Table, Weights};

/// A loaded encoder on a processor.
pub(super) struct HostEncoder {
    shape: EncoderShape,
    /// Rows that pass the feed-forward block together.
    strip_rows: usize,
    word: Table,
    /// [max_positions, hidden]; segment 0 is already added.
    position: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// Memory of one worker.
#[derive(Default)]
pub(crate) struct Arena {
    /// [n_tokens, hidden]
    x: Vec<f32>,
    /// [n_tokens, 3 * hidden]
    qkv: Vec<f32>,
    /// [n_tokens, hidden]
    context: Vec<f32>,
    /// [strip_rows, hidden]
    attended: Vec<f32>,
    /// [strip_rows, intermediate]
    inner: Vec<f32>,
    attention: AttentionScratch,
    quantized: QuantizedScratch,
}

struct Layer {
    /// [hidden -> 3 * hidden]; the queries' part is scaled by 1 / sqrt(head_size).
    qkv: Linear,
    /// [hidden -> hidden]
    attention_output: Linear,
    attention_norm: Norm,
    /// [hidden -> intermediate]
    intermediate: Linear,
    /// [intermediate -> hidden]
    output: Linear,
    output_norm: Norm,
}

enum Linear {
    Floats(PackedLinear),
    Bytes(QuantizedLinear),
}

impl Linear {
    fn forward(&self, x: &[f32], out: &mut [f32], activation: Activation, scratch: &mut QuantizedScratch) {
        match self {
            Self::Floats(linear) => linear.forward_into(x, out, activation),
            Self::Bytes(linear) => linear.forward(x, out, activation, scratch),
        }
    }
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

impl Norm {
    fn load(weights: &Weights, name: &str, shape: &EncoderShape) -> Result<Self, Failure> {
        Ok(Self {
            weight: weights.vector(&format!("{name}.weight"), shape.hidden)?,
            bias: weights.vector(&format!("{name}.bias"), shape.hidden)?,
            epsilon: shape.layer_norm_eps as f32,
        })
    }

    /// LayerNorm(x + residual) in place, both [n, hidden].
    fn apply(&self, x: &mut [f32], residual: &[f32]) {
        add_and_normalize(x, residual, &self.weight, &self.bias, self.epsilon);
    }
}

impl HostEncoder {
    pub(super) fn load(weights: &Weights, shape: EncoderShape, arithmetic: Arithmetic) -> Result<Self, Failure> {
        let layers = (0..shape.layers).map(|index| Layer::load(weights, &shape, index, arithmetic));
        Ok(Self {
            shape,
            // Weights in f32 do not fit into the second-level cache, so a strip would read them again from further away.
            strip_rows: if arithmetic == Arithmetic::ByteKernels { 64 } else { usize::MAX },
            word: weights.table("embeddings.word_embeddings.weight", shape.vocab, shape.hidden)?,
            position: position_rows(weights, &shape)?,
            norm: Norm::load(weights, "embeddings.LayerNorm", &shape)?,
            layers: layers.collect::<Result<_, _>>()?,
        })
    }

    /// -> [n_tokens, hidden]
    pub(super) fn forward<'a>(&self, ids: &[u32], cu_seqlens: &[u32], arena: &'a mut Arena) -> &'a [f32] {
        let EncoderShape { hidden, intermediate, .. } = self.shape;
        let strip_rows = self.strip_rows.min(ids.len());
        let Arena { x, qkv, context, attended, inner, attention, quantized } = arena;
        let x = room(x, ids.len() * hidden);
        let (qkv, context) = (room(qkv, ids.len() * 3 * hidden), room(context, ids.len() * hidden));
        let (attended, inner) = (room(attended, strip_rows * hidden), room(inner, strip_rows * intermediate));
        self.embed(ids, cu_seqlens, x);
        for layer in &self.layers {
            // [n, hidden] -> [n, 3 * hidden] -> [n, hidden]
            layer.qkv.forward(x, qkv, Activation::Identity, quantized);
            let windows = cu_seqlens.windows(2).map(|border| border[0] as usize..border[1] as usize);
            attend(qkv, windows, self.shape.attention(), context, attention);
            for (x, context) in
                x.chunks_mut((strip_rows * hidden).max(1)).zip(context.chunks((strip_rows * hidden).max(1)))
            {
                let (attended, inner) = (&mut attended[..x.len()], &mut inner[..x.len() / hidden * intermediate]);
                layer.attention_output.forward(context, attended, Activation::Identity, quantized);
                layer.attention_norm.apply(attended, x);
                // [n, hidden] -> [n, intermediate] -> [n, hidden]
                layer.intermediate.forward(attended, inner, Activation::Gelu, quantized);
                layer.output.forward(inner, x, Activation::Identity, quantized);
                layer.output_norm.apply(x, attended);
            }
        }
        x
    }

    fn embed(&self, ids: &[u32], cu_seqlens: &[u32], x: &mut [f32]) {
        let hidden = self.shape.hidden;
        for (&id, row) in ids.iter().zip(x.chunks_exact_mut(hidden)) {
            self.word.copy_row(id as usize, row);
        }
        for border in cu_seqlens.windows(2) {
            let window = &mut x[border[0] as usize * hidden..border[1] as usize * hidden];
            self.norm.apply(window, &self.position[..window.len()]);
        }
    }
}

/// The first `n` values of a buffer that grows when it must.
fn room(buffer: &mut Vec<f32>, n: usize) -> &mut [f32] {
    if buffer.len() < n {
        buffer.resize(n, 0.0);
    }
    &mut buffer[..n]
}

impl Layer {
    fn load(weights: &Weights, shape: &EncoderShape, index: usize, arithmetic: Arithmetic) -> Result<Self, Failure> {
        let EncoderShape { hidden, intermediate, .. } = *shape;
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        // What the first layer loses in rounding every other one builds on: in f32 it costs an eighth of the speed and brings the pairs of
        // the development sets back to those of f32 (models/EXPERIMENTS.md).
        let bytes = arithmetic == Arithmetic::ByteKernels && index > 0;
        let linear = |part: &str, n_out: usize, n_in: usize| -> Result<Linear, Failure> {
            let weight = name(&format!("{part}.weight"));
            let bias = weights.vector(&name(&format!("{part}.bias")), n_out)?;
            Ok(if bytes {
                Linear::Bytes(QuantizedLinear::new(&weights.bytes(&weight, n_out, n_in)?, &bias, n_in))
            } else {
                Linear::Floats(PackedLinear::new(&weights.matrix(&weight, n_out, n_in)?, &bias, n_out, n_in))
            })
        };
        let qkv = if bytes {
            let (weight, bias) = fused_qkv_bytes(weights, &name("attention.self"), shape)?;
            Linear::Bytes(QuantizedLinear::new(&weight, &bias, hidden))
        } else {
            let (weight, bias) = fused_qkv(weights, &name("attention.self"), shape)?;
            Linear::Floats(PackedLinear::new(&weight, &bias, 3 * hidden, hidden))
        };
        Ok(Self {
            qkv,
            attention_output: linear("attention.output.dense", hidden, hidden)?,
            attention_norm: Norm::load(weights, &name("attention.output.LayerNorm"), shape)?,
            intermediate: linear("intermediate.dense", intermediate, hidden)?,
            output: linear("output.dense", hidden, intermediate)?,
            output_norm: Norm::load(weights, &name("output.LayerNorm"), shape)?,
        })
    }
}
