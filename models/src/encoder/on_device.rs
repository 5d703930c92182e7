//! The encoder in candle's tensor operations: for CUDA, and the oracle of the kernels on a processor.

use befund_core::Failure;
use candle_core::{Result, Tensor};

use super::{EncoderShape, fused_qkv, not_loaded, position_rows};
use crate::kernel::Activation;
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
        Ok(Self {
            shape,
            place: place.clone(),
            word: tensor(&word, vocab)?,
            position: tensor(&position, max_positions)?,
            norm: norm(weights, "embeddings.LayerNorm", &shape, place)?,
            layers: layers.collect::<std::result::Result<_, _>>()?,
        })
    }

    /// -> [n_tokens, hidden]
    pub(super) fn forward(&self, ids: &[u32], cu_seqlens: &[u32]) -> Result<Tensor> {
        let attention = self.shape.attention();
        let plan = PaddedPlan::new(cu_seqlens, attention, &self.place)?;
        let positions = cu_seqlens.windows(2).flat_map(|border| 0..border[1] - border[0]);
        let words = self.word.index_select(&Tensor::from_slice(ids, ids.len(), &self.place.device)?, 0)?;
        let places = self.position.index_select(&Tensor::from_iter(positions, &self.place.device)?, 0)?;
        let mut x = self.norm.forward(&words, &places)?;
        for layer in &self.layers {
            // [n, 3 * hidden] -> [n, hidden]
            let context = plan.attend(&layer.qkv.forward(&x, Activation::Identity)?, attention)?;
            let attended = layer.attention_output.forward(&context, Activation::Identity)?;
            let attended = layer.attention_norm.forward(&attended, &x)?;
            // [n, hidden] -> [n, intermediate] -> [n, hidden]
            let inner = layer.intermediate.forward(&attended, Activation::Gelu)?;
            let output = layer.output.forward(&inner, Activation::Identity)?;
            x = layer.output_norm.forward(&output, &attended)?;
        }
        Ok(x)
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
