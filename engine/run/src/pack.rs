//! Packs windows into batches under a token budget. First come, first packed: which windows share a batch does not change what is found in
//! them, so there is nothing to sort and nothing to wait for.

use befund_core::{Batch, Window};

/// Windows on their way into batches.
#[derive(Debug)]
pub struct Packer {
    max_tokens: usize,
    batch: Batch,
}

impl Packer {
    /// For batches of at most `max_tokens`; a longer window is a batch of its own.
    pub fn new(max_tokens: usize) -> Self {
        Self { max_tokens, batch: Batch::new() }
    }

    /// Adds a window; returns the batch it did not fit into any more.
    pub fn push(&mut self, window: Window) -> Option<Batch> {
        let full = !self.batch.is_empty() && self.batch.n_tokens() + window.ids.len() > self.max_tokens;
        let batch = if full { self.flush() } else { None };
        self.batch.push(window);
        batch
    }

    /// What is left.
    pub fn flush(&mut self) -> Option<Batch> {
        if self.batch.is_empty() { None } else { Some(std::mem::replace(&mut self.batch, Batch::new())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use befund_core::{Origin, Span};

    #[test]
    fn no_window_is_lost_and_no_batch_exceeds_the_budget_unless_one_window_does() {
        let mut packer = Packer::new(10);
        let mut batches = Vec::new();
        for n in [4, 4, 4, 12, 1, 9, 1] {
            let window = Window {
                origin: Origin::default(),
                ids: vec![0; n],
                spans: vec![Span::default(); n],
                keep: 0..n as u32,
            };
            batches.extend(packer.push(window));
        }
        batches.extend(packer.flush());
        assert_eq!(batches.iter().map(Batch::n_tokens).collect::<Vec<_>>(), [8, 4, 12, 10, 1]);
    }
}
