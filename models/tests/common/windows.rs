//! Windows of made-up tokens.

use befund_core::{Batch, Origin, Span, Window};

/// A window of `n` tokens, special ones at both ends, each other token three bytes and a blank; ids spread below `vocab`.
pub fn window(index: u32, n: usize, vocab: u32) -> Window {
    let id = |i: usize| 2 + (i as u32).wrapping_mul(2_654_435_761u32.wrapping_add(index * 97)) % (vocab - 2);
    let special = |i: usize| i == 0 || i == n - 1;
    Window {
        origin: Origin { document: u64::from(index), sentence: 0, window: 0 },
        ids: (0..n).map(id).collect(),
        spans: (0..n).map(|i| if special(i) { Span::default() } else { Span::new(4 * i, 4 * i + 3) }).collect(),
        keep: 0..n as u32,
    }
}

/// Windows as one batch.
pub fn packed(windows: &[Window]) -> Batch {
    let mut batch = Batch::new();
    windows.iter().cloned().for_each(|window| batch.push(window));
    batch
}
