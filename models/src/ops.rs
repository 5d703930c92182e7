//! Layers as the encoder sees them, each in two ways: with this crate's kernels on a processor, with candle's operations elsewhere.
//!
//! The encoder is written once against these; which way is taken was settled when the weights were loaded. The second way also runs on a
//! processor, which is how the tests compare the two.

use candle_core::{CpuStorage, CustomOp1, DType, Device, InplaceOp2, Layout, Result, Shape, Tensor, bail};

use crate::kernel::{Activation, AttentionShape, PackedLinear, add_and_normalize, attend};

/// Where and how the layers compute.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Device of all tensors.
    pub(crate) device: Device,
    /// Type of all tensors.
    pub(crate) dtype: DType,
    /// Whether this crate's kernels are used; they know the processor and f32 only.
    pub(crate) own_kernels: bool,
}

impl Place {
    /// The fastest way on `device`.
    pub(crate) fn new(device: Device, dtype: DType) -> Self {
        let own_kernels = device.is_cpu() && dtype == DType::F32;
        Self { device, dtype, own_kernels }
    }

    /// A tensor here.
    pub(crate) fn tensor(&self, values: &[f32], shape: impl Into<Shape>) -> Result<Tensor> {
        Tensor::from_slice(values, shape, &self.device)?.to_dtype(self.dtype)
    }
}

/// `y = x Wᵀ + b`
pub(crate) enum Linear {
    /// On a processor.
    Packed(PackedLinear),
    /// Weight already transposed, [n_in, n_out].
    Dense { weight: Tensor, bias: Tensor },
}

impl Linear {
    /// From `weight` [n_out, n_in] and `bias` [n_out].
    pub(crate) fn new(weight: &[f32], bias: &[f32], n_in: usize, place: &Place) -> Result<Self> {
        let n_out = bias.len();
        if place.own_kernels {
            return Ok(Self::Packed(PackedLinear::new(weight, bias, n_out, n_in)));
        }
        let weight = place.tensor(weight, (n_out, n_in))?.t()?.contiguous()?;
        Ok(Self::Dense { weight, bias: place.tensor(bias, n_out)? })
    }

    /// `x` [n, n_in] -> [n, n_out].
    pub(crate) fn forward(&self, x: &Tensor, activation: Activation) -> Result<Tensor> {
        match self {
            Self::Packed(linear) => x.apply_op1_no_bwd(&PackedOp { linear, activation }),
            Self::Dense { weight, bias } => {
                let y = x.matmul(weight)?.broadcast_add(bias)?;
                if activation == Activation::Gelu { y.gelu_erf() } else { Ok(y) }
            }
        }
    }
}

struct PackedOp<'a> {
    linear: &'a PackedLinear,
    activation: Activation,
}

impl CustomOp1 for PackedOp<'_> {
    fn name(&self) -> &'static str {
        "packed-linear"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (n_rows, n_in) = layout.shape().dims2()?;
        if n_in != self.linear.n_in() {
            bail!("{n_in} columns for a layer of {}", self.linear.n_in())
        }
        let y = self.linear.forward(floats(storage, layout)?, self.activation);
        Ok((CpuStorage::F32(y), Shape::from((n_rows, self.linear.n_out()))))
    }
}

/// Layer normalisation of a sum.
pub(crate) struct AddNorm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
    on_device: Option<(Tensor, Tensor)>,
}

impl AddNorm {
    /// From `weight` and `bias`, both [hidden].
    pub(crate) fn new(weight: Vec<f32>, bias: Vec<f32>, epsilon: f64, place: &Place) -> Result<Self> {
        let n = weight.len();
        let on_device =
            if place.own_kernels { None } else { Some((place.tensor(&weight, n)?, place.tensor(&bias, n)?)) };
        Ok(Self { weight, bias, epsilon: epsilon as f32, on_device })
    }

    /// LayerNorm(x + residual), both [n, hidden]; `x` must be the only holder of its storage.
    pub(crate) fn forward(&self, x: Tensor, residual: &Tensor) -> Result<Tensor> {
        match &self.on_device {
            None => {
                x.inplace_op2(residual, self)?;
                Ok(x)
            }
            Some((weight, bias)) => candle_nn::ops::layer_norm(&(x + residual)?, weight, bias, self.epsilon),
        }
    }
}

impl InplaceOp2 for AddNorm {
    fn name(&self) -> &'static str {
        "add-norm"
    }

    fn cpu_fwd(
        &self,
        x: &mut CpuStorage,
        layout: &Layout,
        residual: &CpuStorage,
        residual_layout: &Layout,
    ) -> Result<()> {
        let residual = floats(residual, residual_layout)?;
        let CpuStorage::F32(x) = x else { bail!("add-norm computes in f32") };
        match layout.contiguous_offsets() {
            Some((start, end)) if end - start == residual.len() => {
                add_and_normalize(&mut x[start..end], residual, &self.weight, &self.bias, self.epsilon);
                Ok(())
            }
            _ => bail!("add-norm wants two contiguous tensors of one shape"),
        }
    }
}

/// Attention within each window, with this crate's kernel: `qkv` [n, 3 * hidden] -> [n, hidden].
pub(crate) fn attend_packed(qkv: &Tensor, cu_seqlens: &[u32], shape: AttentionShape) -> Result<Tensor> {
    qkv.apply_op1_no_bwd(&AttendOp { cu_seqlens, shape })
}

struct AttendOp<'a> {
    cu_seqlens: &'a [u32],
    shape: AttentionShape,
}

impl CustomOp1 for AttendOp<'_> {
    fn name(&self) -> &'static str {
        "packed-attention"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (n_tokens, width) = layout.shape().dims2()?;
        let windows = self.cu_seqlens.windows(2).map(|border| border[0] as usize..border[1] as usize);
        let out = attend(floats(storage, layout)?, windows, self.shape);
        Ok((CpuStorage::F32(out), Shape::from((n_tokens, width / 3))))
    }
}

/// The values of a contiguous f32 tensor.
fn floats<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(values), Some((start, end))) => Ok(&values[start..end]),
        _ => bail!("the kernels read contiguous f32 tensors"),
    }
}
