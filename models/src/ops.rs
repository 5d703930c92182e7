//! Where and how a model computes, and its layers in candle's operations: what devices without kernels of ours run.
//!
//! The same operations also run on a processor, which is how the tests hold the kernels to them.

use candle_core::{DType, Device, Result, Shape, Tensor};

use crate::kernel::Activation;

/// Where and how the layers compute.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Device of all tensors.
    pub(crate) device: Device,
    /// Type of all tensors.
    pub(crate) dtype: DType,
    /// Who computes.
    pub(crate) arithmetic: Arithmetic,
}

/// Who computes the encoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    /// candle, on any device.
    Tensors,
    /// This crate's kernels, on a processor, in f32.
    Kernels,
    /// This crate's kernels with products of bytes.
    ByteKernels,
}

impl Place {
    /// A tensor here.
    pub(crate) fn tensor(&self, values: &[f32], shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::from_slice(values, shape, &self.device)?.to_dtype(self.dtype)
    }

    /// Whether the encoder runs on this crate's kernels.
    pub(crate) fn has_kernels(&self) -> bool {
        self.arithmetic != Arithmetic::Tensors
    }
}

/// `y = x Wᵀ + b`
pub(crate) struct Linear {
    /// Already transposed, [n_in, n_out].
    pub(crate) weight: Tensor,
    /// [n_out]
    pub(crate) bias: Tensor,
}

impl Linear {
    /// From `weight` [n_out, n_in] and `bias` [n_out].
    pub(crate) fn new(weight: &[f32], bias: &[f32], n_in: usize, place: &Place) -> Result<Self> {
        let n_out = bias.len();
        let weight = place.tensor(weight, (n_out, n_in))?.t()?.contiguous()?;
        Ok(Self { weight, bias: place.tensor(bias, n_out)? })
    }

    /// `x` [n, n_in] -> [n, n_out].
    pub(crate) fn forward(&self, x: &Tensor, activation: Activation) -> Result<Tensor> {
        let y = x.matmul(&self.weight)?.broadcast_add(&self.bias)?;
        if activation == Activation::Gelu { y.gelu_erf() } else { Ok(y) }
    }
}

/// Layer normalisation of a sum.
pub(crate) struct AddNorm {
    /// [hidden]
    pub(crate) weight: Tensor,
    /// [hidden]
    pub(crate) bias: Tensor,
    epsilon: f32,
}

impl AddNorm {
    /// From `weight` and `bias`, both [hidden].
    pub(crate) fn new(weight: &[f32], bias: &[f32], epsilon: f64, place: &Place) -> Result<Self> {
        let n = weight.len();
        Ok(Self { weight: place.tensor(weight, n)?, bias: place.tensor(bias, n)?, epsilon: epsilon as f32 })
    }

    /// LayerNorm(x + residual), both [n, hidden].
    pub(crate) fn forward(&self, x: &Tensor, residual: &Tensor) -> Result<Tensor> {
        candle_nn::ops::layer_norm(&(x + residual)?, &self.weight, &self.bias, self.epsilon)
    }
}
