//! Windows of tokens and the packed batch that the encoder reads.
//!
//! Nothing is padded: a batch is one row of token ids and the borders of the windows in it, after the `cu_seqlens` convention of
//! FlashAttention. Identity travels inside (`Origin`) and is never recomputed.

use std::ops::Range;

use crate::layout::Layout;
use crate::span::Span;

/// Where a window came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// `Document::sequence`.
    pub document: u64,
    /// Index into `Layout::sentences` of the first sentence.
    pub sentence: u32,
    /// Index of the window within its document.
    pub window: u32,
}

/// One sequence for the encoder: a sentence, neighbouring sentences of prose, or a part of a sentence longer than the encoder reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Where it came from.
    pub origin: Origin,
    /// Token ids with the special tokens at both ends.
    pub ids: Vec<u32>,
    /// For each id its bytes in the document, without white space; empty for special tokens. Same length as `ids`.
    pub spans: Vec<Span>,
    /// Tokens this window answers for. Windows of one sentence overlap so that each token is read with context; a mention belongs to
    /// the window that keeps its first token.
    pub keep: Range<u32>,
}

/// What the text stage makes of a document.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// Language, sections, sentences.
    pub layout: Layout,
    /// Windows in text order.
    pub windows: Vec<Window>,
    /// Bytes of the sentences that are in no window, since none of the places that were asked for lies in them.
    pub n_bytes_gated: u64,
}

impl Prepared {
    /// Tokens over all windows, special tokens and overlaps included.
    pub fn n_tokens(&self) -> usize {
        self.windows.iter().map(|window| window.ids.len()).sum()
    }
}

/// Windows packed end to end.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Token ids of all windows, [n_tokens].
    pub ids: Vec<u32>,
    /// Bytes of each token in its own document, [n_tokens].
    pub spans: Vec<Span>,
    /// Borders of the windows in `ids`: window `i` is `cu_seqlens[i]..cu_seqlens[i + 1]`, [n_windows + 1].
    pub cu_seqlens: Vec<u32>,
    /// Where each window came from, [n_windows].
    pub origins: Vec<Origin>,
    /// Tokens each window answers for, counted from the window's first token, [n_windows].
    pub keeps: Vec<Range<u32>>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self { cu_seqlens: vec![0], ..Self::default() }
    }

    /// Appends a window.
    pub fn push(&mut self, window: Window) {
        self.ids.extend_from_slice(&window.ids);
        self.spans.extend_from_slice(&window.spans);
        self.cu_seqlens.push(self.ids.len() as u32);
        self.origins.push(window.origin);
        self.keeps.push(window.keep);
    }

    /// Number of windows.
    pub fn len(&self) -> usize {
        self.origins.len()
    }

    /// Whether there is no window.
    pub fn is_empty(&self) -> bool {
        self.origins.is_empty()
    }

    /// Number of tokens.
    pub fn n_tokens(&self) -> usize {
        self.ids.len()
    }

    /// Where window `index` lies in `ids` and `spans`.
    pub fn range(&self, index: usize) -> Range<usize> {
        self.cu_seqlens[index] as usize..self.cu_seqlens[index + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_windows_keep_their_borders() {
        let window = |n: usize| Window {
            origin: Origin::default(),
            ids: vec![7; n],
            spans: vec![Span::default(); n],
            keep: 0..n as u32,
        };
        let mut batch = Batch::new();
        batch.push(window(3));
        batch.push(window(5));
        assert_eq!(batch.cu_seqlens, [0, 3, 8]);
        assert_eq!(batch.range(1), 3..8);
        assert_eq!((batch.len(), batch.n_tokens()), (2, 8));
    }
}
