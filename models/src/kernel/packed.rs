//! `y = x Wᵀ + b` with weights packed once into panels, for any number of rows.
//!
//! A panel holds two vectors of output columns, `[n_in][2 * lanes]`, so that the inner loop reads it front to back. Row tiles keep
//! 12 x 2 accumulators in registers on machines with 32 vector registers and 6 x 2 on those with 16 (after Goto and van de Geijn,
//! "Anatomy of high-performance matrix multiplication", 2008, without blocking over `k`: a panel of this encoder fits the second-level cache).

use pulp::{Arch, Simd, WithSimd};

use super::rowwise::gelu_in_place;

/// What is applied after the bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activation {
    /// Nothing.
    Identity,
    /// GELU with the exact error function.
    Gelu,
}

/// Weights of a linear layer, packed for this machine.
pub(crate) struct PackedLinear {
    arch: Arch,
    n_in: usize,
    n_out: usize,
    panels: Panels,
    /// Padded with zeros to whole panels.
    bias: Vec<f32>,
}

impl PackedLinear {
    /// Packs `weight` [n_out, n_in] (row-major, as PyTorch stores it) and `bias` [n_out].
    pub(crate) fn new(weight: &[f32], bias: &[f32], n_out: usize, n_in: usize) -> Self {
        Self::packed_for(Arch::new(), weight, bias, n_out, n_in)
    }

    fn packed_for(arch: Arch, weight: &[f32], bias: &[f32], n_out: usize, n_in: usize) -> Self {
        debug_assert!(weight.len() == n_out * n_in && bias.len() == n_out);
        let width = arch.dispatch(PanelWidth);
        let mut panels = Panels::new(width, n_in, n_out.div_ceil(width));
        for (column, row) in weight.chunks_exact(n_in).enumerate() {
            let panel = panels.get_mut(column / width);
            for (k, &value) in row.iter().enumerate() {
                panel[k * width + column % width] = value;
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(n_out.div_ceil(width) * width, 0.0);
        Self { arch, n_in, n_out, panels, bias: padded }
    }

    /// `x` [n_rows, n_in] -> `out` [n_rows, n_out]. Row `i` of the result depends on row `i` of `x` alone.
    pub(crate) fn forward_into(&self, x: &[f32], out: &mut [f32], activation: Activation) {
        self.arch.dispatch(Forward { linear: self, x, n_rows: x.len() / self.n_in, out, activation });
    }

    /// The same into memory of its own.
    pub(crate) fn forward(&self, x: &[f32], activation: Activation) -> Vec<f32> {
        let mut out = vec![0.0; x.len() / self.n_in * self.n_out];
        self.forward_into(x, &mut out, activation);
        out
    }
}

struct Forward<'a> {
    linear: &'a PackedLinear,
    x: &'a [f32],
    n_rows: usize,
    out: &'a mut [f32],
    activation: Activation,
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let PackedLinear { n_in, n_out, panels, bias, .. } = self.linear;
        let width = panel_width::<S>();
        for index in 0..panels.n_panels {
            let panel = S::as_simd_f32s(panels.get(index)).0;
            let (first, last) = (index * width, (index * width + width).min(*n_out));
            let (bias, _) = S::as_simd_f32s(&bias[first..first + width]);
            let operand = Rows { values: self.x, n_rows: self.n_rows, stride: *n_in, depth: *n_in };
            let out = &mut *self.out;
            multiply(
                simd,
                operand,
                panel,
                #[inline(always)]
                |row: usize, mut sums: [S::f32s; 2]| {
                    sums[0] = simd.add_f32s(sums[0], bias[0]);
                    sums[1] = simd.add_f32s(sums[1], bias[1]);
                    let target = &mut out[row * n_out + first..row * n_out + last];
                    store(simd, sums, target);
                    if self.activation == Activation::Gelu {
                        gelu_in_place(target);
                    }
                },
            );
        }
    }
}

/// Rows of the left operand inside a larger buffer: row `i` is `values[i * stride..][..depth]`.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f32],
    pub(super) n_rows: usize,
    pub(super) stride: usize,
    pub(super) depth: usize,
}

/// Columns of a panel on this machine: two vectors.
#[inline(always)]
pub(super) fn panel_width<S: Simd>() -> usize {
    2 * S::F32_LANES
}

/// Products of all rows with one panel [depth][2 vectors]; `store(row, sums)` takes each row's result.
#[inline(always)]
pub(super) fn multiply<S: Simd>(simd: S, rows: Rows, panel: &[S::f32s], mut store: impl FnMut(usize, [S::f32s; 2])) {
    let mut row = 0;
    if S::REGISTER_COUNT >= 32 {
        while row + 12 <= rows.n_rows {
            tile::<S, 12>(simd, rows, row, panel, &mut store);
            row += 12;
        }
    }
    while row + 6 <= rows.n_rows {
        tile::<S, 6>(simd, rows, row, panel, &mut store);
        row += 6;
    }
    match rows.n_rows - row {
        5 => tile::<S, 5>(simd, rows, row, panel, &mut store),
        4 => tile::<S, 4>(simd, rows, row, panel, &mut store),
        3 => tile::<S, 3>(simd, rows, row, panel, &mut store),
        2 => tile::<S, 2>(simd, rows, row, panel, &mut store),
        1 => tile::<S, 1>(simd, rows, row, panel, &mut store),
        _ => {}
    }
}

/// `N` rows times one panel, all sums in registers.
#[inline(always)]
fn tile<S: Simd, const N: usize>(
    simd: S,
    rows: Rows,
    first: usize,
    panel: &[S::f32s],
    store: &mut impl FnMut(usize, [S::f32s; 2]),
) {
    let (columns, _) = panel.as_chunks::<2>();
    let depth = rows.depth.min(columns.len());
    let columns = &columns[..depth];
    let x: [&[f32]; N] = std::array::from_fn(|i| &rows.values[(first + i) * rows.stride..][..depth]);
    let mut sums = [[simd.splat_f32s(0.0); 2]; N];
    for k in 0..depth {
        let [left, right] = columns[k];
        for i in 0..N {
            let value = simd.splat_f32s(x[i][k]);
            sums[i][0] = simd.mul_add_f32s(value, left, sums[i][0]);
            sums[i][1] = simd.mul_add_f32s(value, right, sums[i][1]);
        }
    }
    for (i, sums) in sums.into_iter().enumerate() {
        store(first + i, sums);
    }
}

/// Writes the first `target.len()` of two vectors of values.
#[inline(always)]
pub(super) fn store<S: Simd>(simd: S, sums: [S::f32s; 2], target: &mut [f32]) {
    if target.len() == panel_width::<S>() {
        // Two assignments: a copy of slices would be a call.
        let (vectors, _) = S::as_mut_simd_f32s(target);
        if let [left, right] = vectors {
            (*left, *right) = (sums[0], sums[1]);
        }
    } else {
        let split = target.len().min(S::F32_LANES);
        let (left, right) = target.split_at_mut(split);
        simd.partial_store_f32s(left, sums[0]);
        simd.partial_store_f32s(right, sums[1]);
    }
}

struct PanelWidth;

impl WithSimd for PanelWidth {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        panel_width::<S>()
    }
}

/// Panels end to end, the first one on a border of a cache line.
#[derive(Default)]
pub(super) struct Panels {
    values: Vec<f32>,
    offset: usize,
    size: usize,
    n_panels: usize,
}

impl Panels {
    const CACHE_LINE_BYTES: usize = 64;

    /// Zeros for `n_panels` panels of `depth` rows.
    pub(super) fn new(width: usize, depth: usize, n_panels: usize) -> Self {
        let mut panels = Self::default();
        panels.shape(width, depth, n_panels);
        panels
    }

    /// Makes room for `n_panels` panels of `depth` rows; what they hold is left from before.
    pub(super) fn shape(&mut self, width: usize, depth: usize, n_panels: usize) {
        let line = Self::CACHE_LINE_BYTES / size_of::<f32>();
        (self.size, self.n_panels) = (width * depth, n_panels);
        let needed = self.size * n_panels + line;
        if self.values.len() < needed {
            self.values.resize(needed, 0.0);
            self.offset = self.values.as_ptr().align_offset(Self::CACHE_LINE_BYTES).min(line);
        }
    }

    #[inline(always)]
    pub(super) fn get(&self, index: usize) -> &[f32] {
        &self.values[self.offset + index * self.size..][..self.size]
    }

    #[inline(always)]
    pub(super) fn get_mut(&mut self, index: usize) -> &mut [f32] {
        &mut self.values[self.offset + index * self.size..][..self.size]
    }

    #[inline(always)]
    pub(super) fn n_panels(&self) -> usize {
        self.n_panels
    }
}

#[cfg(test)]
mod tests {
    use super::super::narrower;
    use super::*;

    fn values(n: usize) -> Vec<f32> {
        (0..n as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / 8_388_608.0 - 1.0).collect()
    }

    #[test]
    fn products_are_right_for_every_number_of_rows_and_columns() {
        let n_in = 37;
        for n_out in [1, 7, 16, 32, 33, 51, 100] {
            let (weight, bias) = (values(n_out * n_in), values(n_out));
            let linear = PackedLinear::new(&weight, &bias, n_out, n_in);
            for n_rows in [0, 1, 2, 5, 6, 11, 12, 13, 17, 18, 25] {
                let x = values(n_rows * n_in);
                let y = linear.forward(&x, Activation::Identity);
                assert_eq!(y.len(), n_rows * n_out);
                for (i, row) in x.chunks_exact(n_in).enumerate() {
                    for (j, column) in weight.chunks_exact(n_in).enumerate() {
                        let exact: f64 = row.iter().zip(column).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                        assert!((f64::from(y[i * n_out + j]) - exact - f64::from(bias[j])).abs() < 1e-5);
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_has_the_same_bits_among_any_others() {
        let (n_in, n_out, n_rows) = (384, 96, 60);
        let linear = PackedLinear::new(&values(n_in * n_out), &values(n_out), n_out, n_in);
        let x = values(n_rows * n_in);
        let all = linear.forward(&x, Activation::Gelu);
        for first in 0..n_rows {
            for end in first + 1..=n_rows {
                let some = linear.forward(&x[first * n_in..end * n_in], Activation::Gelu);
                assert!(some == all[first * n_out..end * n_out], "rows {first}..{end}");
            }
        }
    }

    #[test]
    fn narrower_vectors_give_the_same_bits() {
        let (n_in, n_out) = (384, 51);
        let (weight, bias, x) = (values(n_in * n_out), values(n_out), values(19 * n_in));
        let widest = PackedLinear::new(&weight, &bias, n_out, n_in).forward(&x, Activation::Gelu);
        for arch in narrower() {
            let linear = PackedLinear::packed_for(arch, &weight, &bias, n_out, n_in);
            assert!(linear.forward(&x, Activation::Gelu) == widest, "{arch:?}");
        }
    }
}
