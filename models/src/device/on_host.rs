//! The kernels for a card, run on the processor and held to the kernels for processors.
//!
//! The C++ compiler of the machine compiles `fused.cu` with `on_host.cpp`, which gives it threads, barriers and shuffles. So the
//! arithmetic, the indices and the synchronisation are tested without a card; code generation and the launch are not.

use std::fs;
use std::path::Path;
use std::process::Command;

use candle_core::DType;
use tempfile::TempDir;

use super::source::{QUERIES, ROWS, definitions, query_tiles};
use crate::encoder::EncoderShape;
use crate::kernel::{Activation, AttentionScratch, AttentionShape, PackedLinear, add_and_normalize, attend};

/// Heads of 24 columns and a hidden size that is no multiple of a warp.
const SHAPE: EncoderShape = EncoderShape {
    hidden: 72,
    layers: 1,
    heads: 3,
    intermediate: 50,
    vocab: 10,
    max_positions: 512,
    type_vocab: 2,
    layer_norm_eps: 1e-5,
};

/// The kernels in one number format as a program.
struct Program {
    folder: TempDir,
    dtype: DType,
}

impl Program {
    /// `None`, with a message, where there is no C++ compiler that knows barriers.
    fn build(dtype: DType) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/device/on_host.cpp");
        let compiler = std::env::var("CXX").unwrap_or("c++".into());
        let mut command = Command::new(compiler);
        command.args(["-std=c++20", "-O1", "-pthread", "-w", "-o"]).arg(folder.path().join("on_host")).arg(source);
        match command.args(definitions(dtype, &SHAPE).unwrap()).output() {
            Ok(output) if output.status.success() => Some(Self { folder, dtype }),
            Ok(output) if String::from_utf8_lossy(&output.stderr).contains("fused.cu") => {
                panic!("{}", String::from_utf8_lossy(&output.stderr))
            }
            _ => {
                eprintln!("skipped: no C++ compiler with C++20 (set CXX)");
                None
            }
        }
    }

    fn write(&self, values: &[f32]) -> Vec<u8> {
        match self.dtype {
            DType::F32 => values.iter().flat_map(|value| value.to_ne_bytes()).collect(),
            // The numbers of the tests have seven bits, which bfloat16 holds as they are.
            DType::BF16 => values.iter().flat_map(|value| ((value.to_bits() >> 16) as u16).to_ne_bytes()).collect(),
            other => unreachable!("{other:?}: on_host.cpp has no instructions of a card"),
        }
    }

    fn read(&self, bytes: &[u8]) -> Vec<f32> {
        match self.dtype {
            DType::F32 => bytes.chunks_exact(4).map(|it| f32::from_ne_bytes(it.try_into().unwrap())).collect(),
            DType::BF16 => bytes
                .chunks_exact(2)
                .map(|it| f32::from_bits(u32::from(u16::from_ne_bytes(it.try_into().unwrap())) << 16))
                .collect(),
            other => unreachable!("{other:?}: on_host.cpp has no instructions of a card"),
        }
    }

    fn run(
        &self,
        kernel: &str,
        (grid_x, grid_y, block): (u32, u32, u32),
        n: u32,
        inputs: &[Vec<u8>],
        n_out: usize,
    ) -> Vec<f32> {
        let output = self.write(&vec![f32::NAN; n_out]);
        let mut command = Command::new(self.folder.path().join("on_host"));
        command.arg(kernel).args([grid_x, grid_y, block, n].map(|number| number.to_string()));
        for (index, bytes) in inputs.iter().chain([&output]).enumerate() {
            let path = self.folder.path().join(index.to_string());
            fs::write(&path, bytes).unwrap();
            command.arg(path);
        }
        assert!(command.status().unwrap().success());
        self.read(&fs::read(self.folder.path().join(inputs.len().to_string())).unwrap())
    }

    /// Most that a result may be off: for bfloat16 its last digit, of values below 4.
    fn tolerance(&self) -> f32 {
        match self.dtype {
            DType::F32 => 1e-5,
            _ => 1.0 / 64.0,
        }
    }
}

fn programs() -> Vec<Program> {
    [DType::F32, DType::BF16].into_iter().filter_map(Program::build).collect()
}

/// Seven-bit numbers between -1 and 1, which all formats hold exactly.
fn numbers(n: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 24) as i32 - 128) as f32 / 128.0
    };
    (0..n).map(|_| next()).collect()
}

fn assert_near(found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= tolerance, "value {index}: {found} for {expected}");
    }
}

/// `x` with `bias` added to each of its rows.
fn biased(x: &[f32], bias: &[f32]) -> Vec<f32> {
    x.iter().zip(bias.iter().cycle()).map(|(value, bias)| value + bias).collect()
}

#[test]
fn every_query_is_in_one_tile_and_the_longest_windows_come_first() {
    let tiles = query_tiles(&[0, 1, 1, 66, 130, 330]);
    let mut queries = Vec::new();
    for tile in tiles.chunks_exact(3) {
        assert!(tile[1] <= tile[0] && tile[0] < tile[2]);
        queries.extend(tile[0]..(tile[0] + QUERIES).min(tile[2]));
    }
    assert_eq!(tiles[..3], [130, 130, 330]);
    queries.sort_unstable();
    assert!(queries.into_iter().eq(0..330));
    assert!(query_tiles(&[0]).is_empty());
}

#[test]
fn attention_is_that_of_the_kernels_for_processors() {
    // Windows of one token, of less than a tile, of several tiles and of more keys than lie in shared memory at once (85).
    let cu_seqlens = [0, 1, 8, 72, 137, 300];
    let n_tokens = 300;
    let EncoderShape { hidden, heads, .. } = SHAPE;
    let (qkv, bias) = (numbers(n_tokens * 3 * hidden, 1), numbers(3 * hidden, 2));
    let mut expected = vec![0.0; n_tokens * hidden];
    let windows = cu_seqlens.windows(2).map(|border| border[0] as usize..border[1] as usize);
    let shape = AttentionShape { n_heads: heads, head_size: hidden / heads };
    attend(&biased(&qkv, &bias), windows, shape, &mut expected, &mut AttentionScratch::default());
    let tiles = query_tiles(&cu_seqlens);
    let n_tiles = tiles.len() as u32 / 3;
    for program in programs() {
        let tiles = tiles.iter().flat_map(|number| number.to_ne_bytes()).collect();
        let inputs = [program.write(&qkv), program.write(&bias), tiles];
        let found = program.run("attend", (n_tiles, heads as u32, QUERIES), n_tiles, &inputs, n_tokens * hidden);
        assert_near(&found, &expected, program.tolerance());
    }
}

#[test]
fn bias_and_gelu_are_those_of_the_kernels_for_processors() {
    let (n_rows, width) = (9, SHAPE.intermediate);
    let (x, bias) = (numbers(n_rows * width, 3), numbers(width, 4));
    // The layer x I + b.
    let identity: Vec<f32> = (0..width * width).map(|i| f32::from(i / width == i % width)).collect();
    let expected = PackedLinear::new(&identity, &bias, width, width).forward(&x, Activation::Gelu);
    let n = (n_rows * width) as u32;
    for program in programs() {
        let inputs = [program.write(&x), program.write(&bias)];
        let found = program.run("bias_gelu", (n.div_ceil(64), 1, 64), n, &inputs, x.len());
        assert_near(&found, &expected, program.tolerance());
    }
}

#[test]
fn bias_residual_and_normalisation_are_those_of_the_kernels_for_processors() {
    let (n_rows, hidden) = (ROWS as usize + 2, SHAPE.hidden);
    let [x, residual] = [5, 6].map(|seed| numbers(n_rows * hidden, seed));
    let [bias, weight, shift] = [7, 8, 9].map(|seed| numbers(hidden, seed));
    let mut expected = biased(&x, &bias);
    add_and_normalize(&mut expected, &residual, &weight, &shift, SHAPE.layer_norm_eps as f32);
    let n = n_rows as u32;
    for program in programs() {
        let inputs = [&x, &residual, &bias, &weight, &shift].map(|values| program.write(values));
        let found = program.run("bias_add_norm", (n.div_ceil(ROWS), 1, 32 * ROWS), n, &inputs, x.len());
        assert_near(&found, &expected, program.tolerance());
    }
}
