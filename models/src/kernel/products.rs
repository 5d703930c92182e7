//! Integer products: rows of unsigned bytes times panels of signed bytes, summed in 32 bits, with the best instructions of this machine.
//!
//! Why `unsafe`: the byte dot products of AMX, AVX-512 VNNI, AVX-VNNI and NEON have no safe form in Rust, and a function that is compiled
//! for them may only be called where they exist. This is the one file of the crate that has any. It is sound because `Products` is made by
//! asking the processor (its field is private), every pointer is formed inside slices whose lengths `compute` checks first, and a stored
//! sum never leaves `sums`.
//!
//! Why all ways agree: a sum of integers is exact in any order, as long as nothing saturates. VNNI and AMX widen before they add. AVX2's
//! `maddubs` adds two products in 16 bits and saturates at 32,767, which 2 * 255 * 127 exceeds, so it is not used: even and odd bytes are
//! widened to 16 bits and multiplied there, exactly, in more steps. (Values up to 127 would let `maddubs` be exact; they cost up to a
//! point of F1 on the gold documents.) NEON's `sdot` takes signed bytes: it reads values less 128 and adds 128 times the weights' sum. Sums
//! of a whole row fit as long as `depth` is below 2^31 / (255 * 127) = 66,000. Knows nothing of scales and floats.

#![allow(unsafe_code)]

/// Largest value of a row.
pub(super) const LARGEST_VALUE: u8 = 255;
/// Columns that are computed together: two panels of 16.
pub(super) const PAIR_COLUMNS: usize = 32;
/// Rows and their sums are held for a multiple of this many rows: the height of a tile.
pub(super) const ROW_UNIT: usize = 16;
/// Depth is a multiple of this: the bytes of one row of a tile.
pub(super) const DEPTH_UNIT: usize = 64;

const PANEL_COLUMNS: usize = PAIR_COLUMNS / 2;

/// Four steps of depth for the sixteen columns of a panel: byte `4 * column + step`.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Line(pub(super) [i8; 64]);

/// One multiplication.
#[derive(Clone, Copy)]
pub(super) struct Factors<'a> {
    /// [rows, depth], values up to `LARGEST_VALUE`; behind the last row there is room up to a multiple of `ROW_UNIT` rows.
    pub(super) rows: &'a [u8],
    /// Rows that are wanted.
    pub(super) n_rows: usize,
    /// A multiple of `DEPTH_UNIT`.
    pub(super) depth: usize,
    /// Panels end to end, an even number, each `depth / 4` lines, no weight below -127.
    pub(super) panels: &'a [Line],
}

impl Factors<'_> {
    fn rows_held(&self) -> usize {
        self.n_rows.next_multiple_of(ROW_UNIT)
    }

    fn n_pairs(&self) -> usize {
        2 * self.panels.len() / self.depth
    }

    /// Length of `sums` for this multiplication.
    pub(super) fn n_sums(&self) -> usize {
        self.n_pairs() * self.rows_held() * PAIR_COLUMNS
    }
}

/// A set of instructions that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Products(Way);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    Amx,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    NeonDotprod,
    Portable,
}

impl Products {
    /// The fastest way of this machine.
    pub(super) fn best() -> Self {
        Self::available().next().unwrap_or(Self(Way::Portable))
    }

    /// All ways of this machine, fastest first.
    pub(super) fn available() -> impl Iterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let ways = [
            #[cfg(target_os = "linux")]
            (Way::Amx, amx::allowed()),
            (Way::Avx512Vnni, is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")),
            (Way::AvxVnni, is_x86_feature_detected!("avx2") && is_x86_feature_detected!("avxvnni")),
            (Way::Avx2, is_x86_feature_detected!("avx2")),
            (Way::Portable, true),
        ];
        #[cfg(target_arch = "aarch64")]
        let ways = [(Way::NeonDotprod, std::arch::is_aarch64_feature_detected!("dotprod")), (Way::Portable, true)];
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let ways = [(Way::Portable, true)];
        ways.into_iter().filter(|(_, there)| *there).map(|(way, _)| Self(way))
    }

    /// Name of the instructions.
    pub(super) fn name(self) -> String {
        format!("{:?}", self.0)
    }

    /// Writes the products of each pair of panels, [pair][row][32], to `sums`. Rows beyond `n_rows` are left undefined.
    pub(super) fn compute(self, factors: Factors, sums: &mut [i32]) {
        let Factors { rows, depth, panels, .. } = factors;
        assert!(depth > 0 && depth.is_multiple_of(DEPTH_UNIT) && (2 * panels.len()).is_multiple_of(depth));
        assert!(rows.len() >= factors.rows_held() * depth && sums.len() >= factors.n_sums());
        match self.0 {
            // SAFETY: each way is only made where `available` found its instructions; lengths were checked just now.
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Way::Amx => unsafe { amx::compute(factors, sums) },
            #[cfg(target_arch = "x86_64")]
            Way::Avx512Vnni => unsafe { x86::avx512_vnni(factors, sums) },
            #[cfg(target_arch = "x86_64")]
            Way::AvxVnni => unsafe { x86::avx_vnni(factors, sums) },
            #[cfg(target_arch = "x86_64")]
            Way::Avx2 => unsafe { x86::avx2(factors, sums) },
            #[cfg(target_arch = "aarch64")]
            Way::NeonDotprod => unsafe { neon::dotprod(factors, sums) },
            Way::Portable => portable(factors, sums),
        }
    }
}

fn portable(factors: Factors, sums: &mut [i32]) {
    let Factors { rows, n_rows, depth, panels } = factors;
    for (index, panel) in panels.chunks_exact(depth / 4).enumerate() {
        for (row, values) in rows.chunks_exact(depth).take(n_rows).enumerate() {
            let mut out = [0i32; PANEL_COLUMNS];
            for (values, Line(line)) in values.as_chunks::<4>().0.iter().zip(panel) {
                for (sum, weights) in out.iter_mut().zip(line.as_chunks::<4>().0) {
                    for step in 0..4 {
                        *sum += i32::from(values[step]) * i32::from(weights[step]);
                    }
                }
            }
            let at = (index / 2 * factors.rows_held() + row) * PAIR_COLUMNS + index % 2 * PANEL_COLUMNS;
            sums[at..at + PANEL_COLUMNS].copy_from_slice(&out);
        }
    }
}

/// Calls `$tile::<N>` on all rows, `N` at a time, largest `N` first.
macro_rules! tiles {
    ($n_rows:expr, $tile:ident, [$($n:literal),+], |$row:ident| $arguments:tt) => {{
        let mut $row = 0;
        $(while $n_rows - $row >= $n {
            tiles!(@call $tile, $n, $arguments);
            $row += $n;
        })+
        debug_assert_eq!($row, $n_rows);
    }};
    // SAFETY: the caller's: rows `$row..$row + $n` are inside the operands, whose lengths `compute` has checked.
    (@call $tile:ident, $n:literal, ($($argument:expr),+)) => { unsafe { $tile::<$n>($($argument),+) } };
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Factors, Line, PAIR_COLUMNS, PANEL_COLUMNS};

    /// Four values of a row as one number.
    ///
    /// # Safety
    /// Four bytes can be read at `at`.
    #[inline(always)]
    unsafe fn four(at: *const u8) -> i32 {
        unsafe { at.cast::<i32>().read_unaligned() }
    }

    /// # Safety
    /// The machine has these features, and `compute` has checked the lengths.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) unsafe fn avx512_vnni(factors: Factors, sums: &mut [i32]) {
        let (depth, held) = (factors.depth, factors.rows_held());
        for (pair, panels) in factors.panels.chunks_exact(depth / 2).enumerate() {
            let (rows, out) = (factors.rows.as_ptr(), sums[pair * held * PAIR_COLUMNS..].as_mut_ptr());
            tiles!(factors.n_rows, tile_512, [8, 4, 2, 1], |row| (
                rows.add(row * depth),
                depth,
                panels.as_ptr(),
                out.add(row * PAIR_COLUMNS)
            ));
        }
    }

    #[target_feature(enable = "avx512f,avx512vnni")]
    unsafe fn tile_512<const N: usize>(rows: *const u8, depth: usize, panels: *const Line, out: *mut i32) {
        let mut sums = [[_mm512_setzero_si512(); 2]; N];
        for k in 0..depth / 4 {
            // SAFETY: `k` is inside the rows and both panels; lines are aligned to 64 bytes.
            unsafe {
                let left = _mm512_load_si512(panels.add(k).cast());
                let right = _mm512_load_si512(panels.add(depth / 4 + k).cast());
                for (row, sums) in sums.iter_mut().enumerate() {
                    let values = _mm512_set1_epi32(four(rows.add(row * depth + 4 * k)));
                    sums[0] = _mm512_dpbusd_epi32(sums[0], values, left);
                    sums[1] = _mm512_dpbusd_epi32(sums[1], values, right);
                }
            }
        }
        for (row, [left, right]) in sums.into_iter().enumerate() {
            // SAFETY: `out` has room for N rows of 32 sums.
            unsafe {
                _mm512_storeu_si512(out.add(row * PAIR_COLUMNS).cast(), left);
                _mm512_storeu_si512(out.add(row * PAIR_COLUMNS + PANEL_COLUMNS).cast(), right);
            }
        }
    }

    /// Both ways with 256 bits: one panel at a time, two vectors of eight columns.
    macro_rules! ways_of_256_bits {
        ($(($way:ident, $tile:ident, $features:literal, $dot:ident)),+) => {$(
            /// # Safety
            /// The machine has these features, and `compute` has checked the lengths.
            #[target_feature(enable = $features)]
            pub(super) unsafe fn $way(factors: Factors, sums: &mut [i32]) {
                let (depth, held) = (factors.depth, factors.rows_held());
                for (index, panel) in factors.panels.chunks_exact(depth / 4).enumerate() {
                    let first = index / 2 * held * PAIR_COLUMNS + index % 2 * PANEL_COLUMNS;
                    let (rows, out) = (factors.rows.as_ptr(), sums[first..].as_mut_ptr());
                    tiles!(factors.n_rows, $tile, [5, 2, 1], |row| (
                        rows.add(row * depth), depth, panel.as_ptr(), out.add(row * PAIR_COLUMNS)
                    ));
                }
            }

            #[target_feature(enable = $features)]
            unsafe fn $tile<const N: usize>(rows: *const u8, depth: usize, panel: *const Line, out: *mut i32) {
                let mut sums = [[_mm256_setzero_si256(); 2]; N];
                for k in 0..depth / 4 {
                    // SAFETY: `k` is inside the rows and the panel; lines are aligned to 64 bytes.
                    unsafe {
                        let weights = panel.add(k).cast::<__m256i>();
                        let (left, right) = (_mm256_load_si256(weights), _mm256_load_si256(weights.add(1)));
                        for (row, sums) in sums.iter_mut().enumerate() {
                            let values = _mm256_set1_epi32(four(rows.add(row * depth + 4 * k)));
                            sums[0] = $dot(sums[0], values, left);
                            sums[1] = $dot(sums[1], values, right);
                        }
                    }
                }
                for (row, [left, right]) in sums.into_iter().enumerate() {
                    // SAFETY: `out` has room for N rows, 32 sums apart, of 16 sums.
                    unsafe {
                        let out = out.add(row * PAIR_COLUMNS).cast::<__m256i>();
                        _mm256_storeu_si256(out, left);
                        _mm256_storeu_si256(out.add(1), right);
                    }
                }
            }
        )+};
    }

    ways_of_256_bits! {
        (avx_vnni, tile_vnni, "avx2,avxvnni", _mm256_dpbusd_avx_epi32),
        (avx2, tile_words, "avx2", dot_words)
    }

    /// `dpbusd` in words of 16 bits; nothing can saturate.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn dot_words(sums: __m256i, values: __m256i, weights: __m256i) -> __m256i {
        let even = _mm256_and_si256(values, _mm256_set1_epi16(0xff));
        let odd = _mm256_srli_epi16::<8>(values);
        let weights_even = _mm256_srai_epi16::<8>(_mm256_slli_epi16::<8>(weights));
        let weights_odd = _mm256_srai_epi16::<8>(weights);
        let products = _mm256_add_epi32(_mm256_madd_epi16(even, weights_even), _mm256_madd_epi16(odd, weights_odd));
        _mm256_add_epi32(sums, products)
    }
}

/// Intel's tiles: registers of 16 rows of 64 bytes, 16 x 16 sums of 64 products in one instruction. Rust has no stable form of them, so
/// this is assembly (Intel 64 Architectures Software Developer's Manual, volume 1, chapter 18).
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod amx {
    use std::arch::asm;
    use std::arch::x86_64::{__cpuid, __cpuid_count};
    use std::sync::OnceLock;

    use super::{Factors, Line, PAIR_COLUMNS, PANEL_COLUMNS, ROW_UNIT};

    /// Whether the processor has tiles for bytes and Linux lets this process use them; asks once, for all threads.
    pub(super) fn allowed() -> bool {
        static ALLOWED: OnceLock<bool> = OnceLock::new();
        *ALLOWED.get_or_init(|| {
            const OSXSAVE: u32 = 1 << 27;
            const AMX_TILE_AND_INT8: u32 = 1 << 24 | 1 << 25;
            let leaf_7 = __cpuid(0).eax >= 7;
            let there = leaf_7
                && __cpuid(1).ecx & OSXSAVE != 0
                && __cpuid_count(7, 0).edx & AMX_TILE_AND_INT8 == AMX_TILE_AND_INT8;
            there && request()
        })
    }

    /// arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA): 0 where the system knows of tiles and grants them.
    fn request() -> bool {
        const SYS_ARCH_PRCTL: i64 = 158;
        let mut result = SYS_ARCH_PRCTL;
        // SAFETY: a system call with two numbers; it reads and writes no memory of ours.
        unsafe {
            asm!(
                "syscall",
                inout("rax") result, in("rdi") 0x1023i64, in("rsi") 18i64,
                out("rcx") _, out("r11") _, options(nostack)
            );
        }
        result == 0
    }

    #[repr(C, align(64))]
    struct Configuration {
        palette: u8,
        start_row: u8,
        reserved: [u8; 14],
        bytes_per_row: [u16; 16],
        rows: [u8; 16],
    }

    /// # Safety
    /// `allowed` was true, and `compute` has checked the lengths.
    pub(super) unsafe fn compute(factors: Factors, sums: &mut [i32]) {
        let (mut bytes_per_row, mut rows) = ([0; 16], [0; 16]);
        bytes_per_row[..8].fill(64);
        rows[..8].fill(16);
        let configuration = Configuration { palette: 1, start_row: 0, reserved: [0; 14], bytes_per_row, rows };
        let (depth, held) = (factors.depth, factors.rows_held());
        // SAFETY: the configuration is valid (palette 1, eight tiles of 16 x 64 bytes) and is given back below, on the same thread. `held`
        // is a multiple of 16, and rows and sums have room for that many rows.
        unsafe {
            asm!("ldtilecfg [{}]", in(reg) &raw const configuration, options(nostack, readonly));
            for (pair, panels) in factors.panels.chunks_exact(depth / 2).enumerate() {
                let out = sums[pair * held * PAIR_COLUMNS..].as_mut_ptr();
                let mut row = 0;
                while row + 2 * ROW_UNIT <= held {
                    two_by_two(
                        factors.rows.as_ptr().add(row * depth),
                        depth,
                        panels.as_ptr(),
                        out.add(row * PAIR_COLUMNS),
                    );
                    row += 2 * ROW_UNIT;
                }
                if row < held {
                    one_by_two(
                        factors.rows.as_ptr().add(row * depth),
                        depth,
                        panels.as_ptr(),
                        out.add(row * PAIR_COLUMNS),
                    );
                }
            }
            asm!("tilerelease", options(nostack, nomem));
        }
    }

    /// 32 rows times 32 columns.
    ///
    /// # Safety
    /// Tiles are configured; 32 rows, two panels and 32 rows of 32 sums are there.
    unsafe fn two_by_two(rows: *const u8, depth: usize, panels: *const Line, out: *mut i32) {
        unsafe {
            asm!(
                "tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3",
                "2:",
                "tileloadd tmm4, [{upper} + {depth}]",
                "tileloadd tmm6, [{left} + {line}]",
                "tileloadd tmm7, [{right} + {line}]",
                "tdpbusd tmm0, tmm4, tmm6",
                "tileloadd tmm5, [{lower} + {depth}]",
                "tdpbusd tmm1, tmm4, tmm7",
                "tdpbusd tmm2, tmm5, tmm6",
                "tdpbusd tmm3, tmm5, tmm7",
                "add {upper}, 64", "add {lower}, 64", "add {left}, 1024", "add {right}, 1024",
                "dec {n}", "jnz 2b",
                "tilestored [{out} + {width}], tmm0",
                "tilestored [{out} + {width} + 64], tmm1",
                "tilestored [{out_lower} + {width}], tmm2",
                "tilestored [{out_lower} + {width} + 64], tmm3",
                upper = inout(reg) rows => _,
                lower = inout(reg) rows.add(ROW_UNIT * depth) => _,
                left = inout(reg) panels => _,
                right = inout(reg) panels.add(depth / 4) => _,
                n = inout(reg) depth / 64 => _,
                depth = in(reg) depth,
                line = in(reg) size_of::<Line>(),
                out = in(reg) out,
                out_lower = in(reg) out.add(ROW_UNIT * PAIR_COLUMNS),
                width = in(reg) PAIR_COLUMNS * size_of::<i32>(),
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack)
            );
        }
    }

    /// 16 rows times 32 columns.
    ///
    /// # Safety
    /// Tiles are configured; 16 rows, two panels and 16 rows of 32 sums are there.
    unsafe fn one_by_two(rows: *const u8, depth: usize, panels: *const Line, out: *mut i32) {
        unsafe {
            asm!(
                "tilezero tmm0", "tilezero tmm1",
                "2:",
                "tileloadd tmm4, [{rows} + {depth}]",
                "tileloadd tmm6, [{left} + {line}]",
                "tileloadd tmm7, [{right} + {line}]",
                "tdpbusd tmm0, tmm4, tmm6",
                "tdpbusd tmm1, tmm4, tmm7",
                "add {rows}, 64", "add {left}, 1024", "add {right}, 1024",
                "dec {n}", "jnz 2b",
                "tilestored [{out} + {width}], tmm0",
                "tilestored [{out} + {width} + 64], tmm1",
                rows = inout(reg) rows => _,
                left = inout(reg) panels => _,
                right = inout(reg) panels.add(depth / 4) => _,
                n = inout(reg) depth / 64 => _,
                depth = in(reg) depth,
                line = in(reg) size_of::<Line>(),
                out = in(reg) out,
                width = in(reg) PAIR_COLUMNS * size_of::<i32>(),
                out("tmm0") _, out("tmm1") _, out("tmm4") _, out("tmm6") _, out("tmm7") _,
                options(nostack)
            );
        }
    }

    const _: () = assert!(size_of::<Configuration>() == 64 && PANEL_COLUMNS * size_of::<i32>() == 64);
}

#[cfg(target_arch = "aarch64")]
mod neon {
    use std::arch::aarch64::*;
    use std::arch::asm;

    use super::{Factors, Line, PAIR_COLUMNS, PANEL_COLUMNS};

    /// # Safety
    /// The machine has dot products, and `compute` has checked the lengths.
    #[target_feature(enable = "neon,dotprod")]
    pub(super) unsafe fn dotprod(factors: Factors, sums: &mut [i32]) {
        let (depth, held) = (factors.depth, factors.rows_held());
        for (index, panel) in factors.panels.chunks_exact(depth / 4).enumerate() {
            let first = index / 2 * held * PAIR_COLUMNS + index % 2 * PANEL_COLUMNS;
            let (rows, out) = (factors.rows.as_ptr(), sums[first..].as_mut_ptr());
            tiles!(factors.n_rows, tile, [6, 2, 1], |row| (
                rows.add(row * depth),
                depth,
                panel.as_ptr(),
                out.add(row * PAIR_COLUMNS)
            ));
        }
    }

    #[target_feature(enable = "neon,dotprod")]
    unsafe fn tile<const N: usize>(rows: *const u8, depth: usize, panel: *const Line, out: *mut i32) {
        let mut sums = [[vdupq_n_s32(0); 4]; N];
        let mut weight_sums = [vdupq_n_s32(0); 4];
        for k in 0..depth / 4 {
            // SAFETY: `k` is inside the rows and the panel.
            unsafe {
                let weights = panel.add(k).cast::<i8>();
                let weights: [int8x16_t; 4] = std::array::from_fn(|i| vld1q_s8(weights.add(16 * i)));
                for (sum, weights) in weight_sums.iter_mut().zip(weights) {
                    *sum = sdot(*sum, vdupq_n_s8(1), weights);
                }
                for (row, sums) in sums.iter_mut().enumerate() {
                    let four = rows.add(row * depth + 4 * k).cast::<u32>().read_unaligned();
                    // Less 128, as signed bytes: the highest bit turned over.
                    let values = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x8080_8080));
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        *sum = sdot(*sum, values, weights);
                    }
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            for (part, sum) in sums.into_iter().enumerate() {
                let sum = vaddq_s32(sum, vshlq_n_s32::<7>(weight_sums[part]));
                // SAFETY: `out` has room for N rows, 32 sums apart, of 16 sums.
                unsafe { vst1q_s32(out.add(row * PAIR_COLUMNS + 4 * part), sum) };
            }
        }
    }

    /// Dot products of four signed bytes each, added to `sums`; Rust's own function for it is not stable yet.
    #[target_feature(enable = "neon,dotprod")]
    #[inline]
    fn sdot(mut sums: int32x4_t, values: int8x16_t, weights: int8x16_t) -> int32x4_t {
        // SAFETY: one instruction on registers.
        unsafe {
            asm!(
                "sdot {sums:v}.4s, {values:v}.16b, {weights:v}.16b",
                sums = inout(vreg) sums, values = in(vreg) values, weights = in(vreg) weights,
                options(pure, nomem, nostack)
            );
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_this_machine_gives_the_exact_sums() {
        let noise = |i: usize| (i as u32).wrapping_mul(2_654_435_761) >> 9;
        for (depth, n_pairs) in [(64, 1), (384, 3), (1536, 2)] {
            let weight =
                |i: usize| if i.is_multiple_of(7) { [-127i8, 127][i % 2] } else { (noise(i) % 255) as u8 as i8 };
            let line = |at: usize| Line(std::array::from_fn(|i| weight(64 * at + i).max(-127)));
            let panels: Vec<Line> = (0..n_pairs * depth / 2).map(line).collect();
            for n_rows in [1usize, 2, 3, 7, 15, 16, 17, 31, 33, 64] {
                let held = n_rows.next_multiple_of(ROW_UNIT);
                // The largest values often, side by side: what would saturate if anything did.
                let value = |i: usize| if noise(i).is_multiple_of(3) { LARGEST_VALUE } else { noise(i) as u8 };
                let rows: Vec<u8> = (0..held * depth).map(value).collect();
                let factors = Factors { rows: &rows, n_rows, depth, panels: &panels };
                for products in Products::available() {
                    let mut sums = vec![0; factors.n_sums()];
                    products.compute(factors, &mut sums);
                    for (pair, row, column) in (0..n_pairs)
                        .flat_map(|pair| (0..n_rows).map(move |row| (pair, row)))
                        .flat_map(|(pair, row)| (0..PAIR_COLUMNS).map(move |column| (pair, row, column)))
                    {
                        let panel = &panels[(2 * pair + column / PANEL_COLUMNS) * depth / 4..][..depth / 4];
                        let exact: i64 = (0..depth)
                            .map(|k| {
                                let weight = panel[k / 4].0[column % PANEL_COLUMNS * 4 + k % 4];
                                i64::from(rows[row * depth + k]) * i64::from(weight)
                            })
                            .sum();
                        let sum = sums[(pair * held + row) * PAIR_COLUMNS + column];
                        assert_eq!(i64::from(sum), exact, "{products:?}: row {row} of {n_rows}, depth {depth}");
                    }
                }
            }
        }
    }
}
