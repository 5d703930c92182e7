//! `y = x Wᵀ + b` in bytes: weights as signed bytes with a scale for each output column, rows of `x` as unsigned bytes with a scale and a
//! zero point for each row, measured on the row itself (dynamic quantisation after Dettmers et al. 2022, LLM.int8(), without outliers).
//!
//! A row's bytes depend on that row alone and its sums are exact integers, so a batch still equals its singles bit by bit, and every
//! instruction set gives the same numbers. Sums are taken a strip of rows and a few panels at a time, so that they are still in the
//! first or second level cache when bias, scale and activation are applied.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::packed::Activation;
use super::products::{DEPTH_UNIT, Factors, LARGEST_VALUE, Line, PAIR_COLUMNS, Products, ROW_UNIT};
use super::rowwise::{extremes, gelu_near};

/// Rows whose sums are taken at once.
const STRIP_ROWS: usize = 64;
/// Pairs of panels that a strip is multiplied with at once; their weights stay in the second-level cache for all strips.
const PAIRS_AT_ONCE: usize = 8;

/// Signed bytes with a scale for each row: `w[i][j] = values[i][j] * scale[i]`, no value below -127.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ByteRows {
    /// [rows, columns], row-major.
    pub(crate) values: Vec<i8>,
    /// [rows]
    pub(crate) scale: Vec<f32>,
}

impl ByteRows {
    /// The nearest bytes to `values` [rows, columns].
    pub(crate) fn nearest(values: &[f32], columns: usize) -> Self {
        let mut bytes = Vec::with_capacity(values.len());
        let scale = values.chunks_exact(columns).map(|row| {
            let largest = row.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            bytes.extend(row.iter().map(|value| (value / scale).round() as i8));
            scale
        });
        let scale = scale.collect();
        Self { values: bytes, scale }
    }
}

/// Rows of `x` as bytes: `x = scale * (byte - zero)`.
#[derive(Default)]
struct Quantized {
    /// [rows held, depth]; zeros stand behind the columns of `x`.
    bytes: Vec<u8>,
    scale: Vec<f32>,
    zero: Vec<i32>,
}

/// What a multiplication needs besides its operands; grows to the largest and is used again.
#[derive(Default)]
pub(crate) struct QuantizedScratch {
    rows: Quantized,
    sums: Vec<i32>,
}

/// Weights of a linear layer as bytes, packed for the products.
pub(crate) struct QuantizedLinear {
    arch: Arch,
    products: Products,
    n_in: usize,
    n_out: usize,
    depth: usize,
    panels: Vec<Line>,
    /// These three are [n_out], padded with zeros to whole pairs of panels.
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// Sum of each column's weights: what a zero point of 1 adds to it.
    column_sum: Vec<i32>,
}

impl QuantizedLinear {
    /// Packs `weight` [n_out, n_in] and `bias` [n_out].
    pub(crate) fn new(weight: &ByteRows, bias: &[f32], n_in: usize) -> Self {
        Self::packed_for(Arch::new(), Products::best(), weight, bias, n_in)
    }

    fn packed_for(arch: Arch, products: Products, weight: &ByteRows, bias: &[f32], n_in: usize) -> Self {
        let (n_out, depth) = (bias.len(), n_in.next_multiple_of(DEPTH_UNIT));
        debug_assert!(weight.values.len() == n_out * n_in && weight.scale.len() == n_out);
        let padded = n_out.next_multiple_of(PAIR_COLUMNS);
        let mut panels = vec![Line([0; 64]); padded * depth / 64];
        let mut column_sum = vec![0; padded];
        for (column, row) in weight.values.chunks_exact(n_in).enumerate() {
            let panel = &mut panels[column / 16 * depth / 4..][..depth / 4];
            for (k, &value) in row.iter().enumerate() {
                let value = value.max(-127);
                panel[k / 4].0[column % 16 * 4 + k % 4] = value;
                column_sum[column] += i32::from(value);
            }
        }
        let (mut scale, mut bias) = (weight.scale.clone(), bias.to_vec());
        scale.resize(padded, 0.0);
        bias.resize(padded, 0.0);
        Self { arch, products, n_in, n_out, depth, panels, scale, bias, column_sum }
    }

    /// `x` [n_rows, n_in] -> `out` [n_rows, n_out]. Row `i` of the result depends on row `i` of `x` alone.
    pub(crate) fn forward(&self, x: &[f32], out: &mut [f32], activation: Activation, scratch: &mut QuantizedScratch) {
        let QuantizedScratch { rows, sums } = scratch;
        self.arch.dispatch(Fill { rows, x, n_in: self.n_in, depth: self.depth });
        let n_rows = rows.scale.len();
        for first_column in (0..self.n_out).step_by(PAIRS_AT_ONCE * PAIR_COLUMNS) {
            let end = (first_column + PAIRS_AT_ONCE * PAIR_COLUMNS).min(self.bias.len());
            let panels = &self.panels[first_column * self.depth / 64..end * self.depth / 64];
            for first_row in (0..n_rows).step_by(STRIP_ROWS) {
                let strip = first_row..(first_row + STRIP_ROWS).min(n_rows);
                let bytes = &rows.bytes[first_row * self.depth..];
                let factors = Factors { rows: bytes, n_rows: strip.len(), depth: self.depth, panels };
                if sums.len() < factors.n_sums() {
                    sums.resize(factors.n_sums(), 0);
                }
                self.products.compute(factors, sums);
                self.arch.dispatch(Finish { linear: self, rows, strip, sums, first_column, activation, out });
            }
        }
    }
}

/// Quantises rows. A type of its own, as is `Finish`: what a closure does is not always compiled for the vectors of the machine.
struct Fill<'a> {
    rows: &'a mut Quantized,
    /// [n, n_in]
    x: &'a [f32],
    n_in: usize,
    depth: usize,
}

impl WithSimd for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Quantized { bytes, scale, zero } = self.rows;
        let n = self.x.len() / self.n_in;
        let held = n.next_multiple_of(ROW_UNIT) * self.depth;
        if bytes.len() < held {
            bytes.resize(held, 0);
        }
        scale.clear();
        zero.clear();
        for (row, bytes) in self.x.chunks_exact(self.n_in).zip(bytes.chunks_exact_mut(self.depth)) {
            let (bytes, behind) = bytes.split_at_mut(self.n_in);
            let (row_scale, row_zero) = quantize(simd, row, bytes);
            behind.fill(0);
            scale.push(row_scale);
            zero.push(row_zero);
        }
    }
}

/// From sums to values: takes the zero points out, scales, adds the bias, applies the activation.
struct Finish<'a> {
    linear: &'a QuantizedLinear,
    rows: &'a Quantized,
    /// Rows that the sums are of.
    strip: Range<usize>,
    /// [pair][row][32]
    sums: &'a [i32],
    first_column: usize,
    activation: Activation,
    /// [n_rows, n_out]
    out: &'a mut [f32],
}

impl WithSimd for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let QuantizedLinear { n_out, scale, bias, column_sum, .. } = self.linear;
        let held = self.strip.len().next_multiple_of(ROW_UNIT);
        let n_pairs = (n_out - self.first_column).div_ceil(PAIR_COLUMNS);
        for (pair, sums) in self.sums.chunks_exact(held * PAIR_COLUMNS).take(n_pairs).enumerate() {
            let first = self.first_column + pair * PAIR_COLUMNS;
            let (Some(scale), Some(bias), Some(column_sum)) = (
                scale[first..].first_chunk::<PAIR_COLUMNS>(),
                bias[first..].first_chunk::<PAIR_COLUMNS>(),
                column_sum[first..].first_chunk::<PAIR_COLUMNS>(),
            ) else {
                return;
            };
            for (row, sums) in self.strip.clone().zip(sums.as_chunks::<PAIR_COLUMNS>().0) {
                let (row_scale, zero) = (self.rows.scale[row], self.rows.zero[row]);
                let mut values = [0.0f32; PAIR_COLUMNS];
                for column in 0..PAIR_COLUMNS {
                    let sum = (sums[column] - zero * column_sum[column]) as f32;
                    values[column] = sum.mul_add(row_scale * scale[column], bias[column]);
                }
                if self.activation == Activation::Gelu {
                    for value in &mut values {
                        *value = gelu_near(*value);
                    }
                }
                let target = &mut self.out[row * n_out + first..(row + 1) * n_out];
                match target.first_chunk_mut::<PAIR_COLUMNS>() {
                    Some(whole) => *whole = values,
                    None => target.copy_from_slice(&values[..target.len()]),
                }
            }
        }
    }
}

/// Writes `row` as bytes from 0 to `LARGEST_VALUE`; 0.0 is met exactly. Gives scale and zero point.
#[inline(always)]
fn quantize<S: Simd>(simd: S, row: &[f32], bytes: &mut [u8]) -> (f32, i32) {
    // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let (lowest, highest) = extremes(simd, row);
    let (lowest, highest) = (lowest.min(0.0), highest.max(0.0));
    let range = highest - lowest;
    let scale = if range > 0.0 { range / f32::from(LARGEST_VALUE) } else { 1.0 };
    let inverse = 1.0 / scale;
    let zero = (-lowest * inverse + ROUND) - ROUND;
    for (byte, value) in bytes.iter_mut().zip(row) {
        let shifted = value.mul_add(inverse, ROUND + zero);
        let rounded = (shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32);
        *byte = rounded.clamp(0, i32::from(LARGEST_VALUE)) as u8;
    }
    (scale, zero as i32)
}

#[cfg(test)]
mod tests {
    use super::super::narrower;
    use super::*;

    fn values(n: usize) -> Vec<f32> {
        (0..n as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / 8_388_608.0 - 1.0).collect()
    }

    fn run(linear: &QuantizedLinear, x: &[f32], activation: Activation) -> Vec<f32> {
        let mut out = vec![0.0; x.len() / linear.n_in * linear.n_out];
        linear.forward(x, &mut out, activation, &mut QuantizedScratch::default());
        out
    }

    #[test]
    fn products_are_as_near_as_the_bytes_allow() {
        for (n_in, n_out) in [(37, 5), (64, 32), (384, 96), (1536, 100)] {
            let (weight, bias) = (ByteRows::nearest(&values(n_out * n_in), n_in), values(n_out));
            let linear = QuantizedLinear::new(&weight, &bias, n_in);
            for n_rows in [0, 1, 16, 17, 63, 65, 130] {
                let x = values(n_rows * n_in);
                let y = run(&linear, &x, Activation::Identity);
                for (i, row) in x.chunks_exact(n_in).enumerate() {
                    for (j, column) in weight.values.chunks_exact(n_in).enumerate() {
                        let exact: f32 = row.iter().zip(column).map(|(a, &b)| a * f32::from(b)).sum();
                        let exact = exact * weight.scale[j] + bias[j];
                        // Each value is off by at most half a step of 2 / 127; errors of either sign add up as a random walk.
                        let allowed = 5.0 * (n_in as f32).sqrt() * 0.5 * 2.0 / 127.0 * 0.6;
                        assert!((y[i * n_out + j] - exact).abs() < allowed, "{} {exact}", y[i * n_out + j]);
                    }
                }
            }
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits_for_any_rows() {
        let (n_in, n_out, n_rows) = (384, 100, 70);
        let (weight, bias, x) = (ByteRows::nearest(&values(n_in * n_out), n_in), values(n_out), values(n_rows * n_in));
        let all = run(&QuantizedLinear::new(&weight, &bias, n_in), &x, Activation::Gelu);
        for products in Products::available() {
            for arch in narrower().into_iter().chain([Arch::new()]) {
                let linear = QuantizedLinear::packed_for(arch, products, &weight, &bias, n_in);
                for rows in [0..n_rows, 0..1, 3..20, 5..69, 64..70] {
                    let some = run(&linear, &x[rows.start * n_in..rows.end * n_in], Activation::Gelu);
                    assert!(some == all[rows.start * n_out..rows.end * n_out], "{products:?} {arch:?} rows {rows:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_and_zeros_stay_what_they_are() {
        let weight = ByteRows::nearest(&values(64 * 3), 64);
        let linear = QuantizedLinear::new(&weight, &[1.0, -2.0, 0.5], 64);
        assert_eq!(run(&linear, &[0.0; 128], Activation::Identity), [1.0, -2.0, 0.5, 1.0, -2.0, 0.5]);
        assert!(run(&linear, &[], Activation::Identity).is_empty());
        assert_eq!(ByteRows::nearest(&[0.0; 4], 2), ByteRows { values: vec![0; 4], scale: vec![1.0; 2] });
    }
}
