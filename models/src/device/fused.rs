//! The kernels of `fused.cu` on a card: compiled when a model is loaded, started as operations of candle.
//!
//! Why not candle's own operations alone: a window at a time, or padded by groups, they make some seventy launches a layer, each a trip
//! through the driver, where these and four matrix products make eight. `on_device` compares the two ways when it loads a model.
//! One of three places with `unsafe`: a launch cannot be checked by the compiler. What makes it sound stands at `start`.

#![allow(unsafe_code)]

use befund_core::Failure;
use candle_core::cuda_backend::cudarc::driver::sys::CUmemPool_attribute_enum::CU_MEMPOOL_ATTR_RELEASE_THRESHOLD;
use candle_core::cuda_backend::cudarc::driver::{
    CudaFunction, CudaSlice, CudaView, DeviceRepr, LaunchConfig, PushKernelArg, result,
};
use candle_core::cuda_backend::cudarc::nvrtc::{CompileOptions, Ptx, compile_ptx_with_opts};
use candle_core::cuda_backend::{CudaDType, CudaDevice, CudaStorageSlice, WrapErr};
use candle_core::{
    CpuStorage, CudaStorage, CustomOp1, DType, Device, Layout, Result, Shape, Storage, StorageRef, Tensor, bail,
};

use super::source::{QUERIES, ROWS, definitions, query_tiles};
use crate::encoder::EncoderShape;
use crate::ops::{AddNorm, Linear, Place};

/// The kernels for one encoder and number format, loaded on a card.
pub(crate) struct FusedKernels {
    attend: CudaFunction,
    bias_gelu: CudaFunction,
    bias_add_norm: CudaFunction,
    n_heads: u32,
}

impl FusedKernels {
    /// `None` where the place is no card.
    pub(crate) fn compile(shape: &EncoderShape, place: &Place) -> std::result::Result<Option<Self>, Failure> {
        let Device::Cuda(device) = &place.device else { return Ok(None) };
        let failed = |cause: candle_core::Error| {
            let remedy = "see that the NVRTC library and the driver are of CUDA 13, or ask for --device cpu";
            Failure::from_cause("the kernels cannot be compiled for this card", remedy, cause)
        };
        Self::load(device, place.dtype, shape).map(Some).map_err(failed)
    }

    fn load(device: &CudaDevice, dtype: DType, shape: &EncoderShape) -> Result<Self> {
        let module = device.cuda_stream().context().load_module(ptx(dtype, shape)?).w()?;
        Ok(Self {
            attend: module.load_function("attend").w()?,
            bias_gelu: module.load_function("bias_gelu").w()?,
            bias_add_norm: module.load_function("bias_add_norm").w()?,
            n_heads: shape.heads as u32,
        })
    }

    /// How attention of a batch is divided, for all layers.
    pub(crate) fn tiles(&self, cu_seqlens: &[u32], place: &Place) -> Result<Tensor> {
        let tiles = query_tiles(cu_seqlens);
        Tensor::from_slice(&tiles, (tiles.len() / 3, 3), &place.device)
    }

    /// `x` [n, hidden] -> softmax(Q Kᵀ) V [n, hidden] of queries, keys and values by `qkv`.
    pub(crate) fn attend(&self, qkv: &Linear, x: &Tensor, tiles: &Tensor) -> Result<Tensor> {
        let n_tiles = tiles.dim(0)? as u32;
        self.run(
            x,
            &Start {
                function: &self.attend,
                others: &[&qkv.bias],
                tiles: Some(tiles),
                grid: (n_tiles, self.n_heads, 1),
                block: QUERIES,
                n: n_tiles,
                shape: x.shape().clone(),
            },
            qkv,
        )
    }

    /// `x` [n, n_in] -> GELU of `layer` [n, n_out].
    pub(crate) fn gelu(&self, layer: &Linear, x: &Tensor) -> Result<Tensor> {
        let shape = Shape::from((x.dim(0)?, layer.bias.dim(0)?));
        let Ok(n) = u32::try_from(shape.elem_count()) else { bail!("a batch of {shape:?} is too large") };
        self.run(
            x,
            &Start {
                function: &self.bias_gelu,
                others: &[&layer.bias],
                tiles: None,
                grid: (n.div_ceil(256), 1, 1),
                block: 256,
                n,
                shape,
            },
            layer,
        )
    }

    /// `x` [n, n_in], `residual` [n, hidden] -> LayerNorm of `layer` and the residual, [n, hidden].
    pub(crate) fn add_norm(&self, layer: &Linear, norm: &AddNorm, x: &Tensor, residual: &Tensor) -> Result<Tensor> {
        let n = residual.dim(0)? as u32;
        self.run(
            x,
            &Start {
                function: &self.bias_add_norm,
                others: &[residual, &layer.bias, &norm.weight, &norm.bias],
                tiles: None,
                grid: (n.div_ceil(ROWS), 1, 1),
                block: 32 * ROWS,
                n,
                shape: residual.shape().clone(),
            },
            layer,
        )
    }

    /// The product of `layer`, without its bias, through a kernel.
    fn run(&self, x: &Tensor, start: &Start, layer: &Linear) -> Result<Tensor> {
        x.matmul(&layer.weight)?.apply_op1_no_bwd(start)
    }
}

/// The kernels for `dtype` in the card's assembly language; its driver makes machine code of it.
fn ptx(dtype: DType, shape: &EncoderShape) -> Result<Ptx> {
    let options = CompileOptions { options: definitions(dtype, shape)?, ..CompileOptions::default() };
    compile_ptx_with_opts(include_str!("fused.cu"), options).map_err(candle_core::Error::wrap)
}

/// Keeps the memory of a batch for the next one: by default the driver gives it back to the system at each wait, and that takes longer
/// than a layer.
pub(super) fn keep_memory(device: &Device) -> Result<()> {
    let Device::Cuda(device) = device else { return Ok(()) };
    let stream = device.cuda_stream();
    let context = stream.context();
    if !context.has_async_alloc() {
        return Ok(());
    }
    let mut threshold = u64::MAX;
    // SAFETY: the context is alive, and this attribute is read from a u64.
    unsafe {
        let pool = result::device::get_default_mem_pool(context.cu_device()).w()?;
        result::mem_pool::set_attribute(pool, CU_MEMPOOL_ATTR_RELEASE_THRESHOLD, (&raw mut threshold).cast()).w()
    }
}

/// One start of a kernel, whose arguments are: the tensor it is applied to, `others`, `tiles`, the output, `n`.
struct Start<'a> {
    function: &'a CudaFunction,
    others: &'a [&'a Tensor],
    tiles: Option<&'a Tensor>,
    grid: (u32, u32, u32),
    block: u32,
    n: u32,
    /// Of the output.
    shape: Shape,
}

impl Start<'_> {
    /// # Soundness
    /// The kernels read and write what their comments in `fused.cu` state, and the callers above give tensors of these shapes: products
    /// of layers whose sizes were checked when they were loaded, compiled in as constants. Inputs are shown to be contiguous and of one
    /// type, all lie on the stream that the kernel runs on, and the output is as large as the shape it leaves with.
    fn start<T: CudaDType + DeviceRepr>(
        &self,
        x: &CudaSlice<T>,
        layout: &Layout,
        device: &CudaDevice,
    ) -> Result<CudaSlice<T>> {
        let others: Vec<(StorageRef, &Layout)> = self.others.iter().map(|tensor| tensor.storage_and_layout()).collect();
        let others = others.iter().map(|(storage, layout)| stored::<T>(storage, layout)).collect::<Result<Vec<_>>>()?;
        let tiles = self.tiles.map(Tensor::storage_and_layout);
        let tiles = tiles.as_ref().map(|(storage, layout)| stored::<u32>(storage, layout)).transpose()?;
        let x = contiguous(x, layout)?;
        // SAFETY: the kernels write every value of it.
        let mut out = unsafe { device.alloc::<T>(self.shape.elem_count()) }?;
        if self.shape.elem_count() == 0 {
            return Ok(out);
        }
        let stream = device.cuda_stream();
        let mut launch = stream.launch_builder(self.function);
        launch.arg(&x);
        for other in &others {
            launch.arg(other);
        }
        if let Some(tiles) = &tiles {
            launch.arg(tiles);
        }
        launch.arg(&mut out).arg(&self.n);
        let config = LaunchConfig { grid_dim: self.grid, block_dim: (self.block, 1, 1), shared_mem_bytes: 0 };
        // SAFETY: see above.
        unsafe { launch.launch(config) }.w()?;
        Ok(out)
    }
}

fn stored<'a, T: CudaDType>(storage: &'a Storage, layout: &Layout) -> Result<CudaView<'a, T>> {
    match storage {
        Storage::Cuda(storage) => contiguous(storage.as_cuda_slice::<T>()?, layout),
        _ => bail!("a tensor of a layer is not on the card"),
    }
}

fn contiguous<'a, T>(slice: &'a CudaSlice<T>, layout: &Layout) -> Result<CudaView<'a, T>> {
    match layout.contiguous_offsets() {
        Some((first, end)) => Ok(slice.slice(first..end)),
        None => bail!("a tensor of a layer is not contiguous"),
    }
}

impl CustomOp1 for Start<'_> {
    fn name(&self) -> &'static str {
        "fused"
    }

    fn cpu_fwd(&self, _: &CpuStorage, _: &Layout) -> Result<(CpuStorage, Shape)> {
        bail!("these kernels are for a card")
    }

    fn cuda_fwd(&self, x: &CudaStorage, layout: &Layout) -> Result<(CudaStorage, Shape)> {
        let device = &x.device;
        let slice = match &x.slice {
            CudaStorageSlice::F32(x) => CudaStorageSlice::F32(self.start(x, layout, device)?),
            CudaStorageSlice::F16(x) => CudaStorageSlice::F16(self.start(x, layout, device)?),
            CudaStorageSlice::BF16(x) => CudaStorageSlice::BF16(self.start(x, layout, device)?),
            _ => bail!("there are no kernels for this type"),
        };
        Ok((CudaStorage { slice, device: device.clone() }, self.shape.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nvrtc_compiles_the_kernels_in_every_format_and_for_wider_heads() {
        let shape = |hidden, heads| EncoderShape {
            hidden,
            heads,
            layers: 1,
            intermediate: 4 * hidden,
            vocab: 10,
            max_positions: 512,
            type_vocab: 2,
            layer_norm_eps: 1e-12,
        };
        for shape in [shape(384, 12), shape(768, 12), shape(1024, 8), shape(40, 2)] {
            for dtype in [DType::F32, DType::F16, DType::BF16] {
                ptx(dtype, &shape).unwrap();
            }
        }
    }
}
