//! What a configuration found, and how much of it another one found as well.

use befund_core::{Label, Task};
use serde::Serialize;

use crate::eval::Tally;

/// A mention: document by its place in the input, task, label, begin, end.
pub(super) type Mark = (u64, Task, Label, u32, u32);

/// Mentions of a configuration against those of the first one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Mentions of this configuration.
    pub mentions: u64,
    /// Mentions of the first one.
    pub mentions_of_first: u64,
    /// In both, with the same document, task, label and span.
    pub shared: u64,
    /// Harmonic mean of the shares of both that are shared; 1 where neither found anything.
    pub f1: f64,
}

impl Agreement {
    /// Both sorted; what stands twice is shared as often as it stands in both.
    pub(super) fn between(first: &[Mark], this: &[Mark]) -> Self {
        let (mut left, mut right) = (first.iter().peekable(), this.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => _ = left.next(),
                std::cmp::Ordering::Greater => _ = right.next(),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    left.next();
                    right.next();
                }
            }
        }
        let (n_first, n_this) = (first.len() as u64, this.len() as u64);
        let tally = Tally { tp: shared, fp: n_this - shared, fn_: n_first - shared };
        Self { mentions: n_this, mentions_of_first: n_first, shared, f1: tally.f1() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(document: u64, label: Label, begin: u32) -> Mark {
        (document, Task::Ade, label, begin, begin + 4)
    }

    #[test]
    fn only_the_same_place_and_label_agrees() {
        let first = [mark(0, Label::Drug, 3), mark(0, Label::Ade, 9), mark(1, Label::Drug, 3)];
        assert_eq!(Agreement::between(&first, &first).f1, 1.0);
        let this = [mark(0, Label::Drug, 3), mark(0, Label::Indication, 9), mark(2, Label::Drug, 3)];
        let agreement = Agreement::between(&first, &this);
        assert_eq!((agreement.shared, agreement.f1), (1, 1.0 / 3.0));
    }

    #[test]
    fn what_stands_twice_counts_twice_and_nothing_agrees_with_nothing() {
        let one = mark(0, Label::Drug, 3);
        assert_eq!(Agreement::between(&[one, one], &[one]).shared, 1);
        assert_eq!(Agreement::between(&[one, one], &[one, one]).shared, 2);
        assert_eq!(Agreement::between(&[], &[]).f1, 1.0);
        assert_eq!(Agreement::between(&[one], &[]).f1, 0.0);
    }
}
