//! The arithmetic that a CPU spends its time on: products with packed weights, row-wise functions, attention of one window.
//!
//! Why not candle's own: its matrix product picks a path by the number of rows (`gemv` for one row, dot products for small ones, packing
//! thresholds for the rest), so a token's result would depend on what else is in the batch; its scalar `erf` is a fifth of the run; and its
//! threads meet in one global pool. Here every output element is one chain of fused multiply-adds over `k` in ascending order, whatever
//! the number of rows, so that a batch equals its singles bit by bit, and nothing here starts a thread.
//!
//! `pulp` picks AVX-512, AVX2 or NEON at run time, so no compiler flags are needed and no `unsafe` either, except for products of bytes
//! (`products`), which have no safe form yet. Sums over a row use sixteen
//! partial sums on every machine, which makes results equal across vector widths, too. A processor without fused multiply-add (before
//! 2013) computes the same numbers, slowly. Knows slices and sizes only: no tensor, no model.

mod attention;
mod packed;
mod peak;
mod products;
mod quantized;
mod rowwise;

pub(crate) use attention::{AttentionScratch, AttentionShape, attend};
pub(crate) use packed::{Activation, PackedLinear};
pub(crate) use peak::{BytePeak, FloatPeak, Peak};
pub(crate) use quantized::{ByteRows, QuantizedLinear, QuantizedScratch};
pub(crate) use rowwise::add_and_normalize;

/// Instruction sets of this machine below the best one.
#[cfg(test)]
fn narrower() -> Vec<pulp::Arch> {
    let mut narrower = vec![pulp::Arch::Scalar];
    #[cfg(target_arch = "x86_64")]
    narrower.extend(pulp::x86::V3::try_new().map(pulp::Arch::V3));
    narrower
}
