//! What the source of the kernels for a card leaves open, and how attention is divided. Needs no card, so that tests use it everywhere.

use std::cmp::Reverse;

use candle_core::{DType, Result, bail};

use crate::encoder::EncoderShape;

/// Queries of one tile of attention: the threads of its block.
pub(super) const QUERIES: u32 = 64;
/// Rows of one block of `bias_add_norm`, a warp each.
pub(super) const ROWS: u32 = 4;

/// The macros of `fused.cu`, as options of a compiler. The kernels read and write `dtype` and compute in f32.
pub(super) fn definitions(dtype: DType, shape: &EncoderShape) -> Result<Vec<String>> {
    let format = match dtype {
        DType::F32 => 0,
        DType::F16 => 1,
        DType::BF16 => 2,
        other => bail!("there are no kernels for {other:?}"),
    };
    let EncoderShape { hidden, heads, intermediate, layer_norm_eps, .. } = *shape;
    Ok(vec![
        format!("-DFORMAT={format}"),
        format!("-DHEAD={}", hidden / heads),
        format!("-DHIDDEN={hidden}"),
        format!("-DWIDE={intermediate}"),
        format!("-DEPSILON={layer_norm_eps:e}f"),
        format!("-DQUERIES={QUERIES}"),
        format!("-DROWS={ROWS}"),
    ])
}

/// Attention of a batch in tiles, [n_tiles, 3]: first query, first row and end of its window. Those with the most keys come first, so
/// that the last ones to run are short.
pub(super) fn query_tiles(cu_seqlens: &[u32]) -> Vec<u32> {
    let mut tiles: Vec<[u32; 3]> = cu_seqlens
        .windows(2)
        .flat_map(|border| (border[0]..border[1]).step_by(QUERIES as usize).map(|query| [query, border[0], border[1]]))
        .collect();
    tiles.sort_by_key(|&[_, begin, end]| Reverse(end - begin));
    tiles.concat()
}
