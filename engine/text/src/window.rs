//! Cuts the tokens of a sentence into windows that the encoder can read.
//!
//! Nothing is ever truncated: a sentence longer than a window is read in several, which overlap so that every token is seen with context on
//! both sides. Each token is kept by exactly one window; the border lies in the middle of the overlap.

use std::ops::Range;

use befund_core::Failure;

/// How long windows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowOptions {
    /// Most tokens in a window, special tokens included; at most what the encoder reads.
    pub max_tokens: usize,
    /// Tokens that two neighbouring windows of a sentence share at least.
    pub overlap: usize,
    /// Most tokens of a passage, the neighbouring sentences of prose that share a window; 0 reads every sentence by itself.
    pub passage: usize,
}

impl Default for WindowOptions {
    fn default() -> Self {
        Self { max_tokens: 256, overlap: 48, passage: 96 }
    }
}

impl WindowOptions {
    /// Tokens of text that fit beside `n_special` special tokens.
    pub(crate) fn capacity(self, n_special: usize) -> Result<usize, Failure> {
        match self.max_tokens.checked_sub(n_special) {
            Some(capacity) if capacity > 2 * self.overlap => Ok(capacity),
            _ => Err(Failure::new(
                format!(
                    "windows of {} tokens cannot overlap by {} ({n_special} are special tokens)",
                    self.max_tokens, self.overlap
                ),
                "choose a larger window or a smaller overlap (less than half of a window)",
            )),
        }
    }
}

/// One window over the tokens of a sentence: which it reads, and which of them it answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    /// Tokens it reads.
    pub reads: Range<usize>,
    /// Tokens it keeps, within `reads`.
    pub keeps: Range<usize>,
}

/// Windows over `n` tokens, each of at most `capacity`, neighbours sharing at least `overlap`. The last window reaches back so that it is
/// full too. `overlap` must be less than half of `capacity`.
pub(crate) fn slices(n: usize, capacity: usize, overlap: usize) -> impl Iterator<Item = Slice> {
    let stride = capacity - overlap;
    let n_windows = if n <= capacity { usize::from(n > 0) } else { (n - overlap).div_ceil(stride) };
    let start = move |index: usize| (index * stride).min(n.saturating_sub(capacity));
    // Between window `index - 1` and window `index`.
    let border = move |index: usize| match index {
        0 => 0,
        _ if index == n_windows => n,
        _ => (start(index) + start(index - 1) + capacity) / 2,
    };
    (0..n_windows).map(move |index| Slice {
        reads: start(index)..(start(index) + capacity).min(n),
        keeps: border(index)..border(index + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_is_kept_once_and_read_with_context() {
        for capacity in [5, 16, 253, 254, 510] {
            for overlap in [0, 1, 2, 7, 48] {
                if capacity <= 2 * overlap {
                    continue;
                }
                for n in (0..40).chain([
                    capacity - 1,
                    capacity,
                    capacity + 1,
                    2 * capacity - overlap,
                    2 * capacity,
                    10 * capacity + 3,
                ]) {
                    let windows: Vec<_> = slices(n, capacity, overlap).collect();
                    let mut next = 0;
                    for (index, window) in windows.iter().enumerate() {
                        assert_eq!(window.keeps.start, next, "{n} {capacity} {overlap}");
                        assert!(!window.keeps.is_empty());
                        assert!(window.reads.start <= window.keeps.start && window.keeps.end <= window.reads.end);
                        assert!(window.reads.len() <= capacity);
                        if index > 0 {
                            assert!(window.reads.start + overlap <= windows[index - 1].reads.end);
                            assert!(window.keeps.start - window.reads.start >= overlap / 2);
                        }
                        next = window.keeps.end;
                    }
                    assert_eq!(next, n, "{n} {capacity} {overlap}");
                }
            }
        }
    }

    #[test]
    fn a_sentence_that_fits_is_one_window() {
        assert_eq!(slices(10, 10, 3).collect::<Vec<_>>(), [Slice { reads: 0..10, keeps: 0..10 }]);
        assert_eq!(slices(0, 10, 3).count(), 0);
    }

    #[test]
    fn impossible_windows_are_refused() {
        assert!(WindowOptions { max_tokens: 2, overlap: 0, passage: 0 }.capacity(2).is_err());
        assert!(WindowOptions { max_tokens: 100, overlap: 49, passage: 0 }.capacity(2).is_err());
        assert!(WindowOptions::default().capacity(2).is_ok());
    }
}
