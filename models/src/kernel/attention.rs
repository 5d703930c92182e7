//! Attention within one window: softmax(Q Kᵀ) V for each head, Q already scaled.
//!
//! Sees one window at a time and no padding, so nothing outside the window can reach a result.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::packed::{Panels, Rows, multiply, panel_width, store};
use super::rowwise::{LANES, exp, extremes, sum};

/// Sizes of an attention block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttentionShape {
    /// Heads.
    pub(crate) n_heads: usize,
    /// Columns of one head.
    pub(crate) head_size: usize,
}

impl AttentionShape {
    fn hidden(self) -> usize {
        self.n_heads * self.head_size
    }
}

/// What attention needs besides its operands; grows to the longest window and is used again.
#[derive(Default)]
pub(crate) struct AttentionScratch {
    keys: Panels,
    values: Panels,
    scores: Vec<f32>,
    inverse: Vec<f32>,
}

/// `qkv` [n_tokens, 3 * hidden] (queries, keys, values side by side) -> `out` [n_tokens, hidden]; `windows` are ranges of rows.
pub(crate) fn attend(
    qkv: &[f32],
    windows: impl Iterator<Item = Range<usize>>,
    shape: AttentionShape,
    out: &mut [f32],
    scratch: &mut AttentionScratch,
) {
    attend_with(Arch::new(), qkv, windows, shape, out, scratch);
}

fn attend_with(
    arch: Arch,
    qkv: &[f32],
    windows: impl Iterator<Item = Range<usize>>,
    shape: AttentionShape,
    out: &mut [f32],
    scratch: &mut AttentionScratch,
) {
    let hidden = shape.hidden();
    for window in windows.filter(|window| !window.is_empty()) {
        let rows = &qkv[window.start * 3 * hidden..window.end * 3 * hidden];
        let out = &mut out[window.start * hidden..window.end * hidden];
        arch.dispatch(Attend { qkv: rows, n_tokens: window.len(), shape, out, scratch });
    }
}

struct Attend<'a> {
    /// [n_tokens, 3 * hidden]
    qkv: &'a [f32],
    n_tokens: usize,
    shape: AttentionShape,
    /// [n_tokens, hidden]
    out: &'a mut [f32],
    scratch: &'a mut AttentionScratch,
}

impl WithSimd for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = panel_width::<S>();
        let (n, head_size, hidden) = (self.n_tokens, self.shape.head_size, self.shape.hidden());
        let padded = n.next_multiple_of(width.max(LANES));
        let AttentionScratch { keys, values, scores, inverse } = self.scratch;
        keys.shape(width, head_size, padded / width);
        values.shape(width, n, head_size.div_ceil(width));
        if scores.len() < n * padded {
            scores.resize(n * padded, 0.0);
        }
        inverse.resize(n, 0.0);
        for head in 0..self.shape.n_heads {
            let column = head * head_size;
            pack_keys(self.qkv, hidden, column, keys, width, head_size);
            pack_values(simd, self.qkv, hidden, column, values, head_size);
            let queries = Rows { values: &self.qkv[column..], n_rows: n, stride: 3 * hidden, depth: head_size };
            for index in 0..keys.n_panels() {
                let panel = S::as_simd_f32s(keys.get(index)).0;
                let scores = &mut *scores;
                multiply(
                    simd,
                    queries,
                    panel,
                    #[inline(always)]
                    |row: usize, sums: [S::f32s; 2]| {
                        store(simd, sums, &mut scores[row * padded + index * width..][..width]);
                    },
                );
            }
            for (row, inverse) in scores.chunks_exact_mut(padded).zip(inverse.iter_mut()) {
                *inverse = exponentiate(simd, row, n);
            }
            let weights = Rows { values: scores, n_rows: n, stride: padded, depth: n };
            for index in 0..values.n_panels() {
                let panel = S::as_simd_f32s(values.get(index)).0;
                let (first, last) = (index * width, (index * width + width).min(head_size));
                let out = &mut *self.out;
                multiply(
                    simd,
                    weights,
                    panel,
                    #[inline(always)]
                    |row: usize, sums: [S::f32s; 2]| {
                        let scale = simd.splat_f32s(inverse[row]);
                        let sums = [simd.mul_f32s(sums[0], scale), simd.mul_f32s(sums[1], scale)];
                        store(simd, sums, &mut out[row * hidden + column + first..row * hidden + column + last]);
                    },
                );
            }
        }
    }
}

/// Keys of one head, transposed: panel `p` is [head_size][width] with one key a column.
#[inline(always)]
fn pack_keys(qkv: &[f32], hidden: usize, column: usize, keys: &mut Panels, width: usize, head_size: usize) {
    for (token, row) in qkv.chunks_exact(3 * hidden).enumerate() {
        let key = &row[hidden + column..][..head_size];
        let panel = keys.get_mut(token / width);
        for (target, &value) in panel[token % width..].iter_mut().step_by(width).zip(key) {
            *target = value;
        }
    }
}

/// Values of one head: panel `p` is [n_tokens][width] with columns `p * width..` of the head.
#[inline(always)]
fn pack_values<S: Simd>(simd: S, qkv: &[f32], hidden: usize, column: usize, values: &mut Panels, head_size: usize) {
    let width = panel_width::<S>();
    for (token, row) in qkv.chunks_exact(3 * hidden).enumerate() {
        let value = &row[2 * hidden + column..][..head_size];
        for (index, part) in value.chunks(width).enumerate() {
            let target = &mut values.get_mut(index)[token * width..][..part.len()];
            match S::as_simd_f32s(part).0 {
                &[left, right] => store(simd, [left, right], target),
                _ => target.copy_from_slice(part),
            }
        }
    }
}

/// e^(score - largest) in place for the first `n` of whole chunks; gives 1 / sum. The last chunk is filled up: value by value the last few
/// would take as long as all chunks together.
#[inline(always)]
fn exponentiate<S: Simd>(simd: S, row: &mut [f32], n: usize) -> f32 {
    let row = &mut row[..n.next_multiple_of(LANES)];
    row[n..].fill(f32::NEG_INFINITY);
    let (_, largest) = extremes(simd, row);
    for chunk in row.as_chunks_mut::<LANES>().0 {
        for value in chunk {
            *value = exp(*value - largest);
        }
    }
    row[n..].fill(0.0);
    1.0 / sum(
        row,
        #[inline(always)]
        |value| value,
    )
}

#[cfg(test)]
mod tests {
    use super::super::narrower;
    use super::*;

    const SHAPE: AttentionShape = AttentionShape { n_heads: 2, head_size: 20 };

    fn qkv(n: usize) -> Vec<f32> {
        (0..(n * 3 * SHAPE.hidden()) as u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / 4_194_304.0 - 2.0)
            .collect()
    }

    fn run(arch: Arch, qkv: &[f32], windows: &[Range<usize>]) -> Vec<f32> {
        let mut out = vec![0.0; qkv.len() / 3];
        // What an earlier, longer window left behind must not matter.
        let mut scratch = AttentionScratch::default();
        attend_with(
            arch,
            &vec![f32::NAN; qkv.len()],
            std::iter::once(0..qkv.len() / 3 / SHAPE.hidden()),
            SHAPE,
            &mut out,
            &mut scratch,
        );
        attend_with(arch, qkv, windows.iter().cloned(), SHAPE, &mut out, &mut scratch);
        out
    }

    #[test]
    fn attention_is_the_softmax_of_products_for_any_length() {
        let hidden = SHAPE.hidden();
        for n in [1, 2, 15, 16, 33, 70] {
            let qkv = qkv(n);
            let out = run(Arch::new(), &qkv, std::slice::from_ref(&(0..n)));
            let at = |token: usize, part: usize, column: usize| f64::from(qkv[(token * 3 + part) * hidden + column]);
            for (token, head) in (0..n).flat_map(|token| (0..SHAPE.n_heads).map(move |head| (token, head))) {
                let columns = head * SHAPE.head_size..(head + 1) * SHAPE.head_size;
                let score =
                    |other: usize| columns.clone().map(|c| at(token, 0, c) * at(other, 1, c)).sum::<f64>().exp();
                let total: f64 = (0..n).map(score).sum();
                for column in columns.clone() {
                    let exact = (0..n).map(|other| score(other) * at(other, 2, column)).sum::<f64>() / total;
                    assert!((f64::from(out[token * hidden + column]) - exact).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn narrower_vectors_give_the_same_bits() {
        let qkv = qkv(45);
        let widest = run(Arch::new(), &qkv, &[0..21, 21..45]);
        for arch in narrower() {
            assert!(run(arch, &qkv, &[0..21, 21..45]) == widest, "{arch:?}");
        }
    }
}
