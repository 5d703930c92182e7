//! Figures over rounds: medians with their range, and ratios of rounds that were measured side by side.

use serde::Serialize;

/// The middle of some values and how far they lie apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Spread {
    /// Median.
    pub median: f64,
    /// Least.
    pub min: f64,
    /// Most.
    pub max: f64,
}

impl Spread {
    /// Of at least one value; zeros where there is none.
    pub(super) fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (Some(&min), Some(&max)) = (sorted.first(), sorted.last()) else { return Self::default() };
        let middle = sorted.len() / 2;
        let median = if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 };
        Self { median, min, max }
    }
}

/// How many times as fast as `first` each round of `this` was, both in seconds; rounds are paired, never medians.
pub(super) fn speedups(first: &[f64], this: &[f64]) -> Vec<f64> {
    first.iter().zip(this).map(|(first, this)| first / this).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(Spread::of(&[3.0, 1.0, 2.0]), Spread { median: 2.0, min: 1.0, max: 3.0 });
        assert_eq!(Spread::of(&[4.0, 1.0, 3.0, 2.0]).median, 2.5);
        assert_eq!(Spread::of(&[7.0]), Spread { median: 7.0, min: 7.0, max: 7.0 });
        assert_eq!(Spread::of(&[]), Spread::default());
    }

    #[test]
    fn noise_that_hits_a_whole_round_leaves_the_ratio_alone() {
        let (first, this) = ([2.0, 20.0, 4.0], [1.0, 10.0, 2.0]);
        assert_eq!(Spread::of(&speedups(&first, &this)), Spread { median: 2.0, min: 2.0, max: 2.0 });
        // The ratio of the medians of uneven rounds would be another one.
        assert_eq!(Spread::of(&speedups(&[1.0, 8.0, 9.0], &[1.0, 2.0, 9.0])).median, 1.0);
    }
}
