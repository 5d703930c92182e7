//! The first so many of a stream of items by rank, so that a page stays small however large the dataset is.

use std::collections::BTreeMap;

/// Items of the lowest rank first, those of one rank in the order in which they came.
pub(super) struct Kept<T> {
    most: usize,
    items: BTreeMap<(u8, u64), T>,
    n_all: u64,
}

impl<T> Kept<T> {
    pub(super) fn new(most: usize) -> Self {
        Self { most, items: BTreeMap::new(), n_all: 0 }
    }

    /// Takes one more; `make` is called only where there is room for it.
    pub(super) fn push(&mut self, rank: u8, make: impl FnOnce() -> T) {
        let key = (rank, self.n_all);
        self.n_all += 1;
        let full = self.items.len() >= self.most;
        if full && self.items.last_key_value().is_none_or(|(last, _)| *last < key) {
            return;
        }
        self.items.insert(key, make());
        if full {
            self.items.pop_last();
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.items.values()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// How many came in all.
    pub(super) fn n_all(&self) -> u64 {
        self.n_all
    }

    /// Keeps items from the front as long as their sizes together stay within `most`; the first always stays.
    pub(super) fn cut_at(&mut self, most: u64, size: impl Fn(&T) -> u64) {
        let mut sum = 0;
        let beyond = self.items.iter().skip_while(|(_, item)| {
            sum += size(item);
            sum <= most
        });
        let Some(key) = beyond.map(|(key, _)| *key).next() else { return };
        let mut rest = self.items.split_off(&key);
        if self.items.is_empty() {
            self.items.extend(rest.pop_first());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(most: usize) -> Kept<u64> {
        let mut kept = Kept::new(most);
        for (rank, item) in [(2, 10), (1, 20), (2, 30), (0, 40), (1, 50)] {
            kept.push(rank, || item);
        }
        kept
    }

    #[test]
    fn the_lowest_ranks_stay_and_ties_keep_their_order() {
        let all = |most| kept(most).iter().copied().collect::<Vec<_>>();
        assert_eq!(all(9), [40, 20, 50, 10, 30]);
        assert_eq!(all(3), [40, 20, 50]);
        assert_eq!(all(0), [0_u64; 0]);
        assert_eq!(kept(3).n_all(), 5);
    }

    #[test]
    fn a_budget_cuts_from_the_end_and_leaves_at_least_one() {
        for (most, n) in [(200, 5), (110, 3), (109, 2), (1, 1)] {
            let mut kept = kept(9);
            kept.cut_at(most, |item| *item);
            assert_eq!(kept.len(), n, "{most}");
        }
    }
}
