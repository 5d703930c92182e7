//! Functions of one row at a time: exponential, GELU, sums, layer normalisation.
//!
//! Written as plain loops over arrays of sixteen that the compiler turns into vectors inside `Arch::dispatch`; the order of every sum is
//! fixed here, not by the vector width.

use pulp::{Arch, Simd, WithSimd};

pub(super) const LANES: usize = 16;

/// `x` + `residual`, then layer normalisation with `weight` and `bias`, row by row, in place. All rows have `weight.len()` columns.
pub(crate) fn add_and_normalize(x: &mut [f32], residual: &[f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    Arch::new().dispatch(AddAndNormalize { x, residual, weight, bias, epsilon });
}

/// A type of its own: what a closure does is not always compiled for the vectors of the machine.
struct AddAndNormalize<'a> {
    x: &'a mut [f32],
    residual: &'a [f32],
    weight: &'a [f32],
    bias: &'a [f32],
    epsilon: f32,
}

impl WithSimd for AddAndNormalize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.weight.len();
        for (row, residual) in self.x.chunks_exact_mut(width).zip(self.residual.chunks_exact(width)) {
            for (value, add) in row.iter_mut().zip(residual) {
                *value += add;
            }
            normalize(row, self.weight, self.bias, self.epsilon);
        }
    }
}

#[inline(always)]
fn normalize(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let n = row.len() as f32;
    let mean = sum(
        row,
        #[inline(always)]
        |value| value,
    ) / n;
    let variance = sum(
        row,
        #[inline(always)]
        |value| (value - mean) * (value - mean),
    ) / n;
    let scale = 1.0 / (variance + epsilon).sqrt();
    for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
        *value = ((*value - mean) * scale).mul_add(*weight, *bias);
    }
}

/// Sum of `of(value)` in sixteen partial sums that are added pairwise at the end.
#[inline(always)]
pub(super) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut partial = [0.0f32; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            partial[lane] += of(chunk[lane]);
        }
    }
    for (partial, &value) in partial.iter_mut().zip(rest) {
        *partial += of(value);
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            partial[lane] += partial[lane + half];
        }
        half /= 2;
    }
    partial[0]
}

/// Smallest and largest value; both infinite for none. The same for any order, so the machine's own vectors may do it.
#[inline(always)]
pub(super) fn extremes<S: Simd>(simd: S, values: &[f32]) -> (f32, f32) {
    let (vectors, rest) = S::as_simd_f32s(values);
    let mut low = [simd.splat_f32s(f32::INFINITY); 4];
    let mut high = [simd.splat_f32s(f32::NEG_INFINITY); 4];
    // Four at a time: a comparison waits for the one before it.
    let (fours, others) = vectors.as_chunks::<4>();
    for four in fours {
        for lane in 0..4 {
            low[lane] = simd.min_f32s(low[lane], four[lane]);
            high[lane] = simd.max_f32s(high[lane], four[lane]);
        }
    }
    for &other in others {
        low[0] = simd.min_f32s(low[0], other);
        high[0] = simd.max_f32s(high[0], other);
    }
    let low = simd.min_f32s(simd.min_f32s(low[0], low[1]), simd.min_f32s(low[2], low[3]));
    let high = simd.max_f32s(simd.max_f32s(high[0], high[1]), simd.max_f32s(high[2], high[3]));
    let lowest = rest.iter().fold(simd.reduce_min_f32s(low), |least, &value| least.min(value));
    (lowest, rest.iter().fold(simd.reduce_max_f32s(high), |most, &value| most.max(value)))
}

/// `e^x`, relative error below 2e-7 for -87 <= x <= 88, clamped outside (after Cephes `expf`).
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    let r = n.mul_add(-0.693_359_4, x);
    let r = n.mul_add(2.121_944_4e-4, r);
    let p = 1.987_569_1e-4f32;
    let p = p.mul_add(r, 1.398_199_9e-3);
    let p = p.mul_add(r, 8.333_452e-3);
    let p = p.mul_add(r, 4.166_579_6e-2);
    let p = p.mul_add(r, 1.666_666_5e-1);
    let p = p.mul_add(r, 5e-1);
    let p = p.mul_add(r * r, r) + 1.0;
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    p * power
}

/// `x * Phi(x)` with the error function of Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7).
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    let z = x * std::f32::consts::FRAC_1_SQRT_2;
    let magnitude = z.abs();
    let t = 1.0 / magnitude.mul_add(0.327_591_1, 1.0);
    let p = 1.061_405_4f32;
    let p = p.mul_add(t, -1.453_152_1);
    let p = p.mul_add(t, 1.421_413_8);
    let p = p.mul_add(t, -0.284_496_72);
    let p = p.mul_add(t, 0.254_829_6) * t;
    let erf = (-p).mul_add(exp(-magnitude * magnitude), 1.0).copysign(z);
    let half = 0.5 * x;
    half.mul_add(erf, half)
}

/// GELU where the result is going to be rounded to a byte: absolute error below 1e-4, half the time. The error function is an odd
/// polynomial up to 3, where it is held at 1 (least squares, reweighted towards the least maximum).
#[inline(always)]
pub(super) fn gelu_near(x: f32) -> f32 {
    let z = x * std::f32::consts::FRAC_1_SQRT_2;
    let z = if z < -3.0 { -3.0 } else { z };
    let z = if z > 3.0 { 3.0 } else { z };
    let square = z * z;
    let p = 4.489_942e-8f32;
    let p = p.mul_add(square, -2.109_725_8e-6);
    let p = p.mul_add(square, 4.377_446_7e-5);
    let p = p.mul_add(square, -5.349_837e-4);
    let p = p.mul_add(square, 4.357_542_4e-3);
    let p = p.mul_add(square, -2.546_389_4e-2);
    let p = p.mul_add(square, 1.116_654_7e-1);
    let p = p.mul_add(square, -3.757_696_2e-1);
    let p = p.mul_add(square, 1.128_386_3);
    let half = 0.5 * x;
    half.mul_add(p * z, half)
}

#[inline(always)]
pub(super) fn gelu_in_place(values: &mut [f32]) {
    let (chunks, rest) = values.as_chunks_mut::<LANES>();
    for chunk in chunks {
        for value in chunk {
            *value = gelu(*value);
        }
    }
    for value in rest {
        *value = gelu(*value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_exact_to_a_few_units_in_the_last_place() {
        for step in -8_700..8_800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!(((f64::from(exp(x)) - exact) / exact).abs() < 3e-7, "at {x}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn gelu_keeps_its_known_values() {
        // PyTorch 2.x, torch.nn.functional.gelu in float64.
        for (x, expected) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (3.0, 2.995_950_3), (-10.0, 0.0)] {
            assert!((gelu(x) - expected).abs() < 1e-6, "at {x}");
        }
    }

    #[test]
    fn the_near_gelu_is_near_everywhere() {
        for step in -15_000..15_000 {
            let x = step as f32 / 1_000.0;
            assert!((gelu_near(x) - gelu(x)).abs() < 1e-4, "at {x}: {} {}", gelu_near(x), gelu(x));
        }
    }

    struct Extremes<'a>(&'a [f32]);

    impl WithSimd for Extremes<'_> {
        type Output = (f32, f32);

        fn with_simd<S: Simd>(self, simd: S) -> (f32, f32) {
            extremes(simd, self.0)
        }
    }

    #[test]
    fn extremes_are_found_in_any_place() {
        for arch in super::super::narrower().into_iter().chain([Arch::new()]) {
            for n in [1, 15, 16, 17, 40, 130] {
                for at in 0..n {
                    let mut values = vec![0.5; n];
                    values[at] = 2.0;
                    assert_eq!(arch.dispatch(Extremes(&values)).1, 2.0);
                    values[at] = -3.0;
                    assert_eq!(arch.dispatch(Extremes(&values)).0, -3.0);
                }
            }
            assert_eq!(arch.dispatch(Extremes(&[])), (f32::INFINITY, f32::NEG_INFINITY));
        }
    }

    #[test]
    fn a_row_is_normalised_to_mean_zero_and_variance_one() {
        let mut row: Vec<f32> = (0..37).map(|i| i as f32).collect();
        let (zeros, ones) = (vec![0.0; 37], vec![1.0; 37]);
        add_and_normalize(&mut row, &zeros, &ones, &zeros, 1e-12);
        assert!(sum(&row, |value| value).abs() < 1e-4);
        assert!((sum(&row, |value| value * value) / 37.0 - 1.0).abs() < 1e-5);
    }
}
