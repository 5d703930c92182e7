//! The encoder in tensor operations: for CUDA, and the oracle of the kernels on a processor.
//!
//! What stands between the matrix products is candle's own operations or, on a card, kernels of ours that do several of them at once;
//! where there are both, they are compared when a model is loaded, so that a card on which ours go wrong is refused.

use befund_core::Failure;
use candle_core::{DType, Result, Tensor};

use super::{EncoderShape, fused_qkv, not_loaded, position_rows, relative_error};
use crate::device::FusedKernels;
use crate::head::host;
use crate::kernel::{Activation, AttentionShape};
use crate::ops::{AddNorm, Linear, Place};
use crate::padded::PaddedPlan;
use crate::weights::Weights;

/// A loaded encoder on a device.
pub(super) struct DeviceEncoder {
    shape: EncoderShape,
    place: Place,
    /// [vocab, hidden]
    word: Tensor,
    /// [max_positions, hidden]; segment 0 is already added.
    position: Tensor,
    norm: AddNorm,
    layers: Vec<Layer>,
    fused: Option<FusedKernels>,
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

impl DeviceEncoder {
    pub(super) fn load(weights: &Weights, shape: EncoderShape, place: &Place) -> std::result::Result<Self, Failure> {
        let EncoderShape { hidden, vocab, max_positions, .. } = shape;
        let word = weights.matrix("embeddings.word_embeddings.weight", vocab, hidden)?;
        let position = position_rows(weights, &shape)?;
        let tensor = |values: &[f32], rows: usize| place.tensor(values, (rows, hidden)).map_err(not_loaded);
        let layers = (0..shape.layers).map(|index| Layer::load(weights, &shape, index, place));
        let encoder = Self {
            shape,
            place: place.clone(),
            word: tensor(&word, vocab)?,
            position: tensor(&position, max_positions)?,
            norm: norm(weights, "embeddings.LayerNorm", &shape, place)?,
            layers: layers.collect::<std::result::Result<_, _>>()?,
            fused: FusedKernels::compile(&shape, place)?,
        };
        if let Some(kernels) = &encoder.fused {
            encoder.compare(kernels)?;
        }
        Ok(encoder)
    }

    /// -> [n_tokens, hidden]
    pub(super) fn forward(&self, ids: &[u32], cu_seqlens: &[u32]) -> Result<Tensor> {
        let way = match &self.fused {
            Some(kernels) => Way::Fused { kernels, tiles: kernels.tiles(cu_seqlens, &self.place)? },
            None => self.plain(cu_seqlens)?,
        };
        self.forward_by(&way, ids, cu_seqlens)
    }

    fn plain(&self, cu_seqlens: &[u32]) -> Result<Way<'_>> {
        let attention = self.shape.attention();
        Ok(Way::Plain { plan: PaddedPlan::new(cu_seqlens, attention, &self.place)?, attention })
    }

    fn forward_by(&self, way: &Way, ids: &[u32], cu_seqlens: &[u32]) -> Result<Tensor> {
        let positions = cu_seqlens.windows(2).flat_map(|border| 0..border[1] - border[0]);
        let words = self.word.index_select(&Tensor::from_slice(ids, ids.len(), &self.place.device)?, 0)?;
        let places = self.position.index_select(&Tensor::from_iter(positions, &self.place.device)?, 0)?;
        let mut x = self.norm.forward(&words, &places)?;
        for layer in &self.layers {
            // [n, hidden] -> [n, 3 * hidden] -> [n, hidden]
            let context = way.attend(&layer.qkv, &x)?;
            let attended = way.add_norm(&layer.attention_output, &layer.attention_norm, &context, &x)?;
            // [n, hidden] -> [n, intermediate] -> [n, hidden]
            let inner = way.gelu(&layer.intermediate, &attended)?;
            x = way.add_norm(&layer.output, &layer.output_norm, &inner, &attended)?;
        }
        Ok(x)
    }

    /// Fails where the kernels and candle's operations do not give the same hidden states, but for rounding.
    fn compare(&self, kernels: &FusedKernels) -> std::result::Result<(), Failure> {
        let difference = self.difference(kernels).map_err(not_loaded)?;
        let most = match self.place.dtype {
            DType::F32 => 1e-3,
            DType::F16 => 1e-2,
            _ => 5e-2,
        };
        if difference < most {
            return Ok(());
        }
        let what =
            format!("the kernels for this card give other hidden states than candle (relative error {difference:.1e})");
        Err(Failure::new(what, "ask for --device cpu and report it with the card's name and --precision"))
    }

    /// Relative error over windows of one token, of one and of several tiles.
    fn difference(&self, kernels: &FusedKernels) -> Result<f64> {
        let longest = self.shape.max_positions as u32;
        let (mut cu_seqlens, mut end) = (vec![0], 0);
        for length in [1, 7, 64, 65, 130, 200] {
            end += length.min(longest);
            cu_seqlens.push(end);
        }
        let ids: Vec<u32> = (0..end).map(|token| token.wrapping_mul(2_654_435_761) % self.shape.vocab as u32).collect();
        let fused = Way::Fused { kernels, tiles: kernels.tiles(&cu_seqlens, &self.place)? };
        let fused = host(&self.forward_by(&fused, &ids, &cu_seqlens)?)?;
        let plain = host(&self.forward_by(&self.plain(&cu_seqlens)?, &ids, &cu_seqlens)?)?;
        Ok(relative_error(&plain, &fused))
    }
}

/// How the layers of one batch are computed.
enum Way<'a> {
    /// By candle's operations.
    Plain { plan: PaddedPlan, attention: AttentionShape },
    /// By our kernels for a card.
    Fused { kernels: &'a FusedKernels, tiles: Tensor },
}

impl Way<'_> {
    /// Attention among the windows of `x` [n, hidden], by queries, keys and values of `qkv`.
    fn attend(&self, qkv: &Linear, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Plain { plan, attention } => plan.attend(&qkv.forward(x, Activation::Identity)?, *attention),
            Self::Fused { kernels, tiles } => kernels.attend(qkv, x, tiles),
        }
    }

    /// GELU of a layer.
    fn gelu(&self, layer: &Linear, x: &Tensor) -> Result<Tensor> {
        match self {
            Self::Plain { .. } => layer.forward(x, Activation::Gelu),
            Self::Fused { kernels, .. } => kernels.gelu(layer, x),
        }
    }

    /// LayerNorm of a layer and a residual.
    fn add_norm(&self, layer: &Linear, norm: &AddNorm, x: &Tensor, residual: &Tensor) -> Result<Tensor> {
        match self {
            Self::Plain { .. } => norm.forward(&layer.forward(x, Activation::Identity)?, residual),
            Self::Fused { kernels, .. } => kernels.add_norm(layer, norm, x, residual),
        }
    }
}

impl Layer {
    fn load(
        weights: &Weights,
        shape: &EncoderShape,
        index: usize,
        place: &Place,
    ) -> std::result::Result<Self, Failure> {
        let EncoderShape { hidden, intermediate, .. } = *shape;
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let linear = |part: &str, n_out: usize, n_in: usize| {
            let weight = weights.matrix(&name(&format!("{part}.weight")), n_out, n_in)?;
            let bias = weights.vector(&name(&format!("{part}.bias")), n_out)?;
            Linear::new(&weight, &bias, n_in, place).map_err(not_loaded)
        };
        let (weight, bias) = fused_qkv(weights, &name("attention.self"), shape)?;
        Ok(Self {
            qkv: Linear::new(&weight, &bias, hidden, place).map_err(not_loaded)?,
            attention_output: linear("attention.output.dense", hidden, hidden)?,
            attention_norm: norm(weights, &name("attention.output.LayerNorm"), shape, place)?,
            intermediate: linear("intermediate.dense", intermediate, hidden)?,
            output: linear("output.dense", hidden, intermediate)?,
            output_norm: norm(weights, &name("output.LayerNorm"), shape, place)?,
        })
    }
}

fn norm(weights: &Weights, name: &str, shape: &EncoderShape, place: &Place) -> std::result::Result<AddNorm, Failure> {
    let weight = weights.vector(&format!("{name}.weight"), shape.hidden)?;
    let bias = weights.vector(&format!("{name}.bias"), shape.hidden)?;
    AddNorm::new(&weight, &bias, shape.layer_norm_eps, place).map_err(not_loaded)
}
