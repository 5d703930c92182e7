//! Loops that do nothing but multiply and add: what one thread of this processor can compute at most.
//!
//! f32: chains of fused multiply-adds on registers, enough of them that no one waits for the one before. Bytes: this crate's own products
//! over operands that stay in the first-level cache, because tiles and dot products have no safe form elsewhere.

use pulp::{Arch, Simd, WithSimd};

use super::products::{Factors, LARGEST_VALUE, Line, PAIR_COLUMNS, Products};

/// Independent chains: two units of four steps each need eight, and sixteen registers hold twelve with both constants.
const CHAINS: usize = 12;
const LOOPS: usize = 1 << 16;

/// A loop to be timed.
pub(crate) trait Peak {
    /// Runs it once; gives the multiplications and additions it did.
    fn run(&mut self) -> f64;
    /// What it does, in a few words.
    fn how(&self) -> String;
}

/// Fused multiply-adds in f32.
#[derive(Default)]
pub(crate) struct FloatPeak(Arch);

impl Peak for FloatPeak {
    fn run(&mut self) -> f64 {
        let lanes = self.0.dispatch(Chains(LOOPS));
        (2 * CHAINS * LOOPS * lanes) as f64
    }

    fn how(&self) -> String {
        format!("fused multiply-adds on registers of {} values", self.0.dispatch(Chains(0)))
    }
}

/// This many times round.
struct Chains(usize);

impl WithSimd for Chains {
    /// Values in a vector.
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> usize {
        let (scale, add) = (simd.splat_f32s(0.999_999), simd.splat_f32s(1e-7));
        let mut chains = [simd.splat_f32s(1.0); CHAINS];
        for _ in 0..self.0 {
            for chain in &mut chains {
                *chain = simd.mul_add_f32s(*chain, scale, add);
            }
        }
        for chain in chains {
            std::hint::black_box(simd.reduce_sum_f32s(chain));
        }
        S::F32_LANES
    }
}

/// Products of bytes.
pub(crate) struct BytePeak {
    products: Products,
    rows: Vec<u8>,
    panels: Vec<Line>,
    sums: Vec<i32>,
}

impl BytePeak {
    const ROWS: usize = 32;
    const DEPTH: usize = 512;

    fn factors(&self) -> Factors<'_> {
        Factors { rows: &self.rows, n_rows: Self::ROWS, depth: Self::DEPTH, panels: &self.panels }
    }
}

impl Default for BytePeak {
    fn default() -> Self {
        let rows = vec![LARGEST_VALUE; Self::ROWS * Self::DEPTH];
        let panels = vec![Line([-3; 64]); PAIR_COLUMNS * Self::DEPTH / 64];
        let mut peak = Self { products: Products::best(), rows, panels, sums: Vec::new() };
        peak.sums = vec![0; peak.factors().n_sums()];
        peak
    }
}

impl Peak for BytePeak {
    fn run(&mut self) -> f64 {
        const CALLS: usize = 64;
        let mut sums = std::mem::take(&mut self.sums);
        for _ in 0..CALLS {
            self.products.compute(self.factors(), std::hint::black_box(&mut sums));
        }
        self.sums = sums;
        (2 * CALLS * Self::ROWS * Self::DEPTH * PAIR_COLUMNS) as f64
    }

    fn how(&self) -> String {
        format!("products of bytes in the first-level cache ({})", self.products.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loops_do_the_work_they_count() {
        let mut bytes = BytePeak::default();
        assert_eq!(bytes.run(), 2.0 * 64.0 * 32.0 * 512.0 * 32.0);
        assert!(bytes.sums.iter().all(|sum| *sum == -3 * 255 * 512));
        let floats = FloatPeak::default().run();
        assert_eq!(floats % (2 * CHAINS * LOOPS) as f64, 0.0);
        assert!(floats > 0.0);
    }
}
