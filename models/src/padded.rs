//! Attention of a packed batch with ordinary tensor operations, for devices without a kernel of ours.
//!
//! Windows of similar length are gathered into one padded block, padding is masked with negative infinity, and the results are gathered
//! back; only attention ever sees padding. The plan depends on the borders alone and serves every layer.

use std::ops::Range;

use candle_core::{D, Result, Tensor};

use crate::kernel::AttentionShape;
use crate::ops::Place;

/// Most scores (windows x heads x length x length) computed at once: 256 MiB in f32.
const MAX_SCORES: usize = 1 << 26;

/// Which rows go where.
pub(crate) struct PaddedPlan {
    blocks: Vec<Block>,
    /// For each token its row in the blocks laid end to end, [n_tokens].
    restore: Tensor,
}

struct Block {
    n_windows: usize,
    length: usize,
    /// Row of each padded position, [n_windows * length].
    gather: Tensor,
    /// 0 for tokens and negative infinity for padding, [n_windows, 1, 1, length].
    mask: Tensor,
}

impl PaddedPlan {
    /// For windows with these borders.
    pub(crate) fn new(cu_seqlens: &[u32], shape: AttentionShape, place: &Place) -> Result<Self> {
        let mut windows: Vec<Range<u32>> = cu_seqlens.windows(2).map(|border| border[0]..border[1]).collect();
        windows.sort_by_key(|window| (window.len(), window.start));
        let mut restore = vec![0u32; cu_seqlens.last().map_or(0, |&n| n as usize)];
        let (mut blocks, mut first_row, mut rest) = (Vec::new(), 0, windows.as_slice());
        while let Some(shortest) = rest.first() {
            let bucket = shortest.len().next_power_of_two().max(16);
            let most = (MAX_SCORES / (shape.n_heads * bucket * bucket)).max(1);
            let n = rest.iter().take(most).take_while(|window| window.len() <= bucket).count();
            let (block, later) = rest.split_at(n);
            blocks.push(Block::new(block, &mut first_row, &mut restore, place)?);
            rest = later;
        }
        let restore = Tensor::new(restore, &place.device)?;
        Ok(Self { blocks, restore })
    }

    /// `qkv` [n, 3 * hidden], queries already scaled -> [n, hidden].
    pub(crate) fn attend(&self, qkv: &Tensor, shape: AttentionShape) -> Result<Tensor> {
        let parts = self.blocks.iter().map(|block| block.attend(qkv, shape)).collect::<Result<Vec<_>>>()?;
        Tensor::cat(&parts, 0)?.index_select(&self.restore, 0)
    }
}

impl Block {
    fn new(windows: &[Range<u32>], first_row: &mut u32, restore: &mut [u32], place: &Place) -> Result<Self> {
        let length = windows.iter().map(|window| window.len()).max().unwrap_or(0);
        let (mut gather, mut mask) = (Vec::new(), Vec::new());
        for window in windows {
            for position in 0..length as u32 {
                let token = window.start + position;
                if window.contains(&token) {
                    restore[token as usize] = *first_row + gather.len() as u32;
                    gather.push(token);
                    mask.push(0.0);
                } else {
                    gather.push(window.start);
                    mask.push(f32::NEG_INFINITY);
                }
            }
        }
        *first_row += gather.len() as u32;
        let n_windows = windows.len();
        let gather = Tensor::new(gather, &place.device)?;
        Ok(Self { n_windows, length, gather, mask: place.tensor(&mask, (n_windows, 1, 1, length))? })
    }

    fn attend(&self, qkv: &Tensor, shape: AttentionShape) -> Result<Tensor> {
        let (windows, length) = (self.n_windows, self.length);
        // [windows * length, 3 * hidden] -> [3, windows, heads, length, head_size]
        let rows = qkv.index_select(&self.gather, 0)?;
        let split = rows.reshape((windows, length, 3, shape.n_heads, shape.head_size))?.permute((2, 0, 3, 1, 4))?;
        let part = |index: usize| split.get(index)?.contiguous();
        // [windows, heads, length, length]
        let scores = part(0)?.matmul(&part(1)?.transpose(D::Minus1, D::Minus2)?)?.broadcast_add(&self.mask)?;
        let weights = candle_nn::ops::softmax_last_dim(&scores)?;
        // [windows, heads, length, head_size] -> [windows * length, hidden]
        weights.matmul(&part(2)?)?.transpose(1, 2)?.reshape((windows * length, shape.n_heads * shape.head_size))
    }
}
