//! Restores input order: rows leave parallel stages in any order and are handed on by sequence number.

use std::collections::BTreeMap;

#[derive(Debug)]
pub(crate) struct Order<T> {
    next: u64,
    waiting: BTreeMap<u64, T>,
}

impl<T> Order<T> {
    pub(crate) fn from(next: u64) -> Self {
        Self { next, waiting: BTreeMap::new() }
    }

    pub(crate) fn put(&mut self, sequence: u64, item: T) {
        self.waiting.insert(sequence, item);
    }

    /// The next item in order, if it has come.
    pub(crate) fn take(&mut self) -> Option<T> {
        let item = self.waiting.remove(&self.next)?;
        self.next += 1;
        Some(item)
    }

    /// Items that came but whose turn has not.
    pub(crate) fn n_waiting(&self) -> usize {
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_leave_in_sequence_whatever_order_they_come_in() {
        let mut order = Order::from(3);
        let mut out = Vec::new();
        for sequence in [5, 4, 3, 7, 6] {
            order.put(sequence, sequence);
            while let Some(item) = order.take() {
                out.push(item);
            }
        }
        assert_eq!(out, [3, 4, 5, 6, 7]);
        assert_eq!(order.n_waiting(), 0);
    }
}
